// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/progress.h"
#include "engine/formats/report.h"

namespace patchbay::formats {

struct SourceFile {
  std::string name;  ///< Relative to the root, '/' between folders; raw bytes.
  std::int64_t size = 0;
};
struct PictureSize {
  int width = 0, height = 0;  ///< Upright.
  bool turned = false;        ///< EXIF swaps width and height.
};

struct SourceOptions {
  std::filesystem::path scratch;  ///< An own folder in which archives are unpacked; removed with the source.
  const StopFlag* stop = nullptr;
};

/// What is imported: a folder, one annotation file with the folder around it, or an archive that is unpacked. Only files of the
/// listing are ever opened, so that no path inside a data set leads anywhere else; links that leave the folder are not listed.
class Source {
 public:
  /// NotFound, BadInput (not a folder, no such archive, a bomb), Cancelled; what is merely left out goes to the report.
  static Result<Source> open(const std::filesystem::path& path, Report& report, const SourceOptions& options);
  Source(Source&&) noexcept;
  Source& operator=(Source&&) = delete;
  ~Source();

  const std::filesystem::path& root() const { return root_; }
  bool unpacked() const { return !scratch_.empty(); }
  /// Sorted by name. Hidden files and the litter of file managers are not there.
  const std::vector<SourceFile>& files() const { return files_; }
  /// The one file that was named, where it was no folder; formats read only that one then.
  const std::string& only() const { return only_; }
  bool contains(std::string_view name) const { return byName_.contains(name); }
  std::filesystem::path pathOf(std::string_view name) const { return root_ / name; }
  Result<MappedFile> open(std::string_view name) const;
  /// The beginning of a file, at most `bytes`, and the end when it is longer.
  std::string peek(std::string_view name, std::size_t bytes = 16 * 1024) const;
  /// Annotation files with this extension (".json"): all, or the one that was named.
  std::vector<std::string> withExtension(std::string_view extension) const;
  std::vector<std::string> pictures() const;

  /// The picture an annotation file means: below `folder`, from the root, else the one whose path ends like it. Backslashes
  /// count as slashes; what leads out of the folder is looked for by name and noted in the report. Empty: not there.
  std::string find(std::string_view named, std::string_view folder, Report& report) const;
  /// The same, in the first of several folders that has it.
  std::string find(std::string_view named, std::span<const std::string> folders, Report& report) const;
  /// The name that the data set gives a picture: as the annotation file says where that is a path inside, else where it lies.
  static std::string nameFor(std::string_view named, std::string_view found);
  /// The picture with this name but for its extension ("images/train/a").
  std::string findStem(std::string_view stem) const;
  /// From the header alone.
  std::optional<PictureSize> sizeOf(std::string_view picture) const;

 private:
  Source() = default;
  void index();
  std::filesystem::path root_, scratch_;
  std::string only_;
  std::vector<SourceFile> files_;
  std::unordered_map<std::string_view, std::size_t> byName_;
  std::unordered_multimap<std::string_view, std::size_t> byLast_;
  std::unordered_map<std::string_view, std::size_t> byStem_;
};

/// By its extension.
bool isPictureName(std::string_view name);
/// "a/b.png" -> "a", "b.png", "b", ".png" (lower case).
std::string_view folderOf(std::string_view name);
std::string_view lastOf(std::string_view name);
std::string_view stemOf(std::string_view name);
std::string extensionOf(std::string_view name);
/// "a/b.png" -> "a/b"
std::string_view withoutExtension(std::string_view name);
std::string joined(std::string_view folder, std::string_view name);

}  // namespace patchbay::formats
