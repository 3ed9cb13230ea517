// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/block_harness.h"
#include "tests/support/made_items.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

struct LabelledSubset : ::testing::Test {
  LabelledSubset() {
    block.input<Dataset>("data", toyDataset(block.store(), {.perClass = 50, .classes = {"rows", "columns", "none"}, .pictures = false}));
  }
  /// Paths of the training pictures that kept their label.
  std::set<std::string> kept() {
    if (!block.run()) throw std::runtime_error{block.problem()};
    std::set<std::string> out;
    all = itemsByPath(block.store(), must(block.output<Dataset>("data")));
    for (const auto& [path, item] : all)
      if (item.label() && item.split == Split::Train) out.insert(path);
    return out;
  }
  BlockHarness block{"patchbay.data.labelled_subset"};
  std::map<std::string, Item> all;
};

TEST_F(LabelledSubset, KeepsSoManyOfEachClassAndAllOfTheOtherParts) {
  block.set("shots", 4);
  const auto few = kept();
  EXPECT_EQ(few.size(), 12u);
  for (const auto* c : {"rows/", "columns/", "none/"})
    EXPECT_EQ(std::ranges::count_if(few, [&](const std::string& path) { return path.starts_with(c); }), 4) << c;
  EXPECT_EQ(all.size(), 150u);
  for (const auto& [path, item] : all) EXPECT_TRUE(item.split == Split::Train || item.label()) << path;
}

TEST_F(LabelledSubset, SmallerAmountsLieWithinLargerOnes) {
  std::set<std::string> last;
  for (const int shots : {1, 2, 5, 10, 29, 1000}) {
    block.set("shots", shots);
    const auto now = kept();
    EXPECT_TRUE(std::ranges::includes(now, last)) << shots;
    EXPECT_EQ(now.size(), 3u * static_cast<unsigned>(std::min(shots, 30)));
    last = now;
  }
  block.set("keep", "percent");
  last.clear();
  for (const double percent : {1.0, 5.0, 20.0, 100.0}) {
    block.set("percent", percent);
    const auto now = kept();
    EXPECT_TRUE(std::ranges::includes(now, last)) << percent;
    EXPECT_EQ(now.size(), 3 * std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(percent * 30 / 100 - 1e-9))));
    last = now;
  }
}

TEST_F(LabelledSubset, TheSeedChoosesOthers) {
  block.set("shots", 5);
  const auto first = kept();
  EXPECT_EQ(kept(), first);
  block.set("seed", 7);
  EXPECT_NE(kept(), first);
}

TEST_F(LabelledSubset, OfSeveralLabelsEachClassAndNoneGetTheirShare) {
  DatasetWriter writer{{.task = "multi-label", .classes = {"common", "rare"}, .skipped = {}, .summary = {}}};
  for (int i = 0; i < 200; ++i) {
    auto item = madeItem(i, "common");
    item.paths = {"p" + std::to_string(i)};
    if (i % 10 == 0) item.annotations.push_back({.label = "rare", .author = "import"});
    if (i % 4 == 1) item.annotations[0].score = 0;  // Known to have none.
    if (i % 20 == 19) item.annotations.clear();     // Nobody has looked.
    item.split = i % 5 == 4 ? Split::Test : Split::Train;
    writer.add(item);
  }
  block.clearInputs().input<Dataset>("data", must(writer.finish(block.store())));
  std::set<std::string> last;
  for (const int shots : {1, 3, 6}) {
    block.set("shots", shots);
    if (!block.run()) FAIL() << block.problem();
    int common = 0, rare = 0, none = 0;
    std::set<std::string> now;
    for (const auto& [path, item] : itemsByPath(block.store(), must(block.output<Dataset>("data")))) {
      if (item.split == Split::Test) {
        EXPECT_EQ(item.labelled(), std::stoi(path.substr(1)) % 20 != 19) << path;
        continue;
      }
      if (!item.labelled()) continue;
      now.insert(path);
      none += item.label() == nullptr;
      common += item.label() != nullptr;
      rare += item.annotations.size() == 2;
    }
    EXPECT_EQ(none, shots);
    EXPECT_GE(rare, shots);
    EXPECT_GE(common, shots);
    EXPECT_LE(now.size(), 3u * static_cast<unsigned>(shots));
    EXPECT_TRUE(std::ranges::includes(now, last)) << shots;
    last = now;
  }
}

TEST_F(LabelledSubset, SaysSoWhenNothingIsLabelled) {
  block.clearInputs().input<Dataset>("data", toyDataset(block.store(), {.perClass = 0}));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "subset.no_labels");
}

}  // namespace
}  // namespace patchbay::testing
