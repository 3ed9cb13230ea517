// SPDX-License-Identifier: Apache-2.0
#include "plugins/evaluate/support/labels.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/learn/label_report.h"
#include "plugins/evaluate/support/metrics.h"
#include "plugins/evaluate/support/slices.h"

namespace patchbay::blocks {

LabelRows labelRows(const Predictions& p, const std::vector<Item>& items, const std::function<bool(std::size_t, const Item&)>& wanted) {
  std::unordered_map<std::string_view, const Item*> byId;
  for (const auto& item : items) byId.emplace(item.id, &item);
  LabelRows rows;
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    const auto found = byId.find(p.ids[i]);
    if (found == byId.end() || !found->second->labelled() || !wanted(i, *found->second)) continue;
    rows.index.push_back(i);
    rows.item.push_back(found->second);
  }
  const auto k = p.classes.size();
  rows.truth.resize(rows.index.size() * k);
  rows.probability = learn::Matrix(rows.index.size(), k);
  for (std::size_t r = 0; r < rows.index.size(); ++r) {
    for (const auto& a : rows.item[r]->annotations) {
      const auto at = std::ranges::find(p.classes, a.label);
      if (a.kind == AnnotationKind::Class && a.score >= 0.5 && at != p.classes.end())
        rows.truth[r * k + static_cast<std::size_t>(at - p.classes.begin())] = 1;
    }
    std::copy_n(p.probabilities.begin() + static_cast<std::ptrdiff_t>(rows.index[r] * k), k, rows.probability.row(r).begin());
  }
  return rows;
}

namespace {

Result<std::vector<double>> thresholdsOf(RunContext& ctx, const Predictions& p, const std::vector<Item>& items, const LabelQuestion& q) {
  const auto k = p.classes.size();
  std::vector<double> out(k, 0.5);
  if (!q.rule) return out;
  const auto rows = labelRows(p, items, [](std::size_t, const Item& item) { return item.split == Split::Validation; });
  if (rows.index.empty())
    return fail(ErrorKind::BadInput, "evaluate.no_validation",
                TR("block", "There is no labelled validation picture to choose the threshold on."),
                TR("block", "Give the Split block a validation share, or set the threshold to \"One half\"."), "threshold");
  for (std::size_t c = 0; c < k; ++c) {
    std::vector<std::uint8_t> flags;
    std::vector<float> scores;
    for (std::size_t r = 0; r < rows.index.size(); ++r) {
      flags.push_back(rows.truth[r * k + c]);
      scores.push_back(rows.probability(r, c));
    }
    const auto chosen = learn::chooseThreshold(flags, scores, *q.rule, q.recall);
    if (chosen) {
      out[c] = chosen->threshold;
    } else if (chosen.error().code == "learn.one_class") {
      ctx.log(LogLevel::Warning, "The validation part has no picture with, or none without, the class \"" + displayText(p.classes[c]) +
                                     "\"; its threshold stays at one half. Give the Split block a larger validation share.");
    } else {
      return fail(chosen.error());
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& classes, std::span<const std::uint8_t> flags) {
  std::string out;
  for (std::size_t c = 0; c < classes.size(); ++c)
    if (flags[c]) out += (out.empty() ? "" : ", ") + classes[c];
  return out;
}

/// Pictures with a wrong label, the one that is most surely wrong first; each picture once, with its worst label.
Value mistakesOf(const Predictions& p, const LabelRows& rows, const learn::LabelReport& figures, std::size_t most) {
  struct Wrong {
    std::size_t row, c;
    double by;
  };
  const auto k = p.classes.size();
  std::vector<Wrong> wrong;
  for (std::size_t r = 0; r < rows.index.size(); ++r) {
    Wrong worst{r, 0, -1};
    for (std::size_t c = 0; c < k; ++c) {
      const double by = std::abs(rows.probability(r, c) - figures.thresholds[c]);
      if (figures.predicted[r * k + c] != rows.truth[r * k + c] && by > worst.by) worst = {r, c, by};
    }
    if (worst.by >= 0) wrong.push_back(worst);
  }
  std::ranges::stable_sort(wrong, std::greater{}, &Wrong::by);
  wrong.resize(std::min(wrong.size(), most));
  Value list{Value::List{}};
  for (const auto& w : wrong) {
    const auto* item = rows.item[w.row];
    Value entry;
    entry["id"] = p.ids[rows.index[w.row]];
    entry["truth"] = joined(p.classes, std::span{rows.truth}.subspan(w.row * k, k));
    entry["predicted"] = joined(p.classes, std::span{figures.predicted}.subspan(w.row * k, k));
    entry["class"] = p.classes[w.c];
    entry["probability"] = static_cast<double>(rows.probability(w.row, w.c));
    entry["picture"] = item->digest.hex();
    if (!item->paths.empty()) entry["path"] = pathToValue(item->paths.front());
    list.push(std::move(entry));
  }
  return list;
}

}  // namespace

std::vector<std::uint32_t> bootstrapGroups(const std::vector<Item>& items, const Predictions& p, const std::vector<std::size_t>& rows) {
  std::unordered_map<std::string_view, std::string_view> groupOf;
  for (const auto& item : items)
    if (!item.group.empty()) groupOf.emplace(item.id, item.group);
  if (groupOf.empty()) return {};
  std::unordered_map<std::string_view, std::uint32_t> number;
  std::vector<std::uint32_t> out;
  for (const auto i : rows) {
    const auto found = groupOf.find(p.ids[i]);
    const std::string_view name = found == groupOf.end() ? std::string_view{p.ids[i]} : found->second;
    out.push_back(number.emplace(name, static_cast<std::uint32_t>(number.size())).first->second);
  }
  return out;
}

Result<Report> evaluateLabels(RunContext& ctx, const Predictions& p, const std::vector<Item>& items, const LabelQuestion& q) {
  const auto rows = labelRows(p, items, [&](std::size_t, const Item& item) { return q.part(item.split); });
  if (rows.index.empty())
    return fail(ErrorKind::BadInput, "evaluate.empty_part", TR("block", "The chosen part has no labelled picture."),
                TR("block", "Put a Split block before the training, or choose the part \"All\"."), "part");
  learn::LabelReportOptions options;
  PB_TRY(options.thresholds, thresholdsOf(ctx, p, items, q));
  const auto groups = bootstrapGroups(items, p, rows.index);
  options.bootstrap.groupOf = groups;
  options.bootstrap.threads = ctx.threads();
  options.bootstrap.seed = 1;
  PB_TRY(const auto figures, learn::evaluateLabels(rows.truth, rows.probability, options));
  Report out;
  out.body = learn::toValue(figures);
  out.body["mistakes"] = mistakesOf(p, rows, figures, q.mistakes);
  std::vector<Judged> judged;
  const auto k = p.classes.size();
  for (std::size_t r = 0; r < rows.index.size(); ++r)
    judged.push_back({rows.item[r], std::equal(rows.truth.begin() + static_cast<std::ptrdiff_t>(r * k),
                                               rows.truth.begin() + static_cast<std::ptrdiff_t>((r + 1) * k),
                                               figures.predicted.begin() + static_cast<std::ptrdiff_t>(r * k))});
  PB_TRY(out.body["slices"], slicesOf(ctx, judged));
  putMetric(out, "mean_average_precision", figures.meanAveragePrecision);
  putMetric(out, "auroc", figures.auroc);
  putMetric(out, "macro_f1", figures.macroF1);
  putMetric(out, "micro_f1", figures.microF1);
  putMetric(out, "subset_accuracy", figures.subsetAccuracy);
  putMetric(out, "hamming_loss", figures.hammingLoss);
  out.metrics["pictures"] = figures.items;
  return out;
}

}  // namespace patchbay::blocks
