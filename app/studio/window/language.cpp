// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace patchbay::studio {

Language::~Language() {
  if (!QCoreApplication::instance()) return;
  QCoreApplication::removeTranslator(&own_);
  QCoreApplication::removeTranslator(&qt_);
}

void Language::apply(const QString& choice) {
  auto name = choice;
  if (name != QLatin1String{"en"} && name != QLatin1String{"zh_CN"})
    name = QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
  if (name == current_) return;
  current_ = name;
  QCoreApplication::removeTranslator(&own_);
  QCoreApplication::removeTranslator(&qt_);
  QLocale::setDefault(QLocale{name == QLatin1String{"en"} ? QStringLiteral("en_US") : name});
  // English has a file as well: the plural forms.
  if (own_.load(QStringLiteral(":/i18n/patchbay_%1.qm").arg(name))) QCoreApplication::installTranslator(&own_);
  if (name != QLatin1String{"en"} && qt_.load(QStringLiteral("qtbase_") + name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(&qt_);
}

}  // namespace patchbay::studio
