// SPDX-License-Identifier: Apache-2.0
// Two copies of one project that went different ways.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/data/detail/item_codec.h"
#include "engine/data/revision_store.h"
#include "engine/store/database.h"
#include "tests/support/made_items.h"
#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
using testing::madeItem;

class RevisionMerge : public ::testing::Test {
 protected:
  void SetUp() override {
    ours = open("ours.db");
    auto begun = ours->beginImport({.what = Text{"t", "Imported"}});
    for (int i = 0; i < 6; ++i) ASSERT_TRUE((*begun)->add(madeItem(i, "good")));
    ASSERT_TRUE((*begun)->finish());
    copy();
  }
  /// The other one becomes what ours is now.
  void copy() {
    theirs.reset();
    ours.reset();
    std::filesystem::copy_file(folder / "ours.db", folder / "theirs.db", std::filesystem::copy_options::overwrite_existing);
    ours = open("ours.db");
    theirs = open("theirs.db");
  }
  std::unique_ptr<RevisionStore> open(const char* name) {
    auto opened = RevisionStore::open(folder / name, {});
    EXPECT_TRUE(opened) << describe(opened.error());
    return std::move(*opened);
  }
  static void change(RevisionStore& store, ItemChange one, const char* author = "person:ann") {
    const auto made = store.edit(std::vector{std::move(one)}, Text{"t", "x"}, author);
    ASSERT_TRUE(made) << describe(made.error());
  }
  static void label(RevisionStore& store, int i, const char* label) {
    ItemChange one{.id = madeItem(i).id};
    one.labels = {{label}};
    change(store, one);
  }
  static std::string labelOf(RevisionStore& store, int i) {
    const auto item = store.item(madeItem(i).id).value();
    return item && item->item.label() ? *item->item.label() : "";
  }
  Value merge(RevisionStore& into, const char* from) {
    const auto merged = into.merge(folder / from, "person:ann");
    EXPECT_TRUE(merged) << describe(merged.error());
    return merged.value_or(Value{});
  }

  test::TempFolder folder;
  std::unique_ptr<RevisionStore> ours, theirs;
};

TEST_F(RevisionMerge, TakesWhatOnlyTheOtherChanged) {
  label(*ours, 0, "mine");
  label(*theirs, 1, "yours");
  ItemChange split{.id = madeItem(0).id};
  split.split = Split::Test;
  change(*theirs, split);
  ItemChange gone{.id = madeItem(5).id};
  gone.remove = true;
  change(*theirs, gone);
  auto begun = theirs->beginImport({.what = Text{"t", "More"}});
  ASSERT_TRUE((*begun)->add(madeItem(77, "fresh")));
  ASSERT_TRUE((*begun)->finish());
  const auto merged = merge(*ours, "theirs.db");
  EXPECT_EQ(merged["conflict_count"].asInt(), 0);
  EXPECT_EQ(merged["changed"].asInt(), 4);
  EXPECT_EQ(labelOf(*ours, 0), "mine");
  EXPECT_EQ(ours->item(madeItem(0).id).value()->item.split, Split::Test) << "different fields of one picture";
  EXPECT_EQ(labelOf(*ours, 1), "yours");
  EXPECT_FALSE(ours->item(madeItem(5).id).value());
  EXPECT_EQ(labelOf(*ours, 77), "fresh");
  EXPECT_EQ(ours->head().merged, theirs->head().id);
  EXPECT_TRUE(ours->check());
  EXPECT_EQ(merge(*ours, "theirs.db")["changed"].asInt(), 0) << "once is enough";
  ASSERT_TRUE(ours->undo("person:ann"));
  EXPECT_EQ(labelOf(*ours, 77), "");
}

TEST_F(RevisionMerge, ConflictsAreToldWithBothValues) {
  label(*ours, 0, "mine");
  label(*theirs, 0, "yours");
  label(*ours, 1, "same");
  label(*theirs, 1, "same");
  ItemChange gone{.id = madeItem(2).id};
  gone.remove = true;
  change(*ours, gone);
  label(*theirs, 2, "still there");
  const auto merged = merge(*ours, "theirs.db");
  ASSERT_EQ(merged["conflict_count"].asInt(), 2);
  EXPECT_EQ(labelOf(*ours, 0), "mine");
  for (const auto& conflict : merged["conflicts"].asList()) {
    if (conflict["field"].asText() == "item") {
      EXPECT_FALSE(conflict.contains("ours"));
      EXPECT_EQ(conflict["theirs"]["annotations"].asList()[0]["label"].asText(), "still there");
    } else {
      EXPECT_EQ(conflict["field"].asText(), "labels");
      EXPECT_EQ(conflict["ours"]["annotations"].asList()[0]["label"].asText(), "mine");
      EXPECT_EQ(conflict["theirs"]["annotations"].asList()[0]["label"].asText(), "yours");
    }
  }
  EXPECT_TRUE(ours->check());
}

TEST_F(RevisionMerge, ShapesOfBothAreKept) {
  const auto box = [](float x) { return Annotation{AnnotationKind::Box, "scratch", 1, {x, 1, 1, 1}, {}, "person:ann"}; };
  ItemChange base{.id = madeItem(0).id};
  base.annotations = {{box(1), box(2)}};
  change(*ours, base);
  copy();
  auto mine = base, yours = base;
  mine.annotations = {{box(1), box(2), box(3)}};
  yours.annotations = {{box(2), box(4)}};
  change(*ours, mine);
  change(*theirs, yours);
  EXPECT_EQ(merge(*ours, "theirs.db")["conflict_count"].asInt(), 0);
  const auto joined = ours->item(madeItem(0).id).value()->item.annotations;
  EXPECT_EQ(joined, (std::vector{box(2), box(3), box(4)}));
}

TEST_F(RevisionMerge, ThereAndBackSeveralTimesNeedsNobody) {
  label(*ours, 0, "a");
  label(*theirs, 1, "b");
  merge(*ours, "theirs.db");
  label(*ours, 0, "c");
  label(*theirs, 2, "d");
  EXPECT_EQ(merge(*theirs, "ours.db")["conflict_count"].asInt(), 0);
  EXPECT_EQ(labelOf(*theirs, 0), "c");
  label(*theirs, 0, "e");
  EXPECT_EQ(merge(*ours, "theirs.db")["conflict_count"].asInt(), 0);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(labelOf(*ours, i), labelOf(*theirs, i)) << i;
  EXPECT_EQ(labelOf(*ours, 0), "e");
  EXPECT_EQ(labelOf(*ours, 2), "d");
}

TEST_F(RevisionMerge, StrangersAreRefused) {
  const auto stranger = open("stranger.db");
  auto begun = stranger->beginImport({.what = Text{"t", "Imported"}});
  ASSERT_TRUE((*begun)->add(madeItem(1, "good")));
  ASSERT_TRUE((*begun)->finish());
  EXPECT_EQ(ours->merge(folder / "stranger.db", "person:ann").error().code, "data.unrelated");
  EXPECT_EQ(ours->merge(folder / "nothing.db", "person:ann").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(ours->head().number, 1);
}

TEST_F(RevisionMerge, ACopyThatSomebodyTamperedWithChangesNothing) {
  label(*theirs, 1, "yours");
  theirs.reset();
  auto forged = madeItem(1, "yours");
  forged.annotations.push_back({AnnotationKind::Box, "x", 1, {NAN, 1, 1, 1}, {}, "import"});
  for (const auto& record : {std::string{"no item at all"}, detail::encodeItem(forged)}) {
    {
      const auto db = Database::open(folder / "theirs.db", Database::Mode::ReadWrite);
      ASSERT_TRUE(db);
      ASSERT_TRUE((*db)->run("UPDATE items SET record = ? WHERE version = 2", {Blob{record}}));
    }
    EXPECT_FALSE(ours->merge(folder / "theirs.db", "person:ann"));
    EXPECT_EQ(ours->head().number, 1);
    EXPECT_EQ(labelOf(*ours, 1), "good");
    EXPECT_TRUE(ours->check());
  }
}

}  // namespace
}  // namespace patchbay
