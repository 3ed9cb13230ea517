// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/remote_executor.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "engine/executor/attempt.h"
#include "engine/remote/far_job.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds aliveEvery{5}, partingTime{2};

/// What no second try mends.
bool lasting(const Error& error) { return error.kind != ErrorKind::Unreachable && error.kind != ErrorKind::TimedOut; }

struct Question {
  Value request;
  std::atomic<bool> dropped = false;  ///< Who asked has gone: what was to be done must not be done later.
  std::promise<Result<Value>> answer;
};

}  // namespace

struct RemoteExecutor::Impl {
  RemoteOptions options;
  JobHost& host;
  Box box;
  std::atomic<bool> ending{false};
  UniqueFd bell{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::mutex mutex;  ///< Of what follows, up to the thread.
  std::condition_variable changed;
  std::map<std::string, std::shared_ptr<FarJob>> jobs;
  std::deque<std::shared_ptr<Question>> questions;
  std::deque<std::string> cleanups;
  bool connected = false;
  std::string trouble;  ///< Why there is no connection, for people.
  pid_t carrier = 0;    ///< The process that carries the connection, while there is one.
  bool left = false;    ///< The thread has done what it had to do.
  std::thread worker;
  // Owned by the thread.
  std::unique_ptr<FarLink> link;
  Clock::time_point lastAlive{};

  Impl(RemoteOptions o, JobHost& h)
      : options{std::move(o)}, host{h}, box{options.machine, options.worker, options.allowedPacks, options.version} {
    box.stopWhen(&ending);
    worker = std::thread{[this] {
      work();
      const std::lock_guard lock{mutex};
      left = true;
      changed.notify_all();
    }};
  }
  ~Impl() {
    ending = true;
    ring();
    {
      // The other side may be stopped, or the line dead: what is waited for then is not awaited to its end.
      std::unique_lock lock{mutex};
      if (!changed.wait_for(lock, partingTime + std::chrono::seconds{1}, [&] { return left; }) && carrier > 0) ::kill(carrier, SIGKILL);
    }
    worker.join();
  }

  void ring() {
    const std::uint64_t one = 1;
    (void)!::write(bell.get(), &one, sizeof one);
    changed.notify_all();
  }

  std::string externalId(const AttemptId& id) const { return options.machine.name + ":" + id.text; }
  static std::string attemptOf(const std::string& externalId) { return externalId.substr(externalId.find(':') + 1); }

  std::shared_ptr<FarJob> known(const std::string& id) {
    const std::lock_guard lock{mutex};
    const auto it = jobs.find(id);
    return it == jobs.end() ? nullptr : it->second;
  }

  /// An attempt of an earlier executor, by what it wrote down before it sent anything; null when it was not ours or is over.
  std::shared_ptr<FarJob> takeUp(const AttemptId& id) {
    if (auto job = known(id.text)) return job;
    if (!isUlid(id.text)) return nullptr;
    const auto folder = options.attemptsFolder / id.text;
    const auto text = readFile(folder / remoteFile, std::size_t{64} << 20);
    const auto value = text ? parseJson(*text) : Result<Value>{fail(text.error())};
    if (!value || (*value)["on"].asText() != options.machine.name) return nullptr;
    const auto spec = jobFromValue((*value)["job"]);
    std::error_code ec;
    if (!spec || fs::exists(AttemptFiles{folder}.result(), ec)) return nullptr;
    auto job = std::make_shared<FarJob>(*spec);
    // Whether it was sent the other side knows.
    job->sent = true;
    const std::lock_guard lock{mutex};
    const auto added = jobs.emplace(id.text, job).first->second;
    ring();
    return added;
  }

  std::vector<std::shared_ptr<FarJob>> going() {
    const std::lock_guard lock{mutex};
    std::vector<std::shared_ptr<FarJob>> out;
    for (const auto& [id, job] : jobs)
      if (!job->done) out.push_back(job);
    return out;
  }

  // --- The thread -----------------------------------------------------------------------------------------------------

  void work() {
    auto backoff = options.backoff;
    while (!ending) {
      if (!link) {
        {
          std::unique_lock lock{mutex};
          changed.wait(lock, [&] {
            return ending || !questions.empty() || std::any_of(jobs.begin(), jobs.end(), [](const auto& j) { return !j.second->done; });
          });
          if (ending) return;
        }
        alive();
        if (const auto opened = open(); !opened) {
          dropLink();
          noConnection(opened.error());
          std::unique_lock lock{mutex};
          const auto until = Clock::now() + backoff;
          // Who asks, or stops something, does not wait for the next try.
          while (!ending && questions.empty() && Clock::now() < until) {
            changed.wait_for(lock, std::min<Clock::duration>(until - Clock::now(), aliveEvery));
            lock.unlock();
            alive();
            dropUnsent();
            lock.lock();
          }
          backoff = std::min(backoff * 2, options.longestBackoff);
          continue;
        }
        backoff = options.backoff;
      }
      serve();
      if (link->broken()) {
        dropLink();
        const std::lock_guard lock{mutex};
        connected = false;
        trouble = "the connection was lost";
        for (const auto& [id, job] : jobs) job->watched = job->over = false;
      }
    }
    part();
  }

  void dropLink() {
    {
      const std::lock_guard lock{mutex};
      carrier = 0;
    }
    link.reset();
  }

  /// What was asked for last still reaches the other side, if it is there.
  void part() {
    const auto end = Clock::now() + partingTime;
    while (link && !link->broken() && Clock::now() < end) {
      bool more = false;
      for (const auto& job : going()) more = more || !job->signals.empty();
      {
        const std::lock_guard lock{mutex};
        more = more || !cleanups.empty();
      }
      if (!more) return;
      deliver();
    }
  }

  /// Jobs never seem to hang only because nothing is heard of them.
  void alive() {
    if (Clock::now() - lastAlive < aliveEvery) return;
    lastAlive = Clock::now();
    for (const auto& job : going()) host.onEvent(job->spec.attempt, Value::Map{{"event", "heartbeat"}});
  }

  Result<> open() {
    for (int tries = 0;; ++tries) {
      PB_TRY(auto connection, box.connect(options.instance));
      {
        const std::lock_guard lock{mutex};
        carrier = connection.carrier;
      }
      link = std::make_unique<FarLink>(std::move(connection), [this] { alive(); });
      PB_TRY(const auto hello, link->ask(Value::Map{{"op", "hello"}}));
      // A supervisor of an older version leaves; its jobs go on, and the new one takes them up.
      PB_TRY(const auto wanted, box.bundleId());
      if (!box.away() || hello.head["bundle"].asText() == wanted || tries > 3) break;
      (void)link->ask(Value::Map{{"op", "end"}});
      dropLink();
    }
    Value keep{Value::List{}};
    for (const auto& job : going()) keep.push(job->spec.attempt.text);
    // First what goes on is named, then the rest ends.
    PB_CHECK(link->ask(Value::Map{{"op", "sweep"}, {"keep", std::move(keep)}}));
    const std::lock_guard lock{mutex};
    connected = true;
    trouble.clear();
    return {};
  }

  void noConnection(const Error& error) {
    std::deque<std::shared_ptr<Question>> asked;
    {
      const std::lock_guard lock{mutex};
      connected = false;
      trouble = render(error.cause);
      asked.swap(questions);
    }
    for (const auto& question : asked) question->answer.set_value(fail(error));
    if (!lasting(error)) return;
    for (const auto& job : going())
      if (!job->sent) finish(*job, failed(error));
  }

  static JobResult failed(const Error& error) {
    JobResult out;
    out.error = error;
    return out;
  }

  void finish(FarJob& job, const JobResult& result) {
    if (result.error) {
      std::error_code ec;
      if (!fs::exists(AttemptFiles{job.spec.attemptFolder}.result(), ec))
        (void)writeResult({job.spec.attemptFolder}, job.spec.claim, result);
    }
    {
      const std::lock_guard lock{mutex};
      if (job.done) return;
      job.done = true;
    }
    host.onFinished(job.spec.attempt, result);
  }

  /// Nobody waits for a machine that is away to hear that a job should end: it is swept when it is there again.
  void dropUnsent() {
    for (const auto& job : going()) {
      std::unique_lock lock{mutex};
      const bool killed = std::any_of(job->signals.begin(), job->signals.end(),
                                      [&](JobSignal s) { return s == JobSignal::Kill || (s == JobSignal::Cancel && !job->sent); });
      lock.unlock();
      if (killed)
        finish(*job,
               failed({ErrorKind::Cancelled, "cancelled", TR("remote", "It was cancelled."), TR("remote", "Run again to go on."), {}}));
    }
  }

  void serve() {
    deliver();
    if (link->broken() || ending) return;
    pollfd both[] = {{link->inputFd(), POLLIN, 0}, {bell.get(), POLLIN, 0}};
    if (!pending_ && ::poll(both, 2, 1000) < 0 && errno != EINTR) return;
    std::uint64_t count;
    (void)!::read(bell.get(), &count, sizeof count);
    alive();
    pending_ = false;
    for (int i = 0; i < 200 && !link->broken(); ++i) {
      auto message = link->next(0);
      if (!message) return;
      hear(*message);
    }
    pending_ = true;
  }
  bool pending_ = false;

  /// What is to be said to the other side: jobs, signals, questions, what is not needed there any more.
  void deliver() {
    for (const auto& job : going()) {
      if (link->broken()) return;
      if (!job->watched) begin(*job);
      if (job->over && job->tryAgain <= Clock::now()) bring(*job);
      answerAgain(*link, host, *job);
      for (;;) {
        JobSignal what;
        {
          const std::lock_guard lock{mutex};
          if (job->signals.empty() || !job->watched) break;
          what = job->signals.front();
          job->signals.pop_front();
        }
        (void)link->ask(Value::Map{{"op", "signal"}, {"attempt", job->spec.attempt.text}, {"what", static_cast<std::int64_t>(what)}});
        if (link->broken()) {
          const std::lock_guard lock{mutex};
          job->signals.push_front(what);
          return;
        }
      }
    }
    for (;;) {
      std::string id;
      std::shared_ptr<Question> question;
      {
        const std::lock_guard lock{mutex};
        if (!cleanups.empty()) {
          id = cleanups.front();
          cleanups.pop_front();
        } else if (!questions.empty()) {
          question = questions.front();
          questions.pop_front();
        } else {
          return;
        }
      }
      if (question) {
        if (question->dropped) continue;
        auto answer = link->ask(question->request);
        if (answer && !answer->body.empty()) answer->head["text"] = displayLines(answer->body);
        question->answer.set_value(answer ? Result<Value>{std::move(answer->head)} : Result<Value>{fail(answer.error())});
      } else {
        (void)link->ask(Value::Map{{"op", "cleanup"}, {"attempt", id}});
      }
      if (link->broken()) return;
    }
  }

  static std::string displayLines(const std::string& bytes) { return isUtf8(bytes) ? bytes : displayText(bytes); }

  /// Follows a job that is there, sends one that is not.
  void begin(FarJob& job) {
    if (job.tryAgain > Clock::now()) return;
    const auto watch = [&]() -> Result<bool> {
      PB_TRY(const auto answer, link->ask(Value::Map{{"op", "watch"}, {"attempt", job.spec.attempt.text}, {"offset", job.offset}}));
      return answer.head["known"].asBool();
    };
    const auto begun = [&]() -> Result<> {
      if (job.sent) {
        PB_TRY(const bool there, watch());
        if (there) {
          job.watched = true;
          return {};
        }
        job.offset = 0;
      }
      PB_CHECK(sendInputs(*link, host, job));
      PB_CHECK(link->ask(Value::Map{{"op", "submit"}, {"slurm", toValue(options.machine)}}, toJson(toValue(job.spec))));
      job.sent = true;
      PB_TRY(job.watched, watch());
      return {};
    }();
    if (begun || link->broken()) return;
    if (lasting(begun.error())) return finish(job, failed(inWords(begun.error(), options.machine.name)));
    // The cluster's controller is away for a moment.
    job.tryAgain = Clock::now() + std::chrono::seconds{5};
    const std::lock_guard lock{mutex};
    trouble = render(begun.error().cause);
  }

  void hear(const Message& message) {
    const auto job = known(message.head["attempt"].asText());
    if (!job || job->done) return;
    const auto& push = message.head["push"].asText();
    if (push == "beat") {
      host.onEvent(job->spec.attempt, message.head["beat"]);
    } else if (push == "waiting") {
      const auto phase =
          TR("remote", "Waiting in the cluster's queue ({reason})").with("reason", displayText(message.head["reason"].asText()));
      host.onEvent(job->spec.attempt,
                   Value::Map{{"event", "progress"}, {"phase", toValue(phase)}, {"done", 0}, {"total", 0}, {"unit", ""}});
    } else if (push == "lines") {
      takeLines(*link, host, *job, message);
    } else if (push == "finished") {
      bring(*job);
    }
  }

  void bring(FarJob& job) {
    job.over = true;
    auto result = bringBack(*link, host, job);
    if (link->broken()) return;  // Asked again when the connection is back.
    if (!result && result.error().kind == ErrorKind::NoSpace) {
      // What took hours there is not thrown away because the disk here is full.
      job.tryAgain = Clock::now() + std::chrono::seconds{3};
      return tellWait(host, job, TR("remote", "Waiting for room on this machine's disk, to bring back the result; free some space"));
    }
    if (!result) return finish(job, failed(result.error()));
    if (result->error) result->error = inWords(*result->error, options.machine.name);
    finish(job, *result);
  }
};

RemoteExecutor::RemoteExecutor(RemoteOptions options, JobHost& host) : impl_{std::make_unique<Impl>(std::move(options), host)} {}
RemoteExecutor::~RemoteExecutor() = default;

Value RemoteExecutor::capabilities() {
  return Value::Map{{"name", impl_->options.machine.name},
                    {"kind", impl_->options.machine.slurm ? "slurm" : "ssh"},
                    {"shared_fs", false},
                    {"signals", Value::List{"keep", "cancel", "kill"}}};
}

Result<std::string> RemoteExecutor::submit(const JobSpec& spec) {
  if (!isUlid(spec.attempt.text))
    return fail(ErrorKind::Internal, "attempt.id", TR("executor", "An attempt's id must be a ULID."), TR("executor", "Report this."));
  if (impl_->takeUp(spec.attempt)) return impl_->externalId(spec.attempt);
  std::error_code ec;
  fs::create_directories(spec.attemptFolder, ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(spec.attemptFolder.native())));
  PB_CHECK(writeFileAtomically(spec.attemptFolder / remoteFile,
                               toJson(Value{Value::Map{{"on", impl_->options.machine.name}, {"job", toValue(spec)}}})));
  {
    const std::lock_guard lock{impl_->mutex};
    impl_->jobs.emplace(spec.attempt.text, std::make_shared<FarJob>(spec));
  }
  impl_->ring();
  return impl_->externalId(spec.attempt);
}

Result<std::optional<std::string>> RemoteExecutor::find(const AttemptId& attempt) {
  return impl_->takeUp(attempt) ? std::optional{impl_->externalId(attempt)} : std::nullopt;
}

std::vector<JobState> RemoteExecutor::poll(std::span<const std::string> externalIds) {
  std::vector<JobState> out;
  for (const auto& external : externalIds) {
    const auto job = impl_->takeUp({Impl::attemptOf(external)});
    const std::lock_guard lock{impl_->mutex};
    if (!job) out.push_back({.kind = JobState::Kind::Gone});
    else if (job->done) out.push_back({.kind = JobState::Kind::Exited});
    else if (!impl_->connected) out.push_back({.kind = JobState::Kind::Unknown, .reason = impl_->trouble});
    else if (!job->watched) out.push_back({.kind = JobState::Kind::Pending, .reason = impl_->trouble});
    else out.push_back({.kind = JobState::Kind::Running});
  }
  return out;
}

Result<> RemoteExecutor::signal(const std::string& externalId, JobSignal what) {
  const auto job = impl_->takeUp({Impl::attemptOf(externalId)});
  if (!job) return {};
  if (what == JobSignal::Checkpoint && !impl_->options.machine.slurm)
    return fail(ErrorKind::Unsupported, "signal.checkpoint", TR("executor", "Blocks write their checkpoints as they go."),
                TR("executor", "Stop the job; it goes on from its last checkpoint."));
  {
    const std::lock_guard lock{impl_->mutex};
    job->signals.push_back(what);
  }
  impl_->ring();
  return {};
}

Result<std::string> RemoteExecutor::fetchEvents(const AttemptId& attempt, std::int64_t offset) {
  return readFrom(AttemptFiles{impl_->options.attemptsFolder / attempt.text}.events(), offset, std::size_t{16} << 20);
}

Result<> RemoteExecutor::cleanup(const AttemptId& attempt) {
  {
    const std::lock_guard lock{impl_->mutex};
    const auto it = impl_->jobs.find(attempt.text);
    if (it == impl_->jobs.end()) return {};
    if (!it->second->done)
      return fail(ErrorKind::Busy, "attempt.running", TR("executor", "The job still runs."), TR("executor", "Stop it first."));
    impl_->jobs.erase(it);
    impl_->cleanups.push_back(attempt.text);
  }
  impl_->ring();
  return {};
}

/// At every connection what is not named ends; nothing is connected to for that alone.
Result<> RemoteExecutor::sweep(std::span<const AttemptId> keep) {
  for (const auto& id : keep) (void)impl_->takeUp(id);
  return {};
}

Result<Value> RemoteExecutor::ask(Value request, std::chrono::seconds within) {
  const auto question = std::make_shared<Question>();
  question->request = std::move(request);
  auto answer = question->answer.get_future();
  {
    const std::lock_guard lock{impl_->mutex};
    impl_->questions.push_back(question);
  }
  impl_->ring();
  if (answer.wait_for(within) == std::future_status::ready) return answer.get();
  question->dropped = true;
  return fail(ErrorKind::Unreachable, "remote.slow", TR("remote", "The other machine does not answer."),
              TR("remote", "Check that it is switched on and that the network is there."), impl_->options.machine.name);
}

Result<Value> RemoteExecutor::facts(std::chrono::seconds within) {
  return ask(Value::Map{{"op", "facts"}, {"slurm", toValue(impl_->options.machine)}}, within);
}

}  // namespace patchbay
