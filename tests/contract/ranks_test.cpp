// SPDX-License-Identifier: Apache-2.0
// One step trained by two processes: the real block, pack and worker.
#include <gmock/gmock.h>
#include <signal.h>

#include <charconv>

#include "tests/contract/real_pipeline.h"

namespace patchbay::testing {
namespace {
namespace fs = std::filesystem;

RunRequest inTwo(const fs::path& pictures, std::vector<std::string> sets) {
  sets.insert(sets.end(), {"fine_tune.ranks=2", "fine_tune.batch=8"});
  auto request = classifyFolder(pictures, std::move(sets));
  request.to = "fine_tune";
  return request;
}

/// Processes whose parent is this one.
std::vector<pid_t> childrenOf(pid_t parent) {
  std::vector<pid_t> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{"/proc", ec}) {
    const auto stat = readFile(entry.path() / "stat", 10'000);
    const auto at = stat ? stat->rfind(") ") : std::string::npos;
    if (at == std::string::npos) continue;
    pid_t above = 0;
    std::from_chars(stat->data() + at + 4, stat->data() + stat->size(), above);
    if (above == parent) out.push_back(static_cast<pid_t>(std::strtol(entry.path().filename().c_str(), nullptr, 10)));
  }
  return out;
}

bool tells(const fs::path& attempt, std::string_view metric) {
  for (const auto& event : EventTail{attempt / "events.jsonl"}.read())
    if (event["event"].asText() == "metric" && event["name"].asText() == metric) return true;
  return false;
}

TEST(RanksContract, EveryMethodTrainsInTwoProcesses) {
  const TempFolder data;
  const auto pictures = drawPictures(data.path() / "pictures", 12);
  for (const auto* method : {"last_stages", "full"}) {
    RealProject project{RealProject::local()};
    const auto run = project.start(inTwo(pictures, {std::string{"fine_tune.method="} + method, "fine_tune.batch_norm=train"}));
    const auto done = project.end(run);
    ASSERT_EQ(done["state"].asText(), "done") << toJson(done);
    const auto attempts = project.attempts("fine_tune");
    ASSERT_EQ(attempts.size(), 1u);
    EXPECT_TRUE(tells(attempts[0], "loss") && tells(attempts[0], "validation_accuracy"));
    EXPECT_TRUE(project.outputs(run, done).contains("fine_tune.model"));
  }
}

TEST(RanksContract, WhenOneIsKilledTheStepIsTriedAgainToTheSameWeights) {
  const TempFolder data;
  const auto request = inTwo(drawPictures(data.path() / "pictures", 12), {"fine_tune.epochs=15"});
  RealProject disturbed{RealProject::local()};
  const auto run = disturbed.start(request);
  const auto first = disturbed.working("fine_tune", 1);
  const auto attempt = disturbed.attempts("fine_tune")[0];
  for (int tries = 0; tries < 600 && !tells(attempt, "loss"); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds{50});
  const auto others = childrenOf(first.pid);
  ASSERT_EQ(others.size(), 1u);
  ASSERT_EQ(::kill(others[0], SIGKILL), 0);
  const auto done = disturbed.end(run);
  ASSERT_EQ(done["state"].asText(), "done") << toJson(done);
  ASSERT_EQ(disturbed.attempts("fine_tune").size(), 2u);
  const auto result = readResult(attempt, readClaim({attempt})->nonce);
  ASSERT_TRUE(result && *result && (*result)->error);
  EXPECT_EQ((*result)->error->kind, ErrorKind::Crashed) << describe(*(*result)->error);
  EXPECT_THAT(describe(*(*result)->error), ::testing::HasSubstr("process 2"));
  EXPECT_TRUE(childrenOf(first.pid).empty());

  RealProject undisturbed{RealProject::local()};
  const auto whole = undisturbed.start(request);
  const auto expected = undisturbed.end(whole);
  ASSERT_EQ(expected["state"].asText(), "done") << toJson(expected);
  EXPECT_EQ(disturbed.outputs(run, done), undisturbed.outputs(whole, expected)) << "the weights differ";
}

}  // namespace
}  // namespace patchbay::testing
