// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/metrics.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "engine/learn/closed_form.h"
#include "engine/learn/figure_text.h"
#include "engine/learn/intervals.h"
#include "engine/learn/report.h"
#include "tests/engine/learn/golden.h"

namespace patchbay::learn {
namespace {

struct Binary {
  const Value& want = golden()["binary"];
  std::vector<std::int32_t> truth = numbers<std::int32_t>(want["truth"]);
  std::vector<std::uint8_t> positive = numbers<std::uint8_t>(want["truth"]);
  std::vector<float> score = numbers<float>(want["score"]);
  Matrix p{score.size(), 2};
  Binary() {
    for (std::size_t i = 0; i < score.size(); ++i) p(i, 0) = 1 - (p(i, 1) = score[i]);
  }
};

TEST(Metrics, BinaryFiguresEqualScikitLearns) {
  const Binary b;
  EXPECT_NEAR(auroc(b.positive, b.score), b.want["auroc"].asDouble(), 1e-12);
  EXPECT_NEAR(averagePrecision(b.positive, b.score), b.want["average_precision"].asDouble(), 1e-12);
  const auto c = confusion(b.truth, applyThreshold(b.score, 0.5), 2);
  EXPECT_NEAR(f1(c), b.want["f1"].asDouble(), 1e-12);
  EXPECT_NEAR(accuracy(c), b.want["accuracy"].asDouble(), 1e-12);
  EXPECT_NEAR(balancedAccuracy(c), b.want["balanced_accuracy"].asDouble(), 1e-12);
  EXPECT_NEAR(logLoss(b.truth, b.p), b.want["log_loss"].asDouble(), 1e-6);
  EXPECT_NEAR(brier(b.truth, b.p), b.want["brier"].asDouble(), 1e-6);
  const auto roc = rocCurve(b.positive, b.score);
  const auto fpr = numbers<double>(b.want["fpr"]), tpr = numbers<double>(b.want["tpr"]);
  ASSERT_EQ(roc.size(), fpr.size());
  for (std::size_t i = 0; i < roc.size(); ++i) {
    EXPECT_NEAR(roc[i].x, fpr[i], 1e-12);
    EXPECT_NEAR(roc[i].y, tpr[i], 1e-12);
  }
}

TEST(Metrics, MulticlassFiguresEqualScikitLearns) {
  const Value& want = golden()["multi"];
  const auto truth = numbers<std::int32_t>(want["truth"]);
  const Matrix p = matrixOf(want["p"], 4);
  const auto c = confusion(truth, argmaxRows(p), 4);
  EXPECT_EQ(c.counts, numbers<std::uint64_t>(want["confusion"]));
  const auto figures = classFigures(c);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(figures[k].precision, want["precision"].asList()[k].asDouble(), 1e-12);
    EXPECT_NEAR(figures[k].recall, want["recall"].asList()[k].asDouble(), 1e-12);
    EXPECT_NEAR(figures[k].f1, want["f1"].asList()[k].asDouble(), 1e-12);
  }
  EXPECT_NEAR(macroFigures(c).f1, want["macro_f1"].asDouble(), 1e-12);
  EXPECT_NEAR(aurocOneVsRest(truth, p), want["auroc"].asDouble(), 1e-12);
  EXPECT_NEAR(logLoss(truth, p), want["log_loss"].asDouble(), 1e-6);
}

TEST(Metrics, MultiLabelFiguresEqualScikitLearns) {
  const Value& want = golden()["multilabel"];
  const auto figures = multiLabelFigures(numbers<std::uint8_t>(want["truth"]), matrixOf(want["score"], 3));
  ASSERT_TRUE(figures);
  EXPECT_NEAR(figures->meanAveragePrecision, want["map"].asDouble(), 1e-12);
  EXPECT_NEAR(figures->microF1, want["micro_f1"].asDouble(), 1e-12);
  EXPECT_NEAR(figures->macroF1, want["macro_f1"].asDouble(), 1e-12);
}

TEST(Metrics, OneClassHasNoAurocAndAllTiesAreHalf) {
  const std::vector<std::uint8_t> all(4, 1), mixed{1, 0, 1, 0};
  const std::vector<float> score{.1F, .4F, .2F, .9F}, tied(4, .3F);
  EXPECT_TRUE(std::isnan(auroc(all, score)));
  EXPECT_EQ(auroc(mixed, tied), 0.5);
  EXPECT_TRUE(rocCurve(all, score).empty());
  EXPECT_EQ(chooseThreshold(all, score, ThresholdRule::MaxF1).error().code, "learn.one_class");
}

TEST(Metrics, CountsEqualCopies) {
  const Binary b;
  std::vector<std::uint32_t> counts;
  std::vector<std::uint8_t> positive;
  std::vector<float> score;
  for (std::size_t i = 0; i < b.score.size(); ++i) {
    counts.push_back(static_cast<std::uint32_t>(i % 3));
    for (std::size_t k = 0; k < i % 3; ++k) positive.push_back(b.positive[i]), score.push_back(b.score[i]);
  }
  EXPECT_NEAR(auroc(b.positive, b.score, counts), auroc(positive, score), 1e-12);
  EXPECT_NEAR(averagePrecision(b.positive, b.score, counts), averagePrecision(positive, score), 1e-12);
}

TEST(Metrics, ThresholdsReachWhatTheyPromise) {
  const Binary b;
  for (const auto rule : {ThresholdRule::MaxF1, ThresholdRule::MaxBalancedAccuracy}) {
    const auto best = chooseThreshold(b.positive, b.score, rule);
    const auto figure = [&](double t) {
      const auto c = confusion(b.truth, applyThreshold(b.score, t), 2);
      return rule == ThresholdRule::MaxF1 ? f1(c) : balancedAccuracy(c);
    };
    EXPECT_NEAR(figure(best->threshold), best->value, 1e-12);
    for (double t = 0; t < 1; t += 0.05) EXPECT_LE(figure(t), best->value + 1e-12);
  }
  const auto safe = chooseThreshold(b.positive, b.score, ThresholdRule::FixedRecall, 0.9);
  EXPECT_GE(classFigures(confusion(b.truth, applyThreshold(b.score, safe->threshold), 2))[1].recall, 0.9);
}

TEST(Metrics, TemperatureOfFaultlessScoresPromisesNoMoreThanTheirNumber) {
  // 40 items of 4 classes, every one right: the next may still be wrong about once in 40.
  std::vector<std::int32_t> truth;
  Matrix scores{40, 4};
  for (std::size_t i = 0; i < 40; ++i) {
    truth.push_back(static_cast<std::int32_t>(i % 4));
    scores(i, i % 4) = 3;
  }
  const auto t = fitTemperature(truth, scores);
  ASSERT_TRUE(t);
  const auto p = softmaxRows(scores, *t);
  EXPECT_NEAR(p(0, 0), 41.0 / 44, 1e-3);

  Matrix odds{40, 1};
  for (std::size_t i = 0; i < 40; ++i) odds(i, 0) = truth[i] % 2 == 1 ? 2 : -2;
  for (auto& one : truth) one %= 2;
  const auto t2 = fitTemperature(truth, odds);
  ASSERT_TRUE(t2);
  EXPECT_NEAR(1 / (1 + std::exp(-2 / *t2)), 41.0 / 42, 1e-3);
}

TEST(Metrics, CalibrationSeesOverconfidenceAndTemperatureCuresIt) {
  Matrix scores{1000, 2};
  std::vector<std::int32_t> truth;
  for (std::size_t i = 0; i < 1000; ++i) {
    scores(i, 1) = 5;  // Says .993, is right in 4 of 5.
    truth.push_back(i % 5 ? 1 : 0);
  }
  EXPECT_NEAR(calibration(truth, softmaxRows(scores)).ece, 0.9933 - 0.8, 1e-3);
  const auto t = fitTemperature(truth, scores);
  EXPECT_NEAR(*t, 5 / std::log(4.0), 1e-2);
  EXPECT_NEAR(calibration(truth, softmaxRows(scores, *t)).ece, 0, 1e-3);
}

TEST(Intervals, EqualScipys) {
  const Value& want = golden()["intervals"];
  for (const auto& w : want["wilson"].asList()) {
    const auto& v = w.asList();
    const auto got = wilson(static_cast<std::uint64_t>(v[0].asDouble()), static_cast<std::uint64_t>(v[1].asDouble()));
    EXPECT_NEAR(got.low, v[2].asDouble(), 1e-9);
    EXPECT_NEAR(got.high, v[3].asDouble(), 1e-9);
  }
  const auto a = numbers<double>(want["a"]), b = numbers<double>(want["b"]);
  const auto t = pairedT(a, b);
  EXPECT_NEAR(t->low, want["paired_t"].asList()[0].asDouble(), 1e-9);
  EXPECT_NEAR(t->high, want["paired_t"].asList()[1].asDouble(), 1e-9);
  for (const auto& q : want["t975"].asList()) EXPECT_NEAR(studentQuantile(0.975, q.asList()[0].asDouble()), q.asList()[1].asDouble(), 1e-7);
  EXPECT_NEAR(normalQuantile(0.975), want["z975"].asDouble(), 1e-9);
  // 5 folds: variance 1/5 + 1/4 instead of 1/5, so 1.5 times as wide.
  EXPECT_NEAR(correctedResampledT(a, b, 0.25)->high - t->value, 1.5 * (t->high - t->value), 1e-9);
  EXPECT_FALSE(pairedT(a, std::span{b}.first(3)));
  EXPECT_NE(render(t->method).find("95 % paired t"), std::string::npos) << render(t->method);
}

TEST(Intervals, BootstrapMatchesTheFormulaAndKnowsGroups) {
  std::vector<double> hit(1000);
  std::vector<std::uint32_t> groups(1000);
  for (std::size_t i = 0; i < 1000; ++i) hit[i] = i / 10 % 5 ? 1 : 0, groups[i] = static_cast<std::uint32_t>(i / 10);
  const CountedMetric rate = [&](Counts n) {
    double sum = 0, all = 0;
    for (std::size_t i = 0; i < n.size(); ++i) sum += n[i] * hit[i], all += n[i];
    return sum / all;
  };
  const auto plain = bootstrap(1000, rate), same = bootstrap(1000, rate, {.threads = 2});
  EXPECT_NEAR(plain.high - plain.low, 2 * 1.96 * std::sqrt(.16 / 1000), 0.006);
  EXPECT_EQ(plain.low, same.low);
  const CountedMetric meanNumber = [](Counts n) {
    double sum = 0;
    for (std::size_t i = 0; i < n.size(); ++i) sum += n[i] * static_cast<double>(i);
    return sum;
  };
  EXPECT_NE(bootstrap(1000, meanNumber).low, bootstrap(1000, meanNumber, {.seed = 1}).low);
  // All ten items of a group agree, so 1,000 items know as much as 100.
  const auto grouped = bootstrap(1000, rate, {.groupOf = groups});
  EXPECT_NEAR(grouped.high - grouped.low, 2 * 1.96 * std::sqrt(.16 / 100), 0.025);
  EXPECT_NE(render(grouped.method).find("groups"), std::string::npos);
  const auto none = pairedBootstrap(1000, rate, rate);
  EXPECT_EQ(none.value, 0);
  EXPECT_TRUE(std::isnan(none.low)) << "resamples that are all alike say nothing";
}

TEST(Report, HoldsEveryFigureWithItsInterval) {
  const Binary b;
  const auto r = evaluateClassification(b.truth, b.p, {.threshold = 0.5});
  ASSERT_TRUE(r) << describe(r.error());
  EXPECT_NEAR(r->auroc.value, b.want["auroc"].asDouble(), 1e-12);
  EXPECT_NEAR(r->f1->value, b.want["f1"].asDouble(), 1e-12);
  for (const auto* m :
       {&r->accuracy, &r->balancedAccuracy, &r->macroF1, &r->auroc, &r->logLoss, &r->brier, &*r->f1, &*r->averagePrecision}) {
    EXPECT_LT(m->low, m->value);
    EXPECT_GT(m->high, m->value);
    EXPECT_FALSE(m->method.empty());
  }
  const Value v = toValue(*r);
  EXPECT_EQ(v["confusion"].asList().size(), 2U);
  EXPECT_EQ(metricFromValue(v["accuracy"]).low, r->accuracy.low);
  EXPECT_EQ(evaluateClassification({}, b.p).error().code, "learn.no_rows");
}

/// Items of two classes, every one right and far from doubt; half as many groups as items when grouped.
struct Perfect {
  std::vector<std::int32_t> truth;
  std::vector<std::uint32_t> groups;
  Matrix p;
  explicit Perfect(std::size_t rare, std::size_t common) : p{rare + common, 2} {
    for (std::size_t i = 0; i < rare + common; ++i) {
      truth.push_back(i < rare ? 1 : 0);
      groups.push_back(static_cast<std::uint32_t>(i / 2));
      p(i, i < rare ? 1 : 0) = .9F + .0001F * static_cast<float>(i % 7);
      p(i, i < rare ? 0 : 1) = 1 - p(i, i < rare ? 1 : 0);
    }
  }
};

TEST(Report, APerfectScoreDoesNotClaimToBeCertain) {
  const Perfect t{10, 90};
  const auto r = evaluateClassification(t.truth, t.p);
  ASSERT_TRUE(r) << describe(r.error());
  // Nothing but hits among n: Wilson's bound is n / (n + z^2).
  const double z2 = 1.959964 * 1.959964, ofRare = 10 / (10 + z2), ofAll = 100 / (100 + z2);
  EXPECT_NEAR(r->accuracy.low, ofAll, 1e-6);
  for (const auto* m : {&r->balancedAccuracy, &r->macroF1, &r->auroc, &*r->f1, &*r->averagePrecision, &r->perClass[1].recall}) {
    EXPECT_EQ(m->value, 1);
    EXPECT_NEAR(m->low, ofRare, 1e-6) << render(m->method);
    EXPECT_EQ(m->high, 1);
  }
  EXPECT_THAT(render(r->auroc.method), ::testing::HasSubstr("Wilson score bound: 10 items, all alike"));
  // Whole groups are what was drawn: five of them hold the rare class.
  const auto grouped = evaluateClassification(t.truth, t.p, {.bootstrap = {.groupOf = t.groups}});
  EXPECT_NEAR(grouped->auroc.low, 5 / (5 + z2), 1e-6);
  EXPECT_NEAR(grouped->accuracy.low, 50 / (50 + z2), 1e-6);
  EXPECT_THAT(render(grouped->auroc.method), ::testing::HasSubstr("5 groups, all alike"));
  const auto back = metricFromValue(toValue(meanWithT(std::vector<double>{1, 1, 1})));
  EXPECT_TRUE(std::isnan(back.low)) << "three equal runs are no proof";
}

TEST(FigureText, NeverAnExponentNeverACertaintyThatIsNone) {
  EXPECT_EQ(figureText(2.1e-6), "< 0.001");
  EXPECT_EQ(figureText(-2.1e-6), "> -0.001");
  EXPECT_EQ(figureText(.0006), "0.001");
  EXPECT_EQ(figureText(0), "0.000");
  EXPECT_EQ(figureText(1), "1.000");
  EXPECT_EQ(figureText(.99996), "0.999");
  EXPECT_EQ(figureText(.99996, 4), "0.9999");
  EXPECT_EQ(figureText(-.99996), "-0.999");
  EXPECT_EQ(figureText(1.23456), "1.235");
  EXPECT_EQ(figureText(std::numeric_limits<double>::quiet_NaN()), "-");
  EXPECT_EQ(signedFigureText(.0123), "+0.012");
  EXPECT_EQ(signedFigureText(-.0123), "-0.012");
  EXPECT_EQ(signedFigureText(2e-6), "< 0.001");
  EXPECT_EQ(intervalText({.5, .25, 1, {}}), "0.250 - 1.000");
  EXPECT_EQ(intervalText({.5, std::numeric_limits<double>::quiet_NaN(), 1, {}}), "-");
  Value body;
  body["f1"] = toValue(MetricValue{.5, .4, .6, {}});
  body["macro_f1"] = body["f1"];
  body["accuracy"] = body["f1"];
  const auto figures = headlineFigures(body);
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figureName(figures[0].key) + ", " + figureName(figures[1].key), "accuracy, F1");
}

TEST(Report, WorstMistakesComeFirst) {
  const std::vector<std::int32_t> truth{0, 0, 0, 1};
  const Matrix p{4, 2, {.4F, .6F, .1F, .9F, .8F, .2F, .3F, .7F}};
  EXPECT_EQ(worstMistakes(truth, argmaxRows(p), p, 10), (std::vector<std::size_t>{1, 0}));
}

TEST(ClosedForm, EqualScikitLearns) {
  const Value& set = golden()["logistic"].asList()[0];
  const Value& want = golden()["closed"];
  const Matrix x = matrixOf(set["x"], 7);
  const auto y = numbers<std::int32_t>(set["y"]);
  expectClose(fitRidge(x, y, 3, 2.0)->scores(x), want["ridge"], 1e-4);
  expectClose(fitLda(x, y, 3, 0.3)->head.probabilities(x), want["lda"], 1e-3);
  EXPECT_NEAR(fitLda(x, y, 3)->shrinkage, want["ledoit_wolf"].asDouble(), 1e-4);
  const auto knn = knnProbabilities(x.view().rowRange(10, 80), std::span{y}.subspan(10), 3, x.view().rowRange(0, 10));
  ASSERT_TRUE(knn);
  expectClose(*knn, want["knn"], 2e-3);
}

TEST(ClosedForm, RidgeIsTheSameFromEitherSystem) {
  Matrix wide{6, 20}, tall{40, 20};
  for (std::size_t i = 0; i < 120; ++i) wide.data()[i] = std::sin(static_cast<float>(i * i));
  const std::vector<std::int32_t> y{0, 1, 2, 0, 1, 2};
  std::vector<std::int32_t> many;
  for (std::size_t i = 0; i < 40; ++i) {  // The same rows over and over, with the penalty as much stronger: the same head.
    std::ranges::copy(wide.row(i % 6), tall.row(i).begin());
    many.push_back(y[i % 6]);
  }
  const auto a = fitRidge(wide, y, 3, 1), b = fitRidge(tall.view().rowRange(0, 36), std::span{many}.first(36), 3, 6);
  ASSERT_TRUE(a && b);
  for (std::size_t i = 0; i < 60; ++i) EXPECT_NEAR(a->weights.data()[i], b->weights.data()[i], 1e-4);
}

TEST(ClosedForm, PrototypesNeedEveryClass) {
  const Matrix x{3, 2, {1, 0, 0, 2, 3, 0}};
  const std::vector<std::int32_t> y{0, 1, 0};
  const auto head = fitPrototypes(x, y, 2);
  Matrix query{1, 2, {0.1F, 0.9F}};
  normaliseRows(query.view());
  EXPECT_GT(head->probabilities(query)(0, 1), 0.99);
  EXPECT_EQ(fitPrototypes(x, y, 3).error().code, "learn.too_few_items");
}

}  // namespace
}  // namespace patchbay::learn
