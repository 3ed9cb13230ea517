// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/edit/operations.h"

namespace patchbay::edit {

struct LayerItem {
  double w = 0, h = 0;
};
/// From the right side of one item to the left side of another.
struct LayerLink {
  std::size_t from = 0, to = 0;
  double fromAt = 0, toAt = 0;  ///< Where the link begins and ends, below the upper edge of the item.
};

/// Upper left corners of items in layers from left to right; the first is at (0, 0) or right of and below it. Parts that no
/// link connects come below each other, items without links in rows at the end. Circles are broken at their last link.
std::vector<Place> layered(const std::vector<LayerItem>& items, const std::vector<LayerLink>& links, const TidyOptions& options);

/// A straight line; `a` and `b` name what it connects, so that lines of one block do not count as crossing.
struct Line {
  Place from, to;
  std::size_t a = 0, b = 0;
};
int crossings(const std::vector<Line>& lines);

}  // namespace patchbay::edit
