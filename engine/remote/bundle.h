// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/value.h"

namespace patchbay {

/// A file of what another machine needs to run blocks.
struct BundleFile {
  std::string path;  ///< Below the bundle's folder.
  std::filesystem::path source;
  Digest digest;
  std::int64_t bytes = 0;
};

/// Worker, packs, weights and every library they load, each by digest. The C library's own parts lie apart (lib/libc, and its loader
/// beside the worker): they are used only on machines whose own one is older.
struct Bundle {
  std::string id;  ///< <version>-<16 digits of the digest of all>
  std::vector<BundleFile> files;
  bool withGlibc = false;  ///< The C library and its loader are among them, for machines with an older one.
  std::int64_t bytes() const;
};

/// The bundle of the worker program that is installed here, with the packs that the user has allowed. Its digests are kept in
/// the user's cache, so that only the first call after an update reads everything.
Result<Bundle> makeBundle(const std::filesystem::path& worker, const std::filesystem::path& allowedPacks, std::string_view version);
/// "2.36": the C library that the worker here was built against and needs at least.
std::string neededGlibc();

}  // namespace patchbay
