// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/annotator/annotator_impl.h"

namespace patchbay::widgets {

namespace {
constexpr double reachView = 7;     ///< Screen pixels around a handle.
constexpr double dragFromView = 4;  ///< Less is a click.
constexpr int snapView = 10;        ///< How far an edge draws a vertex.
}  // namespace

/// The reason is told where it is refused.
bool AnnotatorView::Impl::mayDraw() {
  if (!picture) return false;
  if (!readOnly.isEmpty()) {
    Q_EMIT self.told(readOnly, true);
    return false;
  }
  if (!active.empty() || tool == Tool::Eraser || tool == Tool::Hole) return true;
  Q_EMIT self.told(tr("Name a class first; what is drawn belongs to one."), true);
  Q_EMIT self.classWanted();
  return false;
}

QPointF AnnotatorView::Impl::snapped(QPointF point, Qt::KeyboardModifiers modifiers) const {
  point = inside(point, extent());
  if (!snaps || (modifiers & Qt::ShiftModifier) || !picture) return point;
  // In the pixels that are seen: an edge half a screen away is not meant.
  const double finer = static_cast<double>(size.width()) / picture->size().width();
  const auto& level = picture->at(camera.zoom * finer);
  const double sx = static_cast<double>(level.width()) / size.width(), sy = static_cast<double>(level.height()) / size.height();
  const int radius = std::clamp(static_cast<int>(viewPixels(snapView) * sx), 1, 16);
  const auto found = snapToEdge(level, {point.x() * sx, point.y() * sy}, radius);
  return {found.x() / sx, found.y() / sy};
}

void AnnotatorView::Impl::warnTiny(const Annotation& shape) {
  bool tiny = isTiny(shape, tinySide);
  if (shape.kind == AnnotationKind::Mask) {
    const auto mask = MaskRuns::parse(shape.text, size.width(), size.height());
    tiny = mask && std::min(mask->bounds().width(), mask->bounds().height()) < tinySide;
  }
  if (tiny)
    Q_EMIT self.told(tr("This shape is smaller than %1 pixels at one side; training hardly sees it. Ctrl+Z takes it back.").arg(tinySide),
                     true);
}

void AnnotatorView::Impl::addShape(Annotation shape, const Text& what) {
  shape.label = active;
  auto now = annotations;
  now.push_back(std::move(shape));
  const int index = static_cast<int>(now.size()) - 1;
  const auto made = now.back();
  tool = Tool::Select;
  self.setCursor(Qt::ArrowCursor);
  finish(std::move(now), what, index);
  Q_EMIT self.toolChanged();
  warnTiny(made);
}

// --- press, move, release, by mouse or keys ----------------------------------------------------------------------------------

void AnnotatorView::Impl::press(QPointF point, Qt::KeyboardModifiers modifiers) {
  at = point;
  switch (tool) {
    case Tool::Select:
      return pressSelect(point, modifiers);
    case Tool::Polygon:
    case Tool::Hole:
      return pressPolygon(point, modifiers);
    case Tool::Brush:
    case Tool::Eraser:
      return beginStroke(point);
    case Tool::Wand:
    case Tool::Positive:
    case Tool::Negative:
      return pressHint(point, modifiers);
    default:
      break;
  }
  // Boxes: drawn in one drag, or by clicks at their corners.
  if (drag == Drag::Draw) return;
  if (!mayDraw()) return;
  from = inside(point, extent());
  drag = Drag::Draw;
  points.clear();
}

void AnnotatorView::Impl::pressSelect(QPointF point, Qt::KeyboardModifiers modifiers) {
  if (editable(chosen)) {
    const auto& shape = annotations[static_cast<std::size_t>(chosen)];
    if (const auto handle = handleNear(shape, point, viewPixels(reachView))) {
      if (modifiers & Qt::ControlModifier) {
        removeVertexAt(point);
        return;
      }
      vertex = handle;
      before = shape;
      drag = Drag::Vertex;
      return self.update();
    }
  }
  self.select(topmostAt(point));
  vertex.reset();
  if (!editable(chosen) || annotations[static_cast<std::size_t>(chosen)].kind == AnnotationKind::Mask) return;
  before = annotations[static_cast<std::size_t>(chosen)];
  from = point;
  drag = Drag::Move;
}

void AnnotatorView::Impl::pressPolygon(QPointF point, Qt::KeyboardModifiers modifiers) {
  if (!mayDraw()) return;
  if (tool == Tool::Hole && (!editable(chosen) || annotations[static_cast<std::size_t>(chosen)].kind != AnnotationKind::Polygon))
    return Q_EMIT self.told(tr("Choose the polygon first that gets the hole."), true);
  if (points.size() >= 3 && distance(points.front(), point) <= viewPixels(reachView)) return closePolygon();
  const auto next = snapped(point, modifiers);
  if (points.empty() || distance(points.back(), next) > 1e-3) points.push_back(next);
  self.update();
}

void AnnotatorView::Impl::closePolygon() {
  const auto ring = std::exchange(points, {});
  if (ring.size() < 3) return Q_EMIT self.told(tr("A polygon needs three points."), true);
  if (tool != Tool::Hole) return addShape(makePolygon(ring), TR("annotator", "Polygon drawn"));
  if (!editable(chosen)) return;
  auto made = withHole(annotations[static_cast<std::size_t>(chosen)], ring);
  self.update();
  if (!made) return Q_EMIT self.told(tr("The hole has to lie inside the chosen polygon."), true);
  auto now = annotations;
  now[static_cast<std::size_t>(chosen)] = std::move(*made);
  tool = Tool::Select;
  finish(std::move(now), TR("annotator", "Hole cut into a polygon"), chosen);
  Q_EMIT self.toolChanged();
}

void AnnotatorView::Impl::pressHint(QPointF point, Qt::KeyboardModifiers modifiers) {
  if (!mayDraw()) return;
  point = inside(point, extent());
  if (tool == Tool::Wand && !(modifiers & Qt::ShiftModifier)) hint = {};
  hint.tool = tool == Tool::Wand ? Tool::Wand : hint.box ? Tool::Grab : Tool::Positive;
  (tool == Tool::Negative ? hint.negative : hint.positive).push_back(point);
  self.update();
  if (hint.positive.empty() && !hint.box) return Q_EMIT self.told(tr("Point at the thing first (Q), then beside it (E)."), false);
  Q_EMIT self.previewWanted(hint);
}

void AnnotatorView::Impl::move(QPointF point, Qt::KeyboardModifiers modifiers) {
  const auto last = std::exchange(at, point);
  switch (drag) {
    case Drag::Draw:
      if (tool == Tool::RotatedBox)
        draft = points.empty() ? makeRotatedBox(from, point, point) : makeRotatedBox(points[0], points[1], point);
      else draft = makeBox(from, point, extent());
      break;
    case Drag::Vertex:
      draft = withVertexAt(before, *vertex, before.kind == AnnotationKind::Polygon ? snapped(point, modifiers) : point, extent());
      break;
    case Drag::Move:
      draft = distance(from, point) < viewPixels(dragFromView) && !draft ? std::nullopt
                                                                         : std::optional{movedBy(before, point - from, extent())};
      break;
    case Drag::Stroke:
      goStroke(last, point);
      break;
    default:
      break;
  }
  Q_EMIT self.hovered(point);
  self.update();
}

void AnnotatorView::Impl::release(QPointF point, Qt::KeyboardModifiers) {
  const auto how = drag;
  if (how == Drag::Stroke) return endStroke();
  if (how == Drag::Draw) {
    // A click alone is the first corner; the next one is the other.
    const bool clicked = distance(from, point) < viewPixels(dragFromView) && points.empty();
    if (!clicked) endDraw(point);
    return;
  }
  if (how != Drag::Vertex && how != Drag::Move) return;
  drag = Drag::None;
  auto made = std::exchange(draft, std::nullopt);
  if (!made || !self.isShape(chosen)) return self.update();
  auto now = annotations;
  now[static_cast<std::size_t>(chosen)] = *made;
  now[static_cast<std::size_t>(chosen)].author.clear();
  const auto kept = vertex;
  finish(std::move(now), how == Drag::Move ? TR("annotator", "Shape moved") : TR("annotator", "Shape changed"), chosen);
  vertex = kept;
  warnTiny(*made);
}

void AnnotatorView::Impl::endDraw(QPointF point) {
  point = inside(point, extent());
  if (tool == Tool::RotatedBox && points.empty()) {
    if (distance(from, point) < 1) return;
    points = {from, point};
    return self.update();
  }
  drag = Drag::None;
  draft.reset();
  if (tool == Tool::RotatedBox) {
    const auto edge = std::exchange(points, {});
    const auto made = makeRotatedBox(edge[0], edge[1], point);
    if (made.geometry[3] < 1) return Q_EMIT self.told(tr("This box has no height; draw it again."), true);
    return addShape(made, TR("annotator", "Rotated box drawn"));
  }
  const auto made = makeBox(from, point, extent());
  if (made.geometry[2] < 1 || made.geometry[3] < 1) {
    self.update();
    return Q_EMIT self.told(tr("This box is smaller than a pixel; draw it again."), true);
  }
  if (tool == Tool::Grab) {
    hint = {};
    hint.tool = Tool::Grab;
    hint.box = QRectF{made.geometry[0], made.geometry[1], made.geometry[2], made.geometry[3]};
    self.update();
    return Q_EMIT self.previewWanted(hint);
  }
  addShape(made, TR("annotator", "Box drawn"));
}

// --- brush -------------------------------------------------------------------------------------------------------------------

void AnnotatorView::Impl::beginStroke(QPointF point) {
  if (!mayDraw()) return;
  painted = -1;
  const auto isMask = [&](int i) { return editable(i) && runs[static_cast<std::size_t>(i)].has_value(); };
  if (isMask(chosen) && (tool == Tool::Eraser || annotations[static_cast<std::size_t>(chosen)].label == active)) painted = chosen;
  if (painted < 0 && tool == Tool::Eraser) painted = isMask(topmostAt(point)) ? topmostAt(point) : -1;
  if (painted < 0 && tool == Tool::Eraser) return Q_EMIT self.told(tr("There is no mask here to erase from."), true);
  if (static_cast<qint64>(size.width()) * size.height() > 100'000'000)
    return Q_EMIT self.told(tr("This picture is too large for masks; boxes and polygons work."), true);
  paint = painted >= 0 ? MaskBitmap{*runs[static_cast<std::size_t>(painted)]} : MaskBitmap{size.width(), size.height()};
  drag = Drag::Stroke;
  masks = {};
  strokeLayer = {};
  goStroke(point, point);
  self.update();
}

void AnnotatorView::Impl::goStroke(QPointF a, QPointF b) {
  const auto changed = paint.stroke(a, b, diameter / 2, tool == Tool::Brush);
  if (changed.isEmpty() && !strokeLayer.isNull()) return;
  const QRectF view{camera.toView(QRectF{changed}.topLeft()), camera.toView(QRectF{changed}.bottomRight())};
  sampleStroke(view.toAlignedRect().adjusted(-2, -2, 2, 2));
}

void AnnotatorView::Impl::endStroke() {
  drag = Drag::None;
  masks = {};
  const auto canvas = std::exchange(paint, {});
  auto text = canvas.text();
  const bool nothing = canvas.area() == 0;
  auto now = annotations;
  if (painted < 0) {
    if (nothing) return self.update();
    Annotation made;
    made.kind = AnnotationKind::Mask;
    made.label = active;
    made.text = std::move(text);
    now.push_back(std::move(made));
    return finish(std::move(now), TR("annotator", "Mask painted"), static_cast<int>(annotations.size()));
  }
  const auto index = static_cast<std::size_t>(painted);
  if (nothing) {
    now.erase(now.begin() + painted);
    return finish(std::move(now), TR("annotator", "Mask erased"), -1);
  }
  // Attributes stand behind the first line.
  const auto& old = now[index].text;
  if (const auto end = old.find('\n'); end != std::string::npos) text += old.substr(end);
  now[index].text = std::move(text);
  now[index].author.clear();
  finish(std::move(now), tool == Tool::Brush ? TR("annotator", "Mask painted") : TR("annotator", "Mask erased"), painted);
  self.update();
}

// --- vertices, previews ------------------------------------------------------------------------------------------------------

void AnnotatorView::Impl::insertVertexAt(QPointF point, double reach) {
  if (!editable(chosen)) return;
  const auto& shape = annotations[static_cast<std::size_t>(chosen)];
  const auto edge = edgeNear(shape, point, reach);
  if (shape.kind != AnnotationKind::Polygon || !edge) return;
  auto now = annotations;
  now[static_cast<std::size_t>(chosen)] = withVertexInserted(shape, edge->from, edge->at);
  const Vertex made{edge->from.ring, edge->from.index + 1};
  finish(std::move(now), TR("annotator", "Vertex added"), chosen);
  vertex = made;
}

bool AnnotatorView::Impl::removeVertexAt(QPointF point) {
  if (!editable(chosen)) return false;
  const auto& shape = annotations[static_cast<std::size_t>(chosen)];
  const auto which = vertex ? vertex : handleNear(shape, point, viewPixels(reachView));
  if (!which || shape.kind != AnnotationKind::Polygon) return false;
  auto made = withoutVertex(shape, *which);
  if (!made) {
    Q_EMIT self.told(tr("A polygon needs three points."), true);
    return true;
  }
  auto now = annotations;
  now[static_cast<std::size_t>(chosen)] = std::move(*made);
  finish(std::move(now), TR("annotator", "Vertex removed"), chosen);
  return true;
}

void AnnotatorView::Impl::takePreview() {
  if (!preview) return;
  auto shape = *std::exchange(preview, std::nullopt);
  previewRuns.reset();
  hint = {};
  const auto kept = tool;
  addShape(std::move(shape), TR("annotator", "Proposed shape taken"));
  lastTool = kept;
}

void AnnotatorView::Impl::letGo() {
  drag = Drag::None;
  pressed = false;
  draft.reset();
  points.clear();
  hint = {};
  preview.reset();
  previewRuns.reset();
  paint = {};
  masks = {};
  self.update();
}

// --- events ------------------------------------------------------------------------------------------------------------------

void AnnotatorView::mousePressEvent(QMouseEvent* event) {
  auto& d = *impl_;
  setFocus(Qt::MouseFocusReason);
  if (event->button() == Qt::MiddleButton) {
    d.drag = Impl::Drag::Pan;
    d.panFrom = event->position();
    setCursor(Qt::ClosedHandCursor);
    return;
  }
  if (event->button() == Qt::RightButton && !d.points.empty()) return acceptDrawing();
  if (event->button() != Qt::LeftButton || !d.picture) return;
  d.overPicture = true;
  d.press(d.camera.toPicture(event->position()), event->modifiers());
}

void AnnotatorView::mouseMoveEvent(QMouseEvent* event) {
  auto& d = *impl_;
  if (d.drag == Impl::Drag::Pan) {
    d.camera.origin += event->position() - d.panFrom;
    d.panFrom = event->position();
    d.camera.keepInSight(d.extent(), QSizeF{size()});
    d.fitted = false;
    return d.cameraMoved();
  }
  d.overPicture = true;
  d.move(d.camera.toPicture(event->position()), event->modifiers());
}

void AnnotatorView::mouseReleaseEvent(QMouseEvent* event) {
  auto& d = *impl_;
  if (event->button() == Qt::MiddleButton && d.drag == Impl::Drag::Pan) {
    d.drag = Impl::Drag::None;
    setCursor(isDrawingTool(d.tool) ? Qt::CrossCursor : Qt::ArrowCursor);
    return;
  }
  if (event->button() == Qt::LeftButton) d.release(d.camera.toPicture(event->position()), event->modifiers());
}

void AnnotatorView::mouseDoubleClickEvent(QMouseEvent* event) {
  auto& d = *impl_;
  if (event->button() != Qt::LeftButton || !d.picture) return;
  const auto point = d.camera.toPicture(event->position());
  if (d.tool == Tool::Polygon || d.tool == Tool::Hole) return d.points.size() >= 3 ? d.closePolygon() : d.press(point, event->modifiers());
  if (d.tool == Tool::Select &&
      !handleNear(d.editable(d.chosen) ? d.annotations[static_cast<std::size_t>(d.chosen)] : Annotation{}, point, d.viewPixels(reachView)))
    return d.insertVertexAt(point, d.viewPixels(reachView));
  d.press(point, event->modifiers());
}

void AnnotatorView::wheelEvent(QWheelEvent* event) {
  auto& d = *impl_;
  const double steps = event->angleDelta().y() / 120.0;
  event->accept();
  if (steps == 0) return;
  if (event->modifiers() & Qt::ShiftModifier) return setBrush(d.diameter * std::pow(1.2, steps));
  d.camera.zoomAt(event->position(), std::pow(1.25, steps), d.extent(), QSizeF{size()});
  d.fitted = false;
  d.cameraMoved();
}

void AnnotatorView::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  impl_->overPicture = false;
  update();
}

}  // namespace patchbay::widgets
