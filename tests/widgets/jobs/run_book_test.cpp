// SPDX-License-Identifier: Apache-2.0
#include "widgets/jobs/run_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "widgets/jobs/log_view.h"
#include "widgets/jobs/queue_panel.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::widgets {
namespace {

Value began(const char* run) {
  Value event{Value::Map{{"event", "run"}, {"run", run}, {"state", "running"}, {"pipeline", "p"}, {"title", "Cells"}}};
  event["document"]["nodes"].push(Value::Map{{"id", "n1"}, {"name", "pictures"}, {"title", "My cells"}});
  event["document"]["nodes"].push(Value::Map{{"id", "n2"}, {"name", "probe"}, {"type", "t.probe"}});
  event["steps"].push(Value::Map{{"step", "n1"}, {"name", "pictures"}, {"state", "waiting"}});
  event["steps"].push(Value::Map{{"step", "n2[seed=1]"}, {"name", "probe[seed=1]"}, {"state", "waiting"}});
  return event;
}

Catalogue blocks() {
  Catalogue out;
  Schema probe;
  probe.info.id = "t.probe";
  probe.info.title = TR("block", "Linear probe");
  probe.params = {{.key = "c", .label = TR("block", "Strength"), .kind = ParamKind::Real, .def = 1.0}};
  out.add(std::move(probe));
  return out;
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
  const Catalogue catalogue = blocks();
  QueuePanel panel{book, catalogue};
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

TEST(QueuePanel, SaysBlocksAndPassesInWords) {
  RunBook book;
  const auto catalogue = blocks();
  QueuePanel panel{book, catalogue};
  book.apply(began("R1"));
  panel.refresh();
  auto* tree = panel.findChild<QTreeWidget*>(QStringLiteral("jobs.tree"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return tree->topLevelItemCount() == 1; }, 2000));
  EXPECT_EQ(tree->topLevelItem(0)->child(0)->text(0), QStringLiteral("My cells"));
  EXPECT_EQ(tree->topLevelItem(0)->child(1)->text(0), QStringLiteral("Linear probe, seed 1"));
}

TEST(SayRun, WhatFailedOrWasLeftOutIsNotDone) {
  RunBook book;
  const auto catalogue = blocks();
  auto run = began("R1");
  for (const char* id : {"n3", "n4", "n5"}) run["steps"].push(Value::Map{{"step", id}, {"name", id}, {"state", "waiting"}});
  run["steps"].list().erase(run["steps"].list().begin() + 1);  // No loop.
  book.apply(run);
  const auto said = [&] { return sayState(*book.find("R1"), catalogue).toStdString(); };
  EXPECT_EQ(said(), "0 of 4 blocks done");
  book.apply(step("R1", "n1", "ran"));
  book.apply(step("R1", "n3", "failed"));
  EXPECT_EQ(said(), "1 of 4 blocks done, 1 failed");
  book.apply(step("R1", "n4", "skipped"));
  book.apply(step("R1", "n5", "cached"));
  EXPECT_EQ(said(), "2 of 4 blocks done, 1 failed, 1 left out");
  EXPECT_EQ(book.find("R1")->endedSteps(), 4);
}

TEST(SayRun, AFullDiskIsSaidUntilThereIsRoom) {
  RunBook book;
  const auto catalogue = blocks();
  const Value full{Value::Map{{"event", "paused"},
                              {"run", "R1"},
                              {"cause", toValue(TR("t", "The disk of {folder} is full.").with("folder", "/data"))},
                              {"hint", toValue(TR("t", "Free some space."))}}};
  book.apply(began("R1"));
  const auto change = book.apply(full);
  EXPECT_FALSE(change.nodes.empty()) << "the lights of its blocks change";
  EXPECT_EQ(sayState(*book.find("R1"), catalogue), QStringLiteral("Paused: The disk of /data is full. Free some space."));
  EXPECT_EQ(toneOf(*book.find("R1")), Tone::Warning);
  book.apply(Value::Map{{"event", "resumed"}, {"run", "R1"}});
  EXPECT_FALSE(sayState(*book.find("R1"), catalogue).contains(QStringLiteral("Paused")));
  // Who comes while it is paused hears it with the run.
  auto shown = began("R2");
  shown["paused"] = full;
  book.apply(shown);
  EXPECT_TRUE(sayState(*book.find("R2"), catalogue).startsWith(QStringLiteral("Paused: ")));
}

TEST(SayRun, ASentenceOfTheEngineNamesBlocksByTheirTitles) {
  RunBook book;
  const auto catalogue = blocks();
  book.apply(began("R1"));
  auto failed = step("R1", "n1", "skipped");
  failed["reasons"].push(toValue(TR("run", "Left out because {block} failed.").with("block", "probe[seed=1]")));
  book.apply(failed);
  const auto& run = *book.find("R1");
  EXPECT_EQ(sayState(run, run.steps[0], catalogue), QStringLiteral("Left out because Linear probe, seed 1 failed."));
}

TEST(LogView, NamesWhoSpoke) {
  RunBook book;
  const auto catalogue = blocks();
  book.apply(began("R1"));
  book.apply(Value::Map{
      {"event", "log"}, {"run", "R1"}, {"step", "n2[seed=1]"}, {"name", "probe[seed=1]"}, {"level", "info"}, {"text", "Hello."}});
  LogView view{book, catalogue};
  const auto text = view.findChild<QPlainTextEdit*>(QStringLiteral("log.text"))->toPlainText();
  EXPECT_TRUE(text.contains(QStringLiteral("Linear probe, seed 1  Hello."))) << text.toStdString();
}

TEST(ProblemsView, NamesBlockAndParameterByTheirTitles) {
  const auto catalogue = blocks();
  auto document = Document::create("");
  ASSERT_TRUE(document.addNode({.id = {"n2"}, .name = "probe", .type = "t.probe"}));
  ProblemsView view{catalogue};
  Problem problem;
  problem.node = {"n2"};
  problem.name = "probe";
  problem.param = "c";
  problem.cause = TR("t", "It is too small.");
  problem.hint = TR("t", "Make it larger.");
  view.setProblems({problem}, BlockNames{document});
  EXPECT_EQ(view.findChild<QListWidget*>()->item(0)->text(), QStringLiteral("Linear probe, Strength: It is too small.\nMake it larger."));
}

}  // namespace
}  // namespace patchbay::widgets
