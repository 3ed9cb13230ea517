// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/next_best.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "engine/learn/k_means.h"
#include "engine/learn/learning_curve.h"

namespace patchbay::learn {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Rows around `groups` far-apart directions, group by group, of length 1.
Matrix blobs(std::size_t groups, std::size_t each, std::size_t columns, double spread, std::uint64_t seed = 1) {
  std::mt19937_64 random{seed};
  std::normal_distribution<float> noise{0, static_cast<float>(spread)};
  Matrix out{groups * each, columns};
  for (std::size_t i = 0; i < out.rows(); ++i) {
    for (auto& v : out.row(i)) v = noise(random);
    out(i, i / each) += 1;
  }
  normaliseRows(out.view());
  return out;
}

std::set<std::size_t> groupsOf(const std::vector<Pick>& picks, std::size_t each) {
  std::set<std::size_t> out;
  for (const auto& pick : picks) out.insert(pick.row / each);
  return out;
}

TEST(KMeans, FindsGroupsThatAreThere) {
  for (const std::size_t columns : {16u, 400u}) {  // 400 columns go through the projection.
    const auto x = blobs(8, 50, columns, 0.03);
    const auto found = kMeans(x, {.clusters = 8, .seed = 3});
    ASSERT_TRUE(found);
    std::set<std::uint32_t> seen;
    for (std::size_t g = 0; g < 8; ++g) {
      seen.insert(found->cluster[g * 50]);
      for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(found->cluster[g * 50 + i], found->cluster[g * 50]);
    }
    EXPECT_EQ(seen.size(), 8u);
    for (const float d : found->distance) EXPECT_LT(d, 0.9f);
  }
}

TEST(KMeans, DoesNotDependOnThreadsAndNoGroupIsEmpty) {
  const auto x = blobs(3, 40, 300, 0.2);
  const auto one = kMeans(x, {.clusters = 30, .seed = 5, .threads = 1}), four = kMeans(x, {.clusters = 30, .seed = 5, .threads = 4});
  ASSERT_TRUE(one && four);
  EXPECT_EQ(one->cluster, four->cluster);
  EXPECT_EQ(one->centres, four->centres);
  EXPECT_EQ(std::set<std::uint32_t>(one->cluster.begin(), one->cluster.end()).size(), 30u);
}

TEST(KMeans, TakesEqualRowsAndTooFewRows) {
  const Matrix same{20, 5, 1.0f};
  const auto found = kMeans(same, {.clusters = 4});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->centres.rows(), 4u);
  EXPECT_EQ(kMeans(same.view().rowRange(0, 2), {.clusters = 4})->centres.rows(), 2u);
  EXPECT_EQ(kMeans(Matrix{}, {}).error().code, "learn.no_rows");
  StopFlag stop;
  stop.request();
  EXPECT_EQ(kMeans(same, {.clusters = 4, .stop = &stop}).error().kind, ErrorKind::Cancelled);
}

TEST(NextBest, TypicalityTakesEachGroupOnceAndNoLabelledOneFirst) {
  const auto x = blobs(6, 40, 200, 0.05);
  std::vector<std::uint8_t> known(x.rows());
  const auto first = nextByTypicality({x, known}, {.count = 6});
  ASSERT_TRUE(first);
  ASSERT_EQ(first->size(), 6u);
  EXPECT_EQ(groupsOf(*first, 40).size(), 6u);
  // Three groups have a label: of three more pictures none is of these.
  for (const std::size_t row : {0u, 1u, 41u, 80u}) known[row] = 1;
  const auto next = nextByTypicality({x, known}, {.count = 3});
  ASSERT_TRUE(next);
  for (const auto& pick : *next)
    if (pick.groupKnown == 0) {
      EXPECT_GE(pick.row, 120u);
    }
  EXPECT_EQ(next->front().groupKnown, 0u);
  EXPECT_EQ(next->front().nearest.size(), 3u);
}

TEST(NextBest, TypicalityPrefersTheMiddleOfAGroup) {
  // A tight heart and a loose rim: what is typical lies in the heart.
  std::mt19937_64 random{9};
  std::normal_distribution<float> noise;
  Matrix x{120, 50};
  for (std::size_t i = 0; i < 120; ++i) {
    for (auto& v : x.row(i)) v = noise(random) * (i < 40 ? 0.01f : 0.2f);
    x(i, 0) += 1;
  }
  normaliseRows(x.view());
  const std::vector<std::uint8_t> known(x.rows());
  const auto picks = nextByTypicality({x, known}, {.count = 1});
  ASSERT_TRUE(picks);
  EXPECT_LT(picks->front().row, 40u);
  EXPECT_GT(picks->front().typicality, 0.9);
}

TEST(NextBest, MarginTakesTheLeastSureOfDifferentKinds) {
  const auto x = blobs(4, 25, 100, 0.02);
  std::vector<std::uint8_t> known(x.rows());
  known[3] = 1;
  Matrix p{x.rows(), 3};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const float top = i % 25 < 5 ? 0.5f : 0.95f;  // Five of each group are uncertain.
    p(i, 0) = top;
    p(i, 1) = 1 - top - 0.01f;
    p(i, 2) = 0.01f;
  }
  const auto picks = nextByMargin({x, known}, p, {.count = 4, .shortlist = 5});
  ASSERT_TRUE(picks);
  ASSERT_EQ(picks->size(), 4u);
  EXPECT_EQ(groupsOf(*picks, 25).size(), 4u);
  for (const auto& pick : *picks) {
    EXPECT_LT(pick.row % 25, 5u);
    EXPECT_NEAR(pick.uncertainty, 0.99, 1e-6);
    EXPECT_EQ(pick.first, 0);
    EXPECT_EQ(pick.second, 1);
    EXPECT_NE(pick.row, 3u);
  }
}

TEST(NextBest, DropoutFindsThoseNearTheBoundary) {
  // Two classes along the first axis; those with a small first number waver.
  std::mt19937_64 random{4};
  std::normal_distribution<float> noise{0, 0.3f};
  Matrix x{100, 40};
  for (std::size_t i = 0; i < 100; ++i) {
    for (auto& v : x.row(i)) v = noise(random);
    for (std::size_t j = 0; j < 20; ++j) x(i, j) += i < 10 ? 0.0f : 3.0f;
  }
  LinearHead head{Matrix{2, 40}, {0, 0}};
  for (std::size_t j = 0; j < 40; ++j) {
    head.weights(0, j) = 1;
    head.weights(1, j) = -1;
  }
  const auto p = head.probabilities(x);
  auto unit = x;
  normaliseRows(unit.view());
  const std::vector<std::uint8_t> known(x.rows());
  const auto picks = nextByDropout({unit, known}, x, head, p, {.count = 3, .rounds = 9});
  ASSERT_TRUE(picks);
  ASSERT_EQ(picks->size(), 3u);
  EXPECT_LT(picks->front().row, 10u);
  EXPECT_GT(picks->front().changes, 4);
  const auto threads = nextByDropout({unit, known}, x, head, p, {.count = 3, .rounds = 9, .threads = 3});
  ASSERT_TRUE(threads);
  EXPECT_EQ(threads->front().row, picks->front().row);
}

TEST(NextBest, LeavesOutWhatIsSkippedOrLabelledAndEndsWhenAllAre) {
  const auto x = blobs(2, 10, 20, 0.1);
  std::vector<std::uint8_t> known(x.rows(), 1), skip(x.rows());
  known[4] = known[15] = 0;
  skip[4] = 1;
  Matrix p{x.rows(), 2, 0.5f};
  const Pool pool{x, known, skip};
  EXPECT_EQ(nextByTypicality(pool, {.count = 5})->size(), 1u);
  EXPECT_EQ(nextByTypicality(pool, {.count = 5})->front().row, 15u);
  EXPECT_EQ(nextByMargin(pool, p, {.count = 5})->front().row, 15u);
  EXPECT_EQ(nextAtRandom(pool, {.count = 5}).front().row, 15u);
  known[15] = 1;
  EXPECT_TRUE(nextByTypicality(pool, {.count = 5})->empty());
  EXPECT_TRUE(nextByMargin(pool, p, {.count = 5})->empty());
}

struct Reasons : ::testing::Test {
  std::vector<std::string> classes{"crack", "good", "stain"}, labels{"crack", "good", "good"};
  Names names{classes, [](std::size_t row) { return "p" + std::to_string(row) + ".png"; }, [this](std::size_t row) { return labels[row]; }};
  Pick pick;
  Reasons() {
    pick.strategy = Strategy::Margin;
    pick.first = 0;
    pick.second = 1;
    pick.firstChance = 0.52;
    pick.secondChance = 0.41;
    pick.nearest = {{0, 0.91}, {1, 0.84}, {2, 0.8}};
  }
  std::string said() const { return render(reasonOf(pick, names)); }
};

TEST_F(Reasons, AreMadeOfTheScoresAndNeighboursThatThereAre) {
  EXPECT_EQ(said(), "The model hesitates between crack (52 %) and good (41 %); p0.png (91 % alike) is crack, p1.png (84 %) is good.");
  pick.firstChance = 0.6;
  EXPECT_THAT(said(), HasSubstr("crack (60 %)"));
  pick.second = 2;
  EXPECT_THAT(said(), HasSubstr("stain (41 %)"));
  labels[1] = "stain";
  EXPECT_THAT(said(), HasSubstr("p1.png (84 %) is stain"));
  pick.nearest = {{1, 0.77}, {0, 0.5}};
  EXPECT_THAT(said(), HasSubstr("p1.png (77 % alike) is stain, p0.png (50 %) is crack"));
  pick.nearest = {{2, 0.77}};
  EXPECT_THAT(said(), HasSubstr("such as p2.png (77 %), are good"));
  pick.nearest.clear();
  EXPECT_THAT(said(), Not(HasSubstr("p0.png")));
}

TEST_F(Reasons, DoNotCallAClearAnswerAHesitation) {
  pick.firstChance = 0.95;
  pick.secondChance = 0.03;
  EXPECT_EQ(said(), "crack (95 %), says the model, and hardly hesitates; the most alike labelled picture, p0.png (91 %), is crack.");
  pick.nearest.clear();
  EXPECT_EQ(said(), "crack (95 %), says the model, and hardly hesitates.");
}

TEST_F(Reasons, OfTypicalOnesTellOfTheGroup) {
  pick = {};
  pick.strategy = Strategy::TypiClust;
  pick.groupSize = 120;
  pick.typicality = 0.8;
  EXPECT_EQ(said(), "The most typical of 120 similar pictures, none of which is labelled; those around it are 80 % alike.");
  pick.nearest = {{0, 0.3}};
  EXPECT_THAT(said(), HasSubstr("the nearest labelled one, p0.png (crack), only 30 %"));
  pick.groupKnown = 4;
  EXPECT_THAT(said(), HasSubstr("4 of which are labelled"));
  pick.groupSize = 121;
  EXPECT_THAT(said(), HasSubstr("121"));
}

TEST_F(Reasons, OfDropoutTellHowOftenItChangedItsMind) {
  pick.strategy = Strategy::DropQuery;
  pick.rounds = 3;
  pick.changes = 2;
  EXPECT_THAT(said(), HasSubstr("2 of 3 times"));
  pick.changes = 0;  // Nothing to tell of it: it stands for its margin.
  EXPECT_THAT(said(), HasSubstr("hesitates"));
  pick.second = -1;
  EXPECT_THAT(said(), HasSubstr("not sure whether this is crack (52 %)"));
}

std::vector<CurveSample> curve(double a, double b, double c, double noise, std::uint64_t seed = 1) {
  std::mt19937_64 random{seed};
  std::normal_distribution<double> error{0, noise};
  std::vector<CurveSample> out;
  for (int order = 0; order < 8; ++order)
    for (const double n : {10, 20, 40, 80, 160, 320}) out.push_back({n, order, a - b * std::pow(n, -c) + error(random)});
  return out;
}

TEST(LearningCurve, FindsThePowerLawItWasMadeOf) {
  const auto law = fitPowerLaw(curve(0.95, 1.2, 0.6, 0));
  ASSERT_TRUE(law);
  EXPECT_NEAR(law->at(40), 0.95 - 1.2 * std::pow(40, -0.6), 0.002);
  EXPECT_NEAR(law->at(1000), 0.95 - 1.2 * std::pow(1000, -0.6), 0.005);
}

TEST(LearningCurve, ForecastCoversTheTruthAndMoreNoiseMeansAWiderBand) {
  int covered = 0;
  constexpr int trials = 20;
  double narrow = 0, wide = 0;
  const double truth = 1.2 * (std::pow(400, -0.6) - std::pow(600, -0.6));
  for (std::uint64_t seed = 0; seed < trials; ++seed) {
    const auto quiet = forecast(curve(0.95, 1.2, 0.6, 0.01, seed), 400, 200), loud = forecast(curve(0.95, 1.2, 0.6, 0.04, seed), 400, 200);
    ASSERT_TRUE(quiet && loud);
    EXPECT_GE(quiet->gain.value, quiet->gain.low);
    EXPECT_LE(quiet->gain.value, quiet->gain.high);
    covered += quiet->gain.low <= truth && truth <= quiet->gain.high;
    narrow += quiet->gain.high - quiet->gain.low;
    wide += loud->gain.high - loud->gain.low;
  }
  EXPECT_GE(covered, trials * 8 / 10);
  EXPECT_GT(wide, narrow);
}

TEST(LearningCurve, SaysNothingOfTooLittle) {
  EXPECT_FALSE(fitPowerLaw(std::vector<CurveSample>{{10, 0, 0.5}, {20, 0, 0.6}}));
  EXPECT_FALSE(forecast(std::vector<CurveSample>{{10, 0, 0.5}, {20, 0, 0.6}, {40, 0, 0.7}}, 50, 20));  // One order only.
  const auto x = blobs(2, 5, 10, 0.1);
  const std::vector<std::int32_t> labels{0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
  const auto few = measureCurve(x, labels, 2, {});
  ASSERT_TRUE(few);
  EXPECT_TRUE(few->empty());
}

TEST(LearningCurve, GrowsWithLabelsOnRealRows) {
  const auto x = blobs(4, 60, 60, 0.35);
  std::vector<std::int32_t> labels;
  for (std::size_t i = 0; i < x.rows(); ++i) labels.push_back(static_cast<std::int32_t>(i / 60));
  const auto samples = measureCurve(x, labels, 4, {}, {.c = 10, .threads = 2});
  ASSERT_TRUE(samples);
  const auto ahead = forecast(*samples, 240, 20);
  ASSERT_TRUE(ahead);
  EXPECT_GT(ahead->measured.back().accuracy.value, ahead->measured.front().accuracy.value);
  EXPECT_GE(ahead->gain.value, 0);
  EXPECT_LT(ahead->gain.value, 0.1);
  const auto again = measureCurve(x, labels, 4, {}, {.c = 10, .threads = 1});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->size(), samples->size());
  for (std::size_t i = 0; i < samples->size(); ++i) EXPECT_EQ((*again)[i].accuracy, (*samples)[i].accuracy);
}

TEST(LearningCurve, KeepsGroupsTogether) {
  // Two rows a group are copies; if one tested the other, accuracy on pure noise would be far above chance.
  std::mt19937_64 random{3};
  std::normal_distribution<float> noise;
  Matrix x{200, 150};
  std::vector<std::int32_t> labels;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 200; i += 2) {
    for (auto& v : x.row(i)) v = noise(random);
    std::ranges::copy(x.row(i), x.row(i + 1).begin());
    const auto label = static_cast<std::int32_t>(random() % 2);
    labels.insert(labels.end(), {label, label});
    names.insert(names.end(), {"g" + std::to_string(i), "g" + std::to_string(i)});
  }
  const std::vector<std::string_view> groups(names.begin(), names.end());
  const auto last = [&](std::span<const std::string_view> by) {
    const auto samples = measureCurve(x, labels, 2, by, {.c = 10, .orders = 10, .seed = 1});
    double sum = 0, n = 0, most = 0;
    for (const auto& s : *samples) most = std::max(most, s.labels);
    for (const auto& s : *samples)
      if (s.labels == most) {
        sum += s.accuracy;
        ++n;
      }
    return sum / n;
  };
  EXPECT_GT(last({}), 0.7);
  EXPECT_LT(last(groups), 0.65);
}

}  // namespace
}  // namespace patchbay::learn
