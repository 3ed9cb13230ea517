// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/edit/change.h"
#include "engine/graph/catalogue.h"
#include "engine/service/pipeline_place.h"

namespace patchbay::studio {

constexpr auto exportType = "patchbay.deploy.export";

struct ExportWish {
  NodeId model;                  ///< The block that makes it.
  std::string name;              ///< Of the export folder.
  std::filesystem::path folder;  ///< Around it; empty: exports/ of the project.
  bool includePictures = false;
  bool int8 = false;           ///< Also in eight bits.
  double int8Drop = 1;         ///< Percentage points that may cost.
  std::filesystem::path base;  ///< Where relative paths of the document start.
};

/// Where an Export block writes.
std::filesystem::path exportPlace(const Node& block, const PipelinePlace& place);
/// The block Export that is linked to this model; the first where there are several.
std::optional<NodeId> exportBlockOf(const Document& document, const NodeId& model);

/// One undo step that makes the pipeline export as wished: sets the block that is there, or adds one, linked to the model, to the
/// report of its evaluation and to the data. `block`: the block to run. No changes: it is set up so already.
Result<std::vector<edit::Change>> exportChanges(const Document& document, const Catalogue& catalogue, const ExportWish& wish,
                                                NodeId* block);

}  // namespace patchbay::studio
