// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/process.h"
#include "tests/support/temporary_folder.h"

// Real servers for tests: started on ports of their own that were free, ended with the test however it ends.
namespace patchbay::testing {

/// A program that runs beside the test; dies with it.
class Daemon {
 public:
  Daemon() = default;
  Daemon(const std::vector<std::string>& argv, const std::filesystem::path& log) {
    std::vector<char*> words;
    for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, 0);
    ::dup2(file, 1);
    ::dup2(file, 2);
    ::closefrom(3);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  Daemon(Daemon&& other) noexcept : pid_{std::exchange(other.pid_, 0)} {}
  Daemon& operator=(Daemon&& other) noexcept {
    kill();
    pid_ = std::exchange(other.pid_, 0);
    return *this;
  }
  ~Daemon() { kill(); }
  void kill(int signal = SIGKILL) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  bool running() const { return pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == 0; }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
};

/// A port of loopback that nobody has just now.
inline int freePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  int port = 0;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0)
    port = ntohs(address.sin_port);
  ::close(fd);
  return port;
}

/// Processes whose command line or working folder names this folder of a test: everything that it started, however detached.
inline std::vector<pid_t> processesIn(const std::filesystem::path& folder) {
  std::vector<pid_t> out;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc", ec}) {
    const auto pid = static_cast<pid_t>(std::atoi(entry.path().filename().c_str()));
    if (pid <= 1 || pid == ::getpid()) continue;
    // A stream throws when the process ends between opening and reading.
    const auto line = readFile(entry.path() / "cmdline", 1 << 20).value_or("");
    std::error_code none;
    const auto at = std::filesystem::read_symlink(entry.path() / "cwd", none).string();
    // A step daemon of Slurm names no folder but that of its configuration.
    const auto environment = line.starts_with("slurm") ? readFile(entry.path() / "environ", 1 << 20).value_or("") : std::string{};
    const bool here = line.find(folder.string()) != std::string::npos || at.starts_with(folder.string());
    if (here || environment.find(folder.string()) != std::string::npos) out.push_back(pid);
  }
  return out;
}
inline void killAllIn(const std::filesystem::path& folder) {
  for (int tries = 0; tries < 50; ++tries) {
    const auto left = processesIn(folder);
    if (left.empty()) return;
    for (const auto pid : left) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

inline void writeText(const std::filesystem::path& path, const std::string& text, unsigned mode = 0600) {
  std::ofstream{path} << text;
  ::chmod(path.c_str(), mode);
}
inline bool succeeds(const std::vector<std::string>& argv) {
  const auto run = runProgram(argv, {}, std::chrono::seconds{60});
  return run && run->code == 0;
}

/// A real sshd as this user on loopback, and a configuration of ssh in which it is the host "box".
class SshServer {
 public:
  SshServer() {
    ::signal(SIGPIPE, SIG_IGN);  // As the engine's main() does: a channel may end while something is written to it.
    ::mkdir("/run/sshd", 0755);  // Debian's sshd wants it as root; anybody else's does not.
    for (const auto* key : {"host", "user", "other"})
      succeeds({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", (folder.path() / key).string()});
    std::filesystem::copy_file(folder.path() / "user.pub", folder.path() / "authorized");
    port = freePort();
    start();
    knowHost("host");
    writeConfig();
    ::setenv("PATCHBAY_SSH_CONFIG", config().c_str(), 1);
  }
  ~SshServer() {
    daemon = {};
    killAllIn(folder.path());
  }
  /// With more lines of sshd_config, and more variables ("NAME=value ...") as a login's profile would set them.
  void start(const std::string& more = {}, const std::string& variables = {}) {
    writeText(folder.path() / "sshd_config",
              "Port " + std::to_string(port) + "\nListenAddress " + address + "\nHostKey " + (folder.path() / "host").string() +
                  "\nAuthorizedKeysFile " + (folder.path() / "authorized").string() + "\nPidFile none\nUsePAM no\nStrictModes no\n" +
                  "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nMaxStartups 100\n" +
                  // The usual ones cost several times as much: a tenth of a second of every connection, and of what is sent.
                  "Ciphers aes128-gcm@openssh.com\nKexAlgorithms curve25519-sha256\n" + more +
                  // What this user's own shell does at each login is none of the tests' business, and may take as long as a test.
                  // One line for all: sshd takes only the first.
                  "SetEnv HOME=" + folder.path().string() + " " + variables + "\n");
    auto argv = launcher;
    argv.insert(argv.end(), {"/usr/sbin/sshd", "-D", "-e", "-f", (folder.path() / "sshd_config").string()});
    daemon = Daemon{argv, folder.path() / "sshd.log"};
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!answers() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  /// Cuts every connection; new ones are refused until start().
  void stop() {
    daemon = {};
    const auto name = (folder.path() / "sshd_config").string();
    cutConnections();
  }
  /// What carries the connections dies, as when the network goes.
  void cutConnections() {
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc", ec}) {
      const auto pid = static_cast<pid_t>(std::atoi(entry.path().filename().c_str()));
      if (pid <= 1) continue;
      const auto line = readFile(entry.path() / "cmdline", 1 << 20);  // Nothing for one that has just ended.
      if (line && line->starts_with("ssh") && line->find(config().string()) != std::string::npos) ::kill(pid, SIGKILL);
    }
  }
  void knowHost(const std::string& key) {
    std::ifstream file{folder.path() / (key + ".pub")};
    const std::string line{std::istreambuf_iterator<char>{file}, {}};
    writeText(folder.path() / "known", "[" + address + "]:" + std::to_string(port) + " " + line);
  }
  void writeConfig(const std::string& identity = "user", const std::string& more = {}) {
    writeText(config(), "Host box\n  HostName " + address + "\n  Port " + std::to_string(port) + "\n  IdentityFile " +
                            (folder.path() / identity).string() + "\n  IdentitiesOnly yes\n  UserKnownHostsFile " +
                            (folder.path() / "known").string() + "\n  GlobalKnownHostsFile /dev/null\n" + more);
  }
  std::filesystem::path config() const { return folder.path() / "ssh_config"; }

  test::TempFolder folder;
  int port = 0;
  std::string address = "127.0.0.1";  ///< Of the box; known to start(), knowHost() and writeConfig().
  std::vector<std::string> launcher;  ///< Words before sshd: where it runs.
  Daemon daemon;

 private:
  bool answers() const {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    const bool yes = ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    ::close(fd);
    return yes;
  }
};

}  // namespace patchbay::testing
