// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "engine/torch/gpu.h"

namespace patchbay::torch {

std::string newNcclRing();
std::unique_ptr<GpuRing> joinNcclRing(const std::string& ring, int rank, int size, int device);

}  // namespace patchbay::torch
