// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::serve {

/// What a file looks like from outside; another state is another picture.
struct FileState {
  std::string path;                    ///< Relative to the watched folder; raw bytes.
  std::int64_t size = 0, changed = 0;  ///< Bytes; nanoseconds since 1970.
  bool operator==(const FileState&) const = default;
  std::string key() const { return path + '\n' + std::to_string(size) + '\n' + std::to_string(changed); }
};
FileState stateOfLine(const Value& line);
/// Of a regular file; nothing when there is none.
std::optional<FileState> stateOf(const std::filesystem::path& folder, const std::string& path);

/// The lines of predictions.jsonl, kept for good. A line that a crash cut short is taken away at the next start.
class WatchJournal {
 public:
  /// Busy when another process has it.
  static Result<WatchJournal> open(const std::filesystem::path& file);
  bool has(const FileState& state) const { return known_.contains(state.key()); }
  const std::vector<Value>& lines() const { return lines_; }
  /// On the disk when it returns.
  Result<> append(const std::vector<Value>& lines);

 private:
  std::filesystem::path file_;
  UniqueFd fd_;
  std::vector<Value> lines_;
  std::unordered_set<std::string> known_;
};

}  // namespace patchbay::serve
