// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/report.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/learn/linear_head.h"

namespace patchbay::learn {
namespace {

constexpr std::size_t mostCurves = 20;  // Of more classes nobody can tell the lines apart.

Result<> check(Labels truth, MatrixView p) {
  if (truth.empty()) {
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There are no items to evaluate on."),
                TR("learn", "Give the split a test part with labelled items."));
  }
  if (truth.size() != p.rows() || p.cols() < 2) {
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "Predictions and labels do not belong to the same items."),
                TR("learn", "Evaluate predictions on the data set they were made for."));
  }
  for (const auto label : truth) {
    if (label >= 0 && static_cast<std::size_t>(label) < p.cols()) continue;
    return fail(ErrorKind::BadInput, "learn.label_range",
                TR("learn", "A label is {label}, outside 0 to {last}.")
                    .with("label", static_cast<std::int64_t>(label))
                    .with("last", static_cast<std::int64_t>(p.cols()) - 1),
                TR("learn", "Evaluate on labelled items of the classes the model knows."));
  }
  return requireFinite(p);
}

/// Figures over counted items, all on the same resamples.
class Figures {
 public:
  Figures(Labels truth, MatrixView p, std::vector<std::int32_t> predicted, std::span<const std::uint32_t> groupOf)
      : truth_{truth}, p_{p}, predicted_{std::move(predicted)} {
    std::vector<std::uint8_t> positive(truth.size()), negative(truth.size()), said(truth.size());
    std::vector<float> column(truth.size());
    units_ = unitsWith(std::vector<std::uint8_t>(truth.size(), 1), groupOf);
    rarest_ = units_;
    for (std::size_t c = 0; c < p.cols(); ++c) {
      for (std::size_t i = 0; i < truth.size(); ++i) {
        positive[i] = truth[i] == static_cast<std::int32_t>(c);
        negative[i] = !positive[i];
        said[i] = predicted_[i] == static_cast<std::int32_t>(c);
        column[i] = p(i, c);
      }
      ranked_.emplace_back(positive, column);
      const auto has = unitsWith(positive, groupOf);
      sides_.push_back({has, std::min(has, unitsWith(negative, groupOf)), unitsWith(said, groupOf)});
      if (has > 0) rarest_ = std::min(rarest_, has);
    }
  }

  // Columns of one resample, in the order evaluateClassification() reads them.
  std::vector<BoundedMetric> all() const {
    std::vector<BoundedMetric> out;
    const auto add = [&](auto figure, std::uint64_t rests = 0) { out.push_back({figure, rests}); };
    const std::size_t k = p_.cols();
    add([this](Counts n) { return accuracy(matrix(n)); }, units_);
    add([this](Counts n) { return balancedAccuracy(matrix(n)); }, rarest_);
    add([this](Counts n) { return macroFigures(matrix(n)).f1; }, rarest_);
    add([this](Counts n) { return meanAuroc(n); }, rarest_);
    add([this](Counts n) { return logLoss(truth_, p_, n); });
    add([this](Counts n) { return brier(truth_, p_, n); });
    add([this, bins = bins_](Counts n) { return learn::calibration(truth_, p_, bins, n).ece; });
    for (std::size_t c = 0; c < k; ++c) {
      // Precision without a prediction, recall without an item: not defined in this resample, rather than 0.
      const auto& [has, smaller, said] = sides_[c];
      add([this, c](Counts n) { return orUndefined(classFigures(matrix(n))[c], &ClassFigures::precision, &ClassFigures::predicted); },
          said);
      add([this, c](Counts n) { return orUndefined(classFigures(matrix(n))[c], &ClassFigures::recall, &ClassFigures::support); }, has);
      add([this, c](Counts n) { return orUndefined(classFigures(matrix(n))[c], &ClassFigures::f1, &ClassFigures::support); }, has);
      add([this, c](Counts n) { return ranked_[c].auroc(n); }, smaller);
      add([this, c](Counts n) { return ranked_[c].averagePrecision(n); }, has);
    }
    return out;
  }
  void setBins(std::size_t bins) { bins_ = bins; }

 private:
  static double orUndefined(const ClassFigures& f, double ClassFigures::*value, std::uint64_t ClassFigures::*need) {
    return f.*need ? f.*value : std::numeric_limits<double>::quiet_NaN();
  }
  Confusion matrix(Counts n) const { return confusion(truth_, predicted_, p_.cols(), n); }
  double meanAuroc(Counts n) const {
    if (p_.cols() == 2) return ranked_[1].auroc(n);
    double sum = 0;
    int defined = 0;
    for (const auto& r : ranked_) {
      const double area = r.auroc(n);
      if (!std::isnan(area)) sum += area, ++defined;
    }
    return defined ? sum / defined : std::numeric_limits<double>::quiet_NaN();
  }

  Labels truth_;
  MatrixView p_;
  std::vector<std::int32_t> predicted_;
  std::vector<RankedScores> ranked_;
  /// Units with the class, with the rarer of it and the rest, with it predicted.
  struct Sides {
    std::uint64_t has = 0, smaller = 0, said = 0;
  };
  std::vector<Sides> sides_;
  std::uint64_t units_ = 0, rarest_ = 0;
  std::size_t bins_ = 15;
};

void addBinaryCurves(ClassificationReport& out, Labels truth, MatrixView p) {
  std::vector<std::uint8_t> positive(truth.begin(), truth.end());
  std::vector<float> score(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) score[i] = p(i, 1);
  out.roc = thinned(rocCurve(positive, score), 512);
  out.precisionRecall = thinned(precisionRecallCurve(positive, score), 512);
  out.f1 = out.perClass[1].f1;
  out.averagePrecision = out.perClass[1].averagePrecision;
}

void addClassCurves(ClassificationReport& out, Labels truth, MatrixView p) {
  std::vector<std::uint8_t> positive(truth.size());
  std::vector<float> score(truth.size());
  for (std::size_t c = 0; c < p.cols(); ++c) {
    for (std::size_t i = 0; i < truth.size(); ++i) {
      positive[i] = truth[i] == static_cast<std::int32_t>(c);
      score[i] = p(i, c);
    }
    out.curves.push_back(classCurves(positive, score));
  }
}

Value curveValue(const std::vector<CurvePoint>& curve) {
  Value list{Value::List{}};
  for (const auto& c : curve) list.push(Value::List{c.x, c.y, c.threshold});
  return list;
}

}  // namespace

ClassCurves classCurves(Flags positive, std::span<const float> score) {
  return {thinned(rocCurve(positive, score), 128), thinned(precisionRecallCurve(positive, score), 128)};
}

Result<ClassificationReport> evaluateClassification(Labels truth, MatrixView p, const ReportOptions& o) {
  PB_CHECK(check(truth, p));
  ClassificationReport out;
  out.items = truth.size();
  out.classes = p.cols();
  out.threshold = o.threshold.value_or(0.5);
  out.predicted = argmaxRows(p);
  if (o.threshold && p.cols() == 2) {
    for (std::size_t i = 0; i < truth.size(); ++i) out.predicted[i] = p(i, 1) >= out.threshold ? 1 : 0;
  }
  out.confusion = confusion(truth, out.predicted, p.cols());
  out.calibration = calibration(truth, p, o.calibrationBins);

  Figures figures{truth, p, out.predicted, o.bootstrap.groupOf};
  figures.setBins(o.calibrationBins);
  const auto values = bootstrapAll(truth.size(), figures.all(), o.bootstrap);
  std::size_t next = 0;
  for (auto* m : {&out.accuracy, &out.balancedAccuracy, &out.macroF1, &out.auroc, &out.logLoss, &out.brier, &out.ece}) *m = values[next++];
  const auto plain = classFigures(out.confusion);
  for (std::size_t c = 0; c < p.cols(); ++c) {
    auto& r = out.perClass.emplace_back();
    for (auto* m : {&r.precision, &r.recall, &r.f1, &r.auroc, &r.averagePrecision}) *m = values[next++];
    r.support = plain[c].support;
    // Independent items: the exact count model is better than a bootstrap near 0 and 1.
    if (o.bootstrap.groupOf.empty()) {
      r.recall = wilson(out.confusion.at(c, c), plain[c].support, o.bootstrap.level);
      r.precision = wilson(out.confusion.at(c, c), plain[c].predicted, o.bootstrap.level);
    }
  }
  if (o.bootstrap.groupOf.empty()) {
    std::uint64_t hits = 0;
    for (std::size_t c = 0; c < p.cols(); ++c) hits += out.confusion.at(c, c);
    out.accuracy = wilson(hits, truth.size(), o.bootstrap.level);
  }
  if (p.cols() == 2) addBinaryCurves(out, truth, p);
  else if (p.cols() <= mostCurves) addClassCurves(out, truth, p);
  return out;
}

OrderedFigures orderedFigures(Labels truth, Labels predicted, const BootstrapOptions& o) {
  assert(truth.size() == predicted.size());
  std::vector<std::uint8_t> near(truth.size());
  std::vector<double> steps(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    steps[i] = std::abs(truth[i] - predicted[i]);
    near[i] = steps[i] <= 1;
  }
  const auto mean = [](auto&& of) {
    return [&of](std::span<const std::uint32_t> counts) {
      double sum = 0, n = 0;
      for (std::size_t i = 0; i < counts.size(); ++i) sum += counts[i] * static_cast<double>(of[i]), n += counts[i];
      return sum / n;
    };
  };
  const std::vector<BoundedMetric> both{{mean(near), unitsWith(std::vector<std::uint8_t>(truth.size(), 1), o.groupOf)}, {mean(steps), 0}};
  const auto values = bootstrapAll(truth.size(), both, o);
  OrderedFigures out{values[0], values[1]};
  if (o.groupOf.empty()) out.withinOne = wilson(static_cast<std::uint64_t>(std::ranges::count(near, 1)), truth.size(), o.level);
  return out;
}

Value toValue(const MetricValue& m) {
  Value v;
  v["value"] = m.value;
  v["low"] = m.low;
  v["high"] = m.high;
  v["method"] = toValue(m.method);
  return v;
}

MetricValue metricFromValue(const Value& v) {
  const auto number = [&](const char* key) { return v[key].asDouble(std::numeric_limits<double>::quiet_NaN()); };
  return {number("value"), number("low"), number("high"), textFromValue(v["method"])};
}

Value toValue(const ClassReport& p) {
  Value one;
  one["precision"] = toValue(p.precision);
  one["recall"] = toValue(p.recall);
  one["f1"] = toValue(p.f1);
  one["auroc"] = toValue(p.auroc);
  one["average_precision"] = toValue(p.averagePrecision);
  one["support"] = p.support;
  return one;
}

Value toValue(const ClassCurves& c) { return Value::Map{{"roc", curveValue(c.roc)}, {"precision_recall", curveValue(c.precisionRecall)}}; }

Value toValue(const ClassificationReport& r) {
  Value v;
  v["items"] = r.items;
  v["classes"] = r.classes;
  v["threshold"] = r.threshold;
  v["accuracy"] = toValue(r.accuracy);
  v["balanced_accuracy"] = toValue(r.balancedAccuracy);
  v["macro_f1"] = toValue(r.macroF1);
  v["auroc"] = toValue(r.auroc);
  v["log_loss"] = toValue(r.logLoss);
  v["brier"] = toValue(r.brier);
  v["ece"] = toValue(r.ece);
  if (r.f1) v["f1"] = toValue(*r.f1);
  if (r.averagePrecision) v["average_precision"] = toValue(*r.averagePrecision);
  v["per_class"].list();
  v["confusion"].list();
  v["reliability"].list();
  for (std::size_t c = 0; c < r.classes; ++c) {
    Value row{Value::List{}};
    for (std::size_t k = 0; k < r.classes; ++k) row.push(r.confusion.at(c, k));
    v["per_class"].push(toValue(r.perClass[c]));
    v["confusion"].push(std::move(row));
  }
  for (const auto& b : r.calibration.bins) v["reliability"].push(Value::List{b.low, b.high, Value{b.count}, b.confidence, b.accuracy});
  for (const auto& c : r.curves) v["curves"].push(toValue(c));
  v["roc"] = curveValue(r.roc);
  v["precision_recall"] = curveValue(r.precisionRecall);
  return v;
}

std::vector<std::size_t> worstMistakes(Labels truth, Labels predicted, MatrixView p, std::size_t count) {
  assert(truth.size() == p.rows() && predicted.size() == p.rows());
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (predicted[i] != truth[i]) wrong.push_back(i);
  }
  const auto margin = [&](std::size_t i) {
    return p(i, static_cast<std::size_t>(predicted[i])) - p(i, static_cast<std::size_t>(truth[i]));
  };
  std::ranges::stable_sort(wrong, std::greater{}, margin);
  wrong.resize(std::min(wrong.size(), count));
  return wrong;
}

}  // namespace patchbay::learn
