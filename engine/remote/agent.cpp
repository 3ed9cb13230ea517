// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/resources.h"
#include "engine/remote/supervisor.h"
#include "engine/remote/wire.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr auto startWithin = std::chrono::seconds{30};

std::string socketName(const SupervisorOptions& options) { return options.instance + (options.slurm ? ".slurm" : ".box"); }

/// The working folder is run/ already: a socket's name may be no longer than 107 bytes, a home folder's may.
UniqueFd connectTo(const std::string& name) {
  UniqueFd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
  if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  return fd;
}

/// A grandchild in a session of its own: what hangs up the connection does not reach it.
void startSupervisor(const SupervisorOptions& options) {
  const pid_t child = ::fork();
  if (child > 0) {
    ::waitpid(child, nullptr, 0);
    return;
  }
  if (child < 0) return;
  ::setsid();
  if (::fork() != 0) ::_exit(0);
  const auto log = options.root / "run" / (socketName(options) + ".log");
  const int nothing = ::open("/dev/null", O_RDONLY), file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(nothing, 0);
  ::dup2(file, 1);
  ::dup2(file, 2);
  ::closefrom(3);
  const auto self = options.zygote.program.string();
  std::vector<std::string> words{self, "supervise", options.root.string(), options.instance, options.slurm ? "slurm" : "box"};
  if (!options.zygote.allowedPacks.empty()) words.insert(words.end(), {"--packs", options.zygote.allowedPacks.string()});
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv(self.c_str(), argv.data());
  ::_exit(127);
}

bool writeSome(int fd, const char* bytes, std::size_t count) {
  while (count > 0) {
    const auto n = ::write(fd, bytes, count);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) {
      pollfd p{fd, POLLOUT, 0};
      ::poll(&p, 1, -1);
      continue;
    }
    if (n <= 0) return false;
    bytes += n;
    count -= static_cast<std::size_t>(n);
  }
  return true;
}

/// Until either side ends.
void carry(int socket, int output) {
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    pollfd both[] = {{0, POLLIN, 0}, {socket, POLLIN, 0}};
    if (::poll(both, 2, -1) < 0 && errno != EINTR) return;
    for (const auto& [from, to] : {std::pair{&both[0], socket}, std::pair{&both[1], output}}) {
      if (!from->revents) continue;
      const auto n = ::read(from->fd, buffer.data(), buffer.size());
      if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (n <= 0 || !writeSome(to, buffer.data(), static_cast<std::size_t>(n))) return;
    }
  }
}

}  // namespace

int runAgent(const SupervisorOptions& options, int output) {
  ::signal(SIGPIPE, SIG_IGN);
  const auto folder = options.root / "run";
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec || ::chdir(folder.c_str()) != 0) {
    std::fprintf(stderr, "patchbay-agent: cannot make %s: %s\n", folder.c_str(), ec ? ec.message().c_str() : std::strerror(errno));
    return 1;
  }
  ::chmod(folder.c_str(), 0700);
  const auto name = socketName(options);
  auto socket = connectTo(name);
  if (!socket) startSupervisor(options);
  for (const auto end = std::chrono::steady_clock::now() + startWithin; !socket && std::chrono::steady_clock::now() < end;) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
    socket = connectTo(name);
  }
  if (!socket) {
    std::fprintf(stderr, "patchbay-agent: the supervisor does not start; see %s\n", (folder / (name + ".log")).c_str());
    return 1;
  }
  if (!writeSome(output, agentMark.data(), agentMark.size())) return 1;
  carry(socket.get(), output);
  return 0;
}

}  // namespace patchbay
