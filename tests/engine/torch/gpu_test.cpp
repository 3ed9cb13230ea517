// SPDX-License-Identifier: Apache-2.0
// What the engine does on a GPU, against the processor. Skipped, with the reason, where no GPU can be computed on.
#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/net/builders.h"
#include "engine/net/passes.h"
#include "engine/torch/model.h"
#include "engine/torch/module.h"
#include "engine/torch/runtime.h"
#include "tests/engine/torch/colour_source.h"

namespace patchbay::torch {
namespace {

using testing::ColourSource;
using testing::randomValues;
using testing::tinyNet;

double distance(std::span<const float> a, std::span<const float> b) {
  double difference = 0, norm = 0;
  for (std::size_t i = 0; i < b.size(); ++i) difference += (a[i] - b[i]) * (a[i] - b[i]), norm += b[i] * b[i];
  return a.size() == b.size() ? std::sqrt(difference / norm) : 1;
}

class GpuTest : public ::testing::Test {
 protected:
  void SetUp() override {
    initTorch(2);
    if (const auto there = requireDevice("cuda:0"); !there) GTEST_SKIP() << describe(there.error());
  }
  static net::Net lite0() {
    return net::replaceHead(net::initialised(net::build("efficientnet_lite0").value(), 1), {"a", "b", "c"}).value();
  }
};

struct Trained {
  std::vector<float> weights;
  TrainReport report;
};

Result<Trained> train(const net::Net& net, const ModelOptions& how, BatchSource& source, TrainOptions options) {
  options.learningRates = {.02};
  PB_TRY(auto model, Model::create(net, how));
  PB_TRY(auto trainer, Trainer::create(model, source, options));
  Trained out;
  PB_TRY(out.report, trainer.run());
  PB_TRY(const auto trained, model.toNet());
  for (const auto& [name, tensor] : trained.parameters)
    out.weights.insert(out.weights.end(), tensor.values().begin(), tensor.values().end());
  return out;
}

TEST_F(GpuTest, GivesTheOutputsOfTheProcessorAlsoWhenRepeatedAsAGraph) {
  const auto net = lite0();
  const auto here = Model::create(net), there = Model::create(net, {.device = "cuda:0"});
  ASSERT_TRUE(here && there) << describe(there.error());
  ASSERT_NE(there->impl().repeated, nullptr) << "libpatchbay_torch_cuda.so was not loaded";
  for (int call = 0; call < 10; ++call) {
    const auto inputs = randomValues(2 * 3 * 224 * 224, 7 + call);
    const auto expected = here->forward(inputs, 2), found = there->forward(inputs, 2);
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_LE(distance((*found)[0].values(), (*expected)[0].values()), 1e-2) << call;
  }
  std::printf("RESULT graphs kept for EfficientNet-Lite0, batch 2: %d\n", there->impl().repeated->graphs());
}

TEST_F(GpuTest, TrainsLikeTheProcessor) {
  TrainOptions options;
  options.optimiser = Optimiser::Sgd;
  options.batch = 16;
  options.steps = 20;
  options.dropout = .2;
  for (const auto mode : {BatchNormMode::Folded, BatchNormMode::Frozen, BatchNormMode::Train}) {
    ColourSource first, second;
    const auto here = train(tinyNet(3), {.batchNorm = mode}, first, options);
    const auto there = train(tinyNet(3), {.device = "cuda:0", .batchNorm = mode}, second, options);
    ASSERT_TRUE(here && there) << describe(there.error());
    const double apart = distance(there->weights, here->weights);
    EXPECT_LE(apart, 5e-3);
    std::printf("RESULT 20 steps of SGD on the GPU against the processor, BatchNorm mode %d: %.1e\n", static_cast<int>(mode), apart);
    EXPECT_GT(there->report.peakGpuMemory, 0);
  }
}

TEST_F(GpuTest, LearnsInBfloat16) {
  TrainOptions options;
  options.batch = 16;
  options.epochs = 30;
  ColourSource source;
  const auto trained = train(tinyNet(3), {.device = "cuda:0", .precision = Precision::Bfloat16}, source, options);
  ASSERT_TRUE(trained) << describe(trained.error());
  EXPECT_LT(trained->report.validations.back().trainLoss, .6 * trained->report.validations.front().trainLoss);
}

TEST_F(GpuTest, WeightsOfConvolutionsLieChannelsLast) {
  const auto model = Model::create(lite0(), {.device = "cuda:0"});
  ASSERT_TRUE(model);
  for (const auto& p : model->impl().parameters) {
    EXPECT_TRUE(p.tensor.is_cuda());
    EXPECT_TRUE(p.tensor.dim() != 4 || p.tensor.is_contiguous(at::MemoryFormat::ChannelsLast)) << p.name;
  }
}

/// Pictures for a network of 224 pixels; what is on them does not matter.
struct Pictures final : BatchSource {
  std::int64_t size() const override { return 512; }
  Result<> fill(const BatchRequest& request, const BatchView& out) override {
    for (std::size_t i = 0; i < out.inputs.size(); ++i) out.inputs[i] = static_cast<float>(i % 255) / 255;
    std::fill(out.targets.begin(), out.targets.end(), 0.f);
    for (std::size_t i = 0; i < request.items.size(); ++i) out.targets[3 * i + request.items[i] % 3] = 1;
    return {};
  }
};

TEST_F(GpuTest, ABatchThatDoesNotFitIsComputedInPieces) {
  releaseGpuMemory("cuda:0");
  const auto free = static_cast<std::int64_t>(at::accelerator::getMemoryInfo(0).first);
  constexpr std::int64_t left = std::int64_t{3} << 30;
  at::Tensor ballast;
  if (free > left) ballast = at::empty({free - left}, at::TensorOptions{at::kByte}.device(at::kCUDA, 0));
  Pictures pictures;
  TrainOptions options;
  options.batch = 512;
  options.steps = 2;
  const auto trained = train(lite0(), {.device = "cuda:0"}, pictures, options);
  ASSERT_TRUE(trained) << describe(trained.error());
  EXPECT_GT(trained->report.pieces, 1);
  std::printf("RESULT pieces of a batch of 512 in 3 GB: %ld\n", static_cast<long>(trained->report.pieces));
}

}  // namespace
}  // namespace patchbay::torch
