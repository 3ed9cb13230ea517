// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/batcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>

namespace patchbay::serve {
namespace {

using namespace std::chrono_literals;

/// Computes for as long as it is told, and keeps what it was asked.
class SlowModel final : public Predictor {
 public:
  struct Call {
    std::size_t pictures;
    int lane;
    bool alone;
  };
  const Value& about() const override { return about_; }
  std::size_t mostTogether() const override { return 2; }
  std::vector<Result<Value>> predict(std::span<const Picture> pictures, int lane, bool alone) override {
    const int now = ++computing_;
    {
      const std::lock_guard lock{mutex_};
      calls_.push_back({pictures.size(), lane, alone});
      most_ = std::max(most_, now);
      aloneWithOthers_ |= (alone_ || alone) && now > 1;
      alone_ = alone;
    }
    gate.wait(true);
    std::this_thread::sleep_for(5ms);
    {
      const std::lock_guard lock{mutex_};
      if (alone) alone_ = false;
    }
    --computing_;
    return std::vector<Result<Value>>(pictures.size(), Value{"cat"});
  }
  std::vector<Call> calls() const {
    const std::lock_guard lock{mutex_};
    return calls_;
  }
  int most() const {
    const std::lock_guard lock{mutex_};
    return most_;
  }
  bool aloneWithOthers() const {
    const std::lock_guard lock{mutex_};
    return aloneWithOthers_;
  }
  void open() {
    gate = false;
    gate.notify_all();
  }
  std::atomic<bool> gate{true};  ///< Closed: who computes waits.

 private:
  Value about_;
  mutable std::mutex mutex_;
  std::vector<Call> calls_;
  std::atomic<int> computing_{0};
  int most_ = 0;
  bool alone_ = false, aloneWithOthers_ = false;
};

class BatcherTest : public ::testing::Test {
 protected:
  void ask(std::size_t pictures = 1, bool heatMap = false) {
    auto order = std::make_shared<Order>();
    order->model = model;
    order->pictures.resize(pictures);
    for (auto& picture : order->pictures) picture.heatMap = heatMap;
    ++left;
    order->done = [this] {
      --left;
      left.notify_all();
    };
    ASSERT_TRUE(batcher->submit(order));
  }
  void waitForAll() {
    for (int now = left; now > 0; now = left) left.wait(now);
  }
  void waitForCalls(std::size_t count) {
    for (int i = 0; i < 2'000 && model->calls().size() < count; ++i) std::this_thread::sleep_for(1ms);
    ASSERT_GE(model->calls().size(), count);
  }
  /// Until both lanes wait for pictures.
  void settle() { std::this_thread::sleep_for(50ms); }
  void begin(std::chrono::milliseconds patience = 1h) {
    batcher.emplace(2, 100, metrics, patience);
    settle();
  }

  std::shared_ptr<SlowModel> model = std::make_shared<SlowModel>();
  std::atomic<int> left{0};
  Metrics metrics;
  std::optional<Batcher> batcher;
};

TEST_F(BatcherTest, APictureThatComesAloneHasAllProcessorsAndThoseBehindItWait) {
  begin();
  ask();
  waitForCalls(1);
  EXPECT_TRUE(model->calls()[0].alone);
  ask();
  ask();
  settle();
  EXPECT_EQ(model->calls().size(), 1u) << "they would take the processors it counts on";
  model->open();
  waitForAll();
  const auto calls = model->calls();
  ASSERT_EQ(calls.size(), 3u) << "the two that waited are shared out among the lanes";
  EXPECT_FALSE(calls[1].alone);
  EXPECT_FALSE(calls[2].alone);
  EXPECT_NE(calls[1].lane, calls[2].lane);
}

TEST_F(BatcherTest, APictureThatTakesLongKeepsTheOtherLanesOnlyForAWhile) {
  begin(10ms);
  ask();
  waitForCalls(1);
  EXPECT_TRUE(model->calls()[0].alone);
  ask();
  waitForCalls(2);
  EXPECT_FALSE(model->calls()[1].alone);
  model->open();
  waitForAll();
}

TEST_F(BatcherTest, ACrowdIsComputedTogether) {
  begin();
  ask(8);
  waitForCalls(2);
  model->open();
  waitForAll();
  std::size_t pictures = 0;
  for (const auto& call : model->calls()) {
    EXPECT_FALSE(call.alone && call.pictures > 1);
    pictures += call.pictures;
  }
  EXPECT_EQ(pictures, 8u);
  EXPECT_EQ(model->most(), 2) << "one lane did nothing";
}

TEST_F(BatcherTest, AHeatMapKeepsNobodyWaiting) {
  begin();
  ask(1, true);
  waitForCalls(1);
  EXPECT_FALSE(model->calls()[0].alone);
  ask();
  waitForCalls(2);
  model->open();
  waitForAll();
}

TEST_F(BatcherTest, WhateverComesNobodyComputesBesideThePictureThatHasAllProcessors) {
  begin();
  model->open();
  for (int i = 0; i < 60; ++i) {
    ask(1 + static_cast<std::size_t>(i % 3));
    if (i % 5 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{i % 20});
  }
  waitForAll();
  EXPECT_FALSE(model->aloneWithOthers());
  std::size_t pictures = 0;
  for (const auto& call : model->calls()) pictures += call.pictures;
  EXPECT_EQ(pictures, 120u);
}

TEST_F(BatcherTest, TakesAllOfAnOrderOrNothing) {
  begin();
  ask(60);
  auto order = std::make_shared<Order>();
  order->model = model;
  order->pictures.resize(60);
  EXPECT_FALSE(batcher->submit(order));
  model->open();
  waitForAll();
}

}  // namespace
}  // namespace patchbay::serve
