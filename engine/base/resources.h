// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace patchbay {

/// The folder of the running program; programs find each other and their libraries from here.
std::filesystem::path programFolder();
/// share/patchbay beside the program's bin/: templates/, weights/. $PATCHBAY_RESOURCES overrides it.
std::filesystem::path resourceFolder();
/// Where app/setup/install keeps what it fetched: $XDG_CACHE_HOME/patchbay or ~/.cache/patchbay.
std::filesystem::path cacheFolder();
/// The folder of a sample data set that app/setup/install fetched; NotFound says how to get it.
Result<std::filesystem::path> sampleFolder(std::string_view name);

}  // namespace patchbay
