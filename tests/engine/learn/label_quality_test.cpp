// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/learn/annotators.h"
#include "engine/learn/confident_learning.h"

namespace patchbay::learn {
namespace {
using ::testing::ElementsAre;

TEST(ConfidentLearning, CountsByEachClassesOwnThreshold) {
  // Class 1 is judged timidly: what reaches .44 is confidently of it. By hand: t0 = (.9 + .8 + .4) / 3 = .7, t1 = (.6 + .45 + .27) / 3 =
  // .44.
  const std::vector<std::int32_t> given{0, 0, 0, 1, 1, 1};
  const Matrix p{6, 2, {.9F, .1F, .8F, .2F, .4F, .6F, .4F, .6F, .55F, .45F, .73F, .27F}};
  const auto found = findLabelErrors(given, p);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->thresholds[0], .7, 1e-6);
  EXPECT_NEAR(found->thresholds[1], .44, 1e-6);
  // Given 0: rows 0, 1 count as 0, row 2 as 1. Given 1: rows 3, 4 as 1, row 5 as 0.
  EXPECT_NEAR(found->share(0, 0), 2. / 6, 1e-9);
  EXPECT_NEAR(found->share(0, 1), 1. / 6, 1e-9);
  EXPECT_NEAR(found->share(1, 0), 1. / 6, 1e-9);
  EXPECT_NEAR(found->errors, 2, 1e-9);
  EXPECT_THAT(found->suspects, ElementsAre(5, 2)) << "margins -.46 and -.2";
  EXPECT_NEAR(found->margin[5], -.46, 1e-6);
  EXPECT_EQ(found->proposed[5], 0);
}

TEST(ConfidentLearning, FindsFlipsAndTheirNumberUnderKnownNoise) {
  std::mt19937 random{3};
  std::uniform_real_distribution<float> unit;
  constexpr int n = 4000, k = 4;
  std::vector<std::int32_t> truth(n), given(n);
  Matrix p{n, k};
  int flips = 0;
  for (int i = 0; i < n; ++i) {
    truth[i] = given[i] = i % k;
    if (unit(random) < .08F) given[i] = (truth[i] + 1) % k, ++flips;
    float sum = 0;
    for (int c = 0; c < k; ++c) sum += p(i, c) = std::exp(4 * (c == truth[i]) + 1.2F * unit(random));
    for (int c = 0; c < k; ++c) p(i, c) /= sum;
  }
  const auto found = findLabelErrors(given, p);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->errors, flips, .03 * flips);
  int right = 0;
  for (const auto i : found->suspects) right += given[i] != truth[i] && found->proposed[i] == truth[i];
  EXPECT_GT(right, .97 * flips);
  EXPECT_LT(found->suspects.size(), 1.03 * flips);
}

TEST(ConfidentLearning, BelievesAClassOfWhichNothingIsKnownAndRefusesBadInput) {
  const std::vector<std::int32_t> given{0, 0, 1};
  const Matrix p{3, 3, {.9F, .1F, 0, .8F, .2F, 0, .5F, .4F, .1F}};
  const auto found = findLabelErrors(given, p);
  ASSERT_TRUE(found);
  EXPECT_TRUE(std::isinf(found->thresholds[2]));
  EXPECT_EQ(findLabelErrors(std::vector<std::int32_t>{0}, p).error().code, "learn.size_mismatch");
  EXPECT_EQ(findLabelErrors(std::vector<std::int32_t>{0, 1, 3}, p).error().code, "learn.label_range");
  EXPECT_EQ(findLabelErrors({}, Matrix{}).error().code, "learn.no_rows");
  EXPECT_EQ(findLabelErrors(given, Matrix{3, 1, {NAN, 1, 1}}).error().code, "learn.label_range");
  EXPECT_EQ(findLabelErrors(std::vector<std::int32_t>{0, 0, 0}, Matrix{3, 1, {NAN, 1, 1}}).error().code, "learn.not_finite");
}

TEST(Annotators, ACarelessMajorityIsOutvotedByWhoIsAlwaysRight) {
  // Annotator 0 is right; 1 and 2 guess on most items, together now and then.
  std::mt19937 random{5};
  std::vector<Vote> votes;
  constexpr std::uint32_t n = 300;
  std::uint32_t bothWrong = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto truth = static_cast<std::int32_t>(i % 2);
    std::int32_t said[3] = {truth, random() % 100 < 35 ? 1 - truth : truth, random() % 100 < 35 ? 1 - truth : truth};
    bothWrong += said[1] != truth && said[2] != truth;
    for (std::uint32_t a = 0; a < 3; ++a) votes.push_back({i, a, said[a]});
  }
  const auto all = consensusOf(votes, n, 3, 2);
  ASSERT_TRUE(all);
  std::uint32_t right = 0;
  for (std::uint32_t i = 0; i < n; ++i) right += all->probability(i, i % 2) > .5F;
  ASSERT_GT(bothWrong, 15U) << "the majority is wrong on these";
  EXPECT_EQ(right, n);
  EXPECT_GT(all->reliability[0], .93);
  EXPECT_NEAR(all->reliability[1], .65, .06);
  // In another order the same.
  std::ranges::shuffle(votes, random);
  EXPECT_EQ(consensusOf(votes, n, 3, 2)->probability, all->probability);
}

TEST(Annotators, KappaIsAgreementBeyondChance) {
  // Cohen's example form: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa .4.
  std::vector<LabelPair> pairs;
  for (const auto& [a, b, n] : {std::array{0, 0, 20}, std::array{0, 1, 5}, std::array{1, 0, 10}, std::array{1, 1, 15}})
    pairs.insert(pairs.end(), n, {a, b});
  EXPECT_NEAR(cohenKappa(pairs, 2), .4, 1e-12);
  EXPECT_TRUE(std::isnan(cohenKappa({}, 2)));
}

}  // namespace
}  // namespace patchbay::learn
