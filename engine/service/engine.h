// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/run/live_answer.h"

namespace patchbay {

/// Source of the reason a step has when there is nothing to compare it with.
inline constexpr std::string_view firstRunReason = "It has not run in this project yet.";

/// What to plan or run: a document and what was said beside it.
struct RunRequest {
  Value document;                ///< The pipeline as JSON value; unsaved changes included.
  std::vector<std::string> set;  ///< "name.param=value", applied to a copy of the document.
  std::string to;                ///< Only this block (name or id) and what it needs; empty: everything.
  std::optional<std::uint64_t> seed;
  std::string device = "auto";       ///< "auto", "cpu", "cuda", "cuda:N".
  int threads = 0;                   ///< 0: chosen by the engine.
  std::filesystem::path baseFolder;  ///< Relative paths of the document start here; empty: the project folder.
  std::string on;                    ///< Machine for the heavy steps; empty: the project's default, "local": this one.
};
Value toValue(const RunRequest& request);
Result<RunRequest> runRequestFromValue(const Value& value);

/// Keep ends the running steps soon and publishes their best so far; Cancel ends them politely (two seconds, checkpoints
/// kept); Kill at once.
enum class StopHow : std::uint8_t { Keep, Cancel, Kill };
std::string_view toString(StopHow how);

struct GcRequest {
  bool dryRun = true;
  int keepRuns = 3;                         ///< Newest runs of each pipeline whose results stay; pinned ones always stay.
  std::optional<std::int64_t> budgetBytes;  ///< Wanted size of objects/; older kept runs give way until it fits, the newest never.
  std::int64_t graceSeconds = 3600;         ///< Objects younger than this stay.
};

/// Keeps a subscription alive; after its destruction the callback is not called any more.
class Subscription {
 public:
  virtual ~Subscription() = default;
};
/// Called in order, from a thread of the engine or client; must not call the engine back and wait.
using EventCallback = std::function<void(const Value& event)>;

/// A project's engine, in this process or behind its socket; both behave alike. Thread-safe.
///
/// Texts inside answers and events are toValue(Text), errors toValue(Error). Step states: waiting | running | ran |
/// cached | skipped | failed. Run states: running | done | failed | cancelled | interrupted.
///
/// Events are maps with "event":
///   state     {"runs": [run...]}: first event of every subscription; the runs in progress, each as showRun() gives it.
///   run       {"run", "state", "pipeline", "title", "steps": [step...]}: a run began.
///   step      {"run", "step", "name", "state", "reasons": [Text...], "seconds"?, "error"?, "items_computed"?, "items_cached"?}
///   progress  {"run", "step", "name", "phase": Text, "done", "total", "unit", "eta"? (seconds)}
///   metric    {"run", "step", "name", "metric", "value", "index"}
///   log       {"run", "step", "name", "level", "text"}
///   paused    {"run", "cause": Text, "hint": Text, "folder", "free_bytes", "wanted_bytes"}: a disk is full, nothing new starts; told again
///             when its free space changes. What a run that is shown waits for is its "paused" with the same fields.
///   resumed   {"run"}: there is room again.
///   preview   {"run", "step", "name", "title", "png": bytes}
///   finished  {"run", "state", "blocks": [{"id", "name", "state", "seconds", "reason", "error"?}], "metrics": {"block.metric": number},
///              "exports": [path...], "seconds", "error"?}
///   data      {"revision", "number", "items", "changed"?: [ids], absent when more than 1,000}: the project's data have a new revision.
///   disconnected {"error"}: the engine behind the socket ended; the last event of a subscription.
class Engine {
 public:
  virtual ~Engine() = default;

  /// {"project", "version", "pid", "read_only", "device", "inode"}
  virtual Result<Value> info() = 0;
  /// {"blocks": [Schema...], "lives": [id...], "versions": {library: version}}; starts a worker only when the packs changed.
  virtual Result<Value> catalogue() = 0;
  /// {"problems": [{"severity": error|warning, "block", "name", "param", "cause", "hint"}]}, every problem at once.
  virtual Result<Value> check(const RunRequest& request) = 0;
  /// Runs nothing. {"plan": Plan, "steps": [{"id", "name", "type", "state": cached|runs|unknown, "reasons": [Text...]}]}.
  /// Fails with InvalidPipeline as submitRun() does.
  virtual Result<Value> plan(const RunRequest& request) = 0;
  /// Starts a run. InvalidPipeline: the first problem is the error; check() gives them all.
  virtual Result<RunId> submitRun(const RunRequest& request) = 0;
  /// NotFound when there is no such run in progress.
  virtual Result<> stopRun(const RunId& run, StopHow how) = 0;
  virtual Result<std::unique_ptr<Subscription>> subscribe(EventCallback callback) = 0;
  /// Newest first: [{"run", "pipeline", "title", "state", "started", "finished"?, "seconds"?, "pinned"}], times in seconds since 1970.
  virtual Result<Value> runs(int limit) = 0;
  /// {"run", "pipeline", "title", "state", "started", "finished"?, "seed", "device", "steps": [step...], "progress"?: {step: event},
  /// "finished_event"?: the event, "document"}; empty id: the newest run.
  virtual Result<Value> showRun(const RunId& run) = 0;
  virtual Result<> pinRun(const RunId& run, bool pinned) = 0;
  /// [{"step", "metric", "index", "value", "t"}] of one run, in order.
  virtual Result<Value> metrics(const RunId& run) = 0;
  /// The outputs of a step that ran or was cached: {"outputs": {port: {"digest", "type", "meta", "parts"}}}.
  virtual Result<Value> outputs(const RunId& run, const StepId& step) = 0;
  /// A local file with the bytes of an object or a picture.
  virtual Result<std::filesystem::path> locate(const Digest& digest) = 0;
  /// {"removed_objects", "removed_bytes", "kept_objects", "kept_bytes", "removed_results", "fits_budget", "dry_run"}. Busy while steps run.
  virtual Result<Value> gc(const GcRequest& request) = 0;
  /// A request to a live worker, answered later: `done` is called once, from a thread of the engine or client, or from this one;
  /// it must not wait for the engine. A newer request of the same `slot` cancels an older one, which then fails with Cancelled;
  /// slots of different clients are different. Any number may be under way.
  virtual void liveLater(std::string_view service, std::string_view method, const Value& args, std::string_view slot,
                         LiveCallback done) = 0;
  /// The same, waiting for the answer, with all bytes in their place.
  Result<Value> live(std::string_view service, std::string_view method, const Value& args, std::string_view slot);
  /// Copies a picture with its label into the project, as <folder>/<label>/<name>-<digest>.<extension>; a data block whose
  /// parameter `extra` names the folder takes it in the next run. {"path": file | "bytes": encoded file, "label", "name"?: for the
  /// copy, "folder"?: in the project, "added" unless said} -> {"path": absolute, "folder", "label", "digest", "existed": it was there
  /// already}. Durable when answered; no file is ever overwritten. A picture that was added before under another label changes
  /// its label ("relabelled_from"). BadInput: no picture, a label that cannot name a folder.
  virtual Result<Value> addPicture(const Value& request) = 0;
  /// What concerns the project's data set (service/README.md lists the requests): {"do": name, ...} -> answer.
  virtual Result<Value> data(const Value& request) = 0;
  /// {"project": {...}, "executor": capabilities, "store": {"sqlite", "quick_check", "objects", "bytes"}}.
  virtual Result<Value> doctor() = 0;
  /// Ends the engine: Busy when runs are in progress and `force` is not set.
  virtual Result<> shutdown(bool force) = 0;
};

}  // namespace patchbay
