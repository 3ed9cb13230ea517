// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/view_keeper.h"

#include <QAction>
#include <QEvent>
#include <algorithm>

#include "widgets/canvas/minimap.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::studio {

namespace {
constexpr double readable = 0.56;  // Below, the canvas leaves out titles.
constexpr std::size_t small = 40;  // Blocks of a pipeline that is read rather than surveyed.
constexpr int margin = 16;
}  // namespace

ViewKeeper::ViewKeeper(widgets::CanvasView& canvas, widgets::MiniMap& minimap) : QObject{&canvas}, canvas_{canvas}, minimap_{minimap} {
  minimap_.resize(minimap_.sizeHint());
  canvas_.viewport()->installEventFilter(this);
  // While the view moves the map stays where it is.
  settle_.setSingleShot(true);
  settle_.setInterval(200);
  connect(&settle_, &QTimer::timeout, this, &ViewKeeper::placeMinimap);
  connect(&canvas_, &widgets::CanvasView::viewChanged, &settle_, qOverload<>(&QTimer::start));
  connect(canvas_.action(QStringLiteral("canvas.fit-all")), &QAction::triggered, this, [this] { home_ = canvas_.core().camera; });
}

void ViewKeeper::fit() {
  canvas_.fitAll();
  if (canvas_.zoom() < readable && canvas_.core().model.blocks().size() <= small) canvas_.zoomTo(readable);
  home_ = canvas_.core().camera;
  placeMinimap();
}

void ViewKeeper::showMinimap(bool on) {
  minimapOn_ = on;
  placeMinimap();
}

QRect ViewKeeper::cornerRect(Corner corner) const {
  const auto size = minimap_.sizeHint();
  const bool right = corner == BottomRight || corner == TopRight, bottom = corner == BottomRight || corner == BottomLeft;
  return {QPoint{right ? canvas_.width() - size.width() - margin : margin, bottom ? canvas_.height() - size.height() - margin : margin},
          size};
}

bool ViewKeeper::covers(const QRect& place) const {
  const QRectF scene{canvas_.toScene(place.topLeft()), canvas_.toScene(place.bottomRight())};
  const auto& model = canvas_.core().model;
  const auto blocks = model.blocksIn(scene);
  return std::any_of(blocks.begin(), blocks.end(), [&](int i) { return model.block(i).rect.intersects(scene); }) ||
         std::any_of(model.notes().begin(), model.notes().end(), [&](const auto& note) { return note.rect.intersects(scene); });
}

void ViewKeeper::placeMinimap() {
  const auto size = minimap_.sizeHint();
  // A small canvas is better seen than mapped.
  const bool room = canvas_.width() > 3 * size.width() && 2 * canvas_.height() > 7 * size.height();
  bool covering = covers(cornerRect(corner_));
  if (covering || corner_ != BottomRight)
    for (const auto corner : {BottomRight, BottomLeft, TopRight, TopLeft})
      if (!covers(cornerRect(corner))) {
        corner_ = corner;
        covering = false;
        break;
      }
  if (covering) corner_ = BottomRight;
  // With all in sight there is nowhere to go; then it does not have to lie on anything. Otherwise it lets what is below show through.
  const bool needed = !covering || !canvas_.visibleScene().contains(canvas_.sceneBounds());
  minimap_.setFaded(covering);
  minimap_.setVisible(minimapOn_ && room && needed);
  minimap_.setGeometry(cornerRect(corner_));
  minimap_.raise();
}

bool ViewKeeper::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
    if (home_ && *home_ == canvas_.core().camera && canvas_.isIdle()) fit();
    else placeMinimap();
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace patchbay::studio
