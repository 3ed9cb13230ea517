// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/run/job.h"

namespace patchbay {

/// What the engine offers to the jobs it runs, whichever executor carries the question. Thread-safe.
class JobHost {
 public:
  virtual ~JobHost() = default;
  /// A local file holding these bytes: a stored object or a picture where it was last seen, searched again when it
  /// moved. With its stamp where its bytes are known to be these as long as it bears it. NotFound when there is none.
  virtual Result<SeenFile> locate(const Digest& digest) = 0;
  /// Item packs of an item function, oldest first.
  virtual Result<std::vector<Digest>> itemPacks(const Digest& function) = 0;
  virtual Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) = 0;
  virtual Result<> addSource(const Digest& digest, const SeenFile& file) = 0;
  /// A line of the attempt's event stream, in order.
  virtual void onEvent(const AttemptId& attempt, const Value& event) = 0;
  /// The job ended; the result is what result.json says, or a classified error (Crashed, OutOfMemory, TimedOut, ...).
  virtual void onFinished(const AttemptId& attempt, const JobResult& result) = 0;
};

struct JobState {
  enum class Kind : std::uint8_t { Unknown, Pending, Running, Exited, Gone } kind = Kind::Unknown;
  int code = 0, signal = 0;
  std::string reason;
};
enum class JobSignal : std::uint8_t { Checkpoint, Keep, Cancel, Kill };

/// Runs jobs somewhere. Local, SSH and Slurm stand behind this; the conformance suite runs against each.
class Executor {
 public:
  virtual ~Executor() = default;
  /// {"name", "cores", "memory_mb", "gpus", "shared_fs", ...}
  virtual Value capabilities() = 0;
  /// Starts the job; idempotent by attempt id: a second submit of the same attempt returns the same external id.
  virtual Result<std::string> submit(const JobSpec& job) = 0;
  virtual Result<std::optional<std::string>> find(const AttemptId& attempt) = 0;
  virtual std::vector<JobState> poll(std::span<const std::string> externalIds) = 0;
  virtual Result<> signal(const std::string& externalId, JobSignal what) = 0;
  /// Bytes of events.jsonl from an offset.
  virtual Result<std::string> fetchEvents(const AttemptId& attempt, std::int64_t offset) = 0;
  virtual Result<> cleanup(const AttemptId& attempt) = 0;
  /// Ends what this engine instance started earlier and nobody wants any more.
  virtual Result<> sweep(std::span<const AttemptId> keep) = 0;
};

}  // namespace patchbay
