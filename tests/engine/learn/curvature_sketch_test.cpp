// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/curvature_sketch.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <random>

#include "engine/learn/lbfgs.h"
#include "engine/learn/logistic.h"
#include "engine/learn/logistic_problem.h"

namespace patchbay::learn {
namespace {

struct Problem {
  Matrix x;
  std::vector<std::int32_t> labels;
};

/// Features that vary together in a dozen directions and hardly elsewhere; classes overlap.
Problem correlated(std::size_t rows, std::size_t features, int classes) {
  std::mt19937_64 random{7};
  std::normal_distribution<float> normal;
  constexpr std::size_t hidden = 12;
  Matrix mix{hidden, features};
  for (std::size_t h = 0; h < hidden; ++h)
    for (auto& v : mix.row(h)) v = normal(random);
  Problem p{Matrix{rows, features}, {}};
  for (std::size_t i = 0; i < rows; ++i) {
    p.labels.push_back(static_cast<std::int32_t>(random() % static_cast<unsigned>(classes)));
    for (std::size_t h = 0; h < hidden; ++h) {
      const float z = normal(random) + (static_cast<int>(h) == p.labels[i] ? 1.5F : 0.F);
      for (std::size_t j = 0; j < features; ++j) p.x(i, j) += z * mix(h, j);
    }
    for (auto& v : p.x.row(i)) v += 0.3F * normal(random);
  }
  return p;
}

TEST(CurvatureSketch, IsTheInverseWhereTheRankSuffices) {
  const auto p = correlated(600, 40, 3);
  const auto sketch = CurvatureSketch::of(p.x, {}, 2, 40);
  Eigen::MatrixXd x(600, 40);
  for (int i = 0; i < 600; ++i)
    for (int j = 0; j < 40; ++j) x(i, j) = p.x(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  const Eigen::MatrixXd gram = x.transpose() * x / 600;
  const Eigen::VectorXd root = Eigen::Map<const Eigen::VectorXd>{sketch.diagonal().data(), 40}.cwiseSqrt();
  const Eigen::MatrixXd g = root.cwiseInverse().asDiagonal() * gram * root.cwiseInverse().asDiagonal();
  const double share = 0.9;
  const Eigen::MatrixXd bend = root.asDiagonal() * ((1 - share) * Eigen::MatrixXd::Identity(40, 40) + share * g) * root.asDiagonal();

  std::vector<double> q(48), out(48), inverse(48, 1.0);  // 40 features are padded to 48
  for (std::size_t j = 0; j < 40; ++j) {
    q[j] = std::sin(static_cast<double>(j));
    inverse[j] = 1 / sketch.diagonal()[j];
  }
  sketch.solve(q, out, 1, inverse, share);
  const Eigen::VectorXd expected = bend.ldlt().solve(Eigen::Map<const Eigen::VectorXd>{q.data(), 40});
  const Eigen::VectorXd got = Eigen::Map<const Eigen::VectorXd>{out.data(), 40};
  EXPECT_LT((got - expected).norm(), 0.02 * expected.norm());
}

TEST(CurvatureSketch, FindsTheSameOptimumInFewerPasses) {
  const auto p = correlated(1500, 320, 5);
  const LogisticOptions options{.c = 10, .threads = 2};
  const auto rows = prepareRows(p.x, LogisticTargets::labels(p.labels, 5), options);
  ASSERT_TRUE(rows);
  ASSERT_TRUE(sketchPays(p.x));
  LogisticObjective f{*rows, {{0, rows->rows()}}, 2};
  f.setC(options.c);
  std::vector<double> plain(f.parameters()), helped = plain, automatic = plain;

  LbfgsOptions diagonalOnly;
  diagonalOnly.tolerance = options.tolerance;
  diagonalOnly.relativeGain = kFinalGain;
  const auto diagonal = f.diagonal(f.neutralSpread());
  diagonalOnly.precondition = [&](std::span<const double> q, std::span<double> out) {
    for (std::size_t i = 0; i < q.size(); ++i) out[i] = q[i] * diagonal[i];
  };
  const auto without = minimise(std::ref(f), plain, diagonalOnly);
  const double reached = without.value / f.penalty();

  const auto sketch = CurvatureSketch::of(p.x, {}, 2);
  const auto with = fitObjective(f, helped, options, kFinalGain, &sketch);
  const auto chosen = fitObjective(f, automatic, options, kFinalGain);
  ASSERT_TRUE(with && chosen);
  EXPECT_TRUE(with->converged);
  // The diagonal alone may end in float32's noise a little above the optimum.
  EXPECT_LT(with->objective, (1 + 1e-4) * reached);
  EXPECT_NEAR(with->objective, reached, 0.01 * reached);
  EXPECT_NEAR(chosen->objective, with->objective, 1e-4 * reached);
  EXPECT_LT(2 * with->evaluations, without.evaluations);
  EXPECT_LT(chosen->evaluations, without.evaluations);
}

TEST(CurvatureSketch, IsBitEqualForEqualThreads) {
  const auto p = correlated(400, 80, 2);
  for (const int threads : {1, 2}) {
    const auto a = CurvatureSketch::of(p.x, {}, threads), b = CurvatureSketch::of(p.x, {}, threads);
    EXPECT_TRUE(std::ranges::equal(a.values(), b.values()));
    EXPECT_EQ(a.tail(), b.tail());
  }
}

TEST(CurvatureSketch, ConstantAndZeroFeaturesAreNoTrouble) {
  Matrix x{300, 70};
  for (std::size_t i = 0; i < 300; ++i) {
    x(i, 0) = 1;
    x(i, 1) = static_cast<float>(i % 7);
  }
  const auto sketch = CurvatureSketch::of(x, {}, 1);
  std::vector<double> q(80, 1.0), out(80), inverse(80, 1.0);
  sketch.solve(q, out, 1, inverse, 0.5);
  for (const double v : out) EXPECT_TRUE(std::isfinite(v));
}

}  // namespace
}  // namespace patchbay::learn
