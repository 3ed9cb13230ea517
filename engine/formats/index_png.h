// SPDX-License-Identifier: Apache-2.0
// PNG files whose pixels are numbers, not colours; not part of the public interface.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/formats/geometry.h"

namespace patchbay::formats {

struct IndexPng {
  int width = 0, height = 0;
  bool colours = false;               ///< Pixels are 0xRRGGBB, not indices.
  std::vector<std::uint32_t> pixels;  ///< Row by row.
};
/// Palette and grey pictures of any depth as indices, RGB(A) as colours; nothing for what is no whole PNG of sensible size.
std::optional<IndexPng> readIndexPng(std::span<const std::uint8_t> bytes);
/// With a palette, one of the usual colours each (the VOC colour map).
std::string writeIndexPng(const Bitmap& bitmap);
/// Grey: 0 and 255.
std::string writeMaskPng(const Bitmap& bitmap);
/// The VOC colour map: bits of the index spread over the channels.
std::array<std::uint8_t, 3> indexColour(std::size_t index);

}  // namespace patchbay::formats
