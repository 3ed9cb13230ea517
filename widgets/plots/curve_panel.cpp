// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_panel.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QSaveFile>
#include <QScrollArea>
#include <QSlider>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <deque>
#include <set>

#include "widgets/base/ask_path.h"
#include "widgets/base/block_names.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/curve_chart.h"
#include "widgets/plots/metric_names.h"

namespace patchbay::widgets {

namespace {

QPixmap lineSwatch(const QColor& colour, qreal ratio) {
  QPixmap out{static_cast<int>(20 * ratio), static_cast<int>(12 * ratio)};
  out.setDevicePixelRatio(ratio);
  out.fill(Qt::transparent);
  QPainter painter{&out};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{colour, 3, Qt::SolidLine, Qt::RoundCap});
  painter.drawLine(QPointF{2, 6}, QPointF{18, 6});
  return out;
}

Error writeFailed(const QString& path, const QString& why) {
  return {ErrorKind::Io, "curves.write",
          TR("error", "The file {path} cannot be written: {why}").with("path", toUtf8(path)).with("why", toUtf8(why)),
          TR("error", "Choose another folder, or make room on the disk."), toUtf8(path)};
}

}  // namespace

struct CurvePanel::Impl {
  struct Run {
    QString id, title;                         ///< The title is the caller's; without one it is that of the pipeline with the time.
    std::map<std::string, std::string> names;  ///< Of its steps.
    std::string pipeline;
    double started = 0;
    BlockNames blocks;
    QString error;
  };
  using LineKey = std::pair<QString, QString>;  ///< Run and step.

  CurvePanel& self;
  EngineAccess& engine;
  std::vector<Run> runs;
  CurveData data;
  QString block;
  std::set<QString> hiddenMetrics;
  std::set<LineKey> hiddenLines;
  bool logarithmic = false;
  std::deque<Curve> timed;  ///< What the charts show when they lie over time.
  bool hadAny = false;      ///< There were curves at the last look.
  QTimer refreshSoon;

  QToolButton *metricsButton = nullptr, *logButton = nullptr, *timeButton = nullptr, *resetButton = nullptr, *exportButton = nullptr;
  QLabel *smoothLabel = nullptr, *smoothValue = nullptr;
  QSlider* smooth = nullptr;
  QMenu *metricsMenu = nullptr, *exportMenu = nullptr;
  QWidget* legend = nullptr;
  FlowLayout* legendRow = nullptr;
  QStackedWidget* pages = nullptr;
  EmptyState* empty = nullptr;
  CurveChart* chart = nullptr;

  Impl(CurvePanel& owner, EngineAccess& access) : self{owner}, engine{access} {}

  Run* run(const QString& id) {
    const auto found = std::ranges::find(runs, id, &Run::id);
    return found == runs.end() ? nullptr : &*found;
  }

  void build();
  void retranslate();
  void request(const QString& id);
  void refresh();
  void rebuildMetricsMenu();
  void rebuildLegend();
  std::vector<ChartSpec> charts() const;
  std::vector<std::pair<LineKey, QString>> lines() const;
  bool wanted(const Curve& curve) const {
    return block.isEmpty() || curve.block == block || curve.block.startsWith(block + QLatin1Char('['));
  }
  QString titleOf(const QString& id) const;
  QString titleOf(const Curve& curve) const {
    const auto found = std::ranges::find(runs, curve.run, &Run::id);
    return found == runs.end() ? curve.block : found->blocks.say(toUtf8(curve.block), engine.catalogue());
  }
  void exportAs(const QString& ending, const QString& filter);
  void drawAll(QCPPainter& painter, QSize size) const;
  Result<> writePicture(const QString& path, bool svg) const;
};

QString CurvePanel::Impl::titleOf(const QString& id) const {
  const auto found = std::ranges::find(runs, id, &Run::id);
  if (found == runs.end()) return id;
  if (!found->title.isEmpty() || found->started <= 0) return found->title.isEmpty() ? id : found->title;
  const auto when = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(found->started));
  return tr("%1, %2").arg(sayWritten(found->pipeline), QLocale{}.toString(when, QLocale::ShortFormat));
}

void CurvePanel::Impl::build() {
  const auto button = [&](const char* name, const QString& iconName) {
    auto* b = new QToolButton{&self};
    b->setObjectName(QLatin1String{name});
    b->setIcon(icon(iconName));
    b->setIconSize({20, 20});
    b->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    b->setAutoRaise(true);
    b->setFocusPolicy(Qt::StrongFocus);
    return b;
  };
  metricsButton = button("curvesMetrics", QStringLiteral("curves"));
  metricsButton->setPopupMode(QToolButton::InstantPopup);
  metricsMenu = new QMenu{metricsButton};
  metricsButton->setMenu(metricsMenu);
  logButton = button("curvesLog", QStringLiteral("log-scale"));
  logButton->setCheckable(true);
  timeButton = button("curvesTime", QStringLiteral("clock"));
  timeButton->setCheckable(true);
  resetButton = button("curvesReset", QStringLiteral("fit"));
  exportButton = button("curvesExport", QStringLiteral("export"));
  exportButton->setPopupMode(QToolButton::InstantPopup);
  exportMenu = new QMenu{exportButton};
  exportButton->setMenu(exportMenu);
  auto* smoothing = new QWidget{&self};
  auto* smoothRow = new QHBoxLayout{smoothing};
  smoothRow->setContentsMargins(0, 0, 0, 0);
  smoothLabel = new QLabel{smoothing};
  smooth = new QSlider{Qt::Horizontal, smoothing};
  smooth->setObjectName(QStringLiteral("curvesSmoothing"));
  smooth->setRange(0, 99);
  smooth->setMinimumWidth(120);
  smoothLabel->setBuddy(smooth);
  smoothValue = new QLabel{smoothing};
  smoothValue->setMinimumWidth(smoothValue->fontMetrics().horizontalAdvance(QStringLiteral("0.99")) + 4);
  for (auto* w : std::initializer_list<QWidget*>{smoothLabel, smooth, smoothValue}) smoothRow->addWidget(w);

  auto* tools = new FlowLayout{nullptr, 0, 8};
  for (auto* w : std::initializer_list<QWidget*>{metricsButton, smoothing, logButton, timeButton, resetButton, exportButton})
    tools->addWidget(w);
  legend = new QWidget{&self};
  legendRow = new FlowLayout{legend, 0, 4};
  empty = new EmptyState{&self};
  chart = new CurveChart{&self};
  pages = new QStackedWidget{&self};
  pages->addWidget(empty);
  pages->addWidget(chart);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(8);
  column->addLayout(tools);
  column->addWidget(legend);
  column->addWidget(pages, 1);

  connect(smooth, &QSlider::valueChanged, &self, [this] { refresh(); });
  connect(logButton, &QToolButton::toggled, &self, [this](bool on) { self.setLogarithmic(on); });
  connect(timeButton, &QToolButton::toggled, &self, [this] { refresh(); });
  connect(resetButton, &QToolButton::clicked, chart, &CurveChart::resetZoom);
  refreshSoon.setSingleShot(true);
  refreshSoon.setInterval(100);  // Ten times a second is live enough for the eye and cheap for the machine.
  connect(&refreshSoon, &QTimer::timeout, &self, [this] { refresh(); });
}

void CurvePanel::Impl::retranslate() {
  metricsButton->setText(tr("Metrics"));
  metricsButton->setToolTip(tr("Which metrics are shown, one chart each."));
  smoothLabel->setText(tr("Smoothing"));
  smooth->setToolTip(tr("Moving average: how much the past weighs. The measured values stay visible behind it."));
  smooth->setAccessibleName(tr("Smoothing"));
  logButton->setText(tr("Log scale"));
  logButton->setToolTip(tr("Logarithmic values; zero and below are left out."));
  timeButton->setText(tr("By time"));
  timeButton->setToolTip(tr("Over the seconds of work instead of steps and epochs: which run learns faster on the clock."));
  resetButton->setText(tr("Show all"));
  resetButton->setToolTip(
      tr("Show the whole curves again (0, or a double click). Wheel: zoom; Ctrl+wheel: zoom the values; "
         "drag: move; Shift+drag: zoom to a box; arrow keys: move the cursor."));
  exportButton->setText(tr("Export"));
  exportButton->setToolTip(tr("Save the curves as picture or table."));
  for (auto* b : std::initializer_list<QWidget*>{metricsButton, smooth, logButton, timeButton, resetButton, exportButton}) {
    if (!hadAny) b->setToolTip(tr("There are no curves yet; they come with a run that trains."));
    b->setStatusTip(b->toolTip());
  }
  exportMenu->clear();
  const auto entry = [&](const QString& text, const char* name, const QString& ending, const QString& filter) {
    auto* action = exportMenu->addAction(text, &self, [=, this] { exportAs(ending, filter); });
    action->setObjectName(QLatin1String{name});
  };
  entry(tr("Picture (PNG)…"), "curvesExportPng", QStringLiteral(".png"), tr("Picture (*.png)"));
  entry(tr("Drawing (SVG)…"), "curvesExportSvg", QStringLiteral(".svg"), tr("Drawing (*.svg)"));
  entry(tr("Table (CSV)…"), "curvesExportCsv", QStringLiteral(".csv"), tr("Table (*.csv)"));
  chart->setAccessibleName(tr("Curves"));
  self.setAccessibleName(tr("Curves"));
}

void CurvePanel::Impl::request(const QString& id) {
  const auto ask = [this, id](const char* what, const auto& handle) {
    engine.ask(what, Value::Map{{"run", toUtf8(id)}}, &self, [this, id, handle](const Result<Value>& answer) {
      auto* one = run(id);
      if (!one) return;
      if (!answer) one->error = say(answer.error());
      else handle(*one, *answer);
      refresh();
    });
  };
  // Names first: the metrics know only steps.
  ask("show", [this, ask](Run& one, const Value& shown) {
    one.error.clear();
    one.pipeline = shown["title"].asText();
    one.started = shown["started"].asDouble();
    one.blocks = BlockNames::ofRun(shown["document"]);
    for (const auto& step : shown["steps"].asList()) one.names[step["step"].asText()] = step["name"].asText();
    ask("metrics", [this](Run& again, const Value& metrics) { data.load(again.id, metrics, again.names); });
  });
}

std::vector<std::pair<CurvePanel::Impl::LineKey, QString>> CurvePanel::Impl::lines() const {
  std::vector<std::pair<LineKey, QString>> out;
  std::set<QString> blocks;
  for (const auto* c : data.curves())
    if (wanted(*c)) blocks.insert(c->block);
  for (const auto& one : runs)
    for (const auto* c : data.curves()) {
      if (c->run != one.id || !wanted(*c)) continue;
      const LineKey key{c->run, c->step};
      if (std::ranges::find(out, key, [](const auto& entry) { return entry.first; }) != out.end()) continue;
      const bool several = blocks.size() > 1;
      out.emplace_back(key, runs.size() == 1 ? titleOf(*c) : several ? tr("%1: %2").arg(titleOf(one.id), titleOf(*c)) : titleOf(one.id));
    }
  return out;
}

std::vector<ChartSpec> CurvePanel::Impl::charts() const {
  std::vector<ChartSpec> out;
  const auto all = lines();
  for (const auto& metric : data.metrics()) {
    if (hiddenMetrics.contains(metric)) continue;
    ChartSpec spec{metric, sayMetric(toUtf8(metric)), {}};
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (hiddenLines.contains(all[i].first)) continue;
      for (const auto* c : data.curves())
        if (c->metric == metric && LineKey{c->run, c->step} == all[i].first)
          spec.lines.push_back({c, all[i].second, seriesColour(static_cast<int>(i), self.palette())});
    }
    if (!spec.lines.empty()) out.push_back(std::move(spec));
  }
  return out;
}

void CurvePanel::Impl::refresh() {
  smoothValue->setText(smooth->value() ? QLocale{}.toString(smooth->value() / 100.0, 'f', 2) : tr("off"));
  rebuildMetricsMenu();
  rebuildLegend();
  auto all = charts();
  const bool any = !data.curves().empty();
  pages->setCurrentIndex(all.empty() ? 0 : 1);
  if (any != hadAny) {
    hadAny = any;
    retranslate();
  }
  for (auto* b : std::initializer_list<QWidget*>{smooth, logButton, timeButton, resetButton, exportButton, metricsButton})
    b->setEnabled(any);
  QString problem;
  for (const auto& one : runs)
    if (!one.error.isEmpty()) problem = one.error;
  if (!problem.isEmpty()) empty->setError(tr("The curves cannot be read."), problem);
  else if (any) empty->setText(tr("Nothing is chosen to be shown."), tr("Choose metrics above, or switch lines on in the legend."));
  else if (runs.empty())
    empty->setText(tr("No curves yet"),
                   tr("Run a pipeline that trains: loss, accuracy, learning rate and speed appear here while it runs."));
  else
    empty->setText(tr("This run has told no curves"),
                   tr("Blocks that train tell them while they run, results taken from the store do not again."));
  // The curves of before must stay until the chart has the new ones.
  std::deque<Curve> overTime;
  if (timeButton->isChecked())
    for (auto& spec : all)
      for (auto& line : spec.lines) line.curve = &overTime.emplace_back(byTime(*line.curve));
  chart->setCharts(std::move(all), self.smoothing(), logarithmic, timeButton->isChecked());
  timed = std::move(overTime);
}

void CurvePanel::Impl::rebuildMetricsMenu() {
  const auto all = data.metrics();
  if (metricsMenu->isVisible()) return;  // Entries must not vanish under the pointer.
  metricsMenu->clear();
  for (const auto& metric : all) {
    auto* action = metricsMenu->addAction(sayMetric(toUtf8(metric)));
    action->setObjectName(QStringLiteral("curvesMetric_") + metric);
    action->setCheckable(true);
    action->setChecked(!hiddenMetrics.contains(metric));
    connect(action, &QAction::toggled, &self, [this, metric](bool on) { self.setMetricVisible(metric, on); });
  }
}

void CurvePanel::Impl::rebuildLegend() {
  const auto all = lines();
  // Kept while the lines are the same: a button under the pointer must not be replaced ten times a second.
  bool same = legendRow->count() == static_cast<int>(all.size());
  for (int i = 0; same && i < legendRow->count(); ++i) {
    auto* chip = qobject_cast<QToolButton*>(legendRow->itemAt(i)->widget());
    same = chip && chip->text() == QString{all[static_cast<std::size_t>(i)].second}.replace(QLatin1Char('&'), QLatin1String{"&&"});
  }
  legend->setVisible(all.size() > 1 || runs.size() > 1);
  if (!same) {
    while (auto* item = legendRow->takeAt(0)) {
      item->widget()->setParent(nullptr);  // Gone at once for whoever looks for it by name.
      item->widget()->deleteLater();
      delete item;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto key = all[i].first;
      auto* chip = new QToolButton{legend};
      chip->setObjectName(QStringLiteral("curvesLine_%1").arg(i));
      chip->setText(QString{all[i].second}.replace(QLatin1Char('&'), QLatin1String{"&&"}));
      chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
      chip->setCheckable(true);
      chip->setAutoRaise(true);
      chip->setFocusPolicy(Qt::StrongFocus);
      chip->setIconSize({20, 12});
      chip->setToolTip(tr("Show or hide %1").arg(all[i].second));
      chip->setChecked(!hiddenLines.contains(key));
      connect(chip, &QToolButton::toggled, &self, [this, key](bool on) {
        if (on) hiddenLines.erase(key);
        else hiddenLines.insert(key);
        refresh();
      });
      legendRow->addWidget(chip);
      chip->show();
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    qobject_cast<QToolButton*>(legendRow->itemAt(static_cast<int>(i))->widget())
        ->setIcon(lineSwatch(seriesColour(static_cast<int>(i), self.palette()), self.devicePixelRatioF()));
}

void CurvePanel::Impl::exportAs(const QString& ending, const QString& filter) {
  askPath(&self, {.ask = Ask::Save, .title = tr("Export curves"), .start = tr("curves") + ending, .filters = filter},
          [this](const QString& path) {
            const auto done = self.exportTo(path);
            if (!done) QMessageBox::warning(&self, tr("Export curves"), say(done.error()));
            else Q_EMIT self.statusMessage(tr("Saved %1").arg(path));
          });
}

void CurvePanel::Impl::drawAll(QCPPainter& painter, QSize size) const {
  const auto all = lines();
  painter.fillRect(QRect{QPoint{}, size}, self.palette().color(QPalette::Base));
  painter.setFont(self.font());
  const QFontMetrics metrics{self.font()};
  int x = 16, y = 16;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (hiddenLines.contains(all[i].first)) continue;
    const int width = 28 + metrics.horizontalAdvance(all[i].second) + 20;
    if (x > 16 && x + width > size.width()) x = 16, y += metrics.height() + 6;
    painter.setPen(QPen{seriesColour(static_cast<int>(i), self.palette()), 3, Qt::SolidLine, Qt::RoundCap});
    painter.drawLine(QPointF(x, y + metrics.height() / 2.0), QPointF(x + 18, y + metrics.height() / 2.0));
    painter.setPen(self.palette().color(QPalette::Text));
    painter.drawText(QPointF(x + 26, y + metrics.ascent()), all[i].second);
    x += width;
  }
  y += metrics.height() + 8;
  painter.translate(0, y);
  chart->toPainter(&painter, size.width(), size.height() - y);
}

Result<> CurvePanel::Impl::writePicture(const QString& path, bool svg) const {
  const QSize size{std::max(chart->width(), 800), std::max(chart->height(), 480) + 32};
  if (svg) {
    QSvgGenerator file;
    file.setFileName(path);
    file.setSize(size);
    file.setViewBox(QRect{QPoint{}, size});
    file.setTitle(tr("Curves"));
    QCPPainter painter;
    if (!painter.begin(&file)) return fail(writeFailed(path, QString{}));
    drawAll(painter, size);
    painter.end();
    return {};
  }
  QPixmap pixmap{size * 2};
  pixmap.setDevicePixelRatio(2);
  QCPPainter painter{&pixmap};
  drawAll(painter, size);
  painter.end();
  QSaveFile file{path};
  if (!file.open(QIODevice::WriteOnly) || !pixmap.save(&file, "PNG") || !file.commit()) return fail(writeFailed(path, file.errorString()));
  return {};
}

CurvePanel::CurvePanel(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, engine)} {
  setObjectName(QStringLiteral("curvePanel"));
  impl_->build();
  impl_->retranslate();
  impl_->refresh();
}

CurvePanel::~CurvePanel() = default;

void CurvePanel::setRuns(const QStringList& runs) {
  std::vector<Impl::Run> next;
  QStringList fresh;
  for (const auto& id : runs) {
    if (auto* known = impl_->run(id)) next.push_back(*known);
    else next.push_back({.id = id}), fresh << id;
  }
  for (const auto& old : impl_->runs)
    if (!runs.contains(old.id)) impl_->data.remove(old.id);
  impl_->runs = std::move(next);
  for (const auto& id : fresh) impl_->request(id);
  impl_->refresh();
}

QStringList CurvePanel::runs() const {
  QStringList out;
  for (const auto& one : impl_->runs) out << one.id;
  return out;
}

void CurvePanel::setRunTitle(const QString& run, const QString& title) {
  auto* one = impl_->run(run);
  if (!one) return;
  one->title = title;
  impl_->refresh();
}

void CurvePanel::append(const Value& event) {
  if (!impl_->run(fromUtf8(event["run"].asText())) || !impl_->data.append(event)) return;
  if (!impl_->refreshSoon.isActive()) impl_->refreshSoon.start();
}

void CurvePanel::reload(const QString& run) {
  if (impl_->run(run)) impl_->request(run);
}

void CurvePanel::setBlock(const QString& name) {
  impl_->block = name;
  impl_->refresh();
}

double CurvePanel::smoothing() const { return impl_->smooth->value() / 100.0; }
void CurvePanel::setSmoothing(double share) { impl_->smooth->setValue(static_cast<int>(std::lround(share * 100))); }

QStringList CurvePanel::metrics() const {
  QStringList out;
  for (const auto& metric : impl_->data.metrics()) out << metric;
  return out;
}

QStringList CurvePanel::visibleMetrics() const {
  QStringList out;
  for (const auto& spec : impl_->charts()) out << spec.metric;
  return out;
}

void CurvePanel::setMetricVisible(const QString& metric, bool visible) {
  if (visible) impl_->hiddenMetrics.erase(metric);
  else impl_->hiddenMetrics.insert(metric);
  impl_->refresh();
}

void CurvePanel::setLogarithmic(bool on) {
  if (impl_->logarithmic == on) return;
  impl_->logarithmic = on;
  impl_->logButton->setChecked(on);
  impl_->refresh();
}

void CurvePanel::setByTime(bool on) { impl_->timeButton->setChecked(on); }

bool CurvePanel::logarithmic() const { return impl_->logarithmic; }

Result<> CurvePanel::exportTo(const QString& path) const {
  if (path.endsWith(QLatin1String{".png"}, Qt::CaseInsensitive)) return impl_->writePicture(path, false);
  if (path.endsWith(QLatin1String{".svg"}, Qt::CaseInsensitive)) return impl_->writePicture(path, true);
  if (!path.endsWith(QLatin1String{".csv"}, Qt::CaseInsensitive))
    return fail(ErrorKind::Usage, "curves.format", TR("error", "Curves are saved as .png, .svg or .csv."),
                TR("error", "End the file's name with one of these."), toUtf8(path));
  std::map<QString, QString> titles;
  for (const auto& one : impl_->runs) titles[one.id] = impl_->titleOf(one.id);
  QSaveFile file{path};
  const auto bytes = impl_->data.toCsv(smoothing(), titles).toUtf8();
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return fail(writeFailed(path, file.errorString()));
  return {};
}

void CurvePanel::resetZoom() { impl_->chart->resetZoom(); }

void CurvePanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (!impl_ || !impl_->chart) return;
  if (event->type() == QEvent::LanguageChange) {
    impl_->retranslate();
    impl_->refresh();
  } else if (event->type() == QEvent::PaletteChange) {
    impl_->refresh();
  }
}

}  // namespace patchbay::widgets
