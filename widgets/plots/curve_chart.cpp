// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/plot_style.h"

namespace patchbay::widgets {

namespace {

constexpr int twoColumnsFrom = 760;  // Pixels; narrower charts cannot be read.
constexpr int fewPoints = 40;        // Epochs and the like: shown one by one, and not smoothed, which would only shift them.

}  // namespace

CurveChart::CurveChart(QWidget* parent) : QCustomPlot{parent}, readOut_{new QLabel{this}} {
  setObjectName(QStringLiteral("curveChart"));
  setAccessibleName(tr("Curves"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setNoAntialiasingOnDrag(true);
  plotLayout()->clear();
  selectionRect()->setPen(QPen{palette().color(QPalette::Highlight)});
  connect(selectionRect(), &QCPSelectionRect::accepted, this, [this](const QRect& box, QMouseEvent*) { takeBox(box); });
  readOut_->setAttribute(Qt::WA_TransparentForMouseEvents);
  readOut_->setTextFormat(Qt::RichText);
  readOut_->setAutoFillBackground(true);
  readOut_->setMargin(6);
  readOut_->setFrameShape(QFrame::Box);
  readOut_->hide();
  restyle();
}

int CurveChart::columnsFor(int width) const { return width >= twoColumnsFrom && charts_.size() > 1 ? 2 : 1; }

void CurveChart::setCharts(std::vector<ChartSpec> charts, double smoothing, bool logarithmic, bool byTime) {
  const bool same = charts.size() == charts_.size() && std::ranges::equal(charts, charts_, [](const ChartSpec& a, const Chart& b) {
                      return a.metric == b.spec.metric && a.lines.size() == b.spec.lines.size();
                    });
  const bool kind = logarithmic != logarithmic_, axis = byTime != byTime_;
  byTime_ = byTime;
  smoothing_ = smoothing;
  logarithmic_ = logarithmic;
  if (!same) {
    charts_.clear();
    for (auto& spec : charts) charts_.push_back({.spec = std::move(spec)});
    build();
  } else {
    for (std::size_t i = 0; i < charts.size(); ++i) charts_[i].spec = std::move(charts[i]);
  }
  if (axis) cursorAt_.reset();
  for (auto& chart : charts_) {
    if (kind) {
      setAxisKind(chart);
      chart.ownY = false;
    }
    if (axis) chart.ownX = chart.ownY = false;
    fill(chart);
    if (!chart.ownX) fit(chart);
    else if (!chart.ownY) fitValues(chart);
  }
  if (cursorAt_) moveCursor(cursorChart_, *cursorAt_);
  restyle();
  replot(rpQueuedReplot);
}

void CurveChart::build() {
  cursorAt_.reset();
  cursorChart_ = dragged_ = nullptr;
  readOut_->hide();
  clearItems();
  clearGraphs();
  plotLayout()->clear();
  plotLayout()->simplify();
  plotLayout()->setRowSpacing(4);
  plotLayout()->setColumnSpacing(16);
  columns_ = columnsFor(width());
  for (std::size_t i = 0; i < charts_.size(); ++i) buildChart(charts_[i], static_cast<int>(i) / columns_, static_cast<int>(i) % columns_);
  // One chart in the last of two columns' rows takes both.
  for (int row = 0; row < plotLayout()->rowCount(); ++row) plotLayout()->setRowStretchFactor(row, row % 2 ? 1 : 0.001);
}

void CurveChart::buildChart(Chart& chart, int row, int column) {
  chart.title = new QCPTextElement{this};
  chart.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
  chart.title->setMargins(QMargins{8, 8, 0, 0});
  chart.rect = new QCPAxisRect{this};
  chart.rect->setMinimumSize(160, 90);
  chart.rect->setMinimumMargins(QMargins{8, 2, 12, 4});
  plotLayout()->addElement(2 * row, column, chart.title);
  plotLayout()->addElement(2 * row + 1, column, chart.rect);
  auto *x = chart.rect->axis(QCPAxis::atBottom), *y = chart.rect->axis(QCPAxis::atLeft);
  for (std::size_t i = 0; i < chart.spec.lines.size(); ++i) {
    chart.raw.push_back(addGraph(x, y));
    chart.smooth.push_back(addGraph(x, y));
    auto* mark = new QCPItemTracer{this};
    mark->position->setAxes(x, y);
    mark->position->setAxisRect(chart.rect);
    mark->setClipAxisRect(chart.rect);
    mark->setStyle(QCPItemTracer::tsCircle);
    mark->setSize(7);
    mark->setVisible(false);
    chart.marks.push_back(mark);
  }
  chart.cursor = new QCPItemStraightLine{this};
  for (auto* point : {chart.cursor->point1, chart.cursor->point2}) {
    point->setAxes(x, y);
    point->setAxisRect(chart.rect);
  }
  chart.cursor->setClipAxisRect(chart.rect);
  chart.cursor->setVisible(false);
  setAxisKind(chart);
}

void CurveChart::setAxisKind(Chart& chart) {
  auto* axis = chart.rect->axis(QCPAxis::atLeft);
  if (logarithmic_) {
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(QSharedPointer<QCPAxisTickerLog>{new QCPAxisTickerLog});
    axis->setNumberFormat(QStringLiteral("gb"));
  } else {
    axis->setScaleType(QCPAxis::stLinear);
    axis->setTicker(QSharedPointer<QCPAxisTicker>{new QCPAxisTicker});
    axis->setNumberFormat(QStringLiteral("gb"));
  }
  axis->setNumberPrecision(5);
  axis->ticker()->setTickCount(5);
}

void CurveChart::fill(Chart& chart) {
  chart.title->setText(byTime_               ? tr("%1 by seconds").arg(chart.spec.title)
                       : countsEpochs(chart) ? tr("%1 by epoch").arg(chart.spec.title)
                                             : tr("%1 by step").arg(chart.spec.title));
  for (std::size_t i = 0; i < chart.spec.lines.size(); ++i) {
    const auto& line = chart.spec.lines[i];
    QVector<double> x(line.curve->x.begin(), line.curve->x.end()), y(line.curve->y.begin(), line.curve->y.end());
    const bool smooth = smoothing_ > 0 && y.size() > fewPoints;
    if (smooth) {
      const auto mean = smoothedValues(line.curve->y, smoothing_);
      chart.smooth[i]->setData(x, QVector<double>(mean.begin(), mean.end()), true);
    } else {
      chart.smooth[i]->data()->clear();
    }
    chart.raw[i]->setData(x, y, true);
    auto faint = line.colour;
    if (smooth) faint.setAlphaF(0.3F);
    chart.raw[i]->setPen(QPen{faint, smooth ? 1.0 : 1.8});
    chart.smooth[i]->setPen(QPen{line.colour, 2.0});
    // Few points, such as epochs, are shown as such: a line between two of them is no measurement.
    chart.raw[i]->setScatterStyle(y.size() <= fewPoints ? QCPScatterStyle{QCPScatterStyle::ssDisc, faint, 5} : QCPScatterStyle{});
    chart.marks[i]->setPen(QPen{palette().color(QPalette::Base), 1});
    chart.marks[i]->setBrush(line.colour);
  }
}

void CurveChart::fit(Chart& chart) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const auto& other : charts_) {
    if (!sameSteps(chart, other)) continue;
    for (const auto& line : other.spec.lines)
      if (!line.curve->x.empty()) low = std::min(low, line.curve->x.front()), high = std::max(high, line.curve->x.back());
  }
  if (low > high) low = 0, high = 1;
  const double pad = high > low ? (high - low) * 0.02 : 0.5;
  chart.rect->axis(QCPAxis::atBottom)->setRange(low - pad, high + pad);
  fitValues(chart);
}

void CurveChart::fitValues(Chart& chart) {
  auto* axis = chart.rect->axis(QCPAxis::atLeft);
  const auto range = chart.rect->axis(QCPAxis::atBottom)->range();
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const auto& line : chart.spec.lines)
    for (std::size_t i = 0; i < line.curve->x.size(); ++i) {
      const double v = line.curve->y[i];
      if (!range.contains(line.curve->x[i]) || !std::isfinite(v) || (logarithmic_ && v <= 0)) continue;
      low = std::min(low, v), high = std::max(high, v);
    }
  if (low > high) low = logarithmic_ ? 0.1 : 0, high = 1;
  if (logarithmic_) {
    const double pad = std::max(std::pow(high / low, 0.06), 1.1);
    axis->setRange(low / pad, high * pad);
  } else {
    const double pad = high > low ? (high - low) * 0.08 : std::max(std::abs(high) * 0.1, 1e-9);
    axis->setRange(low - pad, high + pad);
  }
}

// Epochs and steps count differently; what is measured once an epoch begins with "validation".
bool CurveChart::countsEpochs(const Chart& chart) const { return chart.spec.metric.startsWith(QLatin1String{"validation"}); }

bool CurveChart::sameSteps(const Chart& a, const Chart& b) const { return byTime_ || countsEpochs(a) == countsEpochs(b); }

void CurveChart::shareX(const Chart& from) {
  const auto range = from.rect->axis(QCPAxis::atBottom)->range();
  for (auto& chart : charts_) {
    if (!sameSteps(from, chart)) continue;
    chart.ownX = from.ownX;
    chart.rect->axis(QCPAxis::atBottom)->setRange(range);
    if (!chart.ownY) fitValues(chart);
  }
}

void CurveChart::resetZoom() {
  for (auto& chart : charts_) chart.ownX = chart.ownY = false;
  for (auto& chart : charts_) fit(chart);
  replot(rpQueuedReplot);
}

bool CurveChart::zoomed() const {
  return std::ranges::any_of(charts_, [](const Chart& c) { return c.ownX || c.ownY; });
}

void CurveChart::restyle() {
  stylePlot(*this, palette());
  auto font = this->font();
  font.setWeight(QFont::DemiBold);
  auto small = this->font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  for (auto& chart : charts_) {
    chart.title->setFont(font);
    chart.title->setTextColor(palette().color(QPalette::Text));
    chart.cursor->setPen(QPen{toneColour(Tone::Neutral, palette()), 1, Qt::DashLine});
    for (auto* axis : {chart.rect->axis(QCPAxis::atBottom), chart.rect->axis(QCPAxis::atLeft)}) axis->setTickLabelFont(small);
  }
  auto p = palette();
  p.setColor(QPalette::Window, palette().color(QPalette::ToolTipBase));
  p.setColor(QPalette::WindowText, palette().color(QPalette::ToolTipText));
  readOut_->setPalette(p);
}

CurveChart::Chart* CurveChart::chartAt(const QPointF& position) {
  for (auto& chart : charts_)
    if (chart.rect->rect().contains(position.toPoint())) return &chart;
  return nullptr;
}

void CurveChart::zoom(Chart& chart, const QPointF& about, double factor, bool values) {
  auto* axis = chart.rect->axis(values ? QCPAxis::atLeft : QCPAxis::atBottom);
  axis->scaleRange(factor, axis->pixelToCoord(values ? about.y() : about.x()));
  (values ? chart.ownY : chart.ownX) = true;
  if (!values) shareX(chart);
  replot(rpQueuedReplot);
}

void CurveChart::takeBox(const QRect& drawn) {
  const auto box = drawn.normalized();
  setSelectionRectMode(QCP::srmNone);
  auto* chart = chartAt(box.center());
  if (!chart || box.width() < 4 || box.height() < 4) return;
  auto *x = chart->rect->axis(QCPAxis::atBottom), *y = chart->rect->axis(QCPAxis::atLeft);
  x->setRange(x->pixelToCoord(box.left()), x->pixelToCoord(box.right()));
  y->setRange(y->pixelToCoord(box.bottom()), y->pixelToCoord(box.top()));
  chart->ownX = chart->ownY = true;
  shareX(*chart);
  replot(rpQueuedReplot);
}

void CurveChart::mousePressEvent(QMouseEvent* event) {
  setSelectionRectMode(event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier) ? QCP::srmCustom : QCP::srmNone);
  if (event->button() == Qt::LeftButton && !event->modifiers().testFlag(Qt::ShiftModifier)) {
    dragged_ = chartAt(event->position());
    dragFrom_ = event->position();
    moved_ = false;
  }
  QCustomPlot::mousePressEvent(event);
}

void CurveChart::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_ && event->buttons().testFlag(Qt::LeftButton)) {
    const auto delta = event->position() - dragFrom_;
    if (!moved_ && delta.manhattanLength() < 4) return;
    moved_ = true;
    auto *x = dragged_->rect->axis(QCPAxis::atBottom), *y = dragged_->rect->axis(QCPAxis::atLeft);
    x->moveRange(x->pixelToCoord(dragFrom_.x()) - x->pixelToCoord(event->position().x()));
    if (dragged_->ownY && !logarithmic_) y->moveRange(y->pixelToCoord(dragFrom_.y()) - y->pixelToCoord(event->position().y()));
    dragged_->ownX = true;
    dragFrom_ = event->position();
    shareX(*dragged_);
    readOut_->hide();
    replot(rpQueuedReplot);
    return;
  }
  QCustomPlot::mouseMoveEvent(event);
  if (event->buttons() != Qt::NoButton) return;
  if (auto* chart = chartAt(event->position())) {
    moveCursor(chart, chart->rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x()));
    showReadOut(*chart, event->position().toPoint());
    replot(rpQueuedReplot);
  }
}

void CurveChart::mouseReleaseEvent(QMouseEvent* event) {
  dragged_ = nullptr;
  QCustomPlot::mouseReleaseEvent(event);
}

void CurveChart::mouseDoubleClickEvent(QMouseEvent* event) {
  resetZoom();
  event->accept();
}

void CurveChart::wheelEvent(QWheelEvent* event) {
  auto* chart = chartAt(event->position());
  const int turn = event->angleDelta().y() ? event->angleDelta().y() : event->angleDelta().x();
  if (!chart || !turn) return event->ignore();
  zoom(*chart, event->position(), std::pow(0.85, turn / 120.0), event->modifiers().testFlag(Qt::ControlModifier));
  event->accept();
}

void CurveChart::keyPressEvent(QKeyEvent* event) {
  auto* chart = cursorChart_ ? cursorChart_ : charts_.empty() ? nullptr : &charts_.front();
  if (!chart) return QCustomPlot::keyPressEvent(event);
  const QPointF middle = chart->rect->center();
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(*chart, middle, 0.7, event->modifiers().testFlag(Qt::ControlModifier));
      return;
    case Qt::Key_Minus:
      zoom(*chart, middle, 1 / 0.7, event->modifiers().testFlag(Qt::ControlModifier));
      return;
    case Qt::Key_0:
    case Qt::Key_Home:
      resetZoom();
      return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const double step = event->key() == Qt::Key_Left ? -1 : 1;
      const auto range = chart->rect->axis(QCPAxis::atBottom)->range();
      const double stride = std::max(1.0, std::round(range.size() / 100)) * (event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1);
      const double to = std::clamp((cursorAt_ ? *cursorAt_ : std::round(range.center())) + step * stride, range.lower, range.upper);
      moveCursor(chart, std::round(to));
      auto* x = chart->rect->axis(QCPAxis::atBottom);
      showReadOut(*chart, QPoint{static_cast<int>(x->coordToPixel(*cursorAt_)), chart->rect->center().y()});
      replot(rpQueuedReplot);
      return;
    }
    case Qt::Key_Escape:
      if (readOut_->isVisible()) {
        leaveEvent(nullptr);
        return;
      }
      break;
    default:
      break;
  }
  QCustomPlot::keyPressEvent(event);
}

void CurveChart::setCursorAt(double index) {
  if (!charts_.empty()) moveCursor(&charts_.front(), index);
}

void CurveChart::moveCursor(Chart* under, double index) {
  cursorAt_ = index;
  cursorChart_ = under;
  for (auto& chart : charts_) {
    const bool here = under && sameSteps(chart, *under);
    chart.cursor->setVisible(here);
    chart.cursor->point1->setCoords(index, 0);
    chart.cursor->point2->setCoords(index, 1);
    for (std::size_t i = 0; i < chart.spec.lines.size(); ++i) {
      const auto& x = chart.spec.lines[i].curve->x;
      auto* graph = chart.smooth[i]->data()->isEmpty() ? chart.raw[i] : chart.smooth[i];
      const bool inside = here && !x.empty() && index >= x.front() - 0.5 && index <= x.back() + 0.5;
      chart.marks[i]->setVisible(inside);
      if (!inside) continue;
      const auto point = graph->data()->findBegin(index, true);
      auto nearest = point;
      if (point + 1 != graph->data()->constEnd() && std::abs((point + 1)->key - index) < std::abs(point->key - index)) nearest = point + 1;
      chart.marks[i]->position->setCoords(nearest->key, nearest->value);
    }
  }
}

QString CurveChart::readOutOf(const Chart& chart) const {
  QString rows;
  double at = std::round(cursorAt_.value_or(0));
  for (std::size_t i = 0; i < chart.spec.lines.size(); ++i) {
    if (!chart.marks[i]->visible()) continue;
    at = chart.marks[i]->position->key();
    rows +=
        QStringLiteral("<tr><td><span style='color:%1'>&#9679;</span>&nbsp;%2&nbsp;&nbsp;</td><td align='right'><b>%3</b></td></tr>")
            .arg(chart.spec.lines[i].colour.name(), chart.spec.lines[i].name.toHtmlEscaped(), sayNumber(chart.marks[i]->position->value()));
  }
  if (rows.isEmpty()) return {};
  const auto where = byTime_               ? tr("after %1").arg(sayDuration(at))
                     : countsEpochs(chart) ? tr("epoch %1").arg(sayNumber(at))
                                           : tr("step %1").arg(sayNumber(at));
  return QStringLiteral("<b>%1</b>, %2<table>%3</table>").arg(chart.spec.title.toHtmlEscaped(), where, rows);
}

QStringList CurveChart::readOut() const {
  QStringList out;
  for (const auto& chart : charts_)
    if (const auto text = readOutOf(chart); !text.isEmpty()) out << text;
  return out;
}

void CurveChart::showReadOut(const Chart& under, QPoint where) {
  const auto text = readOutOf(under);
  readOut_->setVisible(!text.isEmpty());
  if (text.isEmpty()) return;
  readOut_->setText(text);
  readOut_->adjustSize();
  auto place = where + QPoint{16, 16};
  if (place.x() + readOut_->width() > width()) place.setX(where.x() - 16 - readOut_->width());
  if (place.y() + readOut_->height() > height()) place.setY(where.y() - 16 - readOut_->height());
  readOut_->move(std::max(0, place.x()), std::max(0, place.y()));
}

void CurveChart::leaveEvent(QEvent*) {
  cursorAt_.reset();
  cursorChart_ = nullptr;
  readOut_->hide();
  for (auto& chart : charts_) {
    chart.cursor->setVisible(false);
    for (auto* mark : chart.marks) mark->setVisible(false);
  }
  replot(rpQueuedReplot);
}

void CurveChart::resizeEvent(QResizeEvent* event) {
  if (!charts_.empty() && columnsFor(width()) != columns_) {
    std::vector<Chart> before = std::move(charts_);
    charts_.clear();
    for (auto& chart : before) charts_.push_back({.spec = std::move(chart.spec)});
    build();
    for (auto& chart : charts_) {
      fill(chart);
      fit(chart);
    }
    restyle();
  }
  QCustomPlot::resizeEvent(event);
}

void CurveChart::changeEvent(QEvent* event) {
  QCustomPlot::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    restyle();
    replot(rpQueuedReplot);
  } else if (event->type() == QEvent::LanguageChange) {
    setLocale(QLocale{});
  }
}

void CurveChart::paintEvent(QPaintEvent* event) {
  QCustomPlot::paintEvent(event);
  if (!hasFocus()) return;
  QPainter painter{this};
  painter.setPen(QPen{palette().color(QPalette::Highlight), 2});
  painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

}  // namespace patchbay::widgets
