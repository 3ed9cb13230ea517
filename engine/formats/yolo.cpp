// SPDX-License-Identifier: Apache-2.0
// YOLO: labels/<part>/x.txt beside images/<part>/x.jpg, classes and parts in data.yaml (docs.ultralytics.com/datasets), or in
// obj.names, obj.data and lists of pictures (Darknet). A line is a class number, then for detection cx cy w h, for segmentation
// x y of each corner, for pose cx cy w h and x y v of each of kpt_shape points; all as fractions of the picture's sides.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/text_lines.h"

namespace patchbay::formats {
namespace {

constexpr std::size_t mostClasses = 1'000'000;

std::optional<double> finiteNumber(std::string_view word) {
  double v = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), v);
  if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(v)) return std::nullopt;
  return v;
}

struct Layout {
  std::vector<std::string> classes;
  bool named = false;
  std::size_t points = 0, dimensions = 3;              ///< kpt_shape
  std::vector<std::pair<std::string, Split>> folders;  ///< Prefixes of picture names.
  std::map<std::string, Split, std::less<>> listed;    ///< Pictures named in lists.
};

std::string insidePath(std::string value) {
  std::ranges::replace(value, '\\', '/');
  for (;;) {
    if (value.starts_with("./")) value.erase(0, 2);
    else if (value.starts_with("../")) value.erase(0, 3);
    else break;
  }
  while (value.ends_with('/')) value.pop_back();
  return value;
}

void readList(const Source& source, std::string_view list, Split split, Layout& layout, Report& report) {
  const auto file = source.open(list);
  if (!file) return;
  for (const auto line : linesOf(file->text())) {
    if (line.empty()) continue;
    if (const auto found = source.find(insidePath(std::string{line}), folderOf(list), report); !found.empty()) layout.listed[found] = split;
    else report.add("picture.missing", std::string{list} + ": " + std::string{line});
  }
}

/// What a key of data.yaml or obj.data says of a part: a folder or a list, below the file or below its "path".
void readPart(const Source& source, std::string_view config, const std::string& base, const std::string& value, Split split, Layout& layout,
              Report& report) {
  const auto inside = insidePath(value);
  for (const auto& candidate : {joined(folderOf(config), joined(base, inside)), joined(folderOf(config), inside), inside}) {
    if (candidate.ends_with(".txt") && source.contains(candidate)) return readList(source, candidate, split, layout, report);
    const bool folder = std::ranges::any_of(source.files(), [&](const auto& file) { return file.name.starts_with(candidate + '/'); });
    if (folder) {
      layout.folders.emplace_back(candidate + '/', split);
      return;
    }
  }
}

void readYaml(const Source& source, const std::string& name, const Value& yaml, Layout& layout, Report& report) {
  if (const auto& names = yaml["names"]; names.isList()) {
    for (const auto& one : names.asList()) layout.classes.push_back(one.asText());
  } else {
    for (const auto& [key, value] : names.asMap()) {
      const auto index = finiteNumber(key);
      if (!index || *index < 0 || *index >= static_cast<double>(mostClasses) || *index != std::floor(*index)) {
        report.add("category.unknown", name + ": " + key);
        continue;
      }
      const auto at = static_cast<std::size_t>(*index);
      if (layout.classes.size() <= at) layout.classes.resize(at + 1);
      layout.classes[at] = value.asText();
    }
  }
  layout.named = !layout.classes.empty();
  if (const auto& shape = yaml["kpt_shape"].asList(); !shape.empty()) {
    layout.points = static_cast<std::size_t>(std::clamp(finiteNumber(shape[0].asText()).value_or(0), 0., 10'000.));
    layout.dimensions = shape.size() > 1 && shape[1].asText() == "2" ? 2 : 3;
  }
  const std::string base =
      yaml["path"].isText() && !std::filesystem::path{yaml["path"].asText()}.is_absolute() ? insidePath(yaml["path"].asText()) : "";
  for (const auto& [key, split] :
       {std::pair{"train", Split::Train}, {"val", Split::Validation}, {"valid", Split::Validation}, {"test", Split::Test}}) {
    if (yaml[key].isText() && !yaml[key].asText().empty())
      readPart(source, name, base == "." ? "" : base, yaml[key].asText(), split, layout, report);
    for (const auto& one : yaml[key].asList()) readPart(source, name, base == "." ? "" : base, one.asText(), split, layout, report);
  }
}

std::optional<std::pair<std::string, Value>> yamlOf(const Source& source, Report* report = nullptr) {
  for (const auto& file : source.files()) {
    const auto extension = extensionOf(file.name);
    if ((extension != ".yaml" && extension != ".yml") || file.size > (std::int64_t{64} << 20)) continue;
    if (!source.only().empty() && source.only() != file.name) continue;
    const auto text = source.open(file.name);
    if (text && report && !isUtf8(text->text())) report->add("file.encoding", file.name);
    if (!text || !isUtf8(text->text())) continue;
    auto yaml = parseSmallYaml(text->text());
    if (yaml.contains("names")) return std::pair{file.name, std::move(yaml)};
  }
  return std::nullopt;
}

Layout layoutOf(const Source& source, Report& report) {
  Layout layout;
  if (const auto yaml = yamlOf(source, &report)) {
    readYaml(source, yaml->first, yaml->second, layout, report);
    return layout;
  }
  for (const auto& file : source.files()) {
    const auto last = lastOf(file.name);
    if (last.ends_with(".names") || last == "classes.txt") {
      const auto text = source.open(file.name);
      if (!text || layout.named) continue;
      for (const auto line : linesOf(text->text())) layout.classes.emplace_back(line);
      while (!layout.classes.empty() && layout.classes.back().empty()) layout.classes.pop_back();
      layout.named = true;
    } else if (last.ends_with(".data")) {
      const auto text = source.open(file.name);
      if (!text) continue;
      for (const auto line : linesOf(text->text())) {
        const auto cut = line.find('=');
        if (cut == std::string_view::npos) continue;
        const auto keys = wordsOf(line.substr(0, cut)), values = wordsOf(line.substr(cut + 1));
        if (keys.size() != 1 || values.size() != 1 || splitOfName(keys[0]) == Split::None) continue;
        auto list = insidePath(std::string{values[0]});
        if (!source.contains(list)) list = lastOf(list);  // Darknet's paths begin with "data/".
        if (source.contains(list)) readList(source, list, splitOfName(keys[0]), layout, report);
      }
    }
  }
  return layout;
}

/// The label file of a picture: "images" becomes "labels", or it lies beside it.
std::string labelsOf(const Source& source, const std::string& picture) {
  const std::string stem{withoutExtension(picture)};
  const auto framed = '/' + stem;
  for (auto at = framed.rfind("/images/"); at != std::string::npos; at = at == 0 ? std::string::npos : framed.rfind("/images/", at - 1)) {
    auto other = stem;
    other.replace(at, 6, "labels");
    if (source.contains(other + ".txt")) return other + ".txt";
  }
  return source.contains(stem + ".txt") ? stem + ".txt" : std::string{};
}

class LabelReader {
 public:
  LabelReader(const Layout& layout, Report& report) : layout_{layout}, report_{report} {}

  void read(std::string_view text, const std::string& name, Record& record) {
    int number = 0;
    for (const auto line : linesOf(text)) {
      ++number;
      if (line.empty()) continue;
      const auto refuse = [&](std::string_view code) { report_.add(code, name + ": " + std::to_string(number)); };
      const auto words = wordsOf(line);
      std::vector<double> values;
      bool good = true;
      for (const auto word : words) {
        const auto v = finiteNumber(word);
        good &= v.has_value();
        values.push_back(v.value_or(0));
      }
      if (!good) refuse("annotation.number");
      else if (values.size() < 5) refuse("line.damaged");
      else if (!shapes(values, number, record)) refuse(unknown_ ? "category.unknown" : "line.damaged");
    }
  }

 private:
  bool shapes(std::span<const double> values, int line, Record& record) {
    const double index = values[0];
    unknown_ =
        index < 0 || index != std::floor(index) || index >= static_cast<double>(layout_.named ? layout_.classes.size() : mostClasses);
    if (unknown_) return false;
    Annotation a;
    a.author = "import";
    a.label = layout_.named ? layout_.classes[static_cast<std::size_t>(index)] : std::to_string(static_cast<std::int64_t>(index));
    auto rest = values.subspan(1);
    const auto pose = 4 + layout_.points * layout_.dimensions;
    // With a score behind; an even count of numbers would rather be corners.
    const bool scored = rest.size() == pose + 1 && rest.size() % 2 == 1;
    const bool isPose = layout_.points > 0 && (rest.size() == pose || scored);
    if (rest.size() % 2 == 1 && !(isPose && rest.size() == pose)) {
      a.score = rest.back();
      rest = rest.first(rest.size() - 1);
    }
    const double w = record.width, h = record.height;
    if (!isPose && rest.size() != 4) {
      std::vector<float> ring;
      for (std::size_t i = 0; i + 1 < rest.size(); i += 2) {
        ring.push_back(static_cast<float>(rest[i] * w));
        ring.push_back(static_cast<float>(rest[i + 1] * h));
      }
      a.kind = AnnotationKind::Polygon;
      a.geometry = polygonOf({&ring, 1});
      record.annotations.push_back(std::move(a));
      return true;
    }
    auto box = a;
    box.kind = AnnotationKind::Box;
    box.geometry = {static_cast<float>((rest[0] - rest[2] / 2) * w), static_cast<float>((rest[1] - rest[3] / 2) * h),
                    static_cast<float>(rest[2] * w), static_cast<float>(rest[3] * h)};
    if (isPose) {
      a.kind = AnnotationKind::Points;
      for (std::size_t i = 4; i + layout_.dimensions <= rest.size(); i += layout_.dimensions) {
        const float seen = layout_.dimensions == 3 ? static_cast<float>(rest[i + 2]) : (rest[i] != 0 || rest[i + 1] != 0) ? 2.F : 0.F;
        a.geometry.insert(a.geometry.end(), {static_cast<float>(rest[i] * w), static_cast<float>(rest[i + 1] * h), seen});
      }
      const auto around = boundsOf(a);
      if (around && sameBox(box.geometry, *around)) {
        record.annotations.push_back(std::move(a));
        return true;
      }
      if (around) {
        for (auto* one : {&a, &box}) setAttributes(*one, {{"group", std::to_string(line)}});
        record.annotations.push_back(std::move(a));
      }
    }
    record.annotations.push_back(std::move(box));
    return true;
  }

  const Layout& layout_;
  Report& report_;
  bool unknown_ = false;
};

std::string fraction(double v) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed, 9).ptr};
}

class YoloWriter final : public Writer {
 public:
  YoloWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Box, AnnotationKind::Polygon, AnnotationKind::Points}, .attributes = {"group"}}} {}

  Result<> finish() override {
    std::string yaml = "path: .\n";
    const auto& splits = facts().splits;
    if (!splits.contains(Split::Train) && !splits.contains(Split::Validation) && !splits.contains(Split::Test)) {
      // Trainers want both; the same pictures in both are no part for whoever reads it.
      yaml += "train: images/all\nval: images/all\n";
    } else {
      for (const auto split : {Split::Train, Split::Validation, Split::Test})
        if (splits.contains(split)) yaml += std::string{splitName(split, "")} + ": images/" + std::string{splitName(split, "")} + '\n';
    }
    if (points_ > 0) yaml += "kpt_shape: [" + std::to_string(points_) + ", 3]\n";
    yaml += "nc: " + std::to_string(classes().size()) + "\nnames:\n";
    for (std::size_t i = 0; i < classes().size(); ++i) yaml += "  " + std::to_string(i) + ": " + yamlText(classes()[i].name) + '\n';
    return target().write("data.yaml", yaml);
  }

 protected:
  Result<> write(Item item) override {
    const std::string part{splitName(item.split, "all")};
    PB_TRY(const auto name, putPicture(item, "images/" + part));
    std::string text;
    std::set<const Annotation*> done;
    for (const auto& a : item.annotations) {
      if (a.kind != AnnotationKind::Points) continue;
      const Annotation* box = nullptr;
      const auto group = attributeOf(a, "group");
      for (const auto& other : item.annotations)
        if (!group.empty() && other.kind == AnnotationKind::Box && other.label == a.label && !done.contains(&other) &&
            attributeOf(other, "group") == group)
          box = &other;
      const auto around = boundsOf(a);
      if (box && around && sameBox(box->geometry, *around)) box = nullptr;  // It would not be told from the points' own.
      if (!pose(item, a, box, text)) continue;
      if (box) {
        done.insert(box);
        report().lost("attribute", name, 2);
        report().added("attribute", name, 2);
      } else if (!group.empty()) {
        report().lost("attribute", name);
      }
    }
    for (const auto& a : item.annotations) {
      if (a.kind == AnnotationKind::Points || done.contains(&a)) continue;
      if (!shape(item, a, text)) lost(item, a);
      else if (!a.text.empty()) report().lost("attribute", name);
    }
    return target().write("labels/" + part + '/' + std::string{withoutExtension(name)} + ".txt", text);
  }

 private:
  std::string begin(const Annotation& a) { return std::to_string(classIndex(a.label)); }
  static void put(std::string& text, const Item& item, float x, float y) {
    text += ' ' + fraction(static_cast<double>(x) / item.width) + ' ' + fraction(static_cast<double>(y) / item.height);
  }
  static void putBox(std::string& text, const Item& item, std::span<const float> g) {
    put(text, item, g[0] + g[2] / 2, g[1] + g[3] / 2);
    put(text, item, g[2], g[3]);
  }

  bool pose(const Item& item, const Annotation& a, const Annotation* box, std::string& text) {
    const auto n = a.geometry.size() / 3;
    const auto around = boundsOf(a);
    const bool taken = points_ == 0 && corners_.contains((4 + 3 * n) / 2) && n % 2 == 0;
    if (!around || item.width <= 0 || item.height <= 0 || (points_ > 0 && points_ != n) || taken) {
      lost(item, a);
      return false;
    }
    points_ = n;
    text += begin(a);
    putBox(text, item, box ? std::span<const float>{box->geometry} : std::span<const float>{*around});
    for (std::size_t i = 0; i + 2 < a.geometry.size(); i += 3) {
      put(text, item, a.geometry[i], a.geometry[i + 1]);
      text += ' ' + std::to_string(static_cast<int>(a.geometry[i + 2]));
    }
    text += '\n';
    return true;
  }

  bool shape(const Item& item, const Annotation& a, std::string& text) {
    if (item.width <= 0 || item.height <= 0) return false;
    if (a.kind == AnnotationKind::Box) {
      text += begin(a);
      putBox(text, item, a.geometry);
      text += '\n';
      return true;
    }
    const auto rings = ringsOf(a.geometry);
    const auto corners = rings.empty() ? 0 : rings.front().size() / 2;
    // As many numbers as a pose has would be taken for one.
    if (corners < 3 || (points_ > 0 && 2 * corners == 4 + 3 * points_)) return false;
    if (rings.size() > 1) {
      lost(item, a);
      report().added("annotation:polygon", nameOf(item));
    }
    corners_.insert(corners);
    text += begin(a);
    for (std::size_t i = 0; i + 1 < rings.front().size(); i += 2) put(text, item, rings.front()[i], rings.front()[i + 1]);
    text += '\n';
    return true;
  }

  std::size_t points_ = 0;         ///< Of every pose, as the first one has it.
  std::set<std::size_t> corners_;  ///< Of the outlines written so far.
};

class Yolo final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"yolo", TR("formats", "YOLO"), TR("formats", "data.yaml, images/train/ and labels/train/")};
    return info;
  }
  double detect(const Source& source) const override {
    if (yamlOf(source)) return .9;
    std::size_t labels = 0;
    for (const auto& file : source.files()) {
      if (lastOf(file.name) == "obj.data" || lastOf(file.name) == "obj.names") return .9;
      labels += extensionOf(file.name) == ".txt" && !source.findStem(withoutExtension(file.name)).empty();
      labels += extensionOf(file.name) == ".txt" && ("/" + file.name).find("/labels/") != std::string::npos;
    }
    return labels > 0 && source.only().empty() ? .6 : 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    const auto layout = layoutOf(source, sink.report());
    for (const auto& name : layout.classes) sink.declare({name, {}});
    std::set<std::string> used;
    for (const auto& picture : source.pictures()) {
      if (sink.stopped()) return {};
      Record record;
      record.file = picture;
      place(layout, picture, record);
      const auto labels = labelsOf(source, picture);
      if (!labels.empty()) {
        used.insert(labels);
        readLabels(source, labels, layout, record, sink.report());
      }
      if (!sink.add(std::move(record))) return {};
    }
    for (const auto& file : source.files())
      if (extensionOf(file.name) == ".txt" && ("/" + file.name).find("/labels/") != std::string::npos && !used.contains(file.name))
        sink.report().add("picture.missing", file.name);
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<YoloWriter>(target, report, std::move(facts));
  }

 private:
  static void readLabels(const Source& source, const std::string& labels, const Layout& layout, Record& record, Report& report) {
    const auto text = source.open(labels);
    if (!text) return report.add("file.unreadable", labels);
    if (!isUtf8(text->text())) return report.add("file.encoding", labels);
    const auto size = source.sizeOf(record.file);
    if (!size) {
      // Fractions of an unknown whole are nothing; the picture itself is refused later.
      if (!text->text().empty()) report.add("picture.unreadable", record.file);
      return;
    }
    record.width = size->width;
    record.height = size->height;
    LabelReader{layout, report}.read(text->text(), labels, record);
  }

  static void place(const Layout& layout, const std::string& picture, Record& record) {
    record.name = picture;
    if (const auto at = layout.listed.find(picture); at != layout.listed.end()) record.split = at->second;
    std::set<Split> splits;
    for (const auto& [prefix, split] : layout.folders) {
      if (!picture.starts_with(prefix)) continue;
      splits.insert(split);
      record.name = picture.substr(prefix.size());
      // data.yaml named "train", in which the pictures lie in "images".
      if (('/' + prefix).find("/images/") == std::string::npos && record.name.starts_with("images/")) record.name.erase(0, 7);
    }
    if (splits.size() == 1) record.split = *splits.begin();
    if (record.name != picture) return;
    std::vector<std::string> parts;
    for (const auto& part : std::filesystem::path{picture}) parts.push_back(part.native());
    // images/train/x, train/images/x, images/all/x: each word once, in front.
    const bool told = !layout.folders.empty() || !layout.listed.empty();
    bool images = false, part = false;
    std::size_t i = 0;
    for (; i + 1 < parts.size(); ++i) {
      const auto split = splitOfName(parts[i]);
      if (!images && parts[i] == "images") {
        images = true;
      } else if (!part && (parts[i] == "all" || (split != Split::None && !told))) {
        part = true;
        record.split = split == Split::None ? record.split : split;
      } else {
        break;
      }
    }
    std::string name;
    for (; i < parts.size(); ++i) name = joined(name, parts[i]);
    record.name = name;
  }
};

}  // namespace

const Format& yoloFormat() {
  static const Yolo format;
  return format;
}

}  // namespace patchbay::formats
