// SPDX-License-Identifier: Apache-2.0
#include "engine/net/int8.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
using onnx::GraphProto;
using onnx::ModelProto;
using onnx::NodeProto;
using onnx::TensorProto;

Error notOurs() {
  return {ErrorKind::Internal,
          "int8.network",
          TR("net", "The network cannot be written in eight bits."),
          TR("net", "Export it without int8, and report this."),
          {}};
}

Result<ModelProto> parsed(std::string_view bytes) {
  ModelProto model;
  if (!model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return fail(notOurs());
  return model;
}

Result<std::string> written(const ModelProto& model) {
  std::string bytes;
  if (!model.SerializeToString(&bytes)) return fail(notOurs());
  return bytes;
}

bool isActivation(const NodeProto& node) { return std::set<std::string>{"Clip", "Relu"}.contains(node.op_type()); }

/// Which nodes are computed in integers, and which tensors lie between them.
struct Choice {
  std::set<int> convolutions;     ///< Indices of nodes.
  std::set<std::string> tensors;  ///< Activations that are rounded to eight bits.
};

Choice choose(const GraphProto& graph) {
  Choice out;
  std::set<std::string> constants;
  for (const auto& tensor : graph.initializer()) constants.insert(tensor.name());
  bool first = true;
  std::set<std::string> linear;  // Outputs of chosen convolutions, before an activation.
  for (int i = 0; i < graph.node_size(); ++i) {
    const auto& node = graph.node(i);
    if (node.op_type() == "Conv") {
      if (!std::exchange(first, false)) {
        out.convolutions.insert(i);
        out.tensors.insert(node.input(0));
        linear.insert(node.output(0));
      }
    } else if (isActivation(node)) {
      // Rounded once, behind the activation.
      if (linear.erase(node.input(0)) > 0) linear.insert(node.output(0));
    } else if (node.op_type() == "Add" && !constants.contains(node.input(0)) && !constants.contains(node.input(1))) {
      out.tensors.insert({node.input(0), node.input(1)});
    }
  }
  out.tensors.insert(linear.begin(), linear.end());
  for (const auto& input : graph.input()) out.tensors.erase(input.name());
  for (const auto& output : graph.output()) out.tensors.erase(output.name());
  return out;
}

class Rewriter {
 public:
  Rewriter(GraphProto& graph, const std::map<std::string, ValueRange>& ranges) : graph_{graph}, ranges_{ranges}, choice_{choose(graph)} {
    for (const auto& tensor : graph.initializer()) {
      weights_.emplace(tensor.name(), &tensor);
      used_.insert(tensor.name());
    }
    for (const auto& one : graph.node()) used_.insert(one.output().begin(), one.output().end());
    for (const auto& input : graph.input()) used_.insert(input.name());
  }

  Result<GraphProto> run() {
    GraphProto out = graph_;
    out.clear_node();
    out.clear_initializer();
    made_ = &out;
    for (int i = 0; i < graph_.node_size(); ++i) {
      auto node = graph_.node(i);
      node.clear_name();
      for (int k = 0; k < node.input_size(); ++k)
        if (const auto found = rounded_.find(node.input(k)); found != rounded_.end()) node.set_input(k, found->second);
      if (choice_.convolutions.contains(i)) PB_CHECK(quantiseWeights(graph_.node(i), node));
      *out.add_node() = node;
      for (const auto& output : node.output())
        if (choice_.tensors.contains(output)) PB_CHECK(quantise(output));
    }
    // What is still read stays as it was.
    std::set<std::string> read;
    for (const auto& node : out.node()) read.insert(node.input().begin(), node.input().end());
    // Bounds of rectifiers are the same few numbers everywhere.
    std::map<std::string, std::string> numbers, instead;
    for (const auto& tensor : graph_.initializer()) {
      if (!read.contains(tensor.name())) continue;
      if (tensor.dims_size() == 0 && tensor.data_type() == TensorProto::FLOAT) {
        auto& name = numbers[tensor.raw_data()];
        const bool first = name.empty();
        if (first) name = fresh();
        instead[tensor.name()] = name;
        if (!first) continue;
      }
      auto& kept = *out.add_initializer();
      kept = tensor;
      if (const auto found = instead.find(tensor.name()); found != instead.end()) kept.set_name(found->second);
    }
    for (auto& node : *out.mutable_node())
      for (int k = 0; k < node.input_size(); ++k)
        if (const auto found = instead.find(node.input(k)); found != instead.end()) node.set_input(k, found->second);
    return out;
  }

 private:
  struct Scale {
    float scale = 1;
    std::uint8_t zero = 0;
  };

  Result<Scale> scaleOf(const std::string& tensor) const {
    const auto found = ranges_.find(tensor);
    if (found == ranges_.end() || !std::isfinite(found->second.low) || !std::isfinite(found->second.high)) return fail(notOurs());
    const float low = std::min(found->second.low, 0.F), high = std::max(found->second.high, 0.F);
    const float scale = std::max((high - low) / 255, 1e-8F);
    return Scale{scale, static_cast<std::uint8_t>(std::clamp(std::nearbyint(-low / scale), 0.F, 255.F))};
  }

  /// Short: names are a tenth of what is added.
  std::string fresh() {
    std::string name;
    do name = "i" + std::to_string(count_++);
    while (!used_.insert(name).second);
    return name;
  }

  TensorProto& constant(const std::string& name, TensorProto::DataType type, const std::vector<std::int64_t>& shape) {
    auto& tensor = *made_->add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(type);
    for (const auto extent : shape) tensor.add_dims(extent);
    return tensor;
  }
  template <class T>
  std::string constant(TensorProto::DataType type, const std::vector<std::int64_t>& shape, const std::vector<T>& values) {
    const auto name = fresh();
    constant(name, type, shape).set_raw_data(values.data(), values.size() * sizeof(T));
    return name;
  }
  std::string node(const char* type, const std::vector<std::string>& inputs, bool perChannel = false) {
    const auto output = fresh();
    auto& made = *made_->add_node();
    made.set_op_type(type);
    for (const auto& input : inputs) made.add_input(input);
    made.add_output(output);
    if (!perChannel) return output;
    auto& axis = *made.add_attribute();
    axis.set_name("axis");
    axis.set_type(onnx::AttributeProto::INT);
    axis.set_i(0);
    return output;
  }

  Result<> quantise(const std::string& tensor) {
    PB_TRY(const auto s, scaleOf(tensor));
    const auto scale = constant<float>(TensorProto::FLOAT, {}, {s.scale});
    scaleNames_[tensor] = scale;
    auto& zero = zeros_[s.zero];
    if (zero.empty()) zero = constant<std::uint8_t>(TensorProto::UINT8, {}, {s.zero});
    const auto quantised = node("QuantizeLinear", {tensor, scale, zero});
    rounded_[tensor] = node("DequantizeLinear", {quantised, scale, zero});
    return {};
  }

  Result<std::vector<float>> floats(const std::string& name) const {
    const auto found = weights_.find(name);
    if (found == weights_.end() || found->second->data_type() != TensorProto::FLOAT) return fail(notOurs());
    const auto& raw = found->second->raw_data();
    std::vector<float> out(raw.size() / sizeof(float));
    std::memcpy(out.data(), raw.data(), out.size() * sizeof(float));
    return out;
  }

  Result<> quantiseWeights(const NodeProto& before, NodeProto& after) {
    const auto& name = before.input(1);
    PB_TRY(const auto values, floats(name));
    const auto& tensor = *weights_.at(name);
    const std::vector<std::int64_t> shape(tensor.dims().begin(), tensor.dims().end());
    if (shape.empty() || shape[0] < 1) return fail(notOurs());
    const auto channels = static_cast<std::size_t>(shape[0]);
    const auto each = values.size() / channels;
    std::vector<float> scales(channels);
    std::vector<std::int8_t> rounded(values.size());
    for (std::size_t c = 0; c < channels; ++c) {
      float most = 0;
      for (std::size_t i = c * each; i < (c + 1) * each; ++i) most = std::max(most, std::abs(values[i]));
      scales[c] = std::max(most / 127, 1e-8F);
      for (std::size_t i = c * each; i < (c + 1) * each; ++i)
        rounded[i] = static_cast<std::int8_t>(std::clamp(std::nearbyint(values[i] / scales[c]), -127.F, 127.F));
    }
    const auto quantised = constant<std::int8_t>(TensorProto::INT8, shape, rounded);
    const auto scale = constant<float>(TensorProto::FLOAT, {shape[0]}, scales);
    after.set_input(1, node("DequantizeLinear", {quantised, scale}, true));
    if (before.input_size() > 2) {
      PB_TRY(const auto input, scaleOf(before.input(0)));
      PB_TRY(const auto bias, quantiseBias(before.input(2), input.scale, scales, before.input(0), scale));
      after.set_input(2, bias);
    }
    return {};
  }

  /// Biases are added to sums of products, whose scale is the product of the scales. It is written as that product, which
  /// every runtime computes once when it reads the file: the numbers themselves would be a fortieth of the file.
  Result<std::string> quantiseBias(const std::string& name, float input, const std::vector<float>& weights, const std::string& tensor,
                                   const std::string& weightScale) {
    PB_TRY(const auto values, floats(name));
    if (values.size() != weights.size()) return fail(notOurs());
    const std::vector<std::int64_t> shape{static_cast<std::int64_t>(values.size())};
    std::vector<std::int32_t> rounded(values.size());
    for (std::size_t c = 0; c < values.size(); ++c) {
      const float scale = input * weights[c];
      rounded[c] = static_cast<std::int32_t>(std::clamp(std::nearbyint(static_cast<double>(values[c]) / scale), -2e9, 2e9));
    }
    const auto quantised = constant<std::int32_t>(TensorProto::INT32, shape, rounded);
    const auto inputScale = scaleNames_.find(tensor);
    if (inputScale == scaleNames_.end()) return fail(notOurs());
    return node("DequantizeLinear", {quantised, node("Mul", {inputScale->second, weightScale})}, true);
  }

  const GraphProto& graph_;
  const std::map<std::string, ValueRange>& ranges_;
  Choice choice_;
  std::map<std::string, const TensorProto*> weights_;
  std::map<std::string, std::string> rounded_;     ///< Tensor -> what it is after rounding.
  std::map<std::string, std::string> scaleNames_;  ///< Tensor -> the constant it was rounded with.
  std::map<std::uint8_t, std::string> zeros_;
  std::set<std::string> used_;
  std::size_t count_ = 0;
  GraphProto* made_ = nullptr;
};

}  // namespace

Result<std::vector<std::string>> tensorsToCalibrate(std::string_view onnx) {
  PB_TRY(const auto model, parsed(onnx));
  const auto choice = choose(model.graph());
  return std::vector<std::string>(choice.tensors.begin(), choice.tensors.end());
}

Result<std::string> withOutputs(std::string_view onnx, const std::vector<std::string>& tensors) {
  PB_TRY(auto model, parsed(onnx));
  for (const auto& name : tensors) {
    auto& output = *model.mutable_graph()->add_output();
    output.set_name(name);
    output.mutable_type()->mutable_tensor_type()->set_elem_type(onnx::TensorProto::FLOAT);
  }
  return written(model);
}

Result<std::string> classifierInput(std::string_view onnx) {
  PB_TRY(const auto model, parsed(onnx));
  const auto& graph = model.graph();
  if (graph.output_size() < 1) return std::string{};
  for (const auto& node : graph.node())
    if (node.op_type() == "Gemm" && node.output(0) == graph.output(0).name()) return node.input(0);
  return std::string{};
}

Result<std::string> toInt8(std::string_view onnx, const std::map<std::string, ValueRange>& ranges) {
  PB_TRY(auto model, parsed(onnx));
  PB_TRY(*model.mutable_graph(), Rewriter(*model.mutable_graph(), ranges).run());
  return written(model);
}

}  // namespace patchbay::net
