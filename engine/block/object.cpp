// SPDX-License-Identifier: Apache-2.0
#include "engine/block/object.h"

namespace patchbay {
namespace {

tl::unexpected<Error> badManifest(std::string_view what) {
  return fail(ErrorKind::Corrupt, "object.manifest", TR("object", "A stored result cannot be read: {what}.").with("what", what),
              TR("object", "Run the block again; its result is then written anew."));
}

}  // namespace

std::string PortValue::toJson() const {
  Value list{Value::Map{}};
  for (const auto& [name, digest] : parts) list[name] = digest.hex();
  return patchbay::toJson(Value::Map{{"type", type}, {"version", version}, {"meta", meta}, {"parts", std::move(list)}});
}

Digest PortValue::digest() const { return digestOf(toJson()); }

Result<PortValue> PortValue::parse(std::string_view json) {
  const auto value = parseJson(json);  // const: reading a missing member must not create it
  if (!value) return badManifest("its manifest is not JSON");
  PortValue out;
  out.type = (*value)["type"].asText();
  if (out.type.empty()) return badManifest("its manifest names no type");
  const auto& version = (*value)["version"];
  if (!version.isInt() || version.asInt() < 1 || version.asInt() > 1'000'000) return badManifest("its manifest has no version");
  out.version = static_cast<int>(version.asInt());
  out.meta = (*value)["meta"];
  for (const auto& [name, hex] : (*value)["parts"].asMap()) {
    auto digest = Digest::parse(hex.asText());
    if (!digest) return badManifest("the part " + displayText(name) + " has no digest");
    out.parts.emplace(name, *digest);
  }
  return out;
}

Result<PortValue> PortValue::load(ObjectReader& reader, const Digest& digest) {
  PB_TRY(const auto file, reader.open(digest));
  return parse(file.text());
}

Result<Digest> PortValue::save(ObjectWriter& writer) const { return writer.put(toJson()); }

Result<MappedFile> PortValue::openPart(ObjectReader& reader, std::string_view name) const {
  const auto it = parts.find(name);
  if (it == parts.end()) {
    return fail(ErrorKind::NotFound, "object.part",
                TR("object", "A {type} has no part \"{part}\".").with("type", type).with("part", displayText(name)),
                TR("object", "Run the block that made it again."), std::string{name});
  }
  return reader.open(it->second);
}

}  // namespace patchbay
