// SPDX-License-Identifier: Apache-2.0
#include "widgets/plots/load_strip.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/widgets/support/fake_engine.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {
namespace {

TEST(LoadStripTest, SaysTheFiguresOfNowAndHasAGpuOnlyWhereThereIsOne) {
  LoadStrip strip;
  for (int i = 0; i < 120; ++i)
    strip.append(
        {.seconds = static_cast<double>(i), .processor = 0.5 + 0.4 * std::sin(i / 7.0), .memoryBytes = 4e9 + 1e7 * i, .memoryTotal = 16e9});
  EXPECT_TRUE(strip.accessibleDescription().contains(QStringLiteral("Processor")));
  EXPECT_FALSE(strip.accessibleDescription().contains(QStringLiteral("GPU")));
  strip.append({.seconds = 120,
                .processor = 1.0,
                .memoryBytes = 8e9,
                .memoryTotal = 16e9,
                .gpu = 0.25,
                .gpuMemoryBytes = 1e9,
                .gpuMemoryTotal = 8e9});
  EXPECT_TRUE(strip.accessibleDescription().contains(QStringLiteral("Processor: 100 %"))) << strip.accessibleDescription().toStdString();
  EXPECT_TRUE(strip.accessibleDescription().contains(QStringLiteral("GPU: 25 %")));
  patchbay::testing::shoot(strip, QStringLiteral("load"), {700, 64});
}

TEST(MatrixColours, NumbersCanBeReadOnEveryShare) {
  for (const bool dark : {false, true}) {
    const auto p = themePalette(dark);
    for (const bool right : {false, true})
      for (double share = 0; share <= 1; share += 0.01) {
        const auto ground = matrixColour(share, right, p);
        EXPECT_GE(contrast(readableOn(ground), ground), 4.5) << dark << right << share;
      }
  }
}

}  // namespace
}  // namespace patchbay::widgets
