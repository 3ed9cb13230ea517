// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/vision/decode.h"
#include "engine/vision/resize.h"

namespace patchbay::vision {

/// How a picture becomes a network's input. The same record stands in the net, in the cache keys and in exported models.
struct Preprocess {
  enum class Mode : std::uint8_t {
    ShortSide,  ///< Short side to `size` (long side floor(size * long / short)), then the middle `crop` x `crop`.
    Squash,     ///< Straight to `crop` x `crop`, whatever the shape; `size` is not used.
  };
  Mode mode = Mode::ShortSide;
  int size = 256;  ///< 1..4096, at least `crop` for ShortSide.
  int crop = 224;  ///< 1..4096
  Interpolation interpolation = Interpolation::Bicubic;
  std::array<double, 3> mean{127.0, 127.0, 127.0};  ///< On the 0..255 scale; out = (x - mean) / std.
  std::array<double, 3> std{128.0, 128.0, 128.0};
  /// Large JPEGs are decoded at 1/2, 1/4 or 1/8: DecodeOptions::minSide is twice `size` (ShortSide) or `crop` (Squash), so that
  /// the resampling still halves at least; in Pillow `draft("RGB", (2 * s, 2 * s))`.
  bool scaledDecode = false;

  bool operator==(const Preprocess&) const = default;
};

/// {"crop", "interpolation": "bicubic"|"bilinear", "mean": [3], "resize": "short-side"|"squash", "scaled_decode", "size", "std": [3]}
Value toValue(const Preprocess& preprocess);
/// The inverse; absent keys keep their default. BadInput "preprocess.*" names the key and what is allowed.
Result<Preprocess> preprocessFromValue(const Value& value);

/// `limits` with minSide set the way the record asks.
DecodeOptions decodeOptionsFor(const Preprocess& preprocess, DecodeOptions limits = {});

/// The resized and cropped picture, crop x crop, grey or RGB like the input. Only pixels inside the crop are computed.
Image resizeForNet(const Image& image, const Preprocess& preprocess);

/// A picture as floats, planes R, G, B (grey three times), (x - mean) / std. `out` holds 3 * width * height.
void normalise(const Image& image, const Preprocess& preprocess, std::span<float> out);

/// decode, resizeForNet and normalise in one: `out` holds 3 * crop * crop floats, untouched on error.
Result<DecodeInfo> decodeForNet(std::span<const std::uint8_t> bytes, const Preprocess& preprocess, std::span<float> out,
                                const DecodeOptions& limits = {});

}  // namespace patchbay::vision
