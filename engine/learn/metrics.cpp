// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/learn/linear_head.h"

namespace patchbay::learn {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double a, double b) { return b > 0 ? a / b : 0; }
std::uint64_t times(Counts counts, std::size_t i) { return counts.empty() ? 1 : counts[i]; }

}  // namespace

std::uint64_t Confusion::total() const { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

Confusion confusion(Labels truth, Labels predicted, std::size_t classes, Counts counts) {
  assert(truth.size() == predicted.size());
  Confusion c{classes, std::vector<std::uint64_t>(classes * classes)};
  for (std::size_t i = 0; i < truth.size(); ++i) {
    c.counts[static_cast<std::size_t>(truth[i]) * classes + static_cast<std::size_t>(predicted[i])] += times(counts, i);
  }
  return c;
}

std::vector<ClassFigures> classFigures(const Confusion& c) {
  std::vector<ClassFigures> out(c.classes);
  for (std::size_t k = 0; k < c.classes; ++k) {
    auto& f = out[k];
    for (std::size_t other = 0; other < c.classes; ++other) {
      f.support += c.at(k, other);
      f.predicted += c.at(other, k);
    }
    const auto hits = static_cast<double>(c.at(k, k));
    f.precision = ratio(hits, static_cast<double>(f.predicted));
    f.recall = ratio(hits, static_cast<double>(f.support));
    f.f1 = ratio(2 * hits, static_cast<double>(f.predicted + f.support));
  }
  return out;
}

double accuracy(const Confusion& c) {
  std::uint64_t hits = 0;
  for (std::size_t k = 0; k < c.classes; ++k) hits += c.at(k, k);
  return c.total() ? static_cast<double>(hits) / static_cast<double>(c.total()) : kUndefined;
}

double balancedAccuracy(const Confusion& c) {
  double sum = 0;
  int present = 0;
  for (const auto& f : classFigures(c)) {
    if (f.support == 0) continue;
    sum += f.recall;
    ++present;
  }
  return present ? sum / present : kUndefined;
}

ClassFigures macroFigures(const Confusion& c) {
  ClassFigures mean;
  double present = 0;
  for (const auto& f : classFigures(c)) {
    if (f.support + f.predicted == 0) continue;
    mean.precision += f.precision;
    mean.recall += f.recall;
    mean.f1 += f.f1;
    mean.support += f.support;
    mean.predicted += f.predicted;
    ++present;
  }
  if (present > 0) mean.precision /= present, mean.recall /= present, mean.f1 /= present;
  return mean;
}

double f1(const Confusion& binary) {
  assert(binary.classes == 2);
  return classFigures(binary)[1].f1;
}

RankedScores::RankedScores(Flags positive, std::span<const float> score) : order_(score.size()), positive_(score.size()) {
  assert(positive.size() == score.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::ranges::sort(order_, [&](auto a, auto b) { return score[a] != score[b] ? score[a] > score[b] : a < b; });
  for (std::size_t i = 0; i < order_.size(); ++i) {
    positive_[i] = positive[order_[i]];
    if (i + 1 == order_.size() || score[order_[i]] != score[order_[i + 1]]) tieEnd_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

double RankedScores::auroc(Counts counts) const {
  double area = 0, hits = 0, misses = 0;
  std::size_t i = 0;
  for (const std::uint32_t end : tieEnd_) {
    double tiedHits = 0, tiedMisses = 0;
    for (; i < end; ++i) (positive_[i] ? tiedHits : tiedMisses) += static_cast<double>(times(counts, order_[i]));
    area += tiedMisses * (hits + tiedHits / 2);
    hits += tiedHits;
    misses += tiedMisses;
  }
  return hits > 0 && misses > 0 ? area / (hits * misses) : kUndefined;
}

double RankedScores::averagePrecision(Counts counts) const {
  double sum = 0, hits = 0, seen = 0;
  std::size_t i = 0;
  for (const std::uint32_t end : tieEnd_) {
    const double before = hits;
    for (; i < end; ++i) {
      const auto n = static_cast<double>(times(counts, order_[i]));
      seen += n;
      if (positive_[i]) hits += n;
    }
    if (seen > 0) sum += (hits - before) * hits / seen;
  }
  return hits > 0 ? sum / hits : kUndefined;
}

double auroc(Flags positive, std::span<const float> score, Counts counts) { return RankedScores{positive, score}.auroc(counts); }
double averagePrecision(Flags positive, std::span<const float> score, Counts counts) {
  return RankedScores{positive, score}.averagePrecision(counts);
}

double aurocOneVsRest(Labels truth, MatrixView scores, Counts counts) {
  double sum = 0;
  int defined = 0;
  std::vector<std::uint8_t> positive(truth.size());
  std::vector<float> column(truth.size());
  // With two classes both directions say the same.
  for (std::size_t c = scores.cols() == 2 ? 1 : 0; c < scores.cols(); ++c) {
    for (std::size_t i = 0; i < truth.size(); ++i) {
      positive[i] = truth[i] == static_cast<std::int32_t>(c);
      column[i] = scores(i, c);
    }
    const double area = auroc(positive, column, counts);
    if (std::isnan(area)) continue;
    sum += area;
    ++defined;
  }
  return defined ? sum / defined : kUndefined;
}

double logLoss(Labels truth, MatrixView p, Counts counts) {
  double sum = 0, n = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto w = static_cast<double>(times(counts, i));
    sum -= w * std::log(std::clamp(static_cast<double>(p(i, static_cast<std::size_t>(truth[i]))), 1e-15, 1.0));
    n += w;
  }
  return n > 0 ? sum / n : kUndefined;
}

double brier(Labels truth, MatrixView p, Counts counts) {
  double sum = 0, n = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto w = static_cast<double>(times(counts, i));
    for (std::size_t c = 0; c < p.cols(); ++c) {
      const double d = p(i, c) - (truth[i] == static_cast<std::int32_t>(c) ? 1.0 : 0.0);
      sum += w * d * d;
    }
    n += w;
  }
  return n > 0 ? sum / n / (p.cols() == 2 ? 2 : 1) : kUndefined;
}

Calibration calibration(Labels truth, MatrixView p, std::size_t bins, Counts counts) {
  Calibration out;
  out.bins.resize(bins);
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto best = std::ranges::max_element(p.row(i));
    // Bins are (low, high]: a confidence of exactly 1 belongs to the last.
    const double place = std::ceil(static_cast<double>(*best) * static_cast<double>(bins)) - 1;
    auto& bin = out.bins[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins) - 1))];
    const auto w = times(counts, i);
    bin.count += w;
    bin.confidence += static_cast<double>(w) * *best;
    bin.accuracy += best - p.row(i).begin() == truth[i] ? static_cast<double>(w) : 0;
    n += w;
  }
  for (std::size_t b = 0; b < bins; ++b) {
    auto& bin = out.bins[b];
    bin.low = static_cast<double>(b) / static_cast<double>(bins);
    bin.high = static_cast<double>(b + 1) / static_cast<double>(bins);
    if (bin.count == 0) continue;
    const auto count = static_cast<double>(bin.count);
    bin.confidence /= count;
    bin.accuracy /= count;
    const double gap = std::abs(bin.accuracy - bin.confidence);
    out.ece += gap * count / static_cast<double>(n);
    out.mce = std::max(out.mce, gap);
  }
  if (n == 0) out.ece = kUndefined;
  return out;
}

Result<double> fitTemperature(Labels truth, MatrixView scores) {
  if (truth.empty() || truth.size() != scores.rows()) {
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "There are no validation items to choose a temperature on."),
                TR("learn", "Give the split a validation part."));
  }
  PB_CHECK(requireFinite(scores));
  // Platt's targets (1999, section 2.2), for any number of classes: with one pseudo-count a class, no probability is certain.
  // Otherwise a validation part without a mistake asks for T = 0, and the first mistake outside it costs everything.
  const auto n = static_cast<double>(truth.size()), k = static_cast<double>(std::max<std::size_t>(scores.cols(), 2));
  const double own = (n + 1) / (n + k), other = 1 / (n + k);
  auto loss = [&](double logT) {
    const double scale = std::exp(-logT);
    double sum = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      if (scores.cols() == 1) {
        const double z = scores(i, 0) * scale;
        sum += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - (truth[i] == 1 ? own : other) * z;
        continue;
      }
      const auto row = scores.row(i);
      const double peak = *std::ranges::max_element(row) * scale;
      double partition = 0, expected = 0;
      for (std::size_t c = 0; c < row.size(); ++c) {
        partition += std::exp(row[c] * scale - peak);
        expected += (static_cast<std::int32_t>(c) == truth[i] ? own : other) * row[c] * scale;
      }
      sum += peak + std::log(partition) - expected;
    }
    return sum;
  };
  // Convex in 1/T, so unimodal in log T: golden section.
  constexpr double kGolden = 0.6180339887498949;
  double low = std::log(0.05), high = std::log(20.0);
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  double fa = loss(a), fb = loss(b);
  while (high - low > 1e-4) {
    if (fa <= fb) high = b, b = a, fb = fa, a = high - kGolden * (high - low), fa = loss(a);
    else low = a, a = b, fa = fb, b = low + kGolden * (high - low), fb = loss(b);
  }
  return std::exp((low + high) / 2);
}

Result<MultiLabelFigures> multiLabelFigures(Flags truth, MatrixView scores, double threshold) {
  if (truth.size() != scores.rows() * scores.cols() || scores.empty()) {
    return fail(ErrorKind::BadInput, "learn.size_mismatch", TR("learn", "Labels and scores do not belong to the same items."),
                TR("learn", "Evaluate predictions on the data set they were made for."));
  }
  PB_CHECK(requireFinite(scores));
  MultiLabelFigures out;
  std::vector<std::uint8_t> positive(scores.rows());
  std::vector<float> column(scores.rows());
  double hits = 0, either = 0, defined = 0;
  for (std::size_t l = 0; l < scores.cols(); ++l) {
    Confusion c{2, std::vector<std::uint64_t>(4)};
    for (std::size_t i = 0; i < scores.rows(); ++i) {
      positive[i] = truth[i * scores.cols() + l] != 0;
      column[i] = scores(i, l);
      ++c.counts[positive[i] * 2U + (column[i] >= threshold ? 1U : 0U)];
    }
    out.perLabel.push_back(classFigures(c)[1]);
    out.averagePrecision.push_back(averagePrecision(positive, column));
    if (!std::isnan(out.averagePrecision.back())) out.meanAveragePrecision += out.averagePrecision.back(), ++defined;
    hits += static_cast<double>(c.at(1, 1));
    either += static_cast<double>(out.perLabel.back().support + out.perLabel.back().predicted);
    out.macroF1 += out.perLabel.back().f1 / static_cast<double>(scores.cols());
  }
  out.meanAveragePrecision = defined > 0 ? out.meanAveragePrecision / defined : kUndefined;
  out.microF1 = ratio(2 * hits, either);
  return out;
}

}  // namespace patchbay::learn
