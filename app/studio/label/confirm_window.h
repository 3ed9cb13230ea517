// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <string>
#include <vector>

#include "app/studio/label/assist.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace patchbay::widgets {
class PictureGrid;
}

namespace patchbay::studio {

/// What the model suggests for the unlabelled pictures: the hard ones to be looked at, and the sure ones to be accepted at once, with the
/// number of errors that is to be expected among them. One undo takes such an acceptance back.
class ConfirmWindow : public QWidget {
  Q_OBJECT

 public:
  ConfirmWindow(widgets::EngineAccess& engine, Assist& assist, QWidget* parent);
  void reload();

 Q_SIGNALS:
  /// These are to be labelled one by one, the first one first.
  void openWanted(const std::vector<std::string>& ids);
  void undoWanted();

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void retranslate();
  void describe();
  void accept();
  void openHard();
  Assist& assist_;
  Assist::Queue queue_;
  QString problem_, done_;
  bool known_ = false, undoable_ = false;
  QLabel *head_, *sure_, *said_, *aboveName_;
  QDoubleSpinBox* above_;
  widgets::PictureGrid* grid_;
  QPushButton *accept_, *open_, *undo_, *close_;
};

/// "about 1.3 errors expected (0.2 to 3.9)".
QString sayExpectedErrors(const Assist::Queue& queue);

}  // namespace patchbay::studio
