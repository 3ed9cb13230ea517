// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "engine/torch/model.h"
#include "engine/vision/preprocess.h"
#include "plugins/support/pictures.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A block with toy pictures and the tiny network, ready to run.
struct Tuning {
  explicit Tuning(const std::string& method, int epochs = 12, const ToyData& toy = {.perClass = 30, .width = 40, .height = 36}) {
    set = toyDataset(block.store(), toy);
    block.input<Dataset>("data", set).input("model", tinyBackbone(block.store()));
    block.set("method", method).set("epochs", epochs).set("augment", "none").set("views", "none").set("batch", 16);
    block.set("learning_rate", 5e-3).set("head_learning_rate", 5e-3);
  }
  net::Net model() { return must(net::loadModel(block.store(), block.value("model"))); }
  /// On pictures the network did not learn from.
  double accuracy() {
    const auto net = model();
    const auto preprocess = must(blocks::preprocessOf(net));
    const auto network = must(torch::Model::create(net));
    int right = 0, n = 0;
    for (const auto& item : must(set.items(block.store()))) {
      if (item.split != Split::Test) continue;
      std::vector<float> input(3 * 32 * 32);
      must(vision::decodeForNet(must(block.store().open(item.digest)).bytes(), preprocess, input));
      const auto outputs = must(network.forward(input, 1));
      const auto logits = outputs[0].values();
      right += net.classes[static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin())] == *item.label();
      ++n;
    }
    return static_cast<double>(right) / n;
  }
  BlockHarness block{"patchbay.train.fine_tune"};
  Dataset set;
};

struct EveryMethod : ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(FineTune, EveryMethod, ::testing::Values("last_stages", "head", "lp_ft", "full"),
                         [](const auto& one) { return std::string{one.param}; });

TEST_P(EveryMethod, LearnsAndIsTheSameEveryTime) {
  Tuning first{GetParam()}, second{GetParam()};
  ASSERT_TRUE(first.block.run()) << first.block.problem();
  ASSERT_TRUE(second.block.run()) << second.block.problem();
  EXPECT_EQ(first.block.digest("model"), second.block.digest("model"));
  EXPECT_GE(first.accuracy(), 0.9);
  const auto net = first.model();
  EXPECT_THAT(net.classes, ElementsAre("rows", "columns"));
  EXPECT_EQ(net.input.shape, (net::Shape{3, 32, 32}));
  EXPECT_TRUE(first.block.metric("loss").has_value());
  EXPECT_TRUE(first.block.metric("validation_accuracy").has_value());
  EXPECT_EQ(first.block.value("model").meta["training"]["method"].asText(), GetParam());
  EXPECT_EQ(first.block.value("model").meta["origin"]["licence"].asText(), "0BSD");
}

TEST_P(EveryMethod, GoesOnFromItsCheckpointToTheSameBytes) {
  Tuning whole{GetParam(), 5}, cut{GetParam(), 5};
  ASSERT_TRUE(whole.block.run()) << whole.block.problem();
  // Stopped somewhere within the training: the number of questions until then differs with the method.
  cut.block.stopAt(0, Stop::No);
  int asked = 40;
  for (; asked < 4000; asked *= 2) {
    cut.block.stopAt(asked, Stop::Cancel);
    if (cut.block.run()) break;
    EXPECT_EQ(cut.block.error()->kind, ErrorKind::Cancelled) << cut.block.problem();
    if (!cut.block.events("checkpoint").empty()) break;
  }
  ASSERT_FALSE(cut.block.events("checkpoint").empty()) << "it was never stopped while training";
  cut.block.stopAt(0, Stop::No);
  ASSERT_TRUE(cut.block.run()) << cut.block.problem();
  EXPECT_THAT(cut.block.log(), HasSubstr("goes on from its last checkpoint"));
  EXPECT_EQ(cut.block.digest("model"), whole.block.digest("model"));
}

TEST(FineTune, KeepEndsSoonAndPublishes) {
  Tuning tuning{"full", 10'000};
  tuning.block.stopAt(400, Stop::Keep);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
  EXPECT_THAT(tuning.model().classes, ElementsAre("rows", "columns"));
}

TEST(FineTune, TrainsOnlyFromTheFirstStageOn) {
  Tuning tuning{"last_stages", 2};
  tuning.block.set("first_stage", "block1");
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  const auto before = must(net::foldBatchNorm(tinyNet())), after = tuning.model();
  EXPECT_TRUE(net::identical(after.parameters.at("block0.conv.weight"), before.parameters.at("block0.conv.weight")));
  EXPECT_FALSE(net::identical(after.parameters.at("block1.conv.weight"), before.parameters.at("block1.conv.weight")));
  tuning.block.set("first_stage", "blok1");
  EXPECT_FALSE(tuning.block.run());
  EXPECT_EQ(tuning.block.error()->code, "train.stage");
  EXPECT_THAT(tuning.block.problem(), HasSubstr("block1"));
}

TEST(FineTune, ComputesTheFixedStagesOnce) {
  Tuning tuning{"last_stages", 1};
  tuning.block.set("views", "all");
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  EXPECT_EQ(tuning.block.itemsComputed(), 60);
  // Another learning rate trains again on the activations that are there.
  tuning.block.set("learning_rate", 1e-3).set("dropout", 0);
  tuning.block.job().key = digestOf("another");
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  EXPECT_EQ(tuning.block.itemsComputed(), 0);
}

TEST(FineTune, TakesEveryOption) {
  Tuning tuning{"full", 2};
  tuning.block.set("augment", "standard")
      .set("mixup", 0.2)
      .set("cutmix", 1.0)
      .set("label_smoothing", 10)
      .set("ema", 0.9)
      .set("patience", 1);
  tuning.block.set("balanced", true).set("layer_decay", 0.7).set("batch_norm", "train").set("warm_up", 20);
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  tuning.block.job().key = digestOf("own list");
  tuning.block.set("augment", "own")
      .set("augmentations", Value::List{Value::Map{{"name", "rotate"}, {"probability", 0.5}}})
      .set("batch_norm", "frozen");
  ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
  tuning.block.set("augmentations", Value::List{Value::Map{{"name", "rotat"}}});
  EXPECT_FALSE(tuning.block.run());
  EXPECT_THAT(tuning.block.problem(), HasSubstr("rotat"));
}

TEST(FineTune, LearnsSeveralLabelsAPicture) {
  for (const auto* method : {"last_stages", "lp_ft"}) {
    Tuning tuning{method, 12, {.perClass = 30, .classes = stripeKinds, .width = 40, .height = 36}};
    const auto set = withStripeLabels(tuning.block.store(), tuning.set);
    tuning.block.clearInputs().input<Dataset>("data", set).input("model", tinyBackbone(tuning.block.store()));
    tuning.block.set("balanced", true);
    ASSERT_TRUE(tuning.block.run()) << tuning.block.problem();
    EXPECT_GT(tuning.block.metric("validation_mean_average_precision").value_or(0), 0.9) << method;
    const auto net = tuning.model();
    EXPECT_EQ(net.task, "multi-label");
    EXPECT_THAT(net.classes, ElementsAre("rows", "striped"));
    const auto preprocess = must(blocks::preprocessOf(net));
    const auto network = must(torch::Model::create(net));
    int right = 0, n = 0, both = 0;
    for (const auto& item : must(set.items(tuning.block.store()))) {
      if (item.split != Split::Test) continue;
      std::vector<float> input(3 * 32 * 32);
      must(vision::decodeForNet(must(tuning.block.store().open(item.digest)).bytes(), preprocess, input));
      const auto outputs = must(network.forward(input, 1));
      const auto logits = outputs[0].values();
      const bool rows = item.annotations[0].label == "rows", striped = item.annotations.back().score > 0;
      right += (logits[0] > 0) == rows;
      right += (logits[1] > 0) == striped;
      both += logits[0] > 0 && logits[1] > 0;
      n += 2;
    }
    EXPECT_GE(right, n * 9 / 10) << method;
    EXPECT_GT(both, 0) << "labels do not exclude each other";
  }
}

TEST(FineTune, RefusesDataItCannotLearnFrom) {
  Tuning tuning{"head", 1, {.perClass = 4, .task = "detection", .pictures = false}};
  EXPECT_FALSE(tuning.block.run());
  EXPECT_EQ(tuning.block.error()->kind, ErrorKind::Unsupported);
  Tuning alone{"head", 1, {.perClass = 4, .classes = {"rows"}, .pictures = false}};
  EXPECT_FALSE(alone.block.run());
  EXPECT_EQ(alone.block.error()->code, "train.one_class");
}

}  // namespace
}  // namespace patchbay::testing
