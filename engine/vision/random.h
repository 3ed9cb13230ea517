// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <cstdint>

namespace patchbay::vision {

/// What a picture's random choices depend on, and nothing else: not the thread, not the order.
struct RandomKey {
  std::uint64_t seed = 0;
  std::uint64_t item = 0;
  std::uint64_t epoch = 0;
};

/// A counter-based generator: number k is a hash of (key, stream, k). The hash is SplitMix64's finaliser (Steele, Lea and
/// Flood 2014). Same numbers on every machine; the distributions below use no library's.
class Random {
 public:
  explicit Random(const RandomKey& key, std::uint64_t stream = 0) : state_{mix(mix(mix(mix(key.seed) ^ key.item) ^ key.epoch) ^ stream)} {}

  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15u); }
  /// In [0, 1), 53 bits.
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * unit(); }
  /// In 0..n-1. Requires n >= 1.
  std::uint64_t below(std::uint64_t n) { return static_cast<std::uint64_t>(unit() * static_cast<double>(n)); }
  bool chance(double probability) { return unit() < probability; }
  double normal() {
    const double u = 1 - unit();
    return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * unit());
  }
  /// Marsaglia and Tsang 2000. Requires shape > 0.
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(1 - unit(), 1 / shape);
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    while (true) {
      const double x = normal();
      const double v = std::pow(1 + c * x, 3);
      if (v > 0 && std::log(1 - unit()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }
  double beta(double a, double b) {
    const double x = gamma(a);
    const double y = gamma(b);
    return x + y > 0 ? x / (x + y) : 0.5;
  }

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace patchbay::vision
