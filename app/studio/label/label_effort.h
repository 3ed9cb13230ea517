// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>

namespace patchbay::studio {

class Session;

/// Where a project keeps what its labels cost; a table that goes with an exported data set.
std::filesystem::path effortFile(const std::filesystem::path& project);
/// Appends a line, the heading before the first one; in a thread.
void appendEffort(Session& session, std::string line);
/// Puts a copy beside an exported data set, a folder or a file. Belongs in a thread; nothing where nothing was measured.
void exportEffort(const std::filesystem::path& project, const std::filesystem::path& exported);

}  // namespace patchbay::studio
