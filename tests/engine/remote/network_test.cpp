// SPDX-License-Identifier: Apache-2.0
// Jobs behind a real sshd over a network that is slow, loses, breaks and is cut.
#include <gmock/gmock.h>

#include <random>

#include "tests/engine/remote/far_fixture.h"
#include "tests/support/slow_line.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

class Network : public FarFixture {
 protected:
  void SetUp() override { install(); }
  /// Text that no compression makes smaller.
  Digest putNoise(std::size_t bytes) {
    std::mt19937_64 random{7};
    TextValue text;
    text.text.resize(bytes);
    for (auto& c : text.text) c = static_cast<char>('0' + random() % 75);
    return *TextValue::save(objects, text)->save(objects);
  }
  /// Everything was told, once and in order, and the attempt ran once.
  void sawEverything(const JobSpec& job, int checkpoints) {
    EXPECT_EQ(host.countOf(job.attempt, "hello"), 1);
    EXPECT_EQ(host.countOf(job.attempt, "checkpoint"), checkpoints);
    EXPECT_EQ(host.countOf(job.attempt, "bye"), 1);
    EXPECT_EQ(host.finishes(job.attempt), 1);
    double before = 0;
    for (const auto& event : host.eventsOf(job.attempt)) {
      EXPECT_GE(event["t"].asDouble(), before);
      before = event["t"].asDouble();
    }
  }
};

TEST_F(Network, AJobOverAFifthOfASecondAndTwentySecondsOfSilence) {
  SlowLine line{server};
  line.set({.delayMs = 200});
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 100}, {"sleep_ms", 150}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  ASSERT_TRUE(eventually([&] { return host.countOf(job.attempt, "progress") > 0; }, std::chrono::seconds{60}));
  const auto claim = readClaim({farAttempt(job)});
  ASSERT_TRUE(claim);
  line.set({.delayMs = 200, .cut = true});
  std::this_thread::sleep_for(std::chrono::seconds{20});
  EXPECT_EQ(host.finishes(job.attempt), 0);
  line.set({.delayMs = 200});
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(objects.contains(result.outputs.at("chain")));
  sawEverything(job, 100);
  EXPECT_EQ(line.connections(), 1) << "the connection outlives so short a silence";
}

TEST_F(Network, StallsAndResetsCostTimeAndNothingElse) {
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.inputs["text"] = {putNoise(6 << 20)};
  tellOfObjects();
  ObjectFolder mine{folder.path() / "objects of the engine"};
  job.objectFolder = mine.root();
  SlowLine line{server};
  // A piece is a megabyte: each connection brings at least one, and what came is not sent again.
  line.set({.delayMs = 5, .stallEvery = 100, .resetAfter = 2'300'000});
  open();
  ASSERT_TRUE(far->submit(job));
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{180});
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(mine.contains(result.outputs.at("upper")));
  EXPECT_GT(line.connections(), 3);
  sawEverything(job, 0);
}

TEST_F(Network, ALineThatBreaksAgainAndAgainWhileAJobRuns) {
  SlowLine line{server};
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 120}, {"sleep_ms", 50}}, {"chain"});
  ASSERT_TRUE(far->submit(job));
  for (int i = 0; i < 6; ++i) {
    const auto heard = host.countOf(job.attempt, "checkpoint");
    ASSERT_TRUE(eventually([&] { return host.countOf(job.attempt, "checkpoint") > heard || host.finishes(job.attempt) > 0; },
                           std::chrono::seconds{60}));
    server.cutConnections();
  }
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{120});
  ASSERT_FALSE(result.error) << describe(*result.error);
  sawEverything(job, 120);
}

/// sshd behind a cable of its own.
class Cable {
 public:
  Cable() {
    // Addresses of a private net; the process's number keeps two tests apart.
    const int place = static_cast<int>(::getpid() % 16000);
    name_ = "pb" + std::to_string(place);
    const auto net = "10.231." + std::to_string(place / 64) + ".";
    here_ = net + std::to_string(place % 64 * 4 + 1);
    there = net + std::to_string(place % 64 * 4 + 2);
    ready = succeeds({"ip", "netns", "add", name_}) &&
            succeeds({"ip", "link", "add", name_ + "a", "type", "veth", "peer", "name", "far0", "netns", name_}) &&
            succeeds({"ip", "addr", "add", here_ + "/30", "dev", name_ + "a"}) && succeeds({"ip", "link", "set", name_ + "a", "up"}) &&
            succeeds({"ip", "-n", name_, "addr", "add", there + "/30", "dev", "far0"}) &&
            succeeds({"ip", "-n", name_, "link", "set", "far0", "up"});
  }
  ~Cable() {
    (void)succeeds({"ip", "link", "del", name_ + "a"});
    (void)succeeds({"ip", "netns", "del", name_});
  }
  std::vector<std::string> inside() const { return {"ip", "netns", "exec", name_}; }
  void pull() { EXPECT_TRUE(succeeds({"ip", "link", "set", name_ + "a", "down"})); }
  void plug() { EXPECT_TRUE(succeeds({"ip", "link", "set", name_ + "a", "up"})); }
  bool ready = false;
  std::string there;

 private:
  std::string name_, here_;
};

TEST_F(Network, TheCableIsPulledForTwentySeconds) {
  Cable cable;
  if (!cable.ready) GTEST_SKIP() << "NOT TESTED: a network that goes away; no namespaces or cables may be made here";
  server.daemon = {};
  server.address = cable.there;
  server.launcher = cable.inside();
  server.start();
  server.knowHost("host");
  server.writeConfig();
  open();
  const auto job = makeJob("toy.checkpointed", {{"steps", 100}, {"sleep_ms", 150}}, {"chain"});
  const auto id = far->submit(job);
  ASSERT_TRUE(eventually([&] { return host.countOf(job.attempt, "progress") > 0; }, std::chrono::seconds{60}));
  cable.pull();
  std::this_thread::sleep_for(std::chrono::seconds{20});
  EXPECT_EQ(host.finishes(job.attempt), 0);
  cable.plug();
  // TCP waits longer from try to try: the pause may last as long again.
  const auto result = host.waitFor(job.attempt, std::chrono::seconds{150});
  ASSERT_FALSE(result.error) << describe(*result.error);
  sawEverything(job, 100);
  far.reset();
  killAllIn(box.path());
  server.daemon = {};
}

}  // namespace
}  // namespace patchbay::testing
