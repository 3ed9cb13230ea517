// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner.h"

#include <gmock/gmock.h>

#include <fstream>

#include "engine/run/eta.h"
#include "tests/support/fake_executor.h"

namespace patchbay {
namespace {
using test::EventBox, test::FakeExecutor, test::PlanBuilder, test::TempFolder;
using ::testing::ElementsAre, ::testing::HasSubstr, ::testing::IsEmpty;

/// A project with an engine's inside; can be closed and opened again.
class RunnerTest : public ::testing::Test {
 protected:
  void open() {
    box = std::make_unique<EventBox>();
    auto opened = Project::open(folder / "project");
    ASSERT_TRUE(opened) << describe(opened.error());
    project = std::move(*opened);
    RunnerOptions options;
    options.machine.cores = 2;
    options.schemas = test::fakeSchema;
    runner = std::make_unique<Runner>(*project, options);
    executor = std::make_unique<FakeExecutor>(*runner, *project);
    ASSERT_TRUE(runner->start(*executor));
    runner->subscribe([b = box.get()](const Value& e) { b->add(e); });
  }
  void close() {
    if (runner) runner->end();
    executor.reset();
    runner.reset();
    project.reset();
  }
  void SetUp() override { open(); }
  void TearDown() override { close(); }

  /// Runs to the end; block states and reasons by name.
  Value run(const PlanBuilder& b) {
    const auto id = runner->submit(b.plan, folder.path());
    EXPECT_TRUE(id);
    return box->wait("finished", id->text);
  }
  static std::string stateOf(const Value& finished, std::string_view name) {
    for (const auto& block : finished["blocks"].asList())
      if (block["name"].asText() == name) return block["state"].asText();
    return "?";
  }
  static std::string reasonOf(const Value& finished, std::string_view name) {
    for (const auto& block : finished["blocks"].asList())
      if (block["name"].asText() == name) return block["reason"].asText();
    return "?";
  }
  void write(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream{folder / name} << bytes;
  }

  TempFolder folder;
  std::unique_ptr<EventBox> box;
  std::unique_ptr<Project> project;
  std::unique_ptr<Runner> runner;
  std::unique_ptr<FakeExecutor> executor;
};

TEST_F(RunnerTest, SecondRunIsCachedAlsoAfterRestart) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  b.add("b", "t.join", {{"text", "!"}}, {"a"});
  auto done = run(b);
  EXPECT_EQ(done["state"].asText(), "done");
  EXPECT_EQ(stateOf(done, "a"), "ran");
  EXPECT_THAT(executor->ran, ElementsAre("a", "b"));
  close();
  open();
  done = run(b);
  EXPECT_EQ(stateOf(done, "a"), "cached");
  EXPECT_EQ(stateOf(done, "b"), "cached");
  EXPECT_THAT(executor->ran, IsEmpty());
}

TEST_F(RunnerTest, ChangedParameterRunsWhatFollowsAndSaysWhy) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  b.add("b", "t.join", {{"text", "!"}}, {"a"});
  run(b);
  b.plan.steps[1].params["text"] = "?";
  const auto before = runner->explain(b.plan, folder.path()).value();
  EXPECT_EQ(before[0].state, Forecast::State::Cached);
  EXPECT_EQ(before[1].state, Forecast::State::Runs);
  ASSERT_FALSE(before[1].reasons.empty());
  EXPECT_THAT(render(before[1].reasons[0]), HasSubstr("!"));
  EXPECT_THAT(render(before[1].reasons[0]), HasSubstr("?"));
  const auto done = run(b);
  EXPECT_EQ(stateOf(done, "a"), "cached");
  EXPECT_EQ(stateOf(done, "b"), "ran");
  EXPECT_EQ(reasonOf(done, "b"), render(before[1].reasons[0]));
}

TEST_F(RunnerTest, EqualOutputsCutOff) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  b.add("first", "t.first", {}, {"a"});
  b.add("end", "t.join", {{"text", "x"}}, {"first"});
  run(b);
  b.plan.steps[0].params["text"] = "hullo";
  const auto forecast = runner->explain(b.plan, folder.path()).value();
  EXPECT_EQ(forecast[2].state, Forecast::State::Unknown);
  const auto done = run(b);
  EXPECT_EQ(stateOf(done, "first"), "ran");
  EXPECT_EQ(stateOf(done, "end"), "cached");
}

TEST_F(RunnerTest, FailureStopsOnlyWhatNeedsIt) {
  PlanBuilder b;
  b.add("bad", "t.fail");
  b.add("after", "t.join", {}, {"bad"});
  b.add("other", "t.text", {{"text", "fine"}});
  b.add("report", "t.report", {}, {"other"});
  const auto done = run(b);
  EXPECT_EQ(done["state"].asText(), "failed");
  EXPECT_EQ(stateOf(done, "bad"), "failed");
  EXPECT_THAT(reasonOf(done, "bad"), HasSubstr("It broke. Mend it."));
  EXPECT_EQ(stateOf(done, "after"), "skipped");
  EXPECT_THAT(reasonOf(done, "after"), HasSubstr("bad"));
  EXPECT_EQ(stateOf(done, "other"), "ran");
  EXPECT_EQ(done["metrics"]["report.letters"].asInt(), 4);
}

TEST_F(RunnerTest, CrashIsTriedOnceMore) {
  PlanBuilder b;
  b.add("c", "t.crash", {{"times", 1}});
  EXPECT_EQ(stateOf(run(b), "c"), "ran");
  EXPECT_THAT(executor->ran, ElementsAre("c", "c"));
  PlanBuilder twice;
  twice.add("d", "t.crash", {{"times", 9}});
  const auto done = run(twice);
  EXPECT_EQ(stateOf(done, "d"), "failed");
  EXPECT_EQ(executor->count(), 4u);
}

TEST_F(RunnerTest, ChangedFileIsNamed) {
  write("data/one.txt", "1");
  write("data/two.txt", "2");
  PlanBuilder b;
  b.add("files", "t.files", {{"folder", "data"}});
  run(b);
  EXPECT_EQ(runner->explain(b.plan, folder.path()).value()[0].state, Forecast::State::Cached);
  write("data/two.txt", "22");
  write("data/three.txt", "3");
  const auto forecast = runner->explain(b.plan, folder.path()).value();
  ASSERT_EQ(forecast[0].state, Forecast::State::Runs);
  std::string reasons;
  for (const auto& r : forecast[0].reasons) reasons += render(r) + "\n";
  EXPECT_THAT(reasons, HasSubstr("two.txt changed"));
  EXPECT_THAT(reasons, HasSubstr("three.txt was added"));
  EXPECT_THAT(reasons, ::testing::Not(HasSubstr("one.txt")));
}

TEST_F(RunnerTest, FilesThatChangeWhileTheyAreReadAreReadAgain) {
  write("data/one.txt", "1");
  int times = 0;
  executor->before = [&](const JobSpec&) {
    if (++times == 1) write("data/late.txt", "late");
  };
  PlanBuilder b;
  b.add("files", "t.files", {{"folder", "data"}});
  EXPECT_EQ(stateOf(run(b), "files"), "ran");
  EXPECT_EQ(times, 2);
  EXPECT_EQ(runner->explain(b.plan, folder.path()).value()[0].state, Forecast::State::Cached);
}

TEST_F(RunnerTest, FilesFoundThroughATableAreWatched) {
  write("table.txt", "pictures/one\npictures/two\n/nowhere/three\n");
  write("pictures/one", "1");
  write("pictures/two", "2");
  PlanBuilder b;
  b.add("table", "t.table", {{"file", "table.txt"}});
  b.add("first", "t.first", {}, {"table"});
  b.add("end", "t.join", {{"text", "x"}}, {"first"});
  run(b);
  const auto reasonNow = [&] {
    const auto forecast = runner->explain(b.plan, folder.path()).value();
    if (forecast[0].state == Forecast::State::Cached) return std::string{"cached"};
    std::string reasons;
    for (const auto& r : forecast[0].reasons) reasons += render(r) + "\n";
    return reasons;
  };
  EXPECT_EQ(reasonNow(), "cached");
  write("pictures/other", "not in the table");
  EXPECT_EQ(reasonNow(), "cached");
  // Changed: the step runs again, and what comes out the same keeps what follows.
  write("pictures/two", "22");
  EXPECT_THAT(reasonNow(), HasSubstr("The file pictures/two changed."));
  auto done = run(b);
  EXPECT_EQ(stateOf(done, "table"), "ran");
  EXPECT_THAT(reasonOf(done, "table"), HasSubstr("pictures/two changed"));
  EXPECT_EQ(stateOf(done, "first"), "ran");
  EXPECT_EQ(stateOf(done, "end"), "cached");
  EXPECT_EQ(reasonNow(), "cached");
  // Gone, and there again; also over a restart of the engine.
  std::filesystem::rename(folder / "pictures/two", folder / "pictures/moved");
  EXPECT_THAT(reasonNow(), HasSubstr("pictures/two is no longer there"));
  EXPECT_EQ(stateOf(run(b), "table"), "ran");
  std::filesystem::rename(folder / "pictures/moved", folder / "pictures/two");
  close();
  open();
  EXPECT_THAT(reasonNow(), HasSubstr("pictures/two was added"));
  EXPECT_EQ(stateOf(run(b), "table"), "ran");
  EXPECT_EQ(reasonNow(), "cached");
}

TEST_F(RunnerTest, AFoundFileThatChangesWhileItIsReadIsReadAgain) {
  write("table.txt", "picture\n");
  write("picture", "1");
  PlanBuilder b;
  b.add("table", "t.table", {{"file", "table.txt"}});
  int times = 0;
  executor->after = [&](const JobSpec&) {
    if (++times == 1) write("picture", "later");
  };
  EXPECT_EQ(stateOf(run(b), "table"), "ran");
  EXPECT_EQ(times, 2);
  EXPECT_EQ(runner->explain(b.plan, folder.path()).value()[0].state, Forecast::State::Cached);
}

TEST_F(RunnerTest, ACardThatIsNotThereIsToldBeforeAnythingRuns) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  b.plan.device = "cuda:1";
  EXPECT_EQ(stateOf(run(b), "a"), "ran") << "nothing in it wants a card";
  b.plan.steps[0].info.needs.gpu = GpuNeed::Optional;
  const auto refused = runner->submit(b.plan, folder.path());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
  EXPECT_THAT(describe(refused.error()), ::testing::AllOf(HasSubstr("cuda:1"), HasSubstr("patchbay doctor")));
}

TEST_F(RunnerTest, AnEngineThatIsAskedToGoLeavesItsJobs) {
  PlanBuilder b;
  b.add("slow", "t.slow");
  ASSERT_TRUE(runner->submit(b.plan, folder.path()));
  box->waitFor([&](const Value& e) { return e["event"].asText() == "progress"; });
  runner->end(true);
  EXPECT_THAT(executor->signals, IsEmpty());
  ASSERT_THAT(project->unfinishedAttempts().value(), ::testing::SizeIs(1)) << "the next engine finds it";
  (void)executor->signal(executor->specs.front().attempt.text, JobSignal::Keep);
}

TEST_F(RunnerTest, IndependentStepsShareTheCores) {
  PlanBuilder b;
  for (const char* name : {"a", "b", "c"}) b.add(name, "t.slow", {{"text", name}});
  const auto id = runner->submit(b.plan, folder.path()).value();
  const auto two = box->waitFor([&](const Value& e) { return e["step"].asText() == "b" && e["event"].asText() == "progress"; });
  EXPECT_FALSE(two.isNull());
  EXPECT_EQ(executor->count(), 2u);
  ASSERT_TRUE(runner->stop(id, RunStop::Keep));
  // The third starts when a core is free, and is asked to keep as well only when told.
  box->waitFor([&](const Value& e) { return e["step"].asText() == "c" && e["event"].asText() == "progress"; });
  ASSERT_TRUE(runner->stop(id, RunStop::Keep));
  const auto done = box->wait("finished", id.text);
  EXPECT_EQ(done["state"].asText(), "done");
  EXPECT_EQ(executor->most, 2);
}

TEST_F(RunnerTest, AStepThatTakesAllCoresRunsAlone) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "1"}}).info.needs.cores = 0;
  b.add("b", "t.text", {{"text", "2"}}).info.needs.cores = 0;
  EXPECT_EQ(run(b)["state"].asText(), "done");
  EXPECT_EQ(executor->most, 1);
  EXPECT_EQ(executor->specs[0].threads, 2);
}

TEST_F(RunnerTest, CancelEndsTheRunAndKeepsWhatIsDone) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "1"}});
  b.add("slow", "t.slow", {}, {"a"});
  b.add("after", "t.join", {}, {"slow"});
  const auto id = runner->submit(b.plan, folder.path()).value();
  box->waitFor([&](const Value& e) { return e["step"].asText() == "slow" && e["state"].asText() == "running"; });
  ASSERT_TRUE(runner->stop(id, RunStop::Cancel));
  const auto done = box->wait("finished", id.text);
  EXPECT_EQ(done["state"].asText(), "cancelled");
  EXPECT_EQ(stateOf(done, "a"), "ran");
  EXPECT_EQ(stateOf(done, "slow"), "skipped");
  EXPECT_EQ(stateOf(done, "after"), "skipped");
  EXPECT_EQ(runner->stop(id, RunStop::Cancel).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(project->run(id).value()->state, RunState::Cancelled);
}

TEST_F(RunnerTest, EqualWorkOfTwoRunsIsDoneOnce) {
  PlanBuilder b;
  b.add("slow", "t.slow", {{"text", "x"}});
  const auto one = runner->submit(b.plan, folder.path()).value();
  const auto two = runner->submit(b.plan, folder.path()).value();
  box->waitFor([&](const Value& e) { return e["run"].asText() == one.text && e["state"].asText() == "running" && e.contains("step"); });
  ASSERT_TRUE(runner->stop(one, RunStop::Keep));
  EXPECT_EQ(stateOf(box->wait("finished", one.text), "slow"), "ran");
  EXPECT_EQ(stateOf(box->wait("finished", two.text), "slow"), "cached");
  EXPECT_EQ(executor->count(), 1u);
}

TEST_F(RunnerTest, LostObjectMakesItRunAgain) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  run(b);
  std::filesystem::remove_all(folder / "project/objects");
  const auto forecast = runner->explain(b.plan, folder.path()).value();
  EXPECT_EQ(forecast[0].state, Forecast::State::Runs);
  EXPECT_THAT(render(forecast[0].reasons[0]), HasSubstr("no longer complete"));
  EXPECT_EQ(stateOf(run(b), "a"), "ran");
}

TEST_F(RunnerTest, ExternalBlocksAlwaysRun) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}}).info.determinism = Determinism::External;
  EXPECT_EQ(stateOf(run(b), "a"), "ran");
  EXPECT_EQ(stateOf(run(b), "a"), "ran");
}

TEST_F(RunnerTest, MetricsAreKept) {
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  const auto done = run(b);
  const auto metrics = project->metrics({done["run"].asText()}).value();
  ASSERT_EQ(metrics.size(), 1u);
  EXPECT_EQ(metrics[0].metric, "loss");
  EXPECT_EQ(metrics[0].value, .5);
}

TEST_F(RunnerTest, LateSubscriberSeesTheStateFirst) {
  PlanBuilder b;
  b.add("slow", "t.slow");
  const auto id = runner->submit(b.plan, folder.path()).value();
  box->waitFor([](const Value& e) { return e["event"].asText() == "progress"; });
  EventBox late;
  const auto subscription = runner->subscribe([&](const Value& e) { late.add(e); });
  const auto state = late.wait("state");
  ASSERT_EQ(state["runs"].asList().size(), 1u);
  const auto& shown = state["runs"].asList()[0];
  EXPECT_EQ(shown["run"].asText(), id.text);
  EXPECT_EQ(shown["steps"].asList()[0]["state"].asText(), "running");
  EXPECT_EQ(shown["progress"]["slow"]["done"].asInt(), 1);
  ASSERT_TRUE(runner->stop(id, RunStop::Keep));
  EXPECT_FALSE(late.wait("finished").isNull());
  runner->unsubscribe(subscription);
}

TEST_F(RunnerTest, WhatAnEarlierEngineLeftIsPublishedOrLost) {
  // As an engine leaves it that is killed while a job runs, whose worker then ends well.
  PlanBuilder b;
  b.add("a", "t.text", {{"text", "hello"}});
  const auto finished = run(b);
  const auto key = *project->steps({finished["run"].asText()}).value()[0].key;
  const auto action = project->action(key).value().value();
  ASSERT_TRUE(project->database().run("DELETE FROM actions"));
  AttemptRecord left;
  left.id.text = newUlid();
  left.run.text = newUlid();
  left.step.text = "a";
  left.key = key;
  left.claim = "nonce";
  left.created = nowMs();
  left.record["pipeline"] = "PIPELINE";
  left.record["type"] = "t.text";
  left.record["parts"] = action.parts;
  left.record["outputs"].push("out");
  ASSERT_TRUE(project->addAttempt(left));
  ASSERT_TRUE(project->moveAttempt(left, AttemptState::Submitting));
  left.externalId = left.id.text;
  ASSERT_TRUE(project->moveAttempt(left, AttemptState::Submitted));
  JobResult result;
  result.outputs = action.outputs;
  auto json = toValue(result);
  json["claim"] = "nonce";
  std::filesystem::create_directories(project->attemptFolder(left.id));
  ASSERT_TRUE(writeFileAtomically(project->attemptFolder(left.id) / "result.json", toJson(json)));
  auto lost = left;
  lost.id.text = newUlid();
  lost.state = AttemptState::Queued;
  lost.epoch = 0;
  ASSERT_TRUE(project->addAttempt(lost));
  close();
  open();
  EXPECT_TRUE(project->unfinishedAttempts().value().empty());
  EXPECT_EQ(runner->explain(b.plan, folder.path()).value()[0].state, Forecast::State::Cached);
}

TEST_F(RunnerTest, RunOfAKilledEngineIsMarkedInterrupted) {
  PlanBuilder b;
  b.add("slow", "t.slow");
  const auto id = runner->submit(b.plan, folder.path()).value();
  box->waitFor([](const Value& e) { return e["event"].asText() == "step" && e["state"].asText() == "running"; });
  close();
  open();
  EXPECT_EQ(project->run(id).value()->state, RunState::Interrupted);
  EXPECT_TRUE(runner->idle());
}

TEST(Eta, FollowsARateThatIsSteady) {
  Eta eta;
  std::optional<double> left;
  for (int i = 0; i <= 50; ++i) left = eta.update("phase", i * 10, 1000, i * .5);
  ASSERT_TRUE(left);
  EXPECT_NEAR(*left, 25, 1);
  EXPECT_FALSE(eta.update("next phase", 0, 10, 30)) << "another phase begins without a guess";
}

}  // namespace
}  // namespace patchbay
