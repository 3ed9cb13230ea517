// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/index_png.h"

#include <spng.h>

#include <cstdlib>
#include <cstring>
#include <memory>

namespace patchbay::formats {
namespace {

struct Closer {
  void operator()(spng_ctx* c) const { ::spng_ctx_free(c); }
};
using Context = std::unique_ptr<spng_ctx, Closer>;

std::string encode(const Bitmap& bitmap, std::span<const std::uint8_t> pixels, std::uint8_t type, spng_plte* palette) {
  const Context c{::spng_ctx_new(SPNG_CTX_ENCODER)};
  ::spng_set_option(c.get(), SPNG_ENCODE_TO_BUFFER, 1);
  ::spng_set_option(c.get(), SPNG_IMG_COMPRESSION_LEVEL, 3);
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(bitmap.width);
  header.height = static_cast<std::uint32_t>(bitmap.height);
  header.bit_depth = 8;
  header.color_type = type;
  ::spng_set_ihdr(c.get(), &header);
  if (palette) ::spng_set_plte(c.get(), palette);
  if (::spng_encode_image(c.get(), pixels.data(), pixels.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE) != 0) return {};
  std::size_t size = 0;
  int error = 0;
  const std::unique_ptr<void, void (*)(void*)> bytes{::spng_get_png_buffer(c.get(), &size, &error), std::free};
  return bytes ? std::string{static_cast<const char*>(bytes.get()), size} : std::string{};
}

}  // namespace

std::optional<IndexPng> readIndexPng(std::span<const std::uint8_t> bytes) {
  const Context c{::spng_ctx_new(0)};
  ::spng_set_image_limits(c.get(), 65'500, 65'500);
  ::spng_set_chunk_limits(c.get(), 64 << 20, 64 << 20);
  spng_ihdr header{};
  if (::spng_set_png_buffer(c.get(), bytes.data(), bytes.size()) != 0 || ::spng_get_ihdr(c.get(), &header) != 0) return std::nullopt;
  if (static_cast<std::int64_t>(header.width) * header.height > mostMaskPixels) return std::nullopt;
  IndexPng to{static_cast<int>(header.width),
              static_cast<int>(header.height),
              (header.color_type & SPNG_COLOR_TYPE_TRUECOLOR) != 0 && header.color_type != SPNG_COLOR_TYPE_INDEXED,
              {}};
  const int format = to.colours ? SPNG_FMT_RGB8 : SPNG_FMT_RAW;
  std::size_t size = 0;
  if (::spng_decoded_image_size(c.get(), format, &size) != 0) return std::nullopt;
  std::vector<std::uint8_t> raw(size);
  if (::spng_decode_image(c.get(), raw.data(), raw.size(), format, 0) != 0) return std::nullopt;
  const std::size_t w = header.width, h = header.height;
  to.pixels.resize(w * h);
  const std::size_t row = size / h;
  // Channels of a raw pixel: grey with alpha has two, of which the first counts.
  const std::size_t channels = header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ? 2 : 1, depth = header.bit_depth;
  for (std::size_t y = 0; y < h; ++y)
    for (std::size_t x = 0; x < w; ++x) {
      const auto* line = raw.data() + y * row;
      auto& pixel = to.pixels[y * w + x];
      if (to.colours) {
        pixel = std::uint32_t{line[3 * x]} << 16 | std::uint32_t{line[3 * x + 1]} << 8 | line[3 * x + 2];
      } else if (depth < 8) {
        pixel = line[x * depth / 8] >> (8 - depth - x * depth % 8) & ((1U << depth) - 1);
      } else if (depth == 8) {
        pixel = line[channels * x];
      } else {
        std::uint16_t v = 0;  // The decoder gives the machine's own order.
        std::memcpy(&v, line + 2 * channels * x, 2);
        pixel = v;
      }
    }
  return to;
}

std::array<std::uint8_t, 3> indexColour(std::size_t index) {
  std::array<std::uint8_t, 3> to{};
  for (int bit = 7; bit >= 0; --bit, index >>= 3)
    for (std::size_t channel = 0; channel < 3; ++channel) to[channel] |= static_cast<std::uint8_t>((index >> channel & 1) << bit);
  return to;
}

std::string writeIndexPng(const Bitmap& bitmap) {
  spng_plte palette{};
  palette.n_entries = 256;
  for (std::size_t i = 0; i < 256; ++i) {
    const auto colour = indexColour(i);
    palette.entries[i] = {colour[0], colour[1], colour[2], 255};
  }
  return encode(bitmap, bitmap.pixels, SPNG_COLOR_TYPE_INDEXED, &palette);
}

std::string writeMaskPng(const Bitmap& bitmap) {
  std::vector<std::uint8_t> pixels(bitmap.pixels.size());
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = bitmap.pixels[i] ? 255 : 0;
  return encode(bitmap, pixels, SPNG_COLOR_TYPE_GRAYSCALE, nullptr);
}

}  // namespace patchbay::formats
