// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/slurm_executor.h"

#include <sys/stat.h>

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "engine/base/process.h"
#include "engine/executor/attempt.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds tick{100};
// A shared file system may show a result a little after Slurm says that the job is over.
constexpr std::chrono::milliseconds resultWithin{4'000};

struct Job {
  JobSpec spec;
  AttemptId id;
  AttemptFiles files;
  std::string step, claim, slurmId;
  std::string state, reason;  ///< As squeue said last.
  std::int64_t memoryBytes = 0;
  std::atomic<bool> claimed{false}, cancelled{false}, silent{false}, finished{false};
  bool unsure = false;  ///< It may have been submitted before.
  int looks = 0;
  std::deque<std::vector<std::string>> orders;  ///< scancel calls to come.
  Clock::time_point notBefore{};
  std::int64_t eventBytes = 0;
  Heartbeat last;
  Clock::time_point lastBeat = Clock::now(), lastRead{};
  std::optional<Clock::time_point> overSince;
};

fs::path recordOf(const AttemptFiles& files) { return files.folder / "slurm.json"; }

Result<ProgramRun> slurm(std::vector<std::string> argv) { return runProgram(argv, {}, std::chrono::seconds{60}); }

bool unanswered(const std::string& err) {
  for (const auto* sign : {"Unable to contact slurm controller", "Connection refused", "Socket timed out", "Zero Bytes were transmitted",
                           "Communication connection failure", "Unexpected message received", "Slurm backup controller"})
    if (err.find(sign) != std::string::npos) return true;
  return false;
}

tl::unexpected<Error> refused(const Result<ProgramRun>& run) {
  if (!run) return fail(run.error());
  auto said = run->err;
  while (!said.empty() && said.back() == '\n') said.pop_back();
  if (unanswered(said))
    return fail(ErrorKind::Unreachable, "slurm.down",
                TR("remote", "The cluster's controller does not answer: {said}").with("said", displayText(said)),
                TR("remote", "It is tried again by itself; ask the cluster's administrators when this lasts."));
  return fail(ErrorKind::Usage, "slurm.refused", TR("remote", "The cluster refused the job: {said}").with("said", displayText(said)),
              TR("remote", "Check partition, account, time and resources of the machine: `patchbay machines test NAME`."));
}

bool over(const std::string& state) {
  static const std::set<std::string, std::less<>> going{"PENDING",   "RUNNING",      "CONFIGURING",  "COMPLETING", "SUSPENDED",
                                                        "REQUEUED",  "REQUEUE_FED",  "REQUEUE_HOLD", "RESIZING",   "SIGNALING",
                                                        "STAGE_OUT", "SPECIAL_EXIT", "STOPPED"};
  return !going.contains(state);
}

std::string field(const std::string& text, const std::string& key) {
  const auto at = text.find(key + "=");
  if (at == std::string::npos) return {};
  const auto from = at + key.size() + 1;
  return text.substr(from, text.find_first_of(" \n", from) - from);
}

}  // namespace

struct SlurmExecutor::Impl {
  SlurmOptions options;
  JobHost& host;
  std::mutex submitting, mutex;
  std::condition_variable wake;
  std::map<std::string, std::shared_ptr<Job>> jobs;
  std::atomic<bool> ending{false};
  Clock::time_point lastSqueue{};
  std::thread watcher, asker;  ///< Of files; of the cluster, whose answers may take long.

  Impl(SlurmOptions o, JobHost& h) : options{std::move(o)}, host{h} {
    watcher = std::thread{[this] { watch(); }};
    asker = std::thread{[this] { askCluster(); }};
  }
  ~Impl() {
    {
      const std::lock_guard lock{mutex};
      ending = true;
    }
    wake.notify_all();
    watcher.join();
    asker.join();
  }

  std::shared_ptr<Job> known(const std::string& id) {
    const std::lock_guard lock{mutex};
    const auto it = jobs.find(id);
    return it == jobs.end() ? nullptr : it->second;
  }

  // --- Submitting -----------------------------------------------------------------------------------------------------

  std::shared_ptr<Job> add(const JobSpec& spec, std::string slurmId, bool unsure) {
    auto job = std::make_shared<Job>();
    job->spec = spec;
    job->id = spec.attempt;
    job->files = {options.attemptsFolder / spec.attempt.text};
    job->step = spec.name;
    job->claim = spec.claim;
    job->slurmId = std::move(slurmId);
    job->unsure = unsure;
    job->memoryBytes = options.wishes["memory_mb"].asInt() << 20;
    const std::lock_guard lock{mutex};
    const auto [it, added] = jobs.emplace(spec.attempt.text, job);
    wake.notify_all();
    return it->second;
  }

  /// An attempt whose folder says that it was submitted, or was going to be: which of the two, the cluster is asked.
  Result<std::shared_ptr<Job>> takeUp(const AttemptId& id) {
    if (auto job = known(id.text)) return job;
    const AttemptFiles files{options.attemptsFolder / id.text};
    const auto text = readFile(files.job(), std::size_t{64} << 20);
    if (!text) return nullptr;
    PB_TRY(const auto value, parseJson(*text));
    PB_TRY(const auto spec, jobFromValue(value));
    std::string slurmId;
    if (const auto record = readFile(recordOf(files), 10'000)) {
      PB_TRY(const auto noted, parseJson(*record));
      slurmId = noted["job"].asText();
    }
    return add(spec, std::move(slurmId), true);
  }

  Result<> note(const AttemptFiles& files, const std::string& jobId) {
    return writeFileAtomically(recordOf(files), toJson(Value{Value::Map{{"job", jobId}}}));
  }

  std::vector<std::string> command(const JobSpec& spec) const {
    std::vector<std::string> out{"sbatch",
                                 "--parsable",
                                 "--no-requeue",
                                 "--job-name=" + spec.attempt.text,
                                 "--comment=patchbay:" + options.instance,
                                 "--signal=B:USR1@30",
                                 "--open-mode=append",
                                 "--output=slurm.txt",
                                 "--chdir=" + spec.attemptFolder.string(),
                                 "--cpus-per-task=" + std::to_string(std::max(1, spec.threads))};
    for (const auto* wish : {"partition", "account", "time", "gres", "constraint"})
      if (const auto& value = options.wishes[wish].asText(); !value.empty()) out.push_back("--" + std::string{wish} + "=" + value);
    if (const auto mb = options.wishes["memory_mb"].asInt(); mb > 0) out.push_back("--mem=" + std::to_string(mb) + "M");
    // Program and job are arguments of the script: nothing is quoted.
    out.insert(out.end(), {(spec.attemptFolder / "job.sh").string(), options.program.string(), "job", "job.json"});
    if (!options.allowedPacks.empty()) out.insert(out.end(), {"--packs", options.allowedPacks.string()});
    return out;
  }

  /// Writes the intent; the cluster is asked by a thread, as its controller may be away for minutes.
  Result<std::string> submit(const JobSpec& spec) {
    const std::lock_guard one{submitting};
    if (!isUlid(spec.attempt.text))
      return fail(ErrorKind::Internal, "attempt.id", TR("executor", "An attempt's id must be a ULID."), TR("executor", "Report this."));
    std::error_code ec;
    fs::create_directories(spec.attemptFolder, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(spec.attemptFolder.native())));
    PB_TRY(const auto there, takeUp(spec.attempt));
    if (there) return spec.attempt.text;
    PB_CHECK(writeFileAtomically(spec.attemptFolder / "job.sh", "#!/bin/sh\nexec \"$@\"\n"));
    PB_CHECK(writeFileAtomically(AttemptFiles{spec.attemptFolder}.job(), toJson(toValue(spec))));
    add(spec, {}, false);
    return spec.attempt.text;
  }

  /// The job's number on the cluster: of an earlier call whose answer was not noted, or of a new one.
  Result<std::string> numberOf(Job& job) {
    if (job.unsure) {
      const auto found = slurm({"squeue", "-h", "-a", "-t", "all", "--me", "--name=" + job.id.text, "-o", "%i"});
      if (!found || found->code != 0) return refused(found);
      if (const auto id = found->out.substr(0, found->out.find('\n')); !id.empty()) return id;
      job.unsure = false;
    }
    const auto run = slurm(command(job.spec));
    job.unsure = true;  // Whether a call that failed had submitted is asked at the next try.
    if (!run || run->code != 0) return refused(run);
    const auto id = run->out.substr(0, run->out.find_first_of(";\n"));
    if (id.empty() || id.find_first_not_of("0123456789_") != std::string::npos) return refused(run);
    return id;
  }

  void sendJob(Job& job) {
    if (job.cancelled) return finish(job, failed(judgeSlurm({.step = job.step, .cancelled = true})));
    const auto number = numberOf(job);
    if (!number) {
      const bool away = number.error().kind == ErrorKind::Unreachable || number.error().kind == ErrorKind::TimedOut;
      if (!away) return finish(job, failed(number.error()));
      job.notBefore = Clock::now() + std::chrono::seconds{3};
      host.onEvent(job.id, Value::Map{{"event", "waiting"}, {"reason", "the controller does not answer"}});
      return;
    }
    (void)note(job.files, *number);
    const std::lock_guard lock{mutex};
    job.slurmId = *number;
  }

  JobResult failed(Error error) {
    JobResult out;
    out.error = std::move(error);
    return out;
  }

  // --- Watching -------------------------------------------------------------------------------------------------------

  /// Calls `each` now and then with the jobs that are not over, until the end.
  void whileJobs(std::chrono::milliseconds every, const std::function<void(const std::vector<std::shared_ptr<Job>>&)>& each) {
    std::unique_lock lock{mutex};
    while (!ending) {
      std::vector<std::shared_ptr<Job>> going;
      for (const auto& [id, job] : jobs)
        if (!job->finished) going.push_back(job);
      if (going.empty()) {
        wake.wait(lock);
        continue;
      }
      lock.unlock();
      each(going);
      lock.lock();
      wake.wait_for(lock, every, [&] { return ending.load(); });
    }
  }

  void watch() {
    whileJobs(tick, [&](const auto& going) {
      for (const auto& job : going) look(*job);
    });
  }

  void askCluster() {
    whileJobs(tick, [&](const auto& going) {
      for (const auto& job : going) {
        if (ending) return;
        if (job->slurmId.empty() && !job->finished && job->notBefore < Clock::now()) sendJob(*job);
        if (!job->slurmId.empty()) carryOut(*job);
      }
      if (Clock::now() - lastSqueue >= options.squeueEvery) {
        askSqueue(going);
        lastSqueue = Clock::now();
      }
      for (const auto& job : going)
        if (!job->slurmId.empty()) judge(*job);
    });
  }

  /// What was asked of a job.
  void carryOut(Job& job) {
    if (job.notBefore > Clock::now()) return;
    for (;;) {
      std::vector<std::string> order;
      {
        const std::lock_guard lock{mutex};
        if (job.orders.empty() || job.finished) return;
        order = job.orders.front();
      }
      order.push_back(job.slurmId);
      const auto done = slurm(order);
      if (!done || (done->code != 0 && unanswered(done->err))) {
        job.notBefore = Clock::now() + std::chrono::seconds{3};
        return;
      }
      const std::lock_guard lock{mutex};
      job.orders.pop_front();
      // In the queue nobody writes a result.
      if (order.size() == 2 && !job.claimed) {
        job.state = "CANCELLED";
        if (!job.overSince) job.overSince = Clock::now();
      }
    }
  }

  /// The files of the attempt: what is there is true, whatever the controller says.
  void look(Job& job) {
    // A job in the queue has none; a thousand of them are looked at once a second.
    if (!job.claimed) {
      if (job.looks++ % 5 != 0) return;
      std::error_code ec;
      if (!fs::exists(job.files.claim(), ec)) return;
      const std::lock_guard lock{mutex};
      job.claimed = true;
      job.lastBeat = Clock::now();
    }
    struct stat st {};
    if (::stat(job.files.events().c_str(), &st) == 0 && st.st_size != job.eventBytes) {
      job.eventBytes = st.st_size;
      host.onEvent(job.id, Value::Map{{"event", "lines"}});
    }
    if (const auto result = readResult(job.files.folder, job.claim); result && *result) return finish(job, **result);
    if (Clock::now() - job.lastRead < std::chrono::seconds{1}) return;
    job.lastRead = Clock::now();
    const auto pulse = readHeartbeat(job.files);
    if (!pulse || pulse->beat == job.last.beat) return;
    {
      const std::lock_guard lock{mutex};
      job.last = *pulse;
      job.lastBeat = Clock::now();
    }
    host.onEvent(job.id, Value::Map{{"event", "heartbeat"},
                                    {"memory", pulse->memoryBytes},
                                    {"peak", pulse->peakMemoryBytes},
                                    {"cpu", pulse->cpuSeconds},
                                    {"quiet", pulse->quietSeconds}});
  }

  /// One call for all jobs.
  void askSqueue(const std::vector<std::shared_ptr<Job>>& going) {
    const auto said = slurm({"squeue", "-h", "-a", "-t", "all", "--me", "-o", "%i|%T|%r|%k|%j"});
    if (!said || said->code != 0) return;  // Nothing is known; nothing is concluded.
    std::map<std::string, std::pair<std::string, std::string>> states;
    std::istringstream lines{said->out};
    for (std::string line; std::getline(lines, line);) {
      std::vector<std::string> f;
      std::istringstream words{line};
      for (std::string word; std::getline(words, word, '|');) f.push_back(word);
      if (f.size() >= 3) states[f[0]] = {f[1], f[2]};
    }
    const std::lock_guard lock{mutex};
    for (const auto& job : going) {
      const auto it = states.find(job->slurmId);
      const auto before = job->reason;
      if (it != states.end()) {
        job->state = it->second.first;
        job->reason = it->second.second;
      } else {
        job->state = "GONE";
      }
      if (over(job->state) && !job->overSince) job->overSince = Clock::now();
      if (job->state == "PENDING" && job->reason != before)
        host.onEvent(job->id, Value::Map{{"event", "waiting"}, {"reason", job->reason}});
    }
  }

  void judge(Job& job) {
    if (job.finished) return;
    std::unique_lock lock{mutex};
    const auto now = Clock::now();
    const auto lastBeat = job.lastBeat;
    const auto peak = job.last.peakMemoryBytes;
    lock.unlock();
    const bool stands = job.claimed && now - lastBeat > options.lease;
    // A step daemon that died leaves its job behind, shown as running: our own heartbeat knows better than the controller.
    const bool beats = job.claimed && now - lastBeat < std::chrono::seconds{5};
    const bool ended = job.overSince && now - *job.overSince > resultWithin && !beats;
    if (!stands && !ended) return;
    if (stands && !ended) {
      job.silent = true;
      (void)slurm({"scancel", "--full", "--signal=KILL", job.slurmId});
    }
    SlurmEvidence evidence{.step = job.step,
                           .state = job.state,
                           .reason = job.reason,
                           .peakMemoryBytes = peak,
                           .memoryBytes = job.memoryBytes,
                           .cancelled = job.cancelled,
                           .silent = job.silent};
    if (const auto shown = slurm({"scontrol", "show", "job", "-o", job.slurmId}); shown && shown->code == 0) {
      evidence.state = field(shown->out, "JobState");
      evidence.reason = field(shown->out, "Reason");
      const auto exit = field(shown->out, "ExitCode");
      std::from_chars(exit.data(), exit.data() + exit.size(), evidence.exitCode);
      if (const auto colon = exit.find(':'); colon != std::string::npos)
        std::from_chars(exit.data() + colon + 1, exit.data() + exit.size(), evidence.signal);
      // A script that ends by a signal of its program is told as 128 + signal.
      if (evidence.signal == 0 && evidence.exitCode > 128) evidence.signal = evidence.exitCode - 128;
    }
    if (const auto pulse = readHeartbeat(job.files)) evidence.peakMemoryBytes = std::max(evidence.peakMemoryBytes, pulse->peakMemoryBytes);
    // What the step daemon wrote when it killed the job; newer versions say the first, cgroups the second.
    if (const auto said = readFile(job.files.folder / "slurm.txt", std::size_t{16} << 20))
      if (said->find("exceeded memory limit") != std::string::npos || said->find("oom_kill event") != std::string::npos ||
          said->find("oom-kill event") != std::string::npos)
        evidence.reason = "OutOfMemory";
    JobResult result;
    result.error = judgeSlurm(evidence);
    result.peakMemoryBytes = evidence.peakMemoryBytes;
    finish(job, result);
  }

  void finish(Job& job, const JobResult& result) {
    {
      const std::lock_guard lock{mutex};
      if (job.finished.exchange(true)) return;
    }
    std::error_code ec;
    if (!fs::exists(job.files.result(), ec)) (void)writeResult(job.files, job.claim, result);
    host.onFinished(job.id, result);
  }

  Result<> signal(const std::string& id, JobSignal what) {
    const auto job = known(id);
    if (!job)
      return fail(ErrorKind::NotFound, "attempt.unknown", TR("executor", "There is no attempt {id} here.").with("id", displayText(id)),
                  TR("executor", "Run the pipeline again."));
    bool again = false, running = false;
    {
      const std::lock_guard lock{mutex};
      if (job->finished) return {};
      running = job->claimed || job->state == "RUNNING";
      if (what == JobSignal::Cancel) again = job->cancelled.exchange(true);
      if (what == JobSignal::Kill) job->cancelled = true;
    }
    std::vector<std::string> argv{"scancel"};
    // Slurm sends its TERM and, after KillWait, its KILL to a job that is cancelled outright; a politely asked one has its time.
    if (what == JobSignal::Keep) argv.insert(argv.end(), {"--batch", "--signal=USR2"});
    else if (what == JobSignal::Checkpoint) argv.insert(argv.end(), {"--batch", "--signal=USR1"});
    else if (what == JobSignal::Cancel && running && !again) argv.insert(argv.end(), {"--batch", "--signal=TERM"});
    const std::lock_guard lock{mutex};
    job->orders.push_back(std::move(argv));
    wake.notify_all();
    return {};
  }
};

SlurmExecutor::SlurmExecutor(SlurmOptions options, JobHost& host) : impl_{std::make_unique<Impl>(std::move(options), host)} {}
SlurmExecutor::~SlurmExecutor() = default;

void SlurmExecutor::setWishes(const Value& wishes) {
  const std::lock_guard lock{impl_->submitting};
  impl_->options.wishes = wishes;
}

Value SlurmExecutor::capabilities() {
  return Value::Map{{"name", "slurm"}, {"shared_fs", true}, {"signals", Value::List{"checkpoint", "keep", "cancel", "kill"}}};
}

Result<std::string> SlurmExecutor::submit(const JobSpec& job) { return impl_->submit(job); }

Result<std::optional<std::string>> SlurmExecutor::find(const AttemptId& attempt) {
  if (!isUlid(attempt.text)) return std::nullopt;
  PB_TRY(const auto job, impl_->takeUp(attempt));
  return job ? std::optional{attempt.text} : std::nullopt;
}

std::vector<JobState> SlurmExecutor::poll(std::span<const std::string> externalIds) {
  std::vector<JobState> out;
  for (const auto& id : externalIds) {
    const auto found = isUlid(id) ? impl_->takeUp({id}) : Result<std::shared_ptr<Job>>{nullptr};
    if (!found) {
      out.push_back({.kind = JobState::Kind::Unknown, .reason = render(found.error().cause)});
    } else if (!*found) {
      out.push_back({.kind = JobState::Kind::Gone});
    } else {
      const std::lock_guard lock{impl_->mutex};
      const auto& job = **found;
      if (job.finished) out.push_back({.kind = JobState::Kind::Exited});
      else if (job.claimed) out.push_back({.kind = JobState::Kind::Running});
      else out.push_back({.kind = JobState::Kind::Pending, .reason = job.reason});
    }
  }
  return out;
}

Result<> SlurmExecutor::signal(const std::string& externalId, JobSignal what) { return impl_->signal(externalId, what); }

Result<std::string> SlurmExecutor::fetchEvents(const AttemptId& attempt, std::int64_t offset) {
  return readFrom(AttemptFiles{impl_->options.attemptsFolder / attempt.text}.events(), offset, std::size_t{16} << 20);
}

Result<> SlurmExecutor::cleanup(const AttemptId& attempt) {
  const std::lock_guard lock{impl_->mutex};
  const auto it = impl_->jobs.find(attempt.text);
  if (it == impl_->jobs.end()) return {};
  if (!it->second->finished)
    return fail(ErrorKind::Busy, "attempt.running", TR("executor", "The job still runs."), TR("executor", "Stop it first."));
  impl_->jobs.erase(it);
  return {};
}

Result<> SlurmExecutor::sweep(std::span<const AttemptId>) { return {}; }

}  // namespace patchbay
