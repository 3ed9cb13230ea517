// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTableView>
#include <QWidget>

#include "widgets/results/report_data.h"

class QPushButton;
class QSortFilterProxyModel;

namespace patchbay::widgets {

/// Precision, recall, F1 and areas of every class with their intervals; sortable, copied as CSV.
class ClassTable : public QWidget {
  Q_OBJECT
 public:
  explicit ClassTable(QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);
  /// In the order shown; numbers as every program reads them, bounds in columns of their own.
  QString toCsv() const;
  QTableView* view() const { return view_; }

 Q_SIGNALS:
  void statusMessage(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  class Model;
  void retranslate();
  void copy();
  Model* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* view_;
  QPushButton* copy_;
};

}  // namespace patchbay::widgets
