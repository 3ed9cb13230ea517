// SPDX-License-Identifier: GPL-3.0-or-later
// The back buffer and what is drawn above it.
#include <QPaintEngine>
#include <QPainter>
#include <QWidget>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "widgets/canvas/line_raster.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

/// The window's own pixels below the viewport, so that what lies above the canvas needs no copy of all of it; null where the painter
/// draws on something else (a picture that is taken, another kind of window) or not on all of `part`.
QImage pixelsOf(const QPainter& painter, QSize size, const QRect& part) {
  auto* engine = painter.paintEngine();
  auto* device = engine ? engine->paintDevice() : nullptr;
  if (!device || device->devType() != QInternal::Image) return {};
  const auto& image = *static_cast<QImage*>(device);
  if (image.format() != QImage::Format_RGB32 && image.format() != QImage::Format_ARGB32_Premultiplied) return {};
  const auto corner = painter.deviceTransform().map(QPointF{});
  const QRect place{corner.toPoint(), size};
  if (QPointF{place.topLeft()} != corner || !image.rect().contains(place)) return {};
  const auto clip = engine->systemClip();
  if (clip.rectCount() > 1 || (!clip.isEmpty() && !clip.boundingRect().contains(part.translated(place.topLeft())))) return {};
  // bits() of an image that is shared would copy it.
  auto* bits = const_cast<uchar*>(image.constScanLine(place.top())) + std::ptrdiff_t{place.left()} * 4;
  return {bits, size.width(), size.height(), image.bytesPerLine(), QImage::Format_RGB32};
}

}  // namespace

void ViewCore::dirtyAll() {
  bufferValid_ = false;
  overlayChanged();
}

void ViewCore::dirty(const QRectF& scene) {
  if (scene.isNull()) return;
  dirtyScene_ |= scene;
  // Many rectangles cost more than all of it.
  if (++dirtyParts_ > 16) view.viewport()->update();
  else view.viewport()->update(fromScene(scene).adjusted(-3, -3, 3, 3));
}

void ViewCore::overlayChanged() { view.viewport()->update(); }

bool ViewCore::idle() const { return !gesture && !zooming && !tidying && !editorWidget; }

void ViewCore::beginMoving(Movers what) {
  movers = std::move(what);
  dirtyAll();
}

void ViewCore::moveTo(QPointF offset) {
  movers.offset = offset;
  overlayChanged();
}

void ViewCore::endMoving() {
  movers = {};
  guides.clear();
  dirtyAll();
}

/// Brings the buffer to what the camera sees: all of it, or the strips that a pan uncovered and what has changed.
void ViewCore::render() {
  const auto size = view.viewport()->size() * camera.ratio;
  const bool text = !zooming;
  const auto layer = movers.empty() ? ScenePainter::Layer::All : ScenePainter::Layer::Still;
  const auto draw = [&](const QRect& part) {
    painter.paint(buffer_, camera, part, colours, text, layer, movers.empty() ? nullptr : &movers);
  };
  if (buffer_.size() != size) {
    buffer_ = QImage{size, QImage::Format_RGB32};
    bufferValid_ = false;
  }
  const bool sameText = text == bufferHasText_ || camera.zoom < metrics::textZoom;
  const int dx = painted_.originX - camera.originX, dy = painted_.originY - camera.originY;
  const int w = buffer_.width(), h = buffer_.height();
  if (!bufferValid_ || painted_.zoom != camera.zoom || painted_.ratio != camera.ratio || !sameText || std::abs(dx) >= w ||
      std::abs(dy) >= h) {
    draw(buffer_.rect());
  } else {
    if (dx || dy) {
      raster::scroll(buffer_, dx, dy);
      if (dy > 0) draw({0, 0, w, dy});
      if (dy < 0) draw({0, h + dy, w, -dy});
      const int top = std::max(0, dy), rows = h - std::abs(dy);
      if (dx > 0) draw({0, top, dx, rows});
      if (dx < 0) draw({w + dx, top, -dx, rows});
    }
    if (!dirtyScene_.isNull()) draw(camera.toDevice(dirtyScene_).toAlignedRect().adjusted(-3, -3, 3, 3));
  }
  dirtyScene_ = {};
  dirtyParts_ = 0;
  painted_ = camera;
  bufferValid_ = true;
  bufferHasText_ = text;
}

void ViewCore::paint(const QRect& exposed) {
  ++frames;
  render();
  const QRect part =
      QRectF{exposed.x() * camera.ratio, exposed.y() * camera.ratio, exposed.width() * camera.ratio, exposed.height() * camera.ratio}
          .toAlignedRect() &
      buffer_.rect();
  const bool above = !movers.empty() || !selection.empty() || selectedLink || gesture || spliceTarget || hover.kind != Hit::Kind::Nothing ||
                     !guides.empty() || (!focus.empty() && byKeyboard && view.hasFocus()) || !dropType.empty();
  QPainter out{view.viewport()};
  out.setCompositionMode(QPainter::CompositionMode_Source);
  const auto show = [&](const QImage& image) {
    out.drawImage(QRectF{part.x() / camera.ratio, part.y() / camera.ratio, part.width() / camera.ratio, part.height() / camera.ratio},
                  image, QRectF{part});
  };
  if (!above) {
    show(buffer_);
  } else if (auto window = pixelsOf(out, buffer_.size(), part); !window.isNull()) {
    show(buffer_);
    overlay(window, part);
  } else {
    if (frame_.size() != buffer_.size()) frame_ = QImage{buffer_.size(), QImage::Format_RGB32};
    const auto stride = buffer_.bytesPerLine();
    const auto bytes = static_cast<std::size_t>(part.width()) * 4;
    auto* to = frame_.bits();
    const auto* from = buffer_.constBits();
    for (int y = part.top(); y <= part.bottom(); ++y)
      std::memcpy(to + y * stride + part.left() * 4, from + y * stride + part.left() * 4, bytes);
    overlay(frame_, part);
    show(frame_);
  }
  out.setCompositionMode(QPainter::CompositionMode_SourceOver);
  if (gesture) {
    out.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    gesture->overlayText(out);
  }
}

QPointF ViewCore::shownOffset(const std::string& id) const {
  if (movers.empty()) return {};
  if (const int i = model.blockIndex(id); i >= 0) return movers.has(i) ? movers.offset : QPointF{};
  if (const int i = model.noteIndex(id); i >= 0)
    return !movers.notes.empty() && movers.notes[static_cast<std::size_t>(i)] ? movers.offset : QPointF{};
  if (const int i = model.frameIndex(id); i >= 0) {
    const auto& blocks = model.frames()[static_cast<std::size_t>(i)].blocks;
    return !blocks.empty() && movers.has(blocks.front()) ? movers.offset : QPointF{};
  }
  return {};
}

void ViewCore::ringAround(QImage& image, const QRect& clip, const std::string& id, const QColor& colour, int width, int gap) {
  ring(image, clip, rectOf(id), model.blockIndex(id), shownOffset(id), colour, width, gap);
}

void ViewCore::ring(QImage& image, const QRect& clip, const QRectF& rect, int block, QPointF offset, const QColor& colour, int width,
                    int gap) {
  if (rect.isNull()) return;
  auto pixels = camera.pixels(rect.translated(offset));
  gap = std::min(gap, static_cast<int>(gap * camera.scale() + 1));
  pixels.adjust(-gap, -gap, gap, gap);
  if (!pixels.adjusted(-width, -width, width, width).intersects(clip)) return;
  const int radius = camera.zoom < metrics::spriteZoom ? 0 : qRound(metrics::radius * camera.scale()) + width + gap;
  raster::ring(image, clip, pixels, width, radius, colour.rgb());
  if (block >= 0) painter.paintPorts(image, camera, clip, colours, block, offset);
}

void ViewCore::highlight(QImage& image, const QRect& clip, int index, const QColor& colour, double factor) const {
  if (index < 0 || static_cast<std::size_t>(index) >= model.links().size()) return;
  std::array<QPointF, LinkGeometry::segments + 1> pixels;
  const auto& points = model.link(index).geometry.points();
  std::transform(points.begin(), points.end(), pixels.begin(), [&](QPointF p) { return camera.toDevice(p); });
  raster::polyline(image, clip, pixels, ScenePainter::linkWidth(camera) * factor, colour.rgb());
}

void ViewCore::overlay(QImage& image, const QRect& clip) {
  if (!movers.empty()) painter.paint(image, camera, clip, colours, !zooming, ScenePainter::Layer::Moving, &movers);
  const int thick = std::max(1, static_cast<int>(std::lround((camera.zoom < metrics::spriteZoom ? 1.5 : 2) * camera.ratio)));
  const auto accent = colours.accent;
  if (hover.kind == Hit::Kind::Link && !gesture) highlight(image, clip, hover.index, blend(colours.ground, accent, 0.75), 1.6);
  if (selectedLink) highlight(image, clip, model.linkIndex(selectedLink->first, selectedLink->second), accent, 1.8);
  if (spliceTarget) highlight(image, clip, model.linkIndex(spliceTarget->first, spliceTarget->second), colours.tone(Tone::Good), 2.4);
  const auto seen = camera.toScene(QRectF{clip}).adjusted(-8, -8, 8, 8);
  if (selection.size() < 64) {
    for (const auto& id : selection) ringAround(image, clip, id, accent, thick, 1);
  } else {
    // Many: by what is seen, in the order of the index.
    for (const int i : model.blocksIn(seen.translated(-movers.offset).united(seen)))
      if (const auto& block = model.block(i); selection.contains(block.id))
        ring(image, clip, block.rect, i, movers.has(i) ? movers.offset : QPointF{}, accent, thick, 1);
    for (const auto& note : model.notes())
      if (selection.contains(note.id)) ringAround(image, clip, note.id, accent, thick, 1);
    for (const auto& frame : model.frames())
      if (selection.contains(frame.id)) ringAround(image, clip, frame.id, accent, thick, 1);
  }
  if (!focus.empty() && byKeyboard && view.hasFocus() && focusPort < 0)
    ringAround(image, clip, focus, colours.text, std::max(1, thick / 2), selection.contains(focus) ? 4 : 2);
  const auto portRing = [&](QPointF scene, const QColor& colour) {
    const auto at = camera.toDevice(scene).toPoint();
    const int r = qRound((metrics::portSize / 2 + 3) * camera.scale());
    raster::ring(image, clip, {at.x() - r, at.y() - r, 2 * r, 2 * r}, thick, r + thick, colour.rgb());
  };
  if (hover.kind == Hit::Kind::Port && !gesture && movers.empty())
    if (const auto at = portPlace(hover.port)) portRing(*at, accent);
  if (focusPort >= 0 && view.hasFocus())
    if (const int i = model.blockIndex(focus); i >= 0) {
      const auto& block = model.block(i);
      const int outputs = static_cast<int>(block.face->outputs.size());
      portRing(focusPort < outputs ? block.port(false, focusPort) : block.port(true, focusPort - outputs), colours.text);
    }
  const auto guideColour = colours.tone(Tone::Accent).rgb();
  for (const auto& guide : guides) {
    const std::array<QPointF, 2> line{camera.toDevice(guide.from), camera.toDevice(guide.to)};
    raster::polyline(image, clip, line, 1 * camera.ratio, guideColour);
  }
  if (!dropType.empty()) {
    const auto face = model.faces().known(dropType);
    const double height = metrics::header + metrics::padding + (face ? face->rows() : 1) * metrics::portGap;
    raster::ring(image, clip, camera.pixels({dropAt, QSizeF{metrics::blockWidth, height}}), thick,
                 qRound(metrics::radius * camera.scale()) + thick, accent.rgb());
  }
  if (gesture) gesture->overlay(image, clip);
}

}  // namespace patchbay::widgets
