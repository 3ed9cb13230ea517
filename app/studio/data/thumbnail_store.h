// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

namespace patchbay::studio {

/// Thumbnails kept over the end of the program, by the digest of the picture's bytes and the size; so they are never out of date. In
/// the user's cache folder, readable by the user alone, and bounded: what was not looked at for longest goes first. Thread-safe; it
/// waits for the disk and has no place in the window's thread. What cannot be read or written is simply not kept.
class ThumbnailStore {
 public:
  static constexpr std::int64_t usualBytes = std::int64_t{512} << 20;
  static constexpr int largestSide = 384;  ///< Larger ones are read from their files.

  explicit ThumbnailStore(std::filesystem::path folder, std::int64_t budgetBytes = usualBytes);
  /// <cache of the user>/patchbay/thumbnails
  static std::filesystem::path usualFolder();
  QImage find(const std::string& digest, int side) const;
  void put(const std::string& digest, int side, const QImage& image);
  std::int64_t bytes() const;

 private:
  std::filesystem::path fileOf(const std::string& digest, int side) const;
  void trim();
  std::filesystem::path folder_;
  std::int64_t budget_;
  std::atomic<std::int64_t> written_{-1};  ///< Bytes there, about; -1: not counted yet.
  std::mutex trimming_;
};

}  // namespace patchbay::studio
