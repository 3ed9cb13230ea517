// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <deque>

namespace patchbay::studio {

/// Another language comes to a window a piece in each turn of the event loop, first to what is seen: all of it at once would be felt.
/// What is shown before its turn has its words before it is painted.
class LateWords : public QObject {
  Q_OBJECT

 public:
  explicit LateWords(QObject* parent = nullptr);
  /// From now on; a piece is told with everything in it. A second time changes nothing.
  void watch(QWidget* piece);
  /// It is about to be seen by other means than being shown: a tab behind others comes to the front.
  void seen(QWidget* piece);
  /// Pieces that still speak the language of before.
  bool waiting() const { return !waiting_.empty(); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void next();
  void tell(QWidget* piece);
  std::deque<QPointer<QWidget>> waiting_;
  QTimer turn_;
  QWidget* telling_ = nullptr;
};

}  // namespace patchbay::studio
