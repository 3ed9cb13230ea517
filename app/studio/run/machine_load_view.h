// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::studio {

/// A share in use, with words: "Processors", "3.1 of 16 at work".
struct LoadBar {
  QString what, figures;
  double share = 0;  ///< 0 to 1; a queue may be over.
  bool bar = true;   ///< Without one only the words stand there.
};
/// Of an answer to machine_load: processors, memory, disk, each GPU, and of a cluster its queue. `slurm`: the figures are the login
/// node's, on which no job runs.
std::vector<LoadBar> loadBars(const Value& load, bool slurm);

/// Bars beside each other, as many as the width has room for; words that do not fit are in the tooltip.
class MachineLoadView : public QWidget {
  Q_OBJECT

 public:
  explicit MachineLoadView(QWidget* parent = nullptr);
  /// `old`: figures that are not of now, shown paler.
  void setBars(std::vector<LoadBar> bars, bool old);
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int columns(int width) const;
  int cellHeight() const;
  QRect cell(std::size_t index) const;
  std::vector<LoadBar> bars_;
  bool old_ = false;
};

}  // namespace patchbay::studio
