// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <unordered_map>

#include "engine/plan/plan.h"

namespace patchbay {

/// How a step shares jobs of a machine that has a queue. Keys, attempts and what is published stay those of the step.
struct Batch {
  std::string array;  ///< Passes of a loop over one block, sent as one array; empty: on its own.
  std::string chain;  ///< Steps that run one after the other in one job; empty: on its own.
  bool more = false;  ///< Another step of the chain follows.
};

/// Of the steps that the plan sends to another machine, by step id; names are unique within the plan. Of the plan alone.
///
/// Small steps (no GPU, less than 2 GB) follow in the job of the step whose output they take, when all that they take from over
/// there comes out of that chain, in the same pass of its loops, and as many cores are asked for. A step that waits for something
/// else, or one that is big, begins a job of its own, and may have small ones following it.
std::unordered_map<std::string, Batch> batchesOf(const Plan& plan);
/// For JobSpec::queue; null when the step shares nothing. `run` makes the array's name unique among runs; `chain` names the chain:
/// by the key of its first step, so that a run that takes up another one's work finds its job.
Value toValue(const Batch& batch, const std::string& run, const std::string& chain);

}  // namespace patchbay
