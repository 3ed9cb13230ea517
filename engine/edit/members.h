// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/graph/document.h"

namespace patchbay::edit {

/// Which group each block and group lies in: the first that lists it. Lives as long as the document does not change.
class Parents {
 public:
  explicit Parents(const Document& document) {
    for (const auto& g : document.groups())
      for (const auto& id : g.nodes) parent_.emplace(id, &g);
  }
  const Group* of(std::string_view id) const {
    const auto it = parent_.find(id);
    return it == parent_.end() ? nullptr : it->second;
  }
  /// The groups around it, innermost first; ends also where a damaged file has groups inside each other.
  std::vector<const Group*> around(std::string_view id) const {
    std::vector<const Group*> out;
    for (const auto* g = of(id); g && std::find(out.begin(), out.end(), g) == out.end(); g = of(g->id)) out.push_back(g);
    return out;
  }

 private:
  std::map<std::string_view, const Group*> parent_;
};

/// The id of a note; empty when it has none.
inline const std::string& noteId(const Value& note) { return note["id"].asText(); }

}  // namespace patchbay::edit
