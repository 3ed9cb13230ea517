// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/learn/matrix.h"

namespace patchbay::learn {

/// One annotator said of one item that it is of a class.
struct Vote {
  std::uint32_t item = 0, annotator = 0;
  std::int32_t label = 0;
};

struct Consensus {
  Matrix probability;               ///< Items x classes, each row summing to 1; of an item without votes the classes' shares.
  std::vector<double> reliability;  ///< One an annotator: expected share of right votes; 0 without votes.
  int iterations = 0;
};

/// What several annotators of different care together say, by expectation maximisation over their confusion matrices (Dawid and
/// Skene 1979, "Maximum likelihood estimation of observer error-rates using the EM algorithm"), begun with the votes' shares, each
/// confusion smoothed by one vote that is spread over its row, two thirds of it on the diagonal, so that an annotator of few votes
/// is believed but not trusted blindly. The order of votes does not matter.
/// Fails with BadInput: learn.no_rows (no votes), learn.label_range (a vote outside the given numbers).
Result<Consensus> consensusOf(std::span<const Vote> votes, std::size_t items, std::size_t annotators, std::size_t classes);

/// Agreement of two annotators beyond chance on what both labelled, -1 to 1 (Cohen 1960); NaN when nothing was labelled by both,
/// or both always said the same one class. `pairs` holds the two labels of each such item.
struct LabelPair {
  std::int32_t first = 0, second = 0;
};
double cohenKappa(std::span<const LabelPair> pairs, std::size_t classes);

}  // namespace patchbay::learn
