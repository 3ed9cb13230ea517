// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace patchbay::vision {

/// For each output position the run of inputs it is made of, with fixed-point weights.
struct Kernel {
  static constexpr int precision = 22;  ///< Fractional bits: 32 less 8 of the pixel and 2 for sums beyond its range.

  std::size_t taps = 0;  ///< Room a position has in `weights`.
  std::vector<int> first;
  std::vector<int> count;
  std::vector<std::int32_t> weights;

  int begin() const { return *std::ranges::min_element(first); }  ///< The first input that any position needs.
  int end() const {                                               ///< One past the last.
    int e = 0;
    for (std::size_t i = 0; i < first.size(); ++i) e = std::max(e, first[i] + count[i]);
    return e;
  }
};

}  // namespace patchbay::vision
