// SPDX-License-Identifier: Apache-2.0
// The "data" requests of the engine over a table that is made up: for tests of the gallery and for its benchmark.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay::testing {

class MadeData {
 public:
  struct Item {
    std::int32_t label = -1;
    std::uint8_t split = 1;
    bool removed = false;
    std::int64_t version = 1;
    std::vector<std::string> more;  ///< Labels beside that one.
  };
  std::string task = "classification";
  std::vector<std::string> classes{"leaf", "stone", "flower"};
  std::vector<Item> items;
  std::int64_t number = 1;
  bool features = true;   ///< It is known what is alike.
  int pages = 0;          ///< Asked for.
  std::int64_t most = 0;  ///< Items of the largest page that was asked for.

  explicit MadeData(std::size_t count) : items(count) {
    for (std::size_t i = 0; i < count; ++i) items[i].label = static_cast<std::int32_t>(i % 4) - 1;
  }

  static std::string idOf(std::size_t i) {
    auto text = std::to_string(i);
    return std::string(32 - text.size(), '0') + text;
  }
  static std::size_t indexOf(const std::string& id) { return std::stoull(id); }
  std::string labelOf(std::size_t i) const {
    return items[i].label < 0 ? std::string{} : classes[static_cast<std::size_t>(items[i].label)];
  }

  /// Somebody else, in another window.
  void otherLabels(std::size_t i, std::int32_t label) {
    items[i].label = label;
    items[i].version = ++number;
  }

  Result<Value> answer(const Value& request) {
    const auto& what = request["do"].asText();
    if (what == "state") return state();
    if (what == "query") return query(request["filter"], request["sort"]["by"].asText());
    if (what == "page") return page(request);
    if (what == "counts") return counts(request["query"].asInt());
    if (what == "edit") return edit(request);
    if (what == "undo") return undo();
    if (what == "history") return history();
    if (what == "diff")
      return Value{Value::Map{
          {"added", 0},
          {"removed", 1},
          {"changed", 2},
          {"splits", 0},
          {"labels", Value::List{Value::Map{{"from", ""}, {"to", "leaf"}, {"count", 2}}}},
          {"items", Value::List{Value::Map{{"id", idOf(4)}, {"kind", "changed"}}, Value::Map{{"id", idOf(8)}, {"kind", "removed"}}}}}};
    if (what == "name" || what == "restore") return revision(number);
    return fail(ErrorKind::Unsupported, "test", TR("test", "Not made."), TR("test", "Make it."));
  }

 private:
  struct Step {
    std::vector<std::pair<std::size_t, Item>> before;
    Value what;
  };

  Value revision(std::int64_t n) const {
    const bool first = n == 1;
    return Value{Value::Map{{"revision", "r" + std::to_string(n)},
                            {"number", n},
                            {"what", first            ? toValue(TR("test", "Imported garden"))
                                     : steps_.empty() ? Value{}
                                                      : steps_.back().what},
                            {"author", first ? "import" : "person:ada"},
                            {"at", 1'790'000'000'000 + n * 60'000},
                            {"items", there()},
                            {"changed", 1},
                            {"unlabelled", 0}}};
  }
  std::int64_t there() const { return std::ranges::count(items, false, &Item::removed); }

  Result<Value> state() const {
    std::vector<std::int64_t> counts(classes.size() + 1);
    std::map<int, std::int64_t> splits;
    for (const auto& item : items) {
      if (item.removed) continue;
      ++counts[static_cast<std::size_t>(item.label + 1)];
      ++splits[item.split];
    }
    Value out{Value::Map{{"head", revision(number)}, {"items", there()}, {"unlabelled", counts[0]}, {"suggested", 3}, {"disagreement", 0}}};
    out["classes"] = Value::List{};
    const char* const colours[] = {"#2e8b57", "#808080", "#c71585", "#4682b4", "#daa520"};
    for (std::size_t c = 0; c < classes.size(); ++c)
      out["classes"].push(Value::Map{{"name", classes[c]}, {"color", colours[c % 5]}, {"count", counts[c + 1]}});
    for (const auto& [split, n] : splits)
      out["by_split"][split == 1 ? "train" : split == 3 ? "test" : split == 2 ? "validation" : "none"] = n;
    out["authors"] = Value::List{Value::Map{{"name", "import"}, {"count", there()}}};
    out["scores"] = Value::List{Value::Map{{"name", "uncertainty"}, {"count", there()}}};
    out["task"] = task;
    out["undo"] = !steps_.empty();
    out["redo"] = false;
    return out;
  }

  Result<Value> query(const Value& filter, const std::string& by) {
    if (by.starts_with("like:") && !features)
      return fail(ErrorKind::NotFound, "data.like", TR("data", "It is not known yet which pictures are like this one."),
                  TR("data", "Run a pipeline with the blocks Data set and Embed first."));
    std::vector<std::uint32_t> rows;
    const auto wanted = [&](std::size_t i) {
      if (items[i].removed) return false;
      if (filter["unlabelled"].asBool() && items[i].label >= 0) return false;
      if (filter["classes"].isList() &&
          std::ranges::find(filter["classes"].asList(), Value{labelOf(i)}) == filter["classes"].asList().end())
        return false;
      if (!filter["text"].asText().empty() && pathOf(i).find(filter["text"].asText()) == std::string::npos) return false;
      return true;
    };
    if (filter["ids"].isList()) {
      for (const auto& id : filter["ids"].asList()) rows.push_back(static_cast<std::uint32_t>(indexOf(id.asText())));
    } else {
      for (std::size_t i = 0; i < items.size(); ++i)
        if (wanted(i)) rows.push_back(static_cast<std::uint32_t>(i));
    }
    if (by.starts_with("like:")) std::ranges::stable_partition(rows, [&](std::uint32_t row) { return idOf(row) == by.substr(5); });
    queries_[++lastQuery_] = std::move(rows);
    while (queries_.size() > 8) queries_.erase(queries_.begin());
    return Value{Value::Map{{"query", lastQuery_}, {"count", queries_[lastQuery_].size()}}};
  }

  Result<Value> counts(std::int64_t asked) {
    Value out{Value::Map{{"classes", Value::Map{}}, {"unlabelled", 0}}};
    std::map<std::string, std::int64_t> found;
    for (const auto i : queries_[asked]) ++found[labelOf(i)];
    for (const auto& [name, n] : found)
      if (name.empty()) out["unlabelled"] = n;
      else out["classes"][name] = n;
    return out;
  }

  static std::string pathOf(std::size_t i) { return "/pictures/garden/" + std::to_string(i) + ".jpg"; }

  Result<Value> page(const Value& request) {
    ++pages;
    most = std::max(most, request["count"].asInt());
    const auto found = queries_.find(request["query"].asInt());
    if (found == queries_.end())
      return fail(ErrorKind::NotFound, "data.query", TR("data", "This search is not kept any more."), TR("data", "Search again."));
    Value out{Value::List{}};
    const auto first = static_cast<std::size_t>(request["first"].asInt());
    const auto last = std::min(found->second.size(), first + static_cast<std::size_t>(request["count"].asInt()));
    for (auto at = first; at < last; ++at) {
      const auto i = found->second[at];
      if (items[i].removed) {
        out.push(Value::Map{{"removed", true}});
        continue;
      }
      Value one{Value::Map{{"id", idOf(i)},
                           {"digest", std::string(64, "0123456789abcdef"[i % 16])},
                           {"path", pathOf(i)},
                           {"split", items[i].split == 1 ? "train" : "test"},
                           {"width", 640},
                           {"height", 480},
                           {"version", items[i].version},
                           {"flags", Value::List{}}}};
      one["digest"] = std::string(48, 'a') + std::string(16 - std::min<std::size_t>(16, std::to_string(i).size()), '0') + std::to_string(i);
      if (items[i].label >= 0 && !items[i].more.empty()) {
        one["labels"] = Value::List{labelOf(i)};
        for (const auto& label : items[i].more) one["labels"].push(label);
      }
      if (items[i].label >= 0) one["label"] = labelOf(i);
      else one["flags"].push("unlabelled");
      out.push(std::move(one));
    }
    return out;
  }

  Result<> set(std::size_t i, const Value& change, Step& step) {
    if (change.contains("expect") && change["expect"].asInt() != items[i].version)
      return fail(ErrorKind::Busy, "data.conflict",
                  TR("data", "{path} was labelled {value} by somebody else.").with("path", pathOf(i)).with("value", labelOf(i)),
                  TR("data", "Look at it, then repeat the change or leave it."));
    step.before.emplace_back(i, items[i]);
    if (const auto* label = change.find("label")) {
      const auto& name = label->asText();
      auto found = std::ranges::find(classes, name);
      if (!name.empty() && found == classes.end()) found = classes.insert(classes.end(), name);
      items[i].more.clear();
      items[i].label = name.empty() ? -1 : static_cast<std::int32_t>(found - classes.begin());
    }
    for (const auto& label : change["add_labels"].asList()) {
      if (items[i].label < 0) items[i].label = static_cast<std::int32_t>(std::ranges::find(classes, label.asText()) - classes.begin());
      else if (labelOf(i) != label.asText()) items[i].more.push_back(label.asText());
    }
    for (const auto& label : change["take_labels"].asList()) {
      std::erase(items[i].more, label.asText());
      if (labelOf(i) != label.asText()) continue;
      items[i].label = -1;
      if (items[i].more.empty()) continue;
      items[i].label = static_cast<std::int32_t>(std::ranges::find(classes, items[i].more.front()) - classes.begin());
      items[i].more.erase(items[i].more.begin());
    }
    if (const auto* split = change.find("split"))
      items[i].split = split->asText() == "test" ? 3 : split->asText() == "validation" ? 2 : split->asText() == "train" ? 1 : 0;
    if (change["remove"].asBool()) items[i].removed = true;
    return {};
  }

  Result<Value> edit(const Value& request) {
    Step step{{}, request["what"]};
    const auto copy = items;
    Result<> done;
    if (request["query"].isInt()) {
      for (const auto i : queries_[request["query"].asInt()])
        if (done) done = set(i, request["set"], step);
    } else {
      for (const auto& change : request["changes"].asList())
        if (done) done = set(indexOf(change["id"].asText()), change, step);
    }
    if (!done) {
      items = copy;
      return fail(done.error());
    }
    ++number;
    for (const auto& [i, before] : step.before) items[i].version = number;
    const auto n = step.before.size();
    steps_.push_back(std::move(step));
    return Value{Value::Map{{"revision", revision(number)}, {"changed", n}}};
  }

  Result<Value> undo() {
    if (steps_.empty()) return fail(ErrorKind::NotFound, "data.undo", TR("data", "There is nothing to undo."), TR("data", "Go on."));
    ++number;
    for (const auto& [i, before] : steps_.back().before) {
      items[i] = before;
      items[i].version = number;
    }
    steps_.pop_back();
    return revision(number);
  }

  Result<Value> history() const {
    Value out{Value::List{}};
    for (auto n = number; n > 0; --n) out.push(revision(n));
    return out;
  }

  std::map<std::int64_t, std::vector<std::uint32_t>> queries_;
  std::int64_t lastQuery_ = 0;
  std::vector<Step> steps_;
};

}  // namespace patchbay::testing
