// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/net/net.h"

namespace patchbay::net {

/// Computes the padding of every convolution with `samePadding` for the net's input size: TensorFlow's SAME, output =
/// ceil(size / stride), the odd pixel at the bottom and right.
Result<> applySamePadding(Net& net);

}  // namespace patchbay::net
