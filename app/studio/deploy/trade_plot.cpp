// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/trade_plot.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/base/theme.h"
#include "widgets/plots/plot_style.h"

namespace patchbay::studio {

using widgets::Tone;
using widgets::toneColour;

namespace {

double across(const Contender& one, MeasureTable::Axis axis) {
  return axis == MeasureTable::Axis::Time ? one.p50 : static_cast<double>(one.bytes) / 1e6;
}

void addPoint(QCustomPlot& plot, double x, double y, const QCPScatterStyle& style) {
  auto* graph = plot.addGraph();
  graph->setLineStyle(QCPGraph::lsNone);
  graph->setScatterStyle(style);
  graph->addData(x, y);
}

void addInterval(QCustomPlot& plot, double x, const learn::MetricValue& accuracy, const QColor& colour) {
  if (!std::isfinite(accuracy.low)) return;
  auto* bar = new QCPItemLine{&plot};
  bar->start->setCoords(x, 100 * accuracy.low);
  bar->end->setCoords(x, 100 * accuracy.high);
  bar->setPen(QPen{colour, 1});
  bar->setHead(QCPLineEnding{QCPLineEnding::esBar, 6, 6});
  bar->setTail(QCPLineEnding{QCPLineEnding::esBar, 6, 6});
}

/// Those in eight bits below their point, the others above: they are often side by side.
QCPItemText* addName(QCustomPlot& plot, double x, double y, const QString& text, const QColor& colour, bool left, bool below) {
  auto* name = new QCPItemText{&plot};
  name->setPositionAlignment(Qt::AlignVCenter | (left ? Qt::AlignRight : Qt::AlignLeft));
  name->position->setCoords(x, y);
  constexpr int aside = 10, lift = 18;
  name->setPadding(QMargins{aside, below ? lift : 0, aside, below ? 0 : lift});
  name->setText(text);
  name->setColor(colour);
  name->setClipToAxisRect(false);
  return name;
}

/// Models may be as good and as fast as each other: the later name goes below what it would be written over. After the plot was laid out.
void separate(const std::vector<QCPItemText*>& names) {
  std::vector<QRectF> taken;
  for (auto* name : names) {
    QRectF box{name->topLeft->pixelPosition(), name->bottomRight->pixelPosition()};
    box = box.marginsRemoved(name->padding());
    const auto begin = box.top();
    for (bool moved = true; moved;) {
      moved = false;
      for (const auto& other : taken)
        if (other.intersects(box)) {
          box.moveTop(other.bottom() + 1);
          moved = true;
        }
    }
    taken.push_back(box);
    if (box.top() > begin) name->position->setPixelPosition(name->position->pixelPosition() + QPointF{0, box.top() - begin});
  }
}

}  // namespace

TradePlot::TradePlot(QWidget* parent) : QWidget{parent}, plot_{new QCustomPlot{this}} {
  setObjectName(QStringLiteral("deploy.measure.plot"));
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  plot_->setMinimumSize(240, 160);
  describe();
}

void TradePlot::show(std::vector<Contender> all, MeasureTable::Axis axis, double limit, int picked) {
  all_ = std::move(all);
  axis_ = axis;
  limit_ = limit;
  picked_ = picked;
  describe();
}

void TradePlot::describe() {
  QStringList front;
  for (const auto& one : all_)
    if (one.front) front << one.name;
  setAccessibleName(axis_ == MeasureTable::Axis::Time ? tr("Accuracy over time for one picture") : tr("Accuracy over size"));
  setAccessibleDescription(front.isEmpty() ? tr("Nothing is measured yet.") : tr("No other beats: %1").arg(front.join(tr(", "))));
  draw();
}

void TradePlot::draw() {
  auto& plot = *plot_;
  plot.clearPlottables();
  plot.clearItems();
  widgets::stylePlot(plot, palette());
  plot.setFont(font());
  for (auto* axis : {plot.xAxis, plot.yAxis}) {
    axis->setLabelFont(font());
    axis->setTickLabelFont(font());
  }
  plot.xAxis->setLabel(axis_ == MeasureTable::Axis::Time ? tr("ms for one picture") : tr("MB"));
  plot.yAxis->setLabel(tr("Accuracy, %"));
  const auto ink = palette().color(QPalette::Text), line = toneColour(Tone::Good, palette());
  double most = 0, low = 100, high = 0;
  std::vector<std::pair<double, double>> front;
  for (const auto& one : all_) {
    most = std::max(most, across(one, axis_));
    if (!one.accuracy) continue;
    const bool known = std::isfinite(one.accuracy->low);
    low = std::min(low, 100 * (known ? one.accuracy->low : one.accuracy->value));
    high = std::max(high, 100 * (known ? one.accuracy->high : one.accuracy->value));
    if (one.front) front.emplace_back(across(one, axis_), 100 * one.accuracy->value);
  }
  if (low > high) low = 0, high = 100;
  if (axis_ == MeasureTable::Axis::Time && limit_ > 0) most = std::max(most, limit_);
  const double room = std::max(1.0, (high - low) * .12);
  plot.xAxis->setRange(0, most > 0 ? most * 1.15 : 1);
  plot.yAxis->setRange(std::max(0.0, low - room), std::min(100.0, high) + room);
  std::ranges::sort(front);
  auto* joined = plot.addGraph();
  joined->setPen(QPen{line, 1.5, Qt::DashLine});
  for (const auto& [x, y] : front) joined->addData(x, y);
  std::vector<QCPItemText*> names;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const auto& one = all_[i];
    if (!one.accuracy) continue;
    const auto colour = widgets::seriesColour(one.precision == "int8" ? 1 : 0, palette());
    const double x = across(one, axis_), y = 100 * one.accuracy->value;
    const bool picked = static_cast<int>(i) == picked_;
    addInterval(plot, x, *one.accuracy, colour);
    const auto shape = one.precision == "int8" ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssCircle;
    if (picked) addPoint(plot, x, y, {QCPScatterStyle::ssCircle, QPen{toneColour(Tone::Accent, palette()), 2}, Qt::NoBrush, 20});
    addPoint(plot, x, y, {shape, QPen{colour, 1.5}, one.front ? QBrush{colour} : QBrush{palette().color(QPalette::Base)}, 10});
    names.push_back(addName(plot, x, y, one.name, ink, x > most * .6, one.precision == "int8"));
  }
  if (axis_ == MeasureTable::Axis::Time && limit_ > 0) {
    auto* limit = new QCPItemStraightLine{&plot};
    limit->point1->setCoords(limit_, 0);
    limit->point2->setCoords(limit_, 1);
    limit->setPen(QPen{toneColour(Tone::Warning, palette()), 1.5, Qt::DotLine});
  }
  plot.replot();
  separate(names);
  plot.replot(QCustomPlot::rpQueuedReplot);
}

bool TradePlot::savePng(const QString& path) const { return plot_->savePng(path, plot_->width(), plot_->height(), 2.0); }

void TradePlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

void TradePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) describe();
  else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) draw();
}

}  // namespace patchbay::studio
