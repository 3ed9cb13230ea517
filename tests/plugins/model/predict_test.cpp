// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/net/builders.h"
#include "engine/vision/preprocess.h"
#include "plugins/support/views.h"
#include "tests/support/block_harness.h"
#include "tests/support/net_interpreter.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;

struct Predict : ::testing::Test {
  Predict() {
    set = toyDataset(block.store(), {.perClass = 10, .width = 60, .height = 44});
    model = must(net::saveModel(block.store(), tinyNet({"rows", "columns"})));
    give(set);
  }
  void give(const Dataset& data) { block.clearInputs().input<Dataset>("data", data).input("model", model); }
  Predictions predictions() { return must(block.output<Predictions>("predictions")); }
  BlockHarness block{"patchbay.model.predict"};
  Dataset set;
  PortValue model;
};

TEST_F(Predict, GivesWhatTheNetworkComputesForEachPicture) {
  ASSERT_TRUE(block.run()) << block.problem();
  const auto p = predictions();
  EXPECT_THAT(p.classes, ElementsAre("rows", "columns"));
  ASSERT_EQ(p.ids.size(), 20u);
  const auto items = must(set.items(block.store()));
  const auto net = tinyNet({"rows", "columns"});
  const auto preprocess = must(blocks::preprocessOf(net));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(p.ids[i], items[i].id);
    EXPECT_EQ(p.split[i], items[i].split);
    EXPECT_EQ(p.classes[static_cast<std::size_t>(p.truth[i])], *items[i].label());
    std::vector<float> input(3 * 32 * 32);
    must(vision::decodeForNet(must(block.store().open(items[i].digest)).bytes(), preprocess, input));
    const auto logits = test::NetInterpreter{net}.run(net::Tensor{{1, 3, 32, 32}, input}).at("logits");
    EXPECT_NEAR(p.probabilities[2 * i + 1], 1 / (1 + std::exp(logits.values()[0] - logits.values()[1])), 1e-4);
  }
}

TEST_F(Predict, AveragesTheViewsOfAPicture) {
  block.set("views", "all");
  ASSERT_TRUE(block.run()) << block.problem();
  const auto p = predictions();
  const auto item = must(set.items(block.store()))[5];
  const auto net = tinyNet({"rows", "columns"});
  std::vector<float> plain(3 * 32 * 32), input(plain.size());
  must(vision::decodeForNet(must(block.store().open(item.digest)).bytes(), must(blocks::preprocessOf(net)), plain));
  std::set<std::vector<float>> views;
  double mean = 0;
  for (int view = 0; view < 8; ++view) {
    blocks::dihedralView(view, 32, plain, input);
    views.insert(input);
    const auto logits = test::NetInterpreter{net}.run(net::Tensor{{1, 3, 32, 32}, input}).at("logits");
    mean += 1 / (1 + std::exp(logits.values()[0] - logits.values()[1])) / 8;
  }
  EXPECT_EQ(views.size(), 8u);  // No view stands in for another.
  EXPECT_NEAR(p.probabilities[11], mean, 1e-4);
  block.set("views", "none");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 20);  // One view is another function: nothing of it was kept.
}

TEST_F(Predict, AHeadOnFeaturesPredictsToo) {
  const auto features = must(block.store().put(must(net::packNet(must(net::withoutHead(must(net::foldBatchNorm(tinyNet()))))))));
  std::vector<float> weight(32, 0.f);
  weight[16] = 1;  // The second class follows the first feature.
  model = must(net::saveHeadOn(block.store(), features, net::Tensor{{2, 16}, weight}, net::Tensor{{2}, {0.25f, 0}}, {"rows", "columns"}));
  give(set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto p = predictions();
  const auto items = must(set.items(block.store()));
  auto net = must(net::withoutHead(must(net::foldBatchNorm(tinyNet()))));
  const auto preprocess = must(blocks::preprocessOf(net));
  std::vector<float> input(3 * 32 * 32);
  must(vision::decodeForNet(must(block.store().open(items[3].digest)).bytes(), preprocess, input));
  const auto row = test::NetInterpreter{net}.run(net::Tensor{{1, 3, 32, 32}, input}).begin()->second;
  EXPECT_NEAR(p.probabilities[7], 1 / (1 + std::exp(0.25 - row.values()[0])), 1e-4);
}

TEST_F(Predict, ComputesOnlyWhatIsNew) {
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 20);
  const auto before = block.digest("predictions");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 0);
  EXPECT_EQ(block.digest("predictions"), before);
  give(toyDataset(block.store(), {.perClass = 15, .width = 60, .height = 44}));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 10);
  give(changed(block.store(), set, [](Item& item) { item.annotations[0].label = "rows"; }));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 0);
  model = must(net::saveModel(block.store(), net::initialised(tinyNet({"rows", "columns"}), 3)));
  give(set);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.itemsComputed(), 20);
}

TEST_F(Predict, TakesOnlyThePartsThatAreAskedFor) {
  block.set("pictures", "test");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(predictions().ids.size(), 4u);
  block.set("pictures", "held_out");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(predictions().ids.size(), 8u);
}

TEST_F(Predict, SaysWhatIsWrong) {
  model = must(net::saveModel(block.store(), must(net::withoutHead(tinyNet()))));
  give(set);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "predict.no_classes");
  model = must(net::saveModel(block.store(), tinyNet({"rows", "columns"})));
  give(toyDataset(block.store(), {.perClass = 2, .pictures = false}));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::NotFound);
  give(set);
  block.stopAt(1, Stop::Cancel);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace patchbay::testing
