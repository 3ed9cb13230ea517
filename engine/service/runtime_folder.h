// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>

#include "engine/base/file.h"
#include "engine/base/result.h"

namespace patchbay {

/// The user's private folder for sockets and locks: $XDG_RUNTIME_DIR/patchbay, or /tmp/patchbay-<uid>; made with 0700.
/// Permission when it is somebody else's or open to others: who could write there could pretend to be the engine.
Result<std::filesystem::path> runtimeFolder();

/// "<runtime folder>/<device>-<inode>" of a project that exists.
Result<std::filesystem::path> runtimeNameOf(const std::filesystem::path& project);

/// Held by an engine from before it opens the project until its socket is gone; nullopt: another engine has it.
Result<std::optional<UniqueFd>> lockEngine(const std::filesystem::path& runtimeName, int patienceMs);

}  // namespace patchbay
