// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/executor/attempt.h"
#include "engine/remote/slurm_calls.h"
#include "engine/run/job.h"

namespace patchbay {

/// An attempt as SlurmExecutor knows it; guarded by its mutex where two threads use it.
struct SlurmJob {
  using Clock = std::chrono::steady_clock;
  JobSpec spec;
  AttemptId id;
  AttemptFiles files;
  std::string step, claim, slurmId;
  std::string array, chain;  ///< As Batch says.
  bool more = false;
  bool handed = false;      ///< Waiting in a chain's job, which may end before its turn comes.
  bool alone = false;       ///< Arrays were refused, or its chain's job has ended.
  std::string name;         ///< Of the cluster's job; its own id or that of an array.
  std::int64_t place = -1;  ///< In the array.
  std::filesystem::path output;
  Clock::time_point came = Clock::now();
  std::string state, reason;  ///< As squeue said last.
  std::int64_t memoryBytes = 0;
  std::atomic<bool> claimed{false}, cancelled{false}, silent{false}, finished{false};
  bool unsure = false;  ///< It may have been submitted before.
  int looks = 0;
  std::deque<std::vector<std::string>> orders;  ///< scancel calls to come.
  Clock::time_point notBefore{};
  std::int64_t eventBytes = 0;
  Heartbeat last;
  Clock::time_point lastBeat = Clock::now(), lastRead{};
  std::optional<Clock::time_point> overSince;
  std::optional<Clock::time_point> runningSince;  ///< Shown as running, and did not claim its attempt.
  std::optional<bool> promised;                   ///< Whether the job's exit code says that there is a result; asked once it is over.
  bool outdone = false;                           ///< Its exit code says that another job of the cluster has the attempt's claim.

  /// What squeue says now.
  void said(std::string itsState, std::string itsReason) {
    state = std::move(itsState);
    reason = std::move(itsReason);
    since(overSince, slurmOver(state));
    since(runningSince, state == "RUNNING" && !claimed && !handed);
  }

 private:
  static void since(std::optional<Clock::time_point>& when, bool is) {
    if (!is) when.reset();
    else if (!when) when = Clock::now();
  }
};

}  // namespace patchbay
