// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/learn/matrix.h"

namespace patchbay::learn {

struct KMeansOptions {
  std::size_t clusters = 8;  ///< At least 1; as many as there are rows when there are fewer.
  std::uint64_t seed = 0;
  int iterations = 20;  ///< At most, in the reduced space; a few more follow in the whole one.
  int threads = 1;      ///< The result does not depend on it.
  const StopFlag* stop = nullptr;
};
struct KMeans {
  Matrix centres;                      ///< Clusters x columns; every cluster has a row at least.
  std::vector<std::uint32_t> cluster;  ///< One a row.
  std::vector<float> distance;         ///< Squared Euclidean, of each row to its centre.
};

/// k-means (Lloyd 1982) from the k-means++ start of Arthur and Vassilvitskii 2007. Rows of many columns are first clustered
/// in a random projection (Johnson and Lindenstrauss 1984), whose centres a few rounds on all columns then improve: of 5,000
/// rows of 1,280 columns 50 clusters take a fraction of a second. Equal for equal rows and seed.
/// Fails as Cancelled when stopped; BadInput: no rows, or a value that is not finite.
Result<KMeans> kMeans(MatrixView x, const KMeansOptions& options = {});

}  // namespace patchbay::learn
