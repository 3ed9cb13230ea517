// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <vector>

#include "app/studio/deploy/measure_table.h"

class QCustomPlot;

namespace patchbay::studio {

/// Accuracy over time or size: a point a model file with its interval, those that no other beats joined, the limit as a line.
class TradePlot : public QWidget {
  Q_OBJECT

 public:
  explicit TradePlot(QWidget* parent = nullptr);
  /// `limit` in milliseconds, 0: none; `picked`: index of the one it picks, -1: none.
  void show(std::vector<Contender> all, MeasureTable::Axis axis, double limit, int picked);
  /// At twice the size. False: it could not be written.
  bool savePng(const QString& path) const;
  QSize sizeHint() const override { return {420, 240}; }

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void draw();
  void describe();
  QCustomPlot* plot_;
  std::vector<Contender> all_;
  MeasureTable::Axis axis_ = MeasureTable::Axis::Time;
  double limit_ = 0;
  int picked_ = -1;
};

}  // namespace patchbay::studio
