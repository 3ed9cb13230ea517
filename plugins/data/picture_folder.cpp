// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <set>

#include "engine/block/block.h"
#include "engine/data/ports.h"
#include "plugins/data/support/folder_labels.h"

namespace patchbay::blocks {
namespace picture_folder_cpp {

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
  Param<FolderPath> extra{this,
                          {.key = "extra",
                           .label = TR("block", "Added pictures"),
                           .help = TR("block",
                                      "Folder in the project with pictures that were added later, one folder for each class. What it says "
                                      "of a picture goes before what the other folder says. Empty: none."),
                           .affectsResult = false}};  // What lies in it is in the key, its name is not.

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto root, inputPath(ctx, (*folder).path, "folder"));
    PB_TRY(const auto files, filesBelow(root));
    if (files.empty())
      return fail(ErrorKind::BadInput, "folder.empty", TR("block", "The folder {path} is empty.").with("path", displayText(root.native())),
                  TR("block", "Put pictures into it, one folder for each class."), "folder");
    auto found = labelledByFolder(root, files, *classFrom);
    if (const auto given = (*extra).path; !given.empty()) {
      const auto folderOfAdded = given.is_absolute() ? given : ctx.baseFolder() / given;
      // Where the added pictures lie in the folder itself, their folder is no class.
      std::erase_if(found, [&](const Found& one) { return isBelow(one.file, folderOfAdded); });
      const bool parts = std::ranges::any_of(found, [](const Found& one) { return one.split != Split::None; });
      PB_TRY(auto added, addedPictures(folderOfAdded, parts ? Split::Train : Split::None));
      std::ranges::move(added, std::back_inserter(found));
    }
    auto wanted = (*classes).names;
    std::set<std::string> seen;
    std::erase_if(found, [&](const Found& one) {
      if (one.annotations.empty()) return false;
      const auto& label = one.annotations.front().label;
      if (!wanted.empty() && std::ranges::find(wanted, label) == wanted.end()) return true;
      seen.insert(label);
      return false;
    });
    if (wanted.empty()) wanted.assign(seen.begin(), seen.end());
    PB_TRY(const auto set, importPictures(ctx, std::move(found), {.classes = std::move(wanted)}));
    return data.write(ctx, set);
  }

 private:
  static bool isBelow(const std::filesystem::path& file, const std::filesystem::path& folder) {
    const auto inside = file.lexically_normal().lexically_relative(folder.lexically_normal());
    return !inside.empty() && *inside.begin() != "..";
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
