// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <deque>
#include <optional>
#include <vector>

namespace patchbay::widgets {

/// How busy the machine is at one moment.
struct LoadSample {
  double seconds = 0;    ///< Of any steady clock.
  double processor = 0;  ///< 0 to 1, of all cores together.
  double memoryBytes = 0, memoryTotal = 0;
  std::optional<double> gpu;  ///< 0 to 1; none: no GPU, its row is not shown.
  double gpuMemoryBytes = 0, gpuMemoryTotal = 0;
};

/// The last minutes of processor, memory and GPU as small curves with the figures of now beside them.
class LoadStrip : public QWidget {
  Q_OBJECT
 public:
  explicit LoadStrip(QWidget* parent = nullptr);
  void append(const LoadSample& sample);
  void clear();
  void setSpan(double seconds);  ///< How far back, default 120.
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Row;
  std::vector<Row> rows() const;
  void paintRow(QPainter& painter, const QRectF& rect, const Row& row) const;
  void describe();
  std::deque<LoadSample> samples_;
  double span_ = 120;
};

}  // namespace patchbay::widgets
