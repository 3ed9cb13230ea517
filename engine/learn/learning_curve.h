// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/learn/intervals.h"
#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// Accuracy after training on `labels` of the labelled rows, on others of them. One order is one nested sequence of subsets.
struct CurveSample {
  double labels = 0;
  int order = 0;
  double accuracy = 0;
};
struct CurveOptions {
  double c = 0.01;  ///< Of the logistic regression.
  int orders = 0;   ///< 0: as many as a few seconds allow, 3 to 12.
  int sizes = 6;    ///< Sizes of subsets, in equal ratios.
  std::uint64_t seed = 0;
  int threads = 1;
  const StopFlag* stop = nullptr;
};
/// How accuracy grew with labels: in each order a fifth of the rows is kept for testing, the rest taken in in a random order whose
/// beginnings hold every class. `x` is standardised, one row a label. Of more than 2,000 rows 2,000 are used. With groups (empty: none)
/// rows of one group are all tested or all learned from. Empty when a class has fewer than three rows, or there are too few.
Result<std::vector<CurveSample>> measureCurve(MatrixView x, std::span<const std::int32_t> labels, int classes,
                                              std::span<const std::string_view> groups, const CurveOptions& options = {});

/// accuracy(n) = a - b n^-c (Figueroa et al. 2012, "Predicting sample size required for classification performance").
struct PowerLaw {
  double a = 0, b = 0, c = 1;  ///< a in 0..1, b >= 0, c in 0.05..2.
  double at(double labels) const;
};
/// Least squares; the means of equal sizes count by how many they are of. Nothing with fewer than three sizes.
std::optional<PowerLaw> fitPowerLaw(std::span<const CurveSample> samples);

struct ForecastPoint {
  double labels = 0;
  MetricValue accuracy;
};
struct Forecast {
  std::vector<ForecastPoint> measured;  ///< Mean over the orders, interval of the mean by bootstrap over orders.
  std::vector<ForecastPoint> expected;  ///< From `now` on, the fitted law's.
  MetricValue gain;                     ///< accuracy(now + more) - accuracy(now).
  PowerLaw law;
};
/// Extrapolates from `now` labels to `now + more` and beyond (up to `now + 4 more`). The band holds the laws fitted to resampled orders
/// and that the noise of a mean leaves open. Nothing when there are fewer than three sizes or orders.
std::optional<Forecast> forecast(std::span<const CurveSample> samples, double now, double more, std::uint64_t seed = 0);

}  // namespace patchbay::learn
