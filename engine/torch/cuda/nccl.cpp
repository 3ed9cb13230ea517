// SPDX-License-Identifier: Apache-2.0
// NCCL's C interface (nccl.h of NCCL 2, https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/api.html): its library comes with
// LibTorch's set for GPUs, its header with neither that nor CUDA's, so the few functions used are declared here.
#include "engine/torch/cuda/nccl.h"

#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <dlfcn.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace patchbay::torch {
namespace {

struct UniqueId {
  char internal[128];
};
using Communicator = struct ncclComm*;
constexpr int inProgress = 7, sumOf = 0;

struct Nccl {
  int (*getUniqueId)(UniqueId*);
  int (*commInitRank)(Communicator*, int, UniqueId, int);
  int (*allReduce)(const void*, void*, std::size_t, int, int, Communicator, cudaStream_t);
  int (*broadcast)(const void*, void*, std::size_t, int, int, Communicator, cudaStream_t);
  int (*commGetAsyncError)(Communicator, int*);
  int (*commAbort)(Communicator);
  const char* (*getErrorString)(int);

  Nccl() {
    auto* const library = ::dlopen("libnccl.so.2", RTLD_NOW | RTLD_GLOBAL);
    TORCH_CHECK(library, "NCCL cannot be loaded: ", ::dlerror());
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
      TORCH_CHECK(function, "NCCL has no ", name);
    };
    find(getUniqueId, "ncclGetUniqueId");
    find(commInitRank, "ncclCommInitRank");
    find(allReduce, "ncclAllReduce");
    find(broadcast, "ncclBroadcast");
    find(commGetAsyncError, "ncclCommGetAsyncError");
    find(commAbort, "ncclCommAbort");
    find(getErrorString, "ncclGetErrorString");
  }
  void check(int result) const { TORCH_CHECK(result == 0, "NCCL: ", getErrorString(result)); }
};

const Nccl& nccl() {
  static const Nccl loaded;
  return loaded;
}

int typeOf(const at::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case at::kByte:
      return 1;
    case at::kLong:
      return 4;
    case at::kFloat:
      return 7;
    case at::kDouble:
      return 8;
    case at::kBFloat16:
      return 9;
    default:
      TORCH_CHECK(false, "NCCL is not used for ", tensor.scalar_type());
  }
}

class Ring final : public GpuRing {
 public:
  Ring(const std::string& ring, int rank, int size, int device) : device_{static_cast<c10::DeviceIndex>(device)} {
    UniqueId id;
    TORCH_CHECK(ring.size() == sizeof id, "a ring of NCCL has another name");
    std::memcpy(&id, ring.data(), sizeof id);
    const c10::cuda::CUDAGuard onDevice{device_};
    nccl().check(nccl().commInitRank(&communicator_, size, id, rank));
  }
  // Abort and not destroy: the others may be gone, and destroying waits for them.
  ~Ring() override { (void)nccl().commAbort(communicator_); }

  void sum(const at::Tensor& tensor) override {
    carry([&](cudaStream_t stream) {
      return nccl().allReduce(tensor.const_data_ptr(), tensor.mutable_data_ptr(), tensor.numel(), typeOf(tensor), sumOf, communicator_,
                              stream);
    });
  }
  void spread(const at::Tensor& tensor) override {
    carry([&](cudaStream_t stream) {
      return nccl().broadcast(tensor.const_data_ptr(), tensor.mutable_data_ptr(), tensor.numel(), typeOf(tensor), 0, communicator_, stream);
    });
  }

 private:
  /// A GPU waits for one that is gone for ever: the processor looks whether NCCL has noticed, and gives up at last.
  template <class Call>
  void carry(Call&& call) {
    constexpr std::chrono::minutes patience{10};
    const c10::cuda::CUDAGuard onDevice{device_};
    const auto stream = c10::cuda::getCurrentCUDAStream(device_);
    nccl().check(call(stream.stream()));
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
      const auto state = cudaStreamQuery(stream.stream());
      if (state == cudaSuccess) return;
      if (state != cudaErrorNotReady) C10_CUDA_CHECK(state);
      int error = 0;
      nccl().check(nccl().commGetAsyncError(communicator_, &error));
      if (error != inProgress) nccl().check(error);
      const auto waited = std::chrono::steady_clock::now() - begin;
      TORCH_CHECK(waited < patience, "NCCL: the GPUs of the other processes do not answer");
      if (waited > std::chrono::milliseconds{2}) std::this_thread::sleep_for(std::chrono::microseconds{200});
      else std::this_thread::yield();
    }
  }
  c10::DeviceIndex device_;
  Communicator communicator_ = nullptr;
};

}  // namespace

std::string newNcclRing() {
  UniqueId id;
  nccl().check(nccl().getUniqueId(&id));
  return {id.internal, sizeof id.internal};
}

std::unique_ptr<GpuRing> joinNcclRing(const std::string& ring, int rank, int size, int device) {
  return std::make_unique<Ring>(ring, rank, size, device);
}

}  // namespace patchbay::torch
