// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "plugins/data/support/import.h"

namespace patchbay::blocks {
namespace picture_folder_cpp {

enum class ClassFrom : std::uint8_t { Top, Innermost, None };

bool isUnlabelled(std::string_view name) {
  std::string lower{name};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower == "unlabeled" || lower == "unlabelled";
}

/// "train", "val", "test" and their variants; None for any other name.
Split splitFolder(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Split>, 7> names{{{"train", Split::Train},
                                                                            {"training", Split::Train},
                                                                            {"val", Split::Validation},
                                                                            {"valid", Split::Validation},
                                                                            {"validation", Split::Validation},
                                                                            {"test", Split::Test},
                                                                            {"testing", Split::Test}}};
  for (const auto& [n, s] : names)
    if (n == name) return s;
  return Split::None;
}

struct PictureFolder final : Block {
  Out<Dataset> data{this, {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures with their classes.")}};

  Param<FolderPath> folder{this,
                           {.key = "folder",
                            .label = TR("block", "Folder"),
                            .help = TR("block",
                                       "Holds one folder for each class. A folder named \"unlabeled\" stays without class. Folders train, "
                                       "val and test at the top give the parts."),
                            .required = true}};
  Param<ClassFrom> classFrom{this,
                             {.key = "class_from",
                              .label = TR("block", "Class"),
                              .help = TR("block", "Which folder's name is the class, when folders lie in folders."),
                              .def = ClassFrom::Top,
                              .choices = {{ClassFrom::Top, "top", TR("block", "Topmost folder")},
                                          {ClassFrom::Innermost, "innermost", TR("block", "Innermost folder")},
                                          {ClassFrom::None, "none", TR("block", "No classes")}}}};
  Param<ClassNames> classes{this,
                            {.key = "classes",
                             .label = TR("block", "Classes"),
                             .help = TR("block", "Order of the classes; other folders are left out. Empty: every folder, by name.")}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto root, inputPath(ctx, (*folder).path, "folder"));
    PB_TRY(const auto files, filesBelow(root));
    if (files.empty())
      return fail(ErrorKind::BadInput, "folder.empty", TR("block", "The folder {path} is empty.").with("path", displayText(root.native())),
                  TR("block", "Put pictures into it, one folder for each class."), "folder");
    auto wanted = (*classes).names;
    std::set<std::string> seen;
    std::vector<Found> found;
    const bool parts = hasParts(root, files);
    for (const auto& file : files) {
      Found one{.file = file, .name = file.lexically_relative(root).native()};
      std::vector<std::string> folders;
      for (const auto& part : file.lexically_relative(root).parent_path()) folders.push_back(part.native());
      if (parts && !folders.empty()) {
        one.split = splitFolder(folders.front());
        folders.erase(folders.begin());
      }
      const auto label = labelOf(folders);
      if (!label.empty()) {
        if (!wanted.empty() && std::ranges::find(wanted, label) == wanted.end()) continue;
        seen.insert(label);
        one.annotations.push_back({.label = label, .author = "import"});
      }
      found.push_back(std::move(one));
    }
    if (wanted.empty()) wanted.assign(seen.begin(), seen.end());
    PB_TRY(const auto set, importPictures(ctx, std::move(found), {.classes = std::move(wanted)}));
    return data.write(ctx, set);
  }

 private:
  std::string labelOf(const std::vector<std::string>& folders) const {
    if (folders.empty() || *classFrom == ClassFrom::None || std::ranges::any_of(folders, isUnlabelled)) return {};
    return displayText(*classFrom == ClassFrom::Top ? folders.front() : folders.back());
  }

  /// Whether all top folders are named after parts and at least one is "train".
  static bool hasParts(const std::filesystem::path& root, const std::vector<std::filesystem::path>& files) {
    bool train = false;
    for (const auto& file : files) {
      const auto relative = file.lexically_relative(root);
      if (!relative.has_parent_path()) return false;
      const auto part = splitFolder(relative.begin()->native());
      if (part == Split::None) return false;
      train |= part == Split::Train;
    }
    return train;
  }
};

}  // namespace picture_folder_cpp

PATCHBAY_BLOCK(data_picture_folder, picture_folder_cpp::PictureFolder,
               {.id = "patchbay.data.picture_folder",
                .title = TR("block", "Picture folder"),
                .summary = TR("block", "Takes the pictures of a folder; the names of its sub-folders are the classes."),
                .category = Category::Data,
                .needs = {.cores = 0},
                .effects = Effects::ReadsFiles})
}  // namespace patchbay::blocks
