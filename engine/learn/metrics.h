// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/learn/matrix.h"

namespace patchbay::learn {

// Labels are class numbers 0 .. classes-1, "positive" is 0 or 1. `counts`, where taken, says how often an item counts
// (bootstrap); empty: once each. A figure that is not defined for the data (AUROC of one class) is NaN, never a guess.
using Labels = std::span<const std::int32_t>;
using Flags = std::span<const std::uint8_t>;
using Counts = std::span<const std::uint32_t>;

/// counts[truth][predicted].
struct Confusion {
  std::size_t classes = 0;
  std::vector<std::uint64_t> counts;  ///< classes x classes, row = truth.
  std::uint64_t at(std::size_t truth, std::size_t predicted) const { return counts[truth * classes + predicted]; }
  std::uint64_t total() const;
};
Confusion confusion(Labels truth, Labels predicted, std::size_t classes, Counts counts = {});

struct ClassFigures {
  double precision = 0, recall = 0, f1 = 0;  ///< 0 where nothing was predicted or present, as scikit-learn's zero_division=0.
  std::uint64_t support = 0;                 ///< Items that truly are of this class.
  std::uint64_t predicted = 0;
};
std::vector<ClassFigures> classFigures(const Confusion& c);
double accuracy(const Confusion& c);
double balancedAccuracy(const Confusion& c);  ///< Mean recall over the classes that occur.
/// Means over the classes that occur in truth or prediction.
ClassFigures macroFigures(const Confusion& c);
double f1(const Confusion& binary);  ///< Of class 1. Requires two classes.

/// Area under the ROC curve = P(score of a positive > of a negative) + half of the ties, exactly.
double auroc(Flags positive, std::span<const float> score, Counts counts = {});
/// Mean of one-vs-rest AUROC over the classes that occur but are not everything. `scores` is rows x classes.
double aurocOneVsRest(Labels truth, MatrixView scores, Counts counts = {});
/// Sum over thresholds of (recall step) * precision; tied scores are one threshold.
double averagePrecision(Flags positive, std::span<const float> score, Counts counts = {});

/// The order of scores, sorted once so that many weighted AUROCs cost O(n) each.
class RankedScores {
 public:
  RankedScores(Flags positive, std::span<const float> score);
  double auroc(Counts counts = {}) const;
  double averagePrecision(Counts counts = {}) const;
  /// Greatest F1 is not offered here on purpose: thresholds are chosen on validation items (chooseThreshold).
 private:
  std::vector<std::uint32_t> order_;    // Descending score.
  std::vector<std::uint32_t> tieEnd_;   // End of each run of equal scores.
  std::vector<std::uint8_t> positive_;  // In that order.
};

struct CurvePoint {
  double x = 0, y = 0;   ///< ROC: false and true positive rate. Precision-recall: recall and precision.
  double threshold = 0;  ///< Positive means score >= threshold.
};
/// From (0, 0) at threshold +inf to (1, 1); one point a distinct score. Empty when a class is missing.
std::vector<CurvePoint> rocCurve(Flags positive, std::span<const float> score);
/// Recall ascending from (0, 1) at +inf.
std::vector<CurvePoint> precisionRecallCurve(Flags positive, std::span<const float> score);
/// At most `points` of them, first and last kept, chosen so that no dropped point lies far from the drawn line.
std::vector<CurvePoint> thinned(std::vector<CurvePoint> curve, std::size_t points);

/// Mean of -ln p(truth), p held within [1e-15, 1].
double logLoss(Labels truth, MatrixView probabilities, Counts counts = {});
/// Mean over items of sum over classes of (p - [class is truth])^2; for two classes halved, the usual binary score.
double brier(Labels truth, MatrixView probabilities, Counts counts = {});

struct ReliabilityBin {
  double low = 0, high = 0;
  std::uint64_t count = 0;
  double confidence = 0, accuracy = 0;  ///< Means of the bin; 0 when it is empty.
};
struct Calibration {
  double ece = 0;  ///< Expected calibration error: mean over items of |accuracy - confidence| of its bin.
  double mce = 0;  ///< Greatest gap of a bin that holds items.
  std::vector<ReliabilityBin> bins;
};
/// Confidence = greatest probability, in `bins` bins of equal width (Guo et al. 2017).
Calibration calibration(Labels truth, MatrixView probabilities, std::size_t bins = 15, Counts counts = {});

/// The temperature in [0.05, 20] that minimises the log loss of softmax(scores / T) (Guo et al. 2017), against
/// Platt's smoothed targets, so that scores without a mistake are not made certain. `scores` is rows x classes, or rows x 1
/// log-odds. Choose it on validation items.
Result<double> fitTemperature(Labels truth, MatrixView scores);

enum class ThresholdRule : std::uint8_t { MaxF1, MaxBalancedAccuracy, FixedRecall };
struct Threshold {
  double threshold = 0.5;  ///< Positive means score >= threshold.
  double value = 0;        ///< F1, balanced accuracy, or precision reached on these items.
};
/// Half way between two neighbouring scores; the one nearest 0.5 on a tie. FixedRecall: the greatest threshold
/// with recall >= `recall`. Fails (learn.one_class) unless both classes occur.
Result<Threshold> chooseThreshold(Flags positive, std::span<const float> score, ThresholdRule rule, double recall = 0.95);
std::vector<std::int32_t> applyThreshold(std::span<const float> score, double threshold);

/// Items x labels of 0 / 1, row-major, and scores of the same shape.
struct MultiLabelFigures {
  double meanAveragePrecision = 0;       ///< Over labels that occur.
  double microF1 = 0, macroF1 = 0;       ///< At the threshold.
  std::vector<double> averagePrecision;  ///< One a label; NaN where it never occurs.
  std::vector<ClassFigures> perLabel;
};
Result<MultiLabelFigures> multiLabelFigures(Flags truth, MatrixView scores, double threshold = 0.5);

}  // namespace patchbay::learn
