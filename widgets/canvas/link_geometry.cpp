// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/link_geometry.h"

#include <algorithm>
#include <cmath>

namespace patchbay::widgets {

namespace {

QPointF bezier(QPointF from, QPointF c1, QPointF c2, QPointF to, double t) {
  const double u = 1 - t;
  return from * (u * u * u) + c1 * (3 * u * u * t) + c2 * (3 * u * t * t) + to * (t * t * t);
}

/// Whether a segment and a rectangle have a point in common (Liang and Barsky 1984).
bool meets(QPointF a, QPointF b, const QRectF& r) {
  double first = 0, last = 1;
  const auto clip = [&](double p, double q) {
    if (p == 0) return q >= 0;
    const double t = q / p;
    if (p < 0) first = std::max(first, t);
    else last = std::min(last, t);
    return first <= last;
  };
  const auto d = b - a;
  return clip(-d.x(), a.x() - r.left()) && clip(d.x(), r.right() - a.x()) && clip(-d.y(), a.y() - r.top()) &&
         clip(d.y(), r.bottom() - a.y());
}

}  // namespace

LinkGeometry::LinkGeometry(QPointF from, QPointF to) {
  const double dx = to.x() - from.x(), dy = std::abs(to.y() - from.y());
  // Forwards half the way; backwards a loop that is wide enough to be seen coming out and going in.
  const double reach = dx >= 0 ? std::max(dx / 2, std::min(40.0, dy / 2 + 10)) : std::min(160.0, 40 + -dx / 4 + dy / 8);
  const QPointF c1{from.x() + reach, from.y()}, c2{to.x() - reach, to.y()};
  for (int i = 0; i <= segments; ++i) points_[static_cast<std::size_t>(i)] = bezier(from, c1, c2, to, static_cast<double>(i) / segments);
  measure();
}

LinkGeometry::LinkGeometry(QPointF from, QPointF to, double lane, double left, double right) {
  constexpr int bend = 9;  // segments of each of the two curves
  const QPointF a{left, lane}, b{right, lane};
  const auto curve = [](QPointF p, QPointF q, double t) {
    const double middle = (p.x() + q.x()) / 2;
    return bezier(p, {middle, p.y()}, {middle, q.y()}, q, t);
  };
  for (int i = 0; i <= segments; ++i) {
    auto& point = points_[static_cast<std::size_t>(i)];
    if (i <= bend) point = curve(from, a, static_cast<double>(i) / bend);
    else if (i < segments - bend) point = a + (b - a) * (static_cast<double>(i - bend) / (segments - 2 * bend));
    else point = curve(b, to, static_cast<double>(i - segments + bend) / bend);
  }
  measure();
}

LinkGeometry LinkGeometry::back(QPointF from, QPointF to, double lane, double out, double in) {
  constexpr int turn = 10;           // segments of each of the two turns
  constexpr double handle = 4 / 3.;  // A cubic goes three quarters as far out as its handles.
  LinkGeometry way;
  const QPointF a{from.x(), lane}, b{to.x(), lane};
  for (int i = 0; i <= segments; ++i) {
    auto& point = way.points_[static_cast<std::size_t>(i)];
    if (i <= turn) point = bezier(from, from + QPointF{out * handle, 0}, a + QPointF{out * handle, 0}, a, static_cast<double>(i) / turn);
    else if (i < segments - turn) point = a + (b - a) * (static_cast<double>(i - turn) / (segments - 2 * turn));
    else point = bezier(b, b - QPointF{in * handle, 0}, to - QPointF{in * handle, 0}, to, static_cast<double>(i - segments + turn) / turn);
  }
  way.measure();
  return way;
}

void LinkGeometry::measure() {
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

bool LinkGeometry::crosses(const QRectF& rect) const {
  if (!bounds_.intersects(rect)) return false;
  for (int k = 0; k < pieces; ++k) {
    if (!box(k).intersects(rect)) continue;
    const auto points = piece(k);
    for (std::size_t i = 1; i < points.size(); ++i)
      if (meets(points[i - 1], points[i], rect)) return true;
  }
  return false;
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
