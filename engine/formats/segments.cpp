// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/segments.h"

#include <unordered_map>

namespace patchbay::formats {

std::map<std::int64_t, Runs> runsOfSegments(const IndexPng& picture, std::span<const std::int64_t> wanted) {
  struct Found {
    Runs runs;
    std::size_t end = 0;  ///< Behind the last run.
  };
  std::unordered_map<std::int64_t, Found> found;
  for (const auto id : wanted) found.try_emplace(id);
  const auto w = static_cast<std::size_t>(picture.width), h = static_cast<std::size_t>(picture.height);
  Found* last = nullptr;
  std::uint32_t before = 0;
  for (std::size_t x = 0, at = 0; x < w; ++x)
    for (std::size_t y = 0; y < h; ++y, ++at) {
      const auto colour = picture.pixels[y * w + x];
      if (at == 0 || colour != before) {
        const auto id = picture.colours ? (colour & 255) << 16 | (colour & 0xFF00) | colour >> 16 : colour;
        const auto known = found.find(id);
        last = known == found.end() ? nullptr : &known->second;
        before = colour;
      }
      if (!last) continue;
      if (!last->runs.empty() && last->end == at) ++last->runs.back();
      else last->runs.insert(last->runs.end(), {static_cast<std::uint32_t>(at - last->end), 1U});
      last->end = at + 1;
    }
  std::map<std::int64_t, Runs> to;
  for (auto& [id, one] : found) {
    if (one.runs.empty()) continue;
    if (one.end < w * h) one.runs.push_back(static_cast<std::uint32_t>(w * h - one.end));
    to[id] = std::move(one.runs);
  }
  return to;
}

}  // namespace patchbay::formats
