// SPDX-License-Identifier: Apache-2.0
// The harness itself, on the toy blocks: what a block test can lean on.
#include <gmock/gmock.h>

#include "engine/data/ports.h"
#include "tests/support/block_harness.h"

namespace patchbay::testing {
namespace {

TEST(BlockHarness, RunsABlockAndKeepsWhatItTold) {
  BlockHarness block{"toy.numbers"};
  block.set("count", 4).job().seed = 3;
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(std::ranges::count(block.output<TextValue>("numbers")->text, '\n'), 4);
  EXPECT_EQ(block.metric("number"), 3.0);
  EXPECT_FALSE(block.events("progress").empty());
  const auto first = block.digest("numbers");
  ASSERT_TRUE(block.run());
  EXPECT_EQ(block.digest("numbers"), first);
  block.job().seed = 4;
  ASSERT_TRUE(block.run());
  EXPECT_NE(block.digest("numbers"), first);
}

TEST(BlockHarness, LinksInputsInOrder) {
  BlockHarness block{"toy.join"};
  TextValue a, b;
  a.text = "a";
  b.text = "b";
  block.input<TextValue>("texts", a).input<TextValue>("texts", b).set("separator", "-");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.output<TextValue>("joined")->text, "a-b");
}

TEST(BlockHarness, InjectsAStopAndRefusesBadParameters) {
  BlockHarness block{"toy.numbers"};
  block.stopAt(3, Stop::Cancel);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled);
  BlockHarness bad{"toy.numbers"};
  bad.set("count", -1);
  EXPECT_FALSE(bad.run());
  EXPECT_EQ(bad.error()->kind, ErrorKind::InvalidPipeline);
  EXPECT_THROW(BlockHarness{"toy.nothing"}, std::invalid_argument);
}

TEST(BlockHarness, CachesItemsFromOneRunToTheNext) {
  BlockHarness block{"toy.items"};
  DatasetWriter writer{DatasetInfo{}};
  for (const char* bytes : {"one", "two", "three"}) {
    Item item;
    item.digest = *block.store().put(bytes);
    item.id = makeItemId(bytes, item.digest);
    writer.add(std::move(item));
  }
  block.input("data", writer.finish(block.store())->value());
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 3);
  ASSERT_TRUE(block.run());
  EXPECT_EQ(block.itemsComputed(), 0);
  block.set("factor", 2);
  ASSERT_TRUE(block.run());
  EXPECT_EQ(block.itemsComputed(), 3);
}

TEST(BlockHarness, KeepsCheckpoints) {
  BlockHarness block{"toy.checkpointed"};
  block.set("steps", 10).stopAt(6, Stop::Cancel);
  EXPECT_FALSE(block.run());
  block.stopAt(0, Stop::No);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.log(), "resumed at 5\n");
}

}  // namespace
}  // namespace patchbay::testing
