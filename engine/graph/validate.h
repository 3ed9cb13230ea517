// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engine/graph/catalogue.h"
#include "engine/graph/document.h"
#include "engine/graph/loops.h"
#include "engine/graph/problem.h"

namespace patchbay {

/// Everything wrong with the document, in document order, never only the first thing. Blocks that will not run because
/// they or what they depend on is muted are reported with warnings where others get errors.
std::vector<Problem> validate(const Document& document, const Catalogue& catalogue);

/// Changes parameters written by version `from` of a block to today's. A Schema only describes today's parameters, so the
/// service asks the worker, which has the block's own migrate().
using Migrator = std::function<Result<Value>(const std::string& type, int from, const Value& params)>;
/// Migrates every node of an older type version, in place; what cannot be migrated stays and is reported.
void migrate(Document& document, const Catalogue& catalogue, const Migrator& migrator, std::vector<Problem>& problems);

/// Applies `--set` arguments: "name.param=value", or "group.axis=a,b" or "group.axis=[...]" (a list, or a number for a count)
/// for a loop.
/// Returns every problem; what has none is applied.
std::vector<Problem> applySets(Document& document, const Catalogue& catalogue, const std::vector<std::string>& sets);

/// What a link delivers after bypassed nodes are looked through.
struct Delivery {
  std::string port;  ///< Input of the receiving node.
  std::size_t from;  ///< Node index; never a bypassed node.
  std::string fromPort;
};

/// A validated document as indices into document.nodes(); what the plan is made from.
struct Analysis {
  std::vector<Problem> problems;
  std::vector<const Schema*> schemas;              ///< Null for unknown blocks.
  std::vector<Value> params;                       ///< Normalised; a bound parameter holds the value as written.
  std::vector<std::vector<Delivery>> inputs;       ///< By port declaration, then link order. Empty for bypassed nodes.
  std::vector<std::vector<std::size_t>> upstream;  ///< Over the links as drawn.
  std::vector<bool> skipped;                       ///< Muted, or depends on a muted node.
  std::vector<std::size_t> order;                  ///< Topological, ties by document order; nodes on cycles are missing.
  Loops loops;
};
/// `catalogue` must outlive the result.
Analysis analyse(const Document& document, const Catalogue& catalogue);

}  // namespace patchbay
