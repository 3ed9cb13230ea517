// SPDX-License-Identifier: Apache-2.0
#include "engine/service/connect.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "engine/service/client.h"
#include "engine/service/runtime_folder.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
using Clock = std::chrono::steady_clock;

Error unreachable(const fs::path& log) {
  return {ErrorKind::Unreachable,
          "engine.unreachable",
          TR("error", "The engine of this project does not answer."),
          TR("error", "Look at {log}; if an engine hangs, end it and run again.").with("log", displayText(log.native())),
          {}};
}

/// nullopt: nobody listens there.
Result<std::optional<std::unique_ptr<Engine>>> tryConnect(const fs::path& socket, const std::string& name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  UniqueFd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!fd) return fail(systemError(errno, "open", displayText(socket.native())));
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return std::nullopt;
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid())
    return fail(ErrorKind::Permission, "engine.foreign", TR("error", "The engine of this project belongs to somebody else."),
                TR("error", "Ask them to end it, or work on a copy of the project."));
  auto engine = connectedEngine(std::move(fd), name);
  if (engine) return std::optional{std::move(*engine)};
  // One that was just ending took the connection along: as if nobody had listened.
  if (engine.error().kind == ErrorKind::Unreachable) return std::nullopt;
  if (engine.error().kind == ErrorKind::TimedOut) return fail(unreachable(fs::path{socket}.replace_extension(".log")));
  return fail(engine.error());
}

fs::path programBesideThis(const char* name) {
  std::error_code ec;
  return fs::read_symlink("/proc/self/exe", ec).parent_path() / name;
}

/// Starts an engine that outlives this program, and waits until it is ready or says why not.
Result<> startEngine(const fs::path& program, const fs::path& project, const fs::path& log, std::chrono::milliseconds patience) {
  if (::access(program.c_str(), X_OK) != 0)
    return fail(ErrorKind::Unreachable, "engine.missing", TR("error", "The engine program is missing."),
                TR("error", "Install Patchbay again; patchbay-engine belongs beside patchbay."), displayText(program.native()));
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(systemError(errno, "create", "a pipe"));
  UniqueFd read{ends[0]}, write{ends[1]};
  PB_TRY(UniqueFd nothing, openFile("/dev/null", O_RDWR));
  PB_TRY(UniqueFd logFd, openFile(log, O_WRONLY | O_CREAT | O_APPEND, 0600));
  const auto& projectArgument = project.native();
  const pid_t child = ::fork();
  if (child < 0) return fail(systemError(errno, "start", displayText(program.native())));
  if (child == 0) {
    // Only calls that are safe between fork and exec of a program with threads. Forked twice, in a session of its own:
    // Ctrl+C in the terminal ends the client, not the engine.
    ::setsid();
    if (const pid_t second = ::fork(); second != 0) ::_exit(second < 0 ? 1 : 0);
    // Descriptors 0 to 3 are ours; what stands there now may be one of those that are needed.
    const int status = ::fcntl(write.get(), F_DUPFD, 10), in = ::fcntl(nothing.get(), F_DUPFD, 10), out = ::fcntl(logFd.get(), F_DUPFD, 10);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::dup2(status, 3);
    ::close(status);
    ::close(in);
    ::close(out);
    (void)!::chdir("/");
    const char* const arguments[] = {program.c_str(), "--status-fd", "3", "--", projectArgument.c_str(), nullptr};
    ::execv(program.c_str(), const_cast<char* const*>(arguments));
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  write.reset();
  std::string said;
  const auto deadline = Clock::now() + patience;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return fail(unreachable(log));
    pollfd p{read.get(), POLLIN, 0};
    if (::poll(&p, 1, static_cast<int>(left)) <= 0) continue;
    char buffer[4096];
    const auto n = ::read(read.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    said.append(buffer, static_cast<std::size_t>(n));
  }
  const auto answer = parseJson(said);
  if (!answer) return fail(unreachable(log));
  if (answer->contains("error")) return fail(errorFromValue((*answer)["error"]));
  return {};
}

}  // namespace

Result<std::unique_ptr<Engine>> connectEngine(const fs::path& given, const ConnectOptions& options) {
  std::error_code ec;
  const auto project = fs::absolute(given, ec);
  if (!fs::exists(project, ec) && options.create) {
    fs::create_directories(project, ec);
    if (ec) return fail(systemError(ec.value(), "create", displayText(project.native())));
  }
  PB_TRY(const auto name, runtimeNameOf(project));
  const fs::path socket = name.native() + ".sock", log = name.native() + ".log";
  const auto program = options.engineProgram.empty() ? programBesideThis("patchbay-engine") : options.engineProgram;
  const auto deadline = Clock::now() + options.patience;
  Error last = unreachable(log);
  while (Clock::now() < deadline) {
    PB_TRY(auto engine, tryConnect(socket, options.clientName));
    if (engine) return std::move(*engine);
    if (!options.start)
      return fail(ErrorKind::NotFound, "engine.none", TR("error", "No engine runs for this project."),
                  TR("error", "Run a pipeline; the engine starts by itself."), displayText(project.native()));
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (auto started = startEngine(program, project, log, left); !started) {
      // Another client was faster: its engine is starting, and will answer.
      last = started.error();
      if (last.code != "engine.starting") return fail(last);
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  }
  return fail(last);
}

}  // namespace patchbay
