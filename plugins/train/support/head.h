// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/block/context.h"
#include "engine/data/targets.h"
#include "engine/learn/linear_head.h"
#include "engine/net/net.h"

namespace patchbay::blocks {

/// Linear probing as the start of fine-tuning (LP-FT, arXiv 2202.10054): logistic regression on standardised features of
/// the given rows, the standardisation folded in, one row of weights a class. `features` has one row for each of `rows`.
Result<learn::LinearHead> probeHead(RunContext& ctx, const learn::Matrix& features, const Targets& targets,
                                    std::span<const std::size_t> rows, double c, bool soft);

struct HeadTensors {
  net::Tensor weight, bias;
};
HeadTensors toTensors(const learn::LinearHead& head);

/// The network with its last Linear divided by the temperature, so that every runtime gives calibrated probabilities.
Result<net::Net> withTemperature(net::Net net, double temperature);

}  // namespace patchbay::blocks
