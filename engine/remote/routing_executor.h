// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/executor/local_executor.h"
#include "engine/remote/remote_executor.h"
#include "engine/run/keys.h"

namespace patchbay {

/// The executor of an engine that may use several machines: jobs go where JobSpec::on says, everything else to whoever has the
/// attempt. Other machines are connected to when the first job or question for them comes.
class RoutingExecutor final : public Executor {
 public:
  using MakeRemote = std::function<Result<std::unique_ptr<RemoteExecutor>>(const std::string& name)>;
  /// What is written of a machine just now, in any words; nothing when it is on no list.
  using Described = std::function<std::string(const std::string& name)>;
  /// `described`: a machine whose words change is connected to anew, when the next job or question for it comes; empty: none changes.
  RoutingExecutor(std::unique_ptr<LocalExecutor> local, std::filesystem::path attemptsFolder, MakeRemote make, Described described = {});

  Value capabilities() override { return local_->capabilities(); }
  Result<std::string> submit(const JobSpec& job) override;
  Result<std::optional<std::string>> find(const AttemptId& attempt) override;
  std::vector<JobState> poll(std::span<const std::string> externalIds) override;
  Result<> signal(const std::string& externalId, JobSignal what) override;
  Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) override;
  Result<> cleanup(const AttemptId& attempt) override;
  Result<> sweep(std::span<const AttemptId> keep) override;

  /// What a machine is, for plans and keys, and whether it has a queue of its own.
  Result<std::pair<Machine, bool>> place(const std::string& name);
  /// {"do": "machine_facts" | "machine_load" | "machine_jobs" | "machine_log" (attempt, offset) | "machine_cancel" (attempt) |
  /// "machine_clean" (dry_run), "name"}; service/README.md has the answers.
  Result<Value> request(const Value& request);

 private:
  Result<std::shared_ptr<RemoteExecutor>> remote(const std::string& name);
  void dropIfChanged(const std::string& name);
  /// Where an attempt runs by what was written down before it was sent; "" here.
  std::string placeOfAttempt(const AttemptId& attempt) const;
  Executor* of(const std::string& externalId, std::shared_ptr<RemoteExecutor>& keep);

  std::unique_ptr<LocalExecutor> local_;
  std::filesystem::path attemptsFolder_;
  MakeRemote make_;
  Described described_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<RemoteExecutor>> remotes_;
  std::map<std::string, std::string> descriptions_;  ///< Of those in remotes_, when they were made.
};

/// The id by which a machine of the list knows a project: of an id made once in the project, and anew for a copy of its folder, and
/// the machine's name. Two entries for one host so have attempts of their own there and never end each other's.
Result<std::string> instanceOf(const std::filesystem::path& project, const std::string& machine);

}  // namespace patchbay
