// SPDX-License-Identifier: Apache-2.0
#include "engine/service/data_requests.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "engine/data/revisions/item_value.h"
#include "engine/service/similar_items.h"

namespace patchbay {
namespace {

constexpr std::array slow{std::string_view{"materialise"}, std::string_view{"merge"},      std::string_view{"restore"},
                          std::string_view{"undo"},        std::string_view{"redo"},       std::string_view{"diff"},
                          std::string_view{"query"},       std::string_view{"counts"},     std::string_view{"scores"},
                          std::string_view{"classes"},     std::string_view{"preview"},    std::string_view{"import"},
                          std::string_view{"export"},      std::string_view{"find_files"}, std::string_view{"formats"}};
constexpr std::int64_t usualHistory = 50, usualDiff = 200, usualPage = 100;

Text whatOf(const Value& request, Text otherwise) {
  const auto& what = request["what"];
  if (what.isMap()) return textFromValue(what);
  return what.asText().empty() ? std::move(otherwise) : Text{"history", what.asText()};
}

/// What an edit does, in words, when the client said nothing.
Text describeChange(const ItemChange& change, std::int64_t n) {
  Text out = TR("history", "{n} picture(s) changed");
  if (change.remove) out = TR("history", "{n} picture(s) removed");
  else if (change.labels && change.labels->empty()) out = TR("history", "Label of {n} picture(s) removed");
  else if (change.labels) {
    std::string labels;
    for (const auto& label : *change.labels) labels += (labels.empty() ? "" : ", ") + label;
    out = TR("history", "{n} picture(s) labelled {label}").with("label", labels);
  } else if (change.split) {
    out = TR("history", "{n} picture(s) moved to {split}").with("split", toString(*change.split));
  } else if (change.group) {
    out = TR("history", "{n} picture(s) put into the group {group}").with("group", *change.group);
  } else if (change.annotations) {
    out = TR("history", "{n} picture(s) annotated");
  }
  return std::move(out).count(n);
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> out;
  for (const auto& one : list.asList()) out.push_back(one.asText());
  return out;
}

Result<Value> edit(RevisionStore& store, const Value& request) {
  const auto author = authorOf(request);
  Revision made;
  if (request.contains("query")) {
    PB_TRY(const auto change, itemChangeFromValue(request["set"]));
    PB_TRY(const auto rows, store.rows(request["query"].asInt()));
    const auto what = whatOf(request, describeChange(change, static_cast<std::int64_t>(rows->size())));
    PB_TRY(made, store.editQuery(request["query"].asInt(), change, what, author));
  } else {
    std::vector<ItemChange> changes;
    for (const auto& one : request["changes"].asList()) {
      PB_TRY(auto change, itemChangeFromValue(one));
      changes.push_back(std::move(change));
    }
    const auto n = static_cast<std::int64_t>(changes.size());
    // All alike are told by what they have in common.
    const bool alike = !changes.empty() && std::ranges::all_of(changes, [&](const ItemChange& c) {
      return c.labels == changes[0].labels && c.split == changes[0].split && c.group == changes[0].group && c.remove == changes[0].remove;
    });
    const auto what = whatOf(request, describeChange(alike ? changes.front() : ItemChange{}, n));
    PB_TRY(made, store.edit(changes, what, author));
  }
  return Value{Value::Map{{"revision", toValue(made)}, {"changed", made.changed}}};
}

Result<Value> setClasses(RevisionStore& store, const Value& request) {
  PB_TRY(auto info, store.info());
  if (request["task"].isText()) info.task = request["task"].asText();
  std::map<std::string, std::string> renamed;
  if (request["classes"].isList()) {
    const auto before = std::move(info.classes);
    info.classes.clear();
    for (const auto& c : request["classes"].asList()) {
      const auto& was = c["was"].isText() ? c["was"].asText() : c["name"].asText();
      const auto known = std::ranges::find(before, was, &DataClass::name);
      DataClass one = known == before.end() ? DataClass{} : *known;
      one.name = c["name"].asText();
      if (c["color"].isText()) one.colour = c["color"].asText();
      if (c.contains("attributes")) one.attributes = c["attributes"];
      if (was != one.name) renamed[was] = one.name;
      // Two that become one are named twice.
      if (std::ranges::find(info.classes, one.name, &DataClass::name) == info.classes.end()) info.classes.push_back(std::move(one));
    }
  }
  PB_TRY(const auto made, store.setInfo(info, renamed, authorOf(request)));
  return toValue(made);
}

Result<Value> scores(RevisionStore& store, const Value& request) {
  std::vector<std::pair<std::string, double>> values;
  for (const auto& pair : request["values"].asList())
    if (pair.asList().size() == 2) values.emplace_back(pair.asList()[0].asText(), pair.asList()[1].asDouble());
  PB_TRY(const auto revision, store.revision(request["revision"].asText()));
  PB_CHECK(store.setScores(request["name"].asText(), revision.number, values));
  return Value{Value::Map{}};
}

Result<Value> verdict(RevisionStore& store, const Value& request) {
  if (request.contains("ids"))
    PB_CHECK(store.setVerdicts(request["kind"].asText(), texts(request["ids"]), request["right"].asBool(true), authorOf(request)));
  return store.verdicts(request["kind"].asText());
}

/// The revision a request names by id, name or number; the newest without.
Result<Revision> named(RevisionStore& store, const Value& which) {
  return store.revision(which.isInt() ? std::to_string(which.asInt()) : which.asText());
}

Result<Value> item(RevisionStore& store, const Value& request) {
  PB_TRY(const auto found, store.item(request["id"].asText()));
  if (!found)
    return fail(ErrorKind::NotFound, "data.item", TR("data", "A picture is not in the data set any more."),
                TR("data", "Somebody removed it meanwhile; undo brings it back."), displayText(request["id"].asText()));
  return toValue(*found);
}

Result<Value> history(RevisionStore& store, const Value& request) {
  PB_TRY(const auto all, store.history(request["limit"].asInt(usualHistory), request["before"].asInt()));
  Value out{Value::List{}};
  for (const auto& one : all) out.push(toValue(one));
  return out;
}

Result<Value> diff(RevisionStore& store, const Value& request) {
  PB_TRY(const auto to, named(store, request["to"]));
  Revision from;
  if (request["from"].isNull()) {
    from.number = std::max<std::int64_t>(0, to.number - 1);
  } else {
    PB_TRY(from, named(store, request["from"]));
  }
  return store.diff(from.number, to.number, request["limit"].asInt(usualDiff));
}

Result<Value> asValue(Result<Revision> made) {
  if (!made) return fail(std::move(made).error());
  return toValue(*made);
}

Result<Value> query(Project& project, RevisionStore& store, const Value& request) {
  constexpr std::string_view like = "like:";
  const auto& by = request["sort"]["by"].asText();
  if (!by.starts_with(like)) return store.query(request["filter"], request["sort"]);
  Digest embedding;
  if (request["sort"].contains("embedding")) {
    PB_TRY(embedding, Digest::parse(request["sort"]["embedding"].asText()));
  }
  PB_TRY(const auto ranking, similarItems(project, by.substr(like.size()), embedding));
  // The most alike first, unless the least alike are asked for.
  return store.query(request["filter"], Value::Map{{"descending", !request["sort"]["descending"].asBool()}}, ranking);
}

/// Looks for the file of every item again, near its old places as well, and notes which have none.
Result<Value> findFiles(Project& project, RevisionStore& store) {
  constexpr std::size_t atOnce = 1000;
  std::vector<std::string> there, missing;
  std::int64_t lost = 0, all = 0;
  const auto note = [&]() -> Result<> {
    if (!there.empty()) PB_CHECK(store.setMissing(there, false));
    if (!missing.empty()) PB_CHECK(store.setMissing(missing, true));
    there.clear();
    missing.clear();
    return {};
  };
  PB_CHECK(store.forEach(store.head().number, [&](const Item& one) -> Result<> {
    const bool found = project.locate(one.digest).has_value();
    (found ? there : missing).push_back(one.id);
    lost += !found;
    ++all;
    return there.size() + missing.size() >= atOnce ? note() : Result<>{};
  }));
  PB_CHECK(note());
  return Value{Value::Map{{"items", all}, {"missing", lost}}};
}

}  // namespace

std::string authorOf(const Value& request) {
  if (!request["author"].asText().empty()) return request["author"].asText();
  const char* user = std::getenv("USER");
  return std::string{"person:"} + (user && *user ? user : "somebody");
}

bool isSlowDataRequest(const Value& request) {
  const auto& what = request["do"].asText();
  return std::ranges::find(slow, what) != slow.end() || what.starts_with("assist_") ||
         (what == "edit" && (request.contains("query") || request["changes"].asList().size() > 100));
}

Value toValue(const StoredItem& stored) {
  auto v = toValue(stored.item);
  v["version"] = stored.version;
  v["author"] = stored.author;
  v["missing"] = stored.missing;
  return v;
}

Result<ItemChange> itemChangeFromValue(const Value& v) {
  ItemChange out;
  out.id = v["id"].asText();
  if (v["expect"].isInt()) out.expect = v["expect"].asInt();
  if (v.contains("label")) out.labels = v["label"].asText().empty() ? std::vector<std::string>{} : std::vector{v["label"].asText()};
  if (v["labels"].isList()) out.labels = texts(v["labels"]);
  out.addLabels = texts(v["add_labels"]);
  out.takeLabels = texts(v["take_labels"]);
  if (v["annotations"].isList()) {
    out.annotations.emplace();
    for (const auto& a : v["annotations"].asList()) {
      PB_TRY(auto one, annotationFromValue(a));
      out.annotations->push_back(std::move(one));
    }
  }
  if (v["split"].isText()) {
    const auto split = splitFrom(v["split"].asText());
    if (split == Split::None && v["split"].asText() != "none")
      return fail(ErrorKind::BadInput, "data.split",
                  TR("data", "There is no part called \"{split}\".").with("split", displayText(v["split"].asText())),
                  TR("data", "Use train, validation, test or none."));
    out.split = split;
  }
  if (v["group"].isText()) out.group = v["group"].asText();
  if (v["paths"].isList()) {
    out.paths.emplace();
    for (const auto& path : v["paths"].asList()) out.paths->push_back(pathFromValue(path).native());
  }
  out.remove = v["remove"].asBool();
  return out;
}

DataRequests::DataRequests(Project& project, std::function<void(const Value&)> tell) : project_{project}, tell_{std::move(tell)} {
  handlers_["state"] = [](RevisionStore& s, const Value&) { return s.state(); };
  handlers_["history"] = history;
  handlers_["name"] = [](RevisionStore& s, const Value& r) -> Result<Value> {
    PB_TRY(const auto which, named(s, r["revision"]));
    return asValue(s.setName(which.number, r["name"].asText()));
  };
  handlers_["diff"] = diff;
  handlers_["restore"] = [](RevisionStore& s, const Value& r) -> Result<Value> {
    PB_TRY(const auto which, named(s, r["revision"]));
    return asValue(s.restore(which.number, authorOf(r)));
  };
  handlers_["undo"] = [](RevisionStore& s, const Value& r) { return asValue(s.undo(authorOf(r))); };
  handlers_["redo"] = [](RevisionStore& s, const Value& r) { return asValue(s.redo(authorOf(r))); };
  handlers_["query"] = [this](RevisionStore& s, const Value& r) { return query(project_, s, r); };
  handlers_["counts"] = [](RevisionStore& s, const Value& r) { return s.counts(r["query"].asInt()); };
  handlers_["page"] = [](RevisionStore& s, const Value& r) {
    return s.page(r["query"].asInt(), r["first"].asInt(), r["count"].asInt(usualPage));
  };
  handlers_["item"] = item;
  handlers_["edit"] = edit;
  handlers_["classes"] = setClasses;
  handlers_["scores"] = scores;
  handlers_["verdict"] = verdict;
  handlers_["find_files"] = [this](RevisionStore& s, const Value&) { return findFiles(project_, s); };
  handlers_["materialise"] = [this](RevisionStore& s, const Value& r) -> Result<Value> {
    PB_TRY(const auto which, named(s, r["revision"]));
    PB_TRY(const auto manifest, s.materialise(project_.objects(), which.number));
    return Value{Value::Map{{"manifest", manifest.hex()}, {"revision", which.id}, {"number", which.number}}};
  };
  handlers_["merge"] = [](RevisionStore& s, const Value& r) { return s.merge(pathFromValue(r["from"]), authorOf(r)); };
}

DataRequests::~DataRequests() = default;

void DataRequests::add(std::string name, Handler handler) { handlers_[std::move(name)] = std::move(handler); }

Result<RevisionStore*> DataRequests::store() {
  const std::lock_guard lock{mutex_};
  if (!store_) {
    PB_TRY(store_, RevisionStore::open(project_.folder() / "data.db", {project_.readOnly(), project_.folder() / "backups"}));
    store_->onRevision(tell_);
  }
  return store_.get();
}

Result<Value> DataRequests::answer(const Value& request) {
  const auto found = handlers_.find(request["do"].asText());
  if (found == handlers_.end())
    return fail(ErrorKind::Unsupported, "data.request",
                TR("data", "This engine does not know the data request \"{name}\".").with("name", displayText(request["do"].asText())),
                TR("data", "Update Patchbay; the program that asked is newer than the engine."));
  PB_TRY(auto* store, this->store());
  return found->second(*store, request);
}

Result<Digest> DataRequests::manifestOf(std::string_view which) {
  PB_TRY(auto* store, this->store());
  PB_TRY(const auto revision, store->revision(which));
  if (revision.number == 0)
    return fail(ErrorKind::NotFound, "data.empty", TR("data", "This project has no data set yet."),
                TR("data", "Import pictures into it first: `patchbay import PATH`."));
  return store->materialise(project_.objects(), revision.number);
}

}  // namespace patchbay
