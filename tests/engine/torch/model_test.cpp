// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/net/builders.h"
#include "engine/net/onnx.h"
#include "engine/openvino/runner.h"
#include "engine/torch/runtime.h"
#include "tests/engine/torch/small_nets.h"
#include "tests/support/net_interpreter.h"

namespace patchbay::torch {
namespace {
using net::Function;
using net::Reduction;
using testing::chain;
using testing::conv;
using testing::randomValues;

std::vector<float> flat(const net::Tensor& t) { return {t.values().begin(), t.values().end()}; }

struct OpCase {
  std::string name;
  net::Net net;
};
void PrintTo(const OpCase& c, std::ostream* out) { *out << c.name; }

/// |a - b| <= 1e-4 (1 + max |a|), and not all zero.
void expectParity(const net::Tensor& a, const net::Tensor& b) {
  ASSERT_EQ(a.shape, b.shape);
  float most = 0, difference = 0;
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    most = std::max(most, std::abs(a.values()[i]));
    difference = std::max(difference, std::abs(a.values()[i] - b.values()[i]));
  }
  EXPECT_GT(most, 1e-3f);
  EXPECT_LE(difference, 1e-4f * (1 + most));
}

net::Net branches(net::Shape input, std::vector<net::OpKind> kinds, net::OpKind join, unsigned seed = 5) {
  auto net = chain(std::move(input), std::move(kinds), seed);
  std::vector<std::string> ends;
  for (auto& op : net.ops) {
    op.inputs = {net.input.name};
    ends.push_back(op.name);
  }
  net.ops.push_back({"join", std::move(join), ends, 0});
  net.outputs = {{"out", "join"}};
  return net;
}

std::vector<OpCase> opCases() {
  std::vector<OpCase> cases{
      {"Conv", chain({3, 7, 6}, {conv(3, 4, 3, 1, {1, 1, 1, 1})})},
      {"ConvSameStride2", chain({3, 8, 8}, {conv(3, 4, 3, 2, {0, 0, 1, 1})})},
      {"ConvDepthwise", chain({4, 8, 8}, {conv(4, 4, 5, 2, {1, 1, 2, 2}, 4)})},
      {"ConvDepthwise3", chain({32, 7, 6}, {conv(32, 32, 3, 1, {1, 1, 1, 1}, 32)})},
      {"ConvDepthwise3Stride2", chain({16, 8, 10}, {conv(16, 16, 3, 2, {0, 0, 1, 1}, 16)})},
      {"ConvDepthwise5", chain({16, 9, 8}, {conv(16, 16, 5, 1, {2, 2, 2, 2}, 16, false)})},
      {"ConvDepthwise5Stride2", chain({48, 8, 8}, {conv(48, 48, 5, 2, {1, 1, 2, 2}, 48)})},
      {"ConvDilatedGroups",
       chain({4, 9, 9}, {net::Conv2d{.in = 4, .out = 6, .kernel = {3, 3}, .dilation = {2, 2}, .padding = {2, 2, 2, 2}, .groups = 2}})},
      {"ConvPointwise", chain({16, 5, 5}, {conv(16, 8, 1)})},
      {"BatchNorm", chain({3, 4, 4}, {net::BatchNorm{3, 1e-3, .1}})},
      {"LayerNorm", chain({5, 6}, {net::LayerNorm{6}})},
      {"Linear", chain({7}, {net::Linear{7, 3}})},
      {"LinearOverLastAxis", chain({4, 7}, {net::Linear{7, 3, false}})},
      {"Softmax", chain({6}, {net::Softmax{-1}})},
      {"MeanPool", chain({3, 5, 4}, {net::GlobalPool{Reduction::Mean, true}})},
      {"MaxGlobalPool", chain({3, 5, 4}, {net::GlobalPool{Reduction::Max, false}})},
      {"MaxPoolPadded", chain({2, 7, 7}, {net::Pool{Reduction::Max, {3, 3}, {2, 2}, {1, 1, 1, 1}}})},
      {"MaxPoolSame", chain({2, 8, 8}, {net::Pool{Reduction::Max, {3, 3}, {2, 2}, {0, 0, 1, 1}}})},
      {"MeanPoolSame", chain({2, 8, 8}, {net::Pool{Reduction::Mean, {3, 3}, {2, 2}, {0, 0, 1, 1}}})},
      {"Flatten", chain({2, 3, 4}, {conv(2, 3, 1), net::Flatten{}})},
      {"Reshape", chain({2, 3, 4}, {conv(2, 2, 1), net::Reshape{{6, -1}}})},
      {"Transpose", chain({2, 3, 4}, {conv(2, 2, 1), net::Transpose{{0, 2, 3, 1}}})},
      {"Add", branches({3, 4, 4}, {conv(3, 4, 1), conv(3, 4, 3, 1, {1, 1, 1, 1})}, net::Add{})},
      {"Mul", branches({3, 4, 4}, {conv(3, 4, 1), conv(3, 4, 1)}, net::Mul{})},
      {"MatMul", branches({4, 5}, {net::Linear{5, 3}, net::Linear{5, 3}}, net::MatMul{true})},
      {"Concat", branches({3, 4, 4}, {conv(3, 4, 1), conv(3, 2, 1), conv(3, 1, 1)}, net::Concat{1})},
  };
  const std::vector<std::pair<std::string, Function>> functions{
      {"Relu", Function::Relu},           {"Relu6", Function::Relu6},     {"HardSigmoid", Function::HardSigmoid},
      {"HardSwish", Function::HardSwish}, {"Sigmoid", Function::Sigmoid}, {"Swish", Function::Swish},
      {"Gelu", Function::Gelu},           {"Tanh", Function::Tanh}};
  for (const auto& [name, function] : functions) cases.push_back({name, chain({3, 4, 4}, {conv(3, 5, 1), net::Activation{function}})});
  return cases;
}

class OpTest : public ::testing::TestWithParam<OpCase> {};
INSTANTIATE_TEST_SUITE_P(Each, OpTest, ::testing::ValuesIn(opCases()), [](const auto& c) { return c.param.name; });

constexpr std::int64_t kCount = 2;

TEST_P(OpTest, AgreesWithPlainLoopsAndOpenVino) {
  const auto& net = GetParam().net;
  const auto inputs = randomValues(kCount * *net::elementCount(net.input.shape), 77);
  const auto model = Model::create(net, {.batchNorm = BatchNormMode::Frozen});
  ASSERT_TRUE(model) << describe(model.error());
  const auto mine = model->forward(inputs, kCount);
  ASSERT_TRUE(mine) << describe(mine.error());
  net::Shape shape{kCount};
  shape.insert(shape.end(), net.input.shape.begin(), net.input.shape.end());
  expectParity(test::NetInterpreter{net}.run(net::Tensor{shape, inputs}).at("out"), (*mine)[0]);
  const auto onnx = net::toOnnx(net);
  ASSERT_TRUE(onnx) << describe(onnx.error());
  auto runner = openvino::CpuModel::fromOnnx(*onnx, {.threads = 1, .batch = 2});
  ASSERT_TRUE(runner) << describe(runner.error());
  const auto theirs = runner->infer(inputs, kCount);
  ASSERT_TRUE(theirs) << describe(theirs.error());
  expectParity((*mine)[0], (*theirs)[0]);
}

/// The derivative by two evaluations a little apart.
TEST_P(OpTest, GradientsAgreeWithFiniteDifferences) {
  const auto& net = GetParam().net;
  auto inputs = randomValues(kCount * *net::elementCount(net.input.shape), 78);
  auto model = Model::create(net, {.batchNorm = BatchNormMode::Frozen});
  ASSERT_TRUE(model) << describe(model.error());
  const auto weights = randomValues((*model->forward(inputs, kCount))[0].size(), 79);
  const auto found = model->gradients(inputs, kCount, weights);
  ASSERT_TRUE(found) << describe(found.error());
  const auto value = [&](const net::Net& changed) {
    const auto out = flat((*Model::create(changed, {.batchNorm = BatchNormMode::Frozen})->forward(inputs, kCount))[0]);
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i) sum += double{out[i]} * weights[i];
    return sum;
  };
  const float h = 1e-3f;
  const auto check = [&](const std::string& name, std::size_t i, double up, double down) {
    const double expected = (up - down) / (2 * h), got = found->at(name).values()[i];
    EXPECT_NEAR(got, expected, .03 * (1 + std::abs(expected))) << name << "[" << i << "]";
  };
  for (std::size_t i = 0; i < inputs.size(); i += 1 + inputs.size() / 12) {
    const float before = inputs[i];
    inputs[i] = before + h;
    const double up = value(net);
    inputs[i] = before - h;
    const double down = value(net);
    inputs[i] = before;
    check(net.input.name, i, up, down);
  }
  for (const auto& [name, tensor] : net.parameters) {
    if (name.ends_with(".mean") || name.ends_with(".var")) continue;
    for (std::size_t i = 0; i < tensor.values().size(); i += 1 + tensor.values().size() / 6) {
      const auto moved = [&](float by) {
        auto changed = net;
        auto values = flat(tensor);
        values[i] += by;
        changed.parameters[name] = net::Tensor{tensor.shape, values};
        return value(changed);
      };
      check(name, i, moved(h), moved(-h));
    }
  }
}

TEST(ModelTest, WholeBackbonesAgreeWithOpenVino) {
  for (const char* name : {"efficientnet_lite0", "resnet18"}) {
    const auto net = net::initialised(*net::build(name, 7, 64), 9);
    const auto inputs = randomValues(2 * 3 * 64 * 64, 80);
    const auto mine = Model::create(net)->forward(inputs, 2);
    ASSERT_TRUE(mine) << describe(mine.error());
    auto runner = openvino::CpuModel::fromOnnx(*net::toOnnx(net), {.threads = 2});
    ASSERT_TRUE(runner) << describe(runner.error());
    expectParity((*mine)[0], (*runner->infer(inputs, 2))[0]);
  }
}

TEST(ModelTest, SamePaddingStartsAtTheFirstPixel) {
  auto net = chain({1, 4, 4}, {conv(1, 1, 3, 2, {0, 0, 1, 1}, 1, false)});
  net.parameters["op0.weight"] = net::Tensor{{1, 1, 3, 3}, {1, 0, 0, 0, 10, 0, 0, 0, 100}};
  std::vector<float> picture(16);
  for (int i = 0; i < 16; ++i) picture[i] = static_cast<float>(i);
  const auto out = Model::create(net)->forward(picture, 1);
  ASSERT_TRUE(out);
  EXPECT_THAT(flat((*out)[0]), ::testing::ElementsAre(0 + 50 + 1000, 2 + 70, 8 + 130, 10 + 150));
}

TEST(ModelTest, FoldedComputesTheSameAndIsWhatIsExported) {
  const auto net = testing::tinyNet(3);
  const auto inputs = randomValues(4 * 3 * 16 * 16, 5);
  const auto plain = Model::create(net, {.batchNorm = BatchNormMode::Frozen}), folded = Model::create(net);
  ASSERT_TRUE(plain && folded);
  const auto a = flat((*plain->forward(inputs, 4))[0]), b = flat((*folded->forward(inputs, 4))[0]);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-4f * (1 + std::abs(a[i])));
  const auto exported = folded->toNet();
  ASSERT_TRUE(exported);
  ASSERT_TRUE(net::validate(*exported));
  for (const auto& op : exported->ops) EXPECT_FALSE(op.as<net::BatchNorm>()) << op.name;
  EXPECT_EQ(flat((*Model::create(*exported)->forward(inputs, 4))[0]), b);
}

TEST(ModelTest, ExportsExactlyWhatItLoaded) {
  const auto net = testing::tinyNet(3);
  const auto back = Model::create(net, {.batchNorm = BatchNormMode::Train})->toNet();
  ASSERT_TRUE(back);
  ASSERT_EQ(back->parameters.size(), net.parameters.size());
  for (const auto& [name, tensor] : net.parameters) EXPECT_TRUE(net::identical(tensor, back->parameters.at(name))) << name;
}

TEST(ModelTest, StopsBetweenOps) {
  auto model = Model::create(testing::tinyNet(3));
  int asked = 0;
  model->setStop([&] { return ++asked > 2; });
  const auto out = model->forward(randomValues(3 * 16 * 16, 5), 1);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().kind, ErrorKind::Cancelled);
}

TEST(ModelTest, RefusesAWrongBatchAndDevicesThatDoNotAnswer) {
  const auto net = testing::tinyNet(3);
  EXPECT_FALSE(Model::create(net)->forward(randomValues(10, 5), 1));
  EXPECT_EQ(Model::create(net, {.device = "gpu"}).error().kind, ErrorKind::Usage);
  EXPECT_EQ(Model::create(net, {.device = "cuda:x"}).error().kind, ErrorKind::Usage);
  const auto none = requireDevice("cuda:99");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::Unsupported);
  EXPECT_FALSE(none.error().hint.empty());
}

TEST(ModelTest, BrokenNetsAreRefused) {
  auto net = testing::tinyNet(3);
  net.parameters.erase("classifier.linear.weight");
  EXPECT_FALSE(Model::create(net));
}

}  // namespace
}  // namespace patchbay::torch
