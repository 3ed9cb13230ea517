// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/text.h"

namespace patchbay {

/// What the file system says of a file or of everything below a folder: path, size, time of change and inode, no bytes read.
/// Part of the key of blocks that read files. Takes about 3 us a file.
struct FileListing {
  Digest digest;  ///< Of the whole listing, however long.
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::string text;  ///< Empty when there are more than `mostListed` files.
  static constexpr std::int64_t mostListed = 200'000;
};

/// Links to folders are followed once each. What Patchbay itself writes into `project` is left out. A path that does not
/// exist is a listing of its own, so that a file that appears is a change.
FileListing listFiles(const std::filesystem::path& path, const std::filesystem::path& project);

/// What differs between two listings, as reasons: the first few files by name, the others counted.
std::vector<Text> compareListings(std::string_view before, std::string_view now);

}  // namespace patchbay
