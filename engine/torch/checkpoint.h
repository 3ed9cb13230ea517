// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "engine/torch/optimizer.h"
#include "engine/torch/train_state.h"

namespace patchbay::torch {

/// Names what a checkpoint belongs to: the trained structure, the options, the number of examples, threads and processes.
std::string fingerprint(const Model::Impl& model, const TrainOptions& options, std::int64_t examples, int ranks);

Result<std::string> writeCheckpoint(TrainState& state, const StepRule& rule, const std::string& fingerprint);
/// All or nothing: a checkpoint that does not fit leaves state and rule as they were.
Result<> readCheckpoint(std::string_view bytes, const std::string& fingerprint, TrainState& state, StepRule& rule);

}  // namespace patchbay::torch
