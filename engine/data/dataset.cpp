// SPDX-License-Identifier: Apache-2.0
#include "engine/data/dataset.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <unordered_map>
#include <unordered_set>

#include "engine/data/bytes.h"
#include "engine/data/port_check.h"

namespace patchbay {
namespace {

constexpr std::string_view magic = "PBD1";
constexpr std::size_t itemsPerChunk = 512;
constexpr std::int64_t mostItems = std::int64_t{itemsPerChunk} << 20;
constexpr std::array<std::string_view, 4> splitNames{"none", "train", "validation", "test"};

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::Corrupt, "dataset.damaged", TR("data", "A stored data set is damaged ({what}).").with("what", what),
              TR("data", "Run `patchbay gc` and then run the pipeline again; the pictures themselves are untouched."));
}

int hexDigit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

bool isItemId(std::string_view id) {
  return id.size() == 32 && std::ranges::all_of(id, [](char c) { return hexDigit(c) >= 0; });
}

void writeItem(ByteWriter& w, const Item& item) {
  w.raw(item.id);
  w.raw({reinterpret_cast<const char*>(item.digest.bytes.data()), item.digest.bytes.size()});
  w.count(item.paths.size());
  for (const auto& path : item.paths) w.text(path);
  w.count(static_cast<std::uint64_t>(item.size));
  w.count(static_cast<std::uint64_t>(item.width));
  w.count(static_cast<std::uint64_t>(item.height));
  w.text(item.group);
  w.number(static_cast<std::uint8_t>(item.split));
  w.count(item.annotations.size());
  for (const auto& a : item.annotations) {
    w.number(static_cast<std::uint8_t>(a.kind));
    w.text(a.label);
    w.number(a.score);
    w.count(a.geometry.size());
    for (const float g : a.geometry) w.number(g);
    w.text(a.text);
    w.text(a.author);
  }
}

Item readItem(ByteReader& r) {
  Item item;
  item.id = r.raw(32);
  const auto digest = r.raw(32);
  if (r.ok()) std::copy(digest.begin(), digest.end(), item.digest.bytes.begin());
  item.paths.resize(r.countOf(1));
  for (auto& path : item.paths) path = r.text();
  item.size = static_cast<std::int64_t>(r.count());
  item.width = static_cast<int>(r.count());
  item.height = static_cast<int>(r.count());
  item.group = r.text();
  item.split = static_cast<Split>(std::min<int>(r.number<std::uint8_t>(), 3));
  item.annotations.resize(r.countOf(12));
  for (auto& a : item.annotations) {
    a.kind = static_cast<AnnotationKind>(std::min<int>(r.number<std::uint8_t>(), static_cast<int>(AnnotationKind::Number)));
    a.label = r.text();
    a.score = r.number<double>();
    a.geometry.resize(r.countOf(4));
    for (auto& g : a.geometry) g = r.number<float>();
    a.text = r.text();
    a.author = r.text();
  }
  return item;
}

Result<std::vector<Item>> readChunk(std::string_view bytes) {
  ByteReader r{bytes};
  if (r.raw(magic.size()) != magic) return damaged("not a chunk of this version");
  std::vector<Item> items(r.countOf(70));
  for (auto& item : items) {
    item = readItem(r);
    if (!r.ok()) return damaged("a chunk ends too early");
  }
  if (!r.done()) return damaged("a chunk has bytes after its end");
  return items;
}

Result<Digest> writeChunk(ObjectWriter& writer, std::vector<Item>& items) {
  if (items.empty()) return Digest{};
  std::ranges::sort(items, {}, &Item::id);
  ByteWriter w;
  w.raw(magic);
  w.count(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i && items[i].id == items[i - 1].id) return damaged("two items share the id " + items[i].id);
    writeItem(w, items[i]);
  }
  return writer.put(w.out);
}

void tally(DatasetCounts& counts, const DatasetInfo& info, const Item& item, int sign) {
  if (info.task == "multi-label") {
    for (const auto& a : item.annotations)
      if (a.kind == AnnotationKind::Class && a.score >= 0.5) counts.byClass[a.label] += sign;
    if (!item.labelled()) counts.unlabelled += sign;
  } else if (const auto* label = item.label()) {
    counts.byClass[*label] += sign;
  } else {
    counts.unlabelled += sign;
  }
  counts.bySplit[static_cast<std::size_t>(item.split)] += sign;
}

Value infoToMeta(const DatasetInfo& info, const DatasetCounts& counts, std::size_t size, std::size_t chunks) {
  Value classes{Value::List{}}, labels{Value::Map{}}, splits{Value::Map{}};
  for (const auto& c : info.classes) classes.push(c);
  for (const auto& [label, n] : counts.byClass)
    if (n) labels[label] = n;
  for (std::size_t i = 0; i < splitNames.size(); ++i)
    if (counts.bySplit[i]) splits[splitNames[i]] = counts.bySplit[i];
  Value meta{Value::Map{{"task", info.task},
                        {"classes", classes},
                        {"items", size},
                        {"chunks", chunks},
                        {"labels", labels},
                        {"unlabelled", counts.unlabelled},
                        {"splits", splits}}};
  if (!info.skipped.asList().empty()) meta["skipped"] = info.skipped;
  if (!info.summary.isNull()) meta["summary"] = info.summary;
  return meta;
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
  value_.meta = infoToMeta(info_, counts_, size_, chunks_.size());
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
  if (items < 0 || items > mostItems) return damaged("it has an impossible number of items");
  out.size_ = static_cast<std::size_t>(items);
  for (const auto& [label, n] : meta["labels"].asMap()) out.counts_.byClass[label] = n.asInt();
  out.counts_.unlabelled = meta["unlabelled"].asInt();
  for (std::size_t i = 0; i < splitNames.size(); ++i) out.counts_.bySplit[i] = meta["splits"][splitNames[i]].asInt();
  const auto chunks = static_cast<std::size_t>(std::max<std::int64_t>(chunkCount, 0));
  if (!std::has_single_bit(chunks) || chunks > (1u << 20)) return damaged("it has an impossible number of chunks");
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
    if (!isItemId(item.id)) return damaged("an item id is not 32 hexadecimal digits");
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
    if (!isItemId(item.id)) return damaged("an item id is not 32 hexadecimal digits");
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
