// SPDX-License-Identifier: Apache-2.0
#include "engine/data/revisions/item_marks.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "engine/data/detail/item_codec.h"

namespace patchbay::revisions {
namespace {

constexpr double isLabel = 0.5;

bool hasGeometry(AnnotationKind kind) {
  return kind == AnnotationKind::Box || kind == AnnotationKind::RotatedBox || kind == AnnotationKind::Polygon ||
         kind == AnnotationKind::Mask || kind == AnnotationKind::Points;
}

/// What one author's class annotations amount to.
std::vector<std::string> labelsAmong(const std::vector<const Annotation*>& all, bool several) {
  std::vector<std::string> out;
  if (several) {
    for (const auto* a : all)
      if (a->score >= isLabel && std::ranges::find(out, a->label) == out.end()) out.push_back(a->label);
    return out;
  }
  const Annotation* best = nullptr;
  for (const auto* a : all)
    if (a->score > 0 && (!best || a->score > best->score)) best = a;
  if (best) out.push_back(best->label);
  return out;
}

bool disagree(const Item& item, bool several) {
  std::map<std::string_view, std::vector<const Annotation*>> byAuthor;
  for (const auto& a : item.annotations)
    if (a.kind == AnnotationKind::Class) byAuthor[a.author].push_back(&a);
  if (byAuthor.size() < 2) return false;
  std::optional<std::vector<std::string>> first;
  for (const auto& [author, said] : byAuthor) {
    auto labels = labelsAmong(said, several);
    std::ranges::sort(labels);
    if (first && labels != *first) return true;
    first = std::move(labels);
  }
  return false;
}

tl::unexpected<Error> badItem(const Item& item, Text cause) {
  return fail(ErrorKind::BadInput, "data.item", std::move(cause), TR("data", "Correct it where it comes from, or leave this picture out."),
              item.paths.empty() ? displayText(item.id) : displayText(item.paths.front()));
}

}  // namespace

bool byModel(const Annotation& annotation) { return annotation.author.starts_with("model:"); }

std::vector<std::string> labelsOf(const Item& item, std::string_view task) {
  std::vector<const Annotation*> said;
  for (const auto& a : item.annotations)
    if (a.kind == AnnotationKind::Class && !byModel(a)) said.push_back(&a);
  return labelsAmong(said, task == "multi-label");
}

std::vector<Mark> marksOf(const Item& item, std::string_view task) {
  std::set<Mark> out;
  bool labelled = false, suggested = false;
  const auto whole = labelsOf(item, task);
  for (const auto& label : whole) out.insert({MarkKind::Class, label});
  for (const auto& a : item.annotations) {
    out.insert({MarkKind::Author, a.author});
    if (a.kind == AnnotationKind::Number) continue;
    (byModel(a) ? suggested : labelled) = true;
    if (!hasGeometry(a.kind) || byModel(a) || a.score <= 0 || a.label.empty()) continue;
    out.insert({MarkKind::Class, a.label});
    if (std::ranges::find(whole, a.label) == whole.end()) out.insert({MarkKind::Drawn, a.label});
  }
  if (!item.group.empty()) out.insert({MarkKind::Group, item.group});
  out.insert({MarkKind::Split, std::string{toString(item.split)}});
  if (!labelled) out.insert({MarkKind::Flag, std::string{unlabelledFlag}});
  if (suggested && !labelled) out.insert({MarkKind::Flag, std::string{suggestedFlag}});
  if (disagree(item, task == "multi-label")) out.insert({MarkKind::Flag, std::string{disagreementFlag}});
  return {out.begin(), out.end()};
}

std::vector<std::string> classesNamedBy(const Item& item) {
  std::vector<std::string> out;
  for (const auto& a : item.annotations)
    if ((a.kind == AnnotationKind::Class || hasGeometry(a.kind)) && !a.label.empty() && std::ranges::find(out, a.label) == out.end())
      out.push_back(a.label);
  return out;
}

Result<> checkItem(const Item& item) {
  if (!detail::isItemId(item.id))
    return badItem(item, TR("data", "The id \"{id}\" is not 32 hexadecimal digits.").with("id", displayText(item.id)));
  if (item.size < 0 || item.width < 0 || item.height < 0) return badItem(item, TR("data", "The size of a picture cannot be negative."));
  if (!isUtf8(item.group)) return badItem(item, TR("data", "A group's name is not text in UTF-8."));
  for (const auto& a : item.annotations) {
    if (!isUtf8(a.label) || !isUtf8(a.text) || !isUtf8(a.author)) return badItem(item, TR("data", "A label is not text in UTF-8."));
    if (!std::isfinite(a.score)) return badItem(item, TR("data", "A score is not a number."));
    if (std::ranges::any_of(a.geometry, [](float v) { return !std::isfinite(v); }))
      return badItem(item, TR("data", "A coordinate is not a number."));
  }
  return {};
}

Item changedItem(Item item, const ItemChange& change, const std::string& author, std::string_view task) {
  if (change.annotations) {
    item.annotations = *change.annotations;
    for (auto& a : item.annotations)
      if (a.author.empty()) a.author = author;
  }
  auto labels = change.labels;
  if (!change.addLabels.empty() || !change.takeLabels.empty()) {
    if (!labels) labels = labelsOf(item, task);
    if (task != "multi-label" && !change.addLabels.empty()) labels->clear();
    std::erase_if(*labels, [&](const auto& one) { return std::ranges::find(change.takeLabels, one) != change.takeLabels.end(); });
    for (const auto& one : change.addLabels)
      if (std::ranges::find(*labels, one) == labels->end()) labels->push_back(one);
  }
  if (labels) {
    auto wanted = *labels, now = labelsOf(item, task);
    std::ranges::sort(wanted);
    std::ranges::sort(now);
    // Who says what is said already is not noted: nothing would be different for anybody.
    if (wanted != now || (wanted.empty() && item.labelled())) {
      std::erase_if(item.annotations, [](const Annotation& a) { return a.kind == AnnotationKind::Class && !byModel(a); });
      std::vector<Annotation> said;
      for (const auto& label : *labels) said.push_back({.label = label, .author = author});
      // In front: of equal scores Item::label() takes the first.
      item.annotations.insert(item.annotations.begin(), said.begin(), said.end());
    }
  }
  if (change.split) item.split = *change.split;
  if (change.group) item.group = *change.group;
  if (change.paths) item.paths = *change.paths;
  return item;
}

std::string summaryOf(const Item& item, std::string_view task) {
  std::string out;
  for (const auto& label : labelsOf(item, task)) out += (out.empty() ? "" : ", ") + displayText(label);
  const auto shapes = std::ranges::count_if(item.annotations, [](const Annotation& a) { return hasGeometry(a.kind); });
  if (out.empty()) out = shapes ? std::to_string(shapes) + " shapes" : "no label";
  if (item.split != Split::None) out += " (" + std::string{toString(item.split)} + ")";
  return out;
}

std::string idBytes(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out(hex.size() / 2, '\0');
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
  return out;
}

std::string idHex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[c & 15];
  }
  return out;
}

std::int64_t hashOf(const Digest& digest) {
  std::int64_t out = 0;
  std::memcpy(&out, digest.bytes.data(), sizeof out);
  return out;
}

std::string newRevisionId() {
  std::array<char, 16> bytes{};
  // Sixteen bytes never come in part; only a machine that has just been switched on may make us wait.
  while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
  }
  return idHex({bytes.data(), bytes.size()});
}

std::string colourOf(std::string_view className) {
  // The hue from the name, saturation and lightness in three steps each: colours that tell apart on white and on dark.
  const auto digest = digestOf(className);
  const double hue = (digest.bytes[0] << 8 | digest.bytes[1]) / 65536. * 6;
  const double saturation = .55 + .15 * (digest.bytes[2] % 3), light = .42 + .08 * (digest.bytes[3] % 3);
  const double c = (1 - std::abs(2 * light - 1)) * saturation, x = c * (1 - std::abs(std::fmod(hue, 2.) - 1)), m = light - c / 2;
  const std::array<std::array<double, 3>, 6> sextants{{{c, x, 0}, {x, c, 0}, {0, c, x}, {0, x, c}, {x, 0, c}, {c, 0, x}}};
  const auto& rgb = sextants[std::min<std::size_t>(5, static_cast<std::size_t>(hue))];
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(std::lround((rgb[0] + m) * 255)),
                static_cast<unsigned>(std::lround((rgb[1] + m) * 255)), static_cast<unsigned>(std::lround((rgb[2] + m) * 255)));
  return text;
}

Value infoToValue(const DataInfo& info) {
  Value classes{Value::List{}};
  for (const auto& c : info.classes) {
    Value one{Value::Map{{"name", c.name}}};
    if (!c.colour.empty()) one["color"] = c.colour;
    if (!c.attributes.isNull()) one["attributes"] = c.attributes;
    classes.push(std::move(one));
  }
  return Value::Map{{"task", info.task}, {"classes", std::move(classes)}};
}

DataInfo infoFromValue(const Value& value) {
  DataInfo out;
  if (value["task"].isText()) out.task = value["task"].asText();
  for (const auto& c : value["classes"].asList()) out.classes.push_back({c["name"].asText(), c["color"].asText(), c["attributes"], 0});
  return out;
}

DatasetInfo datasetInfo(const DataInfo& info) {
  DatasetInfo out;
  out.task = info.task;
  for (const auto& c : info.classes) out.classes.push_back(c.name);
  return out;
}

}  // namespace patchbay::revisions
