// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "engine/run/batches.h"
#include "engine/run/eta.h"
#include "engine/run/full_disk.h"
#include "engine/run/runner.h"

namespace patchbay {

using Clock = std::chrono::steady_clock;

/// One step of a run in progress.
struct StepRun {
  const Step* step = nullptr;
  StepRecord record;
  std::optional<StepKey> key;  ///< Made when the inputs are there.
  std::map<std::string, Digest> outputs;
  AttemptId attempt;    ///< The one that runs.
  bool missed = false;  ///< There was no result under the key when last looked.
  int crashes = 0, changes = 0;
  int noRoom = 0;             ///< How often its worker found the disk full.
  bool waitsForRoom = false;  ///< Waiting because of that.
  Value effects;
  Eta eta;
  Clock::time_point lastProgress{};
  std::string lastPhase;
  Value progress;  ///< The last progress event; for those who come later.
  bool over() const { return record.state != StepState::Waiting && record.state != StepState::Running; }
};

struct RunInProgress {
  RunId id;
  Plan plan;
  std::filesystem::path baseFolder;
  std::vector<StepRun> steps;
  std::unordered_map<std::string, std::size_t> index;  ///< Step id -> position.
  std::unordered_map<std::string, Batch> batches;      ///< Of the steps that run elsewhere.
  std::optional<RunStop> stopping;
  std::int64_t created = 0;
  Clock::time_point began = Clock::now();
  std::vector<Digest> used;  ///< Keys of cached results, to be marked as used.
};

/// One job handed to the executor, or left by an earlier engine (then without a run).
struct Job {
  AttemptRecord record;
  RunInProgress* run = nullptr;
  std::size_t step = 0;
  int cores = 0;
  std::string on;  ///< The machine whose cores they are; empty: this one.
  Clock::time_point lastHeard = Clock::now();
  bool lapsed = false;  ///< Was killed for saying nothing.
  bool greeted = false;
  bool adopted = false;                  ///< Left by an earlier engine: nothing is heard of it, its result is looked for.
  std::optional<JobResult> unpublished;  ///< It is over, and the disk had no room for what has to be noted of it.
  std::optional<Clock::time_point> killAt;
};

struct Runner::Impl {
  Impl(Project& p, RunnerOptions o) : project{p}, options{std::move(o)} { freeCores = options.machine.cores; }

  Project& project;
  RunnerOptions options;
  Executor* executor = nullptr;

  // The thread and what others ask of it.
  std::thread thread;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> inbox;
  bool quit = false;
  bool ended = false;  ///< Nothing more is published or started; owned by the thread.

  // Owned by the thread.
  std::deque<std::unique_ptr<RunInProgress>> runs;
  std::unordered_map<std::string, Job> jobs;       ///< By attempt.
  std::unordered_map<Digest, AttemptId> inFlight;  ///< By action key: equal work is done once.
  std::map<std::uint64_t, std::function<void(const Value&)>> subscribers;
  std::uint64_t nextSubscriber = 1;
  int freeCores = 0;
  std::map<std::string, int> freeAway;  ///< Cores of other machines by name; one that is not in it has a queue of its own.
  Clock::time_point lastPoll{}, lastFlush{}, lastTick{};
  std::optional<FullDisk> full;  ///< A disk had no room: nothing is started until there is some.
  Clock::time_point nextLook{};
  int noRoom = 0;                              ///< How often in a row the engine itself found no room.
  std::deque<std::function<Result<>()>> owed;  ///< Notes that found no room, in order; written before anything else.

  void loop();
  void post(std::function<void()> task);
  template <class F>
  auto ask(F f) -> decltype(f()) {
    if (std::this_thread::get_id() == thread.get_id() || !thread.joinable()) return f();
    std::packaged_task<decltype(f())()> task{std::move(f)};
    auto answer = task.get_future();
    post([&task] { task(); });
    return answer.get();
  }
  void emit(const Value& event);

  // runner_steps.cpp
  Result<> requireCard(const Plan& plan) const;
  Result<RunId> begin(const Plan& plan, const std::filesystem::path& baseFolder);
  void advance();
  bool decide(RunInProgress& run, StepRun& step, std::vector<StepRun*>& changed);
  bool inputsOf(RunInProgress& run, const StepRun& step, std::map<std::string, std::vector<Digest>>& inputs, const StepRun*& broken) const;
  void settle(RunInProgress& run, const std::vector<StepRun*>& changed);
  bool startReady(RunInProgress& run);
  void stopUnwanted();
  bool hasRoom(const std::string& place, int cores) const;
  void takeCores(Job& job, int cores, const std::string& place);
  Result<> launch(RunInProgress& run, StepRun& step);
  JobSpec specOf(const RunInProgress& run, const StepRun& step, const AttemptRecord& attempt, int cores) const;
  void failStep(RunInProgress& run, StepRun& step, Error error);
  void finishIfOver(RunInProgress& run);
  Result<> stopRun(RunInProgress& run, RunStop how);
  Value stepEvent(const RunInProgress& run, const StepRun& step) const;
  Value snapshotOf(const RunInProgress& run) const;
  Value summaryOf(const RunInProgress& run, RunState state) const;

  // runner_space.cpp
  bool pauseFor(const Error& error, int& times);
  Result<> note(std::function<Result<>()> write);
  void noteFailed(const AttemptRecord& attempt, const Error& error);
  void lookForRoom();
  Result<> payWhatIsOwed();
  void waitForRoom(RunInProgress& run, StepRun& step);
  void letGo(RunInProgress& run);
  void tellPause();
  Value pauseValue() const;

  // runner_jobs.cpp
  void handleEvent(const AttemptId& attempt, const Value& event);
  void handleProgress(Job& job, const Value& event);
  void handleFinished(const AttemptId& attempt, const JobResult& result);
  void conclude(const AttemptId& attempt, Job& job, const JobResult& result);
  Result<> publish(Job& job, const JobResult& result);
  void attemptFailed(Job& job, const Error& error);
  void endJob(const AttemptId& attempt);
  void tick();
  Result<> recover();
  Result<> adopt(AttemptRecord attempt);
  void pollAdopted();
};

}  // namespace patchbay
