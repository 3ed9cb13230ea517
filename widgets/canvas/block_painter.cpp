// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/block_painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include "widgets/base/theme.h"
#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

namespace {

QPainterPath headerShape(double width, double height) {
  constexpr double r = metrics::radius;
  QPainterPath path;
  path.moveTo(0, height);
  path.lineTo(0, r);
  path.arcTo(0, 0, 2 * r, 2 * r, 180, -90);
  path.lineTo(width - r, 0);
  path.arcTo(width - 2 * r, 0, 2 * r, 2 * r, 90, -90);
  path.lineTo(width, height);
  path.closeSubpath();
  return path;
}

void paintShadow(QPainter& painter, const QRectF& rect, double radius, const Colours& colours) {
  auto colour = colours.shadow;
  painter.setPen(Qt::NoPen);
  for (int i = 5; i >= 1; --i) {
    colour.setAlpha(colours.dark ? 20 : 5);
    painter.setBrush(colour);
    const double d = i * 1.5 - 1;
    painter.drawRoundedRect(rect.adjusted(-d, -d + 2.5, d, d + 2.5), radius + d, radius + d);
  }
}

QColor headerColour(const BlockItem& block, const Colours& c) {
  if (block.kind == BlockItem::Kind::Group) return c.dark ? QColor{0x4a, 0x52, 0x60} : QColor{0x3d, 0x47, 0x57};
  const auto base = block.face->known ? categoryColour(block.face->category, c.palette) : QColor{0x60, 0x60, 0x66};
  // White on grey keeps its contrast; the colour of the category is a hint only.
  return block.mode == NodeMode::Normal ? base : blend(base, QColor{0x5c, 0x60, 0x68}, 0.8);
}

void paintMode(QPainter& painter, NodeMode mode, double right) {
  painter.setPen(QPen{Qt::white, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
  painter.setBrush(Qt::NoBrush);
  const double x = right - 16, y = metrics::header / 2;
  if (mode == NodeMode::Mute) {
    painter.drawEllipse(QPointF{x + 6, y}, 6, 6);
    painter.drawLine(QPointF{x + 2, y + 4}, QPointF{x + 10, y - 4});
  } else {
    QPainterPath hop{{x, y + 4}};
    hop.cubicTo(x + 2, y - 8, x + 10, y - 8, x + 12, y + 3);
    painter.drawPath(hop);
    painter.drawLine(QPointF{x + 12, y + 3}, QPointF{x + 8, y + 1});
    painter.drawLine(QPointF{x + 12, y + 3}, QPointF{x + 13.5, y - 1});
  }
}

void paintPin(QPainter& painter, double right) {
  painter.setPen(QPen{Qt::white, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
  painter.setBrush(Qt::NoBrush);
  const double x = right - 6, y = metrics::header / 2;
  painter.drawPolygon(
      QPolygonF{{x - 2.5, y - 6}, {x + 2.5, y - 6}, {x + 2, y - 1.5}, {x + 4.5, y + 1}, {x - 4.5, y + 1}, {x - 2, y - 1.5}});
  painter.drawLine(QPointF{x, y + 1}, QPointF{x, y + 6.5});
}

void paintHeader(QPainter& painter, const BlockItem& block, bool text, const Colours& colours) {
  const double width = block.rect.width();
  painter.setPen(Qt::NoPen);
  painter.setBrush(headerColour(block, colours));
  painter.drawPath(headerShape(width, metrics::header));
  double right = width - 10;
  if (block.mode != NodeMode::Normal) {
    paintMode(painter, block.mode, right);
    right -= 22;
  }
  if (block.pinned) {
    paintPin(painter, right);
    right -= 20;
  }
  painter.save();
  painter.translate(10, (metrics::header - 16) / 2);
  painter.setPen(QPen{Qt::white, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
  painter.setBrush(Qt::NoBrush);
  if (block.kind == BlockItem::Kind::Group) {
    painter.drawRoundedRect(QRectF{1, 1, 10, 10}, 2, 2);
    painter.drawPolyline(QPolygonF{{5, 15}, {13, 15}, {15, 13}, {15, 5}});
  } else if (!block.face->known) {
    painter.setFont(titleFont());
    painter.drawEllipse(QRectF{0.5, 0.5, 15, 15});
    painter.drawText(QRectF{0, 0, 16, 16}, Qt::AlignCenter, QStringLiteral("?"));
  } else {
    paintCategory(painter, block.face->category);
  }
  painter.restore();
  if (!text) return;
  const auto font = titleFont();
  const QFontMetricsF metrics{font};
  painter.setFont(font);
  painter.setPen(Qt::white);
  double end = right;
  if (!block.subtitle.isEmpty()) {
    const auto small = statusFont();
    const double w = QFontMetricsF{small}.horizontalAdvance(block.subtitle);
    if (w < width / 2) {
      painter.setFont(small);
      painter.drawText(QRectF{right - w, 0, w + 1, metrics::header}, Qt::AlignVCenter | Qt::AlignLeft, block.subtitle);
      painter.setFont(font);
      end -= w + 8;
    }
  }
  painter.drawText(QRectF{33, 0, end - 33, metrics::header}, Qt::AlignVCenter | Qt::AlignLeft,
                   metrics.elidedText(block.title, Qt::ElideRight, end - 33));
}

void paintLabels(QPainter& painter, const BlockItem& block, const Colours& colours) {
  const auto font = portFont();
  const QFontMetricsF metrics{font};
  const double width = block.rect.width();
  painter.setFont(font);
  painter.setPen(colours.text);
  const auto& face = *block.face;
  for (int row = 0; row < face.rows(); ++row) {
    const double top = metrics::header + metrics::padding / 2 + row * metrics::portGap;
    const auto i = static_cast<std::size_t>(row);
    const bool both = i < face.inputs.size() && i < face.outputs.size();
    const double room = both ? width / 2 - 18 : width - 32;
    const auto draw = [&](const Port& port, Qt::Alignment where) {
      auto label = port.variadic ? QCoreApplication::translate("canvas", "%1 +").arg(port.label) : port.label;
      painter.drawText(QRectF{port.input ? 14 : width - 14 - room, top, room, metrics::portGap}, where | Qt::AlignVCenter,
                       metrics.elidedText(label, Qt::ElideRight, room));
    };
    if (i < face.inputs.size()) draw(face.inputs[i], Qt::AlignLeft);
    if (i < face.outputs.size()) draw(face.outputs[i], Qt::AlignRight);
  }
}

}  // namespace

void paintBody(QPainter& painter, const BlockItem& block, bool text, const Colours& colours) {
  const QRectF rect{QPointF{}, block.rect.size()};
  if (block.kind == BlockItem::Kind::Stub) {
    painter.setPen(QPen{colours.edge, 1, Qt::DashLine});
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2);
    if (!text) return;
    painter.setFont(statusFont());
    painter.setPen(colours.faint);
    painter.drawText(rect.adjusted(12, 0, -12, 0), Qt::AlignCenter,
                     QFontMetricsF{statusFont()}.elidedText(block.title, Qt::ElideRight, rect.width() - 24));
    return;
  }
  if (block.mode == NodeMode::Mute) painter.setOpacity(0.62);
  paintShadow(painter, rect, metrics::radius, colours);
  if (block.kind == BlockItem::Kind::Group) {
    painter.setPen(QPen{colours.edge, 1});
    painter.setBrush(blend(colours.card, colours.text, 0.05));
    painter.drawRoundedRect(rect.translated(4, 4), metrics::radius, metrics::radius);
  }
  QPen pen{colours.edge, 1};
  if (!block.face->known || block.mode == NodeMode::Bypass) {
    pen.setStyle(Qt::DashLine);
    pen.setColor(colours.faint);
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(colours.card);
  painter.drawRoundedRect(rect, metrics::radius, metrics::radius);
  paintHeader(painter, block, text, colours);
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
  if (rect.height() > block.statusTop + 1) {
    painter.setPen(QPen{colours.line, 1});
    painter.drawLine(QPointF{1, block.statusTop}, QPointF{rect.width() - 1, block.statusTop});
  }
  if (text) paintLabels(painter, block, colours);
}

void paintPort(QPainter& painter, const std::string& type, bool variadic, PortMark mark, const Colours& colours) {
  auto colour = portColour(type, colours.palette);
  if (mark == PortMark::Dimmed) colour = blend(colours.ground, colour, 0.3);
  const double size = mark == PortMark::Wanted ? metrics::portSize + 4 : metrics::portSize;
  if (mark == PortMark::Wanted) {
    auto glow = colour;
    glow.setAlpha(70);
    painter.setPen(Qt::NoPen);
    painter.setBrush(glow);
    painter.drawEllipse(QPointF{}, 10.5, 10.5);
  }
  QTransform transform;
  transform.scale(size, size);
  const auto shape = transform.map(portShape(type));
  painter.setPen(QPen{colours.card, 4});
  painter.setBrush(colours.card);
  painter.drawPath(shape);
  painter.setPen(QPen{colour, 2, Qt::SolidLine, Qt::SquareCap, Qt::RoundJoin});
  painter.setBrush(mark == PortMark::Open || mark == PortMark::Dimmed ? QBrush{colours.card} : QBrush{colour});
  if (variadic) painter.drawPath(shape.translated(-2.5, -2.5));
  painter.drawPath(shape);
}

void paintLight(QPainter& painter, BlockState state, const Colours& colours) {
  const auto colour = colours.tone(toneOf(state));
  const auto mark = QPen{colours.card, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
  const QRectF disc{1, 1, 12, 12};
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  switch (state) {
    case BlockState::Unknown:
      return;
    case BlockState::Done:
      painter.drawEllipse(disc);
      painter.setPen(mark);
      painter.setBrush(Qt::NoBrush);
      painter.drawPolyline(QPolygonF{{4.2, 7.2}, {6.2, 9.2}, {9.8, 5.2}});
      return;
    case BlockState::Failed:
      painter.drawPolygon(QPolygonF{{4.5, 0.8}, {9.5, 0.8}, {13.2, 4.5}, {13.2, 9.5}, {9.5, 13.2}, {4.5, 13.2}, {0.8, 9.5}, {0.8, 4.5}});
      painter.setPen(mark);
      painter.drawLine(QPointF{5, 5}, QPointF{9, 9});
      painter.drawLine(QPointF{9, 5}, QPointF{5, 9});
      return;
    case BlockState::NotConfigured:
      painter.drawPolygon(QPolygonF{{7, 0.8}, {13.8, 13}, {0.2, 13}});
      painter.setPen(mark);
      painter.drawLine(QPointF{7, 5.4}, QPointF{7, 8.2});
      painter.drawPoint(QPointF{7, 10.8});
      return;
    case BlockState::Stale:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen{colour, 2, Qt::SolidLine, Qt::RoundCap});
      painter.drawArc(QRectF{2, 2, 10, 10}, 60 * 16, 290 * 16);
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      painter.drawPolygon(QPolygonF{{8.2, 0}, {13, 2.6}, {8.8, 5.6}});
      return;
    case BlockState::Queued:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen{colour, 1.8, Qt::SolidLine, Qt::RoundCap});
      painter.drawEllipse(QRectF{1.5, 1.5, 11, 11});
      painter.drawPolyline(QPolygonF{{7, 4}, {7, 7}, {9.2, 8.4}});
      return;
    case BlockState::Running:
      painter.drawEllipse(disc);
      return;
    case BlockState::Skipped:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen{colour, 1.8, Qt::SolidLine, Qt::RoundCap});
      painter.drawEllipse(QRectF{1.5, 1.5, 11, 11});
      painter.drawLine(QPointF{4, 7}, QPointF{10, 7});
      return;
  }
}

void paintRing(QPainter& painter, const QRectF& rect, std::optional<double> share, double turn, bool overPicture, const Colours& colours) {
  if (overPicture) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.card);
    painter.drawEllipse(rect.adjusted(-2, -2, 2, 2));
  }
  const auto inner = rect.adjusted(2.5, 2.5, -2.5, -2.5);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{colours.line, 4});
  painter.drawEllipse(inner);
  painter.setPen(QPen{colours.tone(Tone::Busy), 4, Qt::SolidLine, Qt::FlatCap});
  const double span = share ? std::clamp(*share, 0.0, 1.0) : 0.25;
  painter.drawArc(inner, qRound(16 * (90 - (share ? 0 : turn * 360))), qRound(-16 * 360 * span));
}

void paintStatusText(QPainter& painter, const StatusLook& look, const Colours& colours) {
  painter.setFont(statusFont());
  for (const auto& line : look.lines) {
    painter.setPen(colours.ink(line.ink, look.status.state));
    painter.drawText(line.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line.text);
    if (line.ink == StatusLook::Ink::Link) {
      const double width = QFontMetricsF{statusFont()}.horizontalAdvance(line.text);
      painter.drawLine(QPointF{line.rect.left(), line.rect.bottom() - 1.5}, QPointF{line.rect.left() + width, line.rect.bottom() - 1.5});
    }
  }
}

}  // namespace patchbay::widgets
