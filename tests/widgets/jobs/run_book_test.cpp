// SPDX-License-Identifier: Apache-2.0
#include "widgets/jobs/run_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "widgets/jobs/queue_panel.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::widgets {
namespace {

Value began(const char* run) {
  Value event{Value::Map{{"event", "run"}, {"run", run}, {"state", "running"}, {"pipeline", "p"}, {"title", "Cells"}}};
  event["document"]["nodes"].push(Value::Map{{"id", "n1"}, {"name", "pictures"}, {"title", "My cells"}});
  event["document"]["nodes"].push(Value::Map{{"id", "n2"}, {"name", "probe"}});
  event["steps"].push(Value::Map{{"step", "n1"}, {"name", "pictures"}, {"state", "waiting"}});
  event["steps"].push(Value::Map{{"step", "n2[seed=1]"}, {"name", "probe[seed=1]"}, {"state", "waiting"}});
  return event;
}

Value step(const char* run, const char* id, const char* state) {
  return Value::Map{{"event", "step"}, {"run", run}, {"step", id}, {"state", state}, {"seconds", 2.5}};
}

TEST(RunBook, KnowsWhichBlockAStepIsOf) {
  RunBook book;
  const auto change = book.apply(began("R1"));
  EXPECT_TRUE(change.began);
  const auto* run = book.find("R1");
  ASSERT_TRUE(run);
  EXPECT_EQ(run->steps[1].node, NodeId{"n2"}) << "a pass of a loop belongs to its block";
  EXPECT_EQ(run->steps[0].title, "My cells");
  EXPECT_THAT(book.apply(step("R1", "n2[seed=1]", "running")).nodes, testing::ElementsAre(NodeId{"n2"}));
}

TEST(RunBook, ARunThatTheEngineNoLongerKnowsHasEnded) {
  RunBook book;
  book.apply(began("R1"));
  EXPECT_TRUE(book.anyLive());
  Value state{Value::Map{{"event", "state"}, {"runs", Value::List{}}}};
  book.apply(state);
  EXPECT_FALSE(book.anyLive());
  EXPECT_EQ(book.find("R1")->state, "interrupted");
}

TEST(RunBook, IgnoresWhatItNeverHeardOf) {
  RunBook book;
  EXPECT_TRUE(book.apply(step("R9", "n1", "running")).run.empty());
  EXPECT_TRUE(book.apply(Value::Map{{"event", "something new"}}).nodes.empty());
}

TEST(RunBook, NewestRunFirst) {
  RunBook book;
  book.apply(began("R1"));
  book.apply(began("R2"));
  EXPECT_EQ(book.runs().front()->id, "R2");
  EXPECT_EQ(book.liveRunOf("p")->id, "R2");
  EXPECT_EQ(book.liveRunOf("other"), nullptr);
}

TEST(QueuePanel, StopsTheRunThatIsChosenAndSaysWhyItCannot) {
  RunBook book;
  QueuePanel panel{book};
  auto* keep = panel.findChild<QToolButton*>(QStringLiteral("jobs.keep"));
  ASSERT_TRUE(keep);
  EXPECT_FALSE(keep->isEnabled());
  EXPECT_FALSE(keep->toolTip().isEmpty());
  book.apply(began("R1"));
  book.apply(step("R1", "n1", "running"));
  book.apply(Value::Map{{"event", "progress"}, {"run", "R1"}, {"step", "n1"}, {"done", 5}, {"total", 10}, {"unit", "picture"}});
  panel.refresh();
  auto* tree = panel.findChild<QTreeWidget*>(QStringLiteral("jobs.tree"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return tree->topLevelItemCount() == 1; }, 2000));
  EXPECT_TRUE(tree->topLevelItem(0)->child(0)->text(0).contains(QStringLiteral("My cells")));
  EXPECT_TRUE(tree->topLevelItem(0)->child(0)->text(1).contains(QStringLiteral("10"))) << "a count, not a bare bar";
  QSignalSpy stops{&panel, &QueuePanel::stopRequested};
  EXPECT_TRUE(keep->isEnabled());
  keep->click();
  ASSERT_EQ(stops.count(), 1);
  EXPECT_EQ(stops.front()[0].toString(), QStringLiteral("R1"));
  EXPECT_TRUE(stops.front()[1].toBool());
}

}  // namespace
}  // namespace patchbay::widgets
