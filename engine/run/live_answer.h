// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay {

/// An answer of a live worker as it travels. Of an answer with 64 KB of bytes and more, byte values of 1 KB and more lie in
/// sealed memory files: {"$memfd": index, "offset", "size"} stands in their place, so that no program on the way copies them.
struct LiveAnswer {
  Value value;
  std::vector<UniqueFd> files;
};
using LiveCallback = std::function<void(Result<LiveAnswer>)>;

/// Moves large byte values into memory files, all into one.
Result<LiveAnswer> toLiveAnswer(Value value);
/// The answer with its bytes back in their place. What another process says of its files is not believed: Corrupt when a
/// file is not sealed against change, or does not hold what is said to lie in it.
Result<Value> inlined(LiveAnswer answer);

}  // namespace patchbay
