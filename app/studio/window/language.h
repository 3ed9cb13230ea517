// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QTranslator>

namespace patchbay::studio {

/// The language of the program, changed while it runs: Patchbay's own texts (embedded), and Qt's where the system has them.
class Language {
 public:
  ~Language();
  /// "system", "en" or "zh_CN". Every window gets a LanguageChange event.
  void apply(const QString& choice);
  /// The language in use: "en" or "zh_CN".
  const QString& current() const { return current_; }

 private:
  QTranslator own_, qt_;
  QString current_;
};

}  // namespace patchbay::studio
