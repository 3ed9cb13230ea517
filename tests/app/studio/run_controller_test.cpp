// SPDX-License-Identifier: Apache-2.0
// What a block and the list of problems say before anything runs, on a real engine.
#include "app/studio/run_controller.h"

#include <gmock/gmock.h>

#include <QListWidget>

#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

using widgets::BlockState;

class MissingFolder : public ::testing::Test {
 protected:
  void choose(const QString& path) {
    ASSERT_TRUE(garden->editor().apply(TR("t", "Choose"), {edit::SetParam{NodeId{"pictures"}, "folder", Value{path.toStdString()}}}));
  }
  bool wait(const std::function<bool()>& until) { return QTest::qWaitFor(until, 30'000); }
  const widgets::BlockStatus* light() { return garden->runs().status(NodeId{"pictures"}); }
  QString problem() {
    auto* list = garden.find<QListWidget>("problems.list");
    return list && list->count() > 0 ? list->item(0)->text() : QString{};
  }
  Garden garden{3};
};

TEST_F(MissingFolder, IsNamedOnTheBlockAndAmongTheProblemsBeforeARun) {
  ASSERT_TRUE(garden.ready());
  auto* panel = garden->panel(QStringLiteral("problems"));
  panel->setParent(&garden.window);
  ASSERT_TRUE(wait([&] { return garden->runs().whyNot().isEmpty(); }));
  const auto gone = garden.pictures() + QStringLiteral("-gone");
  choose(gone);
  ASSERT_TRUE(wait([&] { return light() && light()->state == BlockState::NotConfigured; }));
  EXPECT_TRUE(light()->reason.contains(gone)) << light()->reason.toStdString();
  EXPECT_TRUE(light()->hint.contains(QStringLiteral("Choose"))) << "what to do: " << light()->hint.toStdString();
  EXPECT_TRUE(problem().startsWith(QStringLiteral("Picture folder, Folder: "))) << problem().toStdString();
  EXPECT_TRUE(garden->runs().whyNot().contains(gone)) << "Run says why it cannot";
  // It comes: the window looks again when the person is back.
  QDir{}.mkpath(gone);
  garden->runs().look();
  ASSERT_TRUE(wait([&] { return light()->reason.contains(QStringLiteral("empty")); })) << light()->reason.toStdString();
  drawFolder(gone, 2);
  garden->runs().look();
  ASSERT_TRUE(wait([&] { return garden->runs().problems().empty(); }));
  EXPECT_TRUE(wait([&] { return light()->state == BlockState::Stale; })) << "ready to run";
  EXPECT_TRUE(garden->runs().whyNot().isEmpty());
}

}  // namespace
}  // namespace patchbay::studio::testing
