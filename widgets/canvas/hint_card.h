// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>

class QLabel;
class QPushButton;

namespace patchbay::widgets {

class CanvasView;

/// On an empty canvas: how to begin, with a button that does. Never a blank canvas.
class HintCard : public QFrame {
  Q_OBJECT

 public:
  explicit HintCard(CanvasView& view);
  /// Shown in the middle while the level is empty.
  void place();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();

  CanvasView& view_;
  QLabel *title_, *text_;
  QPushButton* add_;
};

}  // namespace patchbay::widgets
