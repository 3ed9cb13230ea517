// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/local_executor.h"

#include <gmock/gmock.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>

#include "engine/data/ports.h"
#include "tests/support/executor_fixture.h"

namespace patchbay::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class LocalExecutorTest : public ExecutorFixture {};

TEST_F(LocalExecutorTest, RunsAJobAndDeliversItsEventsAndOutputs) {
  auto job = makeJob("toy.numbers", {{"count", 5}}, {"numbers"});
  job.seed = 7;
  const auto result = run(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  const auto text = textOf(result.outputs.at("numbers"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 5);
  EXPECT_GT(result.peakMemoryBytes, 1 << 20);
  const auto events = host.eventsOf(job.attempt);
  ASSERT_GE(events.size(), 3u);
  EXPECT_EQ(events.front()["event"].asText(), "hello");
  EXPECT_EQ(events.back()["event"].asText(), "bye");
  EXPECT_EQ(host.countOf(job.attempt, "metric"), 5);

  auto other = makeJob("toy.numbers", {{"count", 5}}, {"numbers"});
  other.seed = 7;
  EXPECT_EQ(run(other).outputs, result.outputs) << "the same seed gives the same bytes in another process";
}

TEST_F(LocalExecutorTest, ReadsInputsByDigestAndAsksForWhatIsNotStored) {
  // A picture lies outside the object folder; only the host knows where.
  const auto picture = folder.path() / "somewhere else.bin";
  ASSERT_TRUE(writeFileAtomically(picture, "twelve bytes"));
  host.sources[digestOf("twelve bytes")] = {picture};
  auto job = makeJob("toy.items", {}, {"sums"});
  job.inputs["data"] = {putDataset({"twelve bytes"})};
  const auto result = run(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.itemsComputed, 1);

  auto lost = makeJob("toy.items", {{"factor", 2}}, {"sums"});
  lost.inputs = job.inputs;
  host.sources.clear();
  const auto failed = run(lost);
  ASSERT_TRUE(failed.error);
  EXPECT_EQ(failed.error->kind, ErrorKind::NotFound);
}

TEST_F(LocalExecutorTest, APictureThatChangedIsNotTakenForTheOldOne) {
  const auto picture = folder.path() / "picture.bin";
  ASSERT_TRUE(writeFileAtomically(picture, "what it is now"));
  host.sources[digestOf("what it was")] = {picture};
  auto job = makeJob("toy.items", {}, {"sums"});
  job.inputs["data"] = {putDataset({"what it was"})};
  const auto result = run(job);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::Corrupt);
  EXPECT_THAT(describe(*result.error), HasSubstr("picture.bin"));
}

TEST_F(LocalExecutorTest, CancelEndsAJobSoonAndASecondAtOnce) {
  auto job = makeJob("toy.numbers", {{"count", 1000}, {"sleep_ms", 20}}, {"numbers"});
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  ASSERT_TRUE(executor->signal(job.attempt.text, JobSignal::Cancel));
  const auto result = host.waitFor(job.attempt);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::Cancelled);

  auto deaf = makeJob("toy.crash", {{"mode", "deaf"}}, {"text"});
  ASSERT_TRUE(executor->submit(deaf));
  ASSERT_TRUE(host.waitForEvent(deaf.attempt, "progress"));
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(executor->signal(deaf.attempt.text, JobSignal::Cancel));
  ASSERT_TRUE(executor->signal(deaf.attempt.text, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(deaf.attempt).error->kind, ErrorKind::Cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
}

TEST_F(LocalExecutorTest, CancelBeforeTheBlockBeginsAndAfterItEnded) {
  auto job = makeJob("toy.numbers", {{"count", 1000}, {"sleep_ms", 20}}, {"numbers"});
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(executor->signal(job.attempt.text, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(job.attempt).error->kind, ErrorKind::Cancelled);
  EXPECT_TRUE(executor->signal(job.attempt.text, JobSignal::Cancel)) << "nothing to do is no error";
  EXPECT_FALSE(executor->signal(newUlid(), JobSignal::Cancel));
}

TEST_F(LocalExecutorTest, ABlockThatDoesNotListenIsKilledAfterTheGrace) {
  options.cancelGrace = std::chrono::milliseconds{300};
  restart();
  auto job = makeJob("toy.crash", {{"mode", "deaf"}}, {"text"});
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  ASSERT_TRUE(executor->signal(job.attempt.text, JobSignal::Cancel));
  EXPECT_EQ(host.waitFor(job.attempt, std::chrono::seconds{5}).error->kind, ErrorKind::Cancelled);
}

TEST_F(LocalExecutorTest, PollTellsRunningEndedAndUnknown) {
  auto job = makeJob("toy.numbers", {{"count", 3}, {"sleep_ms", 100}}, {"numbers"});
  ASSERT_TRUE(executor->submit(job));
  const std::vector<std::string> ids{job.attempt.text, newUlid()};
  auto states = executor->poll(ids);
  EXPECT_EQ(states[0].kind, JobState::Kind::Running);
  EXPECT_EQ(states[1].kind, JobState::Kind::Gone);
  host.waitFor(job.attempt);
  EXPECT_TRUE(eventually([&] { return executor->poll(ids)[0].kind == JobState::Kind::Exited; }));
  std::filesystem::rename(options.attemptsFolder, folder.path() / "unreachable");
  EXPECT_EQ(executor->poll(ids)[1].kind, JobState::Kind::Unknown);
}

// --- What can go wrong with a worker ------------------------------------------------------------------------------------

struct Ending {
  const char* mode;
  ErrorKind kind;
  const char* says;
};
class Endings : public ExecutorFixture, public ::testing::WithParamInterface<Ending> {};

TEST_P(Endings, AreClassifiedAndLeaveTheOthersAlone) {
  options.memoryBytes = 512 << 20;
#if defined(__SANITIZE_ADDRESS__)
  options.memoryBytes = 1100 << 20;  // A worker has up to 450 MB from the start.
#endif
  options.heartbeatTimeout = std::chrono::milliseconds{2500};
  options.quietTimeout = std::chrono::milliseconds{1500};
  restart();
  auto bystander = makeJob("toy.numbers", {{"count", 30}, {"sleep_ms", 20}}, {"numbers"});
  ASSERT_TRUE(executor->submit(bystander));
  auto job = makeJob("toy.crash", {{"mode", GetParam().mode}}, {"text"});
  job.name = "the step";
  const auto result = run(job);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, GetParam().kind) << describe(*result.error);
  EXPECT_THAT(describe(*result.error), HasSubstr(GetParam().says));
  EXPECT_EQ(result.error->where, "the step");
  EXPECT_FALSE(result.error->hint.empty());
  EXPECT_FALSE(host.waitFor(bystander.attempt).error);
  // Whoever looks later is told the same.
  const auto stored = readResult(job.attemptFolder, job.claim);
  ASSERT_TRUE(stored && *stored && (*stored)->error);
  EXPECT_EQ((*stored)->error->kind, GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(
    Toy, Endings,
    ::testing::Values(Ending{"segfault", ErrorKind::Crashed, "SIGSEGV"}, Ending{"abort", ErrorKind::Crashed, "SIGABRT"},
                      Ending{"exit", ErrorKind::Crashed, "exit code 3"}, Ending{"hang", ErrorKind::TimedOut, "no sign of life"},
                      Ending{"freeze", ErrorKind::TimedOut, "no sign of life"}, Ending{"oom", ErrorKind::OutOfMemory, "more memory"},
                      Ending{"bad_alloc", ErrorKind::OutOfMemory, "memory"}, Ending{"throw", ErrorKind::Internal, "thrown on purpose"},
                      Ending{"fail", ErrorKind::BadInput, "on purpose"}, Ending{"kill", ErrorKind::Crashed, "from outside"}),
    [](const auto& i) { return std::string{i.param.mode}; });

// --- Going away and coming back -----------------------------------------------------------------------------------------

TEST_F(LocalExecutorTest, AJobOutlivesItsExecutorAndTheNextOneTakesItUp) {
  auto job = makeJob("toy.checkpointed", {{"steps", 40}, {"sleep_ms", 30}}, {"chain"});
  const auto undisturbed = run(makeJob("toy.checkpointed", {{"steps", 40}}, {"chain"}));
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  executor.reset();
  EXPECT_EQ(host.finishes(job.attempt), 0);
  host.forget(job.attempt);
  start();
  const auto found = executor->find(job.attempt);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(**found, job.attempt.text);
  const auto result = host.waitFor(job.attempt);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.outputs, undisturbed.outputs);
  EXPECT_FALSE(std::filesystem::exists(job.checkpointFolder / job.key.hex())) << "a finished job needs no checkpoint";
  EXPECT_EQ(host.eventsOf(job.attempt).front()["event"].asText(), "hello") << "events are told from the beginning";
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
}

TEST_F(LocalExecutorTest, AJobThatEndedMeanwhileIsStillTold) {
  auto good = makeJob("toy.numbers", {{"count", 10}, {"sleep_ms", 30}}, {"numbers"});
  auto bad = makeJob("toy.numbers", {{"count", 1000}, {"sleep_ms", 30}}, {"numbers"});
  ASSERT_TRUE(executor->submit(good) && executor->submit(bad));
  ASSERT_TRUE(host.waitForEvent(good.attempt, "hello") && host.waitForEvent(bad.attempt, "hello"));
  executor.reset();
  const auto claim = readClaim({bad.attemptFolder});
  ASSERT_TRUE(claim);
  ASSERT_TRUE(claim->process.signal(SIGKILL));
  ASSERT_TRUE(eventually([&] { return std::filesystem::exists(good.attemptFolder / "result.json"); }));
  start();
  ASSERT_TRUE(executor->submit(good)) << "submitting again takes it up too";
  ASSERT_TRUE(executor->find(bad.attempt));
  EXPECT_FALSE(host.waitFor(good.attempt).error);
  EXPECT_EQ(host.waitFor(bad.attempt).error->kind, ErrorKind::Crashed);
}

TEST_F(LocalExecutorTest, WhatAnAbsentEngineWasNotToldReachesTheNext) {
  auto job = makeJob("toy.items", {{"sleep_ms", 15}}, {"sums"});
  std::vector<std::string> contents;
  for (int i = 0; i < 60; ++i) contents.push_back("picture " + std::to_string(i));
  for (const auto& bytes : contents) ASSERT_TRUE(objects.put(bytes));
  job.inputs["data"] = {putDataset(contents)};
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  executor.reset();
  EXPECT_TRUE(host.packs.empty());
  start();
  ASSERT_TRUE(executor->find(job.attempt));
  const auto result = host.waitFor(job.attempt);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.packs.size(), 1u);
  auto again = makeJob("toy.items", {}, {"sums"});
  again.inputs = job.inputs;
  const auto cached = run(again);
  EXPECT_EQ(cached.itemsComputed, 0);
  EXPECT_EQ(cached.itemsCached, 60);
  EXPECT_EQ(cached.outputs, result.outputs);
}

TEST_F(LocalExecutorTest, AJobStepsBackButNeverForward) {
  const auto priorityOfAJob = [&] {
    auto job = makeJob("toy.crash", {{"mode", "hang"}}, {"text"});
    EXPECT_TRUE(executor->submit(job));
    EXPECT_TRUE(host.waitForEvent(job.attempt, "log"));
    const auto claim = readClaim({job.attemptFolder});
    const int niceness = claim ? ::getpriority(PRIO_PROCESS, static_cast<id_t>(claim->process.pid)) : -1;
    const int policy = claim ? ::sched_getscheduler(static_cast<pid_t>(claim->process.pid)) : -1;
    EXPECT_TRUE(executor->signal(job.attempt.text, JobSignal::Kill));
    host.waitFor(job.attempt);
    return std::pair{niceness, policy};
  };
  const int own = ::getpriority(PRIO_PROCESS, 0);
  EXPECT_EQ(priorityOfAJob(), (std::pair{std::max(own, 5), SCHED_BATCH})) << "the desktop stays usable";
  ASSERT_EQ(::setpriority(PRIO_PROCESS, 0, 19), 0);
  restart();
  EXPECT_EQ(priorityOfAJob(), (std::pair{19, SCHED_BATCH})) << "started with nice -n 19";
  (void)::setpriority(PRIO_PROCESS, 0, own);  // Only root may; the other tests do not mind.
}

TEST_F(LocalExecutorTest, AResultByAnotherThanTheClaimantIsNotBelieved) {
  auto job = makeJob("toy.crash", {{"mode", "hang"}}, {"text"});
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "log"));
  JobResult forged;
  forged.outputs["text"] = digestOf("forged");
  ASSERT_TRUE(writeResult({job.attemptFolder}, "another claim", forged));
  ASSERT_TRUE(executor->signal(job.attempt.text, JobSignal::Kill));
  const auto result = host.waitFor(job.attempt);
  ASSERT_TRUE(result.error);
  EXPECT_TRUE(result.outputs.empty());
}

/// Ends workers at a named place; this process has looked at the variable before it is set, and is spared.
class KilledAt : public ExecutorFixture, public ::testing::WithParamInterface<std::pair<const char*, bool>> {
 protected:
  KilledAt() {
    (void)objects.put("looks at the variable");
    ::setenv("PATCHBAY_KILL_POINT", GetParam().first, 1);
    restart();
  }
  ~KilledAt() override { ::unsetenv("PATCHBAY_KILL_POINT"); }
};

TEST_P(KilledAt, LeavesAResultThatIsWholeOrNone) {
  const auto job = makeJob("toy.numbers", {{"count", 5}}, {"numbers"});
  const auto killed = run(job);
  const bool published = GetParam().second;
  EXPECT_EQ(!killed.error, published);
  if (!published) {
    EXPECT_EQ(killed.error->kind, ErrorKind::Crashed);
    EXPECT_TRUE(killed.outputs.empty());
  }
  // Every object that has its name is whole, and the next attempt gives what an undisturbed one does.
  ASSERT_TRUE(objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    EXPECT_TRUE(objects.open(entry.digest));
    return {};
  }));
  ::unsetenv("PATCHBAY_KILL_POINT");
  restart();
  auto again = makeJob("toy.numbers", {{"count", 5}}, {"numbers"});
  const auto result = run(again);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_FALSE(textOf(result.outputs.at("numbers")).empty());
  if (published) {
    EXPECT_EQ(killed.outputs, result.outputs);
  }
}

INSTANTIATE_TEST_SUITE_P(Points, KilledAt,
                         ::testing::Values(std::pair{"object-written", false}, std::pair{"object-renamed", false},
                                           std::pair{"result-written", true}),
                         [](const auto& i) { return std::string{i.param.first}.replace(6, 1, "_"); });

TEST_F(LocalExecutorTest, AZygoteThatDiesIsReplacedAndItsJobsGoOn) {
  auto job = makeJob("toy.numbers", {{"count", 20}, {"sleep_ms", 40}}, {"numbers"});
  ASSERT_TRUE(executor->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  const auto zygote = executor->zygote()->pid();
  ASSERT_TRUE(zygote);
  ::kill(*zygote, SIGKILL);
  EXPECT_FALSE(host.waitFor(job.attempt).error);
  EXPECT_FALSE(run(makeJob("toy.numbers", {}, {"numbers"})).error);
  EXPECT_NE(executor->zygote()->pid(), zygote);
}

TEST_F(LocalExecutorTest, AJobSubmittedWhileTheZygoteDiesStartsAllTheSame) {
  for (int i = 0; i < 8; ++i) {
    ASSERT_TRUE(executor->zygote()->warmUp());
    ::kill(*executor->zygote()->pid(), SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds{i % 4});
    const auto result = run(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
    EXPECT_FALSE(result.error) << describe(*result.error);
  }
}

TEST_F(LocalExecutorTest, TheZygoteHasOneThreadAndNoGraphicsDriverWhateverPacksItLoaded) {
  ASSERT_TRUE(executor->zygote()->warmUp());
  const auto process = std::filesystem::path{"/proc"} / std::to_string(*executor->zygote()->pid());
  EXPECT_THAT(*readFile(process / "status"), HasSubstr("Threads:\t1\n"));
  EXPECT_THAT(*readFile(process / "maps"), ::testing::Not(HasSubstr("libcuda.so")));
}

TEST_F(LocalExecutorTest, APackThatChangedSinceItWasAllowedIsNotLoaded) {
  const auto copy = folder.path() / "toy.so";
  std::filesystem::copy_file(toyPack(), copy);
  const auto digest = digestOfFile(copy);
  ASSERT_TRUE(writeFileAtomically(allowed, toJson(toValue(std::vector<AllowedPack>{{copy, *digest}}))));
  {
    const auto fd = openFile(copy, O_WRONLY | O_APPEND);
    ASSERT_TRUE(writeAll(fd->get(), "x", copy));
  }
  restart();
  const auto result = run(makeJob("toy.numbers", {}, {"numbers"}));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, "block.unknown");
}

TEST_F(LocalExecutorTest, AWarmZygoteStartsAJobInMilliseconds) {
  run(makeJob("toy.numbers", {{"count", 0}}, {"numbers"}));
  std::vector<double> milliseconds;
  for (int i = 0; i < 20; ++i) {
    auto job = makeJob("toy.numbers", {{"count", 0}}, {"numbers"});
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_TRUE(executor->submit(job));
    host.waitForEvent(job.attempt, "hello");
    milliseconds.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    host.waitFor(job.attempt);
  }
  std::ranges::sort(milliseconds);
  RecordProperty("median_ms", std::to_string(milliseconds[10]));
  std::printf("submit to the job's first event: median %.1f ms, worst %.1f ms\n", milliseconds[10], milliseconds.back());
}

}  // namespace
}  // namespace patchbay::testing
