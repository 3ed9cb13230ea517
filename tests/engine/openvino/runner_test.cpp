// SPDX-License-Identifier: Apache-2.0
#include "engine/openvino/runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <thread>

#include "engine/base/processor.h"
#include "engine/net/builders.h"
#include "engine/net/onnx.h"
#include "engine/net/passes.h"
#include "tests/engine/torch/small_nets.h"

namespace patchbay::openvino {
namespace {
using torch::testing::randomValues;

/// A whole EfficientNet-Lite0, small pictures, embedding and logits: the kernels that matter are all in it.
const std::string& lite0() {
  static const std::string onnx = [] {
    const auto net = net::initialised(*net::build("efficientnet_lite0", 5, 96), 3);
    return *net::toOnnx(*net::foldBatchNorm(net));
  }();
  return onnx;
}

double cosine(std::span<const float> a, std::span<const float> b) {
  const auto product = [](std::span<const float> x, std::span<const float> y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.);
  };
  return product(a, b) / std::sqrt(product(a, a) * product(b, b));
}

std::vector<float> rows(const std::vector<net::Tensor>& out) { return {out[0].values().begin(), out[0].values().end()}; }

constexpr std::int64_t kEach = 3 * 96 * 96;

TEST(RunnerTest, AdditionOfTenGivesTheBytesOfAllAtOnce) {
  for (const int threads : {1, 2})
    for (const auto precision : {Precision::Float, Precision::Bfloat16IfFast}) {
      auto model = CpuModel::fromOnnx(lite0(), {.threads = threads, .precision = precision});
      ASSERT_TRUE(model) << describe(model.error());
      const std::int64_t count = 27;
      const auto inputs = randomValues(kEach * count, 1);
      const auto all = model->infer(inputs, count);
      ASSERT_TRUE(all) << describe(all.error());
      EXPECT_EQ((*all)[0].shape, (net::Shape{27, 5}));
      const auto expected = rows(*all);
      EXPECT_NE(0, std::memcmp(expected.data(), expected.data() + 5, 5 * sizeof(float)));
      // Alone, at each place of a batch, and among other neighbours.
      for (const std::int64_t item : {0, 7, 13, 26}) {
        const auto one = model->infer({inputs.data() + item * kEach, kEach}, 1);
        EXPECT_EQ(0, std::memcmp(rows(*one).data(), expected.data() + item * 5, 5 * sizeof(float))) << item;
      }
      for (std::int64_t place = 0; place < 8; ++place) {
        auto mixed = randomValues(kEach * 8, static_cast<unsigned>(50 + place), 2);
        std::copy_n(inputs.begin() + 3 * kEach, kEach, mixed.begin() + place * kEach);
        const auto out = model->infer(mixed, 8);
        EXPECT_EQ(0, std::memcmp(rows(*out).data() + place * 5, expected.data() + 3 * 5, 5 * sizeof(float))) << place;
      }
      const auto tail = model->infer({inputs.data() + 17 * kEach, 10 * kEach}, 10);
      EXPECT_EQ(0, std::memcmp(rows(*tail).data(), expected.data() + 17 * 5, 50 * sizeof(float)));
    }
}

TEST(RunnerTest, Bfloat16KeepsWhatFeaturesMeanAndIsFloatWhereTheProcessorHasNone) {
  auto exact = CpuModel::fromOnnx(lite0()), fast = CpuModel::fromOnnx(lite0(), {.precision = Precision::Bfloat16IfFast});
  ASSERT_TRUE(exact && fast);
  EXPECT_EQ(exact->precision(), "f32");
  EXPECT_EQ(fast->precision(), bfloat16InHardware() ? "bf16" : "f32");
  const auto inputs = randomValues(kEach * 8, 5);
  const auto a = rows(*exact->infer(inputs, 8)), b = rows(*fast->infer(inputs, 8));
  EXPECT_EQ(a != b, bfloat16InHardware());
  for (std::size_t row = 0; row < 8; ++row) EXPECT_GE(cosine(std::span{a}.subspan(row * 5, 5), std::span{b}.subspan(row * 5, 5)), .999);
}

TEST(RunnerTest, SameBitsInEveryModelOfTheSameSettings) {
  const auto inputs = randomValues(kEach * 8, 2);
  auto a = CpuModel::fromOnnx(lite0(), {.threads = 2}), b = CpuModel::fromOnnx(lite0(), {.threads = 2});
  ASSERT_TRUE(a && b);
  EXPECT_EQ(rows(*a->infer(inputs, 8)), rows(*b->infer(inputs, 8)));
}

TEST(RunnerTest, RunKeepsTheOrderWhateverTheSizesOfTheBatches) {
  auto model = CpuModel::fromOnnx(lite0(), {.threads = 2});
  ASSERT_TRUE(model);
  const std::int64_t count = 41;
  const auto inputs = randomValues(kEach * count, 3);
  const auto expected = rows(*model->infer(inputs, count));
  std::vector<float> got;
  std::int64_t given = 0, turn = 0;
  const auto done = model->run(
      [&](std::span<float> to, std::int64_t capacity) -> Result<std::int64_t> {
        const auto n = std::min({capacity, count - given, 1 + turn++ % 8});
        std::copy_n(inputs.begin() + given * kEach, n * kEach, to.begin());
        given += n;
        return n;
      },
      [&](std::int64_t first, std::int64_t n, std::span<const std::span<const float>> out) -> Result<> {
        EXPECT_EQ(first * 5, static_cast<std::int64_t>(got.size()));
        EXPECT_EQ(static_cast<std::int64_t>(out[0].size()), n * 5);
        got.insert(got.end(), out[0].begin(), out[0].end());
        return {};
      });
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_EQ(*done, count);
  EXPECT_EQ(got, expected);
}

TEST(RunnerTest, ErrorsEndARunAndTheModelStaysUsable) {
  auto model = CpuModel::fromOnnx(lite0(), {.threads = 2});
  ASSERT_TRUE(model);
  const auto broken = [] { return fail(ErrorKind::NoSpace, "disk", TR("t", "Full."), TR("t", "Free some.")); };
  int sinks = 0, sources = 0;
  const auto bySink =
      model->run([&](std::span<float>, std::int64_t n) -> Result<std::int64_t> { return n; },
                 [&](std::int64_t, std::int64_t, auto) -> Result<> { return ++sinks == 3 ? Result<>{broken()} : Result<>{}; });
  ASSERT_FALSE(bySink);
  EXPECT_EQ(bySink.error().code, "disk");
  EXPECT_EQ(sinks, 3);
  const auto bySource = model->run(
      [&](std::span<float>, std::int64_t n) -> Result<std::int64_t> {
        if (++sources == 4) return broken();
        return n;
      },
      [](std::int64_t, std::int64_t, auto) -> Result<> { return {}; });
  ASSERT_FALSE(bySource);
  EXPECT_EQ(bySource.error().kind, ErrorKind::NoSpace);
  const auto inputs = randomValues(kEach, 4);
  auto fresh = CpuModel::fromOnnx(lite0(), {.threads = 2});
  EXPECT_EQ(rows(*model->infer(inputs, 1)), rows(*fresh->infer(inputs, 1)));
}

TEST(RunnerTest, NamesAndShapesOfPorts) {
  const auto net = *net::withoutHead(net::initialised(*net::build("efficientnet_lite0", 5, 96), 3));
  auto model = CpuModel::fromOnnx(*net::toOnnx(net), {.threads = 1});
  ASSERT_TRUE(model) << describe(model.error());
  EXPECT_EQ(model->input().name, "input");
  EXPECT_EQ(model->input().shape, (net::Shape{3, 96, 96}));
  ASSERT_EQ(model->outputs().size(), 1u);
  EXPECT_EQ(model->outputs()[0].name, "features");
  EXPECT_EQ(model->outputs()[0].shape, net::Shape{1280});
  EXPECT_EQ(model->precision(), "f32");
}

TEST(RunnerTest, SaysWhatIsWrongWithAModel) {
  EXPECT_EQ(CpuModel::fromOnnx("not a model").error().kind, ErrorKind::BadInput);
  EXPECT_EQ(CpuModel::fromOnnx("").error().kind, ErrorKind::BadInput);
  EXPECT_EQ(CpuModel::fromOnnx(std::string_view{lite0()}.substr(0, lite0().size() / 2)).error().kind, ErrorKind::BadInput);
  const auto fixed = *net::toOnnx(net::initialised(*net::build("efficientnet_lite0", 5, 96), 3), {.batch = 4});
  EXPECT_TRUE(CpuModel::fromOnnx(fixed, {.batch = 4}));
  EXPECT_EQ(CpuModel::fromOnnx(fixed, {.batch = 8}).error().kind, ErrorKind::BadInput);
  EXPECT_EQ(CpuModel::fromOnnx(lite0(), {.threads = 0}).error().kind, ErrorKind::Usage);
  EXPECT_FALSE(CpuModel::fromOnnx(lite0())->infer(randomValues(10, 1), 1));
}

TEST(RunnerTest, ComputingInItsOwnRoomGivesTheSameBytes) {
  auto model = CpuModel::fromOnnx(lite0(), {.threads = 1, .batch = 2, .streams = 1, .requests = 1});
  ASSERT_TRUE(model) << describe(model.error());
  const auto inputs = randomValues(kEach * 2, 1);
  const auto all = model->infer(inputs, 2);
  ASSERT_TRUE(all) << describe(all.error());
  const auto room = model->room();
  ASSERT_EQ(room.size(), static_cast<std::size_t>(2 * kEach));
  std::ranges::copy(inputs, room.begin());
  const auto both = model->compute(2);
  ASSERT_TRUE(both) << describe(both.error());
  ASSERT_EQ((*both)[0].size(), 10u);
  EXPECT_EQ(0, std::memcmp((*both)[0].data(), rows(*all).data(), 10 * sizeof(float)));
  std::copy_n(inputs.begin() + kEach, kEach, room.begin());
  const auto one = model->compute(1);
  ASSERT_TRUE(one) << describe(one.error());
  ASSERT_EQ((*one)[0].size(), 5u) << "what is not asked for is not told";
  EXPECT_EQ(0, std::memcmp((*one)[0].data(), rows(*all).data() + 5, 5 * sizeof(float)));
}

}  // namespace
}  // namespace patchbay::openvino
