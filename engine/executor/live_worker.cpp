// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/live_worker.h"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "engine/base/channel.h"
#include "engine/executor/host_answers.h"

namespace patchbay {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int lookEveryMs = 1000;

Error crashed() {
  return {ErrorKind::Crashed,
          "live.crashed",
          TR("executor", "The live worker ended unexpectedly."),
          TR("executor", "Ask again; it is started anew."),
          {}};
}
Error stuck() {
  return {ErrorKind::TimedOut,
          "live.stuck",
          TR("executor", "The live worker did not answer any more and was ended."),
          TR("executor", "Ask again; it is started anew."),
          {}};
}

}  // namespace

struct LiveWorker::Impl {
  struct Asked {
    LiveCallback done;
    std::string slot;
    std::optional<Clock::time_point> replaced;  ///< When a newer one took its place.
  };
  /// One run of the worker process, with what it was asked.
  struct Running {
    Channel channel;
    ProcessIdentity process;
    std::map<std::int64_t, Asked> asked;
    std::optional<Error> refusal;
    Clock::time_point lastUse = Clock::now();
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
    const int wait = static_cast<int>(std::min<std::int64_t>(lookEveryMs, std::min(options.idle, options.patience).count() / 2 + 1));
    for (;;) {
      auto frame = worker.channel.receive(wait);
      if (!frame) break;
      const auto state = lookAfter(worker);
      if (state == State::Idle) return;
      if (state == State::Stuck) break;
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
    std::vector<LiveCallback> lost;
    Error why = crashed();
    {
      const std::lock_guard lock{mutex};
      worker.gone = true;
      if (worker.refusal) why = *worker.refusal;
      for (auto& [number, asked] : worker.asked) lost.push_back(std::move(asked.done));
      worker.asked.clear();
    }
    for (const auto& done : lost) done(fail(why));
  }

  enum class State : std::uint8_t { Well, Idle, Stuck };
  /// Ends a worker that was idle for long, and one that is stuck in a request that nobody waits for.
  State lookAfter(Running& worker) {
    const std::lock_guard lock{mutex};
    const auto now = Clock::now();
    if (worker.asked.empty()) {
      if (now - worker.lastUse < options.idle) return State::Well;
      worker.gone = true;  // From here on a request starts another; this one leaves when its channel closes.
      worker.channel.shutdown();
      return State::Idle;
    }
    for (const auto& [number, asked] : worker.asked)
      if (asked.replaced && now - *asked.replaced > options.patience) {
        worker.refusal = stuck();
        worker.process.killGroup();
        return State::Stuck;
      }
    return State::Well;
  }

  void deliver(Running& worker, Frame& frame) {
    LiveCallback done;
    {
      const std::lock_guard lock{mutex};
      const auto it = worker.asked.find(frame.value["request"].asInt());
      if (it == worker.asked.end()) return;
      done = std::move(it->second.done);
      worker.asked.erase(it);
      worker.lastUse = Clock::now();
    }
    if (const auto* error = std::as_const(frame.value).find("error")) done(fail(errorFromValue(*error)));
    else done(LiveAnswer{std::move(frame.value["answer"]), std::move(frame.fds)});
  }

  /// Nothing when the worker took the request; it answers from now on.
  Result<> put(std::string_view method, Value args, std::string_view slot, LiveCallback& done) {
    const std::lock_guard lock{mutex};
    PB_CHECK(ensure());
    auto& worker = *running;
    const auto now = Clock::now();
    worker.lastUse = now;
    if (!slot.empty())
      for (auto& [number, asked] : worker.asked)
        if (asked.slot == slot && !asked.replaced) asked.replaced = now;
    const auto number = ++nextNumber;
    const Value request{Value::Map{{"request", number}, {"method", method}, {"slot", slot}, {"args", std::move(args)}}};
    const auto at = worker.asked.emplace(number, Asked{std::move(done), std::string{slot}, std::nullopt}).first;
    // A worker that has just died takes nothing; the reader then fails what is under way, this included.
    if (const auto sent = worker.channel.send(request, 10'000); !sent && sent.error().kind != ErrorKind::Unreachable) {
      done = std::move(at->second.done);
      worker.asked.erase(at);
      return fail(sent.error());
    }
    return {};
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

void LiveWorker::ask(std::string_view method, Value args, std::string_view slot, LiveCallback done) {
  if (const auto taken = impl_->put(method, std::move(args), slot, done); !taken) done(fail(taken.error()));
}

std::future<Result<LiveAnswer>> LiveWorker::ask(std::string_view method, Value args, std::string_view slot) {
  auto promise = std::make_shared<std::promise<Result<LiveAnswer>>>();
  auto future = promise->get_future();
  ask(method, std::move(args), slot, [promise](Result<LiveAnswer> answer) { promise->set_value(std::move(answer)); });
  return future;
}

std::optional<pid_t> LiveWorker::pid() const {
  const std::lock_guard lock{impl_->mutex};
  if (!impl_->running || impl_->running->gone) return std::nullopt;
  return impl_->running->process.pid;
}

}  // namespace patchbay
