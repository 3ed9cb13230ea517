// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/memfd.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/executor/channel_link.h"
#include "engine/executor/worker_context.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace {

constexpr std::size_t passAsFile = 64 * 1024;
constexpr unsigned leaveWithin = 3;  ///< Seconds.

struct Request {
  std::int64_t number = 0;
  std::string slot, method;
  Value args;
  std::shared_ptr<StopFlag> stop = std::make_shared<StopFlag>();
};

/// Bytes nobody can change any more, in memory, to be mapped by another process.
Result<UniqueFd> sealed(const Value::Bytes& bytes) {
  UniqueFd fd{::memfd_create("patchbay", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!fd) return fail(systemError(errno, "make", "shared memory"));
  PB_CHECK(writeAll(fd.get(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "shared memory"));
  if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return fail(systemError(errno, "seal", "shared memory"));
  return fd;
}

/// Takes large byte values out of an answer; {"$memfd": index, "size": n} stands in their place.
Result<> moveOut(Value& value, std::vector<UniqueFd>& files) {
  if (value.isBytes()) {
    if (value.asBytes().size() < passAsFile) return {};
    PB_TRY(auto fd, sealed(value.asBytes()));
    const auto size = value.asBytes().size();
    value = Value{Value::Map{{"$memfd", files.size()}, {"size", size}}};
    files.push_back(std::move(fd));
  } else if (value.isList()) {
    for (auto& one : value.list()) PB_CHECK(moveOut(one, files));
  } else if (value.isMap()) {
    for (auto& [key, one] : value.map()) PB_CHECK(moveOut(one, files));
  }
  return {};
}

/// Requests in the order they came; a newer one on the same slot takes the older one's place.
class Requests {
 public:
  /// Returns the requests that were waiting and now never run.
  std::vector<Request> add(Request request) {
    const std::lock_guard lock{mutex_};
    std::vector<Request> replaced;
    if (!request.slot.empty()) {
      std::erase_if(waiting_, [&](Request& older) {
        if (older.slot != request.slot) return false;
        replaced.push_back(std::move(older));
        return true;
      });
      if (running_ && running_->slot == request.slot) running_->stop->request();
    }
    waiting_.push_back(std::move(request));
    changed_.notify_all();
    return replaced;
  }
  void close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    if (running_) running_->stop->request();
    changed_.notify_all();
  }
  std::optional<Request> next() {
    std::unique_lock lock{mutex_};
    running_.reset();
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (closed_) return std::nullopt;
    running_ = std::move(waiting_.front());
    waiting_.pop_front();
    return running_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Request> waiting_;
  std::optional<Request> running_;
  bool closed_ = false;
};

Error replacedError() {
  return {ErrorKind::Cancelled,
          "live.replaced",
          TR("executor", "A newer request took its place."),
          TR("executor", "Wait for the newer one."),
          {}};
}

Result<Value> answer(LiveService& service, const Request& request, ObjectStore& objects) {
  try {
    auto result = service.answer(request.method, request.args, objects, *request.stop);
    // What was answered in spite of the stop is of no use to anybody any more.
    if (request.stop->requested()) return fail(replacedError());
    return result;
  } catch (const std::exception& e) {
    return fail(ErrorKind::Internal, "live.exception", TR("executor", "A library failed: {what}").with("what", displayText(e.what())),
                TR("executor", "Ask again; report this if your input is in order."));
  } catch (...) {
    return fail(ErrorKind::Internal, "live.exception", TR("executor", "A library failed without saying why."),
                TR("executor", "Ask again."));
  }
}

void reply(ChannelLink& link, std::int64_t number, Result<Value> result) {
  std::vector<UniqueFd> files;
  if (result)
    if (const auto moved = moveOut(*result, files); !moved) result = fail(moved.error());
  Value message{Value::Map{{"request", number}}};
  message[result ? "answer" : "error"] = result ? std::move(*result) : toValue(result.error());
  std::vector<int> fds;
  for (const auto& file : files) fds.push_back(file.get());
  (void)link.send(message, fds);
}

}  // namespace

int runLive(const Value& request, const Packs& packs, Channel channel) {
  ::setsid();
  for (const int number : {SIGINT, SIGPIPE, SIGHUP}) ::signal(number, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_NAME, "patchbay-live");
  if (const auto fd = openFile("/proc/self/oom_score_adj", O_WRONLY)) (void)writeAll(fd->get(), "500", "oom_score_adj");

  Requests requests;
  std::unique_ptr<ChannelLink> link;
  std::mutex starting;
  const auto take = [&](const Frame& frame) {
    Request one;
    one.number = frame.value["request"].asInt();
    one.slot = frame.value["slot"].asText();
    one.method = frame.value["method"].asText();
    one.args = frame.value["args"];
    for (const auto& older : requests.add(std::move(one))) {
      const std::lock_guard lock{starting};
      reply(*link, older.number, fail(replacedError()));
    }
  };
  {
    const std::lock_guard lock{starting};
    link = std::make_unique<ChannelLink>(std::move(channel), nullptr, take, [&] {
      // Unlike a job it goes with the engine, also when a library is stuck and nobody is left to kill it.
      ::alarm(leaveWithin);
      requests.close();
    });
  }
  const auto type = packs.live(request["service"].asText());
  if (!type) {
    (void)link->send(Value::Map{{"refused", toValue(type.error())}}, {});
    return workerFailed;
  }
  setLibraryThreads(static_cast<int>(request["threads"].asInt(1)));
  const auto service = (*type)->make();
  ResolvingStore objects{pathFromValue(request["objects"]), *link};
  while (const auto one = requests.next()) reply(*link, one->number, answer(*service, *one, objects));
  return workerDone;
}

}  // namespace patchbay
