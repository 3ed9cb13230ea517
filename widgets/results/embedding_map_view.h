// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPolygonF>
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "widgets/results/map_points.h"

namespace patchbay::widgets {

enum class MapColour : std::uint8_t { Class, Split, Correctness };

/// A scatter plot of tens of thousands of pictures: wheel zooms, drag with the middle button or Space pans, drag draws a lasso,
/// hovering shows the picture, a click on a legend entry hides its points.
class EmbeddingMapView : public QWidget {
  Q_OBJECT
 public:
  explicit EmbeddingMapView(EngineAccess& engine, QWidget* parent = nullptr);
  ~EmbeddingMapView() override;
  void setPoints(MapPoints points);
  const MapPoints& points() const;
  void setColouring(MapColour colouring);
  MapColour colouring() const;
  std::vector<std::size_t> selection() const;
  /// Points inside a polygon in the coordinates of the points.
  void selectInside(const QPolygonF& polygon, bool add = false);
  void selectIds(const std::vector<std::string>& ids);

 public Q_SLOTS:
  void resetZoom();
  void clearSelection();

 Q_SIGNALS:
  void selectionChanged(const std::vector<std::string>& ids);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
