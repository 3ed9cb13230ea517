// SPDX-License-Identifier: Apache-2.0
#include "engine/net/model_port.h"

#include "engine/net/weights.h"

namespace patchbay::net {
namespace {

PortValue describe(Value meta, const std::string& task, const std::vector<std::string>& classes) {
  meta["task"] = task;
  Value list{Value::List{}};
  for (const auto& c : classes) list.push(c);
  meta["classes"] = std::move(list);
  PortValue value;
  value.type = modelPort.name;
  value.version = modelPort.version;
  value.meta = std::move(meta);
  return value;
}

tl::unexpected<Error> notAModel() {
  return fail(ErrorKind::Corrupt, "model.damaged", TR("net", "The stored model cannot be read."),
              TR("net", "Run the pipeline again, so that it is made anew."));
}

/// The same network with a Linear on its only output.
Result<Net> withHead(Net net, const WeightFile& head, std::string_view task, std::vector<std::string> classes) {
  const auto weight = head.tensors.find("weight"), bias = head.tensors.find("bias");
  if (net.outputs.size() != 1 || weight == head.tensors.end() || bias == head.tensors.end() || weight->second.shape.size() != 2)
    return notAModel();
  // Where the backbone's own head was cut off its stage may be left, and empty, at the end or below a stage of joined levels.
  if (net.stages.empty() || net.stages.back() != "classifier")
    net.stages.emplace_back(net.findStage("classifier") < 0 ? "classifier" : "probe");
  const Linear linear{weight->second.shape[1], weight->second.shape[0], true};
  net.ops.push_back({"classifier", linear, {net.outputs[0].value}, static_cast<int>(net.stages.size()) - 1});
  net.parameters["classifier.weight"] = weight->second;
  net.parameters["classifier.bias"] = bias->second;
  net.outputs = {{"logits", "classifier"}};
  net.task = task == multiLabelTask ? multiLabelTask : classificationTask;
  net.classes = std::move(classes);
  PB_CHECK(validate(net));
  return net;
}

}  // namespace

Result<PortValue> saveModel(ObjectWriter& writer, const Net& net, Value meta) {
  PB_TRY(const auto bytes, packNet(net));
  PB_TRY(const auto digest, writer.put(bytes));
  meta["name"] = net.name;
  auto value = describe(std::move(meta), net.task, net.classes);
  value.parts.emplace("net", digest);
  return value;
}

Result<PortValue> saveHeadOn(ObjectWriter& writer, const Digest& features, const Tensor& weight, const Tensor& bias,
                             const std::vector<std::string>& classes, Value meta, std::string_view task) {
  PB_TRY(const auto bytes, writeSafetensors({{{"bias", bias}, {"weight", weight}}, {}}));
  PB_TRY(const auto digest, writer.put(bytes));
  auto value = describe(std::move(meta), std::string{task}, classes);
  value.parts.emplace("net", features);
  value.parts.emplace("head", digest);
  return value;
}

Result<Net> loadModel(ObjectReader& reader, const PortValue& value) {
  PB_TRY(const auto file, value.openPart(reader, "net"));
  PB_TRY(auto net, unpackNet(file.text()));
  if (!value.parts.contains("head")) return net;
  PB_TRY(const auto headFile, value.openPart(reader, "head"));
  PB_TRY(const auto head, parseSafetensors(headFile.text()));
  std::vector<std::string> classes;
  for (const auto& c : value.meta["classes"].asList()) classes.push_back(c.asText());
  return withHead(std::move(net), head, value.meta["task"].asText(), std::move(classes));
}

}  // namespace patchbay::net
