// SPDX-License-Identifier: Apache-2.0
#include "engine/serve/batcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

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
      // Others may begin while one has all processors, and none gets them then.
      twoAlone_ |= alone && (aloneNow_ || now > 1);
      aloneNow_ |= alone;
    }
    gate.wait(true);
    std::this_thread::sleep_for(5ms);
    {
      const std::lock_guard lock{mutex_};
      if (alone) aloneNow_ = false;
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
  bool twoAlone() const {
    const std::lock_guard lock{mutex_};
    return twoAlone_;
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
  bool aloneNow_ = false, twoAlone_ = false;
};

class BatcherTest : public ::testing::Test {
 protected:
  void ask(std::size_t pictures = 1) {
    auto order = std::make_shared<Order>();
    order->model = model;
    order->pictures.resize(pictures);
    ++left;
    order->done = [this] {
      --left;
      left.notify_all();
    };
    ASSERT_TRUE(batcher.submit(order));
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

  std::shared_ptr<SlowModel> model = std::make_shared<SlowModel>();
  std::atomic<int> left{0};
  Metrics metrics;
  Batcher batcher{2, 100, metrics};
};

TEST_F(BatcherTest, APictureThatComesAloneHasAllProcessorsAndKeepsNobodyWaiting) {
  settle();
  ask();
  waitForCalls(1);
  EXPECT_TRUE(model->calls()[0].alone);
  ask();
  waitForCalls(2);
  EXPECT_FALSE(model->calls()[1].alone);
  EXPECT_NE(model->calls()[0].lane, model->calls()[1].lane);
  model->open();
  waitForAll();
}

TEST_F(BatcherTest, ACrowdIsComputedTogether) {
  settle();
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

TEST_F(BatcherTest, WhateverComesOnePictureAtATimeHasAllProcessors) {
  settle();
  model->open();
  for (int i = 0; i < 60; ++i) {
    ask(1 + static_cast<std::size_t>(i % 3));
    if (i % 5 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{i % 20});
  }
  waitForAll();
  EXPECT_FALSE(model->twoAlone());
  std::size_t pictures = 0;
  for (const auto& call : model->calls()) pictures += call.pictures;
  EXPECT_EQ(pictures, 120u);
}

TEST_F(BatcherTest, TakesAllOfAnOrderOrNothing) {
  settle();
  ask(60);
  auto order = std::make_shared<Order>();
  order->model = model;
  order->pictures.resize(60);
  EXPECT_FALSE(batcher.submit(order));
  model->open();
  waitForAll();
}

}  // namespace
}  // namespace patchbay::serve
