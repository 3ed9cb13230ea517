// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/minimap.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {
constexpr std::size_t manyBlocks = 500;
constexpr int pictureMs = 100;
}  // namespace

MiniMap::MiniMap(CanvasView& view, QWidget* parent) : QWidget{parent}, view_{view} {
  setObjectName(QStringLiteral("canvas.minimap"));
  setFocusPolicy(Qt::TabFocus);
  setMinimumSize(120, 80);
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_Hover);
  pictureSoon_.setSingleShot(true);
  pictureSoon_.setInterval(pictureMs);
  connect(&pictureSoon_, &QTimer::timeout, this, [this] {
    if (isVisible()) makePicture();
    update();
  });
  const auto changed = [this] {
    if (!picture_.isNull() && !pictureSoon_.isActive()) pictureSoon_.start();
    update();
  };
  connect(&view, &CanvasView::viewChanged, this, changed);
  connect(&view, &CanvasView::selectionChanged, this, changed);
  retranslate();
}

void MiniMap::retranslate() {
  setAccessibleName(tr("Overview"));
  setToolTip(tr("Overview: drag to move the view, arrow keys too"));
}

void MiniMap::setFaded(bool faded) {
  if (faded == faded_) return;
  faded_ = faded;
  update();
}

void MiniMap::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) {
    picture_ = {};
    update();
  }
  QWidget::changeEvent(event);
}

QRectF MiniMap::world() const {
  const auto all = view_.sceneBounds().united(view_.visibleScene());
  return all.adjusted(-all.width() * 0.03, -all.height() * 0.03, all.width() * 0.03, all.height() * 0.03);
}

QTransform MiniMap::toWidget() const {
  const auto all = world();
  const double scale = std::min((width() - 8) / std::max(1.0, all.width()), (height() - 8) / std::max(1.0, all.height()));
  return QTransform::fromTranslate(-all.center().x(), -all.center().y()) * QTransform::fromScale(scale, scale) *
         QTransform::fromTranslate(width() / 2.0, height() / 2.0);
}

bool MiniMap::pictureFits() const { return picture_.size() == size() * devicePixelRatioF(); }

void MiniMap::makePicture() {
  pictureMap_ = toWidget();
  picture_ = QPixmap{size() * devicePixelRatioF()};
  picture_.setDevicePixelRatio(devicePixelRatioF());
  picture_.fill(Qt::transparent);
  QPainter painter{&picture_};
  paintBlocks(painter, pictureMap_);
}

void MiniMap::paintBlocks(QPainter& painter, const QTransform& map) const {
  const auto& core = view_.core();
  const auto& c = core.colours;
  for (const auto& frame : core.model.frames()) {
    auto tint = c.tone(frame.kind == GroupKind::ForEach ? Tone::Accent : Tone::Neutral);
    tint.setAlpha(50);
    painter.fillRect(map.mapRect(frame.rect), tint);
  }
  for (const auto& note : core.model.notes()) painter.fillRect(map.mapRect(note.rect), c.noteEdge);
  for (const auto& block : core.model.blocks()) {
    if (block.kind == BlockItem::Kind::Stub) continue;
    const auto* look = core.look(block.id);
    auto colour = core.selection.contains(block.id)                          ? c.accent
                  : block.face->known && block.kind == BlockItem::Kind::Node ? categoryColour(block.face->category, c.palette)
                                                                             : c.faint;
    if (look && look->status.state == BlockState::Failed) colour = c.tone(Tone::Bad);
    auto r = map.mapRect(block.rect);
    r.setSize({std::max(2.0, r.width()), std::max(2.0, r.height())});
    painter.fillRect(r, colour);
  }
}

void MiniMap::paintEvent(QPaintEvent*) {
  const auto& c = view_.core().colours;
  auto map = toWidget();
  QPainter painter{this};
  if (faded_ && !underMouse() && !hasFocus()) painter.setOpacity(0.35);
  painter.setRenderHint(QPainter::Antialiasing);
  auto ground = c.card;
  ground.setAlpha(235);
  painter.setPen(QPen{c.edge, 1});
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter.setRenderHint(QPainter::Antialiasing, false);
  if (view_.core().model.blocks().size() < manyBlocks) {
    picture_ = {};
    paintBlocks(painter, map);
  } else {
    if (!pictureFits()) makePicture();
    painter.drawPixmap(0, 0, picture_);
    map = pictureMap_;  // What is shown and where the view is in it belong together.
  }
  auto shade = c.accent;
  shade.setAlpha(c.dark ? 40 : 24);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{c.accent, 1.5});
  painter.setBrush(shade);
  painter.drawRoundedRect(map.mapRect(view_.visibleScene()) & QRectF{rect()}.adjusted(1, 1, -1, -1), 3, 3);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{c.accent, 2});
    painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 6, 6);
  }
}

void MiniMap::goTo(QPointF widget) { view_.core().centre(toWidget().inverted().map(widget)); }
void MiniMap::mousePressEvent(QMouseEvent* event) { goTo(event->position()); }

void MiniMap::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) goTo(event->position());
}

void MiniMap::keyPressEvent(QKeyEvent* event) {
  const auto size = view_.viewport()->size();
  switch (event->key()) {
    case Qt::Key_Left:
      view_.core().panBy({size.width() / 4.0, 0});
      return;
    case Qt::Key_Right:
      view_.core().panBy({-size.width() / 4.0, 0});
      return;
    case Qt::Key_Up:
      view_.core().panBy({0, size.height() / 4.0});
      return;
    case Qt::Key_Down:
      view_.core().panBy({0, -size.height() / 4.0});
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace patchbay::widgets
