// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/link_geometry.h"

#include <algorithm>
#include <cmath>

namespace patchbay::widgets {

LinkGeometry::LinkGeometry(QPointF from, QPointF to) {
  const double dx = to.x() - from.x(), dy = std::abs(to.y() - from.y());
  // Forwards half the way; backwards a loop that is wide enough to be seen coming out and going in.
  const double reach = dx >= 0 ? std::max(dx / 2, std::min(40.0, dy / 2 + 10)) : std::min(160.0, 40 + -dx / 4 + dy / 8);
  const QPointF c1{from.x() + reach, from.y()}, c2{to.x() - reach, to.y()};
  for (int i = 0; i <= segments; ++i) {
    const double t = static_cast<double>(i) / segments, u = 1 - t;
    points_[static_cast<std::size_t>(i)] = from * (u * u * u) + c1 * (3 * u * u * t) + c2 * (3 * u * t * t) + to * (t * t * t);
  }
  for (int k = 0; k < pieces; ++k) {
    const auto part = piece(k);
    double x0 = part[0].x(), x1 = x0, y0 = part[0].y(), y1 = y0;
    for (const auto& p : part) {
      x0 = std::min(x0, p.x()), x1 = std::max(x1, p.x());
      y0 = std::min(y0, p.y()), y1 = std::max(y1, p.y());
    }
    // Never empty: QRectF::intersects() says no for a box without height.
    boxes_[static_cast<std::size_t>(k)] = {x0 - 2, y0 - 2, x1 - x0 + 4, y1 - y0 + 4};
    bounds_ = k == 0 ? boxes_[0] : bounds_ | boxes_[static_cast<std::size_t>(k)];
  }
}

std::pair<double, double> LinkGeometry::distance(QPointF point) const {
  double best = 1e300, where = 0;
  for (int i = 0; i < segments; ++i) {
    const auto a = points_[static_cast<std::size_t>(i)], b = points_[static_cast<std::size_t>(i) + 1], d = b - a;
    const double length = QPointF::dotProduct(d, d);
    const double t = length > 0 ? std::clamp(QPointF::dotProduct(point - a, d) / length, 0.0, 1.0) : 0;
    const auto off = point - (a + d * t);
    if (const double square = QPointF::dotProduct(off, off); square < best) best = square, where = (i + t) / segments;
  }
  return {std::sqrt(best), where};
}

bool LinkGeometry::touches(const QRectF& rect) const {
  if (!bounds_.intersects(rect)) return false;
  for (int k = 0; k < pieces; ++k) {
    if (!box(k).intersects(rect)) continue;
    for (const auto& p : piece(k))
      if (rect.contains(p)) return true;
  }
  return false;
}

}  // namespace patchbay::widgets
