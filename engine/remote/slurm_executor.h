// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/run/executor.h"

namespace patchbay {

struct SlurmOptions {
  std::filesystem::path attemptsFolder;  ///< On a file system that nodes and login node share.
  std::filesystem::path program;         ///< What runs a job: PROGRAM job job.json.
  std::filesystem::path allowedPacks;    ///< For the program; may be empty.
  std::string instance;                  ///< Stands in every job's comment.
  /// What the user asks of the cluster: {"partition", "account", "time", "gres", "constraint", "memory_mb"}, all optional.
  Value wishes;
  std::chrono::milliseconds squeueEvery{15'000};
  std::chrono::seconds linger{20};          ///< How long a chain's job waits for its next step.
  std::chrono::milliseconds lease{90'000};  ///< A running job whose heartbeat stands still for so long is lost.
  std::chrono::seconds beginWithin{180};    ///< As is one that is shown as running for so long and has not begun: its node lost it.
};

/// Runs jobs on a Slurm cluster by sbatch, squeue and scancel. External ids are attempt ids.
///
/// JobSpec::queue may ask for more than one job an attempt (see Batch): attempts of the same `array` that come together are sent as
/// one array; an attempt whose `chain` has `more` keeps its job, and the chain's next attempt, when it comes within `linger`, is run
/// there. Either way every attempt has its own claim, events and result.
///
/// The intent is written before sbatch is called and the job is named by its attempt, so that after a crash it is found again.
/// What is believed of a job, in this order: result.json, squeue (one call for all jobs, at most every 15 s), scontrol; it is
/// lost only when its lease has run out. A job that the cluster runs twice is fenced by the attempt's claim file. Jobs are never
/// requeued by Slurm: who tries again makes another attempt. JobHost is called on a thread of the executor.
class SlurmExecutor final : public Executor {
 public:
  SlurmExecutor(SlurmOptions options, JobHost& host);
  ~SlurmExecutor() override;

  void setWishes(const Value& wishes);
  Value capabilities() override;
  /// Writes the intent and returns; a controller that does not answer is asked again until it does.
  Result<std::string> submit(const JobSpec& job) override;
  Result<std::optional<std::string>> find(const AttemptId& attempt) override;
  std::vector<JobState> poll(std::span<const std::string> externalIds) override;
  Result<> signal(const std::string& externalId, JobSignal what) override;
  Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) override;
  Result<> cleanup(const AttemptId& attempt) override;
  Result<> sweep(std::span<const AttemptId> keep) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// How a job ended that left no result, from what Slurm says and what we saw ourselves.
struct SlurmEvidence {
  std::string step, state, reason;
  int exitCode = 0, signal = 0;
  std::int64_t peakMemoryBytes = 0, memoryBytes = 0;
  bool cancelled = false, silent = false;
};
Error judgeSlurm(const SlurmEvidence& evidence);

/// {"cores"?: what every node of the partition has that jobs go to, "partitions": [{"name", "state", "time", "nodes", "cpus", "memory_mb",
/// "gres", "features"}], "accounts": [name], "version", "error"?, "refused"?}: what a cluster offers, and what it says of a job with these
/// wishes (a machine's entry; null: not asked).
Value slurmFacts(const Value& wishes);
/// {"running", "pending": of everybody, "jobs": [{"id", "state", "reason", "partition", "time", "attempt"}]: this user's, a hundred
/// at most; the attempt is the job's name, for arrays that of the array}.
Value slurmQueue();

}  // namespace patchbay
