// SPDX-License-Identifier: Apache-2.0
// Shared by the decoders; not part of the public interface.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/vision/decode.h"

namespace patchbay::vision::codec {

using Bytes = std::span<const std::uint8_t>;

/// Reads integers at a checked offset; anything outside the bytes reads as zero and clears `ok`.
class Reader {
 public:
  explicit Reader(Bytes bytes, bool bigEndian = false) : bytes_{bytes}, big_{bigEndian} {}
  std::uint32_t u8(std::size_t at) { return get(at, 1); }
  std::uint32_t u16(std::size_t at) { return get(at, 2); }
  std::uint32_t u32(std::size_t at) { return get(at, 4); }
  std::int32_t i32(std::size_t at) { return static_cast<std::int32_t>(u32(at)); }
  bool ok = true;

 private:
  std::uint32_t get(std::size_t at, std::size_t n) {
    if (at > bytes_.size() || bytes_.size() - at < n) {
      ok = false;
      return 0;
    }
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < n; ++i) v |= std::uint32_t{bytes_[at + i]} << (8 * (big_ ? n - 1 - i : i));
    return v;
  }
  Bytes bytes_;
  bool big_;
};

bool startsWith(Bytes bytes, std::string_view prefix, std::size_t at = 0);

/// Orientation 1..8 of an EXIF block (TIFF structure, EXIF 2.32 section 4.6); 1 when absent or malformed.
int exifOrientation(Bytes tiff);
/// `tiff:Orientation` of an XMP packet, which some editors write alone.
int xmpOrientation(Bytes packet);

/// Refuses what exceeds the limits, before anything is allocated.
Result<> checkSize(std::int64_t width, std::int64_t height, const DecodeOptions& options);

tl::unexpected<Error> truncated(Format format);
tl::unexpected<Error> damaged(Format format, std::string_view detail);
tl::unexpected<Error> unsupported(Format format, std::string_view detail);

/// One CMYK pixel, 255 = full ink, to RGB.
inline void cmykToRgb(const std::uint8_t* cmyk, std::uint8_t* rgb) {
  const int light = 255 - cmyk[3];
  for (int i = 0; i < 3; ++i) {
    const int t = cmyk[i] * light + 128;
    const int v = light - (((t >> 8) + t) >> 8);
    rgb[i] = static_cast<std::uint8_t>(v < 0 ? 0 : v);
  }
}

Result<DecodeInfo> probeJpeg(Bytes bytes);
Result<DecodeInfo> probePng(Bytes bytes);
Result<DecodeInfo> probeBmp(Bytes bytes);
Result<DecodeInfo> probeWebp(Bytes bytes);
Result<DecodeInfo> probeTiff(Bytes bytes);

/// Each is called with what its probe found, limits already checked; may refine `info`. The picture is not turned yet.
Result<Image> decodeJpeg(Bytes bytes, DecodeInfo& info, const DecodeOptions& options);
Result<Image> decodePng(Bytes bytes, DecodeInfo& info);
/// The usual kind of PNG (8 bits of grey or RGB, not interlaced) in less than half of the library's time. Nothing for any other kind
/// and for files that are not sound: those are the library's.
std::optional<Image> decodePlainPng(Bytes bytes, const DecodeInfo& info);
Result<Image> decodeBmp(Bytes bytes, DecodeInfo& info);
Result<Image> decodeWebp(Bytes bytes, DecodeInfo& info);
Result<Image> decodeTiff(Bytes bytes, DecodeInfo& info);

}  // namespace patchbay::vision::codec
