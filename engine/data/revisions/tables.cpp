// SPDX-License-Identifier: Apache-2.0
// Reading the tables of data.db.
#include <algorithm>

#include "engine/data/revisions/store_impl.h"

namespace patchbay::revisions {

const std::string_view revisionColumns =
    "r.number, r.id, (SELECT p.id FROM revisions p WHERE p.number = r.number - 1), r.merged, r.what, r.author, r.at, r.name, r.changed, "
    "r.items, r.unlabelled";

Revision revisionFromRow(const Row& row) {
  Revision out;
  out.number = row.integer(0);
  out.id = idHex(row.bytes(1));
  out.parent = idHex(row.bytes(2));
  out.merged = idHex(row.bytes(3));
  if (const auto what = parseJson(row.bytes(4))) out.what = textFromValue(*what);
  out.author = row.text(5);
  out.atMs = row.integer(6);
  out.name = row.text(7);
  out.changed = row.integer(8);
  out.items = row.integer(9);
  out.unlabelled = row.integer(10);
  return out;
}

Result<std::int64_t> newestNumber(Database& db) { return db.integer("SELECT max(number) FROM revisions"); }

Result<Head> headOf(Database& db, std::int64_t number) {
  Head out;
  out.revision.number = number;
  if (number == 0) return out;
  bool found = false;
  static const std::string sql =
      "SELECT " + std::string{revisionColumns} + ", r.state, r.undo_to, r.redo_to FROM revisions r WHERE r.number = ?";
  PB_CHECK(db.query(sql, {number}, [&](const Row& row) -> Result<> {
    out = {revisionFromRow(row), row.integer(11), row.integer(12), row.integer(13)};
    found = true;
    return {};
  }));
  if (!found)
    return fail(ErrorKind::NotFound, "data.revision", TR("data", "There is no revision {number}.").with("number", number),
                TR("data", "`patchbay data log` lists all revisions."));
  return out;
}

Result<DataInfo> infoAt(Database& db, std::int64_t number) {
  DataInfo out;
  PB_CHECK(db.query("SELECT info FROM infos WHERE revision <= ? ORDER BY revision DESC LIMIT 1", {number}, [&](const Row& row) -> Result<> {
    PB_TRY(const auto value, parseJson(row.bytes(0)));
    out = infoFromValue(value);
    return {};
  }));
  return out;
}

Result<std::optional<StoredRow>> findItem(Database& db, std::string_view id) {
  std::optional<StoredRow> out;
  if (id.size() != 32) return out;
  const auto bytes = idBytes(id);
  PB_CHECK(db.query("SELECT row, version, record FROM items WHERE id = ?", {Blob{bytes}}, [&](const Row& row) -> Result<> {
    out = {row.integer(0), row.integer(1), row.text(2)};
    return {};
  }));
  return out;
}

Result<std::optional<StoredRow>> rowNow(Database& db, std::int64_t number) {
  std::optional<StoredRow> out;
  PB_CHECK(db.query("SELECT version, record FROM items WHERE row = ?", {number}, [&](const Row& row) -> Result<> {
    out = {number, row.integer(0), row.text(1)};
    return {};
  }));
  return out;
}

Result<std::optional<std::string>> recordAt(Database& db, std::int64_t row, std::int64_t revision) {
  std::optional<std::string> out;
  bool replaced = false;
  PB_CHECK(db.query("SELECT before FROM changes WHERE row = ? AND revision > ? ORDER BY revision LIMIT 1", {row, revision},
                    [&](const Row& r) -> Result<> {
                      replaced = true;
                      if (!r.isNull(0)) out = r.text(0);
                      return {};
                    }));
  if (replaced) return out;
  PB_TRY(auto now, rowNow(db, row));
  if (now) out = std::move(now->record);
  return out;
}

Result<std::vector<std::int64_t>> touchedRows(Database& db, std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> out;
  PB_CHECK(db.query("SELECT row FROM changes WHERE revision > ? AND revision <= ?", {from, to}, [&](const Row& row) -> Result<> {
    out.push_back(row.integer(0));
    return {};
  }));
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::int64_t> markId(Database& db, MarkKind kind, std::string_view name) {
  return db.integer("SELECT id FROM names WHERE kind = ? AND name = ?", {static_cast<std::int64_t>(kind), Blob{name}});
}

Result<std::int64_t> goneRow(Database& db, std::string_view idBytes) {
  return db.integer("SELECT row FROM gone WHERE id = ?", {Blob{idBytes}});
}

Result<std::optional<std::int64_t>> numberOf(Database& db, std::string_view id) {
  std::optional<std::int64_t> out;
  const auto bytes = idBytes(id);
  PB_CHECK(db.query("SELECT number FROM revisions WHERE id = ?", {Blob{bytes}}, [&](const Row& row) -> Result<> {
    out = row.integer(0);
    return {};
  }));
  return out;
}

}  // namespace patchbay::revisions
