// SPDX-License-Identifier: Apache-2.0
// The writing half of coco.cpp; not part of the public interface.
#pragma once
#include <memory>

#include "engine/formats/format.h"

namespace patchbay::formats {

std::unique_ptr<Writer> cocoWriter(Target& target, Report& report, Facts facts);

}  // namespace patchbay::formats
