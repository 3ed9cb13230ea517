// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/serve/watch_folder.h"
#include "engine/serve/watch_journal.h"

namespace patchbay::serve {

/// What is made of the journal's lines. Everything may be made twice and is the same then.
class WatchProducts {
 public:
  WatchProducts(const WatchOptions& options, const Value& about);
  /// Where a picture will lie, for its line: "sorted/CLASS/NAME", "look-at-me/NAME"; never a name that is taken.
  void place(Value& line);
  /// Names in use, from a line of an earlier run.
  void remember(const Value& line);
  /// Copies, sidecars and the table's row of a line.
  Result<> make(const Value& line);
  /// What a crash may have left undone; the table as a whole.
  Result<> makeUp(const std::vector<Value>& lines);
  /// The files that are written as a whole.
  Result<> finish(const std::vector<Value>& lines);

 private:
  std::string freeName(const std::string& folder, const std::filesystem::path& picture);
  Result<> copies(const Value& line) const;
  std::string row(const Value& line) const;

  const WatchOptions& options_;
  Value about_;
  std::unordered_set<std::string> taken_;
  UniqueFd table_;
};

}  // namespace patchbay::serve
