// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/class_table.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>
#include <array>
#include <cmath>

#include "engine/learn/report.h"
#include "widgets/base/say.h"
#include "widgets/plots/curve_data.h"
#include "widgets/plots/metric_names.h"

namespace patchbay::widgets {

namespace {

constexpr std::array<const char*, 5> figures{"precision", "recall", "f1", "auroc", "average_precision"};

}  // namespace

class ClassTable::Model : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void set(ReportDataPtr report) {
    beginResetModel();
    data_ = std::move(report);
    endResetModel();
  }
  const Value& row(int row) const { return data_->body["per_class"].asList()[static_cast<std::size_t>(row)]; }
  QString name(int row) const { return data_->classes[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex& parent = {}) const override {
    if (parent.isValid() || !data_) return 0;
    return static_cast<int>(std::min(data_->classes.size(), data_->body["per_class"].asList().size()));
  }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 2 + static_cast<int>(figures.size()); }

  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>((section ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section > 1) return ClassTable::tr("With its 95 % interval");
    if (role != Qt::DisplayRole) return {};
    if (section == 0) return ClassTable::tr("Class");
    return section == 1 ? sayMetric("support") : sayMetric(figures[static_cast<std::size_t>(section) - 2]);
  }

  QVariant data(const QModelIndex& index, int role) const override {
    const auto& values = row(index.row());
    if (role == Qt::TextAlignmentRole) return static_cast<int>((index.column() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (index.column() == 0)
      return role == Qt::DisplayRole || role == Qt::UserRole || role == Qt::ToolTipRole ? QVariant{name(index.row())} : QVariant{};
    if (index.column() == 1) {
      const auto n = static_cast<qlonglong>(values["support"].asInt());
      return role == Qt::DisplayRole ? QVariant{QLocale{}.toString(n)} : role == Qt::UserRole ? QVariant{n} : QVariant{};
    }
    const auto metric = learn::metricFromValue(values[figures[static_cast<std::size_t>(index.column()) - 2]]);
    switch (role) {
      case Qt::DisplayRole:
        return sayWithInterval(metric);
      case Qt::UserRole:
        return std::isfinite(metric.value) ? metric.value : -1.0;
      case Qt::ToolTipRole:
        return say(metric.method);
      default:
        return {};
    }
  }

 private:
  ReportDataPtr data_;
};

ClassTable::ClassTable(QWidget* parent)
    : QWidget{parent},
      model_{new Model{this}},
      sorted_{new QSortFilterProxyModel{this}},
      view_{new QTableView{this}},
      copy_{new QPushButton{this}} {
  setObjectName(QStringLiteral("classTable"));
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(Qt::UserRole);
  view_->setObjectName(QStringLiteral("classTableView"));
  view_->setModel(sorted_);
  view_->setSortingEnabled(true);
  view_->sortByColumn(-1, Qt::AscendingOrder);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setAlternatingRowColors(true);
  view_->setShowGrid(false);
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->verticalHeader()->hide();
  view_->horizontalHeader()->setStretchLastSection(true);
  view_->setFrameShape(QFrame::NoFrame);
  view_->installEventFilter(this);
  copy_->setObjectName(QStringLiteral("classTableCopy"));
  connect(copy_, &QPushButton::clicked, this, &ClassTable::copy);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(view_, 1);
  column->addWidget(copy_, 0, Qt::AlignLeft);
  retranslate();
}

void ClassTable::setReport(ReportDataPtr report) {
  model_->set(std::move(report));
  view_->resizeColumnsToContents();
  for (int c = 0; c < model_->columnCount(); ++c) view_->setColumnWidth(c, std::min(view_->columnWidth(c) + 16, 320));
}

QString ClassTable::toCsv() const {
  auto out = QStringLiteral("class,support");
  for (const auto* f : figures) {
    const auto name = QLatin1String{f};
    out += QStringLiteral(",%1,%1_low,%1_high").arg(name);
  }
  out += QLatin1Char('\n');
  const auto number = [](double v) { return std::isfinite(v) ? QString::number(v, 'g', QLocale::FloatingPointShortest) : QString{}; };
  for (int r = 0; r < sorted_->rowCount(); ++r) {
    const int row = sorted_->mapToSource(sorted_->index(r, 0)).row();
    out += csvField(model_->name(row)) + QLatin1Char(',') + QString::number(model_->row(row)["support"].asInt());
    for (const auto* f : figures) {
      const auto m = learn::metricFromValue(model_->row(row)[f]);
      for (const double v : {m.value, m.low, m.high}) out += QLatin1Char(',') + number(v);
    }
    out += QLatin1Char('\n');
  }
  return out;
}

void ClassTable::copy() {
  QApplication::clipboard()->setText(toCsv());
  Q_EMIT statusMessage(tr("Copied the table as CSV"));
}

void ClassTable::retranslate() {
  copy_->setText(tr("Copy as CSV"));
  copy_->setToolTip(tr("Copy the whole table in the order shown (Ctrl+C)"));
  view_->setAccessibleName(tr("Figures of every class"));
}

bool ClassTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == view_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    copy();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void ClassTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace patchbay::widgets
