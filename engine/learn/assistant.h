// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/learn/learning_curve.h"
#include "engine/learn/next_best.h"

namespace patchbay::learn {

/// How many of a batch of suggestions are wrong.
struct ExpectedErrors {
  std::size_t count = 0;  ///< Suggestions in the batch.
  double value = 0, low = 0, high = 0;
};
/// From the calibrated chance of each of being wrong, and how many of those that were held out and looked as sure were wrong
/// (`wrong` of `seen`): what calibration says counts as much as 20 that were seen. Interval of 95 % by 2,000 beta-binomial draws.
ExpectedErrors expectedErrors(std::span<const double> chanceOfError, std::size_t wrong, std::size_t seen);

/// What helps to label a set of pictures: a head on their features that is fitted anew with every label, calibrated suggestions, what
/// to label next, and how good it is. Rows are pictures; they come as their features are known. Not thread-safe.
class Assistant {
 public:
  struct Options {
    std::uint64_t seed = 0;
    int threads = 1;
    double c = 0.01;               ///< Of the logistic regression, until there are enough labels to choose it.
    double coldPerClass = 4;       ///< Labels a class, on average, before `auto` asks the model what to label next.
    std::size_t mostGroups = 500;  ///< Of TypiClust.
  };
  explicit Assistant(std::size_t columns) : Assistant{columns, Options{}} {}
  Assistant(std::size_t columns, const Options& options);

  /// Copies a row of features and makes it length 1. BadInput: not finite, or another length.
  Result<std::size_t> addRow(std::span<const float> features, std::string group = {});
  std::size_t rows() const { return known_.size(); }
  std::span<const float> featuresOf(std::size_t row) const { return features().row(row); }
  /// Forgets what was learned; labels stay as far as these classes have their numbers.
  void setClasses(std::size_t classes, bool multiLabel);
  std::size_t classes() const { return classes_; }
  bool multiLabel() const { return multiLabel_; }
  /// The classes of a row, one unless several labels are allowed, none only then. False when that is what it had.
  bool setLabels(std::size_t row, std::span<const int> classes);
  bool clearLabels(std::size_t row);
  void setGroup(std::size_t row, std::string group) { groups_[row] = std::move(group); }
  /// A row that is no picture of the set any more: neither learned from nor proposed.
  void drop(std::size_t row);
  bool dropped(std::size_t row) const { return dropped_[row] != 0; }
  void restore(std::size_t row) { dropped_[row] = 0; }
  bool known(std::size_t row) const { return known_[row] != 0; }
  std::size_t labelled() const;

  /// Fits the head to the labels, from the last one on, and scores every row. False: there are not two classes with a label yet.
  Result<bool> learn(const StopFlag* stop = nullptr);
  /// Chooses the temperature on rows held out in up to five folds, as soon as there are 20 labels, and the penalty with every
  /// doubling of labels. Does nothing when labels grew by less than a tenth since. After it scores are those of the new temperature.
  Result<> calibrate(const StopFlag* stop = nullptr, bool always = false);
  bool learned() const { return !head_.weights.empty(); }
  bool calibrated() const { return calibrated_; }
  double temperature() const { return temperature_; }
  double penalty() const { return c_; }
  /// Rows x classes, calibrated as far as possible; empty before the first learn(). Rows added since have none yet: scoredRows().
  const Matrix& chances() const { return chances_; }
  std::size_t scoredRows() const { return chances_.rows(); }
  /// Scores what was added since.
  void scoreNewRows();
  /// 1 - margin of every scored row.
  std::vector<float> uncertainty() const { return uncertainties(chances_, multiLabel_); }
  /// Of labelled rows, from models that did not learn from them: the probability of not being what it is labelled (the greatest of its
  /// labels' when it may have several).
  struct Doubt {
    std::size_t row = 0;
    double chance = 0;
  };
  const std::vector<Doubt>& doubts() const { return doubts_; }

  /// No strategy: typicality until there are `coldPerClass` labels a class, then DropQuery, which needed the fewest labels in
  /// tests/experiments/results/labelling-*.
  Result<std::vector<Pick>> next(std::optional<Strategy> strategy, std::size_t count, std::span<const std::uint8_t> skip,
                                 const StopFlag* stop = nullptr) const;
  /// What speaks for labelling a scored row, as the head in use has it.
  Pick explain(std::size_t row) const;
  /// Of suggestions with at least this probability (of several labels: that all answers are right).
  ExpectedErrors errorsAbove(double probability, std::span<const std::uint8_t> skip = {}) const;
  /// Probability of the whole suggestion of a row.
  double confidence(std::size_t row) const { return confidenceOf(chances_.row(row)); }

  /// What can be said of the model on these labels. Slow parts work on copies.
  struct Estimate {
    std::size_t labelled = 0;
    std::optional<MetricValue> accuracy;  ///< By cross-validation.
    std::optional<Forecast> ahead;
    double more = 0;
    Text text;  ///< Says it, or why nothing can be said yet.
  };
  /// A copy of what estimates need: rows with a label alone.
  Assistant labelledOnly() const;
  Result<Estimate> estimate(double more, const StopFlag* stop = nullptr);

 private:
  struct Fold {
    std::vector<std::size_t> train, test;
  };
  std::vector<std::size_t> knownRows() const;
  std::vector<Fold> folds(std::span<const std::size_t> rows) const;
  Matrix standardised(std::span<const std::size_t> rows) const;
  /// One row of weights for each of present_, on standardised features.
  Result<LinearHead> fit(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                         const StopFlag* stop) const;
  Result<LinearHead> fitOne(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                            const StopFlag* stop) const;
  Result<LinearHead> fitSeveral(MatrixView x, std::span<const std::size_t> rows, double c, int threads, const LinearHead* warm,
                                const StopFlag* stop) const;
  Result<Matrix> heldOut(std::span<const std::size_t> rows, double c, const StopFlag* stop) const;
  /// Scores of present_ as probabilities of all classes.
  Matrix chancesOf(const Matrix& scores) const;
  Result<double> temperatureFor(std::span<const std::size_t> rows, const Matrix& scores) const;
  double confidenceOf(std::span<const float> chances) const;
  bool right(std::size_t row, std::span<const float> chances) const;
  void standardise();
  Result<double> choosePenalty(std::span<const std::size_t> rows, const StopFlag* stop) const;
  double lossOf(std::span<const std::size_t> rows, const Matrix& scores) const;
  Text describe(const Estimate& estimate) const;
  MatrixView features() const { return {features_.data(), rows(), columns_}; }

  std::size_t columns_, classes_ = 0;
  bool multiLabel_ = false;
  Options options_;
  std::vector<float> features_;  ///< rows x columns, of length 1.
  std::vector<std::uint8_t> known_, dropped_;
  std::vector<std::vector<int>> labels_;
  std::vector<std::string> groups_;
  Standardiser standardiser_;
  std::size_t standardisedRows_ = 0;
  std::vector<std::size_t> present_;  ///< Classes the head knows: those with a label, or all that may stand beside each other.
  LinearHead inner_, head_;           ///< On standardised features, and the same on features.
  Matrix chances_;
  double temperature_ = 1, c_ = 0.01;
  bool calibrated_ = false;
  std::size_t calibratedLabels_ = 0, penaltyLabels_ = 0;
  std::vector<Doubt> doubts_;
  std::vector<std::pair<double, bool>> heldOutSeen_;  ///< Confidence of each held-out suggestion, and whether it was right.
};

}  // namespace patchbay::learn
