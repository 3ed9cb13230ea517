// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>

#include "engine/executor/zygote.h"
#include "engine/run/executor.h"

namespace patchbay {

struct LocalExecutorOptions {
  ZygoteOptions zygote;
  /// Attempt folders lie here under their attempt's id; where find(), sweep() and a later executor look for them.
  std::filesystem::path attemptsFolder;
  std::chrono::milliseconds heartbeatTimeout{30'000};  ///< No heartbeat for so long: the process is frozen.
  std::chrono::milliseconds quietTimeout{600'000};     ///< The block asks and tells nothing and uses no processor: it hangs.
  std::chrono::milliseconds cancelGrace{10'000};       ///< From being asked to end to being killed.
  std::int64_t memoryBytes = 0;                        ///< What jobs may use; 0: what the machine has. For classifying only.
};

/// Runs jobs as processes of this machine. External ids are attempt ids.
///
/// A job does not need the executor that started it: when that goes, the job goes on and writes events.jsonl and result.json,
/// and the next executor on the same attempts folder takes it up again with find() or submit(). Its events are then told from
/// the beginning, and onFinished() comes as ever. JobHost is called on threads of the executor, without locks; events and the
/// end of one attempt are told in order. Heartbeats come as {"event": "heartbeat", "memory", "peak", "cpu", "quiet"}.
class LocalExecutor final : public Executor {
 public:
  LocalExecutor(LocalExecutorOptions options, JobHost& host);
  /// Lets go of the jobs; they go on.
  ~LocalExecutor() override;

  Value capabilities() override;
  Result<std::string> submit(const JobSpec& job) override;
  /// Takes up an attempt that an earlier executor started. nullopt: no worker has claimed it.
  Result<std::optional<std::string>> find(const AttemptId& attempt) override;
  std::vector<JobState> poll(std::span<const std::string> externalIds) override;
  /// Checkpoint is Unsupported: blocks write theirs as they go. Keep and Cancel ask; a second Cancel does not wait.
  Result<> signal(const std::string& externalId, JobSignal what) override;
  Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) override;
  /// Removes what an ended attempt left outside its folder and its scratch files; events, log and result stay. Busy while it runs.
  Result<> cleanup(const AttemptId& attempt) override;
  Result<> sweep(std::span<const AttemptId> keep) override;

  /// For live workers.
  std::shared_ptr<Zygote> zygote() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
