// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "engine/block/context.h"
#include "engine/data/dataset.h"
#include "engine/net/net.h"
#include "plugins/support/export_familiarity.h"

namespace patchbay::blocks {

/// What an export is to know of the training pictures, before it is written.
struct ExportedFamiliarity {
  std::string file;  ///< Bytes of familiarity.safetensors.
  Value facts;       ///< For net.json; see familiarityOf.
};

/// Nearest pictures among features of at most 256 training pictures, as many of each class as there are; the threshold is the
/// score that a `share` of at most 1,000 validation pictures stay below, measured anew with the int8 network where there is
/// one (`int8` not empty). With fewer than 20 validation pictures the training pictures, each without itself, take their place.
/// Nothing when the network has no features below its answer, or there are too few training pictures to know anything by.
Result<std::optional<ExportedFamiliarity>> learnFamiliarity(RunContext& ctx, const net::Net& net, const std::string& int8,
                                                            const Dataset& data, double share);

}  // namespace patchbay::blocks
