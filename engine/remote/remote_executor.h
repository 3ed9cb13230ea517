// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/remote/box.h"
#include "engine/run/executor.h"

namespace patchbay {

struct RemoteOptions {
  MachineEntry machine;
  std::filesystem::path worker;        ///< patchbay-worker of this installation: what is sent.
  std::filesystem::path allowedPacks;  ///< May be empty.
  std::string version;
  std::string instance;                  ///< ULID of the project here; see SupervisorOptions.
  std::filesystem::path attemptsFolder;  ///< Of the project.
  std::chrono::milliseconds backoff{500}, longestBackoff{30'000};
};

/// Runs jobs on another machine: an SSH box, or a Slurm cluster reached through SSH or from here. External ids are
/// "<machine>:<attempt>".
///
/// submit() writes the intent (remote.json in the attempt's folder here) and returns; a thread connects, sends what the job asks
/// for by digest, follows its events by offset and fetches what it made before the end is told. A lost connection is no failure:
/// the job goes on, is Unknown meanwhile, and is taken up again, by this executor or by another one with the same folder. What
/// can be mended by nobody but the user (key unknown, no room, worker not there) fails the job, with words that say how.
class RemoteExecutor final : public Executor {
 public:
  RemoteExecutor(RemoteOptions options, JobHost& host);
  /// Lets go of the jobs; they go on.
  ~RemoteExecutor() override;

  Value capabilities() override;
  Result<std::string> submit(const JobSpec& job) override;
  Result<std::optional<std::string>> find(const AttemptId& attempt) override;
  std::vector<JobState> poll(std::span<const std::string> externalIds) override;
  Result<> signal(const std::string& externalId, JobSignal what) override;
  Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) override;
  Result<> cleanup(const AttemptId& attempt) override;
  Result<> sweep(std::span<const AttemptId> keep) override;

  /// Connects if need be and asks what the machine is: machineFacts().
  Result<Value> facts(std::chrono::seconds within = std::chrono::seconds{60});
  /// Any request of wire.h that needs no bytes.
  Result<Value> ask(Value request, std::chrono::seconds within = std::chrono::seconds{60});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// File of an attempt's folder that says where it runs: {"on", "job", "sent"}.
inline constexpr std::string_view remoteFile = "remote.json";

}  // namespace patchbay
