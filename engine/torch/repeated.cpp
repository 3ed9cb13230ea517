// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/repeated.h"

#include <algorithm>
#include <chrono>

namespace patchbay::torch {
namespace {

// The first call of a shape pays for everything; each way is then measured as often.
constexpr int firstMeasured = 1, measured = 3;
// A graph keeps its memory: few shapes have one.
constexpr std::size_t mostShapes = 4;

std::vector<at::Tensor> onProcessor(const std::vector<at::Tensor>& tensors) {
  std::vector<at::Tensor> out;
  for (const auto& tensor : tensors) out.push_back(tensor.to(at::kCPU, tensor.scalar_type(), false, true));
  return out;
}

template <class F>
auto timed(double& best, F&& f) {
  const auto begin = std::chrono::steady_clock::now();
  auto out = f();
  best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  return out;
}

}  // namespace

std::vector<at::Tensor> RepeatedForward::plainly(Shape& shape, const at::Tensor& input, const Compute& compute) {
  return timed(shape.plain, [&] { return onProcessor(compute(input)); });
}

std::vector<at::Tensor> RepeatedForward::repeat(Shape& shape, const at::Tensor& input) {
  return timed(shape.repeated, [&] {
    shape.input.copy_(input);
    shape.graph->replay();
    return onProcessor(shape.outputs);
  });
}

std::vector<at::Tensor> RepeatedForward::run(const at::Tensor& input, const Compute& compute) {
  const auto key = input.sizes().vec();
  if (!shapes_.contains(key) && shapes_.size() >= mostShapes) return onProcessor(compute(input));
  auto& shape = shapes_[key];
  const int call = shape.calls++;
  if (call < firstMeasured) return onProcessor(compute(input));
  if (call < firstMeasured + measured) return plainly(shape, input, compute);
  if (!shape.decided && !shape.graph) {
    shape.input = input.clone();
    try {
      shape.graph = library_.record([&] { shape.outputs = compute(shape.input); }, device_);
    } catch (const std::exception&) {
      // Some op cannot be recorded: then there is one way only.
      shape = {.calls = shape.calls, .decided = true};
    }
  }
  if (!shape.graph) return onProcessor(compute(input));
  auto out = repeat(shape, input);
  if (!shape.decided && call >= firstMeasured + 2 * measured - 1) {
    shape.decided = true;
    if (shape.repeated >= shape.plain) shape = {.calls = shape.calls, .decided = true};
  }
  return out;
}

int RepeatedForward::graphs() const {
  return static_cast<int>(std::count_if(shapes_.begin(), shapes_.end(), [](const auto& one) { return one.second.graph != nullptr; }));
}

}  // namespace patchbay::torch
