// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

#include "engine/base/resources.h"
#include "engine/executor/local_executor.h"
#include "engine/remote/far_store.h"
#include "engine/remote/slurm_executor.h"
#include "engine/remote/wire.h"

namespace patchbay {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t mostQueued = std::size_t{8} << 20;  ///< Bytes of events that wait for the engine to read.

std::atomic<bool> endAsked{false};
void onEnd(int) { endAsked = true; }

tl::unexpected<Error> unknownRequest() {
  return fail(ErrorKind::Unsupported, "remote.request", TR("remote", "The worker on the other machine does not know this request."),
              TR("remote", "Check that it runs this version: `patchbay machines test NAME`."));
}

/// One instance's jobs on this machine, and the engine that is connected.
class Supervisor final : public JobHost {
 public:
  explicit Supervisor(const SupervisorOptions& options) : options_{options}, store_{options.root, options.instance} {
    if (options.slurm) {
      SlurmOptions slurm;
      slurm.attemptsFolder = store_.attempts();
      slurm.program = options.zygote.program;
      slurm.allowedPacks = options.zygote.allowedPacks;
      slurm.instance = options.instance;
      const auto orAsTold = [](auto& seconds, const char* variable) {
        if (const char* told = std::getenv(variable)) seconds = std::chrono::seconds{std::max(1, std::atoi(told))};
      };
      orAsTold(slurm.squeueEvery, "PATCHBAY_SQUEUE_SECONDS");
      orAsTold(slurm.linger, "PATCHBAY_LINGER_SECONDS");
      orAsTold(slurm.beginWithin, "PATCHBAY_BEGIN_SECONDS");
      auto made = std::make_unique<SlurmExecutor>(std::move(slurm), *this);
      slurm_ = made.get();
      backend_ = std::move(made);
    } else {
      LocalExecutorOptions local;
      local.zygote = options.zygote;
      local.attemptsFolder = store_.attempts();
      backend_ = std::make_unique<LocalExecutor>(std::move(local), *this);
    }
  }
  ~Supervisor() override { backend_.reset(); }

  int serve(int listening);
  /// Nobody will come back to this instance.
  bool forgotten() const { return forget_; }

  // JobHost: jobs ask by files, which go to the engine as they are.
  Result<SeenFile> locate(const Digest&) override { return unknownRequest(); }
  Result<std::vector<Digest>> itemPacks(const Digest&) override { return unknownRequest(); }
  Result<> addItemPack(const Digest&, const Digest&, std::int64_t) override { return {}; }
  Result<> addSource(const Digest&, const SeenFile&) override { return {}; }
  void onEvent(const AttemptId& attempt, const Value& event) override {
    const auto& what = event["event"].asText();
    const std::lock_guard lock{mutex_};
    if (what == "heartbeat") beats_[attempt.text] = event;
    else if (what == "waiting") waits_[attempt.text] = event["reason"].asText();
    else grown_.insert(attempt.text);
    ring();
  }
  void onFinished(const AttemptId& attempt, const JobResult&) override {
    const std::lock_guard lock{mutex_};
    finished_.insert(attempt.text);
    ended_.insert(attempt.text);
    ring();
  }

 private:
  void ring() {
    const std::uint64_t one = 1;
    (void)!::write(bell_.get(), &one, sizeof one);
  }
  bool takeRequests();
  Result<Message> answer(const Message& request);
  Result<Value> submit(const Message& request);
  Result<Value> watch(const Value& request);
  Result<> sweep(const Value& keep);
  Result<Value> jobs();
  Result<> pushLines(const std::string& attempt);
  Result<> tell();
  void removeSwept();

  const SupervisorOptions& options_;
  FarStore store_;
  std::unique_ptr<Executor> backend_;
  SlurmExecutor* slurm_ = nullptr;
  Channel channel_;
  UniqueFd bell_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::map<std::string, std::int64_t> watched_;  ///< Attempt -> bytes of its events told.
  std::set<std::string> going_;                  ///< Submitted or taken up here and not over.
  std::set<std::string> swept_;                  ///< Asked to end, to be removed afterwards.
  bool leaving_ = false, forget_ = false;
  std::mutex mutex_;  ///< Of what follows: told by the backend's threads.
  std::set<std::string> grown_, finished_, ended_;
  std::map<std::string, Value> beats_;
  std::map<std::string, std::string> waits_;
};

Result<Value> Supervisor::submit(const Message& request) {
  PB_TRY(const auto parsed, parseJson(request.body));
  PB_TRY(auto job, jobFromValue(parsed));
  PB_TRY(const auto here, store_.settle(job));
  if (slurm_) slurm_->setWishes(request.head["slurm"]);
  PB_CHECK(backend_->submit(here));
  going_.insert(job.attempt.text);
  return Value{Value::Map{}};
}

Result<Value> Supervisor::watch(const Value& request) {
  const AttemptId id{request["attempt"].asText()};
  if (!isUlid(id.text)) return unknownRequest();
  PB_TRY(const auto found, backend_->find(id));
  if (!found && !store_.hasResult(id)) return Value{Value::Map{{"known", false}}};
  watched_[id.text] = request["offset"].asInt();
  going_.insert(id.text);
  const std::lock_guard lock{mutex_};
  grown_.insert(id.text);
  // Its end may have been told before anybody listened.
  if (store_.hasResult(id)) finished_.insert(id.text);
  ring();
  return Value{Value::Map{{"known", true}}};
}

/// Ends and removes what this instance started and nobody wants any more; nobody else's.
Result<> Supervisor::sweep(const Value& keep) {
  std::set<std::string> wanted;
  for (const auto& id : keep.asList()) wanted.insert(id.asText());
  for (const auto& id : store_.mine()) {
    if (wanted.contains(id.text)) continue;
    watched_.erase(id.text);
    const auto found = backend_->find(id);
    if (!found) continue;  // Nothing is known of it now; another sweep will.
    if (!*found || store_.hasResult(id)) {
      (void)backend_->cleanup(id);
      store_.remove(id);
      going_.erase(id.text);
      continue;
    }
    swept_.insert(id.text);
    (void)backend_->signal(**found, JobSignal::Cancel);
  }
  return {};
}

void Supervisor::removeSwept() {
  std::set<std::string> over;
  {
    const std::lock_guard lock{mutex_};
    over.swap(ended_);
  }
  for (const auto& id : over) {
    going_.erase(id);
    if (swept_.erase(id) == 0) continue;
    (void)backend_->cleanup({id});
    store_.remove({id});
  }
}

Result<Value> Supervisor::jobs() {
  Value list{Value::List{}};
  for (const auto& one : store_.listAll()) {
    auto shown = one;
    const auto state = shown["mine"].asBool() ? backend_->poll(std::vector{shown["attempt"].asText()}) : std::vector<JobState>{};
    if (!state.empty() && state[0].kind == JobState::Kind::Pending) {
      shown["state"] = "pending";
      shown["reason"] = state[0].reason;
    }
    list.push(std::move(shown));
  }
  return Value{Value::Map{{"jobs", std::move(list)}}};
}

Result<Message> Supervisor::answer(const Message& request) {
  const auto& r = request.head;
  const auto& op = r["op"].asText();
  const AttemptId id{r["attempt"].asText()};
  if (r.contains("attempt") && !isUlid(id.text)) return unknownRequest();
  const auto head = [](Result<Value> value) -> Result<Message> {
    if (!value) return fail(value.error());
    return Message{std::move(*value), {}};
  };
  const auto done = [](const Result<>& result) -> Result<Message> {
    if (!result) return fail(result.error());
    return Message{Value{Value::Map{}}, {}};
  };
  if (op == "hello")
    return head(Value{Value::Map{{"version", remoteProtocol},
                                 {"bundle", programFolder().parent_path().filename().string()},
                                 {"pid", static_cast<std::int64_t>(::getpid())}}});
  if (op == "facts") return head(machineFacts(options_.root, options_.slurm, r["slurm"]));
  if (op == "load") return head(machineLoad(options_.root, options_.slurm));
  if (op == "submit") return head(submit(request));
  if (op == "watch") return head(watch(r));
  if (op == "result") return store_.result(id);
  if (op == "have") return head(store_.have(r));
  if (op == "put") return done(store_.put(r, request.body));
  if (op == "get") return store_.get(r);
  if (op == "answer") return done(store_.answer(id, r));
  if (op == "exports") return head(store_.exports(id));
  if (op == "log") return store_.log(id, r["offset"].asInt());
  if (op == "sweep") return done(sweep(r["keep"]));
  if (op == "jobs") return head(jobs());
  if (op == "clean") return head(store_.clean(r["dry_run"].asBool(true)));
  if (op == "signal") {
    const auto what = static_cast<JobSignal>(std::clamp<std::int64_t>(r["what"].asInt(), 0, 3));
    PB_TRY(const auto found, backend_->find(id));
    return done(found ? backend_->signal(*found, what) : Result<>{});
  }
  if (op == "cleanup") {
    PB_CHECK(backend_->cleanup(id));
    watched_.erase(id.text);
    going_.erase(id.text);
    store_.remove(id);
    return head(Value{Value::Map{}});
  }
  if (op == "end") {
    leaving_ = true;
    forget_ = r["forget"].asBool();
    return head(Value{Value::Map{}});
  }
  return unknownRequest();
}

/// False when the engine has gone.
bool Supervisor::takeRequests() {
  for (;;) {
    auto message = receiveMessage(channel_, 0);
    if (!message) return false;
    if (!*message) return true;
    auto reply = answer(**message);
    Value head = reply ? std::move(reply->head) : Value{Value::Map{{"error", toValue(reply.error())}}};
    head["seq"] = (*message)->head["seq"];
    if (!sendMessage(channel_, std::move(head), reply ? std::string_view{reply->body} : std::string_view{}, true)) return false;
    if (leaving_) return true;
  }
}

/// Whole lines only, so that what arrives can be read.
Result<> Supervisor::pushLines(const std::string& attempt) {
  const auto it = watched_.find(attempt);
  if (it == watched_.end()) return {};
  for (;;) {
    if (channel_.queuedBytes() > mostQueued) {
      // The rest when the engine has read this.
      const std::lock_guard lock{mutex_};
      grown_.insert(attempt);
      return {};
    }
    PB_TRY(auto bytes, readFrom(store_.files({attempt}).events(), it->second, pieceSize));
    const auto end = bytes.rfind('\n');
    if (end == std::string::npos) {
      if (bytes.size() < pieceSize) return {};
      it->second += static_cast<std::int64_t>(bytes.size());  // Part of a line nobody can read.
      continue;
    }
    bytes.resize(end + 1);
    PB_CHECK(sendMessage(channel_, Value::Map{{"push", "lines"}, {"attempt", attempt}, {"offset", it->second}}, bytes, true));
    it->second += static_cast<std::int64_t>(bytes.size());
  }
}

Result<> Supervisor::tell() {
  std::set<std::string> grown, finished;
  std::map<std::string, Value> beats;
  std::map<std::string, std::string> waits;
  {
    const std::lock_guard lock{mutex_};
    grown.swap(grown_);
    beats.swap(beats_);
    waits.swap(waits_);
    for (auto it = finished_.begin(); it != finished_.end();) {
      if (!watched_.contains(*it)) {
        ++it;  // For an engine that comes back.
        continue;
      }
      finished.insert(*it);
      it = finished_.erase(it);
    }
  }
  for (const auto& attempt : grown) PB_CHECK(pushLines(attempt));
  for (const auto& [attempt, beat] : beats)
    if (watched_.contains(attempt))
      PB_CHECK(sendMessage(channel_, Value::Map{{"push", "beat"}, {"attempt", attempt}, {"beat", beat}}, {}, true));
  for (const auto& [attempt, reason] : waits)
    if (watched_.contains(attempt))
      PB_CHECK(sendMessage(channel_, Value::Map{{"push", "waiting"}, {"attempt", attempt}, {"reason", reason}}, {}, true));
  for (const auto& attempt : finished) {
    PB_CHECK(pushLines(attempt));
    const std::lock_guard lock{mutex_};
    if (grown_.contains(attempt)) {
      finished_.insert(attempt);  // Its last lines come first.
      continue;
    }
    PB_CHECK(sendMessage(channel_, Value::Map{{"push", "finished"}, {"attempt", attempt}}, {}, true));
  }
  return {};
}

int Supervisor::serve(int listening) {
  auto lastUse = Clock::now();
  while (!leaving_ && !endAsked) {
    std::vector<pollfd> waits{{listening, POLLIN, 0}, {bell_.get(), POLLIN, 0}};
    const bool owing = channel_ && channel_.queuedBytes() > 0;
    if (channel_) waits.push_back({channel_.inputFd(), static_cast<short>(owing ? POLLIN | POLLOUT : POLLIN), 0});
    ::poll(waits.data(), waits.size(), 1000);
    std::uint64_t count;
    (void)!::read(bell_.get(), &count, sizeof count);
    if (waits[0].revents) {
      // The newest engine counts: the one before may be a connection that nobody has noticed is dead.
      if (UniqueFd fd{::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC)}) {
        channel_ = Channel{std::move(fd)};
        watched_.clear();
      }
    }
    if (channel_ && (!channel_.flush() || !takeRequests() || !tell())) {
      channel_ = Channel{};
      watched_.clear();
    }
    removeSwept();
    if (channel_ || !going_.empty()) lastUse = Clock::now();
    if (Clock::now() - lastUse > std::chrono::seconds{options_.idleSeconds}) break;
  }
  for (int tries = 0; channel_ && channel_.queuedBytes() > 0 && tries < 100 && channel_.flush(); ++tries) ::usleep(10'000);
  return 0;
}

}  // namespace

int runSupervisor(const SupervisorOptions& options) {
  struct sigaction action {};
  action.sa_handler = onEnd;
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  ::umask(0077);
  const auto folder = options.root / "run";
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (::chdir(folder.c_str()) != 0) return 1;
  const auto name = options.instance + (options.slurm ? ".slurm" : ".box");
  // One at a time: who comes second while the first still leaves waits for it.
  const UniqueFd lock{::open((name + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  bool mine = false;
  for (int tries = 0; !mine && tries < 200; ++tries) {
    mine = ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0;
    if (!mine) ::usleep(50'000);
  }
  if (!mine) return 1;
  ::unlink(name.c_str());
  const UniqueFd listening{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
  if (::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(listening.get(), 8) != 0) {
    std::perror("patchbay-supervisor");
    return 1;
  }
  int code = 0;
  {
    Supervisor supervisor{options};
    code = supervisor.serve(listening.get());
    if (supervisor.forgotten())
      for (const auto* file : {".lock", ".log"}) ::unlink((name + file).c_str());
  }
  ::unlink(name.c_str());
  return code;
}

}  // namespace patchbay
