// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/block/object.h"
#include "engine/net/net.h"

namespace patchbay::net {

/// A network on a "model" port: part "net" is packNet's bytes; with part "head" (safetensors "weight" [classes, width],
/// "bias" [classes]) a Linear stands on top of the features that "net" computes, so that many heads share one backbone.
/// meta: {"classes": [...], "task", "name", ...} plus what the block adds (threshold, metrics, origin, licence).
Result<PortValue> saveModel(ObjectWriter& writer, const Net& net, Value meta = {});
/// `features`: digest of a packed net with one output [N, width]; `task` is classification or multi-label.
Result<PortValue> saveHeadOn(ObjectWriter& writer, const Digest& features, const Tensor& weight, const Tensor& bias,
                             const std::vector<std::string>& classes, Value meta = {}, std::string_view task = classificationTask);
/// The complete network, head included, classes filled in.
Result<Net> loadModel(ObjectReader& reader, const PortValue& value);

}  // namespace patchbay::net
