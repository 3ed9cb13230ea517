// SPDX-License-Identifier: Apache-2.0
#include "widgets/base/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QStyleOption>
#include <algorithm>

namespace patchbay::widgets {
namespace {

TEST(Theme, EveryTextOfThePaletteCanBeRead) {
  for (const bool dark : {false, true}) {
    const auto p = themePalette(dark);
    EXPECT_EQ(isDark(p), dark);
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
      const auto readable = [&](QPalette::ColorRole text, QPalette::ColorRole ground) {
        EXPECT_GE(contrast(p.color(group, text), p.color(group, ground)), 4.5) << dark << ' ' << group << ' ' << text << " on " << ground;
      };
      readable(QPalette::WindowText, QPalette::Window);
      readable(QPalette::Text, QPalette::Base);
      readable(QPalette::Text, QPalette::AlternateBase);
      readable(QPalette::ButtonText, QPalette::Button);
      readable(QPalette::ToolTipText, QPalette::ToolTipBase);
      readable(QPalette::PlaceholderText, QPalette::Base);
      readable(QPalette::Link, QPalette::Window);
      if (group != QPalette::Disabled) readable(QPalette::HighlightedText, QPalette::Highlight);
    }
  }
}

TEST(Theme, TonesPortsSeriesAndCategoriesStandOut) {
  for (const bool dark : {false, true}) {
    const auto p = themePalette(dark);
    const auto window = p.color(QPalette::Window), base = p.color(QPalette::Base);
    for (const auto tone : {Tone::Neutral, Tone::Waiting, Tone::Busy, Tone::Good, Tone::Warning, Tone::Bad, Tone::Accent}) {
      EXPECT_GE(contrast(toneColour(tone, p), window), 4.5) << dark << ' ' << static_cast<int>(tone);
      EXPECT_GE(contrast(toneColour(tone, p), base), 4.5) << dark << ' ' << static_cast<int>(tone);
    }
    for (const char* type : {"dataset", "embedding", "model", "predictions", "report", "figure", "text", "something else"})
      EXPECT_GE(contrast(portColour(type, p), window), 3) << dark << ' ' << type;
    for (int i = 0; i < 8; ++i) EXPECT_GE(contrast(seriesColour(i, p), base), 3) << dark << ' ' << i;
    for (int c = 0; c <= static_cast<int>(Category::Utility); ++c)
      EXPECT_GE(contrast(Qt::white, categoryColour(static_cast<Category>(c), p)), 4.5) << dark << ' ' << c;
  }
}

TEST(Theme, OutlinesOfControlsAreSeenOnEveryGround) {
  for (const bool dark : {false, true}) {
    const auto p = themePalette(dark);
    for (const auto ground : {QPalette::Window, QPalette::Base, QPalette::AlternateBase, QPalette::Button})
      EXPECT_GE(contrast(outlineColour(p), p.color(ground)), 3) << dark << ' ' << ground;
    EXPECT_GE(contrast(p.color(QPalette::Highlight), p.color(QPalette::Window)), 3) << dark;
  }
}

/// The best contrast to the ground among the pixels of one edge of a control, as it is painted.
double seen(QWidget& control, const QRect& part) {
  const auto image = control.grab().toImage().convertToFormat(QImage::Format_RGB32);
  const auto ground = control.palette().color(QPalette::Window);
  double best = 0;
  for (int x = std::max(0, part.left()); x < std::min(part.left() + 4, image.width()); ++x)
    best = std::max(best, contrast(image.pixelColor(x, std::clamp(part.center().y(), 0, image.height() - 1)), ground));
  return best;
}

TEST(Theme, EmptyFieldsAndBoxesArePaintedWithOutlinesThatAreSeen) {
  for (const bool dark : {false, true}) {
    QApplication::setPalette(themePalette(dark));
    QCheckBox box;
    QRadioButton radio;
    QLineEdit line;
    QComboBox choice, editable;
    editable.setEditable(true);
    QSpinBox number;
    QPlainTextEdit text;
    QSlider slider{Qt::Horizontal};
    for (auto* w : std::initializer_list<QWidget*>{&box, &radio, &line, &choice, &editable, &number, &text, &slider}) w->resize(120, 40);
    QStyleOptionButton option;
    option.initFrom(&box);
    EXPECT_GE(seen(box, box.style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, &box)), 3) << dark;
    EXPECT_GE(seen(radio, radio.style()->subElementRect(QStyle::SE_RadioButtonIndicator, &option, &radio)), 3) << dark;
    for (auto* w : std::initializer_list<QWidget*>{&line, &choice, &editable, &number, &text})
      EXPECT_GE(seen(*w, w->rect()), 3) << dark << ' ' << w->metaObject()->className();
    QStyleOptionSlider handle;
    handle.initFrom(&slider);
    handle.orientation = Qt::Horizontal;
    handle.maximum = 99;
    EXPECT_GE(seen(slider, slider.style()->subControlRect(QStyle::CC_Slider, &handle, QStyle::SC_SliderHandle, &slider)), 3) << dark;
  }
  QApplication::setPalette(themePalette(false));
}

TEST(Theme, ContrastIsThatOfTheStandard) {
  EXPECT_NEAR(contrast(Qt::black, Qt::white), 21, 1e-6);
  EXPECT_NEAR(contrast(QColor{0x77, 0x77, 0x77}, Qt::white), 4.48, 0.01);  // WCAG's own example of a grey that just fails
}

TEST(Theme, EveryPortTypeHasAShapeOfItsOwn) {
  const char* const types[] = {"dataset", "embedding", "model", "predictions", "report", "figure", "text", "something else"};
  for (const auto* a : types) {
    EXPECT_FALSE(portShape(a).isEmpty());
    for (const auto* b : types)
      if (a != b) {
        EXPECT_NE(portShape(a), portShape(b)) << a << ' ' << b;
      }
  }
}

TEST(Theme, ButtonsOfDialogsSayWhatTheyDoInWords) {
  applyTheme(*qApp, ThemeChoice::Light);
  QDialogButtonBox box{QDialogButtonBox::Ok | QDialogButtonBox::Cancel};
  for (const auto* button : box.buttons()) EXPECT_TRUE(button->icon().isNull()) << button->text().toStdString();
}

}  // namespace
}  // namespace patchbay::widgets
