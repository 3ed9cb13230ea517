// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "engine/learn/linear_head.h"

namespace patchbay::learn {

/// Ridge classifier: least squares on targets +1 / -1 (one column a class) with penalty alpha |W|^2 and a free intercept.
/// Instant heads and add-a-class. Its softmax is a ranking, not a calibrated probability.
/// Fails as fitLogistic does. Requires alpha > 0.
Result<LinearHead> fitRidge(MatrixView x, std::span<const std::int32_t> labels, int classes, double alpha = 1);

/// Linear discriminant analysis with the pooled covariance shrunk towards a scaled identity:
/// (1 - s) S + s trace(S)/D I. `shrinkage` in [0, 1]; negative: Ledoit and Wolf's (2004) estimate.
/// The head's softmax is LDA's posterior with the classes' frequencies as priors.
struct LdaResult {
  LinearHead head;
  double shrinkage = 0;  ///< The one that was used.
};
Result<LdaResult> fitLda(MatrixView x, std::span<const std::int32_t> labels, int classes, double shrinkage = -1);

/// One prototype a class: the mean of its L2-normalised rows, normalised again; score = cosine / temperature. The head
/// expects L2-normalised rows. A class without rows fails.
Result<LinearHead> fitPrototypes(MatrixView x, std::span<const std::int32_t> labels, int classes, double temperature = 0.07);

struct NeighbourOptions {
  int k = 20;                 ///< Neighbours that vote; fewer when there are fewer rows.
  double temperature = 0.07;  ///< Vote weight exp(cosine / temperature) (Wu et al. 2018).
};
/// Cosine k-nearest-neighbour class probabilities, queries x classes. Rows need not be normalised.
Result<Matrix> knnProbabilities(MatrixView bank, std::span<const std::int32_t> labels, int classes, MatrixView queries,
                                const NeighbourOptions& options = {});

/// The k rows of `bank` nearest to each query by cosine, best first; ties by row number.
struct Neighbours {
  std::size_t k = 0;
  std::vector<std::uint32_t> index;  ///< queries x k.
  std::vector<float> cosine;         ///< queries x k.
};
Result<Neighbours> nearestByCosine(MatrixView bank, MatrixView queries, std::size_t k);

}  // namespace patchbay::learn
