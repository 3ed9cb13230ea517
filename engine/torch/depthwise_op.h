// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/net/net.h"
#include "engine/torch/aten.h"

namespace patchbay::torch {

/// True for a convolution that depthwiseConvolution computes better than LibTorch: float, CPU, depthwise 3x3 or 5x5.
bool suitsDepthwise(const net::Conv2d& conv, const at::Tensor& x);
/// The convolution with its gradients. oneDNN's backward pass of depthwise NHWC convolutions reaches a few per cent of what
/// the processor can do, and takes a third of a training step of EfficientNet-Lite; uneven padding needs no copy here.
at::Tensor depthwiseConvolution(const net::Conv2d& conv, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace patchbay::torch
