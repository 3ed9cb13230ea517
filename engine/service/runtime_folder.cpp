// SPDX-License-Identifier: Apache-2.0
#include "engine/service/runtime_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <thread>

#include "engine/base/value.h"
#include "engine/service/connect.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
constexpr std::size_t longestSocket = 107;  // sun_path less its NUL.
constexpr std::size_t longestName = 48;     // "/<device>-<inode>.sock", both of 64 bits.

Result<> makePrivate(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return fail(systemError(errno, "create", displayText(folder.native())));
  struct stat st {};
  if (::lstat(folder.c_str(), &st) != 0) return fail(systemError(errno, "open", displayText(folder.native())));
  if (!S_ISDIR(st.st_mode) || st.st_uid != ::geteuid() || (st.st_mode & 077) != 0)
    return fail(ErrorKind::Permission, "runtime.not-private",
                TR("error", "The folder for the engine's socket belongs to somebody else, or others may use it."),
                TR("error", "Remove it or `chmod 700` it, or set XDG_RUNTIME_DIR to a private folder of yours."),
                displayText(folder.native()));
  return {};
}
}  // namespace

Result<fs::path> runtimeFolder() {
  if (const char* given = std::getenv("XDG_RUNTIME_DIR"); given && *given == '/') {
    const auto folder = fs::path{given} / "patchbay";
    std::error_code ec;
    if (fs::is_directory(given, ec) && folder.native().size() + longestName <= longestSocket) {
      PB_CHECK(makePrivate(folder));
      return folder;
    }
  }
  const fs::path folder = "/tmp/patchbay-" + std::to_string(::geteuid());
  PB_CHECK(makePrivate(folder));
  return folder;
}

Result<fs::path> runtimeNameOf(const fs::path& project) {
  struct stat st {};
  if (::stat(project.c_str(), &st) != 0) return fail(systemError(errno, "open", displayText(project.native())));
  PB_TRY(const auto folder, runtimeFolder());
  return folder / (std::to_string(st.st_dev) + "-" + std::to_string(st.st_ino));
}

Result<fs::path> engineSocketPath(const fs::path& project) {
  PB_TRY(const auto name, runtimeNameOf(project));
  return fs::path{name.native() + ".sock"};
}

Result<std::optional<UniqueFd>> lockEngine(const fs::path& runtimeName, int patienceMs) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{patienceMs};
  PB_TRY(auto fd, openFile(runtimeName.native() + ".lock", O_RDWR | O_CREAT, 0600));
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return fail(systemError(errno, "lock", displayText(runtimeName.native())));
    if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return std::optional{std::move(fd)};
}

}  // namespace patchbay
