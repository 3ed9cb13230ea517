// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/graph/document.h"
#include "engine/graph/problem.h"
#include "widgets/base/block_status.h"
#include "widgets/jobs/run_book.h"

namespace patchbay::studio {

/// What the engine's plan says of one step: is its result stored, or why must it run.
struct Forecast {
  std::string state;  ///< cached, runs or unknown.
  std::vector<Text> reasons;
};
/// All steps of a plan, by block; a block inside a for-each group has several. Reads an answer of Engine::plan().
std::map<NodeId, std::vector<Forecast>> forecastsOf(const Value& planAnswer);

/// What is known when a block's light is set. Pure data, so that the mapping is a function.
struct Known {
  const Document* document = nullptr;
  const std::map<NodeId, Problem>* errors = nullptr;              ///< The first of each block.
  const std::map<NodeId, std::vector<Forecast>>* plan = nullptr;  ///< nullptr: not planned since the last edit.
  const widgets::RunView* run = nullptr;                          ///< The run shown; nullptr: none.
  const std::set<NodeId>* changed = nullptr;                      ///< Blocks edited, or depending on edited ones, since that run began.
  const widgets::BlockNames* names = nullptr;  ///< What blocks are called in sentences; nullptr: as the engine names them.
  const Catalogue* catalogue = nullptr;        ///< With `names`.
};

/// The light of a block with its words; thumbnail and figure are the caller's.
/// Order: a step in progress, then what keeps the block from running, then a failure that still stands, then the plan.
widgets::BlockStatus statusOf(const Known& known, const NodeId& node);

/// A text that is equal for two blocks exactly when they and all before them are set up alike: type, parameters, mode, links.
/// For every block of the document.
std::map<NodeId, std::string> setups(const Document& document);

}  // namespace patchbay::studio
