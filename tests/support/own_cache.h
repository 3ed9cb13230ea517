// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdlib.h>

#include <filesystem>

#include "engine/base/resources.h"

namespace patchbay::test {

/// As it was when the program started.
inline const std::filesystem::path usersCatalogue = cacheFolder() / "catalogue";

/// A cache folder that is the test's own. Only what blocks there are is known in it already: asking the worker for it means loading
/// everything a block may need.
inline void useOwnCache(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code ec;
  fs::create_directories(usersCatalogue, ec);
  fs::create_directories(folder / "patchbay", ec);
  fs::create_directory_symlink(usersCatalogue, folder / "patchbay" / "catalogue", ec);
  ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
}

}  // namespace patchbay::test
