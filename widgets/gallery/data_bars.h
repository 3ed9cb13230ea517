// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

#include "widgets/base/theme.h"
#include "widgets/gallery/data_item.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace patchbay::widgets {

/// A line above the pictures: what happened or what is shown, with up to two buttons. Hidden when there is nothing to say.
class DataNotice : public QFrame {
  Q_OBJECT
 public:
  explicit DataNotice(const QString& name, QWidget* parent = nullptr);
  using Words = std::function<QString()>;
  using Choice = std::pair<Words, std::function<void()>>;
  /// `words` are asked again when the language changes. Every choice closes it.
  void say(Tone tone, Words words, std::vector<Choice> choices);
  void close();
  QString text() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  QLabel* label_;
  QPushButton* buttons_[2];
  Tone tone_ = Tone::Neutral;
  Words words_;
  std::vector<Choice> choices_;
};

/// Below the pictures: how many are chosen, and what can be done with them. The first nine classes are buttons with their keys.
class DataActionBar : public QWidget {
  Q_OBJECT
 public:
  explicit DataActionBar(QWidget* parent = nullptr);
  void setState(const DataState& state);
  /// `why`: the reason when nothing can be changed at all.
  void setChosen(std::int64_t chosen, const QString& why);
  QWidget* labelButton() const;

 Q_SIGNALS:
  void labelWanted(const QString& className);
  void labelMenuWanted();
  void partWanted(const QString& split);
  void removeWanted();
  void undoWanted();
  void redoWanted();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QToolButton* make(const char* name, const QString& icon);
  void retranslate();
  void enable();
  DataState state_;
  std::int64_t chosen_ = 0;
  QString why_;
  QLabel* count_;
  QToolButton *label_, *part_, *remove_, *undo_, *redo_;
  std::vector<QToolButton*> classes_;
};

}  // namespace patchbay::widgets
