// SPDX-License-Identifier: GPL-3.0-or-later
// Frames, notes and the signs of categories.
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include "widgets/canvas/block_painter.h"
#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

void paintCategory(QPainter& p, Category category) {
  switch (category) {
    case Category::Data:
      p.drawRoundedRect(QRectF{1, 2, 14, 12}, 2, 2);
      p.drawEllipse(QPointF{5.2, 6}, 1.2, 1.2);
      p.drawPolyline(QPolygonF{{2, 12.5}, {6.5, 8.8}, {9, 11}, {12, 7.5}, {14.6, 10.2}});
      return;
    case Category::Backbone:
      p.drawPolygon(QPolygonF{{8, 1}, {15, 4.6}, {8, 8.2}, {1, 4.6}});
      p.drawPolyline(QPolygonF{{1, 8}, {8, 11.6}, {15, 8}});
      p.drawPolyline(QPolygonF{{1, 11.4}, {8, 15}, {15, 11.4}});
      return;
    case Category::Train: {
      p.drawPolyline(QPolygonF{{1, 1}, {1, 15}, {15, 15}});
      QPainterPath curve{{3.5, 2.5}};
      curve.cubicTo(4.5, 10, 8, 11.5, 15, 11.8);
      p.drawPath(curve);
      return;
    }
    case Category::Evaluate:
      p.drawLine(QPointF{3, 15}, QPointF{3, 9});
      p.drawLine(QPointF{8, 15}, QPointF{8, 2});
      p.drawLine(QPointF{13, 15}, QPointF{13, 6});
      return;
    case Category::Model:
      p.drawPolygon(QPolygonF{{8, 1}, {14.5, 4.5}, {14.5, 11.5}, {8, 15}, {1.5, 11.5}, {1.5, 4.5}});
      p.drawPolyline(QPolygonF{{1.5, 4.5}, {8, 8}, {14.5, 4.5}});
      p.drawLine(QPointF{8, 8}, QPointF{8, 15});
      return;
    case Category::Deploy:
      p.drawPolyline(QPolygonF{{1.5, 10}, {1.5, 14.5}, {14.5, 14.5}, {14.5, 10}});
      p.drawLine(QPointF{8, 11}, QPointF{8, 1.5});
      p.drawPolyline(QPolygonF{{4, 5.5}, {8, 1.5}, {12, 5.5}});
      return;
    case Category::Utility:
      p.drawEllipse(QPointF{8, 8}, 2.4, 2.4);
      p.drawEllipse(QPointF{8, 8}, 6.2, 6.2);
      return;
  }
}

void paintNote(QPainter& painter, const NoteItem& note, bool text, const Colours& colours) {
  const auto& r = note.rect;
  auto shadow = colours.shadow;
  shadow.setAlpha(colours.dark ? 50 : 18);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shadow);
  painter.drawRoundedRect(r.translated(0, 2), 4, 4);
  painter.setPen(QPen{colours.noteEdge, 1});
  painter.setBrush(colours.note);
  painter.drawRoundedRect(r.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  if (!text) return;
  painter.setFont(noteFont());
  painter.setPen(colours.noteText);
  double y = r.top() + metrics::notePadding;
  for (const auto& line : noteLines(note.text, r.width())) {
    painter.drawText(QRectF{r.left() + metrics::notePadding, y, r.width() - 2 * metrics::notePadding, noteLine},
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line);
    y += noteLine;
  }
}

void paintFrame(QPainter& painter, const FrameItem& frame, const QRectF& rect, bool text, bool fill, const Colours& colours) {
  if (rect.isNull()) return;
  const bool loop = frame.kind == GroupKind::ForEach;
  const auto colour = colours.tone(loop ? Tone::Accent : Tone::Neutral);
  auto tint = colour;
  tint.setAlpha(colours.dark ? 28 : 20);
  if (fill) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(tint);
    painter.drawRoundedRect(rect, 10, 10);
  }
  auto border = colour;
  border.setAlpha(120);
  QPen pen{border, 1.5};
  if (loop) pen.setDashPattern({4, 3});
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), 10, 10);
  if (!text) return;
  const QFontMetricsF bold{titleFont()}, plain{statusFont()};
  double x = rect.left() + 14;
  const double right = rect.right() - 14;
  if (loop) {
    // Two arrows in a circle: this part runs several times.
    painter.setPen(QPen{colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    const QRectF ring{x, rect.top() + 9, 13, 13};
    painter.drawArc(ring, 20 * 16, 140 * 16);
    painter.drawArc(ring, 200 * 16, 140 * 16);
    painter.drawPolyline(
        QPolygonF{{ring.right() + 1.5, ring.top() + 1}, {ring.right() - 0.4, ring.center().y() - 2}, {ring.right() - 4, ring.top() + 3}});
    painter.drawPolyline(QPolygonF{
        {ring.left() - 1.5, ring.bottom() - 1}, {ring.left() + 0.4, ring.center().y() + 2}, {ring.left() + 4, ring.bottom() - 3}});
    x += 21;
  }
  painter.setPen(colour);
  painter.setFont(titleFont());
  const auto title = bold.elidedText(frame.title, Qt::ElideRight, right - x);
  painter.drawText(QRectF{x, rect.top(), right - x, metrics::frameTitle}, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
  x += bold.horizontalAdvance(title) + 14;
  if (frame.axes.isEmpty() || right - x < 40) return;
  painter.setFont(statusFont());
  painter.setPen(colours.text);
  painter.drawText(QRectF{x, rect.top(), right - x, metrics::frameTitle}, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                   plain.elidedText(frame.axes, Qt::ElideRight, right - x));
}

}  // namespace patchbay::widgets
