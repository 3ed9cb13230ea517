// SPDX-License-Identifier: Apache-2.0
// Label Studio's masks; not part of the public interface.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/formats/geometry.h"

namespace patchbay::formats {

/// A mask as Label Studio packs it: four words of eight bits a pixel (red, green, blue, alpha), row by row, in the run length
/// encoding described at docs.thi.ng/umbrella/rle-pack. Nothing unless there are exactly width * height pixels; those whose alpha
/// is not 0 are the mask.
std::optional<Bitmap> unpackBrush(std::span<const std::uint8_t> packed, int width, int height);
/// What is not 0 becomes 255 in all four words.
std::vector<std::uint8_t> packBrush(const Bitmap& bitmap);

}  // namespace patchbay::formats
