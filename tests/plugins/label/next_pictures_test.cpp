// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::HasSubstr;

struct NextPictures : ::testing::Test {
  BlockHarness block{"patchbay.label.next_pictures"};
  Dataset set = toyDataset(block.store(), {.perClass = 30, .split = false, .pictures = false});

  /// Only the first `n` of each class keep their label.
  void give(int n) {
    const auto embedding = toyEmbedding(block.store(), set);
    std::map<std::string, int> seen;
    const auto part = must(set.mapped(block.store(), set.info(), [&](Item& item) -> Result<> {
      if (seen[*item.label()]++ >= n) item.annotations.clear();
      return {};
    }));
    block.input<Dataset>("data", part);
    block.input<Embedding>("embedding", embedding);
  }
};

TEST_F(NextPictures, TypicalOnesOfEachKindWithoutALabel) {
  give(0);
  block.set("count", 4);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto report = *block.output<Report>("report");
  const auto& items = report.body["items"].asList();
  ASSERT_EQ(items.size(), 4u);
  std::set<std::string> kinds;
  for (const auto& one : items) {
    EXPECT_EQ(one["strategy"].asText(), "typiclust");
    EXPECT_THAT(render(textFromValue(one["reason"])), HasSubstr("similar pictures"));
    kinds.insert(one["path"].asText().substr(0, 4));
  }
  EXPECT_EQ(kinds.size(), 2u);
  EXPECT_EQ(block.output<Dataset>("next")->size(), 4u);
  EXPECT_EQ(report.metrics["labelled"].asInt(), 0);
}

TEST_F(NextPictures, UnsureOnesOnceThereAreLabels) {
  give(10);
  block.set("count", 5);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto report = *block.output<Report>("report");
  for (const auto& one : report.body["items"].asList()) {
    EXPECT_EQ(one["strategy"].asText(), "dropquery");
    EXPECT_FALSE(one["nearest"].asList().empty());
    EXPECT_GT(one["scores"]["uncertainty"].asDouble(), 0);
  }
  for (const auto& item : must(block.output<Dataset>("next")->items(block.store()))) EXPECT_FALSE(item.labelled());
  block.set("strategy", "random");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.output<Report>("report")->body["items"].asList()[0]["strategy"].asText(), "random");
}

TEST_F(NextPictures, AskedForMoreThanThereAreAndOfOtherPictures) {
  give(30);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.output<Dataset>("next")->size(), 0u);
  BlockHarness other{"patchbay.label.next_pictures"};
  other.input<Dataset>("data", toyDataset(other.store(), {.perClass = 3, .classes = {"x", "y"}, .split = false, .pictures = false}));
  other.input<Embedding>("embedding",
                         toyEmbedding(other.store(), set = toyDataset(other.store(), {.perClass = 4, .split = false, .pictures = false})));
  EXPECT_FALSE(other.run());
}

}  // namespace
}  // namespace patchbay::testing
