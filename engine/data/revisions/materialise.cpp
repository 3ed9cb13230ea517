// SPDX-License-Identifier: Apache-2.0
// A revision as a dataset among the objects.
#include <algorithm>
#include <chrono>
#include <deque>
#include <future>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/row_set.h"
#include "engine/data/revisions/store_impl.h"
#include "engine/store/object_folder.h"

namespace patchbay {
using namespace revisions;

namespace {

/// With more changes than one in so many items every chunk is concerned anyway.
constexpr std::int64_t fewChanges = 64;
constexpr std::int64_t alwaysFew = 2000;
constexpr std::int64_t tellEvery = 10'000;
/// A chunk is on disk when it is stored; several at once wait for the disk together.
constexpr std::size_t chunksAtOnce = 8;

/// The manifest when it and all chunks are still there.
std::optional<PortValue> whole(ObjectFolder& objects, const Digest& digest) {
  if (!objects.contains(digest)) return std::nullopt;
  auto value = PortValue::load(objects, digest);
  if (!value) return std::nullopt;
  const bool all = std::ranges::all_of(value->parts, [&](const auto& part) { return objects.contains(part.second); });
  return all ? std::optional{std::move(*value)} : std::nullopt;
}

/// Items that come by rising id, as the chunks of a data set.
class ChunkStream {
 public:
  ChunkStream(ObjectFolder& objects, DatasetInfo info, std::int64_t items)
      : objects_{objects}, info_{std::move(info)}, chunks_{chunkCountFor(static_cast<std::size_t>(items))} {}

  Result<> add(std::string_view record) {
    const auto chunk = chunkOf(detail::idOfEncoded(record), chunks_);
    if (chunk != now_) PB_CHECK(flush());
    now_ = chunk;
    PB_TRY(const auto item, detail::decodeItem(record));
    detail::tally(counts_, info_, item, 1);
    body_.raw(record);
    ++inChunk_;
    ++items_;
    return {};
  }
  std::size_t items() const { return items_; }
  Result<PortValue> finish() {
    PB_CHECK(flush());
    while (!waiting_.empty()) PB_CHECK(settle());
    value_.type = datasetPort.name;
    value_.version = datasetPort.version;
    value_.meta = detail::datasetMeta(info_, counts_, items_, chunks_);
    return std::move(value_);
  }

 private:
  Result<> flush() {
    if (inChunk_ == 0) return {};
    ByteWriter chunk;
    chunk.raw(detail::chunkMagic);
    chunk.count(inChunk_);
    chunk.raw(body_.out);
    waiting_.emplace_back(now_, std::async(std::launch::async, [this, bytes = std::move(chunk.out)] { return objects_.put(bytes); }));
    body_.out.clear();
    inChunk_ = 0;
    return waiting_.size() > chunksAtOnce ? settle() : Result<>{};
  }
  Result<> settle() {
    auto [index, stored] = std::move(waiting_.front());
    waiting_.pop_front();
    PB_TRY(const auto digest, stored.get());
    value_.parts.emplace(chunkName(index), digest);
    return {};
  }

  ObjectFolder& objects_;
  DatasetInfo info_;
  DatasetCounts counts_;
  std::size_t chunks_, now_ = 0, inChunk_ = 0, items_ = 0;
  ByteWriter body_;
  PortValue value_;
  std::deque<std::pair<std::size_t, std::future<Result<Digest>>>> waiting_;  ///< Its end waits for all of them.
};

/// All of a revision, by id; memory holds an id for each row that changed since.
Result<PortValue> writeAll(Database& db, ObjectFolder& objects, const Revision& revision, const DatasetInfo& info,
                           const std::function<void(const Progress&)>& progress) {
  PB_TRY(const auto newest, newestNumber(db));
  PB_TRY(const auto touched, touchedRows(db, revision.number, newest));
  RowSet later{touched.empty() ? 0 : touched.back()};
  std::vector<std::pair<std::string, std::int64_t>> then;
  for (const auto row : touched) {
    later.add(row);
    PB_TRY(const auto record, recordAt(db, row, revision.number));
    if (record) then.emplace_back(idBytes(detail::idOfEncoded(*record)), row);
  }
  std::ranges::sort(then);
  ChunkStream out{objects, info, revision.items};
  std::size_t next = 0;
  const auto thenUpTo = [&](const std::string* id) -> Result<> {
    for (; next < then.size() && (!id || then[next].first < *id); ++next) {
      PB_TRY(const auto record, recordAt(db, then[next].second, revision.number));
      PB_CHECK(out.add(*record));
    }
    return {};
  };
  PB_CHECK(db.query("SELECT row, record FROM items INDEXED BY items_by_id ORDER BY id", {}, [&](const Row& row) -> Result<> {
    if (later.has(row.integer(0))) return {};
    const auto record = row.text(1);
    if (!then.empty()) {
      const auto id = idBytes(detail::idOfEncoded(record));
      PB_CHECK(thenUpTo(&id));
    }
    if (progress && out.items() % tellEvery == 0)
      progress({TR("data", "Preparing the data set"), static_cast<std::int64_t>(out.items()), revision.items, "picture"});
    return out.add(record);
  }));
  PB_CHECK(thenUpTo(nullptr));
  return out.finish();
}

/// What changed between the revision a manifest was made of and the one wanted; nullopt: too much to be worth it.
Result<std::optional<Dataset>> changedFrom(Database& db, ObjectFolder& objects, const PortValue& base, std::int64_t baseNumber,
                                           const Revision& revision, const DatasetInfo& info) {
  PB_TRY(const auto before, Dataset::load(objects, base));
  const std::optional<Dataset> none;
  if (before.info().task != info.task || chunkCountFor(static_cast<std::size_t>(revision.items)) != before.chunkCount()) return none;
  PB_TRY(const auto rows, touchedRows(db, std::min(baseNumber, revision.number), std::max(baseNumber, revision.number)));
  if (static_cast<std::int64_t>(rows.size()) > std::max(alwaysFew, revision.items / fewChanges)) return none;
  std::vector<Item> changed;
  std::vector<std::string> removed;
  for (const auto row : rows) {
    PB_TRY(const auto was, recordAt(db, row, baseNumber));
    PB_TRY(const auto is, recordAt(db, row, revision.number));
    if (was == is) continue;
    if (!is) {
      removed.emplace_back(detail::idOfEncoded(*was));
      continue;
    }
    PB_TRY(auto item, detail::decodeItem(*is));
    changed.push_back(std::move(item));
  }
  PB_TRY(auto made, before.with(objects, changed, removed, &info));
  return std::optional{std::move(made)};
}

}  // namespace

Result<Digest> RevisionStore::materialise(ObjectFolder& objects, std::int64_t number,
                                          const std::function<void(const Progress&)>& progress) {
  // A connection of its own: one look at everything, however long it takes, in nobody's way.
  PB_TRY(const auto db, Database::open(impl_->file, impl_->readMode));
  PB_CHECK(db->script("PRAGMA cache_size=-65536"));
  Digest made;
  PB_CHECK(db->transaction([&]() -> Result<> {
    PB_TRY(const auto wanted, headOf(*db, number));
    PB_TRY(const auto known, infoAt(*db, number));
    const auto info = datasetInfo(known);
    std::vector<std::pair<std::int64_t, Digest>> bases;
    PB_CHECK(
        db->query("SELECT m.revision, m.digest, r.state = ? FROM manifests m LEFT JOIN revisions r ON r.number = m.revision "
                  "ORDER BY r.state = ? DESC, abs(m.revision - ?) LIMIT 3",
                  {wanted.state, wanted.state, number}, [&](const Row& row) -> Result<> {
                    if (row.integer(2)) made = row.digest(1);
                    bases.emplace_back(row.integer(0), row.digest(1));
                    return {};
                  }));
    if (!made.isZero() && whole(objects, made)) return {};
    for (const auto& [from, digest] : bases) {
      const auto base = whole(objects, digest);
      if (!base) continue;
      PB_TRY(const auto set, changedFrom(*db, objects, *base, from, wanted.revision, info));
      if (!set) continue;
      PB_TRY(made, set->value().save(objects));
      return {};
    }
    PB_TRY(const auto value, writeAll(*db, objects, wanted.revision, info, progress));
    PB_TRY(made, value.save(objects));
    return {};
  }));
  PB_TRY(const auto noted, db->integer("SELECT count(*) FROM manifests WHERE revision = ? AND digest = ?", {number, blobOf(made)}));
  if (noted || impl_->readOnly) return made;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  // A note for the next time: while an import goes on there is none.
  (void)impl_->write([&](Database& writer) {
    return writer.run("INSERT OR REPLACE INTO manifests (revision, digest, at) VALUES (?, ?, ?)", {number, blobOf(made), std::int64_t{now}})
        .map([](std::int64_t) {});
  });
  return made;
}

}  // namespace patchbay
