// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/serve/predictor.h"

namespace patchbay::serving {

struct PredictorOptions {
  std::int64_t mostPixels = 25'000'000;  ///< Of a picture; larger ones are refused before they are decoded.
  std::string precision = "fp32";        ///< "fp32": model.onnx. "int8": model_int8.onnx.
};

/// The export in a folder, in OpenVINO: each lane has a network for one picture and one for pairs, each of a single thread, so
/// that what comes alone is answered at once and a crowd uses the processor best. One picture on several threads would be answered
/// sooner on an idle machine and later on a busy one, where its threads wait for each other. Pictures are decoded where the network
/// reads them. Checks that the ONNX file stays inside its folder and belongs to net.json. Heat maps are computed
/// by one lane at a time.
Result<std::shared_ptr<serve::Predictor>> openExport(const std::filesystem::path& folder, int lanes, const PredictorOptions& options);

}  // namespace patchbay::serving
