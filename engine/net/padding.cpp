// SPDX-License-Identifier: Apache-2.0
#include "engine/net/padding.h"

#include <algorithm>

#include "engine/net/passes.h"

namespace patchbay::net {
namespace {
/// Total padding along one axis.
std::int64_t sameTotal(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
  const auto outputs = (size + stride - 1) / stride;
  return std::max<std::int64_t>((outputs - 1) * stride + dilation * (kernel - 1) + 1 - size, 0);
}
}  // namespace

Result<> applySamePadding(Net& net) {
  // Sizes below an op must be settled first. Inferring each prefix anew is quadratic, a millisecond for 150 ops.
  for (std::size_t i = 0; i < net.ops.size(); ++i) {
    auto* conv = net.ops[i].as<Conv2d>();
    if (!conv || !conv->samePadding) continue;
    Net prefix;
    prefix.input = net.input;
    prefix.ops.assign(net.ops.begin(), net.ops.begin() + static_cast<std::ptrdiff_t>(i));
    PB_TRY(const auto shapes, inferShapes(prefix));
    const Shape& in = shapes.at(net.ops[i].inputs[0]);
    if (in.size() != 4) continue;  // validate() says what is wrong with it.
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const auto total = sameTotal(in[axis + 2], conv->kernel[axis], conv->stride[axis], conv->dilation[axis]);
      conv->padding[axis] = total / 2;
      conv->padding[axis + 2] = total - total / 2;
    }
  }
  return {};
}

}  // namespace patchbay::net
