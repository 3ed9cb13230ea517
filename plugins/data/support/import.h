// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/block/context.h"
#include "engine/data/dataset.h"

namespace patchbay::blocks {

/// A file that an importer found, and what it knows of it before it was opened.
struct Found {
  std::filesystem::path file;
  std::string name;  ///< Relative to the root, '/' between folders; raw bytes.
  std::string group;
  Split split = Split::None;
  std::vector<Annotation> annotations;
  /// Said later than the rest: when another file holds the same bytes, that one gets these annotations and this one is left out.
  bool correction = false;
};

/// What was found out about one picture's bytes.
struct PictureCheck {
  int width = 0, height = 0;  ///< Upright.
  std::string format;         ///< "jpeg", "png", ...
  std::string source;         ///< "rgb", "grey", "cmyk", ... with " 16 bit" where it is.
  bool rotated = false;       ///< Turned upright by its EXIF orientation.
  Error error;                ///< When !ok.
  bool ok = false;
};
/// Decodes a picture, large JPEGs at a fraction of their size, far enough to notice damage anywhere in the file.
PictureCheck checkPicture(std::span<const std::uint8_t> bytes);

/// Runs `work(i)` for 0..n-1 on several threads; no new ones are begun once `go` says no.
void parallelFor(std::size_t n, int threads, const std::function<bool()>& go, const std::function<void(std::size_t)>& work);

/// Every file below `root`, sorted by name; links are followed, each folder is entered once. Hidden files and the litter
/// of file managers are left out. NotFound / BadInput when the root is missing or not a folder.
Result<std::vector<std::filesystem::path>> filesBelow(const std::filesystem::path& root);

/// Opens, digests and checks the files, and writes those that can be read as a data set. What cannot be read is listed in
/// info.skipped with its cause and stops nothing; fails only when nothing at all can be read.
Result<Dataset> importPictures(RunContext& ctx, std::vector<Found> found, DatasetInfo info);

/// The path a parameter names: relative ones start at the project's folder. Fails when empty.
Result<std::filesystem::path> inputPath(const RunContext& ctx, const std::filesystem::path& given, std::string_view param);

}  // namespace patchbay::blocks
