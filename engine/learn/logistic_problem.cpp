// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/logistic_problem.h"

#include <algorithm>
#include <cmath>

#include "engine/learn/parallel.h"

namespace patchbay::learn {
namespace {

// A block of rows stays in the second-level cache between the forward and the backward pass over it.
constexpr std::size_t kBlockFloats = 61440;
// Rows summed in float32 before they join the float64 sums.
constexpr std::size_t kFlushRows = 512;

void split(const std::vector<RowRange>& ranges, std::size_t begin, std::size_t end, std::vector<RowRange>& out) {
  std::size_t passed = 0;
  for (const auto& r : ranges) {
    const std::size_t length = r.end - r.begin;
    const std::size_t from = std::max(begin, passed), to = std::min(end, passed + length);
    if (from < to) out.push_back({r.begin + from - passed, r.begin + to - passed});
    passed += length;
  }
}

}  // namespace

LogisticObjective::LogisticObjective(const LogisticRows& rows, std::vector<RowRange> ranges, int threads)
    : rows_{rows},
      outputs_{rows.outputs},
      features_{rows.x.cols()},
      stride_{paddedTo16(rows.x.cols())},
      blockRows_{std::clamp<std::size_t>(kBlockFloats / stride_ / 8 * 8, 8, 64)},
      zStride_{paddedTo16(rows.outputs)},
      ranges_{std::move(ranges)},
      weights_{rows.outputs * paddedTo16(rows.x.cols())},
      bias_(rows.outputs) {
  std::size_t count = 0;
  for (const auto& r : ranges_) {
    count += r.end - r.begin;
    for (std::size_t i = r.begin; i < r.end; ++i) mass_ += rows_.mass[i];
  }
  // A thread costs some 50 microseconds to start: small problems get none.
  const double work = static_cast<double>(count) * static_cast<double>(features_ * outputs_);
  threads_ = static_cast<int>(std::clamp(work / 2e6, 1.0, static_cast<double>(std::max(threads, 1))));
  lanes_.resize(threads_);
  for (int t = 0; t < threads_; ++t) {
    auto& lane = lanes_[t];
    split(ranges_, count * t / threads_, count * (t + 1) / threads_, lane.ranges);
    lane.z = AlignedFloats{blockRows_ * zStride_};
    lane.peak = AlignedFloats{blockRows_};
    lane.sum = AlignedFloats{blockRows_};
    lane.partial = AlignedFloats{outputs_ * stride_};
    lane.gradient.resize(parameters());
  }
}

double LogisticObjective::operator()(std::span<const double> w, std::span<double> gradient) {
  const std::size_t count = outputs_ * stride_;
  for (std::size_t i = 0; i < count; ++i) weights_[i] = static_cast<float>(w[i]);
  for (std::size_t c = 0; c < outputs_; ++c) bias_[c] = static_cast<float>(w[count + c]);
  parallelFor(threads_, lanes_.size(), [&](std::size_t t) { work(lanes_[t]); });

  double loss = 0, square = 0;
  std::fill(gradient.begin(), gradient.end(), 0.0);
  for (const auto& lane : lanes_) {  // In this order always: sums do not depend on which thread was faster.
    loss += lane.loss;
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += lane.gradient[i];
  }
  const double scale = 1 / mass_;
  for (std::size_t i = 0; i < count; ++i) {
    square += w[i] * w[i];
    gradient[i] = gradient[i] * scale + penalty_ * w[i];
  }
  for (std::size_t c = 0; c < outputs_; ++c) gradient[count + c] *= scale;
  return loss * scale + 0.5 * penalty_ * square;
}

void LogisticObjective::work(Lane& lane) const {
  const auto& k = kernels();
  const std::size_t weights = outputs_ * stride_;
  std::fill(lane.gradient.begin(), lane.gradient.end(), 0.0);
  lane.loss = 0;
  std::size_t pending = 0;
  auto flush = [&] {
    for (std::size_t i = 0; i < weights; ++i) lane.gradient[i] += lane.partial[i];
    lane.partial.clear();
    pending = 0;
  };
  lane.partial.clear();
  for (const auto& range : lane.ranges) {
    for (std::size_t first = range.begin; first < range.end; first += blockRows_) {
      const std::size_t count = std::min(blockRows_, range.end - first);
      const float* x = rows_.x.data() + first * rows_.x.stride();
      const std::size_t zStride = outputs_ == 1 ? 1 : zStride_;
      k.forward(x, rows_.x.stride(), count, features_, weights_.data(), stride_, outputs_, lane.z.data(), zStride);
      double* bias = lane.gradient.data() + weights;
      lane.loss += outputs_ == 1 ? sigmoidBlock(lane, first, count, bias) : softmaxBlock(lane, first, count, bias);
      k.backward(x, rows_.x.stride(), count, features_, lane.z.data(), zStride, outputs_, lane.partial.data(), stride_);
      pending += count;
      if (pending >= kFlushRows) flush();
    }
  }
  flush();
}

// z becomes the derivative of the loss; returns the loss of the block.
double LogisticObjective::softmaxBlock(Lane& lane, std::size_t first, std::size_t count, double* bias) const {
  double loss = 0;
  const bool hard = !rows_.labels.empty();
  double own[64];  // blockRows_ <= 64.
  for (std::size_t r = 0; r < count; ++r) {
    float* z = lane.z.data() + r * zStride_;
    for (std::size_t c = 0; c < outputs_; ++c) z[c] += bias_[c];
    const std::size_t i = first + r;
    own[r] = 0;
    if (hard) {
      own[r] = z[rows_.labels[i]];
    } else {
      const float* t = rows_.soft.data() + i * rows_.softStride;
      for (std::size_t c = 0; c < outputs_; ++c) own[r] += static_cast<double>(t[c]) * z[c];
    }
  }
  kernels().expRows(lane.z.data(), zStride_, count, outputs_, lane.peak.data(), lane.sum.data());
  for (std::size_t r = 0; r < count; ++r) {
    float* z = lane.z.data() + r * zStride_;
    const std::size_t i = first + r;
    const float mass = rows_.mass[i], scale = mass / lane.sum[r];
    if (hard) {
      // The other classes by themselves: 1 - p, and log(1 / p), lose every digit where p is nearly 1.
      const std::int32_t label = rows_.labels[i];
      double others = 0;
      for (std::size_t c = 0; c < outputs_; ++c) others += static_cast<std::int32_t>(c) == label ? 0.0 : z[c];
      const bool likeliest = own[r] >= lane.peak[r];
      loss += mass * (likeliest ? std::log1p(others) : std::log(others + z[label]) + lane.peak[r] - own[r]);
      for (std::size_t c = 0; c < outputs_; ++c) z[c] *= scale;
      z[label] = static_cast<float>(-others * scale);
    } else {
      loss += mass * (std::log(static_cast<double>(lane.sum[r])) + lane.peak[r]) - own[r];
      const float* t = rows_.soft.data() + i * rows_.softStride;
      for (std::size_t c = 0; c < outputs_; ++c) z[c] = z[c] * scale - t[c];
    }
    for (std::size_t c = 0; c < outputs_; ++c) bias[c] += z[c];
  }
  return loss;
}

double LogisticObjective::sigmoidBlock(Lane& lane, std::size_t first, std::size_t count, double* bias) const {
  double loss = 0;
  for (std::size_t r = 0; r < count; ++r) {
    const std::size_t i = first + r;
    const double z = static_cast<double>(lane.z[r]) + bias_[0];
    const double mass = rows_.mass[i];
    const double positive = rows_.labels.empty() ? rows_.soft[i * rows_.softStride] : (rows_.labels[i] == 1 ? mass : 0);
    const double e = std::exp(-std::abs(z)), minor = e / (1 + e);  // The less likely side's probability.
    const double likely = z >= 0 ? positive : mass - positive;     // Target of the likelier side.
    loss += mass * std::log1p(e) + (mass - likely) * std::abs(z);
    const double residual = (z >= 0 ? 1 : -1) * (mass - likely - mass * minor);
    lane.z[r] = static_cast<float>(residual);
    bias[0] += residual;
  }
  return loss;
}

double LogisticObjective::neutralSpread() const {
  if (outputs_ == 1) return 0.25;
  const double k = static_cast<double>(outputs_);
  return (1 - 1 / k) / k;
}

std::vector<double> LogisticObjective::diagonal(double c) const {
  std::vector<double> square(features_);
  std::size_t count = 0;
  std::size_t total = 0;
  for (const auto& r : ranges_) total += r.end - r.begin;
  const std::size_t every = std::max<std::size_t>(1, total / 512);  // A sample is enough for a scale.
  for (const auto& range : ranges_) {
    for (std::size_t i = range.begin; i < range.end; i += every, ++count) {
      const auto row = rows_.x.row(i);
      for (std::size_t j = 0; j < features_; ++j) square[j] += static_cast<double>(row[j]) * row[j];
    }
  }
  for (auto& v : square) v /= static_cast<double>(count);
  return diagonal(c, square);
}

std::vector<double> LogisticObjective::diagonal(double c, std::span<const double> meanSquare) const {
  std::vector<double> inverse(parameters(), 1 / c);
  for (std::size_t o = 0; o < outputs_; ++o)
    for (std::size_t j = 0; j < stride_; ++j) inverse[o * stride_ + j] = 1 / (c * (j < features_ ? meanSquare[j] : 0) + penalty_);
  return inverse;
}

LinearHead LogisticObjective::head(std::span<const double> w) const {
  LinearHead head{Matrix{outputs_, features_}, std::vector<float>(outputs_)};
  for (std::size_t o = 0; o < outputs_; ++o) {
    for (std::size_t j = 0; j < features_; ++j) head.weights(o, j) = static_cast<float>(w[o * stride_ + j]);
    head.bias[o] = static_cast<float>(w[outputs_ * stride_ + o]);
  }
  return head;
}

std::vector<double> LogisticObjective::parametersOf(const LinearHead& head) const {
  std::vector<double> w(parameters());
  for (std::size_t o = 0; o < outputs_; ++o) {
    for (std::size_t j = 0; j < features_; ++j) w[o * stride_ + j] = head.weights(o, j);
    w[outputs_ * stride_ + o] = head.bias[o];
  }
  return w;
}

}  // namespace patchbay::learn
