// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "engine/block/context.h"

namespace patchbay::blocks {

/// Runs the exported demos on the test vectors wherever their runtimes are installed (python3 with onnxruntime, numpy and
/// Pillow; cmake, a compiler and OpenCV), and compares the logits with the expected ones: cosine >= .9995 and the same
/// answer unless the best two differ by less than .02. Returns what was checked, in words for the card; a demo that gives
/// another answer is an error, a runtime that is not there is said.
Result<std::string> checkDemos(RunContext& ctx, const std::filesystem::path& exported, const Value& expected);

}  // namespace patchbay::blocks
