// SPDX-License-Identifier: Apache-2.0
// Changes by people: edits, undo, going back, classes, names, and what lies beside the items.
#include <algorithm>
#include <chrono>
#include <set>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
using namespace revisions;

namespace {

std::int64_t nowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string pathOf(const Item& item) { return item.paths.empty() ? item.id : displayText(item.paths.front()); }

Error conflict(const Item& theirs, const std::string& author, std::string_view task) {
  return {ErrorKind::Busy, "data.conflict",
          TR("data", "{path} was changed meanwhile by {author}: it is now \"{value}\".")
              .with("path", pathOf(theirs))
              .with("author", displayText(author))
              .with("value", summaryOf(theirs, task)),
          TR("data", "Look at it again; nothing of this change was made."), theirs.id};
}

Error noItem(const std::string& id) {
  return {ErrorKind::NotFound, "data.item", TR("data", "A picture is not in the data set any more."),
          TR("data", "Somebody removed it meanwhile; undo brings it back."), displayText(id)};
}

Result<> changeRow(Commit& commit, const StoredRow& row, const ItemChange& change) {
  PB_TRY(const auto before, detail::decodeItem(row.record));
  const auto& task = commit.info().task;
  const auto after = changedItem(before, change, commit.author(), task);
  // What this very revision changed already is as expected.
  if (change.expect && *change.expect != row.version && row.version != commit.number() &&
      (change.remove || detail::encodeItem(after) != row.record)) {
    PB_TRY(const auto by, headOf(commit.db(), row.version));
    return fail(conflict(before, by.revision.author, task));
  }
  if (change.remove) return commit.remove(row);
  PB_CHECK(checkItem(after));
  return commit.replace(row, after);
}

/// Makes the newest state that of an earlier revision.
Result<> goBack(Commit& commit, std::int64_t target) {
  PB_TRY(const auto rows, touchedRows(commit.db(), target, commit.number() - 1));
  PB_TRY(auto info, infoAt(commit.db(), target));
  const auto task = commit.info().task;
  if (info.task != task) {
    // Marks belong to a task; with the old ones gone the rest follows the new.
    commit.setInfo(info);
    std::int64_t row = 0;
    for (bool more = true; more;) {
      std::vector<StoredRow> some;
      PB_CHECK(commit.db().query("SELECT row, version, record FROM items WHERE row > ? ORDER BY row LIMIT 1000", {row},
                                 [&](const Row& r) -> Result<> {
                                   some.push_back({r.integer(0), r.integer(1), r.text(2)});
                                   return {};
                                 }));
      for (const auto& one : some) {
        PB_TRY(const auto item, detail::decodeItem(one.record));
        PB_CHECK(commit.markAgain(one, item, task));
      }
      more = !some.empty();
      if (more) row = some.back().row;
    }
  }
  for (const auto row : rows) {
    PB_TRY(const auto record, recordAt(commit.db(), row, target));
    PB_CHECK(commit.become(row, record));
  }
  commit.setInfo(std::move(info));
  return {};
}

void rename(Item& item, const std::map<std::string, std::string>& renamed) {
  for (auto& a : item.annotations)
    if (const auto to = renamed.find(a.label); to != renamed.end() && a.kind != AnnotationKind::Number && a.kind != AnnotationKind::Text)
      a.label = to->second;
  // Two classes that became one: the surer of two equal statements of one author stays.
  auto& all = item.annotations;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = all.size(); k-- > i + 1;)
      if (all[i].kind == AnnotationKind::Class && all[k].kind == AnnotationKind::Class && all[i].label == all[k].label &&
          all[i].author == all[k].author) {
        all[i].score = std::max(all[i].score, all[k].score);
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(k));
      }
}

}  // namespace

Result<Revision> RevisionStore::edit(std::span<const ItemChange> changes, const Text& what, const std::string& author) {
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    commit.what = what;
    for (const auto& change : changes) {
      PB_TRY(const auto row, findItem(commit.db(), detail::isItemId(change.id) ? change.id : std::string{}));
      if (!row) return fail(noItem(change.id));
      PB_CHECK(changeRow(commit, *row, change));
    }
    return {};
  });
}

Result<Revision> RevisionStore::editQuery(std::int64_t query, const ItemChange& change, const Text& what, const std::string& author) {
  PB_TRY(const auto asked, impl_->queryOf(query));
  auto each = change;
  each.expect.reset();
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    commit.what = what;
    for (const auto number : *asked.rows) {
      PB_TRY(const auto row, rowNow(commit.db(), number));
      if (row) PB_CHECK(changeRow(commit, *row, each));
    }
    return {};
  });
}

Result<Revision> RevisionStore::setInfo(const DataInfo& info, const std::map<std::string, std::string>& renamed,
                                        const std::string& author) {
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    commit.what = renamed.empty() ? TR("history", "Classes changed") : TR("history", "Classes renamed");
    auto& db = commit.db();
    std::set<std::string_view> names;
    for (const auto& c : info.classes)
      if (c.name.empty() || !isUtf8(c.name) || !names.insert(c.name).second)
        return fail(ErrorKind::BadInput, "data.classes",
                    TR("data", "The class \"{name}\" has no name, or one that another has.").with("name", displayText(c.name)),
                    TR("data", "Give every class a name of its own."));
    std::set<std::int64_t> rows;
    for (const auto& was : commit.info().classes) {
      if (names.contains(was.name) && !renamed.contains(was.name)) continue;
      PB_TRY(const auto mark, markId(db, MarkKind::Class, was.name));
      if (!renamed.contains(was.name)) {
        PB_TRY(const auto count, db.integer("SELECT count FROM names WHERE id = ?", {mark}));
        if (count == 0) continue;
        return fail(
            ErrorKind::BadInput, "data.class_used",
            TR("data", "{n} picture(s) carry the class \"{name}\", which would be gone.").count(count).with("name", displayText(was.name)),
            TR("data", "Give them another class first, or rename this one."));
      }
    }
    const auto task = commit.info().task;
    commit.setInfo(info);
    const bool other = (task == "multi-label") != (info.task == "multi-label");
    if (renamed.empty() && !other) return {};
    // Suggestions and lesser guesses carry names as well, which no mark tells: every item is looked at.
    std::int64_t after = 0;
    for (bool more = true; more;) {
      std::vector<StoredRow> some;
      PB_CHECK(
          db.query("SELECT row, version, record FROM items WHERE row > ? ORDER BY row LIMIT 1000", {after}, [&](const Row& r) -> Result<> {
            some.push_back({r.integer(0), r.integer(1), r.text(2)});
            return {};
          }));
      for (const auto& row : some) {
        PB_TRY(auto item, detail::decodeItem(row.record));
        if (other) PB_CHECK(commit.markAgain(row, item, task));
        rename(item, renamed);
        PB_CHECK(commit.replace(row, item));
      }
      more = !some.empty();
      if (more) after = some.back().row;
    }
    return {};
  });
}

Result<Revision> RevisionStore::restore(std::int64_t revision, const std::string& author) {
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    PB_TRY(const auto target, headOf(commit.db(), revision));
    commit.what = revision == 0                  ? TR("history", "Back to the empty beginning")
                  : target.revision.name.empty() ? TR("history", "Back to revision {number}").with("number", revision)
                                                 : TR("history", "Back to \"{name}\"").with("name", target.revision.name);
    return goBack(commit, revision);
  });
}

Result<Revision> RevisionStore::undo(const std::string& author) {
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    const auto now = impl_->headNow();
    if (now.undoTo < 0)
      return fail(ErrorKind::NotFound, "data.nothing_to_undo", TR("data", "There is nothing to undo."),
                  TR("data", "This is the empty beginning."));
    PB_TRY(const auto target, headOf(commit.db(), now.undoTo));
    commit.what = TR("history", "Revision {number} undone").with("number", now.state);
    commit.leadsTo = Head{{}, target.state, target.undoTo, now.revision.number};
    return goBack(commit, now.undoTo);
  });
}

Result<Revision> RevisionStore::redo(const std::string& author) {
  return impl_->commit(author, [&](Commit& commit) -> Result<> {
    const auto now = impl_->headNow();
    if (now.redoTo < 0)
      return fail(ErrorKind::NotFound, "data.nothing_to_redo", TR("data", "There is nothing to do again."),
                  TR("data", "Only what was just undone can be."));
    PB_TRY(const auto target, headOf(commit.db(), now.redoTo));
    commit.what = TR("history", "Revision {number} done again").with("number", target.state);
    commit.leadsTo = Head{{}, target.state, target.undoTo, target.redoTo};
    return goBack(commit, now.redoTo);
  });
}

Result<Revision> RevisionStore::setName(std::int64_t number, const std::string& name) {
  PB_CHECK(impl_->write([&](Database& db) -> Result<> {
    PB_CHECK(headOf(db, number));
    const bool digits = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    if (number == 0 || !isUtf8(name) || name == "newest" || digits)
      return fail(ErrorKind::BadInput, "data.name", TR("data", "A revision cannot be called \"{name}\".").with("name", displayText(name)),
                  TR("data", "Use a name that is not \"newest\" and no number; the empty beginning has none."));
    PB_TRY(const auto other, db.integer("SELECT number FROM revisions WHERE name = ? AND number <> ?", {std::string_view{name}, number}));
    if (other && !name.empty())
      return fail(ErrorKind::BadInput, "data.name_taken",
                  TR("data", "Revision {number} is called \"{name}\" already.").with("number", other).with("name", displayText(name)),
                  TR("data", "Choose another name, or take it from that one first."));
    return db
        .run("UPDATE revisions SET name = ? WHERE number = ?", {name.empty() ? SqlArg{nullptr} : SqlArg{std::string_view{name}}, number})
        .map([](std::int64_t) {});
  }));
  PB_TRY(auto out, headOf(*impl_->reader, number));
  const std::lock_guard lock{impl_->headMutex};
  if (impl_->head.revision.number == number) impl_->head.revision.name = name;
  return std::move(out.revision);
}

Result<> RevisionStore::setScores(const std::string& name, std::int64_t revision, std::span<const std::pair<std::string, double>> values) {
  return impl_->write([&](Database& db) -> Result<> {
    PB_CHECK(
        db.run("INSERT INTO score_sets (name, revision, at, count) VALUES (?, ?, ?, 0) ON CONFLICT (name) DO UPDATE SET revision = "
               "excluded.revision, at = excluded.at",
               {std::string_view{name}, revision, nowMs()}));
    PB_TRY(const auto set, db.integer("SELECT id FROM score_sets WHERE name = ?", {std::string_view{name}}));
    PB_CHECK(db.run("DELETE FROM scores WHERE score = ?", {set}));
    std::int64_t count = 0;
    for (const auto& [id, value] : values) {
      if (!detail::isItemId(id) || value != value) continue;
      const auto bytes = idBytes(id);
      // Of items that went meanwhile nobody asks for the score.
      PB_TRY(const auto row, db.integer("SELECT row FROM items WHERE id = ?", {Blob{bytes}}));
      if (row == 0) continue;
      PB_CHECK(db.run("INSERT OR REPLACE INTO scores (score, row, value) VALUES (?, ?, ?)", {set, row, value}));
      ++count;
    }
    return db.run("UPDATE score_sets SET count = ? WHERE id = ?", {count, set}).map([](std::int64_t) {});
  });
}

Result<> RevisionStore::setVerdicts(const std::string& kind, std::span<const std::string> ids, bool right, const std::string& author) {
  return impl_->write([&](Database& db) -> Result<> {
    for (const auto& id : ids) {
      if (!detail::isItemId(id)) continue;
      const auto bytes = idBytes(id);
      PB_CHECK(db.run("INSERT OR REPLACE INTO verdicts (kind, id, is_right, at, author) VALUES (?, ?, ?, ?, ?)",
                      {std::string_view{kind}, Blob{bytes}, std::int64_t{right}, nowMs(), std::string_view{author}}));
    }
    return {};
  });
}

Result<> RevisionStore::setMissing(std::span<const std::string> ids, bool missing) {
  return impl_->write([&](Database& db) -> Result<> {
    const auto kind = static_cast<std::int64_t>(MarkKind::Flag);
    PB_CHECK(db.run("INSERT OR IGNORE INTO names (kind, name) VALUES (?, ?)", {kind, Blob{missingFlag}}));
    PB_TRY(const auto mark, markId(db, MarkKind::Flag, missingFlag));
    for (const auto& id : ids) {
      PB_TRY(const auto row, findItem(db, detail::isItemId(id) ? id : std::string{}));
      if (!row) continue;
      PB_CHECK(missing ? db.run("INSERT OR IGNORE INTO marks (mark, row) VALUES (?, ?)", {mark, row->row})
                       : db.run("DELETE FROM marks WHERE mark = ? AND row = ?", {mark, row->row}));
    }
    return db.run("UPDATE names SET count = (SELECT count(*) FROM marks WHERE mark = ?) WHERE id = ?", {mark, mark}).map([](std::int64_t) {
    });
  });
}

}  // namespace patchbay
