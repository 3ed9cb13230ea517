// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "engine/vision/image.h"

namespace patchbay::vision {

enum class Interpolation : std::uint8_t { Bilinear, Bicubic };
std::string_view toString(Interpolation interpolation);  ///< "bilinear", "bicubic"

/// A rectangle of the resized picture, in its pixels.
struct Part {
  std::int64_t x = 0;
  std::int64_t y = 0;
  int width = 0;
  int height = 0;
};

/// The picture resampled to width x height with antialiasing: the filter (triangle, or Keys' cubic with a = -0.5) is widened
/// by the reduction, applied to rows and then to columns, each rounded to 8 bits, with weights of 22 fractional bits. This is
/// the method of Pillow's Image.resize, and the results are equal. Requires width, height >= 1 and a picture that is not empty.
Image resize(const Image& image, int width, int height, Interpolation interpolation);

/// The same, but only `part` of the result is computed: the pixels equal those of the whole. Requires that it lies inside.
/// Memory and time follow the part and the input, not width x height.
Image resizePart(const Image& image, std::int64_t width, std::int64_t height, Interpolation interpolation, const Part& part);

}  // namespace patchbay::vision
