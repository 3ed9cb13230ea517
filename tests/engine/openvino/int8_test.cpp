// SPDX-License-Identifier: Apache-2.0
#include "engine/net/int8.h"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/net/builders.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "engine/openvino/runner.h"
#include "tests/engine/torch/small_nets.h"
#include "tests/support/small_net.h"

namespace patchbay::openvino {
namespace {
using ::testing::Contains;
using torch::testing::randomValues;

/// The least and greatest value of every tensor that is rounded, on the given inputs.
std::map<std::string, net::ValueRange> rangesOn(const std::string& onnx, std::span<const float> inputs, std::int64_t count) {
  const auto names = *net::tensorsToCalibrate(onnx);
  auto model = CpuModel::fromOnnx(*net::withOutputs(onnx, names));
  EXPECT_TRUE(model) << describe(model.error());
  const auto values = *model->infer(inputs, count);
  std::map<std::string, net::ValueRange> out;
  for (std::size_t i = 0; i < model->outputs().size(); ++i) {
    const auto [low, high] = std::ranges::minmax(values[i].values());
    out[model->outputs()[i].name] = {low, high};
  }
  out.erase("logits");
  EXPECT_EQ(out.size(), names.size());
  return out;
}

TEST(Int8, ComputesNearlyTheSameInAQuarterOfTheBytes) {
  const auto folded = *net::foldBatchNorm(net::initialised(*net::build("efficientnet_lite0", 5, 96), 3));
  const auto onnx = *net::toOnnx(folded);
  const std::int64_t count = 8, each = 3 * 96 * 96;
  const auto inputs = randomValues(each * count, 1);
  const auto ranges = rangesOn(onnx, inputs, count);
  const auto small = net::toInt8(onnx, ranges);
  ASSERT_TRUE(small) << describe(small.error());
  EXPECT_EQ(*small, *net::toInt8(onnx, ranges));
  EXPECT_LT(static_cast<double>(small->size()), .275 * static_cast<double>(onnx.size()));
  const auto facts = net::checkOnnx(*small);
  ASSERT_TRUE(facts) << describe(facts.error());
  EXPECT_THAT(facts->ops, Contains("QuantizeLinear"));
  EXPECT_EQ(facts->metadata, net::checkOnnx(onnx)->metadata);
  auto full = *CpuModel::fromOnnx(onnx), rounded = *CpuModel::fromOnnx(*small);
  const auto a = *full.infer(inputs, count), b = *rounded.infer(inputs, count);
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a[0].values().size(); ++i) {
    const double x = a[0].values()[i], y = b[0].values()[i];
    ab += x * y, aa += x * x, bb += y * y;
  }
  EXPECT_GT(ab / std::sqrt(aa * bb), .99);
  EXPECT_NE(ab, aa) << "nothing was rounded";
}

TEST(Int8, FirstConvolutionAndClassifierStay) {
  const auto onnx = *net::toOnnx(*net::foldBatchNorm(test::smallNet()));
  const auto names = *net::tensorsToCalibrate(onnx);
  // Into and out of the second convolution, and both sides of the sum; not the input, nor what is classified.
  EXPECT_EQ(names.size(), 2u);
  const auto inputs = randomValues(3 * 9 * 9 * 4, 2);
  EXPECT_TRUE(net::toInt8(onnx, rangesOn(onnx, inputs, 4)));
}

TEST(Int8, WantsEveryRange) {
  const auto onnx = *net::toOnnx(*net::foldBatchNorm(test::smallNet()));
  EXPECT_FALSE(net::toInt8(onnx, {}));
  EXPECT_FALSE(net::toInt8("no network", {}));
}

}  // namespace
}  // namespace patchbay::openvino
