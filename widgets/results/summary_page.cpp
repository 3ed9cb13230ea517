// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/summary_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <cmath>
#include <set>

#include "engine/learn/report.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/metric_names.h"

namespace patchbay::widgets {

namespace {

void tidy(QTableWidget& table) {
  table.setEditTriggers(QAbstractItemView::NoEditTriggers);
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setAlternatingRowColors(true);
  table.setShowGrid(false);
  table.setFrameShape(QFrame::NoFrame);
  table.verticalHeader()->hide();
  table.horizontalHeader()->setStretchLastSection(true);
}

bool isBound(std::string_view name) { return name.ends_with("_low") || name.ends_with("_high") || name.ends_with("_sd"); }

}  // namespace

SummaryPage::SummaryPage(QWidget* parent)
    : QWidget{parent},
      title_{new QLabel{this}},
      runsTitle_{new QLabel{this}},
      figures_{new QTableWidget{this}},
      runs_{new QTableWidget{this}} {
  setObjectName(QStringLiteral("summaryPage"));
  figures_->setObjectName(QStringLiteral("summaryFigures"));
  runs_->setObjectName(QStringLiteral("summaryRuns"));
  for (auto* t : {figures_, runs_}) tidy(*t);
  title_->setWordWrap(true);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(title_);
  column->addWidget(figures_, 3);
  column->addWidget(runsTitle_);
  column->addWidget(runs_, 2);
}

void SummaryPage::setReport(ReportDataPtr report) {
  data_ = std::move(report);
  rebuild();
}

QTableWidgetItem* SummaryPage::cell(const QString& text, bool number) const {
  auto* item = new QTableWidgetItem{text};
  item->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  return item;
}

void SummaryPage::rebuild() {
  if (!data_) return;
  for (auto* t : {figures_, runs_}) t->clear(), t->setRowCount(0);
  const bool summary = data_->kind == QLatin1String{"summary"};
  runs_->setVisible(summary);
  runsTitle_->setVisible(summary);
  runsTitle_->setText(tr("Single runs"));
  figures_->setAccessibleName(tr("Figures"));
  runs_->setAccessibleName(tr("Single runs"));
  if (summary) fillSummary();
  else if (data_->kind == QLatin1String{"comparison"}) fillComparison();
  else fillPlain();
  for (auto* t : {figures_, runs_}) t->resizeColumnsToContents();
}

void SummaryPage::fillSummary() {
  const auto& figures = data_->body["figures"].asMap();
  title_->setText(tr("%1 brought together.").arg(sayCount(TR("results", "{n} run(s)"), data_->metrics["runs"].asInt())));
  figures_->setColumnCount(4);
  figures_->setHorizontalHeaderLabels({tr("Figure"), tr("Mean (95 % interval)"), tr("Spread"), tr("How computed")});
  for (const auto& [name, value] : figures) {
    const int row = figures_->rowCount();
    figures_->insertRow(row);
    const auto m = learn::metricFromValue(value);
    figures_->setItem(row, 0, cell(sayMetric(name), false));
    figures_->setItem(row, 1, cell(sayWithInterval(m), true));
    figures_->setItem(row, 2, cell(sayFigure(value["sd"].asDouble()), true));
    figures_->setItem(row, 3, cell(say(m.method), false));
  }
  std::set<std::string> names;
  const auto& rows = data_->body["rows"].asList();
  for (const auto& r : rows)
    for (const auto& [name, value] : r["metrics"].asMap())
      if (!isBound(name)) names.insert(name);
  runs_->setColumnCount(static_cast<int>(names.size()) + 1);
  QStringList heads{tr("Run")};
  for (const auto& n : names) heads << sayMetric(n);
  runs_->setHorizontalHeaderLabels(heads);
  const auto best = data_->body["best"].asInt(-1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int row = runs_->rowCount();
    runs_->insertRow(row);
    const auto& label = rows[i]["label"];
    auto text = label.isText() && !label.asText().empty() ? fromUtf8(label.asText()) : QLocale{}.toString(static_cast<qulonglong>(i + 1));
    if (static_cast<std::int64_t>(i) == best) text = tr("%1 (best)").arg(text);
    runs_->setItem(row, 0, cell(text, false));
    int column = 1;
    for (const auto& n : names) runs_->setItem(row, column++, cell(sayFigure(rows[i]["metrics"][n].asDouble(std::nan(""))), true));
    if (static_cast<std::int64_t>(i) == best)
      for (int c = 0; c < runs_->columnCount(); ++c) {
        auto font = runs_->item(row, c)->font();
        font.setWeight(QFont::DemiBold);
        runs_->item(row, c)->setFont(font);
      }
  }
}

void SummaryPage::fillComparison() {
  title_->setText(tr("Candidate against baseline, on the same pictures: %1.")
                      .arg(sayCount(TR("results", "{n} run(s)"), data_->metrics["runs"].asInt())));
  figures_->setColumnCount(5);
  figures_->setHorizontalHeaderLabels(
      {tr("Figure"), tr("Baseline"), tr("Candidate"), tr("Difference (95 % interval)"), tr("How computed")});
  for (const auto& [name, value] : data_->body["figures"].asMap()) {
    const int row = figures_->rowCount();
    figures_->insertRow(row);
    const auto difference = learn::metricFromValue(value["difference"]);
    figures_->setItem(row, 0, cell(sayMetric(name), false));
    figures_->setItem(row, 1, cell(sayFigure(value["baseline"]["value"].asDouble()), true));
    figures_->setItem(row, 2, cell(sayFigure(value["candidate"]["value"].asDouble()), true));
    auto* item = cell(sayWithInterval(difference), true);
    // Only a difference whose interval leaves out zero is coloured.
    if (difference.low > 0) item->setForeground(toneColour(Tone::Good, palette()));
    if (difference.high < 0) item->setForeground(toneColour(Tone::Bad, palette()));
    figures_->setItem(row, 3, item);
    figures_->setItem(row, 4, cell(say(difference.method), false));
  }
}

void SummaryPage::fillPlain() {
  title_->setText(tr("All figures of this report."));
  figures_->setColumnCount(2);
  figures_->setHorizontalHeaderLabels({tr("Figure"), tr("Value")});
  for (const auto& [name, value] : data_->metrics.asMap()) {
    if (isBound(name)) continue;
    const int row = figures_->rowCount();
    figures_->insertRow(row);
    const learn::MetricValue m{
        value.asDouble(), data_->metrics[name + "_low"].asDouble(std::nan("")), data_->metrics[name + "_high"].asDouble(std::nan("")), {}};
    figures_->setItem(row, 0, cell(sayMetric(name), false));
    figures_->setItem(row, 1, cell(sayWithInterval(m), false));
  }
}

void SummaryPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) rebuild();
}

}  // namespace patchbay::widgets
