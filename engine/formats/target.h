// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/file.h"
#include "engine/data/dataset.h"
#include "engine/formats/archive.h"

namespace patchbay::formats {

/// Opens the file of a picture; NotFound when there is none any more.
using OpenPicture = std::function<Result<MappedFile>(const Item&)>;

/// Where an export goes: a folder, or an archive by its extension. Nothing is there under the name that was asked for before
/// finish(); a target that is not finished leaves nothing behind.
class Target {
 public:
  /// BadInput "export.exists" when something is there already (an empty folder is not).
  static Result<std::unique_ptr<Target>> create(const std::filesystem::path& path, OpenPicture open, bool withPictures = true);
  ~Target();
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  Result<> write(std::string_view name, std::string_view bytes);
  /// False: the picture's file is not there. Fails when that cannot be said (ifThere).
  Result<bool> picture(std::string_view name, const Item& item);
  /// False when no pictures are wanted, only what is said of them.
  bool withPictures() const { return withPictures_; }
  Result<MappedFile> open(const Item& item) const { return open_(item); }
  Result<> finish();
  std::int64_t bytes() const { return bytes_; }
  std::int64_t files() const { return files_; }

 private:
  Target() = default;
  std::filesystem::path path_, part_;
  OpenPicture open_;
  bool withPictures_ = true;
  std::unique_ptr<ArchiveWriter> archive_;
  std::int64_t bytes_ = 0, files_ = 0;
  std::string lastFolder_;
};

}  // namespace patchbay::formats
