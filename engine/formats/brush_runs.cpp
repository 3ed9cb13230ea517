// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/brush_runs.h"

#include <algorithm>
#include <array>

namespace patchbay::formats {
namespace {

constexpr std::uint64_t wordsOfPixel = 4;
/// How many bits a run's length may take; the ones Label Studio uses.
constexpr std::array<unsigned, 4> lengthBits{3, 4, 8, 16};

class BitsIn {
 public:
  explicit BitsIn(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}
  /// The highest first; 0 once there are none left, which `over` tells.
  std::uint32_t take(unsigned bits) {
    std::uint32_t v = 0;
    for (; bits > 0; --bits, ++at_) v = v << 1 | (at_ / 8 < bytes_.size() ? bytes_[at_ / 8] >> (7 - at_ % 8) & 1U : 0U);
    return v;
  }
  bool over() const { return at_ > 8 * bytes_.size(); }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

class BitsOut {
 public:
  std::vector<std::uint8_t> bytes;
  void put(std::uint32_t v, unsigned bits) {
    for (; bits > 0; --bits, ++at_) {
      if (at_ % 8 == 0) bytes.push_back(0);
      bytes.back() = static_cast<std::uint8_t>(bytes.back() | (v >> (bits - 1) & 1U) << (7 - at_ % 8));
    }
  }

 private:
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Bitmap> unpackBrush(std::span<const std::uint8_t> packed, int width, int height) {
  const auto pixels = static_cast<std::int64_t>(width) * height;
  if (width <= 0 || height <= 0 || pixels > mostMaskPixels) return std::nullopt;
  BitsIn in{packed};
  const std::uint64_t words = in.take(32);
  if (words != wordsOfPixel * static_cast<std::uint64_t>(pixels) || in.take(5) + 1 != 8) return std::nullopt;
  std::array<unsigned, 4> bits{};
  for (auto& one : bits) one = in.take(4) + 1;
  Bitmap bitmap{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels), 0)};
  const auto word = [&](std::uint64_t at, std::uint32_t v) {
    if (at % wordsOfPixel == wordsOfPixel - 1) bitmap.pixels[at / wordsOfPixel] = v != 0;
  };
  for (std::uint64_t at = 0; at < words;) {
    const bool run = in.take(1) != 0;
    const auto end = at + 1 + in.take(bits[in.take(2)]);
    if (end > words || in.over()) return std::nullopt;
    if (run) {
      for (const auto v = in.take(8); at < end; ++at) word(at, v);
    } else {
      for (; at < end; ++at) word(at, in.take(8));
    }
    if (in.over()) return std::nullopt;
  }
  return bitmap;
}

std::vector<std::uint8_t> packBrush(const Bitmap& bitmap) {
  BitsOut out;
  out.put(static_cast<std::uint32_t>(wordsOfPixel * bitmap.pixels.size()), 32);
  out.put(7, 5);
  for (const auto bits : lengthBits) out.put(bits - 1, 4);
  for (std::size_t at = 0; at < bitmap.pixels.size();) {
    const bool on = bitmap.pixels[at] != 0;
    auto end = at;
    while (end < bitmap.pixels.size() && (bitmap.pixels[end] != 0) == on) ++end;
    for (auto words = wordsOfPixel * (end - at); words > 0;) {
      const auto length = std::min<std::uint64_t>(words, std::uint64_t{1} << lengthBits.back());
      std::uint32_t size = 0;
      while (length > std::uint64_t{1} << lengthBits[size]) ++size;
      out.put(1, 1);
      out.put(size, 2);
      out.put(static_cast<std::uint32_t>(length - 1), lengthBits[size]);
      out.put(on ? 255 : 0, 8);
      words -= length;
    }
    at = end;
  }
  return std::move(out.bytes);
}

}  // namespace patchbay::formats
