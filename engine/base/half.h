// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>

namespace patchbay {

/// IEEE 754 binary16 from binary32, round to nearest even; overflow becomes infinity.
inline std::uint16_t toHalf(float f) {
  const auto x = std::bit_cast<std::uint32_t>(f);
  const std::uint32_t sign = x >> 16 & 0x8000;
  std::uint32_t rest = x & 0x7FFFFFFF;
  if (rest >= 0x7F800000) return static_cast<std::uint16_t>(sign | 0x7C00 | (rest > 0x7F800000 ? 0x200 : 0));
  if (rest >= 0x477FF000) return static_cast<std::uint16_t>(sign | 0x7C00);
  if (rest < 0x38800000) {
    // Subnormal: adding the right power of two makes the hardware round at the last kept bit.
    const float shifted = std::bit_cast<float>(rest) + std::bit_cast<float>(0x3F000000u);
    return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3F000000u));
  }
  rest += 0xC8000FFFu + (rest >> 13 & 1);
  return static_cast<std::uint16_t>(sign | rest >> 13);
}

inline float fromHalf(std::uint16_t h) {
  const std::uint32_t sign = static_cast<std::uint32_t>(h & 0x8000) << 16;
  const std::uint32_t rest = h & 0x7FFFu;
  if (rest >= 0x7C00) return std::bit_cast<float>(sign | 0x7F800000 | (rest & 0x3FF) << 13);
  if (rest < 0x400) {
    const float v = static_cast<float>(rest) * 0x1p-24f;
    return sign ? -v : v;
  }
  return std::bit_cast<float>(sign | ((rest << 13) + 0x38000000u));
}

}  // namespace patchbay
