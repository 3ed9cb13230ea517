// SPDX-License-Identifier: Apache-2.0
// Several attempts in one array, and one after the other in one job.
#include <gmock/gmock.h>

#include "tests/engine/remote/slurm_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;

class SlurmBatches : public SlurmExecutorTest {
 protected:
  JobSpec passOf(const std::string& loop, int steps, int sleepMs) {
    auto job = makeJob("toy.checkpointed", {{"steps", steps}, {"sleep_ms", sleepMs}}, {"chain"});
    job.queue["array"] = loop;
    return job;
  }
  JobSpec linkOf(const std::string& chain, bool more, int steps = 3) {
    auto job = makeJob("toy.checkpointed", {{"steps", steps}, {"sleep_ms", 20}}, {"chain"});
    job.queue["chain"] = chain;
    job.queue["more"] = more;
    return job;
  }
  std::string arrayOf(const JobSpec& job) const {
    const auto id = slurmId(job);
    return id.substr(0, id.find('_'));
  }
};

TEST_F(SlurmBatches, PassesOfALoopAreOneArray) {
  open();
  std::vector<JobSpec> all;
  for (int i = 0; i < 8; ++i) all.push_back(passOf("run/probe", 2, 10));
  for (const auto& job : all) ASSERT_TRUE(far->submit(job));
  std::set<std::string> numbers, arrays;
  for (const auto& job : all) {
    const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
    EXPECT_FALSE(result.error) << describe(*result.error);
    EXPECT_EQ(host.finishes(job.attempt), 1);
    EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
    numbers.insert(slurmId(job));
    arrays.insert(arrayOf(job));
  }
  EXPECT_EQ(numbers.size(), all.size()) << "each has a number of its own";
  EXPECT_LT(arrays.size(), all.size()) << "one array, or some when they come slowly";
}

TEST_F(SlurmBatches, OneOfAnArrayIsCancelledAloneAndAnotherFailsAlone) {
  open();
  auto failing = makeJob("toy.crash", {{"mode", "segfault"}}, {"text"});
  failing.queue["array"] = "run/mixed";
  const auto good = passOf("run/mixed", 40, 50), endless = passOf("run/mixed", 6000, 20);
  for (const JobSpec* job : {static_cast<const JobSpec*>(&failing), &good, &endless}) ASSERT_TRUE(far->submit(*job));
  EXPECT_EQ(host.waitFor(failing.attempt, std::chrono::seconds{120}).error->kind, ErrorKind::Crashed);
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return host.countOf(endless.attempt, "checkpoint") > 0; }));
  ASSERT_TRUE(far->signal("cluster:" + endless.attempt.text, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(endless.attempt, std::chrono::seconds{120}).error->kind, ErrorKind::Cancelled);
  const auto result = host.waitFor(good.attempt, std::chrono::seconds{120});
  EXPECT_FALSE(result.error) << describe(*result.error);
}

TEST_F(SlurmBatches, AnArrayWhoseNumberWasNotNotedIsFoundAgain) {
  open();
  std::vector<JobSpec> all;
  for (int i = 0; i < 3; ++i) all.push_back(passOf("run/lost", 200, 50));
  for (const auto& job : all) ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return host.countOf(all[0].attempt, "checkpoint") > 0; }));
  std::vector<std::string> numbers;
  for (const auto& job : all) {
    ASSERT_TRUE(SlurmCluster::waitFor([&] { return !slurmId(job).empty(); }));
    numbers.push_back(slurmId(job));
  }
  far.reset();
  killSupervisor();
  for (const auto& job : all) {
    const auto file = farAttempt(job) / "slurm.json";
    auto noted = *parseJson(*readFile(file));
    noted["job"] = "";
    ASSERT_TRUE(writeFileAtomically(file, toJson(noted)));
  }
  open();
  for (const auto& job : all) EXPECT_TRUE(host.finishes(job.attempt) != 0 || *far->find(job.attempt));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto result = host.waitFor(all[i].attempt, std::chrono::seconds{120});
    EXPECT_FALSE(result.error) << describe(*result.error);
    // Of one that ended meanwhile there is the result, and nobody asks for its number.
    EXPECT_THAT(slurmId(all[i]), AnyOf(numbers[i], std::string{}));
  }
  const auto queue = told({"squeue", "-h", "-a", "-r", "-t", "all", "-o", "%i"});
  EXPECT_EQ(std::count(queue.begin(), queue.end(), '\n'), 3) << queue;
}

TEST_F(SlurmBatches, StepsOfAChainShareOneJob) {
  open();
  const auto first = linkOf("run/train", true), second = linkOf("run/train", true), third = linkOf("run/train", false);
  for (const auto* job : {&first, &second, &third}) {
    const auto result = runFar(*job);
    ASSERT_FALSE(result.error) << describe(*result.error);
    EXPECT_EQ(host.countOf(job->attempt, "hello"), 1);
    // An engine takes them away as it publishes them.
    ASSERT_TRUE(SlurmCluster::waitFor([&] { return !slurmId(*job).empty(); }));
    EXPECT_EQ(slurmId(*job), slurmId(first));
  }
  const auto number = slurmId(first);
  ASSERT_TRUE(far->cleanup(first.attempt));
  EXPECT_TRUE(SlurmCluster::waitFor([&] {
    return told({"squeue", "-h", "-a", "-t", "RUNNING,COMPLETING", "-o", "%i"}).empty();
  })) << "after the last one nothing waits";
  EXPECT_THAT(told({"scontrol", "show", "job", "-o", number}), HasSubstr("JobState=COMPLETED"));
  EXPECT_TRUE(fs::is_empty(root.path() / "chains"));
}

TEST_F(SlurmBatches, AChainWhoseNextStepWasComputedBeforeDoesNotWaitForIt) {
  // An engine takes away what it has published and submits what comes next at once; here nothing comes.
  open();
  const auto first = linkOf("run/train", true);
  ASSERT_FALSE(runFar(first).error);
  const auto number = slurmId(first);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(far->cleanup(first.attempt));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return told({"squeue", "-h", "-a", "-t", "RUNNING,COMPLETING", "-o", "%i"}).empty(); }));
  std::printf("the job ended %.1f s later\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  EXPECT_THAT(told({"scontrol", "show", "job", "-o", number}), HasSubstr("JobState=COMPLETED"));
  EXPECT_TRUE(SlurmCluster::waitFor([&] { return fs::is_empty(root.path() / "chains"); }));
  // What comes all the same has a job of its own.
  const auto late = linkOf("run/train", false);
  const auto result = runFar(late);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_NE(slurmId(late), number);
}

TEST_F(SlurmBatches, AChainWhoseJobHasEndedGoesOnInAnother) {
  open();
  const auto first = linkOf("run/train", true);
  ASSERT_FALSE(runFar(first).error);
  ASSERT_TRUE(succeeds({"scancel", "--full", "--signal=KILL", slurmId(first)}));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return told({"squeue", "-h", "-a", "-t", "RUNNING,COMPLETING", "-o", "%i"}).empty(); }));
  const auto second = linkOf("run/train", false);
  const auto result = runFar(second);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_NE(slurmId(second), slurmId(first));
  EXPECT_EQ(host.countOf(second.attempt, "hello"), 1);
}

TEST_F(SlurmBatches, AStepOfAChainIsStoppedCancelledAndCheckpointedLikeAnyOther) {
  open();
  const auto first = linkOf("run/train", true);
  ASSERT_FALSE(runFar(first).error);
  auto second = linkOf("run/train", true, 6000);
  ASSERT_TRUE(far->submit(second));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return host.countOf(second.attempt, "checkpoint") > 0; }));
  EXPECT_EQ(slurmId(second), slurmId(first));
  ASSERT_TRUE(far->signal("cluster:" + second.attempt.text, JobSignal::Checkpoint));
  const auto stopped = host.waitFor(second.attempt, std::chrono::seconds{60});
  ASSERT_TRUE(stopped.error);
  EXPECT_EQ(stopped.error->code, jobContinues);
  auto third = linkOf("run/train", false, 6000);
  third.key = second.key;
  ASSERT_TRUE(far->submit(third));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return host.countOf(third.attempt, "checkpoint") > 0; }));
  EXPECT_NE(slurmId(third), slurmId(first)) << "the time of the first job was up";
  ASSERT_TRUE(far->signal("cluster:" + third.attempt.text, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(third.attempt, std::chrono::seconds{60}).error->kind, ErrorKind::Cancelled);
}

TEST_F(SlurmBatches, AJobThatTheClusterHasForNobodyIsEnded) {
  // Fact 2 again: its step daemon is killed with all it had started, and the cluster shows it as running for ever.
  open();
  const auto first = linkOf("run/train", true);
  ASSERT_FALSE(runFar(first).error);
  const auto number = slurmId(first);
  for (const auto& entry : fs::directory_iterator{"/proc"}) {
    const auto line = readFile(entry.path() / "cmdline", 100000);
    if (!line || !processBelongs(entry.path())) continue;
    const bool script = line->find("slurm_script") != std::string::npos || line->find("job.sh") != std::string::npos;
    if (script || line->starts_with("slurmstepd: [")) ::kill(static_cast<pid_t>(std::atoi(entry.path().filename().c_str())), SIGKILL);
  }
  EXPECT_THAT(told({"squeue", "-h", "-a", "-o", "%i|%T"}), HasSubstr(number + "|RUNNING"));
  ASSERT_TRUE(far->cleanup(first.attempt));
  // What runs meanwhile is somebody's.
  const auto wanted = makeJob("toy.checkpointed", {{"steps", 900}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(wanted));
  EXPECT_TRUE(SlurmCluster::waitFor(
      [&] {
        return told({"squeue", "-h", "-a", "-t", "RUNNING", "-o", "%i"}).find(number + "\n") == std::string::npos;
      },
      std::chrono::seconds{150}));
  const auto result = host.waitFor(wanted.attempt, std::chrono::seconds{120});
  EXPECT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(wanted.attempt, "hello"), 1);
}

TEST_F(SlurmBatches, TheSupervisorDiesBetweenTwoStepsOfAChain) {
  open();
  const auto first = linkOf("run/train", true);
  ASSERT_FALSE(runFar(first).error);
  far.reset();
  killSupervisor();
  open();
  const auto second = linkOf("run/train", false);
  const auto result = runFar(second);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(second.attempt, "hello"), 1);
}

}  // namespace
}  // namespace patchbay::testing
