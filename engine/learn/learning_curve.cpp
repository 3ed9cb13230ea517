// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/learning_curve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "engine/learn/logistic.h"
#include "engine/learn/parallel.h"

namespace patchbay::learn {
namespace {

constexpr std::size_t mostRows = 2000, fewestRows = 15;
constexpr double testShare = 0.2;
constexpr int resamples = 400;

void shuffle(std::vector<std::size_t>& rows, std::mt19937_64& random) {
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
}

/// One order: which rows test, and in which order the others are learned from.
struct Order {
  std::vector<std::size_t> test, train;
};

Order makeOrder(std::span<const std::size_t> rows, std::span<const std::int32_t> labels, int classes,
                std::span<const std::string_view> groups, std::mt19937_64& random) {
  std::vector<std::size_t> mixed(rows.begin(), rows.end());
  shuffle(mixed, random);
  Order out;
  // A fifth of each class is for testing, whole groups at a time.
  std::vector<std::size_t> total(static_cast<std::size_t>(classes)), tested(total.size());
  for (const auto row : rows) ++total[static_cast<std::size_t>(labels[row])];
  std::set<std::string_view> testGroups, trainGroups;
  for (const auto row : mixed) {
    const auto c = static_cast<std::size_t>(labels[row]);
    const auto group = groups.empty() ? std::string_view{} : groups[row];
    const auto wanted = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(testShare * static_cast<double>(total[c]))));
    const bool bound = !group.empty() && (testGroups.contains(group) || trainGroups.contains(group));
    const bool test = bound ? testGroups.contains(group) : tested[c] < wanted;
    if (!group.empty()) (test ? testGroups : trainGroups).insert(group);
    tested[c] += test;
    (test ? out.test : out.train).push_back(row);
  }
  // One of each class comes first: a model cannot learn of a class what it never saw.
  std::vector<std::uint8_t> seen(total.size());
  std::ranges::stable_partition(out.train, [&](std::size_t row) { return !std::exchange(seen[static_cast<std::size_t>(labels[row])], 1); });
  return out;
}

std::vector<std::size_t> sizesFor(std::size_t most, std::size_t classes, int count) {
  const auto least = std::min(most, std::max<std::size_t>(2 * classes, most / 12));
  std::vector<std::size_t> out;
  for (int i = 0; i < count; ++i) {
    const double t = count > 1 ? static_cast<double>(i) / (count - 1) : 1;
    out.push_back(static_cast<std::size_t>(
        std::lround(static_cast<double>(least) * std::pow(static_cast<double>(most) / static_cast<double>(least), t))));
  }
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

/// Mean accuracy by size over some orders, each as often as it was drawn.
struct MeanAt {
  double sum = 0, weight = 0;
};
std::map<double, MeanAt> meansOf(std::span<const CurveSample> samples, std::span<const int> drawn) {
  std::map<double, MeanAt> out;
  for (const auto& s : samples) {
    const double times = drawn.empty() ? 1 : drawn[static_cast<std::size_t>(s.order)];
    if (times <= 0) continue;
    auto& at = out[s.labels];
    at.sum += times * s.accuracy;
    at.weight += times;
  }
  return out;
}

/// For a given exponent a and b are linear least squares, held to what they may be.
struct Fit {
  PowerLaw law;
  double error = 0;
};
Fit fitExponent(const std::map<double, MeanAt>& means, double c) {
  double w = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, ceiling = 0;
  for (const auto& [n, at] : means) {
    const double x = std::pow(n, -c), y = at.sum / at.weight;
    w += at.weight;
    sx += at.weight * x;
    sy += at.weight * y;
    sxx += at.weight * x * x;
    sxy += at.weight * x * y;
    ceiling = std::max(ceiling, y);
  }
  Fit out{{0, 0, c}, 0};
  const double spread = sxx - sx * sx / w;
  out.law.b = spread > 0 ? std::max(0.0, -(sxy - sx * sy / w) / spread) : 0;
  out.law.a = (sy + out.law.b * sx) / w;
  if (out.law.a > 1) {  // No model is better than always right.
    out.law.a = 1;
    out.law.b = std::max(0.0, (sx - sxy) / sxx);
  }
  for (const auto& [n, at] : means) {
    const double miss = at.sum / at.weight - out.law.at(n);
    out.error += at.weight * miss * miss;
  }
  return out;
}

std::optional<Fit> fitMeans(const std::map<double, MeanAt>& means) {
  if (means.size() < 3) return std::nullopt;
  std::optional<Fit> best;
  for (double c = 0.05; c <= 2.0001; c *= 1.13) {
    const auto fit = fitExponent(means, c);
    if (!best || fit.error < best->error) best = fit;
  }
  return best;
}

MetricValue band(double value, std::vector<double> values, const Text& method) {
  std::ranges::sort(values);
  const auto at = [&](double q) { return values[static_cast<std::size_t>(std::lround(q * static_cast<double>(values.size() - 1)))]; };
  return {value, std::min(value, at(0.025)), std::max(value, at(0.975)), method};
}

}  // namespace

double PowerLaw::at(double labels) const { return a - b * std::pow(labels, -c); }

Result<std::vector<CurveSample>> measureCurve(MatrixView x, std::span<const std::int32_t> labels, int classes,
                                              std::span<const std::string_view> groups, const CurveOptions& o) {
  std::vector<CurveSample> out;
  std::vector<std::size_t> rows(x.rows()), count(static_cast<std::size_t>(classes));
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::mt19937_64 random{o.seed};
  if (rows.size() > mostRows) {
    shuffle(rows, random);
    rows.resize(mostRows);
  }
  for (const auto row : rows) ++count[static_cast<std::size_t>(labels[row])];
  if (rows.size() < fewestRows || std::ranges::any_of(count, [](auto n) { return n < 3; })) return out;
  const int orders = o.orders > 0 ? o.orders : std::clamp(static_cast<int>(6000 / rows.size()), 3, 12);
  std::vector<Order> made;
  for (int i = 0; i < orders; ++i) made.push_back(makeOrder(rows, labels, classes, groups, random));
  std::size_t shortest = rows.size();
  for (const auto& order : made) shortest = std::min(shortest, order.train.size());
  const auto sizes = sizesFor(shortest, count.size(), o.sizes);
  std::vector<std::optional<CurveSample>> samples(made.size() * sizes.size());
  std::vector<std::optional<Error>> errors(made.size());
  parallelFor(o.threads, made.size(), [&](std::size_t i) {
    const auto& order = made[i];
    const auto all = selectRows(x, order.train), test = selectRows(x, order.test);
    std::vector<std::int32_t> train, truth;
    for (const auto row : order.train) train.push_back(labels[row]);
    for (const auto row : order.test) truth.push_back(labels[row]);
    std::optional<LinearHead> last;
    for (std::size_t s = 0; s < sizes.size() && !truth.empty(); ++s) {
      const std::span part{train.data(), sizes[s]};
      // Groups may have kept a class out of this beginning.
      if (std::set<std::int32_t>(part.begin(), part.end()).size() < 2) continue;
      const auto model = fitLogistic(all.view().rowRange(0, sizes[s]), LogisticTargets::labels(part, classes),
                                     {.c = o.c, .warmStart = last ? &*last : nullptr, .stop = o.stop});
      if (!model) {
        errors[i] = model.error();
        return;
      }
      last = model->head;
      const auto said = argmaxRows(last->probabilities(test));
      std::size_t right = 0;
      for (std::size_t t = 0; t < truth.size(); ++t) right += said[t] == truth[t];
      samples[i * sizes.size() + s] =
          CurveSample{static_cast<double>(sizes[s]), static_cast<int>(i), static_cast<double>(right) / static_cast<double>(truth.size())};
    }
  });
  for (const auto& error : errors)
    if (error) return fail(*error);
  for (const auto& sample : samples)
    if (sample) out.push_back(*sample);
  return out;
}

std::optional<PowerLaw> fitPowerLaw(std::span<const CurveSample> samples) {
  const auto fit = fitMeans(meansOf(samples, {}));
  if (!fit) return std::nullopt;
  return fit->law;
}

std::optional<Forecast> forecast(std::span<const CurveSample> samples, double now, double more, std::uint64_t seed) {
  int orders = 0;
  for (const auto& s : samples) orders = std::max(orders, s.order + 1);
  const auto means = meansOf(samples, {});
  const auto fit = fitMeans(means);
  if (!fit || orders < 3 || !(more > 0)) return std::nullopt;
  Forecast out;
  out.law = fit->law;
  const auto rise = [&](const PowerLaw& law) { return law.at(now + more) - law.at(now); };
  std::vector<double> gains, ahead;
  for (int i = 0; i <= 8; ++i) ahead.push_back(now + more * i / 2);
  std::vector<std::vector<double>> measured(means.size()), expected(ahead.size());
  std::mt19937_64 random{seed};
  std::normal_distribution<double> noise;
  // What the law leaves unexplained moves every mean as well: orders share their rows and alone would look too sure.
  const double miss = std::sqrt(fit->error / std::max(1.0, static_cast<double>(orders) * static_cast<double>(means.size())));
  for (int r = 0; r < resamples; ++r) {
    std::vector<int> drawn(static_cast<std::size_t>(orders));
    for (int i = 0; i < orders; ++i) ++drawn[random() % drawn.size()];
    auto resampled = meansOf(samples, drawn);
    std::size_t k = 0;
    for (const auto& [n, at] : means) {
      const auto found = resampled.find(n);
      if (found != resampled.end()) measured[k].push_back(found->second.sum / found->second.weight);
      ++k;
    }
    for (auto& [n, at] : resampled) at.sum = std::clamp(at.sum / at.weight + miss * noise(random), 0.0, 1.0) * at.weight;
    const auto again = fitMeans(resampled);
    if (!again) continue;
    gains.push_back(rise(again->law));
    for (std::size_t i = 0; i < ahead.size(); ++i) expected[i].push_back(again->law.at(ahead[i]));
  }
  if (gains.size() < static_cast<std::size_t>(resamples) / 2) return std::nullopt;
  std::size_t k = 0;
  for (const auto& [n, at] : means) {
    if (!measured[k].empty())
      out.measured.push_back({n, band(at.sum / at.weight, measured[k], TR("learn", "resampled orders of the labels"))});
    ++k;
  }
  const auto method = TR("learn", "a - b n^-c fitted to resampled orders of the labels");
  for (std::size_t i = 0; i < ahead.size(); ++i) out.expected.push_back({ahead[i], band(fit->law.at(ahead[i]), expected[i], method)});
  out.gain = band(rise(fit->law), std::move(gains), method);
  return out;
}

}  // namespace patchbay::learn
