// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/annotator/annotator_impl.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

constexpr double gridFrom = 8;                             ///< Screen pixels a pixel of the picture.
constexpr double mosaicFrom = 2;                           ///< From here on pixels are shown as they are.
constexpr int fill = 60, fillChosen = 90, fillMask = 110;  ///< Of 255.

QColor readableOn(const QColor& ground) { return contrast(ground, Qt::white) >= contrast(ground, Qt::black) ? Qt::white : Qt::black; }

QRgb premultiplied(QColor colour, int alpha) { return qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), alpha)); }

}  // namespace

void AnnotatorView::Impl::makeBase() {
  const double ratio = self.devicePixelRatioF();
  base = QImage{self.size() * ratio, QImage::Format_RGB32};
  base.setDevicePixelRatio(ratio);
  base.fill(self.palette().color(QPalette::Base));
  if (!picture || size.isEmpty()) return;
  // Scaled down decoded pictures have fewer pixels than the annotations count.
  const double finer = static_cast<double>(size.width()) / picture->size().width();
  const auto& level = picture->at(camera.zoom * ratio * finer);
  const auto seen =
      QRectF{camera.toPicture({0, 0}), camera.toPicture({static_cast<double>(self.width()), static_cast<double>(self.height())})} &
      QRectF{QPointF{}, extent()};
  if (seen.isEmpty()) return;
  const double sx = static_cast<double>(level.width()) / size.width(), sy = static_cast<double>(level.height()) / size.height();
  QImage part = base;
  part.detach();
  QPainter painter{&part};
  painter.setRenderHint(QPainter::SmoothPixmapTransform, camera.zoom < mosaicFrom);
  painter.drawImage(QRectF{camera.toView(seen.topLeft()), camera.toView(seen.bottomRight())}, level,
                    QRectF{seen.x() * sx, seen.y() * sy, seen.width() * sx, seen.height() * sy});
  painter.end();
  if (tones != Tones{}) {
    const auto ground = base;
    applyTones(part, tones);
    // What lies beside the picture keeps its colour.
    QPainter over{&base};
    const QRectF where{camera.toView(seen.topLeft()), camera.toView(seen.bottomRight())};
    over.setClipRect(where);
    over.drawImage(QPointF{}, part);
  } else {
    base = std::move(part);
  }
}

void AnnotatorView::Impl::paintMask(QImage& layer, const MaskRuns& mask, QColor colour, int strength) const {
  if (mask.area() == 0) return;
  const auto rgb = premultiplied(colour, strength);
  const auto bounds = mask.bounds();
  const int left = std::max(0, static_cast<int>(std::floor(camera.toView(bounds.topLeft()).x())));
  const int right =
      std::min(layer.width() - 1, static_cast<int>(std::ceil(camera.toView(QPointF(bounds.bottomRight()) + QPointF{1, 1}).x())));
  const auto stride = layer.bytesPerLine() / 4;
  auto* pixels = reinterpret_cast<QRgb*>(layer.bits());
  int known = -1;
  std::vector<std::pair<int, int>> spans;
  for (int x = left; x <= right; ++x) {
    const int column = static_cast<int>(std::floor(camera.toPicture({x + .5, 0}).x()));
    if (column != known) spans = mask.spans(known = column);
    for (const auto& [first, past] : spans) {
      const int top = std::max(0, static_cast<int>(std::lround(camera.origin.y() + first * camera.zoom)));
      const int bottom = std::min(layer.height(), std::max(top + 1, static_cast<int>(std::lround(camera.origin.y() + past * camera.zoom))));
      for (int y = top; y < bottom; ++y) pixels[y * stride + x] = rgb;
    }
  }
}

void AnnotatorView::Impl::makeMasks() {
  masks = QImage{self.size(), QImage::Format_ARGB32_Premultiplied};
  masks.fill(Qt::transparent);
  if (!allHides)
    for (std::size_t i = 0; i < annotations.size(); ++i)
      if (runs[i] && !hides[i] && !(drag == Drag::Stroke && painted == static_cast<int>(i)))
        paintMask(masks, *runs[i], colour(annotations[i].label), static_cast<int>(i) == chosen ? fillMask + 40 : fillMask);
  if (previewRuns) paintMask(masks, *previewRuns, colour(active), rough ? fill : fillMask);
}

/// Of the mask under the brush only what changed.
void AnnotatorView::Impl::sampleStroke(QRect view) {
  if (strokeLayer.size() != self.size()) {
    strokeLayer = QImage{self.size(), QImage::Format_ARGB32_Premultiplied};
    strokeLayer.fill(Qt::transparent);
    view = self.rect();
  }
  view &= self.rect();
  const auto on = premultiplied(colour(painted >= 0 ? annotations[static_cast<std::size_t>(painted)].label : active), fillMask + 40);
  std::vector<int> columns(static_cast<std::size_t>(std::max(0, view.width())));
  for (int x = 0; x < view.width(); ++x)
    columns[static_cast<std::size_t>(x)] = static_cast<int>(std::floor(camera.toPicture({view.left() + x + .5, 0}).x()));
  for (int y = view.top(); y <= view.bottom(); ++y) {
    const int row = static_cast<int>(std::floor(camera.toPicture({0, y + .5}).y()));
    auto* line = reinterpret_cast<QRgb*>(strokeLayer.scanLine(y)) + view.left();
    for (std::size_t x = 0; x < columns.size(); ++x) {
      const int column = columns[x];
      line[x] = column >= 0 && row >= 0 && column < paint.width() && row < paint.height() && paint.at(column, row) ? on : 0;
    }
  }
}

void AnnotatorView::Impl::paintTag(QPainter& painter, const Annotation& shape, QRectF bounds, QColor tint) const {
  auto text = fromUtf8(displayText(shape.label));
  if (shape.author.starts_with("model:")) text = tr("%1, %2").arg(text, sayPercent(shape.score, 0));
  if (text.isEmpty()) return;
  const auto& metrics = painter.fontMetrics();
  text = metrics.elidedText(text, Qt::ElideRight, 200);
  QRectF tag{bounds.left(), bounds.top() - metrics.height() - 2, metrics.horizontalAdvance(text) + 8.0, metrics.height() + 2.0};
  tag.moveLeft(std::clamp(tag.left(), 0.0, std::max(0.0, self.width() - tag.width())));
  if (tag.top() < 0) tag.moveTop(std::max(0.0, bounds.top()));
  painter.fillRect(tag, tint);
  painter.setPen(readableOn(tint));
  painter.drawText(tag, Qt::AlignCenter, text);
}

void AnnotatorView::Impl::paintShape(QPainter& painter, const Annotation& shape, QColor tint, bool isChosen, bool dashed) const {
  QPainterPath path;
  for (const auto& ring : ringsOf(shape)) {
    QPolygonF polygon;
    for (const auto& p : ring) polygon << camera.toView(p);
    path.addPolygon(polygon);
    path.closeSubpath();
  }
  auto ground = tint;
  ground.setAlpha(isChosen ? fillChosen : fill / 2);
  painter.setBrush(ground);
  // A dark line under the coloured one is seen on any picture.
  painter.setPen(QPen{QColor{0, 0, 0, 150}, isChosen ? 4.0 : 3.0});
  painter.drawPath(path);
  QPen pen{tint, isChosen ? 2.0 : 1.5};
  if (dashed) pen.setStyle(Qt::DashLine);
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(path);
  if (shape.kind == AnnotationKind::Points)
    for (std::size_t i = 0; i + 2 < shape.geometry.size(); i += 3)
      if (shape.geometry[i + 2] > 0) painter.drawEllipse(camera.toView({shape.geometry[i], shape.geometry[i + 1]}), 4, 4);
}

QRectF AnnotatorView::Impl::tagBounds(int index) const {
  const auto k = static_cast<std::size_t>(index);
  const auto b = runs[k] ? QRectF{runs[k]->bounds()} : boundsOf(annotations[k]);
  return {camera.toView(b.topLeft()), camera.toView(b.bottomRight())};
}

void AnnotatorView::Impl::paintGrid(QPainter& painter) const {
  if (camera.zoom < gridFrom || !picture) return;
  painter.setPen(QPen{QColor{128, 128, 128, 90}, 1});
  painter.setRenderHint(QPainter::Antialiasing, false);
  const auto a = camera.toPicture({0, 0}), b = camera.toPicture({static_cast<double>(self.width()), static_cast<double>(self.height())});
  const int left = std::max(0, static_cast<int>(a.x())), right = std::min(size.width(), static_cast<int>(b.x()) + 1);
  const int top = std::max(0, static_cast<int>(a.y())), bottom = std::min(size.height(), static_cast<int>(b.y()) + 1);
  for (int x = left; x <= right; ++x) painter.drawLine(camera.toView(QPointF(x, top)), camera.toView(QPointF(x, bottom)));
  for (int y = top; y <= bottom; ++y) painter.drawLine(camera.toView(QPointF(left, y)), camera.toView(QPointF(right, y)));
}

void AnnotatorView::Impl::paintGesture(QPainter& painter) const {
  const auto tint = colour(active);
  if (draft) paintShape(painter, *draft, tint, true, true);
  if (preview && !previewRuns) paintShape(painter, *preview, tint, true, true);
  if (hint.box && !preview) paintShape(painter, makeBox(hint.box->topLeft(), hint.box->bottomRight(), extent()), tint, false, true);
  if (!points.empty()) {
    QPolygonF line;
    for (const auto& p : points) line << camera.toView(p);
    if (overPicture) line << camera.toView(at);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{QColor{0, 0, 0, 150}, 3});
    painter.drawPolyline(line);
    painter.setPen(QPen{tint, 1.5, Qt::DashLine});
    painter.drawPolyline(line);
    painter.setPen(QPen{Qt::black, 1});
    painter.setBrush(Qt::white);
    for (const auto& p : points) painter.drawEllipse(camera.toView(p), 4, 4);
  }
  painter.setPen(QPen{Qt::white, 1.5});
  for (const auto& p : hint.positive) {
    painter.setBrush(toneColour(Tone::Good, themePalette(false)));
    painter.drawEllipse(camera.toView(p), 5, 5);
  }
  for (const auto& p : hint.negative) {
    painter.setBrush(toneColour(Tone::Bad, themePalette(false)));
    painter.drawEllipse(camera.toView(p), 5, 5);
  }
  if (!overPicture || !picture) return;
  const auto here = camera.toView(at);
  if (isDrawingTool(tool) || pressed || self.hasFocus()) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& [colour, offset] :
         {std::pair{QColor{0, 0, 0, isDrawingTool(tool) ? 130 : 40}, 1.0}, {QColor{255, 255, 255, isDrawingTool(tool) ? 200 : 60}, 0.0}}) {
      painter.setPen(QPen{colour, 1});
      painter.drawLine(QPointF{0, here.y() + offset}, QPointF{static_cast<double>(self.width()), here.y() + offset});
      painter.drawLine(QPointF{here.x() + offset, 0}, QPointF{here.x() + offset, static_cast<double>(self.height())});
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
  }
  if (tool == Tool::Brush || tool == Tool::Eraser) {
    painter.setBrush(Qt::NoBrush);
    const double r = diameter / 2 * camera.zoom;
    painter.setPen(QPen{Qt::black, 2});
    painter.drawEllipse(here, r, r);
    painter.setPen(QPen{Qt::white, 1});
    painter.drawEllipse(here, r, r);
  }
}

void AnnotatorView::paintEvent(QPaintEvent* event) {
  auto& d = *impl_;
  if (d.base.isNull()) d.makeBase();
  if (d.masks.isNull()) d.makeMasks();
  QPainter painter{this};
  painter.setClipRect(event->rect());
  painter.drawImage(QPointF{}, d.base);
  if (!d.picture) {
    painter.setPen(toneColour(d.problem.isEmpty() ? Tone::Neutral : Tone::Bad, palette()));
    painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                     !d.problem.isEmpty() ? d.problem
                     : d.notice.isEmpty() ? tr("Loading…")
                                          : d.notice);
    return;
  }
  painter.drawImage(QPointF{}, d.masks);
  if (d.drag == Impl::Drag::Stroke) painter.drawImage(QPointF{}, d.strokeLayer);
  d.paintGrid(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!d.allHides) {
    for (int i = 0; i < static_cast<int>(d.annotations.size()); ++i) {
      const auto& a = d.annotations[static_cast<std::size_t>(i)];
      if (!isShape(i) || d.hides[static_cast<std::size_t>(i)]) continue;
      const auto tint = d.colour(a.label);
      if (a.kind != AnnotationKind::Mask) d.paintShape(painter, a, tint, i == d.chosen, a.author.starts_with("model:"));
      d.paintTag(painter, a, d.tagBounds(i), tint);
    }
    if (d.editable(d.chosen) && d.tool == Tool::Select) {
      painter.setPen(QPen{Qt::black, 1});
      for (const auto& handle : handlesOf(d.annotations[static_cast<std::size_t>(d.chosen)], 3 * d.viewPixels(7))) {
        painter.setBrush(d.vertex == handle.vertex ? d.colour(d.annotations[static_cast<std::size_t>(d.chosen)].label) : QColor{Qt::white});
        painter.drawRect(QRectF{d.camera.toView(handle.at) - QPointF{4, 4}, QSizeF{8, 8}});
      }
    }
  }
  d.paintGesture(painter);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Highlight), 2});
    painter.drawRect(QRectF{rect()}.adjusted(1, 1, -1, -1));
  }
}

}  // namespace patchbay::widgets
