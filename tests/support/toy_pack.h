// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/executor/packs.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::testing {

using test::TempFolder;

/// Test programs lie in <build>/tests; what they run lies beside.
inline std::filesystem::path buildFolder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path(); }
inline std::filesystem::path workerProgram() { return buildFolder() / "bin" / "patchbay-worker"; }
inline std::filesystem::path toyPack() { return buildFolder() / "tests" / "packs" / "toy.so"; }

/// Writes a list that allows the toy pack, for ZygoteOptions::allowedPacks, and returns its path.
inline std::filesystem::path allowToyPack(const std::filesystem::path& folder) {
  const auto file = folder / "allowed.json";
  const auto digest = digestOfFile(toyPack());
  if (digest) (void)writeFileAtomically(file, toJson(toValue(std::vector<AllowedPack>{{toyPack(), *digest}})));
  return file;
}

}  // namespace patchbay::testing
