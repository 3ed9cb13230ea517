// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/service/engine.h"

namespace patchbay {

struct ConnectOptions {
  std::filesystem::path engineProgram;  ///< Empty: `patchbay-engine` beside this program.
  bool start = true;                    ///< Start an engine when none runs; otherwise NotFound.
  bool create = true;                   ///< Make the project folder when there is none.
  std::string clientName = "patchbay";  ///< For the engine's log.
  std::chrono::milliseconds patience{10'000};
};

/// The engine of a project through its socket, started when none runs. The engine ends by itself when no client is
/// connected and no job remains.
/// Errors: Busy (another engine that cannot be reached owns the project, named), TooNew, Permission (read-only project),
/// Unreachable, Unsupported (protocol or file system).
Result<std::unique_ptr<Engine>> connectEngine(const std::filesystem::path& project, const ConnectOptions& options = {});

/// "<runtime folder>/<device>-<inode>.sock": short whatever the project's path is. The folder is $XDG_RUNTIME_DIR/patchbay or
/// /tmp/patchbay-<uid>, 0700; Permission when it belongs to somebody else.
Result<std::filesystem::path> engineSocketPath(const std::filesystem::path& project);

}  // namespace patchbay
