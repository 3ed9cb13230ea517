// SPDX-License-Identifier: Apache-2.0
// Jobs on a real cluster of one node. The numbers of the facts are those of what Slurm really does; see SlurmExecutor.
#include "engine/remote/slurm_executor.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include "engine/executor/worker_process.h"
#include "tests/engine/remote/slurm_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST_F(SlurmExecutorTest, AJobIsNamedByItsAttemptAndNeverRequeued) {
  open();
  const auto job = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  const auto result = runFar(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  const auto shown = told({"scontrol", "show", "job", "-o", slurmId(job)});
  EXPECT_THAT(shown, HasSubstr("JobName=" + job.attempt.text));
  EXPECT_THAT(shown, HasSubstr("Requeue=0"));
  EXPECT_THAT(shown, HasSubstr("patchbay:" + instance));
}

TEST_F(SlurmExecutorTest, WhoTakesMoreMemoryThanAskedForIsToldSo) {
  // Fact 3: the state is FAILED, not OUT_OF_MEMORY; own evidence counts.
  open();
  const auto memory = runFar(makeJob("toy.crash", {{"mode", "hoard"}}, {"text"}));
  EXPECT_EQ(memory.error->kind, ErrorKind::OutOfMemory) << describe(*memory.error);
  EXPECT_THAT(render(memory.error->hint), HasSubstr("--memory"));
}

TEST_F(SlurmExecutorTest, AJobInTheQueueIsCancelledThere) {
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
  EXPECT_EQ(host.finishes(running.attempt), 0);
  ASSERT_TRUE(far->signal(*id, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(running.attempt, std::chrono::seconds{60}).error->kind, ErrorKind::Cancelled);
}

TEST_F(SlurmExecutorTest, ASubmissionThatWasNotNotedIsFoundAgain) {
  // Fact 5: the intent comes first and the job is named by it, so a crash after sbatch leaves one job and not two.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  far.reset();
  killSupervisor();
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

TEST_F(SlurmExecutorTest, TheRealWarningComesBeforeTheTimeLimit) {
  // Fact 6 as it happens: a minute's limit, of which Slurm takes back half.
  time = "1";
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 50}}, {"chain"});
  const auto result = [&] {
    EXPECT_TRUE(far->submit(job));
    return host.waitFor(job.attempt, std::chrono::seconds{180});
  }();
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, jobContinues) << describe(*result.error);
  EXPECT_TRUE(SlurmCluster::waitFor([&] {
    return told({"scontrol", "show", "job", "-o", slurmId(job)}).find("ExitCode=85:0") != std::string::npos;
  }));
}

TEST_F(SlurmExecutorTest, AJobThatTheClusterHasForgottenIsJudgedByItsOwnFiles) {
  // Fact 4: a controller that lost its state knows the job no more, and there is no accounting to ask.
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 160}, {"sleep_ms", 50}}, {"chain"});
  const auto doomed = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 50}}, {"chain"});
  for (const auto* one : {&job, &doomed}) ASSERT_TRUE(far->submit(*one));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint") && host.waitForEvent(doomed.attempt, "checkpoint"));
  const auto claim = readClaim({farAttempt(doomed)});
  cluster.killNode();  // It would end what the controller does not know.
  cluster.killController();
  cluster.startController(true);
  EXPECT_TRUE(told({"squeue", "-h", "-a", "-t", "all", "-o", "%i"}).empty());
  ASSERT_TRUE(claim->process.killGroup());
  const auto lost = host.waitFor(doomed.attempt, std::chrono::seconds{120});
  ASSERT_TRUE(lost.error);
  EXPECT_EQ(lost.error->kind, ErrorKind::Crashed) << describe(*lost.error);
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  EXPECT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 160);
}

TEST_F(SlurmExecutorTest, AJobThatItsNodeNeverBeganIsLostAfterAWhile) {
  // A node's daemon that dies while it starts a job leaves one behind that is shown as running and runs nowhere.
  ::setenv("PATCHBAY_BEGIN_SECONDS", "4", 1);
  cluster.stopNode();
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 2}, {"sleep_ms", 10}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ::unsetenv("PATCHBAY_BEGIN_SECONDS");
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, "slurm.lost") << describe(*result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::Crashed) << "so that it is tried again";
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 0);
  const auto state = [&] { return told({"squeue", "-h", "-a", "-t", "PENDING,RUNNING", "-o", "%i"}); };
  EXPECT_TRUE(SlurmCluster::waitFor([&] { return state().empty(); })) << state();
}

TEST_F(SlurmExecutorTest, AThousandAttemptsWaitInTheQueueAndCostLittle) {
  if (!std::getenv("PATCHBAY_LONG_TESTS")) GTEST_SKIP() << "in the long tier";
  ASSERT_TRUE(succeeds({"scontrol", "update", "NodeName=" + cluster.node, "State=DRAIN", "Reason=test"}));
  ::setenv("PATCHBAY_SQUEUE_SECONDS", "15", 1);
  open();
  std::vector<JobSpec> all;
  for (int i = 0; i < 1000; ++i) {
    all.push_back(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
    all.back().queue["array"] = "run/thousand";
  }
  for (const auto& job : all) ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return !slurmId(all.back()).empty(); }, std::chrono::seconds{120}));
  ASSERT_TRUE(SlurmCluster::waitFor([&] { return host.countOf(all.back().attempt, "progress") > 0; }, std::chrono::seconds{60}))
      << "what the queue says is told";
  rusage before{}, after{};
  const auto memory = [] {
    const auto text = readFile("/proc/self/statm", 1000);
    return text ? std::atoll(text->c_str() + text->find(' ')) * 4096 : 0;
  };
  const auto atFirst = memory();
  ::getrusage(RUSAGE_SELF, &before);
  std::this_thread::sleep_for(std::chrono::seconds{10});
  ::getrusage(RUSAGE_SELF, &after);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
  const auto used = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
  std::printf("a thousand in the queue: %.2f %% of a core, %+.1f MB\n", used / 10 * 100, static_cast<double>(memory() - atFirst) / 1e6);
  EXPECT_LT(used, 10 * .1) << "the figure is 2 % on a machine that has nothing else to do";
  EXPECT_LT(memory() - atFirst, 8 << 20);
  for (const auto& job : all) ASSERT_TRUE(far->signal("cluster:" + job.attempt.text, JobSignal::Kill));
  ASSERT_TRUE(succeeds({"scancel", "-u", std::to_string(::getuid())}));
  EXPECT_EQ(host.waitFor(all.back().attempt, std::chrono::seconds{120}).error->kind, ErrorKind::Cancelled);
}

TEST_F(SlurmExecutorTest, HowBusyItIsAndWhatAJobSays) {
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  const auto load = far->ask(Value::Map{{"op", "load"}});
  ASSERT_TRUE(load) << describe(load.error());
  EXPECT_GE((*load)["cores"].asInt(), 1);
  EXPECT_GT((*load)["memory_free_mb"].asInt(), 0);
  EXPECT_EQ((*load)["queue"]["running"].asInt(), 1);
  ASSERT_EQ((*load)["queue"]["jobs"].asList().size(), 1u);
  EXPECT_EQ((*load)["queue"]["jobs"].asList()[0]["attempt"].asText(), job.attempt.text);
  EXPECT_EQ((*load)["queue"]["jobs"].asList()[0]["state"].asText(), "RUNNING");
  ASSERT_TRUE(writeFileAtomically(farAttempt(job) / "log.txt", "first line\nlast line\n"));
  const auto log = [&](std::int64_t offset) {
    return *far->ask(Value::Map{{"op", "log"}, {"attempt", job.attempt.text}, {"offset", offset}});
  };
  EXPECT_EQ(log(0)["text"].asText(), "first line\nlast line\n");
  EXPECT_EQ(log(0)["size"].asInt(), 21);
  EXPECT_EQ(log(-10)["text"].asText(), "last line\n");
  EXPECT_EQ(log(-10)["offset"].asInt(), 11);
  EXPECT_EQ(log(21)["text"].asText(), "");
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
  const auto doubled = runProgram(
      {"sbatch", "--parsable", "--wait", "--chdir=" + farAttempt(job).string(), "--output=again.txt", "--mem=" + std::to_string(memoryMb),
       (farAttempt(job) / "job.sh").string(), (root.path() / "attempts").string(), (root.path() / "chains").string(), "0",
       job.attempt.text + ":", "--", workerProgram().string(), "job", "job.json", "--packs", allowed.string()},
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
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  // It may also stop the one that works, after the other saw that it is not needed; then the engine submits it anew.
  if (result.error) EXPECT_EQ(result.error->code, jobContinues) << describe(*result.error);
  else EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 60);
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
  // Half of them passes of a loop, half on their own.
  for (int i = 0; i < 200; ++i) {
    all.push_back(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
    if (i % 2 == 0) all.back().queue["array"] = "run/many";
  }
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
  EXPECT_THAT(partitions[0]["features"].asText(), HasSubstr("fast"));
  EXPECT_TRUE((*facts)["slurm"]["accounts"].isList()) << "without a database of accounts there are none";
  EXPECT_FALSE((*facts)["slurm"].contains("refused")) << (*facts)["slurm"]["refused"].asText();
  // The cluster says itself what it does not have; nothing is submitted for that.
  constraint = "water-cooled";
  far.reset();
  killSupervisor();
  open();
  const auto wished = far->facts();
  ASSERT_TRUE(wished) << describe(wished.error());
  EXPECT_FALSE((*wished)["slurm"]["refused"].asText().empty());
  EXPECT_TRUE(told({"squeue", "-h", "-a", "-t", "all", "-o", "%i"}).empty());
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

TEST_F(SlurmExecutorTest, AResultThatASharedFileSystemShowsLateIsWaitedFor) {
  // As NFS does it: the job is over for the cluster, and its files are seen seconds later.
  const auto program = root.path() / "late";
  writeText(program,
            "#!/bin/sh\nsetsid sh -c 'sleep 12; exec \"$0\" \"$@\"' " + workerProgram().string() + " \"$@\" >/dev/null 2>&1 &\nexit 0\n",
            0755);
  SlurmOptions slurm;
  slurm.attemptsFolder = options.attemptsFolder;
  slurm.program = program;
  slurm.allowedPacks = allowed;
  slurm.instance = instance;
  slurm.wishes = Value{Value::Map{{"memory_mb", 300}}};
  slurm.squeueEvery = std::chrono::seconds{1};
  SlurmExecutor direct{std::move(slurm), host};
  const auto job = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  ASSERT_TRUE(direct.submit(job));
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  EXPECT_FALSE(result.error) << describe(*result.error);
  EXPECT_FALSE(result.outputs.empty());
}

TEST_F(SlurmExecutorTest, AJobAsksForTheCoresOfANodeNotOfTheLoginNode) {
  open();
  const auto facts = far->facts();
  ASSERT_TRUE(facts);
  EXPECT_EQ(std::to_string((*facts)["cores"].asInt()) + "\n", told({"sinfo", "-h", "-o", "%c"}));
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
  EXPECT_EQ(judged({.state = "FAILED", .exitCode = workerLostClaim}).code, jobContinues);
  EXPECT_EQ(judged({.state = "CANCELLED"}).code, "slurm.cancelled");
  EXPECT_EQ(judged({.state = "CANCELLED", .cancelled = true}).code, "cancelled");
  EXPECT_EQ(judged({.state = "RUNNING", .silent = true}).code, "slurm.lost");
  EXPECT_EQ(judged({.state = "CANCELLED", .silent = true}).code, "slurm.lost") << "it was ended because it was silent";
  EXPECT_EQ(judged({.state = "NODE_FAIL", .silent = true}).code, "slurm.node");
  for (const auto* state : {"OUT_OF_MEMORY", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "CANCELLED", "COMPLETED", ""})
    EXPECT_FALSE(judged({.state = state}).hint.empty()) << state;
}

}  // namespace
}  // namespace patchbay::testing
