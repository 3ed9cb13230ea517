// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/run/job.h"

namespace patchbay {

/// Names of the files of an attempt folder.
struct AttemptFiles {
  std::filesystem::path folder;
  std::filesystem::path job() const { return folder / "job.json"; }
  std::filesystem::path claim() const { return folder / "claim"; }
  std::filesystem::path events() const { return folder / "events.jsonl"; }
  std::filesystem::path result() const { return folder / resultFile; }
  std::filesystem::path log() const { return folder / "log.txt"; }
  std::filesystem::path heartbeat() const { return folder / "heartbeat"; }
  std::filesystem::path scratch() const { return folder / "scratch"; }
  /// There when the job's engine is on another machine; see FileLink.
  std::filesystem::path answers() const { return folder / "answers"; }
  /// Temporary folders outside that the attempt made, one path a line as JSON; a clean-up removes what is left of them.
  std::filesystem::path leftovers() const { return folder / "leftovers.jsonl"; }
};

/// A process that cannot be taken for a later one with the same number.
struct ProcessIdentity {
  pid_t pid = 0;
  std::int64_t start = 0;  ///< Clock ticks after boot.
  std::string boot;        ///< Boot id of the machine.

  static ProcessIdentity ofThisProcess();
  static std::optional<ProcessIdentity> of(pid_t pid);
  /// Running now; a zombie does not count.
  bool alive() const;
  /// Sends a signal unless the process has ended; false when it has.
  bool signal(int number) const;
  /// Kills the process and those it started (it leads its own process group).
  bool killGroup() const;
};

/// The fencing token: the attempt belongs to whoever made this file first.
struct Claim {
  std::string nonce;
  ProcessIdentity process;
  std::int64_t time = 0;  ///< Seconds since 1970, when it was claimed.
};
/// True: this process has the attempt now. False: another had it before.
Result<bool> claimAttempt(const AttemptFiles& files, const std::string& nonce);
/// NotFound while nobody has claimed it.
Result<Claim> readClaim(const AttemptFiles& files);

/// Publishes result.json; the claim's nonce goes with it.
Result<> writeResult(const AttemptFiles& files, const std::string& nonce, const JobResult& result);

/// How a worker is: rewritten in place every second, so that also an engine that was away knows.
struct Heartbeat {
  std::int64_t beat = 0;
  double cpuSeconds = 0;
  double quietSeconds = 0;  ///< Since the block last asked for or told anything.
  std::int64_t memoryBytes = 0, peakMemoryBytes = 0;
};
std::string formatHeartbeat(const Heartbeat& heartbeat);
std::optional<Heartbeat> readHeartbeat(const AttemptFiles& files);

/// Writes the lines of events.jsonl. Thread-safe.
class EventLog {
 public:
  static Result<EventLog> open(const AttemptFiles& files);
  EventLog(EventLog&&) noexcept;
  /// Adds "t" (seconds since the attempt began) and writes one line. A full disk loses lines, not the run.
  Value add(Value event);

 private:
  explicit EventLog(UniqueFd fd) : fd_{std::move(fd)} {}
  std::mutex mutex_;
  UniqueFd fd_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Reads events.jsonl as it grows.
class EventTail {
 public:
  explicit EventTail(std::filesystem::path file) : file_{std::move(file)} {}
  /// Whole lines added since the last call; a line that cannot be read, or is longer than `longestLine`, is skipped.
  std::vector<Value> read();
  static constexpr std::size_t longestLine = std::size_t{4} << 20;

 private:
  std::filesystem::path file_;
  std::int64_t offset_ = 0;
  std::string partial_;
  bool skipping_ = false;  ///< In a line that is too long.
};

/// The bytes of a file from an offset, at most `limit`; empty when there is none.
Result<std::string> readFrom(const std::filesystem::path& file, std::int64_t offset, std::size_t limit);

}  // namespace patchbay
