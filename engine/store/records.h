// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/id.h"
#include "engine/base/value.h"

namespace patchbay {

/// Milliseconds since 1970 by the system's clock; for showing and for ages, never for order (ids are for that).
std::int64_t nowMs();

enum class RunState : std::uint8_t { Running, Done, Failed, Cancelled, Interrupted };
enum class StepState : std::uint8_t { Waiting, Running, Ran, Cached, Skipped, Failed };
enum class AttemptState : std::uint8_t {
  Queued,
  Submitting,
  Submitted,
  Running,
  Succeeded,
  Failed,
  Cancelled,
  TimedOut,
  OutOfMemory,
  Lost
};
std::string_view toString(RunState s);
std::string_view toString(StepState s);
std::string_view toString(AttemptState s);
RunState runStateFrom(std::string_view s);
StepState stepStateFrom(std::string_view s);
AttemptState attemptStateFrom(std::string_view s);
inline bool isFinal(AttemptState s) { return s >= AttemptState::Succeeded; }

struct RunRecord {
  RunId id;
  std::string pipeline;  ///< The document's id.
  std::string title;
  RunState state = RunState::Running;
  std::int64_t created = 0;
  std::optional<std::int64_t> finished;
  bool pinned = false;
  Value plan;     ///< toValue(Plan); empty in listings.
  Value summary;  ///< The finished event; empty in listings.
};

struct StepRecord {
  StepId id;
  std::string name;
  std::string type;
  StepState state = StepState::Waiting;
  std::optional<Digest> key;
  Value reasons = Value::List{};  ///< List of Text.
  double seconds = 0;
  std::int64_t itemsComputed = 0, itemsCached = 0;
  std::optional<Error> error;
};

/// One try of one step. Its state changes only from the state and epoch that the writer saw last.
struct AttemptRecord {
  AttemptId id;
  RunId run;
  StepId step;
  Digest key;
  AttemptState state = AttemptState::Queued;
  std::int64_t epoch = 0;
  std::string claim;
  std::string externalId;
  Value record;  ///< What publishing needs to know: {"pipeline", "type", "parts", "files", "started"}.
  std::int64_t created = 0;
  std::optional<Error> error;
};

/// The result of an action key.
struct ActionRecord {
  Digest key;
  std::string type;
  Value parts;
  std::map<std::string, Digest> outputs;  ///< Port -> manifest.
  Value effects;
  double seconds = 0;
  std::int64_t itemsComputed = 0, itemsCached = 0;
  std::int64_t peakMemoryBytes = 0;
  std::int64_t started = 0, created = 0;
};

/// A place where the bytes of a digest were seen.
struct SourceRecord {
  std::string path;  ///< Absolute; raw bytes.
  FileStamp stamp;
  bool proven = false;  ///< Its bytes were read under this stamp, and it was settled.
};

struct MetricRecord {
  RunId run;
  StepId step;
  std::string metric;
  std::int64_t index = 0;
  double value = 0;
  double t = 0;  ///< Seconds since the attempt began.
};

Value digestMap(const std::map<std::string, Digest>& digests);
Result<std::map<std::string, Digest>> digestMapFrom(const Value& value);

}  // namespace patchbay
