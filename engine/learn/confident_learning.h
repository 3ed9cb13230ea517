// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/learn/metrics.h"

namespace patchbay::learn {

/// What probabilities from models that did not see a row say about its given label.
struct LabelNoise {
  /// One a class: mean probability of the class over the rows that carry it; infinite for a class that nothing carries.
  std::vector<double> thresholds;
  /// Classes x classes, row = given: the estimated share of rows of this given and that true class; sums to 1.
  std::vector<double> joint;
  /// One a row, -1 (surely another class) to 1 (surely right): p(given) - greatest p(other), the normalised margin.
  std::vector<float> margin;
  std::vector<std::int32_t> proposed;  ///< One a row: the most probable of the other classes.
  std::vector<std::size_t> suspects;   ///< Rows that are taken to be wrong, the least p(given) first; rows in order on a tie.
  double errors = 0;                   ///< Estimated number of wrong labels, from `joint`.

  double share(std::size_t given, std::size_t truth) const { return joint[given * thresholds.size() + truth]; }
};

/// Confident learning (Northcutt, Jiang and Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 70,
/// arXiv 1911.00068). A row counts as being truly of class j when its probability of j reaches the mean probability that rows of j
/// have (of several such classes the most probable); the counts, scaled to how many rows carry each label, estimate the joint
/// distribution of given and true labels. Of given i and true j as many rows are suspected as it says, those of the greatest
/// p(j) - p(i) ("prune by noise rate"), and never one whose given label is the most probable.
/// Suspects are ordered by p(given), the self-confidence: of classes that are hard to tell apart the margin is as low for a right label
/// as for a wrong one (`tests/experiments/run label-errors` shows both).
///
/// `probabilities` is rows x classes, each row from a model that did not learn from it (LogisticSearch::heldOut).
/// Fails with BadInput: learn.no_rows, learn.size_mismatch, learn.label_range, learn.not_finite.
Result<LabelNoise> findLabelErrors(Labels given, MatrixView probabilities);

}  // namespace patchbay::learn
