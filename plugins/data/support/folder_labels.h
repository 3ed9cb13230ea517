// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/data/support/import.h"

namespace patchbay::blocks {

/// Which folder's name is the class of a picture, when folders lie in folders.
enum class ClassFrom : std::uint8_t { Top, Innermost, None };

/// "train", "val", "test" and their variants; None for any other name.
Split splitFolder(std::string_view name);

/// What the places of files below `root` say of them: name, part and, as a Class annotation, the class. When the top folders are
/// named after the parts, train among them, the classes are the folders below. "unlabeled" stays without class.
std::vector<Found> labelledByFolder(const std::filesystem::path& root, const std::vector<std::filesystem::path>& files,
                                    ClassFrom classFrom);

/// The pictures that were added to the project later (engine request "add_picture"): <folder>/<class>/<file>. None when the
/// folder does not exist yet. They are for training when `split` says so, and what they say of a picture goes before what its
/// first import said (Found::correction).
Result<std::vector<Found>> addedPictures(const std::filesystem::path& folder, Split split);

}  // namespace patchbay::blocks
