// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "engine/block/object.h"

namespace patchbay {

/// Objects in a folder, named by the SHA-256 of their bytes: `<root>/ab/cdef...`, read-only files.
///
/// Several processes may write and read one folder at once: an object appears under its name only when it is whole and on
/// disk (temporary file, fsync, rename, fsync of the folder). Thread-safe.
class ObjectFolder final : public ObjectStore {
 public:
  /// The folder is made when the first object is put.
  explicit ObjectFolder(std::filesystem::path root);
  ~ObjectFolder() override;

  /// Checks the bytes against the digest the first time this process opens them. A file that no longer matches is moved to
  /// `<root>/damaged/`, so that the next put() writes it anew, and the error is Corrupt.
  Result<MappedFile> open(const Digest& digest) override;
  /// Bytes that are there already are not written again; their file's time is set to now, so that a clean-up which spares
  /// young objects spares them too.
  Result<Digest> put(std::string_view bytes) override;
  /// Moves the file in where it lies on the same file system, otherwise copies and removes it.
  Result<Digest> putFile(const std::filesystem::path& path) override;
  /// Like putFile(), but leaves the file where it is (reflink or copy).
  Result<Digest> copyFile(const std::filesystem::path& path);

  bool contains(const Digest& digest) const;
  std::filesystem::path pathOf(const Digest& digest) const;
  const std::filesystem::path& root() const;

  struct Entry {
    Digest digest;
    std::int64_t bytes = 0;
    std::filesystem::file_time_type time;
  };
  /// Every object, in no order; temporary and damaged files are not objects. A missing folder is an empty one.
  Result<> forEach(const std::function<Result<>(const Entry&)>& visit) const;
  Result<> remove(const Digest& digest);
  /// Removes temporary files of writers that died, older than an hour.
  void removeLeftovers();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
