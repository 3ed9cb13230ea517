// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAction>
#include <QActionGroup>
#include <QList>
#include <QObject>

#include "widgets/palette/shortcut_map.h"

namespace patchbay::studio {

/// Every command of the window besides the canvas's own: text, icon, keys, tooltip, and the reason when it cannot be used.
class Actions : public QObject {
  Q_OBJECT

 public:
  explicit Actions(QWidget* window);

  // File
  QAction *fresh, *open, *openFolder, *newWindow, *save, *saveAs, *importData, *welcome, *close, *quit;
  QAction *newTab, *closeTab, *nextTab, *previousTab;
  // Edit
  QAction *undo, *redo, *find, *preferences;
  // View
  QAction *commands, *dataSet, *labelling, *minimap, *fullScreen, *resetLayout;
  // Run
  QAction *run, *runTo, *stopKeep, *interrupt, *check;
  // Model
  QAction *tryIt, *exportModel, *deploy;
  // Help
  QAction *blockHelp, *keys, *about, *diagnostics;

  /// Texts in the language of the program.
  void retranslate();
  /// Registers all of them, and again after a change of language.
  void registerKeys(widgets::ShortcutMap& map);
  QList<QAction*> all() const { return all_; }

 private:
  QAction* make(const char* name, const QString& iconName, const QList<QKeySequence>& shortcuts);
  QWidget* window_;
  QList<QAction*> all_;
};

/// Enabled; or disabled with its reason as tooltip and status text. An enabled action gets its own tooltip back.
void enable(QAction& action, const QString& whyNot);
/// Text and tooltip; the tooltip names the keys.
void setWords(QAction& action, const QString& text, const QString& tip);

}  // namespace patchbay::studio
