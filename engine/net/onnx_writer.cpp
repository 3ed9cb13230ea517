// SPDX-License-Identifier: Apache-2.0
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "engine/net/decode.h"
#include "engine/net/fields.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
constexpr int opset = 17, irVersion = 8;

class Writer {
 public:
  Writer(const Net& net, const OnnxOptions& options, const std::map<std::string, Shape>& shapes)
      : net_{net}, options_{options}, shapes_{shapes} {}

  Result<std::string> write() {
    model_.set_ir_version(irVersion);
    model_.set_producer_name("patchbay");
    auto& version = *model_.add_opset_import();
    version.set_domain("");
    version.set_version(options_.opset10 ? 10 : opset);
    graph_.set_name(net_.name.empty() ? "net" : net_.name);
    nameValues();
    declare(*graph_.add_input(), net_.input.name, shapes_.at(net_.input.name));
    for (const auto& op : net_.ops) {
      op_ = &op;
      std::visit([&](const auto& kind) { emit(kind); }, op.kind);
    }
    for (const auto& output : net_.outputs) {
      if (tensors_.at(output.value) != output.name) node("Identity", {tensors_.at(output.value)}, output.name);
      declare(*graph_.add_output(), output.name, shapes_.at(output.value));
    }
    addMetadata();
    std::string bytes;
    if (!model_.SerializeToString(&bytes))
      return fail(ErrorKind::Internal, "onnx.write", TR("net", "The network could not be written as ONNX."),
                  TR("net", "Please report this."));
    return bytes;
  }

 private:
  /// ONNX has one name space for parameters, values, inputs and outputs; ours are separate.
  void nameValues() {
    used_.insert(net_.input.name);
    tensors_.emplace(net_.input.name, net_.input.name);
    for (const auto& [name, tensor] : net_.parameters) used_.insert(name);
    std::map<std::string, std::string> outputs;
    for (const auto& output : net_.outputs) {
      const bool fresh = used_.insert(output.name).second;
      const Op* op = net_.findOp(output.value);
      if (fresh && op && !op->as<Dropout>()) outputs.emplace(output.value, output.name);
    }
    for (const auto& op : net_.ops) {
      const auto output = outputs.find(op.name);
      if (op.as<Dropout>()) tensors_.emplace(op.name, tensors_.at(op.inputs[0]));
      else tensors_.emplace(op.name, output != outputs.end() ? output->second : unused(op.name));
    }
  }

  std::string unused(std::string name) {
    while (!used_.insert(name).second) name += '_';
    return name;
  }

  void declare(onnx::ValueInfoProto& info, const std::string& name, const Shape& shape) {
    info.set_name(name);
    auto& type = *info.mutable_type()->mutable_tensor_type();
    type.set_elem_type(onnx::TensorProto::FLOAT);
    auto& dims = *type.mutable_shape();
    if (options_.batch) dims.add_dim()->set_dim_value(*options_.batch);
    else dims.add_dim()->set_dim_param("batch");
    for (std::size_t i = 1; i < shape.size(); ++i) dims.add_dim()->set_dim_value(shape[i]);
  }

  onnx::NodeProto& node(const char* type, const std::vector<std::string>& inputs, const std::string& output) {
    auto& made = *graph_.add_node();
    made.set_op_type(type);
    made.set_name(output);
    for (const auto& input : inputs) made.add_input(input);
    made.add_output(output);
    return made;
  }
  /// The node that makes the current op's value from its own inputs and further tensors.
  onnx::NodeProto& main(const char* type, const std::vector<std::string>& more = {}) {
    auto inputs = sources();
    inputs.insert(inputs.end(), more.begin(), more.end());
    return node(type, inputs, target());
  }
  std::vector<std::string> sources() const {
    std::vector<std::string> out;
    for (const auto& input : op_->inputs) out.push_back(tensors_.at(input));
    return out;
  }
  const std::string& target() const { return tensors_.at(op_->name); }

  template <class List>
  static void ints(onnx::NodeProto& node, const char* name, const List& values) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INTS);
    for (const auto value : values) attribute.add_ints(value);
  }
  static void integer(onnx::NodeProto& node, const char* name, std::int64_t value) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INT);
    attribute.set_i(value);
  }
  static void real(onnx::NodeProto& node, const char* name, double value) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::FLOAT);
    attribute.set_f(static_cast<float>(value));
  }

  std::string floats(const std::string& name, const Shape& shape, std::span<const float> values) {
    auto& tensor = *graph_.add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    for (const auto extent : shape) tensor.add_dims(extent);
    encodeElements(DType::F32, values, *tensor.mutable_raw_data());
    return name;
  }
  std::string scalar(const std::string& name, double value) {
    const auto single = static_cast<float>(value);
    return floats(unused(name), {}, {&single, 1});
  }
  std::string parameter(const char* suffix) {
    const auto name = op_->name + suffix;
    const auto& tensor = net_.parameters.at(name);
    return floats(name, tensor.shape, tensor.values());
  }

  void emit(const Conv2d& k) {
    std::vector<std::string> more{parameter(".weight")};
    if (k.bias) more.push_back(parameter(".bias"));
    auto& made = main("Conv", more);
    ints(made, "dilations", k.dilation);
    integer(made, "group", k.groups);
    ints(made, "kernel_shape", k.kernel);
    ints(made, "pads", k.padding);
    ints(made, "strides", k.stride);
  }
  void emit(const BatchNorm& k) {
    real(main("BatchNormalization", {parameter(".weight"), parameter(".bias"), parameter(".mean"), parameter(".var")}), "epsilon", k.eps);
  }
  void emit(const LayerNorm& k) {
    auto& made = main("LayerNormalization", {parameter(".weight"), parameter(".bias")});
    integer(made, "axis", -1);
    real(made, "epsilon", k.eps);
  }
  void emit(const Linear& k) {
    if (shapes_.at(op_->inputs[0]).size() == 2) {
      std::vector<std::string> more{parameter(".weight")};
      if (k.bias) more.push_back(parameter(".bias"));
      integer(main("Gemm", more), "transB", 1);
      return;
    }
    // Gemm takes matrices only; stacks of rows need the transposed weight.
    const auto weight = net_.parameters.at(op_->name + ".weight").values();
    std::vector<float> transposed(weight.size());
    for (std::int64_t o = 0; o < k.out; ++o)
      for (std::int64_t i = 0; i < k.in; ++i)
        transposed[static_cast<std::size_t>(i * k.out + o)] = weight[static_cast<std::size_t>(o * k.in + i)];
    const auto name = floats(unused(op_->name + ".weight_t"), {k.in, k.out}, transposed);
    if (!k.bias) {
      main("MatMul", {name});
      return;
    }
    const auto product = unused(target() + "_product");
    node("MatMul", {sources()[0], name}, product);
    node("Add", {product, parameter(".bias")}, target());
  }
  void emit(const Activation& k) {
    switch (k.function) {
      case Function::Relu:
        main("Relu");
        return;
      case Function::Relu6:
        if (options_.opset10) {
          auto& made = main("Clip");
          real(made, "min", 0);
          real(made, "max", 6);
          return;
        }
        main("Clip", {scalar(target() + "_min", 0), scalar(target() + "_max", 6)});
        return;
      case Function::HardSigmoid: {
        auto& made = main("HardSigmoid");
        real(made, "alpha", 1. / 6);
        real(made, "beta", .5);
        return;
      }
      case Function::HardSwish:
        main("HardSwish");
        return;
      case Function::Sigmoid:
        main("Sigmoid");
        return;
      case Function::Tanh:
        main("Tanh");
        return;
      case Function::Swish: {
        const auto gate = unused(target() + "_gate");
        node("Sigmoid", sources(), gate);
        main("Mul", {gate});
        return;
      }
      case Function::Gelu:
        gelu();
        return;
    }
  }
  /// Opset 17 has no Gelu: x / 2 * (1 + erf(x / sqrt 2)).
  void gelu() {
    const auto part = [&](const char* suffix) { return unused(target() + suffix); };
    const auto scaled = part("_scaled"), erf = part("_erf"), gate = part("_gate"), half = part("_half");
    node("Mul", {sources()[0], scalar(target() + "_rsqrt2", 1 / std::sqrt(2.))}, scaled);
    node("Erf", {scaled}, erf);
    node("Add", {erf, scalar(target() + "_one", 1)}, gate);
    node("Mul", {sources()[0], scalar(target() + "_point5", .5)}, half);
    node("Mul", {half, gate}, target());
  }
  void emit(const Softmax& k) { integer(main("Softmax"), "axis", k.axis); }
  void emit(const Add&) { main("Add"); }
  void emit(const Mul&) { main("Mul"); }
  void emit(const MatMul& k) {
    if (!k.transposeB) {
      main("MatMul");
      return;
    }
    std::vector<std::int64_t> order(shapes_.at(op_->inputs[1]).size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
    std::swap(order[order.size() - 1], order[order.size() - 2]);
    const auto turned = unused(target() + "_transposed");
    ints(node("Transpose", {sources()[1]}, turned), "perm", order);
    node("MatMul", {sources()[0], turned}, target());
  }
  void emit(const GlobalPool& k) {
    const char* type = k.reduction == Reduction::Mean ? "GlobalAveragePool" : "GlobalMaxPool";
    if (k.keepDims) {
      main(type);
      return;
    }
    const auto pooled = unused(target() + "_pooled");
    node(type, sources(), pooled);
    integer(node("Flatten", {pooled}, target()), "axis", 1);
  }
  void emit(const Pool& k) {
    auto& made = main(k.reduction == Reduction::Mean ? "AveragePool" : "MaxPool");
    ints(made, "kernel_shape", k.kernel);
    ints(made, "pads", k.padding);
    ints(made, "strides", k.stride);
  }
  void emit(const Flatten&) { integer(main("Flatten"), "axis", 1); }
  void emit(const Dropout&) {}  // nameValues() made it another name of its input.
  void emit(const Reshape& k) {
    auto& tensor = *graph_.add_initializer();
    tensor.set_name(unused(target() + "_shape"));
    tensor.set_data_type(onnx::TensorProto::INT64);
    tensor.add_dims(static_cast<std::int64_t>(k.shape.size()) + 1);
    std::vector<std::int64_t> extents{0};  // 0 keeps the batch.
    extents.insert(extents.end(), k.shape.begin(), k.shape.end());
    tensor.set_raw_data(extents.data(), extents.size() * sizeof extents[0]);
    main("Reshape", {tensor.name()});
  }
  void emit(const Transpose& k) { ints(main("Transpose"), "perm", k.order); }
  void emit(const Concat& k) { integer(main("Concat"), "axis", k.axis); }

  void addMetadata() {
    std::map<std::string, std::string> all{{"name", net_.name},
                                           {"task", net_.task},
                                           {"classes", toJson(Value::List(net_.classes.begin(), net_.classes.end()))},
                                           {"preprocessing", toJson(toValue(net_.preprocessing))},
                                           {"patchbay", toJson(net_.metadata)}};
    for (const auto& [key, value] : options_.metadata) all.insert_or_assign(key, value);
    for (const auto& [key, value] : all) {
      auto& entry = *model_.add_metadata_props();
      entry.set_key(key);
      entry.set_value(value);
    }
  }

  const Net& net_;
  const OnnxOptions& options_;
  const std::map<std::string, Shape>& shapes_;
  onnx::ModelProto model_;
  onnx::GraphProto& graph_ = *model_.mutable_graph();
  std::set<std::string> used_;
  std::map<std::string, std::string> tensors_;  ///< Our value -> the ONNX tensor's name.
  const Op* op_ = nullptr;
};
}  // namespace

Result<std::string> toOnnx(const Net& net, const OnnxOptions& options) {
  PB_CHECK(validate(net));
  std::int64_t total = 0;
  for (const auto& [name, tensor] : net.parameters) total += tensor.size() * static_cast<std::int64_t>(sizeof(float));
  // Room for the structure; protobuf ends at 2^31 - 1 bytes.
  if (total > std::numeric_limits<std::int32_t>::max() - (std::int64_t{1} << 24))
    return fail(ErrorKind::Unsupported, "onnx.too-large", TR("net", "Networks of more than 2 GB cannot be one ONNX file."),
                TR("net", "Export safetensors instead."));
  const auto newer = [](const Op& op) {
    const auto* activation = op.as<Activation>();
    return op.as<LayerNorm>() || op.as<Softmax>() || (activation && activation->function == Function::HardSwish);
  };
  if (options.opset10 && std::any_of(net.ops.begin(), net.ops.end(), newer))
    return fail(ErrorKind::Unsupported, "onnx.opset10", TR("net", "This network has steps that opset 10 of ONNX does not know."),
                TR("net", "Export it with opset 17."));
  PB_TRY(const auto shapes, inferShapes(net, options.batch.value_or(1)));
  return Writer{net, options, shapes}.write();
}

}  // namespace patchbay::net
