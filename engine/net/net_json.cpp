// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "engine/net/fields.h"
#include "engine/net/problem.h"

namespace patchbay::net {
namespace {
constexpr std::int64_t version = 1;
// Attributes are extents, strides and counts. Below 2^31 their products of two stay inside 64 bits.
constexpr std::int64_t maxInteger = (std::int64_t{1} << 31) - 1;

template <class T>
Value fieldToValue(const T& field) {
  if constexpr (std::is_enum_v<T>) {
    return namesOf<T>()[static_cast<std::size_t>(field)];
  } else if constexpr (requires { field.begin(); }) {
    return Value::List(field.begin(), field.end());
  } else {
    return field;
  }
}

template <class T>
bool readField(const Value& value, T& field) {
  if constexpr (std::is_enum_v<T>) {
    const auto& names = namesOf<T>();
    for (std::size_t i = 0; i < names.size(); ++i)
      if (value.isText() && value.asText() == names[i]) return field = static_cast<T>(i), true;
    return false;
  } else if constexpr (std::is_same_v<T, bool>) {
    field = value.asBool();
    return value.isBool();
  } else if constexpr (std::is_same_v<T, double>) {
    field = value.asDouble();
    return value.isNumber() && std::isfinite(field);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    field = value.asInt();
    return value.isInt() && std::abs(std::clamp(field, -maxInteger - 1, maxInteger + 1)) <= maxInteger;
  } else {  // array or vector of numbers
    if (!value.isList()) return false;
    const auto& items = value.asList();
    if constexpr (requires { field.resize(1); }) field.resize(items.size());
    if (items.size() != field.size()) return false;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (!readField(items[i], field[i])) return false;
    return true;
  }
}

template <class Kind>
void writeFields(const Kind& kind, Value& out) {
  forEachField(kind, [&](const char* name, const auto& field) { out[name] = fieldToValue(field); });
}

/// Every field must be there; `used` counts them so that the caller can refuse unknown ones.
template <class Kind>
Result<> readFields(const Value& value, Kind& kind, std::size_t& used) {
  std::string bad;
  forEachField(kind, [&](const char* name, auto& field) {
    const Value* found = value.find(name);
    if (found) ++used;
    if (bad.empty() && (!found || !readField(*found, field))) bad = name;
  });
  if (!bad.empty()) return badNet("field " + bad + " is missing or has a value that is not allowed");
  return {};
}

Result<OpKind> kindFromName(std::string_view name) {
  OpKind out;
  const auto pick = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((kindNames[I] == name && (out.emplace<I>(), true)) || ...);
  };
  if (!pick(std::make_index_sequence<kindNames.size()>{}))
    return fail(ErrorKind::Unsupported, "net.kind",
                TR("net", "The network has a step of the unknown kind {kind}.").with("kind", displayText(name)),
                TR("net", "Open it with the version of Patchbay that wrote it, or a newer one."));
  return out;
}

Result<std::vector<std::string>> texts(const Value& value, std::string_view what) {
  std::vector<std::string> out;
  if (!value.isList()) return badNet(std::string{what} + " is not a list of names");
  for (const auto& item : value.asList()) {
    if (!item.isText()) return badNet(std::string{what} + " is not a list of names");
    out.push_back(item.asText());
  }
  return out;
}

Value opToValue(const Op& op) {
  Value out;
  out["name"] = op.name;
  out["kind"] = kindNames[op.kind.index()];
  out["inputs"] = Value::List(op.inputs.begin(), op.inputs.end());
  out["stage"] = op.stage;
  std::visit([&](const auto& kind) { writeFields(kind, out); }, op.kind);
  return out;
}

Result<Op> opFromValue(const Value& value) {
  Op op;
  PB_TRY(op.kind, kindFromName(value["kind"].asText()));
  PB_TRY(op.inputs, texts(value["inputs"], "inputs"));
  op.name = value["name"].asText();
  const auto stage = value["stage"].asInt(-1);
  if (stage < 0 || stage > std::numeric_limits<int>::max()) return badNet("step " + op.name + " has no stage");
  op.stage = static_cast<int>(stage);
  std::size_t used = 4;
  PB_CHECK(std::visit([&](auto& kind) { return readFields(value, kind, used); }, op.kind));
  if (value.asMap().size() != used) return badNet("step " + op.name + " has fields that its kind does not know");
  return op;
}
}  // namespace

Value toValue(const Preprocessing& preprocessing) {
  Value out;
  writeFields(preprocessing, out);
  return out;
}

Result<Preprocessing> preprocessingFromValue(const Value& value) {
  Preprocessing out;
  std::size_t used = 0;
  PB_CHECK(readFields(value, out, used));
  if (value.asMap().size() != used) return badNet("its preprocessing has unknown fields");
  constexpr std::int64_t maxSide = 65'535;
  for (const auto side : {out.resizeTo, out.height, out.width})
    if (side < 1 || side > maxSide) return badNet("its preprocessing has a size outside 1..65535");
  for (const auto scale : out.std)
    if (!(scale > 0)) return badNet("its preprocessing divides by zero");
  return out;
}

Value toValue(const Net& net) {
  Value out;
  out["format"] = "patchbay-net";
  out["version"] = version;
  out["name"] = net.name;
  out["task"] = net.task;
  out["input"] = Value::Map{{"name", net.input.name}, {"shape", fieldToValue(net.input.shape)}};
  Value::List ops, outputs;
  for (const auto& op : net.ops) ops.push_back(opToValue(op));
  for (const auto& output : net.outputs) outputs.push_back(Value::Map{{"name", output.name}, {"value", output.value}});
  out["ops"] = std::move(ops);
  out["outputs"] = std::move(outputs);
  out["stages"] = Value::List(net.stages.begin(), net.stages.end());
  out["preprocessing"] = toValue(net.preprocessing);
  out["classes"] = Value::List(net.classes.begin(), net.classes.end());
  out["metadata"] = net.metadata.isMap() ? net.metadata : Value{Value::Map{}};
  return out;
}

Result<Net> structureFromValue(const Value& value) {
  if (value["format"].asText() != "patchbay-net") return badNet("the file does not describe a network");
  if (value["version"].asInt() > version)
    return fail(ErrorKind::TooNew, "net.too-new", TR("net", "The network was written by a newer version of Patchbay."),
                TR("net", "Update Patchbay."));
  if (value["version"].asInt() != version || value.asMap().size() != 11) return badNet("its description has missing or unknown fields");
  Net net;
  net.name = value["name"].asText();
  net.task = value["task"].asText();
  net.input.name = value["input"]["name"].asText();
  if (!readField(value["input"]["shape"], net.input.shape)) return badNet("its input has no shape");
  if (!value["ops"].isList() || !value["outputs"].isList()) return badNet("its description has missing or unknown fields");
  for (const auto& item : value["ops"].asList()) {
    PB_TRY(auto op, opFromValue(item));
    net.ops.push_back(std::move(op));
  }
  for (const auto& item : value["outputs"].asList()) net.outputs.push_back({item["name"].asText(), item["value"].asText()});
  PB_TRY(net.stages, texts(value["stages"], "stages"));
  PB_TRY(net.classes, texts(value["classes"], "classes"));
  PB_TRY(net.preprocessing, preprocessingFromValue(value["preprocessing"]));
  if (!value["metadata"].isMap()) return badNet("its metadata is not a map");
  net.metadata = value["metadata"];
  return net;
}

}  // namespace patchbay::net
