// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/torch/aten.h"
#include "engine/torch/gpu.h"
#include "engine/torch/ranks.h"

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace patchbay::torch {

/// What the trainer does with a group. Everything here throws what LibTorch throws; RanksLost (caught.h) when another process ended.
struct Ranks::Impl {
  explicit Impl(const Seat& seat);
  ~Impl();

  /// Adds the tensors up over all processes, in place. The sum has the same bits in every process. They travel in flat
  /// buckets of at most 25 MB (Li et al. 2020, arXiv 2006.15704), several at a time.
  void sum(const std::vector<at::Tensor>& tensors);
  /// Gives all of them the values of the first process.
  void spread(const std::vector<at::Tensor>& tensors);
  std::int64_t largest(std::int64_t mine);
  std::string fromFirst(std::string bytes);
  /// From now on NCCL carries what is on this GPU, when every process has one of its own and can load it; else Gloo does, by way
  /// of the processor's memory. Collective; nothing for the CPU.
  void joinGpus(const at::Device& device);
  bool gpusJoined() const { return ring_ != nullptr; }

  Seat seat;

 private:
  void forBuckets(const std::vector<at::Tensor>& tensors, bool adds);

  c10::intrusive_ptr<c10d::Store> store_;
  c10::intrusive_ptr<c10d::Backend> gloo_;
  std::unique_ptr<GpuRing> ring_;
};

/// BatchNorm whose statistics are those of the whole batch, not of this process' part (Peng et al. 2018, arXiv 1711.07240).
/// x is [N, C, ...]; mean and variance are updated as at::batch_norm does, with the unbiased variance.
at::Tensor synchronisedBatchNorm(Ranks::Impl& ranks, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                                 const at::Tensor& mean, const at::Tensor& variance, double momentum, double eps);

}  // namespace patchbay::torch
