// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::blocks {

/// From which probability on each class counts, in the order of the classes: those of the report the model was exported
/// with, one half where none was chosen. Only for several labels a picture.
std::vector<double> labelThresholds(const net::Net& net);
/// The names of the classes at or above their thresholds, for the scores (after the sigmoid) of one picture.
Value labelsAt(const net::Net& net, std::span<const float> scores);

}  // namespace patchbay::blocks
