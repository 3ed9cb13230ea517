// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/block/context.h"
#include "engine/data/ports.h"
#include "engine/data/targets.h"
#include "engine/learn/linear_head.h"
#include "engine/net/net.h"

namespace patchbay::blocks {

/// How a linear head is fitted to features.
struct HeadOptions {
  double c = 0.01;         ///< Weight of the data against the penalty, as in LogisticOptions.
  bool search = false;     ///< Choose c by cross-validation instead; told as the metric "c".
  std::int64_t folds = 5;  ///< Of the search, at most; fewer when a class is small.
  bool balanced = false;   ///< Rare classes count as much as common ones.
  bool soft = false;       ///< Learn from the given probabilities instead of the most probable class.
};

/// Logistic regression on standardised features of the given rows of the targets, the standardisation folded in, one row of
/// weights a class: softmax over the classes or, where a picture may have several labels, one against the rest for each
/// class by itself, a row of log-odds. `features` has one row for each of `rows`.
Result<learn::LinearHead> fitHead(RunContext& ctx, learn::Matrix features, const Targets& targets, std::span<const std::size_t> rows,
                                  const HeadOptions& options);

/// The rows of an embedding in the order of the targets; BadInput when it is of other pictures.
Result<learn::Matrix> alignedRows(const Embedding& embedding, const Targets& targets);

/// What heads say of rows they did not learn from.
struct HeldOut {
  learn::Matrix probabilities;  ///< Rows x classes.
  int folds = 0;
  double c = 0;  ///< With several labels a picture the last class's.
};
/// Out-of-fold probabilities of the given labelled rows by the heads that fitHead() would try: folds are stratified and keep groups
/// together, C is chosen as `options` say (from 1e-5 to 1). Rows with a 0 in `weights` (empty: none) are told about, not learned from.
/// BadInput when a class has too few pictures or groups for two folds.
Result<HeldOut> heldOutProbabilities(RunContext& ctx, learn::Matrix features, const Targets& targets, std::span<const std::size_t> rows,
                                     const HeadOptions& options, std::span<const float> weights = {});

/// The temperature that makes probabilities of these scores (rows x classes) mean what they say: of the softmax, or of all
/// labels' sigmoids together. 1 when there are too few rows to tell.
Result<double> temperatureOf(const learn::Matrix& scores, const Targets& targets, std::span<const std::size_t> rows);

/// Rows x classes: softmax, or a sigmoid for each label.
learn::Matrix probabilitiesOf(const learn::Matrix& scores, bool multiLabel);

/// Whether a labelled row of the targets has the class.
bool hasClass(const Targets& targets, std::size_t row, std::size_t c);

/// The task of a network trained on these targets.
std::string_view taskOf(const Targets& targets);

struct HeadTensors {
  net::Tensor weight, bias;
};
HeadTensors toTensors(const learn::LinearHead& head);

/// The network with its last Linear divided by the temperature, so that every runtime gives calibrated probabilities.
Result<net::Net> withTemperature(net::Net net, double temperature);

}  // namespace patchbay::blocks
