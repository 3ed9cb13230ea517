// SPDX-License-Identifier: Apache-2.0
// What the worker's mode `gpu` finds by name, in a process that lives no longer than the question: looking initialises CUDA.
#include <ATen/DeviceAccelerator.h>

#include "engine/base/value.h"
#include "engine/torch/caught.h"
#include "engine/torch/gpu.h"
#include "engine/torch/runtime.h"

namespace patchbay::torch {
namespace {

Result<Value> look() {
  PB_CHECK(requireDevice("cuda:0"));
  const auto found = gpuLibrary();
  GpuLibrary* const library = found.value_or(nullptr);
  return caught([&] {
    Value gpus{Value::List{}};
    const int count = at::detail::getCUDAHooks().deviceCount();
    for (int i = 0; i < count; ++i) {
      const auto memory = at::accelerator::getMemoryInfo(static_cast<c10::DeviceIndex>(i));
      // Something is computed, so that a card which is there and does not work is found here and not by a training.
      const bool works = at::ones({8}, at::TensorOptions{at::kFloat}.device(at::kCUDA, i)).sum().item<double>() == 8;
      gpus.push(Value::Map{{"name", library ? library->describe(i) : "GPU " + std::to_string(i)},
                           {"memory", static_cast<std::int64_t>(memory.second)},
                           {"free", static_cast<std::int64_t>(memory.first)},
                           {"works", works}});
    }
    const bool nccl = library && caught([&] { return library->newRing(); }).has_value();
    return Value{Value::Map{{"gpus", std::move(gpus)}, {"nccl", nccl}}};
  });
}

}  // namespace
}  // namespace patchbay::torch

/// {"gpus": [{"name", "memory", "free", "works"}], "nccl"} or {"error"}, as JSON; valid until the next call.
extern "C" [[gnu::visibility("default")]] const char* patchbayProbeGpu() {
  static std::string said;
  const auto found = patchbay::torch::look();
  said = patchbay::toJson(found ? *found : patchbay::Value{patchbay::Value::Map{{"error", patchbay::toValue(found.error())}}});
  return said.c_str();
}
