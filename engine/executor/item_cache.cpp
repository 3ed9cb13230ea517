// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/item_cache.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace patchbay {
namespace {

constexpr std::string_view magic = "PBI1";
constexpr std::size_t headSize = 8, digestSize = 32;

tl::unexpected<Error> damaged() {
  return fail(ErrorKind::Corrupt, "items.damaged", TR("executor", "A pack of cached results is damaged."),
              TR("executor", "Run again; what is missing is computed anew."));
}
tl::unexpected<Error> misused(std::string_view what) {
  return fail(ErrorKind::Internal, "items.misused",
              TR("executor", "The block does not keep the rules of the item cache: {what}.").with("what", what),
              TR("executor", "Report this to the author of the block."));
}

class PackedResults final : public ItemResults {
 public:
  std::size_t size() const override { return where.size(); }
  std::string_view bytes(std::size_t index) const override { return where[index]; }
  std::size_t computed() const override { return computedCount; }

  std::vector<ItemPack> packs;
  std::vector<std::string_view> where;
  std::size_t computedCount = 0;
};

class Computation {
 public:
  Computation(JobLink& link, ObjectStore& objects, const Digest& function, std::span<const Digest> items, const ItemCacheOptions& options)
      : link_{link}, objects_{objects}, function_{function}, items_{items}, options_{options} {}

  Result<std::unique_ptr<ItemResults>> run(const ItemCompute& compute) {
    for (std::size_t i = 0; i < items_.size(); ++i) wanted_.emplace(items_[i], std::string_view{});
    open_ = wanted_.size();
    PB_TRY(const auto packs, link_.itemPacks(function_));
    // Newest first: a merged pack makes the ones it was made of unnecessary.
    for (std::size_t i = packs.size(); i-- > 0 && open_ > 0;) {
      auto pack = ItemPack::open(objects_, packs[i]);
      if (pack) take(std::move(*pack));
    }
    PB_CHECK(computeMissing(compute));
    if (results_->packs.size() > options_.mergeAbove) PB_CHECK(merge());
    results_->where.reserve(items_.size());
    for (const auto& item : items_) results_->where.push_back(wanted_[item]);
    return std::unique_ptr<ItemResults>{std::move(results_)};
  }

 private:
  /// Keeps a pack when it has something that is wanted and not there yet.
  void take(ItemPack pack) {
    bool used = false;
    const auto note = [&](const Digest& item, std::string_view bytes) {
      const auto it = wanted_.find(item);
      if (it == wanted_.end() || it->second.data()) return;
      it->second = bytes;
      --open_;
      used = true;
    };
    if (pack.size() < wanted_.size()) {
      for (std::size_t i = 0; i < pack.size(); ++i) note(pack.item(i), pack.bytes(i));
    } else {
      for (const auto& [item, bytes] : wanted_)
        if (!bytes.data())
          if (const auto found = pack.find(item)) note(item, *found);
    }
    if (used) results_->packs.push_back(std::move(pack));
  }

  Result<> computeMissing(const ItemCompute& compute) {
    std::vector<std::size_t> missing;
    std::unordered_set<Digest> asked;
    for (std::size_t i = 0; i < items_.size(); ++i)
      if (!wanted_[items_[i]].data() && asked.insert(items_[i]).second) missing.push_back(i);
    if (missing.empty()) return {};
    lastFlush_ = std::chrono::steady_clock::now();
    const auto done = compute(missing, [&](std::size_t index, std::string_view bytes) { return emit(index, bytes, asked); });
    // Also after an error or a stop: what was computed is kept.
    const auto flushed = flush();
    if (!done) return done;
    PB_CHECK(flushed);
    if (open_ > 0) return misused("it did not compute every item it was asked for");
    return {};
  }

  Result<> emit(std::size_t index, std::string_view bytes, const std::unordered_set<Digest>& asked) {
    if (index >= items_.size() || !asked.contains(items_[index])) return misused("it computed an item nobody asked for");
    if (!waiting_.emplace(items_[index], std::string{bytes}).second || wanted_[items_[index]].data())
      return misused("it computed an item twice");
    waitingBytes_ += bytes.size();
    ++results_->computedCount;
    if (waitingBytes_ < options_.flushBytes && std::chrono::steady_clock::now() - lastFlush_ < options_.flushEvery) return {};
    return flush();
  }

  Result<> flush() {
    lastFlush_ = std::chrono::steady_clock::now();
    if (waiting_.empty()) return {};
    std::vector<std::pair<Digest, std::string_view>> entries;
    for (const auto& [item, bytes] : waiting_) entries.emplace_back(item, bytes);
    PB_TRY(auto pack, store(std::move(entries)));
    waiting_.clear();
    waitingBytes_ = 0;
    take(std::move(pack));
    return {};
  }

  Result<ItemPack> store(std::vector<std::pair<Digest, std::string_view>> entries) {
    const auto count = static_cast<std::int64_t>(entries.size());
    PB_TRY(const auto digest, objects_.put(ItemPack::write(std::move(entries))));
    PB_CHECK(link_.addItemPack(function_, digest, count));
    return ItemPack::open(objects_, digest);
  }

  /// One pack of all small ones; added last, so that it is found first the next time.
  Result<> merge() {
    std::vector<std::pair<Digest, std::string_view>> entries;
    std::size_t bytes = 0, small = 0;
    for (const auto& pack : results_->packs) {
      if (pack.dataBytes() >= options_.smallPack || bytes + pack.dataBytes() > options_.flushBytes) continue;
      bytes += pack.dataBytes();
      ++small;
      for (std::size_t i = 0; i < pack.size(); ++i) entries.emplace_back(pack.item(i), pack.bytes(i));
    }
    if (small < 2) return {};
    PB_CHECK(store(std::move(entries)));
    return {};
  }

  JobLink& link_;
  ObjectStore& objects_;
  Digest function_;
  std::span<const Digest> items_;
  const ItemCacheOptions& options_;
  std::unique_ptr<PackedResults> results_ = std::make_unique<PackedResults>();
  std::unordered_map<Digest, std::string_view> wanted_;  ///< Null data(): not there yet.
  std::size_t open_ = 0;
  std::unordered_map<Digest, std::string> waiting_;
  std::size_t waitingBytes_ = 0;
  std::chrono::steady_clock::time_point lastFlush_;
};

}  // namespace

Digest itemFunction(std::string_view type, int cacheEpoch, std::string_view name, const Value& key, const Value& numerics) {
  Value parts{Value::Map{{"type", type}, {"epoch", cacheEpoch}, {"name", name}, {"key", key}}};
  if (!numerics.isNull()) parts["numerics"] = numerics;
  return digestOf(toJson(parts));
}

Result<ItemPack> ItemPack::open(ObjectReader& reader, const Digest& digest) {
  PB_TRY(auto file, reader.open(digest));
  ItemPack pack{std::move(file)};
  const auto text = pack.file_.text();
  if (text.size() < headSize || text.substr(0, 4) != magic) return damaged();
  std::uint32_t count;
  std::memcpy(&count, text.data() + 4, sizeof count);
  const std::size_t tables = count * digestSize + (std::size_t{count} + 1) * sizeof(std::uint64_t);
  if (text.size() - headSize < tables) return damaged();
  pack.count_ = count;
  pack.digests_ = text.substr(headSize, count * digestSize);
  pack.offsets_ = text.substr(headSize + count * digestSize, (std::size_t{count} + 1) * sizeof(std::uint64_t));
  pack.data_ = text.substr(headSize + tables);
  for (std::size_t i = 0; i < pack.count_; ++i)
    if (pack.offset(i) > pack.offset(i + 1) || (i && !(pack.item(i - 1) < pack.item(i)))) return damaged();
  if (pack.offset(0) != 0 || pack.offset(pack.count_) != pack.data_.size()) return damaged();
  return pack;
}

Digest ItemPack::item(std::size_t index) const {
  Digest out;
  std::memcpy(out.bytes.data(), digests_.data() + index * digestSize, digestSize);
  return out;
}

std::uint64_t ItemPack::offset(std::size_t index) const {
  std::uint64_t v;
  std::memcpy(&v, offsets_.data() + index * sizeof v, sizeof v);
  return v;
}

std::string_view ItemPack::bytes(std::size_t index) const { return data_.substr(offset(index), offset(index + 1) - offset(index)); }

std::optional<std::string_view> ItemPack::find(const Digest& wanted) const {
  std::size_t low = 0, high = count_;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (item(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  if (low == count_ || item(low) != wanted) return std::nullopt;
  return bytes(low);
}

std::string ItemPack::write(std::vector<std::pair<Digest, std::string_view>> items) {
  const auto byItem = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(items.begin(), items.end(), byItem);
  items.erase(std::unique(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first == b.first; }), items.end());
  std::string out{magic};
  const auto append = [&out](const auto& number) { out.append(reinterpret_cast<const char*>(&number), sizeof number); };
  append(static_cast<std::uint32_t>(items.size()));
  for (const auto& [item, bytes] : items) out.append(reinterpret_cast<const char*>(item.bytes.data()), digestSize);
  std::uint64_t offset = 0;
  append(offset);
  for (const auto& [item, bytes] : items) append(offset += bytes.size());
  for (const auto& [item, bytes] : items) out += bytes;
  return out;
}

Result<std::unique_ptr<ItemResults>> computeItems(JobLink& link, ObjectStore& objects, const Digest& function,
                                                  std::span<const Digest> items, const ItemCompute& compute,
                                                  const ItemCacheOptions& options) {
  return Computation{link, objects, function, items, options}.run(compute);
}

}  // namespace patchbay
