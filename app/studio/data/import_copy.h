// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace patchbay::studio {

struct CopyState {
  std::atomic<std::int64_t> done = 0, total = 0;  ///< Files.
  std::atomic<bool> stop = false;
};

/// Copies a folder of pictures with its sub-folders to `target`, or to "<target> 2", ... when that is taken; answers where. Nothing is
/// left there when it fails or is stopped (Cancelled). Blocks: call it in a thread.
Result<std::filesystem::path> copyPictures(const std::filesystem::path& from, const std::filesystem::path& target, CopyState& state);

}  // namespace patchbay::studio
