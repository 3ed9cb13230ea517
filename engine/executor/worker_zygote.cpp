// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "engine/executor/attempt.h"
#include "engine/executor/worker_process.h"

namespace patchbay {
namespace {

/// What the forked process does; never returns.
[[noreturn]] void beChild(const Value& request, Packs& packs, UniqueFd channel) {
  int code = workerFailed;
  if (request["op"].asText() == "live") {
    code = runLive(request["request"], packs, Channel{std::move(channel)});
  } else {
    const auto text = readFile(pathFromValue(request["job"]), std::size_t{64} << 20);
    const auto value = text ? parseJson(*text) : Result<Value>{fail(text.error())};
    const auto job = value ? jobFromValue(*value) : Result<JobSpec>{fail(value.error())};
    if (job) code = runJob(*job, packs, Channel{std::move(channel)});
  }
  // Not exit(): destructors of libraries that were loaded before the fork have nothing to do here, and some crash.
  ::_exit(code);
}

void start(const Value& request, Packs& packs, Channel& channel, Frame& frame) {
  Value reply{Value::Map{}};
  const auto seq = request["seq"].asInt();
  // What it needs is loaded here, once for all that follow; whether it is there the forked process says.
  if (request["op"].asText() == "live") (void)packs.live(request["request"]["service"].asText());
  else (void)packs.block(request["block"].asText());
  const auto pid = frame.fds.size() == 1 ? ::fork() : -1;
  if (pid == 0) {
    const auto zygote = channel.inputFd();
    ::close(zygote);
    beChild(request, packs, std::move(frame.fds.front()));
  }
  if (pid < 0) {
    reply = Value::Map{{"failed", seq}, {"error", toValue(systemError(frame.fds.size() == 1 ? errno : EBADF, "start", "a worker"))}};
  } else {
    const auto identity = ProcessIdentity::of(pid).value_or(ProcessIdentity{pid, 0, {}});
    reply = Value::Map{{"started", seq}, {"pid", static_cast<std::int64_t>(pid)}, {"start", identity.start}, {"boot", identity.boot}};
  }
  (void)channel.send(reply, 10'000);
}

void reap(Channel& channel) {
  int status = 0;
  rusage usage{};
  for (pid_t pid; (pid = ::wait4(-1, &status, WNOHANG, &usage)) > 0;) {
    Value report{Value::Map{{"exited", static_cast<std::int64_t>(pid)}, {"peak", static_cast<std::int64_t>(usage.ru_maxrss) * 1024}}};
    if (WIFSIGNALED(status)) report["signal"] = WTERMSIG(status);
    else report["code"] = WEXITSTATUS(status);
    (void)channel.send(report, 10'000);
  }
}

}  // namespace

int runZygote(Packs& packs, Channel channel) {
  sigset_t children;
  ::sigemptyset(&children);
  for (const int number : {SIGCHLD, SIGTERM, SIGUSR2}) ::sigaddset(&children, number);
  // SIGTERM and SIGUSR2 stay blocked across the fork, so that a stop that comes before the child's handlers is not lost.
  ::sigprocmask(SIG_BLOCK, &children, nullptr);
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_NAME, "patchbay-zygote");
  const UniqueFd signals{::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK)};
  Value ready{Value::Map{{"ready", static_cast<std::int64_t>(::getpid())}}};
  if (!signals || !channel.send(ready, 10'000)) return workerFailed;
  for (;;) {
    pollfd both[] = {{channel.inputFd(), POLLIN, 0}, {signals.get(), POLLIN, 0}};
    if (::poll(both, 2, -1) < 0 && errno != EINTR) return workerFailed;
    if (both[1].revents) {
      signalfd_siginfo info;
      while (::read(signals.get(), &info, sizeof info) == sizeof info)
        if (info.ssi_signo == SIGTERM) return workerDone;
      reap(channel);
    }
    if (!both[0].revents) continue;
    for (;;) {
      auto frame = channel.receive(0);
      if (!frame) return workerDone;  // The engine has gone; jobs go on by themselves.
      if (!*frame) break;
      const auto request = (*frame)->value;
      start(request, packs, channel, **frame);
    }
  }
}

}  // namespace patchbay
