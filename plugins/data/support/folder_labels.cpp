// SPDX-License-Identifier: Apache-2.0
#include "plugins/data/support/folder_labels.h"

#include <algorithm>
#include <array>

namespace patchbay::blocks {
namespace fs = std::filesystem;
namespace {

bool isUnlabelled(std::string_view name) {
  std::string lower{name};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower == "unlabeled" || lower == "unlabelled";
}

/// Whether all top folders are named after parts and at least one is "train".
bool hasParts(const fs::path& root, const std::vector<fs::path>& files) {
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

std::string labelOf(const std::vector<std::string>& folders, ClassFrom classFrom) {
  if (folders.empty() || classFrom == ClassFrom::None || std::ranges::any_of(folders, isUnlabelled)) return {};
  return displayText(classFrom == ClassFrom::Top ? folders.front() : folders.back());
}

}  // namespace

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

std::vector<Found> labelledByFolder(const fs::path& root, const std::vector<fs::path>& files, ClassFrom classFrom) {
  std::vector<Found> out;
  out.reserve(files.size());
  const bool parts = hasParts(root, files);
  for (const auto& file : files) {
    const auto relative = file.lexically_relative(root);
    Found one{.file = file, .name = relative.native()};
    std::vector<std::string> folders;
    for (const auto& part : relative.parent_path()) folders.push_back(part.native());
    if (parts && !folders.empty()) {
      one.split = splitFolder(folders.front());
      folders.erase(folders.begin());
    }
    if (auto label = labelOf(folders, classFrom); !label.empty())
      one.annotations.push_back({.label = std::move(label), .author = "import"});
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<Found>> addedPictures(const fs::path& folder, Split split) {
  std::error_code ec;
  if (!fs::exists(folder, ec)) return std::vector<Found>{};
  PB_TRY(const auto files, filesBelow(folder));
  std::vector<Found> out;
  for (const auto& file : files) {
    const auto relative = file.lexically_relative(folder);
    if (!relative.has_parent_path()) continue;
    // Named without the folder: the same pictures give the same data set wherever the project keeps them.
    Found one{.file = file, .name = "added/" + relative.native(), .split = split, .correction = true};
    const auto& top = relative.begin()->native();
    if (!isUnlabelled(top)) one.annotations.push_back({.label = displayText(top), .author = "person"});
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace patchbay::blocks
