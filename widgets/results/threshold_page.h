// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "widgets/results/report_data.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace patchbay::widgets {

class ConfusionView;
class UnitPlot;

/// From which probability on a picture counts as positive: ROC and precision-recall curve with the operating point, a slider, and
/// the figures at it, at once. Thresholds are proposed on the validation part only.
class ThresholdPage : public QWidget {
  Q_OBJECT
 public:
  explicit ThresholdPage(QWidget* parent = nullptr);
  void setReport(ReportDataPtr report);
  double threshold() const { return threshold_; }
  void setThreshold(double threshold);

  struct Figures {
    learn::Confusion confusion;  ///< Two classes: the rest and the one looked at.
    double precision = 0, recall = 0, f1 = 0, accuracy = 0, balancedAccuracy = 0, specificity = 0;
  };
  /// Of the part chosen, at the threshold, for the class chosen.
  Figures figures() const;
  /// What the evaluate block would have to be told to choose this threshold on the validation part.
  Value parameters() const;

 Q_SIGNALS:
  void thresholdChanged(double threshold);
  void parametersWanted(const Value& params);
  void cellChosen(std::size_t truth, std::size_t predicted, double threshold);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void retranslate();
  void loadCurves();
  void refresh();
  void propose(learn::ThresholdRule rule);
  bool onValidation() const;
  bool cellsOpen() const;
  const std::vector<std::size_t>& rows() const;
  std::size_t positive() const;
  std::vector<std::uint8_t> flagsOf(const std::vector<std::size_t>& rows) const;
  Figures figuresOf(const std::vector<std::size_t>& rows, double threshold) const;
  ReportDataPtr data_;
  double threshold_ = 0.5;
  QString rule_;  ///< "max_f1" and so on while the threshold is the one that rule chose.
  double ruleThreshold_ = -1;
  std::vector<std::uint8_t> flags_;
  std::vector<float> scores_;
  UnitPlot *roc_ = nullptr, *pr_ = nullptr;
  QLabel *advice_ = nullptr, *partLabel_ = nullptr, *classLabel_ = nullptr, *sliderLabel_ = nullptr, *table_ = nullptr,
         *proposeLabel_ = nullptr, *message_ = nullptr;
  QComboBox *part_ = nullptr, *class_ = nullptr;
  QSlider* slider_ = nullptr;
  QDoubleSpinBox *spin_ = nullptr, *recall_ = nullptr;
  QPushButton *bestF1_ = nullptr, *bestBalanced_ = nullptr, *wantedRecall_ = nullptr, *apply_ = nullptr;
  ConfusionView* matrix_ = nullptr;
};

}  // namespace patchbay::widgets
