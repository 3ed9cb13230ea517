// SPDX-License-Identifier: Apache-2.0
#include "widgets/base/theme.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace patchbay::widgets
