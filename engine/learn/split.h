// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::learn {

/// What a split looks at. Everything is keyed by id and seed, never by position.
struct SplitItem {
  std::string_view id;      ///< Unique and lasting; the item id.
  std::string_view group;   ///< Items of one group stay together (part, patient); empty: a group of its own.
  std::int32_t label = -1;  ///< Class for stratification; -1: not known, a class of its own here.
};

enum class Part : std::uint8_t { Train, Validation, Test };
std::string_view toString(Part part);  ///< "train", "validation", "test".

enum class SplitPolicy : std::uint8_t {
  /// A group's part depends on its name and the seed alone: nothing ever moves, whatever is added, removed or relabelled.
  /// Shares hold on average.
  Hash,
  /// Shares hold in every class as nearly as groups allow. What `previous` names keeps its part; the rest fills what lacks.
  Quota,
};

struct SplitOptions {
  double validation = 0.15;  ///< Share, >= 0.
  double test = 0.15;        ///< Share, >= 0; validation + test < 1.
  std::uint64_t seed = 0;
  SplitPolicy policy = SplitPolicy::Quota;
  /// Parts given earlier, by item id. An item whose group already has a part follows its group.
  const std::map<std::string, Part, std::less<>>* previous = nullptr;
};

/// Train / validation / test for each item, in the items' order; a group is never on two sides.
/// Fails with BadInput: learn.no_items, learn.duplicate_id, learn.group_on_two_sides (previous contradicts a group);
/// Usage: learn.bad_option.
Result<std::vector<Part>> splitItems(std::span<const SplitItem> items, const SplitOptions& options = {});

/// Fold 0 .. folds-1 of each item: stratified, groups kept together. Without groups each class is spread to within one
/// item and fold sizes differ by at most one. Requires folds >= 2. Fails when there are fewer groups than folds.
Result<std::vector<int>> stratifiedFolds(std::span<const SplitItem> items, int folds, std::uint64_t seed = 0);

struct SubsetOptions {
  int perClass = 0;    ///< k items of every class (all of a smaller class), or
  double percent = 0;  ///< this many per cent of every class, rounded up, at least one. Exactly one of the two is > 0.
  std::uint64_t seed = 0;
};
/// Which items keep their label. Nested: with one seed 1 per cent lies within 5 per cent and 2 shots within 4.
/// Items with label -1 are never chosen.
Result<std::vector<bool>> labelledSubset(std::span<const SplitItem> items, const SubsetOptions& options);

/// How often each part or fold holds each class: counts[part][label + 1].
std::vector<std::vector<std::size_t>> countByClass(std::span<const SplitItem> items, std::span<const int> part, int parts);

/// 64 well-mixed bits from a seed and a name (FNV-1a, SplitMix64 finaliser); the same on every machine and in every version.
std::uint64_t stableHash(std::uint64_t seed, std::string_view name);

}  // namespace patchbay::learn
