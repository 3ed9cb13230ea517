// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/say.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace patchbay::widgets {

QString fromUtf8(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

std::string toUtf8(const QString& text) { return text.toStdString(); }

QString say(const Text& text) {
  if (text.empty()) return {};
  // Arguments may hold anything, "%n" included, so only the template passes through Qt.
  const auto pattern = QCoreApplication::translate(text.context.c_str(), text.source.c_str());
  return fromUtf8(renderTemplate(pattern.toStdString(), text));
}

QString say(const Error& error) {
  const auto cause = say(error.cause), hint = say(error.hint);
  return hint.isEmpty() ? cause : cause + QStringLiteral(" ") + hint;
}

QString sayCount(Text text, std::int64_t n) {
  const auto grouped = QLocale{}.toString(static_cast<qlonglong>(n)).toStdString();
  return say(std::move(text).count(n).with("n", grouped));
}

QString sayDuration(double seconds) {
  const auto tr = [](const char* pattern) { return QCoreApplication::translate("base", pattern); };
  if (!std::isfinite(seconds) || seconds < 0) return {};
  if (seconds < 10) return tr("%1 s").arg(QLocale{}.toString(seconds, 'f', 1));
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return tr("%1 s").arg(whole);
  if (whole < 3600) return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

QString sayBytes(double bytes) { return QLocale{}.formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat); }

QString sayPercent(double share, int decimals) {
  return QCoreApplication::translate("base", "%1 %").arg(QLocale{}.toString(100 * share, 'f', decimals));
}

QString sayNumber(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  if (value == std::floor(value) && std::abs(value) < 1e15) return QLocale{}.toString(static_cast<qint64>(value));
  const auto size = std::abs(value);
  if (size >= 1e-3 && size < 1) return QLocale{}.toString(value, 'f', 4);
  return QLocale{}.toString(value, 'g', 4);
}

}  // namespace patchbay::widgets
