// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/accuracy_view.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {
constexpr double left = 40, right = 8, top = 8, bottom = 22;
}

AccuracyView::AccuracyView(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("label.curve"));
  setMouseTracking(true);
}

std::vector<AccuracyView::Point> AccuracyView::points(const Value& list) {
  std::vector<Point> out;
  for (const auto& one : list.asList()) {
    const double value = one["value"].asDouble();
    out.push_back({one["labels"].asDouble(), value, one["low"].asDouble(value), one["high"].asDouble(value)});
  }
  std::ranges::sort(out, {}, &Point::labels);
  return out;
}

void AccuracyView::setEstimate(const Value& estimate) {
  measured_ = points(estimate["curve"]);
  forecast_ = points(estimate["forecast"]);
  lowest_ = 1;
  most_ = 1;
  for (const auto* list : {&measured_, &forecast_})
    for (const auto& p : *list) {
      lowest_ = std::min(lowest_, p.low);
      most_ = std::max(most_, p.labels);
    }
  lowest_ = std::clamp(std::floor(lowest_ * 10) / 10, 0.0, 0.9);
  update();
}

QPointF AccuracyView::place(double labels, double value) const {
  const double w = width() - left - right, h = height() - top - bottom;
  return {left + w * labels / most_, top + h * (1 - (std::clamp(value, lowest_, 1.0) - lowest_) / (1 - lowest_))};
}

void AccuracyView::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  const auto text = palette().color(QPalette::WindowText);
  auto faint = text;
  faint.setAlpha(60);
  painter.setPen(QPen{faint, 1});
  for (const double value : {lowest_, (1 + lowest_) / 2, 1.0}) {
    const auto at = place(0, value);
    painter.setPen(QPen{faint, 1});
    painter.drawLine(at, QPointF{width() - right, at.y()});
    painter.setPen(text);
    painter.drawText(QRectF{0, at.y() - 9, left - 4, 18}, Qt::AlignRight | Qt::AlignVCenter, widgets::sayPercent(value, 0));
  }
  const QRectF foot{left, height() - bottom + 2, width() - left - right, bottom - 2};
  painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, QLocale{}.toString(0));
  painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, tr("%1 labels").arg(QLocale{}.toString(static_cast<qlonglong>(most_))));
  const auto colour = widgets::seriesColour(0, palette());
  const auto draw = [&](const std::vector<Point>& list, bool dashed) {
    if (list.empty()) return;
    QPolygonF band, line;
    for (const auto& p : list) {
      band << place(p.labels, p.high);
      line << place(p.labels, p.value);
    }
    for (auto p = list.rbegin(); p != list.rend(); ++p) band << place(p->labels, p->low);
    auto ground = colour;
    ground.setAlpha(dashed ? 30 : 60);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawPolygon(band);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{colour, 2, dashed ? Qt::DashLine : Qt::SolidLine});
    painter.drawPolyline(line);
    if (dashed) return;
    painter.setBrush(colour);
    for (const auto& p : line) painter.drawEllipse(p, 2.5, 2.5);
  };
  draw(forecast_, true);
  draw(measured_, false);
}

bool AccuracyView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const Point* nearest = nullptr;
  double best = 24;
  bool ahead = false;
  for (const auto* list : {&measured_, &forecast_})
    for (const auto& p : *list)
      if (const double away = std::abs(place(p.labels, p.value).x() - help->pos().x()); away < best) {
        best = away;
        nearest = &p;
        ahead = list == &forecast_;
      }
  if (nearest) {
    const auto words =
        ahead ? tr("With %1 labels about %2 (%3 to %4), if it goes on like this") : tr("Measured with %1 labels: %2 (%3 to %4)");
    QToolTip::showText(help->globalPos(),
                       words.arg(QLocale{}.toString(static_cast<qlonglong>(nearest->labels)), widgets::sayPercent(nearest->value),
                                 widgets::sayPercent(nearest->low), widgets::sayPercent(nearest->high)),
                       this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace patchbay::studio
