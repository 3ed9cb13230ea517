// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/base/ask_path.h"

namespace patchbay::studio {

PreferencesDialog::PreferencesDialog(Settings& settings, QWidget* parent)
    : QDialog{parent},
      settings_{settings},
      language_{new QComboBox{this}},
      theme_{new QComboBox{this}},
      device_{new QComboBox{this}},
      folder_{new QLineEdit{this}},
      browse_{new QPushButton{this}},
      keys_{new QPushButton{this}},
      close_{new QPushButton{this}},
      notify_{new QCheckBox{this}},
      awake_{new QCheckBox{this}},
      languageLabel_{new QLabel{this}},
      themeLabel_{new QLabel{this}},
      folderLabel_{new QLabel{this}},
      deviceLabel_{new QLabel{this}} {
  setObjectName(QStringLiteral("preferences"));
  language_->setObjectName(QStringLiteral("preferences.language"));
  theme_->setObjectName(QStringLiteral("preferences.theme"));
  device_->setObjectName(QStringLiteral("preferences.device"));
  folder_->setObjectName(QStringLiteral("preferences.folder"));
  browse_->setObjectName(QStringLiteral("preferences.browse"));
  notify_->setObjectName(QStringLiteral("preferences.notify"));
  awake_->setObjectName(QStringLiteral("preferences.awake"));
  keys_->setObjectName(QStringLiteral("preferences.keys"));
  close_->setObjectName(QStringLiteral("preferences.close"));
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(24, 24, 24, 16);
  column->setSpacing(16);
  auto* form = new QFormLayout;
  form->setSpacing(12);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(languageLabel_, language_);
  form->addRow(themeLabel_, theme_);
  form->addRow(deviceLabel_, device_);
  auto* row = new QHBoxLayout;
  row->addWidget(folder_, 1);
  row->addWidget(browse_);
  form->addRow(folderLabel_, row);
  form->addRow(notify_);
  form->addRow(awake_);
  form->addRow(keys_);
  column->addLayout(form);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch();
  buttons->addWidget(close_);
  column->addLayout(buttons);
  languageLabel_->setBuddy(language_);
  themeLabel_->setBuddy(theme_);
  deviceLabel_->setBuddy(device_);
  folderLabel_->setBuddy(folder_);
  folder_->setMinimumWidth(320);
  retranslate();
  connect(language_, &QComboBox::currentIndexChanged, this, [this] {
    if (!filling_) settings_.setLanguage(language_->currentData().toString());
  });
  connect(theme_, &QComboBox::currentIndexChanged, this, [this] {
    if (!filling_) settings_.setTheme(static_cast<widgets::ThemeChoice>(theme_->currentData().toInt()));
  });
  connect(device_, &QComboBox::currentIndexChanged, this, [this] {
    if (!filling_) settings_.setDevice(device_->currentData().toString());
  });
  connect(folder_, &QLineEdit::editingFinished, this, [this] { settings_.setProjectsFolder(folder_->text()); });
  connect(browse_, &QPushButton::clicked, this, [this] {
    widgets::askPath(this, {.title = tr("Folder for new projects"), .start = folder_->text()}, [this](const QString& chosen) {
      folder_->setText(chosen);
      settings_.setProjectsFolder(chosen);
    });
  });
  connect(notify_, &QCheckBox::toggled, &settings_, &Settings::setNotify);
  connect(awake_, &QCheckBox::toggled, &settings_, &Settings::setStayAwake);
  connect(keys_, &QPushButton::clicked, this, &PreferencesDialog::keysRequested);
  connect(close_, &QPushButton::clicked, this, &QDialog::accept);
  close_->setDefault(true);
}

void PreferencesDialog::retranslate() {
  filling_ = true;
  setWindowTitle(tr("Preferences"));
  languageLabel_->setText(tr("&Language"));
  themeLabel_->setText(tr("&Colours"));
  deviceLabel_->setText(tr("Compute &on"));
  folderLabel_->setText(tr("New &projects in"));
  language_->clear();
  language_->addItem(tr("As the system"), QStringLiteral("system"));
  // Each in its own language: who cannot read the present one finds it.
  language_->addItem(QStringLiteral("English"), QStringLiteral("en"));
  language_->addItem(QStringLiteral("中文"), QStringLiteral("zh_CN"));
  language_->setCurrentIndex(language_->findData(settings_.language()));
  theme_->clear();
  theme_->addItem(tr("As the system"), static_cast<int>(widgets::ThemeChoice::System));
  theme_->addItem(tr("Light"), static_cast<int>(widgets::ThemeChoice::Light));
  theme_->addItem(tr("Dark"), static_cast<int>(widgets::ThemeChoice::Dark));
  theme_->setCurrentIndex(theme_->findData(static_cast<int>(settings_.theme())));
  device_->clear();
  device_->addItem(tr("Whatever is fastest"), QStringLiteral("auto"));
  device_->addItem(tr("Processor"), QStringLiteral("cpu"));
  device_->addItem(tr("GPU"), QStringLiteral("cuda"));
  device_->setCurrentIndex(device_->findData(settings_.device()));
  folder_->setText(settings_.projectsFolder());
  browse_->setText(tr("Choose…"));
  notify_->setText(tr("Tell me when a run ends while the window is in the background"));
  awake_->setText(tr("Keep the computer awake while something runs"));
  notify_->setChecked(settings_.notify());
  awake_->setChecked(settings_.stayAwake());
  keys_->setText(tr("Change keys…"));
  close_->setText(tr("Close"));
  filling_ = false;
}

void PreferencesDialog::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QDialog::changeEvent(event);
}

}  // namespace patchbay::studio
