// SPDX-License-Identifier: Apache-2.0
// Pascal VOC: Annotations/x.xml, JPEGImages/x.jpg, ImageSets/Main/train.txt (host.robots.ox.ac.uk/pascal/VOC, development kit).
// A list of one class, ImageSets/Main/cat_train.txt, says with 1, 0 (hardly to be seen) and -1 whether pictures show it.
// Corners are taken as edges, as Datumaro and most trainers do: width = xmax - xmin. Truncated, difficult, occluded, pose and the
// <attributes> of Datumaro and CVAT are attributes of the box; rotated boxes are roLabelImg's <robndbox>.
#include <algorithm>
#include <array>
#include <map>
#include <numbers>

#include "engine/formats/format.h"
#include "engine/formats/text_lines.h"
#include "engine/formats/xml_in.h"

namespace patchbay::formats {
namespace {

constexpr std::array<const char*, 4> flags{"pose", "truncated", "difficult", "occluded"};

/// Which part each name is in, by ImageSets/Main/<part>.txt, and what lists of one class ("cat_train.txt") say of it.
struct Sets {
  std::map<std::string, Split, std::less<>> parts;
  std::map<std::string, std::vector<std::pair<std::string, bool>>, std::less<>> classes;  ///< With whether it is hard to see.
};

void readClassList(std::string_view label, std::string_view line, Sets& to) {
  const auto words = wordsOf(line);
  if (words.size() < 2 || (words.back() != "1" && words.back() != "0")) return;
  // Names may have blanks; the last word is the number.
  auto name = line.substr(0, line.rfind(words.back()));
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  auto& listed = to.classes[std::string{name}];
  if (std::ranges::find(listed, label, &std::pair<std::string, bool>::first) == listed.end())
    listed.emplace_back(label, words.back() == "0");
}

Sets readSets(const Source& source, Sink& sink) {
  Sets to;
  for (const auto& file : source.files()) {
    if (extensionOf(file.name) != ".txt" || folderOf(file.name).find("ImageSets") == std::string_view::npos) continue;
    const auto stem = stemOf(file.name);
    const auto split = splitOfName(stem);
    const auto cut = stem.rfind('_');
    const bool ofClass = cut != std::string_view::npos && cut > 0 && lastOf(folderOf(file.name)) == "Main";
    const auto last = ofClass ? stem.substr(cut + 1) : stem;
    if (!ofClass && (split == Split::None || stem == "trainval" || cut != std::string_view::npos)) continue;
    if (ofClass && split == Split::None && last != "default" && last != "trainval") continue;
    const auto text = source.open(file.name);
    if (!text) continue;
    if (!isUtf8(text->text())) {
      sink.report().add("file.encoding", file.name);
      continue;
    }
    for (auto line : linesOf(text->text())) {
      if (ofClass) readClassList(stem.substr(0, cut), line, to);
      else if (line = line.substr(0, line.find('\t')); !line.empty()) to.parts.emplace(line, split);
    }
  }
  return to;
}

/// What the lists say and no object of the picture does.
void addClasses(const Sets& sets, Record& record) {
  const auto listed = sets.classes.find(withoutExtension(record.name));
  if (listed == sets.classes.end()) return;
  for (const auto& [label, hard] : listed->second) {
    if (std::ranges::find(record.annotations, label, &Annotation::label) != record.annotations.end()) continue;
    Annotation a{.label = label, .author = "import"};
    if (hard) setAttributes(a, {{"difficult", "1"}});
    record.annotations.push_back(std::move(a));
  }
}

bool looksRight(const Source& source, const std::string& name) {
  const auto text = source.peek(name, 4096);
  return text.find("<annotation") != std::string::npos && text.find("<annotations") == std::string::npos;
}

std::optional<Annotation> readObject(pugi::xml_node object) {
  Annotation a;
  a.author = "import";
  a.label = object.child_value("name");
  const auto value = [](pugi::xml_node node, const char* key) { return numberIn(node.child_value(key)); };
  if (const auto box = object.child("bndbox")) {
    const auto left = value(box, "xmin"), top = value(box, "ymin"), right = value(box, "xmax"), bottom = value(box, "ymax");
    if (!left || !top || !right || !bottom) return std::nullopt;
    a.kind = AnnotationKind::Box;
    a.geometry = {*left, *top, *right - *left, *bottom - *top};
  } else if (const auto turned = object.child("robndbox")) {
    const auto x = value(turned, "cx"), y = value(turned, "cy"), w = value(turned, "w"), h = value(turned, "h"),
               angle = value(turned, "angle");
    if (!x || !y || !w || !h || !angle) return std::nullopt;
    a.kind = AnnotationKind::RotatedBox;
    a.geometry = {*x, *y, *w, *h, static_cast<float>(*angle * 180 / std::numbers::pi)};
  } else {
    return std::nullopt;
  }
  Attributes attributes;
  for (const auto* flag : flags)
    if (const std::string text = object.child_value(flag); !text.empty() && text != "0" && text != "Unspecified")
      putAttribute(attributes, flag, text);
  for (const auto one : object.child("attributes").children("attribute")) {
    const std::string name = one.child_value("name");
    if (!name.empty()) putAttribute(attributes, name, one.child_value("value"));
  }
  if (const auto score = object.child("confidence")) a.score = numberIn(score.child_value()).value_or(2);
  setAttributes(a, attributes);
  return a;
}

Record readFile(const Source& source, const std::string& name, const pugi::xml_document& document, Sink& sink) {
  const auto root = document.child("annotation");
  Record record;
  // The place of the file below Annotations/ is its name; <filename> adds the extension and may be anything else.
  const auto at = name.find("Annotations/");
  const auto prefix = at == std::string::npos ? std::string{} : name.substr(0, at);
  const std::string stem{withoutExtension(at == std::string::npos ? std::string_view{name} : std::string_view{name}.substr(at + 12))};
  record.file = source.findStem(prefix + "JPEGImages/" + stem);
  const std::string named = root.child_value("filename");
  if (record.file.empty()) record.file = source.findStem(withoutExtension(name));
  if (record.file.empty() && !named.empty()) record.file = source.find(named, folderOf(name), sink.report());
  record.name = stem + (record.file.empty() ? extensionOf(named) : std::string{record.file.substr(withoutExtension(record.file).size())});
  const auto size = root.child("size");
  const auto width = numberIn(size.child_value("width")).value_or(0), height = numberIn(size.child_value("height")).value_or(0);
  if (width > 0 && height > 0 && width < 1e6F && height < 1e6F)
    record.width = static_cast<int>(width), record.height = static_cast<int>(height);
  for (const auto object : root.children("object")) {
    if (auto a = readObject(object)) record.annotations.push_back(std::move(*a));
    else sink.report().add("annotation.number", name);
    if (object.child("part")) sink.report().add("field.unread", name + ": part");
  }
  return record;
}

class VocWriter final : public Writer {
 public:
  VocWriter(Target& target, Report& report, Facts facts)
      : Writer{
            target, report, std::move(facts),
            Holds{
                .kinds = {AnnotationKind::Class, AnnotationKind::Box, AnnotationKind::RotatedBox}, .scores = true, .anyAttribute = true}} {}
  Result<> finish() override {
    for (const auto& [split, names] : sets_)
      PB_CHECK(target().write("ImageSets/Main/" + std::string{splitName(split, "default")} + ".txt", joinedLines(names)));
    PB_CHECK(writeClassLists());
    std::string list;
    for (const auto& one : classes()) {
      const bool line = one.name.find_first_of("\r\n") == std::string::npos && !one.name.starts_with('#');
      if (line) list += one.name + ":::\n";
      else report().lost("classes", one.name);
    }
    PB_CHECK(target().write("labelmap.txt", "# label:color_rgb:parts:actions\n" + list));
    return {};
  }

 protected:
  Result<> write(Item item) override {
    PB_TRY(const auto name, putPicture(item, "JPEGImages"));
    std::string xml = "<annotation>\n  <folder>JPEGImages</folder>\n  <filename>" + xmlText(name) + "</filename>\n  <size><width>" +
                      std::to_string(item.width) + "</width><height>" + std::to_string(item.height) + "</height><depth>3</depth></size>\n" +
                      "  <segmented>0</segmented>\n";
    const std::string stem{withoutExtension(name)};
    for (const auto& a : item.annotations)
      if (a.kind == AnnotationKind::Class) classOf(item, a, stem);
      else xml += object(a);
    sets_[item.split].push_back(stem);
    return target().write("Annotations/" + std::string{withoutExtension(name)} + ".xml", xml + "</annotation>\n");
  }

 private:
  static std::string joinedLines(const std::vector<std::string>& names) {
    std::string to;
    for (const auto& name : names) to += name + '\n';
    return to;
  }

  /// A list says yes or no, once for each class, and only of those that no object names.
  void classOf(const Item& item, const Annotation& a, const std::string& name) {
    const bool named = std::ranges::any_of(
        item.annotations, [&](const auto& other) { return other.kind != AnnotationKind::Class && other.label == a.label; });
    const bool fileName = !a.label.empty() && a.label.size() < 200 && a.label.front() != '.' &&
                          a.label.find_first_of("/\\\n\r") == std::string::npos && name.find_first_of("\n\r\t") == std::string::npos;
    auto& listed = classLists_[a.label][item.split];
    if (named || !fileName || a.score < .5 || listed.contains(name)) return lost(item, a);
    listed[name] = attributeOf(a, "difficult") == "1";
    if (a.score != 1) report().lost("score", name);
    const auto attributes = attributesOf(a);
    if (attributes.size() > (listed[name] ? 1U : 0U)) report().lost("attribute", name, static_cast<std::int64_t>(attributes.size()));
  }

  Result<> writeClassLists() {
    // Those that do not show it are listed too, as in the development kit, unless that would be most of what is written.
    constexpr std::size_t mostLines = 20'000'000;
    for (const auto& [label, parts] : classLists_)
      for (const auto& [split, listed] : parts) {
        if (listed.empty()) continue;
        std::string text;
        for (const auto& name : sets_[split]) {
          const auto at = listed.find(name);
          if (at == listed.end() && sets_[split].size() * classLists_.size() > mostLines) continue;
          text += name + (at == listed.end() ? " -1\n" : at->second ? "  0\n" : "  1\n");
        }
        PB_CHECK(target().write("ImageSets/Main/" + label + '_' + std::string{splitName(split, "default")} + ".txt", text));
      }
    return {};
  }

  static std::string object(const Annotation& a) {
    const auto& g = a.geometry;
    const auto tag = [](const char* name, const std::string& value) { return std::string{"<"} + name + '>' + value + "</" + name + '>'; };
    std::string xml = "  <object>\n    " + tag("name", xmlText(a.label)) + "\n    ";
    std::string more;
    const auto attributes = attributesOf(a);
    for (const auto* flag : flags) {
      const auto value = attributeOf(a, flag);
      xml += tag(flag, value.empty() ? (std::string_view{flag} == "pose" ? "Unspecified" : "0") : xmlText(value));
    }
    for (const auto& [name, value] : attributes)
      if (std::ranges::find(flags, name) == flags.end())
        more += tag("attribute", tag("name", xmlText(name)) + tag("value", xmlText(value)));
    if (a.score != 1) xml += tag("confidence", shortNumber(a.score));
    if (a.kind == AnnotationKind::Box) {
      xml += "\n    " + tag("bndbox", tag("xmin", shortNumber(g[0])) + tag("ymin", shortNumber(g[1])) +
                                          tag("xmax", shortNumber(static_cast<double>(g[0]) + g[2])) +
                                          tag("ymax", shortNumber(static_cast<double>(g[1]) + g[3])));
    } else {
      xml += "\n    " + tag("robndbox", tag("cx", shortNumber(g[0])) + tag("cy", shortNumber(g[1])) + tag("w", shortNumber(g[2])) +
                                            tag("h", shortNumber(g[3])) + tag("angle", shortNumber(g[4] * std::numbers::pi / 180)));
    }
    if (!more.empty()) xml += "\n    " + tag("attributes", more);
    return xml + "\n  </object>\n";
  }
  std::map<Split, std::vector<std::string>> sets_;
  std::map<std::string, std::map<Split, std::map<std::string, bool>>> classLists_;  ///< Name of a picture: hard to see.
};

class Voc final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"voc", TR("formats", "Pascal VOC"), TR("formats", "Annotations/*.xml, JPEGImages/ and ImageSets/Main/")};
    return info;
  }
  double detect(const Source& source) const override {
    const auto files = source.withExtension(".xml");
    for (std::size_t i = 0; i < files.size() && i < 8; ++i)
      if (looksRight(source, files[i])) return .9;
    // Lists of classes alone.
    for (const auto& file : source.files())
      if (file.name.find("ImageSets/Main/") != std::string::npos && extensionOf(file.name) == ".txt") return .85;
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    const auto sets = readSets(source, sink);
    readClasses(source, sink);
    std::set<std::string> seen;
    for (const auto& name : source.withExtension(".xml")) {
      if (sink.stopped()) return {};
      const auto document = openXml(source, name, sink.report());
      if (!document) continue;
      if (!document->child("annotation")) {
        sink.report().add("file.fields", name);
        continue;
      }
      auto record = readFile(source, name, *document, sink);
      const auto set = sets.parts.find(withoutExtension(record.name));
      if (set != sets.parts.end()) record.split = set->second;
      addClasses(sets, record);
      if (!record.file.empty()) seen.insert(record.file);
      if (!sink.add(std::move(record))) return {};
    }
    if (!source.only().empty()) return {};
    // Pictures without a file of their own are not labelled yet.
    for (const auto& name : source.pictures()) {
      if (seen.contains(name) || name.find("Segmentation") != std::string::npos) continue;
      Record record;
      record.file = name;
      const auto at = name.find("JPEGImages/");
      record.name = at == std::string::npos ? name : name.substr(at + 11);
      if (const auto set = sets.parts.find(withoutExtension(record.name)); set != sets.parts.end()) record.split = set->second;
      addClasses(sets, record);
      if (!sink.add(std::move(record))) return {};
    }
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<VocWriter>(target, report, std::move(facts));
  }

 private:
  /// labelmap.txt: "name:r,g,b:parts:actions".
  static void readClasses(const Source& source, Sink& sink) {
    if (!source.contains("labelmap.txt")) return;
    const auto file = source.open("labelmap.txt");
    if (!file) return;
    auto rest = file->text();
    while (!rest.empty()) {
      auto line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      // The name may have colons; three cells follow it.
      for (int i = 0; i < 3 && line.rfind(':') != std::string_view::npos; ++i) line = line.substr(0, line.rfind(':'));
      if (line.empty() || line.front() == '#') continue;
      if (line.back() == '\r') line.remove_suffix(1);
      if (line != "background") sink.declare({std::string{line}, {}});
    }
  }
};

}  // namespace

const Format& vocFormat() {
  static const Voc format;
  return format;
}

}  // namespace patchbay::formats
