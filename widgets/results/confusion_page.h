// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/results/report_data.h"

class QLabel;

namespace patchbay::widgets {

class ConfusionView;
class PictureGrid;

/// The confusion matrix and, beside it, the pictures of the cell that was chosen.
class ConfusionPage : public QWidget {
  Q_OBJECT
 public:
  ConfusionPage(EngineAccess& engine, QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);
  /// Pictures of one cell at a threshold; the matrix follows.
  void showCell(std::size_t truth, std::size_t predicted, double threshold);
  ConfusionView* matrix() const { return matrix_; }
  PictureGrid* grid() const { return grid_; }

 Q_SIGNALS:
  void itemsSelected(const std::vector<std::string>& ids);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void fill();
  ReportDataPtr data_;
  ConfusionView* matrix_;
  QLabel* title_;
  PictureGrid* grid_;
  std::optional<std::pair<std::size_t, std::size_t>> cell_;
  double threshold_ = 0.5;
};

}  // namespace patchbay::widgets
