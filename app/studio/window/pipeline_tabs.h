// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QTabBar;
class QToolButton;

namespace patchbay::studio {

/// The pipelines of a project that are open, one tab each: chosen, closed, put in another order, and a button for a new one.
class PipelineTabs : public QWidget {
  Q_OBJECT

 public:
  explicit PipelineTabs(QWidget* parent = nullptr);
  void insert(int index, const QString& title, const QString& file);
  void remove(int index);
  void clear();
  void select(int index);
  /// What is not saved has a dot before its title.
  void describe(int index, const QString& title, const QString& file, bool modified);
  int count() const;
  int current() const;
  QString title(int index) const;

 Q_SIGNALS:
  /// By the person, not by select().
  void chosen(int index);
  void closeWanted(int index);
  void newWanted();
  void moved(int from, int to);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
  QTabBar* bar_;
  QToolButton* fresh_;
};

}  // namespace patchbay::studio
