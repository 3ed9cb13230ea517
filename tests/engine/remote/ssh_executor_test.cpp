// SPDX-License-Identifier: Apache-2.0
// Jobs behind a real sshd: what the network does to them. The contract of all executors is in executor_conformance_test.cpp.
#include <sys/resource.h>

#include "tests/engine/remote/far_fixture.h"
#include "tests/support/small_disk.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

class SshExecutorTest : public FarFixture {
 protected:
  void SetUp() override { install(); }
};

TEST_F(SshExecutorTest, WhoAsksForOnePictureGetsTheNextOnesAsWell) {
  std::vector<std::string> contents;
  for (int i = 0; i < 150; ++i) contents.push_back("picture " + std::to_string(i));
  for (const auto& bytes : contents) {
    const auto picture = folder.path() / ("p" + digestOf(bytes).hex().substr(0, 8));
    ASSERT_TRUE(writeFileAtomically(picture, bytes));
    host.sources[digestOf(bytes)] = {picture};
  }
  auto job = makeJob("toy.items", {}, {"sums"});
  job.inputs["data"] = {putDataset(contents)};
  tellOfObjects();
  open();
  const auto result = runFar(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.itemsComputed, 150);
  const auto events = readFile(AttemptFiles{job.attemptFolder}.events());
  ASSERT_TRUE(events);
  int asked = 0;
  for (auto at = events->find("\"ask\":\"locate\""); at != std::string::npos; at = events->find("\"ask\":\"locate\"", at + 1)) ++asked;
  EXPECT_LT(asked, 60) << "most of them were there before anybody asked";
}

TEST_F(SshExecutorTest, TheConnectionIsCutAndTheJobGoesOn) {
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  const auto claim = readClaim({farAttempt(job)});
  ASSERT_TRUE(claim);
  server.cutConnections();
  EXPECT_TRUE(eventually([&] { return host.countOf(job.attempt, "progress") > 5; }, std::chrono::seconds{60})) << "events come again";
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1) << "by offset: nothing is told twice";
  EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 60) << "and nothing is lost";
  EXPECT_EQ(readClaim({farAttempt(job)})->nonce, claim->nonce);
}

TEST_F(SshExecutorTest, TheSupervisorIsKilledAndTheJobGoesOn) {
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 60}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  for (const auto pid : processesIn(box.path()))
    if (const auto line = readFile("/proc/" + std::to_string(pid) + "/cmdline"); line && line->find("supervise") != std::string::npos) {
      const auto claim = readClaim({farAttempt(job)});
      if (claim && claim->process.pid != pid) ::kill(pid, SIGKILL);
    }
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), 60);
}

TEST_F(SshExecutorTest, WhileItIsAwayNothingIsKnownAndNothingIsLost) {
  server.stop();
  open();
  const auto job = makeJob("toy.numbers", {{"count", 5}}, {"numbers"});
  const auto id = far->submit(job);
  ASSERT_TRUE(id) << "it will be sent when the machine is there";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(far->poll(std::vector{*id})[0].kind, JobState::Kind::Unknown);
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  EXPECT_EQ(host.finishes(job.attempt), 0);
  const auto asked = far->facts();
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, "ssh.unreachable") << "who asks hears at once why not";
  server.start();
  EXPECT_FALSE(host.waitFor(job.attempt, std::chrono::seconds{60}).error);
}

TEST_F(SshExecutorTest, AJobThatIsCancelledWhileTheMachineIsAwayIsSweptLater) {
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 50}}, {"chain"});
  const auto id = far->submit(job);
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  const auto process = readClaim({farAttempt(job)})->process;
  server.stop();
  ASSERT_TRUE(eventually([&] { return far->poll(std::vector{*id})[0].kind == JobState::Kind::Unknown; }));
  ASSERT_TRUE(far->signal(*id, JobSignal::Kill));
  EXPECT_EQ(host.waitFor(job.attempt).error->kind, ErrorKind::Cancelled) << "nobody waits for the network";
  EXPECT_TRUE(process.alive());
  server.start();
  const auto other = makeJob("toy.numbers", {{"count", 1}}, {"numbers"});
  EXPECT_FALSE(runFar(other).error);
  EXPECT_TRUE(eventually([&] { return !process.alive() && !fs::exists(farAttempt(job)); }, std::chrono::seconds{60}));
}

TEST_F(SshExecutorTest, OnlyWhatThisInstanceStartedIsSwept) {
  open();
  const auto foreign = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(foreign));
  ASSERT_TRUE(host.waitForEvent(foreign.attempt, "progress"));
  const auto process = readClaim({farAttempt(foreign)})->process;
  far.reset();
  instance = newUlid();
  open();
  EXPECT_FALSE(runFar(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error);
  EXPECT_TRUE(process.alive());
}

TEST_F(SshExecutorTest, ALargeFileTravelsOnFromWhereItStopped) {
  std::string big(5 << 20, 'x');
  for (std::size_t i = 0; i < big.size(); i += 7) big[i] = static_cast<char>(i * 31);
  TextValue text;
  text.text = std::string(3 << 20, 'q');
  const auto manifest = *TextValue::save(objects, text)->save(objects);
  tellOfObjects();
  // Half of the text is there from an earlier try.
  const auto part = digestOf(text.text);
  fs::create_directories(box.path() / "partial");
  ASSERT_TRUE(writeFileAtomically(box.path() / "partial" / (instance + "-" + part.hex()), text.text.substr(0, 2 << 20)));
  open();
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.inputs["text"] = {manifest};
  const auto result = runFar(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(ObjectFolder{box.path() / "objects"}.contains(part));
  EXPECT_EQ(textOf(result.outputs.at("upper")).substr(0, 3), "QQQ");
}

TEST_F(SshExecutorTest, NoiseOfTheLoginShellIsLeftOut) {
  server.daemon = {};
  // What a talkative profile does, for every command.
  writeText(server.folder.path() / "noisy", "#!/bin/sh\necho 'Welcome to the cluster!'\nexec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n", 0755);
  server.start("ForceCommand " + (server.folder.path() / "noisy").string() + "\n");
  open();
  EXPECT_FALSE(runFar(makeJob("toy.numbers", {{"count", 2}}, {"numbers"})).error);
}

TEST_F(SshExecutorTest, AFullDiskOverThereIsSaidAndMendedThere) {
  if (::getuid() != 0 || !test::ownMounts()) GTEST_SKIP() << "no mounts of our own here";
  server.daemon = {};
  const test::SmallDisk disk{box.path() / "objects"};
  ASSERT_TRUE(disk.mounted());
  disk.fill();
  server.start();
  TextValue text;
  text.text = std::string(1 << 16, 'x');
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
  tellOfObjects();
  open();
  const auto full = runFar(job);
  ASSERT_TRUE(full.error);
  EXPECT_EQ(full.error->code, "remote.no-space") << describe(*full.error);
  EXPECT_NE(full.error->kind, ErrorKind::NoSpace) << "the project's own disk has room: nothing else need wait";
  disk.empty();
  auto again = makeJob("toy.upper", {}, {"upper"});
  again.inputs = job.inputs;
  const auto result = runFar(again);
  EXPECT_FALSE(result.error) << describe(*result.error);
  far.reset();
  killAllIn(box.path());
}

TEST_F(SshExecutorTest, OneStepOverTheNetworkCostsLittle) {
  open();
  ASSERT_FALSE(runFar(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error);
  start();
  ASSERT_FALSE(run(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error);
  const auto took = [&](auto&& once) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      once();
      best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
  };
  const auto here = took([&] { EXPECT_FALSE(run(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error); });
  const auto there = took([&] { EXPECT_FALSE(runFar(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error); });
  RecordProperty("overhead_ms", static_cast<int>(there - here));
  std::printf("here %.0f ms, over ssh %.0f ms\n", here, there);
  // The figure is 300 ms on a machine that has nothing else to do; here others may compute.
  EXPECT_LT(there - here, 3000);
}

TEST_F(SshExecutorTest, AThousandAttemptsWaitAndAllComeBack) {
  open();
  std::vector<JobSpec> all;
  for (int i = 0; i < 1000; ++i) all.push_back(makeJob("toy.numbers", {{"count", 1}}, {"numbers"}));
  server.stop();
  for (const auto& job : all) ASSERT_TRUE(far->submit(job));
  rusage before{}, after{};
  ::getrusage(RUSAGE_SELF, &before);
  std::this_thread::sleep_for(std::chrono::seconds{3});
  ::getrusage(RUSAGE_SELF, &after);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
  const auto used = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
  std::printf("a thousand waiting attempts: %.1f %% of a core\n", used / 3 * 100);
  EXPECT_LT(used, 3 * .2);
  for (std::size_t i = 20; i < all.size(); ++i) ASSERT_TRUE(far->signal("box:" + all[i].attempt.text, JobSignal::Cancel));
  for (std::size_t i = 20; i < all.size(); ++i) ASSERT_EQ(host.waitFor(all[i].attempt).error->kind, ErrorKind::Cancelled);
  server.start();
  for (std::size_t i = 0; i < 20; ++i) EXPECT_FALSE(host.waitFor(all[i].attempt, std::chrono::seconds{120}).error);
}

}  // namespace
}  // namespace patchbay::testing
