// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::learn {

/// A figure, its interval, and how the interval was computed in the reader's words.
struct MetricValue {
  double value = 0;
  double low = 0, high = 0;  ///< NaN where no interval can be given.
  Text method;
};

/// Wilson's (1927) score interval of a proportion; with no success, or nothing but successes, its bound on the other side is
/// z^2 / (n + z^2) away.
MetricValue wilson(std::uint64_t successes, std::uint64_t total, double level = 0.95);

/// A figure of the items counted `counts` times each; NaN where it is not defined. Called from several threads.
using CountedMetric = std::function<double(std::span<const std::uint32_t> counts)>;

/// A figure for which 0 and 1 are the ends, such as AUROC. Where items without a single mistake (or without a single hit) make
/// every resample the same, a bootstrap would say "1 to 1"; then the interval is Wilson's for `rests` of `rests` items.
struct BoundedMetric {
  CountedMetric figure;
  std::uint64_t rests = 0;  ///< Items, or groups, on the smaller side the figure compares; 0: it has no such ends.
};

struct BootstrapOptions {
  int resamples = 1000;
  double level = 0.95;
  std::uint64_t seed = 0;
  std::span<const std::uint32_t> groupOf = {};  ///< Group number of each item, as in the split; empty: items are independent.
  int threads = 1;                              ///< The result does not depend on it.
};
/// Percentile bootstrap (Efron and Tibshirani 1993): items, or whole groups, drawn with replacement. Resamples in which
/// the figure is not defined are left out; with more than half of them gone, or all of them alike, there is no interval.
MetricValue bootstrap(std::size_t items, const CountedMetric& metric, const BootstrapOptions& options = {});
/// Several figures on the same resamples, at the price of one drawing.
std::vector<MetricValue> bootstrapAll(std::size_t items, std::span<const BoundedMetric> metrics, const BootstrapOptions& options = {});
/// How many of the units that a bootstrap draws (items, or groups) have an item that is marked; for BoundedMetric::rests.
std::uint64_t unitsWith(std::span<const std::uint8_t> marked, std::span<const std::uint32_t> groupOf);

/// b - a on the same items: both figures on the same resamples.
MetricValue pairedBootstrap(std::size_t items, const CountedMetric& a, const CountedMetric& b, const BootstrapOptions& options = {});

/// Mean and Student t interval of values that are independent, e.g. one a seed. One value: no interval.
MetricValue meanWithT(std::span<const double> values, double level = 0.95);
/// Mean of b - a over the same seeds or test parts, with its t interval. Fails unless both have the same length.
Result<MetricValue> pairedT(std::span<const double> a, std::span<const double> b, double level = 0.95);
/// The same for folds or repeated splits, whose training parts overlap: variance times 1/n + test/train (Nadeau and
/// Bengio 2003). `testShare` = test items / training items, e.g. 0.25 for 5 folds.
Result<MetricValue> correctedResampledT(std::span<const double> a, std::span<const double> b, double testShare, double level = 0.95);

double normalQuantile(double p);                   ///< p in (0, 1).
double studentQuantile(double p, double degrees);  ///< degrees >= 1.

}  // namespace patchbay::learn
