// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "engine/learn/report.h"

namespace patchbay::learn {

struct LabelReportOptions {
  std::vector<double> thresholds;   ///< One a class: present means p >= threshold. Empty: one half for all.
  BootstrapOptions bootstrap = {};  ///< Items, or whole groups, are drawn with all their labels.
};

/// One evaluation where an item may have any number of labels.
struct LabelReport {
  std::size_t items = 0, classes = 0;
  MetricValue meanAveragePrecision;  ///< Mean over the classes that occur (mAP).
  MetricValue auroc;                 ///< Mean over the classes that occur but are not everywhere.
  MetricValue macroF1;               ///< Mean of the classes' F1.
  MetricValue microF1;               ///< F1 of all (item, class) pairs together.
  MetricValue subsetAccuracy;        ///< Share of items whose labels are all right.
  MetricValue hammingLoss;           ///< Share of (item, class) pairs that are wrong.
  std::vector<ClassReport> perClass;
  std::vector<Confusion> confusion;  ///< One a class, of "absent" and "present".
  std::vector<ClassCurves> curves;
  std::vector<double> thresholds;
  std::vector<std::uint8_t> predicted;  ///< Items x classes.
};

/// `truth` is items x classes of 0 and 1, row-major; `probabilities` has the same shape, at least one class. Every interval is
/// a bootstrap. Fails with BadInput: learn.no_rows, learn.size_mismatch, learn.not_finite.
Result<LabelReport> evaluateLabels(Flags truth, MatrixView probabilities, const LabelReportOptions& options = {});

/// Figures of the same items as functions of how often each counts, by their names in the report: mean_average_precision,
/// micro_f1, macro_f1, subset_accuracy, auroc. For comparing two models on the same resamples; what is given is copied.
std::vector<std::pair<std::string, CountedMetric>> labelMetrics(Flags truth, MatrixView probabilities);

/// {"task": "multi-label", "mean_average_precision": {"value", "low", "high", "method"}, ..., "per_class": [{..., "threshold",
/// "confusion": [[absent and said so, false alarm], [missed, found]]}], "curves": [...]}.
Value toValue(const LabelReport& report);

}  // namespace patchbay::learn
