// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "engine/net/net.h"

// Wording shared by the passes of this folder.
namespace patchbay::net {

tl::unexpected<Error> badNet(std::string_view what);
/// "[32, 3, 3, 3]"
std::string shapeText(const Shape& shape);

}  // namespace patchbay::net
