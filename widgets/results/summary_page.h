// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTableWidget>
#include <QWidget>

#include "widgets/results/report_data.h"

class QLabel;

namespace patchbay::widgets {

/// Reports that are tables of figures: a summary of many runs, a comparison of two methods, and kinds not known here.
class SummaryPage : public QWidget {
  Q_OBJECT
 public:
  explicit SummaryPage(QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void rebuild();
  void fillSummary();
  void fillComparison();
  void fillPlain();
  QTableWidgetItem* cell(const QString& text, bool number) const;
  ReportDataPtr data_;
  QLabel *title_, *runsTitle_;
  QTableWidget *figures_, *runs_;
};

}  // namespace patchbay::widgets
