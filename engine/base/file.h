// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay {

/// Owns a file descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_{fd} {}
  UniqueFd(UniqueFd&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(std::exchange(other.fd_, -1));
    return *this;
  }
  ~UniqueFd() { reset(); }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

/// open(2) with O_CLOEXEC; errors carry the path.
Result<UniqueFd> openFile(const std::filesystem::path& path, int flags, unsigned mode = 0666);
/// The whole file; refuses files over `limit` bytes.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 32);
/// Writes all bytes, also across EINTR and short writes.
Result<> writeAll(int fd, std::string_view bytes, const std::filesystem::path& pathForErrors);
/// Atomic publish: temporary file beside the target, fsync, rename, fsync of the folder. After a crash the old or the
/// new content is there, never a mixture.
Result<> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);
Result<> syncFolder(const std::filesystem::path& folder);

/// What the file system says of a file: another stamp where its bytes were changed, or another file put in its place. The time of the
/// last change of any kind (ctime) is part of it, because no program can set it back.
struct FileStamp {
  std::int64_t size = 0, mtimeNs = 0, ctimeNs = 0, inode = 0;
  bool operator==(const FileStamp&) const = default;
  /// [size, mtime, ctime, inode].
  Value toValue() const;
  static std::optional<FileStamp> fromValue(const Value& value);
};
/// Follows links; nothing where there is no such file, or where it is a folder or a device.
std::optional<FileStamp> stampOf(const std::filesystem::path& path);
/// A stamp that any change from `now` on would alter; nothing for a file that was changed so shortly before that a further change
/// could bear the same time (as git treats its index).
std::optional<FileStamp> settledStampOf(const std::filesystem::path& path,
                                        std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

/// A file that holds the bytes of a digest.
struct SeenFile {
  std::filesystem::path path;
  /// The settled stamp it had before its bytes were read: as long as it bears it they need not be read again to be known.
  std::optional<FileStamp> stamp{};
  /// {"path", "stamp"?}
  Value toValue() const;
  static SeenFile fromValue(const Value& value);
};

/// Joins a relative path below a root; refuses absolute paths, "..", NUL and anything that a symbolic link leads outside.
Result<std::filesystem::path> resolveInside(const std::filesystem::path& root, std::string_view relative);

/// A file mapped read-only.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)} {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~MappedFile();
  std::span<const std::uint8_t> bytes() const { return {static_cast<const std::uint8_t*>(data_), size_}; }
  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, std::size_t size) : data_{data}, size_{size} {}
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace patchbay
