// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/net/net.h"

namespace patchbay::net {

/// The shape of every value, Net::input included, batch in front.
Result<std::map<std::string, Shape>> inferShapes(const Net& net, std::int64_t batch = 1);

/// Folds every BatchNorm that follows a convolution (or linear) used by nothing else into it, in double, and removes
/// Dropout. The result computes the same in evaluation mode.
Result<Net> foldBatchNorm(const Net& net);

struct Cost {
  std::int64_t macs = 0;        ///< Multiply-accumulates of convolutions, linear and matrix products, for one picture.
  std::int64_t parameters = 0;  ///< Trainable numbers (running statistics not counted).
};
struct NetCost {
  Cost total;
  std::vector<Cost> stages;  ///< One per Net::stages.
};
Result<NetCost> cost(const Net& net);

/// Replaces the last Linear (the one whose value is the output) by one with `classes.size()` outputs. weight [classes, in]
/// and bias [classes] may be empty tensors: then they are zero, to be trained.
Result<Net> replaceHead(const Net& net, std::vector<std::string> classes, Tensor weight = {}, Tensor bias = {});

struct SplitNet {
  Net lower;  ///< Everything before `stage`; output "boundary".
  Net upper;  ///< `stage` and what follows; its input "boundary" has the shape of lower's output.
};
/// Cuts at the freeze boundary. Fails unless exactly one value crosses it.
Result<SplitNet> splitAt(const Net& net, std::string_view stage);
/// Puts the halves together again (after the upper one was trained).
Result<Net> joinSplit(const Net& lower, const Net& upper);

enum class TapPool : std::uint8_t { None, Mean, Max, MeanMax };
struct Tap {
  std::string stage;             ///< The tapped value is the last one computed in this stage.
  TapPool pool = TapPool::Mean;  ///< None leaves the map as it is. Values that are vectors already are not pooled.
};
/// A net that outputs features of several levels: "<stage>.mean", "<stage>.max", "<stage>" - or, with `join`, one output
/// "features" [N, total] in the order of `taps` (mean before max). Ops that no tap needs are dropped.
Result<Net> tap(const Net& net, const std::vector<Tap>& taps, bool join = false);

/// The embedding: everything below the classifier's Linear; output "features" [N, width].
Result<Net> withoutHead(const Net& net);

/// Another picture size; only nets whose head pools globally accept every size.
Result<Net> resized(const Net& net, std::int64_t height, std::int64_t width);

}  // namespace patchbay::net
