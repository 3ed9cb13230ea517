// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

/// Items without pictures: a split looks at names, labels and groups alone.
Item bareItem(const std::string& path, const std::string& label, const std::string& group = {}) {
  Item item;
  item.paths = {path};
  item.digest = digestOf(path);
  item.id = makeItemId(path, item.digest);
  item.group = group;
  if (!label.empty()) item.annotations = {{.label = label, .author = "import"}};
  return item;
}

Dataset bareSet(ObjectStore& store, const std::vector<Item>& items, std::vector<std::string> classes = {"a", "b"}) {
  DatasetWriter writer{{.classes = std::move(classes), .skipped = {}, .summary = {}}};
  for (const auto& item : items) writer.add(item);
  return must(writer.finish(store));
}

std::vector<Item> items(int a, int b, int first = 0) {
  std::vector<Item> out;
  for (int i = first; i < first + a; ++i) out.push_back(bareItem("a/" + std::to_string(i) + ".png", "a"));
  for (int i = first; i < first + b; ++i) out.push_back(bareItem("b/" + std::to_string(i) + ".png", "b"));
  return out;
}

struct SplitTest : ::testing::Test {
  std::map<std::string, Item> run(const std::vector<Item>& given) {
    block.clearInputs().input<Dataset>("data", bareSet(block.store(), given));
    if (!block.run()) throw std::runtime_error{block.problem()};
    return itemsByPath(block.store(), must(block.output<Dataset>("data")));
  }
  static std::map<std::string, std::map<Split, int>> counts(const std::map<std::string, Item>& parts) {
    std::map<std::string, std::map<Split, int>> out;
    for (const auto& [path, item] : parts) ++out[item.label() ? *item.label() : ""][item.split];
    return out;
  }
  BlockHarness block{"patchbay.data.split"};
};

TEST_F(SplitTest, SharesHoldInEveryClass) {
  block.set("method", "exact").set("validation", 20).set("test", 10);
  const auto n = counts(run(items(100, 20)));
  EXPECT_EQ(n.at("a").at(Split::Train), 70);
  EXPECT_EQ(n.at("a").at(Split::Validation), 20);
  EXPECT_EQ(n.at("a").at(Split::Test), 10);
  EXPECT_EQ(n.at("b").at(Split::Train), 14);
  EXPECT_EQ(n.at("b").at(Split::Validation), 4);
  EXPECT_EQ(n.at("b").at(Split::Test), 2);
}

TEST_F(SplitTest, GroupsByPatternAreNeverOnBothSides) {
  std::vector<Item> given;
  for (int patient = 0; patient < 30; ++patient)
    for (int i = 0; i < 5; ++i)
      given.push_back(bareItem("scans/patient_" + std::to_string(patient) + "_" + std::to_string(i) + ".png", patient % 2 ? "a" : "b"));
  block.set("group_pattern", "patient_(\\d+)_");
  for (const auto* method : {"auto", "exact", "stable", "folds"}) {
    block.set("method", method);
    std::map<std::string, std::set<Split>> partsOf;
    for (const auto& [path, item] : run(given)) {
      EXPECT_FALSE(item.group.empty());
      EXPECT_THAT(path, HasSubstr("patient_" + item.group + "_"));
      partsOf[item.group].insert(item.split);
    }
    EXPECT_EQ(partsOf.size(), 30u) << method;
    for (const auto& [group, parts] : partsOf) EXPECT_EQ(parts.size(), 1u) << method << " " << group;
  }
}

TEST_F(SplitTest, FoldsAreDisjointAndComplete) {
  const auto given = items(23, 17);
  std::map<std::string, int> tested;
  block.set("method", "folds").set("folds", 4);
  for (int fold = 0; fold < 4; ++fold) {
    block.set("fold", fold);
    for (const auto& [path, item] : run(given)) tested[path] += item.split == Split::Test;
  }
  EXPECT_EQ(tested.size(), 40u);
  for (const auto& [path, n] : tested) EXPECT_EQ(n, 1) << path;
  block.set("fold", 4);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "split.fold");
}

TEST_F(SplitTest, LastingPartsStayWhenPicturesAreAdded) {
  block.set("method", "stable");
  const auto before = run(items(300, 200));
  const auto after = run(items(320, 260));
  for (const auto& [path, item] : before) EXPECT_EQ(after.at(path).split, item.split) << path;
  EXPECT_EQ(after.size(), 580u);
}

TEST_F(SplitTest, TheSeedChangesItAndNothingElseDoes) {
  const auto first = run(items(60, 60)), again = run(items(60, 60));
  EXPECT_EQ(first, again);
  block.set("seed", 1);
  EXPECT_NE(run(items(60, 60)), first);
}

TEST_F(SplitTest, PatternsThatAreNoneOrFitNothing) {
  block.input<Dataset>("data", bareSet(block.store(), items(5, 5)));
  block.set("group_pattern", "patient_(");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "split.pattern");
  EXPECT_THAT(block.problem(), HasSubstr("patient_("));
  block.set("group_pattern", "patient_([0-9]+)");
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "split.pattern_unmatched");
  EXPECT_THAT(block.problem(), HasSubstr("a/"));
}

TEST_F(SplitTest, NoPatternAndNoPathHangsOrOverflowsIt) {
  std::vector<Item> given;
  for (int i = 0; i < 20; ++i) given.push_back(bareItem(std::string(200'000, 'a') + std::to_string(i) + "!\xFF", i % 2 ? "a" : "b"));
  const auto begin = std::chrono::steady_clock::now();
  for (const auto* pattern : {"(a+)+$|(a)", "(a|aa)+b|a", "(.*)*x|a", "((a{0,50}){0,50}){0,50}b|a", "(a*)*c|(a)"}) {
    block.clearInputs().input<Dataset>("data", bareSet(block.store(), given));
    block.set("group_pattern", pattern);
    block.run();  // May be refused as too large a pattern; it must come back.
    EXPECT_TRUE(!block.error() || block.error()->code.starts_with("split.pattern")) << pattern;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
}

TEST_F(SplitTest, PathsThatAreNotUtf8HaveGroupsToo) {
  block.set("group_pattern", "caf\u00e9_(.)|caf._(.)").set("method", "exact");
  const auto parts = run({bareItem("caf\xE9_1.png", "a"), bareItem("caf\xC3\xA9_2.png", "b"), bareItem("caf\xC3\xA9_2b.png", "b")});
  EXPECT_EQ(parts.at("caf\xC3\xA9_2.png").group, "2");
  EXPECT_FALSE(parts.at("caf\xE9_1.png").group.empty());
}

TEST_F(SplitTest, RareLabelsAmongSeveralAreSpreadToo) {
  // Every picture has "common"; 20 have "rare" as well, named second; 20 are known to have none.
  std::vector<Item> given;
  for (int i = 0; i < 200; ++i) {
    given.push_back(bareItem("p" + std::to_string(i) + ".png", "common"));
    if (i % 10 == 0) given.back().annotations.push_back({.label = "rare", .author = "import"});
    if (i % 10 == 1) given.back().annotations[0].score = 0;
  }
  DatasetWriter writer{{.task = "multi-label", .classes = {"common", "rare"}, .skipped = {}, .summary = {}}};
  for (const auto& item : given) writer.add(item);
  block.set("method", "exact").set("validation", 20).set("test", 20);
  block.input<Dataset>("data", must(writer.finish(block.store())));
  ASSERT_TRUE(block.run()) << block.problem();
  std::map<Split, int> rare, none;
  for (const auto& [path, item] : itemsByPath(block.store(), must(block.output<Dataset>("data")))) {
    rare[item.split] += item.annotations.size() == 2;
    none[item.split] += item.label() == nullptr;
  }
  for (const auto& counted : {rare, none}) {
    EXPECT_EQ(counted.at(Split::Train), 12);
    EXPECT_EQ(counted.at(Split::Validation), 4);
    EXPECT_EQ(counted.at(Split::Test), 4);
  }
}

TEST_F(SplitTest, ImpossibleSharesAreAnError) {
  block.input<Dataset>("data", bareSet(block.store(), items(5, 5)));
  block.set("validation", 60).set("test", 60);
  EXPECT_FALSE(block.run());
  EXPECT_FALSE(block.error()->hint.empty());
  block.clearInputs().input<Dataset>("data", bareSet(block.store(), {}));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "split.empty");
}

}  // namespace
}  // namespace patchbay::testing
