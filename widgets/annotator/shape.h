// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <span>
#include <vector>

#include "engine/data/dataset.h"

namespace patchbay::widgets {

/// Mathematics of boxes, rotated boxes and polygons; pixels of the upright picture, x right, y down (engine/data/README.md).
using Ring = std::vector<QPointF>;

/// A vertex: of a polygon by ring and place in it; of boxes ring 0, their corners clockwise from the top left.
struct Vertex {
  int ring = 0, index = 0;
  bool operator==(const Vertex&) const = default;
};
/// A rotated box is turned by this one.
inline constexpr Vertex turnVertex{-1, 0};

/// Outline and holes; boxes have their four corners, other kinds nothing, malformed geometry nothing.
std::vector<Ring> ringsOf(const Annotation& shape);
/// The same polygon with these rings; rings of fewer than three vertices are left out.
Annotation withRings(Annotation polygon, std::span<const Ring> rings);
Annotation makeBox(QPointF a, QPointF b, QSizeF within);
/// The edge from a to b, and how far the box reaches to `side` of it.
Annotation makeRotatedBox(QPointF a, QPointF b, QPointF side);
Annotation makePolygon(const Ring& outline);

QRectF boundsOf(const Annotation& shape);
/// Square pixels: holes taken off.
double areaOf(const Annotation& shape);
/// Even-odd over all rings.
bool contains(const Annotation& shape, QPointF point);

/// What can be dragged: corners or vertices, of a rotated box its turning handle as well.
struct Handle {
  Vertex vertex;
  QPointF at;
};
/// `reach`: how far the turning handle stands off, pixels.
std::vector<Handle> handlesOf(const Annotation& shape, double reach);
std::optional<Vertex> handleNear(const Annotation& shape, QPointF point, double reach);
/// An edge: the vertex it begins at, its nearest point, and how far that is.
struct NearEdge {
  Vertex from;
  QPointF at;
  double distance = 0;
};
std::optional<NearEdge> edgeNear(const Annotation& shape, QPointF point, double reach);

/// A box stays upright, a rotated box keeps its opposite corner and angle; nothing leaves the picture but a rotated box's corners.
Annotation withVertexAt(const Annotation& shape, Vertex vertex, QPointF to, QSizeF within);
Annotation withVertexInserted(const Annotation& polygon, Vertex after, QPointF at);
/// Nothing when the outline would have fewer than three vertices; a hole of fewer goes.
std::optional<Annotation> withoutVertex(const Annotation& polygon, Vertex vertex);
/// Nothing unless `hole` lies wholly inside the outline.
std::optional<Annotation> withHole(const Annotation& polygon, const Ring& hole);
/// As far as it stays in the picture.
Annotation movedBy(const Annotation& shape, QPointF by, QSizeF within);

/// Where the edges of an annotation are smaller than training can use.
bool isTiny(const Annotation& shape, double side);
QPointF inside(QPointF point, QSizeF within);
double distance(QPointF a, QPointF b);

}  // namespace patchbay::widgets
