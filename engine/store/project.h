// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/file.h"
#include "engine/store/database.h"
#include "engine/store/object_folder.h"
#include "engine/store/records.h"

namespace patchbay {

/// A project's folder: project.db, metrics.db, pipelines/, objects/, exports/, attempts/, checkpoints/.
///
/// One process owns it for writing (a lock on project.lock); others may open it ReadOnly. Thread-safe. Every change is on
/// disk when the call returns, but for sources, item use and metrics, which flush() or the next publish write.
class Project {
 public:
  enum class Access : std::uint8_t {
    Own,       ///< Alone and writing; Busy names the owner, Permission when the folder cannot be written to.
    ReadOnly,  ///< Beside an owner, or on a read-only disk; needs an existing project.
  };
  struct Options {
    Access access = Access::Own;
    bool create = true;      ///< Otherwise NotFound when there is no project.db.
    int lockPatienceMs = 0;  ///< How long to wait for an owner that is about to end.
    std::string ownerName = "patchbay-engine";
  };
  static Result<std::unique_ptr<Project>> open(const std::filesystem::path& folder, const Options& options);
  static Result<std::unique_ptr<Project>> open(const std::filesystem::path& folder) { return open(folder, Options{}); }
  ~Project();

  const std::filesystem::path& folder() const { return folder_; }
  bool readOnly() const { return readOnly_; }
  std::filesystem::path exportsFolder() const { return folder_ / "exports"; }
  std::filesystem::path attemptFolder(const AttemptId& id) const { return folder_ / "attempts" / id.text; }
  std::filesystem::path checkpointFolder(const Digest& key) const { return folder_ / "checkpoints" / key.hex(); }
  ObjectFolder& objects() { return *objects_; }
  Database& database() { return *db_; }
  /// All or nothing over several of the calls below.
  Result<> transaction(const std::function<Result<>()>& body) { return db_->transaction(body); }

  // Runs and steps.
  Result<> addRun(const RunRecord& run, std::span<const StepRecord> steps);
  Result<> setStep(const RunId& run, const StepRecord& step);
  /// Ends a run that is still running; false when it was not.
  Result<bool> finishRun(const RunId& run, RunState state, const Value& summary);
  Result<std::vector<RunRecord>> runs(int limit);
  Result<std::optional<RunRecord>> run(const RunId& run);  ///< With plan and summary; empty id: the newest.
  Result<std::vector<StepRecord>> steps(const RunId& run);
  Result<bool> pinRun(const RunId& run, bool pinned);
  /// Runs that were going on when the last owner ended become interrupted; returns them.
  Result<std::vector<RunId>> markInterrupted();

  // Attempts.
  Result<> addAttempt(const AttemptRecord& attempt);
  /// Moves to `next` if the record still has the state and epoch given, and then updates both in it; false otherwise.
  Result<bool> moveAttempt(AttemptRecord& attempt, AttemptState next, const Error* error = nullptr);
  Result<std::vector<AttemptRecord>> unfinishedAttempts();
  /// Ids of all attempts that are over.
  Result<std::vector<AttemptId>> finishedAttempts();

  // Results.
  Result<std::optional<ActionRecord>> action(const Digest& key);
  /// An action whose outputs are all there, with every part; what was written outside as well.
  Result<std::optional<ActionRecord>> usableAction(const Digest& key);
  /// NotFound / Corrupt when an output or one of its parts is not in objects/.
  Result<> verifyOutputs(const std::map<std::string, Digest>& outputs);
  Result<> addAction(const ActionRecord& action);
  Result<> touchActions(std::span<const Digest> keys);
  Result<std::optional<Value>> lastParts(const std::string& pipeline, const StepId& step);
  Result<> setLastParts(const std::string& pipeline, const StepId& step, const Digest& key, const Value& parts);

  // Items, sources, listings.
  Result<std::vector<Digest>> itemPacks(const Digest& function);
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items);
  Result<> addSource(const Digest& digest, const SeenFile& file);
  /// An object, or a picture where it was seen, with its stamp where its bytes were read under it; searched again near its old places when
  /// it moved. NotFound otherwise.
  Result<SeenFile> locate(const Digest& digest);
  Result<> addListing(const Digest& digest, std::string_view listing);
  Result<std::optional<std::string>> listing(const Digest& digest);

  // Metrics, in a file of their own.
  void addMetric(MetricRecord metric);
  Result<std::vector<MetricRecord>> metrics(const RunId& run);
  /// Writes what is still in memory.
  Result<> flush();

 private:
  Project() = default;
  Result<> lock(const Options& options);
  Result<> openDatabases();
  Result<> flushSources();
  Result<> flushMetrics();
  std::string storedPath(const std::filesystem::path& path) const;
  std::filesystem::path absolutePath(std::string_view stored) const;
  Result<std::vector<SourceRecord>> sourcesOf(const Digest& digest);
  Result<std::optional<SeenFile>> searchMoved(const Digest& digest, std::span<const SourceRecord> known);
  Result<> writeSource(const Digest& digest, const SourceRecord& source);

  std::filesystem::path folder_;
  bool readOnly_ = false;
  UniqueFd lock_;
  std::unique_ptr<Database> db_, metricsDb_;
  std::unique_ptr<ObjectFolder> objects_;

  std::mutex pendingMutex_;  ///< Guards what is not written yet.
  std::unordered_map<Digest, std::vector<SourceRecord>> pendingSources_;
  std::unordered_map<Digest, std::int64_t> usedFunctions_;
  std::vector<MetricRecord> pendingMetrics_;

  /// Files near a lost picture, by size; made once for a search and kept for a while.
  struct SearchIndex {
    std::filesystem::path root;
    std::int64_t madeMs = 0;
    std::unordered_multimap<std::int64_t, std::filesystem::path> bySize;
  };
  std::mutex searchMutex_;
  std::optional<SearchIndex> search_;
};

/// Whether a file system cannot hold a project: WAL needs memory shared between processes, which network file systems
/// lack. `magic` is statfs's f_type, `name` the type in /proc/self/mountinfo ("nfs4", "fuse.sshfs").
bool isNetworkFileSystem(std::int64_t magic, std::string_view name);

}  // namespace patchbay
