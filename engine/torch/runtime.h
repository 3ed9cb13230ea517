// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace patchbay::torch {

/// Settings that hold for the whole process; call once, before the first tensor. Threads of LibTorch's pools, and glibc's
/// mmap and trim thresholds raised, so that the activations of one step are not faulted in again by the next (1.5 times
/// the training speed). Starts no thread itself: LibTorch starts its pool in the first parallel operation, so a zygote may
/// load the library and fork, as long as it computes nothing.
void initTorch(int threads);

/// Resident memory of this process at its highest, in bytes.
std::int64_t peakMemory();

/// Memory of tensors on a GPU at its highest since the process began, in bytes; 0 for "cpu".
std::int64_t peakGpuMemory(const std::string& device);
/// Gives back what LibTorch keeps for reuse on a GPU; nothing for "cpu".
void releaseGpuMemory(const std::string& device);

/// "cpu", or "cuda:N" when LibTorch's CUDA part can be loaded and GPU N answers; an error that says what is missing else.
/// Loading it initialises CUDA: never call this with a GPU in a process that is going to fork.
Result<> requireDevice(const std::string& device);

/// The device for this one of several processes that train together (see Ranks): each takes the next GPU of its machine, from
/// the named one on and round again. Checked as requireDevice does.
Result<std::string> deviceOfRank(const std::string& device);

/// "2.11.0", part of the numerics class.
std::string torchVersion();

}  // namespace patchbay::torch
