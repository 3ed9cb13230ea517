// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace patchbay::widgets {

namespace {

using Kind = AnnotationKind;

QPointF turned(QPointF v, double degrees) {
  const double t = degrees * std::numbers::pi / 180, c = std::cos(t), s = std::sin(t);
  return {c * v.x() - s * v.y(), s * v.x() + c * v.y()};
}

/// Nearest point to `p` of the line from a to b.
QPointF onLine(QPointF a, QPointF b, QPointF p) {
  const auto d = b - a;
  const double length = QPointF::dotProduct(d, d);
  if (length <= 0) return a;
  return a + d * std::clamp(QPointF::dotProduct(p - a, d) / length, 0.0, 1.0);
}

double ringArea(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
    sum += a.x() * b.y() - b.x() * a.y();
  }
  return std::abs(sum) / 2;
}

bool inRing(const Ring& ring, QPointF p) {
  bool in = false;
  for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
    const auto &a = ring[i], &b = ring[k];
    if ((a.y() > p.y()) != (b.y() > p.y()) && p.x() < (b.x() - a.x()) * (p.y() - a.y()) / (b.y() - a.y()) + a.x()) in = !in;
  }
  return in;
}

float asFloat(double v) { return static_cast<float>(v); }

Annotation boxCorner(const Annotation& box, int corner, QPointF to) {
  const auto& g = box.geometry;
  const QRectF before{g[0], g[1], g[2], g[3]};
  const QPointF corners[] = {before.topLeft(), before.topRight(), before.bottomRight(), before.bottomLeft()};
  const auto fixed = corners[(corner + 2) % 4];
  auto out = box;
  const auto after = QRectF{fixed, to}.normalized();
  out.geometry = {asFloat(after.x()), asFloat(after.y()), asFloat(after.width()), asFloat(after.height())};
  return out;
}

Annotation rotatedCorner(const Annotation& box, Vertex vertex, QPointF to) {
  auto out = box;
  auto& g = out.geometry;
  const QPointF centre{g[0], g[1]};
  if (vertex == turnVertex) {
    const auto d = to - centre;
    // Its handle stands above the box.
    g[4] = asFloat(std::remainder(std::atan2(d.y(), d.x()) * 180 / std::numbers::pi + 90, 360.0));
    return out;
  }
  const auto corners = ringsOf(box).front();
  const auto fixed = corners[static_cast<std::size_t>((vertex.index + 2) % 4)];
  const auto across = turned(to - fixed, -g[4]);
  const auto middle = (fixed + to) / 2;
  g = {asFloat(middle.x()), asFloat(middle.y()), asFloat(std::abs(across.x())), asFloat(std::abs(across.y())), g[4]};
  return out;
}

}  // namespace

double distance(QPointF a, QPointF b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

QPointF inside(QPointF p, QSizeF within) { return {std::clamp(p.x(), 0.0, within.width()), std::clamp(p.y(), 0.0, within.height())}; }

std::vector<Ring> ringsOf(const Annotation& shape) {
  const auto& g = shape.geometry;
  if (shape.kind == Kind::Box && g.size() == 4) {
    const QRectF r{g[0], g[1], g[2], g[3]};
    return {{r.topLeft(), r.topRight(), r.bottomRight(), r.bottomLeft()}};
  }
  if (shape.kind == Kind::RotatedBox && g.size() == 5) {
    Ring ring;
    for (const auto& [u, v] : {std::pair{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}})
      ring.push_back(QPointF{g[0], g[1]} + turned({u * g[2], v * g[3]}, g[4]));
    return {ring};
  }
  if (shape.kind != Kind::Polygon) return {};
  std::vector<Ring> rings;
  for (std::size_t at = 0; at < g.size();) {
    const auto n = g[at];
    if (!(n >= 1) || n > 1e7F || at + 1 + 2 * static_cast<std::size_t>(n) > g.size()) return {};
    Ring ring;
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) ring.emplace_back(g[at + 1 + 2 * i], g[at + 2 + 2 * i]);
    at += 1 + 2 * static_cast<std::size_t>(n);
    rings.push_back(std::move(ring));
  }
  return rings;
}

Annotation withRings(Annotation polygon, std::span<const Ring> rings) {
  polygon.kind = Kind::Polygon;
  polygon.geometry.clear();
  for (const auto& ring : rings) {
    if (ring.size() < 3) continue;
    polygon.geometry.push_back(static_cast<float>(ring.size()));
    for (const auto& p : ring) {
      polygon.geometry.push_back(asFloat(p.x()));
      polygon.geometry.push_back(asFloat(p.y()));
    }
  }
  return polygon;
}

Annotation makeBox(QPointF a, QPointF b, QSizeF within) {
  const auto r = QRectF{inside(a, within), inside(b, within)}.normalized();
  Annotation out;
  out.kind = Kind::Box;
  out.geometry = {asFloat(r.x()), asFloat(r.y()), asFloat(r.width()), asFloat(r.height())};
  return out;
}

Annotation makeRotatedBox(QPointF a, QPointF b, QPointF side) {
  const double degrees = std::atan2(b.y() - a.y(), b.x() - a.x()) * 180 / std::numbers::pi;
  const double width = distance(a, b);
  const auto local = turned(side - a, -degrees);
  const auto centre = (a + b) / 2 + turned({0, local.y() / 2}, degrees);
  Annotation out;
  out.kind = Kind::RotatedBox;
  out.geometry = {asFloat(centre.x()), asFloat(centre.y()), asFloat(width), asFloat(std::abs(local.y())), asFloat(degrees)};
  return out;
}

Annotation makePolygon(const Ring& outline) { return withRings({}, std::span{&outline, 1}); }

QRectF boundsOf(const Annotation& shape) {
  double left = 1e30, top = 1e30, right = -1e30, bottom = -1e30;
  const auto add = [&](QPointF p) {
    left = std::min(left, p.x());
    top = std::min(top, p.y());
    right = std::max(right, p.x());
    bottom = std::max(bottom, p.y());
  };
  for (const auto& ring : ringsOf(shape)) std::ranges::for_each(ring, add);
  if (shape.kind == Kind::Points)
    for (std::size_t i = 0; i + 2 < shape.geometry.size(); i += 3)
      if (shape.geometry[i + 2] > 0) add({shape.geometry[i], shape.geometry[i + 1]});
  return right < left ? QRectF{} : QRectF{QPointF{left, top}, QPointF{right, bottom}};
}

double areaOf(const Annotation& shape) {
  const auto rings = ringsOf(shape);
  double sum = 0;
  for (std::size_t i = 0; i < rings.size(); ++i) sum += i == 0 ? ringArea(rings[i]) : -ringArea(rings[i]);
  return std::max(0.0, sum);
}

bool contains(const Annotation& shape, QPointF point) {
  bool in = false;
  for (const auto& ring : ringsOf(shape)) in = in != inRing(ring, point);
  return in;
}

std::vector<Handle> handlesOf(const Annotation& shape, double reach) {
  std::vector<Handle> out;
  const auto rings = ringsOf(shape);
  for (std::size_t r = 0; r < rings.size(); ++r)
    for (std::size_t i = 0; i < rings[r].size(); ++i) out.push_back({{static_cast<int>(r), static_cast<int>(i)}, rings[r][i]});
  if (shape.kind == Kind::RotatedBox && !rings.empty())
    out.push_back(
        {turnVertex, QPointF{shape.geometry[0], shape.geometry[1]} + turned({0, -shape.geometry[3] / 2 - reach}, shape.geometry[4])});
  return out;
}

std::optional<Vertex> handleNear(const Annotation& shape, QPointF point, double reach) {
  std::optional<Vertex> out;
  double best = reach;
  for (const auto& handle : handlesOf(shape, 3 * reach))
    if (const double d = distance(handle.at, point); d <= best) {
      best = d;
      out = handle.vertex;
    }
  return out;
}

std::optional<NearEdge> edgeNear(const Annotation& shape, QPointF point, double reach) {
  std::optional<NearEdge> out;
  const auto rings = ringsOf(shape);
  for (std::size_t r = 0; r < rings.size(); ++r)
    for (std::size_t i = 0; i < rings[r].size(); ++i) {
      const auto at = onLine(rings[r][i], rings[r][(i + 1) % rings[r].size()], point);
      const double d = distance(at, point);
      if (d <= reach && (!out || d < out->distance)) out = NearEdge{{static_cast<int>(r), static_cast<int>(i)}, at, d};
    }
  return out;
}

Annotation withVertexAt(const Annotation& shape, Vertex vertex, QPointF to, QSizeF within) {
  if (shape.kind == Kind::RotatedBox && shape.geometry.size() == 5) return rotatedCorner(shape, vertex, to);
  to = inside(to, within);
  if (shape.kind == Kind::Box && shape.geometry.size() == 4) return boxCorner(shape, vertex.index, to);
  auto rings = ringsOf(shape);
  const auto r = static_cast<std::size_t>(vertex.ring), i = static_cast<std::size_t>(vertex.index);
  if (vertex.ring < 0 || r >= rings.size() || i >= rings[r].size()) return shape;
  rings[r][i] = to;
  return withRings(shape, rings);
}

Annotation withVertexInserted(const Annotation& polygon, Vertex after, QPointF at) {
  auto rings = ringsOf(polygon);
  const auto r = static_cast<std::size_t>(after.ring);
  if (polygon.kind != Kind::Polygon || after.ring < 0 || r >= rings.size() || after.index < 0 ||
      static_cast<std::size_t>(after.index) >= rings[r].size())
    return polygon;
  rings[r].insert(rings[r].begin() + after.index + 1, at);
  return withRings(polygon, rings);
}

std::optional<Annotation> withoutVertex(const Annotation& polygon, Vertex vertex) {
  auto rings = ringsOf(polygon);
  const auto r = static_cast<std::size_t>(vertex.ring);
  if (polygon.kind != Kind::Polygon || vertex.ring < 0 || r >= rings.size() || vertex.index < 0 ||
      static_cast<std::size_t>(vertex.index) >= rings[r].size())
    return std::nullopt;
  if (r == 0 && rings[0].size() <= 3) return std::nullopt;
  rings[r].erase(rings[r].begin() + vertex.index);
  return withRings(polygon, rings);
}

std::optional<Annotation> withHole(const Annotation& polygon, const Ring& hole) {
  if (polygon.kind != Kind::Polygon || hole.size() < 3) return std::nullopt;
  auto rings = ringsOf(polygon);
  if (rings.empty() || !std::ranges::all_of(hole, [&](QPointF p) { return contains(polygon, p); })) return std::nullopt;
  rings.push_back(hole);
  return withRings(polygon, rings);
}

Annotation movedBy(const Annotation& shape, QPointF by, QSizeF within) {
  auto out = shape;
  auto& g = out.geometry;
  const auto bounds = boundsOf(shape);
  if (shape.kind != Kind::RotatedBox) {
    by.setX(std::clamp(by.x(), std::min(0.0, -bounds.left()), std::max(0.0, within.width() - bounds.right())));
    by.setY(std::clamp(by.y(), std::min(0.0, -bounds.top()), std::max(0.0, within.height() - bounds.bottom())));
  }
  const auto shift = [&](std::size_t i) {
    g[i] = asFloat(g[i] + by.x());
    g[i + 1] = asFloat(g[i + 1] + by.y());
  };
  if (shape.kind == Kind::Polygon) {
    auto rings = ringsOf(shape);
    for (auto& ring : rings)
      for (auto& p : ring) p += by;
    return withRings(shape, rings);
  }
  if (shape.kind == Kind::Points) {
    for (std::size_t i = 0; i + 2 < g.size(); i += 3) shift(i);
  } else if (g.size() >= 4) {
    shift(0);
  }
  return out;
}

bool isTiny(const Annotation& shape, double side) {
  if (shape.kind == Kind::RotatedBox && shape.geometry.size() == 5) return std::min(shape.geometry[2], shape.geometry[3]) < side;
  const auto bounds = boundsOf(shape);
  return std::min(bounds.width(), bounds.height()) < side;
}

}  // namespace patchbay::widgets
