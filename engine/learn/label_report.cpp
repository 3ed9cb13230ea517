// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/label_report.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace patchbay::learn {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

Result<> check(Flags truth, MatrixView p, const LabelReportOptions& o) {
  if (p.rows() == 0)
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There are no items to evaluate on."),
                TR("learn", "Give the split a test part with labelled items."));
  if (p.cols() == 0 || truth.size() != p.rows() * p.cols() || (!o.thresholds.empty() && o.thresholds.size() != p.cols()))
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "Predictions and labels do not belong to the same items."),
                TR("learn", "Evaluate predictions on the data set they were made for."));
  return requireFinite(p);
}

double f1Of(const Confusion& c) { return classFigures(c)[1].f1; }

/// Mean of what is defined.
template <class Figure>
double meanOver(std::size_t n, Figure&& figure) {
  double sum = 0;
  int defined = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = figure(i);
    if (std::isnan(v)) continue;
    sum += v;
    ++defined;
  }
  return defined ? sum / defined : kUndefined;
}

/// Figures over counted items, all on the same resamples.
class LabelFigures {
 public:
  LabelFigures(Flags truth, MatrixView p, Flags predicted, std::span<const std::uint32_t> groupOf)
      : truth_{truth}, predicted_{predicted}, rows_{p.rows()}, cols_{p.cols()} {
    std::vector<std::uint8_t> positive(rows_), negative(rows_), said(rows_);
    std::vector<float> score(rows_);
    units_ = unitsWith(std::vector<std::uint8_t>(rows_, 1), groupOf);
    rarest_ = rarestSide_ = units_;
    for (std::size_t c = 0; c < cols_; ++c) {
      for (std::size_t i = 0; i < rows_; ++i) {
        positive[i] = truth[i * cols_ + c];
        negative[i] = !positive[i];
        said[i] = predicted[i * cols_ + c];
        score[i] = p(i, c);
      }
      ranked_.emplace_back(positive, score);
      const auto has = unitsWith(positive, groupOf), smaller = std::min(has, unitsWith(negative, groupOf));
      sides_.push_back({has, smaller, unitsWith(said, groupOf)});
      if (has > 0) rarest_ = std::min(rarest_, has);
      if (smaller > 0) rarestSide_ = std::min(rarestSide_, smaller);
    }
  }

  Confusion confusion(std::size_t c, Counts n) const {
    Confusion out{2, std::vector<std::uint64_t>(4)};
    for (std::size_t i = 0; i < rows_; ++i) out.counts[truth_[i * cols_ + c] * 2U + predicted_[i * cols_ + c]] += n.empty() ? 1 : n[i];
    return out;
  }

  double meanAveragePrecision(Counts n) const {
    return meanOver(cols_, [&](std::size_t c) { return ranked_[c].averagePrecision(n); });
  }
  double meanAuroc(Counts n) const {
    return meanOver(cols_, [&](std::size_t c) { return ranked_[c].auroc(n); });
  }
  double macroF1(Counts n) const {
    return meanOver(cols_, [&](std::size_t c) { return f1Of(confusion(c, n)); });
  }
  double microF1(Counts n) const { return f1Of(pairs(n)); }
  double wholeItems(Counts n) const {
    double right = 0, all = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto times = static_cast<double>(n.empty() ? 1 : n[i]);
      const auto at = static_cast<std::ptrdiff_t>(i * cols_), end = at + static_cast<std::ptrdiff_t>(cols_);
      right += std::equal(truth_.begin() + at, truth_.begin() + end, predicted_.begin() + at) ? times : 0;
      all += times;
    }
    return all > 0 ? right / all : kUndefined;
  }

  std::vector<BoundedMetric> all() const {
    std::vector<BoundedMetric> out;
    const auto add = [&](auto figure, std::uint64_t rests) { out.push_back({figure, rests}); };
    add([this](Counts n) { return meanAveragePrecision(n); }, rarest_);
    add([this](Counts n) { return meanAuroc(n); }, rarestSide_);
    add([this](Counts n) { return macroF1(n); }, rarest_);
    add([this](Counts n) { return microF1(n); }, rarest_);
    add([this](Counts n) { return wholeItems(n); }, units_);
    add(
        [this](Counts n) {
          const auto c = pairs(n);
          return c.total() ? 1 - accuracy(c) : kUndefined;
        },
        units_);
    for (std::size_t c = 0; c < cols_; ++c) {
      const auto defined = [this, c](Counts n, double ClassFigures::*value, std::uint64_t ClassFigures::*need) {
        const auto f = classFigures(confusion(c, n))[1];
        return f.*need ? f.*value : kUndefined;
      };
      const auto& [has, smaller, said] = sides_[c];
      add([defined](Counts n) { return defined(n, &ClassFigures::precision, &ClassFigures::predicted); }, said);
      add([defined](Counts n) { return defined(n, &ClassFigures::recall, &ClassFigures::support); }, has);
      add([defined](Counts n) { return defined(n, &ClassFigures::f1, &ClassFigures::support); }, has);
      add([this, c](Counts n) { return ranked_[c].auroc(n); }, smaller);
      add([this, c](Counts n) { return ranked_[c].averagePrecision(n); }, has);
    }
    return out;
  }

 private:
  /// All (item, class) pairs in one.
  Confusion pairs(Counts n) const {
    Confusion sum{2, std::vector<std::uint64_t>(4)};
    for (std::size_t c = 0; c < cols_; ++c) {
      const auto one = confusion(c, n);
      for (std::size_t k = 0; k < 4; ++k) sum.counts[k] += one.counts[k];
    }
    return sum;
  }

  Flags truth_, predicted_;
  std::size_t rows_, cols_;
  std::vector<RankedScores> ranked_;
  /// Units with the label, with the rarer of having it and not, with it predicted.
  struct Sides {
    std::uint64_t has = 0, smaller = 0, said = 0;
  };
  std::vector<Sides> sides_;
  std::uint64_t units_ = 0, rarest_ = 0, rarestSide_ = 0;
};

}  // namespace

std::vector<std::pair<std::string, CountedMetric>> labelMetrics(Flags truth, MatrixView p) {
  struct Copy {
    std::vector<std::uint8_t> truth, predicted;
    std::optional<LabelFigures> figures;
  };
  const auto copy = std::make_shared<Copy>();
  copy->truth.assign(truth.begin(), truth.end());
  for (std::size_t i = 0; i < p.rows(); ++i)
    for (std::size_t c = 0; c < p.cols(); ++c) copy->predicted.push_back(p(i, c) >= 0.5F);
  copy->figures.emplace(copy->truth, p, copy->predicted, std::span<const std::uint32_t>{});
  return {{"mean_average_precision", [copy](Counts n) { return copy->figures->meanAveragePrecision(n); }},
          {"micro_f1", [copy](Counts n) { return copy->figures->microF1(n); }},
          {"macro_f1", [copy](Counts n) { return copy->figures->macroF1(n); }},
          {"subset_accuracy", [copy](Counts n) { return copy->figures->wholeItems(n); }},
          {"auroc", [copy](Counts n) { return copy->figures->meanAuroc(n); }}};
}

Result<LabelReport> evaluateLabels(Flags truth, MatrixView p, const LabelReportOptions& o) {
  PB_CHECK(check(truth, p, o));
  LabelReport out;
  out.items = p.rows();
  out.classes = p.cols();
  out.thresholds = o.thresholds.empty() ? std::vector<double>(p.cols(), 0.5) : o.thresholds;
  for (std::size_t i = 0; i < p.rows(); ++i)
    for (std::size_t c = 0; c < p.cols(); ++c) out.predicted.push_back(p(i, c) >= out.thresholds[c]);
  const LabelFigures figures{truth, p, out.predicted, o.bootstrap.groupOf};
  const auto values = bootstrapAll(out.items, figures.all(), o.bootstrap);
  std::size_t next = 0;
  for (auto* m : {&out.meanAveragePrecision, &out.auroc, &out.macroF1, &out.microF1, &out.subsetAccuracy, &out.hammingLoss})
    *m = values[next++];
  for (std::size_t c = 0; c < out.classes; ++c) {
    auto& r = out.perClass.emplace_back();
    for (auto* m : {&r.precision, &r.recall, &r.f1, &r.auroc, &r.averagePrecision}) *m = values[next++];
    out.confusion.push_back(figures.confusion(c, {}));
    r.support = out.confusion.back().at(1, 0) + out.confusion.back().at(1, 1);
    std::vector<std::uint8_t> positive;
    std::vector<float> score;
    for (std::size_t i = 0; i < out.items; ++i) {
      positive.push_back(truth[i * out.classes + c]);
      score.push_back(p(i, c));
    }
    out.curves.push_back(classCurves(positive, score));
  }
  return out;
}

Value toValue(const LabelReport& r) {
  Value v;
  v["task"] = "multi-label";
  v["items"] = r.items;
  v["classes"] = r.classes;
  v["mean_average_precision"] = toValue(r.meanAveragePrecision);
  v["auroc"] = toValue(r.auroc);
  v["macro_f1"] = toValue(r.macroF1);
  v["micro_f1"] = toValue(r.microF1);
  v["subset_accuracy"] = toValue(r.subsetAccuracy);
  v["hamming_loss"] = toValue(r.hammingLoss);
  v["per_class"].list();
  v["curves"].list();
  for (std::size_t c = 0; c < r.classes; ++c) {
    auto one = toValue(r.perClass[c]);
    one["threshold"] = r.thresholds[c];
    const auto& m = r.confusion[c];
    one["confusion"] = Value::List{Value::List{m.at(0, 0), m.at(0, 1)}, Value::List{m.at(1, 0), m.at(1, 1)}};
    v["per_class"].push(std::move(one));
    v["curves"].push(toValue(r.curves[c]));
  }
  return v;
}

}  // namespace patchbay::learn
