// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/logistic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/learn/kernels.h"
#include "engine/learn/metrics.h"
#include "tests/engine/learn/golden.h"

namespace patchbay::learn {
namespace {

struct Blobs {
  Matrix x;
  std::vector<std::int32_t> y;
  LogisticTargets targets(int classes) const { return LogisticTargets::labels(y, classes); }
};

Blobs blobs(std::size_t rows, std::size_t features, int classes, double spread, unsigned seed = 1) {
  std::mt19937 random{seed};
  std::normal_distribution<float> normal;
  Matrix centres{static_cast<std::size_t>(classes), features};
  for (std::size_t i = 0; i < centres.rows() * features; ++i) centres.data()[i] = static_cast<float>(spread) * normal(random);
  Blobs b{Matrix{rows, features}, {}};
  for (std::size_t i = 0; i < rows; ++i) {
    b.y.push_back(static_cast<std::int32_t>(i % static_cast<std::size_t>(classes)));
    for (std::size_t j = 0; j < features; ++j) b.x(i, j) = centres(static_cast<std::size_t>(b.y[i]), j) + normal(random);
  }
  return b;
}

TEST(Logistic, FindsScikitLearnsOptimum) {
  for (const auto& set : golden()["logistic"].asList()) {
    const Matrix x = matrixOf(set["x"], static_cast<std::size_t>(set["features"].asInt()));
    const auto y = numbers<std::int32_t>(set["y"]);
    const auto targets = LogisticTargets::labels(y, static_cast<int>(set["classes"].asInt()));
    for (const auto& c : set["cases"].asList()) {
      const auto weights = numbers<float>(c["weights"]);
      LogisticOptions o;
      o.c = c["c"].asDouble();
      o.balanced = c["balanced"].asBool();
      o.sampleWeights = weights;
      const auto model = fitLogistic(x, targets, o);
      ASSERT_TRUE(model) << describe(model.error());
      const double want = c["objective"].asDouble();
      EXPECT_NEAR(model->objective, want, 1e-4 * want) << c["name"].asText();
      EXPECT_NEAR(*logisticObjective(x, targets, model->head, o), model->objective, 1e-5 * want) << c["name"].asText();
      expectClose(model->head.probabilities(x.view().rowRange(0, 8)), c["probabilities"], 0.01);
    }
  }
}

TEST(Logistic, SoftTargetsThatAreCertainEqualLabels) {
  for (const int classes : {2, 4}) {
    const auto b = blobs(120, 9, classes, 0.7);
    Matrix soft{120, static_cast<std::size_t>(classes)};
    for (std::size_t i = 0; i < 120; ++i) soft(i, static_cast<std::size_t>(b.y[i])) = 1;
    const auto hard = fitLogistic(b.x, b.targets(classes)), same = fitLogistic(b.x, LogisticTargets::probabilities(soft));
    ASSERT_TRUE(hard && same);
    EXPECT_NEAR(hard->objective, same->objective, 1e-4 * hard->objective);
  }
}

TEST(Logistic, SoftTargetsEqualWeightedCopies) {
  const auto b = blobs(60, 5, 2, 0.6);
  Matrix soft{60, 2}, twice{120, 5};
  std::vector<std::int32_t> labels(120);
  std::vector<float> weights(120);
  for (std::size_t i = 0; i < 60; ++i) {
    soft(i, 1) = static_cast<float>(i % 4) / 3;
    soft(i, 0) = 1 - soft(i, 1);
    for (const std::size_t k : {0U, 1U}) {
      labels[2 * i + k] = static_cast<std::int32_t>(k);
      weights[2 * i + k] = soft(i, k);
      std::ranges::copy(b.x.row(i), twice.row(2 * i + k).begin());
    }
  }
  LogisticOptions o;
  o.sampleWeights = weights;
  const auto a = fitLogistic(b.x, LogisticTargets::probabilities(soft)), c = fitLogistic(twice, LogisticTargets::labels(labels, 2), o);
  ASSERT_TRUE(a && c);
  EXPECT_NEAR(a->objective, c->objective, 1e-4 * c->objective);
}

TEST(Logistic, OneColumnAndSoftmaxAgreeAtHalfThePenalty) {
  const auto b = blobs(100, 6, 2, 0.5);
  LogisticOptions one, two;
  one.c = 1;
  two.c = 0.5;  // Softmax splits the weights between two rows, so the same head costs half the penalty.
  two.oneColumnForTwoClasses = false;
  const auto p = fitLogistic(b.x, b.targets(2), one)->head, q = fitLogistic(b.x, b.targets(2), two)->head;
  EXPECT_EQ(p.outputs(), 1U);
  EXPECT_EQ(q.outputs(), 2U);
  const Matrix a = p.probabilities(b.x), c = q.probabilities(b.x), d = p.softmaxForm().probabilities(b.x);
  for (std::size_t i = 0; i < a.rows(); ++i) {
    EXPECT_NEAR(a(i, 1), c(i, 1), 0.01);
    EXPECT_NEAR(a(i, 1), d(i, 1), 1e-5);
  }
}

TEST(Logistic, SeparableDataReachTheOptimumAndNotOverflow) {
  const auto b = blobs(300, 40, 3, 4);
  LogisticOptions o;
  o.c = 1e4;
  const auto model = fitLogistic(b.x, b.targets(3), o);
  ASSERT_TRUE(model) << describe(model.error());
  EXPECT_EQ(accuracy(confusion(b.y, argmaxRows(model->head.probabilities(b.x)), 3)), 1);
  o.tolerance = 1e-8;
  const auto exact = fitLogistic(b.x, b.targets(3), o);
  EXPECT_NEAR(model->objective, exact->objective, 2e-3 * exact->objective);
}

TEST(Logistic, ConstantAndUnscaledFeaturesAndFewerRowsThanClasses) {
  auto b = blobs(5, 300, 5, 2);
  for (std::size_t i = 0; i < 5; ++i) b.x(i, 0) = 1e4F;
  const auto model = fitLogistic(b.x, b.targets(9));  // Four classes have no row at all.
  ASSERT_TRUE(model) << describe(model.error());
  EXPECT_EQ(argmaxRows(model->head.probabilities(b.x)), b.y);
}

TEST(Logistic, SaysWhatIsWrong) {
  auto b = blobs(20, 4, 2, 1);
  const auto code = [](const auto& result) { return result ? std::string{"none"} : result.error().code; };
  const std::vector<std::int32_t> same(20, 1), outside(20, 7);
  EXPECT_EQ(code(fitLogistic(b.x, LogisticTargets::labels(same, 2))), "learn.one_class");
  EXPECT_EQ(code(fitLogistic(b.x, LogisticTargets::labels(b.y, 1))), "learn.one_class");
  EXPECT_EQ(code(fitLogistic(b.x, LogisticTargets::labels(outside, 2))), "learn.label_range");
  EXPECT_EQ(code(fitLogistic(Matrix{}, LogisticTargets::labels({}, 2))), "learn.no_rows");
  EXPECT_EQ(code(fitLogistic(b.x.view().rowRange(0, 10), b.targets(2))), "learn.size_mismatch");
  LogisticOptions o;
  o.c = 0;
  EXPECT_EQ(code(fitLogistic(b.x, b.targets(2), o)), "learn.bad_option");
  b.x(3, 2) = std::numeric_limits<float>::quiet_NaN();
  const auto broken = fitLogistic(b.x, b.targets(2));
  EXPECT_EQ(code(broken), "learn.not_finite");
  EXPECT_NE(describe(broken.error()).find("Row 4, feature 3"), std::string::npos) << describe(broken.error());
  EXPECT_FALSE(broken.error().hint.empty());
}

TEST(Logistic, StopsWhenAsked) {
  const auto b = blobs(200, 30, 3, 0.2);
  StopFlag stop;
  stop.request();
  LogisticOptions o;
  o.stop = &stop;
  const auto model = fitLogistic(b.x, b.targets(3), o);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(searchLambda(b.x, b.targets(3), o).error().kind, ErrorKind::Cancelled);
}

TEST(Logistic, EqualBytesForEqualThreads) {
  const auto b = blobs(3000, 203, 7, 0.3);
  for (const int threads : {1, 2}) {
    LogisticOptions o;
    o.threads = threads;
    EXPECT_EQ(fitLogistic(b.x, b.targets(7), o)->head, fitLogistic(b.x, b.targets(7), o)->head);
  }
}

TEST(Logistic, WarmStartTakesFewerPassesToTheSameLoss) {
  const auto b = blobs(620, 50, 4, 0.4);
  LogisticOptions o;
  const auto first = fitLogistic(b.x.view().rowRange(0, 600), LogisticTargets::labels(std::span{b.y}.first(600), 4), o);
  const auto cold = fitLogistic(b.x, b.targets(4), o);
  o.warmStart = &first->head;
  const auto warm = fitLogistic(b.x, b.targets(4), o);
  EXPECT_NEAR(warm->objective, cold->objective, 1e-4 * cold->objective);
  EXPECT_LT(warm->evaluations, cold->evaluations);
}

TEST(Logistic, StandardisationFoldsIntoThePlainLayer) {
  auto b = blobs(80, 6, 3, 1);
  for (std::size_t i = 0; i < 80; ++i) b.x(i, 2) = 5, b.x(i, 3) = b.x(i, 3) * 40 + 100;
  const auto s = fitStandardiser(b.x);
  ASSERT_TRUE(s);
  const Matrix z = s->applied(b.x);
  const auto model = fitLogistic(z, b.targets(3));
  const Matrix p = model->head.probabilities(z), q = model->head.folded(*s).probabilities(b.x);
  for (std::size_t i = 0; i < 240; ++i) EXPECT_NEAR(p.data()[i], q.data()[i], 1e-4);
}

TEST(LogisticSearch, PicksPenaltyByHeldOutLossOfEveryRow) {
  const auto b = blobs(400, 60, 4, 0.25);
  LogisticSearchOptions s;
  s.grid = {1e-4, 1e-3, 1e-2, 1e-1, 1, 100};
  const auto found = searchLambda(b.x, b.targets(4), {}, s);
  ASSERT_TRUE(found) << describe(found.error());
  ASSERT_EQ(found->points.size(), 6U);
  EXPECT_GT(found->bestC, 1e-4);
  EXPECT_LT(found->bestC, 1);
  // Folds are of equal size, so the mean over folds is the mean over rows.
  const auto best = std::ranges::max_element(found->points, {}, &LogisticSearchPoint::score);
  EXPECT_NEAR(logLoss(b.y, found->heldOut), -best->score, 1e-6);
  LogisticOptions direct;
  direct.c = found->bestC;
  EXPECT_NEAR(found->model.objective, fitLogistic(b.x, b.targets(4), direct)->objective, 1e-4 * found->model.objective);

  s.threads = 2;
  s.refineSteps = 1;
  const auto refined = searchLambda(b.x, b.targets(4), {}, s);
  EXPECT_EQ(refined->points.size(), 8U);
  EXPECT_EQ(refined->points[0].foldScores, found->points[0].foldScores) << "threads changed a result";
}

TEST(LogisticSearch, RefusesAClassThatOneFoldHoldsAlone) {
  auto b = blobs(50, 5, 2, 1);
  for (auto& y : b.y) y = 0;
  b.y[7] = 1;
  const auto found = searchLambda(b.x, b.targets(2));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "learn.too_few_items");
}

TEST(Kernels, EveryWidthAgreesWithPlainLoops) {
  std::mt19937 random{3};
  std::normal_distribution<float> normal;
  for (const char* name : {"base", "avx2", "avx512"}) {
    const Kernels* k = kernelsNamed(name);
    if (!k) continue;
    for (const std::size_t cols : {1U, 15U, 16U, 67U, 530U}) {
      for (std::size_t classes = 1; classes <= 23; ++classes) {
        const std::size_t rows = 37, stride = paddedTo16(cols), zs = paddedTo16(classes);
        std::vector<float> x(rows * cols), w(classes * stride), z(rows * zs), g(classes * stride), peak(rows), sum(rows);
        for (auto& v : x) v = normal(random);
        for (std::size_t c = 0; c < classes; ++c)
          std::ranges::generate_n(w.begin() + static_cast<std::ptrdiff_t>(c * stride), cols, [&] { return normal(random); });
        k->forward(x.data(), cols, rows, cols, w.data(), stride, classes, z.data(), zs);
        const std::size_t r = 36, c = classes - 1, j = cols - 1;
        double dot = 0, back = 0;
        for (std::size_t i = 0; i < cols; ++i) dot += static_cast<double>(x[r * cols + i]) * w[c * stride + i];
        EXPECT_NEAR(z[r * zs + c], dot, 1e-4) << name << " " << cols << " " << classes;
        for (std::size_t i = 0; i < rows; ++i) back += static_cast<double>(z[i * zs + c]) * x[i * cols + j];
        k->backward(x.data(), cols, rows, cols, z.data(), zs, classes, g.data(), stride);
        EXPECT_NEAR(g[c * stride + j], back, 1e-4 * (1 + std::abs(back))) << name << " " << cols << " " << classes;
        std::vector<double> want(classes);
        for (std::size_t i = 0; i < classes; ++i) want[i] = z[r * zs + i];
        const double top = std::ranges::max(want);
        k->expRows(z.data(), zs, rows, classes, peak.data(), sum.data());
        double total = 0;
        for (const double v : want) total += std::exp(v - top);
        EXPECT_NEAR(sum[r], total, 1e-5 * total) << name << " " << classes;
        EXPECT_FLOAT_EQ(peak[r], static_cast<float>(top));
      }
    }
  }
}

}  // namespace
}  // namespace patchbay::learn
