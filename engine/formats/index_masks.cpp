// SPDX-License-Identifier: Apache-2.0
// A PNG of class numbers for each picture: images/<part>/x.jpg and masks/<part>/x.png with classes.txt, or JPEGImages and
// SegmentationClass of Pascal VOC with labelmap.txt. 0 is background, 255 belongs to no class. Palette and grey pictures hold the
// number itself, colour pictures a colour of the VOC colour map or of labelmap.txt.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/index_png.h"
#include "engine/formats/text_lines.h"

namespace patchbay::formats {
namespace {

constexpr std::array<std::string_view, 6> maskFolders{"masks", "SegmentationClass", "labels", "annotations", "gt", "mask"};
constexpr std::array<std::string_view, 5> pictureFolders{"images", "JPEGImages", "imgs", "image", "img"};
constexpr std::uint32_t ignored = 255;

struct Pair {
  std::string picture, mask, name;
  Split split = Split::None;
};

/// Picture and mask have the same name below folders of different names.
std::optional<Pair> pairOf(const Source& source, const std::string& mask) {
  std::vector<std::string> parts;
  for (const auto& part : std::filesystem::path{mask}) parts.push_back(part.native());
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (std::ranges::find(maskFolders, parts[i]) == maskFolders.end()) continue;
    std::string before, after;
    for (std::size_t k = 0; k < i; ++k) before = joined(before, parts[k]);
    for (std::size_t k = i + 1; k < parts.size(); ++k) after = joined(after, parts[k]);
    for (const auto folder : pictureFolders) {
      auto picture = source.findStem(joined(joined(before, folder), withoutExtension(after)));
      if (picture.empty() || picture == mask) continue;
      Pair pair{picture, mask, picture.substr(joined(before, folder).size() + 1), Split::None};
      const auto top = pair.name.substr(0, pair.name.find('/'));
      if (top.size() < pair.name.size() && (splitOfName(top) != Split::None || top == "all")) {
        pair.split = splitOfName(top);
        pair.name.erase(0, top.size() + 1);
      } else if (!before.empty()) {
        pair.split = splitOfName(lastOf(before));
      }
      return pair;
    }
  }
  return std::nullopt;
}

struct Labels {
  std::map<std::uint32_t, std::string> byIndex, byColour;
};

Labels readLabels(const Source& source, Sink& sink) {
  Labels to;
  for (const auto& file : source.files()) {
    const auto last = lastOf(file.name);
    const bool map = last == "labelmap.txt";
    if (!map && last != "classes.txt") continue;
    const auto text = source.open(file.name);
    if (!text || !isUtf8(text->text())) continue;
    std::uint32_t index = 0;
    for (auto line : linesOf(text->text())) {
      if (line.empty() || (map && line.front() == '#')) continue;
      std::string_view cells;
      if (map) {
        for (int i = 0; i < 3 && line.rfind(':') != std::string_view::npos; ++i) {
          cells = line.substr(line.rfind(':') + 1);
          line = line.substr(0, line.rfind(':'));
        }
        std::uint32_t colour = 0;
        int channels = 0;
        for (; channels < 3 && !cells.empty(); ++channels) {
          std::uint32_t v = 0;
          const auto end = std::from_chars(cells.data(), cells.data() + cells.size(), v).ptr;
          colour = colour << 8 | (v & 255);
          cells.remove_prefix(static_cast<std::size_t>(end - cells.data()));
          if (cells.starts_with(',')) cells.remove_prefix(1);
          else cells = {};
        }
        if (channels == 3) to.byColour[colour] = line;
      }
      to.byIndex[index++] = line;
    }
  }
  for (const auto& [index, name] : to.byIndex)
    if (index > 0 && index != ignored) sink.declare({name, {}});
  return to;
}

void readMask(const Source& source, const Pair& pair, const Labels& labels, Record& record, Report& report) {
  const auto file = source.open(pair.mask);
  const auto png = file ? readIndexPng(file->bytes()) : std::nullopt;
  const auto size = source.sizeOf(pair.picture);
  if (size) record.width = size->width, record.height = size->height;
  if (!png || !size || png->width != size->width || png->height != size->height) return report.add("annotation.mask", pair.mask);
  // Numbers first: one pass for each would take minutes where a photograph was taken for a mask.
  std::map<std::uint32_t, std::uint8_t> numbers;
  Bitmap bitmap{png->width, png->height, std::vector<std::uint8_t>(png->pixels.size(), 0)};
  for (std::size_t i = 0; i < png->pixels.size(); ++i) {
    const auto [at, fresh] = numbers.emplace(png->pixels[i], static_cast<std::uint8_t>(numbers.size()));
    if (fresh && numbers.size() > 256) return report.add("annotation.mask", pair.mask);
    bitmap.pixels[i] = at->second;
  }
  for (const auto& [value, number] : numbers) {
    std::string label;
    if (png->colours) {
      if (value == 0 || value == 0xE0E0C0) continue;  // Background and VOC's border.
      if (const auto known = labels.byColour.find(value); known != labels.byColour.end()) label = known->second;
      for (std::size_t i = 1; label.empty() && i < 255; ++i) {
        const auto colour = indexColour(i);
        if (value != (std::uint32_t{colour[0]} << 16 | std::uint32_t{colour[1]} << 8 | colour[2])) continue;
        const auto named = labels.byIndex.find(static_cast<std::uint32_t>(i));
        label = named == labels.byIndex.end() ? std::to_string(i) : named->second;
      }
    } else {
      if (value == 0 || value == ignored) continue;
      const auto named = labels.byIndex.find(value);
      if (named == labels.byIndex.end() && !labels.byIndex.empty()) {
        report.add("category.unknown", pair.mask + ": " + std::to_string(value));
        continue;
      }
      label = named == labels.byIndex.end() ? std::to_string(value) : named->second;
    }
    if (label.empty()) {
      report.add("category.unknown", pair.mask + ": " + std::to_string(value));
      continue;
    }
    record.annotations.push_back(
        {.kind = AnnotationKind::Mask, .label = label, .text = textOfRuns(runsOf(bitmap, number)), .author = "import"});
  }
}

class MaskWriter final : public Writer {
 public:
  MaskWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts), Holds{.kinds = {AnnotationKind::Mask, AnnotationKind::Polygon}}} {}

  Result<> finish() override {
    std::string names = "background\n";
    for (const auto& one : classes()) {
      names += displayText(one.name) + '\n';
      if (displayText(one.name) != one.name) report().lost("label", one.name);
    }
    return target().write("classes.txt", names);
  }

 protected:
  Result<> write(Item item) override {
    const std::string part{splitName(item.split, "all")};
    PB_TRY(const auto name, putPicture(item, "images/" + part));
    const auto pixels = static_cast<std::int64_t>(item.width) * item.height;
    if (pixels <= 0 || pixels > mostMaskPixels) {
      for (const auto& a : item.annotations) lost(item, a);
      return {};
    }
    Bitmap bitmap{item.width, item.height, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels), 0)};
    std::map<std::uint8_t, std::vector<const Annotation*>> members;
    std::set<std::uint8_t> changed;
    for (const auto& a : item.annotations) draw(item, a, bitmap, members, changed);
    std::set<std::uint8_t> there{bitmap.pixels.begin(), bitmap.pixels.end()};
    for (const auto& [value, list] : members) {
      const bool same = list.size() == 1 && list.front()->kind == AnnotationKind::Mask && !changed.contains(value) && there.contains(value);
      if (same) continue;
      for (const auto* a : list) lost(item, *a);
      if (there.contains(value)) report().added("annotation:mask", nameOf(item));
    }
    return target().write("masks/" + part + '/' + std::string{withoutExtension(name)} + ".png", writeIndexPng(bitmap));
  }

 private:
  /// What comes later lies above.
  void draw(const Item& item, const Annotation& a, Bitmap& bitmap, std::map<std::uint8_t, std::vector<const Annotation*>>& members,
            std::set<std::uint8_t>& changed) {
    const auto index = classIndex(a.label) + 1;
    if (index >= ignored || a.label.empty()) return lost(item, a);
    const auto value = static_cast<std::uint8_t>(index);
    Bitmap own{item.width, item.height, {}};
    if (a.kind == AnnotationKind::Mask) {
      const auto runs = runsOf(runsTextOf(a), bitmap.pixels.size());
      if (!runs) return lost(item, a);
      own = bitmapOf(*runs, item.width, item.height);
    } else {
      own.pixels.resize(bitmap.pixels.size(), 0);
      fillPolygon(own, a.geometry, 1);
    }
    members[value].push_back(&a);
    for (std::size_t i = 0; i < own.pixels.size(); ++i) {
      if (!own.pixels[i]) continue;
      if (bitmap.pixels[i] != 0 && bitmap.pixels[i] != value) changed.insert(bitmap.pixels[i]);
      bitmap.pixels[i] = value;
    }
  }
};

class IndexMasks final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"masks", TR("formats", "PNG masks"),
                                 TR("formats", "images/ and masks/ with class numbers as pixels, classes.txt")};
    return info;
  }
  double detect(const Source& source) const override {
    if (!source.only().empty()) return 0;
    std::size_t looked = 0;
    for (const auto& file : source.files()) {
      if (extensionOf(file.name) != ".png") continue;
      if (++looked > 2000) break;
      // Pascal VOC has both; its boxes go first.
      if (pairOf(source, file.name)) return file.name.find("SegmentationClass") != std::string::npos ? .6 : .8;
    }
    return 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    const auto labels = readLabels(source, sink);
    std::set<std::string> used;
    std::vector<Pair> pairs;
    for (const auto& file : source.files())
      if (extensionOf(file.name) == ".png")
        if (auto pair = pairOf(source, file.name)) {
          used.insert(pair->picture);
          used.insert(pair->mask);
          pairs.push_back(std::move(*pair));
        }
    for (const auto& pair : pairs) {
      Record record;
      record.file = pair.picture;
      record.name = pair.name;
      record.split = pair.split;
      readMask(source, pair, labels, record, sink.report());
      if (!sink.add(std::move(record))) return {};
    }
    for (const auto& name : source.pictures()) {
      if (used.contains(name)) continue;
      const auto top = name.substr(0, name.find('/'));
      if (std::ranges::find(pictureFolders, top) == pictureFolders.end() || top.size() == name.size()) {
        sink.report().add("file.other", name);
        continue;
      }
      Record record;
      record.file = name;
      record.name = name.substr(top.size() + 1);
      const auto part = record.name.substr(0, record.name.find('/'));
      record.split = splitOfName(part);
      if (part.size() < record.name.size() && (record.split != Split::None || part == "all")) record.name.erase(0, part.size() + 1);
      if (!sink.add(std::move(record))) return {};
    }
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<MaskWriter>(target, report, std::move(facts));
  }
};

}  // namespace

const Format& indexMasksFormat() {
  static const IndexMasks format;
  return format;
}

}  // namespace patchbay::formats
