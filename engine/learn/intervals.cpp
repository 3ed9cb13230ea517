// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/intervals.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "engine/learn/parallel.h"
#include "engine/learn/split.h"

namespace patchbay::learn {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

Text percent(Text text, double level) { return std::move(text).with("level", std::round(level * 1000) / 10); }

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}
  std::uint32_t below(std::uint32_t n) {  // Lemire (2019) without the rejection; bias < n / 2^32.
    return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

/// Draws whole groups and says how often each item counts.
class Resampler {
 public:
  Resampler(std::size_t items, const BootstrapOptions& o) : items_{items}, groupOf_{o.groupOf}, seed_{o.seed}, groups_{items} {
    assert(groupOf_.empty() || groupOf_.size() == items);
    if (groupOf_.empty()) return;
    std::vector<std::uint32_t> names(groupOf_.begin(), groupOf_.end());
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    groups_ = names.size();
    dense_.reserve(items);
    for (const auto g : groupOf_) dense_.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(names, g) - names.begin()));
  }
  std::size_t groups() const { return groups_; }

  void draw(std::size_t number, std::vector<std::uint32_t>& counts) const {
    Random random{stableHash(seed_, "bootstrap") ^ (number * 0xd1342543de82ef95ULL)};
    std::vector<std::uint32_t> drawn(groups_);
    for (std::size_t i = 0; i < groups_; ++i) ++drawn[random.below(static_cast<std::uint32_t>(groups_))];
    if (dense_.empty()) {
      counts = std::move(drawn);
      return;
    }
    counts.resize(items_);
    for (std::size_t i = 0; i < items_; ++i) counts[i] = drawn[dense_[i]];
  }

 private:
  std::size_t items_;
  std::span<const std::uint32_t> groupOf_;
  std::uint64_t seed_;
  std::size_t groups_;
  std::vector<std::uint32_t> dense_;
};

// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

/// What is known of a figure that no resample changes.
MetricValue withoutSpread(double value, std::uint64_t rests, const BootstrapOptions& o, bool grouped) {
  if (rests == 0 || (value != 0 && value != 1))
    return {value, kUndefined, kUndefined, TR("learn", "no interval: every resample gives the same value")};
  auto out = wilson(value == 1 ? rests : 0, rests, o.level);
  Text method = grouped ? TR("learn", "{level} % Wilson score bound: {n} group(s), all alike")
                        : TR("learn", "{level} % Wilson score bound: {n} item(s), all alike");
  out.method = percent(std::move(method).count(static_cast<std::int64_t>(rests)), o.level);
  return out;
}

MetricValue fromResamples(double value, std::vector<double> drawn, std::uint64_t rests, const BootstrapOptions& o, bool grouped) {
  MetricValue out{value, kUndefined, kUndefined, {}};
  std::erase_if(drawn, [](double v) { return std::isnan(v); });
  if (std::isnan(value) || drawn.size() * 2 <= static_cast<std::size_t>(o.resamples)) {
    out.method = TR("learn", "no interval: the figure is not defined for these items");
    return out;
  }
  std::ranges::sort(drawn);
  if (drawn.back() - drawn.front() < 1e-12) return withoutSpread(value, rests, o, grouped);
  out.low = quantile(drawn, (1 - o.level) / 2);
  out.high = quantile(drawn, (1 + o.level) / 2);
  Text method = grouped ? TR("learn", "{level} % percentile bootstrap, {resamples} resamples of whole groups")
                        : TR("learn", "{level} % percentile bootstrap, {resamples} resamples of items");
  out.method = percent(std::move(method).with("resamples", static_cast<std::int64_t>(o.resamples)), o.level);
  return out;
}

// Regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, Lentz's evaluation).
double betaFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::abs(d) < kTiny ? kTiny : d);
  double h = d;
  for (int m = 1; m <= 500; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const double numerator : {even, odd}) {
      d = 1 + numerator * d;
      c = 1 + numerator / c;
      d = 1 / (std::abs(d) < kTiny ? kTiny : d);
      if (std::abs(c) < kTiny) c = kTiny;
      h *= d * c;
      if (numerator == odd && std::abs(d * c - 1) < 1e-15) return h;
    }
  }
  return h;
}

double incompleteBeta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

MetricValue tInterval(std::span<const double> values, double factor, double level, Text method) {
  const auto n = static_cast<double>(values.size());
  MetricValue out{std::accumulate(values.begin(), values.end(), 0.0) / n, kUndefined, kUndefined, {}};
  if (values.size() < 2) {
    out.method = TR("learn", "no interval: there is only one run");
    return out;
  }
  double square = 0;
  for (const double v : values) square += (v - out.value) * (v - out.value);
  if (square < 1e-24) {  // "1 to 1" would claim a certainty that a few equal runs do not give.
    out.method = TR("learn", "no interval: all {n} run(s) gave the same value").count(static_cast<std::int64_t>(values.size()));
    return out;
  }
  const double half = studentQuantile((1 + level) / 2, n - 1) * std::sqrt(square / (n - 1) * factor);
  out.low = out.value - half;
  out.high = out.value + half;
  out.method = percent(std::move(method).with("n", static_cast<std::int64_t>(values.size())), level);
  return out;
}

Result<std::vector<double>> differences(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size() || a.empty()) {
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "The two models were not measured on the same folds and seeds."),
                TR("learn", "Run both with the same split and the same seeds."));
  }
  std::vector<double> d(a.size());
  for (std::size_t i = 0; i < d.size(); ++i) d[i] = b[i] - a[i];
  return d;
}

}  // namespace

double normalQuantile(double p) {
  assert(p > 0 && p < 1);
  double low = -40, high = 40;  // Bisection on erfc: slow, exact, rarely called.
  for (int i = 0; i < 200 && high - low > 1e-14; ++i) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / std::sqrt(2.0)) / 2 < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

double studentQuantile(double p, double degrees) {
  assert(p > 0 && p < 1 && degrees >= 1);
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  double low = 0, high = 1e8;
  for (int i = 0; i < 300 && high - low > 1e-13 * (1 + high); ++i) {
    const double t = (low + high) / 2;
    const double upTo = 1 - incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
    (upTo < p ? low : high) = t;
  }
  return (low + high) / 2;
}

MetricValue wilson(std::uint64_t successes, std::uint64_t total, double level) {
  if (total == 0) return {kUndefined, kUndefined, kUndefined, TR("learn", "no interval: there are no items")};
  const double n = static_cast<double>(total), p = static_cast<double>(successes) / n;
  const double z = normalQuantile((1 + level) / 2), z2 = z * z;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return {p, successes == 0 ? 0 : std::max(0.0, centre - half), successes == total ? 1 : std::min(1.0, centre + half),
          percent(TR("learn", "{level} % Wilson score interval, {n} item(s)").count(static_cast<std::int64_t>(total)), level)};
}

std::uint64_t unitsWith(std::span<const std::uint8_t> marked, std::span<const std::uint32_t> groupOf) {
  assert(groupOf.empty() || groupOf.size() == marked.size());
  std::set<std::uint64_t> units;
  for (std::size_t i = 0; i < marked.size(); ++i)
    if (marked[i]) units.insert(groupOf.empty() ? i : groupOf[i]);
  return units.size();
}

std::vector<MetricValue> bootstrapAll(std::size_t items, std::span<const BoundedMetric> metrics, const BootstrapOptions& o) {
  const std::vector<std::uint32_t> once(items, 1);
  std::vector<std::vector<double>> drawn(metrics.size(), std::vector<double>(static_cast<std::size_t>(o.resamples)));
  const Resampler resampler{items, o};
  parallelFor(o.threads, items == 0 ? 0 : static_cast<std::size_t>(o.resamples), [&](std::size_t b) {
    std::vector<std::uint32_t> counts;
    resampler.draw(b, counts);
    for (std::size_t m = 0; m < metrics.size(); ++m) drawn[m][b] = metrics[m].figure(counts);
  });
  std::vector<MetricValue> out;
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    const double value = items == 0 ? kUndefined : metrics[m].figure(once);
    out.push_back(fromResamples(value, std::move(drawn[m]), metrics[m].rests, o, !o.groupOf.empty()));
  }
  return out;
}

MetricValue bootstrap(std::size_t items, const CountedMetric& metric, const BootstrapOptions& o) {
  const BoundedMetric only{metric};
  return bootstrapAll(items, std::span{&only, 1}, o)[0];
}

MetricValue pairedBootstrap(std::size_t items, const CountedMetric& a, const CountedMetric& b, const BootstrapOptions& o) {
  return bootstrap(
      items, [&](std::span<const std::uint32_t> counts) { return b(counts) - a(counts); }, o);
}

MetricValue meanWithT(std::span<const double> values, double level) {
  assert(!values.empty());
  return tInterval(values, 1 / static_cast<double>(values.size()), level,
                   TR("learn", "{level} % Student t interval of the mean of {n} run(s)"));
}

Result<MetricValue> pairedT(std::span<const double> a, std::span<const double> b, double level) {
  PB_TRY(const auto d, differences(a, b));
  return tInterval(d, 1 / static_cast<double>(d.size()), level, TR("learn", "{level} % paired t interval over {n} run(s)"));
}

Result<MetricValue> correctedResampledT(std::span<const double> a, std::span<const double> b, double testShare, double level) {
  PB_TRY(const auto d, differences(a, b));
  return tInterval(d, 1 / static_cast<double>(d.size()) + testShare, level,
                   TR("learn", "{level} % corrected resampled t interval (Nadeau and Bengio) over {n} fold(s)"));
}

}  // namespace patchbay::learn
