// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/learn/intervals.h"
#include "engine/learn/metrics.h"

namespace patchbay::learn {

struct ReportOptions {
  /// For two classes: positive means p(class 1) >= threshold. Chosen on validation items, never here. Default: greatest
  /// probability, which is 0.5.
  std::optional<double> threshold = {};
  std::size_t calibrationBins = 15;
  BootstrapOptions bootstrap = {};  ///< level and groups also serve the other intervals.
};

struct ClassReport {
  MetricValue precision, recall, f1, auroc, averagePrecision;  ///< auroc and averagePrecision one against the rest.
  std::uint64_t support = 0;
};

/// One class against the rest, at most 128 points a curve; empty where the class or its absence does not occur.
struct ClassCurves {
  std::vector<CurvePoint> roc, precisionRecall;
};
ClassCurves classCurves(Flags positive, std::span<const float> score);

/// Everything one evaluation shows.
struct ClassificationReport {
  std::size_t items = 0, classes = 0;
  MetricValue accuracy, balancedAccuracy, macroF1, auroc, logLoss, brier, ece;
  std::optional<MetricValue> f1, averagePrecision;  ///< Two classes only: of class 1.
  std::vector<ClassReport> perClass;
  Confusion confusion;
  Calibration calibration;
  std::vector<CurvePoint> roc, precisionRecall;  ///< Two classes only, at most 512 points.
  std::vector<ClassCurves> curves;               ///< 3 to 20 classes: one each.
  std::vector<std::int32_t> predicted;
  double threshold = 0.5;
};

/// `probabilities` is items x classes. Wilson for accuracy and recalls without groups, bootstrap otherwise.
/// Fails with BadInput: learn.no_rows, learn.size_mismatch, learn.label_range, learn.not_finite.
Result<ClassificationReport> evaluateClassification(Labels truth, MatrixView probabilities, const ReportOptions& options = {});

/// Of classes that are steps of a scale, 0 the first: the share of items decided at most one step beside the truth, and how many steps
/// they are beside it on average. Wilson's interval for the first without groups, bootstrap otherwise.
struct OrderedFigures {
  MetricValue withinOne, meanSteps;
};
OrderedFigures orderedFigures(Labels truth, Labels predicted, const BootstrapOptions& options = {});

/// {"accuracy": {"value", "low", "high", "method"}, ..., "per_class": [...], "confusion": [[...]], ...}.
Value toValue(const ClassificationReport& report);
Value toValue(const MetricValue& metric);
Value toValue(const ClassReport& figures);
Value toValue(const ClassCurves& curves);
MetricValue metricFromValue(const Value& value);

/// Items sorted from the most confidently wrong: p(predicted) - p(truth), greatest first; only wrong ones. `predicted` is what was
/// decided, at whatever threshold.
std::vector<std::size_t> worstMistakes(Labels truth, Labels predicted, MatrixView probabilities, std::size_t count);

}  // namespace patchbay::learn
