// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

#include "engine/graph/document.h"

namespace patchbay::edit {

/// Gives free names to many new blocks of one document, each in constant time.
class NameGiver {
 public:
  explicit NameGiver(const Document& document) : document_{document} {}

  /// Marks a name as used; false when it is used already.
  bool take(const std::string& name) { return !document_.nodeByName(name) && taken_.insert(name).second; }

  /// "patchbay.train.linear_probe" or "linear_probe_3" -> "linear_probe", "linear_probe_2", ...
  std::string give(std::string_view wish) {
    const auto dot = wish.rfind('.');
    auto base = std::string{wish.substr(dot == std::string_view::npos ? 0 : dot + 1)};
    if (!isUsableName(base) || base.size() > 48)
      for (auto& c : base)
        if (!isUsableName({&c, 1})) c = '_';
    const auto digits = base.find_last_not_of("0123456789");
    if (digits != std::string::npos && digits > 0 && base[digits] == '_' && digits + 1 < base.size()) base.resize(digits);
    base.resize(std::min<std::size_t>(base.size(), 48));
    if (!isUsableName(base)) base = "block";
    auto& next = next_[base];
    for (;; ++next) {
      auto name = next < 2 ? base : base + "_" + std::to_string(next);
      if (next == 0) ++next;
      if (take(name)) return name;
    }
  }

 private:
  const Document& document_;
  std::set<std::string> taken_;
  std::unordered_map<std::string, int> next_;
};

}  // namespace patchbay::edit
