// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "engine/base/resources.h"

namespace patchbay::test {

/// As it was when the program started.
inline const std::filesystem::path usersCatalogue = cacheFolder() / "catalogue";

/// For a test with a cache (XDG_CACHE_HOME) of its own: what blocks there are is known in it already, because asking the worker means
/// loading everything a block may need.
inline void shareCatalogue(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code ec;
  fs::create_directories(usersCatalogue, ec);
  fs::create_directories(folder / "patchbay", ec);
  fs::create_directory_symlink(usersCatalogue, folder / "patchbay" / "catalogue", ec);
}

}  // namespace patchbay::test
