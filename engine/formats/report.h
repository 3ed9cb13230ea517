// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"

namespace patchbay::formats {

/// What there is to say of a data set that was read or written, grouped by kind: how often, why, and where the first times.
/// Thread-safe.
///
/// Codes, their sentences and what happens then are listed in issues.cpp. Read: "file.", "picture.", "category.", "annotation.",
/// "label.", "entry." ... Written: "lost.<what>" was left out or changed because the format has no place for it, "added.<what>"
/// is in the files though the data set has it not; <what> is "annotation:<kind>", "score", "author", "attribute", "split",
/// "group", "path", "label", "item", "picture", "classes".
class Report {
 public:
  static constexpr std::size_t mostExamples = 200;

  /// `where` names the file, line or picture as people find it again.
  void add(std::string_view code, std::string_view where, std::int64_t n = 1);
  void lost(std::string_view what, std::string_view where, std::int64_t n = 1) { add("lost." + std::string{what}, where, n); }
  void added(std::string_view what, std::string_view where, std::int64_t n = 1) { add("added." + std::string{what}, where, n); }
  std::int64_t count(std::string_view code) const;
  /// How often anything was left out while reading.
  std::int64_t leftOut() const;
  /// [{"code", "count", "left_out": bool, "cause": Text, "hint"?: Text, "examples": [text...]}], the most frequent first.
  Value toValue() const;

 private:
  struct Entry {
    std::int64_t count = 0;
    std::vector<std::string> examples;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;
};

/// The sentence of a code, what to do about it, and whether what it is said of is left out.
struct Issue {
  std::string_view code;
  bool leftOut = false;
  Text cause, hint;
};
const Issue& issueOf(std::string_view code);

}  // namespace patchbay::formats
