// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>

#include "app/studio/window/settings.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace patchbay::studio {

/// Language, theme, folders and behaviour; every change counts at once.
class PreferencesDialog : public QDialog {
  Q_OBJECT

 public:
  explicit PreferencesDialog(Settings& settings, QWidget* parent = nullptr);

 Q_SIGNALS:
  void keysRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  Settings& settings_;
  QComboBox *language_, *theme_, *device_;
  QLineEdit* folder_;
  QPushButton *browse_, *keys_, *close_;
  QCheckBox *notify_, *awake_;
  QLabel *languageLabel_, *themeLabel_, *folderLabel_, *deviceLabel_;
  bool filling_ = false;
};

}  // namespace patchbay::studio
