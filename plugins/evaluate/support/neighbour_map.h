// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/learn/matrix.h"

namespace patchbay::blocks {

struct MapOptions {
  int neighbours = 15;
  std::uint64_t seed = 0;
  int threads = 1;
  /// Shares done so far, 0..1; false ends the work as Cancelled.
  std::function<bool(double)> goOn;
};

/// Rows as points of a plane in which neighbours stay neighbours: UMAP (McInnes, Healy and Melville 2018, arXiv 1802.03426)
/// on rows of length 1 and their 50 main directions, from the first two of these as a start. Exact neighbours, edges drawn
/// with negative samples by one thread: the same rows, options and processor give the same points. Centred, the wider extent
/// is -1..1. BadInput for fewer than 4 rows.
Result<std::vector<std::array<float, 2>>> neighbourMap(learn::MatrixView rows, const MapOptions& options);

/// How far the neighbours on a map are neighbours in truth, over at most `sample` rows.
struct MapQuality {
  double trustworthiness = 0;  ///< 1 - penalty for intruders by rank, 0..1 (Venna and Kaski 2001); above .9 is good.
  double neighboursKept = 0;   ///< Share of the k nearest rows that are among the k nearest points.
};
MapQuality mapQuality(learn::MatrixView rows, const std::vector<std::array<float, 2>>& points, int k, int threads,
                      std::size_t sample = 500);

}  // namespace patchbay::blocks
