// SPDX-License-Identifier: Apache-2.0
#include "engine/run/full_disk.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cstdio>
#include <limits>

#include "engine/base/value.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr int mostDoublings = 8;  // 256 MB more than at the last try.

/// The nearest folder above (or at) `path` that is there.
fs::path folderAt(fs::path path) {
  std::error_code ec;
  while (!fs::is_directory(path, ec) && path.has_relative_path()) path = path.parent_path();
  return path;
}

fs::path folderOf(const Error& error, const fs::path& fallback) {
  const auto named = error.cause.args.find("path");
  if (named == error.cause.args.end() || !named->second.starts_with('/')) return fallback;
  // The text may show a name otherwise than it is written; then a folder above it is found.
  const auto folder = folderAt(named->second);
  struct stat at {
  }, project{};
  const bool known = ::stat(folder.c_str(), &at) == 0 && ::stat(fallback.c_str(), &project) == 0;
  return known && at.st_dev != project.st_dev ? folder : fallback;
}

std::string megabytes(std::int64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, bytes < 10'000'000 ? "%.1f" : "%.0f", static_cast<double>(bytes) / 1e6);
  return text;
}

}  // namespace

std::int64_t freeBytesAt(const fs::path& path) {
  struct statvfs disk {};
  if (::statvfs(folderAt(path).c_str(), &disk) != 0) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
}

FullDisk::FullDisk(const Error& error, const fs::path& fallback, int times, Clock::time_point now)
    : folder_{folderOf(error, fallback)}, free_{freeBytesAt(folder_)} {
  const int doublings = std::clamp(times - 1, 0, mostDoublings);
  wanted_ = std::max(free_, std::int64_t{0}) + (leastFreeBytes << doublings);
  tryAnyway_ = now + std::chrono::minutes{1 << std::min(doublings, 4)};
}

bool FullDisk::hasRoom(Clock::time_point now) {
  free_ = freeBytesAt(folder_);
  return free_ >= wanted_ || (now >= tryAnyway_ && free_ >= leastFreeBytes);
}

Text FullDisk::cause() const {
  return TR("disk", "The disk of {folder} is full: {free} MB free.")
      .with("folder", displayText(folder_.native()))
      .with("free", megabytes(free_));
}

Text FullDisk::hint() const {
  return TR("disk", "Free at least {more} MB there; it goes on by itself.")
      .with("more", megabytes(std::max(wanted_ - free_, std::int64_t{100'000})));
}

Text FullDisk::reason() const {
  return TR("disk", "The disk of {folder} is full: {free} MB free. Free at least {more} MB more; it goes on by itself.")
      .with("folder", displayText(folder_.native()))
      .with("free", megabytes(free_))
      .with("more", megabytes(std::max(wanted_ - free_, std::int64_t{100'000})));
}

Result<> requireRoom(const fs::path& folder) {
  const auto free = freeBytesAt(folder);
  if (free >= leastFreeBytes) return {};
  return fail(ErrorKind::NoSpace, "disk.full",
              TR("disk", "The disk of {folder} is full: {free} MB free.")
                  .with("folder", displayText(folder.native()))
                  .with("free", megabytes(free)),
              TR("disk", "Free at least {more} MB there, for example with `patchbay gc`, and run again; nothing was begun.")
                  .with("more", megabytes(leastFreeBytes - free + 100'000)));
}

}  // namespace patchbay
