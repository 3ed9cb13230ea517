// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/block/block.h"
#include "engine/executor/item_cache.h"
#include "engine/executor/job_link.h"
#include "engine/run/job.h"
#include "engine/run/listing.h"
#include "engine/store/object_folder.h"

namespace patchbay {

/// Objects for a worker: its object folder first, then wherever the other side of the link says the bytes lie. Thread-safe.
class ResolvingStore final : public ObjectStore {
 public:
  ResolvingStore(std::filesystem::path folder, JobLink& link) : folder_{std::move(folder)}, link_{link} {}
  Result<MappedFile> open(const Digest& digest) override;
  Result<Digest> put(std::string_view bytes) override { return folder_.put(bytes); }
  Result<Digest> putFile(const std::filesystem::path& path) override { return folder_.putFile(path); }

 private:
  ObjectFolder folder_;
  JobLink& link_;
  std::mutex mutex_;
  std::unordered_map<Digest, SeenFile> known_;  ///< Files whose bytes are known to be right under this stamp.
};

/// Whether another attempt of the same step would find something to go on from.
bool hasCheckpoint(const JobSpec& job);
/// Once the job's result is on disk its checkpoint has served.
void removeCheckpoint(const JobSpec& job);

/// What a block in a worker sees of the world; see RunContext.
class WorkerContext : public RunContext {
 public:
  struct Hooks {
    std::function<Stop()> stop;               ///< Never asked for one: No.
    std::function<void(const Value&)> event;  ///< Lines for events.jsonl; "t" is added by whoever writes them.
    ItemCacheOptions items;
  };
  WorkerContext(const JobSpec& job, const BlockInfo& info, JobLink& link, ObjectStore& objects, Hooks hooks);
  ~WorkerContext() override;

  /// Reads the manifests of the inputs; once, before the block runs.
  Result<> loadInputs();
  /// Stores the manifests of what was set. Internal when a wanted output is missing.
  Result<std::map<std::string, Digest>> saveOutputs();
  /// Gives the exported folders their names and returns {"exports": [path...]} and, when the block watched files, "found":
  /// {"listing": digest of the stored list, "files"}.
  Result<Value> publishEffects();

  const std::map<std::string, PortValue, std::less<>>& outputs() const { return outputs_; }
  std::int64_t itemsComputed() const { return itemsComputed_; }
  std::int64_t itemsCached() const { return itemsCached_; }
  /// Since the block last asked for or told anything.
  std::chrono::steady_clock::duration quiet() const;

  ObjectStore& objects() override;
  std::span<const PortValue> inputs(std::string_view port) const override;
  void setOutput(std::string_view port, PortValue value) override;
  std::uint64_t seed() const override { return job_.seed; }
  int threads() const override { return job_.threads; }
  std::string device() const override { return job_.device; }
  Value numerics() const override { return job_.numerics; }
  Stop stop() const override;
  void progress(const Progress& progress) override;
  void metric(std::string_view name, double value, std::int64_t step) override;
  void log(LogLevel level, std::string_view text) override;
  void preview(std::string_view name, std::string_view png) override;
  Result<std::optional<std::string>> loadCheckpoint() override;
  Result<> saveCheckpoint(std::string_view bytes) override;
  Result<std::unique_ptr<ItemResults>> computeItems(std::string_view name, const Value& key, std::span<const Digest> items,
                                                    const ItemCompute& compute) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;
  void watch(const std::filesystem::path& path) override;
  std::filesystem::path baseFolder() const override { return job_.baseFolder; }
  Result<std::filesystem::path> exportFolder(std::string_view name, const std::filesystem::path& wanted) override;
  std::filesystem::path scratch() const override;
  Value pipeline() const override { return job_.pipeline; }

 private:
  Result<Value> publishExports();
  struct Export {
    std::filesystem::path temporary, target;
  };
  void alive() const;
  std::filesystem::path checkpointFile() const;

  const JobSpec& job_;
  const BlockInfo& info_;
  JobLink& link_;
  ObjectStore& objects_;
  Hooks hooks_;
  std::map<std::string, std::vector<PortValue>, std::less<>> inputs_;
  std::map<std::string, PortValue, std::less<>> outputs_;
  std::vector<Export> exports_;
  FoundFiles found_;
  std::int64_t itemsComputed_ = 0, itemsCached_ = 0;
  mutable std::mutex mutex_;
  mutable std::atomic<std::int64_t> lastSign_;
  std::chrono::steady_clock::time_point lastProgress_{};
  std::string lastPhase_;
};

}  // namespace patchbay
