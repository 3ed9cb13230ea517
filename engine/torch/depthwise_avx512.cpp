// SPDX-License-Identifier: Apache-2.0
namespace {
constexpr int kLanes = 16;
}
#include "engine/torch/depthwise_kernels.h"

namespace patchbay::torch {
const DepthwiseKernels& depthwiseAvx512() {
  static constexpr DepthwiseKernels kernels = kernelsOfThisFile();
  return kernels;
}
}  // namespace patchbay::torch
