// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay {

/// What a running job asks of whoever started it; the worker's end of JobHost. Thread-safe.
class JobLink {
 public:
  virtual ~JobLink() = default;
  /// A file that holds these bytes, to be believed while it bears the stamp, where there is one; NotFound when there is none, Unreachable
  /// when nobody answers any more.
  virtual Result<SeenFile> locate(const Digest& digest) = 0;
  /// Item packs of a function, oldest first.
  virtual Result<std::vector<Digest>> itemPacks(const Digest& function) = 0;
  virtual Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) = 0;
  virtual Result<> addSource(const Digest& digest, const SeenFile& file) = 0;
  /// Whether somebody waits for an answer just now; such a job is quiet and does not hang.
  virtual bool waiting() const { return false; }
  /// Tells of a line that was added to events.jsonl. May drop it: the file is the truth.
  virtual void event(const Value& /*event*/) {}
};

/// A link kept in memory; for block tests.
class MemoryLink final : public JobLink {
 public:
  Result<SeenFile> locate(const Digest& digest) override;
  Result<std::vector<Digest>> itemPacks(const Digest& function) override;
  Result<> addItemPack(const Digest& function, const Digest& pack, std::int64_t items) override;
  Result<> addSource(const Digest& digest, const SeenFile& file) override;

 private:
  std::mutex mutex_;
  std::map<Digest, SeenFile> sources_;
  std::map<Digest, std::vector<Digest>> packs_;
};

}  // namespace patchbay
