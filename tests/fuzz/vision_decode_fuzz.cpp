// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/vision/decode.h"

/// Any bytes: probe and decode end in a picture of the promised size or in an error that says what to do.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace patchbay;
  // Small limits, so that the fuzzer's time goes into headers and not into pixels.
  const vision::DecodeOptions options{.maxPixels = 1 << 18, .maxSide = 4096, .minSide = size % 2 ? 32 : 0};
  const auto decoded = vision::decode({data, size}, options);
  if (!decoded) {
    if (render(decoded.error().cause).empty() || render(decoded.error().hint).empty()) std::abort();
    return 0;
  }
  const auto& info = decoded->info;
  const int width = (info.width + info.scaleDenominator - 1) / info.scaleDenominator;
  const int height = (info.height + info.scaleDenominator - 1) / info.scaleDenominator;
  const bool turned = info.orientation >= 5;
  if (decoded->image.width() != (turned ? height : width) || decoded->image.height() != (turned ? width : height)) std::abort();
  return 0;
}
