// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/data/targets.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct LinearProbe : ::testing::Test {
  Dataset toy(const ToyData& how = {.perClass = 40, .pictures = false}) { return toyDataset(block.store(), how); }
  void give(const Dataset& set, double apart = 3) { give(toyEmbedding(block.store(), set, apart), set); }
  void give(const Embedding& e, const Dataset& set) { block.clearInputs().input<Embedding>("embedding", e).input<Dataset>("data", set); }
  Predictions predictions() { return must(block.output<Predictions>("predictions")); }
  BlockHarness block{"patchbay.train.linear_probe"};
};

TEST_F(LinearProbe, LearnsWhatCanBeLearned) {
  give(toy());
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(accuracyOf(predictions(), Split::Test), 1);
  EXPECT_GT(block.metric("c").value_or(0), 0);
  const auto& model = block.value("model");
  EXPECT_EQ(model.meta["name"].asText(), "tiny");
  EXPECT_EQ(model.meta["origin"]["licence"].asText(), "0BSD");
  const auto net = must(net::loadModel(block.store(), model));
  EXPECT_THAT(net.classes, ElementsAre("rows", "columns"));
  EXPECT_EQ(net.parameters.at("classifier.weight").shape, (net::Shape{2, 16}));
  // Probabilities are probabilities.
  const auto p = predictions();
  for (std::size_t i = 0; i < p.ids.size(); ++i) EXPECT_NEAR(p.probabilities[2 * i] + p.probabilities[2 * i + 1], 1, 1e-5);
}

TEST_F(LinearProbe, TheModelsHeadGivesTheBlocksOwnProbabilities) {
  const auto set = toy();
  const auto e = toyEmbedding(block.store(), set, 0.7);
  give(e, set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto net = must(net::loadModel(block.store(), block.value("model")));
  const auto p = predictions();
  const auto w = net.parameters.at("classifier.weight").values(), b = net.parameters.at("classifier.bias").values();
  const auto halves = must(Embedding::load(block.store(), must(Embedding::save(block.store(), e))));
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    double z[2] = {b[0], b[1]};
    for (std::size_t k = 0; k < 2; ++k)
      for (std::size_t c = 0; c < tinyWidth; ++c) z[k] += w[k * tinyWidth + c] * static_cast<double>(halves.values[i * tinyWidth + c]);
    EXPECT_NEAR(p.probabilities[2 * i + 1], 1 / (1 + std::exp(z[0] - z[1])), 1e-4);
  }
}

TEST_F(LinearProbe, TwoRunsAreEqualByteForByte) {
  const auto set = toy({.perClass = 30, .classes = {"a", "b", "c"}, .pictures = false});
  give(set, 0.8);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto model = block.digest("model"), predicted = block.digest("predictions");
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.digest("model"), model);
  EXPECT_EQ(block.digest("predictions"), predicted);
}

TEST_F(LinearProbe, LearnsFromTrainingPicturesAlone) {
  const auto set = toy();
  const auto e = toyEmbedding(block.store(), set, 0.7);
  block.set("strength", "fixed");
  give(e, set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto before = predictions().probabilities;
  // Wrong labels in the test part change nothing but the truth.
  const auto wrong = changed(block.store(), set, [](Item& item) {
    if (item.split == Split::Test) item.annotations[0].label = item.annotations[0].label == "rows" ? "columns" : "rows";
  });
  give(e, wrong);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(predictions().probabilities, before);
}

TEST_F(LinearProbe, UsesGivenProbabilities) {
  // Every picture of the second class is one only to 60 per cent: a model of the probabilities says so too.
  auto set = changed(block.store(), toy({.perClass = 60, .pictures = false}), [](Item& item) {
    item.split = Split::Train;
    if (*item.label() == "columns")
      item.annotations = {{.label = "columns", .score = 0.6, .author = "import"}, {.label = "rows", .score = 0.4, .author = "import"}};
  });
  const auto e = toyEmbedding(block.store(), set);
  const auto meanOfSecond = [&](bool soft) {
    block.set("soft_labels", soft).set("strength", "fixed").set("c", 1.0);
    give(e, set);
    if (!block.run()) throw std::runtime_error{block.problem()};
    const auto p = predictions();
    double sum = 0;
    int n = 0;
    for (std::size_t i = 0; i < p.ids.size(); ++i)
      if (p.truth[i] == 1) sum += p.probabilities[2 * i + 1], ++n;
    return sum / n;
  };
  EXPECT_NEAR(meanOfSecond(true), 0.6, 0.05);
  EXPECT_GT(meanOfSecond(false), 0.9);
}

TEST_F(LinearProbe, CopesWithAClassOfOnePicture) {
  auto set = changed(block.store(), toy(), [first = true](Item& item) mutable {
    if (*item.label() != "columns" || item.split != Split::Train) return;
    if (!first) item.annotations.clear();
    first = false;
  });
  give(set);
  block.set("balanced", true);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(block.log(), HasSubstr("too few pictures"));
  EXPECT_GT(accuracyOf(predictions(), Split::Test), 0.7);
}

TEST_F(LinearProbe, SaysWhatKeepsItFromLearning) {
  const auto set = toy();
  const auto features = toyEmbedding(block.store(), set);
  give(features, changed(block.store(), set, [](Item& item) { item.annotations.clear(); }));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "train.no_labels");
  give(features, changed(block.store(), set, [](Item& item) { item.annotations[0].label = "rows"; }));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "train.one_class");
  auto fewer = features;
  fewer.ids.pop_back();
  fewer.values.resize(fewer.ids.size() * fewer.columns);
  give(fewer, set);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "probe.missing_features");
  auto homeless = features;
  homeless.net = {};
  give(homeless, set);
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->code, "probe.no_network");
  give(features, toy({.perClass = 40, .task = "detection", .pictures = false}));
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Unsupported);
  EXPECT_THAT(block.problem(), HasSubstr("detection"));
}

TEST_F(LinearProbe, LearnsEachOfSeveralLabelsByItself) {
  const auto kinds = toy({.perClass = 40, .classes = stripeKinds, .pictures = false});
  const auto e = toyEmbedding(block.store(), kinds);
  const auto set = withStripeLabels(block.store(), kinds);
  give(e, set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto p = predictions();
  EXPECT_EQ(p.meta["task"].asText(), "multi-label");
  EXPECT_THAT(p.classes, ElementsAre("rows", "striped"));
  const auto targets = must(targetsOf(block.store(), set));
  int right = 0, both = 0;
  for (std::size_t i = 0; i < p.probabilities.size(); ++i) right += (p.probabilities[i] >= .5f) == (targets.probability[i] >= .5f);
  for (std::size_t i = 0; i < p.ids.size(); ++i) both += p.probabilities[2 * i] + p.probabilities[2 * i + 1] > 1.5f;
  EXPECT_EQ(right, 240);
  EXPECT_EQ(both, 40) << "labels do not exclude each other";
  const auto net = must(net::loadModel(block.store(), block.value("model")));
  EXPECT_EQ(net.task, "multi-label");
  // The exported head is the one that predicted: a sigmoid of its scores.
  const auto w = net.parameters.at("classifier.weight").values(), b = net.parameters.at("classifier.bias").values();
  const auto halves = must(Embedding::load(block.store(), must(Embedding::save(block.store(), e))));
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    double z = b[1];
    for (std::size_t c = 0; c < tinyWidth; ++c) z += w[tinyWidth + c] * static_cast<double>(halves.values[i * tinyWidth + c]);
    EXPECT_NEAR(p.probabilities[2 * i + 1], 1 / (1 + std::exp(-z)), 1e-4);
  }
  // One label, there or not, is a task as well.
  const auto alone = must(set.mapped(block.store(), {.task = "multi-label", .classes = {"striped"}}, [](Item& item) -> Result<> {
    std::erase_if(item.annotations, [](const Annotation& a) { return a.label == "rows"; });
    return {};
  }));
  give(e, alone);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto single = must(net::loadModel(block.store(), block.value("model")));
  EXPECT_EQ(single.parameters.at("classifier.weight").shape, (net::Shape{1, 16}));
}

TEST_F(LinearProbe, WarnsOfAClassWithOnePicture) {
  give(changed(block.store(), toy(), [first = true](Item& item) mutable {
    if (*item.label() == "columns" && item.split == Split::Train && !std::exchange(first, false)) item.annotations.clear();
  }));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_THAT(block.log(), HasSubstr("The class \"columns\" has one training picture"));
  EXPECT_THAT(block.log(), HasSubstr("Add pictures of it"));
}

TEST_F(LinearProbe, EndsSoonWhenStopped) {
  // Overlapping classes and a search take longer than the first question.
  const auto set = toy({.perClass = 3000, .classes = {"a", "b", "c", "d"}, .pictures = false});
  give(set, 0.05);
  block.stopAt(1, Stop::Cancel);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled) << block.problem();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{4});
}

}  // namespace
}  // namespace patchbay::testing
