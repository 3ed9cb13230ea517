// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>
#include <array>
#include <span>

namespace patchbay::widgets {

/// The curve of a link, flattened once when one of its ends moves: a cubic Bezier that leaves an output to the right and enters
/// an input from the left, two of them with a straight run between, or two turns with a run back between them; with a bounding box for
/// each piece, because the box of the whole hits far too often.
class LinkGeometry {
 public:
  static constexpr int segments = 24, pieces = 4, perPiece = segments / pieces;

  LinkGeometry() = default;
  LinkGeometry(QPointF from, QPointF to);
  /// By way of a straight run at the height `lane` between `left` and `right`.
  LinkGeometry(QPointF from, QPointF to, double lane, double left, double right);
  /// Backwards: out to the right, round to the height `lane`, back along it and round into the input. The turns are `out` and `in` wide.
  static LinkGeometry back(QPointF from, QPointF to, double lane, double out, double in);

  QPointF from() const { return points_.front(); }
  QPointF to() const { return points_.back(); }
  QPointF middle() const { return points_[segments / 2]; }
  const QRectF& bounds() const { return bounds_; }
  const QRectF& box(int piece) const { return boxes_[static_cast<std::size_t>(piece)]; }
  std::span<const QPointF> piece(int n) const { return {points_.data() + n * perPiece, perPiece + 1}; }
  std::span<const QPointF> points() const { return points_; }
  /// Distance from a point in scene units, and where on the curve it is nearest (0 output, 1 input).
  std::pair<double, double> distance(QPointF point) const;
  bool touches(const QRectF& rect) const;
  /// Whether the curve runs through the rectangle, also between its points.
  bool crosses(const QRectF& rect) const;
  bool operator==(const LinkGeometry&) const = default;

 private:
  void measure();
  std::array<QPointF, segments + 1> points_{};
  std::array<QRectF, pieces> boxes_{};
  QRectF bounds_;
};

}  // namespace patchbay::widgets
