// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/snap.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

double onGrid(double v) { return std::round(v / metrics::grid) * metrics::grid; }

Snapper::Snapped Snapper::snap(const QRectF& box, QPointF offset, double reach) const {
  const auto moved = box.translated(offset);
  Snapped out{{onGrid(moved.x()) - box.x(), onGrid(moved.y()) - box.y()}, {}};
  struct Best {
    double distance, shift = 0, at = 0;
    const QRectF* other = nullptr;
  };
  Best x{reach + 1e-6}, y{reach + 1e-6};
  // Left to left, middle to middle, right to right (and the same downwards); the nearest wins.
  for (const auto& other : others_) {
    const std::array<std::pair<double, double>, 3> across{
        {{moved.left(), other.left()}, {moved.center().x(), other.center().x()}, {moved.right(), other.right()}}};
    const std::array<std::pair<double, double>, 3> down{
        {{moved.top(), other.top()}, {moved.center().y(), other.center().y()}, {moved.bottom(), other.bottom()}}};
    for (const auto& [mine, theirs] : across)
      if (std::abs(theirs - mine) < x.distance) x = {std::abs(theirs - mine), theirs - mine, theirs, &other};
    for (const auto& [mine, theirs] : down)
      if (std::abs(theirs - mine) < y.distance) y = {std::abs(theirs - mine), theirs - mine, theirs, &other};
  }
  if (x.other) out.offset.setX(offset.x() + x.shift);
  if (y.other) out.offset.setY(offset.y() + y.shift);
  const auto placed = box.translated(out.offset);
  if (x.other) out.guides.push_back({true, x.at, std::min(placed.top(), x.other->top()), std::max(placed.bottom(), x.other->bottom())});
  if (y.other) out.guides.push_back({false, y.at, std::min(placed.left(), y.other->left()), std::max(placed.right(), y.other->right())});
  return out;
}

}  // namespace patchbay::widgets
