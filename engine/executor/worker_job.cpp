// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <memory>
#include <new>
#include <system_error>
#include <thread>

#include "engine/executor/attempt.h"
#include "engine/executor/channel_link.h"
#include "engine/executor/file_link.h"
#include "engine/executor/ranks.h"
#include "engine/executor/worker_context.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> stopWanted{static_cast<int>(Stop::No)};
static_assert(std::atomic<int>::is_always_lock_free);

void wantKeep(int) {
  int none = static_cast<int>(Stop::No);
  stopWanted.compare_exchange_strong(none, static_cast<int>(Stop::Keep));
}
/// The first asks, the second does not wait.
void wantCancel(int) {
  if (stopWanted.exchange(static_cast<int>(Stop::Cancel)) == static_cast<int>(Stop::Cancel)) ::_exit(128 + SIGTERM);
}

std::atomic<bool> timeUp{false};
/// The warning of a cluster that the job's time ends: it stops as when cancelled, from where another job goes on.
void wantContinue(int) {
  timeUp = true;
  int none = static_cast<int>(Stop::No);
  stopWanted.compare_exchange_strong(none, static_cast<int>(Stop::Cancel));
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

void takeSignals() {
  handle(SIGTERM, wantCancel);
  handle(SIGUSR2, wantKeep);
  handle(SIGUSR1, wantContinue);
  handle(SIGINT, SIG_IGN);  // The terminal's Ctrl+C is for the client, who asks the engine.
  handle(SIGPIPE, SIG_IGN);
  handle(SIGHUP, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Everything a block prints goes to the attempt's log.
Result<> redirectOutput(const fs::path& log) {
  PB_TRY(const UniqueFd file, openFile(log, O_WRONLY | O_CREAT | O_APPEND));
  PB_TRY(const UniqueFd nothing, openFile("/dev/null", O_RDONLY));
  if (::dup2(nothing.get(), 0) < 0 || ::dup2(file.get(), 2) < 0 || ::dup2(2, 1) < 0) return fail(systemError(errno, "write", "log.txt"));
  return {};
}

/// The desktop stays usable while a job runs, and when memory ends it is the job that goes, not the engine.
void stepBack() {
  // Who started Patchbay with `nice -n 19` meant it: never upwards, which root could.
  constexpr int niceness = 5;
  if (::getpriority(PRIO_PROCESS, 0) < niceness) ::setpriority(PRIO_PROCESS, 0, niceness);
  // The threads of a training wake each other thousands of times a second: none of that may interrupt the window. Batch work gets the
  // same share of the processor, and takes nobody's place when it wakes (sched(7)).
  if (::sched_getscheduler(0) == SCHED_OTHER) {
    const sched_param unused{};
    ::sched_setscheduler(0, SCHED_BATCH, &unused);
  }
  if (const auto fd = openFile("/proc/self/oom_score_adj", O_WRONLY)) (void)writeAll(fd->get(), "500", "oom_score_adj");
  ::prctl(PR_SET_NAME, "patchbay-job");
}

std::int64_t memoryOf(std::string_view field) {
  const auto text = readFile("/proc/self/status", 100000);
  if (!text) return 0;
  const auto at = text->find(field);
  return at == std::string::npos ? 0 : std::strtoll(text->c_str() + at + field.size(), nullptr, 10) * 1024;
}

/// Rewrites the heartbeat file every second, from a thread of its own: a block that computes for minutes is alive.
class Pulse {
 public:
  Pulse(const AttemptFiles& files, const WorkerContext& context, JobLink& link) : context_{context}, link_{link} {
    if (auto fd = openFile(files.heartbeat(), O_WRONLY | O_CREAT)) file_ = std::move(*fd);
    thread_ = std::thread{[this] { loop(); }};
  }
  ~Pulse() {
    {
      const std::lock_guard lock{mutex_};
      ended_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void loop() {
    std::unique_lock lock{mutex_};
    do {
      Heartbeat h;
      h.beat = ++beat_;
      rusage usage{};
      ::getrusage(RUSAGE_SELF, &usage);
      const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
      h.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
      h.quietSeconds = link_.waiting() ? 0 : std::chrono::duration<double>(context_.quiet()).count();
      h.memoryBytes = memoryOf("VmRSS:");
      h.peakMemoryBytes = memoryOf("VmHWM:");
      const auto text = formatHeartbeat(h);
      if (file_) (void)!::pwrite(file_.get(), text.data(), text.size(), 0);
      link_.event(Value::Map{{"event", "heartbeat"}});
    } while (!wake_.wait_for(lock, std::chrono::seconds{1}, [this] { return ended_; }));
  }

  const WorkerContext& context_;
  JobLink& link_;
  UniqueFd file_;
  std::int64_t beat_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ended_ = false;
  std::thread thread_;
};

Result<> firstHeartbeat(const AttemptFiles& files) {
  PB_TRY(const auto fd, openFile(files.heartbeat(), O_WRONLY | O_CREAT));
  return writeAll(fd.get(), formatHeartbeat({}), files.heartbeat());
}

Error cancelled() {
  return {ErrorKind::Cancelled, "cancelled", TR("executor", "It was cancelled."), TR("executor", "Run again to go on."), {}};
}

Error timeIsUp(const JobSpec& job) {
  if (!hasCheckpoint(job))
    return {ErrorKind::TimedOut,
            "slurm.time",
            TR("executor", "Its time on the cluster was up before it could save anything."),
            TR("executor", "Ask for more time (`patchbay machines add ... --time`), or choose a partition with a longer limit."),
            {}};
  return {ErrorKind::TimedOut,
          std::string{jobContinues},
          TR("executor", "Its time on the cluster was up."),
          TR("executor", "It goes on from its checkpoint in a new job. Ask for more time if it does this often."),
          {}};
}

/// Runs what blocks and libraries take part in; their exceptions become errors here.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::OutOfMemory, "worker.memory", TR("executor", "There is not enough memory for this block."),
                TR("executor", "Use a smaller batch or input size, or close other programs."));
  } catch (const std::exception& e) {
    const auto* system = dynamic_cast<const std::system_error*>(&e);
    if (system && (system->code() == std::errc::no_space_on_device)) return fail(systemError(ENOSPC, "write", displayText(e.what())));
    return fail(ErrorKind::Internal, "block.exception",
                TR("executor", "A library failed inside the block: {what}").with("what", displayText(e.what())),
                TR("executor", "See the attempt's log; report this if your input is in order."));
  } catch (...) {
    return fail(ErrorKind::Internal, "block.exception", TR("executor", "A library failed inside the block without saying why."),
                TR("executor", "See the attempt's log; report this if your input is in order."));
  }
}

Result<std::unique_ptr<Block>> makeBlock(const JobSpec& job, const BlockType& type) {
  auto block = type.make();
  std::vector<ParamProblem> problems;
  auto params = normaliseParams(type.schema(), job.params, problems);
  if (!problems.empty())
    return fail(ErrorKind::InvalidPipeline, "block.params", std::move(problems.front().cause), std::move(problems.front().hint),
                job.name + "." + problems.front().param);
  block->setParams(std::move(params));
  return block;
}

Result<JobResult> perform(const JobSpec& job, const BlockType& type, JobLink& link, EventLog& log) {
  ResolvingStore objects{job.objectFolder, link};
  const auto event = [&](const Value& e) { link.event(log.add(e)); };
  WorkerContext context{job,
                        type.info,
                        link,
                        objects,
                        {.stop = [] { return static_cast<Stop>(stopWanted.load(std::memory_order_relaxed)); }, .event = event}};
  const Pulse pulse{{job.attemptFolder}, context, link};
  setLibraryThreads(job.threads);
  const auto outcome = guarded([&]() -> Result<JobResult> {
    PB_TRY(const auto block, makeBlock(job, type));
    PB_CHECK(context.loadInputs());
    auto ran = guarded([&] { return block->run(context); });
    JobResult result;
    result.itemsComputed = context.itemsComputed();
    result.itemsCached = context.itemsCached();
    // A block that was cancelled may end in any way; cancelled is what happened.
    if (stopWanted == static_cast<int>(Stop::Cancel)) ran = fail(timeUp ? timeIsUp(job) : cancelled());
    if (!ran) {
      result.error = std::move(ran).error();
      return result;
    }
    PB_TRY(result.outputs, context.saveOutputs());
    PB_TRY(result.effects, context.publishEffects());
    if (stopWanted == static_cast<int>(Stop::Keep)) result.effects["stopped"] = "keep";
    return result;
  });
  JobResult result;
  if (outcome) result = *outcome;
  else result.error = outcome.error();
  if (result.error && result.error->where.empty()) result.error->where = job.name;
  result.peakMemoryBytes = memoryOf("VmHWM:");
  return result;
}

/// Another process than the first of a job that several compute: says how it ended in a folder of its own. 0 unless it crashes.
int runFollower(const JobSpec& whole, Packs& packs, int rank) {
  const auto job = jobOfRank(whole, rank);
  const AttemptFiles files{job.attemptFolder};
  // The first one decides whether the job stops and tells the block of the others.
  for (const int number : {SIGTERM, SIGUSR1, SIGUSR2}) handle(number, SIG_IGN);
  std::error_code ec;
  fs::create_directories(files.answers(), ec);
  if (ec || !redirectOutput(files.log())) return workerFailed;
  auto log = EventLog::open(files);
  if (!log) return workerFailed;
  leaveWithTheFirst(job);
  FileLink link{files, &*log, [] { return false; }};
  JobResult result;
  const auto type = packs.block(job.type);
  auto done = type ? perform(job, **type, link, *log) : Result<JobResult>{fail(type.error())};
  if (done) result = std::move(*done);
  else result.error = std::move(done).error();
  (void)writeResult(files, job.claim, result);
  return workerDone;
}

}  // namespace

UniqueFd guardOutput() {
  UniqueFd own{::fcntl(1, F_DUPFD_CLOEXEC, 3)};
  ::dup2(2, 1);
  return own;
}

int runJob(const JobSpec& whole, Packs& packs, Channel channel) {
  const auto begin = std::chrono::steady_clock::now();
  spreadOverTasks(whole);
  const auto rank = givenRank(whole);
  const auto job = jobOfRank(whole, 0);
  const AttemptFiles files{job.attemptFolder};
  ::setsid();
  takeSignals();
  stepBack();
  if (rank && *rank > 0) return runFollower(whole, packs, *rank);
  const auto exitOf = [](const Error& error) { return error.kind == ErrorKind::NoSpace ? workerNoSpace : workerFailed; };
  if (const auto ready = redirectOutput(files.log()); !ready) return exitOf(ready.error());
  const auto claimed = claimAttempt(files, job.claim);
  if (!claimed) return exitOf(claimed.error());
  if (!*claimed) return workerLostClaim;
  // Room for the heartbeat is taken now: rewritten in place it needs none later, however full the disk gets.
  if (const auto beats = firstHeartbeat(files); !beats) return exitOf(beats.error());
  auto log = EventLog::open(files);
  if (!log) return exitOf(log.error());
  std::optional<RankGroup> group;
  if (ranksOf(whole) > 1) {
    group.emplace(whole);
    const auto follower = [&](int other) {
      channel = {};
      return runFollower(whole, packs, other);
    };
    if (const auto started = rank ? Result<>{} : group->startOthers(follower); !started) return exitOf(started.error());
  }

  std::unique_ptr<JobLink> link;
  if (std::error_code none; fs::exists(files.answers(), none)) {
    link = std::make_unique<FileLink>(
        files, &*log, [] { return stopWanted == static_cast<int>(Stop::Cancel); }, std::move(channel));
  } else if (channel) {
    link = std::make_unique<ChannelLink>(std::move(channel), &*log, [](const Frame& frame) {
      if (frame.value["op"].asText() == "stop") frame.value["how"].asText() == "keep" ? wantKeep(SIGUSR2) : wantCancel(SIGTERM);
    });
  } else {
    link = std::make_unique<FolderLink>(files, &*log);
  }
  link->event(log->add(Value::Map{{"event", "hello"},
                                  {"pid", static_cast<std::int64_t>(::getpid())},
                                  {"block", job.type},
                                  {"threads", job.threads},
                                  {"device", job.device}}));
  if (group)
    group->attend(*link, [&](Error error) {
      JobResult given;
      given.error = std::move(error);
      (void)writeResult(files, job.claim, given);
      ::_exit(workerDone);
    });
  JobResult result;
  if (const auto type = packs.block(job.type)) {
    if (auto done = perform(job, **type, *link, *log)) result = std::move(*done);
    if (group && result.error) result.error = group->explained(std::move(*result.error));
    group.reset();
  } else {
    result.error = type.error();
    result.error->where = job.name;
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (result.error) link->event(log->add(Value::Map{{"event", "error"}, {"error", toValue(*result.error)}}));
  log->add(Value::Map{{"event", "bye"}, {"ok", !result.error}, {"seconds", result.seconds}});
  std::error_code ec;
  fs::remove_all(files.scratch(), ec);
  // Tasks of a cluster may still be writing there.
  if (!result.error && !rank) fs::remove_all(job.attemptFolder / "ranks", ec);
  if (const auto written = writeResult(files, job.claim, result); !written) return exitOf(written.error());
  if (result.error && result.error->code == jobContinues) return workerCheckpointed;
  // Not before: without room for the result the next attempt goes on from here.
  if (!result.error && !result.effects.contains("stopped")) removeCheckpoint(job);
  return workerDone;
}

}  // namespace patchbay
