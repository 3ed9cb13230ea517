// SPDX-License-Identifier: GPL-3.0-or-later
// Events of the view: what is pressed becomes a gesture.
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QGestureEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/hint_card.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

constexpr double clickReach = 4;  ///< Pixels the pointer may move in a click.

/// A press that becomes a gesture when the pointer has moved a little, and a click otherwise.
class PendingGesture final : public Gesture {
 public:
  using Make = std::function<std::unique_ptr<Gesture>()>;
  PendingGesture(ViewCore& core, QPointF from, Make make, std::function<void()> click)
      : Gesture{core}, from_{from}, make_{std::move(make)}, click_{std::move(click)} {}
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override {
    if (QLineF{from_, viewport}.length() < clickReach || !make_) return;
    auto& core = core_;
    auto next = make_();
    if (!next) return;
    // Replaces this object: nothing of it may be used afterwards.
    core.startGesture(std::move(next));
    core.gesture->move(viewport, modifiers);
  }
  void release(QPointF, Qt::KeyboardModifiers) override {
    if (click_) click_();
  }

 private:
  QPointF from_;
  Make make_;
  std::function<void()> click_;
};

}  // namespace

// ---- Pointer --------------------------------------------------------------------------------------------------------

void ViewCore::startGesture(std::unique_ptr<Gesture> next) {
  auto before = std::move(gesture);
  gesture = std::move(next);
  before.reset();
  updateCursor();
  overlayChanged();
}

void ViewCore::endGesture() {
  if (!gesture) return;
  auto before = std::move(gesture);
  before.reset();
  autoPanTimer.stop();
  updateCursor();
  overlayChanged();
}

void ViewCore::setHover(const Hit& hit) {
  if (hit == hover) return;
  const bool ports = hit.kind == Hit::Kind::Port || hover.kind == Hit::Kind::Port;
  const bool seen = ports || hit.kind == Hit::Kind::Link || hover.kind == Hit::Kind::Link;
  hover = hit;
  updateCursor();
  if (seen) overlayChanged();
  if (ports) Q_EMIT view.hoveredPort(hit.kind == Hit::Kind::Port ? std::optional{hit.port} : std::nullopt);
}

void ViewCore::updateCursor() {
  auto shape = Qt::ArrowCursor;
  if (gesture) shape = gesture->cursor();
  else if (spaceDown) shape = Qt::OpenHandCursor;
  else if (hover.kind == Hit::Kind::Port) shape = Qt::CrossCursor;
  else if (hover.kind == Hit::Kind::Details) shape = Qt::PointingHandCursor;
  else if (hover.kind == Hit::Kind::FrameCorner || hover.kind == Hit::Kind::NoteCorner) shape = Qt::SizeFDiagCursor;
  if (view.viewport()->cursor().shape() != shape) view.viewport()->setCursor(shape);
}

/// What a press on something selects at once, and what it becomes when the pointer moves.
void ViewCore::pressed(QPointF at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  byKeyboard = false;
  if (editorWidget) view.viewport()->setFocus();
  if (button == Qt::MiddleButton || (button == Qt::LeftButton && spaceDown)) {
    spaceUsed = spaceDown;
    startGesture(std::make_unique<PanGesture>(*this, at));
    return;
  }
  if (button != Qt::LeftButton) return;
  const auto what = hit(at);
  const bool extend = (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
  const auto pend = [&](PendingGesture::Make make, std::function<void()> click = {}) {
    startGesture(std::make_unique<PendingGesture>(*this, at, std::move(make), std::move(click)));
  };
  std::string id;
  switch (what.kind) {
    case Hit::Kind::Block:
      id = model.block(what.index).id;
      break;
    case Hit::Kind::Frame:
      id = model.frames()[static_cast<std::size_t>(what.index)].id;
      break;
    case Hit::Kind::Note:
      id = model.notes()[static_cast<std::size_t>(what.index)].id;
      break;
    case Hit::Kind::Details: {
      const auto& block = model.block(what.index);
      const auto nodes = model.nodesOf(block.id);
      auto worst = nodes.front();
      for (const auto& node : nodes)
        if (const auto* status = look(node.text); status && status->status.state == BlockState::Failed) worst = node;
      Q_EMIT view.detailsRequested(worst);
      return;
    }
    case Hit::Kind::Port: {
      if (!mayEdit()) return;
      auto anchor = what.port;
      std::optional<Link> taken;
      if (anchor.input) {
        // An input that has a link gives it up; of several the last one.
        const Link* last = nullptr;
        for (const auto& link : document().links())
          if (link.to == anchor.port) last = &link;
        if (last && !(modifiers & Qt::ShiftModifier)) taken = *last, anchor = {last->from, false};
      }
      pend([this, anchor, taken] { return std::make_unique<LinkGesture>(*this, anchor, taken, false); },
           [this, what] {
             setFocus(model.block(what.index).id);
             setSelection({model.block(what.index).id});
           });
      return;
    }
    case Hit::Kind::Link: {
      const auto item = model.link(what.index);
      const Link link{.from = item.from, .to = item.to};
      const bool nearInput = what.nearInput;
      pend(
          [this, link, nearInput]() -> std::unique_ptr<Gesture> {
            if (!mayEdit()) return nullptr;
            return std::make_unique<LinkGesture>(*this, nearInput ? PortEnd{link.from, false} : PortEnd{link.to, true}, link, false);
          },
          [this, link] {
            setSelection({});
            selectedLink = {link.from, link.to};
            updateActions();
            overlayChanged();
          });
      return;
    }
    case Hit::Kind::FrameCorner:
    case Hit::Kind::NoteCorner:
      if (!mayEdit()) return;
      startGesture(std::make_unique<ResizeGesture>(*this, what, at));
      return;
    case Hit::Kind::Nothing:
      pend(
          [this, at, modifiers]() -> std::unique_ptr<Gesture> {
            if (modifiers & Qt::AltModifier) return std::make_unique<LassoGesture>(*this, at, modifiers);
            return std::make_unique<BandGesture>(*this, at, modifiers);
          },
          [this, extend] {
            if (!extend) setSelection({}), setFocus({});
          });
      return;
  }
  if (what.kind == Hit::Kind::Block && model.block(what.index).kind == BlockItem::Kind::Stub) return;
  const bool wasSelected = selection.contains(id);
  if (!wasSelected) {
    auto ids = extend ? selection : std::set<std::string>{};
    ids.insert(id);
    setSelection(std::move(ids));
  }
  setFocus(id);
  pend(
      [this, at, modifiers]() -> std::unique_ptr<Gesture> {
        if (!mayEdit()) return nullptr;
        return std::make_unique<MoveGesture>(*this, at, (modifiers & Qt::ControlModifier) != 0);
      },
      [this, id, wasSelected, extend] {
        if (!wasSelected) return;
        auto ids = extend ? selection : std::set<std::string>{id};
        if (extend) ids.erase(id);
        setSelection(std::move(ids));
      });
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
  core_->pointer = event->position();
  if (core_->gesture) return;  // a second button while the first is held
  core_->pressed(event->position(), event->button(), event->modifiers());
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
  core_->pointer = event->position();
  if (!core_->gesture) return core_->setHover(core_->hit(event->position()));
  core_->gesture->move(event->position(), event->modifiers());
  if (!core_->gesture) return;
  const auto inner = QRectF{viewport()->rect()}.adjusted(16, 16, -16, -16);
  if (core_->gesture->pansAtEdge() && !inner.contains(event->position())) {
    if (!core_->autoPanTimer.isActive()) core_->autoPanTimer.start(16, this);
  } else {
    core_->autoPanTimer.stop();
  }
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
  core_->pointer = event->position();
  if (!core_->gesture) return;
  // It ends before the document changes: steps of others while a gesture is on end it.
  const auto done = std::move(core_->gesture);
  core_->autoPanTimer.stop();
  done->release(event->position(), event->modifiers());
  core_->overlayChanged();
  core_->setHover(core_->hit(event->position()));
  core_->updateCursor();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  core_->endGesture();
  const auto what = core_->hit(event->position());
  switch (what.kind) {
    case Hit::Kind::Block: {
      const auto block = core_->model.block(what.index);
      if (block.kind == BlockItem::Kind::Group) openGroup(block.id);
      else if (block.kind == BlockItem::Kind::Stub) {
        const auto& port = block.face->inputs.empty() ? block.face->outputs.front() : block.face->inputs.front();
        const auto node = port.inner->node;
        leaveGroup();
        centreOn(node.text);
        select({node.text});
      } else {
        Q_EMIT activated(NodeId{block.id});
      }
      return;
    }
    case Hit::Kind::Frame:
      core_->setSelection({core_->model.frames()[static_cast<std::size_t>(what.index)].id});
      core_->rename();
      return;
    case Hit::Kind::Note:
      core_->editNote(core_->model.notes()[static_cast<std::size_t>(what.index)].id);
      return;
    case Hit::Kind::Link:
    case Hit::Kind::Nothing:
      core_->requestAdd(event->position());
      return;
    default:
      return;
  }
}

void CanvasView::wheelEvent(QWheelEvent* event) {
  event->accept();
  const auto modifiers = event->modifiers();
  // A mouse wheel zooms, a touch pad (which gives pixels) pans and zooms with Ctrl.
  const bool pad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
  if (pad && !(modifiers & Qt::ControlModifier)) return core_->panBy(event->pixelDelta());
  if (modifiers & Qt::ShiftModifier) return core_->panBy({static_cast<double>(event->angleDelta().y() + event->angleDelta().x()) / 2, 0});
  if (modifiers & Qt::AltModifier) return core_->panBy({0, static_cast<double>(event->angleDelta().x() + event->angleDelta().y()) / 2});
  const double notches = event->angleDelta().y() / 120.0;
  if (notches != 0) core_->zoomAt(core_->camera.zoom * std::pow(1.2, notches), event->position(), true);
}

bool CanvasView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && !core_->gesture) core_->setHover({});
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto what = core_->hit(help->pos());
    const auto text = core_->gesture ? QString{} : core_->tip(what);
    // In one style whatever is said: no markup is read from file names and labels.
    if (text.isEmpty()) QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped()), viewport(),
                         QRect{help->pos() - QPoint{6, 6}, QSize{12, 12}});
    return true;
  }
  if (event->type() == QEvent::Gesture) {
    if (const auto* pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture))) {
      core_->zoomAt(core_->camera.zoom * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->hotSpot()), true);
      event->accept();
      return true;
    }
  }
  if (event->type() == QEvent::NativeGesture) {
    const auto* native = static_cast<QNativeGestureEvent*>(event);
    if (native->gestureType() == Qt::ZoomNativeGesture) {
      core_->zoomAt(core_->camera.zoom * (1 + native->value()), native->position(), true);
      return true;
    }
  }
  return QAbstractScrollArea::viewportEvent(event);
}

bool CanvasView::event(QEvent* event) {
  if (event->type() == QEvent::Timer && core_) {
    const int id = static_cast<QTimerEvent*>(event)->timerId();
    if (id == core_->zoomTimer.timerId()) {
      core_->zoomSettled();
      return true;
    }
    if (id == core_->autoPanTimer.timerId() && core_->gesture) {
      const auto inner = QRectF{viewport()->rect()}.adjusted(16, 16, -16, -16);
      const auto& p = core_->pointer;
      const auto by = [](double v, double lo, double hi) {
        return v < lo ? std::min(24.0, (lo - v) / 3 + 2) : v > hi ? -std::min(24.0, (v - hi) / 3 + 2) : 0.0;
      };
      core_->panBy({by(p.x(), inner.left(), inner.right()), by(p.y(), inner.top(), inner.bottom())});
      core_->gesture->move(p, QGuiApplication::keyboardModifiers());
      return true;
    }
    if (id == core_->ringTimer.timerId()) {
      core_->turnRings();
      return true;
    }
  }
  // Tab moves between widgets and arrows between blocks: a tapped Space is not a shortcut of anything else here.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (core_ && core_->gesture && (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter))
      event->accept();
    if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) event->accept();
  }
  return QAbstractScrollArea::event(event);
}

void CanvasView::paintEvent(QPaintEvent* event) { core_->paint(event->rect()); }

void CanvasView::resizeEvent(QResizeEvent*) {
  core_->camera.ratio = devicePixelRatioF();
  core_->dirtyAll();
  if (core_->hint_) static_cast<HintCard*>(core_->hint_.data())->place();
  Q_EMIT viewChanged();
}

void CanvasView::scrollContentsBy(int, int) {}

void CanvasView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (!core_) return;
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
    core_->colours = Colours{palette()};
    core_->relayout();
  }
  if (event->type() == QEvent::LanguageChange) {
    core_->model.languageChanged();
    core_->retranslate();
    core_->relayout();
  }
}

void CanvasView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason) {
    core_->byKeyboard = true;
    if (core_->focus.empty()) core_->focusFirst();
  }
  core_->overlayChanged();
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  core_->spaceDown = false;
  core_->updateCursor();
  core_->overlayChanged();
}

bool CanvasView::focusNextPrevChild(bool next) { return QAbstractScrollArea::focusNextPrevChild(next); }

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
  core_->endGesture();
  const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
  auto at = QPointF{event->pos()};
  if (keyboard) {
    const auto rect = core_->rectOf(core_->focus);
    at = rect.isNull() ? QRectF{viewport()->rect()}.center() : core_->fromScene(rect.topLeft() + QPointF{20, 15});
  }
  core_->contextMenu(at, keyboard ? viewport()->mapToGlobal(at.toPoint()) : event->globalPos(), keyboard);
}

// ---- Drag and drop --------------------------------------------------------------------------------------------------

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
  const auto* mime = event->mimeData();
  if (core_->readOnly || !(mime->hasFormat(QLatin1String{blockMimeType}) || mime->hasUrls())) return event->ignore();
  event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
  const auto* mime = event->mimeData();
  if (mime->hasFormat(QLatin1String{blockMimeType}))
    core_->dropTypeMoved(mime->data(QLatin1String{blockMimeType}).toStdString(), event->position());
  event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent*) { core_->dropTypeMoved({}, {}); }

void CanvasView::dropEvent(QDropEvent* event) {
  const auto* mime = event->mimeData();
  if (mime->hasFormat(QLatin1String{blockMimeType})) {
    const auto type = mime->data(QLatin1String{blockMimeType}).toStdString();
    core_->dropTypeMoved(type, event->position());
    const auto at = core_->dropAt;
    const auto splice = core_->spliceTarget;
    core_->dropTypeMoved({}, {});
    core_->spliceTarget = splice;
    core_->addBlock(type, at, std::nullopt);
    core_->spliceTarget.reset();
  } else if (mime->hasUrls()) {
    Q_EMIT filesDropped(mime->urls(), core_->toScene(event->position()));
  }
  event->acceptProposedAction();
  setFocus();
}

}  // namespace patchbay::widgets
