// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/plan/plan.h"
#include "engine/run/executor.h"
#include "engine/run/keys.h"
#include "engine/store/project.h"

namespace patchbay {

enum class RunStop : std::uint8_t { Keep, Cancel, Kill };

struct RunnerOptions {
  Machine machine = thisMachine();
  SchemaLookup schemas;
  ParamWords words;
  std::chrono::milliseconds lease{120'000};    ///< A job that says nothing for so long hangs: it is ended as TimedOut.
  std::chrono::milliseconds grace{5'000};      ///< From Cancel to Kill.
  std::chrono::milliseconds lookEvery{1'000};  ///< How often a full disk is looked at again.
};

/// A step as events and answers show it: {"step", "name", "type", "state", "reasons", "seconds"?, "items_computed"?,
/// "items_cached"?, "error"?}.
Value stepValue(const StepRecord& record);

/// Runs plans: decides for each step in order whether its result is there, hands the others to the executor, publishes
/// what they made, tells everybody. One thread of its own does all of it; the calls below are thread-safe.
///
/// A step runs as soon as its inputs are there and enough cores are free. A failed step stops only what needs it.
/// No result is announced before it is on disk.
///
/// A full disk fails nothing: what was going on waits, "paused" events say why and what to do, and when there is room again it
/// goes on from its last checkpoint by itself. Only a run that has not begun is refused (NoSpace "disk.full").
class Runner final : public JobHost {
 public:
  Runner(Project& project, RunnerOptions options);
  ~Runner() override;
  /// Ends what is running at once and stops working. After it the executor may go, then the runner.
  /// `leaveJobs`: what runs goes on, and the next engine takes it up.
  void end(bool leaveJobs = false);

  /// Looks after what an earlier engine left (runs become interrupted, jobs that still run are adopted, finished ones
  /// published, the rest swept), then begins to work. The executor must outlive the runner.
  Result<> start(Executor& executor);

  /// Versions of the libraries blocks compute with, once the catalogue is known.
  void setVersions(Value versions);

  /// What another machine is that plans may name; `queue`: it has a queue of its own, and takes any number of jobs at once.
  void setPlace(const std::string& name, Machine machine, bool queue);

  Result<RunId> submit(const Plan& plan, const std::filesystem::path& baseFolder);
  Result<> stop(const RunId& run, RunStop how);
  Result<std::vector<Forecast>> explain(const Plan& plan, const std::filesystem::path& baseFolder);
  /// The callback gets a "state" event first, then everything that happens, in order, on the runner's thread.
  std::uint64_t subscribe(std::function<void(const Value&)> callback);
  /// When it returns the callback is not called any more.
  void unsubscribe(std::uint64_t id);
  /// An event of somebody else for all subscribers, in order with the runner's own.
  void tell(const Value& event);
  /// A run in progress as the "state" event shows it; null when it is not in progress.
  Value snapshot(const RunId& run);
  /// True when no run is in progress and no adopted job is left.
  bool idle();
  bool hasJobs();

  // JobHost
  Result<SeenFile> locate(const Digest& digest) override;
  Result<std::vector<Digest>> itemPacks(const Digest& function) override;
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;
  void onEvent(const AttemptId& attempt, const Value& event) override;
  void onFinished(const AttemptId& attempt, const JobResult& result) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
