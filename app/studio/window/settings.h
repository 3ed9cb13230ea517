// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>

#include "widgets/base/theme.h"

namespace patchbay::studio {

/// What the user chose, kept in the user's configuration folder. What the command line says counts for this start only.
class Settings : public QObject {
  Q_OBJECT

 public:
  explicit Settings(QObject* parent = nullptr);

  widgets::ThemeChoice theme() const;
  void setTheme(widgets::ThemeChoice theme);
  void overrideTheme(widgets::ThemeChoice theme);
  /// "system", "en", "zh_CN".
  QString language() const;
  void setLanguage(const QString& language);
  void overrideLanguage(const QString& language);

  /// Where new projects are made: <Documents>/Patchbay unless chosen.
  QString projectsFolder() const;
  void setProjectsFolder(const QString& folder);

  bool notify() const;
  void setNotify(bool on);
  bool stayAwake() const;
  void setStayAwake(bool on);
  /// "auto", "cpu", "cuda", "cuda:N".
  QString device() const;
  void setDevice(const QString& device);

  QByteArray layout(const QString& name) const;
  void setLayout(const QString& name, const QByteArray& state);

  /// One piece of advice is shown once.
  bool seen(const QString& advice) const;
  void setSeen(const QString& advice);

 Q_SIGNALS:
  void themeChanged();
  void languageChanged();
  void changed();

 private:
  mutable QSettings store_;
  QString themeNow_, languageNow_;  ///< From the command line; empty: what is stored.
};

}  // namespace patchbay::studio
