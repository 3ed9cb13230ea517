// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "engine/block/context.h"

namespace patchbay::blocks {

/// The folder `name` below `parent` (empty: the project's exports), which appears when the block succeeds. The name must be
/// one that a folder can have.
inline Result<std::filesystem::path> openExport(RunContext& ctx, const std::string& name, const std::filesystem::path& parent) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos || name.find('\0') != std::string::npos)
    return fail(ErrorKind::BadInput, "export.name",
                TR("block", "\"{name}\" cannot be the name of a folder.").with("name", displayText(name)),
                TR("block", "Choose a name without slashes; where the folder is made is another setting."), "name");
  return ctx.exportFolder(name, parent.empty() ? parent : parent / name);
}

}  // namespace patchbay::blocks
