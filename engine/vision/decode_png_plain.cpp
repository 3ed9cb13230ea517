// SPDX-License-Identifier: Apache-2.0
#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "engine/vision/codec.h"

namespace patchbay::vision::codec {

namespace {

struct Free {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

constexpr std::size_t kHeader = 8, kChunk = 12;  // Signature; length, type and checksum of a chunk.

/// Chunks that say nothing of the pixels.
bool silent(Bytes bytes, std::size_t type) {
  for (const char* name : {"tEXt", "tIME", "pHYs", "gAMA", "cHRM", "sRGB", "bKGD"})
    if (startsWith(bytes, name, type)) return true;
  return false;
}

/// The compressed pixels: chunks in a row, joined in `store` where there are several. Empty when anything is unusual or unsound.
Bytes compressedPixels(Bytes bytes, std::vector<std::uint8_t>& store) {
  Reader in{bytes, true};
  std::vector<Bytes> parts;
  for (std::size_t at = kHeader; at + kChunk <= bytes.size();) {
    const std::size_t length = in.u32(at), type = at + 4;
    if (length > bytes.size() - at - kChunk) return {};
    const bool pixels = startsWith(bytes, "IDAT", type);
    if (!pixels && !parts.empty()) break;
    if (!pixels && !silent(bytes, type) && !(at == kHeader && startsWith(bytes, "IHDR", type))) return {};
    if (libdeflate_crc32(0, bytes.data() + type, length + 4) != in.u32(type + 4 + length)) return {};
    if (pixels) parts.push_back(bytes.subspan(type + 4, length));
    at += kChunk + length;
  }
  if (parts.size() == 1) return parts.front();
  for (const auto& part : parts) store.insert(store.end(), part.begin(), part.end());
  return store;
}

/// The neighbour that is nearest to left + up - corner; of equals left before up before corner (PNG specification, 9.4). In terms of
/// `left` alone, which is known last: between up and 3 corner - 2 up it is the one of the other two that lies on left's side of
/// the middle, everywhere else left itself. Without branches, which would be guessed wrongly all the time.
[[gnu::always_inline]] inline int nearest(int left, int up, int corner) {
  const int far = 3 * corner - 2 * up;
  const int above = -static_cast<int>(2 * left + up - 3 * corner >= static_cast<int>(up < corner));
  const int inner = (std::max(up, corner) & above) | (std::min(up, corner) & ~above);
  const int outside = -(static_cast<int>(left <= std::min(up, far)) | static_cast<int>(left >= std::max(up, far)));
  return (left & outside) | (inner & ~outside);
}

constexpr std::size_t kRows = 8;
using Lanes = std::int16_t __attribute__((vector_size(2 * kRows)));

[[gnu::always_inline]] inline Lanes nearest(Lanes left, Lanes up, Lanes corner) {
  const Lanes far = 3 * corner - 2 * up;
  const Lanes low = up < far ? up : far, high = up < far ? far : up;
  const Lanes less = up < corner ? up : corner, more = up < corner ? corner : up;
  const Lanes inner = 2 * left + up - 3 * corner + (up < corner) >= 0 ? more : less;
  return ((left <= low) | (left >= high)) ? left : inner;
}

/// Eight rows of `n` bytes, a byte a pixel, that all have filter 4. Each is worked on a pixel behind the one above it, so that what
/// a pixel needs of other rows was made a step ago, and eight are made at a time. `raw` is the first row's filter.
void unfilterEightPaeth(const std::uint8_t* raw, const std::uint8_t* above, std::uint8_t* out, std::size_t n) {
  Lanes left{}, up{};
  const auto step = [&](std::size_t t, Lanes in) {
    const Lanes corner = up;
    up = __builtin_shufflevector(left, left, 0, 0, 1, 2, 3, 4, 5, 6);
    up[0] = t < n ? above[t] : 0;
    left = (in + nearest(left, up, corner)) & 255;
  };
  // The lane of row k is at pixel t - k. Before its first pixel it holds nought, as the specification has it left of the picture.
  const auto edge = [&](std::size_t t) {
    const auto inside = [&](std::size_t k) { return t >= k && t - k < n; };
    Lanes in{};
    for (std::size_t k = 0; k < kRows; ++k)
      if (inside(k)) in[k] = raw[k * (n + 1) + 1 + t - k];
    step(t, in);
    for (std::size_t k = 0; k < kRows; ++k)
      if (inside(k)) out[k * n + t - k] = static_cast<std::uint8_t>(left[k]);
  };
  std::size_t t = 0;
  for (; t < kRows - 1; ++t) edge(t);
  for (; t < n; ++t) {
    const auto* from = raw + 1 + t;
    step(t, Lanes{from[0], from[n], from[2 * n], from[3 * n], from[4 * n], from[5 * n], from[6 * n], from[7 * n]});
    auto* to = out + t;
    for (std::size_t k = 0; k < kRows; ++k, to += n - 1) *to = static_cast<std::uint8_t>(left[k]);
  }
  for (; t < n + kRows - 1; ++t) edge(t);
}

/// One row with its filter taken back, `n` bytes of `step` a pixel; `above` is the row before, nought for the first. False: no such
/// filter. PNG specification, section 9.2.
template <std::size_t step>
bool unfilter(int filter, const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t n) {
  const auto byte = [](int v) { return static_cast<std::uint8_t>(v); };
  switch (filter) {
    case 0:
      std::memcpy(out, in, n);
      return true;
    case 1:
      std::memcpy(out, in, step);
      for (std::size_t i = step; i < n; ++i) out[i] = byte(in[i] + out[i - step]);
      return true;
    case 2:
      for (std::size_t i = 0; i < n; ++i) out[i] = byte(in[i] + above[i]);
      return true;
    case 3:
      for (std::size_t i = 0; i < step; ++i) out[i] = byte(in[i] + above[i] / 2);
      for (std::size_t i = step; i < n; ++i) out[i] = byte(in[i] + (out[i - step] + above[i]) / 2);
      return true;
    case 4: {
      int left[step] = {}, corner[step] = {};
      for (std::size_t i = 0; i < n; i += step)
        for (std::size_t c = 0; c < step; ++c) {
          const int up = above[i + c];
          left[c] = byte(in[i + c] + nearest(left[c], up, corner[c]));
          corner[c] = up;
          out[i + c] = byte(left[c]);
        }
      return true;
    }
    default:
      return false;
  }
}

template <std::size_t step>
bool unfilterAll(const std::uint8_t* raw, std::uint8_t* out, std::size_t rowBytes, std::size_t height) {
  const std::vector<std::uint8_t> nought(rowBytes);
  const std::uint8_t* above = nought.data();
  const auto paeth = [&](std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i)
      if (raw[i * (rowBytes + 1)] != 4) return false;
    return true;
  };
  for (std::size_t y = 0; y < height;) {
    const std::size_t rows = step == 1 && rowBytes >= kRows && height - y >= kRows && paeth(kRows) ? kRows : 1;
    if (rows > 1) unfilterEightPaeth(raw, above, out, rowBytes);
    else if (!unfilter<step>(raw[0], raw + 1, above, out, rowBytes)) return false;
    y += rows;
    raw += rows * (rowBytes + 1);
    out += rows * rowBytes;
    above = out - rowBytes;
  }
  return true;
}

}  // namespace

std::optional<Image> decodePlainPng(Bytes bytes, const DecodeInfo& info) {
  const bool grey = info.source == PixelSource::Grey, rgb = info.source == PixelSource::Rgb;
  // Compression, filter and interlace methods are the last three bytes of the header.
  if (info.bits != 8 || (!grey && !rgb) || bytes.size() < kHeader + kChunk + 13 || bytes[26] != 0 || bytes[27] != 0 || bytes[28] != 0)
    return {};
  std::vector<std::uint8_t> store;
  const auto packed = compressedPixels(bytes, store);
  const std::unique_ptr<libdeflate_decompressor, Free> inflate{libdeflate_alloc_decompressor()};
  if (packed.empty() || !inflate) return {};
  Image image{info.width, info.height, grey ? 1 : 3};
  const auto rowBytes = static_cast<std::size_t>(info.width) * (grey ? 1 : 3);
  const auto size = (rowBytes + 1) * static_cast<std::size_t>(info.height);
  const auto raw = std::make_unique_for_overwrite<std::uint8_t[]>(size);
  if (libdeflate_zlib_decompress(inflate.get(), packed.data(), packed.size(), raw.get(), size, nullptr) != LIBDEFLATE_SUCCESS) return {};
  const auto height = static_cast<std::size_t>(info.height);
  const bool good =
      grey ? unfilterAll<1>(raw.get(), image.data(), rowBytes, height) : unfilterAll<3>(raw.get(), image.data(), rowBytes, height);
  if (!good) return {};
  return image;
}

}  // namespace patchbay::vision::codec
