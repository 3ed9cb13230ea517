// SPDX-License-Identifier: Apache-2.0
// Windows bitmaps: headers of 12, 40, 52, 56, 64, 108 and 124 bytes; 1, 4, 8, 16, 24 and 32 bits; plain, RLE4, RLE8 and bit fields.
// Microsoft: "Bitmap Storage", "Bitmap Compression".
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "engine/vision/codec.h"

namespace patchbay::vision::codec {

namespace {

enum Compression : std::uint32_t { kPlain = 0, kRle8 = 1, kRle4 = 2, kBitFields = 3, kAlphaBitFields = 6 };

struct Header {
  std::size_t pixelOffset = 0;
  std::size_t headerSize = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  bool topDown = false;
  std::uint32_t bits = 0;
  std::uint32_t compression = kPlain;
  std::uint32_t colours = 0;
  std::array<std::uint32_t, 3> masks{};
};

Result<Header> readHeader(Bytes bytes) {
  Reader in{bytes};
  Header h;
  h.pixelOffset = in.u32(10);
  h.headerSize = in.u32(14);
  const bool old = h.headerSize == 12;
  h.width = old ? static_cast<std::int64_t>(in.u16(18)) : in.i32(18);
  h.height = old ? static_cast<std::int64_t>(in.u16(20)) : in.i32(22);
  h.bits = in.u16(old ? 24 : 28);
  if (!old) {
    h.compression = in.u32(30);
    h.colours = in.u32(46);
  }
  if (!in.ok) return truncated(Format::Bmp);
  constexpr std::array<std::size_t, 7> known{12, 40, 52, 56, 64, 108, 124};
  if (std::find(known.begin(), known.end(), h.headerSize) == known.end()) return damaged(Format::Bmp, "its header has an unknown length");
  if (h.height < 0) {
    h.topDown = true;
    h.height = -h.height;
  }
  if (h.width < 1 || h.width > 0x7FFFFFFF || h.height < 1 || h.height > 0x7FFFFFFF)
    return damaged(Format::Bmp, "its header holds an impossible size");
  if (h.compression == kBitFields || h.compression == kAlphaBitFields) {
    if (h.bits != 16 && h.bits != 32) return damaged(Format::Bmp, "bit fields need 16 or 32 bits a pixel");
    for (std::size_t i = 0; i < 3; ++i) h.masks[i] = in.u32(54 + 4 * i);
    if (!in.ok) return truncated(Format::Bmp);
  } else if (h.bits == 16) {
    h.masks = {0x7C00, 0x03E0, 0x001F};
  } else {
    h.masks = {0xFF0000, 0x00FF00, 0x0000FF};
  }
  const bool rle = (h.compression == kRle8 && h.bits == 8) || (h.compression == kRle4 && h.bits == 4);
  const bool bitsKnown = h.bits == 1 || h.bits == 4 || h.bits == 8 || h.bits == 16 || h.bits == 24 || h.bits == 32;
  if (!bitsKnown) return unsupported(Format::Bmp, "it has " + std::to_string(h.bits) + " bits a pixel");
  if (!rle && h.compression != kPlain && h.compression != kBitFields && h.compression != kAlphaBitFields) {
    return unsupported(Format::Bmp, "it is compressed in an unusual way");
  }
  if (rle && h.topDown) return damaged(Format::Bmp, "a run-length picture cannot be stored top down");
  for (const std::uint32_t mask : h.masks) {
    // One run of set bits, or the channel is not there.
    if (mask && ((mask >> std::countr_zero(mask)) & ((mask >> std::countr_zero(mask)) + 1)) != 0)
      return damaged(Format::Bmp, "a colour mask has gaps");
  }
  return h;
}

std::vector<std::uint8_t> readPalette(Bytes bytes, const Header& h) {
  std::vector<std::uint8_t> palette(256 * 3, 0);
  const std::size_t entry = h.headerSize == 12 ? 3 : 4;
  const std::size_t start = 14 + h.headerSize;
  std::size_t count = h.colours && h.colours <= 256 ? h.colours : std::size_t{1} << h.bits;
  if (h.pixelOffset > start) count = std::min(count, (h.pixelOffset - start) / entry);
  Reader in{bytes};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < 3; ++c) palette[3 * i + c] = static_cast<std::uint8_t>(in.u8(start + entry * i + 2 - c));
  }
  return palette;
}

bool isGreyRamp(const std::vector<std::uint8_t>& palette, std::uint32_t bits) {
  const std::size_t count = std::size_t{1} << bits;
  for (std::size_t i = 0; i < count * 3; ++i) {
    if (palette[i] != 255 * (i / 3) / (count - 1)) return false;
  }
  return true;
}

/// Run-length data to one index a byte, bottom row first. Skipped pixels stay 0.
Result<std::vector<std::uint8_t>> unpackRle(Bytes data, const Header& h) {
  const std::size_t width = static_cast<std::size_t>(h.width);
  const std::size_t height = static_cast<std::size_t>(h.height);
  std::vector<std::uint8_t> out(width * height, 0);
  const bool four = h.bits == 4;
  std::size_t x = 0;
  std::size_t y = 0;
  std::size_t at = 0;
  const auto put = [&](std::uint8_t v) {
    if (x < width && y < height) out[y * width + x] = v;
    ++x;
  };
  while (data.size() - at >= 2) {
    const std::uint8_t count = data[at];
    const std::uint8_t value = data[at + 1];
    at += 2;
    if (count > 0) {
      for (int i = 0; i < count; ++i) put(four ? (i & 1 ? value & 15 : value >> 4) : value);
    } else if (value == 0) {
      x = 0;
      ++y;
    } else if (value == 1) {
      return out;
    } else if (value == 2) {
      if (data.size() - at < 2) break;
      x += data[at];
      y += data[at + 1];
      at += 2;
    } else {
      const std::size_t used = four ? (value + 1u) / 2 : value;
      if (data.size() - at < used) break;
      for (std::size_t i = 0; i < value; ++i) put(four ? (i & 1 ? data[at + i / 2] & 15 : data[at + i / 2] >> 4) : data[at + i]);
      at += used + (used & 1);
      at = std::min(at, data.size());
    }
  }
  // Some writers leave out the end mark after the last row; that is whole too.
  if (y >= height || (y + 1 == height && x >= width)) return out;
  return truncated(Format::Bmp);
}

std::uint8_t channelOf(std::uint32_t pixel, std::uint32_t mask) {
  if (!mask) return 0;
  const std::uint32_t value = (pixel & mask) >> std::countr_zero(mask);
  const std::uint64_t top = (std::uint64_t{1} << std::popcount(mask)) - 1;
  return static_cast<std::uint8_t>(std::uint64_t{value} * 255 / top);
}

void convertRow(const std::uint8_t* in, std::uint8_t* out, const Header& h) {
  const std::size_t width = static_cast<std::size_t>(h.width);
  const bool simple = h.masks == std::array<std::uint32_t, 3>{0xFF0000, 0x00FF00, 0x0000FF};
  const std::size_t step = h.bits / 8;
  for (std::size_t x = 0; x < width; ++x, in += step, out += 3) {
    if (simple) {
      out[0] = in[2];
      out[1] = in[1];
      out[2] = in[0];
      continue;
    }
    std::uint32_t pixel = in[0] | std::uint32_t{in[1]} << 8;
    if (step == 4) pixel |= std::uint32_t{in[2]} << 16 | std::uint32_t{in[3]} << 24;
    for (std::size_t c = 0; c < 3; ++c) out[c] = channelOf(pixel, h.masks[c]);
  }
}

}  // namespace

Result<DecodeInfo> probeBmp(Bytes bytes) {
  PB_TRY(const Header h, readHeader(bytes));
  DecodeInfo info{.format = Format::Bmp};
  info.width = static_cast<int>(h.width);
  info.height = static_cast<int>(h.height);
  info.source = h.bits <= 8 ? PixelSource::Palette : h.bits == 32 ? PixelSource::Rgba : PixelSource::Rgb;
  info.bits = h.bits == 16 ? 5 : std::min(8, static_cast<int>(h.bits));
  return info;
}

Result<Image> decodeBmp(Bytes bytes, DecodeInfo& info) {
  PB_TRY(const Header h, readHeader(bytes));
  if (h.pixelOffset > bytes.size()) return truncated(Format::Bmp);
  const Bytes data = bytes.subspan(h.pixelOffset);
  const bool rle = h.compression == kRle8 || h.compression == kRle4;
  std::size_t stride = (static_cast<std::size_t>(h.width) * h.bits + 31) / 32 * 4;
  // The size is checked before anything of that size is allocated; the padding of the last row may be missing.
  const std::size_t lastRow = (static_cast<std::size_t>(h.width) * h.bits + 7) / 8;
  if (!rle && data.size() < stride * (static_cast<std::size_t>(h.height) - 1) + lastRow) return truncated(Format::Bmp);
  std::vector<std::uint8_t> unpacked;
  Bytes rows = data;
  std::uint32_t bits = h.bits;
  if (rle) {
    PB_TRY(unpacked, unpackRle(data, h));
    rows = unpacked;
    stride = static_cast<std::size_t>(h.width);
    bits = 8;
  }
  const std::vector<std::uint8_t> palette = h.bits <= 8 ? readPalette(bytes, h) : std::vector<std::uint8_t>{};
  const bool grey = h.bits <= 8 && isGreyRamp(palette, h.bits);
  if (grey) info.source = h.bits == 1 ? PixelSource::Bilevel : PixelSource::Grey;
  Image image{info.width, info.height, grey ? 1 : 3};
  for (int y = 0; y < info.height; ++y) {
    const std::uint8_t* in = rows.data() + stride * static_cast<std::size_t>(h.topDown ? y : info.height - 1 - y);
    std::uint8_t* out = image.row(y);
    if (h.bits > 8) {
      convertRow(in, out, h);
      continue;
    }
    const std::uint32_t perByte = 8 / bits;
    for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(info.width); ++x) {
      const std::uint32_t index = (in[x / perByte] >> (8 - bits - (x % perByte) * bits)) & ((1u << bits) - 1);
      if (grey) {
        out[x] = palette[3 * index];
      } else {
        std::memcpy(out + 3 * x, palette.data() + 3 * index, 3);
      }
    }
  }
  return image;
}

}  // namespace patchbay::vision::codec
