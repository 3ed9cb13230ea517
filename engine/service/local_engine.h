// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "engine/graph/catalogue.h"
#include "engine/plan/make_plan.h"
#include "engine/run/runner.h"
#include "engine/service/assist_requests.h"
#include "engine/service/data_requests.h"
#include "engine/service/engine.h"

namespace patchbay {

/// What the composition root puts together.
struct EngineParts {
  /// Makes what runs the jobs of a project; must not start anything before the first job.
  std::function<Result<std::unique_ptr<Executor>>(JobHost& host, Project& project)> executor;
  /// {"blocks": [schema...], "lives", "numerics"}; asked once, when first needed.
  std::function<Result<Value>()> catalogue;
  /// Live requests, answered later; empty: Unsupported.
  std::function<void(std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback done)> live;
  /// Asks another machine what it is; its own queue: any number of jobs at once. Empty: there are no others.
  std::function<Result<std::pair<Machine, bool>>(const std::string& name)> place;
  /// Where a pipeline of the project runs that was not told where; "" here.
  std::function<std::string(const std::filesystem::path& project, const std::string& pipeline)> usualPlace;
  /// Requests about other machines, {"do": "machine_...", ...}; see Engine::data.
  std::function<Result<Value>(const Value& request)> machines;
  Migrator migrator;  ///< Asks a worker to change parameters of older block versions.
  std::string version = "0";
  Machine machine = thisMachine();
  std::chrono::milliseconds lease{120'000};
};

/// The engine of a project in this process.
class LocalEngine final : public Engine {
 public:
  /// A read-only project opens for looking: info() says so and submitRun() is refused.
  static Result<std::unique_ptr<LocalEngine>> open(const std::filesystem::path& folder, EngineParts parts,
                                                   const Project::Options& options = {});
  ~LocalEngine() override;

  Result<Value> info() override;
  Result<Value> catalogue() override;
  Result<Value> check(const RunRequest& request) override;
  Result<Value> plan(const RunRequest& request) override;
  Result<RunId> submitRun(const RunRequest& request) override;
  Result<> stopRun(const RunId& run, StopHow how) override;
  Result<std::unique_ptr<Subscription>> subscribe(EventCallback callback) override;
  Result<Value> runs(int limit) override;
  Result<Value> showRun(const RunId& run) override;
  Result<> pinRun(const RunId& run, bool pinned) override;
  Result<Value> metrics(const RunId& run) override;
  Result<Value> outputs(const RunId& run, const StepId& step) override;
  Result<std::filesystem::path> locate(const Digest& digest) override;
  Result<Value> gc(const GcRequest& request) override;
  void liveLater(std::string_view service, std::string_view method, const Value& args, std::string_view slot, LiveCallback done) override;
  Result<Value> addPicture(const Value& request) override;
  Result<Value> data(const Value& request) override;
  Result<Value> doctor() override;
  Result<> shutdown(bool force) override;

  bool idle() { return runner_->idle(); }
  bool endAsked() const { return endAsked_; }
  /// At its end what runs goes on, and the next engine takes it up.
  void leaveJobs() { leaveJobs_ = true; }
  Project& project() { return *project_; }
  DataRequests& dataRequests() { return *data_; }

 private:
  LocalEngine() = default;
  Result<const Catalogue*> blocks();
  Result<Value> embedFunction();
  /// With `looking` nothing is made: what stands for something in the project is only looked for.
  Result<Planned> planned(const RunRequest& request, bool looking);
  Result<std::optional<Value>> resolved(const ParamInfo& param, const Value& value, bool looking);
  Result<std::string> placeFor(const RunRequest& request);
  Result<Plan> planOf(const RunRequest& request);
  std::filesystem::path baseOf(const RunRequest& request) const;

  EngineParts parts_;
  std::unique_ptr<Project> project_;
  std::unique_ptr<DataRequests> data_;
  std::unique_ptr<AssistRequests> assist_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Executor> executor_;
  std::mutex catalogueMutex_;
  Value catalogueValue_;
  std::shared_ptr<const Catalogue> catalogue_;
  std::atomic<bool> endAsked_{false};
  bool leaveJobs_ = false;
};

}  // namespace patchbay
