// SPDX-License-Identifier: Apache-2.0
// Jobs that several processes compute, on the real worker.
#include "engine/executor/ranks.h"

#include <gmock/gmock.h>

#include "tests/support/executor_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class RanksJobTest : public ExecutorFixture {
 protected:
  JobSpec together(std::string way, std::int64_t ranks = 3) {
    auto job = makeJob("toy.together", {{"ranks", ranks}, {"way", std::move(way)}}, {"words"});
    TextValue text;
    text.text = "hello";
    job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
    job.threads = 6;
    return job;
  }
  /// Processes below one, zombies left out.
  static bool alive(pid_t pid) {
    const auto process = ProcessIdentity::of(pid);
    return process && process->alive();
  }
  std::vector<pid_t> group(pid_t leader) {
    std::vector<pid_t> out;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator{"/proc", ec}) {
      const auto pid = static_cast<pid_t>(std::strtol(entry.path().filename().c_str(), nullptr, 10));
      if (pid > 0 && ::getpgid(pid) == leader && alive(pid)) out.push_back(pid);
    }
    return out;
  }
};

TEST_F(RanksJobTest, EveryProcessReadsTheInputAndTheFirstPublishes) {
  const auto job = together("meet");
  const auto result = run(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("words")), "hello 2\nhello 2\nhello 2\n") << "a share of the threads each";
  EXPECT_FALSE(fs::exists(job.attemptFolder / "ranks"));
  EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
  EXPECT_EQ(host.countOf(job.attempt, "bye"), 1);
}

TEST_F(RanksJobTest, OneProcessIsTheRule) {
  EXPECT_EQ(ranksOf(makeJob("toy.numbers", {}, {})), 1);
  EXPECT_EQ(ranksOf(together("meet", 1)), 1);
  const auto result = run(together("meet", 1));
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("words")), "hello 6\n");
}

TEST_F(RanksJobTest, OthersAskTheFirstForWhatLiesElsewhere) {
  auto job = together("meet", 2);
  // The manifest is stored, what it names lies where only the engine knows.
  const auto manifest = job.inputs["text"][0];
  const auto value = PortValue::load(objects, manifest);
  for (const auto& [name, digest] : value->parts) {
    const auto elsewhere = folder.path() / digest.hex();
    ASSERT_TRUE(writeFileAtomically(elsewhere, objects.open(digest)->text()));
    const auto hex = digest.hex();
    fs::permissions(objects.root(), fs::perms::owner_all);
    fs::remove(objects.root() / hex.substr(0, 2) / hex.substr(2));
    host.sources[digest] = {elsewhere};
  }
  const auto result = run(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("words")), "hello 3\nhello 3\n");
}

TEST_F(RanksJobTest, TheDeathOfOneIsToldAsWhatItWas) {
  const auto job = together("crash");
  const auto result = run(job);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::Crashed) << describe(*result.error);
  EXPECT_THAT(describe(*result.error), HasSubstr("process 3"));
}

TEST_F(RanksJobTest, TheErrorOfOneIsTheErrorOfTheJob) {
  const auto result = run(together("fail"));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, "toy.fail") << describe(*result.error);
}

TEST_F(RanksJobTest, CancellingAndKillingEndAllOfThem) {
  for (const auto how : {JobSignal::Cancel, JobSignal::Kill}) {
    fs::remove_all(folder.path() / "meeting");
    const auto job = together("wait");
    const auto id = executor->submit(job);
    ASSERT_TRUE(id);
    ASSERT_TRUE(eventually([&] { return fs::exists(folder.path() / "meeting" / "2"); }, std::chrono::seconds{60}));
    const auto claim = readClaim({job.attemptFolder});
    ASSERT_TRUE(claim);
    EXPECT_EQ(group(claim->process.pid).size(), 3u);
    ASSERT_TRUE(executor->signal(*id, how));
    EXPECT_EQ(host.waitFor(job.attempt).error->kind, ErrorKind::Cancelled);
    EXPECT_TRUE(eventually([&] { return group(claim->process.pid).empty(); }, std::chrono::seconds{30}));
  }
}

}  // namespace
}  // namespace patchbay::testing
