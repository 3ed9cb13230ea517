// SPDX-License-Identifier: Apache-2.0
#include "engine/data/revisions/item_value.h"

#include <algorithm>
#include <array>

namespace patchbay {
namespace {
constexpr std::array<std::string_view, 8> kindNames{"class", "box", "rotated_box", "polygon", "mask", "points", "text", "number"};
}

std::string_view toString(AnnotationKind kind) { return kindNames[static_cast<std::size_t>(kind)]; }

Value toValue(const Annotation& a) {
  Value v{Value::Map{{"kind", toString(a.kind)}, {"label", a.label}, {"score", a.score}, {"author", a.author}}};
  if (!a.geometry.empty()) v["geometry"] = Value::List(a.geometry.begin(), a.geometry.end());
  if (!a.text.empty()) v["text"] = a.text;
  return v;
}

Result<Annotation> annotationFromValue(const Value& v) {
  Annotation out;
  const auto name = v.contains("kind") ? std::string_view{v["kind"].asText()} : kindNames[0];
  const auto kind = std::ranges::find(kindNames, name);
  if (kind == kindNames.end())
    return fail(ErrorKind::BadInput, "data.annotation",
                TR("data", "There is no kind of annotation called \"{kind}\".").with("kind", displayText(name)),
                TR("data", "Use class, box, rotated_box, polygon, mask, points, text or number."));
  out.kind = static_cast<AnnotationKind>(kind - kindNames.begin());
  out.label = v["label"].asText();
  out.score = v["score"].asDouble(1);
  for (const auto& g : v["geometry"].asList()) out.geometry.push_back(static_cast<float>(g.asDouble()));
  out.text = v["text"].asText();
  out.author = v["author"].asText();
  return out;
}

Value toValue(const Item& item) {
  Value v{Value::Map{{"id", item.id},
                     {"digest", item.digest.hex()},
                     {"paths", Value::List{}},
                     {"size", item.size},
                     {"width", item.width},
                     {"height", item.height},
                     {"split", toString(item.split)},
                     {"annotations", Value::List{}}}};
  for (const auto& path : item.paths) v["paths"].push(pathToValue(path));
  if (!item.group.empty()) v["group"] = item.group;
  for (const auto& a : item.annotations) v["annotations"].push(toValue(a));
  return v;
}

Result<Item> itemFromValue(const Value& v) {
  Item out;
  out.id = v["id"].asText();
  PB_TRY(out.digest, Digest::parse(v["digest"].asText()));
  for (const auto& path : v["paths"].asList()) out.paths.push_back(pathFromValue(path).native());
  out.size = v["size"].asInt();
  out.width = static_cast<int>(v["width"].asInt());
  out.height = static_cast<int>(v["height"].asInt());
  out.group = v["group"].asText();
  out.split = splitFrom(v["split"].asText());
  for (const auto& a : v["annotations"].asList()) {
    PB_TRY(auto one, annotationFromValue(a));
    out.annotations.push_back(std::move(one));
  }
  return out;
}

}  // namespace patchbay
