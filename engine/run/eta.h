// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace patchbay {

/// Seconds until a phase ends, from its progress so far: the rate since it began, drawn towards the rate of the last
/// seconds, so that a slow start is forgotten and a short stall is not believed.
class Eta {
 public:
  std::optional<double> update(const std::string& phase, std::int64_t done, std::int64_t total, double t) {
    if (phase != phase_ || done < done_) {
      phase_ = phase;
      start_ = last_ = t;
      startDone_ = done_ = done;
      rate_ = 0;
      return std::nullopt;
    }
    if (const double dt = t - last_; dt >= .2 && done > done_) {
      const double now = static_cast<double>(done - done_) / dt;
      const double weight = rate_ > 0 ? 1 - std::exp(-dt / 5) : 1;
      rate_ += weight * (now - rate_);
      last_ = t;
      done_ = done;
    }
    const double elapsed = t - start_;
    if (total <= 0 || rate_ <= 0 || elapsed < .5) return std::nullopt;
    const double average = static_cast<double>(done_ - startDone_) / std::max(elapsed, 1e-3);
    return static_cast<double>(std::max<std::int64_t>(0, total - done)) / (.5 * (average + rate_));
  }

 private:
  std::string phase_;
  double start_ = 0, last_ = 0, rate_ = 0;
  std::int64_t startDone_ = 0, done_ = 0;
};

}  // namespace patchbay
