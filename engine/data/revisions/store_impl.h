// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "engine/data/revision_store.h"
#include "engine/data/revisions/item_marks.h"
#include "engine/store/database.h"

namespace patchbay {
namespace revisions {

/// An item as the table has it.
struct StoredRow {
  std::int64_t row = 0, version = 0;
  std::string record;
};

/// The newest revision, with where undo and redo lead.
struct Head {
  Revision revision;
  std::int64_t state = 0;  ///< The revision that first had this content.
  std::int64_t undoTo = -1, redoTo = -1;
};

class Commit;

// Reading one connection; the store of another project as well.
Result<Head> headOf(Database& db, std::int64_t number);  ///< Number 0: the empty beginning.
Result<std::int64_t> newestNumber(Database& db);
Result<DataInfo> infoAt(Database& db, std::int64_t number);
Result<std::optional<StoredRow>> findItem(Database& db, std::string_view id);
Result<std::optional<StoredRow>> rowNow(Database& db, std::int64_t row);
/// The record a row had in a revision; nullopt: it was not there.
Result<std::optional<std::string>> recordAt(Database& db, std::int64_t row, std::int64_t revision);
/// Rows that any revision after `from` up to `to` touched, rising.
Result<std::vector<std::int64_t>> touchedRows(Database& db, std::int64_t from, std::int64_t to);
Result<std::int64_t> markId(Database& db, MarkKind kind, std::string_view name);  ///< 0: there is none.
Result<std::int64_t> goneRow(Database& db, std::string_view idBytes);             ///< Of an item that was removed; 0: none was.
Result<std::optional<std::int64_t>> numberOf(Database& db, std::string_view id);
Revision revisionFromRow(const Row& row);
extern const std::string_view revisionColumns;

/// Rows that a model's scores beside the items make "suggested": it has a label for what has none (flag kind, "unlabelled"), and
/// "disagreement": it doubts the label that is given.
inline constexpr std::string_view suggestedRows =
    "SELECT s.row FROM score_sets n JOIN scores s ON s.score = n.id JOIN names f ON f.kind = ? AND f.name = ? "
    "JOIN marks u ON u.mark = f.id AND u.row = s.row WHERE n.name = 'confidence'";
inline constexpr std::string_view doubtedRows =
    "SELECT s.row FROM score_sets n JOIN scores s ON s.score = n.id JOIN items i ON i.row = s.row WHERE n.name = 'disagreement' AND "
    "s.value >= 0.5";
}  // namespace revisions

struct RevisionStore::Impl {
  std::filesystem::path file;
  bool readOnly = false;
  Database::Mode readMode = Database::Mode::ReadOnly;
  std::unique_ptr<Database> writer;  ///< All changes and checkpoints; null in a read-only store.
  std::unique_ptr<Database> reader;  ///< Sees what is committed, while an import goes on as well.
  std::function<void(const Value&)> listener;

  std::mutex writing;  ///< Held by a change; not by an import between its calls, which `importing` stands for.
  bool importing = false;
  std::unordered_map<std::string, std::int64_t> nameIds;  ///< Of the writer, but for groups; only while `writing`.
  std::int64_t nextRow = 1;

  mutable std::mutex headMutex;
  revisions::Head head;
  DataInfo info;  ///< Of the newest revision, without counts.

  /// Folding the log into the file takes longer than a change: it waits for a moment in which nobody changes anything.
  std::mutex keeping;
  std::condition_variable kept;
  std::int64_t unfolded = 0;  ///< Items changed since.
  std::chrono::steady_clock::time_point lastChange;
  bool ending = false;
  std::thread keeper;

  struct Query {
    std::int64_t number = 0;
    std::string score;  ///< What it is sorted by.
    std::shared_ptr<const std::vector<std::uint32_t>> rows;
  };
  std::mutex queryMutex;
  std::deque<Query> queries;
  std::int64_t lastQuery = 0;

  ~Impl();
  Result<> start();
  revisions::Head headNow() const;
  DataInfo infoNow() const;
  Result<> writable() const;
  /// Makes one revision of what `body` does, or none when it does nothing; then tells.
  Result<Revision> commit(const std::string& author, const std::function<Result<>(revisions::Commit&)>& body);
  /// Something that is no revision.
  Result<> write(const std::function<Result<>(Database&)>& body);
  /// After a commit that is on disk.
  void publish(revisions::Commit& commit);
  Result<Query> queryOf(std::int64_t number);
  void changed(std::int64_t items);
  void keepLogShort();
};

namespace revisions {

/// One revision in the making, inside a transaction of the writer: keeps items, their marks, the history and the counts together.
class Commit {
 public:
  Commit(RevisionStore::Impl& store, std::string author);

  std::int64_t number() const { return number_; }
  Database& db() { return db_; }
  const DataInfo& info() const { return info_; }
  const std::string& author() const { return made_.revision.author; }
  std::int64_t changed() const { return changed_; }

  Text what;           ///< For the history.
  std::string merged;  ///< Id of the other copy's newest revision.
  /// Undo and redo say where they lead; anything else can be undone and leaves nothing to do again.
  std::optional<Head> leadsTo;

  Result<> add(const Item& item, std::optional<std::int64_t> row = std::nullopt);
  Result<> replace(const StoredRow& before, const Item& after);
  Result<> remove(const StoredRow& before);
  /// Whatever takes the row from what it is to a record; nullopt: not there.
  Result<> become(std::int64_t row, const std::optional<std::string>& record);
  void setInfo(DataInfo info);
  /// After a change of the task: what items can be found by is another matter then. Records stay.
  Result<> markAgain(const StoredRow& row, const Item& item, std::string_view oldTask);
  /// Labels that are no class yet become classes.
  void noteClasses(const Item& item);

  /// Writes revision and counts; false when nothing was changed.
  Result<bool> finish();
  const Head& made() const { return made_; }
  const std::vector<std::string>& changedIds() const { return ids_; }

 private:
  Result<bool> remember(std::int64_t row, std::string_view id, const std::string* before);
  Result<> setMarks(std::int64_t row, const std::vector<Mark>& before, const std::vector<Mark>& after);
  Result<std::int64_t> nameFor(const Mark& mark);
  Result<> flushCounts();

  RevisionStore::Impl& store_;
  Database& db_;
  Head previous_, made_;
  DataInfo info_;
  std::unordered_set<std::string> classes_;
  bool infoChanged_ = false;
  std::int64_t number_ = 0, changed_ = 0, items_ = 0;
  std::unordered_map<std::int64_t, std::int64_t> counts_;  ///< Mark -> how many more items have it.
  std::vector<std::string> ids_;                           ///< Of changed items; one more than is told at most.
};

inline constexpr std::size_t mostIdsTold = 1000;

}  // namespace revisions
}  // namespace patchbay
