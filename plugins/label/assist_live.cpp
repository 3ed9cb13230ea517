// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>

#include "engine/block/block.h"
#include "engine/block/if_there.h"
#include "engine/data/detail/item_codec.h"
#include "engine/net/model_port.h"
#include "engine/vision/decode.h"
#include "plugins/label/support/labelling.h"
#include "plugins/label/support/live_context.h"
#include "plugins/support/backbone.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {
namespace assist_live_cpp {

using Clock = std::chrono::steady_clock;
constexpr std::size_t firstSlice = 64, laterSlice = 512;
constexpr int atOnce = 3;

Value floats(const std::vector<float>& values) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
  return Value::Bytes(bytes, bytes + values.size() * sizeof(float));
}

Value toValue(const learn::MetricValue& m) {
  return Value::Map{{"value", m.value}, {"low", m.low}, {"high", m.high}, {"method", patchbay::toValue(m.method)}};
}

Value toValue(const std::vector<learn::ForecastPoint>& points) {
  Value out{Value::List{}};
  for (const auto& p : points)
    out.push(
        Value::Map{{"labels", std::lround(p.labels)}, {"value", p.accuracy.value}, {"low", p.accuracy.low}, {"high", p.accuracy.high}});
  return out;
}

/// Labelling with the model's help, for the engine, which knows the data set: features of its pictures stay here, a head on them is
/// fitted with every label.
///
/// open {"backbone"?: digest of a model, "function"?: {"type", "epoch", "numerics"} of the block whose item cache is shared} ->
///   {"backbone"}: forgets everything before.
/// change {"task", "classes": [name], "items"?: count + encoded items, "removed"?: [id], "all"?: "begin" or "end"} -> state; items that no
///   change from "begin" to "end" brings went.
/// embed {} -> state, "more": bool: looks at some pictures, at most a few seconds.
/// learn {"always"?: bool} -> state, "learned_now": bool; when something changed "ids" (32 characters each, joined), "uncertainty" and
///   "confidence" (float32 each), "doubt_ids", "doubts" (float32).
/// state {}, suggest, next, queue, estimate: as engine/service/README.md says of assist_*; accept {"above" or "ids", "classes"?} ->
///   {"items": [{"id", "labels"}], "expected_errors"}. Without open they fail with "assist.closed".
class AssistService final : public LiveService {
 public:
  Result<Value> answer(std::string_view method, const Value& args, ObjectStore& objects, const StopFlag& stop) override {
    if (method == "about") return Value{Value::Map{{"parallel", atOnce}}};
    if (method == "halt") return Value{Value::Map{}};  // Its slot ended what was under way.
    if (method == "open") return open(args, objects);
    if (method == "embed") return embed(objects, stop);
    if (method == "estimate") return estimate(args, stop);
    const std::lock_guard lock{mutex_};
    PB_CHECK(requireOpen());
    if (method == "change") return change(args);
    if (method == "learn") return learn(args, stop);
    if (method == "state") return state();
    if (method == "suggest") return suggest(args);
    if (method == "next") return next(args, stop);
    if (method == "queue") return queue(args);
    if (method == "accept") return accept(args);
    return fail(ErrorKind::Usage, "live.method", TR("block", "The service has no request \"{name}\".").with("name", method),
                TR("block", "Update Patchbay; the program that asked is newer than the worker."));
  }

 private:
  Result<> requireOpen() const {
    if (set_) return {};
    return fail(ErrorKind::NotFound, "assist.closed", TR("block", "Labelling with the model's help has not begun."),
                TR("block", "Ask for assist_open first."));
  }

  Result<Value> open(const Value& args, ObjectStore& objects) {
    net::Net backbone;
    if (args["backbone"].asText().empty()) {
      PB_TRY(backbone, backboneWith("efficientnet_lite0", {}));
    } else {
      PB_TRY(const auto digest, Digest::parse(args["backbone"].asText()));
      PB_TRY(const auto value, PortValue::load(objects, digest));
      PB_TRY(backbone, net::loadModel(objects, value));
    }
    PB_TRY(auto net, headFeatures(backbone));
    PB_TRY(const auto packed, net::packNet(net));
    const std::lock_guard lock{mutex_};
    const auto digest = digestOf(packed);
    net_ = std::make_shared<const net::Net>(std::move(net));
    function_ = args["function"];
    name_ = backbone.name;
    set_.emplace(digest, LiveContext{objects, StopFlag{}}.threads());
    ++session_;
    learnedChanges_ = 0;
    slice_ = firstSlice;
    return Value{Value::Map{{"backbone", name_}}};
  }

  Value state() const {
    Value classes{Value::List{}};
    for (const auto& c : set_->classes()) classes.push(c);
    const auto* a = set_->assistant();
    return Value::Map{{"items", set_->items()},
                      {"embedded", set_->embedded()},
                      {"unreadable", set_->unreadable()},
                      {"left_out", set_->leftOut()},
                      {"labelled", set_->labelled()},
                      {"classes", std::move(classes)},
                      {"learned", a && a->learned()},
                      {"calibrated", a && a->calibrated()},
                      {"temperature", a ? a->temperature() : 1.0},
                      {"backbone", name_}};
  }

  Result<Value> change(const Value& args) {
    std::vector<std::string> classes;
    for (const auto& c : args["classes"].asList()) classes.push_back(c.asText());
    set_->setClasses(args["task"].asText(), std::move(classes));
    if (args["all"].asText() == "begin") set_->beginAll();
    for (const auto& id : args["removed"].asList()) set_->remove(id.asText());
    if (args["items"].isBytes()) {
      const auto& bytes = args["items"].asBytes();
      ByteReader reader{{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
      for (auto n = reader.countOf(64); n > 0; --n) {
        const auto item = detail::readItem(reader);
        if (!reader.ok()) return detail::damagedDataset("batch");
        set_->take(item);
      }
    }
    if (args["all"].asText() == "end") set_->endAll();
    return state();
  }

  /// One slice of pictures; other requests are answered meanwhile.
  Result<Value> embed(ObjectStore& objects, const StopFlag& stop) {
    Labelling::Wanted wanted;
    std::shared_ptr<const net::Net> net;
    Value function;
    std::int64_t session = 0;
    Digest digest;
    {
      const std::lock_guard lock{mutex_};
      PB_CHECK(requireOpen());
      wanted = set_->wanted(slice_);
      slice_ = laterSlice;
      net = net_;
      function = function_;
      session = session_;
      digest = set_->net();
    }
    if (!wanted.pictures.empty()) {
      LiveContext ctx{objects, stop, function};
      const auto run = featureRun(digest, true);
      const auto compute = [&] {
        return runOnPictures(ctx, *net, wanted.pictures, run, [](auto outputs) { return halfBytes(outputs[0]); });
      };
      auto rows = compute();
      std::vector<Digest> bad;
      if (!rows && rows.error().kind != ErrorKind::Cancelled) {
        PB_TRY(bad, unreadableOf(wanted.pictures, objects, stop));
        if (bad.empty()) return fail(rows.error());
        std::erase_if(wanted.pictures, [&](const Digest& one) { return std::ranges::find(bad, one) != bad.end(); });
        if (!wanted.pictures.empty()) rows = compute();
      }
      if (!rows && !wanted.pictures.empty()) return fail(rows.error());
      const std::lock_guard lock{mutex_};
      PB_CHECK(requireOpen());
      if (session != session_)
        return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
                    TR("block", "Nothing needs to be done."));
      for (const auto& one : bad) set_->setUnreadable(one);
      std::vector<float> features;
      for (std::size_t i = 0; i < wanted.pictures.size(); ++i) {
        const auto bytes = (*rows)->bytes(i);
        features.resize(bytes.size() / 2);
        readHalves(bytes, features);
        PB_CHECK(set_->addFeatures(wanted.pictures[i], features));
      }
      if (auto* a = set_->assistant()) a->scoreNewRows();
    }
    const std::lock_guard lock{mutex_};
    PB_CHECK(requireOpen());
    auto out = state();
    out["more"] = wanted.rest;
    return out;
  }

  /// Those of the pictures that cannot be read, one by one.
  static Result<std::vector<Digest>> unreadableOf(const std::vector<Digest>& pictures, ObjectStore& objects, const StopFlag& stop) {
    std::vector<Digest> out;
    for (const auto& picture : pictures) {
      if (stop.requested())
        return fail(ErrorKind::Cancelled, "live.cancelled", TR("block", "A newer request replaced this one."),
                    TR("block", "Nothing needs to be done."));
      PB_TRY(const auto file, ifThere(objects.open(picture)));
      if (!file || !vision::decode(file->bytes(), {.minSide = 64})) out.push_back(picture);
    }
    return out;
  }

  Result<Value> learn(const Value& args, const StopFlag& stop) {
    const auto begin = Clock::now();
    auto* a = set_->assistant();
    const bool changed = a && (set_->changes() != learnedChanges_ || a->scoredRows() != scored_ || args["always"].asBool());
    if (changed) {
      const auto changes = set_->changes();
      if (changes != learnedChanges_ || args["always"].asBool()) {
        PB_CHECK(a->learn(&stop));
        PB_CHECK(a->calibrate(&stop, args["always"].asBool()));
      }
      learnedChanges_ = changes;
      scored_ = a->scoredRows();
    }
    auto out = state();
    out["learned_now"] = changed;
    if (!changed) return out;
    std::string ids, doubtIds;
    std::vector<float> uncertainty, confidence, doubts;
    const auto all = a->learned() ? a->uncertainty() : std::vector<float>{};
    for (std::size_t row = 0; row < all.size(); ++row) {
      if (a->known(row) || a->dropped(row)) continue;
      ids += set_->idOf(row);
      uncertainty.push_back(all[row]);
      confidence.push_back(static_cast<float>(a->confidence(row)));
    }
    for (const auto& doubt : a->doubts()) {
      doubtIds += set_->idOf(doubt.row);
      doubts.push_back(static_cast<float>(doubt.chance));
    }
    out["ids"] = std::move(ids);
    out["uncertainty"] = floats(uncertainty);
    out["confidence"] = floats(confidence);
    out["doubt_ids"] = std::move(doubtIds);
    out["doubts"] = floats(doubts);
    out["seconds"] = std::chrono::duration<double>(Clock::now() - begin).count();
    return out;
  }

  bool scored(std::optional<std::size_t> row) const {
    const auto* a = set_->assistant();
    return a && a->learned() && row && *row < a->scoredRows();
  }

  /// Label, labels and probability of a row's suggestion.
  void putSuggestion(Value& out, std::size_t row) const {
    const auto chosen = set_->suggestedFor(row);
    Value labels{Value::List{}};
    std::string joined;
    for (const auto c : chosen) {
      labels.push(set_->classes()[c]);
      joined += (joined.empty() ? "" : ", ") + set_->classes()[c];
    }
    out["label"] = joined;
    if (set_->multiLabel()) out["labels"] = std::move(labels);
    out["probability"] = set_->assistant()->confidence(row);
  }

  Result<Value> suggest(const Value& args) const {
    const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(args["most"].asInt(3), 1, 1000));
    Value out{Value::List{}};
    for (const auto& id : args["ids"].asList()) {
      const auto row = set_->rowOf(id.asText());
      if (!scored(row)) {
        out.push(Value{});
        continue;
      }
      Value one{Value::Map{{"id", id.asText()}}};
      putSuggestion(one, *row);
      const auto p = set_->assistant()->chances().row(*row);
      std::vector<std::size_t> order(p.size());
      for (std::size_t c = 0; c < order.size(); ++c) order[c] = c;
      std::ranges::stable_sort(order, [&](auto l, auto r) { return p[l] > p[r]; });
      Value classes{Value::List{}};
      for (std::size_t c = 0; c < std::min(most, order.size()); ++c)
        classes.push(Value::List{set_->classes()[order[c]], static_cast<double>(p[order[c]])});
      one["classes"] = std::move(classes);
      if (args["why"].asBool()) one["reason"] = patchbay::toValue(learn::reasonOf(set_->assistant()->explain(*row), set_->names()));
      out.push(std::move(one));
    }
    return Value{Value::Map{{"suggestions", std::move(out)}}};
  }

  Result<Value> next(const Value& args, const StopFlag& stop) const {
    std::optional<learn::Strategy> strategy;
    const auto& name = args["strategy"].asText();
    if (!name.empty() && name != "auto") {
      strategy = learn::strategyFrom(name);
      if (!strategy)
        return fail(ErrorKind::Usage, "assist.strategy",
                    TR("block", "There is no way \"{name}\" to choose the next picture.").with("name", displayText(name)),
                    TR("block", "Use auto, typiclust, margin, dropquery or random."));
    }
    Value items{Value::List{}};
    std::string used;
    if (const auto* a = set_->assistant()) {
      const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(args["count"].asInt(1), 0, 1000));
      PB_TRY(const auto picks, a->next(strategy, count, set_->rowsOf(args["skip"]), &stop));
      for (const auto& pick : picks) items.push(set_->toValue(pick));
      if (!picks.empty()) used = learn::toString(picks.front().strategy);
    }
    return Value{Value::Map{{"items", std::move(items)}, {"strategy", used}}};
  }

  /// Unlabelled rows with a suggestion, of these classes when some are named.
  std::vector<std::size_t> suggested(const Value& classes) const {
    std::vector<std::size_t> out;
    const auto* a = set_->assistant();
    if (!a || !a->learned()) return out;
    for (std::size_t row = 0; row < a->scoredRows(); ++row) {
      if (a->known(row) || a->dropped(row)) continue;
      if (classes.isList()) {
        const auto chosen = set_->suggestedFor(row);
        const bool wanted = std::ranges::all_of(chosen, [&](auto c) {
          return std::ranges::any_of(classes.asList(), [&](const Value& name) { return name.asText() == set_->classes()[c]; });
        });
        if (!wanted || chosen.empty()) continue;
      }
      out.push_back(row);
    }
    return out;
  }

  learn::ExpectedErrors errorsAbove(double above, const Value& classes) const {
    const auto* a = set_->assistant();
    if (!a || !a->learned()) return {};
    std::vector<std::uint8_t> skip(a->scoredRows(), 1);
    for (const auto row : suggested(classes)) skip[row] = 0;
    return a->errorsAbove(above, skip);
  }

  Result<Value> queue(const Value& args) const {
    const double above = args["above"].asDouble(0.99);
    const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(args["count"].asInt(50), 0, 10'000));
    auto rows = suggested(args["classes"]);
    const auto* a = set_->assistant();
    std::vector<std::pair<double, std::size_t>> hard;
    for (const auto row : rows)
      if (const double sure = a->confidence(row); sure < above) hard.emplace_back(sure, row);
    std::ranges::sort(hard);
    Value items{Value::List{}};
    for (std::size_t i = 0; i < std::min(count, hard.size()); ++i) {
      const auto row = hard[i].second;
      Value one{Value::Map{{"id", set_->idOf(row)}, {"digest", set_->pictureOf(row).hex()}, {"path", pathToValue(set_->pathOf(row))}}};
      putSuggestion(one, row);
      items.push(std::move(one));
    }
    const auto errors = errorsAbove(above, args["classes"]);
    return Value{Value::Map{{"items", std::move(items)},
                            {"below", hard.size()},
                            {"above", Value::Map{{"probability", above},
                                                 {"count", errors.count},
                                                 {"expected_errors", errors.value},
                                                 {"low", errors.low},
                                                 {"high", errors.high}}}}};
  }

  Result<Value> accept(const Value& args) const {
    Value items{Value::List{}};
    double expected = 0;
    const auto add = [&](std::size_t row) {
      Value labels{Value::List{}};
      for (const auto c : set_->suggestedFor(row)) labels.push(set_->classes()[c]);
      items.push(Value::Map{{"id", set_->idOf(row)}, {"labels", std::move(labels)}});
    };
    const auto* a = set_->assistant();
    if (args["ids"].isList()) {
      for (const auto& id : args["ids"].asList())
        if (const auto row = set_->rowOf(id.asText()); scored(row) && !a->known(*row)) {
          expected += 1 - a->confidence(*row);
          add(*row);
        }
    } else {
      const double above = args["above"].asDouble(0.99);
      for (const auto row : suggested(args["classes"]))
        if (a->confidence(row) >= above) add(row);
      expected = errorsAbove(above, args["classes"]).value;
    }
    return Value{Value::Map{{"items", std::move(items)}, {"expected_errors", expected}}};
  }

  /// On a copy of what is labelled, so that labelling goes on meanwhile.
  Result<Value> estimate(const Value& args, const StopFlag& stop) {
    std::optional<learn::Assistant> copy;
    {
      const std::lock_guard lock{mutex_};
      PB_CHECK(requireOpen());
      if (const auto* a = set_->assistant()) copy.emplace(a->labelledOnly());
    }
    if (!copy) copy.emplace(1);
    const double more = std::clamp(args["more"].asDouble(20), 1.0, 100'000.0);
    PB_TRY(const auto e, copy->estimate(more, &stop));
    Value out{Value::Map{{"labelled", e.labelled}, {"text", patchbay::toValue(e.text)}, {"curve", Value::List{}}}};
    if (e.accuracy) out["accuracy"] = toValue(*e.accuracy);
    if (e.ahead) {
      out["curve"] = toValue(e.ahead->measured);
      out["forecast"] = toValue(e.ahead->expected);
      out["gain"] = toValue(e.ahead->gain);
      out["gain"]["more"] = std::lround(more);
    }
    return out;
  }

  std::mutex mutex_;  ///< Guards what follows.
  std::optional<Labelling> set_;
  std::shared_ptr<const net::Net> net_;
  Value function_;
  std::string name_;
  std::int64_t session_ = 0;
  std::size_t slice_ = firstSlice, learnedChanges_ = 0, scored_ = 0;
};

}  // namespace assist_live_cpp

PATCHBAY_LIVE(label_assist_live, assist_live_cpp::AssistService, "patchbay.live.assist")
}  // namespace patchbay::blocks
