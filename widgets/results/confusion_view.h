// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTableView>
#include <QWidget>

#include "engine/learn/metrics.h"

class QComboBox;
class QLabel;

namespace patchbay::widgets {

/// A confusion matrix: rows are the true classes, columns the predicted ones. Right ones are blue, mistakes orange, the more the
/// stronger. Arrow keys move, Enter or a click opens the pictures of a cell.
class ConfusionView : public QWidget {
  Q_OBJECT
 public:
  explicit ConfusionView(QWidget* parent = nullptr);
  void setConfusion(std::vector<QString> classes, learn::Confusion confusion);
  const learn::Confusion& confusion() const { return confusion_; }
  enum class Scale : std::uint8_t { Counts, Rows, Columns };  ///< What the cells say: pictures, share of the row, of the column.
  void setScale(Scale scale);
  Scale scale() const { return scale_; }
  /// As the cell says it.
  QString cellText(std::size_t truth, std::size_t predicted) const;
  QTableView* view() const { return view_; }
  void setCurrent(std::size_t truth, std::size_t predicted);
  /// Whether the cells say that they open their pictures.
  void setOpensPictures(bool opens);

 Q_SIGNALS:
  void cellChosen(std::size_t truth, std::size_t predicted);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Model;
  class Painter;
  friend class Model;
  double share(std::size_t truth, std::size_t predicted) const;
  double rowShare(std::size_t truth, std::size_t predicted) const;
  QString describe(std::size_t truth, std::size_t predicted) const;
  void retranslate();
  void sizeCells();
  std::vector<QString> classes_;
  learn::Confusion confusion_;
  std::vector<std::uint64_t> rowSum_, columnSum_;
  Scale scale_ = Scale::Counts;
  Model* model_;
  QTableView* view_;
  QComboBox* scaleBox_;
  QLabel *scaleLabel_, *predictedLabel_, *hint_;
};

}  // namespace patchbay::widgets
