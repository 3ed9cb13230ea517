// SPDX-License-Identifier: Apache-2.0
// One folder a class: <class>/x.jpg, or <part>/<class>/x.jpg when the top folders are named after the parts, train among them,
// as torchvision's ImageFolder and Keras read it. "unlabeled" stays without class; "unassigned" beside the parts is no part.
#include <algorithm>

#include "engine/formats/format.h"

namespace patchbay::formats {
namespace {

constexpr std::string_view unassigned = "unassigned", unlabelled = "unlabeled";

bool isUnlabelled(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name == "unlabeled" || name == "unlabelled";
}

Split exactSplit(std::string_view name) { return name.find_first_of("_-. ") == std::string_view::npos ? splitOfName(name) : Split::None; }

bool hasParts(const std::vector<std::string>& pictures) {
  bool train = false;
  for (const auto& name : pictures) {
    const auto top = std::string_view{name}.substr(0, name.find('/'));
    if (top.size() == name.size() || (exactSplit(top) == Split::None && top != unassigned)) return false;
    train |= exactSplit(top) == Split::Train;
  }
  return train;
}

class FolderWriter final : public Writer {
 public:
  FolderWriter(Target& target, Report& report, Facts facts)
      : Writer{target, report, std::move(facts), Holds{.kinds = {AnnotationKind::Class}, .oneClass = true}} {
    for (const auto& one : classes()) empty_.insert(one.name);
    // Without a training part nobody takes the top folders for parts.
    parts_ = this->facts().splits.contains(Split::Train);
  }
  Result<> finish() override {
    for (const auto& name : empty_) report().lost("classes", name);
    if (!std::ranges::is_sorted(classes(), {}, &ClassInfo::name)) report().lost("order", "");
    return {};
  }

 protected:
  Result<> write(Item item) override {
    std::string folder;
    if (parts_) folder = splitName(item.split, unassigned);
    else if (item.split != Split::None) report().lost("split", nameOf(item));
    const auto* label = item.label();
    const auto name = label ? folderFor(*label) : std::string{unlabelled};
    folder = joined(folder, name);
    // What comes from such folders keeps the names it has there.
    auto& path = item.paths.empty() ? item.paths.emplace_back(item.id) : item.paths.front();
    const auto original = path;
    for (const auto& own : {std::string{splitName(item.split, unassigned)}, name})
      if (path.starts_with(own + '/')) path.erase(0, own.size() + 1);
    PB_TRY(const auto written, putPicture(item, folder));
    if (joined(folder, written) != original && written == path) report().lost("path", original);
    if (label) empty_.erase(*label);
    return {};
  }

 private:
  std::string folderFor(const std::string& label) {
    std::string name = displayText(label);
    std::ranges::replace(name, '/', '_');
    std::ranges::replace(name, '\\', '_');
    if (name.size() > 200) name.resize(200);
    while (!isUtf8(name)) name.pop_back();
    if (name.front() == '.') name.front() = '_';
    if (isUnlabelled(name) || exactSplit(name) != Split::None || name == unassigned || name == "Thumbs.db" || name == "__MACOSX" ||
        name == "desktop.ini")
      name += '_';
    if (name != label) report().lost("label", label);
    return name;
  }
  bool parts_ = false;
  std::set<std::string> empty_;
};

class ImageFolder final : public Format {
 public:
  const FormatInfo& info() const override {
    static const FormatInfo info{"folder", TR("formats", "Image folders"),
                                 TR("formats", "one folder for each class, or train/ and test/ with such folders")};
    return info;
  }
  double detect(const Source& source) const override {
    if (!source.only().empty()) return isPictureName(source.only()) ? .1 : 0;
    std::size_t pictures = 0, inFolders = 0;
    for (const auto& file : source.files())
      if (isPictureName(file.name)) ++pictures, inFolders += file.name.find('/') != std::string::npos;
    return pictures == 0 ? 0 : 2 * inFolders > pictures ? .4 : .2;
  }
  Result<> read(const Source& source, Sink& sink) const override {
    const auto pictures = source.pictures();
    const bool parts = hasParts(pictures);
    std::set<std::string> classes;
    std::vector<Record> records;
    for (const auto& name : pictures) {
      Record record;
      record.file = record.name = name;
      auto inner = std::string_view{folderOf(name)};
      if (parts) {
        record.split = exactSplit(inner.substr(0, inner.find('/')));
        inner.remove_prefix(std::min(inner.size(), inner.find('/') == std::string_view::npos ? inner.size() : inner.find('/') + 1));
      }
      const auto label = displayText(inner.substr(0, inner.find('/')));
      if (!label.empty() && !isUnlabelled(label)) {
        record.annotations.push_back({.label = label, .author = "import"});
        classes.insert(label);
      }
      records.push_back(std::move(record));
    }
    for (const auto& name : classes) sink.declare({name, {}});
    for (const auto& file : source.files())
      if (!isPictureName(file.name)) sink.report().add("file.other", file.name);
    for (auto& record : records)
      if (!sink.add(std::move(record))) break;
    return {};
  }
  Result<std::unique_ptr<Writer>> writer(Target& target, Report& report, Facts facts) const override {
    return std::make_unique<FolderWriter>(target, report, std::move(facts));
  }
};

}  // namespace

const Format& imageFolderFormat() {
  static const ImageFolder format;
  return format;
}

}  // namespace patchbay::formats
