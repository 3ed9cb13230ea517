// SPDX-License-Identifier: Apache-2.0
// Pictures in which each segment has a number; not part of the public interface.
#pragma once
#include <map>

#include "engine/formats/index_png.h"

namespace patchbay::formats {

/// Runs of each wanted number (geometry.h), in one pass; numbers without a pixel are not there. The numbers of a colour picture are
/// red + 256 green + 65536 blue, as in COCO's panoptic files.
std::map<std::int64_t, Runs> runsOfSegments(const IndexPng& picture, std::span<const std::int64_t> wanted);

}  // namespace patchbay::formats
