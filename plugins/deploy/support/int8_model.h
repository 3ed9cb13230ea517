// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "engine/data/dataset.h"
#include "engine/net/int8.h"
#include "engine/net/net.h"
#include "plugins/deploy/support/picture_pass.h"

namespace patchbay::blocks {

/// What eight bits cost, measured before anything is saved.
struct Int8Result {
  std::string onnx;
  std::int64_t calibration = 0;                          ///< Pictures of the training split the ranges come from.
  std::int64_t validation = 0;                           ///< Pictures both were measured on; 0: there are none with a label.
  double accuracyFloat = 0, accuracyInt8 = 0, same = 1;  ///< Shares; `same`: both give the same class.
  /// Percentage points lost.
  double drop() const { return 100 * (accuracyFloat - accuracyInt8); }
};

/// The exported network in eight bits: ranges are the 0.01st and 99.99th percentile of every activation on up to 300 pictures of
/// the training split; accuracy is that of validation (of test pictures never), up to 1,000 pictures. BadInput with fewer than 16
/// pictures to calibrate on.
Result<Int8Result> makeInt8(const PictureWork& work, const net::Net& net, const std::string& onnx, const Dataset& data);

/// "AVX512-VNNI" and the like where the processor multiplies eight bits four at a time; nothing elsewhere, where int8 is not faster.
std::string int8Unit();

}  // namespace patchbay::blocks
