// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "engine/service/engine.h"

namespace patchbay::cli {

/// What a person wants to know at the end of a run: the figures of every report with intervals and how they were computed,
/// where the exports are, and how long each block took.
std::string runResults(Engine& engine, const RunId& run, const Value& finished);

}  // namespace patchbay::cli
