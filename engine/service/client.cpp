// SPDX-License-Identifier: Apache-2.0
#include "engine/service/client.h"

#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "engine/service/requests.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

Error gone() {
  return {ErrorKind::Unreachable,
          "engine.gone",
          TR("error", "The engine of this project ended."),
          TR("error", "Run the command again; finished results are kept."),
          {}};
}

/// What the engine, its reader thread and its subscriptions share, so that each may go first.
struct Link {
  explicit Link(Channel c) : channel{std::move(c)} {}
  Channel channel;
  std::mutex mutex;
  bool lost = false;
  std::int64_t next = 1;
  std::map<std::int64_t, LiveCallback> waiting;

  std::recursive_mutex callbacks;  ///< Held during a callback; one may end its own subscription.
  std::map<std::int64_t, EventCallback> subscribers;

  /// `done` gets the answer in the reader's thread, or is called at once when nothing can be sent.
  void callLater(std::string_view method, Value args, LiveCallback done) {
    Value request;
    std::int64_t id = 0;
    {
      std::unique_lock lock{mutex};
      if (lost) {
        lock.unlock();
        return done(fail(gone()));
      }
      id = next++;
      waiting.emplace(id, std::move(done));
    }
    request["id"] = id;
    request["method"] = method;
    request["args"] = std::move(args);
    const auto sent = channel.send(request);
    if (sent) return;
    // Unless the reader, which sees the same, was first.
    if (auto mine = take(id)) mine(fail(sent.error().kind == ErrorKind::Unreachable ? gone() : sent.error()));
  }

  Result<Value> call(std::string_view method, Value args) {
    auto promise = std::make_shared<std::promise<Result<LiveAnswer>>>();
    callLater(method, std::move(args), [promise](Result<LiveAnswer> answer) { promise->set_value(std::move(answer)); });
    PB_TRY(auto answer, promise->get_future().get());
    return inlined(std::move(answer));
  }

  LiveCallback take(std::int64_t id) {
    const std::scoped_lock lock{mutex};
    const auto found = waiting.find(id);
    if (found == waiting.end()) return {};
    auto out = std::move(found->second);
    waiting.erase(found);
    return out;
  }

  void read() {
    for (;;) {
      auto frame = channel.receive();
      if (!frame) break;
      if (!*frame) continue;
      auto& v = (*frame)->value;
      if (v.contains("push")) {
        const std::scoped_lock lock{callbacks};
        if (const auto found = subscribers.find(v["push"].asInt()); found != subscribers.end()) {
          const auto callback = found->second;  // It may take itself away.
          callback(std::as_const(v)["event"]);
        }
        continue;
      }
      const auto done = take(v["id"].asInt());
      if (!done) continue;
      if (v.contains("error")) done(fail(errorFromValue(v["error"])));
      else done(LiveAnswer{std::move(v["ok"]), std::move((*frame)->fds)});
    }
    std::map<std::int64_t, LiveCallback> unanswered;
    {
      const std::scoped_lock lock{mutex};
      lost = true;
      unanswered.swap(waiting);
    }
    for (const auto& [id, done] : unanswered) done(fail(gone()));
    Value event;
    event["event"] = "disconnected";
    event["error"] = toValue(gone());
    const std::scoped_lock lock{callbacks};
    const auto all = subscribers;
    for (const auto& [id, callback] : all) callback(event);
  }
};

class SocketSubscription final : public Subscription {
 public:
  SocketSubscription(std::shared_ptr<Link> link, std::int64_t id) : link_{std::move(link)}, id_{id} {}
  ~SocketSubscription() override {
    {
      const std::scoped_lock lock{link_->callbacks};
      link_->subscribers.erase(id_);
    }
    // Not waited for: this may run inside a callback, and the answer comes through the same thread.
    Value request;
    request["id"] = 0;
    request["method"] = "unsubscribe";
    request["args"]["subscription"] = id_;
    (void)link_->channel.send(request, 0);
  }

 private:
  std::shared_ptr<Link> link_;
  std::int64_t id_;
};

class SocketEngine final : public Engine {
 public:
  explicit SocketEngine(std::shared_ptr<Link> link) : link_{std::move(link)}, reader_{[l = link_] { l->read(); }} {}
  ~SocketEngine() override {
    link_->channel.shutdown();
    reader_.join();
  }

  Result<Value> info() override { return link_->call("info", {}); }
  Result<Value> catalogue() override { return link_->call("catalogue", {}); }
  Result<Value> check(const RunRequest& r) override { return link_->call("check", toValue(r)); }
  Result<Value> plan(const RunRequest& r) override { return link_->call("plan", toValue(r)); }
  Result<RunId> submitRun(const RunRequest& r) override {
    PB_TRY(const auto run, link_->call("submit", toValue(r)));
    return RunId{run.asText()};
  }
  Result<> stopRun(const RunId& run, StopHow how) override {
    Value args;
    args["run"] = run.text;
    args["how"] = toString(how);
    return done("stop", std::move(args));
  }
  Result<std::unique_ptr<Subscription>> subscribe(EventCallback callback) override {
    std::int64_t id = 0;
    {
      const std::scoped_lock lock{link_->callbacks};
      id = nextSubscription_++;
      link_->subscribers.emplace(id, std::move(callback));
    }
    auto subscription = std::make_unique<SocketSubscription>(link_, id);
    Value args;
    args["subscription"] = id;
    PB_CHECK(link_->call("subscribe", std::move(args)));
    return subscription;
  }
  Result<Value> runs(int limit) override {
    Value args;
    args["limit"] = limit;
    return link_->call("runs", std::move(args));
  }
  Result<Value> showRun(const RunId& run) override { return ofRun("show", run); }
  Result<> pinRun(const RunId& run, bool pinned) override {
    Value args;
    args["run"] = run.text;
    args["pinned"] = pinned;
    return done("pin", std::move(args));
  }
  Result<Value> metrics(const RunId& run) override { return ofRun("metrics", run); }
  Result<Value> outputs(const RunId& run, const StepId& step) override {
    Value args;
    args["run"] = run.text;
    args["step"] = step.text;
    return link_->call("outputs", std::move(args));
  }
  Result<fs::path> locate(const Digest& digest) override {
    Value args;
    args["digest"] = digest.hex();
    PB_TRY(const auto path, link_->call("locate", std::move(args)));
    return pathFromValue(path);
  }
  Result<Value> gc(const GcRequest& r) override { return link_->call("gc", toValue(r)); }
  void liveLater(std::string_view service, std::string_view method, const Value& a, std::string_view slot, LiveCallback done) override {
    Value args;
    args["service"] = service;
    args["method"] = method;
    args["args"] = a;
    args["slot"] = slot;
    link_->callLater("live", std::move(args), std::move(done));
  }
  Result<Value> addPicture(const Value& request) override { return link_->call("add_picture", request); }
  Result<Value> data(const Value& request) override { return link_->call("data", request); }
  Result<Value> doctor() override { return link_->call("doctor", {}); }
  Result<> shutdown(bool force) override {
    Value args;
    args["force"] = force;
    return done("shutdown", std::move(args));
  }

 private:
  Result<> done(std::string_view method, Value args) {
    PB_CHECK(link_->call(method, std::move(args)));
    return {};
  }
  Result<Value> ofRun(std::string_view method, const RunId& run) {
    Value args;
    args["run"] = run.text;
    return link_->call(method, std::move(args));
  }

  std::shared_ptr<Link> link_;
  std::int64_t nextSubscription_ = 1;
  std::thread reader_;
};

}  // namespace

Result<std::unique_ptr<Engine>> connectedEngine(UniqueFd socket, std::string_view clientName) {
  auto link = std::make_shared<Link>(Channel{std::move(socket)});
  Value about;
  about["program"] = clientName;
  PB_CHECK(exchangeHello(link->channel, {engineProtocol, engineProtocol}, about, 5000));
  return std::make_unique<SocketEngine>(std::move(link));
}

}  // namespace patchbay
