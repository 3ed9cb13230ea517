// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/progress.h"
#include "engine/block/object.h"

namespace patchbay {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };
/// Keep: end soon and publish the best so far. Cancel: end within two seconds, publish nothing.
enum class Stop : std::uint8_t { No, Keep, Cancel };

/// Results of an item-wise function, one byte string per item, mapped from the item packs.
class ItemResults {
 public:
  virtual ~ItemResults() = default;
  virtual std::size_t size() const = 0;
  virtual std::string_view bytes(std::size_t index) const = 0;
  /// How many were computed in this run; the rest came from the cache.
  virtual std::size_t computed() const = 0;
};

/// Stores the result of one item; may be called in any order, from one thread at a time.
using ItemEmit = std::function<Result<>(std::size_t index, std::string_view bytes)>;
/// Computes the results of `missing` (indices into the items asked for) and hands each to `emit` when it is ready.
using ItemCompute = std::function<Result<>(std::span<const std::size_t> missing, const ItemEmit& emit)>;

/// What a running block sees of the world. The base class does nothing, so that tests need no engine.
class RunContext {
 public:
  virtual ~RunContext() = default;

  virtual ObjectStore& objects() = 0;
  /// Values linked to an input, in link order; empty when an optional input has none.
  virtual std::span<const PortValue> inputs(std::string_view port) const = 0;
  virtual void setOutput(std::string_view port, PortValue value) = 0;

  virtual std::uint64_t seed() const { return 0; }
  virtual int threads() const { return 1; }
  /// "cpu" or "cuda:N"; what was asked for and is there.
  virtual std::string device() const { return "cpu"; }
  /// Key parts that change results though the inputs are equal: library versions, device class, precision, threads.
  virtual Value numerics() const { return {}; }

  virtual Stop stop() const { return Stop::No; }
  bool stopRequested() const { return stop() != Stop::No; }
  /// The same request as a flag, for library code that knows no context; set together with stop().
  virtual const StopFlag* stopFlag() const { return nullptr; }
  virtual void progress(const Progress&) {}
  virtual void metric(std::string_view /*name*/, double /*value*/, std::int64_t /*step*/) {}
  virtual void log(LogLevel, std::string_view) {}
  /// A small picture of what is going on or came out, PNG.
  virtual void preview(std::string_view /*name*/, std::string_view /*png*/) {}

  /// The last checkpoint of this step, also from an earlier attempt with the same action key.
  virtual Result<std::optional<std::string>> loadCheckpoint() { return std::nullopt; }
  virtual Result<> saveCheckpoint(std::string_view) { return {}; }

  /// The item cache. `key` holds everything the function depends on besides the item (parameters, weights digest);
  /// block type, cache epoch and numerics are added. Results are flushed as the work goes on, so that a killed run
  /// computes only what is missing. `items` are content digests; equal digests are computed once.
  virtual Result<std::unique_ptr<ItemResults>> computeItems(std::string_view name, const Value& key, std::span<const Digest> items,
                                                            const ItemCompute& compute) = 0;

  /// For blocks that read files: where the bytes of a digest were seen, so that later steps can open them, and how the file looked
  /// before it was read for the digest (settledStampOf), so that they need not check it by reading it once more.
  virtual Result<> addSource(const Digest&, const SeenFile&) { return {}; }
  /// For blocks that read files: a file found through another one, a picture that a table names, there or not. Told before it
  /// is read. When it changes, appears or goes, the step runs again; what File and Folder parameters name is watched anyway.
  /// May be called from one thread at a time.
  virtual void watch(const std::filesystem::path&) {}
  /// For blocks that read files: relative paths are relative to this folder (the pipeline's project).
  virtual std::filesystem::path baseFolder() const { return {}; }
  /// For blocks that write outside: a fresh, empty folder that appears under the user's chosen name only when the
  /// block succeeds. `wanted` empty: the project's exports/ folder.
  virtual Result<std::filesystem::path> exportFolder(std::string_view name, const std::filesystem::path& wanted);
  /// A private folder on disk, removed after the attempt.
  virtual std::filesystem::path scratch() const = 0;
  /// Id, title and the canonical JSON of the pipeline this step belongs to; exports embed it.
  virtual Value pipeline() const { return {}; }
};

}  // namespace patchbay
