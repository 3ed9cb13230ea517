// SPDX-License-Identifier: Apache-2.0
#include "plugins/quality/support/findings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace patchbay::blocks {
namespace {

constexpr std::size_t mostItems = 24;  // Of one finding; how many there are stands beside them.
constexpr std::size_t mostScores = 100'000;

constexpr std::array kindNames{"suspect", "conflict", "leak", "duplicate", "outlier", "imbalance"};

std::string metricOf(std::string_view kind) { return std::string{kind} + "s"; }

double rounded(double v) { return std::round(v * 1e6) / 1e6; }

Value describeItems(Value entry, const std::vector<std::string>& ids, const ItemsById& items, bool multiLabel) {
  for (const char* list : {"items", "pictures", "paths", "labels", "splits"}) entry[list] = Value::List{};
  for (std::size_t i = 0; i < std::min(ids.size(), mostItems); ++i) {
    const auto found = items.find(ids[i]);
    const bool known = found != items.end();
    const auto label = known ? labelsOf(found->second, multiLabel) : std::string{};
    entry["items"].push(ids[i]);
    entry["pictures"].push(known ? Value{found->second.digest.hex()} : Value{});
    entry["paths"].push(known && !found->second.paths.empty() ? pathToValue(found->second.paths.front()) : Value{});
    entry["labels"].push(label.empty() ? Value{} : Value{label});
    entry["splits"].push(toString(known ? found->second.split : Split::None));
  }
  entry["count"] = static_cast<std::int64_t>(ids.size());
  return entry;
}

/// What the block "Unlike your data" warns of.
Value outlierFrom(const Value& least) {
  Value entry{Value::Map{{"kind", "outlier"}, {"given", least["truth"].asText()}, {"proposed", ""}, {"count", 1}}};
  entry["score"] = rounded(least["percentile"].asDouble() / 100);
  entry["cause"] = toValue(TR("block", "It is less alike the others than {percent} % of the pictures are.")
                               .with("percent", std::round(least["percentile"].asDouble() * 10) / 10));
  entry["items"] = Value::List{least["id"]};
  entry["pictures"] = Value::List{least["picture"]};
  entry["paths"] = Value::List{least["path"]};
  entry["labels"] = Value::List{least["truth"]};
  entry["splits"] = Value::List{toString(Split::None)};
  return entry;
}

}  // namespace

std::string_view toString(Finding::Kind kind) { return kindNames[static_cast<std::size_t>(kind)]; }

Result<ItemsById> itemsById(RunContext& ctx, const Dataset& set) {
  ItemsById out;
  PB_CHECK(set.forEach(ctx.objects(), [&](const Item& item) -> Result<> {
    out.emplace(item.id, item);
    return {};
  }));
  return out;
}

std::string labelsOf(const Item& item, bool multiLabel) {
  if (!multiLabel) return item.label() ? *item.label() : std::string{};
  std::string out;
  for (const auto& a : item.annotations)
    if (a.kind == AnnotationKind::Class && a.score >= 0.5) out += (out.empty() ? "" : ", ") + a.label;
  return out;
}

Report findingReport(std::vector<Finding> findings, std::span<const Finding::Kind> kinds, const ItemsById& items, const DatasetInfo& info,
                     std::size_t most) {
  // Kinds in their order, the surest first; equal ones by item, so that the same data give the same report.
  const auto rank = [](const Finding& f) {
    return std::tuple{f.kind, -f.score, f.items.empty() ? std::string{} : f.items.front(), f.given};
  };
  std::ranges::stable_sort(findings, [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
  Report out;
  auto& body = out.body;
  body["kind"] = "label_quality";
  body["findings"] = Value::List{};
  body["classes"] = Value::List{info.classes.begin(), info.classes.end()};
  for (const auto kind : kinds) {
    body["found"][toString(kind)] = 0;
    out.metrics[metricOf(toString(kind))] = 0;
  }
  std::map<Finding::Kind, std::int64_t> count;
  for (const auto& f : findings) {
    const auto n = ++count[f.kind];
    body["found"][toString(f.kind)] = n;
    out.metrics[metricOf(toString(f.kind))] = n;
    if (n > static_cast<std::int64_t>(most)) continue;
    Value entry{Value::Map{{"kind", toString(f.kind)}, {"score", rounded(f.score)}, {"given", f.given}, {"proposed", f.proposed}}};
    entry["cause"] = toValue(f.cause);
    body["findings"].push(describeItems(std::move(entry), f.items, items, info.task == "multi-label"));
  }
  return out;
}

void addScores(Report& report, std::string_view name, std::vector<std::pair<std::string, double>> scores) {
  if (scores.size() > mostScores) {
    std::ranges::stable_sort(scores, std::greater{}, [](const auto& s) { return s.second; });
    scores.resize(mostScores);
  }
  std::ranges::sort(scores);
  Value list{Value::List{}};
  for (const auto& [id, score] : scores) list.push(Value::List{id, rounded(score)});
  report.body["scores"][name] = std::move(list);
}

Report joinedReports(std::span<const Report> reports, std::size_t& left) {
  left = 0;
  Report out;
  out.body["kind"] = "label_quality";
  out.body["findings"] = Value::List{};
  out.body["classes"] = Value::List{};
  std::vector<Value> all;
  const auto found = [&](const std::string& kind, std::int64_t n) {
    out.body["found"][kind] = out.body["found"][kind].asInt() + n;
    out.metrics[metricOf(kind)] = out.body["found"][kind];
  };
  for (const auto& report : reports) {
    const auto& body = report.body;
    if (body["kind"].asText() == "unlike") {
      found("outlier", 0);
      for (const auto& least : body["least_alike"].asList()) {
        if (!least["warning"].asBool()) continue;
        found("outlier", 1);
        all.push_back(outlierFrom(least));
      }
      continue;
    }
    if (body["kind"].asText() != "label_quality") {
      ++left;
      continue;
    }
    for (const auto& [kind, n] : body["found"].asMap()) found(kind, n.asInt());
    for (const auto& f : body["findings"].asList()) all.push_back(f);
    if (out.body["classes"].asList().empty()) out.body["classes"] = body["classes"];
    for (const auto& [name, scores] : body["scores"].asMap()) out.body["scores"][name] = scores;
    for (const auto& [name, value] : report.metrics.asMap())
      if (!out.metrics.contains(name)) out.metrics[name] = value;
  }
  const auto rank = [](const Value& f) { return std::ranges::find(kindNames, f["kind"].asText()) - kindNames.begin(); };
  std::ranges::stable_sort(all, [&](const Value& a, const Value& b) { return rank(a) < rank(b); });
  out.body["findings"] = Value::List{all.begin(), all.end()};
  return out;
}

}  // namespace patchbay::blocks
