// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/torch/trainer.h"

namespace patchbay::torch {

/// Width of the first output, which is trained: [N, width] or [N, width, 1, 1].
Result<std::int64_t> outputWidth(const net::Net& net);

/// Checks all options and expands the learning rates to one per stage.
Result<std::vector<double>> checkedRates(const net::Net& net, std::int64_t examples, std::int64_t classes, const TrainOptions& options);

}  // namespace patchbay::torch
