// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace patchbay::blocks {
namespace {

/// Distinct in both schemes and for colour-blind eyes (after Okabe and Ito).
constexpr std::array<std::string_view, 8> lineColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                      "#e69f00", "#56b4e9", "#8c6bb1", "#7f7f7f"};
constexpr std::size_t mostNamed = 12;

std::string num(double v) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", v);
  return buffer;
}

/// Class names come from files and tables: no markup, and no longer than there is room.
std::string escaped(std::string_view text, std::size_t most = 28) {
  std::string out;
  std::size_t letters = 0;
  for (const char c : displayText(text)) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // The first byte of a letter.
    if (begins && ++letters > most) return out + "\u2026";
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : std::string{c};
  }
  return out;
}

class Svg {
 public:
  Svg(double width, double height, std::string_view title) {
    const auto size = num(width) + " " + num(height);
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\" width=\"" + num(width) + "\" height=\"" + num(height) +
           "\" font-family=\"sans-serif\" font-size=\"13\"><title>" + escaped(title, 200) +
           "</title><style>.paper{fill:#ffffff}.ink{fill:#1f2328}.rule{stroke:#57606a;fill:none}.grid{stroke:#d0d7de}"
           ".line{fill:none;stroke-width:2}"
           "@media (prefers-color-scheme:dark){.paper{fill:#16191d}.ink{fill:#e6edf3}.rule{stroke:#9ba4ae}.grid{stroke:#3a4149}}</style>"
           // The attributes are for viewers that know no style sheets.
           "<rect class=\"paper\" fill=\"#ffffff\" width=\"100%\" height=\"100%\"/>";
    text(width / 2, 22, title, "middle", true);
  }
  void text(double x, double y, std::string_view words, std::string_view anchor = "start", bool bold = false, std::string_view more = {}) {
    out_ += "<text class=\"ink\" x=\"" + num(x) + "\" y=\"" + num(y) + "\" text-anchor=\"" + std::string{anchor} + "\"" +
            (bold ? " font-weight=\"bold\"" : "") + std::string{more} + ">" + escaped(words, 60) + "</text>";
  }
  void upright(double x, double y, std::string_view words) {
    text(x, y, words, "middle", false, " transform=\"rotate(-90 " + num(x) + " " + num(y) + ")\"");
  }
  void line(double x1, double y1, double x2, double y2, std::string_view kind, std::string_view more = {}) {
    out_ += "<line class=\"" + std::string{kind} + "\" stroke=\"#8c959f\" x1=\"" + num(x1) + "\" y1=\"" + num(y1) + "\" x2=\"" + num(x2) +
            "\" y2=\"" + num(y2) + "\"" + std::string{more} + "/>";
  }
  void rect(double x, double y, double w, double h, std::string_view fill, double opacity) {
    out_ += "<rect x=\"" + num(x) + "\" y=\"" + num(y) + "\" width=\"" + num(w) + "\" height=\"" + num(h) + "\" fill=\"" +
            std::string{fill} + "\" fill-opacity=\"" + num(opacity) + "\"/>";
  }
  void path(const std::vector<std::pair<double, double>>& points, std::string_view colour) {
    out_ += "<polyline class=\"line\" fill=\"none\" stroke-width=\"2\" stroke=\"" + std::string{colour} + "\" points=\"";
    for (const auto& [x, y] : points) out_ += num(x) + "," + num(y) + " ";
    out_ += "\"/>";
  }
  std::string finish() { return std::move(out_) + "</svg>\n"; }

 private:
  std::string out_;
};

struct Line {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< Both from 0 to 1.
};

constexpr double plotLeft = 62, plotTop = 40, plotSide = 340;
double plotX(double x) { return plotLeft + plotSide * x; }
double plotY(double y) { return plotTop + plotSide * (1 - y); }

Svg unitPlot(std::string_view title, std::string_view xLabel, std::string_view yLabel, std::size_t named) {
  Svg svg{plotLeft + plotSide + 24, plotTop + plotSide + 52 + 20 * static_cast<double>(named), title};
  for (int i = 0; i <= 5; ++i) {
    const double v = i / 5.0;
    svg.line(plotX(v), plotY(0), plotX(v), plotY(1), "grid");
    svg.line(plotX(0), plotY(v), plotX(1), plotY(v), "grid");
    svg.text(plotX(v), plotY(0) + 18, num(v).substr(0, 3), "middle");
    svg.text(plotX(0) - 8, plotY(v) + 4, num(v).substr(0, 3), "end");
  }
  svg.text(plotX(0.5), plotY(0) + 38, xLabel, "middle");
  svg.upright(18, plotY(0.5), yLabel);
  return svg;
}

std::string curvesSvg(std::string_view title, std::string_view xLabel, std::string_view yLabel, const std::vector<Line>& lines,
                      bool diagonal) {
  if (lines.empty()) return {};
  const bool named = lines.size() > 1;
  const auto shown = named ? std::min(lines.size(), mostNamed) : 0;
  auto svg = unitPlot(title, xLabel, yLabel, shown);
  if (diagonal) svg.line(plotX(0), plotY(0), plotX(1), plotY(1), "rule", " stroke-dasharray=\"4 4\"");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::pair<double, double>> points;
    for (const auto& [x, y] : lines[i].points) points.emplace_back(plotX(x), plotY(y));
    svg.path(points, lineColours[i % lineColours.size()]);
    if (i >= shown) continue;
    const double y = plotY(0) + 62 + 20 * static_cast<double>(i);
    svg.rect(plotLeft, y - 8, 22, 4, lineColours[i % lineColours.size()], 1);
    svg.text(plotLeft + 30, y, lines[i].name);
  }
  return svg.finish();
}

std::string nameOf(const Value& body, std::size_t c) {
  const auto& classes = body["classes"].asList();
  return c < classes.size() ? classes[c].asText() : std::to_string(c + 1);
}

/// The curve of the positive class, or one a class; those that do not exist are left out.
std::vector<Line> linesOf(const Value& body, std::string_view key) {
  std::vector<Line> out;
  const auto add = [&](std::string name, const Value& curve) {
    Line line{std::move(name), {}};
    for (const auto& p : curve.asList())
      if (p.asList().size() >= 2) line.points.emplace_back(p.asList()[0].asDouble(), p.asList()[1].asDouble());
    if (line.points.size() >= 2) out.push_back(std::move(line));
  };
  const auto& curves = body["curves"].asList();
  for (std::size_t c = 0; c < curves.size(); ++c) add(nameOf(body, c), curves[c][key]);
  if (curves.empty()) add(nameOf(body, 1), body[key]);
  return out;
}

/// Rows of counts; each row shaded by its own share, so that a rare class is as readable as a common one.
std::string tableSvg(std::string_view title, std::string_view rowsAre, std::string_view columnsAre, const std::vector<std::string>& rows,
                     const std::vector<std::string>& columns, const std::vector<std::vector<double>>& counts) {
  constexpr double left = 210, top = 92, cell = 66, high = 34;
  const auto w = left + cell * static_cast<double>(columns.size()) + 20, h = top + high * static_cast<double>(rows.size()) + 20;
  Svg svg{std::max(w, 330.0), h, title};
  svg.text(left - 12, top - 12, rowsAre, "end");
  svg.text(left, 44, columnsAre);
  for (std::size_t c = 0; c < columns.size(); ++c)
    svg.text(left + cell * (static_cast<double>(c) + 0.5), c % 2 ? top - 12 : top - 28, escaped(columns[c], 14), "middle");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double y = top + high * static_cast<double>(r);
    double all = 0;
    for (const double n : counts[r]) all += n;
    svg.text(left - 12, y + high / 2 + 5, rows[r], "end");
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double x = left + cell * static_cast<double>(c), n = counts[r][c];
      // Never so strong that the number on it could not be read in both schemes.
      svg.rect(x + 1, y + 1, cell - 2, high - 2, lineColours[0], all > 0 ? 0.08 + 0.47 * n / all : 0.08);
      svg.text(x + cell / 2, y + high / 2 + 5, std::to_string(std::llround(n)), "middle");
    }
  }
  return svg.finish();
}

std::string labelsSvg(const Value& body) {
  std::vector<std::string> rows;
  std::vector<std::vector<double>> counts;
  const auto& perClass = body["per_class"].asList();
  for (std::size_t c = 0; c < perClass.size(); ++c) {
    const auto& m = perClass[c]["confusion"].asList();
    if (m.size() != 2) return {};
    rows.push_back(nameOf(body, c));
    counts.push_back({m[1].asList()[1].asDouble(), m[1].asList()[0].asDouble(), m[0].asList()[1].asDouble(), m[0].asList()[0].asDouble()});
  }
  return rows.empty()
             ? std::string{}
             : tableSvg("Labels found and missed", "label", "pictures", rows, {"found", "missed", "false alarm", "rightly none"}, counts);
}

}  // namespace

std::string confusionSvg(const Value& body) {
  if (body["task"].asText() == "multi-label") return labelsSvg(body);
  const auto& matrix = body["confusion"].asList();
  std::vector<std::string> names;
  std::vector<std::vector<double>> counts;
  for (std::size_t r = 0; r < matrix.size(); ++r) {
    names.push_back(nameOf(body, r));
    auto& row = counts.emplace_back();
    for (const auto& n : matrix[r].asList()) row.push_back(n.asDouble());
    if (row.size() != matrix.size()) return {};
  }
  return names.empty() ? std::string{} : tableSvg("Confusion matrix", "true class", "predicted class", names, names, counts);
}

std::string rocSvg(const Value& body) {
  return curvesSvg("ROC curve", "false positive rate", "true positive rate", linesOf(body, "roc"), true);
}

std::string precisionRecallSvg(const Value& body) {
  return curvesSvg("Precision and recall", "recall", "precision", linesOf(body, "precision_recall"), false);
}

std::string calibrationSvg(const Value& body) {
  const auto& bins = body["reliability"].asList();
  double all = 0;
  for (const auto& bin : bins)
    if (bin.asList().size() == 5) all += bin.asList()[2].asDouble();
  if (all <= 0) return {};
  auto svg = unitPlot("Calibration", "confidence", "accuracy", 0);
  std::vector<std::pair<double, double>> points;
  for (const auto& bin : bins) {
    const auto& b = bin.asList();
    if (b.size() != 5 || b[2].asDouble() <= 0) continue;
    const double low = b[0].asDouble(), high = b[1].asDouble(), share = b[2].asDouble() / all;
    svg.rect(plotX(low), plotY(share), plotX(high) - plotX(low) - 1, plotY(0) - plotY(share), lineColours[0], 0.25);
    points.emplace_back(plotX(b[3].asDouble()), plotY(b[4].asDouble()));
  }
  svg.line(plotX(0), plotY(0), plotX(1), plotY(1), "rule", " stroke-dasharray=\"4 4\"");
  svg.path(points, lineColours[1]);
  for (const auto& [x, y] : points) svg.rect(x - 3, y - 3, 6, 6, lineColours[1], 1);
  svg.text(plotX(0.02), plotY(0.95), "bars: share of the pictures");
  return svg.finish();
}

namespace {

/// Round steps over some numbers, with room on both sides.
struct Scale {
  double low = 0, high = 1, step = 0.2;
  explicit Scale(std::vector<double> values) {
    const auto [least, most] = std::ranges::minmax(values);
    const double room = most > least ? 0.15 * (most - least) : std::max(0.1 * std::abs(most), 0.01);
    const double raw = (most - least + 2 * room) / 5, power = std::pow(10, std::floor(std::log10(raw)));
    step = raw / power > 5 ? 10 * power : raw / power > 2 ? 5 * power : raw / power > 1 ? 2 * power : power;
    low = std::floor((least - room) / step) * step;
    if (least >= 0) low = std::max(low, 0.0);
    high = std::ceil((most + room) / step) * step;
  }
  double at(double v) const { return (v - low) / (high - low); }
  std::string text(double v) const {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.*f", std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6), v);
    return buffer;
  }
};

struct Point {
  std::string name;
  double x = 0, y = 0;
  bool front = false;
};

std::string pointsSvg(std::string_view title, std::string_view xLabel, std::string_view yLabel, std::vector<Point> points) {
  std::vector<double> xs, ys;
  for (const auto& p : points) {
    xs.push_back(p.x);
    ys.push_back(p.y);
  }
  const Scale horizontal{xs}, vertical{ys};
  constexpr double wide = 520;
  const auto left = [&](double v) { return plotLeft + wide * horizontal.at(v); };
  const auto top = [&](double v) { return plotY(vertical.at(v)); };
  Svg svg{plotLeft + wide + 130, plotTop + plotSide + 52, title};
  for (double v = horizontal.low; v <= horizontal.high + horizontal.step / 2; v += horizontal.step) {
    svg.line(left(v), plotY(0), left(v), plotY(1), "grid");
    svg.text(left(v), plotY(0) + 18, horizontal.text(v), "middle");
  }
  for (double v = vertical.low; v <= vertical.high + vertical.step / 2; v += vertical.step) {
    svg.line(plotLeft, top(v), plotLeft + wide, top(v), "grid");
    svg.text(plotLeft - 8, top(v) + 4, vertical.text(v), "end");
  }
  svg.text(plotLeft + wide / 2, plotY(0) + 38, xLabel, "middle");
  svg.upright(14, plotY(0.5), yLabel);
  std::ranges::sort(points, {}, &Point::x);
  std::vector<std::pair<double, double>> front;
  for (const auto& p : points)
    if (p.front) front.emplace_back(left(p.x), top(p.y));
  if (front.size() > 1) svg.path(front, lineColours[0]);
  for (const auto& p : points) {
    const double side = p.front ? 10 : 6;
    svg.rect(left(p.x) - side / 2, top(p.y) - side / 2, side, side, p.front ? lineColours[0] : lineColours[7], 1);
    svg.text(left(p.x) + 9, top(p.y) - 6, p.name, "start", p.front);
  }
  return svg.finish();
}

}  // namespace

std::string tradeOffSvg(const Value& models, Price price) {
  const auto& list = models.asList();
  if (list.empty()) return {};
  const bool known = std::ranges::any_of(list, [](const Value& m) { return m["accuracy"].isNumber(); });
  std::vector<Point> points;
  for (const auto& m : list) {
    if (known && !m["accuracy"].isNumber()) continue;
    const auto name = m["name"].asText().empty() ? pathFromValue(m["export"]).filename().native() : m["name"].asText();
    const double ms = m["ms"].asDouble(), megabytes = m["bytes"].asDouble() / 1e6;
    points.push_back({displayText(name) + ", " + m["precision"].asText(), known && price == Price::Size ? megabytes : ms,
                      known ? 100 * m["accuracy"].asDouble() : megabytes, m["front"].asBool()});
  }
  if (!known) return pointsSvg("Size and time", "milliseconds for one picture", "size in MB", std::move(points));
  return price == Price::Size ? pointsSvg("Accuracy and size", "size in MB", "accuracy in %", std::move(points))
                              : pointsSvg("Accuracy and time", "milliseconds for one picture", "accuracy in %", std::move(points));
}

}  // namespace patchbay::blocks
