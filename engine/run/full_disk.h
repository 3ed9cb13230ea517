// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace patchbay {

/// Below so many free bytes nothing is begun: the database alone needs some of them to write down what happens.
inline constexpr std::int64_t leastFreeBytes = std::int64_t{1} << 20;

/// What an unprivileged process may still write where `path` lies (its nearest folder that is there); a disk that cannot be
/// asked counts as one with room.
std::int64_t freeBytesAt(const std::filesystem::path& path);

/// A disk that had no room for something, and when it is worth another try.
class FullDisk {
 public:
  using Clock = std::chrono::steady_clock;
  /// `error` is NoSpace; when its cause names a path, the disk is that path's, otherwise `fallback`'s. `times`: how often in a
  /// row the same work found no room, counted from 1; every time it has to be more, because how much is needed nobody knows.
  FullDisk(const Error& error, const std::filesystem::path& fallback, int times, Clock::time_point now);

  /// Looks at the disk. A limit that the disk's figures do not show (a quota, no more names) is tried again after some minutes.
  bool hasRoom(Clock::time_point now);

  const std::filesystem::path& folder() const { return folder_; }
  std::int64_t free() const { return free_; }      ///< When last looked.
  std::int64_t wanted() const { return wanted_; }  ///< Free bytes at which it goes on.
  /// "The disk of /data is full: 0.2 MB free."
  Text cause() const;
  /// "Free at least 1.0 MB there; it goes on by itself."
  Text hint() const;
  /// Both as one sentence, where only one has room.
  Text reason() const;

 private:
  std::filesystem::path folder_;
  std::int64_t free_ = 0, wanted_ = 0;
  Clock::time_point tryAnyway_;
};

/// Refuses to begin something on a disk without room: NoSpace "disk.full".
Result<> requireRoom(const std::filesystem::path& folder);

}  // namespace patchbay
