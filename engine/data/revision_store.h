// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/data/dataset.h"

namespace patchbay {

class ObjectFolder;

/// One immutable state of a project's data and how it came about. Number 0, with an empty id, is the empty beginning.
struct Revision {
  std::int64_t number = 0;      ///< Counts from 1 in this project; copies of a project number on their own.
  std::string id;               ///< 32 hexadecimal digits, random: the same revision in every copy of the project.
  std::string parent;           ///< Id of the one before; empty for the first.
  std::string merged;           ///< Of a merge: the other copy's newest revision.
  Text what;                    ///< "12 pictures labelled crack".
  std::string author;           ///< "import", "person:<name>", "model:<digest>".
  std::int64_t atMs = 0;        ///< Milliseconds since 1970.
  std::string name;             ///< Given by a person, or empty.
  std::int64_t changed = 0;     ///< Items that it added, changed or removed.
  std::int64_t items = 0;       ///< In this state.
  std::int64_t unlabelled = 0;  ///< Of these.
};
/// {"revision": id, "number", "parent", "merged"?, "what": Text, "author", "at": ms, "name"?, "changed", "items", "unlabelled"}
Value toValue(const Revision& revision);

/// A class as people see it.
struct DataClass {
  std::string name;
  std::string colour;      ///< "#rrggbb"; one made from the name where nobody chose any.
  Value attributes;        ///< Whatever a format says of a class (skeleton, supercategory); null mostly.
  std::int64_t count = 0;  ///< Items that carry it: as their label, as one of several, or on a box, polygon, mask or point.
};
/// What is said once for a state of the data.
struct DataInfo {
  std::string task = "classification";
  std::vector<DataClass> classes;  ///< In index order.
};

/// An item beside what the store knows of it.
struct StoredItem {
  Item item;
  std::int64_t row = 0;      ///< Stays the item's own, also after it was removed and came back; rises as items are added.
  std::int64_t version = 0;  ///< Number of the revision that changed it last: what an edit may expect.
  std::string author;        ///< Of that revision.
  bool missing = false;      ///< Its file was not found when it was last looked for.
};

/// What an edit does to one item; what is not given stays. Labels that are no class yet become the last class.
struct ItemChange {
  std::string id;
  std::optional<std::int64_t> expect;  ///< StoredItem::version the change was made on; another one is a conflict.
  /// Class labels, by the edit's author; empty: unlabelled. What models suggested stays beside them.
  std::optional<std::vector<std::string>> labels;
  /// To those that each item has, or away from them; of a data set with one label a picture an added one replaces it.
  std::vector<std::string> addLabels, takeLabels;
  std::optional<std::vector<Annotation>> annotations;  ///< All of them anew; an empty author is the edit's.
  std::optional<Split> split;
  std::optional<std::string> group;
  std::optional<std::vector<std::string>> paths;
  bool remove = false;
};

/// Where new items meet those that are there (same id).
enum class OnConflict : std::uint8_t {
  Keep,     ///< Those that are there stay as they are; only paths are added.
  Add,      ///< Annotations not there yet are added; group and split where there was none; classes people gave stay.
  Replace,  ///< The new item stands, with the paths of both.
};

struct ImportOptions {
  Text what;                      ///< For the history.
  std::string author = "import";  ///< Of the revision; annotations carry their own.
  std::optional<DataInfo> info;   ///< Classes in order, with what is known of them; new ones are added behind those there are.
  OnConflict onConflict = OnConflict::Add;
};
struct ImportResult {
  Revision revision;  ///< The newest, unchanged, when nothing was new.
  std::int64_t added = 0, changed = 0, kept = 0;
};

/// Adds items in one transaction: all of it is one revision, or, when it is not finished (a kill, an error, destruction),
/// nothing. Memory does not grow with the number of items. While one is open other changes are refused as Busy and
/// reading goes on with what was there before. Not thread-safe; may be used from different threads one after the other.
class DataImport {
 public:
  virtual ~DataImport() = default;
  /// Checks what is given and stores it. BadInput: an id that is not 32 hexadecimal digits, a geometry or score that is not
  /// finite. The item is then not there, and the import may go on with others.
  virtual Result<> add(const Item& item) = 0;
  /// Ids of items with these bytes, those of this import as well; so that a moved file can stay the same item.
  virtual Result<std::vector<std::string>> withDigest(const Digest& digest) = 0;
  virtual Result<std::optional<StoredItem>> find(std::string_view id) = 0;
  /// On disk when it returns.
  virtual Result<ImportResult> finish() = 0;
};

/// The data of a project: one line of immutable revisions, the newest of which can be changed by making another. One SQLite
/// file, written by the engine alone; a change is on disk (synchronous=FULL) when its call returns. A million items cost a few
/// pages of memory. Thread-safe.
///
/// Pictures are found by digest (`Project::locate`): who adds items also tells the project where their bytes are
/// (`Project::addSource`).
class RevisionStore {
 public:
  struct Options {
    bool readOnly = false;            ///< NotFound when there is no file.
    std::filesystem::path backups{};  ///< For copies before the format is brought up to date.
  };
  static Result<std::unique_ptr<RevisionStore>> open(const std::filesystem::path& file, const Options& options);
  ~RevisionStore();

  /// Called after every new revision, in the thread that made it, with {"event": "data", "revision", "number", "items",
  /// "changed"?: ids, when they are 1,000 at most}. One listener, set before anything is changed.
  void onRevision(std::function<void(const Value& event)> listener);

  // Looking.
  Revision head() const;
  Result<DataInfo> info() const;
  /// {"head": Revision, "items", "task", "classes": [{"name", "color", "count", "attributes"?}], "unlabelled", "suggested",
  /// "disagreement", "by_split": {split: n}, "missing", "groups", "authors": [{"name", "count"}],
  /// "scores": [{"name", "count", "revision"}], "undo": bool, "redo": bool}
  Result<Value> state();
  /// Newest first; `before`: only those with a smaller number, 0: from the newest.
  Result<std::vector<Revision>> history(std::int64_t limit, std::int64_t before = 0);
  /// By id, by the first digits of one, by name, by number, or "newest". NotFound names what there is.
  Result<Revision> revision(std::string_view which);
  /// {"added", "removed", "changed", "labels": [{"from", "to", "count"}], "splits": n, "items": [{"id", "path",
  /// "kind": added|removed|changed, "before"?, "after"?}]}, at most `limit` items in full.
  Result<Value> diff(std::int64_t from, std::int64_t to, std::int64_t limit);
  Result<std::optional<StoredItem>> item(std::string_view id);
  Result<std::vector<std::string>> withDigest(const Digest& digest);
  /// Every item of a revision in the order in which they were added, a batch in memory at a time. Reading and changing go
  /// on meanwhile.
  Result<> forEach(std::int64_t revision, const std::function<Result<>(const Item&)>& visit);
  /// Classes and task of a revision, without counts.
  Result<DataInfo> infoOf(std::int64_t revision);

  // Changing. Each makes one revision, unless nothing changes; that gives the newest back.
  /// All or none. Conflict (ErrorKind::Busy, code "data.conflict", the other's value in the text): an item is not as expected, and
  /// would not be the same afterwards anyway. NotFound: an item that is not there.
  Result<Revision> edit(std::span<const ItemChange> changes, const Text& what, const std::string& author);
  /// The same change to every item of a query; its `id` and `expect` do not count.
  Result<Revision> editQuery(std::int64_t query, const ItemChange& change, const Text& what, const std::string& author);
  /// Task, order, colours and attributes of classes; `renamed` {old: new} goes through all items, two old names with one new
  /// name become one class. BadInput: a class that items carry is left out.
  Result<Revision> setInfo(const DataInfo& info, const std::map<std::string, std::string>& renamed, const std::string& author);
  Result<Revision> restore(std::int64_t revision, const std::string& author);
  /// NotFound when there is nothing to undo or to do again.
  Result<Revision> undo(const std::string& author);
  Result<Revision> redo(const std::string& author);
  /// An empty name takes the name away. BadInput: another revision has it.
  Result<Revision> setName(std::int64_t revision, const std::string& name);
  Result<std::unique_ptr<DataImport>> beginImport(ImportOptions options);
  /// What a copy of the project changed since the two were one. Of what both changed differently, ours stands and theirs is
  /// kept in the report and in the file. {"revision": Revision, "changed", "conflicts": [{"id", "path", "field", "ours", "theirs"}],
  /// "conflict_count"}; at most 1,000 conflicts in full. BadInput: no common revision.
  Result<Value> merge(const std::filesystem::path& other, const std::string& author);

  // Beside the items, not part of revisions.
  /// "uncertainty", "suspect", ...: a number for each item, replacing all earlier ones of that name.
  Result<> setScores(const std::string& name, std::int64_t revision, std::span<const std::pair<std::string, double>> values);
  /// A person's word on a finding: `kind` names what was found, `right` that the data are right as they are.
  Result<> setVerdicts(const std::string& kind, std::span<const std::string> ids, bool right, const std::string& author);
  /// [{"id", "right", "at", "author"}]
  Result<Value> verdicts(const std::string& kind);
  Result<> setMissing(std::span<const std::string> ids, bool missing);

  // Asking for many.
  /// A snapshot in the order asked for: {"query", "count"}. `filter`, all of which must hold, each of which may be left out:
  /// {"classes": [name], "unlabelled": bool, "suggested": bool, "disagreement": bool, "missing": bool, "splits": [name], "authors":
  /// [name], "groups": [name], "score": {"name", "min"?, "max"?}, "text": part of a path, whatever the case, "ids": [id],
  /// "changed_since": number of a revision, "unjudged": kind of verdict}. `sort`: {"by": "added" | "path" | "time" | "score:<name>",
  /// "descending"}; items without that score come last. Eight queries are kept, the oldest goes.
  /// With `ranking` its numbers stand for the order asked for.
  Result<Value> query(const Value& filter, const Value& sort, std::span<const std::pair<std::string, double>> ranking = {});
  /// [{"id", "digest", "path", "label", "labels"?, "score"?, "split", "group"?, "flags": ["unlabelled"...], "width", "height",
  /// "version", "annotations": n} or {"removed": true}] as the items are now.
  Result<Value> page(std::int64_t query, std::int64_t first, std::int64_t count);
  /// How many of a query's items have each class now: {"classes": {name: n}, "unlabelled": n}; classes none of them has are not there.
  Result<Value> counts(std::int64_t query);
  /// Rows of a query in its order.
  Result<std::shared_ptr<const std::vector<std::uint32_t>>> rows(std::int64_t query);

  // As a value on a port.
  /// The revision as a dataset (dataset.h) among the objects: the digest of its manifest. Only chunks that changed since the
  /// revision that was made before are written; what was cleaned up meanwhile is made again. Equal states give equal digests.
  Result<Digest> materialise(ObjectFolder& objects, std::int64_t revision, const std::function<void(const Progress&)>& progress = {});
  /// "revision 12 -> 14, 3 labels changed", for manifests that were made from here; empty otherwise.
  Result<Text> difference(const Digest& before, const Digest& now);

  /// Sound as far as SQLite can tell; items, marks and counts agree.
  Result<> check();

  struct Impl;

 private:
  explicit RevisionStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay
