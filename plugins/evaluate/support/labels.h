// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/ports.h"
#include "engine/learn/metrics.h"

namespace patchbay::blocks {

/// Group numbers for the bootstrap of these rows of the predictions; empty when no picture belongs to a group.
std::vector<std::uint32_t> bootstrapGroups(const std::vector<Item>& items, const Predictions& predictions,
                                           const std::vector<std::size_t>& rows);

/// Labelled pictures of a data set, with what was predicted for them.
struct LabelRows {
  std::vector<std::size_t> index;   ///< Row of the predictions.
  std::vector<const Item*> item;    ///< Into the items given.
  std::vector<std::uint8_t> truth;  ///< Rows x classes of the predictions; 1: it has the label.
  learn::Matrix probability;        ///< The same.
};
/// In the order of the predictions; `wanted` gets a row of the predictions and its picture.
LabelRows labelRows(const Predictions& predictions, const std::vector<Item>& items,
                    const std::function<bool(std::size_t row, const Item& item)>& wanted);

struct LabelQuestion {
  std::function<bool(Split)> part;           ///< Which pictures the figures are about.
  std::optional<learn::ThresholdRule> rule;  ///< How each class's threshold is chosen on the validation part; none: one half.
  double recall = 0.95;                      ///< For FixedRecall.
  std::size_t mistakes = 24;                 ///< How many of the worst are listed.
};

/// Evaluates predictions of several labels a picture: the truth is that of `items`, whose pictures need not be in the order of
/// the predictions, and `classes` those of the data set. A class that the validation part cannot tell from the others keeps
/// one half, with a warning.
Result<Report> evaluateLabels(RunContext& ctx, const Predictions& predictions, const std::vector<Item>& items,
                              const LabelQuestion& question);

}  // namespace patchbay::blocks
