// SPDX-License-Identifier: GPL-3.0-or-later
// Everything by keyboard: focus moves between blocks by geometry and along links.
#include <QAccessible>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/accessible.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

void ViewCore::setFocus(const std::string& id, int port) {
  if (id == focus && port == focusPort) return;
  focus = id;
  focusPort = port;
  overlayChanged();
  if (!id.empty()) announceFocus(view, id);
}

void ViewCore::focusFirst() {
  const BlockItem* first = nullptr;
  for (const auto& block : model.blocks())
    if (block.kind != BlockItem::Kind::Stub && (!first || block.rect.x() + block.rect.y() < first->rect.x() + first->rect.y()))
      first = &block;
  if (first) setFocus(first->id);
}

/// To the nearest block in a direction: what lies straight ahead counts nearer than what lies aside.
void ViewCore::step(int dx, int dy, bool extend) {
  if (rectOf(focus).isNull()) return focusFirst();
  const int framed = model.frameIndex(focus);
  const auto from =
      framed >= 0 ? QPointF{rectOf(focus).center().x(), rectOf(focus).top() + metrics::frameTitle / 2} : rectOf(focus).center();
  std::string best;
  double nearest = 1e300;
  const auto look = [&](const std::string& id, const QRectF& rect) {
    if (id == focus) return;
    const auto off = rect.center() - from;
    const double along = off.x() * dx + off.y() * dy, aside = std::abs(off.x() * dy) + std::abs(off.y() * dx);
    if (along <= 1 || aside > 2.5 * along + 40) return;
    if (const double distance = along + 2 * aside; distance < nearest) nearest = distance, best = id;
  };
  for (const auto& block : model.blocks())
    if (block.kind != BlockItem::Kind::Stub) look(block.id, block.rect);
  for (const auto& note : model.notes()) look(note.id, note.rect);
  // A frame is where its title is.
  for (const auto& frame : model.frames()) look(frame.id, {frame.rect.topLeft(), QSizeF{frame.rect.width(), metrics::frameTitle}});
  if (best.empty()) return;
  setFocus(best);
  auto ids = extend ? selection : std::set<std::string>{};
  ids.insert(best);
  setSelection(std::move(ids));
  reveal(rectOf(best));
}

void ViewCore::stepAlongLink(bool forwards) {
  const int index = model.blockIndex(focus);
  if (index < 0) return focusFirst();
  const LinkItem* best = nullptr;
  for (const int i : model.linksOf(index)) {
    const auto& link = model.link(i);
    if ((forwards ? link.fromBlock : link.toBlock) != index) continue;
    const int port = forwards ? link.fromPort : link.toPort, other = best ? (forwards ? best->fromPort : best->toPort) : 0;
    if (!best || port < other) best = &link;
  }
  if (!best) {
    say(forwards ? QCoreApplication::translate("canvas", "Nothing takes the result of this block.")
                 : QCoreApplication::translate("canvas", "Nothing goes into this block."));
    return;
  }
  const auto& next = model.block(forwards ? best->toBlock : best->fromBlock);
  if (next.kind == BlockItem::Kind::Stub) return;
  setFocus(next.id);
  setSelection({next.id});
  reveal(next.rect);
}

void ViewCore::startKeyboardLink() {
  if (!mayEdit()) return;
  const int index = model.blockIndex(focus);
  if (index < 0) return say(QCoreApplication::translate("canvas", "Choose a block with the arrow keys first, then press L to link it."));
  const auto& block = model.block(index);
  const int outputs = static_cast<int>(block.face->outputs.size());
  const int port = focusPort < 0 ? 0 : focusPort;
  PortEnd anchor;
  if (port < outputs) anchor = {block.ref(block.face->outputs[static_cast<std::size_t>(port)]), false};
  else if (port - outputs < static_cast<int>(block.face->inputs.size()))
    anchor = {block.ref(block.face->inputs[static_cast<std::size_t>(port - outputs)]), true};
  else return say(QCoreApplication::translate("canvas", "This block has no ports."));
  startGesture(std::make_unique<LinkGesture>(*this, anchor, std::nullopt, true));
}

bool ViewCore::key(int key, Qt::KeyboardModifiers modifiers, bool repeated) {
  modifiers &= ~Qt::KeypadModifier;
  byKeyboard = true;
  if (gesture && gesture->key(key, modifiers)) return true;
  const auto arrow = [&]() -> std::optional<QPoint> {
    switch (key) {
      case Qt::Key_Left:
        return QPoint{-1, 0};
      case Qt::Key_Right:
        return QPoint{1, 0};
      case Qt::Key_Up:
        return QPoint{0, -1};
      case Qt::Key_Down:
        return QPoint{0, 1};
      default:
        return std::nullopt;
    }
  }();
  if (arrow) {
    if (modifiers & Qt::ControlModifier) {
      const double by = metrics::grid * ((modifiers & Qt::ShiftModifier) ? 10 : 1);
      if (selection.empty() && !focus.empty()) setSelection({focus});
      moveSelection(QPointF{*arrow} * by, true);
      reveal(rectOf(focus));
    } else if (modifiers & Qt::AltModifier) {
      if (arrow->x()) stepAlongLink(arrow->x() > 0);
    } else {
      step(arrow->x(), arrow->y(), (modifiers & Qt::ShiftModifier) != 0);
    }
    return true;
  }
  switch (key) {
    case Qt::Key_Escape:
      if (gesture) endGesture();
      else if (focusPort >= 0) setFocus(focus, -1);
      else if (!selection.empty() || selectedLink) setSelection({});
      else if (!model.level().empty()) view.leaveGroup();
      else return false;
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (modifiers) return false;
      if (const int i = model.blockIndex(focus); i >= 0) {
        const auto id = model.block(i).id;
        setSelection({id});
        if (model.block(i).kind == BlockItem::Kind::Group) view.openGroup(id);
        else Q_EMIT view.activated(NodeId{id});
      } else if (model.noteIndex(focus) >= 0) {
        editNote(focus);
      } else {
        return false;
      }
      return true;
    case Qt::Key_Space:
      if (modifiers & Qt::ShiftModifier) {
        auto ids = selection;
        if (!ids.erase(focus) && !focus.empty()) ids.insert(focus);
        setSelection(std::move(ids));
        return true;
      }
      if (modifiers) return false;
      if (!repeated) spaceDown = true, spaceUsed = false;
      updateCursor();
      return true;
    case Qt::Key_P: {
      // Walks through the ports of the focused block: outputs, then inputs, then the block again.
      const int index = model.blockIndex(focus);
      if (modifiers & ~Qt::ShiftModifier || index < 0) return false;
      const auto& face = *model.block(index).face;
      const int count = static_cast<int>(face.outputs.size() + face.inputs.size());
      setFocus(focus, focusPort + 1 < count ? focusPort + 1 : -1);
      if (focusPort >= 0) say(portName(*this, index, focusPort));
      return true;
    }
    case Qt::Key_Home:
      focusFirst();
      return true;
    case Qt::Key_F1: {
      const auto* node = document().node(NodeId{focus});
      if (node) Q_EMIT view.helpRequested(QString::fromStdString(node->type));
      return node != nullptr;
    }
    default:
      return false;
  }
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
  if (core_->key(event->key(), event->modifiers(), event->isAutoRepeat())) event->accept();
  else QAbstractScrollArea::keyPressEvent(event);
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat() && core_->spaceDown) {
    core_->spaceDown = false;
    core_->updateCursor();
    // Tapped, not held for a drag: add at the pointer, or in the middle.
    if (!core_->spaceUsed && !core_->gesture) {
      const QRectF room{viewport()->rect()};
      core_->requestAdd(underMouse() && room.contains(core_->pointer) ? core_->pointer : room.center());
    }
    event->accept();
    return;
  }
  if ((event->key() == Qt::Key_Control) && !event->isAutoRepeat()) core_->editor.endMerge();
  QAbstractScrollArea::keyReleaseEvent(event);
}

}  // namespace patchbay::widgets
