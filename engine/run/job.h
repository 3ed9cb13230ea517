// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/progress.h"
#include "engine/base/value.h"

namespace patchbay {

/// What a worker is told: everything it needs to know, nothing it has to look up in the project. Immutable.
struct JobSpec {
  AttemptId attempt;
  Digest key;                                         ///< Action key of the step; checkpoints are found by it.
  std::string type;                                   ///< Block id.
  std::string name;                                   ///< Step name, for messages.
  Value params;                                       ///< Normalised.
  std::map<std::string, std::vector<Digest>> inputs;  ///< Port -> manifests, link order.
  std::vector<std::string> outputs;
  std::uint64_t seed = 0;
  int threads = 1;
  std::string device = "cpu";
  Value numerics;
  int cacheEpoch = 1;
  Value pipeline;                       ///< {"id", "title", "document"}
  std::filesystem::path attemptFolder;  ///< events.jsonl, result.json, scratch/; on the machine that runs the job.
  std::filesystem::path objectFolder;   ///< Where objects are read and written there.
  std::filesystem::path checkpointFolder;
  std::filesystem::path baseFolder;  ///< Relative paths of file-reading blocks start here.
  std::filesystem::path exportsFolder;
  std::string on;     ///< Name of the machine that runs it; empty: this one.
  Value queue;        ///< For a machine with a queue: {"array"?, "chain"?, "more"?}, see Batch.
  std::string claim;  ///< Nonce of the fencing token: the loser of the O_EXCL claim file exits.
};
Value toValue(const JobSpec& job);
Result<JobSpec> jobFromValue(const Value& value);

/// What a finished attempt leaves in result.json, written atomically after its objects.
struct JobResult {
  std::map<std::string, Digest> outputs;  ///< Port -> manifest.
  std::optional<Error> error;
  double seconds = 0;
  std::int64_t itemsComputed = 0, itemsCached = 0;
  std::int64_t peakMemoryBytes = 0;
  Value effects;  ///< What was written outside: {"exports": [path...]}.
};
Value toValue(const JobResult& result);
Result<JobResult> jobResultFromValue(const Value& value);

/// Code of the error of a job that stopped at its checkpoint because its time on a cluster ended: another attempt goes on.
inline constexpr std::string_view jobContinues = "job.continues";

/// File in an attempt's folder: the result, with the `claim` of the worker that had the job.
inline constexpr std::string_view resultFile = "result.json";
/// nullopt: there is none yet. Corrupt: it cannot be read, or was left by another than the claim's owner ("": whoever it was).
Result<std::optional<JobResult>> readResult(const std::filesystem::path& attemptFolder, const std::string& claim);

/// File in every exported folder that says which attempt wrote it; without it a folder is nobody's to replace.
inline constexpr std::string_view exportMark = ".patchbay-export";

// Worker events are maps with "event": hello | progress | metric | log | heartbeat | checkpoint | artifact | preview |
// error | bye, and "t" (seconds since the attempt began). The line in events.jsonl and the frame on the channel are the
// same JSON; the file is the truth. engine/run/README.md lists the fields.

}  // namespace patchbay
