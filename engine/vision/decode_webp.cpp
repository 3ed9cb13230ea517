// SPDX-License-Identifier: Apache-2.0
#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>
#include <new>

#include "engine/vision/codec.h"

namespace patchbay::vision::codec {

namespace {

struct FreeAnimation {
  void operator()(WebPAnimDecoder* d) const { WebPAnimDecoderDelete(d); }
};

Result<WebPBitstreamFeatures> featuresOf(Bytes bytes) {
  WebPBitstreamFeatures features;
  switch (WebPGetFeatures(bytes.data(), bytes.size(), &features)) {
    case VP8_STATUS_OK:
      return features;
    case VP8_STATUS_NOT_ENOUGH_DATA:
      return truncated(Format::WebP);
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return unsupported(Format::WebP, "it uses an unknown extension");
    default:
      return damaged(Format::WebP, "its header cannot be read");
  }
}

/// The first picture of an animation, on its canvas.
Result<Image> firstFrame(Bytes bytes, const DecodeInfo& info) {
  WebPAnimDecoderOptions options;
  if (!WebPAnimDecoderOptionsInit(&options)) return unsupported(Format::WebP, "the WebP library is too old");
  options.color_mode = MODE_RGBA;
  const WebPData data{bytes.data(), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, FreeAnimation> decoder{WebPAnimDecoderNew(&data, &options)};
  std::uint8_t* rgba = nullptr;
  int timestamp = 0;
  WebPAnimInfo canvas;
  if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &canvas) || static_cast<int>(canvas.canvas_width) != info.width ||
      static_cast<int>(canvas.canvas_height) != info.height || !WebPAnimDecoderGetNext(decoder.get(), &rgba, &timestamp)) {
    return damaged(Format::WebP, "its first picture cannot be decoded");
  }
  Image image{info.width, info.height, 3};
  for (std::size_t i = 0; i < image.size() / 3; ++i) {
    for (std::size_t c = 0; c < 3; ++c) image.data()[3 * i + c] = rgba[4 * i + c];
  }
  return image;
}

}  // namespace

Result<DecodeInfo> probeWebp(Bytes bytes) {
  PB_TRY(const WebPBitstreamFeatures features, featuresOf(bytes));
  DecodeInfo info{.format = Format::WebP, .source = features.has_alpha ? PixelSource::Rgba : PixelSource::Rgb};
  info.width = features.width;
  info.height = features.height;
  Reader in{bytes};
  for (std::size_t at = 12; at + 8 <= bytes.size();) {
    const std::size_t length = in.u32(at + 4);
    if (length > bytes.size() - at - 8) break;
    if (startsWith(bytes, "EXIF", at)) info.orientation = exifOrientation(bytes.subspan(at + 8, length));
    if (startsWith(bytes, "XMP ", at) && info.orientation == 1) info.orientation = xmpOrientation(bytes.subspan(at + 8, length));
    at += 8 + length + (length & 1);
  }
  return info;
}

Result<Image> decodeWebp(Bytes bytes, DecodeInfo& info) {
  PB_TRY(const WebPBitstreamFeatures features, featuresOf(bytes));
  if (features.has_animation) return firstFrame(bytes, info);
  Image image{info.width, info.height, 3};
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return unsupported(Format::WebP, "the WebP library is too old");
  config.output.colorspace = MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = image.data();
  config.output.u.RGBA.stride = static_cast<int>(image.stride());
  config.output.u.RGBA.size = image.size();
  switch (WebPDecode(bytes.data(), bytes.size(), &config)) {
    case VP8_STATUS_OK:
      return image;
    case VP8_STATUS_OUT_OF_MEMORY:
      throw std::bad_alloc{};
    case VP8_STATUS_SUSPENDED:
    case VP8_STATUS_NOT_ENOUGH_DATA:
      return truncated(Format::WebP);
    default:
      return damaged(Format::WebP, "its pixels cannot be decoded");
  }
}

}  // namespace patchbay::vision::codec
