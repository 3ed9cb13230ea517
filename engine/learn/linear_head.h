// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// Mean and spread of each feature, and the transform z = (x - mean) * scale.
struct Standardiser {
  std::vector<float> mean;   ///< One a feature.
  std::vector<float> scale;  ///< 1 / standard deviation (population); 1 where the feature is constant.

  /// In place. Requires x.cols() == mean.size().
  void apply(MutableMatrixView x) const;
  Matrix applied(MatrixView x) const;
};
/// Column means and standard deviations. Fails on an empty matrix and on NaN or infinity.
Result<Standardiser> fitStandardiser(MatrixView x);

/// Divides each row by its Euclidean length; a row of zeros stays as it is.
void normaliseRows(MutableMatrixView x);

/// A plain linear layer: scores = x * weights^T + bias. One row of weights is a two-class head with a sigmoid (its score
/// is the log-odds of class 1); otherwise one row a class, followed by softmax.
struct LinearHead {
  Matrix weights;           ///< Outputs x features.
  std::vector<float> bias;  ///< One an output.

  std::size_t outputs() const { return weights.rows(); }
  std::size_t features() const { return weights.cols(); }
  std::size_t classes() const { return outputs() == 1 ? 2 : outputs(); }

  /// Rows x outputs. Requires x.cols() == features().
  Matrix scores(MatrixView x) const;
  /// Rows x classes, each row summing to 1; for a one-row head columns are (1 - p, p).
  Matrix probabilities(MatrixView x, double temperature = 1) const;
  /// The same head on raw features: the standardisation is folded into weights and bias.
  LinearHead folded(const Standardiser& standardiser) const;
  /// The same probabilities from one row a class and softmax; a one-row head becomes (-w/2, +w/2).
  LinearHead softmaxForm() const;
  bool operator==(const LinearHead&) const = default;
};

/// The class of the greatest value in each row; the lower class on a tie.
std::vector<std::int32_t> argmaxRows(MatrixView x);
/// Softmax of each row divided by `temperature`, computed without overflow.
Matrix softmaxRows(MatrixView scores, double temperature = 1);
/// The sigmoid of every score by itself: probabilities of labels that do not exclude each other.
Matrix sigmoidOf(MatrixView scores);

}  // namespace patchbay::learn
