// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <string>

namespace patchbay {
namespace fs = std::filesystem;

Result<UniqueFd> openFile(const fs::path& path, int flags, unsigned mode) {
  for (;;) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (fd >= 0) return UniqueFd{fd};
    if (errno != EINTR) return fail(systemError(errno, flags & (O_WRONLY | O_RDWR) ? "write" : "open", displayText(path.native())));
  }
}

Result<std::string> readFile(const fs::path& path, std::size_t limit) {
  PB_TRY(const UniqueFd fd, openFile(path, O_RDONLY));
  std::string out;
  struct stat st {};
  if (::fstat(fd.get(), &st) == 0 && st.st_size > 0) out.reserve(static_cast<std::size_t>(st.st_size));
  char buffer[64 * 1024];
  for (;;) {
    const auto n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(systemError(errno, "read", displayText(path.native())));
    if (n == 0) return out;
    out.append(buffer, static_cast<std::size_t>(n));
    if (out.size() > limit)
      return fail(ErrorKind::BadInput, "file.too-large",
                  TR("error", "The file is larger than the {limit} bytes allowed here.").with("limit", static_cast<std::int64_t>(limit)),
                  TR("error", "Check that it is the file you meant."), displayText(path.native()));
  }
}

Result<> writeAll(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(systemError(errno, "write", displayText(path.native())));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<> syncFolder(const fs::path& folder) {
  PB_TRY(const UniqueFd fd, openFile(folder.empty() ? fs::path{"."} : folder, O_RDONLY | O_DIRECTORY));
  if (::fsync(fd.get()) != 0 && errno != EINVAL) return fail(systemError(errno, "sync", displayText(folder.native())));
  return {};
}

Result<> writeFileAtomically(const fs::path& path, std::string_view bytes) {
  static std::atomic<unsigned> counter{0};
  // A short name of its own: the target's may already be 255 bytes long.
  const fs::path temporary = path.parent_path() / (".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(counter++));
  const auto written = [&]() -> Result<> {
    PB_TRY(const UniqueFd fd, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL));
    PB_CHECK(writeAll(fd.get(), bytes, path));
    if (::fsync(fd.get()) != 0) return fail(systemError(errno, "write", displayText(path.native())));
    if (::rename(temporary.c_str(), path.c_str()) != 0) return fail(systemError(errno, "write", displayText(path.native())));
    return syncFolder(path.parent_path());
  }();
  if (!written) ::unlink(temporary.c_str());
  return written;
}

namespace {
/// Coarser than the clock of any file system in use (FAT: 2 s).
constexpr std::chrono::seconds settlesIn{3};

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }
}  // namespace

Value FileStamp::toValue() const { return Value::List{size, mtimeNs, ctimeNs, inode}; }

std::optional<FileStamp> FileStamp::fromValue(const Value& value) {
  const auto& numbers = value.asList();
  if (numbers.size() != 4 || !std::ranges::all_of(numbers, &Value::isInt)) return std::nullopt;
  return FileStamp{numbers[0].asInt(), numbers[1].asInt(), numbers[2].asInt(), numbers[3].asInt()};
}

std::optional<FileStamp> stampOf(const fs::path& path) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return std::nullopt;
  return FileStamp{st.st_size, nanoseconds(st.st_mtim), nanoseconds(st.st_ctim), static_cast<std::int64_t>(st.st_ino)};
}

std::optional<FileStamp> settledStampOf(const fs::path& path, std::chrono::system_clock::time_point now) {
  const auto stamp = stampOf(path);
  const auto latest = std::chrono::nanoseconds{now.time_since_epoch() - settlesIn}.count();
  if (!stamp || std::max(stamp->mtimeNs, stamp->ctimeNs) > latest) return std::nullopt;
  return stamp;
}

Value SeenFile::toValue() const {
  Value out;
  out["path"] = pathToValue(path);
  if (stamp) out["stamp"] = stamp->toValue();
  return out;
}

SeenFile SeenFile::fromValue(const Value& value) { return {pathFromValue(value["path"]), FileStamp::fromValue(value["stamp"])}; }

Result<fs::path> resolveInside(const fs::path& root, std::string_view relative) {
  const auto refuse = [&] {
    return fail(ErrorKind::BadInput, "path.outside", TR("error", "The path leads outside its folder and was not followed."),
                TR("error", "Use files inside the folder, without links that lead out of it."), displayText(relative));
  };
  const fs::path rel{relative};
  if (relative.empty() || relative.find('\0') != std::string_view::npos || rel.is_absolute()) return refuse();
  for (const auto& part : rel)
    if (part == "..") return refuse();
  std::error_code ec;
  const fs::path base = fs::weakly_canonical(root, ec);
  if (ec) return refuse();
  const fs::path full = fs::weakly_canonical(base / rel, ec);
  if (ec) return refuse();
  const auto inside = full.lexically_relative(base);
  if (inside.empty() || *inside.begin() == "..") return refuse();
  return full;
}

Result<MappedFile> MappedFile::open(const fs::path& path) {
  PB_TRY(const UniqueFd fd, openFile(path, O_RDONLY));
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return fail(systemError(errno, "read", displayText(path.native())));
  if (S_ISDIR(st.st_mode)) return fail(systemError(EISDIR, "read", displayText(path.native())));
  if (st.st_size == 0) return MappedFile{nullptr, 0};
  const auto size = static_cast<std::size_t>(st.st_size);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (data == MAP_FAILED) return fail(systemError(errno, "read", displayText(path.native())));
  return MappedFile{data, size};
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(data_, size_);
}

}  // namespace patchbay
