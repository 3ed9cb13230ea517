// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>

/// Sizes of what the canvas draws, in scene units (pixels at zoom 1), and the camera between scene and pixels.
namespace patchbay::widgets::metrics {

inline constexpr double grid = 10;
inline constexpr double blockWidth = 210;
inline constexpr double radius = 8;
inline constexpr double header = 30;
inline constexpr double portGap = 22;  ///< Between ports; also the height of a row.
inline constexpr double portSize = 12;
inline constexpr double portReach = 14;  ///< How far from a port's middle the pointer takes hold of it.
inline constexpr double padding = 8;
inline constexpr double shadow = 10;  ///< Room of the shadow around a sprite.
inline constexpr double statusLine = 26;
inline constexpr double thumbnail = 56;
inline constexpr double framePadding = 20;
inline constexpr double frameTitle = 30;
inline constexpr double noteWidth = 240;
inline constexpr double notePadding = 10;
inline constexpr double stubWidth = 170, stubHeight = 26;

// Levels of detail, by zoom.
inline constexpr double textZoom = 0.55;
inline constexpr double spriteZoom = 0.28;
inline constexpr double minZoom = 0.05, maxZoom = 4;

}  // namespace patchbay::widgets::metrics

namespace patchbay::widgets {

/// Scene to device pixels: p = scene * scale - origin, with an origin of whole pixels, so that panning moves whole pixels.
struct Camera {
  double zoom = 1;   ///< Device-independent pixels per scene unit.
  double ratio = 1;  ///< Device pixels per device-independent pixel.
  int originX = 0, originY = 0;

  double scale() const { return zoom * ratio; }
  QPointF toDevice(QPointF scene) const { return {scene.x() * scale() - originX, scene.y() * scale() - originY}; }
  QPointF toScene(QPointF device) const { return {(device.x() + originX) / scale(), (device.y() + originY) / scale()}; }
  QRectF toDevice(const QRectF& r) const { return {toDevice(r.topLeft()), toDevice(r.bottomRight())}; }
  QRectF toScene(const QRectF& r) const { return {toScene(r.topLeft()), toScene(r.bottomRight())}; }
  /// Rectangles whose edges are whole pixels: equal sizes in the scene are equal sizes on the screen.
  QRect pixels(const QRectF& r) const {
    const auto p = toDevice(r.topLeft());
    return {qRound(p.x()), qRound(p.y()), qRound(r.width() * scale()), qRound(r.height() * scale())};
  }
  bool operator==(const Camera&) const = default;
};

}  // namespace patchbay::widgets
