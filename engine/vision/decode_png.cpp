// SPDX-License-Identifier: Apache-2.0
#include <spng.h>

#include <memory>
#include <new>
#include <vector>

#include "engine/vision/codec.h"

namespace patchbay::vision::codec {

namespace {

constexpr std::size_t kChunkLimit = std::size_t{16} << 20;  // Text and profiles; a chunk that unpacks to more is a bomb.

struct Free {
  void operator()(spng_ctx* ctx) const { spng_ctx_free(ctx); }
};

tl::unexpected<Error> errorOf(int code) {
  switch (code) {
    case SPNG_IO_EOF:
    case SPNG_EIDAT_TOO_SHORT:
    case SPNG_EIDAT_STREAM:
      return code == SPNG_EIDAT_STREAM ? damaged(Format::Png, "its compressed data is broken") : truncated(Format::Png);
    case SPNG_EMEM:
      throw std::bad_alloc{};
    default:
      return damaged(Format::Png, spng_strerror(code));
  }
}

}  // namespace

Result<DecodeInfo> probePng(Bytes bytes) {
  DecodeInfo info{.format = Format::Png};
  Reader in{bytes, true};
  const std::uint32_t width = in.u32(16);
  const std::uint32_t height = in.u32(20);
  info.bits = static_cast<int>(in.u8(24));
  const std::uint32_t colour = in.u8(25);
  if (!in.ok) return truncated(Format::Png);
  if (!startsWith(bytes, "IHDR", 12)) return damaged(Format::Png, "it does not begin with its header");
  if (width > 0x7FFFFFFF || height > 0x7FFFFFFF) return damaged(Format::Png, "its header holds an impossible size");
  info.width = static_cast<int>(width);
  info.height = static_cast<int>(height);
  switch (colour) {
    case 0:
      info.source = info.bits == 1 ? PixelSource::Bilevel : PixelSource::Grey;
      break;
    case 2:
      info.source = PixelSource::Rgb;
      break;
    case 3:
      info.source = PixelSource::Palette;
      break;
    case 4:
      info.source = PixelSource::GreyAlpha;
      break;
    case 6:
      info.source = PixelSource::Rgba;
      break;
    default:
      return damaged(Format::Png, "its header names an unknown colour type");
  }
  for (std::size_t at = 8; in.ok && at + 12 <= bytes.size();) {
    const std::size_t length = in.u32(at);
    if (length > bytes.size() - at - 12) break;
    const Bytes body = bytes.subspan(at + 8, length);
    if (startsWith(bytes, "eXIf", at + 4)) info.orientation = exifOrientation(body);
    if (startsWith(bytes, "iTXt", at + 4) && startsWith(body, "XML:com.adobe.xmp") && info.orientation == 1) {
      info.orientation = xmpOrientation(body);
    }
    if (startsWith(bytes, "IEND", at + 4)) break;
    at += 12 + length;
  }
  return info;
}

Result<Image> decodePng(Bytes bytes, DecodeInfo& info) {
  if (auto plain = decodePlainPng(bytes, info)) return std::move(*plain);
  const std::unique_ptr<spng_ctx, Free> ctx{spng_ctx_new(0)};
  if (!ctx) throw std::bad_alloc{};
  spng_set_image_limits(ctx.get(), static_cast<std::uint32_t>(info.width), static_cast<std::uint32_t>(info.height));
  spng_set_chunk_limits(ctx.get(), kChunkLimit, 4 * kChunkLimit);
  if (const int e = spng_set_png_buffer(ctx.get(), bytes.data(), bytes.size())) return errorOf(e);
  const bool grey = info.source == PixelSource::Grey || info.source == PixelSource::Bilevel;
  const bool alpha = info.source == PixelSource::GreyAlpha;
  const bool deepGrey = info.bits == 16 && (grey || alpha);
  // 16-bit grey and grey with alpha have no 8-bit form in spng: take the stored samples and thin them out here.
  const int format = deepGrey || alpha ? SPNG_FMT_RAW : grey ? SPNG_FMT_G8 : SPNG_FMT_RGB8;
  std::size_t need = 0;
  if (const int e = spng_decoded_image_size(ctx.get(), format, &need)) return errorOf(e);
  Image image{info.width, info.height, grey || alpha ? 1 : 3};
  if (format != SPNG_FMT_RAW) {
    if (need != image.size()) return damaged(Format::Png, "its header and its data disagree");
    if (const int e = spng_decode_image(ctx.get(), image.data(), need, format, 0)) return errorOf(e);
    return image;
  }
  const std::size_t step = static_cast<std::size_t>(info.bits / 8) * (alpha ? 2 : 1);
  if (need != image.size() * step) return damaged(Format::Png, "its header and its data disagree");
  std::vector<std::uint8_t> raw(need);
  if (const int e = spng_decode_image(ctx.get(), raw.data(), need, format, 0)) return errorOf(e);
  for (std::size_t i = 0; i < image.size(); ++i) image.data()[i] = raw[i * step];  // Raw samples are big-endian.
  return image;
}

}  // namespace patchbay::vision::codec
