// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/vision/image.h"

namespace patchbay::vision {

/// The formats that are read, told apart by their first bytes and never by a file name.
enum class Format : std::uint8_t { Jpeg, Png, Bmp, WebP, Tiff };
std::string_view toString(Format format);  ///< "jpeg", "png", "bmp", "webp", "tiff"

/// What the stored pixels were before they became 8-bit grey or RGB.
enum class PixelSource : std::uint8_t { Grey, GreyAlpha, Rgb, Rgba, Palette, Cmyk, Bilevel };
std::string_view toString(PixelSource source);  ///< "grey", "grey+alpha", "rgb", "rgba", "palette", "cmyk", "bilevel"

struct DecodeOptions {
  std::int64_t maxPixels = 100'000'000;  ///< Refuses pictures with more stored pixels than this.
  int maxSide = 65'500;                  ///< Refuses pictures with a longer side than this.
  /// Above 0, a JPEG may be decoded at 1/2, 1/4 or 1/8 of its size: at the largest denominator d with
  /// min(width, height) / d >= minSide (integer division). Pillow's `draft("RGB", (minSide, minSide))` does the same.
  int minSide = 0;
};

struct DecodeInfo {
  Format format = Format::Jpeg;
  PixelSource source = PixelSource::Rgb;
  int bits = 8;   ///< Bits a channel as stored: 1, 2, 4, 5, 8 or 16.
  int width = 0;  ///< As stored, before scaling and turning.
  int height = 0;
  int orientation = 1;       ///< EXIF orientation 1..8 that was applied.
  int scaleDenominator = 1;  ///< 1, 2, 4 or 8.
};

struct Decoded {
  Image image;
  DecodeInfo info;
};

/// Decodes a picture file to 8-bit grey or RGB, turned upright by its EXIF orientation. The result, after toRgb, equals
/// Pillow's `ImageOps.exif_transpose(Image.open(f)).convert("RGB")` within one level, apart from 16-bit grey:
/// - alpha and transparent colours are dropped, not composited: the stored colour stays;
/// - 16-bit channels keep their high byte, grey too, where Pillow clips everything above 255 to white;
/// - CMYK becomes RGB by (255 - C)(255 - K) / 255; colour profiles are ignored; of an animation, the first picture counts.
/// Errors: BadInput "picture.format" (not a picture that is read), "picture.too-large", "picture.truncated",
/// "picture.damaged", "picture.empty"; Unsupported "picture.unsupported" (a variant that is not read); OutOfMemory.
/// Needs at most about 16 bytes of memory a stored pixel (16-bit CMYK, progressive JPEG); fine to call from several threads at once.
Result<Decoded> decode(std::span<const std::uint8_t> bytes, const DecodeOptions& options = {});

/// Format, stored size and orientation from the header alone; pixels are not decoded, so damage there is not noticed.
/// `source` and `bits` are as far as the header tells them.
Result<DecodeInfo> probe(std::span<const std::uint8_t> bytes);

}  // namespace patchbay::vision
