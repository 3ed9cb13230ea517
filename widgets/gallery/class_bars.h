// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QWidget>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace patchbay::widgets {

/// How many pictures a class has, by part of the split.
struct ClassCount {
  QString name;
  std::int64_t none = 0, train = 0, validation = 0, test = 0;
  std::optional<std::int64_t> passing;  ///< How many of them a filter lets through; nothing: there is none.
  bool unlabelled = false;              ///< Not a class but the pictures without one; drawn grey and last.
  std::int64_t total() const { return none + train + validation + test; }
};

/// The balance of classes: a bar a class, its length the count, divided by part where there are parts; of what a filter lets through
/// only that part is in full colour. Arrow keys move through
/// the bars; a click or Enter tells which.
class ClassBars : public QWidget {
  Q_OBJECT
 public:
  explicit ClassBars(QWidget* parent = nullptr);
  void setCounts(std::vector<ClassCount> counts);
  const std::vector<ClassCount>& counts() const { return counts_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void classActivated(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRect rowRect(int row) const;
  int rowAt(const QPoint& point) const;
  int nameWidth() const;
  int figureWidth() const;
  bool divided() const;
  QString figure(const ClassCount& count) const;
  QString describe(int row) const;
  void paintBar(QPainter& painter, int row) const;
  void paintLegend(QPainter& painter) const;
  void setCurrent(int row);
  std::vector<ClassCount> counts_;
  int current_ = -1;
};

}  // namespace patchbay::widgets
