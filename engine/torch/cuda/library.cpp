// SPDX-License-Identifier: Apache-2.0
// libpatchbay_torch_cuda.so: CUDA graphs through LibTorch, NCCL through its C interface.
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "engine/torch/cuda/nccl.h"
#include "engine/torch/gpu.h"

namespace patchbay::torch {
namespace {

/// The first runs make handles, choose kernels and fill LibTorch's cache, none of which may happen while recording.
constexpr int warmUps = 3;

class Graph final : public GpuGraph {
 public:
  Graph(const std::function<void()>& compute, int device) : device_{static_cast<c10::DeviceIndex>(device)} {
    const c10::cuda::CUDAGuard onDevice{device_};
    const auto stream = c10::cuda::getStreamFromPool(false, device_);
    // What is under way on the stream of before has written what is read here.
    c10::cuda::getCurrentCUDAStream(device_).synchronize();
    const c10::cuda::CUDAStreamGuard onStream{stream};
    for (int i = 0; i < warmUps; ++i) compute();
    stream.synchronize();
    // Thread-local: the thread that prepares the next batch may go on using the GPU.
    graph_.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    try {
      compute();
    } catch (...) {
      endBroken();
      throw;
    }
    graph_.capture_end();
  }
  void replay() override {
    const c10::cuda::CUDAGuard onDevice{device_};
    graph_.replay();
  }

 private:
  void endBroken() {
    try {
      graph_.capture_end();
    } catch (const std::exception&) {
      // What broke the recording is on its way already.
    }
  }
  c10::DeviceIndex device_;
  at::cuda::CUDAGraph graph_;
};

class Library final : public GpuLibrary {
 public:
  std::string describe(int device) override {
    cudaDeviceProp properties{};
    C10_CUDA_CHECK(cudaGetDeviceProperties(&properties, device));
    return std::string{properties.name} + ", " + std::to_string(properties.major) + "." + std::to_string(properties.minor);
  }
  std::unique_ptr<GpuGraph> record(const std::function<void()>& compute, int device) override {
    return std::make_unique<Graph>(compute, device);
  }
  std::string newRing() override { return newNcclRing(); }
  std::unique_ptr<GpuRing> joinRing(const std::string& ring, int rank, int size, int device) override {
    return joinNcclRing(ring, rank, size, device);
  }
};

}  // namespace
}  // namespace patchbay::torch

extern "C" [[gnu::visibility("default")]] patchbay::torch::GpuLibrary* patchbayTorchCudaV1() {
  static patchbay::torch::Library library;
  return &library;
}
