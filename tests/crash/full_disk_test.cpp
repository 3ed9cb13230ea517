// SPDX-License-Identifier: Apache-2.0
// Real engine and workers on a disk of 8 MB that is filled and emptied while they work.
#include <gmock/gmock.h>

#include "tests/crash/crash_harness.h"
#include "tests/support/small_disk.h"

namespace patchbay {
namespace {
using test::Crashing, test::SmallDisk, test::TempFolder;
using ::testing::HasSubstr;

class FullDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    PB_NEEDS_OWN_MOUNTS("engine and workers on a disk that fills up");
    disk_ = std::make_unique<SmallDisk>(base_ / "small");
    ASSERT_TRUE(disk_->mounted());
    crashing_ = std::make_unique<Crashing>(disk_->folder() / "project");
  }
  void TearDown() override { crashing_.reset(); }
  /// A run of some 600 ms, and the disk filled under it.
  RunId pausedRun() {
    const auto run = crashing_->submit("x", 60);
    if (!run) throw std::runtime_error{describe(run.error())};
    disk_->fill();
    return *run;
  }
  TempFolder base_;
  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<Crashing> crashing_;
};

TEST_F(FullDisk, FilledAndEmptiedAtRandomMomentsNothingFailsAndNothingIsLost) {
  auto& crashing = *crashing_;
  auto& disk = *disk_;
  std::mt19937 random{7};
  int pauses = 0;
  // A run that is to find the disk full must not be over before it is, however slowly this process gets its turn: its blocks
  // last, and none of them has its result from the runs before.
  const auto blockMs = [](int i) { return i % 2 == 1 ? 50 : 10; };
  const auto numbers = [](int i) { return 10 + i; };
  for (int i = 0; i < 6; ++i) {
    // Every other time so early that the disk is certainly in the way, and until that is said.
    const bool early = i % 2 == 1;
    const auto run = crashing.submit("p" + std::to_string(i), blockMs(i), numbers(i));
    ASSERT_TRUE(run) << describe(run.error());
    if (!early) std::this_thread::sleep_for(std::chrono::milliseconds{random() % 250});
    disk.fill();
    if (early) {
      // What the run before left is cleared away meanwhile, which makes room once more.
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
      for (; crashing.heard("paused", *run) == 0 && std::chrono::steady_clock::now() < end; disk.fill())
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
      EXPECT_GT(crashing.heard("paused", *run), 0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100 + random() % 300});
    disk.fill();
    disk.empty();
    const auto done = crashing.end(*run, 60);
    EXPECT_EQ(done["state"].asText(), "done") << toJson(done);
    pauses += crashing.heard("paused", *run);
  }
  EXPECT_GE(pauses, 3);
  std::map<std::string, std::map<std::string, std::string>> after;
  for (int i = 0; i < 6; ++i) after["p" + std::to_string(i)] = crashing.complete("p" + std::to_string(i), blockMs(i), numbers(i));
  crashing.inspect();
  Crashing other;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(after.at("p" + std::to_string(i)), other.complete("p" + std::to_string(i), 0, numbers(i))) << i;
}

TEST_F(FullDisk, APausedRunSaysWhyEndsWhenAskedAndGoesOnLater) {
  auto& crashing = *crashing_;
  auto& disk = *disk_;
  const auto run = pausedRun();
  const auto paused = crashing.wait("paused", run);
  ASSERT_FALSE(paused.isNull());
  EXPECT_THAT(render(textFromValue(paused["cause"])), HasSubstr("The disk of " + disk.folder().native()));
  EXPECT_THAT(render(textFromValue(paused["hint"])), HasSubstr("goes on by itself"));
  EXPECT_LT(paused["free_bytes"].asInt(), paused["wanted_bytes"].asInt());
  // Who comes later sees it too.
  const auto shown = crashing.engine()->showRun(run);
  ASSERT_TRUE(shown) << describe(shown.error());
  EXPECT_EQ((*shown)["paused"]["folder"].asText(), paused["folder"].asText());
  // Nothing new is begun, and said so.
  const auto refused = crashing.submit("y");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "disk.full") << describe(refused.error());
  disk.fill();
  const auto asked = std::chrono::steady_clock::now();
  ASSERT_TRUE(crashing.engine()->stopRun(run, StopHow::Cancel));
  EXPECT_EQ(crashing.end(run)["state"].asText(), "cancelled");
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds{5});
  disk.empty();
  const auto after = crashing.complete("x", 60);
  crashing.inspect();
  Crashing other;
  EXPECT_EQ(after, other.complete("x"));
}

TEST_F(FullDisk, AnEngineThatIsKilledWhilePausedLosesNothing) {
  auto& crashing = *crashing_;
  auto& disk = *disk_;
  const auto run = pausedRun();
  ASSERT_FALSE(crashing.wait("paused", run).isNull());
  ::kill(crashing.pid(), SIGKILL);
  ASSERT_TRUE(crashing.waitUntilGone());
  crashing.disconnect();
  disk.empty();
  const auto after = crashing.complete("x", 60);
  crashing.inspect();
  Crashing other;
  EXPECT_EQ(after, other.complete("x"));
}

}  // namespace
}  // namespace patchbay
