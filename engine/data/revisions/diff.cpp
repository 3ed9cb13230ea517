// SPDX-License-Identifier: Apache-2.0
// What is different between two revisions.
#include <map>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revisions/item_value.h"
#include "engine/data/revisions/store_impl.h"

namespace patchbay {
using namespace revisions;

namespace {

/// Somebody waits for the sentence: with more changes it is a short one.
constexpr std::int64_t mostCompared = 50'000;

/// What all changes together amount to.
struct Difference {
  std::int64_t added = 0, removed = 0, changed = 0, splits = 0, relabelled = 0;
  std::map<std::pair<std::string, std::string>, std::int64_t> labels;
};

std::string joined(const std::vector<std::string>& labels) {
  std::string out;
  for (const auto& label : labels) out += (out.empty() ? "" : ", ") + label;
  return out;
}

/// `visit` gets every item that differs, with what it was and is; either may be missing.
Result<Difference> compare(Database& db, std::int64_t from, std::int64_t to, const std::function<void(const Item*, const Item*)>& visit) {
  Difference out;
  PB_TRY(const auto infoBefore, infoAt(db, from));
  PB_TRY(const auto infoAfter, infoAt(db, to));
  PB_TRY(const auto rows, touchedRows(db, std::min(from, to), std::max(from, to)));
  for (const auto row : rows) {
    PB_TRY(const auto before, recordAt(db, row, from));
    PB_TRY(const auto after, recordAt(db, row, to));
    if (before == after) continue;
    std::optional<Item> was, is;
    if (before) {
      PB_TRY(was, detail::decodeItem(*before));
    }
    if (after) {
      PB_TRY(is, detail::decodeItem(*after));
    }
    ++(!was ? out.added : !is ? out.removed : out.changed);
    if (was && is) {
      out.splits += was->split != is->split;
      const auto old = joined(labelsOf(*was, infoBefore.task)), now = joined(labelsOf(*is, infoAfter.task));
      if (old != now) {
        ++out.labels[{old, now}];
        ++out.relabelled;
      }
    }
    visit(was ? &*was : nullptr, is ? &*is : nullptr);
  }
  return out;
}

}  // namespace

Result<Value> RevisionStore::diff(std::int64_t from, std::int64_t to, std::int64_t limit) {
  auto& db = *impl_->reader;
  Value out{Value::Map{{"items", Value::List{}}, {"labels", Value::List{}}}};
  PB_CHECK(db.transaction([&]() -> Result<> {
    PB_TRY(const auto first, headOf(db, from));
    PB_TRY(const auto second, headOf(db, to));
    PB_TRY(const auto found, compare(db, from, to, [&](const Item* was, const Item* is) {
             if (static_cast<std::int64_t>(out["items"].asList().size()) >= limit) return;
             const auto& any = is ? *is : *was;
             Value one{Value::Map{{"id", any.id},
                                  {"path", any.paths.empty() ? Value{""} : pathToValue(any.paths.front())},
                                  {"kind", !was  ? "added"
                                           : !is ? "removed"
                                                 : "changed"}}};
             if (was) one["before"] = toValue(*was);
             if (is) one["after"] = toValue(*is);
             out["items"].push(std::move(one));
           }));
    out["from"] = toValue(first.revision);
    out["to"] = toValue(second.revision);
    out["added"] = found.added;
    out["removed"] = found.removed;
    out["changed"] = found.changed;
    out["splits"] = found.splits;
    for (const auto& [pair, count] : found.labels)
      out["labels"].push(Value::Map{{"from", pair.first}, {"to", pair.second}, {"count", count}});
    return {};
  }));
  return out;
}

Result<Text> RevisionStore::difference(const Digest& before, const Digest& now) {
  auto& db = *impl_->reader;
  const auto numberOfManifest = [&](const Digest& digest) {
    return db.integer("SELECT revision FROM manifests WHERE digest = ? ORDER BY revision DESC LIMIT 1", {blobOf(digest)});
  };
  PB_TRY(const auto from, numberOfManifest(before));
  PB_TRY(const auto to, numberOfManifest(now));
  if (from == 0 || to == 0 || from == to) return Text{};
  PB_TRY(const auto touched,
         db.integer("SELECT sum(changed) FROM revisions WHERE number > ? AND number <= ?", {std::min(from, to), std::max(from, to)}));
  if (touched > mostCompared) return TR("history", "Data set: revision {before} -> {now}.").with("before", from).with("now", to);
  Difference found;
  PB_CHECK(db.transaction([&]() -> Result<> {
    PB_TRY(found, compare(db, from, to, [](const Item*, const Item*) {}));
    return {};
  }));
  if (found.added + found.removed == 0 && found.changed == found.relabelled)
    return TR("history", "Data set: revision {before} -> {now}, {n} label(s) changed.")
        .with("before", from)
        .with("now", to)
        .count(found.relabelled);
  return TR("history",
            "Data set: revision {before} -> {now}: {added} added, {removed} removed, {labels} labelled anew, {others} changed otherwise.")
      .with("before", from)
      .with("now", to)
      .with("added", found.added)
      .with("removed", found.removed)
      .with("labels", found.relabelled)
      .with("others", found.changed - found.relabelled);
}

}  // namespace patchbay
