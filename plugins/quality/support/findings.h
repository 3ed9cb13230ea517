// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {

/// Something about the labels or the pictures of a data set that a person should look at.
struct Finding {
  enum class Kind : std::uint8_t { Suspect, Conflict, Leak, Duplicate, Outlier, Imbalance };
  Kind kind = Kind::Suspect;
  std::vector<std::string> items;  ///< Ids, the one to mend first. May be empty for Imbalance.
  double score = 0;                ///< 0 to 1, more is surer; orders findings of one kind.
  std::string given, proposed;     ///< Labels, "" where there is none to tell.
  Text cause;
};
std::string_view toString(Finding::Kind kind);  ///< "suspect", "conflict", "leak", "duplicate", "outlier", "imbalance"

/// Items by id, as a report describes them.
using ItemsById = std::unordered_map<std::string, Item>;
Result<ItemsById> itemsById(RunContext& ctx, const Dataset& set);

/// What a task calls the labels of an item: its class, or those with a score of 1/2 and more joined by ", "; "" without any.
std::string labelsOf(const Item& item, bool multiLabel);

/// A report of kind "label_quality" (engine/data/README.md): the `most` surest findings of each kind and how many there are of
/// each. Metrics are the counts: suspects, conflicts, leaks, duplicates, outliers, imbalances, for the kinds in `kinds`.
Report findingReport(std::vector<Finding> findings, std::span<const Finding::Kind> kinds, const ItemsById& items, const DatasetInfo& info,
                     std::size_t most);

/// Adds {"scores": {name: [[id, score]...]}} for the store's scores of that name: every item, or the 100,000 highest. Six digits.
void addScores(Report& report, std::string_view name, std::vector<std::pair<std::string, double>> scores);

/// Joins reports of kind "label_quality", and those of kind "unlike", whose warnings are outliers. Others are counted in `left`.
Report joinedReports(std::span<const Report> reports, std::size_t& left);

}  // namespace patchbay::blocks
