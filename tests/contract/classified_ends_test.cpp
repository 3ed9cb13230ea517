// SPDX-License-Identifier: Apache-2.0
// Workers of a real training that hang, crash or are killed: an error on their block, and the engine goes on.
#include <signal.h>

#include "tests/contract/real_pipeline.h"

namespace patchbay::testing {
namespace {

class ClassifiedEndsTest : public ::testing::Test {
 protected:
  RunRequest training(std::vector<std::string> sets = {}) {
    auto request = classifyFolder(data_.path() / "pictures", std::move(sets));
    request.to = "fine_tune";
    return request;
  }
  void SetUp() override { drawPictures(data_.path() / "pictures", 6); }
  TempFolder data_;
};

TEST_F(ClassifiedEndsTest, AHangACrashAndAKillAreToldApartAndTheEngineGoesOn) {
  LocalExecutorOptions options;
  options.heartbeatTimeout = std::chrono::milliseconds{2500};
  RealProject project{RealProject::local(options)};
  const auto endless = training({"fine_tune.epochs=10000"});

  // A stopped process gives no sign of life.
  auto run = project.start(endless);
  ASSERT_TRUE(project.working("fine_tune", 1).signal(SIGSTOP));
  auto done = project.end(run);
  EXPECT_EQ(done["state"].asText(), "failed");
  auto error = RealProject::errorOf(done, "fine_tune");
  EXPECT_EQ(error.kind, ErrorKind::TimedOut) << describe(error);
  EXPECT_EQ(error.code, "worker.hung");
  EXPECT_FALSE(error.hint.empty());
  EXPECT_EQ(RealProject::states(done).at("split"), "ran");

  // A crash gets one more try; the second one is the user's to know.
  run = project.start(endless);
  ASSERT_TRUE(project.working("fine_tune", 2).signal(SIGABRT));  // Sanitizers make an exit code of SIGSEGV.
  ASSERT_TRUE(project.working("fine_tune", 3).signal(SIGABRT));
  done = project.end(run);
  error = RealProject::errorOf(done, "fine_tune");
  EXPECT_EQ(error.kind, ErrorKind::Crashed) << describe(error);
  EXPECT_NE(describe(error).find("SIGABRT"), std::string::npos) << describe(error);
  EXPECT_NE(describe(error).find("fine_tune"), std::string::npos) << describe(error);
  EXPECT_EQ(RealProject::states(done).at("split"), "cached");

  run = project.start(endless);
  ASSERT_TRUE(project.working("fine_tune", 4).signal(SIGKILL));
  ASSERT_TRUE(project.working("fine_tune", 5).signal(SIGKILL));
  done = project.end(run);
  error = RealProject::errorOf(done, "fine_tune");
  EXPECT_EQ(error.kind, ErrorKind::Crashed) << describe(error);
  EXPECT_NE(describe(error).find("killed from outside"), std::string::npos) << describe(error);

  // The same engine, the same project: nothing is left behind.
  run = project.start(training());
  done = project.end(run);
  EXPECT_EQ(done["state"].asText(), "done") << toJson(done);
  EXPECT_EQ(RealProject::states(done).at("backbone"), "cached");
}

TEST_F(ClassifiedEndsTest, AKillWhileMemoryIsShortIsOutOfMemoryAndIsNotTriedAgain) {
  LocalExecutorOptions options;
  options.memoryBytes = std::int64_t{64} << 20;  // A training needs more; the kernel's kill is played by the test.
  RealProject project{RealProject::local(options)};
  const auto run = project.start(training({"fine_tune.epochs=10000"}));
  ASSERT_TRUE(project.working("fine_tune", 1).signal(SIGKILL));
  const auto error = RealProject::errorOf(project.end(run), "fine_tune");
  EXPECT_EQ(error.kind, ErrorKind::OutOfMemory) << describe(error);
  EXPECT_EQ(project.attempts("fine_tune").size(), 1u);
}

}  // namespace
}  // namespace patchbay::testing
