// SPDX-License-Identifier: Apache-2.0
// Reading the store: where it stands, its history, its items.
#include <algorithm>
#include <charconv>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
using namespace revisions;

namespace {

/// Rows looked at together; what is between two looks may change without being seen.
constexpr std::int64_t rowsAtOnce = 2048;
constexpr std::size_t fewestDigits = 4;

bool isHex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Error noRevision(std::string_view which) {
  return {ErrorKind::NotFound,
          "data.revision",
          TR("data", "There is no revision \"{which}\".").with("which", displayText(which)),
          TR("data", "Give a number, a name, an id of `patchbay data log`, or \"newest\"."),
          {}};
}

StoredItem storedItem(const StoredRow& row, Item item) {
  StoredItem out;
  out.item = std::move(item);
  out.row = row.row;
  out.version = row.version;
  return out;
}

}  // namespace

namespace {
Result<std::int64_t> countOf(Database& db, MarkKind kind, std::string_view name) {
  return db.integer("SELECT count FROM names WHERE kind = ? AND name = ?", {static_cast<std::int64_t>(kind), Blob{name}});
}
}  // namespace

Revision RevisionStore::head() const { return impl_->headNow().revision; }

Result<DataInfo> RevisionStore::info() const {
  auto out = impl_->infoNow();
  for (auto& c : out.classes) {
    PB_TRY(c.count, countOf(*impl_->reader, MarkKind::Class, c.name));
    if (c.colour.empty()) c.colour = colourOf(c.name);
  }
  return out;
}

Result<DataInfo> RevisionStore::infoOf(std::int64_t revision) {
  PB_TRY(auto out, infoAt(*impl_->reader, revision));
  for (auto& c : out.classes)
    if (c.colour.empty()) c.colour = colourOf(c.name);
  return out;
}

namespace {

Result<Value> classesValue(Database& db, const DataInfo& info) {
  Value out{Value::List{}};
  for (const auto& c : info.classes) {
    PB_TRY(const auto count, countOf(db, MarkKind::Class, c.name));
    PB_TRY(const auto drawn, countOf(db, MarkKind::Drawn, c.name));
    Value one{Value::Map{
        {"name", c.name}, {"color", c.colour.empty() ? colourOf(c.name) : c.colour}, {"count", count}, {"whole", count - drawn}}};
    if (!c.attributes.isNull()) one["attributes"] = c.attributes;
    out.push(std::move(one));
  }
  return out;
}

/// "suggested" and "disagreement" count what the filters of that name find: marks, and what scores say beside them.
Result<> countScored(Database& db, Value& out) {
  const auto add = [&](std::string_view flag, std::string_view rows, std::initializer_list<SqlArg> args) -> Result<> {
    PB_TRY(const auto mark, markId(db, MarkKind::Flag, flag));
    std::int64_t more = 0;
    PB_CHECK(db.query(rows, args, [&](const Row& row) -> Result<> {
      PB_TRY(const auto there, db.integer("SELECT count(*) FROM marks WHERE mark = ? AND row = ?", {mark, row.integer(0)}));
      more += there == 0;
      return {};
    }));
    out[flag] = out[flag].asInt() + more;
    return {};
  };
  PB_CHECK(add(suggestedFlag, suggestedRows, {static_cast<std::int64_t>(MarkKind::Flag), Blob{unlabelledFlag}}));
  return add(disagreementFlag, doubtedRows, {});
}

/// Everything of one state; the caller's transaction keeps it one.
Result<Value> stateValue(Database& db) {
  PB_TRY(const auto newest, newestNumber(db));
  PB_TRY(const auto head, headOf(db, newest));
  PB_TRY(const auto known, infoAt(db, newest));
  Value authors{Value::List{}}, scores{Value::List{}}, splits{Value::Map{}};
  Value out{Value::Map{{"head", toValue(head.revision)},
                       {"items", head.revision.items},
                       {"task", known.task},
                       {"undo", head.undoTo >= 0},
                       {"redo", head.redoTo >= 0}}};
  PB_TRY(out["classes"], classesValue(db, known));
  for (const auto flag : {unlabelledFlag, suggestedFlag, disagreementFlag, missingFlag}) out[flag] = 0;
  PB_CHECK(db.query("SELECT kind, name, count FROM names WHERE kind IN (2, 4, 5) AND count > 0 ORDER BY kind, name", {},
                    [&](const Row& row) -> Result<> {
                      const auto kind = static_cast<MarkKind>(row.integer(0));
                      if (kind == MarkKind::Author) authors.push(Value::Map{{"name", row.text(1)}, {"count", row.integer(2)}});
                      if (kind == MarkKind::Split) splits[row.bytes(1)] = row.integer(2);
                      if (kind == MarkKind::Flag) out[row.bytes(1)] = row.integer(2);
                      return {};
                    }));
  PB_CHECK(countScored(db, out));
  PB_TRY(out["groups"],
         db.integer("SELECT count(*) FROM names WHERE kind = ? AND count > 0", {static_cast<std::int64_t>(MarkKind::Group)}));
  PB_CHECK(db.query("SELECT s.name, s.count, r.id FROM score_sets s LEFT JOIN revisions r ON r.number = s.revision ORDER BY s.name", {},
                    [&](const Row& row) -> Result<> {
                      scores.push(Value::Map{{"name", row.text(0)}, {"count", row.integer(1)}, {"revision", idHex(row.bytes(2))}});
                      return {};
                    }));
  out["by_split"] = std::move(splits);
  out["authors"] = std::move(authors);
  out["scores"] = std::move(scores);
  return out;
}

}  // namespace

Result<Value> RevisionStore::state() {
  Value out;
  PB_CHECK(impl_->reader->transaction([&]() -> Result<> {
    PB_TRY(out, stateValue(*impl_->reader));
    return {};
  }));
  return out;
}

Result<std::vector<Revision>> RevisionStore::history(std::int64_t limit, std::int64_t before) {
  static const std::string sql =
      "SELECT " + std::string{revisionColumns} + " FROM revisions r WHERE r.number < ? ORDER BY r.number DESC LIMIT ?";
  std::vector<Revision> out;
  PB_CHECK(impl_->reader->query(sql, {before > 0 ? before : INT64_MAX, std::max<std::int64_t>(0, limit)}, [&](const Row& row) -> Result<> {
    out.push_back(revisionFromRow(row));
    return {};
  }));
  return out;
}

Result<Revision> RevisionStore::revision(std::string_view which) {
  if (which.empty() || which == "newest") return impl_->headNow().revision;
  auto& db = *impl_->reader;
  const auto at = [&](std::int64_t number) -> Result<Revision> {
    PB_TRY(const auto found, headOf(db, number));
    return found.revision;
  };
  PB_TRY(const auto named, db.integer("SELECT number FROM revisions WHERE name = ?", {which}));
  if (named) return at(named);
  std::int64_t number = 0;
  const auto [end, ec] = std::from_chars(which.data(), which.data() + which.size(), number);
  if (ec == std::errc{} && end == which.data() + which.size() && number >= 0 && number <= impl_->headNow().revision.number)
    return at(number);
  if (which.size() < fewestDigits || which.size() > 32 || !isHex(which)) return fail(noRevision(which));
  // The first digits of an id, as far as they name one.
  const auto low = idBytes(std::string{which} + std::string(32 - which.size(), '0'));
  const auto high = idBytes(std::string{which} + std::string(32 - which.size(), 'f'));
  std::vector<std::int64_t> found;
  PB_CHECK(
      db.query("SELECT number FROM revisions WHERE id >= ? AND id <= ? LIMIT 2", {Blob{low}, Blob{high}}, [&](const Row& row) -> Result<> {
        found.push_back(row.integer(0));
        return {};
      }));
  if (found.size() != 1) return fail(noRevision(which));
  return at(found.front());
}

Result<std::optional<StoredItem>> RevisionStore::item(std::string_view id) {
  std::optional<StoredItem> out;
  if (!detail::isItemId(id)) return out;
  auto& db = *impl_->reader;
  PB_TRY(const auto row, findItem(db, id));
  if (!row) return out;
  PB_TRY(auto item, detail::decodeItem(row->record));
  out = storedItem(*row, std::move(item));
  PB_TRY(const auto by, headOf(db, row->version));
  out->author = by.revision.author;
  PB_TRY(const auto missing, markId(db, MarkKind::Flag, missingFlag));
  PB_TRY(const auto isMissing, db.integer("SELECT count(*) FROM marks WHERE mark = ? AND row = ?", {missing, row->row}));
  out->missing = isMissing > 0;
  return out;
}

namespace revisions {
Result<std::vector<std::string>> idsWithDigest(Database& db, const Digest& digest) {
  std::vector<std::string> out;
  PB_CHECK(db.query("SELECT record FROM items WHERE hash = ? ORDER BY row", {hashOf(digest)}, [&](const Row& row) -> Result<> {
    PB_TRY(const auto item, detail::decodeItem(row.bytes(0)));
    if (item.digest == digest) out.push_back(item.id);
    return {};
  }));
  return out;
}
}  // namespace revisions

Result<std::vector<std::string>> RevisionStore::withDigest(const Digest& digest) { return idsWithDigest(*impl_->reader, digest); }

Result<> RevisionStore::forEach(std::int64_t revision, const std::function<Result<>(const Item&)>& visit) {
  auto& db = *impl_->reader;
  PB_TRY(const auto items, db.integer("SELECT max(row) FROM items"));
  PB_TRY(const auto changes, db.integer("SELECT max(row) FROM changes"));
  const auto last = std::max(items, changes);
  for (std::int64_t from = 0; from < last; from += rowsAtOnce) {
    std::map<std::int64_t, std::string> records;
    // Both looks see one state; between batches it may move on, which the changes make up for.
    PB_CHECK(db.transaction([&]() -> Result<> {
      PB_CHECK(
          db.query("SELECT row, record FROM items WHERE row > ? AND row <= ?", {from, from + rowsAtOnce}, [&](const Row& row) -> Result<> {
            records[row.integer(0)] = row.text(1);
            return {};
          }));
      PB_TRY(const auto newest, newestNumber(db));
      if (newest == revision) return {};
      // The latest first, so that the one right after the revision wins.
      return db.query("SELECT row, before FROM changes WHERE row > ? AND row <= ? AND revision > ? ORDER BY row, revision DESC",
                      {from, from + rowsAtOnce, revision}, [&](const Row& row) -> Result<> {
                        if (row.isNull(1)) records.erase(row.integer(0));
                        else records[row.integer(0)] = row.text(1);
                        return {};
                      });
    }));
    for (const auto& [row, record] : records) {
      PB_TRY(const auto item, detail::decodeItem(record));
      PB_CHECK(visit(item));
    }
  }
  return {};
}

Result<Value> RevisionStore::verdicts(const std::string& kind) {
  Value out{Value::List{}};
  PB_CHECK(impl_->reader->query(
      "SELECT id, is_right, at, author FROM verdicts WHERE kind = ? ORDER BY at", {std::string_view{kind}},
      [&](const Row& row) -> Result<> {
        out.push(Value::Map{{"id", idHex(row.bytes(0))}, {"right", row.integer(1) != 0}, {"at", row.integer(2)}, {"author", row.text(3)}});
        return {};
      }));
  return out;
}

Result<> RevisionStore::check() {
  auto& db = *impl_->reader;
  PB_CHECK(db.quickCheck());
  const auto wrong = [](std::string_view what) {
    return fail(ErrorKind::Corrupt, "data.damaged",
                TR("data", "The project's data set does not agree with itself ({what}).").with("what", what),
                TR("data", "Restore data.db from the backups folder of the project or from your own backup."));
  };
  return db.transaction([&]() -> Result<> {
    PB_TRY(const auto newest, newestNumber(db));
    PB_TRY(const auto head, headOf(db, newest));
    PB_TRY(const auto items, db.integer("SELECT count(*) FROM items"));
    if (items != head.revision.items) return wrong("number of items");
    PB_TRY(const auto counts,
           db.integer("SELECT count(*) FROM names n WHERE n.count <> (SELECT count(*) FROM marks m WHERE m.mark = n.id)"));
    if (counts) return wrong("counts");
    PB_TRY(const auto lost, db.integer("SELECT count(*) FROM marks m LEFT JOIN items i ON i.row = m.row WHERE i.row IS NULL"));
    if (lost) return wrong("marks without an item");
    PB_TRY(const auto later, db.integer("SELECT count(*) FROM changes WHERE revision > ?", {newest}));
    if (later) return wrong("changes without a revision");
    PB_TRY(const auto newer, db.integer("SELECT count(*) FROM items WHERE version > ?", {newest}));
    if (newer) return wrong("items without a revision");
    PB_TRY(const auto gone, db.integer("SELECT count(*) FROM gone"));
    PB_TRY(const auto last, db.integer("SELECT max(ifnull((SELECT max(row) FROM items), 0), ifnull((SELECT max(row) FROM gone), 0))"));
    if (items + gone != last) return wrong("rows that are neither there nor gone");
    return {};
  });
}

}  // namespace patchbay
