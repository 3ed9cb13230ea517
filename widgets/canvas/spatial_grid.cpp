// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/spatial_grid.h"

#include <algorithm>

namespace patchbay::widgets {

std::vector<int> SpatialGrid::find(const QRectF& rect) const {
  if (++stamp_ == 0) {
    std::fill(seen_.begin(), seen_.end(), 0);
    stamp_ = 1;
  }
  std::vector<int> out;
  const auto take = [&](const std::vector<int>& ids) {
    for (const int id : ids)
      if (auto& seen = seen_[static_cast<std::size_t>(id)]; seen != stamp_) {
        seen = stamp_;
        out.push_back(id);
      }
  };
  const auto columns = index(rect.right()) - index(rect.left()) + 1, rows = index(rect.bottom()) - index(rect.top()) + 1;
  if (columns * rows > static_cast<std::int64_t>(cells_.size())) {
    // Zoomed far out: there are more cells in view than cells with something in them.
    for (const auto& [key, ids] : cells_) take(ids);
  } else {
    each(rect, [&](std::int64_t key) {
      if (const auto found = cells_.find(key); found != cells_.end()) take(found->second);
    });
  }
  if (out.size() > seen_.size() / 8) {
    // Most are there: by counting.
    out.clear();
    for (std::size_t id = 0; id < seen_.size(); ++id)
      if (seen_[id] == stamp_) out.push_back(static_cast<int>(id));
  } else {
    std::sort(out.begin(), out.end());
  }
  return out;
}

}  // namespace patchbay::widgets
