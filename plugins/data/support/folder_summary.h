// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>

#include "engine/base/progress.h"
#include "engine/base/value.h"

namespace patchbay::blocks {

struct SummaryOptions {
  int threads = 1;
  std::chrono::milliseconds limit{10'000};  ///< Pictures that are not opened by then are counted by name alone.
  const StopFlag* stop = nullptr;
};

/// What a folder or file would be when it is dropped on a pipeline; nothing is imported. See plugins/README.md for the fields.
Result<Value> summarise(const std::filesystem::path& path, const SummaryOptions& options);

}  // namespace patchbay::blocks
