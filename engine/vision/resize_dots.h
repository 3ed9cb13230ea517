// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/vision/resize_kernel.h"

namespace patchbay::vision {

/// The horizontal pass over 16 rows of three channels with dot products of bytes (AVX512-VNNI): a weight is cut into three
/// signed bytes, each multiplied with four pixels of 16 rows in one instruction, and the sums are put together again, so that
/// the results are those of the 32-bit sums, bit by bit.
class DotFilter {
 public:
  /// Whether this processor has the instructions.
  static bool available();

  /// `width`: of the rows, in pixels; the kernel's runs lie in it.
  DotFilter(const Kernel& kernel, int width);

  /// `rows`: 16 pointers to 3 * width bytes. `out`: 16 bytes, one of each row, for each channel of each output position.
  void run(const std::uint8_t* const* rows, std::uint8_t* out);

 private:
  void gather(const std::uint8_t* const* rows);
  void filter(std::uint8_t* out) const;

  std::size_t rowBytes_ = 0;
  std::size_t firstQuad_ = 0;          ///< Pixels are read in fours, beginning with this one.
  std::vector<std::uint8_t> quads_;    ///< Of each four pixels: 16 rows x 4 bytes of the first channel, the second, the third.
  std::vector<std::uint32_t> from_;    ///< Of each position: its first four pixels, counted from firstQuad_,
  std::vector<std::uint32_t> count_;   ///< and how many fours it is made of.
  std::vector<std::int32_t> weights_;  ///< Of each position and four pixels: low, middle and high bytes of four weights.
  std::size_t weightsOfOne_ = 0;
};

}  // namespace patchbay::vision
