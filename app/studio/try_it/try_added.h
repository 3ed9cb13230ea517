// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <vector>

#include "engine/edit/change.h"
#include "engine/graph/catalogue.h"

namespace patchbay::studio {

/// How the pipeline gets to see pictures that were added to the project.
struct AddedPictures {
  NodeId block;                       ///< The data block that takes them; empty: no block of the pipeline can.
  std::vector<edit::Change> changes;  ///< What has to be changed for it; empty when it takes them already.
};

/// The data block in front of `model`, the nearest first, that has a parameter `extra` and takes pictures from `folder`, or can be
/// made to. `base`: where relative paths of the document start.
AddedPictures takeAdded(const Document& document, const Catalogue& catalogue, const NodeId& model, const std::filesystem::path& folder,
                        const std::filesystem::path& base);

/// A block "Unlike your data" for this model: linked to the features it was trained on, and their data. Empty: it has no features.
std::vector<edit::Change> addUnlike(const Document& document, const Catalogue& catalogue, const NodeId& model);

}  // namespace patchbay::studio
