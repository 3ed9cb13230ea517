// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/isolated_executor.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/support/executor_fixture.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

/// The project (objects, pictures, attempts) lies in one folder, the jobs in another that cannot see it.
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
  /// Stored objects are known to the engine.
  void tellOfObjects() {
    ASSERT_TRUE(objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
      host.sources[entry.digest] = objects.pathOf(entry.digest);
      return {};
    }));
  }
  TempFolder away;
  IsolatedOptions isolated;
  std::unique_ptr<IsolatedExecutor> apart;
};

TEST_F(IsolatedExecutorTest, GivesTheSameBytesWithTheProjectUnreadable) {
  std::vector<std::string> contents;
  for (int i = 0; i < 20; ++i) contents.push_back("picture " + std::to_string(i));
  for (const auto& bytes : contents) {
    const auto picture = folder.path() / ("p" + digestOf(bytes).hex().substr(0, 8));
    ASSERT_TRUE(writeFileAtomically(picture, bytes));
    host.sources[digestOf(bytes)] = picture;
  }
  auto here = makeJob("toy.items", {}, {"sums"});
  here.inputs["data"] = {putDataset(contents)};
  const auto expected = run(here);
  ASSERT_FALSE(expected.error) << describe(*expected.error);
  host.packs.clear();
  tellOfObjects();
  ObjectFolder mine{folder.path() / "objects of the engine"};
  auto there = makeJob("toy.items", {}, {"sums"});
  there.inputs = here.inputs;
  there.objectFolder = mine.root();
  const auto result = runApart(there);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(result.outputs, expected.outputs);
  EXPECT_EQ(result.itemsComputed, 20);
  const auto manifest = PortValue::load(mine, result.outputs.at("sums"));
  ASSERT_TRUE(manifest) << "outputs are back in the engine's store";
  for (const auto& [name, part] : manifest->parts) EXPECT_TRUE(mine.contains(part)) << name;
  ASSERT_EQ(host.packs.size(), 1u);
  for (const auto& pack : host.packs.begin()->second) EXPECT_TRUE(mine.contains(pack)) << "so are item packs";
  EXPECT_TRUE(fs::exists(there.attemptFolder / "result.json"));
}

TEST_F(IsolatedExecutorTest, CopiesInOnlyWhatTheJobAskedFor) {
  TextValue text;
  text.text = "needed";
  auto job = makeJob("toy.upper", {}, {"upper"});
  job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
  ASSERT_TRUE(objects.put("nobody asks for this"));
  tellOfObjects();
  const auto result = runApart(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("upper")), "NEEDED");
  const ObjectFolder inside{isolated.root / "objects"};
  EXPECT_TRUE(inside.contains(digestOf("needed")));
  EXPECT_FALSE(inside.contains(digestOf("nobody asks for this")));
}

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

TEST_F(IsolatedExecutorTest, FailsAndCrashesAreClassifiedThereToo) {
  EXPECT_EQ(runApart(makeJob("toy.crash", {{"mode", "segfault"}}, {"text"})).error->kind, ErrorKind::Crashed);
  EXPECT_EQ(runApart(makeJob("toy.crash", {{"mode", "fail"}}, {"text"})).error->kind, ErrorKind::BadInput);
}

TEST_F(IsolatedExecutorTest, AJobOutlivesItsExecutorThereToo) {
  auto job = makeJob("toy.numbers", {{"count", 20}, {"sleep_ms", 40}}, {"numbers"});
  const auto first = apart->submit(job), second = apart->submit(job);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  ASSERT_TRUE(host.waitForEvent(job.attempt, "progress"));
  apart.reset();
  open();
  const auto found = apart->find(job.attempt);
  ASSERT_TRUE(found && *found);
  const auto result = host.waitFor(job.attempt);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_TRUE(objects.contains(result.outputs.at("numbers")));
}

}  // namespace
}  // namespace patchbay::testing
