// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/edit/change.h"
#include "engine/graph/catalogue.h"

namespace patchbay::studio {

struct ExportWish {
  NodeId model;                  ///< The block that makes it.
  std::string name;              ///< Of the export folder.
  std::filesystem::path folder;  ///< Around it; empty: exports/ of the project.
  bool includePictures = false;
  std::filesystem::path base;  ///< Where relative paths of the document start.
};

/// The block Export that is linked to this model; the first where there are several.
std::optional<NodeId> exportBlockOf(const Document& document, const NodeId& model);

/// One undo step that makes the pipeline export as wished: sets the block that is there, or adds one, linked to the model, to the
/// report of its evaluation and to the data. `block`: the block to run. No changes: it is set up so already.
Result<std::vector<edit::Change>> exportChanges(const Document& document, const Catalogue& catalogue, const ExportWish& wish,
                                                NodeId* block);

}  // namespace patchbay::studio
