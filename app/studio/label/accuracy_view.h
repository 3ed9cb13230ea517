// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::studio {

/// Accuracy over the number of labels: what was measured on the person's own labels, with its interval, and dashed how it may go on.
class AccuracyView : public QWidget {
  Q_OBJECT

 public:
  explicit AccuracyView(QWidget* parent = nullptr);
  /// As assist_estimate answers: "curve", "forecast", "accuracy".
  void setEstimate(const Value& estimate);
  bool empty() const { return measured_.empty(); }
  QSize sizeHint() const override { return {240, 132}; }
  QSize minimumSizeHint() const override { return {120, 96}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Point {
    double labels = 0, value = 0, low = 0, high = 0;
  };
  static std::vector<Point> points(const Value& list);
  QPointF place(double labels, double value) const;
  std::vector<Point> measured_, forecast_;
  double lowest_ = 0, most_ = 1;
};

}  // namespace patchbay::studio
