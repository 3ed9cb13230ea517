// SPDX-License-Identifier: Apache-2.0
// Jobs on a real cluster of one node. The numbers of the facts are those of what Slurm really does; see SlurmExecutor.
#include "engine/remote/slurm_executor.h"

#include <gmock/gmock.h>

#include "engine/remote/remote_executor.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/slurm_cluster.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// The cluster's login node is this machine; the jobs' files lie in `root`.
class SlurmExecutorTest : public ExecutorFixture {
 protected:
  SlurmExecutorTest() {
    executor.reset();
    ::setenv("PATCHBAY_SQUEUE_SECONDS", "2", 1);
  }
  ~SlurmExecutorTest() override {
    far.reset();
    killAllIn(root.path());
  }
  void SetUp() override { ASSERT_TRUE(cluster.ready) << "the cluster did not come up"; }
  void open() {
    RemoteOptions o;
    o.machine.name = "cluster";
    o.machine.slurm = true;
    o.machine.folder = root.path().string();
    o.machine.memoryMb = memoryMb;
    o.machine.time = time;
    o.worker = workerProgram();
    o.allowedPacks = allowed;
    o.version = "test";
    o.instance = instance;
    o.attemptsFolder = options.attemptsFolder;
    far = std::make_unique<RemoteExecutor>(std::move(o), host);
  }
  JobResult runFar(const JobSpec& job) {
    const auto id = far->submit(job);
    if (!id) {
      ADD_FAILURE() << describe(id.error());
      return {};
    }
    return host.waitFor(job.attempt, std::chrono::seconds{120});
  }
  fs::path farAttempt(const JobSpec& job) const { return root.path() / "attempts" / job.attempt.text; }
  std::string slurmId(const JobSpec& job) const {
    const auto text = readFile(farAttempt(job) / "slurm.json");
    return text ? (*parseJson(*text))["job"].asText() : std::string{};
  }
  /// Of this test's cluster and nobody else's: its node daemon was started with this configuration.
  bool processBelongs(const fs::path& process) const {
    const auto variables = readFile(process / "environ", 1 << 20);
    return variables && variables->find(cluster.folder.path().string()) != std::string::npos;
  }
  static std::string told(const std::vector<std::string>& argv) {
    const auto run = runProgram(argv, {}, std::chrono::seconds{60});
    return run ? run->out : std::string{};
  }

  SlurmCluster cluster;
  TempFolder root;
  std::string instance = newUlid(), time;
  int memoryMb = 300;
  std::unique_ptr<RemoteExecutor> far;
};

TEST_F(SlurmExecutorTest, GivesTheSameBytes) {
  TextValue text;
  text.text = "needed";
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
  ASSERT_TRUE(objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    host.sources[entry.digest] = objects.pathOf(entry.digest);
    return {};
  }));
  open();
  const auto result = runFar(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("upper")), "NEEDED");
  const auto shown = told({"scontrol", "show", "job", "-o", slurmId(job)});
  EXPECT_THAT(shown, HasSubstr("JobName=" + job.attempt.text));
  EXPECT_THAT(shown, HasSubstr("Requeue=0"));
  EXPECT_THAT(shown, HasSubstr("patchbay:" + instance));
}

TEST_F(SlurmExecutorTest, FailuresAreClassified) {
  open();
  EXPECT_EQ(runFar(makeJob("toy.crash", {{"mode", "fail"}}, {"text"})).error->kind, ErrorKind::BadInput);
  const auto crash = runFar(makeJob("toy.crash", {{"mode", "segfault"}}, {"text"}));
  EXPECT_EQ(crash.error->kind, ErrorKind::Crashed) << describe(*crash.error);
  const auto memory = runFar(makeJob("toy.crash", {{"mode", "hoard"}}, {"text"}));
  EXPECT_EQ(memory.error->kind, ErrorKind::OutOfMemory) << describe(*memory.error);
  EXPECT_THAT(render(memory.error->hint), HasSubstr("--memory"));
}

TEST_F(SlurmExecutorTest, CancelledBeforeDuringAndAfter) {
  open();
  const auto running = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
  const auto id = far->submit(running);
  ASSERT_TRUE(host.waitForEvent(running.attempt, "checkpoint"));
  // The next one finds no room: all cores are asked for.
  auto waiting = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  waiting.threads = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
  const auto second = far->submit(waiting);
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return !slurmId(waiting).empty(); }));
  ASSERT_TRUE(far->signal(*second, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(waiting.attempt, std::chrono::seconds{60}).error->kind, ErrorKind::Cancelled);
  ASSERT_TRUE(far->signal(*id, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(running.attempt, std::chrono::seconds{60}).error->kind, ErrorKind::Cancelled);
  ASSERT_TRUE(far->signal(*id, JobSignal::Cancel));
}

TEST_F(SlurmExecutorTest, ASubmissionThatWasNotNotedIsFoundAgain) {
  // Fact 5: the intent comes first and the job is named by it, so a crash after sbatch leaves one job and not two.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  far.reset();
  for (const auto pid : processesIn(root.path()))
    if (const auto line = readFile("/proc/" + std::to_string(pid) + "/cmdline"); line && line->find("supervise") != std::string::npos)
      ::kill(pid, SIGKILL);
  fs::remove(farAttempt(job) / "slurm.json");
  open();
  ASSERT_TRUE(*far->find(job.attempt));
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  const auto all = told({"squeue", "-h", "-a", "-t", "all", "--name=" + job.attempt.text, "-o", "%i"});
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1) << all;
}

TEST_F(SlurmExecutorTest, TheWarningBeforeTheEndBecomesACheckpointFromWhichAnotherJobGoesOn) {
  // Fact 6: --signal=B:USR1 reaches the worker, which ends with 85 = checkpointed.
  open();
  auto job = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint", 3));
  ASSERT_TRUE(far->signal("cluster:" + job.attempt.text, JobSignal::Checkpoint));
  const auto first = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_TRUE(first.error);
  EXPECT_EQ(first.error->code, jobContinues);
  EXPECT_TRUE(SlurmCluster::waitFor([&] {
    return told({"scontrol", "show", "job", "-o", slurmId(job)}).find("ExitCode=85:0") != std::string::npos;
  }));
  auto next = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 50}}, {"chain"});
  next.key = job.key;
  const auto second = runFar(next);
  ASSERT_FALSE(second.error) << describe(*second.error);
  EXPECT_LT(host.countOf(next.attempt, "checkpoint"), 40) << "it went on, not from the beginning";
}

TEST_F(SlurmExecutorTest, AControllerThatIsAwayStopsNothing) {
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  cluster.killController();
  const auto later = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  ASSERT_TRUE(far->submit(later)) << "it is submitted when the controller is back";
  EXPECT_FALSE(host.waitFor(job.attempt, std::chrono::seconds{60}).error) << "the end is learnt from the job's own files";
  EXPECT_EQ(host.finishes(later.attempt), 0);
  cluster.startController();
  EXPECT_FALSE(host.waitFor(later.attempt, std::chrono::seconds{120}).error);
}

TEST_F(SlurmExecutorTest, AJobThatSlurmRunsTwiceRunsOnce) {
  // Fact 1: a controller killed just after a start may run the job again; the attempt's claim lets one of them have it.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 30}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  const auto doubled =
      runProgram({"sbatch", "--parsable", "--wait", "--chdir=" + farAttempt(job).string(), "--output=again.txt",
                  (farAttempt(job) / "job.sh").string(), workerProgram().string(), "job", "job.json", "--packs", allowed.string()},
                 {}, std::chrono::seconds{60});
  ASSERT_TRUE(doubled);
  const auto second = doubled->out.substr(0, doubled->out.find('\n'));
  EXPECT_THAT(told({"scontrol", "show", "job", "-o", second}), HasSubstr("ExitCode=75:0")) << "the loser leaves";
  EXPECT_FALSE(host.waitFor(job.attempt, std::chrono::seconds{60}).error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
}

TEST_F(SlurmExecutorTest, AControllerKilledJustAfterAStartDoublesNothing) {
  // Fact 1, as it happens: the controller that comes back may start the job again.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return fs::exists(farAttempt(job) / "claim"); }));
  cluster.killController();
  cluster.startController();
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 60);
}

TEST_F(SlurmExecutorTest, AStepDaemonThatIsKilledLosesNothing) {
  // Fact 2: Slurm shows the orphan as running for minutes; its own files tell how it really goes.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  const auto step = "slurmstepd: [" + slurmId(job) + ".batch]";
  int killed = 0;
  for (const auto& entry : fs::directory_iterator{"/proc"})
    if (const auto line = readFile(entry.path() / "cmdline", 100000); line && line->starts_with(step) && processBelongs(entry.path()))
      killed += ::kill(static_cast<pid_t>(std::atoi(entry.path().filename().c_str())), SIGKILL) == 0;
  EXPECT_EQ(killed, 1);
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 60);
}

TEST_F(SlurmExecutorTest, TwoHundredSmallJobsAreNeitherLostNorDoubled) {
  if (!std::getenv("PATCHBAY_LONG_TESTS")) GTEST_SKIP() << "in the long tier";
  open();
  std::vector<JobSpec> all;
  for (int i = 0; i < 200; ++i) all.push_back(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
  for (const auto& job : all) ASSERT_TRUE(far->submit(job));
  for (const auto& job : all) {
    EXPECT_FALSE(host.waitFor(job.attempt, std::chrono::seconds{1800}).error);
    EXPECT_EQ(host.finishes(job.attempt), 1);
    EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  }
}

TEST_F(SlurmExecutorTest, WhatTheClusterRefusesIsSaidInItsWords) {
  time = "no-such-time";
  open();
  const auto result = runFar(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, "slurm.refused");
  EXPECT_THAT(render(result.error->cause), HasSubstr("time"));
}

TEST_F(SlurmExecutorTest, WhatTheClusterOffers) {
  open();
  const auto facts = far->facts();
  ASSERT_TRUE(facts);
  const auto& partitions = (*facts)["slurm"]["partitions"].asList();
  ASSERT_EQ(partitions.size(), 1u);
  EXPECT_EQ(partitions[0]["name"].asText(), "main");
  EXPECT_THAT(partitions[0]["gres"].asText(), HasSubstr("gpu"));
}

TEST_F(SlurmExecutorTest, TheEndIsHeardOfSoonAfterItComes) {
  // Fact 7: by the files of the attempt, long before squeue is asked.
  ::setenv("PATCHBAY_SQUEUE_SECONDS", "600", 1);
  open();
  ASSERT_FALSE(runFar(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error);
  const auto job = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_FALSE(host.waitFor(job.attempt, std::chrono::seconds{60}).error);
  const auto heard = std::chrono::system_clock::now();
  const auto ended = fs::last_write_time(farAttempt(job) / "result.json");
  const auto late = std::chrono::duration<double>(heard - std::chrono::file_clock::to_sys(ended)).count();
  std::printf("heard %.0f ms after the result was there\n", late * 1000);
  EXPECT_LT(late, 60) << "squeue is asked every ten minutes in this test";
}

TEST(SlurmVerdict, SaysWhatHappenedAndWhatToDo) {
  const auto judged = [](SlurmEvidence e) {
    e.step = "train";
    return judgeSlurm(e);
  };
  EXPECT_EQ(judged({.state = "OUT_OF_MEMORY"}).kind, ErrorKind::OutOfMemory);
  // Fact 3: without cgroups the state is FAILED; signal 9 and the memory seen last say why.
  EXPECT_EQ(judged({.state = "FAILED", .signal = 9, .peakMemoryBytes = 95, .memoryBytes = 100}).kind, ErrorKind::OutOfMemory);
  EXPECT_EQ(judged({.state = "FAILED", .signal = 9, .peakMemoryBytes = 10, .memoryBytes = 100}).kind, ErrorKind::Crashed);
  EXPECT_EQ(judged({.state = "TIMEOUT"}).code, "slurm.time");
  EXPECT_EQ(judged({.state = "NODE_FAIL"}).code, "slurm.node");
  EXPECT_EQ(judged({.state = "PREEMPTED"}).code, jobContinues);
  EXPECT_EQ(judged({.state = "CANCELLED"}).code, "slurm.cancelled");
  EXPECT_EQ(judged({.state = "CANCELLED", .cancelled = true}).code, "cancelled");
  EXPECT_EQ(judged({.state = "RUNNING", .silent = true}).code, "slurm.lost");
  for (const auto* state : {"OUT_OF_MEMORY", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "CANCELLED", "COMPLETED", ""})
    EXPECT_FALSE(judged({.state = state}).hint.empty()) << state;
}

}  // namespace
}  // namespace patchbay::testing
