// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/block/item_cache.h"
#include "engine/executor/channel_link.h"
#include "engine/executor/worker_context.h"
#include "engine/executor/worker_process.h"
#include "engine/run/live_answer.h"

namespace patchbay {
namespace {

constexpr unsigned leaveWithin = 3;  ///< Seconds.
constexpr int mostParallel = 16;

struct Request {
  std::int64_t number = 0;
  std::string slot, method;
  Value args;
  std::shared_ptr<StopFlag> stop = std::make_shared<StopFlag>();
};

/// Requests in the order they came; a newer one on the same slot takes the older one's place. Each thread that answers has
/// one at a time.
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
      for (const auto& running : running_)
        if (running.slot == request.slot) running.stop->request();
    }
    waiting_.push_back(std::move(request));
    changed_.notify_all();
    return replaced;
  }
  void close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    for (const auto& running : running_) running.stop->request();
    changed_.notify_all();
  }
  std::optional<Request> next() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (closed_) return std::nullopt;
    auto one = std::move(waiting_.front());
    waiting_.pop_front();
    running_.push_back(one);
    return one;
  }
  void done(std::int64_t number) {
    const std::lock_guard lock{mutex_};
    std::erase_if(running_, [&](const Request& one) { return one.number == number; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Request> waiting_;
  std::vector<Request> running_;
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
  auto moved = result ? toLiveAnswer(std::move(*result)) : Result<LiveAnswer>{fail(result.error())};
  Value message{Value::Map{{"request", number}}};
  message[moved ? "answer" : "error"] = moved ? std::move(moved->value) : toValue(moved.error());
  std::vector<int> fds;
  if (moved)
    for (const auto& file : moved->files) fds.push_back(file.get());
  if (const auto sent = link.send(message, fds); !sent && sent.error().kind == ErrorKind::Unsupported)
    (void)link.send(Value::Map{{"request", number}, {"error", toValue(sent.error())}}, {});
}

/// How many requests a service takes at once: what it answers to "about" as {"parallel": n}; most do not know that request.
int parallelOf(LiveService& service, ObjectStore& objects) {
  Request about;
  about.method = "about";
  const auto said = answer(service, about, objects);
  return said ? std::clamp(static_cast<int>((*said)["parallel"].asInt(1)), 1, mostParallel) : 1;
}

/// The objects of a live service, with the project's item cache.
class LiveStore final : public ObjectStore, public ItemCacheAccess {
 public:
  LiveStore(const std::filesystem::path& folder, JobLink& link) : objects_{folder, link}, link_{link} {}
  Result<MappedFile> open(const Digest& digest) override { return objects_.open(digest); }
  Result<Digest> put(std::string_view bytes) override { return objects_.put(bytes); }
  Result<Digest> putFile(const std::filesystem::path& path) override { return objects_.putFile(path); }
  Result<std::unique_ptr<ItemResults>> computeItems(const Value& function, std::span<const Digest> items,
                                                    const ItemCompute& compute) override {
    const auto named = itemFunction(function["type"].asText(), static_cast<int>(function["epoch"].asInt(1)), function["name"].asText(),
                                    function["key"], function["numerics"]);
    return patchbay::computeItems(link_, objects_, named, items, compute);
  }

 private:
  ResolvingStore objects_;
  JobLink& link_;
};

}  // namespace

int runLive(const Value& request, Packs& packs, Channel channel) {
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
  LiveStore objects{pathFromValue(request["objects"]), *link};
  const auto loop = [&] {
    while (const auto one = requests.next()) {
      auto result = answer(*service, *one, objects);
      requests.done(one->number);
      reply(*link, one->number, std::move(result));
    }
  };
  std::vector<std::jthread> others;
  for (int i = parallelOf(*service, objects); i > 1; --i) others.emplace_back(loop);
  loop();
  others.clear();
  return workerDone;
}

}  // namespace patchbay
