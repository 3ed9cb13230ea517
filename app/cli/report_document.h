// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "app/cli/translation.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay::cli {

/// What proves an export, apart from how it is drawn: {"title", "language", "sections": [{"title", "source": the file a stranger can check
/// it against, "parts": [{"text"}, {"rows": [[cell]]: the first is the heading, {"items": [text]} or {"name", "svg"}]}]}. All texts come as
/// they are, from files of the export: whoever draws them makes nothing of them but text. NotFound when it is no export.
Result<Value> reportDocument(const std::filesystem::path& folder, const Translation& say);

}  // namespace patchbay::cli
