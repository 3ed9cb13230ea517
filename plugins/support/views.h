// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/support/pictures.h"

namespace patchbay::blocks {

/// Which flips and quarter turns of a picture a network is given; the value is their number, so All holds Mirror holds None.
enum class Views : std::uint8_t { None = 1, Mirror = 2, All = 8 };

/// The eight flips and quarter turns of a square picture, planes of `side` x `side` floats; view 0 is the picture itself,
/// view 1 its mirror image.
void dihedralView(int view, std::size_t side, std::span<const float> plain, std::span<float> out);

/// Makes `run` give the network these views of each picture, which are squares of `side` pixels.
void useViews(PictureRun& run, Views views, std::size_t side);

}  // namespace patchbay::blocks
