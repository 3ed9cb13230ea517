// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/block/context.h"

namespace patchbay {

/// What the objects of a live service may be as well (dynamic_cast tells): the project's cache of results for each item, shared
/// with the jobs of blocks. `function` names what is computed: {"type": block id, "epoch", "name", "key", "numerics"?}.
class ItemCacheAccess {
 public:
  virtual ~ItemCacheAccess() = default;
  /// As RunContext::computeItems().
  virtual Result<std::unique_ptr<ItemResults>> computeItems(const Value& function, std::span<const Digest> items,
                                                            const ItemCompute& compute) = 0;
};

}  // namespace patchbay
