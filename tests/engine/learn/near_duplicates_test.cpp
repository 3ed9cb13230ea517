// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/near_duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <chrono>
#include <random>
#include <set>

namespace patchbay::learn {
namespace {
using ::testing::ElementsAre;
using Codes = std::vector<std::uint64_t>;

Codes randomCodes(std::size_t n, std::uint64_t seed = 1) {
  std::mt19937_64 random{seed};
  Codes out(n);
  for (auto& c : out) c = random();
  return out;
}

std::uint64_t withFlips(std::uint64_t code, int flips, std::mt19937_64& random) {
  for (std::uint64_t done = 0; std::popcount(done) < flips;) {
    const auto bit = std::uint64_t{1} << random() % 64;
    if (!(done & bit)) code ^= bit;
    done |= bit;
  }
  return code;
}

TEST(CodeIndex, FindsExactlyWhatComparingAllFinds) {
  std::mt19937_64 random{2};
  for (const int pieces : {2, 4, 6}) {
    auto codes = randomCodes(3000);
    for (std::size_t i = 0; i < 1500; ++i) codes[1500 + i] = withFlips(codes[i], static_cast<int>(i % 14), random);
    const CodeIndex index{codes, pieces};
    EXPECT_EQ(index.radius(), 2 * pieces - 1);
    std::vector<CodeIndex::Hit> hits;
    std::size_t far = 0;
    for (std::size_t i = 0; i < codes.size(); i += 7) {
      std::set<std::uint32_t> expected, found;
      for (std::uint32_t j = 0; j < codes.size(); ++j) {
        if (std::popcount(codes[i] ^ codes[j]) <= index.radius()) expected.insert(j);
        else ++far;
      }
      index.nearest(codes[i], 1000, hits);
      for (const auto& h : hits) found.insert(index.entries(h.slot).begin(), index.entries(h.slot).end());
      ASSERT_EQ(found, expected) << i << " with " << pieces << " pieces";
      EXPECT_TRUE(std::ranges::is_sorted(hits, {}, &CodeIndex::Hit::distance));
    }
    EXPECT_GT(far, 0U);
  }
}

TEST(CodeIndex, AMillionEqualCodesCostWhatOneDoes) {
  const Codes same(1'000'000, 0xABCDEF);
  const CodeIndex index{same, 4};
  EXPECT_EQ(index.distinct(), 1U);
  std::vector<CodeIndex::Hit> hits;
  index.nearest(0xABCDEE, 16, hits);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(index.entries(hits[0].slot).size(), same.size());
  // All end up in one group although nobody is compared with all.
  const auto pairs = closePairs(same, same, {.threads = 2});
  ASSERT_TRUE(pairs);
  EXPECT_LT(pairs->size(), 2 * same.size());
  EXPECT_EQ(connectedGroups(same.size(), *pairs).size(), 1U);
}

TEST(ClosePairs, OfAHundredThousandCodesAreThePlantedOnes) {
  auto codes = randomCodes(100'000, 9);
  std::mt19937_64 random{4};
  std::set<EntryPair> planted;
  for (std::uint32_t i = 0; i < 500; ++i) {
    codes[50'000 + i] = withFlips(codes[i], static_cast<int>(i % 8), random);
    planted.emplace(i, 50'000 + i);
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto one = closePairs(codes, codes, {.threads = 2});
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  ASSERT_TRUE(one);
  EXPECT_EQ(std::set<EntryPair>(one->begin(), one->end()), planted);
  EXPECT_LT(took, 30) << "seconds; comparing all with all takes minutes";
  EXPECT_EQ(*closePairs(codes, codes, {.threads = 1}), *one);
}

TEST(ClosePairs, AQueryOfOneFindsTheCodeOfAnother) {
  // Entry 0 has a second query that is near the code of entry 2.
  const Codes codes{0, 0xFFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF};
  const Codes queries{0, 0xFFFF'FFFF'FFFF'FFF0, 0xFFFF'FFFF, 0xFFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF'FFFF};
  EXPECT_THAT(*closePairs(codes, queries), ElementsAre(EntryPair{0, 2}));
  StopFlag stop;
  stop.request();
  EXPECT_EQ(closePairs(codes, queries, {.stop = &stop}).error().kind, ErrorKind::Cancelled);
}

TEST(ProjectionCodes, DifferInFewBitsForSmallAngles) {
  std::mt19937 random{8};
  std::normal_distribution<float> noise;
  Matrix x{400, 96};
  for (std::size_t i = 0; i < 200; ++i)
    for (std::size_t j = 0; j < x.cols(); ++j) {
      x(i, j) = 3 + noise(random);  // All alike but for what is left without the mean.
      x(200 + i, j) = x(i, j) + .15F * noise(random);
    }
  const auto codes = projectionCodes(x, 1, 2);
  int near = 0, far = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    near = std::max(near, std::popcount(codes[i] ^ codes[200 + i]));
    far += std::popcount(codes[i] ^ codes[(i + 1) % 200]);
  }
  EXPECT_LE(near, 11);
  EXPECT_NEAR(far / 200.0, 32, 3);
  EXPECT_EQ(projectionCodes(x, 1, 1), codes);
}

TEST(ConnectedGroups, JoinWhatIsLinkedAndLeaveOutTheRest) {
  const std::vector<EntryPair> pairs{{4, 5}, {1, 2}, {2, 5}, {7, 8}};
  EXPECT_THAT(connectedGroups(9, pairs), ElementsAre(ElementsAre(1, 2, 4, 5), ElementsAre(7, 8)));
}

}  // namespace
}  // namespace patchbay::learn
