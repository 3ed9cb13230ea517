// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <memory>

#include "widgets/palette/shortcut_map.h"

namespace patchbay::widgets {

/// All keys by group on one sheet, with a search field; closes with Esc or `?`. Not modal.
class KeySheet : public QDialog {
  Q_OBJECT

 public:
  /// `keys` must outlive it.
  explicit KeySheet(ShortcutMap& keys, QWidget* parent = nullptr);
  ~KeySheet() override;

 Q_SIGNALS:
  /// "Change keys...": the shell opens a ShortcutEditor.
  void editRequested();

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Changes keys: choose an action, press the keys; clashes are named beside the field before anything is taken away.
class ShortcutEditor : public QDialog {
  Q_OBJECT

 public:
  explicit ShortcutEditor(ShortcutMap& keys, QWidget* parent = nullptr);
  ~ShortcutEditor() override;
  void select(const QString& id);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
