// SPDX-License-Identifier: Apache-2.0
// A training that is killed goes on from its checkpoint and ends with the weights of one that nobody disturbed.
#include <signal.h>

#include "tests/contract/real_pipeline.h"

namespace patchbay::testing {
namespace {

struct Told {
  std::vector<double> checkpoints;      ///< When, seconds since the attempt began.
  std::vector<std::int64_t> steps;      ///< Optimiser steps whose loss was told.
  double firstStep = -1, lastStep = 0;  ///< When.
  bool resumed = false;
};
Told toldBy(const std::filesystem::path& attempt) {
  Told out;
  for (const auto& event : EventTail{attempt / "events.jsonl"}.read()) {
    const auto& kind = event["event"].asText();
    if (kind == "checkpoint") out.checkpoints.push_back(event["t"].asDouble());
    if (kind == "log") out.resumed |= event["text"].asText() == "Training goes on from its last checkpoint.";
    if (kind != "metric" || event["name"].asText() != "loss") continue;
    if (out.firstStep < 0) out.firstStep = event["t"].asDouble();
    out.lastStep = event["t"].asDouble();
    out.steps.push_back(event["step"].asInt());
  }
  return out;
}

/// Waits until the n-th attempt has written a checkpoint; true then.
bool waitForCheckpoint(const RealProject& project, std::size_t nth) {
  for (int tries = 0; tries < 1500; ++tries) {
    const auto attempts = project.attempts("fine_tune");
    if (attempts.size() >= nth && !toldBy(attempts[nth - 1]).checkpoints.empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return false;
}

TEST(ResumeTrainingTest, AKilledTrainingGoesOnFromItsCheckpointToTheSameWeights) {
  const TempFolder data;
  // Long enough for two checkpoints, 20 s apart, also where 200 epochs take 8 s.
  auto request = classifyFolder(drawPictures(data.path() / "pictures", 12), {"fine_tune.epochs=1000"});
  request.to = "fine_tune";

  RealProject disturbed{RealProject::local()};
  auto run = disturbed.start(request);
  ASSERT_TRUE(waitForCheckpoint(disturbed, 1)) << "no checkpoint in the time of the test: raise the epochs";
  std::this_thread::sleep_for(std::chrono::milliseconds{1500});
  ASSERT_TRUE(disturbed.working("fine_tune", 1).signal(SIGKILL));
  // The engine tries once more by itself; then the user cancels, politely, and runs again.
  (void)disturbed.working("fine_tune", 2);
  std::this_thread::sleep_for(std::chrono::seconds{3});
  ASSERT_TRUE(disturbed.engine().stopRun(run, StopHow::Cancel));
  EXPECT_EQ(disturbed.end(run)["state"].asText(), "cancelled");
  run = disturbed.start(request);
  const auto done = disturbed.end(run);
  ASSERT_EQ(done["state"].asText(), "done") << toJson(done);

  const auto attempts = disturbed.attempts("fine_tune");
  ASSERT_EQ(attempts.size(), 3u);
  const auto first = toldBy(attempts[0]), second = toldBy(attempts[1]), third = toldBy(attempts[2]);
  EXPECT_FALSE(first.resumed);
  EXPECT_TRUE(second.resumed && third.resumed) << "both go on, and say so";
  ASSERT_FALSE(first.steps.empty() || second.steps.empty() || third.steps.empty());
  EXPECT_LE(first.checkpoints.front() - first.firstStep, 30) << "a kill costs more than 30 s of training";
  EXPECT_GT(second.steps.front(), 1) << "it began anew";
  EXPECT_LE(second.steps.front(), first.steps.back() + 1) << "steps are missing between";
  EXPECT_EQ(third.steps.front(), second.steps.back() + 1) << "a cancelled training loses nothing";

  RealProject undisturbed{RealProject::local()};
  const auto whole = undisturbed.start(request);
  const auto expected = undisturbed.end(whole);
  ASSERT_EQ(expected["state"].asText(), "done") << toJson(expected);
  EXPECT_EQ(undisturbed.attempts("fine_tune").size(), 1u);
  EXPECT_EQ(disturbed.outputs(run, done), undisturbed.outputs(whole, expected)) << "the weights differ";
  std::printf("killed after %zu steps, %.1f s after its checkpoint; resumed at step %lld, then at %lld\n", first.steps.size(),
              first.lastStep - first.checkpoints.back(), static_cast<long long>(second.steps.front()),
              static_cast<long long>(third.steps.front()));
}

}  // namespace
}  // namespace patchbay::testing
