// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "engine/run/full_disk.h"
#include "engine/run/runner.h"
#include "tests/support/fake_executor.h"
#include "tests/support/small_disk.h"

namespace patchbay {
namespace {
using namespace std::chrono_literals;
using test::EventBox, test::FakeExecutor, test::PlanBuilder, test::SmallDisk, test::TempFolder;
using ::testing::ElementsAre, ::testing::HasSubstr;

/// An engine's inside on a disk of 8 MB.
class RunnerSpace : public ::testing::Test {
 protected:
  void SetUp() override {
    PB_NEEDS_OWN_MOUNTS("a runner on a full disk");
    disk = std::make_unique<SmallDisk>(folder / "small");
    ASSERT_TRUE(disk->mounted());
    project = std::move(*Project::open(disk->folder() / "project"));
    RunnerOptions options;
    options.machine.cores = 2;
    options.schemas = test::fakeSchema;
    options.lookEvery = 50ms;
    runner = std::make_unique<Runner>(*project, options);
    executor = std::make_unique<FakeExecutor>(*runner, *project);
    ASSERT_TRUE(runner->start(*executor));
    runner->subscribe([this](const Value& e) { box.add(e); });
    plan.add("a", "t.text", {{"text", "hello"}});
    plan.add("b", "t.join", {{"text", "!"}}, {"a"});
  }
  void TearDown() override {
    if (runner) runner->end();
    executor.reset();
    runner.reset();
    project.reset();
  }
  Value finishedAfterRoom(const RunId& run) {
    EXPECT_FALSE(box.wait("paused", run.text).isNull());
    EXPECT_FALSE(runner->snapshot(run)["paused"].isNull());
    disk->empty();
    return box.wait("finished", run.text);
  }

  TempFolder folder;
  std::unique_ptr<SmallDisk> disk;
  EventBox box;
  std::unique_ptr<Project> project;
  std::unique_ptr<Runner> runner;
  std::unique_ptr<FakeExecutor> executor;
  PlanBuilder plan;
};

TEST_F(RunnerSpace, AWorkerWithoutRoomIsStartedAgainWhenThereIsSome) {
  std::atomic<bool> filled = false;
  executor->before = [&](const JobSpec&) {
    if (!filled.exchange(true)) disk->fill();
  };
  const auto run = runner->submit(plan.plan, folder.path());
  ASSERT_TRUE(run) << describe(run.error());
  const auto waits = box.waitFor(
      [](const Value& e) { return e["event"].asText() == "step" && e["state"].asText() == "waiting" && e["name"].asText() == "a"; });
  ASSERT_FALSE(waits.isNull());
  EXPECT_THAT(render(textFromValue(waits["reasons"].asList().at(0))), HasSubstr("is full"));
  const auto done = finishedAfterRoom(*run);
  EXPECT_EQ(done["state"].asText(), "done") << toJson(done);
  EXPECT_THAT(executor->ran, ElementsAre("a", "a", "b"));
  EXPECT_EQ(project->run(*run).value()->state, RunState::Done);
  EXPECT_EQ(project->metrics(*run).value().size(), 3u) << "curves told while the disk was full are kept";
  EXPECT_TRUE(project->unfinishedAttempts().value().empty());
}

TEST_F(RunnerSpace, AResultThatCannotBeNotedIsNotComputedAgain) {
  std::atomic<bool> filled = false;
  executor->after = [&](const JobSpec&) {
    if (!filled.exchange(true)) disk->fill();
  };
  const auto run = runner->submit(plan.plan, folder.path());
  ASSERT_TRUE(run) << describe(run.error());
  const auto done = finishedAfterRoom(*run);
  EXPECT_EQ(done["state"].asText(), "done") << toJson(done);
  EXPECT_THAT(executor->ran, ElementsAre("a", "b"));
  EXPECT_TRUE(project->unfinishedAttempts().value().empty());
}

TEST_F(RunnerSpace, ACancelledRunWaitsForNothingAndIsNotedLater) {
  std::atomic<bool> filled = false;
  executor->after = [&](const JobSpec&) {
    if (!filled.exchange(true)) disk->fill();
  };
  const auto run = runner->submit(plan.plan, folder.path());
  ASSERT_TRUE(run) << describe(run.error());
  ASSERT_FALSE(box.wait("paused", run->text).isNull());
  ASSERT_TRUE(runner->stop(*run, RunStop::Cancel));
  EXPECT_EQ(box.wait("finished", run->text)["state"].asText(), "cancelled");
  EXPECT_TRUE(runner->idle()) << "nobody waits for anything: the engine may end";
  disk->empty();
  // The result is published when there is room, for whoever wants it next.
  for (int i = 0; i < 100 && !project->unfinishedAttempts().value().empty(); ++i) std::this_thread::sleep_for(50ms);
  EXPECT_EQ(project->run(*run).value()->state, RunState::Cancelled);
  const auto again = runner->submit(plan.plan, folder.path());
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(box.wait("finished", again->text)["state"].asText(), "done");
  EXPECT_THAT(executor->ran, ElementsAre("a", "b"));
}

TEST_F(RunnerSpace, NothingIsBegunOnAFullDisk) {
  disk->fill(100'000);
  const auto refused = runner->submit(plan.plan, folder.path());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::NoSpace);
  EXPECT_THAT(describe(refused.error()), HasSubstr("The disk of " + project->folder().native() + " is full: 0.1 MB free."));
  disk->empty();
  EXPECT_TRUE(runner->submit(plan.plan, folder.path()));
}

TEST(FullDisk, WantsMoreEveryTimeAndNamesTheDiskOfTheFile) {
  PB_NEEDS_OWN_MOUNTS("which disk is full");
  TempFolder base;
  const SmallDisk small{base / "small"};
  ASSERT_TRUE(small.mounted());
  small.fill(2'000'000);
  const auto now = FullDisk::Clock::now();
  const auto inside = systemError(ENOSPC, "write", (small.folder() / "not/there/yet").native());
  FullDisk once{inside, base.path(), 1, now}, twice{inside, base.path(), 2, now};
  EXPECT_EQ(once.folder(), small.folder());
  EXPECT_GT(twice.wanted(), once.wanted());
  EXPECT_FALSE(once.hasRoom(now)) << "there was no room with so much free";
  small.empty();
  EXPECT_TRUE(once.hasRoom(now));
  EXPECT_THAT(render(once.cause()), HasSubstr(small.folder().native()));
  // A quota shows in no figure: it is tried again after a while.
  small.fill(2'000'000);
  FullDisk quota{inside, base.path(), 1, now};
  EXPECT_TRUE(quota.hasRoom(now + 5min));
  // On the project's own disk the project's folder is what people know.
  EXPECT_EQ((FullDisk{systemError(ENOSPC, "write", (base / "a/b").native()), base.path(), 1, now}.folder()), base.path());
}

}  // namespace
}  // namespace patchbay
