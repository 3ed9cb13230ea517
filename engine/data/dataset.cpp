// SPDX-License-Identifier: Apache-2.0
#include "engine/data/dataset.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <unordered_map>
#include <unordered_set>

#include "engine/data/bytes.h"
#include "engine/data/detail/item_codec.h"
#include "engine/data/port_check.h"

namespace patchbay {
namespace {
using namespace detail;

constexpr std::size_t itemsPerChunk = 512;
constexpr std::int64_t mostItems = std::int64_t{itemsPerChunk} << 20;
constexpr std::array<std::string_view, 4> splitNames{"none", "train", "validation", "test"};

int hexDigit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

Result<std::vector<Item>> readChunk(std::string_view bytes) {
  ByteReader r{bytes};
  if (r.raw(chunkMagic.size()) != chunkMagic) return damagedDataset("not a chunk of this version");
  std::vector<Item> items(r.countOf(70));
  for (auto& item : items) {
    item = readItem(r);
    if (!r.ok()) return damagedDataset("a chunk ends too early");
  }
  if (!r.done()) return damagedDataset("a chunk has bytes after its end");
  return items;
}

Result<Digest> writeChunk(ObjectWriter& writer, std::vector<Item>& items) {
  if (items.empty()) return Digest{};
  std::ranges::sort(items, {}, &Item::id);
  ByteWriter w;
  w.raw(chunkMagic);
  w.count(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i && items[i].id == items[i - 1].id) return damagedDataset("two items share the id " + items[i].id);
    writeItem(w, items[i]);
  }
  return writer.put(w.out);
}

}  // namespace

std::string_view toString(Split split) { return splitNames[static_cast<std::size_t>(split)]; }

Split splitFrom(std::string_view name) {
  for (std::size_t i = 0; i < splitNames.size(); ++i)
    if (splitNames[i] == name) return static_cast<Split>(i);
  if (name == "val" || name == "valid") return Split::Validation;
  return Split::None;
}

const std::string* Item::label() const {
  const Annotation* best = nullptr;
  for (const auto& a : annotations)
    if (a.kind == AnnotationKind::Class && a.score > 0 && (!best || a.score > best->score)) best = &a;
  return best ? &best->label : nullptr;
}

bool Item::labelled() const {
  return std::ranges::any_of(annotations, [](const Annotation& a) { return a.kind == AnnotationKind::Class; });
}

std::size_t chunkCountFor(std::size_t items) {
  return std::bit_ceil(std::max<std::size_t>(1, (items + itemsPerChunk - 1) / itemsPerChunk));
}

std::size_t chunkOf(std::string_view id, std::size_t chunkCount) {
  // The leading bits of the id, as many as there are chunks.
  std::uint32_t head = 0;
  for (std::size_t i = 0; i < 8 && i < id.size(); ++i) head = head << 4 | static_cast<std::uint32_t>(std::max(0, hexDigit(id[i])));
  return chunkCount <= 1 ? 0 : head >> (32 - std::countr_zero(chunkCount));
}

std::string chunkName(std::size_t index) {
  char name[24];
  std::snprintf(name, sizeof name, "chunk/%06zu", index);
  return name;
}

std::string makeItemId(std::string_view relativePath, const Digest& digest) {
  const std::string_view zero{"\0", 1};
  return Hasher{}.add(relativePath).add(zero).add(digest.bytes).finish().hex().substr(0, 32);
}

void Dataset::describe() {
  value_.type = port.name;
  value_.version = port.version;
  value_.meta = datasetMeta(info_, counts_, size_, chunks_.size());
  value_.parts.clear();
  for (std::size_t i = 0; i < chunks_.size(); ++i)
    if (!chunks_[i].isZero()) value_.parts.emplace(chunkName(i), chunks_[i]);
}

Result<Dataset> Dataset::load(ObjectReader&, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  Dataset out;
  out.value_ = value;
  const auto& meta = value.meta;
  out.info_.task = meta["task"].asText();
  for (const auto& c : meta["classes"].asList()) out.info_.classes.push_back(c.asText());
  out.info_.skipped = meta["skipped"];
  out.info_.summary = meta["summary"];
  const auto items = meta["items"].asInt(), chunkCount = meta["chunks"].asInt();
  if (items < 0 || items > mostItems) return damagedDataset("it has an impossible number of items");
  out.size_ = static_cast<std::size_t>(items);
  for (const auto& [label, n] : meta["labels"].asMap()) out.counts_.byClass[label] = n.asInt();
  out.counts_.unlabelled = meta["unlabelled"].asInt();
  for (std::size_t i = 0; i < splitNames.size(); ++i) out.counts_.bySplit[i] = meta["splits"][splitNames[i]].asInt();
  const auto chunks = static_cast<std::size_t>(std::max<std::int64_t>(chunkCount, 0));
  if (!std::has_single_bit(chunks) || chunks > (1u << 20)) return damagedDataset("it has an impossible number of chunks");
  out.chunks_.resize(chunks);
  for (std::size_t i = 0; i < chunks; ++i)
    if (const auto it = value.parts.find(chunkName(i)); it != value.parts.end()) out.chunks_[i] = it->second;
  return out;
}

Result<std::vector<Item>> Dataset::chunk(ObjectReader& reader, std::size_t index) const {
  if (chunks_[index].isZero()) return std::vector<Item>{};
  PB_TRY(const auto file, reader.open(chunks_[index]));
  return readChunk(file.text());
}

Result<> Dataset::forEach(ObjectReader& reader, const std::function<Result<>(const Item&)>& visit) const {
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    PB_TRY(const auto items, chunk(reader, i));
    for (const auto& item : items) PB_CHECK(visit(item));
  }
  return {};
}

Result<std::vector<Item>> Dataset::items(ObjectReader& reader) const {
  std::vector<Item> out;
  out.reserve(std::min<std::size_t>(size_, 1 << 20));  // A manifest may promise more than there is.
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    PB_TRY(auto part, chunk(reader, i));
    std::ranges::move(part, std::back_inserter(out));
  }
  return out;
}

Result<Dataset> Dataset::with(ObjectStore& store, std::span<const Item> changed, std::span<const std::string> removedIds,
                              const DatasetInfo* info) const {
  struct Edit {
    std::vector<const Item*> put;
    std::unordered_set<std::string_view> drop;
  };
  std::map<std::size_t, Edit> edits;
  for (const auto& item : changed) {
    if (!isItemId(item.id)) return damagedDataset("an item id is not 32 hexadecimal digits");
    auto& edit = edits[chunkOf(item.id, chunks_.size())];
    edit.put.push_back(&item);
    edit.drop.insert(item.id);
  }
  for (const auto& id : removedIds) edits[chunkOf(id, chunks_.size())].drop.insert(id);

  Dataset out = *this;
  if (info) out.info_ = *info;
  for (auto& [index, edit] : edits) {
    PB_TRY(auto items, chunk(store, index));
    out.size_ -= std::erase_if(items, [&](const Item& item) {
      const bool gone = edit.drop.contains(item.id);
      if (gone) tally(out.counts_, out.info_, item, -1);
      return gone;
    });
    for (const Item* item : edit.put) {
      items.push_back(*item);
      tally(out.counts_, out.info_, *item, 1);
    }
    out.size_ += edit.put.size();
    PB_TRY(out.chunks_[index], writeChunk(store, items));
  }
  if (chunkCountFor(out.size_) == out.chunks_.size()) {
    out.describe();
    return out;
  }
  // The number of chunks is a function of the size alone, so that equal sets have equal manifests whatever their history.
  DatasetWriter writer{out.info_};
  PB_TRY(auto all, out.items(store));
  for (auto& item : all) writer.add(std::move(item));
  return writer.finish(store);
}

Result<Dataset> Dataset::mapped(ObjectStore& store, const DatasetInfo& info, const std::function<Result<>(Item&)>& change) const {
  Dataset out = *this;
  out.info_ = info;
  out.counts_ = {};
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    PB_TRY(auto items, chunk(store, i));
    for (auto& item : items) {
      PB_CHECK(change(item));
      tally(out.counts_, out.info_, item, 1);
    }
    PB_TRY(out.chunks_[i], writeChunk(store, items));
  }
  out.describe();
  return out;
}

Result<Dataset> DatasetWriter::finish(ObjectWriter& writer) {
  Dataset out;
  out.info_ = info_;
  out.size_ = items_.size();
  out.chunks_.resize(chunkCountFor(items_.size()));
  std::vector<std::vector<Item>> chunks(out.chunks_.size());
  for (auto& item : items_) {
    if (!isItemId(item.id)) return damagedDataset("an item id is not 32 hexadecimal digits");
    tally(out.counts_, out.info_, item, 1);
    chunks[chunkOf(item.id, chunks.size())].push_back(std::move(item));
  }
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    PB_TRY(out.chunks_[i], writeChunk(writer, chunks[i]));
    chunks[i] = {};
  }
  out.describe();
  return out;
}

}  // namespace patchbay
