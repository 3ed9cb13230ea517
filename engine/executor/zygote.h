// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/executor/attempt.h"

namespace patchbay {

struct ZygoteOptions {
  std::filesystem::path program;       ///< patchbay-worker
  std::filesystem::path allowedPacks;  ///< File of packs beside the built-in ones; may be empty. See readAllowedPacks().
  std::vector<std::string> launcher;   ///< A command that runs the program: {"bwrap", ...}; usually empty.
  std::filesystem::path log;           ///< What the zygote prints; empty: where this process prints.
};

struct WorkerExit {
  bool known = true;  ///< False: the zygote ended first, so nobody can say how the worker ended, or whether.
  int code = 0, signal = 0;
  std::int64_t peakMemoryBytes = 0;
};

/// The engine's end of the zygote: started when first needed, started again when it has died. Thread-safe. Destroying it ends
/// the zygote and none of the jobs.
class Zygote {
 public:
  /// Called once on a thread of the zygote's; must not wait for another start.
  using OnExit = std::function<void(const WorkerExit&)>;

  explicit Zygote(ZygoteOptions options);
  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  /// Starts the zygote without a job, so that the first one finds it warm.
  Result<> warmUp();
  /// Forks a worker for job.json; `channel` is its end of a socketpair.
  Result<ProcessIdentity> startJob(const std::filesystem::path& jobFile, std::string_view block, UniqueFd channel, const OnExit& onExit);
  /// Forks a live worker; see runLive() for the request.
  Result<ProcessIdentity> startLive(const Value& request, UniqueFd channel, const OnExit& onExit);
  /// Of the zygote that runs now.
  std::optional<pid_t> pid() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
