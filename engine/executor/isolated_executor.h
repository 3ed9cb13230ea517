// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/executor/local_executor.h"

namespace patchbay {

struct IsolatedOptions {
  ZygoteOptions zygote;
  /// Where the jobs live: an empty folder, or one that an executor with the same options used before.
  std::filesystem::path root;
  /// Folders that the workers must not see, the project first of all. Needs bubblewrap when there are any.
  std::vector<std::filesystem::path> hidden;
};

/// Runs jobs as another machine would: in a folder of their own with an object store of their own. What a job asks for is
/// copied in by digest, what it made (outputs with all their parts, item packs, exports, result.json) is copied back before
/// the end is told. Proves that blocks need no shared disk; the way SSH executors work, without the network.
class IsolatedExecutor final : public Executor {
 public:
  IsolatedExecutor(const IsolatedOptions& options, JobHost& host);
  ~IsolatedExecutor() override;

  Value capabilities() override;
  Result<std::string> submit(const JobSpec& job) override;
  Result<std::optional<std::string>> find(const AttemptId& attempt) override;
  std::vector<JobState> poll(std::span<const std::string> externalIds) override;
  Result<> signal(const std::string& externalId, JobSignal what) override;
  Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) override;
  Result<> cleanup(const AttemptId& attempt) override;
  Result<> sweep(std::span<const AttemptId> keep) override;

 private:
  class Stage;
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<LocalExecutor> local_;
};

}  // namespace patchbay
