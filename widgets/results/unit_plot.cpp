// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/unit_plot.h"

#include <QEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/base/theme.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

UnitPlot::UnitPlot(QWidget* parent) : QWidget{parent} {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void UnitPlot::setTitle(const QString& title) {
  title_ = title;
  setAccessibleName(title);
  update();
}

void UnitPlot::setAxes(const QString& x, const QString& y) {
  x_ = x;
  y_ = y;
  update();
}

void UnitPlot::setCurve(std::vector<QPointF> points, std::function<QString(std::size_t)> read) {
  curve_ = std::move(points);
  read_ = std::move(read);
  hovered_.reset();
  update();
}

void UnitPlot::setBars(std::vector<Bar> bars) {
  bars_ = std::move(bars);
  update();
}

void UnitPlot::setDiagonal(bool on) {
  diagonal_ = on;
  update();
}

void UnitPlot::setEmptyText(const QString& text) {
  emptyText_ = text;
  update();
}

void UnitPlot::setPoint(std::optional<QPointF> point, const QString& label) {
  point_ = point;
  pointLabel_ = label;
  setAccessibleDescription(label);
  update();
}

QRectF UnitPlot::area() const {
  const auto m = fontMetrics();
  const double left = m.horizontalAdvance(QStringLiteral("0.0")) + m.height() + 14, top = m.height() + 10, bottom = 2 * m.height() + 14;
  const double side = std::max(60.0, std::min(width() - left - 10, height() - top - bottom));
  return {left, top, side, side};
}

QPointF UnitPlot::place(const QPointF& p) const {
  const auto a = area();
  return {a.left() + p.x() * a.width(), a.bottom() - p.y() * a.height()};
}

void UnitPlot::paintAxes(QPainter& painter) const {
  const auto a = area();
  const auto m = fontMetrics();
  const auto ground = palette().color(QPalette::Base), ink = palette().color(QPalette::Text), quiet = toneColour(Tone::Neutral, palette());
  painter.fillRect(a, ground);
  for (int i = 0; i <= 5; ++i) {
    const double v = i / 5.0;
    painter.setPen(QPen{mixColours(ground, ink, 0.1), 1});
    painter.drawLine(place({v, 0}), place({v, 1}));
    painter.drawLine(place({0, v}), place({1, v}));
    painter.setPen(quiet);
    const auto text = QLocale{}.toString(v, 'f', 1);
    painter.drawText(QRectF{place({v, 0}).x() - 20, a.bottom() + 4, 40, static_cast<double>(m.height())}, Qt::AlignHCenter | Qt::AlignTop,
                     text);
    painter.drawText(QRectF{0, place({0, v}).y() - m.height() / 2.0, a.left() - 5, static_cast<double>(m.height())},
                     Qt::AlignRight | Qt::AlignVCenter, text);
  }
  painter.setPen(QPen{mixColours(ground, ink, 0.35), 1});
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(a);
  painter.setPen(quiet);
  painter.drawText(QRectF{a.left() - 20, a.bottom() + m.height() + 6, a.width() + 30, static_cast<double>(m.height() + 2)}, Qt::AlignCenter,
                   m.elidedText(x_, Qt::ElideRight, static_cast<int>(a.width()) + 30));
  painter.save();
  painter.translate(0, a.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF{-a.height() / 2 - 10, 0, a.height() + 20, static_cast<double>(m.height())}, Qt::AlignCenter,
                   m.elidedText(y_, Qt::ElideRight, static_cast<int>(a.height()) + 20));
  painter.restore();
  auto bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(ink);
  painter.drawText(QRectF{a.left(), 0, width() - a.left(), static_cast<double>(m.height() + 4)}, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics{bold}.elidedText(title_, Qt::ElideRight, static_cast<int>(width() - a.left())));
  painter.setFont(font());
}

void UnitPlot::paintBars(QPainter& painter) const {
  for (const auto& bar : bars_) {
    auto colour = seriesColour(0, palette());
    colour.setAlphaF(static_cast<float>(0.25 + 0.6 * bar.weight));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRect(QRectF{place({bar.low, bar.value}), place({bar.high, 0})}.adjusted(1, 0, -1, 0));
  }
}

void UnitPlot::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  paintAxes(painter);
  const auto a = area();
  if (curve_.empty() && bars_.empty()) {
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(a.adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
    return;
  }
  if (diagonal_) {
    painter.setPen(QPen{toneColour(Tone::Neutral, palette()), 1, Qt::DashLine});
    painter.drawLine(place({0, 0}), place({1, 1}));
  }
  painter.save();
  painter.setClipRect(a.adjusted(-1, -1, 1, 1));
  paintBars(painter);
  QPainterPath path;
  for (std::size_t i = 0; i < curve_.size(); ++i) i ? path.lineTo(place(curve_[i])) : path.moveTo(place(curve_[i]));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{seriesColour(0, palette()), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
  painter.drawPath(path);
  painter.restore();
  if (hovered_) {
    painter.setBrush(seriesColour(0, palette()));
    painter.setPen(QPen{palette().color(QPalette::Base), 1.5});
    painter.drawEllipse(place(curve_[*hovered_]), 4, 4);
  }
  if (point_) {
    painter.setBrush(seriesColour(1, palette()));
    painter.setPen(QPen{palette().color(QPalette::Base), 2});
    painter.drawEllipse(place(*point_), 6.5, 6.5);
  }
}

void UnitPlot::mouseMoveEvent(QMouseEvent* event) {
  const auto before = hovered_;
  hovered_.reset();
  double nearest = 24 * 24;
  for (std::size_t i = 0; i < curve_.size(); ++i) {
    const auto d = place(curve_[i]) - event->position();
    const double far = d.x() * d.x() + d.y() * d.y();
    if (far < nearest) nearest = far, hovered_ = i;
  }
  if (hovered_ && read_) QToolTip::showText(event->globalPosition().toPoint(), read_(*hovered_), this);
  if (!hovered_) {
    QString tip;
    const auto a = area();
    const double x = (event->position().x() - a.left()) / a.width();
    for (const auto& bar : bars_)
      if (a.contains(event->position()) && x >= bar.low && x < bar.high) tip = bar.tip;
    if (tip.isEmpty()) QToolTip::hideText();
    else QToolTip::showText(event->globalPosition().toPoint(), tip, this);
  }
  if (before != hovered_) update();
}

void UnitPlot::leaveEvent(QEvent*) {
  hovered_.reset();
  update();
}

void UnitPlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  update();
}

}  // namespace patchbay::widgets
