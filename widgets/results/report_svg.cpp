// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/report_svg.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

constexpr double left = 52, top = 30, side = 280;

QString trc(const char* text) { return QCoreApplication::translate("report", text); }

QString number(double v) { return QString::number(v, 'f', 2); }

QString place(const QPointF& p) { return number(left + p.x() * side) + QLatin1Char(',') + number(top + (1 - p.y()) * side); }

QString line(const QPointF& a, const QPointF& b, const QString& style) {
  return QStringLiteral("<line x1='%1' y1='%2' x2='%3' y2='%4' %5/>")
      .arg(number(left + a.x() * side), number(top + (1 - a.y()) * side), number(left + b.x() * side), number(top + (1 - b.y()) * side),
           style);
}

QString label(double x, double y, const char* anchor, const QString& text, const QString& style, const QString& more = {}) {
  return QStringLiteral("<text x='%1' y='%2' text-anchor='%3' font-size='12' font-family='sans-serif' %4 %5>%6</text>")
      .arg(number(x), number(y), QLatin1String{anchor}, style, more, text.toHtmlEscaped());
}

std::vector<QPointF> curveOf(const Value& list) {
  std::vector<QPointF> out;
  for (const auto& p : list.asList())
    if (p.asList().size() == 3) out.emplace_back(p.asList()[0].asDouble(), p.asList()[1].asDouble());
  return out;
}

}  // namespace

QString paperColour(const char* role) {
  const auto paper = themePalette(false);
  const QLatin1String name{role};
  if (name == QLatin1String{"text"}) return paper.color(QPalette::Text).name();
  if (name == QLatin1String{"quiet"}) return toneColour(Tone::Neutral, paper).name();
  if (name == QLatin1String{"grid"}) return QStringLiteral("#dde0e5");
  if (name == QLatin1String{"first"}) return seriesColour(0, paper).name();
  if (name == QLatin1String{"second"}) return seriesColour(1, paper).name();
  return QStringLiteral("#ffffff");
}

QString inkStyle(Ink ink, const char* property, const char* role) {
  if (ink == Ink::Variables) return QStringLiteral("style='%1:var(--%2)'").arg(QLatin1String{property}, QLatin1String{role});
  return QStringLiteral("%1='%2'").arg(QLatin1String{property}, paperColour(role));
}

QString chartSvg(const SvgChart& chart, Ink ink) {
  const auto quiet = inkStyle(ink, "fill", "quiet"), grid = inkStyle(ink, "stroke", "grid"), first = inkStyle(ink, "stroke", "first");
  auto out =
      QStringLiteral("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 360 360' width='360' height='360' role='img' aria-label='%1'>")
          .arg(chart.title.toHtmlEscaped());
  out += label(left, 18, "start", chart.title, inkStyle(ink, "fill", "text"), QStringLiteral("font-weight='bold'"));
  for (int i = 0; i <= 5; ++i) {
    const double v = i / 5.0;
    out += line({v, 0}, {v, 1}, grid) + line({0, v}, {1, v}, grid);
    const auto tick = QLocale{}.toString(v, 'f', 1);
    out += label(left + v * side, top + side + 16, "middle", tick, quiet) + label(left - 6, top + (1 - v) * side + 4, "end", tick, quiet);
  }
  out += label(left + side / 2, top + side + 36, "middle", chart.x, quiet);
  out += label(0, 0, "middle", chart.y, quiet, QStringLiteral("transform='translate(14 %1) rotate(-90)'").arg(number(top + side / 2)));
  for (const auto& bar : chart.bars)
    out += QStringLiteral("<rect x='%1' y='%2' width='%3' height='%4' fill-opacity='0.6' %5/>")
               .arg(number(left + bar.left() * side + 1), number(top + (1 - bar.height()) * side),
                    number(std::max(0.0, bar.width() * side - 2)), number(bar.height() * side), inkStyle(ink, "fill", "first"));
  if (chart.diagonal) out += line({0, 0}, {1, 1}, inkStyle(ink, "stroke", "quiet") + QStringLiteral(" stroke-dasharray='4 4'"));
  if (!chart.curve.empty()) {
    QStringList points;
    for (const auto& p : chart.curve) points << place(p);
    out += QStringLiteral("<polyline points='%1' fill='none' stroke-width='2' %2/>").arg(points.join(QLatin1Char(' ')), first);
  }
  if (chart.point)
    out += QStringLiteral("<circle cx='%1' cy='%2' r='5' %3/>")
               .arg(number(left + chart.point->x() * side), number(top + (1 - chart.point->y()) * side), inkStyle(ink, "fill", "second"));
  return out + QStringLiteral("</svg>");
}

std::vector<SvgChart> chartsOf(const ReportData& data) {
  std::vector<SvgChart> out;
  const auto c = data.confusion();
  if (data.binary() && !data.body["roc"].asList().empty()) {
    const auto rate = [](std::uint64_t part, std::uint64_t whole) {
      return whole ? static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    const double recall = rate(c.at(1, 1), c.at(1, 0) + c.at(1, 1)), alarms = rate(c.at(0, 1), c.at(0, 0) + c.at(0, 1));
    const auto found = c.at(0, 1) + c.at(1, 1);
    out.push_back({.title = trc("ROC"),
                   .x = trc("Share of the others that are false alarms"),
                   .y = trc("Share of the positives found"),
                   .curve = curveOf(data.body["roc"]),
                   .point = QPointF{alarms, recall},
                   .diagonal = true});
    out.push_back({.title = trc("Precision and recall"),
                   .x = trc("Recall"),
                   .y = trc("Precision"),
                   .curve = curveOf(data.body["precision_recall"]),
                   .point = found ? std::optional{QPointF{recall, rate(c.at(1, 1), found)}} : std::nullopt});
  }
  SvgChart calibration{.title = trc("Calibration"), .x = trc("Stated probability"), .y = trc("Share that was right"), .diagonal = true};
  for (const auto& b : data.body["reliability"].asList()) {
    const auto& v = b.asList();
    if (v.size() == 5 && v[2].asInt() > 0)
      calibration.bars.emplace_back(v[0].asDouble(), 0, v[1].asDouble() - v[0].asDouble(), v[4].asDouble());
  }
  if (!calibration.bars.empty()) out.push_back(std::move(calibration));
  return out;
}

}  // namespace patchbay::widgets
