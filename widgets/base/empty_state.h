// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QWidget>

class QLabel;

namespace patchbay::widgets {

/// What a view shows when it has nothing to show: what would be here and what to do for it.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(QWidget* parent = nullptr);
  void setText(const QString& title, const QString& hint);
  /// In the colour of something that went wrong.
  void setError(const QString& cause, const QString& hint);
  QString text() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void recolour();
  QLabel *title_, *hint_;
  bool error_ = false;
};

}  // namespace patchbay::widgets
