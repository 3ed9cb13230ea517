// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <set>

#include "widgets/results/report_data.h"

class QLabel;
class QPushButton;
class QTabBar;

namespace patchbay::widgets {

class PictureGrid;

/// What is wrong with a data set (reports of kind "label_quality"): findings by kind, and of the one that is chosen its pictures,
/// labels and cause. Keys: arrows choose, D shows it in the data, R says that it is right.
class FindingsPage : public QWidget {
  Q_OBJECT
 public:
  FindingsPage(EngineAccess& engine, QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);
  /// Whether somebody answers the signals; a button that nobody answers is not shown.
  void setOffers(bool show, bool verdicts);
  /// What was said to be right before: those findings are drawn as settled.
  void setRight(const std::string& kind, const std::vector<std::string>& ids, bool right = true);
  PictureGrid* list() const { return list_; }
  PictureGrid* pictures() const { return pictures_; }

 Q_SIGNALS:
  void showWanted(const std::vector<std::string>& ids);
  /// The person looked at a finding and leaves it as it is (`right`), or takes that back.
  void verdictGiven(const std::string& kind, const std::vector<std::string>& ids, bool right);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* buildDetail();
  void retranslate();
  void fillKinds();
  void fillList();
  void fillDetail();
  void sayRight();
  void show();
  const Value& finding(std::size_t row) const;  ///< Of the list.
  const Value* chosen() const;
  bool isRight(const Value& finding) const;

  ReportDataPtr data_;
  std::vector<std::string> kinds_;  ///< Of the tabs; "" is all.
  std::vector<std::size_t> shown_;  ///< Row of the list -> finding of the report.
  std::set<std::string> right_;     ///< Kind and ids.
  bool offersShow_ = false, offersVerdicts_ = false;
  QLabel *summary_, *title_, *labels_, *cause_;
  QTabBar* tabs_;
  PictureGrid *list_, *pictures_;
  QPushButton *show_, *rightButton_;
};

}  // namespace patchbay::widgets
