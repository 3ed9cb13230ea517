// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::net {

/// What the values of a tensor lie between, outliers left out. low <= 0 <= high once it is quantised.
struct ValueRange {
  float low = 0, high = 0;
};

/// The tensors of a network (ONNX bytes of toOnnx, batch normalisation folded) whose ranges toInt8 needs: what goes into and
/// comes out of every convolution but the first, both sides of sums, and what is pooled.
Result<std::vector<std::string>> tensorsToCalibrate(std::string_view onnx);

/// The same network with further outputs, so that ranges can be measured on pictures.
Result<std::string> withOutputs(std::string_view onnx, const std::vector<std::string>& tensors);

/// The tensor [batch, width] that the matrix product at the network's end gets; empty when its first output is no such product.
Result<std::string> classifierInput(std::string_view onnx);

/// The network in eight bits as ONNX QDQ (QuantizeLinear and DequantizeLinear around what stays written in float), which
/// OpenVINO and ONNX Runtime compute in integers: weights symmetric, one scale an output channel; activations u8, one scale and
/// zero point a tensor; biases in 32 bits (Jacob et al. 2018, arXiv 1712.05877). The first convolution and the classifier
/// stay in float. The same input gives the same bytes. BadInput when a range is missing.
Result<std::string> toInt8(std::string_view onnx, const std::map<std::string, ValueRange>& ranges);

}  // namespace patchbay::net
