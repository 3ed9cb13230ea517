// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "engine/net/net.h"

namespace patchbay::blocks {

/// Weights that were installed with the program: the one .pth or .safetensors below their folder. NotFound says what to do.
Result<std::filesystem::path> installedWeights(const std::string& architecture);

/// How a backbone looks at pictures.
struct BackboneOptions {
  std::int64_t size = 0;  ///< Side of what it sees; 0: the network's own.
  bool stretch = false;   ///< The whole picture, whatever its shape, instead of its middle.
  bool scaledDecode = true;
};
/// A network with its weights: those of a file, or the installed ones when `file` is empty. `origin` {"architecture", "source",
/// "licence", "sha256"} is in its metadata. Equal for equal weights and options, so that its features are found in the item cache.
Result<net::Net> backboneWith(const std::string& architecture, const std::filesystem::path& file, const BackboneOptions& options = {});

/// What computes the features of a picture: everything below the classifier, BatchNorm folded.
Result<net::Net> headFeatures(const net::Net& backbone);

}  // namespace patchbay::blocks
