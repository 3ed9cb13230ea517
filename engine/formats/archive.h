// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/base/progress.h"
#include "engine/formats/report.h"

namespace patchbay::formats {

/// Limits of what is unpacked. A file that promises or delivers more is a bomb and is given up whole.
struct UnpackOptions {
  std::int64_t mostEntries = 5'000'000;
  std::int64_t mostBytes = std::int64_t{1} << 40;
  std::int64_t freeBytes = std::int64_t{1} << 30;  ///< So much of the disk stays free.
  int mostRatio = 200;                             ///< Unpacked to packed bytes, of what is unpacked beyond 64 MB.
  const StopFlag* stop = nullptr;
};

/// .zip, .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz, .tar.zst, .7z by name.
bool isArchive(const std::filesystem::path& path);

/// Unpacks regular files into a fresh folder. Entries that would lie outside, links and devices are left out and named in the
/// report; of a damaged archive what came before the damage is kept. BadInput "archive.bomb", "archive.unreadable",
/// "archive.locked" (needs a password); NoSpace; Cancelled.
Result<> unpack(const std::filesystem::path& archive, const std::filesystem::path& folder, Report& report, const UnpackOptions& options);

/// Writes a zip or tar file, by the target's extension.
class ArchiveWriter {
 public:
  static Result<std::unique_ptr<ArchiveWriter>> create(const std::filesystem::path& file, std::string_view likeName);
  ~ArchiveWriter();
  Result<> add(std::string_view name, std::string_view bytes);
  Result<> finish();

 private:
  struct Impl;
  explicit ArchiveWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::formats
