// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/results/report_data.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;

namespace patchbay::widgets {

class HeatMaps;
class PictureGrid;

/// The most confidently wrong pictures with truth, prediction and probability, and where the model looked on them.
class MistakesPage : public QWidget {
  Q_OBJECT
 public:
  MistakesPage(EngineAccess& engine, QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);
  PictureGrid* grid() const { return grid_; }
  /// Whether somebody answers showWanted(); without, its button is not there.
  void setOffers(bool show);

 Q_SIGNALS:
  /// The chosen mistakes, or all of them, are to be mended where the data are.
  void showWanted(const std::vector<std::string>& ids);
  void itemsSelected(const std::vector<std::string>& ids);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void fill();
  void showHeat();
  ReportDataPtr data_;
  HeatMaps* heat_;
  QLabel *title_, *problem_;
  QCheckBox* overlay_;
  QSlider* opacity_;
  QPushButton* show_;
  PictureGrid* grid_;
};

}  // namespace patchbay::widgets
