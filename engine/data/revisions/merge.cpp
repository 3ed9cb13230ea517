// SPDX-License-Identifier: Apache-2.0
// What two copies of a project changed since they were one, put together item by item and field by field.
#include <unistd.h>

#include <algorithm>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/item_value.h"
#include "engine/data/revisions/schema.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
namespace fs = std::filesystem;
using namespace revisions;

namespace {

constexpr std::size_t mostConflictsTold = 1000;
using Record = std::optional<std::string>;
using Annotations = std::vector<Annotation>;

/// Where the two were last the same: in their history, or, when they took ours over once, in ours.
struct Base {
  std::int64_t theirs = 0;  ///< Everything they changed came after it.
  std::optional<std::int64_t> ours;
};

Result<bool> isOurs(Database& ours, std::string_view idBytes) {
  PB_TRY(const auto n, ours.integer("SELECT count(*) FROM revisions WHERE id = ? OR merged = ?", {Blob{idBytes}, Blob{idBytes}}));
  return n > 0;
}

Result<Base> findBase(Database& ours, Database& theirs) {
  std::vector<std::pair<std::int64_t, std::string>> all, merges;
  PB_CHECK(theirs.query("SELECT number, id, merged FROM revisions ORDER BY number DESC", {}, [&](const Row& row) -> Result<> {
    all.emplace_back(row.integer(0), row.text(1));
    if (!row.isNull(2)) merges.emplace_back(row.integer(0), row.text(2));
    return {};
  }));
  Base out;
  for (const auto& [number, id] : all) {
    PB_TRY(const bool known, isOurs(ours, id));
    if (!known) continue;
    out.theirs = number;
    break;
  }
  for (const auto& [number, id] : merges) {
    PB_TRY(const auto mine, numberOf(ours, idHex(id)));
    if (!mine || number < out.theirs) continue;
    out.ours = mine;
    break;
  }
  if (out.theirs == 0 && !out.ours)
    return fail(ErrorKind::BadInput, "data.unrelated", TR("data", "The two data sets were never one: they share no revision."),
                TR("data", "Only copies of one project can be merged. Export the other one and import it here."));
  return out;
}

Annotations part(const Item& item, bool classes) {
  Annotations out;
  for (const auto& a : item.annotations)
    if ((a.kind == AnnotationKind::Class) == classes) out.push_back(a);
  return out;
}

bool has(const Annotations& all, const Annotation& one) { return std::ranges::find(all, one) != all.end(); }

Annotations without(const Annotations& all, const Annotations& those) {
  Annotations out;
  for (const auto& a : all)
    if (!has(those, a)) out.push_back(a);
  return out;
}

/// Puts two changes of one item together; `conflicts` names the fields that both changed differently, in which ours stands.
class ItemMerge {
 public:
  ItemMerge(const Item& base, const Item& ours, const Item& theirs) : base_{base}, ours_{ours}, theirs_{theirs}, out_{ours} {}

  Item merge() {
    take("split", &Item::split);
    take("group", &Item::group);
    const auto picture = [](const Item& item) { return std::tie(item.digest, item.size, item.width, item.height); };
    if (picture(theirs_) != picture(base_) && picture(theirs_) != picture(ours_)) {
      if (picture(ours_) != picture(base_)) conflicts.emplace_back("picture");
      else std::tie(out_.digest, out_.size, out_.width, out_.height) = picture(theirs_);
    }
    for (const auto& path : theirs_.paths)
      if (std::ranges::find(out_.paths, path) == out_.paths.end() && std::ranges::find(base_.paths, path) == base_.paths.end())
        out_.paths.push_back(path);
    auto labels = classes();
    const auto shapes = others();
    labels.insert(labels.end(), shapes.begin(), shapes.end());
    if (part(ours_, true) != part(out_, true) || labels != ours_.annotations) out_.annotations = std::move(labels);
    return std::move(out_);
  }
  std::vector<std::string> conflicts;

 private:
  template <class T>
  void take(const char* field, T Item::*member) {
    if (theirs_.*member == base_.*member || theirs_.*member == ours_.*member) return;
    if (ours_.*member != base_.*member) conflicts.emplace_back(field);
    else out_.*member = theirs_.*member;
  }
  Annotations classes() {
    const auto b = part(base_, true), o = part(ours_, true), t = part(theirs_, true);
    if (t == b || t == o) return o;
    if (o == b) return t;
    conflicts.emplace_back("labels");
    return o;
  }
  Annotations others() {
    const auto b = part(base_, false), o = part(ours_, false), t = part(theirs_, false);
    if (t == b || t == o) return o;
    if (o == b) return t;
    const auto dropped = without(b, t), added = without(t, b);
    // Both replaced the same shape: which of the new ones holds is for a person to say.
    const bool both = std::ranges::any_of(dropped, [&](const Annotation& a) { return !has(o, a); });
    if (both && !without(added, o).empty() && !without(o, b).empty()) {
      conflicts.emplace_back("annotations");
      return o;
    }
    auto out = without(o, dropped);
    for (const auto& a : without(added, o)) out.push_back(a);
    return out;
  }

  const Item &base_, &ours_, &theirs_;
  Item out_;
};

class Merge {
 public:
  Merge(Commit& commit, Database& theirs, std::int64_t theirNewest, const Base& base)
      : commit_{commit}, theirs_{theirs}, newest_{theirNewest}, base_{base} {}

  Result<> run() {
    PB_TRY(const auto theirInfo, infoAt(theirs_, newest_));
    auto info = commit_.info();
    for (const auto& c : theirInfo.classes)
      if (std::ranges::find(info.classes, c.name, &DataClass::name) == info.classes.end()) info.classes.push_back(c);
    commit_.setInfo(std::move(info));
    PB_TRY(const auto rows, touchedRows(theirs_, base_.theirs, newest_));
    for (const auto row : rows) PB_CHECK(one(row));
    return {};
  }
  Value conflicts{Value::List{}};
  std::int64_t conflictCount = 0;

 private:
  Result<> one(std::int64_t theirRow) {
    PB_TRY(auto base, recordAt(theirs_, theirRow, base_.theirs));
    PB_TRY(const auto theirs, recordAt(theirs_, theirRow, newest_));
    if (base == theirs && !base_.ours) return {};
    if (!base && !theirs) return {};
    const std::string id{detail::idOfEncoded(theirs ? *theirs : *base)};
    PB_TRY(const auto row, findItem(commit_.db(), id));
    PB_TRY(const auto gone, goneRow(commit_.db(), idBytes(id)));
    if (base_.ours && (row || gone)) {
      PB_TRY(base, recordAt(commit_.db(), row ? row->row : gone, *base_.ours));
    }
    const Record ours = row ? Record{row->record} : std::nullopt;
    if (theirs == base || theirs == ours) return {};
    if (ours == base) return takeOver(row, theirs);
    if (!ours || !theirs) return conflict(row ? row->row : gone, id, "item", ours, theirs);
    return fields(*row, base, *theirs);
  }

  Result<> takeOver(const std::optional<StoredRow>& row, const Record& theirs) {
    if (!theirs) return commit_.remove(*row);
    PB_TRY(const auto item, detail::decodeItem(*theirs));
    PB_CHECK(checkItem(item));  // The file may come from anywhere.
    return row ? commit_.replace(*row, item) : commit_.add(item);
  }

  Result<> fields(const StoredRow& row, const Record& base, const std::string& theirs) {
    PB_TRY(const auto ours, detail::decodeItem(row.record));
    PB_TRY(const auto other, detail::decodeItem(theirs));
    // Both added it: what is equal in both is as it was, the rest differs from nothing.
    Item was;
    was.digest = ours.digest;
    if (base) {
      PB_TRY(was, detail::decodeItem(*base));
    }
    ItemMerge merge{was, ours, other};
    const auto joined = merge.merge();
    PB_CHECK(checkItem(joined));
    PB_CHECK(commit_.replace(row, joined));
    for (const auto& field : merge.conflicts) PB_CHECK(conflict(row.row, ours.id, field, row.record, theirs));
    return {};
  }

  Result<> conflict(std::int64_t row, const std::string& id, const std::string& field, const Record& ours, const Record& theirs) {
    const auto blob = [](const Record& r) { return r ? SqlArg{Blob{*r}} : SqlArg{nullptr}; };
    PB_CHECK(commit_.db().run("INSERT OR REPLACE INTO conflicts (revision, row, field, ours, theirs) VALUES (?, ?, ?, ?, ?)",
                              {commit_.number(), row, std::string_view{field}, blob(ours), blob(theirs)}));
    if (++conflictCount > static_cast<std::int64_t>(mostConflictsTold)) return {};
    Value told{Value::Map{{"id", id}, {"field", field}}};
    for (const auto& [key, record] : {std::pair{"ours", &ours}, std::pair{"theirs", &theirs}}) {
      if (!*record) continue;
      PB_TRY(const auto item, detail::decodeItem(**record));
      told[key] = toValue(item);
      if (!item.paths.empty()) told["path"] = pathToValue(item.paths.front());
    }
    conflicts.push(std::move(told));
    return {};
  }

  Commit& commit_;
  Database& theirs_;
  std::int64_t newest_;
  Base base_;
};

Result<std::unique_ptr<Database>> openOther(const fs::path& given) {
  std::error_code ec;
  const auto file = fs::is_directory(given, ec) ? given / "data.db" : given;
  if (!fs::exists(file, ec))
    return fail(ErrorKind::NotFound, "data.none",
                TR("data", "There is no data set of a project in {path}.").with("path", displayText(given.native())),
                TR("data", "Name the folder of the other copy of the project."), displayText(file.native()));
  const bool writable = ::access(file.parent_path().c_str(), W_OK) == 0;
  PB_TRY(auto db, Database::open(file, writable ? Database::Mode::ReadOnly : Database::Mode::Immutable));
  PB_TRY(const auto version, db->integer("PRAGMA user_version"));
  PB_TRY(const auto application, db->integer("PRAGMA application_id"));
  if (application != applicationId || version > static_cast<std::int64_t>(migrations().size()))
    PB_CHECK(migrate(*db, migrations(), applicationId, {}));
  if (version < static_cast<std::int64_t>(migrations().size()))
    return fail(ErrorKind::Unsupported, "data.old", TR("data", "The other copy was last used with an older Patchbay."),
                TR("data", "Open it once with this version, then merge again."), displayText(file.native()));
  return db;
}

}  // namespace

Result<Value> RevisionStore::merge(const fs::path& other, const std::string& author) {
  PB_TRY(const auto theirs, openOther(other));
  Value out;
  PB_CHECK(theirs->transaction([&]() -> Result<> {
    PB_TRY(const auto newest, newestNumber(*theirs));
    PB_TRY(const auto theirHead, headOf(*theirs, newest));
    std::optional<Merge> merge;
    std::int64_t changed = 0;
    PB_TRY(const auto made, impl_->commit(author, [&](Commit& commit) -> Result<> {
      commit.what = TR("history", "Merged with another copy of the project");
      PB_TRY(const bool known, isOurs(commit.db(), idBytes(theirHead.revision.id)));
      if (known) return {};
      PB_TRY(const auto base, findBase(commit.db(), *theirs));
      commit.merged = theirHead.revision.id;
      merge.emplace(commit, *theirs, newest, base);
      PB_CHECK(merge->run());
      changed = commit.changed();
      return {};
    }));
    out["revision"] = toValue(made);
    out["changed"] = changed;
    out["conflicts"] = merge ? merge->conflicts : Value{Value::List{}};
    out["conflict_count"] = merge ? merge->conflictCount : 0;
    return {};
  }));
  return out;
}

}  // namespace patchbay
