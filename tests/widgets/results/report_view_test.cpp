// SPDX-License-Identifier: Apache-2.0
#include "widgets/results/report_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <cstring>

#include "tests/widgets/results/made_report.h"
#include "tests/widgets/support/fake_engine.h"
#include "widgets/base/say.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/class_table.h"
#include "widgets/results/confusion_page.h"
#include "widgets/results/confusion_view.h"
#include "widgets/results/figures_page.h"
#include "widgets/results/heat_maps.h"
#include "widgets/results/mistakes_page.h"
#include "widgets/results/threshold_page.h"
#include "widgets/results/unit_plot.h"

namespace patchbay::widgets {
namespace {

using patchbay::testing::drawnCell;
using patchbay::testing::MadeReport;
using patchbay::testing::makeReport;
using ::testing::UnorderedElementsAreArray;

struct View : ::testing::Test {
  patchbay::testing::TemporaryStore store;
  patchbay::testing::FakeEngine engine{&store};
  std::unique_ptr<ReportView> view;
  MadeReport made;

  void open(std::vector<std::string> classes, bool positiveFirst = false, const std::string& model = {}) {
    engine.pictures = drawnCell;
    made = makeReport(store, std::move(classes), 600, positiveFirst);
    made.source.model = model;
    view = std::make_unique<ReportView>(engine);
    view->resize(1100, 700);
    view->show();
    QSignalSpy loaded{view.get(), &ReportView::loaded};
    view->show(made.source);
    ASSERT_TRUE(loaded.wait());
    ASSERT_TRUE(loaded[0][0].toBool());
  }
  template <class T>
  T& page() {
    auto* found = view->findChild<T*>();
    view->findChild<QTabWidget*>()->setCurrentWidget(found);
    return *found;
  }
  std::vector<std::string> idsOf(const PictureGrid& grid) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < grid.count(); ++i) out.push_back(grid.item(i).id);
    return out;
  }
};

TEST_F(View, ShowsTheFiguresOfLearnWithTheirIntervalsAndHow) {
  open({"functional", "defective"});
  QStringList all;
  for (const auto* l : page<FiguresPage>().findChildren<QLabel*>()) all << l->text();
  for (const auto* m : {&made.figures.accuracy, &made.figures.balancedAccuracy, &*made.figures.f1, &made.figures.auroc, &made.figures.ece,
                        &made.figures.logLoss, &made.figures.brier, &*made.figures.averagePrecision}) {
    EXPECT_TRUE(all.contains(sayNumber(m->value))) << m->value;
    EXPECT_TRUE(all.contains(QStringLiteral("95 %: %1 to %2").arg(sayNumber(m->low), sayNumber(m->high)))) << m->low;
    EXPECT_TRUE(all.contains(say(m->method)));
  }
  patchbay::testing::shoot(*view, QStringLiteral("report-figures"));
}

TEST_F(View, CellsOfTheMatrixOpenExactlyTheirPictures) {
  open({"functional", "defective"});
  auto& confusion = page<ConfusionPage>();
  EXPECT_EQ(confusion.matrix()->confusion().counts, made.figures.confusion.counts);
  QSignalSpy chosen{view.get(), &ReportView::itemsSelected};
  for (std::int32_t t = 0; t < 2; ++t)
    for (std::int32_t p = 0; p < 2; ++p) {
      confusion.matrix()->setCurrent(static_cast<std::size_t>(t), static_cast<std::size_t>(p));
      QTest::keyClick(confusion.matrix()->view(), Qt::Key_Return);
      std::vector<std::string> wanted;
      for (std::size_t i = 0; i < made.truth.size(); ++i)
        if (made.truth[i] == t && made.figures.predicted[i] == p) wanted.push_back(made.testIds[i]);
      EXPECT_THAT(idsOf(*confusion.grid()), UnorderedElementsAreArray(wanted)) << t << p;
    }
  confusion.matrix()->setCurrent(1, 0);
  QTest::keyClick(confusion.matrix()->view(), Qt::Key_Return);
  confusion.grid()->setSelection({0});
  ASSERT_FALSE(chosen.isEmpty());
  EXPECT_EQ(chosen.back()[0].value<std::vector<std::string>>(), std::vector<std::string>{confusion.grid()->item(0).id});
  confusion.grid()->setSelection({});
  patchbay::testing::shoot(*view, QStringLiteral("report-confusion"));
}

TEST_F(View, SharesOfTheMatrixAreOfRowAndColumn) {
  open({"functional", "defective"});
  auto& matrix = *page<ConfusionPage>().matrix();
  const auto& c = made.figures.confusion;
  matrix.setScale(ConfusionView::Scale::Rows);
  EXPECT_EQ(matrix.cellText(0, 1), QStringLiteral("%1 %").arg(100.0 * c.at(0, 1) / (c.at(0, 0) + c.at(0, 1)), 0, 'f', 1));
  matrix.setScale(ConfusionView::Scale::Columns);
  EXPECT_EQ(matrix.cellText(0, 1), QStringLiteral("%1 %").arg(100.0 * c.at(0, 1) / (c.at(1, 1) + c.at(0, 1)), 0, 'f', 1));
}

TEST_F(View, ThePositiveClassOfTheReportDecidesTheOrder) {
  open({"defective", "functional"}, true);
  EXPECT_EQ(page<ConfusionPage>().matrix()->confusion().counts, made.figures.confusion.counts);
  const auto f = page<ThresholdPage>().figures();
  const auto each = learn::classFigures(made.figures.confusion);
  EXPECT_DOUBLE_EQ(f.precision, each[1].precision);
  EXPECT_DOUBLE_EQ(f.recall, each[1].recall);
}

TEST_F(View, TheSliderShowsWhatLearnComputesAtEveryThreshold) {
  open({"functional", "defective"});
  auto& page_ = page<ThresholdPage>();
  std::vector<std::uint8_t> flags(made.truth.begin(), made.truth.end());
  std::vector<float> scores;
  for (std::size_t i = 0; i < made.truth.size(); ++i) scores.push_back(made.probability(i, 1));
  auto* slider = page_.findChild<QSlider*>(QStringLiteral("thresholdSlider"));
  for (const int at : {0, 130, 499, 730, 1000}) {
    slider->setValue(at);
    const auto predicted = learn::applyThreshold(scores, at / 1000.0);
    const auto c = learn::confusion(made.truth, predicted, 2);
    const auto f = page_.figures();
    EXPECT_EQ(f.confusion.counts, c.counts) << at;
    EXPECT_DOUBLE_EQ(f.f1, learn::f1(c));
    EXPECT_DOUBLE_EQ(f.balancedAccuracy, learn::balancedAccuracy(c));
    if (at == 730) {
      EXPECT_TRUE(page_.findChild<QLabel*>(QStringLiteral("thresholdFigures"))->text().contains(sayNumber(learn::f1(c))));
      ASSERT_TRUE(page_.findChild<UnitPlot*>(QStringLiteral("prPlot"))->point());
      EXPECT_DOUBLE_EQ(page_.findChild<UnitPlot*>(QStringLiteral("prPlot"))->point()->y(), learn::classFigures(c)[1].precision);
    }
  }
  slider->setValue(420);
  patchbay::testing::shoot(*view, QStringLiteral("report-threshold"));
}

TEST_F(View, ProposalsAreLearnsChoiceOnValidationAndReachTheBlock) {
  open({"functional", "defective"});
  auto& page_ = page<ThresholdPage>();
  QSignalSpy wanted{view.get(), &ReportView::parametersWanted};
  std::vector<std::uint8_t> flags(made.validationTruth.begin(), made.validationTruth.end());
  std::vector<float> scores;
  for (std::size_t i = 0; i < made.validationTruth.size(); ++i) scores.push_back(made.validationProbability(i, 1));
  page_.findChild<QPushButton*>(QStringLiteral("thresholdBestF1"))->click();
  EXPECT_DOUBLE_EQ(page_.threshold(), learn::chooseThreshold(flags, scores, learn::ThresholdRule::MaxF1)->threshold);
  auto* apply = page_.findChild<QPushButton*>(QStringLiteral("thresholdApply"));
  apply->click();
  ASSERT_EQ(wanted.size(), 1);
  EXPECT_EQ(wanted[0][0].value<std::string>(), "evaluate");
  EXPECT_EQ(toJson(page_.parameters()), R"({"threshold":"max_f1"})");
  page_.findChild<QPushButton*>(QStringLiteral("thresholdWantedRecall"))->click();
  EXPECT_DOUBLE_EQ(page_.threshold(), learn::chooseThreshold(flags, scores, learn::ThresholdRule::FixedRecall, 0.95)->threshold);
  EXPECT_EQ(page_.parameters()["recall"].asDouble(), 95);
  // A threshold set by hand becomes the recall that makes the block choose one with the same decisions on validation.
  page_.setThreshold(0.37);
  const auto params = page_.parameters();
  EXPECT_EQ(params["threshold"].asText(), "recall");
  const auto again = learn::chooseThreshold(flags, scores, learn::ThresholdRule::FixedRecall, params["recall"].asDouble() / 100);
  const auto mine = learn::classFigures(learn::confusion(made.validationTruth, learn::applyThreshold(scores, 0.37), 2))[1].recall;
  const auto theirs =
      learn::classFigures(learn::confusion(made.validationTruth, learn::applyThreshold(scores, again->threshold), 2))[1].recall;
  EXPECT_NEAR(mine, theirs, 0.02);
}

TEST_F(View, TheTableOfClassesSortsAndCopiesWhatLearnFound) {
  open({"crack", "dent, deep", "good", "scratch"});
  auto& table = page<ClassTable>();
  table.view()->sortByColumn(3, Qt::DescendingOrder);
  const auto lines = table.toCsv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 5);
  EXPECT_TRUE(lines[0].startsWith(QStringLiteral("class,support,precision,precision_low,precision_high,recall")));
  double before = 2;
  for (int i = 1; i < 5; ++i) {
    const bool quoted = lines[i].startsWith(QLatin1Char('"'));
    const auto name = quoted ? QStringLiteral("dent, deep") : lines[i].section(QLatin1Char(','), 0, 0);
    const auto fields = lines[i].mid(name.size() + (quoted ? 3 : 1)).split(QLatin1Char(','));
    const auto c = static_cast<std::size_t>(std::ranges::find(made.classes, name.toStdString()) - made.classes.begin());
    ASSERT_LT(c, 4U);
    EXPECT_EQ(fields[0].toULongLong(), made.figures.perClass[c].support);
    EXPECT_EQ(fields[1].toDouble(), made.figures.perClass[c].precision.value);
    EXPECT_EQ(fields[4].toDouble(), made.figures.perClass[c].recall.value);
    EXPECT_EQ(fields[5].toDouble(), made.figures.perClass[c].recall.low);
    EXPECT_LE(fields[4].toDouble(), before) << "sorted by recall, best first";
    before = fields[4].toDouble();
  }
  patchbay::testing::shoot(*view, QStringLiteral("report-classes"));
}

TEST_F(View, SeveralClassesHaveCurvesOfEachAgainstTheRestAndNoThresholdToApply) {
  open({"crack", "dent", "good"});
  auto& page_ = page<ThresholdPage>();
  EXPECT_FALSE(page_.findChild<QPushButton*>(QStringLiteral("thresholdApply"))->isEnabled());
  EXPECT_FALSE(page_.findChild<QPushButton*>(QStringLiteral("thresholdApply"))->toolTip().isEmpty());
  page_.findChild<QComboBox*>(QStringLiteral("thresholdClass"))->setCurrentIndex(2);
  page_.setThreshold(0.6);
  std::uint64_t hits = 0;
  for (std::size_t i = 0; i < made.truth.size(); ++i) hits += made.truth[i] == 2 && made.probability(i, 2) >= 0.6F;
  EXPECT_EQ(page_.figures().confusion.at(1, 1), hits);
  patchbay::testing::shoot(*view, QStringLiteral("report-threshold-three"));
  view->findChild<QTabWidget*>()->setCurrentIndex(4);
  patchbay::testing::shoot(*view, QStringLiteral("report-calibration"));
}

TEST_F(View, MistakesAreThoseOfTheReportWithHeatMapsOnDemand) {
  engine.lives["patchbay.live.try.try"] = [](const Value& a) -> Result<Value> {
    EXPECT_EQ(a["model"].asText(), "m0");
    EXPECT_TRUE(a["heat_map"].asBool());
    std::vector<float> values(49);
    for (int i = 0; i < 49; ++i)
      values[static_cast<std::size_t>(i)] = static_cast<float>(std::exp(-0.15 * ((i % 7 - 4) * (i % 7 - 4) + (i / 7 - 2) * (i / 7 - 2))));
    Value::Bytes bytes(values.size() * sizeof(float));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return Value{Value::Map{{"class", "defective"}, {"heat_map", Value::Map{{"width", 7}, {"height", 7}, {"values", bytes}}}}};
  };
  open({"functional", "defective"}, false, "m0");
  auto& mistakes = page<MistakesPage>();
  const auto worst = learn::worstMistakes(made.truth, made.figures.predicted, made.probability, 24);
  ASSERT_EQ(mistakes.grid()->count(), worst.size());
  EXPECT_EQ(mistakes.grid()->item(0).id, made.testIds[worst[0]]);
  EXPECT_EQ(std::ranges::count(engine.asked, "patchbay.live.try.try", [](const auto& a) { return a.first; }), 0);
  mistakes.findChild<QCheckBox*>(QStringLiteral("mistakesHeat"))->setChecked(true);
  EXPECT_TRUE(QTest::qWaitFor([&] {
    return std::ranges::count(engine.asked, "patchbay.live.try.try", [](const auto& a) { return a.first; }) ==
           static_cast<std::ptrdiff_t>(worst.size());
  }));
  QTest::qWait(50);
  patchbay::testing::shoot(*view, QStringLiteral("report-mistakes"));
}

TEST_F(View, WithoutAModelTheHeatMapsSayWhyTheyCannotBeShown) {
  open({"functional", "defective"});
  const auto* box = page<MistakesPage>().findChild<QCheckBox*>(QStringLiteral("mistakesHeat"));
  EXPECT_FALSE(box->isEnabled());
  EXPECT_FALSE(box->toolTip().isEmpty());
}

TEST_F(View, PredictionsOfOtherPicturesAreLeftOut) {
  engine.pictures = drawnCell;
  made = makeReport(store, {"functional", "defective"});
  const auto other = makeReport(store, {"functional", "defective"}, 300);
  auto mixed = made.source;
  mixed.predictions = other.source.predictions;
  const auto data = loadReportData(store, mixed);
  ASSERT_TRUE(data);
  EXPECT_TRUE((*data)->rows.empty());
  EXPECT_EQ((*data)->confusion().counts, made.figures.confusion.counts);
  const auto whole = loadReportData(store, made.source);
  EXPECT_EQ((*whole)->part.size(), made.truth.size());
  EXPECT_EQ((*whole)->validation.size(), made.validationTruth.size());
}

TEST_F(View, AReportThatIsGoneSaysSo) {
  ReportView lost{engine};
  QSignalSpy loaded{&lost, &ReportView::loaded};
  lost.show(ReportSource{.report = std::string(64, 'a')});
  ASSERT_TRUE(loaded.wait());
  EXPECT_FALSE(loaded[0][0].toBool());
}

TEST(HeatImage, IsColouredByHeatAndRefusesWrongSizes) {
  std::vector<float> values{0, 0.5F, 1, 0};
  Value::Bytes bytes(16);
  std::memcpy(bytes.data(), values.data(), 16);
  const auto image = heatImage(Value::Map{{"width", 2}, {"height", 2}, {"values", bytes}});
  ASSERT_FALSE(image.isNull());
  EXPECT_EQ(image.pixelColor(1, 1).alpha(), 0);
  const auto hot = image.pixelColor(1, image.height() - 2);
  EXPECT_GT(hot.alpha(), 200);
  EXPECT_GT(hot.red(), hot.green());
  EXPECT_TRUE(heatImage(Value::Map{{"width", 3}, {"height", 2}, {"values", bytes}}).isNull());
}

}  // namespace
}  // namespace patchbay::widgets
