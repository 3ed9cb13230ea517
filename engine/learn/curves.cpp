// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/learn/metrics.h"

namespace patchbay::learn {
namespace {

/// Positives and negatives with score >= threshold, for each distinct score from the greatest down.
struct Step {
  double threshold = 0, hits = 0, alarms = 0;
};

std::vector<Step> stepsOf(Flags positive, std::span<const float> score) {
  assert(positive.size() == score.size());
  std::vector<std::size_t> order(score.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return score[i]; });
  std::vector<Step> steps;
  Step now;
  for (std::size_t i = 0; i < order.size(); ++i) {
    (positive[order[i]] ? now.hits : now.alarms) += 1;
    now.threshold = score[order[i]];
    if (i + 1 == order.size() || score[order[i + 1]] != score[order[i]]) steps.push_back(now);
  }
  return steps;
}

double distanceToLine(const CurvePoint& p, const CurvePoint& a, const CurvePoint& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (length == 0) return std::hypot(p.x - a.x, p.y - a.y);
  return std::abs(dx * (p.y - a.y) - dy * (p.x - a.x)) / length;
}

double gain(const Step& s, const Step& all, ThresholdRule rule) {
  const double recall = s.hits / all.hits;
  if (rule == ThresholdRule::MaxF1) return 2 * s.hits / (s.hits + s.alarms + all.hits);
  if (rule == ThresholdRule::MaxBalancedAccuracy) return (recall + 1 - s.alarms / all.alarms) / 2;
  return s.hits / (s.hits + s.alarms);
}

}  // namespace

std::vector<CurvePoint> rocCurve(Flags positive, std::span<const float> score) {
  const auto steps = stepsOf(positive, score);
  if (steps.empty() || steps.back().hits == 0 || steps.back().alarms == 0) return {};
  std::vector<CurvePoint> out{{0, 0, std::numeric_limits<double>::infinity()}};
  for (const auto& s : steps) out.push_back({s.alarms / steps.back().alarms, s.hits / steps.back().hits, s.threshold});
  return out;
}

std::vector<CurvePoint> precisionRecallCurve(Flags positive, std::span<const float> score) {
  const auto steps = stepsOf(positive, score);
  if (steps.empty() || steps.back().hits == 0) return {};
  std::vector<CurvePoint> out{{0, 1, std::numeric_limits<double>::infinity()}};
  for (const auto& s : steps) out.push_back({s.hits / steps.back().hits, s.hits / (s.hits + s.alarms), s.threshold});
  return out;
}

std::vector<CurvePoint> thinned(std::vector<CurvePoint> curve, std::size_t points) {
  if (curve.size() <= points || points < 2) return curve;
  // Douglas and Peucker (1973), always dividing where the drawn line is worst.
  struct Segment {
    double distance;
    std::size_t first, middle, last;
  };
  const auto worst = [&](std::size_t first, std::size_t last) {
    Segment s{-1, first, first, last};
    for (std::size_t i = first + 1; i < last; ++i) {
      const double d = distanceToLine(curve[i], curve[first], curve[last]);
      if (d > s.distance) s.distance = d, s.middle = i;
    }
    return s;
  };
  const auto less = [](const Segment& a, const Segment& b) { return a.distance < b.distance; };
  std::vector<Segment> heap{worst(0, curve.size() - 1)};
  std::vector<std::size_t> keep{0, curve.size() - 1};
  while (keep.size() < points) {
    std::ranges::pop_heap(heap, less);
    const Segment s = heap.back();
    heap.pop_back();
    if (s.distance < 0) break;
    keep.push_back(s.middle);
    for (const auto& half : {worst(s.first, s.middle), worst(s.middle, s.last)}) {
      heap.push_back(half);
      std::ranges::push_heap(heap, less);
    }
  }
  std::ranges::sort(keep);
  std::vector<CurvePoint> out;
  for (const std::size_t i : keep) out.push_back(curve[i]);
  return out;
}

Result<Threshold> chooseThreshold(Flags positive, std::span<const float> score, ThresholdRule rule, double recall) {
  PB_CHECK(requireFinite(MatrixView{score.data(), score.empty() ? 0U : 1U, score.size()}));
  const auto steps = stepsOf(positive, score);
  if (steps.empty() || steps.back().hits == 0 || steps.back().alarms == 0) {
    return fail(ErrorKind::BadInput, "learn.one_class",
                TR("learn", "The validation items are all of one class, so no threshold can be chosen on them."),
                TR("learn", "Give the validation part items of both classes, or keep the threshold 0.5."));
  }
  Threshold best{0.5, -1};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (rule == ThresholdRule::FixedRecall && steps[i].hits / steps.back().hits < recall - 1e-12) continue;
    const double cut = i + 1 < steps.size() ? (steps[i].threshold + steps[i + 1].threshold) / 2 : steps[i].threshold;
    const double value = gain(steps[i], steps.back(), rule);
    const bool nearer = std::abs(cut - 0.5) < std::abs(best.threshold - 0.5);
    if (value > best.value + 1e-12 || (value > best.value - 1e-12 && nearer)) best = {cut, value};
    if (rule == ThresholdRule::FixedRecall) break;  // The first that reaches it is the greatest.
  }
  return best;
}

std::vector<std::int32_t> applyThreshold(std::span<const float> score, double threshold) {
  std::vector<std::int32_t> out(score.size());
  for (std::size_t i = 0; i < score.size(); ++i) out[i] = score[i] >= threshold ? 1 : 0;
  return out;
}

}  // namespace patchbay::learn
