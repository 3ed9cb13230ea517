// SPDX-License-Identifier: Apache-2.0
#include "widgets/results/report_document.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/widgets/results/made_report.h"
#include "widgets/base/say.h"

namespace patchbay::widgets {
namespace {

struct Document : ::testing::Test {
  patchbay::testing::TemporaryStore store;
  patchbay::testing::MadeReport made;
  ReportDataPtr data;
  DocumentOptions options{QStringLiteral("Cells <1> & more"), QStringLiteral("01JRUN"), {}};
  void SetUp() override {
    made = patchbay::testing::makeReport(store, {"functional", "defective"});
    data = *loadReportData(store, made.source);
  }
};

/// The file is well-formed: every element closed, every character escaped. Returns its text and the names of its elements.
std::pair<QString, QStringList> parsed(const QString& html) {
  QXmlStreamReader xml{html};
  QString text;
  QStringList names;
  while (!xml.atEnd()) {
    xml.readNext();
    if (xml.isStartElement()) names << xml.name().toString();
    if (xml.isCharacters()) text += xml.text();
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString() << " in line " << xml.lineNumber();
  return {text, names};
}

TEST_F(Document, HtmlHasEveryFigureAndNeedsNothingElse) {
  const auto html = reportHtml(*data, options);
  const auto [text, names] = parsed(html);
  EXPECT_TRUE(text.contains(QStringLiteral("Cells <1> & more")));
  for (const auto* m : {&made.figures.accuracy, &made.figures.auroc, &*made.figures.f1, &made.figures.ece})
    EXPECT_TRUE(text.contains(sayWithInterval(*m))) << sayWithInterval(*m).toStdString();
  for (const auto& c : made.figures.perClass) EXPECT_TRUE(text.contains(sayWithInterval(c.recall)));
  EXPECT_TRUE(text.contains(QStringLiteral("%1 (").arg(made.figures.confusion.at(1, 0))));
  EXPECT_EQ(names.count(QStringLiteral("svg")), 3);
  EXPECT_FALSE(names.contains(QStringLiteral("script")));
  EXPECT_FALSE(names.contains(QStringLiteral("link")));
  EXPECT_TRUE(html.contains(QStringLiteral("prefers-color-scheme: dark")));
  // No address but the name of SVG's namespace, which nobody fetches.
  auto rest = html;
  rest.remove(QStringLiteral("http://www.w3.org/2000/svg"));
  EXPECT_FALSE(rest.contains(QStringLiteral("http")));
  EXPECT_FALSE(rest.contains(QStringLiteral("url(")));
}

TEST_F(Document, PicturesGoInOnlyWhenAskedFor) {
  EXPECT_FALSE(reportHtml(*data, options).contains(QStringLiteral("data:image")));
  const auto id = data->body["mistakes"].asList()[0]["id"].asText();
  options.pictures[id] = patchbay::testing::drawnCell({.digest = id}, 192);
  const auto html = reportHtml(*data, options);
  EXPECT_EQ(html.count(QStringLiteral("data:image/png;base64,")), 1);
  parsed(html);
}

TEST_F(Document, FilesAreWrittenWholeOrNotAtAll) {
  QTemporaryDir folder;
  const auto html = folder.filePath(QStringLiteral("report.html")), pdf = folder.filePath(QStringLiteral("report.pdf"));
  ASSERT_TRUE(writeReportHtml(*data, options, html));
  ASSERT_TRUE(writeReportPdf(*data, options, pdf));
  QFile file{pdf};
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const auto bytes = file.readAll();
  EXPECT_TRUE(bytes.startsWith("%PDF-"));
  EXPECT_GE(bytes.count("/Type /Page\n"), 1);
  EXPECT_LT(bytes.size(), 2'000'000);
  const auto shots = qEnvironmentVariable("PATCHBAY_SHOTS");
  if (!shots.isEmpty()) {
    QFile::copy(html, shots + QStringLiteral("/report.html"));
    QFile::copy(pdf, shots + QStringLiteral("/report.pdf"));
  }
  const auto refused = writeReportHtml(*data, options, folder.filePath(QStringLiteral("none/report.html")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Io);
  EXPECT_FALSE(refused.error().hint.empty());
}

TEST_F(Document, SeveralClassesHaveTheirMatrixAndCalibration) {
  const auto three = patchbay::testing::makeReport(store, {"crack", "dent", "good"});
  const auto [text, names] = parsed(reportHtml(**loadReportData(store, three.source), options));
  EXPECT_EQ(names.count(QStringLiteral("svg")), 1);
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t p = 0; p < 3; ++p) EXPECT_TRUE(text.contains(QStringLiteral("%1 (").arg(three.figures.confusion.at(t, p))));
}

}  // namespace
}  // namespace patchbay::widgets
