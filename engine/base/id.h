// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace patchbay {

/// An opaque identifier that cannot be mixed up with another kind of identifier.
template <class Tag>
struct Id {
  std::string text;
  auto operator<=>(const Id&) const = default;
  bool empty() const { return text.empty(); }
};

using NodeId = Id<struct NodeTag>;        ///< A node of a pipeline document.
using StepId = Id<struct StepTag>;        ///< A node after for-each expansion: "node" or "node[seed=1,fold=0]".
using AttemptId = Id<struct AttemptTag>;  ///< A ULID; attempt folders are never reused.
using RunId = Id<struct RunTag>;          ///< A ULID.

/// A new ULID: 48 bits of milliseconds, 80 random bits, 26 characters of Crockford's base 32; sorts by time.
std::string newUlid();
/// True for exactly 26 characters of [A-Z0-9].
bool isUlid(std::string_view text);

}  // namespace patchbay

template <class Tag>
struct std::hash<patchbay::Id<Tag>> {
  std::size_t operator()(const patchbay::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
