// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/progress.h"
#include "engine/learn/linear_head.h"

namespace patchbay::learn {

/// What each row should be: a class number, or a probability for every class.
class LogisticTargets {
 public:
  /// Class numbers 0 .. classes-1, one a row.
  static LogisticTargets labels(std::span<const std::int32_t> labels, int classes) { return {labels, {}, classes}; }
  /// Rows x classes, none negative, each row with a positive sum (a row summing to 2 counts twice).
  static LogisticTargets probabilities(MatrixView soft) { return {{}, soft, static_cast<int>(soft.cols())}; }

  bool soft() const { return !probabilities_.empty(); }
  std::size_t rows() const { return soft() ? probabilities_.rows() : labels_.size(); }
  int classes() const { return classes_; }
  std::span<const std::int32_t> hard() const { return labels_; }
  MatrixView probability() const { return probabilities_; }

 private:
  LogisticTargets(std::span<const std::int32_t> labels, MatrixView soft, int classes)
      : labels_{labels}, probabilities_{soft}, classes_{classes} {}
  std::span<const std::int32_t> labels_;
  MatrixView probabilities_;
  int classes_ = 0;
};

struct LogisticOptions {
  /// Weight of the data against the penalty, > 0: minimises c * sum_i w_i loss_i + 1/2 |W|^2; the intercept is free.
  /// The same C as scikit-learn's.
  double c = 1;
  /// Two classes get one row of weights and a sigmoid, as scikit-learn does; false: one row a class, as softmax.
  bool oneColumnForTwoClasses = true;
  bool balanced = false;                 ///< Class weights rows / (classes * rows of the class).
  std::vector<double> classWeights;      ///< Empty, or one a class, >= 0; multiplies `balanced`.
  std::span<const float> sampleWeights;  ///< Empty, or one a row, >= 0.
  /// Stop when no gradient component of the mean objective exceeds this (scikit-learn's tol) and a further step would
  /// gain less than 1e-6 of the objective.
  double tolerance = 1e-4;
  int maxIterations = 1000;
  int threads = 1;                        ///< Results are bit-equal for equal thread counts on one processor type.
  const LinearHead* warmStart = nullptr;  ///< Start here; e.g. the head before labels were added. Shape must fit.
  const StopFlag* stop = nullptr;
};

struct LogisticModel {
  LinearHead head;
  double objective = 0;  ///< c * sum_i w_i loss_i + 1/2 |W|^2 at the end.
  int iterations = 0;
  bool converged = false;  ///< False: maxIterations came first, or float32 rounding ended the search.
  int evaluations = 0;     ///< Passes over the data.
};

/// Multinomial (or, for two classes, binomial) logistic regression with an L2 penalty, by L-BFGS (Liu and Nocedal 1989;
/// line search with the approximate Wolfe conditions of Hager and Zhang 2005).
/// Fails with BadInput: learn.no_rows, learn.size_mismatch, learn.not_finite, learn.one_class, learn.label_range,
/// learn.bad_weight, learn.bad_target; Usage: learn.bad_option; Cancelled: learn.cancelled.
Result<LogisticModel> fitLogistic(MatrixView x, const LogisticTargets& y, const LogisticOptions& options = {});

/// The objective of `head` on these rows, in float64; what `LogisticModel::objective` reports.
Result<double> logisticObjective(MatrixView x, const LogisticTargets& y, const LinearHead& head, const LogisticOptions& options = {});

enum class SearchScore : std::uint8_t { LogLoss, Accuracy, BalancedAccuracy, Auroc };

struct LogisticSearchOptions {
  std::vector<double> grid;  ///< Values of c to try; empty: 8 values, 1e-4 .. 1e3 in steps of 10.
  int folds = 5;             ///< Used when foldOf is empty: stratified, keyed by row number and seed.
  std::uint64_t seed = 0;
  std::vector<int> foldOf;  ///< Fold of each row, for folds that respect groups; empty: made here.
  SearchScore score = SearchScore::LogLoss;
  int refineSteps = 0;  ///< After the grid: halve the log step around the best this many times (coarse to fine).
  int threads = 1;      ///< One thread a fold; the result does not depend on it.
  bool refit = true;    ///< Fit the best c on all rows at the end.
  std::function<void(const Progress&)> progress;
};

struct LogisticSearchPoint {
  double c = 0;
  double score = 0;   ///< Mean over folds, greater is better (log loss is negated).
  double spread = 0;  ///< Standard deviation over folds.
  std::vector<double> foldScores;
};

struct LogisticSearch {
  std::vector<LogisticSearchPoint> points;  ///< Ascending c.
  double bestC = 0;
  LogisticModel model;      ///< Fitted on all rows with bestC, when asked for.
  Matrix heldOut;           ///< Rows x classes: each row's probabilities from the model of bestC that did not see it.
  std::vector<int> foldOf;  ///< The folds that were used.
};

/// Chooses c by k-fold cross-validation. `fit.c` is ignored, `fit.threads` serves the final fit. Errors as fitLogistic,
/// and learn.too_few_items when a fold's training part would miss a class entirely.
Result<LogisticSearch> searchLambda(MatrixView x, const LogisticTargets& y, const LogisticOptions& fit = {},
                                    const LogisticSearchOptions& search = {});

}  // namespace patchbay::learn
