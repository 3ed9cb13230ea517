// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "engine/base/value.h"

namespace patchbay {

/// Carries out Engine::addPicture() in a project's folder.
Result<Value> addPictureTo(const std::filesystem::path& project, const Value& request);

}  // namespace patchbay
