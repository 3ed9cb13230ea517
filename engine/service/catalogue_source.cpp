// SPDX-License-Identifier: Apache-2.0
#include "engine/service/catalogue_source.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/resources.h"

extern char** environ;

namespace patchbay {
namespace fs = std::filesystem;

namespace {

fs::path defaultCache() {
  if (const char* given = std::getenv("XDG_CACHE_HOME"); given && *given == '/') return fs::path{given} / "patchbay" / "catalogue";
  if (const char* home = std::getenv("HOME"); home && *home == '/') return fs::path{home} / ".cache" / "patchbay" / "catalogue";
  return {};
}

/// Digest of the files' bytes, remembered by what stat says of them: hashing them each time would cost more than the rest
/// of a small run.
Result<Digest> identityOf(const std::vector<fs::path>& files, const fs::path& cache) {
  std::string stats;
  for (const auto& file : files) {
    struct stat st {};
    if (::stat(file.c_str(), &st) != 0) {
      stats += file.native() + "\n-\n";
      continue;
    }
    stats += file.native() + "\n" + std::to_string(st.st_dev) + " " + std::to_string(st.st_ino) + " " + std::to_string(st.st_size) + " " +
             std::to_string(st.st_mtim.tv_sec) + "." + std::to_string(st.st_mtim.tv_nsec) + "\n";
  }
  const auto note = cache / ("files-" + digestOf(stats).hex());
  if (!cache.empty())
    if (const auto known = readFile(note, 64); known)
      if (const auto digest = Digest::parse(*known)) return *digest;
  Hasher hasher;
  for (const auto& file : files) {
    const auto digest = digestOfFile(file);
    hasher.add(file.filename().native()).add(digest ? digest->hex() : "-").add("\n");
  }
  const auto digest = hasher.finish();
  if (!cache.empty()) (void)writeFileAtomically(note, digest.hex());
  return digest;
}

/// A few old entries are left; more are of no use.
void prune(const fs::path& cache) {
  std::error_code ec;
  std::vector<std::pair<fs::file_time_type, fs::path>> entries;
  for (const auto& e : fs::directory_iterator{cache, ec}) entries.emplace_back(fs::last_write_time(e.path(), ec), e.path());
  std::sort(entries.begin(), entries.end());
  constexpr std::size_t most = 40;
  for (std::size_t i = 0; i + most < entries.size(); ++i) fs::remove(entries[i].second, ec);
}

}  // namespace

Result<std::string> outputOf(const std::vector<std::string>& command, std::string_view input, int timeoutMs) {
  const auto failed = [&](std::string_view why) {
    return fail(ErrorKind::Unreachable, "worker.failed", TR("error", "The worker program could not be asked: {reason}").with("reason", why),
                TR("error", "`patchbay doctor` says what is missing; installing again mends it."), command.front());
  };
  std::array<int, 2> in{}, out{}, err{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0) return failed("no pipe");
  UniqueFd inRead{in[0]}, inWrite{in[1]};
  if (::pipe2(out.data(), O_CLOEXEC) != 0) return failed("no pipe");
  UniqueFd outRead{out[0]}, outWrite{out[1]};
  if (::pipe2(err.data(), O_CLOEXEC) != 0) return failed("no pipe");
  UniqueFd errRead{err[0]}, errWrite{err[1]};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, inRead.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, outWrite.get(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, errWrite.get(), 2);
  std::vector<char*> arguments;
  for (const auto& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int rc = ::posix_spawn(&pid, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (rc != 0) return fail(systemError(rc, "start", command.front()));
  inRead.reset();
  outWrite.reset();
  errWrite.reset();
  (void)writeAll(inWrite.get(), input, command.front());
  inWrite.reset();
  std::string said, complained;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{timeoutMs};
  bool late = false;
  while (outRead || errRead) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) {
      late = true;
      ::kill(pid, SIGKILL);
      break;
    }
    std::array<pollfd, 2> p{pollfd{outRead.get(), POLLIN, 0}, pollfd{errRead.get(), POLLIN, 0}};
    if (::poll(p.data(), p.size(), static_cast<int>(left)) <= 0) continue;
    std::array<char, 65536> buffer;
    const auto take = [&](UniqueFd& fd, const pollfd& state, std::string& into) {
      if (!fd || state.revents == 0) return;
      const auto n = ::read(fd.get(), buffer.data(), buffer.size());
      if (n > 0) into.append(buffer.data(), static_cast<std::size_t>(n));
      if (n == 0 || (n < 0 && errno != EINTR)) fd.reset();
    };
    take(outRead, p[0], said);
    take(errRead, p[1], complained);
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (late) return failed("it did not answer in time.");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    if (complained.size() > 500) complained.erase(0, complained.size() - 500);
    return failed(complained.empty() ? "it ended with an error." : displayText(complained));
  }
  return said;
}

Result<Value> CatalogueSource::read() const {
  const auto cache = cacheFolder.empty() ? defaultCache() : cacheFolder;
  std::error_code ec;
  if (!cache.empty()) fs::create_directories(cache, ec);
  PB_TRY(const auto identity, identityOf(files, cache));
  const auto entry = cache / ("catalogue-" + identity.hex() + ".json");
  if (!cache.empty())
    if (const auto text = readFile(entry, std::size_t{64} << 20))
      if (auto value = parseJson(*text)) return value;
  PB_TRY(const auto text, outputOf(command));
  PB_TRY(auto value, parseJson(text));
  // A cache that cannot be written costs time, nothing else.
  if (!cache.empty() && writeFileAtomically(entry, text)) prune(cache);
  return value;
}

std::vector<fs::path> installedFiles(const fs::path& worker) {
  std::vector<fs::path> out{worker};
  std::error_code ec;
  const auto libraries = worker.parent_path().parent_path() / "lib" / "patchbay";
  for (const auto& folder : {libraries, libraries / "packs"})
    for (fs::directory_iterator it{folder, ec}, end; !ec && it != end; it.increment(ec))
      if (it->path().extension() == ".so") out.push_back(it->path());
  std::ranges::sort(out);
  return out;
}

CatalogueSource installedCatalogue() {
  const auto worker = programFolder() / "patchbay-worker";
  return {{worker.native(), "catalogue"}, installedFiles(worker), {}};
}

}  // namespace patchbay
