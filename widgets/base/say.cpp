// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/say.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>
#include <set>

namespace patchbay::widgets {

QString fromUtf8(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

std::string toUtf8(const QString& text) { return text.toStdString(); }

namespace {

/// Gives the sentences of this file a context that lupdate finds.
struct Base {
  Q_DECLARE_TR_FUNCTIONS(base)
};

/// Arguments that are words of the engine, in English as everything it says: labels of ports and parameters, titles and choices of
/// blocks, types of ports. What a person wrote is none of these and stays.
std::string argument(const std::string& key, const std::string& value) {
  static const std::set<std::string_view> labels{"input", "output", "param", "block", "target", "before", "now"};
  static const std::set<std::string_view> types{"type", "wanted", "given"};
  if (labels.contains(key)) return toUtf8(QCoreApplication::translate("block", value.c_str()));
  return types.contains(key) ? toUtf8(sayPortType(value)) : value;
}

}  // namespace

QString say(const Text& text) {
  if (text.empty()) return {};
  // Arguments may hold anything, "%n" included, so only the template passes through Qt.
  const auto pattern = QCoreApplication::translate(text.context.c_str(), text.source.c_str());
  auto shown = text;
  for (auto& [key, value] : shown.args)
    if (!value.empty()) value = argument(key, value);
  return fromUtf8(renderTemplate(pattern.toStdString(), shown));
}

QString sayPortType(std::string_view type) {
  if (type == "dataset") return QCoreApplication::translate("portType", "data set");
  if (type == "embedding") return QCoreApplication::translate("portType", "embedding");
  if (type == "model") return QCoreApplication::translate("portType", "model");
  if (type == "predictions") return QCoreApplication::translate("portType", "predictions");
  if (type == "report") return QCoreApplication::translate("portType", "report");
  if (type == "figure") return QCoreApplication::translate("portType", "figure");
  if (type == "text") return QCoreApplication::translate("portType", "text");
  return fromUtf8(type);
}

QString say(const Error& error) {
  const auto cause = say(error.cause), hint = say(error.hint);
  return hint.isEmpty() ? cause : cause + QStringLiteral(" ") + hint;
}

QString sayWritten(std::string_view text) {
  if (text.empty()) return {};
  return QCoreApplication::translate("template", std::string{text}.c_str());
}

QString sayCount(Text text, std::int64_t n) {
  const auto grouped = QLocale{}.toString(static_cast<qlonglong>(n)).toStdString();
  return say(std::move(text).count(n).with("n", grouped));
}

QString sayDuration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return {};
  if (seconds < 10) return Base::tr("%1 s").arg(QLocale{}.toString(seconds, 'f', 1));
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return Base::tr("%1 s").arg(whole);
  if (whole < 3600) return Base::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return Base::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
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
