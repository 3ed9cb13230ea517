// SPDX-License-Identifier: GPL-3.0-or-later
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {
constexpr int settleMs = 80;  ///< After the last step of a zoom gesture, until text comes back: within 100 ms it is there.
}

QRect ViewCore::fromScene(const QRectF& scene) const {
  return QRectF{fromScene(scene.topLeft()), fromScene(scene.bottomRight())}.toAlignedRect();
}

QRectF ViewCore::visible() const {
  const auto size = view.viewport()->size();
  return camera.toScene(QRectF{0, 0, size.width() * camera.ratio, size.height() * camera.ratio});
}

void ViewCore::cameraChanged(bool zoomed) {
  overlayChanged();
  // What is being written is taken: the field would stay behind.
  if (editorWidget && editorWidget->hasFocus()) view.setFocus();
  if (zoomed) Q_EMIT view.zoomChanged(camera.zoom);
  Q_EMIT view.viewChanged();
}

void ViewCore::panBy(QPointF viewport) {
  camera.originX -= qRound(viewport.x() * camera.ratio);
  camera.originY -= qRound(viewport.y() * camera.ratio);
  cameraChanged(false);
}

void ViewCore::zoomAt(double zoom, QPointF viewport, bool gestureGoesOn) {
  zoom = std::clamp(zoom, metrics::minZoom, metrics::maxZoom);
  const auto scene = toScene(viewport);
  if (zoom != camera.zoom) {
    camera.zoom = zoom;
    camera.originX = qRound(scene.x() * camera.scale() - viewport.x() * camera.ratio);
    camera.originY = qRound(scene.y() * camera.scale() - viewport.y() * camera.ratio);
    if (gestureGoesOn) zooming = true;
    cameraChanged(true);
  }
  if (gestureGoesOn) zoomTimer.start(settleMs, &view);
}

void ViewCore::zoomSettled() {
  zoomTimer.stop();
  zooming = false;
  if (camera.zoom >= metrics::textZoom) dirtyAll();
}

void ViewCore::fit(const QRectF& scene, double most) {
  if (scene.isNull()) return;
  const auto size = view.viewport()->size();
  constexpr double margin = 40;
  const double zoom = std::clamp(
      std::min((size.width() - 2 * margin) / std::max(1.0, scene.width()), (size.height() - 2 * margin) / std::max(1.0, scene.height())),
      metrics::minZoom, most);
  camera.zoom = zoom;
  centre(scene.center());
  Q_EMIT view.zoomChanged(camera.zoom);
}

void ViewCore::centre(QPointF scene) {
  const auto size = view.viewport()->size();
  camera.originX = qRound(scene.x() * camera.scale() - size.width() * camera.ratio / 2);
  camera.originY = qRound(scene.y() * camera.scale() - size.height() * camera.ratio / 2);
  cameraChanged(false);
}

void ViewCore::reveal(const QRectF& scene) {
  const auto seen = visible();
  if (scene.isNull() || seen.contains(scene)) return;
  const double margin = 24 / camera.zoom;
  const auto wanted = scene.adjusted(-margin, -margin, margin, margin);
  QPointF by;
  if (wanted.left() < seen.left()) by.setX(wanted.left() - seen.left());
  else if (wanted.right() > seen.right()) by.setX(std::min(wanted.right() - seen.right(), wanted.left() - seen.left()));
  if (wanted.top() < seen.top()) by.setY(wanted.top() - seen.top());
  else if (wanted.bottom() > seen.bottom()) by.setY(std::min(wanted.bottom() - seen.bottom(), wanted.top() - seen.top()));
  panBy(-by * camera.zoom);
}

}  // namespace patchbay::widgets
