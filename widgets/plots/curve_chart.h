// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <optional>
#include <vector>

#include "widgets/plots/curve_data.h"
#include "widgets/plots/custom_plot.h"

namespace patchbay::widgets {

/// One line of a chart.
struct ChartLine {
  const Curve* curve = nullptr;
  QString name;  ///< As in the legend.
  QColor colour;
};
/// All lines of one metric.
struct ChartSpec {
  QString metric;
  QString title;
  std::vector<ChartLine> lines;
};

/// Charts below and beside each other, one a metric. Wheel zooms along the steps, Ctrl+wheel along the values, drag moves,
/// Shift+drag zooms to a box, a double click shows all; the cursor reads every line at one step. Keys: arrows, + - 0.
class CurveChart : public QCustomPlot {
  Q_OBJECT
 public:
  explicit CurveChart(QWidget* parent = nullptr);
  /// The curves must stay until the next call. Zoom is kept where the same metrics are shown again.
  /// `byTime`: the curves lie over seconds, not over steps and epochs.
  void setCharts(std::vector<ChartSpec> charts, double smoothing, bool logarithmic, bool byTime = false);
  void resetZoom();
  void restyle();
  bool zoomed() const;
  /// What is read at the cursor, one entry a chart; for the read-out and for tests.
  QStringList readOut() const;
  /// Moves the cursor to a step of the charts that count like the first one.
  void setCursorAt(double index);

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Chart {
    ChartSpec spec;
    QCPAxisRect* rect = nullptr;
    QCPTextElement* title = nullptr;
    QCPItemStraightLine* cursor = nullptr;
    std::vector<QCPGraph*> raw, smooth;
    std::vector<QCPItemTracer*> marks;
    bool ownX = false, ownY = false;  // The user chose the range.
  };
  int columnsFor(int width) const;
  void build();
  void buildChart(Chart& chart, int row, int column);
  void setAxisKind(Chart& chart);
  void fill(Chart& chart);
  void fit(Chart& chart);
  void fitValues(Chart& chart);
  void shareX(const Chart& from);
  bool sameSteps(const Chart& a, const Chart& b) const;
  bool countsEpochs(const Chart& chart) const;
  Chart* chartAt(const QPointF& position);
  void zoom(Chart& chart, const QPointF& about, double factor, bool values);
  void moveCursor(Chart* under, double index);
  void showReadOut(const Chart& under, QPoint where);
  QString readOutOf(const Chart& chart) const;
  void takeBox(const QRect& drawn);
  std::vector<Chart> charts_;
  double smoothing_ = 0;
  bool logarithmic_ = false, byTime_ = false;
  int columns_ = 0;
  std::optional<double> cursorAt_;
  Chart* cursorChart_ = nullptr;
  Chart* dragged_ = nullptr;
  QPointF dragFrom_;
  bool moved_ = false;
  QLabel* readOut_;
};

}  // namespace patchbay::widgets
