// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/block/context.h"
#include "engine/executor/job_link.h"

namespace patchbay {

/// Names an item-wise function: SHA-256 of the canonical JSON of {"type", "epoch", "name", "key", "numerics"?}. `numerics`
/// null: results do not depend on it.
Digest itemFunction(std::string_view type, int cacheEpoch, std::string_view name, const Value& key, const Value& numerics);

/// Results of one function for some items, an immutable object: "PBI1", u32 count, count x 32-byte item digests in rising
/// order, (count + 1) x u64 offsets into the data, data. Little-endian.
class ItemPack {
 public:
  static Result<ItemPack> open(ObjectReader& reader, const Digest& digest);
  std::size_t size() const { return count_; }
  std::size_t dataBytes() const { return data_.size(); }
  Digest item(std::size_t index) const;
  std::string_view bytes(std::size_t index) const;
  std::optional<std::string_view> find(const Digest& item) const;
  /// The bytes of a pack; of items given twice the first counts.
  static std::string write(std::vector<std::pair<Digest, std::string_view>> items);

 private:
  explicit ItemPack(MappedFile file) : file_{std::move(file)} {}
  std::uint64_t offset(std::size_t index) const;
  MappedFile file_;
  std::size_t count_ = 0;
  std::string_view digests_, offsets_, data_;
};

struct ItemCacheOptions {
  std::size_t flushBytes = std::size_t{64} << 20;
  std::chrono::milliseconds flushEvery{5000};
  std::size_t mergeAbove = 16;                   ///< More packs than this in use: the small ones become one.
  std::size_t smallPack = std::size_t{8} << 20;  ///< Bytes of data.
};

/// Looks the items up in the function's packs, computes the others and stores them in new packs as the work goes on, so
/// that whatever ends the computation costs at most `flushEvery` of it. A pack that is missing or damaged is computed anew.
/// Results are mapped files: memory does not grow with their number.
Result<std::unique_ptr<ItemResults>> computeItems(JobLink& link, ObjectStore& objects, const Digest& function,
                                                  std::span<const Digest> items, const ItemCompute& compute,
                                                  const ItemCacheOptions& options = {});

}  // namespace patchbay
