// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/base/value.h"

namespace patchbay {

/// The catalogue as the worker prints it, kept in the user's cache folder under the digest of the worker and the packs, so
/// that no worker starts while they are the same.
struct CatalogueSource {
  std::vector<std::string> command;          ///< Worker program and arguments; prints JSON on standard output.
  std::vector<std::filesystem::path> files;  ///< The worker, and the packs and lists of allowed packs it reads.
  std::filesystem::path cacheFolder;         ///< Empty: catalogue in the user's cacheFolder().

  Result<Value> read() const;
};

/// A worker program and the libraries and packs that were installed with it: what its catalogue depends on.
std::vector<std::filesystem::path> installedFiles(const std::filesystem::path& worker);
/// The blocks that were installed with the running program; needs no project and no engine.
CatalogueSource installedCatalogue();

/// Runs a worker program to its end and returns what it printed; a failure carries the end of what it said on standard error.
Result<std::string> askWorker(const std::vector<std::string>& command, std::string_view input);

}  // namespace patchbay
