// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "engine/store/project.h"

namespace patchbay {

struct GcOptions {
  bool dryRun = true;
  int keepRuns = 3;                         ///< Newest runs of each pipeline; pinned and running ones stay as well.
  std::optional<std::int64_t> budgetBytes;  ///< Fewer runs are kept until objects/ fits, but never less than the newest.
  std::int64_t graceMs = 3'600'000;         ///< What is younger stays.
};

struct GcReport {
  std::int64_t removedObjects = 0, removedBytes = 0;
  std::int64_t keptObjects = 0, keptBytes = 0;
  std::int64_t removedResults = 0;  ///< Action keys that will have to run again.
  bool fitsBudget = true;
};

/// Removes results that no kept run uses, and the objects, item packs, attempt folders and checkpoints nobody needs then.
/// Results whose export is still there stay. Pictures outside objects/ are never touched. Must not be called while a job
/// runs: a worker may rely on an object that nothing names yet.
Result<GcReport> collectGarbage(Project& project, const GcOptions& options);

}  // namespace patchbay
