// SPDX-License-Identifier: Apache-2.0
// The schema and its JSON form. Field names here are wire format between worker, engine and clients of one version.
#include "engine/block/schema.h"

#include <algorithm>
#include <array>

namespace patchbay {
namespace {

/// The names of an enumeration, in the order of its values.
template <class E>
struct Names;
template <>
struct Names<Unit> {
  static constexpr std::array list{"none", "pixel", "percent", "epoch", "step", "picture", "second", "byte", "degree"};
};
template <>
struct Names<Scale> {
  static constexpr std::array list{"linear", "log"};
};
template <>
struct Names<Category> {
  static constexpr std::array list{"data", "backbone", "train", "evaluate", "model", "deploy", "utility"};
};
template <>
struct Names<ParamKind> {
  static constexpr std::array list{"bool",       "integer",   "real",   "text",          "choice", "file", "folder",
                                   "class-list", "text-list", "colour", "augmentations", "device", "any"};
};
template <>
struct Names<Effects> {
  static constexpr std::array list{"none", "reads-files", "network", "writes-outside"};
};
template <>
struct Names<Determinism> {
  static constexpr std::array list{"pure", "seeded", "external"};
};
template <>
struct Names<GpuNeed> {
  static constexpr std::array list{"none", "optional", "required"};
};

template <class E>
std::string_view nameOf(E v) {
  return Names<E>::list[static_cast<std::size_t>(v)];
}

tl::unexpected<Error> badSchema(std::string_view block, std::string_view what) {
  return fail(ErrorKind::Corrupt, "schema.invalid",
              TR("schema", "The description of the block {block} cannot be read: {what}.").with("block", block).with("what", what),
              TR("schema", "Engine, worker and packs must come from one version; install the pack or Patchbay again."), std::string{block});
}

/// Reads an enumeration member; absent means the first value.
template <class E>
Result<E> enumFrom(const Value& map, std::string_view key, std::string_view block) {
  const auto* value = map.find(key);
  if (!value) return E{};
  const auto& list = Names<E>::list;
  const auto it = std::find(list.begin(), list.end(), value->asText());
  if (it == list.end()) return badSchema(block, std::string{key} + " is \"" + displayText(value->asText()) + "\"");
  return static_cast<E>(it - list.begin());
}

Value toValue(const std::vector<Condition>& conditions) {
  Value out{Value::List{}};
  for (const auto& c : conditions) out.push(Value::Map{{"param", c.param}, {"values", c.values}});
  return out;
}

std::vector<Condition> conditionsFrom(const Value& value) {
  std::vector<Condition> out;
  for (const auto& c : value.asList()) out.push_back({c["param"].asText(), c["values"].asList()});
  return out;
}

std::optional<double> numberFrom(const Value& map, std::string_view key) {
  const auto* v = map.find(key);
  return v && v->isNumber() ? std::optional{v->asDouble()} : std::nullopt;
}

Value toValue(const ParamInfo& p) {
  Value out{Value::Map{{"key", p.key},
                       {"kind", nameOf(p.kind)},
                       {"label", patchbay::toValue(p.label)},
                       {"help", patchbay::toValue(p.help)},
                       {"default", p.def}}};
  const auto number = [&](const char* key, std::optional<double> v) {
    if (v) out[key] = *v;
  };
  number("min", p.min);
  number("max", p.max);
  number("soft_min", p.softMin);
  number("soft_max", p.softMax);
  if (p.unit != Unit::None) out["unit"] = nameOf(p.unit);
  if (p.scale != Scale::Linear) out["scale"] = nameOf(p.scale);
  for (const auto& c : p.choices) {
    Value choice{Value::Map{{"key", c.key}, {"label", patchbay::toValue(c.label)}}};
    if (!c.help.empty()) choice["help"] = patchbay::toValue(c.help);
    out["choices"].push(std::move(choice));
  }
  if (!p.visibleIf.empty()) out["visible_if"] = toValue(p.visibleIf);
  if (!p.enabledIf.empty()) out["enabled_if"] = toValue(p.enabledIf);
  if (p.required) out["required"] = true;
  if (!p.affectsResult) out["affects_result"] = false;
  return out;
}

Result<ParamInfo> paramFrom(const Value& v, std::string_view block) {
  ParamInfo p;
  p.key = v["key"].asText();
  if (p.key.empty()) return badSchema(block, "a parameter has no key");
  PB_TRY(p.kind, enumFrom<ParamKind>(v, "kind", block));
  PB_TRY(p.unit, enumFrom<Unit>(v, "unit", block));
  PB_TRY(p.scale, enumFrom<Scale>(v, "scale", block));
  p.label = textFromValue(v["label"]);
  p.help = textFromValue(v["help"]);
  p.def = v["default"];
  p.min = numberFrom(v, "min");
  p.max = numberFrom(v, "max");
  p.softMin = numberFrom(v, "soft_min");
  p.softMax = numberFrom(v, "soft_max");
  for (const auto& c : v["choices"].asList())
    p.choices.push_back({c["key"].asText(), textFromValue(c["label"]), c.contains("help") ? textFromValue(c["help"]) : Text{}});
  p.visibleIf = conditionsFrom(v["visible_if"]);
  p.enabledIf = conditionsFrom(v["enabled_if"]);
  p.required = v["required"].asBool();
  p.affectsResult = v["affects_result"].asBool(true);
  return p;
}

Value toValue(const PortInfo& p) {
  Value out{Value::Map{{"key", p.key},
                       {"label", patchbay::toValue(p.label)},
                       {"help", patchbay::toValue(p.help)},
                       {"type", p.type},
                       {"type_version", p.typeVersion},
                       {"direction", p.input ? "in" : "out"}}};
  if (p.variadic) out["variadic"] = true;
  if (p.optional) out["optional"] = true;
  if (p.input && p.variadic) out["min_links"] = p.minLinks;
  return out;
}

Result<PortInfo> portFrom(const Value& v, std::string_view block) {
  PortInfo p;
  p.key = v["key"].asText();
  p.type = v["type"].asText();
  if (p.key.empty() || p.type.empty()) return badSchema(block, "a port has no key or no type");
  p.label = textFromValue(v["label"]);
  p.help = textFromValue(v["help"]);
  p.typeVersion = static_cast<int>(v["type_version"].asInt(1));
  p.input = v["direction"].asText() != "out";
  p.variadic = v["variadic"].asBool();
  p.optional = v["optional"].asBool();
  p.minLinks = static_cast<int>(v["min_links"].asInt(p.input ? 1 : 0));
  return p;
}

}  // namespace

std::string_view toString(Unit v) { return nameOf(v); }
std::string_view toString(Scale v) { return nameOf(v); }
std::string_view toString(Category v) { return nameOf(v); }
std::string_view toString(ParamKind v) { return nameOf(v); }
std::string_view toString(Effects v) { return nameOf(v); }
std::string_view toString(Determinism v) { return nameOf(v); }
std::string_view toString(GpuNeed v) { return nameOf(v); }

const ParamInfo* Schema::param(std::string_view key) const {
  const auto it = std::find_if(params.begin(), params.end(), [&](const auto& p) { return p.key == key; });
  return it == params.end() ? nullptr : &*it;
}

const PortInfo* Schema::input(std::string_view key) const {
  const auto it = std::find_if(ports.begin(), ports.end(), [&](const auto& p) { return p.input && p.key == key; });
  return it == ports.end() ? nullptr : &*it;
}

const PortInfo* Schema::output(std::string_view key) const {
  const auto it = std::find_if(ports.begin(), ports.end(), [&](const auto& p) { return !p.input && p.key == key; });
  return it == ports.end() ? nullptr : &*it;
}

Value toValue(const BlockInfo& i) {
  return Value::Map{
      {"id", i.id},
      {"version", i.version},
      {"title", toValue(i.title)},
      {"summary", toValue(i.summary)},
      {"category", nameOf(i.category)},
      {"needs", Value::Map{{"cores", i.needs.cores}, {"memory_mb", i.needs.memoryMb}, {"gpu", nameOf(i.needs.gpu)}}},
      {"effects", nameOf(i.effects)},
      {"determinism", nameOf(i.determinism)},
      {"cache_epoch", i.cacheEpoch},
      {"item_wise", i.itemWise},
      {"floating", i.floating},
  };
}

Result<BlockInfo> blockInfoFromValue(const Value& v) {
  BlockInfo i;
  i.id = v["id"].asText();
  if (i.id.empty()) return badSchema("?", "it has no id");
  i.version = static_cast<int>(v["version"].asInt(1));
  i.title = textFromValue(v["title"]);
  i.summary = textFromValue(v["summary"]);
  PB_TRY(i.category, enumFrom<Category>(v, "category", i.id));
  const auto& needs = v["needs"];
  i.needs.cores = static_cast<int>(needs["cores"].asInt(i.needs.cores));
  i.needs.memoryMb = needs["memory_mb"].asInt(i.needs.memoryMb);
  PB_TRY(i.needs.gpu, enumFrom<GpuNeed>(needs, "gpu", i.id));
  PB_TRY(i.effects, enumFrom<Effects>(v, "effects", i.id));
  PB_TRY(i.determinism, enumFrom<Determinism>(v, "determinism", i.id));
  i.cacheEpoch = static_cast<int>(v["cache_epoch"].asInt(1));
  i.itemWise = v["item_wise"].asBool();
  i.floating = v["floating"].asBool();
  return i;
}

Value toValue(const Schema& schema) {
  Value out = toValue(schema.info);
  out["params"] = Value::List{};
  out["ports"] = Value::List{};
  for (const auto& p : schema.params) out["params"].push(toValue(p));
  for (const auto& p : schema.ports) out["ports"].push(toValue(p));
  return out;
}

Result<Schema> schemaFromValue(const Value& value) {
  Schema schema;
  PB_TRY(schema.info, blockInfoFromValue(value));
  for (const auto& p : value["params"].asList()) {
    PB_TRY(auto param, paramFrom(p, schema.info.id));
    schema.params.push_back(std::move(param));
  }
  for (const auto& p : value["ports"].asList()) {
    PB_TRY(auto port, portFrom(p, schema.info.id));
    schema.ports.push_back(std::move(port));
  }
  return schema;
}

}  // namespace patchbay
