// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/value.h"
#include "engine/block/block.h"

namespace patchbay {

/// A pack that may be loaded: nothing else is.
struct AllowedPack {
  std::filesystem::path path;
  Digest digest;
};
/// Reads [{"path", "digest"}...]; relative paths start at the file's folder.
Result<std::vector<AllowedPack>> readAllowedPacks(const std::filesystem::path& file);
/// The same, for writing such a file.
Value toValue(const std::vector<AllowedPack>& packs);

/// The packs a worker has loaded. Packs stay loaded until the process ends.
class Packs {
 public:
  struct Loaded {
    std::string name;
    std::filesystem::path path;
    Digest digest;
    const Pack* pack = nullptr;
  };

  /// Loads every *.so of the folder beside the program (trusted as the program is), in the order of their names.
  void loadFolder(const std::filesystem::path& folder);
  /// Loads a pack whose bytes have the allowed digest.
  void load(const AllowedPack& allowed);

  const std::vector<Loaded>& loaded() const { return loaded_; }
  /// Packs that were refused, and why; the others work.
  const std::vector<Error>& problems() const { return problems_; }
  /// Unsupported with the nearest known name.
  Result<const BlockType*> block(std::string_view id) const;
  Result<const LiveType*> live(std::string_view id) const;
  /// {"abi", "packs": [{"name", "path", "digest"}], "blocks": [schema...], "lives": [...], "problems": [...]}
  Value catalogue() const;

 private:
  Result<> add(const std::filesystem::path& path, const Digest& digest);
  std::vector<Loaded> loaded_;
  std::vector<Error> problems_;
};

/// What makes results of floating blocks differ between machines: {"processor": "avx512" | "avx2" | ..., "libraries":
/// {name: build id}} of the numeric libraries that are loaded now.
Value loadedNumerics();
/// Tells the numeric libraries that are loaded how many threads to use.
void setLibraryThreads(int threads);

}  // namespace patchbay
