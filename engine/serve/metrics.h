// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace patchbay::serve {

/// What the endpoint did, for Prometheus (text format 0.0.4). Every member may be called from every thread.
class Metrics {
 public:
  void answered(const std::string& model, int status);
  /// From the arrival of the whole request to its answer.
  void took(const std::string& model, double seconds);
  void predicted(const std::string& model, std::size_t pictures);
  void batch(std::size_t pictures);
  void reloaded(const std::string& model, bool good);
  void refusedConnection();

  struct Now {
    std::size_t connections = 0, waiting = 0;
  };
  std::string text(const Now& now) const;

 private:
  static constexpr std::array<double, 12> bounds{.005, .01, .02, .03, .05, .1, .2, .5, 1, 2, 5, 10};
  struct Histogram {
    std::array<std::uint64_t, bounds.size()> counts{};  ///< At most the bound.
    std::uint64_t all = 0;
    double sum = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, std::uint64_t> pictures_;
  std::map<std::string, Histogram> seconds_;
  std::map<std::pair<std::string, bool>, std::uint64_t> reloads_;
  std::uint64_t batches_ = 0, batched_ = 0, refused_ = 0;
};

}  // namespace patchbay::serve
