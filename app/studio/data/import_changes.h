// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/edit/operations.h"

namespace patchbay::studio {

/// The block whose parameter "revision" names a revision of the project's data set.
inline constexpr const char* revisionType = "patchbay.data.revision";

/// Pictures that are to come into a pipeline.
struct ImportWish {
  std::filesystem::path path;  ///< Of the folder, or of the table.
  bool table = false;
  std::optional<NodeId> replace;     ///< The block whose place they take; otherwise a new block comes.
  edit::Place place;                 ///< Of the new block.
  std::filesystem::path base;        ///< Where relative paths of the document start.
  std::vector<std::string> classes;  ///< What they would be told apart by, where it is known.
};

/// One undo step. A block of the same kind gets the new path and forgets what it was told about the old pictures; one of another
/// kind gives its place, group and links to a new block. A new block is linked to the one input it fits, when there is
/// exactly one that needs a link. Classes that other blocks name and that are no more go back to their default. `made`: the block.
Result<std::vector<edit::Change>> importChanges(const Document& document, const Catalogue& catalogue, const ImportWish& wish,
                                                NodeId* made = nullptr);

/// A revision of the project's data set ("newest" or an id) at the place of the block that brings the pictures in: `replace`, or the
/// only one there is; one that takes a revision already gets this one. Otherwise as a new block at `place`. One undo step.
/// `classes`: of the data set; a class that other blocks name and that is no more goes back to its default.
Result<std::vector<edit::Change>> revisionChanges(const Document& document, const Catalogue& catalogue, const std::string& revision,
                                                  std::optional<NodeId> replace, edit::Place place, const std::vector<std::string>& classes,
                                                  NodeId* made = nullptr);

/// The block that brings the pictures in, when there is exactly one.
std::optional<NodeId> soleDataSource(const Document& document, const Catalogue& catalogue);

}  // namespace patchbay::studio
