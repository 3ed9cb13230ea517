// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/settings.h"

#include <QDir>
#include <QStandardPaths>

namespace patchbay::studio {

namespace {

QString nameOf(widgets::ThemeChoice theme) {
  switch (theme) {
    case widgets::ThemeChoice::Light:
      return QStringLiteral("light");
    case widgets::ThemeChoice::Dark:
      return QStringLiteral("dark");
    case widgets::ThemeChoice::System:
      break;
  }
  return QStringLiteral("system");
}

}  // namespace

Settings::Settings(QObject* parent) : QObject{parent} {}

widgets::ThemeChoice Settings::theme() const {
  const auto name = themeNow_.isEmpty() ? store_.value(QStringLiteral("look/theme")).toString() : themeNow_;
  if (name == QLatin1String{"light"}) return widgets::ThemeChoice::Light;
  if (name == QLatin1String{"dark"}) return widgets::ThemeChoice::Dark;
  return widgets::ThemeChoice::System;
}
void Settings::setTheme(widgets::ThemeChoice theme) {
  themeNow_.clear();
  store_.setValue(QStringLiteral("look/theme"), nameOf(theme));
  Q_EMIT themeChanged();
}
void Settings::overrideTheme(widgets::ThemeChoice theme) {
  themeNow_ = nameOf(theme);
  Q_EMIT themeChanged();
}

QString Settings::language() const {
  return languageNow_.isEmpty() ? store_.value(QStringLiteral("look/language"), QStringLiteral("system")).toString() : languageNow_;
}
void Settings::setLanguage(const QString& language) {
  languageNow_.clear();
  store_.setValue(QStringLiteral("look/language"), language);
  Q_EMIT languageChanged();
}
void Settings::overrideLanguage(const QString& language) {
  languageNow_ = language;
  Q_EMIT languageChanged();
}

QString Settings::projectsFolder() const {
  const auto chosen = store_.value(QStringLiteral("projects/folder")).toString();
  if (!chosen.isEmpty()) return chosen;
  auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  if (documents.isEmpty()) documents = QDir::homePath();
  return documents + QStringLiteral("/Patchbay");
}
void Settings::setProjectsFolder(const QString& folder) {
  store_.setValue(QStringLiteral("projects/folder"), folder);
  Q_EMIT changed();
}

bool Settings::notify() const { return store_.value(QStringLiteral("run/notify"), true).toBool(); }
void Settings::setNotify(bool on) {
  store_.setValue(QStringLiteral("run/notify"), on);
  Q_EMIT changed();
}
bool Settings::stayAwake() const { return store_.value(QStringLiteral("run/stay-awake"), true).toBool(); }
void Settings::setStayAwake(bool on) {
  store_.setValue(QStringLiteral("run/stay-awake"), on);
  Q_EMIT changed();
}
QString Settings::device() const { return store_.value(QStringLiteral("run/device"), QStringLiteral("auto")).toString(); }
void Settings::setDevice(const QString& device) {
  store_.setValue(QStringLiteral("run/device"), device);
  Q_EMIT changed();
}

QByteArray Settings::layout(const QString& name) const { return store_.value(QStringLiteral("layout/") + name).toByteArray(); }
void Settings::setLayout(const QString& name, const QByteArray& state) { store_.setValue(QStringLiteral("layout/") + name, state); }

bool Settings::seen(const QString& advice) const { return store_.value(QStringLiteral("seen/") + advice).toBool(); }
void Settings::setSeen(const QString& advice) { store_.setValue(QStringLiteral("seen/") + advice, true); }

}  // namespace patchbay::studio
