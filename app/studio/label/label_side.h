// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QToolButton;
class QTreeWidget;

namespace patchbay::studio {

class AccuracyView;

/// What stands beside the picture that is labelled, from top to bottom: the picture and its label, the suggestion, classes, shapes,
/// accuracy, training, effort. The panel fills it; the words that never change are its own.
class LabelSide : public QWidget {
  Q_OBJECT

 public:
  explicit LabelSide(QWidget* parent = nullptr);
  void retranslate();

  QLabel *place, *label, *saved;
  QComboBox* order;
  QLabel *suggestion, *reason, *help;
  QPushButton* accept;
  QTreeWidget *classes, *shapes;
  QLineEdit* newClass;
  QCheckBox* several;  ///< More than one class a picture.
  QCheckBox* ordered;  ///< Classes are steps of a scale.
  QToolButton *classUp, *classDown;
  QLabel *shapesHead, *shapesWords;
  QToolButton *shapeHide, *shapeLock, *shapeUp, *shapeDown, *shapeRemove;
  QLabel *accuracyHead, *accuracy;
  AccuracyView* curve;
  QPushButton* confirm;
  QLabel *trainHead, *gate;
  QProgressBar* progress;
  QPushButton* train;
  QCheckBox* byItself;
  QSpinBox* every;
  QLabel *effort, *effortHead, *classesHead;

 private:
  QLabel* words(const char* name, bool head = false);
  QToolButton* button(const char* name, const char* icon);
};

}  // namespace patchbay::studio
