// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QScrollArea>

#include "widgets/results/report_data.h"

namespace patchbay::widgets {

/// The headline figures of an evaluation as cards: value, 95 % interval, and how the interval was computed.
class FiguresPage : public QScrollArea {
  Q_OBJECT
 public:
  explicit FiguresPage(QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void rebuild();
  ReportDataPtr data_;
};

/// The figures of an evaluation in the order in which they are shown.
std::vector<std::string> headlineFigures(const ReportData& data);
/// "529 pictures of the part Test, 2 classes. To be found: "defective", from a probability of 0.5 on."
QString sayWhatWasMeasured(const ReportData& data);

}  // namespace patchbay::widgets
