// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "engine/net/builders.h"
#include "engine/net/problem.h"
#include "engine/net/weights.h"

namespace patchbay::net {
namespace {
/// Op of EfficientNet-Lite -> module of the efficientnet-lite packages.
std::string liteModule(const std::string& op) {
  static const std::map<std::string, std::string> fixed{
      {"stem.conv", "_conv_stem"}, {"stem.bn", "_bn0"}, {"head.conv", "_conv_head"}, {"head.bn", "_bn1"}, {"classifier", "_fc"}};
  static const std::map<std::string, std::string> inBlock{{"expand", "_expand_conv"},       {"expand_bn", "_bn0"},
                                                          {"depthwise", "_depthwise_conv"}, {"depthwise_bn", "_bn1"},
                                                          {"project", "_project_conv"},     {"project_bn", "_bn2"}};
  if (const auto found = fixed.find(op); found != fixed.end()) return found->second;
  const auto dot = op.find('.');
  const auto part = dot == std::string::npos ? inBlock.end() : inBlock.find(op.substr(dot + 1));
  if (!op.starts_with("block") || part == inBlock.end()) return {};
  return "_blocks." + op.substr(5, dot - 5) + "." + part->second;
}

/// Op of ResNet -> module of torchvision (timm uses the same names).
std::string resnetModule(const std::string& op) {
  if (op == "stem.conv") return "conv1";
  if (op == "stem.bn") return "bn1";
  if (op == "classifier") return "fc";
  if (!op.starts_with("layer")) return {};
  const auto dot = op.rfind('.');
  const auto block = op.substr(0, dot + 1), part = op.substr(dot + 1);
  if (part == "shortcut") return block + "downsample.0";
  if (part == "shortcut_bn") return block + "downsample.1";
  return op;
}

std::string withoutPrefix(std::string name) {
  for (const std::string_view prefix : {"module.", "model."})
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  return name;
}

bool isCounter(std::string_view name) { return name.ends_with("num_batches_tracked"); }
}  // namespace

Result<std::map<std::string, std::string>> sourceNames(const Net& net) {
  std::map<std::string, std::string> names;
  for (const auto& op : net.ops)
    for (const auto& spec : parametersOf(op)) {
      const auto module = net.name.starts_with("efficientnet_lite") ? liteModule(op.name)
                          : net.name.starts_with("resnet")          ? resnetModule(op.name)
                                                                    : std::string{};
      if (module.empty()) return badNet("step " + op.name + " has no counterpart in other programs' weights");
      auto suffix = spec.name.substr(op.name.size());
      if (suffix == ".mean" || suffix == ".var") suffix.insert(1, "running_");
      names.emplace(spec.name, module + suffix);
    }
  return names;
}

Result<Net> withWeights(Net net, const std::map<std::string, Tensor>& tensors) {
  std::map<std::string, const Tensor*> given;
  for (const auto& [name, tensor] : tensors)
    if (!isCounter(name) && !given.emplace(withoutPrefix(name), &tensor).second) return badNet("two tensors are called " + name);
  const auto foreign = sourceNames(net);
  for (auto& [name, tensor] : net.parameters) {
    auto found = given.find(name);
    if (found == given.end() && foreign) found = given.find(foreign->at(name));
    if (found == given.end()) return badNet("the weights for " + name + " are missing");
    if (found->second->shape != tensor.shape)
      return badNet("the weights for " + name + " have shape " + shapeText(found->second->shape) + " instead of " +
                    shapeText(tensor.shape));
    // Computed in float; half-precision files are widened here, so that what is written later says what is used.
    tensor = Tensor{*found->second};
    tensor.dtype = DType::F32;
    given.erase(found);
  }
  if (!given.empty()) return badNet("the weights belong to another network: nothing takes " + given.begin()->first);
  return net;
}

Result<Net> loadBackbone(std::string_view architecture, const std::filesystem::path& weights, std::int64_t size) {
  PB_TRY(const auto file, readWeights(weights));
  std::int64_t classes = 1000;
  for (const auto& [name, tensor] : file.tensors) {
    const auto plain = withoutPrefix(name);
    if ((plain == "_fc.weight" || plain == "fc.weight" || plain == "classifier.weight") && tensor.shape.size() == 2)
      classes = tensor.shape[0];
  }
  PB_TRY(auto net, build(architecture, classes, size));
  auto loaded = withWeights(std::move(net), file.tensors);
  if (!loaded) loaded.error().where = displayText(weights.native());
  return loaded;
}

}  // namespace patchbay::net
