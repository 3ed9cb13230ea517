// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/sampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace patchbay::torch {
namespace {

std::vector<std::int64_t> permutation(std::int64_t n, Random& random) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  for (std::int64_t i = n - 1; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
  return order;
}

/// rows[i] = lambda rows[i] + (1 - lambda) old rows[other[i]]
void blend(std::span<float> rows, std::span<const std::int64_t> other, float lambda) {
  const auto width = rows.size() / other.size();
  const std::vector<float> old(rows.begin(), rows.end());
  for (std::size_t i = 0; i < other.size(); ++i)
    for (std::size_t k = 0; k < width; ++k) rows[i * width + k] = lambda * old[i * width + k] + (1 - lambda) * old[other[i] * width + k];
}

/// Pastes a rectangle of about (1 - lambda) of the picture; returns the part that was kept.
float paste(std::span<float> inputs, std::span<const std::int64_t> shape, std::span<const std::int64_t> other, double lambda,
            Random& random) {
  const std::int64_t channels = shape[0], height = shape[1], width = shape[2];
  const double side = std::sqrt(1 - lambda);
  const auto half = [&](std::int64_t n) { return static_cast<std::int64_t>(side * static_cast<double>(n) / 2); };
  const std::int64_t cy = random.below(height), cx = random.below(width);
  const auto top = std::max<std::int64_t>(0, cy - half(height)), bottom = std::min(height, cy + half(height));
  const auto left = std::max<std::int64_t>(0, cx - half(width)), right = std::min(width, cx + half(width));
  const std::vector<float> old(inputs.begin(), inputs.end());
  for (std::size_t i = 0; i < other.size(); ++i)
    for (std::int64_t c = 0; c < channels; ++c)
      for (std::int64_t y = top; y < bottom; ++y) {
        const auto row = [&](std::int64_t item) { return ((item * channels + c) * height + y) * width; };
        std::copy_n(old.begin() + row(other[i]) + left, right - left, inputs.begin() + row(static_cast<std::int64_t>(i)) + left);
      }
  return 1 - static_cast<float>((bottom - top) * (right - left)) / static_cast<float>(height * width);
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

std::int64_t Random::below(std::int64_t n) {
  const auto bound = static_cast<std::uint64_t>(n);
  const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
  std::uint64_t x = next();
  while (x >= limit) x = next();
  return static_cast<std::int64_t>(x % bound);
}

double Random::normal() {
  const double u = 1 - uniform(), v = uniform();
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
}

double Random::gamma(double shape) {
  if (shape < 1) return gamma(shape + 1) * std::pow(1 - uniform(), 1 / shape);
  const double d = shape - 1. / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal(), cube = 1 + c * x;
    if (cube <= 0) continue;
    const double v = cube * cube * cube;
    if (std::log(1 - uniform()) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
  }
}

double Random::beta(double a) {
  const double x = gamma(a), y = gamma(a);
  return x + y > 0 ? x / (x + y) : .5;
}

std::uint64_t mixSeed(std::uint64_t seed, std::uint64_t a, std::uint64_t b) {
  return Random{Random{Random{seed}.next() ^ a}.next() ^ b}.next();
}

Sampler::Sampler(std::int64_t size, std::int64_t batch, std::uint64_t seed, std::int64_t least) : size_{size}, batch_{batch}, seed_{seed} {
  steps_ = (size + batch - 1) / batch;
  if (steps_ > 1 && size % batch != 0 && size % batch < least) --steps_;
}

std::vector<std::int64_t> Sampler::items(std::int64_t step) {
  if (const auto epoch = epochOf(step); epoch != shuffledEpoch_) {
    Random random{mixSeed(seed_, 0, static_cast<std::uint64_t>(epoch))};
    order_ = permutation(size_, random);
    shuffledEpoch_ = epoch;
  }
  const auto begin = step % steps_ * batch_;
  return {order_.begin() + begin, order_.begin() + std::min(begin + batch_, size_)};
}

void mixBatch(const TrainOptions& options, std::span<const std::int64_t> pictureShape, Random random, std::int64_t count,
              const BatchView& batch) {
  const bool cut = options.cutmix > 0 && pictureShape.size() == 3, mix = options.mixup > 0;
  if (count < 2 || (!cut && !mix)) return;
  const bool useCut = cut && (!mix || random.uniform() < .5);
  const auto other = permutation(count, random);
  auto lambda = static_cast<float>(random.beta(useCut ? options.cutmix : options.mixup));
  if (useCut) lambda = paste(batch.inputs, pictureShape, other, lambda, random);
  else blend(batch.inputs, other, lambda);
  blend(batch.targets, other, lambda);
}

}  // namespace patchbay::torch
