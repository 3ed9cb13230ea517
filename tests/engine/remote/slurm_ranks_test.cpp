// SPDX-License-Identifier: Apache-2.0
// One job in several tasks of a real cluster, started by srun.
#include <gmock/gmock.h>

#include "tests/engine/remote/slurm_fixture.h"

namespace patchbay::testing {
namespace {
using ::testing::AnyOf;
using ::testing::HasSubstr;

class SlurmRanksTest : public SlurmExecutorTest {
 protected:
  SlurmRanksTest() { memoryMb *= 2; }  // For both processes together.
  JobSpec together(std::string way) {
    auto job = makeJob("toy.together", {{"ranks", 2}, {"way", std::move(way)}}, {"words"});
    TextValue text;
    text.text = "hello";
    job.inputs["text"] = {*TextValue::save(objects, text)->save(objects)};
    job.threads = 2;
    (void)objects.forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
      host.sources[entry.digest] = {objects.pathOf(entry.digest)};
      return {};
    });
    return job;
  }
};

TEST_F(SlurmRanksTest, EveryProcessIsATaskOfItsOwn) {
  open();
  const auto job = together("meet");
  const auto result = runFar(job);
  ASSERT_FALSE(result.error) << describe(*result.error);
  EXPECT_EQ(textOf(result.outputs.at("words")), "hello 1\nhello 1\n");
  EXPECT_THAT(told({"scontrol", "show", "job", "-o", slurmId(job)}), HasSubstr("NumTasks=2"));
}

TEST_F(SlurmRanksTest, TheErrorOfOneIsTheErrorOfTheJob) {
  open();
  const auto result = runFar(together("fail"));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, "toy.fail") << describe(*result.error);
}

TEST_F(SlurmRanksTest, TheDeathOfOneEndsTheJobAndIsClassified) {
  open();
  const auto job = together("crash");
  const auto result = runFar(job);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::Crashed) << describe(*result.error);
  EXPECT_TRUE(SlurmCluster::waitFor([&] { return told({"squeue", "-h", "--me", "-j", slurmId(job)}).empty(); }));
}

TEST_F(SlurmRanksTest, CancellingAndTheWarningReachTheFirst) {
  open();
  for (const auto& [how, kind] :
       {std::pair{JobSignal::Cancel, ErrorKind::Cancelled}, std::pair{JobSignal::Checkpoint, ErrorKind::TimedOut}}) {
    const auto job = together("wait");
    const auto id = far->submit(job);
    ASSERT_TRUE(id);
    ASSERT_TRUE(SlurmCluster::waitFor(
        [&] { return std::filesystem::exists(farAttempt(job) / "ranks" / "1" / "events.jsonl") && readClaim({farAttempt(job)}); }));
    ASSERT_TRUE(host.waitForEvent(job.attempt, "hello"));
    ASSERT_TRUE(far->signal(*id, how));
    const auto result = host.waitFor(job.attempt, std::chrono::seconds{90});
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->kind, kind) << describe(*result.error);
    EXPECT_TRUE(SlurmCluster::waitFor([&] { return told({"squeue", "-h", "--me", "-j", slurmId(job)}).empty(); }));
  }
}

}  // namespace
}  // namespace patchbay::testing
