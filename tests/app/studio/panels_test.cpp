// SPDX-License-Identifier: Apache-2.0
// The room that panels take from the canvas.
#include "app/studio/window/panels.h"

#include <gtest/gtest.h>

#include <QTest>

#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

struct PanelsTest : ::testing::Test {
  void SetUp() override {
    ASSERT_TRUE(garden.ready());
    garden.window.resize(1200, 900);
    panels.fill(garden.workspace.get());
    panels.reset();
    garden.window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&garden.window));
    ASSERT_TRUE(QTest::qWaitFor([&] { return height("queue") > 0; }));
    QTest::qWait(100);
  }
  int height(const char* name) { return garden.window.findChild<QDockWidget*>(QStringLiteral("panel.") + QLatin1String{name})->height(); }
  bool becomes(const char* name, int wanted) {
    return QTest::qWaitFor([&] { return std::abs(height(name) - wanted) <= 8; }, 10'000);
  }
  Garden garden;
  Panels panels{garden.window, garden.settings};
};

TEST_F(PanelsTest, WhatWantsRoomHasItWhileItIsInFront) {
  const int before = height("queue");
  panels.raise(QStringLiteral("results"), false);
  ASSERT_TRUE(QTest::qWaitFor([&] { return height("results") > before + 50; }, 10'000));
  panels.raise(QStringLiteral("queue"), false);
  EXPECT_TRUE(becomes("queue", before)) << height("queue") << " instead of " << before;
  panels.raise(QStringLiteral("results"), false);
  EXPECT_TRUE(QTest::qWaitFor([&] { return height("results") > before + 50; }, 10'000));
}

TEST_F(PanelsTest, OneThatFollowsAnotherHasRoomOfItsOwn) {
  const int before = height("queue");
  panels.raise(QStringLiteral("dataset"), false);
  ASSERT_TRUE(QTest::qWaitFor([&] { return height("dataset") > 450; }, 10'000)) << height("dataset");
  QTest::qWait(100);
  panels.raise(QStringLiteral("label"), false);
  ASSERT_TRUE(QTest::qWaitFor([&] { return height("label") > 560; }, 10'000)) << height("label");
  QTest::qWait(300);
  EXPECT_GT(height("label"), 560) << "what the other one gave back was taken from it";
  panels.raise(QStringLiteral("queue"), false);
  EXPECT_TRUE(becomes("queue", before)) << height("queue") << " instead of " << before;
}

TEST_F(PanelsTest, AHeightThatAPersonChoseStays) {
  panels.raise(QStringLiteral("results"), false);
  const int before = height("queue");
  ASSERT_TRUE(QTest::qWaitFor([&] { return height("results") >= before; }, 10'000));
  QTest::qWait(100);
  auto* results = garden.window.findChild<QDockWidget*>(QStringLiteral("panel.results"));
  const int given = results->height();
  garden.window.resizeDocks({results}, {given - 60}, Qt::Vertical);  // What dragging the edge does.
  ASSERT_TRUE(QTest::qWaitFor([&] { return results->height() < given - 30; }, 10'000));
  const int chosen = results->height();
  panels.raise(QStringLiteral("queue"), false);
  QTest::qWait(100);
  EXPECT_TRUE(becomes("queue", chosen));
  panels.raise(QStringLiteral("results"), false);
  QTest::qWait(100);
  EXPECT_TRUE(becomes("results", chosen));
}

}  // namespace
}  // namespace patchbay::studio::testing
