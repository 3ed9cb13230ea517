// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>
#include <vector>

namespace patchbay::widgets {

/// Where a dragged rectangle comes to lie: on the grid, or with an edge or its middle in line with something near, which shows a
/// guide.
class Snapper {
 public:
  struct Guide {
    bool vertical = false;
    double at = 0, from = 0, to = 0;  ///< Scene units, along the line.
    bool operator==(const Guide&) const = default;
  };
  struct Snapped {
    QPointF offset;
    std::vector<Guide> guides;
  };

  /// What may be aligned with: what is seen and does not move.
  void setOthers(std::vector<QRectF> others) { others_ = std::move(others); }
  /// `box` moved by about `offset`; `reach` is how far a guide pulls, in scene units.
  Snapped snap(const QRectF& box, QPointF offset, double reach) const;

 private:
  std::vector<QRectF> others_;
};

/// The nearest multiple of the grid.
double onGrid(double v);

}  // namespace patchbay::widgets
