// SPDX-License-Identifier: Apache-2.0
// Many items at once: one transaction that stays open from the first to the last.
#include <algorithm>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
namespace revisions {

Result<std::vector<std::string>> idsWithDigest(Database& db, const Digest& digest);

namespace {

void joinPaths(Item& into, const Item& from) {
  for (const auto& path : from.paths)
    if (std::ranges::find(into.paths, path) == into.paths.end()) into.paths.push_back(path);
}

/// What becomes of an item that is there when it is imported again.
Item joined(const Item& before, const Item& again, OnConflict how) {
  Item out = how == OnConflict::Replace ? again : before;
  joinPaths(out, how == OnConflict::Replace ? before : again);
  if (how != OnConflict::Add) return out;
  const bool byPeople = std::ranges::any_of(before.annotations, [](const Annotation& a) { return a.author.starts_with("person:"); });
  for (const auto& a : again.annotations) {
    // A file that says again what somebody has since corrected does not bring the mistake back.
    if (byPeople && a.kind == AnnotationKind::Class) continue;
    if (std::ranges::find(out.annotations, a) == out.annotations.end()) out.annotations.push_back(a);
  }
  if (out.group.empty()) out.group = again.group;
  if (out.split == Split::None) out.split = again.split;
  return out;
}

class Import final : public DataImport {
 public:
  Import(RevisionStore::Impl& store, ImportOptions options) : store_{store}, options_{std::move(options)}, commit_{store, options_.author} {
    firstRow_ = store.nextRow;
  }
  Result<> begin() {
    PB_CHECK(store_.writer->run("BEGIN IMMEDIATE"));
    open_ = true;
    commit_.what = options_.what;
    // Written at once in its order, an index lies in the file in its order: reading it from a cold disk is one sweep, and it costs less.
    PB_TRY(const auto any, store_.writer->integer("SELECT EXISTS (SELECT 1 FROM items)"));
    pathsAfterwards_ = !any;
    if (pathsAfterwards_) PB_CHECK(store_.writer->run("DROP INDEX items_by_path"));
    if (options_.info) PB_CHECK(takeInfo(*options_.info));
    return {};
  }
  ~Import() override {
    // Of one that was finished nothing is left to do: the store may be gone.
    if (!open_) return;
    const std::lock_guard lock{store_.writing};
    abandon();
  }
  /// While `writing` is held.
  void abandon() {
    if (open_) (void)store_.writer->run("ROLLBACK");
    open_ = false;
    store_.nameIds.clear();
    store_.nextRow = firstRow_;
    store_.importing = false;
  }

  Result<> add(const Item& item) override {
    PB_CHECK(checkItem(item));
    PB_TRY(const auto before, findItem(commit_.db(), item.id));
    if (!before) {
      ++result_.added;
      return commit_.add(item);
    }
    PB_TRY(const auto was, detail::decodeItem(before->record));
    const auto now = joined(was, item, options_.onConflict);
    if (now == was) {
      ++result_.kept;
      return {};
    }
    ++result_.changed;
    return commit_.replace(*before, now);
  }
  Result<std::vector<std::string>> withDigest(const Digest& digest) override { return idsWithDigest(commit_.db(), digest); }
  Result<std::optional<StoredItem>> find(std::string_view id) override {
    std::optional<StoredItem> out;
    PB_TRY(const auto row, findItem(commit_.db(), detail::isItemId(id) ? id : std::string_view{}));
    if (!row) return out;
    out.emplace();
    PB_TRY(out->item, detail::decodeItem(row->record));
    out->row = row->row;
    out->version = row->version;
    return out;
  }
  Result<ImportResult> finish() override {
    const std::lock_guard lock{store_.writing};
    PB_TRY(const bool made, commit_.finish());
    if (pathsAfterwards_) PB_CHECK(store_.writer->run("CREATE INDEX items_by_path ON items (path)"));
    PB_CHECK(store_.writer->run("COMMIT"));
    open_ = false;
    // A long log makes everything slower: who imports waits a little longer for the end.
    (void)store_.writer->script("PRAGMA wal_checkpoint(TRUNCATE)");
    store_.importing = false;
    if (made) store_.publish(commit_);
    result_.revision = store_.headNow().revision;
    return result_;
  }

 private:
  /// Classes keep their places; what is new comes behind, what is known of one is completed.
  Result<> takeInfo(const DataInfo& given) {
    auto info = commit_.info();
    const bool fresh = info.classes.empty() && store_.headNow().revision.items == 0;
    if (fresh) info.task = given.task;
    for (const auto& c : given.classes) {
      if (c.name.empty() || !isUtf8(c.name))
        return fail(ErrorKind::BadInput, "data.classes", TR("data", "A class has no name, or one that is not text in UTF-8."),
                    TR("data", "Correct the list of classes."));
      const auto known = std::ranges::find(info.classes, c.name, &DataClass::name);
      if (known == info.classes.end()) {
        info.classes.push_back(c);
        continue;
      }
      if (known->colour.empty()) known->colour = c.colour;
      if (known->attributes.isNull()) known->attributes = c.attributes;
    }
    commit_.setInfo(std::move(info));
    return {};
  }

  RevisionStore::Impl& store_;
  ImportOptions options_;
  Commit commit_;
  ImportResult result_;
  std::int64_t firstRow_ = 1;
  bool open_ = false, pathsAfterwards_ = false;
};

}  // namespace
}  // namespace revisions

Result<std::unique_ptr<DataImport>> RevisionStore::beginImport(ImportOptions options) {
  const std::lock_guard lock{impl_->writing};
  PB_CHECK(impl_->writable());
  impl_->importing = true;
  auto made = std::make_unique<revisions::Import>(*impl_, std::move(options));
  if (auto begun = made->begin(); !begun) {
    made->abandon();
    return fail(std::move(begun).error());
  }
  return made;
}

}  // namespace patchbay
