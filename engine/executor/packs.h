// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
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

/// The packs a worker has. They stay loaded until the process ends. Those that need LibTorch, whose loading takes longer (.24 s and
/// 90 MB, measured) than most jobs, are loaded when a block or service is asked for that no other pack has.
class Packs {
 public:
  /// Takes every *.so of the folder beside the program (trusted as the program is), in the order of their names.
  void loadFolder(const std::filesystem::path& folder);
  /// Loads a pack whose bytes have the allowed digest, unless it takes names that begin with "patchbay.": a block of Patchbay's own may
  /// be in a pack that still waits.
  void load(const AllowedPack& allowed);

  /// Packs that were refused, and why; the others work.
  const std::vector<Error>& problems() const { return problems_; }
  /// Unsupported with the nearest known name; why a pack beside the program cannot be loaded, if one cannot.
  Result<const BlockType*> block(std::string_view id);
  Result<const LiveType*> live(std::string_view id);
  /// Of all packs: {"abi", "packs": [{"name", "path", "digest"}], "blocks": [schema...], "lives": [...], "problems": [...]}
  Value catalogue();

 private:
  struct Loaded {
    std::string name;
    std::filesystem::path path;
    Digest digest;
    const Pack* pack = nullptr;
  };
  void loadOwn(const std::filesystem::path& file);
  bool loadNext();  ///< Of those that wait to be needed; false: none does.
  /// The first that `of` finds in a loaded pack, or in one that is loaded for it; null: in none.
  template <class Type>
  const Type* find(const std::function<const Type*(const Pack&)>& of);
  Result<> add(const std::filesystem::path& path, const Digest& digest, bool own);
  std::vector<Loaded> loaded_;
  std::vector<std::filesystem::path> waiting_;  ///< Of the folder beside the program, the next to be loaded first.
  std::vector<Error> problems_;
  std::optional<Error> broken_;  ///< A pack beside the program that cannot be loaded: what is not found may be in it.
};

/// What makes results of floating blocks differ between machines: {"processor": "avx512" | "avx2" | ..., "libraries":
/// {name: build id}} of the numeric libraries that are loaded now.
Value loadedNumerics();
/// Tells the numeric libraries that are loaded how many threads to use.
void setLibraryThreads(int threads);

}  // namespace patchbay
