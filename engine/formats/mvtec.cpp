// SPDX-License-Identifier: Apache-2.0
// The layout of MVTec AD (mvtec.com/company/research/datasets/mvtec-ad): train/good/x.png, test/<defect>/x.png and
// ground_truth/<defect>/x_mask.png. "good" is a class like the defects; a mask is what is not black.
#include <algorithm>
#include <map>

#include "engine/formats/format.h"
#include "engine/formats/index_png.h"

namespace patchbay::formats {
namespace {

/// Where "train/" and "test/" lie: at the top or inside the folder of one product.
struct Place {
  std::string product, defect;
  Split split = Split::None;
};

std::optional<Place> placeOf(std::string_view name) {
  std::vector<std::string> parts;
  for (const auto& part : std::filesystem::path{name}) parts.push_back(part.native());
  for (std::size_t i = 0; i < 2 && i + 2 < parts.size(); ++i)
    if (parts[i] == "train" || parts[i] == "test" || parts[i] == "validation")
      return Place{i == 1 ? parts[0] : "", parts[i + 1], splitOfName(parts[i])};
  return std::nullopt;
}

class MvtecWriter final : public Writer {
 public:
  MvtecWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts),
               Holds{.kinds = {AnnotationKind::Class, AnnotationKind::Mask, AnnotationKind::Polygon}, .oneClass = true}} {
    for (const auto& one : classes()) unseen_.insert(one.name);
  }
  Result<> finish() override {
    for (const auto& name : unseen_) report().lost("classes", name);
    if (!std::ranges::is_sorted(classes(), {}, &ClassInfo::name)) report().lost("order", "");
    return {};
  }

 protected:
  Result<> write(Item item) override {
    const auto* said = item.label();
    std::string label = said ? *said : std::string{};
    if (!said) {
      // A picture without a class is one without a defect, unless something is marked on it.
      const auto marked = std::ranges::find_if(item.annotations, [](const auto& a) { return a.kind != AnnotationKind::Class; });
      label = marked == item.annotations.end() || marked->label.empty() ? "good" : marked->label;
      report().added("annotation:class", nameOf(item));
    }
    unseen_.erase(label);
    const auto& folder = folderOf(label);
    if (folder != label) report().lost("label", label);
    // Training is on good ones alone in this layout, yet nothing else is said by where the others lie.
    if (item.split == Split::None) report().added("split", nameOf(item));
    const std::string part = item.split == Split::None         ? (label == "good" ? "train" : "test")
                             : item.split == Split::Validation ? "validation"
                                                               : std::string{splitName(item.split, "")};
    auto& path = item.paths.empty() ? item.paths.emplace_back(item.id) : item.paths.front();
    const auto original = path;
    for (const auto& own : {part, folder})
      if (path.starts_with(own + '/')) path.erase(0, own.size() + 1);
    // x_mask.png is the mask of x, whatever else is called so.
    if (const auto stem = withoutExtension(path); stem.ends_with("_mask")) path[stem.size() - 5] = '-';
    // Masks of all parts lie in one folder for each class, so that a name is given once in all parts.
    PB_TRY(const auto name, putPicture(item, part + '/' + folder, "ground_truth/" + folder));
    const auto whole = part + '/' + folder + '/' + name;
    if (name == path && whole != original) report().lost("path", original);
    return writeMask(item, label, part + '/' + folder + '/' + std::string{withoutExtension(name)});
  }

 private:
  /// Two classes never share a folder, though what a file system forbids was taken out of both.
  const std::string& folderOf(const std::string& label) {
    const auto [at, fresh] = folders_.try_emplace(label);
    if (!fresh) return at->second;
    const auto plain = folderFor(label);
    at->second = plain;
    for (int i = 2; !takenFolders_.insert(at->second).second; ++i) at->second = plain + '-' + std::to_string(i);
    return at->second;
  }

  static std::string folderFor(const std::string& label) {
    std::string name = displayText(label);
    for (auto& c : name)
      if (c == '/' || c == '\\') c = '_';
    if (name.size() > 200) name.resize(200);
    while (!isUtf8(name)) name.pop_back();
    if (name.empty() || name.front() == '.') name.insert(0, "_");
    return name;
  }

  /// All masks of a picture make one.
  Result<> writeMask(const Item& item, const std::string& label, const std::string& place) {
    const auto pixels = static_cast<std::int64_t>(item.width) * item.height;
    Bitmap bitmap;
    std::size_t masks = 0;
    bool others = false;
    for (const auto& a : item.annotations) {
      if (a.kind == AnnotationKind::Class) continue;
      ++masks;
      others |= a.kind != AnnotationKind::Mask || a.label != label;
      if (pixels <= 0 || pixels > mostMaskPixels) continue;
      if (bitmap.pixels.empty()) bitmap = {item.width, item.height, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels), 0)};
      if (a.kind == AnnotationKind::Polygon) {
        fillPolygon(bitmap, a.geometry, 1);
      } else if (const auto runs = runsOf(runsTextOf(a), static_cast<std::uint64_t>(pixels))) {
        const auto one = bitmapOf(*runs, item.width, item.height);
        for (std::size_t i = 0; i < one.pixels.size(); ++i) bitmap.pixels[i] |= one.pixels[i];
      }
    }
    const bool any = std::ranges::any_of(bitmap.pixels, [](auto p) { return p != 0; });
    if (masks > 1 || others || (masks == 1 && !any)) {
      for (const auto& a : item.annotations)
        if (a.kind != AnnotationKind::Class) lost(item, a);
      if (any) report().added("annotation:mask", nameOf(item));
    }
    if (!any) return {};
    const auto cut = place.find('/');
    return target().write("ground_truth" + place.substr(cut) + "_mask.png", writeMaskPng(bitmap));
  }

  std::set<std::string> unseen_, takenFolders_;
  std::map<std::string, std::string> folders_;
};

class Mvtec final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"mvtec", TR("formats", "MVTec AD"),
                                 TR("formats", "train/good/, test/<defect>/ and ground_truth/<defect>/")};
    return info;
  }
  double detect(const Source& source) const override {
    if (!source.only().empty()) return 0;
    bool truth = false, good = false;
    for (const auto& file : source.files()) {
      truth |= file.name.find("ground_truth/") != std::string::npos && file.name.ends_with(".png");
      good |= file.name.find("train/good/") != std::string::npos;
    }
    return truth && good ? .95 : truth ? .7 : 0;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    std::set<std::string> classes;
    std::vector<std::pair<std::string, Place>> pictures;
    for (const auto& name : source.pictures()) {
      if (name.find("ground_truth/") != std::string::npos) continue;
      auto place = placeOf(name);
      if (!place) {
        sink.report().add("file.other", name);
        continue;
      }
      classes.insert(place->defect);
      pictures.emplace_back(name, std::move(*place));
    }
    for (const auto& name : classes) sink.declare({name, {}});
    for (auto& [name, place] : pictures) {
      Record record;
      record.file = record.name = name;
      record.split = place.split;
      record.annotations.push_back({.label = place.defect, .author = "import"});
      const auto truth = joined(place.product, "ground_truth/") + place.defect + '/';
      // Behind product, part and defect, whatever their names.
      const auto part = place.product.empty() ? 0 : place.product.size() + 1;
      const auto inner = name.find('/', part) + 1 + place.defect.size() + 1;
      const auto stem = std::string{withoutExtension(name)}.substr(inner);
      for (const auto& mask : {truth + stem + "_mask.png", truth + stem + ".png"})
        if (source.contains(mask)) {
          readMask(source, mask, place.defect, record, sink.report());
          break;
        }
      if (!sink.add(std::move(record))) return {};
    }
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<MvtecWriter>(target, report, std::move(facts));
  }

 private:
  static void readMask(const Source& source, const std::string& name, const std::string& label, Record& record, Report& report) {
    const auto file = source.open(name);
    const auto png = file ? readIndexPng(file->bytes()) : std::nullopt;
    const auto size = source.sizeOf(record.file);
    if (size) record.width = size->width, record.height = size->height;
    if (!png || !size || png->width != size->width || png->height != size->height) {
      report.add("annotation.mask", name);
      return;
    }
    Bitmap bitmap{png->width, png->height, std::vector<std::uint8_t>(png->pixels.size(), 0)};
    for (std::size_t i = 0; i < png->pixels.size(); ++i) bitmap.pixels[i] = png->pixels[i] != 0;
    if (std::ranges::none_of(bitmap.pixels, [](auto p) { return p != 0; })) return;
    record.annotations.push_back({.kind = AnnotationKind::Mask, .label = label, .text = textOfRuns(runsOf(bitmap, 1)), .author = "import"});
  }
};

}  // namespace

const Format& mvtecFormat() {
  static const Mvtec format;
  return format;
}

}  // namespace patchbay::formats
