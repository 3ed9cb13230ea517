// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

#include <filesystem>
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
