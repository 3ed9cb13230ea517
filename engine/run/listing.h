// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
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

/// Files that were found one by one, pictures that a table names: whether each is there, its size, time of change and inode.
/// A listing like the others, of names relative to `base` where they lie below it.
class FoundFiles {
 public:
  explicit FoundFiles(std::filesystem::path base) : base_{std::move(base)} {}
  /// Looks at the file now; call before it is read. Told twice, the first look counts.
  void add(const std::filesystem::path& path);
  bool empty() const { return lines_.empty(); }
  std::size_t size() const { return lines_.size(); }
  std::string text() const;
  /// The files of an earlier listing as they are now.
  static std::string again(std::string_view listing, const std::filesystem::path& base);

 private:
  std::filesystem::path base_;
  std::map<std::string, std::string> lines_;  ///< What is said of each name.
};

/// What differs between two listings, as reasons: the first few files by name, the others counted.
std::vector<Text> compareListings(std::string_view before, std::string_view now);

}  // namespace patchbay
