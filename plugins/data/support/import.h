// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
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
};

/// Every file below `root`, sorted by name; links are followed, each folder is entered once. Hidden files and the litter
/// of file managers are left out. NotFound / BadInput when the root is missing or not a folder.
Result<std::vector<std::filesystem::path>> filesBelow(const std::filesystem::path& root);

/// Opens, digests and checks the files, and writes those that can be read as a data set. What cannot be read is listed in
/// info.skipped with its cause and stops nothing; fails only when nothing at all can be read.
Result<Dataset> importPictures(RunContext& ctx, std::vector<Found> found, DatasetInfo info);

/// The path a parameter names: relative ones start at the project's folder. Fails when empty.
Result<std::filesystem::path> inputPath(const RunContext& ctx, const std::filesystem::path& given, std::string_view param);

}  // namespace patchbay::blocks
