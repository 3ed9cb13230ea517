// SPDX-License-Identifier: Apache-2.0
#include "engine/net/net.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engine/base/file.h"
#include "engine/net/builders.h"
#include "engine/net/passes.h"
#include "tests/support/net_interpreter.h"
#include "tests/support/small_net.h"
#include "tests/support/temporary_folder.h"

namespace patchbay::net {
namespace {
namespace fs = std::filesystem;
using test::NetInterpreter;
using test::parityDistance;
using test::smallNet;
using test::uniformTensor;

TEST(NetFile, ComesBackTheSameInEveryForm) {
  auto net = smallNet();
  net.classes = {"good", "defective"};
  net.metadata["origin"] = "a test";
  const test::TempFolder folder;
  ASSERT_TRUE(saveNet(net, folder.path()));
  const auto loaded = loadNet(folder.path());
  const auto packed = unpackNet(*packNet(net));
  ASSERT_TRUE(loaded) << describe(loaded.error());
  ASSERT_TRUE(packed) << describe(packed.error());
  for (const Net* copy : {&*loaded, &*packed}) {
    EXPECT_EQ(toJson(toValue(*copy)), toJson(toValue(net)));
    EXPECT_EQ(copy->ops, net.ops);
    EXPECT_EQ(copy->classes, net.classes);
    for (const auto& [name, tensor] : net.parameters) EXPECT_TRUE(identical(copy->parameters.at(name), tensor)) << name;
  }
}

TEST(NetFile, RefusesEveryMissingAndEveryUnknownField) {
  const auto whole = toValue(smallNet());
  ASSERT_TRUE(structureFromValue(whole));
  for (const auto& [key, ignored] : whole.asMap()) {
    auto broken = whole;
    broken.map().erase(key);
    EXPECT_FALSE(structureFromValue(broken)) << key;
  }
  for (std::size_t i = 0; i < whole["ops"].asList().size(); ++i) {
    auto extra = whole;
    extra["ops"].list()[i]["surprise"] = 1;
    EXPECT_FALSE(structureFromValue(extra)) << i;
    for (const auto& [key, ignored] : whole["ops"].asList()[i].asMap()) {
      auto broken = whole;
      broken["ops"].list()[i].map().erase(key);
      auto read = structureFromValue(broken);
      if (read) read->parameters = smallNet().parameters;
      EXPECT_FALSE(read && validate(*read)) << i << key;
    }
  }
  auto newer = whole;
  newer["version"] = 2;
  EXPECT_EQ(structureFromValue(newer).error().kind, ErrorKind::TooNew);
  auto unknown = whole;
  unknown["ops"].list()[0]["kind"] = "quantum";
  EXPECT_THAT(describe(structureFromValue(unknown).error()), ::testing::HasSubstr("quantum"));
}

TEST(NetValidate, FindsWhatDoesNotFit) {
  const auto good = smallNet();
  ASSERT_TRUE(validate(good));
  const auto broken = [&](auto change) {
    Net net = good;
    change(net);
    return !validate(net).has_value();
  };
  EXPECT_TRUE(broken([](Net& n) { n.parameters.erase("a.conv.weight"); }));
  EXPECT_TRUE(broken([](Net& n) { n.parameters["spare"] = Tensor::full({1}, 0); }));
  EXPECT_TRUE(broken([](Net& n) { n.parameters["a.conv.weight"] = Tensor::full({8, 3, 3, 2}, 0); }));
  EXPECT_TRUE(broken([](Net& n) { std::swap(n.ops[0], n.ops[1]); }));
  EXPECT_TRUE(broken([](Net& n) { n.ops[1].name = n.ops[0].name; }));
  EXPECT_TRUE(broken([](Net& n) { n.ops[0].stage = 5; }));
  EXPECT_TRUE(broken([](Net& n) { n.outputs[0].value = "nowhere"; }));
  EXPECT_TRUE(broken([](Net& n) { n.ops[0].as<Conv2d>()->stride = {0, 1}; }));
  EXPECT_TRUE(broken([](Net& n) { n.ops[0].as<Conv2d>()->groups = 2; }));
  EXPECT_TRUE(broken([](Net& n) {
    n.input.shape = {3, 1, 1};
    n.ops[0].as<Conv2d>()->padding = {};
  }));
  EXPECT_TRUE(broken([](Net& n) { n.input.shape = {std::int64_t{1} << 40, std::int64_t{1} << 40}; }));
}

TEST(NetValidate, CountingAnUncheckedNetIsAnErrorNotACrash) {
  auto net = smallNet();
  net.ops.back().stage = 5;  // Found by fuzzing.
  EXPECT_FALSE(cost(net));
}

TEST(Passes, FoldingKeepsTheResult) {
  const auto net = smallNet();
  const auto folded = foldBatchNorm(net);
  ASSERT_TRUE(folded) << describe(folded.error());
  for (const auto& op : folded->ops) EXPECT_FALSE(op.as<BatchNorm>() || op.as<Dropout>()) << op.name;
  const auto x = uniformTensor("x", {2, 3, 9, 9});
  EXPECT_LT(parityDistance(NetInterpreter{*folded}.run(x).at("logits"), NetInterpreter{net}.run(x).at("logits")), 1e-6);
}

TEST(Passes, FoldingLeavesASharedConvolutionAlone) {
  auto net = smallNet();
  net.outputs.push_back({"raw", "a.conv"});  // Somebody else wants the value before the normalisation.
  const auto folded = foldBatchNorm(net);
  ASSERT_TRUE(folded);
  const auto x = uniformTensor("x", {1, 3, 9, 9});
  auto before = NetInterpreter{net}.run(x), after = NetInterpreter{*folded}.run(x);
  EXPECT_LT(parityDistance(after.at("raw"), before.at("raw")), 1e-6);
  EXPECT_LT(parityDistance(after.at("logits"), before.at("logits")), 1e-6);
}

TEST(Passes, CutsAnywhereAndJoinsAgain) {
  const auto net = smallNet();
  const auto x = uniformTensor("x", {2, 3, 9, 9});
  const auto whole = NetInterpreter{net}.run(x).at("logits");
  for (const char* stage : {"b", "pool", "classifier"}) {
    const auto halves = splitAt(net, stage);
    ASSERT_TRUE(halves) << stage << describe(halves.error());
    EXPECT_EQ(halves->lower.parameters.size() + halves->upper.parameters.size(), net.parameters.size());
    const auto boundary = NetInterpreter{halves->lower}.run(x).at("boundary");
    EXPECT_TRUE(identical(NetInterpreter{halves->upper}.run(boundary).at("logits"), whole)) << stage;
    const auto joined = joinSplit(halves->lower, halves->upper);
    ASSERT_TRUE(joined) << describe(joined.error());
    EXPECT_EQ(toJson(toValue(*joined)), toJson(toValue(net)));
    EXPECT_TRUE(identical(NetInterpreter{*joined}.run(x).at("logits"), whole));
  }
  EXPECT_FALSE(splitAt(net, "a"));  // Nothing lies below.
  EXPECT_FALSE(splitAt(net, "unknown"));
}

TEST(Passes, TapsLevelsPooledAndJoined) {
  const auto net = smallNet();
  const auto x = uniformTensor("x", {2, 3, 9, 9});
  const std::vector<Tap> taps{{"a", TapPool::MeanMax}, {"b", TapPool::Max}, {"pool", TapPool::Mean}};
  auto parts = NetInterpreter{*tap(net, taps)}.run(x);
  ASSERT_EQ(parts.size(), 4u);
  const auto map = NetInterpreter{*tap(net, {{"a", TapPool::None}})}.run(x).at("a");
  ASSERT_EQ(map.shape.size(), 4u);
  const auto plane = map.values().subspan(0, static_cast<std::size_t>(map.shape[2] * map.shape[3]));
  EXPECT_EQ(parts.at("a.max").values()[0], *std::max_element(plane.begin(), plane.end()));
  EXPECT_NEAR(parts.at("a.mean").values()[0], std::accumulate(plane.begin(), plane.end(), 0.) / static_cast<double>(plane.size()), 1e-6);
  const auto joined = tap(net, taps, true);
  ASSERT_TRUE(joined);
  EXPECT_FALSE(joined->findOp("classifier"));
  const auto features = NetInterpreter{*joined}.run(x).at("features");
  std::vector<float> expected;
  for (int row = 0; row < 2; ++row)
    for (const char* name : {"a.mean", "a.max", "b.max", "pool"}) {
      const auto values = parts.at(name).values();
      const auto width = static_cast<std::ptrdiff_t>(values.size() / 2);
      expected.insert(expected.end(), values.begin() + row * width, values.begin() + (row + 1) * width);
    }
  EXPECT_THAT(std::vector<float>(features.values().begin(), features.values().end()), ::testing::ElementsAreArray(expected));
  EXPECT_FALSE(tap(net, {{"nowhere", TapPool::Mean}}));
  EXPECT_FALSE(tap(net, {}, true));
}

TEST(Passes, AHeadOfOwnClassesStandsOnTheEmbedding) {
  const auto net = smallNet();
  const auto x = uniformTensor("x", {1, 3, 9, 9});
  const auto features = withoutHead(net);
  ASSERT_TRUE(features);
  const auto embedding = NetInterpreter{*features}.run(x).at("features");
  const auto weight = uniformTensor("w", {3, embedding.shape[1]}), bias = uniformTensor("b", {3});
  const auto headed = replaceHead(net, {"x", "y", "z"}, weight, bias);
  ASSERT_TRUE(headed) << describe(headed.error());
  const auto logits = NetInterpreter{*headed}.run(x).at("logits");
  ASSERT_EQ(logits.shape, (Shape{1, 3}));
  for (std::size_t c = 0; c < 3; ++c) {
    double sum = bias.values()[c];
    for (std::size_t i = 0; i < embedding.values().size(); ++i)
      sum += static_cast<double>(embedding.values()[i]) * weight.values()[c * embedding.values().size() + i];
    EXPECT_NEAR(logits.values()[c], sum, 1e-5);
  }
  EXPECT_FALSE(replaceHead(net, {"x"}, weight, bias));
  EXPECT_FALSE(replaceHead(*features, {"x"}));
}

TEST(Passes, CountsAreThePublishedOnes) {
  struct Known {
    const char* name;
    double gmacs, millions;
  };
  // torchvision's documentation and the EfficientNet-Lite model card.
  for (const auto& [name, gmacs, millions] : {Known{"resnet18", 1.81, 11.69},
                                              {"resnet50", 4.09, 25.56},
                                              {"efficientnet_lite0", .407, 4.7},
                                              {"efficientnet_lite1", .631, 5.4},
                                              {"efficientnet_lite2", .899, 6.1}}) {
    const auto counted = cost(*build(name));
    ASSERT_TRUE(counted);
    EXPECT_NEAR(static_cast<double>(counted->total.macs) / 1e9, gmacs, .06 * gmacs) << name;
    EXPECT_NEAR(static_cast<double>(counted->total.parameters) / 1e6, millions, .02 * millions) << name;
  }
}
}  // namespace
}  // namespace patchbay::net
