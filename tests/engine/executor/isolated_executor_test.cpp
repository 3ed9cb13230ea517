// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/isolated_executor.h"

#include <gmock/gmock.h>

#include "tests/support/executor_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

/// The project (objects, pictures, attempts) lies in one folder, the jobs in another that cannot see it. That they run all the same is
/// the contract of all executors: see remote/executor_conformance_test.cpp.
class IsolatedExecutorTest : public ExecutorFixture {
 protected:
  IsolatedExecutorTest() {
    fs::create_directories(away.path() / "allowed");
    isolated.zygote = options.zygote;
    isolated.zygote.allowedPacks = allowToyPack(away.path() / "allowed");
    isolated.zygote.log = away.path() / "zygote.log";
    isolated.root = away.path() / "root";
    isolated.hidden = {folder.path()};
    open();
  }
  ~IsolatedExecutorTest() override { apart.reset(); }
  void open() { apart = std::make_unique<IsolatedExecutor>(isolated, host); }
  JobResult runApart(const JobSpec& job) {
    const auto id = apart->submit(job);
    if (!id) {
      ADD_FAILURE() << describe(id.error());
      return {};
    }
    return host.waitFor(job.attempt);
  }
  TempFolder away;
  IsolatedOptions isolated;
  std::unique_ptr<IsolatedExecutor> apart;
};

TEST_F(IsolatedExecutorTest, TheWorkersCannotSeeTheProject) {
  ASSERT_TRUE(writeFileAtomically(folder.path() / "secret", "x"));
  ASSERT_FALSE(runApart(makeJob("toy.numbers", {{"count", 1}}, {"numbers"})).error);
  auto job = makeJob("toy.crash", {{"mode", "hang"}}, {"text"});
  ASSERT_TRUE(apart->submit(job));
  ASSERT_TRUE(host.waitForEvent(job.attempt, "log"));
  const auto claim = readClaim({isolated.root / "attempts" / job.attempt.text});
  ASSERT_TRUE(claim);
  // The folder as that process sees it.
  const auto root = fs::path{"/proc"} / std::to_string(claim->process.pid) / "root";
  std::error_code ec;
  ASSERT_TRUE(fs::exists(root / isolated.root.relative_path() / "attempts", ec));
  EXPECT_FALSE(fs::exists(root / folder.path().relative_path() / "secret", ec));
  EXPECT_TRUE(fs::exists(folder.path() / "secret"));
  ASSERT_TRUE(apart->signal(job.attempt.text, JobSignal::Kill));
  EXPECT_EQ(host.waitFor(job.attempt).error->kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace patchbay::testing
