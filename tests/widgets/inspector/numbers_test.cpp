// SPDX-License-Identifier: Apache-2.0
#include <QSlider>
#include <QWheelEvent>

#include "tests/widgets/inspector/fixture.h"
#include "widgets/inspector/controls.h"

namespace patchbay::testing {

using widgets::SliderScale;

TEST_F(InspectorTest, DraggingASliderIsOneStepThatUndoTakesBack) {
  auto* slider = find<QSlider>("param.rate.slider");
  const auto at = [&](double share) { return QPoint{static_cast<int>(share * slider->width()), slider->height() / 2}; };
  QTest::mousePress(slider, Qt::LeftButton, {}, at(0.2));
  for (double share = 0.25; share < 0.8; share += 0.05) QTest::mouseMove(slider, at(share));
  EXPECT_GT(param("rate").asDouble(), 1e-3) << "the document follows while the slider is held";
  QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.8));
  const auto first = param("rate").asDouble();
  EXPECT_EQ(steps(), 1);
  // Another drag is another step.
  QTest::mousePress(slider, Qt::LeftButton, {}, at(0.3));
  QTest::mouseMove(slider, at(0.35));
  QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.35));
  EXPECT_EQ(steps(), 2);
  ASSERT_TRUE(editor->undo());
  EXPECT_EQ(param("rate").asDouble(), first);
  ASSERT_TRUE(editor->undo());
  EXPECT_TRUE(param("rate").isNull());
  EXPECT_EQ(find<widgets::NumberBox>("param.rate")->value(), 1e-3) << "undo is shown";
}

TEST_F(InspectorTest, TypedNumbersGoBeyondTheSliderButNotBeyondTheHardRange) {
  type("param.epochs", QStringLiteral("500"));
  EXPECT_EQ(param("epochs"), Value{500}) << "the slider ends at 100, the range at 10,000";
  EXPECT_EQ(error("epochs"), "");
  type("param.epochs", QStringLiteral("20000"));
  EXPECT_EQ(param("epochs"), Value{500});
  EXPECT_NE(error("epochs").find("20000"), std::string::npos) << error("epochs");
  EXPECT_NE(find<QLabel>("param.epochs.hint")->text().indexOf(QStringLiteral("10000")), -1);
  // What was refused stays to be corrected; Esc gives the value back.
  auto* line = find<QAbstractSpinBox>("param.epochs");
  EXPECT_TRUE(line->text().contains(QStringLiteral("20000")));
  QTest::keyClick(line, Qt::Key_Escape);
  EXPECT_EQ(line->text(), QStringLiteral("500 epochs"));
  EXPECT_EQ(error("epochs"), "");
  type("param.epochs", QStringLiteral("2.5"));
  EXPECT_EQ(param("epochs"), Value{500});
  EXPECT_NE(error("epochs"), "") << "half an epoch is none";
  type("param.epochs", QStringLiteral("many"));
  EXPECT_NE(error("epochs"), "");
}

TEST_F(InspectorTest, NumbersAreTypedAsPeopleWriteThem) {
  type("param.rate", QStringLiteral("3e-4"));
  EXPECT_EQ(param("rate"), Value{3e-4});
  type("param.rate", QStringLiteral("0,02"));
  EXPECT_EQ(param("rate"), Value{0.02});
  type("param.epochs", QStringLiteral("12 epochs"));
  EXPECT_EQ(param("epochs"), Value{12});
}

TEST_F(InspectorTest, ArrowKeysStepAlongALogarithmicScaleAndAreOneStepOfUndo) {
  auto* box = find<QAbstractSpinBox>("param.rate");
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Up);
  EXPECT_EQ(param("rate"), Value{2e-3});
  QTest::keyClick(box, Qt::Key_Up);
  EXPECT_EQ(param("rate"), Value{5e-3});
  QTest::keyClick(box, Qt::Key_Up);
  EXPECT_EQ(param("rate"), Value{1e-2});
  QTest::keyClick(box, Qt::Key_Down);
  EXPECT_EQ(param("rate"), Value{5e-3});
  EXPECT_EQ(steps(), 1);
  auto* epochs = find<QAbstractSpinBox>("param.epochs");
  epochs->setFocus();
  QTest::keyClick(epochs, Qt::Key_Down);
  EXPECT_EQ(param("epochs"), Value{7});
  EXPECT_EQ(steps(), 2);
}

TEST_F(InspectorTest, TheWheelChangesNothing) {
  for (const auto* name : {"param.epochs", "param.epochs.slider", "param.shape", "param.device"}) {
    auto* widget = find<QWidget>(name);
    widget->setFocus();
    QWheelEvent wheel{QPointF{5, 5}, widget->mapToGlobal(QPointF{5, 5}), {}, {0, -240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false};
    QApplication::sendEvent(widget, &wheel);
  }
  EXPECT_FALSE(editor->canUndo());
}

TEST(SliderScale, MapsBothWaysAndRoundsToWhatPeopleType) {
  const SliderScale log{1e-6, 0.1, true, false};
  EXPECT_EQ(log.valueAt(0), 1e-6);
  EXPECT_EQ(log.valueAt(log.steps()), 0.1);
  for (int p = 0; p <= log.steps(); p += 37) {
    const double v = log.valueAt(p);
    EXPECT_NEAR(log.positionOf(v), p, 6);
    EXPECT_LE(QString::number(v, 'g', 15).remove(QLatin1Char{'.'}).section(QLatin1Char{'e'}, 0, 0).remove(QLatin1Char{'0'}).size(), 2) << v;
  }
  const SliderScale whole{0, 20, false, true};
  EXPECT_EQ(whole.steps(), 20);
  for (int p = 0; p <= 20; ++p) EXPECT_EQ(whole.valueAt(p), p);
  const SliderScale share{0, 1, false, false};
  EXPECT_EQ(share.valueAt(300), 0.3) << "and not 0.30000000000000004";
}

}  // namespace patchbay::testing
