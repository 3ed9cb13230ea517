// SPDX-License-Identifier: Apache-2.0
namespace {
constexpr int kLanes = 8;
}
#include "engine/torch/depthwise_kernels.h"

namespace patchbay::torch {
const DepthwiseKernels& depthwiseAvx2() {
  static constexpr DepthwiseKernels kernels = kernelsOfThisFile();
  return kernels;
}
}  // namespace patchbay::torch
