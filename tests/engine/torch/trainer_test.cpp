// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <set>
#include <thread>

#include "engine/net/builders.h"
#include "engine/torch/runtime.h"
#include "engine/torch/sampler.h"
#include "tests/engine/torch/colour_source.h"
#include "tests/engine/torch/small_nets.h"

namespace patchbay::torch {
namespace {
using testing::ColourSource;
using testing::kEach;
using testing::randomValues;
using testing::tinyNet;

/// Everything on that could break an exact resume.
TrainOptions fullOptions() {
  TrainOptions o;
  o.learningRates = {.01, .01, .01, .02};
  o.batch = 16;
  o.epochs = 4;
  o.dropout = .2;
  o.ema = .9;
  o.mixup = .2;
  o.cutmix = 1;
  o.labelSmoothing = .1;
  o.clipNorm = 1;
  o.classWeights = {1, 2, .5};
  o.seed = 7;
  return o;
}

struct Trained {
  TrainReport report;
  net::Net net;
  std::vector<double> losses;
};

Result<Trained> train(const net::Net& net, const TrainOptions& options, TrainHooks hooks = {}, std::string_view checkpoint = {},
                      BatchNormMode mode = BatchNormMode::Folded, std::int64_t examples = 48) {
  PB_TRY(auto model, Model::create(net, {.batchNorm = mode}));
  ColourSource source{examples};
  PB_TRY(auto trainer, Trainer::create(model, source, options));
  if (!checkpoint.empty()) PB_CHECK(trainer.restore(checkpoint));
  Trained out;
  hooks.progress = [&](const StepReport& r) { out.losses.push_back(r.loss); };
  PB_TRY(out.report, trainer.run(hooks));
  PB_TRY(out.net, model.toNet());
  return out;
}

bool sameBits(const net::Net& a, const net::Net& b) {
  if (a.parameters.size() != b.parameters.size()) return false;
  for (const auto& [name, tensor] : a.parameters)
    if (!net::identical(tensor, b.parameters.at(name))) return false;
  return true;
}

/// Part of new pictures that get their own class.
double accuracy(const Model& model) {
  ColourSource source{60};
  std::vector<std::int64_t> items(60);
  std::iota(items.begin(), items.end(), 0);
  std::vector<float> inputs(60 * kEach), targets(60 * 3);
  if (!source.fill({items, 999, 0, 0}, {inputs, targets})) return -1;
  const auto out = model.forward(inputs, 60);
  if (!out) return -1;
  int right = 0;
  for (int i = 0; i < 60; ++i) {
    const auto row = (*out)[0].values().subspan(i * 3, 3);
    right += std::max_element(row.begin(), row.end()) - row.begin() == i % 3;
  }
  return right / 60.;
}

class TrainerTest : public ::testing::Test {
 protected:
  // One thread: two would wait for each other at every tiny op of these nets. Resume is tested with two.
  void SetUp() override { initTorch(1); }
};

TEST_F(TrainerTest, LearnsWithEveryOptimiserAndBatchNormMode) {
  for (const auto mode : {BatchNormMode::Train, BatchNormMode::Frozen, BatchNormMode::Folded})
    for (const auto optimiser : {Optimiser::AdamW, Optimiser::Sgd}) {
      TrainOptions o;
      o.optimiser = optimiser;
      o.learningRates = {optimiser == Optimiser::Sgd ? .03 : .01};
      o.clipNorm = 5;
      o.batch = 16;
      o.epochs = 30;
      auto model = Model::create(tinyNet(3), {.batchNorm = mode});
      ASSERT_TRUE(model);
      ColourSource source;
      auto trainer = Trainer::create(*model, source, o);
      ASSERT_TRUE(trainer) << describe(trainer.error());
      const auto report = trainer->run();
      ASSERT_TRUE(report) << describe(report.error());
      EXPECT_EQ(report->steps, 90);
      EXPECT_LT(report->validations.back().trainLoss, .6 * report->validations.front().trainLoss) << static_cast<int>(mode);
      EXPECT_GE(accuracy(*model), .8) << static_cast<int>(mode) << static_cast<int>(optimiser);
    }
}

TEST_F(TrainerTest, SameSeedSameBitsOtherSeedOtherBits) {
  auto o = fullOptions();
  const auto a = train(tinyNet(3), o), b = train(tinyNet(3), o);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->losses, b->losses);
  EXPECT_TRUE(sameBits(a->net, b->net));
  o.seed = 8;
  EXPECT_FALSE(sameBits(a->net, train(tinyNet(3), o)->net));
}

/// Cancelled at some moment of some step, forward or backward, and resumed from the checkpoint handed out: the same bits.
TEST_F(TrainerTest, ResumeIsBitEqual) {
  for (const auto mode : {BatchNormMode::Folded, BatchNormMode::Train})
    for (const auto optimiser : {Optimiser::AdamW, Optimiser::Sgd}) {
      const bool two = mode == BatchNormMode::Train && optimiser == Optimiser::Sgd;
      initTorch(two ? 2 : 1);
      auto o = fullOptions();
      o.optimiser = optimiser;
      if (two) o.epochs = 2;
      const auto validate = [](const Model& m, std::int64_t) -> Result<double> { return accuracy(m); };
      TrainHooks plain;
      plain.validate = validate;
      const auto whole = train(tinyNet(3), o, plain, {}, mode);
      ASSERT_TRUE(whole) << describe(whole.error());
      std::int64_t questions = 0;
      TrainHooks counting = plain;
      counting.stop = [&] { return ++questions, StopRequest::No; };
      ASSERT_TRUE(train(tinyNet(3), o, counting, {}, mode));
      for (const double part : optimiser == Optimiser::AdamW ? std::vector{.02, .3, .55, .9} : std::vector{.5}) {
        std::string saved;
        TrainHooks stopping = plain;
        std::int64_t asked = 0;
        stopping.checkpointSeconds = 1e9;
        stopping.stop = [&] { return ++asked > part * static_cast<double>(questions) ? StopRequest::Cancel : StopRequest::No; };
        stopping.checkpoint = [&](std::string_view bytes) -> Result<> { return saved = bytes, Result<>{}; };
        const auto first = train(tinyNet(3), o, stopping, {}, mode);
        ASSERT_TRUE(first) << describe(first.error());
        EXPECT_EQ(first->report.end, TrainEnd::Cancelled);
        EXPECT_LT(first->report.steps, whole->report.steps);
        ASSERT_FALSE(saved.empty());
        const auto second = train(tinyNet(3), o, plain, saved, mode);
        ASSERT_TRUE(second) << describe(second.error());
        EXPECT_TRUE(sameBits(whole->net, second->net)) << part;
        auto losses = first->losses;
        losses.insert(losses.end(), second->losses.begin(), second->losses.end());
        EXPECT_EQ(losses, whole->losses);
        ASSERT_EQ(second->report.validations.size(), whole->report.validations.size());
        EXPECT_EQ(second->report.validations.back().trainLoss, whole->report.validations.back().trainLoss);
        EXPECT_EQ(second->report.best, whole->report.best);
      }
    }
}

/// A real backbone, a step of which takes longer than the answer may.
TEST_F(TrainerTest, StopIsObeyedInTheMiddleOfAStep) {
  class Pictures : public BatchSource {
    std::int64_t size() const override { return 1000; }
    Result<> fill(const BatchRequest&, const BatchView& out) override {
      std::fill(out.inputs.begin(), out.inputs.end(), .3f);
      for (std::size_t i = 0; i < out.targets.size(); ++i) out.targets[i] = i % 2 == 0;
      return {};
    }
  } source;
  auto model = Model::create(net::initialised(*net::build("efficientnet_lite0", 2, 160), 1));
  ASSERT_TRUE(model);
  TrainOptions o;
  o.batch = 64;
  o.epochs = 100;
  auto trainer = Trainer::create(*model, source, o);
  ASSERT_TRUE(trainer);
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto wait = std::chrono::milliseconds{1500};
  TrainHooks hooks;
  hooks.stop = [&] { return Clock::now() - begin > wait ? StopRequest::Cancel : StopRequest::No; };
  const auto done = trainer->run(hooks);
  const auto late = Clock::now() - begin - wait;
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_EQ(done->end, TrainEnd::Cancelled);
  EXPECT_LT(late, std::chrono::seconds{2});
}

TEST_F(TrainerTest, ForeignCheckpointsAreRefused) {
  std::string saved;
  TrainHooks hooks;
  hooks.checkpointSeconds = 0;
  hooks.checkpoint = [&](std::string_view bytes) -> Result<> { return saved = bytes, Result<>{}; };
  ASSERT_TRUE(train(tinyNet(3), fullOptions(), hooks));
  auto other = fullOptions();
  other.learningRates = {.1};
  EXPECT_FALSE(train(tinyNet(3), other, {}, saved));
  EXPECT_FALSE(train(tinyNet(3, 16, 1, false), fullOptions(), {}, saved, BatchNormMode::Frozen));
  EXPECT_FALSE(train(tinyNet(3), fullOptions(), {}, std::string_view{saved}.substr(0, saved.size() / 2)));
  EXPECT_FALSE(train(tinyNet(3), fullOptions(), {}, saved, BatchNormMode::Folded, 47));
}

TEST_F(TrainerTest, KeepsTheBestValidatedWeightsAndEndsEarly) {
  auto o = fullOptions();
  o.epochs = 20;
  o.patience = 3;
  std::vector<net::Net> seen;
  const std::vector<double> metrics{.1, .3, .2, .9, .5, .4, .3, .99};
  TrainHooks hooks;
  hooks.validate = [&](const Model& m, std::int64_t) -> Result<double> {
    seen.push_back(*m.toNet());
    return metrics[seen.size() - 1];
  };
  const auto done = train(tinyNet(3), o, hooks);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->report.end, TrainEnd::EarlyStop);
  EXPECT_EQ(done->report.validations.size(), 7u);
  EXPECT_EQ(done->report.best, 3u);
  EXPECT_TRUE(sameBits(done->net, seen[3]));
  EXPECT_FALSE(sameBits(done->net, seen[6]));
}

TEST_F(TrainerTest, KeepEndsSoonWithTheBestSoFar) {
  auto o = fullOptions();
  o.epochs = 1000;
  net::Net best;
  bool keep = false;
  TrainHooks hooks;
  hooks.validate = [&](const Model& m, std::int64_t epoch) -> Result<double> {
    if (epoch == 0) best = *m.toNet();
    keep = epoch == 2;
    return -static_cast<double>(epoch);
  };
  hooks.stop = [&] { return keep ? StopRequest::Keep : StopRequest::No; };
  const auto done = train(tinyNet(3), o, hooks);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->report.end, TrainEnd::Kept);
  EXPECT_EQ(done->report.steps, 9);
  EXPECT_TRUE(sameBits(done->net, best));
}

TEST_F(TrainerTest, FrozenStagesStayAsTheyAre) {
  const auto net = tinyNet(3);
  auto o = fullOptions();
  const auto rates = stageRates(net, .01, .001, .5, "head");
  ASSERT_TRUE(rates);
  EXPECT_THAT(*rates, ::testing::ElementsAre(0, 0, .001, .01));
  o.learningRates = *rates;
  const auto done = train(net, o, {}, {}, BatchNormMode::Frozen);
  ASSERT_TRUE(done);
  for (const auto& [name, tensor] : net.parameters) {
    const bool trained =
        (name.starts_with("head") || name.starts_with("classifier")) && !name.ends_with(".mean") && !name.ends_with(".var");
    EXPECT_EQ(net::identical(tensor, done->net.parameters.at(name)), !trained) << name;
  }
}

TEST_F(TrainerTest, RatesFallWhereTheWidthChanges) {
  EXPECT_THAT(*stageRates(tinyNet(3), 1, .1, .5), ::testing::ElementsAre(.05, .05, .1, 1));
  EXPECT_FALSE(stageRates(tinyNet(3), 1, .1, .5, "nowhere"));
}

/// One SGD step by hand: with momentum starting at zero and Nesterov, the first move is 1.9 rates against the gradient.
TEST_F(TrainerTest, TheLossIsTheOneThatIsDocumented) {
  net::Net net = testing::chain({4}, {net::Linear{4, 3}});
  net.parameters["op0.weight"] = net::Tensor::full({3, 4}, 0);
  net.parameters["op0.bias"] = net::Tensor{{3}, {.5f, -.25f, 0}};
  class Two : public BatchSource {
    std::int64_t size() const override { return 2; }
    Result<> fill(const BatchRequest& request, const BatchView& out) override {
      for (std::size_t i = 0; i < request.items.size(); ++i) {
        const std::vector<float> target = request.items[i] == 0 ? std::vector<float>{1, 0, 0} : std::vector<float>{0, .5f, .5f};
        std::copy(target.begin(), target.end(), out.targets.begin() + static_cast<std::int64_t>(i) * 3);
      }
      return {};
    }
  } source;
  auto model = Model::create(net);
  TrainOptions o;
  o.optimiser = Optimiser::Sgd;
  o.learningRates = {.1};
  o.warmUp = 0;
  o.batch = 2;
  o.steps = 1;
  o.labelSmoothing = .3;
  o.classWeights = {1, 2, 4};
  auto trainer = Trainer::create(*model, source, o);
  ASSERT_TRUE(trainer) << describe(trainer.error());
  double loss = 0;
  TrainHooks hooks;
  hooks.progress = [&](const StepReport& r) { loss = r.loss; };
  ASSERT_TRUE(trainer->run(hooks));
  const std::vector<double> z{.5, -.25, 0};
  double total = 0;
  for (const double v : z) total += std::exp(v);
  const std::vector<std::vector<double>> targets{{.8, .1, .1}, {.1, .45, .45}};
  const std::vector<double> weights{1, 3};
  double expected = 0;
  std::vector<double> gradient(3);
  for (int i = 0; i < 2; ++i)
    for (int c = 0; c < 3; ++c) {
      expected -= weights[i] / 4 * targets[i][c] * (z[c] - std::log(total));
      gradient[c] += weights[i] / 4 * (std::exp(z[c]) / total - targets[i][c]);
    }
  EXPECT_NEAR(loss, expected, 1e-6);
  const auto bias = model->toNet()->parameters.at("op0.bias");
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(bias.values()[c], z[c] - .1 * 1.9 * gradient[c], 1e-6);
}

/// Warm-up, cosine and AdamW (arXiv 1711.05101, algorithm 2) by hand, in double, on soft targets: weights decay, biases do not.
TEST_F(TrainerTest, AdamWStepsAreThoseOfThePaper) {
  constexpr int kItems = 6, kIn = 4, kClasses = 2, kSteps = 12;
  const auto x = randomValues(kItems * kIn, 5), start = randomValues(kIn * kClasses, 6);
  const auto second = [](std::int64_t item) { return static_cast<float>(item % 4) / 3; };  // 0, 1/3, 2/3, 1.
  class Rows : public BatchSource {
   public:
    std::function<void(std::int64_t, std::span<float>, std::span<float>)> write;
    std::int64_t size() const override { return kItems; }
    Result<> fill(const BatchRequest& request, const BatchView& out) override {
      for (std::size_t i = 0; i < request.items.size(); ++i)
        write(request.items[i], out.inputs.subspan(i * kIn, kIn), out.targets.subspan(i * kClasses, kClasses));
      return {};
    }
  } source;
  source.write = [&](std::int64_t item, std::span<float> in, std::span<float> target) {
    std::copy_n(x.begin() + item * kIn, kIn, in.begin());
    target[0] = 1 - (target[1] = second(item));
  };
  net::Net net = testing::chain({kIn}, {net::Linear{kIn, kClasses}});
  net.parameters["op0.weight"] = net::Tensor{{kClasses, kIn}, start};
  net.parameters["op0.bias"] = net::Tensor{{kClasses}, {.5f, -.25f}};
  auto model = Model::create(net);
  TrainOptions o;
  o.learningRates = {.05};
  o.weightDecay = .3;
  o.warmUp = .25;
  o.batch = kItems;
  o.steps = kSteps;
  auto trainer = Trainer::create(*model, source, o);
  ASSERT_TRUE(trainer) << describe(trainer.error());
  ASSERT_TRUE(trainer->run());

  // Weights row by row, then the biases.
  std::vector<double> w(start.begin(), start.end()), first(w.size() + kClasses), square(first.size());
  w.insert(w.end(), {.5, -.25});
  for (int t = 1; t <= kSteps; ++t) {
    std::vector<double> gradient(w.size());
    for (int i = 0; i < kItems; ++i) {
      double z[kClasses];
      for (int c = 0; c < kClasses; ++c) z[c] = std::inner_product(&x[i * kIn], &x[i * kIn] + kIn, &w[c * kIn], w[kClasses * kIn + c]);
      const double p = 1 / (1 + std::exp(z[0] - z[1])), error = (p - second(i)) / kItems;
      for (int c = 0; c < kClasses; ++c) {
        const double g = c == 1 ? error : -error;
        for (int k = 0; k < kIn; ++k) gradient[c * kIn + k] += g * x[i * kIn + k];
        gradient[kClasses * kIn + c] += g;
      }
    }
    const double warm = .25 * kSteps, at = t - 1;
    const double factor = at < warm ? (at + 1) / (warm + 1) : (1 + std::cos(std::numbers::pi * (at - warm) / (kSteps - warm))) / 2;
    for (std::size_t k = 0; k < w.size(); ++k) {
      first[k] = .9 * first[k] + .1 * gradient[k];
      square[k] = .999 * square[k] + .001 * gradient[k] * gradient[k];
      const double step = first[k] / (1 - std::pow(.9, t)) / (std::sqrt(square[k] / (1 - std::pow(.999, t))) + 1e-8);
      w[k] -= .05 * factor * (step + (k < kClasses * kIn ? .3 * w[k] : 0));
    }
  }
  const auto trained = model->toNet();
  ASSERT_TRUE(trained);
  for (int k = 0; k < kClasses * kIn; ++k) EXPECT_NEAR(trained->parameters.at("op0.weight").values()[k], w[k], 2e-5) << k;
  for (int c = 0; c < kClasses; ++c) EXPECT_NEAR(trained->parameters.at("op0.bias").values()[c], w[kClasses * kIn + c], 2e-5) << c;
}

TEST_F(TrainerTest, ErrorsOfTheSourceComeThrough) {
  auto model = Model::create(tinyNet(3));
  ColourSource source;
  source.failing = true;
  const auto done = Trainer::create(*model, source, fullOptions())->run();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "picture");
}

TEST_F(TrainerTest, DivergenceIsSaidAndNotKept) {
  auto o = fullOptions();
  o.learningRates = {1e30};
  o.clipNorm = 0;
  o.warmUp = 0;
  const auto done = train(tinyNet(3), o);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "train.diverged");
}

TEST_F(TrainerTest, SenselessOptionsAreNamed) {
  auto model = Model::create(tinyNet(3));
  ColourSource source;
  const auto where = [&](auto change) {
    auto o = fullOptions();
    change(o);
    const auto made = Trainer::create(*model, source, o);
    return made ? std::string{"accepted"} : made.error().where;
  };
  EXPECT_EQ(where([](auto&) {}), "accepted");
  EXPECT_EQ(where([](auto& o) { o.batch = 0; }), "batch");
  EXPECT_EQ(where([](auto& o) { o.epochs = 0; }), "epochs");
  EXPECT_EQ(where([](auto& o) { o.labelSmoothing = 1; }), "labelSmoothing");
  EXPECT_EQ(where([](auto& o) { o.classWeights = {1, 2}; }), "classWeights");
  EXPECT_EQ(where([](auto& o) { o.learningRates = {1, 2}; }), "learningRates");
  EXPECT_EQ(where([](auto& o) { o.learningRates = {0}; }), "learningRates");
  EXPECT_EQ(where([](auto& o) { o.ema = std::nan(""); }), "ema");
}

TEST(SamplerTest, EveryItemOnceAnEpochInAnOrderThatFollowsFromTheSeed) {
  Sampler a{50, 16, 3, 1}, b{50, 16, 3, 1};
  EXPECT_EQ(a.stepsPerEpoch(), 4);
  std::vector<std::vector<std::int64_t>> orders;
  for (int epoch = 0; epoch < 2; ++epoch) {
    std::vector<std::int64_t> order;
    for (int s = 0; s < 4; ++s)
      for (const auto item : a.items(epoch * 4 + s)) order.push_back(item);
    EXPECT_EQ(std::set<std::int64_t>(order.begin(), order.end()).size(), 50u);
    orders.push_back(order);
  }
  EXPECT_NE(orders[0], orders[1]);
  EXPECT_EQ(b.items(6), a.items(6));
  EXPECT_EQ((Sampler{17, 16, 3, 2}.stepsPerEpoch()), 1);
}

TEST(SamplerTest, MixingKeepsRowsSummingToOneAndCutsRectangles) {
  TrainOptions o;
  o.cutmix = 1;
  std::vector<float> inputs(4 * 3 * 8 * 8), targets{1, 0, 0, 1, 1, 0, 0, 1};
  for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = static_cast<float>(i / 192);
  const std::vector<std::int64_t> shape{3, 8, 8};
  mixBatch(o, shape, Random{4}, 4, {inputs, targets});
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(targets[2 * i] + targets[2 * i + 1], 1, 1e-6);
    const auto kept = std::count(inputs.begin() + i * 192, inputs.begin() + (i + 1) * 192, static_cast<float>(i)) / 192.;
    const double own = targets[2 * i + (i % 2)];
    EXPECT_GE(own, kept - 1e-6);
  }
}

TEST(SamplerTest, BetaHasItsMoments) {
  for (const double a : {.2, 1., 3.}) {
    Random random{11};
    double sum = 0, square = 0;
    for (int i = 0; i < 20000; ++i) {
      const double x = random.beta(a);
      sum += x;
      square += x * x;
    }
    const double mean = sum / 20000;
    EXPECT_NEAR(mean, .5, .01);
    EXPECT_NEAR(square / 20000 - mean * mean, 1 / (4 * (2 * a + 1)), .01);
  }
}

}  // namespace
}  // namespace patchbay::torch
