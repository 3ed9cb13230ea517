// SPDX-License-Identifier: Apache-2.0
#include "engine/data/revision_store.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <thread>

#include "engine/store/object_folder.h"
#include "tests/support/made_items.h"
#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
using ::testing::ElementsAre, ::testing::HasSubstr, ::testing::IsEmpty, ::testing::UnorderedElementsAre;
using testing::madeItem;

class RevisionStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    store.reset();
    auto opened = RevisionStore::open(folder / "data.db", {});
    ASSERT_TRUE(opened) << describe(opened.error());
    store = std::move(*opened);
    store->onRevision([this](const Value& event) { events.push_back(event); });
  }
  ImportResult import(const std::vector<Item>& items, ImportOptions options = {}) {
    if (options.what.empty()) options.what = Text{"t", "Imported"};
    auto begun = store->beginImport(std::move(options));
    EXPECT_TRUE(begun) << describe(begun.error());
    for (const auto& item : items) {
      const auto added = (*begun)->add(item);
      EXPECT_TRUE(added) << describe(added.error());
    }
    const auto done = (*begun)->finish();
    EXPECT_TRUE(done) << describe(done.error());
    return *done;
  }
  /// `n` pictures, every third "bad", the others "good".
  ImportResult importSome(int n = 9) {
    std::vector<Item> items;
    for (int i = 0; i < n; ++i) items.push_back(madeItem(i, i % 3 ? "good" : "bad"));
    return import(items);
  }
  Result<Revision> label(int i, const std::string& label, const std::string& author = "person:ann",
                         std::optional<std::int64_t> expect = {}) {
    ItemChange change;
    change.id = madeItem(i).id;
    change.labels = label.empty() ? std::vector<std::string>{} : std::vector{label};
    change.expect = expect;
    return store->edit(std::vector{change}, Text{"t", "Labelled"}, author);
  }
  std::vector<std::string> pathsOf(const Value& filter, const Value& sort = {}) {
    const auto asked = store->query(filter, sort);
    EXPECT_TRUE(asked) << describe(asked.error());
    std::vector<std::string> out;
    const auto page = store->page((*asked)["query"].asInt(), 0, 1000).value();
    for (const auto& one : page.asList()) out.push_back(one["path"].asText());
    EXPECT_EQ(static_cast<std::int64_t>(out.size()), (*asked)["count"].asInt());
    return out;
  }
  std::vector<Item> itemsOf(std::int64_t revision) {
    std::vector<Item> out;
    EXPECT_TRUE(store->forEach(revision, [&](const Item& item) -> Result<> {
      out.push_back(item);
      return {};
    }));
    return out;
  }
  std::string labelOf(int i) {
    const auto item = store->item(madeItem(i).id).value();
    return item && item->item.label() ? *item->item.label() : "";
  }

  test::TempFolder folder;
  std::unique_ptr<RevisionStore> store;
  std::vector<Value> events;
};

Value only(const char* key, Value value) { return Value::Map{{key, std::move(value)}}; }

TEST_F(RevisionStoreTest, AnImportIsOneRevisionThatIsThereAgain) {
  EXPECT_EQ(store->head().number, 0);
  const auto done = importSome();
  EXPECT_EQ(done.added, 9);
  EXPECT_EQ(done.revision.number, 1);
  EXPECT_EQ(done.revision.id.size(), 32u);
  reopen();
  EXPECT_EQ(store->head().id, done.revision.id);
  const auto state = store->state().value();
  EXPECT_EQ(state["items"].asInt(), 9);
  EXPECT_EQ(state["classes"].asList().size(), 2u);
  EXPECT_EQ(state["classes"].asList()[0]["name"].asText(), "bad") << "in the order in which they came";
  EXPECT_EQ(state["classes"].asList()[0]["count"].asInt(), 3);
  EXPECT_EQ(state["classes"].asList()[0]["color"].asText().size(), 7u);
  EXPECT_EQ(state["by_split"]["none"].asInt(), 9);
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, AnImportThatIsNotFinishedWasNot) {
  importSome(2);
  {
    auto begun = store->beginImport({.what = Text{"t", "Imported"}});
    ASSERT_TRUE(begun);
    ASSERT_TRUE((*begun)->add(madeItem(50, "new class")));
    EXPECT_EQ((*begun)->withDigest(madeItem(50).digest).value(), std::vector{madeItem(50).id});
    EXPECT_FALSE(store->item(madeItem(50).id).value()) << "seen only when all of it is there";
    const auto refused = label(0, "good");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "data.importing");
  }
  EXPECT_EQ(store->head().number, 1);
  EXPECT_FALSE(store->item(madeItem(50).id).value());
  DataInfo nameless;
  nameless.classes.emplace_back();
  EXPECT_EQ(store->beginImport({.what = Text{"t", "Imported"}, .info = nameless}).error().code, "data.classes");
  ASSERT_TRUE(label(0, "new class")) << "nothing is left of one that could not begin";
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, AFirstImportThatWasGivenUpLeavesTheOrderOfPathsAsItWas) {
  const auto byPath = [&] {
    const auto asked = store->query({}, Value::Map{{"by", "path"}});
    EXPECT_TRUE(asked) << describe(asked.error());
    return asked ? (*asked)["count"].asInt() : -1;
  };
  {
    auto begun = store->beginImport({.what = Text{"t", "Imported"}});
    ASSERT_TRUE(begun);
    ASSERT_TRUE((*begun)->add(madeItem(50, "good")));
    EXPECT_EQ(byPath(), 0) << "while it goes on";
  }
  EXPECT_EQ(byPath(), 0);
  importSome();
  EXPECT_EQ(byPath(), 9);
  reopen();
  EXPECT_EQ(byPath(), 9);
  const auto page = store->page(store->query({}, Value::Map{{"by", "path"}}).value()["query"].asInt(), 0, 9).value();
  std::vector<std::string> paths;
  for (const auto& item : page.asList()) paths.push_back(item["path"].asText());
  EXPECT_TRUE(std::ranges::is_sorted(paths));
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, WhatIsThereAlreadyMeetsTheImport) {
  importSome(3);
  ASSERT_TRUE(label(1, "bad"));
  auto again = madeItem(1, "good");
  again.paths.push_back("elsewhere/1.png");
  again.annotations.push_back({AnnotationKind::Box, "scratch", 1, {1, 2, 3, 4}, {}, "import"});
  EXPECT_EQ(import({again}, {.onConflict = OnConflict::Keep}).changed, 1) << "a path is kept";
  EXPECT_EQ(store->item(again.id).value()->item.paths.size(), 2u);
  EXPECT_EQ(import({again}, {.onConflict = OnConflict::Add}).changed, 1);
  EXPECT_EQ(labelOf(1), "bad") << "what a person said stays";
  EXPECT_EQ(store->item(again.id).value()->item.annotations.size(), 2u);
  EXPECT_EQ(import({again}, {.onConflict = OnConflict::Add}).kept, 1);
  EXPECT_EQ(import({again}, {.onConflict = OnConflict::Replace}).changed, 1);
  EXPECT_EQ(labelOf(1), "good");
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, WhatCannotBeStoredIsNamedAndTheRestGoesOn) {
  auto begun = store->beginImport({.what = Text{"t", "Imported"}});
  auto wrong = madeItem(1);
  wrong.id = "../etc";
  EXPECT_EQ((*begun)->add(wrong).error().kind, ErrorKind::BadInput);
  wrong = madeItem(1);
  wrong.annotations.push_back({AnnotationKind::Box, "x", 1, {1, NAN, 3, 4}, {}, "import"});
  EXPECT_EQ((*begun)->add(wrong).error().kind, ErrorKind::BadInput);
  ASSERT_TRUE((*begun)->add(madeItem(2, "good")));
  EXPECT_EQ((*begun)->finish().value().added, 1);
}

TEST_F(RevisionStoreTest, ALabelIsARevisionWithItsAuthorAndAnEvent) {
  importSome();
  events.clear();
  const auto made = label(1, "bad");
  ASSERT_TRUE(made) << describe(made.error());
  EXPECT_EQ(made->number, 2);
  EXPECT_EQ(made->parent, store->revision("1").value().id);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0]["changed"].asList().front().asText(), madeItem(1).id);
  const auto item = store->item(madeItem(1).id).value();
  EXPECT_EQ(item->version, 2);
  EXPECT_EQ(item->author, "person:ann");
  EXPECT_EQ(item->item.annotations.front().author, "person:ann");
  EXPECT_EQ(store->info().value().classes[0].count, 4);
  EXPECT_EQ(label(1, "bad")->number, 2) << "saying it again changes nothing";
  EXPECT_EQ(itemsOf(1)[1].annotations.front().label, "good") << "the revision before is what it was";
}

TEST_F(RevisionStoreTest, AConflictingEditIsRefusedWithTheOthersValue) {
  importSome();
  ASSERT_TRUE(label(1, "bad", "person:ann", 1));
  const auto refused = label(1, "broken", "person:bob", 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "data.conflict");
  EXPECT_THAT(describe(refused.error()), HasSubstr("person:ann"));
  EXPECT_THAT(describe(refused.error()), HasSubstr("\"bad\""));
  EXPECT_EQ(labelOf(1), "bad");
  EXPECT_TRUE(label(1, "bad", "person:bob", 1)) << "both said the same";
  EXPECT_TRUE(label(1, "broken", "person:bob", 2));
  // One conflict among several: none is made.
  std::vector<ItemChange> changes(2);
  changes[0] = {.id = madeItem(2).id, .expect = 1, .labels = {{"x"}}};
  changes[1] = {.id = madeItem(1).id, .expect = 1, .labels = {{"x"}}};
  EXPECT_FALSE(store->edit(changes, Text{"t", "x"}, "person:bob"));
  EXPECT_EQ(labelOf(2), "good");
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, UndoAndRedoGoAsFarAsThereIsSomething) {
  importSome();
  const auto before = itemsOf(1);
  ASSERT_TRUE(label(1, "bad"));
  ASSERT_TRUE(label(2, "odd"));
  const auto after = itemsOf(3);
  EXPECT_EQ(store->undo("person:ann")->number, 4);
  EXPECT_EQ(labelOf(2), "good");
  EXPECT_EQ(store->info().value().classes.size(), 2u) << "the class that came with it is gone";
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(itemsOf(5), before);
  ASSERT_TRUE(store->redo("person:ann"));
  ASSERT_TRUE(store->redo("person:ann"));
  EXPECT_EQ(itemsOf(store->head().number), after);
  EXPECT_EQ(store->redo("person:ann").error().code, "data.nothing_to_redo");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->undo("person:ann")) << i;
  EXPECT_EQ(store->head().items, 0);
  EXPECT_EQ(store->undo("person:ann").error().code, "data.nothing_to_undo");
  ASSERT_TRUE(store->restore(3, "person:ann"));
  EXPECT_EQ(itemsOf(store->head().number), after);
  EXPECT_EQ(store->redo("person:ann").error().code, "data.nothing_to_redo") << "after another change there is nothing to do again";
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, ARemovedItemComesBackInItsPlace) {
  importSome(3);
  const auto id = madeItem(1).id;
  const auto row = store->item(id).value()->row;
  ItemChange change{.id = id};
  change.remove = true;
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "Removed"}, "person:ann"));
  EXPECT_FALSE(store->item(id).value());
  EXPECT_THAT(itemsOf(1), ::testing::SizeIs(3));
  import({madeItem(1, "bad")});
  EXPECT_EQ(store->item(id).value()->row, row);
  ASSERT_TRUE(store->restore(2, "person:ann"));
  ASSERT_TRUE(store->restore(1, "person:ann"));
  EXPECT_EQ(labelOf(1), "good");
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, RevisionsAreFoundByNameNumberAndId) {
  importSome();
  ASSERT_TRUE(label(1, "bad"));
  ASSERT_TRUE(store->setName(1, "as imported"));
  EXPECT_EQ(store->revision("as imported")->number, 1);
  EXPECT_EQ(store->revision("newest")->number, 2);
  EXPECT_EQ(store->revision("2")->number, 2);
  EXPECT_EQ(store->revision(store->head().id)->number, 2);
  EXPECT_EQ(store->revision(store->head().id.substr(0, 12))->number, 2);
  EXPECT_EQ(store->revision("nothing").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store->setName(2, "as imported").error().code, "data.name_taken");
  EXPECT_EQ(store->setName(2, "17").error().code, "data.name");
  EXPECT_EQ(store->history(10).value().front().number, 2);
  EXPECT_EQ(store->history(10, 2).value().front().name, "as imported");
  ASSERT_TRUE(store->setName(1, ""));
  ASSERT_TRUE(store->setName(2, "as imported"));
}

TEST_F(RevisionStoreTest, DiffCountsLabelsBothWays) {
  importSome();
  ASSERT_TRUE(label(1, "bad"));
  ItemChange change{.id = madeItem(2).id};
  change.split = Split::Test;
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "x"}, "person:ann"));
  import({madeItem(20, "good")});
  const auto diff = store->diff(1, store->head().number, 100).value();
  EXPECT_EQ(diff["added"].asInt(), 1);
  EXPECT_EQ(diff["changed"].asInt(), 2);
  EXPECT_EQ(diff["splits"].asInt(), 1);
  ASSERT_EQ(diff["labels"].asList().size(), 1u);
  EXPECT_EQ(diff["labels"].asList()[0]["from"].asText(), "good");
  EXPECT_EQ(diff["labels"].asList()[0]["to"].asText(), "bad");
  EXPECT_EQ(diff["items"].asList().size(), 3u);
  const auto back = store->diff(store->head().number, 1, 1).value();
  EXPECT_EQ(back["removed"].asInt(), 1);
  EXPECT_EQ(back["labels"].asList()[0]["to"].asText(), "good");
  EXPECT_EQ(back["items"].asList().size(), 1u) << "no more than asked for";
}

TEST_F(RevisionStoreTest, WhatIsDrawnOnAPictureIsNotItsLabel) {
  auto drawn = madeItem(40), both = madeItem(41, "good"), same = madeItem(42, "bad");
  for (auto* one : {&drawn, &both, &same})
    one->annotations.push_back({.kind = AnnotationKind::Box, .label = "bad", .geometry = {1, 1, 9, 9}, .author = "person:ann"});
  import({drawn, both, same});
  const auto of = [&](const char* name) {
    const auto state = store->state().value();
    for (const auto& c : state["classes"].asList())
      if (c["name"].asText() == name) return std::pair{c["count"].asInt(), c["whole"].asInt()};
    return std::pair{std::int64_t{-1}, std::int64_t{-1}};
  };
  EXPECT_EQ(of("bad"), (std::pair<std::int64_t, std::int64_t>{3, 1}));
  EXPECT_EQ(of("good"), (std::pair<std::int64_t, std::int64_t>{1, 1}));
  ASSERT_TRUE(label(40, "bad", "person:ann"));
  EXPECT_EQ(of("bad"), (std::pair<std::int64_t, std::int64_t>{3, 2}));
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(of("bad"), (std::pair<std::int64_t, std::int64_t>{3, 1}));
}

TEST_F(RevisionStoreTest, FiltersNarrowAndSortsOrder) {
  importSome();
  ItemChange change{.id = madeItem(4).id};
  change.split = Split::Test;
  change.group = "patient 1";
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "x"}, "person:ann"));
  ASSERT_TRUE(label(5, "", "person:ann"));
  auto suggestion = madeItem(30);
  suggestion.annotations.push_back({.label = "bad", .score = .7, .author = "model:m"});
  auto other = madeItem(31, "good");
  other.annotations.push_back({.label = "bad", .score = .7, .author = "model:m"});
  import({suggestion, other});
  EXPECT_THAT(pathsOf(only("classes", Value::List{"bad"})), ElementsAre("folder 0/0.png", "folder 3/3.png", "folder 6/6.png"));
  EXPECT_EQ(pathsOf(only("classes", Value::List{"bad", "good"})).size(), 9u);
  EXPECT_THAT(pathsOf(only("unlabelled", true)), ElementsAre("folder 5/5.png", "folder 2/30.png"));
  EXPECT_EQ(pathsOf(only("unlabelled", false)).size(), 9u);
  EXPECT_THAT(pathsOf(only("suggested", true)), ElementsAre("folder 2/30.png"));
  EXPECT_THAT(pathsOf(only("disagreement", true)), ElementsAre("folder 3/31.png"));
  EXPECT_THAT(pathsOf(only("splits", Value::List{"test"})), ElementsAre("folder 4/4.png"));
  EXPECT_THAT(pathsOf(only("groups", Value::List{"patient 1"})), ElementsAre("folder 4/4.png"));
  EXPECT_THAT(pathsOf(only("authors", Value::List{"model:m"})), ElementsAre("folder 2/30.png", "folder 3/31.png"));
  EXPECT_THAT(pathsOf(only("text", "FOLDER 2/")), ElementsAre("folder 2/2.png", "folder 2/30.png"));
  EXPECT_THAT(pathsOf(only("ids", Value::List{madeItem(7).id, "nonsense"})), ElementsAre("folder 0/7.png"));
  EXPECT_THAT(pathsOf(only("changed_since", 1)).size(), 4u);
  EXPECT_THAT(pathsOf(Value::Map{{"classes", Value::List{"good"}}, {"text", "folder 1"}}), ElementsAre("folder 1/1.png", "folder 1/8.png"));
  EXPECT_EQ(pathsOf({}, Value::Map{{"by", "path"}}).front(), "folder 0/0.png");
  EXPECT_EQ(pathsOf({}, Value::Map{{"by", "path"}, {"descending", true}}).front(), "folder 6/6.png");
  EXPECT_EQ(pathsOf({}, Value::Map{{"by", "time"}, {"descending", true}}).front(), "folder 3/31.png");
  EXPECT_EQ(pathsOf({}, Value::Map{{"descending", true}}).front(), "folder 3/31.png");
  EXPECT_EQ(store->query({}, Value::Map{{"by", "beauty"}}).error().kind, ErrorKind::Usage);
}

TEST_F(RevisionStoreTest, ScoresOrderAndVerdictsAreRemembered) {
  importSome(4);
  const std::vector<std::pair<std::string, double>> scores{{madeItem(2).id, .9}, {madeItem(0).id, .1}, {std::string(32, '0'), .5}};
  ASSERT_TRUE(store->setScores("suspect", 1, scores));
  EXPECT_THAT(pathsOf({}, Value::Map{{"by", "score:suspect"}, {"descending", true}}),
              ElementsAre("folder 2/2.png", "folder 0/0.png", "folder 1/1.png", "folder 3/3.png"));
  EXPECT_THAT(pathsOf(only("score", Value::Map{{"name", "suspect"}, {"min", .5}})), ElementsAre("folder 2/2.png"));
  const auto asked = store->query({}, Value::Map{{"by", "score:suspect"}}).value();
  EXPECT_DOUBLE_EQ(store->page(asked["query"].asInt(), 0, 1)->asList()[0]["score"].asDouble(), .1);
  ASSERT_TRUE(store->setVerdicts("suspect", std::vector{madeItem(2).id}, true, "person:ann"));
  EXPECT_THAT(pathsOf(Value::Map{{"score", Value::Map{{"name", "suspect"}}}, {"unjudged", "suspect"}}), ElementsAre("folder 0/0.png"));
  EXPECT_EQ(store->verdicts("suspect")->asList().size(), 1u);
  ASSERT_TRUE(store->setMissing(std::vector{madeItem(3).id}, true));
  EXPECT_THAT(pathsOf(only("missing", true)), ElementsAre("folder 3/3.png"));
  EXPECT_EQ(store->state().value()["missing"].asInt(), 1);
  EXPECT_EQ(store->head().number, 1) << "none of this is a revision";
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, BulkLabelsAreOneRevisionAndOneUndo) {
  importSome(30);
  const auto asked = store->query(only("classes", Value::List{"bad"}), {}).value();
  ItemChange change;
  change.labels = {{"good"}};
  const auto made = store->editQuery(asked["query"].asInt(), change, Text{"t", "x"}, "person:ann");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->changed, 10);
  EXPECT_EQ(store->info().value().classes[0].count, 0);
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(store->info().value().classes[0].count, 10);
}

TEST_F(RevisionStoreTest, LabelsAreAddedToThoseThereAreAndTakenAway) {
  ImportOptions options;
  options.info.emplace();
  options.info->task = "multi-label";
  import({madeItem(0, "good"), madeItem(1, "bad"), madeItem(2)}, options);
  ItemChange change;
  change.addLabels = {"bad", "new"};
  const auto all = store->query({}, {}).value()["query"].asInt();
  ASSERT_TRUE(store->editQuery(all, change, Text{"t", "x"}, "person:ann"));
  const auto labels = [&](int i) {
    std::vector<std::string> out;
    const auto stored = store->item(madeItem(i).id).value();
    for (const auto& a : stored->item.annotations)
      if (a.kind == AnnotationKind::Class && a.score >= .5) out.push_back(a.label);
    return out;
  };
  EXPECT_THAT(labels(0), ElementsAre("good", "bad", "new"));
  EXPECT_THAT(labels(1), ElementsAre("bad", "new"));
  EXPECT_THAT(labels(2), ElementsAre("bad", "new"));
  EXPECT_EQ(store->counts(all).value(),
            (Value{Value::Map{{"classes", Value::Map{{"bad", 3}, {"good", 1}, {"new", 3}}}, {"unlabelled", 0}}}));
  change = {};
  change.id = madeItem(1).id;
  change.takeLabels = {"bad", "new"};
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "x"}, "person:ann"));
  EXPECT_TRUE(labels(1).empty());
  const auto some = store->query(only("classes", Value::List{"good"}), {}).value()["query"].asInt();
  EXPECT_EQ(store->counts(some).value()["classes"], (Value{Value::Map{{"bad", 1}, {"good", 1}, {"new", 1}}}));
  EXPECT_EQ(store->counts(all).value()["unlabelled"].asInt(), 1);
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_THAT(labels(1), ElementsAre("bad", "new"));
  EXPECT_EQ(store->counts(12345).error().code, "data.query");
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, OneLabelAPictureIsReplacedByTheOneThatIsAdded) {
  importSome(3);
  ItemChange change{.id = madeItem(0).id};
  change.addLabels = {"good"};
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "x"}, "person:ann"));
  EXPECT_EQ(labelOf(0), "good");
  EXPECT_EQ(store->info().value().classes[0].count, 0);
}

TEST_F(RevisionStoreTest, AQueryIsASnapshotAndTheNinthReplacesTheFirst) {
  importSome(3);
  const auto first = store->query({}, {}).value();
  ItemChange change{.id = madeItem(1).id};
  change.remove = true;
  ASSERT_TRUE(store->edit(std::vector{change}, Text{"t", "x"}, "person:ann"));
  const auto page = store->page(first["query"].asInt(), 0, 10).value();
  ASSERT_EQ(page.asList().size(), 3u);
  EXPECT_TRUE(page.asList()[1]["removed"].asBool());
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(store->query({}, {}));
  EXPECT_EQ(store->page(first["query"].asInt(), 0, 10).error().code, "data.query");
}

TEST_F(RevisionStoreTest, ClassesAreRenamedJoinedAndNeverLost) {
  importSome(6);
  auto info = store->info().value();
  info.classes[0].name = "broken";
  info.classes[0].colour = "#ff0000";
  ASSERT_TRUE(store->setInfo(info, {{"bad", "broken"}}, "person:ann"));
  EXPECT_EQ(labelOf(0), "broken");
  EXPECT_EQ(store->info().value().classes[0].count, 2);
  EXPECT_EQ(store->info().value().classes[0].colour, "#ff0000");
  info.classes.erase(info.classes.begin());
  EXPECT_EQ(store->setInfo(info, {}, "person:ann").error().code, "data.class_used");
  ASSERT_TRUE(store->setInfo(info, {{"broken", "good"}}, "person:ann"));
  EXPECT_EQ(store->info().value().classes[0].count, 6);
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(labelOf(0), "broken");
  info = store->info().value();
  info.task = "multi-label";
  ASSERT_TRUE(store->setInfo(info, {}, "person:ann"));
  EXPECT_TRUE(store->check());
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(store->info().value().task, "classification");
  EXPECT_TRUE(store->check());
}

TEST_F(RevisionStoreTest, AStoreThatCannotBeWrittenIsLookedAt) {
  importSome(3);
  const auto looking = RevisionStore::open(folder / "data.db", {.readOnly = true});
  ASSERT_TRUE(looking) << describe(looking.error());
  EXPECT_EQ((*looking)->state().value()["items"].asInt(), 3);
  EXPECT_EQ((*looking)->undo("person:ann").error().kind, ErrorKind::Permission);
  EXPECT_EQ(RevisionStore::open(folder / "nothing.db", {.readOnly = true}).error().code, "data.none");
}

TEST_F(RevisionStoreTest, MaterialisedSetsHoldTheItemsAndCostOnlyWhatChanged) {
  importSome(3000);
  ObjectFolder objects{folder / "objects"};
  const auto first = store->materialise(objects, 1);
  ASSERT_TRUE(first) << describe(first.error());
  DatasetWriter writer{{.classes = {"bad", "good"}}};
  for (auto& item : itemsOf(1)) writer.add(std::move(item));
  EXPECT_EQ(*first, writer.finish(objects)->value().digest()) << "as any other way of making it";
  const auto count = [&] {
    int n = 0;
    EXPECT_TRUE(objects.forEach([&](const auto&) -> Result<> {
      ++n;
      return {};
    }));
    return n;
  };
  const auto before = count();
  ASSERT_TRUE(label(1, "bad"));
  const auto second = store->materialise(objects, 2);
  ASSERT_TRUE(second);
  EXPECT_NE(*first, *second);
  EXPECT_EQ(count(), before + 2) << "one chunk and the manifest";
  ASSERT_TRUE(store->undo("person:ann"));
  EXPECT_EQ(store->materialise(objects, 3).value(), *first) << "equal states have equal digests";
  EXPECT_EQ(render(store->difference(*first, *second).value()), "Data set: revision 3 -> 2, 1 label changed.");
  // What was cleaned up is made again.
  const auto chunk = PortValue::load(objects, *second)->parts.begin()->second;
  ASSERT_TRUE(objects.remove(chunk));
  EXPECT_EQ(store->materialise(objects, 2).value(), *second);
  EXPECT_TRUE(objects.contains(chunk));
  std::filesystem::remove_all(objects.root());
  EXPECT_EQ(store->materialise(objects, 2).value(), *second) << "a revision that is not the newest, from nothing";
}

TEST_F(RevisionStoreTest, TwoThreadsChangeAndReadAtOnce) {
  importSome(200);
  std::atomic<bool> wrong{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        ItemChange change{.id = madeItem(t * 50 + i).id};
        change.labels = {{"by " + std::to_string(t)}};
        if (!store->edit(std::vector{change}, Text{"t", "x"}, "person:" + std::to_string(t))) wrong = true;
      }
    });
  threads.emplace_back([&] {
    for (int i = 0; i < 40; ++i)
      if (itemsOf(1) != itemsOf(1) || !store->state() || !store->query({}, Value::Map{{"by", "path"}})) wrong = true;
  });
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(wrong);
  EXPECT_EQ(store->head().number, 121);
  EXPECT_TRUE(store->check());
}

}  // namespace
}  // namespace patchbay
