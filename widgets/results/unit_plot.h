// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QPointF>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

namespace patchbay::widgets {

/// A square chart with both axes from 0 to 1: ROC, precision and recall, calibration. Hovering reads the curve.
class UnitPlot : public QWidget {
  Q_OBJECT
 public:
  struct Bar {
    double low = 0, high = 0, value = 0;
    double weight = 1;  ///< 0 to 1, how strong it is drawn.
    QString tip;
  };
  explicit UnitPlot(QWidget* parent = nullptr);
  void setTitle(const QString& title);
  void setAxes(const QString& x, const QString& y);
  /// Reads one point in words, for the tool tip.
  void setCurve(std::vector<QPointF> points, std::function<QString(std::size_t)> read = {});
  void setBars(std::vector<Bar> bars);
  void setDiagonal(bool on);
  void setEmptyText(const QString& text);
  /// The operating point.
  void setPoint(std::optional<QPointF> point, const QString& label = {});
  const std::optional<QPointF>& point() const { return point_; }
  QSize sizeHint() const override { return {320, 320}; }
  QSize minimumSizeHint() const override { return {200, 200}; }
  bool hasHeightForWidth() const override { return false; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QRectF area() const;
  QPointF place(const QPointF& p) const;
  void paintAxes(QPainter& painter) const;
  void paintBars(QPainter& painter) const;
  QString title_, x_, y_, emptyText_, pointLabel_;
  std::vector<QPointF> curve_;
  std::vector<Bar> bars_;
  std::function<QString(std::size_t)> read_;
  std::optional<QPointF> point_;
  std::optional<std::size_t> hovered_;
  bool diagonal_ = false;
};

}  // namespace patchbay::widgets
