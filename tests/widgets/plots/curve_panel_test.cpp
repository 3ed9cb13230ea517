// SPDX-License-Identifier: Apache-2.0
#include "widgets/plots/curve_panel.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QImage>
#include <QLabel>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>

#include "tests/widgets/support/fake_engine.h"
#include "widgets/plots/curve_chart.h"
#include "widgets/plots/curve_data.h"

namespace patchbay::widgets {
namespace {

double lossOf(int run, int step) { return 2.0 * std::exp(-step / 60.0) + 0.1 * run + 0.05 * std::sin(step * 1.7 + run) + 0.1; }

Value metric(const char* name, int index, double value) {
  return Value::Map{{"step", "fine_tune"}, {"metric", name}, {"index", index}, {"value", value}, {"t", 0.1 * index}};
}

Value metricsOf(int run) {
  Value out{Value::List{}};
  for (int i = 0; i < 200; ++i) {
    out.push(metric("loss", i, lossOf(run, i)));
    out.push(metric("learning_rate", i, 1e-3 * std::exp(-i / 80.0)));
    out.push(metric("images_per_second", i, 90 + 10 * std::sin(i / 9.0) + run));
  }
  for (int e = 0; e < 8; ++e) out.push(metric("validation_accuracy", e, 0.85 - 0.25 * std::exp(-e) - 0.01 * run));
  out.push(metric("training_images_per_second", -1, 91.5));
  return out;
}

struct Panel : ::testing::Test {
  patchbay::testing::FakeEngine engine;
  std::unique_ptr<CurvePanel> panel;
  void SetUp() override {
    engine.asks["metrics"] = [](const Value& a) -> Result<Value> { return metricsOf(a["run"].asText() == "A" ? 0 : 1); };
    engine.asks["show"] = [](const Value& a) -> Result<Value> {
      return Value{Value::Map{{"run", a["run"]},
                              {"title", "Inspect solar cells"},
                              {"started", 1.79e9},
                              {"steps", Value::List{Value::Map{{"step", "fine_tune"}, {"name", "fine_tune"}}}}}};
    };
    panel = std::make_unique<CurvePanel>(engine);
    panel->resize(900, 600);
    panel->show();
  }
  CurveChart& chart() { return *panel->findChild<CurveChart*>(); }
  void load(const QStringList& runs) {
    panel->setRuns(runs);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->metrics().size() == 4; }));
    QTest::qWait(20);
  }
};

TEST(Smoothing, FollowsItsFormulaAndStartsAtTheFirstValue) {
  const std::vector<double> y{1, 3, 2};
  const auto s = smoothedValues(y, 0.5);
  EXPECT_DOUBLE_EQ(s[0], 1);
  EXPECT_DOUBLE_EQ(s[1], (0.5 * 0.5 * 1 + 0.5 * 3) / 0.75);
  EXPECT_DOUBLE_EQ(s[2], (0.5 * (0.5 * 0.5 * 1 + 0.5 * 3) + 0.5 * 2) / 0.875);
  EXPECT_EQ(smoothedValues(y, 0), y);
}

TEST(CurveDataTest, WhatIsToldTwiceCountsOnceAndLateValuesFindTheirPlace) {
  CurveData data;
  data.load(QStringLiteral("r"), Value::List{metric("loss", 0, 5), metric("loss", 2, 3)}, {{"fine_tune", "tuned"}});
  const auto event = [](int index, double value) {
    return Value{Value::Map{{"event", "metric"},
                            {"run", "r"},
                            {"step", "fine_tune"},
                            {"name", "tuned"},
                            {"metric", "loss"},
                            {"index", index},
                            {"value", value}}};
  };
  EXPECT_TRUE(data.append(event(2, 2.5)));
  EXPECT_TRUE(data.append(event(1, 4)));
  EXPECT_TRUE(data.append(event(3, 2)));
  EXPECT_FALSE(data.append(event(-1, 9)));
  ASSERT_EQ(data.curves().size(), 1U);
  EXPECT_EQ(data.curves()[0]->x, (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(data.curves()[0]->y, (std::vector<double>{5, 4, 2.5, 2}));
  EXPECT_EQ(data.curves()[0]->block, QStringLiteral("tuned"));
}

TEST_F(Panel, SaysWhatIsMissingWhenThereIsNothing) {
  EXPECT_TRUE(panel->metrics().isEmpty());
  bool told = false;
  for (const auto* label : panel->findChildren<QLabel*>()) told = told || label->text().contains(QStringLiteral("No curves yet"));
  EXPECT_TRUE(told);
  EXPECT_FALSE(panel->findChild<QToolButton*>(QStringLiteral("curvesExport"))->isEnabled());
}

TEST_F(Panel, ShowsTheMetricsOfARunLossFirstAndFiguresNot) {
  load({QStringLiteral("A")});
  EXPECT_EQ(panel->metrics(), (QStringList{QStringLiteral("loss"), QStringLiteral("validation_accuracy"), QStringLiteral("learning_rate"),
                                           QStringLiteral("images_per_second")}));
  panel->setMetricVisible(QStringLiteral("learning_rate"), false);
  EXPECT_EQ(panel->visibleMetrics().size(), 3);
  EXPECT_FALSE(panel->visibleMetrics().contains(QStringLiteral("learning_rate")));
  patchbay::testing::shoot(*panel, QStringLiteral("curves-one"), {900, 560});
}

TEST_F(Panel, GrowsLiveAndIgnoresOtherRuns) {
  load({QStringLiteral("A")});
  const auto event = [](const char* run) {
    return Value{Value::Map{{"event", "metric"},
                            {"run", run},
                            {"step", "fine_tune"},
                            {"name", "fine_tune"},
                            {"metric", "loss"},
                            {"index", 200},
                            {"value", 7.0}}};
  };
  panel->append(event("other"));
  panel->append(event("A"));
  chart().setCursorAt(200);
  QTest::qWait(200);
  chart().setCursorAt(200);
  ASSERT_FALSE(chart().readOut().isEmpty());
  EXPECT_TRUE(chart().readOut().front().contains(QStringLiteral("<b>7</b>"))) << chart().readOut().front().toStdString();
}

TEST_F(Panel, LaysRunsOverEachOtherAndReadsBothAtTheCursor) {
  load({QStringLiteral("A"), QStringLiteral("B")});
  panel->setRunTitle(QStringLiteral("B"), QStringLiteral("rate < 1e-3"));
  QTest::qWait(20);
  EXPECT_EQ(panel->findChildren<QToolButton*>(QRegularExpression{QStringLiteral("curvesLine_.*")}).size(), 2);
  chart().setCursorAt(100);
  const auto read = chart().readOut().front();
  EXPECT_TRUE(read.contains(QStringLiteral("rate &lt; 1e-3"))) << read.toStdString();
  EXPECT_TRUE(read.contains(QLocale{}.toString(lossOf(0, 100), 'f', 4))) << read.toStdString();
  panel->setSmoothing(0.9);
  patchbay::testing::shoot(*panel, QStringLiteral("curves-two"), {900, 560});
}

TEST_F(Panel, WheelZoomsAndResetShowsAll) {
  load({QStringLiteral("A")});
  EXPECT_FALSE(chart().zoomed());
  auto* rect = chart().axisRect(0);
  const auto before = rect->axis(QCPAxis::atBottom)->range().size();
  const QPointF at = rect->center();
  QWheelEvent wheel{at, chart().mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false};
  QCoreApplication::sendEvent(&chart(), &wheel);
  EXPECT_LT(rect->axis(QCPAxis::atBottom)->range().size(), before * 0.8);
  EXPECT_TRUE(chart().zoomed());
  QTest::keyClick(&chart(), Qt::Key_0);
  EXPECT_FALSE(chart().zoomed());
  EXPECT_DOUBLE_EQ(rect->axis(QCPAxis::atBottom)->range().size(), before);
}

TEST_F(Panel, ShiftDragZoomsToTheBox) {
  load({QStringLiteral("A")});
  auto* rect = chart().axisRect(0);
  auto* x = rect->axis(QCPAxis::atBottom);
  const QPoint from = rect->topLeft() + QPoint{30, 20}, to = rect->center();
  const double left = x->pixelToCoord(from.x()), right = x->pixelToCoord(to.x());
  QTest::mousePress(&chart(), Qt::LeftButton, Qt::ShiftModifier, from);
  QTest::mouseMove(&chart(), to);
  QTest::mouseRelease(&chart(), Qt::LeftButton, Qt::ShiftModifier, to);
  EXPECT_NEAR(x->range().lower, left, 1);
  EXPECT_NEAR(x->range().upper, right, 1);
}

TEST_F(Panel, LogScaleLeavesOutWhatHasNoLogarithm) {
  load({QStringLiteral("A")});
  panel->setLogarithmic(true);
  EXPECT_TRUE(panel->logarithmic());
  EXPECT_GT(chart().axisRect(0)->axis(QCPAxis::atLeft)->range().lower, 0);
}

TEST_F(Panel, ExportsWhatCanBeReadAgain) {
  load({QStringLiteral("A")});
  panel->setSmoothing(0.5);
  QTemporaryDir folder;
  ASSERT_TRUE(panel->exportTo(folder.filePath(QStringLiteral("c.csv"))));
  QFile csv{folder.filePath(QStringLiteral("c.csv"))};
  ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
  std::vector<double> loss, smooth;
  csv.readLine();
  while (!csv.atEnd()) {
    const auto line = QString::fromUtf8(csv.readLine()).trimmed();
    const auto parts = line.mid(line.indexOf(QStringLiteral(",fine_tune,")) + 11).split(QLatin1Char(','));
    if (parts[0] != QStringLiteral("loss")) continue;
    EXPECT_EQ(parts[1].toInt(), static_cast<int>(loss.size()));
    loss.push_back(parts[2].toDouble());
    smooth.push_back(parts[3].toDouble());
  }
  ASSERT_EQ(loss.size(), 200U);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(loss[static_cast<std::size_t>(i)], lossOf(0, i));
  EXPECT_EQ(smooth, smoothedValues(loss, 0.5));
  ASSERT_TRUE(panel->exportTo(folder.filePath(QStringLiteral("c.png"))));
  const QImage png{folder.filePath(QStringLiteral("c.png"))};
  EXPECT_GE(png.width(), 1600);
  ASSERT_TRUE(panel->exportTo(folder.filePath(QStringLiteral("c.svg"))));
  QSvgRenderer svg{folder.filePath(QStringLiteral("c.svg"))};
  EXPECT_TRUE(svg.isValid());
  const auto refused = panel->exportTo(folder.filePath(QStringLiteral("c.gif")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "curves.format");
  EXPECT_FALSE(panel->exportTo(folder.filePath(QStringLiteral("none/c.csv"))));
}

TEST(ByTime, CountsOnWhereAnInterruptedTrainingHadStopped) {
  Curve curve;
  curve.x = {0, 1, 2, 3};
  curve.y = {4, 3, 2, 1};
  curve.seconds = {1, 2.5, 0.5, 2};  // The second attempt counts from its own beginning.
  EXPECT_EQ(byTime(curve).x, (std::vector<double>{1, 2.5, 3, 4.5}));
  EXPECT_EQ(byTime(curve).y, curve.y);
}

TEST_F(Panel, CurvesLieOverTheSecondsOfWork) {
  load({QStringLiteral("A")});
  panel->findChild<QToolButton*>(QStringLiteral("curvesTime"))->click();
  chart().setCursorAt(19.9);  // 0.1 s a step: the last of 200.
  const auto read = chart().readOut().join(QLatin1Char(' '));
  EXPECT_TRUE(read.contains(QStringLiteral("after 20 s"))) << read.toStdString();
  chart().setCursorAt(0.5);
  EXPECT_EQ(chart().readOut().size(), 4) << "what is told once an epoch lies on the same axis";
  panel->setByTime(false);
  chart().setCursorAt(3);
  EXPECT_TRUE(chart().readOut().front().contains(QStringLiteral("step 3")));
}

}  // namespace
}  // namespace patchbay::widgets
