// SPDX-License-Identifier: Apache-2.0
#include "engine/service/assist_requests.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "engine/data/detail/item_codec.h"

namespace patchbay {
namespace {

constexpr std::string_view service = "patchbay.live.assist", embedSlot = "assist.embed", learnSlot = "assist.learn";
constexpr std::size_t batchItems = 1000;
constexpr int mostRestarts = 3;
/// Scores are written once nobody has labelled for a moment: labels come first, and each of them makes new scores.
constexpr auto scoresLater = std::chrono::milliseconds{400};
using Clock = std::chrono::steady_clock;
/// Scores of the store that are the assistant's.
constexpr std::string_view uncertaintyScore = "uncertainty", confidenceScore = "confidence", disagreementScore = "disagreement";
constexpr std::size_t idDigits = 32;

tl::unexpected<Error> closed() {
  return fail(ErrorKind::NotFound, "assist.closed", TR("data", "Labelling with the model's help has not begun."),
              TR("data", "Ask for assist_open first."));
}

using Scores = std::vector<std::pair<std::string, double>>;
/// Ids, 32 characters each, and as many float32.
Scores scoresOf(const Value& ids, const Value& numbers) {
  const auto& text = ids.asText();
  const auto& bytes = numbers.asBytes();
  Scores out;
  for (std::size_t i = 0; i < std::min(text.size() / idDigits, bytes.size() / sizeof(float)); ++i) {
    float value;
    std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
    out.emplace_back(text.substr(i * idDigits, idDigits), value);
  }
  return out;
}

}  // namespace

struct AssistRequests::Impl {
  DataRequests& requests;
  AskLive live;
  std::function<Result<Value>()> function;
  std::function<void(const Value&)> tell;

  std::mutex mutex;  ///< Guards what follows.
  std::condition_variable wake;
  bool on = false, ended = false, opened = false, looking = false;
  bool allChanged = false;
  std::set<std::string> changedIds;
  std::string backbone;
  std::int64_t learnedFrom = 0;
  Value last;  ///< The service's newest state.
  std::optional<Error> error;
  std::optional<Value> scores;  ///< Not written yet.
  std::int64_t scoresRevision = 0;
  Clock::time_point scoresDue;
  std::int64_t round = 0;  ///< Of assist_open and assist_close.
  int restarts = 0;

  std::mutex syncing;  ///< One at a time brings the service up to date.
  std::mutex starting;
  std::thread thread;

  Impl(DataRequests& r, AskLive l, std::function<Result<Value>()> f, std::function<void(const Value&)> t)
      : requests{r}, live{std::move(l)}, function{std::move(f)}, tell{std::move(t)} {}

  Result<Value> ask(std::string_view method, const Value& args, std::string_view slot = {}) {
    if (!live)
      return fail(ErrorKind::Unsupported, "live.none", TR("error", "This engine has no live workers."),
                  TR("error", "Use patchbay-engine."));
    auto promise = std::make_shared<std::promise<Result<LiveAnswer>>>();
    auto future = promise->get_future();
    live(service, method, args, slot, [promise](Result<LiveAnswer> answer) { promise->set_value(std::move(answer)); });
    PB_TRY(auto answer, future.get());
    return inlined(std::move(answer));
  }

  Value stateNow() {
    Value out{last.isMap() ? last : Value{Value::Map{}}};
    out["on"] = on;
    out["state"] = !on ? "off" : error ? "failed" : learnedFrom == 0 ? "starting" : looking ? "looking" : "ready";
    out["revision"] = learnedFrom;
    if (error) out["error"] = toValue(*error);
    return out;
  }
  Value state() {
    const std::lock_guard lock{mutex};
    return stateNow();
  }
  void tellState() {
    auto event = state();
    event["event"] = "assist";
    tell(event);
  }
  /// Of an answer that carries the service's state.
  void note(const Value& answer) {
    Value kept{Value::Map{}};
    for (const auto key :
         {"items", "embedded", "unreadable", "left_out", "labelled", "classes", "learned", "calibrated", "temperature", "backbone"})
      kept[key] = answer[key];
    const std::lock_guard lock{mutex};
    if (answer.contains("seconds")) kept["seconds"] = answer["seconds"];
    else if (last.contains("seconds")) kept["seconds"] = last["seconds"];
    last = std::move(kept);
  }

  /// Brings the service up to the newest revision and has it learn from it. True when there was anything to do.
  Result<bool> sync() {
    const std::lock_guard one{syncing};
    bool all = false, fresh = false;
    std::set<std::string> ids;
    std::string network;
    std::int64_t now = 0;
    {
      const std::lock_guard lock{mutex};
      if (!on || ended) return closed();
      fresh = !opened;
      all = std::exchange(allChanged, false) || fresh;
      ids = std::exchange(changedIds, {});
      network = backbone;
      now = round;
    }
    if (!all && ids.empty()) return false;
    const auto done = bring(fresh, all, ids, network, now);
    if (!done) {
      const std::lock_guard lock{mutex};
      allChanged = true;  // It is not known how far it came.
      if (done.error().kind != ErrorKind::Cancelled) opened = false;
      return fail(done.error());
    }
    return true;
  }

  Result<> bring(bool fresh, bool all, const std::set<std::string>& ids, const std::string& network, std::int64_t now) {
    PB_TRY(auto* store, requests.store());
    if (fresh) {
      PB_TRY(const auto shared, function());
      PB_CHECK(ask("open", Value::Map{{"backbone", network}, {"function", shared}}));
    }
    const auto head = store->head();
    if (all) PB_CHECK(sendAll(*store, head));
    else PB_CHECK(sendChanged(*store, ids));
    {
      const std::lock_guard lock{mutex};
      opened = true;
    }
    PB_CHECK(learn(head.number, now));
    return {};
  }

  Result<> learn(std::int64_t revision, std::int64_t now) {
    PB_TRY(auto answer, ask("learn", Value::Map{}, learnSlot));
    note(answer);
    const std::lock_guard lock{mutex};
    if (round != now) return {};
    learnedFrom = revision;
    error.reset();
    if (answer["learned_now"].asBool()) {
      scores = std::move(answer);
      scoresRevision = revision;
      scoresDue = Clock::now() + scoresLater;
    }
    looking = looking || last["embedded"].asInt() + last["unreadable"].asInt() < last["items"].asInt();
    wake.notify_all();
    return {};
  }

  Result<Value> header(RevisionStore& store) {
    PB_TRY(const auto info, store.info());
    Value out{Value::Map{{"task", info.task}, {"classes", Value::List{}}}};
    for (const auto& c : info.classes) out["classes"].push(c.name);
    return out;
  }

  static void putItems(Value& change, ByteWriter& items, std::size_t& count) {
    ByteWriter whole;
    whole.count(count);
    whole.raw(items.out);
    change["items"] = Value::Bytes(whole.out.begin(), whole.out.end());
    items.out.clear();
    count = 0;
  }

  Result<> sendAll(RevisionStore& store, const Revision& head) {
    PB_TRY(const auto head_, header(store));
    auto change = head_;
    change["all"] = "begin";
    ByteWriter items;
    std::size_t count = 0;
    const auto flush = [&]() -> Result<> {
      putItems(change, items, count);
      PB_CHECK(ask("change", change));
      change = head_;
      return {};
    };
    if (head.number > 0)
      PB_CHECK(store.forEach(head.number, [&](const Item& item) -> Result<> {
        detail::writeItem(items, item);
        return ++count < batchItems ? Result<>{} : flush();
      }));
    PB_CHECK(flush());
    change["all"] = "end";
    PB_CHECK(ask("change", change));
    return {};
  }

  Result<> sendChanged(RevisionStore& store, const std::set<std::string>& ids) {
    PB_TRY(auto change, header(store));
    change["removed"] = Value::List{};
    ByteWriter items;
    std::size_t count = 0;
    for (const auto& id : ids) {
      PB_TRY(const auto found, store.item(id));
      if (!found) {
        change["removed"].push(id);
        continue;
      }
      detail::writeItem(items, found->item);
      ++count;
    }
    putItems(change, items, count);
    PB_CHECK(ask("change", change));
    return {};
  }

  /// A request that the newest revision counts for. A worker that ended meanwhile is told everything again.
  Result<Value> current(std::string_view method, const Value& request) {
    for (int tries = 0;; ++tries) {
      const auto synced = sync();
      if (synced || synced.error().kind == ErrorKind::Cancelled) {
        auto answer = ask(method, request, request["slot"].isText() ? "client." + request["slot"].asText() : std::string{});
        if (answer) {
          const std::lock_guard lock{mutex};
          (*answer)["revision"] = learnedFrom;
          return answer;
        }
        if (tries > 0 || !lost(answer.error())) return answer;
      } else if (tries > 0 || !lost(synced.error())) {
        return fail(synced.error());
      }
      const std::lock_guard lock{mutex};
      if (!on || ended) return closed();
      opened = false;
      allChanged = true;
    }
  }
  static bool lost(const Error& e) { return e.kind == ErrorKind::Crashed || e.code == "assist.closed"; }

  Result<Value> open(const Value& request) {
    {
      const std::lock_guard lock{mutex};
      if (ended) return closed();
      const auto& wanted = request["backbone"].asText();
      if (!on || wanted != backbone || error) {
        ++round;
        opened = false;
        learnedFrom = 0;
        last = {};
        backbone = wanted;
        allChanged = true;
        looking = true;
      }
      on = true;
      error.reset();
      restarts = 0;
    }
    {
      const std::lock_guard lock{starting};
      if (!thread.joinable()) thread = std::thread{[this] { work(); }};
    }
    wake.notify_all();
    tellState();
    return state();
  }

  Result<Value> close() {
    bool running = false;
    {
      const std::lock_guard lock{mutex};
      running = opened;
      ++round;
      on = looking = false;
      learnedFrom = 0;
      scores.reset();
      error.reset();
    }
    // Not to start a worker that would have nothing to stop.
    if (running) (void)ask("halt", Value::Map{}, embedSlot);
    PB_TRY(auto* store, requests.store());
    const auto head = store->head().number;
    if (head > 0)
      for (const auto name : {uncertaintyScore, confidenceScore, disagreementScore})
        PB_CHECK(store->setScores(std::string{name}, head, {}));
    tellState();
    return state();
  }

  /// Suggestions become labels, of what still has none.
  Result<Value> accept(const Value& request) {
    PB_TRY(const auto wanted, current("accept", request));
    PB_TRY(auto* store, requests.store());
    std::vector<ItemChange> changes;
    for (const auto& one : wanted["items"].asList()) {
      PB_TRY(const auto now, store->item(one["id"].asText()));
      if (!now || std::ranges::any_of(now->item.annotations, [](const Annotation& a) {
            return a.kind == AnnotationKind::Class && !a.author.starts_with("model:");
          }))
        continue;
      ItemChange change;
      change.id = one["id"].asText();
      change.expect = now->version;
      change.labels.emplace();
      for (const auto& label : one["labels"].asList()) change.labels->push_back(label.asText());
      // Of several labels, "none" is said by a label that is not there.
      if (change.labels->empty()) continue;
      changes.push_back(std::move(change));
    }
    const auto n = static_cast<std::int64_t>(changes.size());
    auto made = store->head();
    if (n > 0) {
      PB_TRY(made, store->edit(changes, TR("history", "{n} suggestion(s) accepted").count(n), authorOf(request)));
    }
    return Value{Value::Map{{"revision", toValue(made)}, {"changed", n}, {"expected_errors", wanted["expected_errors"]}}};
  }

  // The thread that looks at pictures and keeps the store's scores.

  void work() {
    for (;;) {
      bool stale = false, look = false;
      std::optional<Value> write;
      std::int64_t revision = 0, now = 0;
      {
        std::unique_lock lock{mutex};
        const auto busy = [&] { return on && !error && (allChanged || !changedIds.empty() || (looking && opened)); };
        while (!ended && !busy() && !(scores && Clock::now() >= scoresDue)) {
          if (scores) wake.wait_until(lock, scoresDue);
          else wake.wait(lock);
        }
        if (ended) return;
        if (scores && Clock::now() >= scoresDue) write = std::exchange(scores, std::nullopt);
        revision = scoresRevision;
        stale = on && !error && (allChanged || !changedIds.empty());
        look = on && !error && looking && opened && !stale;
        now = round;
      }
      if (write) writeScores(*write, revision);
      if (stale) meet(sync().map([](bool) {}), now);
      else if (look) meet(lookOnce(now), now);
      tellState();
    }
  }

  /// What went wrong is shown until somebody asks anew; a worker that ended is started again a few times.
  void meet(const Result<>& done, std::int64_t now) {
    const std::lock_guard lock{mutex};
    if (done || round != now || ended || done.error().kind == ErrorKind::Cancelled) return;
    if (lost(done.error()) && restarts++ < mostRestarts) {
      opened = false;
      allChanged = true;
      return;
    }
    error = done.error();
  }

  Result<> lookOnce(std::int64_t now) {
    PB_TRY(const auto answer, ask("embed", Value::Map{}, embedSlot));
    note(answer);
    const bool more = answer["more"].asBool();
    if (!more) {
      // Those that came last are scored now.
      const std::lock_guard one{syncing};
      std::int64_t revision = 0;
      {
        const std::lock_guard lock{mutex};
        if (round == now) looking = false;
        revision = learnedFrom;
      }
      PB_CHECK(learn(revision, now));
      const std::lock_guard lock{mutex};
      if (round == now) looking = false;  // What is left cannot be looked at.
    }
    return {};
  }

  void writeScores(const Value& answer, std::int64_t revision) {
    auto store = requests.store();
    if (!store || revision == 0) return;
    // A disk that is full, or a revision that went: the next ones come soon.
    (void)(*store)->setScores(std::string{uncertaintyScore}, revision, scoresOf(answer["ids"], answer["uncertainty"]));
    (void)(*store)->setScores(std::string{confidenceScore}, revision, scoresOf(answer["ids"], answer["confidence"]));
    (void)(*store)->setScores(std::string{disagreementScore}, revision, scoresOf(answer["doubt_ids"], answer["doubts"]));
  }
};

AssistRequests::AssistRequests(DataRequests& requests, AskLive live, std::function<Result<Value>()> function,
                               std::function<void(const Value&)> tell)
    : impl_{std::make_shared<Impl>(requests, std::move(live), std::move(function), std::move(tell))} {
  const auto impl = impl_;
  requests.add("assist_open", [impl](RevisionStore&, const Value& r) { return impl->open(r); });
  requests.add("assist_state", [impl](RevisionStore&, const Value&) -> Result<Value> { return impl->state(); });
  requests.add("assist_close", [impl](RevisionStore&, const Value&) { return impl->close(); });
  for (const auto name : {"suggest", "next", "queue", "estimate"})
    requests.add("assist_" + std::string{name}, [impl, name](RevisionStore&, const Value& r) { return impl->current(name, r); });
  requests.add("assist_accept", [impl](RevisionStore&, const Value& r) { return impl->accept(r); });
}

AssistRequests::~AssistRequests() { end(); }

void AssistRequests::end() {
  bool running = false;
  {
    const std::lock_guard lock{impl_->mutex};
    if (impl_->ended) return;
    impl_->ended = true;
    running = impl_->opened;
    impl_->wake.notify_all();
  }
  const std::lock_guard lock{impl_->starting};
  if (!impl_->thread.joinable()) return;
  if (running)
    for (const auto slot : {embedSlot, learnSlot}) impl_->live(service, "halt", Value::Map{}, slot, [](const Result<LiveAnswer>&) {});
  impl_->thread.join();
}

void AssistRequests::changed(const Value& event) {
  const std::lock_guard lock{impl_->mutex};
  if (!impl_->on) return;
  if (!event["changed"].isList()) impl_->allChanged = true;
  for (const auto& id : event["changed"].asList()) impl_->changedIds.insert(id.asText());
  // Also a class that was added changes what is suggested, though no item.
  if (event["changed"].isList() && event["changed"].asList().empty()) impl_->allChanged = true;
  impl_->wake.notify_all();
}

}  // namespace patchbay
