// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/torch/aten.h"

// What needs CUDA itself and not only LibTorch's tensors. It lies in libpatchbay_torch_cuda.so, which is loaded when a GPU is
// asked for; the rest of the engine knows these interfaces alone. Everything throws what LibTorch throws.
namespace patchbay::torch {

/// A computation that was recorded once and is repeated as a whole: it reads and writes the same tensors every time.
class GpuGraph {
 public:
  virtual ~GpuGraph() = default;
  virtual void replay() = 0;
};

/// GPUs of several processes, joined by NCCL. Tensors are contiguous and on the device the process joined with.
class GpuRing {
 public:
  virtual ~GpuRing() = default;
  virtual void sum(const at::Tensor& tensor) = 0;     ///< Over all, in place; returns when it is done.
  virtual void spread(const at::Tensor& tensor) = 0;  ///< What the first has.
};

class GpuLibrary {
 public:
  virtual ~GpuLibrary() = default;
  /// "NVIDIA H100 80GB HBM3, 9.0"
  virtual std::string describe(int device) = 0;
  /// Runs `compute` a few times, then records it. It must neither wait for the GPU nor make tensors that outlive it.
  virtual std::unique_ptr<GpuGraph> record(const std::function<void()>& compute, int device) = 0;
  /// What all who join one ring must have got from one of them.
  virtual std::string newRing() = 0;
  virtual std::unique_ptr<GpuRing> joinRing(const std::string& ring, int rank, int size, int device) = 0;
};

/// Loads the library; call after requireDevice has found a GPU. Unsupported when it is not there.
Result<GpuLibrary*> gpuLibrary();

}  // namespace patchbay::torch
