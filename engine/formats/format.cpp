// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchbay::formats {
namespace {

constexpr float farthest = 1e7F;
constexpr std::size_t longestLabel = 10'000;

bool finite(std::span<const float> numbers) {
  return std::ranges::all_of(numbers, [](float v) { return std::isfinite(v) && std::abs(v) < farthest; });
}

bool truthOf(std::string_view value) { return value == "1" || value == "true" || value == "True" || value == "yes"; }

/// The flags that many formats have, under one name and with one value.
void unify(Annotation& a) {
  constexpr std::array<std::string_view, 4> flags{"difficult", "iscrowd", "occluded", "truncated"};
  if (a.text.empty() || (a.kind == AnnotationKind::Mask && a.text.find('\n') == std::string::npos) || a.kind == AnnotationKind::Text)
    return;
  Attributes to;
  for (auto& [name, value] : attributesOf(a)) {
    const std::string_view known = name == "is_crowd" ? std::string_view{"iscrowd"} : std::string_view{name};
    if (std::ranges::find(flags, known) == flags.end()) putAttribute(to, name, std::move(value));
    else if (truthOf(value)) putAttribute(to, known, "1");
    else if (value != "0" && value != "false" && value != "False" && value != "no" && !value.empty())
      putAttribute(to, known, std::move(value));
  }
  setAttributes(a, to);
}

}  // namespace

void Sink::declare(ClassInfo info) {
  if (!isUtf8(info.name)) {
    report_.add("label.encoding", info.name);
    info.name = displayText(info.name);
  }
  if (info.name.size() > longestLabel) info.name.resize(longestLabel);
  if (const auto [at, fresh] = byName_.emplace(info.name, classes_.size()); fresh) classes_.push_back(std::move(info));
  else if (classes_[at->second].attributes.isNull()) classes_[at->second].attributes = std::move(info.attributes);
}

bool Sink::good(Annotation& a, const Record& record) {
  const auto refuse = [&](std::string_view code) {
    report_.add(code, record.name);
    return false;
  };
  if (!finite(a.geometry) || !std::isfinite(a.score)) return refuse("annotation.number");
  if (a.kind != AnnotationKind::Number && (a.score < 0 || a.score > 1)) return refuse("annotation.number");
  const auto& g = a.geometry;
  switch (a.kind) {
    case AnnotationKind::Class:
      if (a.label.empty()) return refuse("annotation.empty");
      break;
    case AnnotationKind::Box:
      if (g.size() != 4) return refuse("annotation.shape");
      if (g[2] <= 0 || g[3] <= 0) return refuse("annotation.empty");
      break;
    case AnnotationKind::RotatedBox:
      if (g.size() != 5) return refuse("annotation.shape");
      if (g[2] <= 0 || g[3] <= 0) return refuse("annotation.empty");
      break;
    case AnnotationKind::Polygon: {
      const auto rings = ringsOf(g);
      if (rings.empty() || std::ranges::any_of(rings, [](const auto& ring) { return ring.size() < 6; })) return refuse("annotation.shape");
      break;
    }
    case AnnotationKind::Points:
      if (g.empty() || g.size() % 3 != 0) return refuse("annotation.shape");
      for (std::size_t i = 2; i < g.size(); i += 3)
        if (g[i] != 0 && g[i] != 1 && g[i] != 2) return refuse("annotation.number");
      break;
    case AnnotationKind::Mask:
      if (!g.empty() || record.width <= 0 || record.height <= 0 ||
          !runsOf(runsTextOf(a), static_cast<std::uint64_t>(record.width) * static_cast<std::uint64_t>(record.height)))
        return refuse("annotation.mask");
      break;
    case AnnotationKind::Text:
    case AnnotationKind::Number:
      break;
  }
  if (record.width <= 0 || record.height <= 0) return true;
  const auto bounds = boundsOf(a);
  if (!bounds) return true;
  const auto [x, y, w, h] = *bounds;
  const auto width = static_cast<float>(record.width), height = static_cast<float>(record.height);
  if (x >= width || y >= height || x + w < 0 || y + h < 0 || (a.kind != AnnotationKind::Points && (x + w <= 0 || y + h <= 0)))
    return refuse("annotation.outside");
  if (x < -1 || y < -1 || x + w > width + 1 || y + h > height + 1) report_.add("annotation.partly_outside", record.name);
  return true;
}

bool Sink::add(Record record) {
  if (stopped()) return false;
  for (auto& a : record.annotations) {
    if (!isUtf8(a.label)) {
      report_.add("label.encoding", record.name);
      a.label = displayText(a.label);
    }
    if (!isUtf8(a.text)) a.text = displayText(a.text);
    if (a.label.size() > longestLabel) a.label.resize(longestLabel);
    if (a.author.empty()) a.author = "import";
    unify(a);
  }
  std::erase_if(record.annotations, [&](Annotation& a) { return !good(a, record); });
  if (!isUtf8(record.group)) record.group = displayText(record.group);
  for (const auto& a : record.annotations)
    if (!a.label.empty() && a.kind != AnnotationKind::Number && a.kind != AnnotationKind::Text && !byName_.contains(a.label))
      declare({a.label, {}});
  return take(std::move(record));
}

Writer::Writer(Target& target, Report& report, Facts facts, Holds holds)
    : target_{target}, report_{report}, facts_{{}, std::move(facts.splits)}, holds_{std::move(holds)} {
  for (auto& one : facts.classes)
    if (byName_.emplace(one.name, facts_.classes.size()).second) facts_.classes.push_back(std::move(one));
}

std::size_t Writer::classIndex(const std::string& name) {
  const auto [at, fresh] = byName_.emplace(name, facts_.classes.size());
  if (fresh) facts_.classes.push_back({name, {}});
  return at->second;
}

std::string Writer::nameOf(const Item& item) { return item.paths.empty() ? item.id : item.paths.front(); }

void Writer::lost(const Item& item, const Annotation& a) { report_.lost("annotation:" + std::string{kindName(a.kind)}, nameOf(item)); }

Result<> Writer::add(const Item& item) {
  Item kept = item;
  const auto name = nameOf(item);
  if (!holds_.splits.contains(kept.split)) {
    report_.lost("split", name);
    kept.split = Split::None;
  }
  if (!holds_.groups && !kept.group.empty()) {
    report_.lost("group", name);
    kept.group.clear();
  }
  bool hasClass = false;
  const auto* best = item.label();
  std::erase_if(kept.annotations, [&](Annotation& a) {
    const bool isClass = a.kind == AnnotationKind::Class;
    // Without scores an improbable class would become a certain one.
    const bool unlikely = isClass && !holds_.scores && a.score < .5;
    const bool second = isClass && holds_.oneClass && (hasClass || (best && a.label != *best));
    if (!holds_.kinds.contains(a.kind) || unlikely || second) {
      lost(item, a);
      return true;
    }
    hasClass |= isClass;
    if (!holds_.scores && a.kind != AnnotationKind::Number && a.score != 1) {
      report_.lost("score", name);
      a.score = 1;
    }
    if (!holds_.authors && !a.author.empty() && a.author != "import") {
      report_.lost("author", name);
      a.author = "import";
    }
    if (!holds_.anyAttribute && !a.text.empty() && a.kind != AnnotationKind::Text) {
      auto attributes = attributesOf(a);
      const auto gone = std::erase_if(attributes, [&](const auto& one) { return !holds_.attributes.contains(one.first); });
      report_.lost("attribute", name, static_cast<std::int64_t>(gone));
      setAttributes(a, attributes);
    }
    return false;
  });
  return write(std::move(kept));
}

Result<std::string> Writer::putPicture(const Item& item, std::string_view folder, std::string_view scope) {
  std::string wanted = nameOf(item);
  std::string safe;
  for (const auto& part : std::filesystem::path{wanted}.lexically_normal()) {
    auto one = displayText(part.native());
    std::erase_if(one, [](char c) { return c == '/' || c == '\\' || c == ':'; });
    if (one.empty() || one == "." || one == "..") continue;
    if (one.size() > 200) one.erase(0, one.size() - 200);
    while (!one.empty() && !isUtf8(one)) one.erase(0, 1);
    safe = joined(safe, one);
  }
  if (safe.empty()) safe = item.id;
  auto name = safe;
  // Two names that differ only in their extension would share an annotation file.
  const auto key = [&] { return joined(scope.empty() ? folder : scope, withoutExtension(name)); };
  for (int i = 2; !taken_.insert(key()).second; ++i)
    name = std::string{withoutExtension(safe)} + '-' + std::to_string(i) + std::string{safe.substr(withoutExtension(safe).size())};
  if (name != wanted) report_.lost("path", wanted);
  if (!target_.withPictures()) return name;
  PB_TRY(const bool there, target_.picture(joined(folder, name), item));
  if (!there) report_.lost("picture", wanted);
  return name;
}

std::span<const Format* const> allFormats() {
  static const std::array<const Format*, 11> all{&imageFolderFormat(), &csvFormat(),         &cocoFormat(),      &vocFormat(),
                                                 &yoloFormat(),        &labelmeFormat(),     &mvtecFormat(),     &datumaroFormat(),
                                                 &cvatFormat(),        &labelStudioFormat(), &indexMasksFormat()};
  return all;
}

Result<const Format*> formatNamed(std::string_view id) {
  std::string known;
  for (const auto* format : allFormats()) {
    if (format->info().id == id) return format;
    known += (known.empty() ? "" : ", ") + std::string{format->info().id};
  }
  return fail(ErrorKind::Usage, "format.unknown", TR("formats", "There is no format \"{name}\".").with("name", displayText(id)),
              TR("formats", "Choose one of {known}.").with("known", known), "format");
}

std::vector<std::pair<const Format*, double>> detectFormats(const Source& source) {
  std::vector<std::pair<const Format*, double>> to;
  for (const auto* format : allFormats())
    if (const auto sure = format->detect(source); sure > 0) to.emplace_back(format, sure);
  std::ranges::stable_sort(to, [](const auto& a, const auto& b) { return a.second > b.second; });
  return to;
}

void dropParentCycles(std::vector<ClassInfo>& classes, Report& report, std::string_view where) {
  std::unordered_map<std::string, std::string> parents;
  for (const auto& one : classes) parents[one.name] = one.attributes["supercategory"].asText();
  for (auto& one : classes) {
    auto at = parents.find(parents[one.name]);
    std::size_t steps = 0;
    // Another's circle is that one's matter: the walk ends after as many steps as there are classes.
    while (at != parents.end() && at->first != one.name && ++steps <= parents.size()) at = parents.find(at->second);
    if (at == parents.end() || at->first != one.name || steps == 0) continue;
    report.add("category.cycle", std::string{where} + ": " + one.name);
    one.attributes.map().erase("supercategory");
  }
}

Split splitOfName(std::string_view given) {
  std::string name;
  for (const char c : given) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  while (!name.empty() && (std::isdigit(static_cast<unsigned char>(name.back())) || name.back() == '_' || name.back() == '-'))
    name.pop_back();
  const auto cut = name.find_last_of("_-. ");
  for (const auto& word : {std::string_view{name}, std::string_view{name}.substr(cut == std::string::npos ? 0 : cut + 1)}) {
    if (word == "train" || word == "training" || word == "trainset") return Split::Train;
    if (word == "val" || word == "valid" || word == "validation" || word == "valset") return Split::Validation;
    if (word == "test" || word == "testing" || word == "testset") return Split::Test;
  }
  return Split::None;
}

std::string_view splitName(Split split, std::string_view none) {
  constexpr std::array<std::string_view, 4> names{"", "train", "val", "test"};
  return split == Split::None ? none : names[static_cast<std::size_t>(split)];
}

}  // namespace patchbay::formats
