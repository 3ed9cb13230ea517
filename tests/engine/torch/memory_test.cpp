// SPDX-License-Identifier: Apache-2.0
// What a GPU runs into and a processor can show: too little memory for a step, and bfloat16.
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "engine/torch/runtime.h"
#include "engine/torch/trainer.h"
#include "tests/engine/torch/colour_source.h"
#include "tests/engine/torch/small_nets.h"

namespace patchbay::torch {
namespace {

/// LibTorch's memory of the processor, with a limit to what one tensor may take: it fails as that of a GPU does.
class SmallMemory final : public c10::Allocator {
 public:
  SmallMemory() { c10::SetCPUAllocator(this, priority); }
  ~SmallMemory() override { c10::SetCPUAllocator(own_, priority); }
  c10::DataPtr allocate(std::size_t bytes) override {
    largest = std::max(largest, bytes);
    if (bytes > limit) ++failures;
    TORCH_CHECK_WITH(OutOfMemoryError, bytes <= limit, "CUDA out of memory. Tried to allocate ", bytes, " bytes.");
    return own_->allocate(bytes);
  }
  c10::DeleterFnPtr raw_deleter() const override { return own_->raw_deleter(); }
  void copy_data(void* to, const void* from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }

  std::size_t limit = std::numeric_limits<std::size_t>::max(), largest = 0;
  int failures = 0;

 private:
  static constexpr std::uint8_t priority = 200;
  c10::Allocator* own_ = c10::GetDefaultCPUAllocator();
};

struct Outcome {
  std::vector<float> weights;
  TrainReport report;
  std::vector<std::int64_t> divided;
  std::string checkpoint;
};

struct Wish {
  BatchNormMode mode = BatchNormMode::Frozen;
  std::int64_t stopAfter = 0;
  std::string checkpoint;
  double dropout = .2;
  Precision precision = Precision::Float;
  std::int64_t epochs = 2;
};

Result<Outcome> train(const Wish& wish) {
  TrainOptions options;
  options.optimiser = Optimiser::Sgd;
  options.learningRates = {.02};
  options.batch = 16;
  options.epochs = wish.epochs;
  options.dropout = wish.dropout;
  options.classWeights = {1, 2, .5};
  testing::ColourSource source{44};
  PB_TRY(auto model, Model::create(testing::tinyNet(3), {.precision = wish.precision, .batchNorm = wish.mode}));
  PB_TRY(auto trainer, Trainer::create(model, source, options));
  if (!wish.checkpoint.empty()) PB_CHECK(trainer.restore(wish.checkpoint));
  Outcome out;
  std::int64_t steps = 0;
  TrainHooks hooks;
  hooks.progress = [&](const StepReport& report) { steps = report.step; };
  hooks.divided = [&](std::int64_t pieces) { out.divided.push_back(pieces); };
  hooks.stop = [&] { return wish.stopAfter > 0 && steps >= wish.stopAfter ? StopRequest::Cancel : StopRequest::No; };
  hooks.checkpoint = [&](std::string_view bytes) -> Result<> {
    out.checkpoint = bytes;
    return {};
  };
  PB_TRY(out.report, trainer.run(hooks));
  PB_TRY(const auto net, model.toNet());
  for (const auto& [name, tensor] : net.parameters) out.weights.insert(out.weights.end(), tensor.values().begin(), tensor.values().end());
  return out;
}

double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double difference = 0, norm = 0;
  for (std::size_t i = 0; i < b.size(); ++i) difference += (a[i] - b[i]) * (a[i] - b[i]), norm += b[i] * b[i];
  return a.size() == b.size() ? std::sqrt(difference / norm) : 1;
}

class MemoryTest : public ::testing::Test {
 protected:
  void SetUp() override { initTorch(1); }
};

TEST_F(MemoryTest, ABatchThatDoesNotFitIsComputedInPiecesToTheSameResult) {
  SmallMemory memory;
  const auto whole = train({});
  ASSERT_TRUE(whole) << describe(whole.error());
  EXPECT_EQ(whole->report.pieces, 1);
  ASSERT_GT(memory.largest, 0u);

  memory.limit = memory.largest * 3 / 5;
  const auto halves = train({});
  ASSERT_TRUE(halves) << describe(halves.error());
  EXPECT_GT(memory.failures, 0);
  ASSERT_FALSE(halves->divided.empty());
  EXPECT_EQ(halves->divided.front(), 2);
  EXPECT_EQ(halves->report.pieces, halves->divided.back());
  EXPECT_EQ(halves->report.steps, whole->report.steps);
  EXPECT_LE(distance(halves->weights, whole->weights), 1e-6) << "dropout and class weights are those of the whole batch";

  memory.limit = memory.largest / 5;
  const auto more = train({});
  ASSERT_TRUE(more) << describe(more.error());
  EXPECT_GT(more->report.pieces, halves->report.pieces);
  EXPECT_LE(distance(more->weights, whole->weights), 1e-6);
}

TEST_F(MemoryTest, WhoGoesOnKnowsThatItDidNotFit) {
  SmallMemory memory;
  ASSERT_TRUE(train({.stopAfter = 1}));
  memory.limit = memory.largest * 3 / 5;
  const auto undisturbed = train({});
  const auto cut = train({.stopAfter = 2});
  ASSERT_TRUE(undisturbed && cut);
  EXPECT_EQ(cut->report.end, TrainEnd::Cancelled);
  const auto failures = memory.failures;
  const auto resumed = train({.checkpoint = cut->checkpoint});
  ASSERT_TRUE(resumed) << describe(resumed.error());
  EXPECT_EQ(memory.failures, failures);
  EXPECT_TRUE(resumed->divided.empty());
  EXPECT_EQ(resumed->report.pieces, undisturbed->report.pieces);
  EXPECT_GT(resumed->report.pieces, 1);
  EXPECT_TRUE(resumed->weights == undisturbed->weights) << "not the same bits";
}

TEST_F(MemoryTest, WhereOnePictureDoesNotFitItIsSaid) {
  SmallMemory memory;
  ASSERT_TRUE(train({.stopAfter = 1}));
  memory.limit = memory.largest / 40;
  const auto none = train({});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::OutOfMemory) << describe(none.error());
}

TEST_F(MemoryTest, BatchStatisticsOfPiecesStillTrain) {
  SmallMemory memory;
  ASSERT_TRUE(train({.mode = BatchNormMode::Train, .stopAfter = 1}));
  memory.limit = memory.largest * 3 / 5;
  const auto halves = train({.mode = BatchNormMode::Train, .epochs = 6});
  ASSERT_TRUE(halves) << describe(halves.error());
  EXPECT_GT(halves->report.pieces, 1);
  EXPECT_LT(halves->report.validations.back().trainLoss, halves->report.validations.front().trainLoss);
}

TEST_F(MemoryTest, Bfloat16TrainsAndKeepsWeightsInFull) {
  for (const auto mode : {BatchNormMode::Folded, BatchNormMode::Frozen, BatchNormMode::Train}) {
    const auto trained = train({.mode = mode, .dropout = 0, .precision = Precision::Bfloat16, .epochs = 20});
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_LT(trained->report.validations.back().trainLoss, .8 * trained->report.validations.front().trainLoss);
    // A number rounded to bfloat16 has nothing in its lower half.
    int full = 0;
    for (const float weight : trained->weights) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, &weight, sizeof bits);
      full += (bits & 0xffff) != 0;
    }
    EXPECT_GT(full, static_cast<int>(trained->weights.size() / 2));
  }
}

}  // namespace
}  // namespace patchbay::torch
