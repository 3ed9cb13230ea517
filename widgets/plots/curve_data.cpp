// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_data.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

void put(Curve& curve, double index, double value, double seconds) {
  if (curve.x.empty() || curve.x.back() < index) {
    curve.x.push_back(index);
    curve.y.push_back(value);
    curve.seconds.push_back(seconds);
    return;
  }
  const auto at = std::ranges::lower_bound(curve.x, index) - curve.x.begin();
  if (curve.x[static_cast<std::size_t>(at)] == index) {
    curve.y[static_cast<std::size_t>(at)] = value;
    curve.seconds[static_cast<std::size_t>(at)] = seconds;
    return;
  }
  curve.x.insert(curve.x.begin() + at, index);
  curve.y.insert(curve.y.begin() + at, value);
  curve.seconds.insert(curve.seconds.begin() + at, seconds);
}

std::size_t rank(const QString& metric) {
  static const std::array<QString, 6> first{QStringLiteral("loss"),
                                            QStringLiteral("validation_accuracy"),
                                            QStringLiteral("validation_loss"),
                                            QStringLiteral("validation_mean_average_precision"),
                                            QStringLiteral("learning_rate"),
                                            QStringLiteral("images_per_second")};
  return static_cast<std::size_t>(std::ranges::find(first, metric) - first.begin());
}

}  // namespace

Curve byTime(const Curve& curve) {
  auto out = curve;
  double before = 0, last = 0;  // Of earlier attempts together, and of the value before.
  for (std::size_t i = 0; i < out.x.size(); ++i) {
    if (curve.seconds[i] < last) before += last;
    last = curve.seconds[i];
    out.x[i] = before + last;
  }
  return out;
}

std::vector<double> smoothedValues(const std::vector<double>& y, double share) {
  std::vector<double> out(y.size());
  double mean = 0, weight = 1;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!std::isfinite(y[i])) {
      out[i] = y[i];
      continue;
    }
    mean = share * mean + (1 - share) * y[i];
    weight *= share;
    out[i] = mean / (1 - weight);
  }
  return out;
}

Curve& CurveData::curve(const QString& run, const QString& step, const QString& block, const QString& metric) {
  auto& found = curves_[{run, step, metric}];
  found.run = run;
  found.step = step;
  found.metric = metric;
  if (!block.isEmpty() || found.block.isEmpty()) found.block = block.isEmpty() ? step : block;
  return found;
}

void CurveData::load(const QString& run, const Value& metrics, const std::map<std::string, std::string>& names) {
  for (const auto& one : metrics.asList()) {
    if (one["index"].asInt(-1) < 0) continue;
    const auto& step = one["step"].asText();
    const auto name = names.find(step);
    auto& c = curve(run, fromUtf8(step), name == names.end() ? QString{} : fromUtf8(name->second), fromUtf8(one["metric"].asText()));
    put(c, static_cast<double>(one["index"].asInt()), one["value"].asDouble(), one["t"].asDouble());
  }
}

bool CurveData::append(const Value& event) {
  if (event["event"].asText() != "metric" || event["index"].asInt(-1) < 0) return false;
  auto& c = curve(fromUtf8(event["run"].asText()), fromUtf8(event["step"].asText()), fromUtf8(event["name"].asText()),
                  fromUtf8(event["metric"].asText()));
  put(c, static_cast<double>(event["index"].asInt()), event["value"].asDouble(), event["t"].asDouble());
  return true;
}

void CurveData::remove(const QString& run) {
  std::erase_if(curves_, [&](const auto& entry) { return entry.second.run == run; });
}

std::vector<const Curve*> CurveData::curves() const {
  std::vector<const Curve*> out;
  for (const auto& [key, curve] : curves_) out.push_back(&curve);
  return out;
}

std::vector<QString> CurveData::metrics() const {
  std::vector<QString> out;
  for (const auto& [key, curve] : curves_)
    if (std::ranges::find(out, curve.metric) == out.end()) out.push_back(curve.metric);
  std::ranges::sort(out, [](const QString& a, const QString& b) { return std::pair{rank(a), a} < std::pair{rank(b), b}; });
  return out;
}

QString csvField(const QString& text) {
  if (!text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('\n')) &&
      !text.contains(QLatin1Char('\r')))
    return text;
  auto quoted = text;
  quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""));
  return QStringLiteral("\"%1\"").arg(quoted);
}

QString CurveData::toCsv(double smoothing, const std::map<QString, QString>& titles) const {
  QString out = QStringLiteral("run,block,metric,index,value,smoothed,seconds\n");
  for (const auto& [key, curve] : curves_) {
    const auto smooth = smoothedValues(curve.y, smoothing);
    const auto title = titles.find(curve.run);
    const auto head = QStringLiteral("%1,%2,%3,")
                          .arg(csvField(title == titles.end() ? curve.run : title->second), csvField(curve.block), csvField(curve.metric));
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      out += head + QString::number(static_cast<qint64>(curve.x[i])) + QLatin1Char(',') +
             QString::number(curve.y[i], 'g', QLocale::FloatingPointShortest) + QLatin1Char(',') +
             QString::number(smooth[i], 'g', QLocale::FloatingPointShortest) + QLatin1Char(',') +
             QString::number(curve.seconds[i], 'f', 1) + QLatin1Char('\n');
    }
  }
  return out;
}

}  // namespace patchbay::widgets
