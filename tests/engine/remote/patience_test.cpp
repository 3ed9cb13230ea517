// SPDX-License-Identifier: Apache-2.0
// What can neither be said nor brought just now is tried again, nothing waits for ever, and nobody is kept waiting.
#include <gmock/gmock.h>

#include <future>

#include "engine/remote/far_store.h"
#include "tests/engine/remote/far_fixture.h"
#include "tests/support/small_disk.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Patience : public FarFixture {
 protected:
  void SetUp() override { install(); }
  /// Whether a phase of the job's progress says this.
  bool said(const JobSpec& job, std::string_view words) {
    const auto events = host.eventsOf(job.attempt);
    return std::any_of(events.begin(), events.end(), [&](const Value& e) {
      return e["event"].asText() == "progress" && toJson(e["phase"]).find(words) != std::string::npos;
    });
  }
};

TEST_F(Patience, AnAnswerThatCannotBeStoredThereIsGivenAgain) {
  auto job = makeJob("toy.items", {}, {"sums"});
  job.on = "box";
  const auto picture = folder.path() / "picture";
  writeText(picture, "a picture");
  job.inputs["data"] = {putDataset({"a picture"})};
  tellOfObjects();
  host.sources[digestOf("a picture")] = {picture};
  // In the place of the first answer lies what cannot be replaced.
  const auto inTheWay = farAttempt(job) / "answers" / "1.json";
  fs::create_directories(inTheWay / "something");
  open();
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(eventually([&] { return said(job, "cannot store what the job asked for"); }, std::chrono::seconds{60}));
  EXPECT_EQ(host.finishes(job.attempt), 0);
  // The question outlives the connection it was asked over.
  server.cutConnections();
  fs::remove_all(inTheWay);
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1) << "by the same attempt";
}

TEST_F(Patience, AResultThatFindsNoRoomHereIsBroughtWhenThereIsSome) {
  PB_NEEDS_OWN_MOUNTS("a full disk of the project");
  TextValue text;
  std::string noise(3 << 20, ' ');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>('a' + i * i % 23);
  text.text = noise;
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.on = "box";
  job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
  tellOfObjects();
  const test::SmallDisk disk{folder.path() / "small"};
  ASSERT_TRUE(disk.mounted());
  ObjectFolder mine{folder.path() / "small" / "objects"};
  fs::create_directories(mine.root());
  job.objectFolder = mine.root();
  disk.fill(100'000);
  open();
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(eventually([&] { return said(job, "room on this machine"); }, std::chrono::seconds{60}));
  EXPECT_EQ(host.finishes(job.attempt), 0) << "nothing that was computed is thrown away";
  disk.empty();
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{60});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(mine.contains(result.outputs.at("upper")));
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
}

TEST_F(Patience, WhoLeavesDoesNotWaitForAMachineThatStandsStill) {
  open();
  ASSERT_TRUE(far->facts());
  for (const auto pid : processesIn(box.path())) ::kill(pid, SIGSTOP);
  // The thread is in the middle of a question.
  ASSERT_TRUE(far->submit(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})));
  EXPECT_EQ(far->ask(Value::Map{{"op", "load"}}, std::chrono::seconds{1}).error().code, "remote.slow");
  const auto begin = std::chrono::steady_clock::now();
  far.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{60}) << "it would have waited five minutes for an answer";
  for (const auto pid : processesIn(box.path())) ::kill(pid, SIGCONT);
}

TEST_F(Patience, WhatNobodyWaitsForAnyMoreIsNotDoneLater) {
  open();
  ASSERT_TRUE(far->facts());
  auto job = makeJob("toy.checkpointed", {{"steps", 6000}, {"sleep_ms", 20}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "checkpoint"));
  for (const auto pid : processesIn(box.path()))
    if (const auto line = readFile("/proc/" + std::to_string(pid) + "/cmdline"); line && line->find("supervise") != std::string::npos)
      ::kill(pid, SIGSTOP);
  // One question is on its way; the other one has not left when its asker gives up.
  auto first = std::async(std::launch::async, [&] { return far->ask(Value::Map{{"op", "load"}}, std::chrono::seconds{60}); });
  std::this_thread::sleep_for(std::chrono::seconds{2});
  const Value cancel{Value::Map{{"op", "signal"}, {"attempt", job.attempt.text}, {"what", static_cast<std::int64_t>(JobSignal::Cancel)}}};
  EXPECT_EQ(far->ask(cancel, std::chrono::seconds{1}).error().code, "remote.slow");
  for (const auto pid : processesIn(box.path())) ::kill(pid, SIGCONT);
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(far->facts());
  EXPECT_EQ(host.finishes(job.attempt), 0) << "it was said that it failed";
  ASSERT_TRUE(far->signal("box:" + job.attempt.text, JobSignal::Kill));
  host.waitFor(job.attempt);
}

TEST_F(Patience, CleaningUpTakesWorkersOfOtherVersionsAndSparesThisOne) {
  open();
  ASSERT_TRUE(far->facts());
  const auto own = fs::directory_iterator { box.path() / "bin" } -> path();
  // An older version's files are in the pool as well, one of them in both.
  const auto old = box.path() / "bin" / "0.1-0123456789abcdef";
  fs::create_directories(old / "bin");
  writeText(box.path() / "pool" / "aaaa", std::string(1 << 20, 'a'));
  fs::create_hard_link(box.path() / "pool" / "aaaa", old / "bin" / "patchbay-worker");
  const auto shared = own / "lib" / "patchbay" / "libpatchbay_base.so";
  fs::create_hard_link(shared, old / "library");
  const auto clean = [&](bool dryRun) {
    const auto said = far->ask(Value::Map{{"op", "clean"}, {"dry_run", dryRun}});
    return said ? *said : Value{};
  };
  EXPECT_EQ(clean(false)["versions"].asInt(), 0) << "it was put there today";
  const auto before = fs::file_time_type::clock::now() - std::chrono::hours{48};
  fs::last_write_time(old, before);
  fs::last_write_time(own, before);
  const auto preview = clean(true);
  EXPECT_EQ(preview["versions"].asInt(), 1);
  EXPECT_EQ(preview["bytes"].asInt(), 1 << 20);
  EXPECT_TRUE(fs::exists(old));
  EXPECT_EQ(clean(false)["bytes"].asInt(), 1 << 20);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_FALSE(fs::exists(box.path() / "pool" / "aaaa"));
  EXPECT_TRUE(fs::exists(shared));
  EXPECT_FALSE(runFar(makeJob("toy.numbers", {{"count", 2}}, {"numbers"})).error);
}

}  // namespace
}  // namespace patchbay::testing
