// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/base/theme.h"
#include "widgets/gallery/picture_window.h"

namespace patchbay::widgets {

PictureView::PictureView(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("pictureView"));
  setAccessibleName(tr("Picture"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(160, 120);
}

QSize PictureView::sizeHint() const { return {720, 540}; }

void PictureView::setImage(const QImage& image, const QString& why) {
  image_ = image;
  overlay_ = {};
  why_ = why;
  fit();
}

void PictureView::setOverlay(const QImage& image, double opacity) {
  overlay_ = image;
  overlayOpacity_ = opacity;
  update();
}

double PictureView::fitZoom() const {
  if (image_.isNull()) return 1;
  const double zoom = std::min(static_cast<double>(width()) / image_.width(), static_cast<double>(height()) / image_.height());
  return std::min(zoom, 8.0);  // Tiny pictures are enlarged, but not to a mosaic.
}

double PictureView::zoom() const { return zoom_ > 0 ? zoom_ : fitZoom(); }

void PictureView::fit() {
  zoom_ = 0;
  pan_ = {};
  update();
  Q_EMIT zoomChanged(zoom());
}

void PictureView::realSize() {
  zoom_ = 1 / devicePixelRatioF();
  clampPan();
  update();
  Q_EMIT zoomChanged(zoom());
}

void PictureView::zoomBy(double factor) { zoomAt(QRectF{rect()}.center(), factor); }

void PictureView::zoomAt(QPointF point, double factor) {
  const auto middle = QRectF{rect()}.center() + pan_;
  const double before = zoom(), after = std::clamp(before * factor, std::min(fitZoom(), 0.05), 32.0);
  zoom_ = after;
  pan_ += (point - middle) * (1 - after / before);
  clampPan();
  update();
  Q_EMIT zoomChanged(after);
}

void PictureView::clampPan() {
  const double x = std::max(0.0, (image_.width() * zoom() - width()) / 2), y = std::max(0.0, (image_.height() * zoom() - height()) / 2);
  pan_ = {std::clamp(pan_.x(), -x, x), std::clamp(pan_.y(), -y, y)};
}

void PictureView::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.fillRect(rect(), palette().color(QPalette::Base));
  if (image_.isNull()) {
    painter.setPen(toneColour(why_.isEmpty() ? Tone::Neutral : Tone::Bad, palette()));
    painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, why_.isEmpty() ? tr("Loading…") : why_);
  } else {
    const auto size = QSizeF{image_.size()} * zoom();
    const auto middle = QRectF{rect()}.center() + pan_;
    const QRectF place{middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height()};
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 3);  // Far in, single pixels are what one wants to see.
    painter.drawImage(place, image_);
    if (!overlay_.isNull()) {
      painter.setRenderHint(QPainter::SmoothPixmapTransform);
      painter.setOpacity(overlayOpacity_);
      painter.drawImage(place, overlay_);
      painter.setOpacity(1);
    }
  }
  if (hasFocus()) {
    painter.setPen(QPen{palette().color(QPalette::Highlight), 2});
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
  }
}

void PictureView::wheelEvent(QWheelEvent* event) {
  zoomAt(event->position(), std::pow(1.2, event->angleDelta().y() / 120.0));
  event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return event->ignore();
  dragging_ = true;
  dragFrom_ = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
  if (!dragging_) return;
  pan_ += event->position() - dragFrom_;
  dragFrom_ = event->position();
  clampPan();
  update();
}

void PictureView::mouseReleaseEvent(QMouseEvent*) {
  dragging_ = false;
  unsetCursor();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent*) { zoom_ > 0 ? fit() : realSize(); }

void PictureView::keyPressEvent(QKeyEvent* event) {
  const auto pan = [&](double x, double y) {
    pan_ += QPointF{x, y};
    clampPan();
    update();
  };
  const bool larger = image_.width() * zoom() > width() + 1 || image_.height() * zoom() > height() + 1;
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomBy(1.25);
      return;
    case Qt::Key_Minus:
      zoomBy(0.8);
      return;
    case Qt::Key_0:
    case Qt::Key_F:
      fit();
      return;
    case Qt::Key_1:
      realSize();
      return;
    case Qt::Key_Left:
      if (larger) return pan(48, 0);
      break;
    case Qt::Key_Right:
      if (larger) return pan(-48, 0);
      break;
    case Qt::Key_Up:
      if (larger) return pan(0, 48);
      break;
    case Qt::Key_Down:
      if (larger) return pan(0, -48);
      break;
    default:
      break;
  }
  event->ignore();  // The window turns to the next picture.
}

void PictureView::resizeEvent(QResizeEvent*) {
  clampPan();
  Q_EMIT zoomChanged(zoom());
}

}  // namespace patchbay::widgets
