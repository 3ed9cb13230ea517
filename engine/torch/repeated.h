// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <limits>
#include <map>
#include <vector>

#include "engine/torch/gpu.h"

namespace patchbay::torch {

/// Repeats a computation on inputs of few shapes as a CUDA graph where that is faster: a small net is a hundred kernels whose
/// launches take longer than they do. Each shape is measured both ways; large ones stay as they are.
class RepeatedForward {
 public:
  using Compute = std::function<std::vector<at::Tensor>(const at::Tensor&)>;
  RepeatedForward(GpuLibrary& library, int device) : library_{library}, device_{device} {}

  /// The outputs on the processor. `compute` must compute the same at every call; parameters may change in place.
  std::vector<at::Tensor> run(const at::Tensor& input, const Compute& compute);
  /// Shapes that are repeated as a graph now.
  int graphs() const;

 private:
  struct Shape {
    int calls = 0;
    at::Tensor input;
    std::vector<at::Tensor> outputs;
    std::unique_ptr<GpuGraph> graph;
    double plain = std::numeric_limits<double>::infinity(), repeated = std::numeric_limits<double>::infinity();
    bool decided = false;
  };
  std::vector<at::Tensor> plainly(Shape& shape, const at::Tensor& input, const Compute& compute);
  std::vector<at::Tensor> repeat(Shape& shape, const at::Tensor& input);
  GpuLibrary& library_;
  int device_;
  std::map<std::vector<std::int64_t>, Shape> shapes_;
};

}  // namespace patchbay::torch
