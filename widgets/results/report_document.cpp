// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/report_document.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <array>
#include <cmath>

#include "engine/learn/report.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/metric_names.h"
#include "widgets/plots/plot_colours.h"
#include "widgets/results/figures_page.h"
#include "widgets/results/report_svg.h"

namespace patchbay::widgets {

namespace {

QString trc(const char* text) { return QCoreApplication::translate("report", text); }
QString esc(const QString& text) { return text.toHtmlEscaped(); }

QString cell(const QString& text, bool number = true, const QString& more = {}) {
  return QStringLiteral("<td%1%2>%3</td>").arg(number ? QStringLiteral(" align='right'") : QString{}, more, esc(text));
}
QString head(const QStringList& names) {
  QString out;
  for (const auto& n : names) out += QStringLiteral("<th align='left'>%1</th>").arg(esc(n));
  return QStringLiteral("<tr>%1</tr>").arg(out);
}
QString table(const QString& rows) { return QStringLiteral("<table cellspacing='0' cellpadding='5'>%1</table>").arg(rows); }
QString section(const QString& title) { return QStringLiteral("<h2>%1</h2>").arg(esc(title)); }

QString figures(const ReportData& data) {
  auto rows = head({trc("Figure"), trc("Value (95 % interval)"), trc("How the interval was computed")});
  for (const auto& name : headlineFigures(data)) {
    const auto m = *data.metric(name);
    rows += QStringLiteral("<tr>%1%2%3</tr>").arg(cell(sayMetric(name), false), cell(sayWithInterval(m)), cell(say(m.method), false));
  }
  return table(rows);
}

QString confusion(const ReportData& data, Ink ink) {
  const auto c = data.confusion();
  QStringList names{trc("True class, predicted:")};
  for (const auto& name : data.classes) names << name;
  auto rows = head(names);
  const auto paper = themePalette(false);
  for (std::size_t t = 0; t < c.classes; ++t) {
    std::uint64_t sum = 0;
    for (std::size_t p = 0; p < c.classes; ++p) sum += c.at(t, p);
    auto line = QStringLiteral("<th align='left'>%1</th>").arg(esc(data.classes[t]));
    for (std::size_t p = 0; p < c.classes; ++p) {
      const double share = sum ? static_cast<double>(c.at(t, p)) / static_cast<double>(sum) : 0;
      const auto text =
          trc("%1 (%2 %)").arg(QLocale{}.toString(static_cast<qulonglong>(c.at(t, p))), QLocale{}.toString(100 * share, 'f', 1));
      const auto ground = matrixColour(share, t == p, paper);
      // On the screen the colour is laid over the page's ground, so that it serves light and dark alike.
      const auto colour = seriesColour(t == p ? 0 : 1, paper);
      const auto more = ink == Ink::Paper
                            ? QStringLiteral(" bgcolor='%1' style='color:%2'").arg(ground.name(), readableOn(ground).name())
                            : QStringLiteral(" style='background:rgba(%1,%2,%3,%4)'")
                                  .arg(QString::number(colour.red()), QString::number(colour.green()), QString::number(colour.blue()),
                                       QString::number(share > 0 ? 0.08 + 0.42 * std::sqrt(share) : 0, 'f', 2));
      line += cell(text, true, more);
    }
    rows += QStringLiteral("<tr>%1</tr>").arg(line);
  }
  return table(rows);
}

QString classes(const ReportData& data) {
  constexpr std::array<const char*, 5> names{"precision", "recall", "f1", "auroc", "average_precision"};
  QStringList heads{trc("Class"), sayMetric("support")};
  for (const auto* n : names) heads << sayMetric(n);
  auto rows = head(heads);
  const auto& all = data.body["per_class"].asList();
  for (std::size_t i = 0; i < all.size() && i < data.classes.size(); ++i) {
    auto line = cell(data.classes[i], false) + cell(QLocale{}.toString(static_cast<qlonglong>(all[i]["support"].asInt())));
    for (const auto* n : names) line += cell(sayWithInterval(learn::metricFromValue(all[i][n])));
    rows += QStringLiteral("<tr>%1</tr>").arg(line);
  }
  return table(rows);
}

QString pictureTag(const DocumentOptions& options, const std::string& id) {
  const auto found = options.pictures.find(id);
  if (found == options.pictures.end()) return {};
  QByteArray png;
  QBuffer buffer{&png};
  buffer.open(QIODevice::WriteOnly);
  found->second.scaled(128, 128, Qt::KeepAspectRatio, Qt::SmoothTransformation).save(&buffer, "PNG");
  return QStringLiteral("<img width='96' alt='' src='data:image/png;base64,%1'/>").arg(QString::fromLatin1(png.toBase64()));
}

QString mistakes(const ReportData& data, const DocumentOptions& options) {
  const auto& all = data.body["mistakes"].asList();
  if (all.empty()) return QStringLiteral("<p>%1</p>").arg(esc(trc("None: every picture was classified correctly.")));
  const bool pictures = !options.pictures.empty();
  QStringList heads{trc("File"), trc("True class"), trc("Taken for"), trc("Probability")};
  if (pictures) heads.prepend(trc("Picture"));
  auto rows = head(heads);
  for (const auto& m : all) {
    QString line;
    if (pictures) line += QStringLiteral("<td>%1</td>").arg(pictureTag(options, m["id"].asText()));
    line += cell(fromUtf8(displayText(pathFromValue(m["path"]).native())), false) +
            cell(fromUtf8(displayText(m["truth"].asText())), false) + cell(fromUtf8(displayText(m["predicted"].asText())), false) +
            cell(sayFigure(m["probability"].asDouble()));
    rows += QStringLiteral("<tr>%1</tr>").arg(line);
  }
  return table(rows);
}

QString footer(const DocumentOptions& options) {
  auto out = esc(trc("Made with Patchbay on %1.").arg(QLocale{}.toString(QDateTime::currentDateTime(), QLocale::LongFormat)));
  if (!options.run.isEmpty()) out += QLatin1Char(' ') + esc(trc("Run %1.").arg(options.run));
  return QStringLiteral("<p class='quiet'>%1</p>").arg(out);
}

QString titleOf(const DocumentOptions& options) { return options.title.isEmpty() ? trc("Report") : options.title; }

QString opening(const ReportData& data, const DocumentOptions& options) {
  return QStringLiteral("<h1>%1</h1><p>%2</p>").arg(esc(titleOf(options)), esc(sayWhatWasMeasured(data)));
}

constexpr const char* style = R"(
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #5b6370; --grid: #dde0e5; --ground: #ffffff; --first: #0072b2; --second: #b84a00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --quiet: #a3aab5; --grid: #33373f; --ground: #17191d; --first: #56b4e9; --second: #e69f00; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); max-width: 1080px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 1.7em; margin-bottom: 0; } h2 { font-size: 1.2em; margin-top: 2em; }
table { border-collapse: collapse; } td, th { border-bottom: 1px solid var(--grid); padding: 6px 16px 6px 4px; }
th { font-weight: 600; color: var(--quiet); } .charts { display: flex; flex-wrap: wrap; gap: 24px; } .wide { overflow-x: auto; }
.quiet { color: var(--quiet); } img { border-radius: 4px; display: block; }
@media print { body { margin: 0; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } }
)";

QString wide(const QString& inner) { return QStringLiteral("<div class='wide'>%1</div>").arg(inner); }

/// Draws the SVG kept in a character's format; in a PDF it stays lines and letters.
class SvgObject final : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)
 public:
  static constexpr int type = QTextFormat::UserObject + 1, property = QTextFormat::UserProperty + 1;
  QSizeF intrinsicSize(QTextDocument* document, int, const QTextFormat&) override {
    const auto* device = document->documentLayout()->paintDevice();
    return QSizeF{205, 205} * (device ? device->logicalDpiX() / 96.0 : 1.0);
  }
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format) override {
    QSvgRenderer{format.property(property).toByteArray()}.render(painter, rect);
  }
};

Error writeFailed(const QString& path, const QString& why) {
  return {ErrorKind::Io, "report.write",
          TR("error", "The file {path} cannot be written: {why}").with("path", toUtf8(path)).with("why", toUtf8(why)),
          TR("error", "Choose another folder, or make room on the disk."), toUtf8(path)};
}

}  // namespace

QString reportHtml(const ReportData& data, const DocumentOptions& options) {
  QString charts;
  for (const auto& chart : chartsOf(data)) charts += chartSvg(chart, Ink::Variables);
  QString out = QStringLiteral(
                    "<!DOCTYPE html>\n<html lang='%1'>\n<head>\n<meta charset='utf-8'/>\n"
                    "<meta name='viewport' content='width=device-width, initial-scale=1'/>\n<title>%2</title>\n<style>")
                    .arg(QLocale{}.bcp47Name(), esc(titleOf(options)));
  out += QLatin1String{style};
  out += QStringLiteral("</style>\n</head>\n<body>\n") + opening(data, options);
  out += section(trc("Figures")) + wide(figures(data));
  if (data.kind == QLatin1String{"evaluation"}) out += section(trc("Confusion matrix")) + wide(confusion(data, Ink::Variables));
  out += section(trc("Classes")) + wide(classes(data));
  if (!charts.isEmpty()) out += section(trc("Curves")) + QStringLiteral("<div class='charts'>%1</div>").arg(charts);
  out += section(trc("Worst mistakes")) + wide(mistakes(data, options));
  return out + footer(options) + QStringLiteral("\n</body>\n</html>\n");
}

Result<> writeReportHtml(const ReportData& data, const DocumentOptions& options, const QString& path) {
  QSaveFile file{path};
  const auto bytes = reportHtml(data, options).toUtf8();
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return fail(writeFailed(path, file.errorString()));
  return {};
}

Result<> writeReportPdf(const ReportData& data, const DocumentOptions& options, const QString& path) {
  QTextDocument document;
  SvgObject svg;
  document.documentLayout()->registerHandler(SvgObject::type, &svg);
  QFont font;
  font.setPointSizeF(9);
  document.setDefaultFont(font);
  document.setDefaultStyleSheet(
      QStringLiteral("h1 { font-size: 18pt; } h2 { font-size: 12pt; } th { font-weight: bold; } .quiet { color: %1; } body { color: %2; }")
          .arg(paperColour("quiet"), paperColour("text")));
  QTextCursor cursor{&document};
  const auto html = [&](const QString& text) {
    cursor.insertHtml(text);
    cursor.insertBlock(QTextBlockFormat{}, QTextCharFormat{});
  };
  html(opening(data, options));
  html(section(trc("Figures")) + figures(data));
  if (data.kind == QLatin1String{"evaluation"}) html(section(trc("Confusion matrix")) + confusion(data, Ink::Paper));
  html(section(trc("Classes")) + classes(data));
  const auto charts = chartsOf(data);
  if (!charts.empty()) html(section(trc("Curves")));
  for (const auto& chart : charts) {
    QTextCharFormat format;
    format.setObjectType(SvgObject::type);
    format.setProperty(SvgObject::property, chartSvg(chart, Ink::Paper).toUtf8());
    cursor.insertText(QString{QChar::ObjectReplacementCharacter}, format);
  }
  cursor.insertBlock(QTextBlockFormat{}, QTextCharFormat{});
  html(section(trc("Worst mistakes")) + mistakes(data, options));
  cursor.insertHtml(footer(options));  // No paragraph after it, which might be a page of its own.

  QSaveFile file{path};
  if (!file.open(QIODevice::WriteOnly)) return fail(writeFailed(path, file.errorString()));
  {
    QPdfWriter writer{&file};
    writer.setPageSize(QPageSize{QPageSize::A4});
    writer.setPageMargins(QMarginsF{});  // QTextDocument leaves two centimetres by itself.
    writer.setResolution(300);
    writer.setTitle(titleOf(options));
    writer.setCreator(QStringLiteral("Patchbay"));
    document.print(&writer);
  }
  if (!file.commit()) return fail(writeFailed(path, file.errorString()));
  return {};
}

}  // namespace patchbay::widgets

#include "report_document.moc"
