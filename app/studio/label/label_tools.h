// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <map>
#include <vector>

#include "widgets/annotator/annotator_view.h"

class QLabel;
class QSlider;
class QToolButton;

namespace patchbay::studio {

/// The tools of the annotator as buttons with their keys, ways to go and to undo, and how the picture is looked at.
class LabelTools : public QWidget {
  Q_OBJECT

 public:
  LabelTools(widgets::AnnotatorView& view, QWidget* parent = nullptr);
  void retranslate();
  /// Which of undo and redo there are.
  void setSteps(bool undo, bool redo);

 Q_SIGNALS:
  void previousWanted();
  void nextWanted();
  void undoWanted();
  void redoWanted();
  void copyWanted();
  void fullWanted();

 private:
  QToolButton* button(const char* name, const char* icon);
  void buildLook();
  void follow();
  void look();
  widgets::AnnotatorView& view_;
  std::map<widgets::Tool, QToolButton*> tools_;
  QToolButton *previous_, *next_, *undo_, *redo_, *copy_, *hide_, *snap_, *fit_, *look_, *full_;
  QWidget* sliders_;
  QSlider *brightness_, *contrast_, *gamma_;
  QLabel *brightnessName_, *contrastName_, *gammaName_, *zoom_;
  QToolButton* neutral_;
};

}  // namespace patchbay::studio
