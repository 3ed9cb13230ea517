// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "engine/graph/problem.h"
#include "engine/plan/make_plan.h"

namespace patchbay {

/// What stands in the way of reading these files and folders, one error for each: it is not there, it is the other of the two, it
/// may not be read, it is empty. A folder is looked through until its first file. `base`: where relative paths begin.
std::vector<Problem> lookForFiles(const std::vector<NeededPath>& paths, const std::filesystem::path& base);

}  // namespace patchbay
