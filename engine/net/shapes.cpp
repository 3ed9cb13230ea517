// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/net/passes.h"
#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
constexpr std::int64_t maxAttribute = 1 << 20;

/// The shape an op gives for the shapes of its inputs, batch in front. One overload per kind.
struct Infer {
  const Op& op;
  const std::vector<Shape>& inputs;

  tl::unexpected<Error> mismatch(std::string_view what) const {
    std::string text = "step " + op.name + " " + std::string{what} + ", but gets";
    for (const auto& shape : inputs) text += " " + shapeText(shape);
    return badNet(text);
  }

  Result<std::int64_t> windows(std::int64_t size, std::int64_t padding, std::int64_t kernel, std::int64_t stride,
                               std::int64_t dilation) const {
    const auto room = size + padding - (dilation * (kernel - 1) + 1);
    if (room < 0) return mismatch("has a window larger than its picture");
    return room / stride + 1;
  }

  template <class Kind>
  Result<Shape> windowed(const Kind& k, std::int64_t channels, std::array<std::int64_t, 2> dilation) const {
    for (const auto n : {k.kernel[0], k.kernel[1], k.stride[0], k.stride[1], dilation[0], dilation[1]})
      if (n < 1 || n > maxAttribute) return mismatch("has a kernel, stride or dilation outside its range");
    for (const auto n : k.padding)
      if (n < 0 || n > maxAttribute) return mismatch("has a padding outside its range");
    const Shape& in = inputs[0];
    PB_TRY(const auto height, windows(in[2], k.padding[0] + k.padding[2], k.kernel[0], k.stride[0], dilation[0]));
    PB_TRY(const auto width, windows(in[3], k.padding[1] + k.padding[3], k.kernel[1], k.stride[1], dilation[1]));
    return Shape{in[0], channels, height, width};
  }

  Result<Shape> operator()(const Conv2d& k) const {
    const Shape& in = inputs[0];
    if (in.size() != 4 || in[1] != k.in) return mismatch("needs [N, " + std::to_string(k.in) + ", H, W]");
    if (k.groups < 1 || k.in < 1 || k.out < 1 || k.in % k.groups != 0 || k.out % k.groups != 0)
      return mismatch("has groups that do not divide its channels");
    return windowed(k, k.out, k.dilation);
  }
  Result<Shape> operator()(const Pool& k) const {
    if (inputs[0].size() != 4) return mismatch("needs a picture");
    // A window made of padding alone would have no mean and no maximum.
    for (std::size_t i = 0; i < 4; ++i)
      if (k.padding[i] >= k.kernel[i % 2]) return mismatch("has a padding as large as its window");
    return windowed(k, inputs[0][1], {1, 1});
  }
  Result<Shape> operator()(const GlobalPool& k) const {
    const Shape& in = inputs[0];
    if (in.size() != 4) return mismatch("needs a picture");
    return k.keepDims ? Shape{in[0], in[1], 1, 1} : Shape{in[0], in[1]};
  }
  Result<Shape> operator()(const BatchNorm& k) const {
    if (inputs[0].size() < 2 || inputs[0][1] != k.channels) return mismatch("needs " + std::to_string(k.channels) + " channels");
    if (!(k.eps > 0)) return mismatch("needs an eps above 0");
    return inputs[0];
  }
  Result<Shape> operator()(const LayerNorm& k) const {
    if (inputs[0].size() < 2 || inputs[0].back() != k.channels)
      return mismatch("needs " + std::to_string(k.channels) + " values on the last axis");
    if (!(k.eps > 0)) return mismatch("needs an eps above 0");
    return inputs[0];
  }
  Result<Shape> operator()(const Linear& k) const {
    if (inputs[0].size() < 2 || inputs[0].back() != k.in || k.out < 1)
      return mismatch("needs " + std::to_string(k.in) + " values on the last axis");
    Shape out = inputs[0];
    out.back() = k.out;
    return out;
  }
  Result<Shape> operator()(const Activation&) const { return inputs[0]; }
  Result<Shape> operator()(const Dropout& k) const {
    if (!(k.p >= 0 && k.p < 1)) return mismatch("needs a share in [0, 1)");
    return inputs[0];
  }
  Result<Shape> operator()(const Softmax& k) const {
    const auto rank = static_cast<std::int64_t>(inputs[0].size());
    if (k.axis >= rank || k.axis < -rank || k.axis == 0 || k.axis == -rank) return mismatch("has no such axis");
    return inputs[0];
  }
  Result<Shape> operator()(const Add&) const { return broadcast(); }
  Result<Shape> operator()(const Mul&) const { return broadcast(); }
  Result<Shape> broadcast() const {
    Shape a = inputs[0], b = inputs[1];
    if (a.size() != b.size()) return mismatch("needs inputs of the same number of axes");
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i] && a[i] != 1 && b[i] != 1) return mismatch("needs inputs that fit together");
      a[i] = a[i] == 1 ? b[i] : a[i];
    }
    return a;
  }
  Result<Shape> operator()(const MatMul& k) const {
    const Shape &a = inputs[0], &b = inputs[1];
    const auto rank = a.size();
    if (rank < 3 || b.size() != rank || !std::equal(a.begin(), a.end() - 2, b.begin())) return mismatch("needs two stacks of matrices");
    if (a[rank - 1] != b[k.transposeB ? rank - 1 : rank - 2]) return mismatch("needs matrices that fit together");
    Shape out = a;
    out[rank - 1] = b[k.transposeB ? rank - 2 : rank - 1];
    return out;
  }
  Result<Shape> operator()(const Flatten&) const {
    PB_TRY(const auto rest, elementCount(Shape(inputs[0].begin() + 1, inputs[0].end())));
    return Shape{inputs[0][0], rest};
  }
  Result<Shape> operator()(const Reshape& k) const {
    PB_TRY(const auto have, elementCount(Shape(inputs[0].begin() + 1, inputs[0].end())));
    Shape fixed = k.shape;
    std::erase(fixed, -1);
    const auto open = k.shape.size() - fixed.size();
    PB_TRY(const auto known, elementCount(fixed));
    if (open > 1 || known == 0 || (open == 1 ? have % known != 0 : have != known)) return mismatch("cannot become " + shapeText(k.shape));
    Shape out{inputs[0][0]};
    for (const auto extent : k.shape) out.push_back(extent == -1 ? have / known : extent);
    return out;
  }
  Result<Shape> operator()(const Transpose& k) const {
    std::vector<std::int64_t> sorted = k.order, all(inputs[0].size());
    std::sort(sorted.begin(), sorted.end());
    std::iota(all.begin(), all.end(), 0);
    if (sorted != all || k.order.front() != 0) return mismatch("needs an order of all axes, the batch in front");
    Shape out;
    for (const auto axis : k.order) out.push_back(inputs[0][static_cast<std::size_t>(axis)]);
    return out;
  }
  Result<Shape> operator()(const Concat& k) const {
    Shape out = inputs[0];
    if (k.axis < 1 || k.axis >= static_cast<std::int64_t>(out.size())) return mismatch("has no such axis");
    const auto axis = static_cast<std::size_t>(k.axis);
    for (std::size_t i = 1; i < inputs.size(); ++i) {
      Shape other = inputs[i];
      if (other.size() != out.size()) return mismatch("needs inputs of the same number of axes");
      out[axis] += other[axis];
      other[axis] = out[axis];
      if (other != out) return mismatch("needs inputs that fit together");
    }
    return out;
  }
};
}  // namespace

Result<std::map<std::string, Shape>> inferShapes(const Net& net, std::int64_t batch) {
  if (batch < 1 || batch > maxAttribute || net.input.shape.empty()) return badNet("its input is empty");
  for (const auto extent : net.input.shape)
    if (extent < 1) return badNet("its input is empty");
  std::map<std::string, Shape> shapes;
  Shape first{batch};
  first.insert(first.end(), net.input.shape.begin(), net.input.shape.end());
  PB_CHECK(elementCount(first));
  shapes.emplace(net.input.name, std::move(first));
  for (const auto& op : net.ops) {
    std::vector<Shape> inputs;
    for (const auto& name : op.inputs) {
      const auto found = shapes.find(name);
      if (found == shapes.end()) return badNet("step " + op.name + " uses " + name + ", which is not computed before it");
      inputs.push_back(found->second);
    }
    if (inputs.empty()) return badNet("step " + op.name + " has no input");
    PB_TRY(auto shape, std::visit(Infer{op, inputs}, op.kind));
    PB_CHECK(elementCount(shape));
    shapes.insert_or_assign(op.name, std::move(shape));
  }
  return shapes;
}

Result<NetCost> cost(const Net& net) {
  PB_TRY(const auto shapes, inferShapes(net));
  NetCost out;
  out.stages.resize(net.stages.size());
  for (const auto& op : net.ops) {
    const Shape& shape = shapes.at(op.name);
    PB_TRY(const auto outputs, elementCount(shape));
    Cost own;
    std::int64_t each = 0;  // Multiply-accumulates for one number of the output; the factors are below 2^31 by validate().
    if (const auto* conv = op.as<Conv2d>()) each = conv->in / conv->groups * conv->kernel[0] * conv->kernel[1];
    if (const auto* linear = op.as<Linear>()) each = linear->in;
    if (op.as<MatMul>()) each = shapes.at(op.inputs[0]).back();
    if (__builtin_mul_overflow(outputs, each, &own.macs)) return badNet("step " + op.name + " is too large");
    for (const auto& [name, extents] : parametersOf(op)) {
      if (op.as<BatchNorm>() && (name.ends_with(".mean") || name.ends_with(".var"))) continue;
      PB_TRY(const auto count, elementCount(extents));
      own.parameters += count;
    }
    if (op.stage < 0 || op.stage >= static_cast<int>(out.stages.size())) return badNet("step " + op.name + " has no stage");
    auto& stage = out.stages[static_cast<std::size_t>(op.stage)];
    stage.macs += own.macs, out.total.macs += own.macs;
    stage.parameters += own.parameters, out.total.parameters += own.parameters;
  }
  return out;
}

}  // namespace patchbay::net
