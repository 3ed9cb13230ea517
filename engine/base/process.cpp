// SPDX-License-Identifier: Apache-2.0
#include "engine/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <cerrno>

#include "engine/base/file.h"
#include "engine/base/value.h"

extern char** environ;

namespace patchbay {
namespace {

constexpr std::size_t mostOutput = std::size_t{16} << 20;

struct Pipe {
  UniqueFd read, write;
};

Result<Pipe> makePipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return fail(systemError(errno, "make", "a pipe"));
  return Pipe{UniqueFd{fds[0]}, UniqueFd{fds[1]}};
}

/// A file in memory, so that nobody has to write while the program reads.
Result<UniqueFd> inputOf(std::string_view text) {
  if (text.empty()) return openFile("/dev/null", O_RDONLY);
  UniqueFd fd{::memfd_create("input", MFD_CLOEXEC)};
  if (!fd) return fail(systemError(errno, "make", "a file in memory"));
  PB_CHECK(writeAll(fd.get(), text, "a file in memory"));
  if (::lseek(fd.get(), 0, SEEK_SET) != 0) return fail(systemError(errno, "read", "a file in memory"));
  return fd;
}

/// Reads both pipes until they end or time is up; false then.
bool drain(Pipe& out, Pipe& err, ProgramRun& run, std::chrono::steady_clock::time_point end) {
  pollfd fds[2] = {{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}};
  std::string* texts[2] = {&run.out, &run.err};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    if (::poll(fds, 2, static_cast<int>(std::min<long long>(left, 1000))) < 0 && errno != EINTR) return true;
    for (int i = 0; i < 2; ++i) {
      if (fds[i].fd < 0 || !fds[i].revents) continue;
      char buffer[16384];
      const auto n = ::read(fds[i].fd, buffer, sizeof buffer);
      if (n <= 0 && !(n < 0 && errno == EINTR)) fds[i].fd = -1;
      if (n > 0 && texts[i]->size() < mostOutput) texts[i]->append(buffer, static_cast<std::size_t>(n));
    }
  }
  return true;
}

}  // namespace

Result<ProgramRun> runProgram(const std::vector<std::string>& argv, const std::filesystem::path& folder, std::chrono::seconds patience,
                              std::string_view input) {
  // A working folder that is not there would look like a program that is not there.
  std::error_code ec;
  if (!folder.empty() && !std::filesystem::is_directory(folder, ec))
    return fail(systemError(ENOENT, "work in the folder", displayText(folder.native())));
  PB_TRY(auto out, makePipe());
  PB_TRY(auto err, makePipe());
  PB_TRY(const auto in, inputOf(input));
  std::vector<char*> arguments;
  for (const auto& a : argv) arguments.push_back(const_cast<char*>(a.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.get(), 0);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), 1);
  posix_spawn_file_actions_adddup2(&actions, err.write.get(), 2);
  if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  pid_t pid = 0;
  const int failed = ::posix_spawnp(&pid, argv[0].c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed)
    return fail(ErrorKind::NotFound, "program.missing", TR("error", "The program {name} could not be started.").with("name", argv[0]),
                TR("error", "Install it, or check that it is on PATH."));
  out.write.reset();
  err.write.reset();
  ProgramRun run;
  const bool ended = drain(out, err, run, std::chrono::steady_clock::now() + patience);
  if (!ended) ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!ended)
    return fail(ErrorKind::TimedOut, "program.timeout", TR("error", "The program {name} did not end in time.").with("name", argv[0]),
                TR("error", "Try again when the machine is less busy."));
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

}  // namespace patchbay
