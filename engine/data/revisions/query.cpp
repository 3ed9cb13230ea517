// SPDX-License-Identifier: Apache-2.0
// Finding items: filters as sets of rows, an order, and pages of it.
#include <algorithm>
#include <limits>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/row_set.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
using namespace revisions;

namespace {

constexpr std::size_t mostQueries = 8;
constexpr std::int64_t mostOnPage = 10'000;

Result<> addRows(Database& db, RowSet& out, std::string_view sql, std::initializer_list<SqlArg> args) {
  return db.query(sql, args, [&](const Row& row) -> Result<> {
    out.add(row.integer(0));
    return {};
  });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// One filter after the other narrows what is left.
class Filter {
 public:
  Filter(Database& db, const Value& asked, std::int64_t rows) : db_{db}, asked_{asked}, rows_{rows}, left_{rows} {}

  Result<RowSet> evaluate() {
    PB_CHECK(lists("classes", MarkKind::Class));
    PB_CHECK(lists("splits", MarkKind::Split));
    PB_CHECK(lists("authors", MarkKind::Author));
    PB_CHECK(lists("groups", MarkKind::Group));
    for (const auto flag : {unlabelledFlag, suggestedFlag, disagreementFlag, missingFlag}) PB_CHECK(hasFlag(flag));
    PB_CHECK(ids());
    PB_CHECK(score());
    PB_CHECK(since());
    if (!narrowed_) PB_CHECK(everything());
    PB_CHECK(unjudged());
    PB_CHECK(text());
    return std::move(left_);
  }

 private:
  void narrow(const RowSet& to) {
    if (narrowed_) left_.keep(to);
    else left_ = to;
    narrowed_ = true;
  }
  /// Rows that were ever given are there or gone: nothing as long as the data set has to be read.
  Result<> everything() {
    for (std::int64_t row = 1; row < rows_; ++row) left_.add(row);
    RowSet gone{rows_};
    PB_CHECK(addRows(db_, gone, "SELECT row FROM gone", {}));
    left_.drop(gone);
    return {};
  }
  Result<> marked(RowSet& out, MarkKind kind, std::string_view name) {
    PB_TRY(const auto mark, markId(db_, kind, name));
    return mark ? addRows(db_, out, "SELECT row FROM marks WHERE mark = ?", {mark}) : Result<>{};
  }
  Result<> lists(std::string_view key, MarkKind kind) {
    if (!asked_[key].isList()) return {};
    RowSet found{rows_};
    for (const auto& name : asked_[key].asList()) PB_CHECK(marked(found, kind, name.asText()));
    narrow(found);
    return {};
  }
  Result<> hasFlag(std::string_view flag) {
    if (!asked_[flag].isBool()) return {};
    RowSet found{rows_};
    PB_CHECK(marked(found, MarkKind::Flag, flag));
    PB_CHECK(scored(found, flag));
    if (asked_[flag].asBool()) {
      narrow(found);
      return {};
    }
    if (!narrowed_) PB_CHECK(everything());
    narrowed_ = true;
    left_.drop(found);
    return {};
  }
  /// What a model says now is beside the items, as scores: what it suggests where there is no label, and which labels it doubts.
  Result<> scored(RowSet& found, std::string_view flag) {
    if (flag == suggestedFlag) return addRows(db_, found, suggestedRows, {static_cast<std::int64_t>(MarkKind::Flag), Blob{unlabelledFlag}});
    if (flag == disagreementFlag) return addRows(db_, found, doubtedRows, {});
    return {};
  }
  Result<> ids() {
    if (!asked_["ids"].isList()) return {};
    RowSet found{rows_};
    for (const auto& id : asked_["ids"].asList()) {
      if (!detail::isItemId(id.asText())) continue;
      const auto bytes = idBytes(id.asText());
      PB_CHECK(addRows(db_, found, "SELECT row FROM items WHERE id = ?", {Blob{bytes}}));
    }
    narrow(found);
    return {};
  }
  Result<> score() {
    const auto& asked = asked_["score"];
    if (!asked.isMap()) return {};
    constexpr auto all = std::numeric_limits<double>::infinity();
    RowSet found{rows_};
    PB_TRY(const auto set, db_.integer("SELECT id FROM score_sets WHERE name = ?", {std::string_view{asked["name"].asText()}}));
    PB_CHECK(addRows(db_, found, "SELECT row FROM scores WHERE score = ? AND value >= ? AND value <= ?",
                     {set, asked["min"].asDouble(-all), asked["max"].asDouble(all)}));
    // A score outlives its item, which may come back.
    if (!narrowed_) PB_CHECK(everything());
    narrowed_ = true;
    narrow(found);
    return {};
  }
  Result<> since() {
    if (!asked_["changed_since"].isInt()) return {};
    RowSet found{rows_};
    PB_CHECK(addRows(db_, found, "SELECT row FROM items WHERE version > ?", {asked_["changed_since"].asInt()}));
    narrow(found);
    return {};
  }
  Result<> unjudged() {
    if (!asked_["unjudged"].isText()) return {};
    RowSet judged{rows_};
    PB_CHECK(addRows(db_, judged, "SELECT i.row FROM verdicts v JOIN items i ON i.id = v.id WHERE v.kind = ? AND v.is_right",
                     {std::string_view{asked_["unjudged"].asText()}}));
    left_.drop(judged);
    return {};
  }
  Result<> text() {
    auto wanted = asked_["text"].asText();
    if (wanted.empty()) return {};
    std::ranges::transform(wanted, wanted.begin(), lower);
    RowSet found{rows_};
    PB_CHECK(db_.query("SELECT row, path FROM items INDEXED BY items_by_path", {}, [&](const Row& row) -> Result<> {
      const auto path = row.bytes(1);
      const auto at = std::search(path.begin(), path.end(), wanted.begin(), wanted.end(), [](char a, char b) { return lower(a) == b; });
      if (at != path.end()) found.add(row.integer(0));
      return {};
    }));
    left_.keep(found);
    return {};
  }

  Database& db_;
  const Value& asked_;
  std::int64_t rows_;
  RowSet left_;
  bool narrowed_ = false;
};

/// The rows of a set as a column orders them; those the column does not have come last.
Result<std::vector<std::uint32_t>> inOrder(Database& db, RowSet left, std::string_view sql, std::initializer_list<SqlArg> args,
                                           bool descending) {
  std::vector<std::uint32_t> out;
  out.reserve(left.count());
  PB_CHECK(db.query(sql, args, [&](const Row& row) -> Result<> {
    const auto number = row.integer(0);
    if (!left.has(number)) return {};
    left.remove(number);
    out.push_back(static_cast<std::uint32_t>(number));
    return {};
  }));
  if (descending) std::ranges::reverse(out);
  left.forEach([&](std::uint32_t row) { out.push_back(row); });
  return out;
}

/// Likewise by numbers that somebody else has.
Result<std::vector<std::uint32_t>> ranked(Database& db, RowSet left, std::span<const std::pair<std::string, double>> ranking,
                                          bool descending) {
  std::vector<std::pair<double, std::uint32_t>> known;
  for (const auto& [id, value] : ranking) {
    if (!detail::isItemId(id)) continue;
    const auto bytes = idBytes(id);
    PB_TRY(const auto row, db.integer("SELECT row FROM items WHERE id = ?", {Blob{bytes}}));
    if (!left.has(row)) continue;
    left.remove(row);
    known.emplace_back(descending ? -value : value, static_cast<std::uint32_t>(row));
  }
  std::ranges::sort(known);
  std::vector<std::uint32_t> out;
  out.reserve(known.size() + left.count());
  for (const auto& [value, row] : known) out.push_back(row);
  left.forEach([&](std::uint32_t row) { out.push_back(row); });
  return out;
}

}  // namespace

Result<Value> RevisionStore::query(const Value& filter, const Value& sort, std::span<const std::pair<std::string, double>> ranking) {
  auto& db = *impl_->reader;
  const auto& by = sort["by"].asText();
  const bool descending = sort["descending"].asBool();
  Impl::Query made;
  std::vector<std::uint32_t> rows;
  PB_CHECK(db.transaction([&]() -> Result<> {
    PB_TRY(const auto last, db.integer("SELECT max(row) FROM items"));
    Filter wanted{db, filter, last + 1};
    PB_TRY(auto left, wanted.evaluate());
    if (!ranking.empty()) {
      PB_TRY(rows, ranked(db, std::move(left), ranking, descending));
    } else if (by == "path") {
      PB_TRY(rows, inOrder(db, std::move(left), "SELECT row FROM items INDEXED BY items_by_path ORDER BY path, row", {}, descending));
    } else if (by == "time") {
      PB_TRY(rows, inOrder(db, std::move(left), "SELECT row FROM items INDEXED BY items_by_version ORDER BY version, row", {}, descending));
    } else if (by.starts_with("score:")) {
      made.score = by.substr(6);
      PB_TRY(const auto set, db.integer("SELECT id FROM score_sets WHERE name = ?", {std::string_view{made.score}}));
      PB_TRY(rows, inOrder(db, std::move(left), "SELECT row FROM scores WHERE score = ? ORDER BY value, row", {set}, descending));
    } else if (by.empty() || by == "added") {
      rows.reserve(left.count());
      left.forEach([&](std::uint32_t row) { rows.push_back(row); });
      if (descending) std::ranges::reverse(rows);
    } else {
      return fail(ErrorKind::Usage, "data.sort", TR("data", "Items cannot be sorted by \"{by}\".").with("by", displayText(by)),
                  TR("data", "Use added, path, time or score:<name>."));
    }
    return {};
  }));
  made.rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
  const std::lock_guard lock{impl_->queryMutex};
  made.number = ++impl_->lastQuery;
  impl_->queries.push_back(made);
  if (impl_->queries.size() > mostQueries) impl_->queries.pop_front();
  return Value{Value::Map{{"query", made.number}, {"count", made.rows->size()}}};
}

Result<RevisionStore::Impl::Query> RevisionStore::Impl::queryOf(std::int64_t number) {
  const std::lock_guard lock{queryMutex};
  const auto found = std::ranges::find(queries, number, &Query::number);
  if (found == queries.end())
    return fail(ErrorKind::NotFound, "data.query", TR("data", "This search is not kept any more."), TR("data", "Search again."));
  return *found;
}

Result<std::shared_ptr<const std::vector<std::uint32_t>>> RevisionStore::rows(std::int64_t query) {
  PB_TRY(const auto found, impl_->queryOf(query));
  return found.rows;
}

Result<Value> RevisionStore::counts(std::int64_t query) {
  PB_TRY(const auto asked, impl_->queryOf(query));
  auto& db = *impl_->reader;
  Value out{Value::Map{{"classes", Value::Map{}}, {"unlabelled", 0}}};
  PB_CHECK(db.transaction([&]() -> Result<> {
    PB_TRY(const auto last, db.integer("SELECT max(row) FROM items"));
    RowSet found{last + 1};
    for (const auto row : *asked.rows) found.add(row);
    const auto count = [&](std::int64_t mark) -> Result<std::int64_t> {
      std::int64_t n = 0;
      PB_CHECK(db.query("SELECT row FROM marks WHERE mark = ?", {mark}, [&](const Row& row) -> Result<> {
        n += found.has(row.integer(0));
        return {};
      }));
      return n;
    };
    std::vector<std::pair<std::int64_t, std::string>> classes;
    PB_CHECK(db.query("SELECT id, name FROM names WHERE kind = ? AND count > 0", {static_cast<std::int64_t>(MarkKind::Class)},
                      [&](const Row& row) -> Result<> {
                        const auto name = row.bytes(1);
                        classes.emplace_back(row.integer(0), std::string{name.begin(), name.end()});
                        return {};
                      }));
    for (const auto& [mark, name] : classes) {
      PB_TRY(const auto n, count(mark));
      if (n > 0) out["classes"][name] = n;
    }
    PB_TRY(const auto without, markId(db, MarkKind::Flag, unlabelledFlag));
    if (without) {
      PB_TRY(const auto n, count(without));
      out["unlabelled"] = n;
    }
    return {};
  }));
  return out;
}

Result<Value> RevisionStore::page(std::int64_t query, std::int64_t first, std::int64_t count) {
  PB_TRY(const auto asked, impl_->queryOf(query));
  auto& db = *impl_->reader;
  const auto task = impl_->infoNow().task;
  Value out{Value::List{}};
  const auto size = static_cast<std::int64_t>(asked.rows->size());
  const auto end = std::min(size, first + std::clamp<std::int64_t>(count, 0, mostOnPage));
  PB_CHECK(db.transaction([&]() -> Result<> {
    PB_TRY(const auto missing, markId(db, MarkKind::Flag, missingFlag));
    PB_TRY(const auto set, db.integer("SELECT id FROM score_sets WHERE name = ?", {std::string_view{asked.score}}));
    for (auto i = std::max<std::int64_t>(0, first); i < end; ++i) {
      const std::int64_t number = (*asked.rows)[static_cast<std::size_t>(i)];
      PB_TRY(const auto row, rowNow(db, number));
      if (!row) {
        out.push(Value::Map{{"removed", true}});
        continue;
      }
      PB_TRY(const auto item, detail::decodeItem(row->record));
      Value one{Value::Map{{"id", item.id},
                           {"digest", item.digest.hex()},
                           {"path", item.paths.empty() ? Value{""} : pathToValue(item.paths.front())},
                           {"split", toString(item.split)},
                           {"width", item.width},
                           {"height", item.height},
                           {"version", row->version},
                           {"annotations", item.annotations.size()},
                           {"flags", Value::List{}}}};
      const auto labels = labelsOf(item, task);
      if (!labels.empty()) one["label"] = labels.front();
      if (labels.size() > 1) one["labels"] = Value::List(labels.begin(), labels.end());
      if (!item.group.empty()) one["group"] = item.group;
      for (const auto& mark : marksOf(item, task))
        if (mark.kind == MarkKind::Flag) one["flags"].push(mark.name);
      if (missing) {
        PB_TRY(const auto gone, db.integer("SELECT count(*) FROM marks WHERE mark = ? AND row = ?", {missing, number}));
        if (gone) one["flags"].push(missingFlag);
      }
      if (set)
        PB_CHECK(db.query("SELECT value FROM scores WHERE score = ? AND row = ?", {set, number}, [&](const Row& r) -> Result<> {
          one["score"] = r.real(0);
          return {};
        }));
      out.push(std::move(one));
    }
    return {};
  }));
  return out;
}

}  // namespace patchbay
