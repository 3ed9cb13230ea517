// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QFrame>
#include <QIcon>
#include <functional>
#include <string>
#include <vector>

#include "widgets/gallery/data_item.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace patchbay::widgets {

/// A dot in a class's colour, for lists of classes.
QIcon swatch(const QColor& colour);

/// A small window to choose a class in: typing narrows, Enter takes the first, a name that is no class yet can become one. Esc
/// closes it.
class LabelMenu : public QFrame {
  Q_OBJECT
 public:
  explicit LabelMenu(QWidget* parent = nullptr);
  void popup(QPoint global, const std::vector<DataClassInfo>& classes);
  /// The key of a class, or nothing; otherwise the first nine have their numbers.
  void setKeys(std::function<QString(const std::string&)> keyOf) { keyOf_ = std::move(keyOf); }

 Q_SIGNALS:
  /// An empty name takes the label away.
  void chosen(const QString& className);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fill();
  void take();
  void retranslate();
  std::vector<DataClassInfo> classes_;
  std::function<QString(const std::string&)> keyOf_;
  QLineEdit* search_;
  QListWidget* list_;
  QLabel* hint_;
};

}  // namespace patchbay::widgets
