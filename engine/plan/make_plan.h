// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/validate.h"
#include "engine/plan/plan.h"

namespace patchbay {

/// What stands for something in the project is replaced by what it is now, so that keys and workers see that: a revision of the
/// data set by the digest of its manifest. nullopt: the value stays. An error is a problem of the parameter.
using ParamResolver = std::function<Result<std::optional<Value>>(const Schema& schema, const ParamInfo& param, const Value& value)>;

struct PlanOptions {
  std::string to;                 ///< Name or id of a block: only it and what it needs. Empty: everything.
  std::vector<std::string> sets;  ///< "name.param=value"; see applySets().
  std::uint64_t seed = 0;
  std::string device = "auto";
  int threads = 0;
  std::string on;  ///< Machine for the heavy steps; empty: this one.
  ParamResolver resolve;
  Migrator migrator;  ///< Without one, blocks of an older version are errors.
};

/// A file or folder that a block of the plan reads: it must be there before anything runs. What such a parameter names decides
/// the block's result; one that does not (a folder that is filled later) may be missing.
struct NeededPath {
  NodeId node;
  std::string name;   ///< The block's.
  std::string param;  ///< Its key.
  bool folder = false;
  std::filesystem::path path;  ///< As written; relative to the pipeline's base folder.
};

/// The plan, there exactly when no problem is an error; with `to` set, problems of blocks it does not need are left out.
struct Planned {
  std::optional<Plan> plan;
  std::vector<Problem> problems;
  std::vector<NeededPath> paths;  ///< Also when there is no plan. In document order, each once a block and parameter.
};

/// Pure and deterministic: migrates, applies `sets`, validates, expands for-each groups, looks through bypassed blocks,
/// leaves muted ones out. Steps come in topological order, ties in document order, passes with the first axis slowest.
Planned makePlan(Document document, const Catalogue& catalogue, const PlanOptions& options = {});

/// The seed of a step of a seeded block; 53 bits, so that every JSON reader keeps it.
///
/// Without a parameter called "seed": a hash of the plan's seed, the node's id and, inside a loop with an axis called
/// "seed", that axis' value. Other axes do not enter, so that the arms of a comparison draw the same numbers.
/// With one, the parameter decides: plan seed 0 (the default) takes it as it is, another plan seed is mixed in.
std::uint64_t stepSeed(std::uint64_t planSeed, const NodeId& node, const Value& params, const std::map<std::string, Value>& loop);

}  // namespace patchbay
