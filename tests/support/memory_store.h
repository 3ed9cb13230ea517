// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "engine/block/object.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::testing {

/// An object store in a temporary folder that counts what is written; for tests of values that live in objects.
class TemporaryStore final : public ObjectStore {
 public:
  Result<MappedFile> open(const Digest& digest) override { return MappedFile::open(root_ / digest.hex()); }
  Result<Digest> put(std::string_view bytes) override {
    const auto digest = digestOf(bytes);
    if (std::filesystem::exists(root_ / digest.hex())) return digest;
    ++written;
    bytesWritten += bytes.size();
    PB_CHECK(writeFileAtomically(root_ / digest.hex(), bytes));
    return digest;
  }
  Result<Digest> putFile(const std::filesystem::path& path) override {
    PB_TRY(const auto bytes, readFile(path));
    return put(bytes);
  }
  std::filesystem::path fileOf(const Digest& digest) const { return root_ / digest.hex(); }
  int written = 0;
  std::size_t bytesWritten = 0;

 private:
  test::TempFolder root_;
};

}  // namespace patchbay::testing
