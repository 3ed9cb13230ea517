// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/block/context.h"
#include "engine/openvino/runner.h"
#include "engine/vision/preprocess.h"

namespace patchbay::blocks {

/// How far the logits of each picture may be moved by numbers that are one level (of 255) off, which is what two sound decoders and
/// resizers differ by: the largest change of a logit when all numbers are a level more, all a level less, or each is either or neither
/// by chance (fixed seed, twice). `inputs`: pictures x 3 x height x width as the network takes them; `answers`: its logits for them.
Result<std::vector<double>> reachOfOneLevel(openvino::CpuModel& network, const vision::Preprocess& preprocess,
                                            std::span<const float> inputs, std::span<const float> answers, std::size_t pictures);

/// Runs the exported demos on the test vectors wherever their runtimes are installed (python3 with onnxruntime, numpy and
/// Pillow; cmake, a compiler and OpenCV), and compares the logits with the expected ones: cosine >= .9995, or no further apart than
/// "reach" (see reachOfOneLevel) or a tenth; and the same answer unless the best two differ by less than .02. Returns what was
/// checked, in words for the card; a demo that gives another answer is an error, a runtime that is not there is said.
Result<std::string> checkDemos(RunContext& ctx, const std::filesystem::path& exported, const Value& expected);

}  // namespace patchbay::blocks
