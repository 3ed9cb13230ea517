// SPDX-License-Identifier: Apache-2.0
#include "engine/net/passes.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/net/padding.h"
#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
using Values = std::vector<float>;
constexpr std::int64_t maxSide = 65'535;

/// How often each value is used, by ops and by outputs.
std::map<std::string, int> countUses(const Net& net) {
  std::map<std::string, int> uses;
  for (const auto& op : net.ops)
    for (const auto& input : op.inputs) ++uses[input];
  for (const auto& output : net.outputs) ++uses[output.value];
  return uses;
}

/// Everybody who used `from` uses `to` instead.
void rewire(Net& net, const std::string& from, const std::string& to) {
  for (auto& op : net.ops) std::replace(op.inputs.begin(), op.inputs.end(), from, to);
  for (auto& output : net.outputs)
    if (output.value == from) output.value = to;
}

void eraseParameters(Net& net, const Op& op) {
  for (const auto& spec : parametersOf(op)) net.parameters.erase(spec.name);
}

/// Scales row r of the weight by gamma / sqrt(var + eps) and moves the bias accordingly, in double.
void foldInto(Net& net, Op& target, const Op& norm) {
  const auto values = [&](const Op& op, const char* suffix) { return net.parameters.at(op.name + suffix).values(); };
  const Tensor weight = net.parameters.at(target.name + ".weight");
  const auto rows = static_cast<std::size_t>(weight.shape[0]);
  const auto row = rows == 0 ? 0 : weight.values().size() / rows;
  auto* conv = target.as<Conv2d>();
  bool& hasBias = conv ? conv->bias : target.as<Linear>()->bias;
  Values scaled(weight.values().size()), bias(rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const double scale = values(norm, ".weight")[r] / std::sqrt(static_cast<double>(values(norm, ".var")[r]) + norm.as<BatchNorm>()->eps);
    for (std::size_t i = r * row; i < (r + 1) * row; ++i) scaled[i] = static_cast<float>(weight.values()[i] * scale);
    const double before = hasBias ? values(target, ".bias")[r] : 0.;
    bias[r] = static_cast<float>((before - values(norm, ".mean")[r]) * scale + values(norm, ".bias")[r]);
  }
  net.parameters.insert_or_assign(target.name + ".weight", Tensor{weight.shape, std::move(scaled)});
  net.parameters.insert_or_assign(target.name + ".bias", Tensor{{weight.shape[0]}, std::move(bias)});
  hasBias = true;
}

/// Drops ops no output needs, and the parameters that belonged to them.
void prune(Net& net) {
  std::set<std::string> needed;
  for (const auto& output : net.outputs) needed.insert(output.value);
  for (auto op = net.ops.rbegin(); op != net.ops.rend(); ++op)
    if (needed.contains(op->name)) needed.insert(op->inputs.begin(), op->inputs.end());
  std::map<std::string, Tensor> kept;
  std::erase_if(net.ops, [&](const Op& op) {
    if (!needed.contains(op.name)) return true;
    for (const auto& spec : parametersOf(op))
      if (auto found = net.parameters.extract(spec.name)) kept.insert(std::move(found));
    return false;
  });
  net.parameters = std::move(kept);
}

/// The Linear that makes the first output.
Result<std::string> headOf(const Net& net) {
  const Op* op = net.outputs.empty() ? nullptr : net.findOp(net.outputs.front().value);
  if (!op || !op->as<Linear>()) return badNet("it does not end in a classifier");
  return op->name;
}
}  // namespace

Result<Net> foldBatchNorm(const Net& original) {
  Net net = original;
  PB_TRY(const auto shapes, inferShapes(net));
  for (std::size_t i = 0; i < net.ops.size();) {
    const Op op = net.ops[i];
    const bool dropout = op.as<Dropout>() != nullptr;
    if (!dropout && !op.as<BatchNorm>()) {
      ++i;
      continue;
    }
    const auto source = std::find_if(net.ops.begin(), net.ops.end(), [&](const Op& other) { return other.name == op.inputs[0]; });
    if (!dropout) {
      const bool foldable = source != net.ops.end() &&
                            (source->as<Conv2d>() || (source->as<Linear>() && shapes.at(source->name).size() == 2)) &&
                            countUses(net)[source->name] == 1;
      if (!foldable) {
        ++i;
        continue;
      }
      foldInto(net, *source, op);
    }
    eraseParameters(net, op);
    rewire(net, op.name, op.inputs[0]);
    net.ops.erase(net.ops.begin() + static_cast<std::ptrdiff_t>(i));
  }
  PB_CHECK(validate(net));
  return net;
}

Result<Net> replaceHead(const Net& original, std::vector<std::string> classes, Tensor weight, Tensor bias) {
  Net net = original;
  PB_TRY(const auto head, headOf(net));
  auto* linear = std::find_if(net.ops.begin(), net.ops.end(), [&](const Op& op) { return op.name == head; })->as<Linear>();
  linear->out = static_cast<std::int64_t>(classes.size());
  linear->bias = true;
  const Shape shape{linear->out, linear->in};
  net.parameters.insert_or_assign(head + ".weight", weight.data ? std::move(weight) : Tensor::full(shape, 0));
  net.parameters.insert_or_assign(head + ".bias", bias.data ? std::move(bias) : Tensor::full({linear->out}, 0));
  net.classes = std::move(classes);
  net.task = "classification";
  PB_CHECK(validate(net));
  return net;
}

Result<SplitNet> splitAt(const Net& net, std::string_view stage) {
  const int boundary = net.findStage(stage);
  if (boundary < 0) return badNet("it has no stage called " + std::string{stage});
  PB_TRY(const auto shapes, inferShapes(net));
  std::set<std::string> below{net.input.name}, crossing;
  SplitNet out{net, net};
  for (const auto& op : net.ops) {
    if (op.stage < boundary) {
      below.insert(op.name);
      continue;
    }
    for (const auto& input : op.inputs)
      if (below.contains(input)) crossing.insert(input);
  }
  for (const auto& output : net.outputs)
    if (below.contains(output.value)) crossing.insert(output.value);
  if (crossing.size() != 1 || below.size() == 1 || *crossing.begin() == net.input.name)
    return badNet("it cannot be cut before stage " + std::string{stage} + ", because not exactly one value crosses there");
  const std::string cut = *crossing.begin();

  const auto at = net.stages.begin() + boundary;
  out.lower.stages.assign(net.stages.begin(), at);
  out.lower.outputs = {{"boundary", cut}};
  out.lower.task = "features";
  out.lower.classes.clear();
  prune(out.lower);

  out.upper.stages.assign(at, net.stages.end());
  out.upper.input = {"boundary", Shape(shapes.at(cut).begin() + 1, shapes.at(cut).end())};
  rewire(out.upper, cut, "boundary");
  std::erase_if(out.upper.ops, [&](Op& op) {
    const bool lower = op.stage < boundary;
    if (lower) eraseParameters(out.upper, op);
    op.stage -= boundary;
    return lower;
  });
  PB_CHECK(validate(out.lower));
  PB_CHECK(validate(out.upper));
  return out;
}

Result<Net> joinSplit(const Net& lower, const Net& upper) {
  if (lower.outputs.size() != 1) return badNet("its lower part does not have exactly one output");
  Net net = lower;
  const auto shift = static_cast<int>(lower.stages.size());
  Net top = upper;
  rewire(top, upper.input.name, lower.outputs.front().value);
  for (auto& op : top.ops) op.stage += shift;
  net.ops.insert(net.ops.end(), top.ops.begin(), top.ops.end());
  net.stages.insert(net.stages.end(), top.stages.begin(), top.stages.end());
  net.parameters.merge(top.parameters);
  net.outputs = top.outputs;
  net.name = top.name;
  net.task = top.task;
  net.classes = top.classes;
  net.metadata = top.metadata;
  PB_CHECK(validate(net));
  return net;
}

Result<Net> tap(const Net& original, const std::vector<Tap>& taps, bool join) {
  Net net = original;
  PB_TRY(const auto shapes, inferShapes(net));
  net.outputs.clear();
  net.classes.clear();
  net.task = "features";
  net.stages.push_back("features");
  const int last = static_cast<int>(net.stages.size()) - 1;
  const auto add = [&](const std::string& name, OpKind kind, std::vector<std::string> inputs) {
    net.ops.push_back({"tap." + name, std::move(kind), std::move(inputs), last});
    return net.ops.back().name;
  };
  for (const auto& wanted : taps) {
    const int stage = original.findStage(wanted.stage);
    const auto value = std::find_if(original.ops.rbegin(), original.ops.rend(), [&](const Op& op) { return op.stage == stage; });
    if (stage < 0 || value == original.ops.rend()) return badNet("it has no stage called " + wanted.stage);
    const bool map = shapes.at(value->name).size() == 4;
    if (!map || wanted.pool == TapPool::None) {
      net.outputs.push_back({wanted.stage, value->name});
      continue;
    }
    if (wanted.pool != TapPool::Max)
      net.outputs.push_back({wanted.stage + ".mean", add(wanted.stage + ".mean", GlobalPool{Reduction::Mean}, {value->name})});
    if (wanted.pool != TapPool::Mean)
      net.outputs.push_back({wanted.stage + ".max", add(wanted.stage + ".max", GlobalPool{Reduction::Max}, {value->name})});
  }
  if (join) {
    std::vector<std::string> parts;
    for (const auto& output : net.outputs) parts.push_back(output.value);
    if (parts.empty()) return badNet("no stage is tapped");
    net.outputs = {{"features", add("features", Concat{1}, std::move(parts))}};
  }
  prune(net);
  PB_CHECK(validate(net));
  return net;
}

Result<Net> withoutHead(const Net& original) {
  Net net = original;
  PB_TRY(const auto head, headOf(net));
  std::string value = net.findOp(head)->inputs[0];
  while (const Op* op = net.findOp(value)) {
    if (!op->as<Dropout>()) break;
    value = op->inputs[0];
  }
  net.outputs = {{"features", value}};
  net.classes.clear();
  net.task = "features";
  prune(net);
  PB_CHECK(validate(net));
  return net;
}

Result<Net> resized(const Net& original, std::int64_t height, std::int64_t width) {
  Net net = original;
  if (net.input.shape.size() != 3) return badNet("its input is not a picture");
  if (height < 1 || width < 1 || height > maxSide || width > maxSide) return badNet("a picture has 1 to 65535 pixels a side");
  net.input.shape[1] = height;
  net.input.shape[2] = width;
  // Resize and crop keep their proportion: 256 to 224 becomes 329 to 288.
  const auto shortBefore = std::min(net.preprocessing.height, net.preprocessing.width);
  net.preprocessing.resizeTo = (net.preprocessing.resizeTo * std::min(height, width) + shortBefore / 2) / shortBefore;
  net.preprocessing.height = height;
  net.preprocessing.width = width;
  PB_CHECK(applySamePadding(net));
  PB_CHECK(validate(net));
  return net;
}

}  // namespace patchbay::net
