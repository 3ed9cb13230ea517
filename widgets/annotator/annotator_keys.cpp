// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/annotator/annotator_impl.h"

namespace patchbay::widgets {

namespace {

constexpr double stepView = 8, farView = 64;

struct ToolKey {
  int key;
  Qt::KeyboardModifiers modifiers;
  Tool tool;
};
constexpr auto none = Qt::NoModifier;
const std::array toolKeys{ToolKey{Qt::Key_V, none, Tool::Select},
                          ToolKey{Qt::Key_R, none, Tool::Box},
                          ToolKey{Qt::Key_T, none, Tool::RotatedBox},
                          ToolKey{Qt::Key_P, none, Tool::Polygon},
                          ToolKey{Qt::Key_P, Qt::ShiftModifier, Tool::Hole},
                          ToolKey{Qt::Key_B, none, Tool::Brush},
                          ToolKey{Qt::Key_X, none, Tool::Eraser},
                          ToolKey{Qt::Key_W, none, Tool::Wand},
                          ToolKey{Qt::Key_Q, none, Tool::Positive},
                          ToolKey{Qt::Key_E, none, Tool::Negative},
                          ToolKey{Qt::Key_G, none, Tool::Grab}};
constexpr std::array otherKeys{Qt::Key_N,        Qt::Key_I,     Qt::Key_H,      Qt::Key_L,           Qt::Key_F,
                               Qt::Key_Plus,     Qt::Key_Minus, Qt::Key_Equal,  Qt::Key_Left,        Qt::Key_Right,
                               Qt::Key_Up,       Qt::Key_Down,  Qt::Key_Space,  Qt::Key_Delete,      Qt::Key_PageUp,
                               Qt::Key_PageDown, Qt::Key_Comma, Qt::Key_Period, Qt::Key_BracketLeft, Qt::Key_BracketRight};

Qt::KeyboardModifiers without(Qt::KeyboardModifiers modifiers) { return modifiers & ~Qt::KeyboardModifiers{Qt::KeypadModifier}; }

}  // namespace

bool AnnotatorView::Impl::arrow(int key, Qt::KeyboardModifiers modifiers) {
  const QPointF way{key == Qt::Key_Left    ? -1.0
                    : key == Qt::Key_Right ? 1.0
                                           : 0.0,
                    key == Qt::Key_Up     ? -1.0
                    : key == Qt::Key_Down ? 1.0
                                          : 0.0};
  if (way.isNull()) return false;
  const double far = modifiers & Qt::ShiftModifier ? farView : stepView;
  if (modifiers & Qt::ControlModifier) {
    camera.origin -= way * farView;
    camera.keepInSight(extent(), QSizeF{self.size()});
    fitted = false;
    cameraMoved();
    return true;
  }
  if (modifiers & Qt::AltModifier) {
    if (!editable(chosen) || annotations[static_cast<std::size_t>(chosen)].kind == AnnotationKind::Mask) return true;
    auto now = annotations;
    now[static_cast<std::size_t>(chosen)] =
        movedBy(now[static_cast<std::size_t>(chosen)], way * (modifiers & Qt::ShiftModifier ? 10 : 1), extent());
    finish(std::move(now), TR("annotator", "Shape moved"), chosen);
    return true;
  }
  if (!overPicture) at = inside(camera.toPicture(QRectF{self.rect()}.center()), extent());
  overPicture = true;
  // Whole pixels: keys are for precision.
  const double step = std::max(1.0, std::round(viewPixels(far)));
  move(inside({std::floor(at.x()) + way.x() * step, std::floor(at.y()) + way.y() * step}, extent()), modifiers);
  return true;
}

/// Tools that draw by dragging are held down until the next press; the others are clicked with.
void AnnotatorView::Impl::pressByKey(Qt::KeyboardModifiers modifiers) {
  if (!picture) return;
  if (!overPicture) at = inside(camera.toPicture(QRectF{self.rect()}.center()), extent());
  overPicture = true;
  if (pressed) {
    pressed = false;
    return release(at, modifiers);
  }
  const bool held = tool == Tool::Select || tool == Tool::Brush || tool == Tool::Eraser;
  press(at, modifiers);
  if (held && drag != Drag::None) pressed = true;
  else release(at, modifiers);
}

void AnnotatorView::Impl::chooseNext(int by) {
  const int n = static_cast<int>(annotations.size());
  int i = chosen < 0 && by < 0 ? n : chosen;
  for (int tries = 0; tries < n; ++tries) {
    i = (i + by + n) % n;
    if (self.isShape(i) && !hides[static_cast<std::size_t>(i)]) return self.select(i);
  }
}

bool AnnotatorView::Impl::editKey(int key, Qt::KeyboardModifiers modifiers) {
  const bool control = modifiers & Qt::ControlModifier;
  switch (key) {
    case Qt::Key_H:
      if (control) self.setAllHidden(!allHides);
      else if (chosen >= 0) self.setHidden(chosen, !self.hidden(chosen));
      return true;
    case Qt::Key_L:
      self.setLocked(chosen, !self.locked(chosen));
      return true;
    case Qt::Key_I:
      insertVertexAt(at, viewPixels(1e6));
      return true;
    case Qt::Key_Delete:
      if (!vertex || !removeVertexAt(at)) self.removeSelected();
      return true;
    case Qt::Key_PageUp:
      self.reorderSelected(1);
      return true;
    case Qt::Key_PageDown:
      self.reorderSelected(-1);
      return true;
    case Qt::Key_BracketRight:
      chooseNext(1);
      return true;
    case Qt::Key_BracketLeft:
      chooseNext(-1);
      return true;
    default:
      return false;
  }
}

bool AnnotatorView::wantsKey(QKeyEvent* event) const {
  const auto modifiers = without(event->modifiers());
  const int key = event->key();
  const auto& d = *impl_;
  if (key == Qt::Key_H && modifiers == Qt::ControlModifier) return true;
  if (key >= Qt::Key_Left && key <= Qt::Key_Down) return true;
  if (std::ranges::any_of(toolKeys, [&](const ToolKey& t) { return t.key == key && t.modifiers == modifiers; })) return true;
  if (key == Qt::Key_Escape) return drawing() || d.chosen >= 0 || d.tool != Tool::Select;
  if (key == Qt::Key_Return || key == Qt::Key_Enter) return modifiers == none && drawing();
  if (key == Qt::Key_Backspace) return !d.points.empty();
  // Plus is typed with Shift on many keyboards.
  return (modifiers & ~Qt::KeyboardModifiers{Qt::ShiftModifier}) == none && std::ranges::find(otherKeys, key) != otherKeys.end();
}

bool AnnotatorView::handleKey(QKeyEvent* event) {
  if (!wantsKey(event)) return false;
  auto& d = *impl_;
  const auto modifiers = without(event->modifiers());
  const int key = event->key();
  if (d.arrow(key, modifiers) || d.editKey(key, modifiers)) return true;
  for (const auto& t : toolKeys)
    if (t.key == key && t.modifiers == modifiers) {
      setTool(t.tool);
      return true;
    }
  switch (key) {
    case Qt::Key_N:
      repeatTool();
      return true;
    case Qt::Key_F:
      fit();
      return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomBy(1.25);
      return true;
    case Qt::Key_Minus:
      zoomBy(0.8);
      return true;
    case Qt::Key_Comma:
      setBrush(d.diameter / 1.2);
      return true;
    case Qt::Key_Period:
      setBrush(d.diameter * 1.2);
      return true;
    case Qt::Key_Space:
      d.pressByKey(modifiers);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      acceptDrawing();
      return true;
    case Qt::Key_Backspace:
      d.points.pop_back();
      update();
      return true;
    case Qt::Key_Escape:
      if (drawing()) cancelDrawing();
      else if (d.tool != Tool::Select) setTool(Tool::Select);
      else select(-1);
      return true;
    default:
      return false;
  }
}

/// Keys of the window's commands are the view's own while it has the focus.
bool AnnotatorView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && wantsKey(static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QWidget::event(event);
}

void AnnotatorView::keyPressEvent(QKeyEvent* event) {
  if (!handleKey(event)) QWidget::keyPressEvent(event);
}

}  // namespace patchbay::widgets
