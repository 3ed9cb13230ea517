// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/zygote.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "engine/base/channel.h"

extern char** environ;

namespace patchbay {
namespace {

// The first start reads the packs' libraries from the disk; a cold one takes its time.
constexpr std::chrono::seconds startWithin{120};
constexpr int zygoteFd = 3;

tl::unexpected<Error> died() {
  return fail(ErrorKind::Crashed, "zygote.died", TR("executor", "The worker process could not be started or ended at once."),
              TR("executor", "Run `patchbay doctor`; it says what is missing."));
}

Result<pid_t> spawnZygote(const ZygoteOptions& options, int childEnd) {
  std::vector<std::string> words = options.launcher;
  words.push_back(options.program.string());
  words.insert(words.end(), {"zygote", std::to_string(zygoteFd)});
  if (!options.allowedPacks.empty()) words.insert(words.end(), {"--packs", options.allowedPacks.string()});
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, childEnd, zygoteFd);
  ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  if (!options.log.empty()) ::posix_spawn_file_actions_addopen(&files, 2, options.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  ::posix_spawn_file_actions_adddup2(&files, 2, 1);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none, usual;
  ::sigemptyset(&none);
  ::sigemptyset(&usual);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2}) ::sigaddset(&usual, number);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, argv[0], &files, &attributes, argv.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  if (error) return fail(systemError(error, "start", displayText(words.front())));
  return pid;
}

}  // namespace

struct Zygote::Impl {
  struct Start {
    std::optional<Result<ProcessIdentity>> outcome;
    OnExit onExit;
  };
  /// One run of the zygote process.
  struct Running {
    Channel channel;
    pid_t pid = 0;
  };

  ZygoteOptions options;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::unique_ptr<Running> running;
  std::vector<std::thread> readers;  ///< One for each time the zygote was started.
  bool ready = false;
  std::map<std::int64_t, Start> starts;
  std::map<pid_t, OnExit> exits;
  std::int64_t nextSeq = 0;

  /// With the lock held; waits for an earlier one that has died to be put away.
  Result<> ensure(std::unique_lock<std::mutex>& lock) {
    if (!running) {
      int ends[2];
      if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return fail(systemError(errno, "start", "a worker"));
      UniqueFd mine{ends[0]};
      const UniqueFd theirs{ends[1]};
      PB_TRY(const auto pid, spawnZygote(options, theirs.get()));
      running = std::make_unique<Running>();
      running->channel = Channel{std::move(mine)};
      running->pid = pid;
      ready = false;
      readers.emplace_back([this, zygote = running.get()] { read(*zygote); });
    }
    const auto* zygote = running.get();
    changed.wait_for(lock, startWithin, [&] { return ready || running.get() != zygote; });
    if (!ready || running.get() != zygote) return died();
    return {};
  }

  void read(Running& zygote) {
    while (auto frame = zygote.channel.receive())
      if (*frame) take((*frame)->value);
    zygote.channel.shutdown();
    // It leaves by itself when the channel closes, unless it is stopped or stuck.
    for (int tries = 0; ::waitpid(zygote.pid, nullptr, WNOHANG) == 0; ++tries) {
      if (tries == 200) ::kill(zygote.pid, SIGKILL);
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    std::map<pid_t, OnExit> orphans;
    std::unique_ptr<Running> ended;
    {
      const std::lock_guard lock{mutex};
      for (auto& [seq, start] : starts)
        if (!start.outcome) start.outcome = died();
      orphans.swap(exits);
      ended = std::move(running);
      ready = false;
      changed.notify_all();
    }
    for (auto& [pid, onExit] : orphans) onExit({.known = false});
  }

  void take(const Value& message) {
    OnExit onExit;
    {
      const std::lock_guard lock{mutex};
      if (message.contains("ready")) ready = true;
      if (const auto* seq = message.find("started")) {
        if (const auto it = starts.find(seq->asInt()); it != starts.end()) {
          const ProcessIdentity process{static_cast<pid_t>(message["pid"].asInt()), message["start"].asInt(), message["boot"].asText()};
          exits[process.pid] = std::move(it->second.onExit);
          it->second.outcome = process;
        }
      } else if (const auto* failed = message.find("failed")) {
        if (const auto it = starts.find(failed->asInt()); it != starts.end()) it->second.outcome = fail(errorFromValue(message["error"]));
      } else if (const auto* exited = message.find("exited")) {
        if (const auto it = exits.find(static_cast<pid_t>(exited->asInt())); it != exits.end()) {
          onExit = std::move(it->second);
          exits.erase(it);
        }
      }
      changed.notify_all();
    }
    if (onExit)
      onExit({true, static_cast<int>(message["code"].asInt()), static_cast<int>(message["signal"].asInt()), message["peak"].asInt()});
  }

  /// `fenced`: starting it twice does no harm, as the second one leaves.
  Result<ProcessIdentity> start(Value request, UniqueFd channel, const OnExit& onExit, bool fenced) {
    std::unique_lock lock{mutex};
    for (bool again = false;; again = true) {
      PB_CHECK(ensure(lock));
      const auto pid = running->pid;
      const auto seq = ++nextSeq;
      starts[seq].onExit = onExit;
      request["seq"] = seq;
      const int fd = channel.get();
      const auto sent = running->channel.send(request, 10'000, std::span{&fd, 1});
      if (sent) changed.wait_for(lock, startWithin, [&] { return starts[seq].outcome.has_value(); });
      const auto outcome = std::move(starts[seq].outcome);
      starts.erase(seq);
      if (outcome && (*outcome || outcome->error().code != "zygote.died")) return *outcome;
      // The zygote died before or while it was asked; another one may do it.
      const bool unseen = !sent && sent.error().kind == ErrorKind::Unreachable;
      if (again || !(unseen || (fenced && outcome))) return died();
      changed.wait_for(lock, startWithin, [&] { return !running || running->pid != pid; });
    }
  }
};

Zygote::Zygote(ZygoteOptions options) : impl_{std::make_unique<Impl>()} { impl_->options = std::move(options); }

Zygote::~Zygote() {
  {
    const std::lock_guard lock{impl_->mutex};
    impl_->exits.clear();
    if (impl_->running) impl_->running->channel.shutdown();
  }
  for (auto& reader : impl_->readers) reader.join();
}

Result<> Zygote::warmUp() {
  std::unique_lock lock{impl_->mutex};
  return impl_->ensure(lock);
}

Result<ProcessIdentity> Zygote::startJob(const std::filesystem::path& jobFile, std::string_view block, UniqueFd channel,
                                         const OnExit& onExit) {
  return impl_->start(Value::Map{{"op", "job"}, {"job", pathToValue(jobFile)}, {"block", block}}, std::move(channel), onExit, true);
}

Result<ProcessIdentity> Zygote::startLive(const Value& request, UniqueFd channel, const OnExit& onExit) {
  return impl_->start(Value::Map{{"op", "live"}, {"request", request}}, std::move(channel), onExit, false);
}

std::optional<pid_t> Zygote::pid() const {
  const std::lock_guard lock{impl_->mutex};
  if (!impl_->running) return std::nullopt;
  return impl_->running->pid;
}

}  // namespace patchbay
