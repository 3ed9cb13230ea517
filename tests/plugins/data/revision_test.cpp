// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

Digest saved(BlockHarness& block, const Dataset& set) { return set.value().save(block.store()).value(); }

TEST(RevisionBlock, PassesTheRevisionOnByItsDigest) {
  BlockHarness block{"patchbay.data.revision"};
  const auto digest = saved(block, toyDataset(block.store(), {.perClass = 4}));
  block.set("revision", digest.hex());
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), digest);
}

TEST(RevisionBlock, LeavesSuggestionsOutUnlessAskedFor) {
  BlockHarness block{"patchbay.data.revision"};
  auto set = toyDataset(block.store(), {.perClass = 4});
  auto item = set.items(block.store()).value().front();
  const auto label = *item.label();
  item.annotations.push_back({.label = "guess", .score = .9, .author = "model:abc"});
  set = set.with(block.store(), std::vector{item}).value();
  block.set("revision", saved(block, set).hex());
  ASSERT_TRUE(block.run()) << block.problem();
  const auto items = block.output<Dataset>("data")->items(block.store()).value();
  for (const auto& one : items)
    if (one.id == item.id) {
      ASSERT_EQ(one.annotations.size(), 1u);
      EXPECT_EQ(one.annotations.front().label, label);
    }
  block.set("suggestions", true);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("data"), saved(block, set));
}

TEST(RevisionBlock, WithoutAProjectOrPicturesItSaysSo) {
  BlockHarness block{"patchbay.data.revision"};
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "revision.unresolved");
  block.set("revision", saved(block, DatasetWriter{{}}.finish(block.store()).value()).hex());
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "revision.empty");
}

}  // namespace
}  // namespace patchbay::testing
