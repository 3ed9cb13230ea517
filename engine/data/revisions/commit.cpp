// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <iterator>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay::revisions {
namespace {
constexpr std::size_t mostCountsInMemory = 20'000;

std::int64_t nowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string firstPath(const Item& item) { return item.paths.empty() ? std::string{} : item.paths.front(); }
}  // namespace

Commit::Commit(RevisionStore::Impl& store, std::string author)
    : store_{store}, db_{*store.writer}, previous_{store.headNow()}, info_{store.infoNow()} {
  number_ = previous_.revision.number + 1;
  items_ = previous_.revision.items;
  made_.revision.author = std::move(author);
  for (const auto& c : info_.classes) classes_.insert(c.name);
}

void Commit::noteClasses(const Item& item) {
  for (auto& name : classesNamedBy(item)) {
    if (!classes_.insert(name).second) continue;
    info_.classes.push_back({std::move(name), {}, {}, 0});
    infoChanged_ = true;
  }
}

void Commit::setInfo(DataInfo info) {
  for (auto& c : info.classes) c.count = 0;
  if (infoToValue(info) == infoToValue(info_)) return;
  info_ = std::move(info);
  infoChanged_ = true;
  classes_.clear();
  for (const auto& c : info_.classes) classes_.insert(c.name);
}

Result<bool> Commit::remember(std::int64_t row, std::string_view id, const std::string* before) {
  // Of a row that is changed twice in one revision the first state counts.
  const SqlArg was = before ? SqlArg{Blob{*before}} : SqlArg{nullptr};
  PB_TRY(const auto n, db_.run("INSERT OR IGNORE INTO changes (row, revision, before) VALUES (?, ?, ?)", {row, number_, was}));
  if (n == 0) return false;
  ++changed_;
  if (ids_.size() <= mostIdsTold) ids_.emplace_back(id);
  return true;
}

Result<> Commit::add(const Item& item, std::optional<std::int64_t> row) {
  noteClasses(item);
  const auto record = detail::encodeItem(item), id = idBytes(item.id), path = firstPath(item);
  PB_TRY(const auto own, goneRow(db_, id));
  const auto at = row ? *row : own ? own : store_.nextRow++;
  if (own) PB_CHECK(db_.run("DELETE FROM gone WHERE id = ?", {Blob{id}}));
  PB_CHECK(remember(at, item.id, nullptr));
  PB_CHECK(db_.run("INSERT INTO items (row, id, version, hash, path, record) VALUES (?, ?, ?, ?, ?, ?)",
                   {at, Blob{id}, number_, hashOf(item.digest), Blob{path}, Blob{record}}));
  ++items_;
  return setMarks(at, {}, marksOf(item, info_.task));
}

Result<> Commit::replace(const StoredRow& before, const Item& after) {
  const auto record = detail::encodeItem(after);
  if (record == before.record) return {};
  PB_TRY(const auto was, detail::decodeItem(before.record));
  noteClasses(after);
  PB_CHECK(remember(before.row, after.id, &before.record));
  // Left out of the statement, the indexes of path and hash stay untouched.
  if (firstPath(was) == firstPath(after) && was.digest == after.digest) {
    PB_CHECK(db_.run("UPDATE items SET version = ?, record = ? WHERE row = ?", {number_, Blob{record}, before.row}));
  } else {
    const auto path = firstPath(after);
    PB_CHECK(db_.run("UPDATE items SET version = ?, hash = ?, path = ?, record = ? WHERE row = ?",
                     {number_, hashOf(after.digest), Blob{path}, Blob{record}, before.row}));
  }
  return setMarks(before.row, marksOf(was, info_.task), marksOf(after, info_.task));
}

Result<> Commit::remove(const StoredRow& before) {
  PB_TRY(const auto was, detail::decodeItem(before.record));
  PB_CHECK(remember(before.row, was.id, &before.record));
  const auto id = idBytes(was.id);
  PB_CHECK(db_.run("DELETE FROM items WHERE row = ?", {before.row}));
  PB_CHECK(db_.run("INSERT OR REPLACE INTO gone (id, row) VALUES (?, ?)", {Blob{id}, before.row}));
  --items_;
  auto marks = marksOf(was, info_.task);
  PB_TRY(const auto missing, nameFor({MarkKind::Flag, std::string{missingFlag}}));
  PB_TRY(const auto isMissing, db_.integer("SELECT count(*) FROM marks WHERE mark = ? AND row = ?", {missing, before.row}));
  if (isMissing) {
    marks.push_back({MarkKind::Flag, std::string{missingFlag}});
    std::ranges::sort(marks);
  }
  return setMarks(before.row, marks, {});
}

Result<> Commit::become(std::int64_t row, const std::optional<std::string>& record) {
  PB_TRY(const auto now, rowNow(db_, row));
  if (!record) return now ? remove(*now) : Result<>{};
  PB_TRY(const auto item, detail::decodeItem(*record));
  return now ? replace(*now, item) : add(item, row);
}

Result<> Commit::markAgain(const StoredRow& row, const Item& item, std::string_view oldTask) {
  return setMarks(row.row, marksOf(item, oldTask), marksOf(item, info_.task));
}

Result<> Commit::setMarks(std::int64_t row, const std::vector<Mark>& before, const std::vector<Mark>& after) {
  std::vector<Mark> gone, come;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(come));
  for (const auto& mark : gone) {
    PB_TRY(const auto id, nameFor(mark));
    PB_TRY(const auto n, db_.run("DELETE FROM marks WHERE mark = ? AND row = ?", {id, row}));
    counts_[id] -= n;
  }
  for (const auto& mark : come) {
    PB_TRY(const auto id, nameFor(mark));
    PB_TRY(const auto n, db_.run("INSERT OR IGNORE INTO marks (mark, row) VALUES (?, ?)", {id, row}));
    counts_[id] += n;
  }
  return counts_.size() > mostCountsInMemory ? flushCounts() : Result<>{};
}

Result<std::int64_t> Commit::nameFor(const Mark& mark) {
  std::string key;
  if (mark.kind != MarkKind::Group) {
    key = std::to_string(static_cast<int>(mark.kind)) + mark.name;
    if (const auto known = store_.nameIds.find(key); known != store_.nameIds.end()) return known->second;
  }
  PB_TRY(auto id, markId(db_, mark.kind, mark.name));
  if (id == 0) {
    PB_CHECK(db_.run("INSERT INTO names (kind, name) VALUES (?, ?)", {static_cast<std::int64_t>(mark.kind), Blob{mark.name}}));
    PB_TRY(id, markId(db_, mark.kind, mark.name));
  }
  if (!key.empty()) store_.nameIds.emplace(std::move(key), id);
  return id;
}

Result<> Commit::flushCounts() {
  for (const auto& [id, n] : counts_)
    if (n) PB_CHECK(db_.run("UPDATE names SET count = count + ? WHERE id = ?", {n, id}));
  counts_.clear();
  return {};
}

Result<bool> Commit::finish() {
  PB_CHECK(flushCounts());
  if (infoChanged_) infoChanged_ = infoToValue(info_) != infoToValue(store_.infoNow());
  if (changed_ == 0 && !infoChanged_ && merged.empty()) return false;
  auto& r = made_.revision;
  r.number = number_;
  r.id = newRevisionId();
  r.parent = previous_.revision.id;
  r.merged = merged;
  r.what = what;
  r.atMs = nowMs();
  r.changed = changed_;
  r.items = items_;
  PB_TRY(r.unlabelled, db_.integer("SELECT count FROM names WHERE kind = ? AND name = ?",
                                   {static_cast<std::int64_t>(MarkKind::Flag), Blob{unlabelledFlag}}));
  made_.state = leadsTo ? leadsTo->state : number_;
  made_.undoTo = leadsTo ? leadsTo->undoTo : previous_.revision.number;
  made_.redoTo = leadsTo ? leadsTo->redoTo : -1;
  if (infoChanged_) {
    const auto json = toJson(infoToValue(info_));
    PB_CHECK(db_.run("INSERT INTO infos (revision, info) VALUES (?, ?)", {number_, std::string_view{json}}));
  }
  const auto id = idBytes(r.id), other = idBytes(r.merged), said = toJson(toValue(r.what));
  PB_CHECK(
      db_.run("INSERT INTO revisions (number, id, merged, what, author, at, changed, items, unlabelled, state, undo_to, redo_to) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              {r.number, Blob{id}, r.merged.empty() ? SqlArg{nullptr} : SqlArg{Blob{other}}, std::string_view{said},
               std::string_view{r.author}, r.atMs, r.changed, r.items, r.unlabelled, made_.state, made_.undoTo, made_.redoTo}));
  return true;
}

}  // namespace patchbay::revisions
