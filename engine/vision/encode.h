// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "engine/base/result.h"
#include "engine/vision/image.h"

namespace patchbay::vision {

/// A PNG file, lossless. Requires a picture that is not empty. Same pixels give the same bytes.
Result<std::string> encodePng(const Image& image);
/// A JPEG file; quality 1..100 (clamped), 4:2:0 for RGB. Fails on a side over 65,500.
Result<std::string> encodeJpeg(const Image& image, int quality = 90);
/// A smaller copy that fits into side x side and keeps its shape; never larger than the picture.
Image thumbnail(const Image& image, int side);

}  // namespace patchbay::vision
