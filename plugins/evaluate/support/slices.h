// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "engine/block/context.h"
#include "engine/data/dataset.h"

namespace patchbay::blocks {

/// An evaluated picture.
struct Judged {
  const Item* item = nullptr;
  bool right = false;  ///< With several labels a picture: all of them.
};

/// How often the model is right on parts of the evaluated pictures, so that a weak spot does not hide in the mean:
/// [{"by": "size" | "shape" | "brightness" | "folder" | "group", "name", "pictures", "right", "accuracy": {"value", "low", "high",
/// "method"}}]. Sizes and brightness (mean of R, G and B, 0 to 255) are cut into thirds of the pictures, or by size where there are few
/// sizes; of folders and groups the twelve with most pictures count. Parts of fewer than five pictures are left out, and so is what all
/// pictures have in common, and folders that only say the class. Wilson's interval. Brightness is read from the pictures and kept
/// in the item cache; those that cannot be read have none.
Result<Value> slicesOf(RunContext& ctx, std::span<const Judged> pictures);

}  // namespace patchbay::blocks
