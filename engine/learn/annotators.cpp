// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/annotators.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace patchbay::learn {
namespace {

constexpr int mostIterations = 100;
constexpr double converged = 1e-6;  // Greatest change of a probability.

Result<> check(std::span<const Vote> votes, std::size_t items, std::size_t annotators, std::size_t classes) {
  if (votes.empty() || classes == 0)
    return fail(ErrorKind::BadInput, "learn.no_rows", TR("learn", "There are no labels to look at."),
                TR("learn", "Label some pictures first."));
  for (const auto& v : votes)
    if (v.item >= items || v.annotator >= annotators || v.label < 0 || static_cast<std::size_t>(v.label) >= classes)
      return fail(ErrorKind::BadInput, "learn.label_range",
                  TR("learn", "A label is {label}, outside 0 to {last}.")
                      .with("label", static_cast<std::int64_t>(v.label))
                      .with("last", static_cast<std::int64_t>(classes) - 1),
                  TR("learn", "Leave unlabelled items out."));
  return {};
}

/// The steps of the maximisation; all in float64.
class Estimate {
 public:
  Estimate(std::vector<Vote> votes, std::size_t items, std::size_t annotators, std::size_t classes)
      : votes_{std::move(votes)}, k_{classes}, belief_(items * classes), share_(classes), confusion_(annotators * classes * classes) {
    // Sums of floating-point numbers depend on their order.
    std::ranges::sort(votes_, {}, [](const Vote& v) { return std::tuple{v.item, v.annotator, v.label}; });
    for (const auto& v : votes_) belief_[v.item * k_ + static_cast<std::size_t>(v.label)] += 1;
    normaliseBelief();
  }

  void maximise() {
    const double own = 2.0 / 3 + 1.0 / 3 / static_cast<double>(k_), other = 1.0 / 3 / static_cast<double>(k_);
    for (std::size_t i = 0; i < confusion_.size(); ++i) confusion_[i] = i / k_ % k_ == i % k_ ? own : other;
    std::ranges::fill(share_, 1.0 / static_cast<double>(k_));
    for (const auto& v : votes_)
      for (std::size_t c = 0; c < k_; ++c)
        confusion_[(v.annotator * k_ + c) * k_ + static_cast<std::size_t>(v.label)] += belief_[v.item * k_ + c];
    for (std::size_t row = 0; row < confusion_.size() / k_; ++row) scaleToOne(std::span{confusion_}.subspan(row * k_, k_));
    for (std::size_t i = 0; i < belief_.size(); ++i) share_[i % k_] += belief_[i];
    scaleToOne(share_);
  }

  /// The greatest change.
  double expect() {
    const auto before = belief_;
    std::vector<double> logs(belief_.size());
    for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = std::log(share_[i % k_]);
    for (const auto& v : votes_)
      for (std::size_t c = 0; c < k_; ++c)
        logs[v.item * k_ + c] += std::log(confusion_[(v.annotator * k_ + c) * k_ + static_cast<std::size_t>(v.label)]);
    for (std::size_t i = 0; i < logs.size(); i += k_) {
      const auto row = std::span{logs}.subspan(i, k_);
      const double peak = *std::ranges::max_element(row);
      for (std::size_t c = 0; c < k_; ++c) belief_[i + c] = std::exp(row[c] - peak);
    }
    normaliseBelief();
    double change = 0;
    for (std::size_t i = 0; i < before.size(); ++i) change = std::max(change, std::abs(before[i] - belief_[i]));
    return change;
  }

  Consensus result(std::size_t annotators) const {
    Consensus out;
    out.probability = Matrix{belief_.size() / k_, k_, std::vector<float>(belief_.begin(), belief_.end())};
    std::vector<double> right(annotators), all(annotators);
    for (const auto& v : votes_) {
      right[v.annotator] += belief_[v.item * k_ + static_cast<std::size_t>(v.label)];
      ++all[v.annotator];
    }
    for (std::size_t a = 0; a < annotators; ++a) out.reliability.push_back(all[a] > 0 ? right[a] / all[a] : 0);
    return out;
  }

 private:
  static void scaleToOne(std::span<double> row) {
    double sum = 0;
    for (const double v : row) sum += v;
    for (auto& v : row) v = sum > 0 ? v / sum : 1 / static_cast<double>(row.size());
  }
  void normaliseBelief() {
    for (std::size_t i = 0; i < belief_.size(); i += k_) scaleToOne(std::span{belief_}.subspan(i, k_));
  }

  std::vector<Vote> votes_;
  std::size_t k_;
  std::vector<double> belief_, share_, confusion_;  // Items x classes; classes; annotators x true x said.
};

}  // namespace

Result<Consensus> consensusOf(std::span<const Vote> votes, std::size_t items, std::size_t annotators, std::size_t classes) {
  PB_CHECK(check(votes, items, annotators, classes));
  Estimate estimate{{votes.begin(), votes.end()}, items, annotators, classes};
  int iterations = 0;
  double change = 1;
  while (iterations < mostIterations && change > converged) {
    estimate.maximise();
    change = estimate.expect();
    ++iterations;
  }
  auto out = estimate.result(annotators);
  out.iterations = iterations;
  return out;
}

double cohenKappa(std::span<const LabelPair> pairs, std::size_t classes) {
  if (pairs.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> first(classes), second(classes);
  double same = 0;
  for (const auto& p : pairs) {
    ++first[static_cast<std::size_t>(p.first)];
    ++second[static_cast<std::size_t>(p.second)];
    same += p.first == p.second;
  }
  const auto n = static_cast<double>(pairs.size());
  double chance = 0;
  for (std::size_t c = 0; c < classes; ++c) chance += first[c] / n * (second[c] / n);
  return chance < 1 ? (same / n - chance) / (1 - chance) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace patchbay::learn
