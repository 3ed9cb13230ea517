// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/run_comparison.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/learn/intervals.h"
#include "widgets/base/block_names.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/curve_data.h"
#include "widgets/plots/metric_names.h"
#include "widgets/results/report_data.h"

namespace patchbay::widgets {

namespace {

bool isBound(std::string_view name) { return name.ends_with("_low") || name.ends_with("_high"); }

}  // namespace

struct RunComparison::Impl {
  RunComparison& self;
  EngineAccess& engine;
  std::vector<std::string> ids;
  std::vector<Value> shown;  ///< One a run, null until it is there.
  std::optional<Error> error;
  std::unique_ptr<QObject> request;
  QStackedWidget* pages = nullptr;
  EmptyState* empty = nullptr;
  QLabel *metricsTitle = nullptr, *differencesTitle = nullptr;
  QTableWidget *metrics = nullptr, *differences = nullptr;
  QCheckBox* onlyChanged = nullptr;
  QPushButton* copy = nullptr;

  void build();
  void retranslate();
  void fill();
  void fillMetrics();
  void fillDifferences();
  bool complete() const {
    return !shown.empty() && std::ranges::none_of(shown, [](const Value& v) { return v.isNull(); });
  }
  QString titleOf(std::size_t i) const;
  std::vector<std::string> metricNames() const;
  double metricOf(std::size_t run, const std::string& name) const {
    return shown[run]["finished_event"]["metrics"][name].asDouble(std::nan(""));
  }
};

void RunComparison::Impl::build() {
  empty = new EmptyState{&self};
  auto* page = new QWidget{&self};
  metricsTitle = new QLabel{page};
  differencesTitle = new QLabel{page};
  for (auto* l : {metricsTitle, differencesTitle}) {
    auto font = l->font();
    font.setWeight(QFont::DemiBold);
    l->setFont(font);
  }
  const auto table = [page](const char* name) {
    auto* t = new QTableWidget{page};
    t->setObjectName(QLatin1String{name});
    t->setEditTriggers(QAbstractItemView::NoEditTriggers);
    t->setSelectionBehavior(QAbstractItemView::SelectRows);
    t->setAlternatingRowColors(true);
    t->setShowGrid(false);
    t->setFrameShape(QFrame::NoFrame);
    t->setWordWrap(true);
    t->verticalHeader()->hide();
    t->horizontalHeader()->setStretchLastSection(true);
    return t;
  };
  metrics = table("comparisonMetrics");
  differences = table("comparisonDifferences");
  onlyChanged = new QCheckBox{page};
  onlyChanged->setObjectName(QStringLiteral("comparisonOnlyChanged"));
  copy = new QPushButton{page};
  copy->setObjectName(QStringLiteral("comparisonCopy"));
  const auto half = [page](std::initializer_list<QWidget*> widgets) {
    auto* w = new QWidget{page};
    auto* column = new QVBoxLayout{w};
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (auto* one : widgets)
      column->addWidget(one, qobject_cast<QTableWidget*>(one) ? 1 : 0, qobject_cast<QPushButton*>(one) ? Qt::AlignLeft : Qt::Alignment{});
    return w;
  };
  auto* halves = new QSplitter{Qt::Vertical, page};
  halves->setChildrenCollapsible(false);
  halves->addWidget(half({differencesTitle, differences}));
  halves->addWidget(half({metricsTitle, onlyChanged, metrics, copy}));
  halves->setStretchFactor(0, 2);
  halves->setStretchFactor(1, 3);
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(16, 16, 16, 16);
  column->addWidget(halves, 1);
  pages = new QStackedWidget{&self};
  pages->addWidget(empty);
  pages->addWidget(page);
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(pages);
  connect(onlyChanged, &QCheckBox::toggled, &self, [this] { fill(); });
  connect(copy, &QPushButton::clicked, &self, [this] { QApplication::clipboard()->setText(self.toCsv()); });
}

void RunComparison::Impl::retranslate() {
  self.setAccessibleName(tr("Comparison of runs"));
  metricsTitle->setText(tr("Figures"));
  differencesTitle->setText(tr("What was done differently"));
  metrics->setAccessibleName(tr("Figures"));
  differences->setAccessibleName(tr("What was done differently"));
  onlyChanged->setText(tr("Only figures that differ"));
  copy->setText(tr("Copy as CSV"));
  fill();
}

QString RunComparison::Impl::titleOf(std::size_t i) const {
  const auto when = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(shown[i]["started"].asDouble() * 1000));
  const auto title = tr("%1, %2").arg(sayWritten(shown[i]["title"].asText()), QLocale{}.toString(when, QLocale::ShortFormat));
  return i == 0 ? tr("%1 (compared with)").arg(title) : title;
}

std::vector<std::string> RunComparison::Impl::metricNames() const {
  std::set<std::string> names;
  for (const auto& run : shown)
    for (const auto& [name, value] : run["finished_event"]["metrics"].asMap())
      if (!isBound(name) && value.isNumber()) names.insert(name);
  return {names.begin(), names.end()};
}

void RunComparison::Impl::fill() {
  if (error) empty->setError(say(error->cause), say(error->hint));
  else if (ids.size() < 2) empty->setText(tr("Nothing to compare yet"), tr("Choose two or more runs in the list of runs, then Compare."));
  else empty->setText(tr("Reading the runs…"), {});
  const bool ready = !error && ids.size() >= 2 && complete();
  pages->setCurrentIndex(ready ? 1 : 0);
  if (!ready) return;
  fillDifferences();
  fillMetrics();
}

void RunComparison::Impl::fillMetrics() {
  metrics->clear();
  metrics->setRowCount(0);
  metrics->setColumnCount(static_cast<int>(shown.size()) + 1);
  QStringList heads{tr("Figure")};
  for (std::size_t i = 0; i < shown.size(); ++i) heads << titleOf(i);
  metrics->setHorizontalHeaderLabels(heads);
  BlockNames names;
  for (const auto& run : shown) names.add(BlockNames::ofRun(run["document"]));
  for (const auto& name : metricNames()) {
    const double first = metricOf(0, name);
    bool differs = false;
    for (std::size_t i = 1; i < shown.size(); ++i) {
      const double v = metricOf(i, name);
      differs = differs || !(v == first || (std::isnan(v) && std::isnan(first)));
    }
    if (onlyChanged->isChecked() && !differs) continue;
    const auto [block, metric] = BlockNames::splitMetric(name);
    const int row = metrics->rowCount();
    metrics->insertRow(row);
    const auto label = block.empty() ? sayMetric(metric) : tr("%1 (%2)").arg(sayMetric(metric), names.say(block, engine.catalogue()));
    metrics->setItem(row, 0, new QTableWidgetItem{label});
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const double v = metricOf(i, name), d = v - first;
      auto text = sayWithInterval({v, metricOf(i, name + "_low"), metricOf(i, name + "_high"), {}});
      auto* item = new QTableWidgetItem;
      if (i > 0 && std::isfinite(d) && d != 0) {
        text = tr("%1, %2").arg(text, saySignedFigure(d));
        const auto better = betterOf(metric);
        if (better != Better::Neither)
          item->setForeground(toneColour((d > 0) == (better == Better::More) ? Tone::Good : Tone::Bad, self.palette()));
      }
      item->setText(text);
      item->setToolTip(text);
      metrics->setItem(row, static_cast<int>(i) + 1, item);
    }
  }
  metrics->resizeColumnsToContents();
}

void RunComparison::Impl::fillDifferences() {
  const auto all = differencesOf(engine.catalogue(), shown);
  differences->clear();
  differences->setRowCount(0);
  differences->setColumnCount(static_cast<int>(shown.size()) + 2);
  QStringList heads{tr("Block"), tr("What")};
  for (std::size_t i = 0; i < shown.size(); ++i) heads << titleOf(i);
  differences->setHorizontalHeaderLabels(heads);
  for (const auto& d : all) {
    const int row = differences->rowCount();
    differences->insertRow(row);
    differences->setItem(row, 0, new QTableWidgetItem{d.block.isEmpty() ? tr("Whole run") : d.block});
    differences->setItem(row, 1, new QTableWidgetItem{d.what});
    for (std::size_t i = 0; i < d.values.size(); ++i) {
      auto* item = new QTableWidgetItem{d.values[i].isEmpty() ? tr("not there") : d.values[i]};
      item->setToolTip(item->text());
      if (d.values[i].isEmpty()) item->setForeground(toneColour(Tone::Neutral, self.palette()));
      differences->setItem(row, static_cast<int>(i) + 2, item);
    }
  }
  if (all.empty()) {
    differences->insertRow(0);
    differences->setItem(0, 0, new QTableWidgetItem{tr("Nothing: same blocks, links, parameters, seed and device.")});
    differences->setSpan(0, 0, 1, differences->columnCount());
  }
  differences->resizeColumnsToContents();
}

RunComparison::RunComparison(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("runComparison"));
  impl_->build();
  impl_->retranslate();
}

RunComparison::~RunComparison() = default;

void RunComparison::setRuns(const std::vector<std::string>& runs) {
  impl_->ids = runs;
  impl_->shown.assign(runs.size(), Value{});
  impl_->error.reset();
  impl_->request = std::make_unique<QObject>();
  impl_->fill();
  for (std::size_t i = 0; i < runs.size(); ++i)
    impl_->engine.ask("show", Value::Map{{"run", runs[i]}}, impl_->request.get(), [this, i](const Result<Value>& answer) {
      if (answer) impl_->shown[i] = *answer;
      else impl_->error = answer.error();
      impl_->fill();
    });
}

std::vector<std::string> RunComparison::runs() const { return impl_->ids; }

QString RunComparison::toCsv() const {
  if (!impl_->complete()) return {};
  auto out = QStringLiteral("metric");
  for (std::size_t i = 0; i < impl_->shown.size(); ++i) out += QLatin1Char(',') + csvField(impl_->titleOf(i));
  out += QLatin1Char('\n');
  for (const auto& name : impl_->metricNames()) {
    out += csvField(fromUtf8(name));
    for (std::size_t i = 0; i < impl_->shown.size(); ++i) {
      const double v = impl_->metricOf(i, name);
      out += QLatin1Char(',') + (std::isfinite(v) ? QString::number(v, 'g', QLocale::FloatingPointShortest) : QString{});
    }
    out += QLatin1Char('\n');
  }
  return out;
}

void RunComparison::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (!impl_ || !impl_->copy) return;
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange) impl_->fill();
}

}  // namespace patchbay::widgets
