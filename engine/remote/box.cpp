// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/box.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <set>
#include <sstream>
#include <thread>

#include "engine/base/id.h"
#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/remote/box_scripts.h"
#include "engine/remote/wire.h"

extern char** environ;

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds answerWithin{30};
constexpr std::size_t mostNoise = std::size_t{1} << 20;

std::string saidOn(const UniqueFd& errors) {
  std::string out(8192, '\0');
  const auto n = ::pread(errors.get(), out.data(), out.size(), 0);
  out.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  return out;
}

struct Started {
  pid_t pid = 0;
  UniqueFd in, out;  ///< Of the program.
};

Result<Started> start(const std::vector<std::string>& argv, int errors) {
  int in[2], out[2];
  if (::pipe2(in, O_CLOEXEC) != 0) return fail(systemError(errno, "make", "a pipe"));
  Started started;
  started.in.reset(in[1]);
  const UniqueFd theirIn{in[0]};
  if (::pipe2(out, O_CLOEXEC) != 0) return fail(systemError(errno, "make", "a pipe"));
  started.out.reset(out[0]);
  const UniqueFd theirOut{out[1]};
  std::vector<char*> words;
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, theirIn.get(), 0);
  ::posix_spawn_file_actions_adddup2(&files, theirOut.get(), 1);
  ::posix_spawn_file_actions_adddup2(&files, errors, 2);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // Not in the terminal's group: Ctrl+C is for the client, and must not cut the connection.
  ::posix_spawnattr_setpgroup(&attributes, 0);
  sigset_t usual;
  ::sigemptyset(&usual);
  ::sigaddset(&usual, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  const int failed = ::posix_spawnp(&started.pid, words[0], &files, &attributes, words.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  if (failed)
    return fail(ErrorKind::NotFound, "ssh.missing", TR("remote", "The program {name} is not installed.").with("name", argv[0]),
                TR("remote", "Install the package openssh-client."));
  return started;
}

/// Reads up to the agent's mark and not a byte further; what a login shell says before it is left out. False: it does not come.
bool skipNoise(int fd, std::string& noise, const std::atomic<bool>* stop) {
  const auto end = std::chrono::steady_clock::now() + answerWithin;
  while (!noise.ends_with(agentMark)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0 || noise.size() > mostNoise || (stop && *stop)) return false;
    pollfd p{fd, POLLIN, 0};
    if (::poll(&p, 1, static_cast<int>(std::min<long long>(left, 100))) <= 0) continue;
    char c;
    const auto n = ::read(fd, &c, 1);
    if (n == 0) return false;
    if (n == 1) noise += c;
  }
  return true;
}

/// Runs `first | second`; the exit code of the second and what it said on standard error.
Result<std::pair<int, std::string>> pipeThrough(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  const UniqueFd errors{::memfd_create("ssh", MFD_CLOEXEC)};
  PB_TRY(auto to, start(second, errors.get()));
  PB_TRY(auto from, start(first, errors.get()));
  from.in.reset();
  std::string buffer(256 * 1024, '\0');
  bool whole = true;
  for (ssize_t n; whole && (n = ::read(from.out.get(), buffer.data(), buffer.size())) != 0;)
    whole = n > 0 && writeAll(to.in.get(), std::string_view{buffer}.substr(0, static_cast<std::size_t>(n)), "ssh").has_value();
  from.out.reset();
  to.in.reset();
  while (::read(to.out.get(), buffer.data(), buffer.size()) > 0) {
  }
  int status = 0, ignored = 0;
  ::waitpid(from.pid, &ignored, 0);
  ::waitpid(to.pid, &status, 0);
  return std::pair{WIFEXITED(status) ? WEXITSTATUS(status) : 255, saidOn(errors)};
}

std::string glibcOf(const Value& probed) {
  const auto& text = probed["glibc"].asText();
  return text.starts_with("glibc ") ? text.substr(6) : text;
}

std::pair<int, int> parts(const std::string& version) {
  const auto dot = version.find('.');
  return std::pair{std::atoi(version.c_str()), dot == std::string::npos ? 0 : std::atoi(version.c_str() + dot + 1)};
}

}  // namespace

BoxConnection::BoxConnection(BoxConnection&& other) noexcept
    : channel{std::move(other.channel)}, carrier{std::exchange(other.carrier, 0)}, errors{std::move(other.errors)} {}
BoxConnection& BoxConnection::operator=(BoxConnection&& other) noexcept {
  if (this == &other) return *this;
  close();
  channel = std::move(other.channel);
  carrier = std::exchange(other.carrier, 0);
  errors = std::move(other.errors);
  return *this;
}
BoxConnection::~BoxConnection() { close(); }

void BoxConnection::close() {
  channel = Channel{};
  if (carrier <= 0) return;
  ::kill(carrier, SIGTERM);
  for (int tries = 0; ::waitpid(carrier, nullptr, WNOHANG) == 0; ++tries) {
    if (tries == 100) ::kill(carrier, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  carrier = 0;
}

Box::Box(MachineEntry machine, fs::path worker, fs::path allowedPacks, std::string version)
    : machine_{std::move(machine)}, worker_{std::move(worker)}, allowed_{std::move(allowedPacks)}, version_{std::move(version)} {}

std::string Box::folder() const { return machine_.folder.empty() ? ".patchbay-worker" : machine_.folder; }

Result<const Bundle*> Box::bundle() {
  if (!bundle_) {
    PB_TRY(bundle_, makeBundle(worker_, allowed_, version_));
  }
  return &*bundle_;
}

/// Only words of checked characters come into `command`: the far login shell, whichever it is, reads it.
std::vector<std::string> Box::ssh(std::string command) const {
  std::vector<std::string> out{"ssh"};
  if (const char* config = std::getenv("PATCHBAY_SSH_CONFIG"); config && *config) out.insert(out.end(), {"-F", config});
  for (const auto* option :
       {"BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=15", "ServerAliveInterval=15", "ServerAliveCountMax=4",
        "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes", "RequestTTY=no", "LogLevel=ERROR"})
    out.insert(out.end(), {"-o", option});
  out.insert(out.end(), {"--", machine_.host, std::move(command)});
  return out;
}

Result<BoxConnection> Box::connect(const std::string& instance) {
  std::vector<std::string> argv;
  const std::string kind = machine_.slurm ? "slurm" : "box";
  if (away()) {
    PB_TRY(const auto* needed, bundle());
    argv = ssh("exec /bin/sh " + folder() + "/bin/" + needed->id + "/start agent - " + instance + " " + kind);
  } else {
    const char* home = std::getenv("HOME");
    const auto root = machine_.folder.empty() ? fs::path{home ? home : "/tmp"} / ".patchbay-worker" : fs::path{machine_.folder};
    argv = {worker_.string(), "agent", root.string(), instance, kind};
    if (!allowed_.empty()) argv.insert(argv.end(), {"--packs", allowed_.string()});
  }
  BoxConnection out;
  out.errors.reset(::memfd_create("ssh", MFD_CLOEXEC));
  PB_TRY(auto started, start(argv, out.errors.get()));
  out.carrier = started.pid;
  std::string noise;
  const bool there = skipNoise(started.out.get(), noise, stop_);
  out.channel = Channel{std::move(started.out), std::move(started.in)};
  if (there) return out;
  int status = 0;
  for (int tries = 0; tries < 100 && ::waitpid(out.carrier, &status, WNOHANG) == 0; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  const auto said = saidOn(out.errors);
  if (WIFEXITED(status)) out.carrier = 0;
  out.close();
  if (away() && code != 255 && !(stop_ && *stop_)) {
    // The connection works; what is wrong is there.
    PB_TRY(const auto probed, probe());
    PB_CHECK(judge(probed));
  }
  return fail(sshError(machine_, said.empty() ? noise : said, code));
}

Result<std::string> Box::bundleId() {
  if (!away()) return std::string{};
  PB_TRY(const auto* needed, bundle());
  return needed->id;
}

Result<Value> Box::probeScript(std::string_view script, const std::vector<std::string>& words, std::vector<std::string>* pool) {
  std::string command = "exec /bin/sh -s --";
  for (const auto& word : words) command += " " + word;
  PB_TRY(const auto run, runProgram(ssh(command), {}, std::chrono::seconds{300}, script));
  const auto from = run.out.find(scriptBegin), to = run.out.rfind(scriptEnd);
  if (from == std::string::npos || to == std::string::npos || to < from)
    return fail(sshError(machine_, run.err.empty() ? run.out : run.err, run.code));
  Value out{Value::Map{}};
  std::istringstream lines{run.out.substr(from + scriptBegin.size(), to - from - scriptBegin.size())};
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    const auto key = line.substr(0, equals), value = line.substr(equals + 1);
    if (key == "pool") {
      if (pool) pool->push_back(value);
    } else {
      out[key] = value;
    }
  }
  return out;
}

Result<Value> Box::probe() {
  PB_TRY(const auto* needed, bundle());
  std::vector<std::string> pool;
  PB_TRY(const auto said, probeScript(probeText, {folder(), needed->id}, &pool));
  const auto number = [](const std::string& text) {
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  };
  Value out = said;
  out["free_bytes"] = number(said["free_kb"].asText()) * 1024;
  out["worker"] = said["worker"].asText() == "yes";
  out["slurm"] = said["slurm"].asText() == "yes";
  out["clock_off_seconds"] = number(said["time"].asText()) - static_cast<std::int64_t>(std::time(nullptr));
  std::int64_t missing = 0;
  for (const auto& file : needed->files)
    if (std::find(pool.begin(), pool.end(), file.digest.hex()) == pool.end()) missing += file.bytes;
  out["needed_bytes"] = out["worker"].asBool() ? std::int64_t{0} : missing;
  out["bundle"] = needed->id;
  out["own_glibc"] = needed->withGlibc && parts(glibcOf(out)) < parts(neededGlibc());
  return out;
}

Result<> Box::judge(const Value& p) const {
  const auto wrong = [&](ErrorKind kind, std::string code, Text cause, Text hint) {
    return fail(kind, std::move(code), std::move(cause).with("machine", machine_.name), std::move(hint).with("machine", machine_.name),
                machine_.name);
  };
  if (p["system"].asText() != "Linux" || p["arch"].asText() != "x86_64")
    return wrong(ErrorKind::Unsupported, "remote.arch",
                 TR("remote", "{machine} is a machine of another kind ({system}, {arch}); the worker needs Linux on x86_64.")
                     .with("system", displayText(p["system"].asText()))
                     .with("arch", displayText(p["arch"].asText())),
                 TR("remote", "Use a machine with an Intel or AMD processor and Linux."));
  if (const auto glibc = glibcOf(p); parts(glibc) < parts(neededGlibc()) && !p["own_glibc"].asBool())
    return wrong(ErrorKind::Unsupported, "remote.glibc",
                 TR("remote", "The C library of {machine} is too old: glibc {there}, and the worker needs {needed}.")
                     .with("there", glibc.empty() ? "?" : displayText(glibc))
                     .with("needed", neededGlibc()),
                 TR("remote", "Use a machine with a newer system (Debian 12, Ubuntu 22.10, RHEL 10 or later)."));
  if (!p["tools_missing"].asText().empty())
    return wrong(ErrorKind::NotFound, "remote.tools",
                 TR("remote", "{machine} lacks {tools}.").with("tools", displayText(p["tools_missing"].asText())),
                 TR("remote", "Ask its administrator to install them."));
  if (p["writable"].asText() != "yes")
    return wrong(ErrorKind::Permission, "remote.folder",
                 TR("remote", "The folder {folder} on {machine} cannot be written.").with("folder", folder()),
                 TR("remote", "Choose another one: `patchbay machines add ... --folder DIR`."));
  const auto needed = p["needed_bytes"].asInt();
  if (needed * 2 > p["free_bytes"].asInt())
    return wrong(ErrorKind::Io, "remote.space",
                 TR("remote", "There is no room on {machine}: {free} MB are free and {needed} MB are needed.")
                     .with("free", p["free_bytes"].asInt() >> 20)
                     .with("needed", needed >> 19),
                 TR("remote", "Free some space there, or choose another folder: `patchbay machines add ... --folder DIR`."));
  if (machine_.slurm && !p["slurm"].asBool())
    return wrong(ErrorKind::NotFound, "remote.no-slurm", TR("remote", "There is no sbatch on {machine}."),
                 TR("remote", "Name the cluster's login node, or add the machine as a plain one: --kind ssh."));
  if (!p["worker"].asBool())
    return wrong(ErrorKind::NotFound, "remote.no-worker",
                 TR("remote", "Patchbay's worker of this version is not on {machine} yet; {mb} MB would be sent.")
                     .with("mb", std::max<std::int64_t>(1, needed >> 20)),
                 TR("remote", "Send it: `patchbay machines install {machine}`."));
  return {};
}

/// One compressed stream of files named by their digests.
Result<> Box::send(const std::vector<const BundleFile*>& files) {
  std::error_code ec;
  const auto links = fs::temp_directory_path(ec) / ("patchbay-send-" + newUlid());
  fs::create_directory(links, ec);
  if (ec) return fail(systemError(ec.value(), "create", displayText(links.native())));
  std::set<Digest> linked;
  for (const auto* file : files)
    if (linked.insert(file->digest).second) fs::create_symlink(fs::canonical(file->source, ec), links / file->digest.hex(), ec);
  const auto sent =
      pipeThrough({"tar", "-C", links.string(), "-ch", "-I", "gzip -1", "-f", "-", "."},
                  ssh("exec /bin/sh -c 'mkdir -p " + folder() + "/incoming && cd " + folder() + "/incoming && exec tar -xzf -'"));
  fs::remove_all(links, ec);
  if (!sent) return fail(sent.error());
  const auto& [code, said] = *sent;
  if (code == 0) return {};
  if (said.find("No space left") != std::string::npos || said.find("quota exceeded") != std::string::npos)
    return fail(ErrorKind::Io, "remote.space",
                TR("remote", "The disk of {machine} is full; the worker does not fit.").with("machine", machine_.name),
                TR("remote", "Free some space there, or choose another folder: `patchbay machines add ... --folder DIR`."), machine_.name);
  return fail(sshError(machine_, said, code));
}

Result<> Box::install(const std::function<void(std::int64_t, std::int64_t)>& progress) {
  PB_TRY(const auto* needed, bundle());
  std::vector<std::string> pool;
  // Puts what an interrupted try has brought whole into the pool first.
  PB_CHECK(probeScript(settleText, {folder(), needed->id}, nullptr));
  PB_CHECK(probeScript(probeText, {folder(), needed->id}, &pool));
  std::vector<const BundleFile*> missing;
  std::int64_t total = 0;
  for (const auto& file : needed->files)
    if (std::find(pool.begin(), pool.end(), file.digest.hex()) == pool.end()) {
      missing.push_back(&file);
      total += file.bytes;
    }
  if (progress) progress(0, total);
  if (!missing.empty()) {
    PB_CHECK(send(missing));
    PB_CHECK(probeScript(settleText, {folder(), needed->id}, nullptr));
  }
  if (progress) progress(total, total);
  std::string list;
  for (const auto& file : needed->files) list += file.digest.hex() + " " + file.path + "\n";
  PB_TRY(const auto said,
         probeScript(std::string{placeText} + list + std::string{placeEnd}, {folder(), needed->id, neededGlibc()}, nullptr));
  if (said["placed"].asText() == "yes") return {};
  return fail(ErrorKind::Io, "remote.install",
              TR("remote", "The worker could not be put in place on {machine}: {said}")
                  .with("machine", machine_.name)
                  .with("said", displayText(said["error"].asText())),
              TR("remote", "Check the space and the permissions there, then try again: what was sent is not sent again."));
}

}  // namespace patchbay
