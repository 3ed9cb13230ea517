// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <vector>

#include "engine/learn/aligned.h"
#include "engine/learn/curvature_sketch.h"
#include "engine/learn/logistic.h"

namespace patchbay::learn {

/// Checked targets with every weight folded in: row i has mass s_i and target t_i with sum s_i, and its loss is
/// s_i * logsumexp(z_i) - t_i . z_i. With one output t_i is the positive class's share.
struct LogisticRows {
  MatrixView x;
  int classes = 0;
  std::size_t outputs = 0;  ///< 1 for a sigmoid, else the classes.
  std::vector<float> mass;
  std::vector<std::int32_t> labels;  ///< Hard targets; or
  AlignedFloats soft;                ///< rows x softStride.
  std::size_t softStride = 0;
  double totalMass = 0;
  std::size_t rows() const { return x.rows(); }
};

/// Checks everything a user can get wrong and folds the weights into the targets.
Result<LogisticRows> prepareRows(MatrixView x, const LogisticTargets& y, const LogisticOptions& options);
/// Checks the numbers of LogisticOptions that do not depend on data.
Result<> checkOptions(const LogisticOptions& options);

struct RowRange {
  std::size_t begin = 0, end = 0;
};

/// (1 / mass) * sum of losses over some rows + penalty / 2 |W|^2, penalty = 1 / (c * mass): the mean objective whose
/// gradient scikit-learn's tolerance speaks of. Parameters: outputs x paddedTo16(features), then outputs intercepts.
class LogisticObjective {
 public:
  LogisticObjective(const LogisticRows& rows, std::vector<RowRange> ranges, int threads);

  std::size_t parameters() const { return outputs_ * stride_ + outputs_; }
  double mass() const { return mass_; }
  void setC(double c) { penalty_ = 1 / (c * mass_); }
  double penalty() const { return penalty_; }
  double operator()(std::span<const double> w, std::span<double> gradient);
  const LogisticRows& rows() const { return rows_; }
  std::size_t stride() const { return stride_; }
  int threads() const { return threads_; }
  /// Diagonal of an approximate inverse Hessian at spread `c` = mean p (1 - p).
  std::vector<double> diagonal(double c) const;
  /// The same from known mean squares of the features.
  std::vector<double> diagonal(double c, std::span<const double> meanSquare) const;
  /// Mean of p (1 - p) when nothing is known.
  double neutralSpread() const;

  LinearHead head(std::span<const double> w) const;
  std::vector<double> parametersOf(const LinearHead& head) const;

 private:
  struct Lane {  // One thread's rows and sums.
    std::vector<RowRange> ranges;
    AlignedFloats z, peak, sum, partial;
    std::vector<double> gradient;
    double loss = 0;
  };
  void work(Lane& lane) const;
  double softmaxBlock(Lane& lane, std::size_t first, std::size_t count, double* bias) const;
  double sigmoidBlock(Lane& lane, std::size_t first, std::size_t count, double* bias) const;

  const LogisticRows& rows_;
  std::size_t outputs_, features_, stride_, blockRows_, zStride_;
  double mass_ = 0, penalty_ = 1;
  int threads_;
  std::vector<RowRange> ranges_;
  std::vector<Lane> lanes_;
  AlignedFloats weights_;
  std::vector<float> bias_;
};

/// Minimises from `w`, which receives the solution. Uses tolerance, maxIterations and stop of the options; ends when a
/// step would gain at most `relativeGain` of the objective. Without a `sketch` it begins with the diagonal and makes one when
/// that does not lead there in a few dozen iterations (fewer after a warm start, which should have been near).
Result<LogisticModel> fitObjective(LogisticObjective& f, std::vector<double>& w, const LogisticOptions& options, double relativeGain,
                                   const CurvatureSketch* sketch = nullptr);
/// Whether a sketch of these rows can pay.
bool sketchPays(MatrixView x);
constexpr double kFinalGain = 1e-6;   ///< The loss a user gets agrees with the optimum to 1e-4.
constexpr double kSearchGain = 1e-4;  ///< Enough to rank penalties: held-out scores move less than their spread by far.

}  // namespace patchbay::learn
