// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/torch/trainer.h"

namespace patchbay::torch {

/// SplitMix64 (Steele, Lea & Flood 2014): the same sequence on every machine, and any position costs nothing to reach.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}
  std::uint64_t next();
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }  ///< [0, 1)
  std::int64_t below(std::int64_t n);                                       ///< [0, n), unbiased.
  double normal();
  double gamma(double shape);  ///< Marsaglia & Tsang 2000.
  double beta(double a);       ///< Beta(a, a).

 private:
  std::uint64_t state_;
};

/// One seed from several numbers; neighbouring inputs give unrelated seeds.
std::uint64_t mixSeed(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0);

/// The order of the examples. An epoch's order follows from seed and epoch alone, so that a position is just a step number.
class Sampler {
 public:
  /// A last batch of fewer than `least` examples is left out (batch statistics of one mean nothing).
  Sampler(std::int64_t size, std::int64_t batch, std::uint64_t seed, std::int64_t least);
  std::int64_t stepsPerEpoch() const { return steps_; }
  std::int64_t epochOf(std::int64_t step) const { return step / steps_; }
  std::uint64_t seedOf(std::int64_t step) const { return mixSeed(seed_, 1, static_cast<std::uint64_t>(epochOf(step))); }
  std::vector<std::int64_t> items(std::int64_t step);

 private:
  std::int64_t size_, batch_, steps_;
  std::uint64_t seed_;
  std::int64_t shuffledEpoch_ = -1;
  std::vector<std::int64_t> order_;
};

/// Mixes a batch with itself in another order, as the options say; `pictureShape` is {channels, height, width} for CutMix.
void mixBatch(const TrainOptions& options, std::span<const std::int64_t> pictureShape, Random random, std::int64_t count,
              const BatchView& batch);

}  // namespace patchbay::torch
