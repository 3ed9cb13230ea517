// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace patchbay::torch {

/// Extents of a depthwise convolution, square kernel; rows and columns missing at the bottom and right count as zeros.
struct Depthwise {
  std::int64_t count = 0, channels = 0, height = 0, width = 0;
  std::int64_t outHeight = 0, outWidth = 0;
  std::int64_t kernel = 0, stride = 1, top = 0, left = 0;
};

/// Kernels for one instruction set; first index 0 for 3x3, 1 for 5x5, second 0 for stride 1,
/// 1 for stride 2. Pictures NHWC, weights [ky][kx][channel]. Each call
/// computes `lanes` channels from c0 on, in an order that does not depend on the threads.
struct DepthwiseKernels {
  int lanes;
  void (*forward[2])(const Depthwise&, const float* x, const float* w, const float* bias, float* y, std::int64_t n, std::int64_t c0);
  void (*backwardData[2][2])(const Depthwise&, const float* g, const float* w, float* dx, std::int64_t n, std::int64_t c0);
  void (*backwardWeights[2])(const Depthwise&, const float* x, const float* g, float* dw, float* dbias, std::int64_t c0);
};
const DepthwiseKernels& depthwiseAvx512();
const DepthwiseKernels& depthwiseAvx2();

}  // namespace patchbay::torch
