// SPDX-License-Identifier: Apache-2.0
#include "engine/net/net.h"

#include <algorithm>
#include <set>

#include "engine/base/file.h"
#include "engine/net/passes.h"
#include "engine/net/problem.h"
#include "engine/net/weights.h"

namespace patchbay::net {
namespace {
constexpr std::string_view structureKey = "patchbay.net";

/// Names, order and arity; shapes and parameters follow.
Result<> checkGraph(const Net& net) {
  std::set<std::string, std::less<>> known{net.input.name};
  if (net.input.name.empty()) return badNet("its input has no name");
  int stage = 0;
  for (const auto& op : net.ops) {
    if (op.name.empty() || !isUtf8(op.name)) return badNet("a step has no name");
    for (const auto& input : op.inputs)
      if (!known.contains(input)) return badNet("step " + op.name + " uses " + input + ", which is not computed before it");
    if (!known.insert(op.name).second) return badNet("two values are called " + op.name);
    if (op.stage < stage || op.stage >= static_cast<int>(net.stages.size()))
      return badNet("step " + op.name + " is not in the order of the stages");
    stage = op.stage;
    const std::size_t wanted = op.as<Add>() || op.as<Mul>() || op.as<MatMul>() ? 2 : 1;
    if (op.as<Concat>() ? op.inputs.empty() : op.inputs.size() != wanted)
      return badNet("step " + op.name + " has the wrong number of inputs");
  }
  if (std::set<std::string>{net.stages.begin(), net.stages.end()}.size() != net.stages.size())
    return badNet("two stages have the same name");
  if (net.outputs.empty()) return badNet("it has no output");
  std::set<std::string> outputs;
  for (const auto& output : net.outputs) {
    if (output.name.empty() || !outputs.insert(output.name).second) return badNet("two outputs have the same name");
    if (!known.contains(output.value)) return badNet("output " + output.name + " is not computed");
  }
  return {};
}

Result<> checkParameters(const Net& net) {
  std::size_t expected = 0;
  for (const auto& op : net.ops)
    for (const auto& [name, shape] : parametersOf(op)) {
      const auto found = net.parameters.find(name);
      if (found == net.parameters.end()) return badNet("parameter " + name + " is missing");
      if (found->second.shape != shape)
        return badNet("parameter " + name + " has shape " + shapeText(found->second.shape) + " instead of " + shapeText(shape));
      PB_TRY(const std::int64_t count, elementCount(shape));
      if (count != found->second.size()) return badNet("parameter " + name + " does not hold what its shape says");
      ++expected;
    }
  // Op names are unique but "a" + ".b.weight" may meet "a.b" + ".weight"; then the count differs too.
  if (expected != net.parameters.size()) return badNet("it has parameters that no step uses");
  return {};
}
}  // namespace

const Op* Net::findOp(std::string_view wanted) const {
  const auto found = std::find_if(ops.begin(), ops.end(), [&](const Op& op) { return op.name == wanted; });
  return found == ops.end() ? nullptr : &*found;
}

int Net::findStage(std::string_view stage) const {
  const auto found = std::find(stages.begin(), stages.end(), stage);
  return found == stages.end() ? -1 : static_cast<int>(found - stages.begin());
}

std::vector<ParameterSpec> parametersOf(const Op& op) {
  const auto of = [&](const char* suffix, Shape shape) { return ParameterSpec{op.name + suffix, std::move(shape)}; };
  if (const auto* c = op.as<Conv2d>()) {
    std::vector<ParameterSpec> out{of(".weight", {c->out, c->groups > 0 ? c->in / c->groups : 0, c->kernel[0], c->kernel[1]})};
    if (c->bias) out.push_back(of(".bias", {c->out}));
    return out;
  }
  if (const auto* l = op.as<Linear>()) {
    std::vector<ParameterSpec> out{of(".weight", {l->out, l->in})};
    if (l->bias) out.push_back(of(".bias", {l->out}));
    return out;
  }
  if (const auto* b = op.as<BatchNorm>())
    return {of(".weight", {b->channels}), of(".bias", {b->channels}), of(".mean", {b->channels}), of(".var", {b->channels})};
  if (const auto* n = op.as<LayerNorm>()) return {of(".weight", {n->channels}), of(".bias", {n->channels})};
  return {};
}

Result<> validate(const Net& net) {
  PB_CHECK(checkGraph(net));
  PB_CHECK(inferShapes(net));
  return checkParameters(net);
}

Result<std::string> packNet(const Net& net) {
  return writeSafetensors({net.parameters, {{"format", "pt"}, {std::string{structureKey}, toJson(toValue(net))}}});
}

Result<Net> unpackNet(std::string_view bytes) {
  PB_TRY(auto file, parseSafetensors(bytes));
  const auto text = file.metadata.find(std::string{structureKey});
  if (text == file.metadata.end()) return badNet("the file holds weights without the network they belong to");
  PB_TRY(const auto value, parseJson(text->second));
  PB_TRY(auto net, structureFromValue(value));
  net.parameters = std::move(file.tensors);
  PB_CHECK(validate(net));
  return net;
}

Result<> saveNet(const Net& net, const std::filesystem::path& folder) {
  PB_TRY(const auto weights, writeSafetensors({net.parameters, {{"format", "pt"}}}));
  PB_CHECK(writeFileAtomically(folder / "model.safetensors", weights));
  return writeFileAtomically(folder / "net.json", toJson(toValue(net), JsonStyle::Pretty) + "\n");
}

Result<Net> loadNet(const std::filesystem::path& folder) {
  PB_TRY(const auto text, readFile(folder / "net.json", 1 << 26));
  PB_TRY(const auto value, parseJson(text));
  PB_TRY(auto net, structureFromValue(value));
  PB_TRY(auto weights, readWeights(folder / "model.safetensors"));
  net.parameters = std::move(weights.tensors);
  PB_CHECK(validate(net));
  return net;
}

}  // namespace patchbay::net
