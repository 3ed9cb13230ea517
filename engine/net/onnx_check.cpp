// SPDX-License-Identifier: Apache-2.0
#include <onnx/onnx_pb.h>

#include <charconv>
#include <set>

#include "engine/base/file.h"
#include "engine/net/onnx.h"
#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
namespace fs = std::filesystem;

tl::unexpected<Error> badOnnx(std::string_view what) {
  return fail(ErrorKind::BadInput, "onnx.invalid", TR("net", "The ONNX file cannot be used: {what}.").with("what", displayText(what)),
              TR("net", "Export the model again, as one file with opset 17 or older."));
}
tl::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorKind::BadInput, "onnx.refused", TR("net", "The ONNX file was refused: {what}.").with("what", displayText(what)),
              TR("net", "If you trust the model, save it again as one file with its data inside."));
}

/// Bytes of one element; 0 for types that cannot be measured (strings).
std::uint64_t elementSize(int type) {
  using T = onnx::TensorProto;
  switch (type) {
    case T::FLOAT:
    case T::INT32:
    case T::UINT32:
      return 4;
    case T::UINT8:
    case T::INT8:
    case T::BOOL:
      return 1;
    case T::UINT16:
    case T::INT16:
    case T::FLOAT16:
    case T::BFLOAT16:
      return 2;
    case T::INT64:
    case T::UINT64:
    case T::DOUBLE:
    case T::COMPLEX64:
      return 8;
    case T::COMPLEX128:
      return 16;
    default:
      return 0;
  }
}

class Checker {
 public:
  explicit Checker(const fs::path& folder) : folder_{folder} {}

  Result<> graph(const onnx::GraphProto& g, std::set<std::string> known) {
    if (g.sparse_initializer_size() != 0) return badOnnx("sparse weights are not supported");
    std::set<std::string> own;
    for (const auto& input : g.input())
      if (input.name().empty() || !own.insert(input.name()).second) return badOnnx("two inputs are called " + input.name());
    std::set<std::string> weights;
    for (const auto& tensor : g.initializer()) {
      if (tensor.name().empty() || !weights.insert(tensor.name()).second) return badOnnx("two weights are called " + tensor.name());
      own.insert(tensor.name());  // Old files list their weights among the inputs too.
      PB_CHECK(weight(tensor));
    }
    known.merge(own);
    for (const auto& node : g.node()) PB_CHECK(step(node, known));
    for (const auto& output : g.output())
      if (!known.contains(output.name())) return badOnnx("output " + output.name() + " is not computed");
    return {};
  }

  std::set<std::string> ops;
  std::set<fs::path> files;

 private:
  Result<> step(const onnx::NodeProto& node, std::set<std::string>& known) {
    if (!node.domain().empty() && node.domain() != "ai.onnx" && node.domain() != "ai.onnx.ml")
      return refused("it uses the operator " + node.op_type() + " of the extension " + node.domain());
    if (node.op_type().empty()) return badOnnx("a step has no operator");
    ops.insert(node.op_type());
    for (const auto& input : node.input())
      if (!input.empty() && !known.contains(input))
        return badOnnx("step " + node.name() + " uses " + input + ", which is not computed before it");
    for (const auto& attribute : node.attribute()) {
      if (attribute.has_sparse_tensor() || attribute.sparse_tensors_size() != 0) return badOnnx("sparse weights are not supported");
      if (attribute.has_t()) PB_CHECK(weight(attribute.t()));
      for (const auto& tensor : attribute.tensors()) PB_CHECK(weight(tensor));
      // Graphs inside graphs; protobuf's own limit ends the recursion.
      if (attribute.has_g()) PB_CHECK(graph(attribute.g(), known));
      for (const auto& inner : attribute.graphs()) PB_CHECK(graph(inner, known));
    }
    for (const auto& output : node.output())
      if (!output.empty() && !known.insert(output).second) return badOnnx("two values are called " + output);
    return {};
  }

  Result<> weight(const onnx::TensorProto& tensor) {
    const Shape shape{tensor.dims().begin(), tensor.dims().end()};
    const auto count = elementCount(shape);
    if (!count) return badOnnx("weight " + tensor.name() + " has a bad shape");
    const auto elements = static_cast<std::uint64_t>(*count);
    if (tensor.data_type() == onnx::TensorProto::STRING)
      return static_cast<std::uint64_t>(tensor.string_data_size()) == elements && !tensor.has_raw_data() ? Result<>{} : mismatch(tensor);
    const auto size = elementSize(tensor.data_type());
    if (size == 0) return badOnnx("weight " + tensor.name() + " has an unknown type");
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL) return external(tensor, elements * size);
    if (tensor.external_data_size() != 0) return badOnnx("weight " + tensor.name() + " is inside and outside the file");
    if (tensor.has_raw_data()) return tensor.raw_data().size() == elements * size ? Result<>{} : mismatch(tensor);
    const bool complex = tensor.data_type() == onnx::TensorProto::COMPLEX64 || tensor.data_type() == onnx::TensorProto::COMPLEX128;
    const auto listed = static_cast<std::uint64_t>(tensor.float_data_size()) + static_cast<std::uint64_t>(tensor.int32_data_size()) +
                        static_cast<std::uint64_t>(tensor.int64_data_size()) + static_cast<std::uint64_t>(tensor.double_data_size()) +
                        static_cast<std::uint64_t>(tensor.uint64_data_size());
    return listed == elements * (complex ? 2 : 1) ? Result<>{} : mismatch(tensor);
  }

  static Result<> mismatch(const onnx::TensorProto& tensor) {
    return badOnnx("weight " + tensor.name() + " does not hold what its shape says");
  }

  Result<> external(const onnx::TensorProto& tensor, std::uint64_t size) {
    std::string location;
    std::uint64_t offset = 0, length = size;
    for (const auto& entry : tensor.external_data()) {
      if (entry.key() == "location") location = entry.value();
      auto* number = entry.key() == "offset" ? &offset : entry.key() == "length" ? &length : nullptr;
      if (!number) continue;
      const char* end = entry.value().data() + entry.value().size();
      if (const auto [stop, error] = std::from_chars(entry.value().data(), end, *number); error != std::errc{} || stop != end)
        return badOnnx("weight " + tensor.name() + " has a bad offset");
    }
    if (folder_.empty()) return refused("its weights lie in another file, " + location);
    const auto path = resolveInside(folder_, location);
    if (!path) return refused("its weights lie outside its folder, in " + location);
    fs::path walked = folder_;
    for (const auto& part : fs::path{location}) {
      walked /= part;
      std::error_code ignored;
      if (fs::is_symlink(fs::symlink_status(walked, ignored))) return refused("its weights lie behind the link " + location);
    }
    std::error_code error;
    const auto available = fs::is_regular_file(*path, error) ? fs::file_size(*path, error) : 0;
    if (error || available == 0) return badOnnx("the file " + location + " with its weights is missing");
    if (length != size || offset > available || size > available - offset)
      return badOnnx("weight " + tensor.name() + " leaves the file " + location);
    files.insert(*path);
    return {};
  }

  fs::path folder_;
};

Input describeValue(const onnx::ValueInfoProto& info) {
  Input out{info.name(), {}};
  for (const auto& dim : info.type().tensor_type().shape().dim())
    out.shape.push_back(dim.value_case() == onnx::TensorShapeProto::Dimension::kDimValue && dim.dim_value() >= 0 ? dim.dim_value() : -1);
  return out;
}
}  // namespace

Result<OnnxInfo> checkOnnx(std::string_view bytes, const fs::path& folder) {
  onnx::ModelProto model;
  if (bytes.size() > 0x7FFFFFFF || !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !model.has_graph() ||
      !model.has_ir_version())
    return badOnnx("it is not an ONNX model, or damaged");
  if (model.functions_size() != 0 || model.training_info_size() != 0) return refused("it brings operators of its own");
  OnnxInfo info;
  info.irVersion = model.ir_version();
  info.producer = model.producer_name();
  for (const auto& set : model.opset_import())
    if (set.domain().empty() || set.domain() == "ai.onnx") info.opset = set.version();
  if (info.opset < 1) return badOnnx("it does not say which operators it uses");
  Checker checker{folder};
  PB_CHECK(checker.graph(model.graph(), {}));
  std::set<std::string> weights;
  for (const auto& tensor : model.graph().initializer()) weights.insert(tensor.name());
  for (const auto& input : model.graph().input())
    if (!weights.contains(input.name())) info.inputs.push_back(describeValue(input));
  for (const auto& output : model.graph().output()) info.outputs.push_back(describeValue(output));
  if (info.outputs.empty()) return badOnnx("it has no output");
  for (const auto& entry : model.metadata_props()) info.metadata.insert_or_assign(entry.key(), entry.value());
  info.externalFiles.assign(checker.files.begin(), checker.files.end());
  info.ops.assign(checker.ops.begin(), checker.ops.end());
  return info;
}

Result<OnnxInfo> checkOnnxFile(const fs::path& path) {
  PB_TRY(const auto mapped, MappedFile::open(path));
  auto info = checkOnnx(mapped.text(), path.has_parent_path() ? path.parent_path() : fs::path{"."});
  if (!info && info.error().where.empty()) info.error().where = displayText(path.native());
  return info;
}

}  // namespace patchbay::net
