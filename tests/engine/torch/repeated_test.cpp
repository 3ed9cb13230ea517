// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/repeated.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "engine/torch/runtime.h"

namespace patchbay::torch {
namespace {

/// A "GPU" that repeats by computing again, as fast as it is told to be.
struct Processor final : GpuLibrary {
  struct Graph final : GpuGraph {
    Graph(std::function<void()> c, std::chrono::milliseconds p) : compute{std::move(c)}, pause{p} {}
    void replay() override {
      std::this_thread::sleep_for(pause);
      compute();
    }
    std::function<void()> compute;
    std::chrono::milliseconds pause;
  };
  std::string describe(int) override { return "processor"; }
  std::unique_ptr<GpuGraph> record(const std::function<void()>& compute, int) override {
    if (refuses) throw std::runtime_error{"operation not permitted when stream is capturing"};
    ++recorded;
    return std::make_unique<Graph>(compute, pause);
  }
  std::string newRing() override { return {}; }
  std::unique_ptr<GpuRing> joinRing(const std::string&, int, int, int) override { return nullptr; }
  std::chrono::milliseconds pause{0};
  bool refuses = false;
  int recorded = 0;
};

struct RepeatedTest : ::testing::Test {
  void SetUp() override { initTorch(1); }
  /// Twice the input, slowly when called plainly.
  std::vector<at::Tensor> run(RepeatedForward& forward, double value, std::int64_t rows = 3) {
    const auto compute = [this](const at::Tensor& x) {
      std::this_thread::sleep_for(plain);
      return std::vector<at::Tensor>{x * 2};
    };
    return forward.run(at::full({rows, 2}, value, at::TensorOptions{at::kFloat}), compute);
  }
  void expectTwice(RepeatedForward& forward, int times) {
    for (int i = 0; i < times; ++i) {
      const auto out = run(forward, i);
      ASSERT_EQ(out.size(), 1u);
      ASSERT_EQ(out[0].sum().item<double>(), 12. * i);
    }
  }
  Processor library;
  std::chrono::milliseconds plain{0};
};

TEST_F(RepeatedTest, WhereAGraphIsSlowerThereIsNone) {
  library.pause = std::chrono::milliseconds{200};
  RepeatedForward forward{library, 0};
  expectTwice(forward, 12);
  EXPECT_EQ(library.recorded, 1);
  EXPECT_EQ(forward.graphs(), 0);
}

TEST_F(RepeatedTest, WhatCannotBeRecordedIsComputedPlainly) {
  library.refuses = true;
  RepeatedForward forward{library, 0};
  expectTwice(forward, 12);
  EXPECT_EQ(forward.graphs(), 0);
}

TEST_F(RepeatedTest, EveryCallHasItsOwnInputAndFewShapesHaveGraphs) {
  RepeatedForward forward{library, 0};
  for (int i = 0; i < 6; ++i)
    for (std::int64_t rows = 1; rows <= 7; ++rows) {
      const auto out = run(forward, i, rows);
      ASSERT_EQ(out[0].sizes(), (std::vector<std::int64_t>{rows, 2}));
      ASSERT_EQ(out[0].sum().item<double>(), 4. * i * static_cast<double>(rows));
    }
  EXPECT_LE(library.recorded, 4);
  EXPECT_GE(library.recorded, 1);
}

}  // namespace
}  // namespace patchbay::torch
