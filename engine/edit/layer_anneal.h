// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace patchbay::edit {

/// Items at fixed places across, connected by straight lines between their middles.
struct StraightGraph {
  std::vector<std::size_t> layer;
  std::vector<double> x, y;  ///< Middles.
  std::vector<std::pair<std::size_t, std::size_t>> links;
};

/// Exchanges the heights of items of one layer so that fewer lines cross, by simulated annealing (Kirkpatrick, Gelatt and Vecchi
/// 1983; on drawings Davidson and Harel 1996). Counts only lines that change, so that a try costs some hundred comparisons.
/// Deterministic for a `seed`. Returns the crossings left; the best heights found are in `graph.y`.
std::int64_t anneal(StraightGraph& graph, unsigned seed, int tries);

}  // namespace patchbay::edit
