// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/map_canvas.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/base/theme.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

namespace {

constexpr double pointSize = 7;

QPixmap disc(const QColor& colour, const QColor& rim, qreal ratio) {
  QPixmap out{QSize{11, 11} * ratio};
  out.setDevicePixelRatio(ratio);
  out.fill(Qt::transparent);
  QPainter painter{&out};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{rim, 0.8});
  painter.setBrush(colour);
  painter.drawEllipse(QPointF{5.5, 5.5}, pointSize / 2, pointSize / 2);
  return out;
}

}  // namespace

MapCanvas::MapCanvas(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("mapCanvas"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(240, 200);
  setAttribute(Qt::WA_OpaquePaintEvent);
}

void MapCanvas::setPoints(const std::vector<QPointF>* points) {
  points_ = points;
  groups_.assign(points->size(), 0);
  colours_.assign(1, palette().color(QPalette::Text));
  selected_.assign(points->size(), false);
  anySelected_ = false;
  hovered_.reset();
  fit();
}

void MapCanvas::setGroups(std::vector<int> groups, std::vector<std::optional<QColor>> colours) {
  groups_ = std::move(groups);
  colours_ = std::move(colours);
  stale_ = true;
  update();
}

void MapCanvas::setSelected(std::vector<bool> selected) {
  selected_ = std::move(selected);
  anySelected_ = std::ranges::find(selected_, true) != selected_.end();
  stale_ = true;
  update();
}

bool MapCanvas::visible(std::size_t index) const { return colours_[static_cast<std::size_t>(groups_[index])].has_value(); }

QPointF MapCanvas::toScreen(const QPointF& p) const {
  return {width() / 2.0 + (p.x() - centre_.x()) * scale_, height() / 2.0 - (p.y() - centre_.y()) * scale_};
}

QPointF MapCanvas::fromScreen(const QPointF& p) const {
  return {centre_.x() + (p.x() - width() / 2.0) / scale_, centre_.y() - (p.y() - height() / 2.0) / scale_};
}

void MapCanvas::fit() {
  stale_ = true;
  update();
  if (!points_ || points_->empty()) return;
  double left = HUGE_VAL, right = -HUGE_VAL, low = HUGE_VAL, high = -HUGE_VAL;
  for (const auto& p : *points_) {
    left = std::min(left, p.x()), right = std::max(right, p.x());
    low = std::min(low, p.y()), high = std::max(high, p.y());
  }
  centre_ = {(left + right) / 2, (low + high) / 2};
  scale_ = std::min((width() - 40.0) / std::max(right - left, 1e-9), (height() - 40.0) / std::max(high - low, 1e-9));
  if (scale_ <= 0) scale_ = 1;
}

void MapCanvas::zoomBy(double factor, QPointF about) {
  const auto fixed = fromScreen(about);
  scale_ *= factor;
  centre_ += fixed - fromScreen(about);
  stale_ = true;
  update();
}

std::optional<std::size_t> MapCanvas::pointAt(const QPointF& screen) const {
  std::optional<std::size_t> found;
  double nearest = 8 * 8;
  for (std::size_t i = 0; points_ && i < points_->size(); ++i) {
    if (!visible(i)) continue;
    const auto d = toScreen((*points_)[i]) - screen;
    const double far = d.x() * d.x() + d.y() * d.y();
    if (far < nearest) nearest = far, found = i;
  }
  return found;
}

void MapCanvas::redraw() {
  const auto ratio = devicePixelRatioF();
  const auto base = palette().color(QPalette::Base);
  layer_ = QPixmap{size() * ratio};
  layer_.setDevicePixelRatio(ratio);
  layer_.fill(base);
  stale_ = false;
  if (!points_) return;
  QPainter painter{&layer_};
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  // What is not chosen steps back; what is chosen comes last and so on top.
  for (const bool chosen : {false, true}) {
    if (chosen && !anySelected_) break;
    for (std::size_t g = 0; g < colours_.size(); ++g) {
      if (!colours_[g]) continue;
      const bool faint = anySelected_ && !chosen;
      const auto sprite =
          disc(faint ? mixColours(base, *colours_[g], 0.25) : *colours_[g], faint ? base : mixColours(*colours_[g], base, 0.65), ratio);
      for (std::size_t i = 0; i < points_->size(); ++i) {
        if (groups_[i] != static_cast<int>(g) || selected_[i] != chosen) continue;
        const auto at = toScreen((*points_)[i]);
        if (at.x() < -6 || at.y() < -6 || at.x() > width() + 6 || at.y() > height() + 6) continue;
        // Whole device pixels, so that the sprite is copied and not resampled.
        painter.drawPixmap(QPointF{std::round((at.x() - 5.5) * ratio) / ratio, std::round((at.y() - 5.5) * ratio) / ratio}, sprite);
      }
    }
  }
}

void MapCanvas::paintEvent(QPaintEvent*) {
  if (stale_ || layer_.size() != size() * devicePixelRatioF()) redraw();
  QPainter painter{this};
  painter.drawPixmap(0, 0, layer_);
  painter.setRenderHint(QPainter::Antialiasing);
  if (hovered_) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Text), 2});
    painter.drawEllipse(toScreen((*points_)[*hovered_]), pointSize / 2 + 3, pointSize / 2 + 3);
  }
  if (lasso_.size() > 1) {
    auto fill = palette().color(QPalette::Highlight);
    painter.setPen(QPen{fill, 1.5, Qt::DashLine});
    fill.setAlphaF(0.12F);
    painter.setBrush(fill);
    painter.drawPolygon(lasso_);
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Highlight), 2});
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
  }
}

void MapCanvas::resizeEvent(QResizeEvent*) { fit(); }

void MapCanvas::wheelEvent(QWheelEvent* event) {
  zoomBy(std::pow(1.2, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void MapCanvas::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position();
  panning_ = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && spaceHeld_);
  lasso_.clear();
  if (!panning_ && event->button() == Qt::LeftButton) lasso_ << pressed_;
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (panning_ && event->buttons() != Qt::NoButton) {
    centre_ += fromScreen(pressed_) - fromScreen(event->position());
    pressed_ = event->position();
    stale_ = true;
    update();
    return;
  }
  if (event->buttons().testFlag(Qt::LeftButton) && !lasso_.isEmpty()) {
    lasso_ << event->position();
    update();
    return;
  }
  const auto before = hovered_;
  hovered_ = pointAt(event->position());
  if (before == hovered_) return;
  update();
  Q_EMIT hovered(hovered_, event->position().toPoint());
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event) {
  const bool add = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
  if (panning_) {
    panning_ = false;
    return;
  }
  if (event->button() != Qt::LeftButton) return;
  if (lasso_.size() > 3 && (lasso_.boundingRect().width() > 6 || lasso_.boundingRect().height() > 6)) {
    QPolygonF polygon;
    for (const auto& p : lasso_) polygon << fromScreen(p);
    lasso_.clear();
    Q_EMIT lassoed(polygon, add);
  } else {
    lasso_.clear();
    Q_EMIT clicked(pointAt(event->position()), add);
  }
  update();
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent*) {
  lasso_.clear();
  fit();
}

// Arrow keys walk to the nearest point in that direction, so that everything the mouse reads can be read without one.
void MapCanvas::moveKeyboardCursor(int key) {
  if (!points_ || points_->empty()) return;
  const auto from = hovered_ ? toScreen((*points_)[*hovered_]) : QRectF{rect()}.center();
  const QPointF way{key == Qt::Key_Right  ? 1.0
                    : key == Qt::Key_Left ? -1.0
                                          : 0.0,
                    key == Qt::Key_Down ? 1.0
                    : key == Qt::Key_Up ? -1.0
                                        : 0.0};
  std::optional<std::size_t> best;
  double least = HUGE_VAL;
  for (std::size_t i = 0; i < points_->size(); ++i) {
    if (i == hovered_ || !visible(i)) continue;
    const auto d = toScreen((*points_)[i]) - from;
    const double along = QPointF::dotProduct(d, way), across = std::abs(d.x() * way.y() - d.y() * way.x());
    if (along <= 0.5 || across > along * 2) continue;
    if (along + 2 * across < least) least = along + 2 * across, best = i;
  }
  if (!best) return;
  hovered_ = best;
  update();
  Q_EMIT hovered(hovered_, toScreen((*points_)[*best]).toPoint());
}

void MapCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Space:
      spaceHeld_ = true;
      return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(1.25, QRectF{rect()}.center());
    case Qt::Key_Minus:
      return zoomBy(0.8, QRectF{rect()}.center());
    case Qt::Key_0:
    case Qt::Key_F:
      return fit();
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      return moveKeyboardCursor(event->key());
    case Qt::Key_Return:
    case Qt::Key_Enter:
      Q_EMIT clicked(hovered_, event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier));
      return;
    case Qt::Key_Escape:
      if (anySelected_) {
        Q_EMIT cleared();
        return;
      }
      break;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void MapCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) spaceHeld_ = false;
  QWidget::keyReleaseEvent(event);
}

void MapCanvas::leaveEvent(QEvent*) {
  hovered_.reset();
  Q_EMIT hovered({}, {});
  update();
}

void MapCanvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  stale_ = true;
  update();
}

}  // namespace patchbay::widgets
