// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/base/value.h"

namespace patchbay::learn {

/// What an entry of a report's "slices" is taken by: "size", "shape", "brightness", "folder", "group".
Text sliceKind(const Value& slice);
/// Which part it is: "wide", "dark, 12 to 40". Names that people gave, such as folders, stay as they are.
Text sliceName(const Value& slice);

}  // namespace patchbay::learn
