// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/results/report_data.h"

class QLabel;

namespace patchbay::widgets {

class UnitPlot;

/// How far the stated probabilities can be believed: share of right answers by confidence, and the calibration error.
class CalibrationPage : public QWidget {
  Q_OBJECT
 public:
  explicit CalibrationPage(QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  ReportDataPtr data_;
  UnitPlot* plot_;
  QLabel *figure_, *meaning_, *bins_;
};

}  // namespace patchbay::widgets
