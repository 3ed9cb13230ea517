// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <mutex>

#include "tests/crash/crash_harness.h"

namespace patchbay {
namespace {
using test::Crashing;

class KillPointTest : public ::testing::TestWithParam<KillPoint> {};

std::string nameOf(KillPoint point) {
  for (const auto& [p, name] : killPoints)
    if (p == point) return std::string{name};
  return "?";
}
bool ofWorker(KillPoint p) { return p == KillPoint::ObjectWritten || p == KillPoint::ObjectRenamed || p == KillPoint::ResultWritten; }
bool ofGc(KillPoint p) { return p == KillPoint::GcRowsRemoved || p == KillPoint::GcObjectRemoved; }

/// A project as the first version of its format left it.
void makeOldProject(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  auto db = Database::open(folder / "project.db", Database::Mode::ReadWrite);
  ASSERT_TRUE(db);
  ASSERT_TRUE(migrate(**db, {migration001}, projectApplicationId, folder / "backups"));
}

TEST_P(KillPointTest, NothingIsLost) {
  const auto point = GetParam();
  const auto wanted = [] {
    Crashing undisturbed;
    return undisturbed.complete("x");
  }();
  ASSERT_EQ(wanted.size(), 4u);
  Crashing crashing;
  if (point == KillPoint::MigrateBackedUp) makeOldProject(crashing.project());
  if (ofGc(point)) {
    crashing.complete("w");
    ASSERT_TRUE(crashing.engine()->shutdown(true));
    crashing.disconnect();
    ASSERT_TRUE(crashing.waitUntilGone());
  }
  ::setenv("PATCHBAY_KILL_POINT", nameOf(point).c_str(), 1);
  bool killed = false;
  if (const auto run = crashing.submit("x"); !run) {
    killed = run.error().kind == ErrorKind::Unreachable;
    EXPECT_TRUE(killed) << describe(run.error());
  } else {
    const auto done = crashing.end(*run);
    killed = done["event"].asText() == "disconnected";
    if (ofWorker(point)) {
      // The engine lives, and has an error where the worker died; unless the result was whole by then.
      EXPECT_FALSE(killed);
      killed = point == KillPoint::ResultWritten || done["state"].asText() == "failed";
    }
    if (ofGc(point)) {
      GcRequest gc;
      gc.dryRun = false;
      gc.keepRuns = 1;
      gc.graceSeconds = -10;
      const auto collected = crashing.engine()->gc(gc);
      killed = !collected && collected.error().kind == ErrorKind::Unreachable;
    }
  }
  EXPECT_TRUE(killed) << "the kill point was never reached";
  ::unsetenv("PATCHBAY_KILL_POINT");
  if (ofWorker(point) && crashing.engine()) (void)crashing.engine()->shutdown(true);
  crashing.disconnect();
  ASSERT_TRUE(crashing.waitUntilGone());
  EXPECT_EQ(crashing.complete("x"), wanted);
  crashing.inspect();
}

INSTANTIATE_TEST_SUITE_P(Every, KillPointTest, ::testing::ValuesIn([] {
                           std::vector<KillPoint> all;
                           for (const auto& [point, name] : killPoints) all.push_back(point);
                           return all;
                         }()),
                         [](const auto& each) {
                           auto name = nameOf(each.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(RandomKills, TwentyLoseNothing) { test::killAtRandom(20, 1); }

TEST(Engines, OnlyOneOfManyClientsAtOnceStartsOne) {
  Crashing crashing;
  ASSERT_TRUE(crashing.connect());
  ConnectOptions options;
  options.engineProgram = testing::buildFolder() / "bin" / "patchbay-engine";
  const auto other = std::filesystem::path{crashing.project().native() + "-other"};
  std::vector<std::thread> clients;
  std::mutex mutex;
  std::set<std::int64_t> pids;
  for (int i = 0; i < 6; ++i)
    clients.emplace_back([&] {
      const auto engine = connectEngine(other, options);
      ASSERT_TRUE(engine) << describe(engine.error());
      const auto info = (*engine)->info();
      ASSERT_TRUE(info);
      const std::scoped_lock lock{mutex};
      pids.insert((*info)["pid"].asInt());
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(pids.size(), 1u);
}

TEST(Engines, EndsByItselfWhenNobodyIsThere) {
  Crashing crashing;
  ASSERT_TRUE(crashing.connect());
  crashing.disconnect();
  EXPECT_TRUE(crashing.waitUntilGone());
}

TEST(Engines, AnotherOwnerIsNamed) {
  Crashing crashing;
  const auto owner = Project::open(crashing.project());
  ASSERT_TRUE(owner);
  const auto refused = crashing.connect(3000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Busy);
  EXPECT_NE(describe(refused.error()).find(std::to_string(::getpid())), std::string::npos) << describe(refused.error());
}

}  // namespace
}  // namespace patchbay
