// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/results/report_data.h"

class QLabel;
class QPushButton;

namespace patchbay::widgets {

class EmbeddingMapView;
class PictureGrid;

/// The map of an embedding and, beside it, the pictures inside the lasso.
class MapPage : public QWidget {
  Q_OBJECT
 public:
  MapPage(EngineAccess& engine, QWidget* parent = nullptr);
  void setReport(const ReportDataPtr& report);
  EmbeddingMapView* map() const { return map_; }
  PictureGrid* grid() const { return grid_; }
  /// Whether somebody answers showWanted(); without, its button is not there.
  void setOffers(bool show);

 Q_SIGNALS:
  /// What is inside the lasso is to be looked at where the data are.
  void showWanted(const std::vector<std::string>& ids);
  void itemsSelected(const std::vector<std::string>& ids);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void fill();
  EmbeddingMapView* map_;
  QLabel* title_;
  PictureGrid* grid_;
  QPushButton* show_;
};

}  // namespace patchbay::widgets
