// SPDX-License-Identifier: Apache-2.0
// Random gestures on a store and on a plain map beside it: both always hold the same.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/data/revision_store.h"
#include "engine/store/object_folder.h"
#include "tests/support/made_items.h"
#include "tests/support/temporary_folder.h"

namespace patchbay {
namespace {
using testing::madeItem;

using Content = std::map<std::string, Item>;

struct Model {
  Content now;
  std::vector<Content> past, future;
  std::map<std::int64_t, Content> revisions{{0, {}}};  ///< By number.

  /// Notes what a gesture made; nothing when it changed nothing.
  void became(Content next, std::int64_t number) {
    if (next == now) return;
    past.push_back(std::move(now));
    future.clear();
    now = std::move(next);
    revisions[number] = now;
  }
};

class Gestures {
 public:
  explicit Gestures(unsigned seed) : random_{seed} {}
  void run(int steps) {
    open();
    for (int i = 0; i < steps; ++i) {
      SCOPED_TRACE("step " + std::to_string(i));
      one();
      ASSERT_NO_FATAL_FAILURE(compare());
      if (i % 7 == 0) {
        ASSERT_NO_FATAL_FAILURE(compareSet());
      }
      if (i % 23 == 0) open();
    }
    const auto sound = store_->check();
    EXPECT_TRUE(sound) << describe(sound.error());
  }

 private:
  void open() {
    store_.reset();
    auto opened = RevisionStore::open(folder_ / "data.db", {});
    ASSERT_TRUE(opened) << describe(opened.error());
    store_ = std::move(*opened);
  }
  int upTo(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string anyLabel() { return std::array{"crack", "scratch", "dust", "good"}[static_cast<std::size_t>(upTo(4))]; }
  std::string anyId() {
    if (model_.now.empty()) return {};
    auto it = model_.now.begin();
    std::advance(it, upTo(static_cast<int>(model_.now.size())));
    return it->first;
  }

  void one() {
    const int what = upTo(10);
    if (model_.now.size() < 5 || what == 0) return import();
    if (what < 6) return edit();
    if (what == 6) return undo();
    if (what == 7) return redo();
    if (what == 8) return restore();
    bulk();
  }

  void import() {
    auto begun = store_->beginImport({.what = Text{"t", "Imported"}, .onConflict = OnConflict::Keep});
    ASSERT_TRUE(begun);
    auto next = model_.now;
    for (int i = upTo(600); i > 0; --i) {
      const auto item = madeItem(upTo(3000), upTo(3) ? anyLabel() : "");
      ASSERT_TRUE((*begun)->add(item));
      next.emplace(item.id, item);
    }
    if (upTo(5) == 0) return;  // Given up.
    const auto done = (*begun)->finish();
    ASSERT_TRUE(done) << describe(done.error());
    model_.became(std::move(next), done->revision.number);
  }

  void edit() {
    auto next = model_.now;
    std::vector<ItemChange> changes;
    for (int i = 1 + upTo(4); i > 0; --i) {
      ItemChange change{.id = anyId()};
      if (!next.contains(change.id)) continue;
      auto& item = next.at(change.id);
      const int what = upTo(5);
      if (what == 0) {
        change.split = static_cast<Split>(upTo(4));
        item.split = *change.split;
      } else if (what == 1) {
        change.group = "patient " + std::to_string(upTo(5));
        item.group = *change.group;
      } else if (what == 2) {
        change.annotations = {{{AnnotationKind::Box, anyLabel(), 1, {1, 2, 3, static_cast<float>(upTo(9))}, {}, "person:p"}}};
        item.annotations = *change.annotations;
      } else if (what == 3) {
        change.remove = true;
        next.erase(change.id);
      } else {
        change.annotations = {{{.label = anyLabel(), .author = "person:p"}}};
        item.annotations = *change.annotations;
      }
      changes.push_back(std::move(change));
    }
    const auto made = store_->edit(changes, Text{"t", "Edited"}, "person:p");
    ASSERT_TRUE(made) << describe(made.error());
    model_.became(std::move(next), made->number);
  }

  void bulk() {
    const auto label = anyLabel();
    const auto asked = store_->query(Value::Map{{"classes", Value::List{label}}}, {});
    ASSERT_TRUE(asked);
    ItemChange change;
    change.split = static_cast<Split>(upTo(4));
    auto next = model_.now;
    for (auto& [id, item] : next)
      for (const auto& a : item.annotations)
        if (a.label == label) item.split = *change.split;
    const auto made = store_->editQuery((*asked)["query"].asInt(), change, Text{"t", "Bulk"}, "person:p");
    ASSERT_TRUE(made);
    model_.became(std::move(next), made->number);
  }

  void undo() {
    const auto made = store_->undo("person:p");
    ASSERT_EQ(made.has_value(), !model_.past.empty());
    if (!made) return;
    model_.future.push_back(std::move(model_.now));
    model_.now = std::move(model_.past.back());
    model_.past.pop_back();
    model_.revisions[made->number] = model_.now;
  }

  void redo() {
    const auto made = store_->redo("person:p");
    ASSERT_EQ(made.has_value(), !model_.future.empty());
    if (!made) return;
    model_.past.push_back(std::move(model_.now));
    model_.now = std::move(model_.future.back());
    model_.future.pop_back();
    model_.revisions[made->number] = model_.now;
  }

  void restore() {
    auto it = model_.revisions.begin();
    std::advance(it, upTo(static_cast<int>(model_.revisions.size())));
    const auto wanted = it->second;
    const auto made = store_->restore(it->first, "person:p");
    ASSERT_TRUE(made) << describe(made.error());
    // Classes may have changed though no item did: that is a revision as well.
    if (wanted == model_.now && !model_.revisions.contains(made->number)) {
      model_.past.push_back(model_.now);
      model_.future.clear();
      model_.revisions[made->number] = wanted;
      return;
    }
    model_.became(wanted, made->number);
  }

  Content contentOf(std::int64_t number) {
    Content out;
    EXPECT_TRUE(store_->forEach(number, [&](const Item& item) -> Result<> {
      out.emplace(item.id, item);
      return {};
    }));
    return out;
  }

  void compare() {
    const auto head = store_->head();
    ASSERT_EQ(contentOf(head.number), model_.now);
    ASSERT_EQ(head.items, static_cast<std::int64_t>(model_.now.size()));
    auto it = model_.revisions.begin();
    std::advance(it, upTo(static_cast<int>(model_.revisions.size())));
    ASSERT_EQ(contentOf(it->first), it->second) << "revision " << it->first;
    std::map<std::string, std::int64_t> counts;
    for (const auto& [id, item] : model_.now)
      if (!item.annotations.empty()) ++counts[item.annotations.front().label];
    const auto info = store_->info().value();
    for (const auto& c : info.classes) ASSERT_EQ(c.count, counts[c.name]) << c.name;
  }

  void compareSet() {
    auto it = model_.revisions.begin();
    std::advance(it, upTo(static_cast<int>(model_.revisions.size())));
    const auto made = store_->materialise(objects_, it->first);
    ASSERT_TRUE(made) << describe(made.error());
    const auto set = Dataset::load(objects_, PortValue::load(objects_, *made).value());
    Content found;
    const auto items = set->items(objects_).value();
    for (const auto& item : items) found.emplace(item.id, item);
    ASSERT_EQ(found, it->second) << "revision " << it->first;
  }

  test::TempFolder folder_;
  ObjectFolder objects_{folder_ / "objects"};
  std::mt19937 random_;
  Model model_;
  std::unique_ptr<RevisionStore> store_;
};

class RevisionProperty : public ::testing::TestWithParam<unsigned> {};

TEST_P(RevisionProperty, TheStoreHoldsWhatAPlainMapHolds) { Gestures{GetParam()}.run(70); }

INSTANTIATE_TEST_SUITE_P(Seeds, RevisionProperty, ::testing::Range(1u, 9u));

}  // namespace
}  // namespace patchbay
