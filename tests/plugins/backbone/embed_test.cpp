// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/processor.h"
#include "engine/net/builders.h"
#include "engine/vision/preprocess.h"
#include "plugins/support/pictures.h"
#include "tests/support/block_harness.h"
#include "tests/support/net_interpreter.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {

struct Embed : ::testing::Test {
  Embed() {
    set = toyDataset(block.store(), {.perClass = 10, .width = 60, .height = 44});
    give(set);
  }
  void give(const Dataset& data) { block.clearInputs().input<Dataset>("data", data).input("model", tinyBackbone(block.store())); }
  Embedding rows() { return must(block.output<Embedding>("embedding")); }
  BlockHarness block{"patchbay.backbone.embed"};
  Dataset set;
};

TEST_F(Embed, OneRowAPictureAsTheNetworkComputesIt) {
  block.set("precision", "full");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto e = rows();
  EXPECT_EQ(e.columns, tinyWidth);
  ASSERT_EQ(e.ids.size(), 20u);
  EXPECT_EQ(e.meta["backbone"].asText(), "tiny");
  const auto items = must(set.items(block.store()));
  const auto net = must(net::withoutHead(tinyNet()));
  const auto preprocess = must(blocks::preprocessOf(net));
  for (const std::size_t i : {0, 7, 19}) {
    EXPECT_EQ(e.ids[i], items[i].id);
    std::vector<float> input(3 * 32 * 32);
    must(vision::decodeForNet(must(block.store().open(items[i].digest)).bytes(), preprocess, input));
    const auto expected = test::NetInterpreter{net}.run(net::Tensor{{1, 3, 32, 32}, input}).begin()->second;
    for (std::size_t c = 0; c < tinyWidth; ++c)
      EXPECT_NEAR(e.values[i * tinyWidth + c], expected.values()[c], 2e-3 * (1 + std::abs(expected.values()[c])));
  }
  // The network that made them is with them.
  EXPECT_EQ(must(net::unpackNet(must(block.store().open(e.net)).text())).outputs.size(), 1u);
}

TEST_F(Embed, FastMeansTheSameAndIsKeptApart) {
  block.set("precision", "full");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto full = rows();
  block.set("precision", "fast");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto fast = rows();
  EXPECT_EQ(block.itemsComputed(), bfloat16InHardware() ? 20 : 0);
  EXPECT_EQ(fast.meta["precision"].asText(), bfloat16InHardware() ? "bfloat16" : "float");
  for (std::size_t i = 0; i < 20; ++i) {
    double both = 0, a = 0, b = 0;
    for (std::size_t c = i * tinyWidth; c < (i + 1) * tinyWidth; ++c) {
      both += full.values[c] * fast.values[c];
      a += full.values[c] * full.values[c];
      b += fast.values[c] * fast.values[c];
    }
    EXPECT_GE(both / std::sqrt(a * b), .999) << i;
  }
}

TEST_F(Embed, ComputesOnlyWhatIsNew) {
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 20);
  const auto before = rows();
  give(toyDataset(block.store(), {.perClass = 15, .width = 60, .height = 44}));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 10);
  EXPECT_EQ(block.itemsCached(), 20);
  give(changed(block.store(), set, [](Item& item) { item.annotations.clear(); }));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 0);
  EXPECT_EQ(rows().values, before.values);
}

TEST_F(Embed, NeighboursChangeNothing) {
  ASSERT_TRUE(block.run()) << block.problem();
  const auto all = rows();
  BlockHarness alone{"patchbay.backbone.embed"};
  const auto one = must(set.items(block.store()))[5];
  must(alone.store().put(must(block.store().open(one.digest)).text()));
  DatasetWriter writer{set.info()};
  writer.add(one);
  alone.input<Dataset>("data", must(writer.finish(alone.store()))).input("model", tinyBackbone(alone.store()));
  ASSERT_TRUE(alone.run()) << alone.problem();
  const auto row = must(alone.output<Embedding>("embedding"));
  EXPECT_EQ(row.values, (std::vector<float>{all.values.begin() + 5 * tinyWidth, all.values.begin() + 6 * tinyWidth}));
}

TEST_F(Embed, SeveralLevelsAreTheEndsOfTheResolutions) {
  block.set("levels", "several");
  ASSERT_TRUE(block.run()) << block.problem();
  // Mean and maximum of stem (8) and block1 (16), mean of the head (16).
  EXPECT_EQ(rows().columns, 2u * 8 + 2 * 16 + 16);
  block.clearInputs()
      .input<Dataset>("data", toyDataset(block.store(), {.perClass = 1}))
      .input("model", must(net::saveModel(block.store(), net::initialised(must(net::build("efficientnet_lite0", 10, 64)), 1))));
  ASSERT_TRUE(block.run()) << block.problem();
  const auto lite = must(net::unpackNet(must(block.store().open(rows().net)).text()));
  for (const auto* stage : {"block4", "block10", "block15", "head"}) EXPECT_GE(lite.findStage(stage), 0) << stage;
  EXPECT_EQ(rows().columns, 2u * (40 + 112 + 320) + 1280);
}

TEST_F(Embed, AStopLosesNothingThatIsDone) {
  // Every result is stored at once, so that what was done before the stop shows.
  block.itemOptions().flushBytes = 1;
  block.stopAt(2, Stop::Cancel);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled);
  block.stopAt(0, Stop::No);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_LT(block.itemsComputed(), 20);
}

}  // namespace
}  // namespace patchbay::testing
