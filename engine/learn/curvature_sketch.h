// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <vector>

#include "engine/learn/aligned.h"
#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// The few directions in which features vary together: with G = D^-1/2 X'SX D^-1/2, S weights of the rows summing to 1, D
/// the diagonal of X'SX, G is about
/// U diag(values) U' + tail (I - UU'). Correlated features bend the logistic loss strongly along U and hardly elsewhere, which
/// a diagonal cannot say; L-BFGS preconditioned with it needs several times fewer passes (randomised Nystroem
/// preconditioning: Frangella, Tropp and Udell 2021, arXiv 2110.02820).
///
/// Equal weights make it a function of the rows alone, which cross-validation shares between all folds and penalties.
class CurvatureSketch {
 public:
  /// Bit-equal for equal thread counts. `weights` is empty (equal) or one >= 0 a row with a positive sum; `rank` directions at
  /// most, 1 .. features. Costs about two passes over x with `rank` outputs.
  static CurvatureSketch of(MatrixView x, std::span<const float> weights, int threads, std::size_t rank = 96);

  std::size_t rank() const { return values_.size(); }
  std::span<const double> values() const { return values_; }  ///< Descending.
  double tail() const { return tail_; }
  std::span<const double> diagonal() const { return diagonal_; }  ///< D, from a sample of the rows.

  /// The inverse of D^-1/2 ((1 - share) I + share G) D^-1/2 on each row of `q` (rows x stride, stride = paddedTo16(features)), where
  /// `diagonal` is the inverse of D (scaled, with the penalty in it) for one row. `share` in [0, 1] is how much of the curvature the data
  /// make up, the rest being the penalty.
  void solve(std::span<const double> q, std::span<double> out, std::size_t rows, std::span<const double> diagonal, double share) const;

 private:
  std::size_t features_ = 0, stride_ = 0;
  std::vector<double> values_, diagonal_;
  double tail_ = 1;
  AlignedFloats directions_;  // U', rank x stride
};

}  // namespace patchbay::learn
