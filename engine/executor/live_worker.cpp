// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/live_worker.h"

#include <sys/socket.h>

#include <map>
#include <mutex>
#include <thread>

#include "engine/base/channel.h"
#include "engine/executor/host_answers.h"

namespace patchbay {

struct LiveWorker::Impl {
  using Promise = std::promise<Result<LiveReply>>;
  /// One run of the worker process, with what it was asked.
  struct Running {
    Channel channel;
    ProcessIdentity process;
    std::map<std::int64_t, Promise> asked;
    std::optional<Error> refusal;
    bool gone = false;
  };

  std::shared_ptr<Zygote> zygote;
  LiveOptions options;
  JobHost& host;
  mutable std::mutex mutex;
  std::shared_ptr<Running> running;
  std::thread reader;  ///< Of the worker that runs now, or ran last.
  std::int64_t nextNumber = 0;

  Impl(std::shared_ptr<Zygote> z, LiveOptions o, JobHost& h) : zygote{std::move(z)}, options{std::move(o)}, host{h} {}

  /// With the mutex held.
  Result<> ensure() {
    if (running && !running->gone) return {};
    if (running) {
      // Its reader has said its last word, and lets go of the mutex only to end. One that broke the protocol may still run.
      reader.join();
      running->process.killGroup();
      running.reset();
    }
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return fail(systemError(errno, "start", "a live worker"));
    auto fresh = std::make_shared<Running>();
    fresh->channel = Channel{UniqueFd{ends[0]}};
    const Value request{
        Value::Map{{"service", options.service}, {"objects", pathToValue(options.objectFolder)}, {"threads", options.threads}}};
    PB_TRY(fresh->process, zygote->startLive(request, UniqueFd{ends[1]}, [](const WorkerExit&) {}));
    running = fresh;
    reader = std::thread{[this, fresh] { read(*fresh); }};
    return {};
  }

  void read(Running& worker) {
    while (auto frame = worker.channel.receive()) {
      if (!*frame) continue;
      const auto& value = (*frame)->value;
      if (value.contains("ask")) {
        (void)worker.channel.send(answerQuestion(host, value), 10'000);
      } else if (value.contains("refused")) {
        const std::lock_guard lock{mutex};
        worker.refusal = errorFromValue(value["refused"]);
      } else {
        deliver(worker, **frame);
      }
    }
    const std::lock_guard lock{mutex};
    worker.gone = true;
    const auto why = worker.refusal.value_or(Error{ErrorKind::Crashed,
                                                   "live.crashed",
                                                   TR("executor", "The live worker ended unexpectedly."),
                                                   TR("executor", "Ask again; it is started anew."),
                                                   {}});
    for (auto& [number, promise] : worker.asked) promise.set_value(fail(why));
    worker.asked.clear();
  }

  void deliver(Running& worker, Frame& frame) {
    const std::lock_guard lock{mutex};
    const auto it = worker.asked.find(frame.value["request"].asInt());
    if (it == worker.asked.end()) return;
    if (const auto* error = std::as_const(frame.value).find("error")) it->second.set_value(fail(errorFromValue(*error)));
    else it->second.set_value(LiveReply{std::move(frame.value["answer"]), std::move(frame.fds)});
    worker.asked.erase(it);
  }
};

LiveWorker::LiveWorker(std::shared_ptr<Zygote> zygote, LiveOptions options, JobHost& host)
    : impl_{std::make_unique<Impl>(std::move(zygote), std::move(options), host)} {}

LiveWorker::~LiveWorker() {
  {
    const std::lock_guard lock{impl_->mutex};
    if (impl_->running) impl_->running->channel.shutdown();
  }
  if (impl_->reader.joinable()) impl_->reader.join();
  // It leaves when it sees the channel closed; one that is stuck in a library does not.
  if (!impl_->running) return;
  const auto process = impl_->running->process;
  for (int tries = 0; tries < 100 && process.alive(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  process.killGroup();
}

std::future<Result<LiveReply>> LiveWorker::ask(std::string_view method, Value args, std::string_view slot) {
  Impl::Promise promise;
  auto future = promise.get_future();
  const std::lock_guard lock{impl_->mutex};
  if (const auto there = impl_->ensure(); !there) {
    promise.set_value(fail(there.error()));
    return future;
  }
  auto& worker = *impl_->running;
  const auto number = ++impl_->nextNumber;
  const Value request{Value::Map{{"request", number}, {"method", method}, {"slot", slot}, {"args", std::move(args)}}};
  const auto at = worker.asked.emplace(number, std::move(promise)).first;
  // A worker that has just died takes nothing; the reader then fails what is under way, this included.
  if (const auto sent = worker.channel.send(request, 10'000); !sent && sent.error().kind != ErrorKind::Unreachable) {
    at->second.set_value(fail(sent.error()));
    worker.asked.erase(at);
  }
  return future;
}

std::optional<pid_t> LiveWorker::pid() const {
  const std::lock_guard lock{impl_->mutex};
  if (!impl_->running || impl_->running->gone) return std::nullopt;
  return impl_->running->process.pid;
}

}  // namespace patchbay
