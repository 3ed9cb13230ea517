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
#include "engine/executor/ranks.h"
#include "engine/executor/worker_process.h"
#include "engine/remote/slurm_calls.h"
#include "engine/remote/slurm_chains.h"
#include "engine/remote/slurm_job.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds tick{100};
// A shared file system may show a result a little after Slurm says that the job is over. Where the worker left with a code that
// says there is one, it is worth a longer wait: NFS believes for up to a minute that a file is not there.
constexpr std::chrono::milliseconds resultWithin{4'000}, resultSurelyWithin{90'000};
// Passes of a loop arrive one after the other: an array is sent when no more have come for a moment, or after a while all the same.
constexpr std::chrono::milliseconds arrayQuiet{1'000}, arrayWithin{5'000};
constexpr std::size_t mostInArray = 200;  // Clusters allow 1,001 as a rule.

using Job = SlurmJob;

}  // namespace

struct SlurmExecutor::Impl {
  SlurmOptions options;
  SlurmChains chains{options.attemptsFolder.parent_path() / "chains", options.instance};
  JobHost& host;
  std::mutex submitting, mutex;
  std::condition_variable wake;
  std::map<std::string, std::shared_ptr<Job>> jobs;
  std::atomic<bool> ending{false};
  Clock::time_point lastSqueue{}, lastEnd{};
  std::map<std::string, Clock::time_point> orphans;  ///< Of the cluster's jobs, since when they seem so; the asker's own.
  std::thread watcher, asker;                        ///< Of files; of the cluster, whose answers may take long.

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

  fs::path arrayOutput(const std::string& array, const std::string& place) const {
    return options.attemptsFolder.parent_path() / "run" / ("array-" + array + "." + place + ".txt");
  }

  /// `noted`: what slurm.json says of an attempt that may have been submitted before.
  std::shared_ptr<Job> add(const JobSpec& spec, const Value* noted) {
    auto job = std::make_shared<Job>();
    job->spec = spec;
    job->id = spec.attempt;
    job->files = {options.attemptsFolder / spec.attempt.text};
    job->step = spec.name;
    job->claim = spec.claim;
    job->unsure = noted != nullptr;
    job->memoryBytes = options.wishes["memory_mb"].asInt() << 20;
    job->array = spec.queue["array"].asText();
    job->chain = spec.queue["chain"].asText();
    job->more = spec.queue["more"].asBool();
    job->name = spec.attempt.text;
    job->output = job->files.folder / "slurm.txt";
    if (noted) {
      job->slurmId = (*noted)["job"].asText();
      job->handed = (*noted)["handed"].asBool();
      if (noted->contains("array")) {
        job->name = (*noted)["array"].asText();
        job->place = (*noted)["place"].asInt();
        job->output = arrayOutput(job->name, std::to_string(job->place));
      }
    }
    const std::lock_guard lock{mutex};
    const auto [it, added] = jobs.emplace(spec.attempt.text, job);
    chains.goesOn(job->chain);
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
    Value noted{Value::Map{}};
    if (const auto record = readFile(slurmRecord(files), 10'000)) {
      PB_TRY(noted, parseJson(*record));
    }
    return add(spec, &noted);
  }

  Result<> note(const Job& job) {
    Value record{Value::Map{{"job", job.slurmId}}};
    if (job.handed) record["handed"] = true;
    if (job.place >= 0) {
      record["array"] = job.name;
      record["place"] = job.place;
    }
    return writeFileAtomically(slurmRecord(job.files), toJson(record));
  }

  std::vector<std::string> command(const std::vector<std::shared_ptr<Job>>& group) const {
    const auto& first = *group.front();
    const bool array = group.size() > 1;
    SlurmBatch batch{.script = first.files.folder / "job.sh",
                     .attemptsFolder = options.attemptsFolder,
                     .chainsFolder = chains.folder(),
                     .output = array ? arrayOutput(first.name, "%a") : first.output,
                     .name = first.name,
                     .instance = options.instance,
                     .elements = {},
                     .threads = first.spec.threads,
                     .lingerSeconds = static_cast<int>(options.linger.count()),
                     .ranks = ranksOf(first.spec),
                     .wishes = options.wishes,
                     .program = {options.program.string(), "job", "job.json"}};
    for (const auto& job : group) batch.elements.emplace_back(job->id.text, job->more ? chains.nameOf(job->chain) : std::string{});
    if (!options.allowedPacks.empty()) batch.program.insert(batch.program.end(), {"--packs", options.allowedPacks.string()});
    return sbatchCommand(batch);
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
    PB_CHECK(writeFileAtomically(spec.attemptFolder / "job.sh", slurmScript()));
    PB_CHECK(writeFileAtomically(AttemptFiles{spec.attemptFolder}.job(), toJson(toValue(spec))));
    add(spec, nullptr);
    return spec.attempt.text;
  }

  /// The job's number on the cluster when an earlier call submitted it, whose answer was not noted; "" when none did.
  Result<std::string> numberBefore(Job& job) {
    const auto found = runSlurm({"squeue", "-h", "-a", "-r", "-t", "all", "--me", "--name=" + job.name, "-o", "%i"});
    if (!found || found->code != 0) return slurmRefusal(found);
    std::istringstream lines{found->out};
    const auto tail = job.place < 0 ? std::string{} : "_" + std::to_string(job.place);
    for (std::string line; std::getline(lines, line);)
      if (line.ends_with(tail)) return line;
    job.unsure = false;
    job.place = -1;
    job.name = job.id.text;
    return std::string{};
  }

  /// A job of the chain that has ended its step may wait for this one.
  bool handOver(Job& job) {
    const auto number = chains.waiting(job.chain);
    if (!number) return false;
    {
      const std::lock_guard lock{mutex};
      job.slurmId = *number;
      job.handed = true;
    }
    // Noted first: who comes after a crash asks the cluster about that job, and the claim decides.
    if (note(job) && chains.offer(job.chain, job.id.text, job.more)) return true;
    const std::lock_guard lock{mutex};
    job.slurmId.clear();
    job.handed = false;
    return false;
  }

  /// Those whose time has come: each alone, or the passes of a loop together.
  void sendJobs(const std::vector<std::shared_ptr<Job>>& going) {
    std::map<std::string, std::vector<std::shared_ptr<Job>>> arrays;
    for (const auto& job : going) {
      if (ending) return;
      if (!job->slurmId.empty() || job->finished || job->notBefore > Clock::now()) continue;
      if (job->cancelled) {
        // Nobody waits for a controller that is away. A job that it has all the same finds nothing to do when it begins.
        if (job->unsure && job->place < 0) (void)runSlurm({"scancel", "--me", "--name=" + job->name});
        finish(*job, failed(judgeSlurm({.step = job->step, .cancelled = true})));
      } else if (job->unsure) {
        const auto before = numberBefore(*job);
        if (!before) putOff({job}, before.error());
        else if (!before->empty()) begun({job}, *before);
      } else if (!job->alone && !job->chain.empty() && handOver(*job)) {
        continue;
      } else if (!job->alone && !job->array.empty()) {
        arrays[job->array + " " + std::to_string(job->spec.threads) + " " + std::to_string(ranksOf(job->spec))].push_back(job);
      } else {
        sendTogether({job});
      }
    }
    const auto now = Clock::now();
    for (auto& [name, group] : arrays) {
      const auto newest = std::max_element(group.begin(), group.end(), [](const auto& a, const auto& b) { return a->came < b->came; });
      const auto oldest = std::min_element(group.begin(), group.end(), [](const auto& a, const auto& b) { return a->came < b->came; });
      if (group.size() < mostInArray && now - (*newest)->came < arrayQuiet && now - (*oldest)->came < arrayWithin) continue;
      if (group.size() > mostInArray) group.resize(mostInArray);
      sendTogether(group);
    }
  }

  void sendTogether(const std::vector<std::shared_ptr<Job>>& group) {
    std::error_code ec;
    fs::create_directories(chains.folder(), ec);
    if (group.size() > 1) {
      // The intent: by name and place the cluster's job is found again.
      const auto array = newUlid();
      for (std::size_t i = 0; i < group.size(); ++i) {
        group[i]->name = array;
        group[i]->place = static_cast<std::int64_t>(i);
        group[i]->output = arrayOutput(array, std::to_string(i));
        if (const auto noted = note(*group[i]); !noted) return finish(*group[i], failed(noted.error()));
      }
    }
    const auto run = runSlurm(command(group));
    for (const auto& job : group) job->unsure = true;  // Whether a call that failed had submitted is asked at the next try.
    if (group.size() > 1 && run && run->code != 0 && run->err.find("array") != std::string::npos) {
      for (const auto& job : group) job->alone = true;
      return;
    }
    const auto id = run && run->code == 0 ? run->out.substr(0, run->out.find_first_of(";\n")) : std::string{};
    if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) return putOff(group, slurmRefusal(run).value());
    begun(group, id);
  }

  void begun(const std::vector<std::shared_ptr<Job>>& group, const std::string& number) {
    for (const auto& job : group) {
      {
        const std::lock_guard lock{mutex};
        job->slurmId = job->place >= 0 && number.find('_') == std::string::npos ? number + "_" + std::to_string(job->place) : number;
      }
      (void)note(*job);
    }
  }

  /// A controller that is away is asked again; what it refuses has failed.
  void putOff(const std::vector<std::shared_ptr<Job>>& group, const Error& error) {
    const bool away = error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::TimedOut;
    for (const auto& job : group) {
      if (!away) {
        finish(*job, failed(error));
        continue;
      }
      job->notBefore = Clock::now() + std::chrono::seconds{3};
      host.onEvent(job->id, Value::Map{{"event", "waiting"}, {"reason", "the controller does not answer"}});
    }
  }

  static JobResult failed(Error error) { return {.outputs = {}, .error = std::move(error)}; }

  // --- Watching -------------------------------------------------------------------------------------------------------

  /// Calls `each` now and then with the jobs that are not over, until the end.
  void whileJobs(std::chrono::milliseconds every, const std::function<void(const std::vector<std::shared_ptr<Job>>&)>& each,
                 Clock::duration afterwards = {}) {
    std::unique_lock lock{mutex};
    while (!ending) {
      std::vector<std::shared_ptr<Job>> going;
      for (const auto& [id, job] : jobs)
        if (!job->finished) going.push_back(job);
      if (going.empty() && (lastEnd == Clock::time_point{} || Clock::now() - lastEnd >= afterwards)) {
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
    whileJobs(
        tick,
        [&](const auto& going) {
          sendJobs(going);
          chains.closeIdle();
          for (const auto& job : going) {
            if (ending) return;
            if (!job->slurmId.empty()) carryOut(*job);
          }
          if (Clock::now() - lastSqueue >= options.squeueEvery) {
            askSqueue(going);
            lastSqueue = Clock::now();
          }
          for (const auto& job : going)
            if (!job->slurmId.empty()) judge(*job);
        },
        orphanAfter() + 2 * options.squeueEvery);
  }

  /// What was asked of a job.
  void carryOut(Job& job) {
    if (job.notBefore > Clock::now()) return;
    if (job.handed && !job.claimed) {
      // What the cluster's job would be told concerns the step that it runs meanwhile.
      if (!job.cancelled || !chains.withdraw(job.chain, job.id.text)) return;
      return finish(job, failed(judgeSlurm({.step = job.step, .cancelled = true})));
    }
    for (;;) {
      std::vector<std::string> order;
      {
        const std::lock_guard lock{mutex};
        if (job.orders.empty() || job.finished) return;
        order = job.orders.front();
      }
      order.push_back(job.slurmId);
      const auto done = runSlurm(order);
      if (!done || (done->code != 0 && slurmUnanswered(done->err))) {
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

  Clock::duration orphanAfter() const { return options.linger + std::chrono::seconds{10}; }

  /// Ends what the cluster still has for nobody: a job whose step daemon died is shown as running for ever, and keeps others
  /// waiting. `there`: numbers and names of jobs of this folder that are not over; those of projects that are closed as well.
  void endOrphans(std::map<std::string, std::string> there) {
    dropWanted(there, options.attemptsFolder);
    std::erase_if(orphans, [&](const auto& one) { return !there.contains(one.first); });
    for (const auto& [number, name] : there)
      if (Clock::now() - orphans.emplace(number, Clock::now()).first->second > orphanAfter()) (void)runSlurm({"scancel", number});
  }

  void askSqueue(const std::vector<std::shared_ptr<Job>>& going) {
    std::map<std::string, std::string> ours;
    const auto states = squeueOfMine();
    if (!states) return;  // Nothing is known; nothing is concluded.
    for (const auto& [number, line] : *states)
      if (startedFrom(options.attemptsFolder, line.comment) && !slurmOver(line.state)) ours[number] = line.name;
    endOrphans(std::move(ours));
    const std::lock_guard lock{mutex};
    for (const auto& job : going) {
      if (job->slurmId.empty()) continue;
      const auto it = states->find(job->slurmId);
      const auto before = job->reason;
      if (it != states->end()) job->said(it->second.state, it->second.reason);
      else job->said("GONE", before);
      if (job->state == "PENDING" && job->reason != before)
        host.onEvent(job->id, Value::Map{{"event", "waiting"}, {"reason", job->reason}});
    }
  }

  /// A job that somebody cancelled promises nothing, nor does one that was handed over and never begun.
  static bool promisesResult(Job& job) {
    if (job.cancelled || (job.handed && !job.claimed) || job.state == "GONE") return false;
    if (!job.promised) {
      SlurmEvidence evidence;
      lookUp(evidence, job.slurmId, job.output);
      const bool left = evidence.state == "COMPLETED" || (evidence.state == "FAILED" && evidence.exitCode == workerCheckpointed);
      job.promised = left && evidence.signal == 0;
      job.outdone = evidence.state == "FAILED" && evidence.exitCode == workerLostClaim;
    }
    return *job.promised;
  }

  void judge(Job& job) {
    if (job.finished) return;
    std::unique_lock lock{mutex};
    const auto now = Clock::now();
    const auto lastBeat = job.lastBeat;
    const auto peak = job.last.peakMemoryBytes;
    lock.unlock();
    const bool unborn = !job.claimed && job.runningSince && now - *job.runningSince > options.beginWithin;
    const bool stands = unborn || (job.claimed && now - lastBeat > options.lease);
    // A step daemon that died leaves its job behind, shown as running: our own heartbeat knows better than the controller.
    const bool beats = job.claimed && now - lastBeat < std::chrono::seconds{5};
    const bool ended = job.overSince && now - *job.overSince > resultWithin && !beats;
    if (!stands && !ended) return;
    const bool promised = ended && !stands && promisesResult(job);
    // Whoever has the claim may run on without the cluster knowing of it, and has as long as anybody to give a sign of life.
    if (ended && !stands && job.outdone) return;
    if (promised && now - *job.overSince < resultSurelyWithin) {
      // Reading the folder makes the system look at what is there now.
      std::error_code ec;
      for (fs::directory_iterator it{job.files.folder, ec}, end; !ec && it != end; it.increment(ec)) {
      }
      return;
    }
    // This process may have stood still itself, and looked at nothing.
    if (stands && !ended)
      if (const auto pulse = readHeartbeat(job.files); pulse && pulse->beat != job.last.beat) return;
    if (job.handed && !job.claimed && !job.cancelled) return sendAlone(job);
    if (stands && !ended) {
      job.silent = true;
      // Where nothing runs a signal ends nothing.
      if (unborn) (void)runSlurm({"scancel", job.slurmId});
      else (void)runSlurm({"scancel", "--full", "--signal=KILL", job.slurmId});
    }
    SlurmEvidence evidence{.step = job.step,
                           .state = job.state,
                           .reason = job.reason,
                           .peakMemoryBytes = peak,
                           .memoryBytes = job.memoryBytes,
                           .cancelled = job.cancelled,
                           .silent = job.silent};
    if (const auto pulse = readHeartbeat(job.files)) evidence.peakMemoryBytes = std::max(evidence.peakMemoryBytes, pulse->peakMemoryBytes);
    lookUp(evidence, job.slurmId, job.output);
    JobResult result;
    result.error = judgeSlurm(evidence);
    result.peakMemoryBytes = evidence.peakMemoryBytes;
    finish(job, result);
  }

  /// The job of its chain has ended before its turn came. Should it run there all the same, the claim lets one have it.
  void sendAlone(Job& job) {
    chains.remove(job.chain);
    const std::lock_guard lock{mutex};
    job.slurmId.clear();
    job.state.clear();
    job.overSince.reset();
    job.promised.reset();
    job.handed = false;
    job.alone = true;
  }

  void finish(Job& job, const JobResult& result) {
    {
      const std::lock_guard lock{mutex};
      if (job.finished.exchange(true)) return;
      lastEnd = Clock::now();
    }
    std::error_code ec;
    if (!fs::exists(job.files.result(), ec)) (void)writeResult(job.files, job.claim, result);
    if (job.place >= 0) fs::remove(job.output, ec);
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
  const auto over = it->second;
  impl_->jobs.erase(it);
  const auto next = [&](const auto& one) { return !one.second->finished && one.second->chain == over->chain; };
  if (over->more && std::none_of(impl_->jobs.begin(), impl_->jobs.end(), next)) impl_->chains.mayEnd(over->chain);
  return {};
}

Result<> SlurmExecutor::sweep(std::span<const AttemptId>) { return {}; }

}  // namespace patchbay
