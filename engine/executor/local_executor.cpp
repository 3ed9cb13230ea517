// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/local_executor.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "engine/base/channel.h"
#include "engine/base/process.h"
#include "engine/executor/host_answers.h"
#include "engine/executor/verdict.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds tick{200};

/// One attempt. What the watching thread alone uses is marked; the rest is guarded by the executor's mutex.
struct Job {
  AttemptId id;
  AttemptFiles files;
  std::string step, block, claim;
  ProcessIdentity process;  ///< pid 0: being started.
  std::optional<WorkerExit> exit;
  bool cancelled = false, silent = false, finished = false, drained = false;
  bool forgotten = false;  ///< Cleaned up: leaves the list when it is finished.
  std::optional<Clock::time_point> killAt;
  int asking = 0;  ///< Questions that are being answered.
  // Watching thread only.
  Channel channel;
  EventTail tail{{}};
  Heartbeat last;
  Clock::time_point lastBeat = Clock::now();
  double quietCpu = 0;
  std::optional<double> silentSeconds;
  std::int64_t oomKillsBefore = -1;
};

/// Wakes the watching thread.
struct Bell {
  std::mutex mutex;
  UniqueFd wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  void ring() const {
    const std::uint64_t one = 1;
    (void)!::write(wake.get(), &one, sizeof one);
  }
};

struct Question {
  std::shared_ptr<Job> job;
  Value value;
};

Error unknownAttempt(std::string_view id) {
  return {ErrorKind::NotFound,
          "attempt.unknown",
          TR("executor", "There is no attempt {id} here.").with("id", displayText(id)),
          TR("executor", "Run the pipeline again."),
          {}};
}

/// Cards that the system knows of.
int devices() {
  int count = 0;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator{"/dev", ec}) {
    const auto name = entry.path().filename().native();
    if (name == "dxg") return 1;  // Windows shows its cards to Linux through this one.
    if (name.starts_with("nvidia") && name.size() > 6 && name.find_first_not_of("0123456789", 6) == std::string::npos) ++count;
  }
  return count;
}

/// GPUs that can be computed on. A process that ends at once looks: CUDA must not be initialised where workers are forked, and a
/// card without its libraries is none.
int graphicsCards(const ZygoteOptions& worker) {
  if (devices() == 0) return 0;
  static std::mutex mutex;
  static std::map<std::string, int> known;
  const std::lock_guard lock{mutex};
  const auto [it, unknown] = known.emplace(worker.program.string(), 0);
  if (!unknown) return it->second;
  auto argv = worker.launcher;
  argv.insert(argv.end(), {worker.program.string(), "gpu"});
  const auto run = runProgram(argv, {}, std::chrono::seconds{60});
  if (const auto said = parseJson(run ? run->out : ""); said) {
    const auto& gpus = (*said)["gpus"].asList();
    it->second = static_cast<int>(std::count_if(gpus.begin(), gpus.end(), [](const Value& one) { return one["works"].asBool(); }));
  }
  return it->second;
}

}  // namespace

struct LocalExecutor::Impl {
  LocalExecutorOptions options;
  JobHost& host;
  std::shared_ptr<Zygote> zygote;
  std::int64_t memory;
  /// Shared with the zygote's callbacks, which may outlive this: live workers keep the zygote.
  std::shared_ptr<Bell> bell = std::make_shared<Bell>();

  std::mutex submitting;  ///< Submits one at a time, so that the same attempt never starts twice.
  std::mutex& mutex = bell->mutex;
  std::condition_variable asked;
  std::map<std::string, std::shared_ptr<Job>> jobs;
  std::deque<Question> questions;
  bool ending = false;
  std::thread watcher, answerer;

  Impl(LocalExecutorOptions o, JobHost& h)
      : options{std::move(o)}, host{h}, zygote{std::make_shared<Zygote>(options.zygote)}, memory{options.memoryBytes} {
    if (memory <= 0) memory = usableMemory();
    watcher = std::thread{[this] { watch(); }};
    answerer = std::thread{[this] { answer(); }};
  }

  ~Impl() {
    {
      const std::lock_guard lock{mutex};
      ending = true;
    }
    bell->ring();
    asked.notify_all();
    watcher.join();
    answerer.join();
    zygote.reset();
  }

  std::shared_ptr<Job> known(const std::string& id) {
    const std::lock_guard lock{mutex};
    const auto it = jobs.find(id);
    return it == jobs.end() ? nullptr : it->second;
  }

  // --- Taking up and starting -----------------------------------------------------------------------------------------

  /// An attempt that a worker has claimed, found by its folder; null when nobody has.
  Result<std::shared_ptr<Job>> takeUp(const AttemptId& id, const fs::path& folder, bool silent = false) {
    auto job = std::make_shared<Job>();
    job->id = id;
    job->files = {folder};
    const auto claim = readClaim(job->files);
    if (!claim && claim.error().kind == ErrorKind::NotFound) return nullptr;
    if (!claim) return fail(claim.error());
    job->claim = claim->nonce;
    job->process = claim->process;
    job->silent = silent;
    job->tail = EventTail{job->files.events()};
    if (const auto text = readFile(job->files.job(), std::size_t{64} << 20))
      if (const auto value = parseJson(*text)) {
        job->step = (*value)["name"].asText();
        job->block = (*value)["type"].asText();
      }
    const std::lock_guard lock{mutex};
    const auto [it, added] = jobs.emplace(id.text, job);
    if (added) bell->ring();
    return it->second;
  }

  Result<std::string> submit(const JobSpec& spec) {
    const std::lock_guard one{submitting};
    if (!isUlid(spec.attempt.text))
      return fail(ErrorKind::Internal, "attempt.id", TR("executor", "An attempt's id must be a ULID."), TR("executor", "Report this."));
    if (known(spec.attempt.text)) return spec.attempt.text;
    std::error_code ec;
    fs::create_directories(spec.attemptFolder, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(spec.attemptFolder.native())));
    PB_TRY(const auto claimed, takeUp(spec.attempt, spec.attemptFolder));
    if (claimed) return spec.attempt.text;
    return start(spec);
  }

  Result<std::string> start(const JobSpec& spec) {
    auto job = std::make_shared<Job>();
    job->id = spec.attempt;
    job->files = {spec.attemptFolder};
    job->step = spec.name;
    job->block = spec.type;
    job->claim = spec.claim;
    job->tail = EventTail{job->files.events()};
    job->oomKillsBefore = oomKills();
    PB_CHECK(writeFileAtomically(job->files.job(), toJson(toValue(spec))));
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return fail(systemError(errno, "start", "a worker"));
    job->channel = Channel{UniqueFd{ends[0]}};
    UniqueFd theirs{ends[1]};
    // The watcher looks at the job from the moment it has a process: the order of the next two does not matter.
    const auto process = zygote->startJob(job->files.job(), spec.type, std::move(theirs), [ring = bell, job](const WorkerExit& exit) {
      const std::lock_guard lock{ring->mutex};
      job->exit = exit;
      ring->ring();
    });
    if (!process) return fail(process.error());
    const std::lock_guard lock{mutex};
    job->process = *process;
    job->lastBeat = Clock::now();
    jobs[spec.attempt.text] = job;
    bell->ring();
    return spec.attempt.text;
  }

  // --- Watching -------------------------------------------------------------------------------------------------------

  void watch() {
    for (;;) {
      std::vector<std::shared_ptr<Job>> running;
      {
        const std::lock_guard lock{mutex};
        if (ending) return;
        for (const auto& [id, job] : jobs)
          if (!job->finished) running.push_back(job);
      }
      std::vector<pollfd> waits{{bell->wake.get(), POLLIN, 0}};
      for (const auto& job : running)
        if (job->channel && !job->drained) waits.push_back({job->channel.inputFd(), POLLIN, 0});
      ::poll(waits.data(), waits.size(), running.empty() ? -1 : static_cast<int>(tick.count()));
      std::uint64_t count;
      (void)!::read(bell->wake.get(), &count, sizeof count);
      for (const auto& job : running) look(job);
    }
  }

  /// One look at a job: questions, events, signs of life, end.
  void look(const std::shared_ptr<Job>& job) {
    // Whether it has ended is asked first: what is read after that is all there will be.
    const bool ended = hasEnded(*job);
    readChannel(job);
    if (ended && waitForAnswers(*job)) return;
    tell(*job);
    if (ended) return finish(job);
    watchPulse(*job);
    std::unique_lock lock{mutex};
    if (job->killAt && Clock::now() > *job->killAt) {
      job->killAt.reset();
      lock.unlock();
      job->process.killGroup();
    }
  }

  bool hasEnded(Job& job) {
    std::unique_lock lock{mutex};
    if (job.exit && job.exit->known && job.exit->code == workerLostClaim) {
      // Another worker had the attempt already; that one is the job.
      if (const auto claim = readClaim(job.files)) {
        job.process = claim->process;
        job.exit.reset();
        job.channel = Channel{};
      }
    }
    if (job.exit && job.exit->known) return true;
    const auto process = job.process;
    const bool watchedByZygote = job.channel && !job.exit;
    lock.unlock();
    // While the zygote lives it tells how a worker ended, which /proc does not.
    return !watchedByZygote && process.pid != 0 && !process.alive();
  }

  bool waitForAnswers(Job& job) {
    const std::lock_guard lock{mutex};
    return job.asking > 0;
  }

  void readChannel(const std::shared_ptr<Job>& job) {
    while (job->channel) {
      auto frame = job->channel.receive(0);
      if (!frame) {
        // Only how it ended is still to come. Its end is kept for the answers that are under way.
        job->drained = true;
        return;
      }
      if (!*frame) return;
      if (!(*frame)->value.contains("ask")) continue;  // An event; it is in the file.
      const std::lock_guard lock{mutex};
      ++job->asking;
      questions.push_back({job, std::move((*frame)->value)});
      asked.notify_one();
    }
  }

  void tell(Job& job) {
    for (const auto& event : job.tail.read()) {
      if (event["event"].asText() == "artifact") recordArtifact(event);
      if (!job.silent) host.onEvent(job.id, event);
    }
  }

  /// What a worker could not tell an engine that was away.
  void recordArtifact(const Value& event) {
    if (event["kind"].asText() == "item_pack") {
      const auto function = Digest::parse(event["function"].asText()), pack = Digest::parse(event["pack"].asText());
      if (function && pack) (void)host.addItemPack(*function, *pack, event["items"].asInt());
    } else if (event["kind"].asText() == "source") {
      if (const auto digest = Digest::parse(event["digest"].asText())) (void)host.addSource(*digest, SeenFile::fromValue(event));
    }
  }

  void watchPulse(Job& job) {
    const auto now = Clock::now();
    const auto pulse = readHeartbeat(job.files);
    if (pulse && pulse->beat != job.last.beat) {
      if (pulse->quietSeconds < job.last.quietSeconds || job.last.beat == 0) job.quietCpu = pulse->cpuSeconds;
      job.last = *pulse;
      job.lastBeat = now;
      if (!job.silent)
        host.onEvent(job.id, Value::Map{{"event", "heartbeat"},
                                        {"memory", pulse->memoryBytes},
                                        {"peak", pulse->peakMemoryBytes},
                                        {"cpu", pulse->cpuSeconds},
                                        {"quiet", pulse->quietSeconds}});
    }
    const bool frozen = now - job.lastBeat > options.heartbeatTimeout;
    const auto quiet = std::chrono::duration<double>(job.last.quietSeconds);
    // A block that computes is quiet too; one that waits for ever uses no processor.
    const bool hangs = quiet > options.quietTimeout && job.last.cpuSeconds - job.quietCpu < .02 * job.last.quietSeconds;
    if (!frozen && !hangs) return;
    if (!job.silentSeconds) job.silentSeconds = frozen ? std::chrono::duration<double>(now - job.lastBeat).count() : job.last.quietSeconds;
    job.process.killGroup();
  }

  void finish(const std::shared_ptr<Job>& job) {
    auto result = readResult(job->files.folder, job->claim);
    JobResult verdict;
    if (result && *result) {
      verdict = std::move(**result);
    } else {
      Evidence evidence{.step = job->step, .block = job->block, .memoryBytes = memory};
      {
        const std::lock_guard lock{mutex};
        evidence.exit = job->exit;
        evidence.cancelled = job->cancelled;
      }
      evidence.silentSeconds = job->silentSeconds;
      if (const auto pulse = readHeartbeat(job->files)) evidence.peakMemoryBytes = pulse->peakMemoryBytes;
      if (evidence.exit) evidence.peakMemoryBytes = std::max(evidence.peakMemoryBytes, evidence.exit->peakMemoryBytes);
      const auto kills = oomKills();
      evidence.oomKill = job->oomKillsBefore >= 0 && kills > job->oomKillsBefore;
      verdict.error = judge(evidence);
      verdict.peakMemoryBytes = evidence.peakMemoryBytes;
      if (!result && result.error().kind != ErrorKind::Cancelled) verdict.error = result.error();
      // Written down, so that whoever asks later hears the same.
      if (result) (void)writeResult(job->files, job->claim, verdict);
    }
    const bool silent = job->silent;
    if (!silent) host.onFinished(job->id, verdict);
    const std::lock_guard lock{mutex};
    job->finished = true;
    job->channel = Channel{};
    if (job->forgotten) jobs.erase(job->id.text);
  }

  // --- Answering ------------------------------------------------------------------------------------------------------

  void answer() {
    std::unique_lock lock{mutex};
    for (;;) {
      asked.wait(lock, [&] { return ending || !questions.empty(); });
      if (ending) return;
      const auto question = std::move(questions.front());
      questions.pop_front();
      lock.unlock();
      const auto reply = answerQuestion(host, question.value);
      (void)question.job->channel.send(reply, 2000);
      lock.lock();
      --question.job->asking;
      bell->ring();
    }
  }

  // --- Asking from outside --------------------------------------------------------------------------------------------

  JobState stateOf(const std::string& id) {
    auto job = known(id);
    if (!job) {
      if (!isUlid(id)) return {.kind = JobState::Kind::Gone};
      std::error_code ec;
      if (!fs::exists(options.attemptsFolder, ec)) return {.kind = JobState::Kind::Unknown, .reason = "the attempts folder cannot be read"};
      // Over and cleaned up, perhaps by an engine before this one: there is nothing left to watch.
      const AttemptFiles files{options.attemptsFolder / id};
      if (const auto claim = readClaim(files); claim && !claim->process.alive())
        if (const auto result = readResult(files.folder, claim->nonce); result && *result) return {.kind = JobState::Kind::Gone};
      auto found = takeUp({id}, options.attemptsFolder / id);
      if (!found) return {.kind = JobState::Kind::Unknown, .reason = render(found.error().cause)};
      if (!*found) return {.kind = JobState::Kind::Gone};
      job = *found;
    }
    const std::lock_guard lock{mutex};
    if (!job->finished) return {.kind = JobState::Kind::Running};
    if (job->exit && job->exit->known) return {.kind = JobState::Kind::Exited, .code = job->exit->code, .signal = job->exit->signal};
    return {.kind = JobState::Kind::Gone};
  }

  Result<> signal(const std::string& id, JobSignal what) {
    const auto job = known(id);
    if (!job) return fail(unknownAttempt(id));
    std::unique_lock lock{mutex};
    if (job->finished) return {};
    const auto process = job->process;
    switch (what) {
      case JobSignal::Checkpoint:
        return fail(ErrorKind::Unsupported, "signal.checkpoint", TR("executor", "Blocks write their checkpoints as they go."),
                    TR("executor", "Stop the job; it goes on from its last checkpoint."));
      case JobSignal::Keep:
        lock.unlock();
        process.signal(SIGUSR2);
        break;
      case JobSignal::Cancel:
        // Two signals of one kind may arrive as one, so the second cancel is not a signal to the worker.
        if (std::exchange(job->cancelled, true)) {
          lock.unlock();
          process.killGroup();
          break;
        }
        job->killAt = Clock::now() + options.cancelGrace;
        lock.unlock();
        process.signal(SIGTERM);
        break;
      case JobSignal::Kill:
        job->cancelled = true;
        lock.unlock();
        process.killGroup();
        break;
    }
    return {};
  }

  Result<> sweep(std::span<const AttemptId> keep) {
    std::set<std::string> wanted;
    for (const auto& id : keep) wanted.insert(id.text);
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator{options.attemptsFolder, ec}) {
      const auto id = entry.path().filename().native();
      if (!isUlid(id) || wanted.contains(id)) continue;
      const auto claim = readClaim({entry.path()});
      if (!claim || !claim->process.alive()) continue;
      // Nobody waits for it: its end is watched, so that it comes, and not told.
      PB_TRY(const auto job, takeUp({id}, entry.path(), true));
      if (job) PB_CHECK(signal(id, JobSignal::Cancel));
    }
    return {};
  }

  Result<> cleanup(const AttemptId& id) {
    const auto job = known(id.text);
    AttemptFiles files{job ? job->files.folder : options.attemptsFolder / id.text};
    if (!isUlid(id.text)) return fail(unknownAttempt(id.text));
    const auto claim = readClaim(files);
    if (claim && claim->process.alive() && (!job || !job->finished))
      return fail(ErrorKind::Busy, "attempt.running", TR("executor", "The job still runs."), TR("executor", "Stop it first."));
    std::error_code ec;
    if (const auto text = readFile(files.leftovers(), 1 << 20)) {
      std::string_view rest{*text};
      while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto path = parseJson(line);
        // Only names an export makes: the file is in the project's folder and may have been changed.
        if (path && pathFromValue(*path).filename().native().starts_with(".patchbay-" + id.text)) fs::remove_all(pathFromValue(*path), ec);
      }
    }
    for (const auto& path : {files.scratch(), files.leftovers(), files.heartbeat()}) fs::remove_all(path, ec);
    if (job) {
      const std::lock_guard lock{mutex};
      job->forgotten = true;
      if (job->finished) jobs.erase(id.text);
    }
    return {};
  }
};

LocalExecutor::LocalExecutor(LocalExecutorOptions options, JobHost& host) : impl_{std::make_unique<Impl>(std::move(options), host)} {}
LocalExecutor::~LocalExecutor() = default;

Value LocalExecutor::capabilities() {
  return Value::Map{{"name", "local"},
                    {"cores", static_cast<std::int64_t>(std::max(1u, std::thread::hardware_concurrency()))},
                    {"memory_mb", impl_->memory >> 20},
                    {"gpus", graphicsCards(impl_->options.zygote)},
                    {"shared_fs", true},
                    {"signals", Value::List{"keep", "cancel", "kill"}}};
}

Result<std::string> LocalExecutor::submit(const JobSpec& job) { return impl_->submit(job); }

Result<std::optional<std::string>> LocalExecutor::find(const AttemptId& attempt) {
  if (impl_->known(attempt.text)) return attempt.text;
  if (!isUlid(attempt.text)) return std::nullopt;
  PB_TRY(const auto job, impl_->takeUp(attempt, impl_->options.attemptsFolder / attempt.text));
  return job ? std::optional{attempt.text} : std::nullopt;
}

std::vector<JobState> LocalExecutor::poll(std::span<const std::string> externalIds) {
  std::vector<JobState> states;
  for (const auto& id : externalIds) states.push_back(impl_->stateOf(id));
  return states;
}

Result<> LocalExecutor::signal(const std::string& externalId, JobSignal what) { return impl_->signal(externalId, what); }

Result<std::string> LocalExecutor::fetchEvents(const AttemptId& attempt, std::int64_t offset) {
  if (!isUlid(attempt.text)) return fail(unknownAttempt(attempt.text));
  const auto job = impl_->known(attempt.text);
  return readFrom(AttemptFiles{job ? job->files.folder : impl_->options.attemptsFolder / attempt.text}.events(), offset,
                  std::size_t{16} << 20);
}

Result<> LocalExecutor::cleanup(const AttemptId& attempt) { return impl_->cleanup(attempt); }
Result<> LocalExecutor::sweep(std::span<const AttemptId> keep) { return impl_->sweep(keep); }
std::shared_ptr<Zygote> LocalExecutor::zygote() const { return impl_->zygote; }

}  // namespace patchbay
