// SPDX-License-Identifier: Apache-2.0
// The pages of every kind of report with texts 40 % longer: nothing that is read may be cut.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include "tests/widgets/results/made_report.h"
#include "tests/widgets/support/fake_engine.h"
#include "tests/widgets/support/longer_texts.h"
#include "widgets/results/embedding_map_view.h"
#include "widgets/results/report_view.h"

namespace patchbay::widgets {
namespace {

using patchbay::testing::cutTexts;
using patchbay::testing::drawnCell;
using patchbay::testing::idOf;
using patchbay::testing::makeReport;

struct LongerReports : ::testing::Test {
  LongerReports() {
    engine.pictures = drawnCell;
    QCoreApplication::installTranslator(&longer);
  }
  ~LongerReports() override {
    view.reset();
    QCoreApplication::removeTranslator(&longer);
  }
  void open(const ReportSource& source) {
    view = std::make_unique<ReportView>(engine);
    view->resize(900, 560);
    view->show();
    QSignalSpy loaded{view.get(), &ReportView::loaded};
    view->show(source);
    ASSERT_TRUE(loaded.wait(20'000));
    ASSERT_TRUE(loaded[0][0].toBool());
  }
  void open(Report report) {
    ReportSource source;
    source.report = Report::save(store, report)->save(store)->hex();
    source.title = QStringLiteral("Trial");
    open(source);
  }
  void look(const char* what) {
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = cutTexts(*view)).isEmpty(); }, 3000);
    EXPECT_TRUE(cut.isEmpty()) << what << ":\n  " << cut.join(QStringLiteral("\n  ")).toStdString();
    patchbay::testing::shoot(*view, QStringLiteral("longer-%1").arg(QLatin1String{what}));
  }
  static Value metric(double value) {
    auto out = learn::toValue(learn::wilson(static_cast<std::uint64_t>(value * 200), 200));
    out["sd"] = 0.01;
    return out;
  }

  patchbay::testing::TemporaryStore store;
  patchbay::testing::FakeEngine engine{&store};
  patchbay::testing::Longer longer;
  std::unique_ptr<ReportView> view;
};

TEST_F(LongerReports, FitOfTwoAndOfManyClasses) {
  for (const auto& classes : {std::vector<std::string>{"functional", "defective"}, {"leaf", "flower", "stone", "twig", "moss"}}) {
    ASSERT_NO_FATAL_FAILURE(open(makeReport(store, classes).source));
    auto* tabs = view->findChild<QTabWidget*>(QStringLiteral("reportTabs"));
    for (int i = 0; i < tabs->count(); ++i) {
      if (!tabs->isTabVisible(i)) continue;
      tabs->setCurrentIndex(i);
      look(qPrintable(QStringLiteral("%1-classes-page-%2").arg(classes.size()).arg(i)));
    }
  }
}

TEST_F(LongerReports, FitOfFindings) {
  Report report;
  report.body["kind"] = "label_quality";
  report.body["classes"] = Value::List{"functional", "defective"};
  report.body["found"] = Value::Map{{"suspect", 1}, {"leak", 1}, {"imbalance", 1}};
  const auto finding = [](const char* kind, std::size_t n, Text cause) {
    Value f{Value::Map{{"kind", kind}, {"given", "functional"}, {"proposed", "defective"}, {"score", .93}, {"count", n}}};
    f["cause"] = toValue(cause);
    for (const char* list : {"items", "pictures", "paths", "labels", "splits"}) f[list] = Value::List{};
    for (std::size_t i = 0; i < n; ++i) {
      f["items"].push(idOf(i));
      f["pictures"].push(digestOf("picture " + std::to_string(i)).hex());
      f["paths"].push("cells/" + std::to_string(i) + ".png");
      f["labels"].push("functional");
      f["splits"].push(i % 2 ? "train" : "test");
    }
    return f;
  };
  report.body["findings"] = Value::List{
      finding("suspect", 1, TR("block", "Models that did not see this picture give its label {percent} %.").with("percent", 2.5)),
      finding("leak", 3,
              TR("block", "{n} pictures show the same ({percent} %) and lie in different parts: the test knows what was learned.")
                  .count(3)
                  .with("percent", 99.1)),
      finding("imbalance", 0, TR("block", "The class has no labelled picture."))};
  report.metrics = Value::Map{{"estimated_errors", 14.2}, {"labels", 600}, {"estimated_error_share", .0237}};
  ASSERT_NO_FATAL_FAILURE(open(report));
  look("findings");
  for (auto* tabs : view->findChildren<QTabBar*>())
    for (int i = 0; i < tabs->count() && tabs->isVisible(); ++i) {
      tabs->setCurrentIndex(i);
      look(qPrintable(QStringLiteral("findings-%1").arg(i)));
    }
}

TEST_F(LongerReports, FitOfSummariesAndComparisons) {
  Report summary;
  summary.body["kind"] = "summary";
  summary.body["figures"] = Value::Map{{"accuracy", metric(.9)}, {"balanced_accuracy", metric(.88)}, {"auroc", metric(.95)}};
  for (int i = 0; i < 3; ++i)
    summary.body["rows"].push(
        Value::Map{{"label", "seed " + std::to_string(i)}, {"metrics", Value::Map{{"accuracy", .9}, {"auroc", .95}}}});
  summary.body["best"] = 1;
  summary.metrics["runs"] = 3;
  ASSERT_NO_FATAL_FAILURE(open(summary));
  look("summary");
  Report comparison;
  comparison.body["kind"] = "comparison";
  comparison.body["figures"] =
      Value::Map{{"accuracy", Value::Map{{"baseline", metric(.8)}, {"candidate", metric(.9)}, {"difference", metric(.1)}}},
                 {"balanced_accuracy", Value::Map{{"baseline", metric(.7)}, {"candidate", metric(.9)}, {"difference", metric(.2)}}}};
  comparison.metrics["runs"] = 3;
  ASSERT_NO_FATAL_FAILURE(open(comparison));
  look("comparison");
}

TEST_F(LongerReports, FitOfAMapAndOfWhatIsChosenInIt) {
  Report report;
  report.body["kind"] = "embedding_map";
  report.body["classes"] = Value::List{"functional", "defective"};
  for (std::size_t i = 0; i < 40; ++i) {
    report.body["points"].push(Value::List{static_cast<double>(i), static_cast<double>(i % 5)});
    report.body["ids"].push(idOf(i));
    report.body["labels"].push(i % 7 == 0 ? Value{} : Value{i % 2 ? "functional" : "defective"});
    report.body["splits"].push(i < 20 ? "train" : "test");
    report.body["pictures"].push(digestOf(std::to_string(i)).hex());
  }
  ASSERT_NO_FATAL_FAILURE(open(report));
  // Somebody listens: then there is a way to the data set.
  QObject::connect(view.get(), &ReportView::showInDataWanted, view.get(), [](const auto&) {});
  auto* map = view->findChild<EmbeddingMapView*>();
  ASSERT_NE(map, nullptr);
  for (const auto colour : {MapColour::Class, MapColour::Split}) {
    map->setColouring(colour);
    look(colour == MapColour::Class ? "map-classes" : "map-parts");
  }
  map->selectInside(QPolygonF{QRectF{4.5, -1, 12, 8}});
  ASSERT_FALSE(map->selection().empty());
  look("map-chosen");
  view->resize(620, 420);
  look("map-small");
}

}  // namespace
}  // namespace patchbay::widgets
