// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace patchbay::learn {
namespace {

struct Items {
  std::vector<std::string> ids, groups;
  std::vector<SplitItem> items;
};

// Item i of `count`: class 2 is rare; groups of 1 to 5 items when asked for.
Items makeItems(std::size_t count, bool grouped, std::size_t first = 0) {
  Items out;
  for (std::size_t i = first; i < first + count; ++i) {
    out.ids.push_back("picture-" + std::to_string(i));
    out.groups.push_back(grouped ? "part-" + std::to_string(i * 2 / 7) : "");
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t n = first + i;
    out.items.push_back({out.ids[i], out.groups[i], n % 10 == 0 ? 2 : static_cast<std::int32_t>(n % 3 == 0)});
  }
  return out;
}

std::vector<int> asInts(const std::vector<Part>& parts) {
  std::vector<int> out;
  for (const auto p : parts) out.push_back(static_cast<int>(p));
  return out;
}

void expectNoLeak(const std::vector<SplitItem>& items, const std::vector<int>& part) {
  std::map<std::string_view, int> of;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].group.empty()) continue;
    EXPECT_EQ(of.emplace(items[i].group, part[i]).first->second, part[i]) << items[i].group;
  }
}

TEST(Split, QuotaHoldsTheShareInEveryClass) {
  const auto data = makeItems(1000, false);
  const auto parts = splitItems(data.items, {.validation = 0.1, .test = 0.2, .seed = 3});
  ASSERT_TRUE(parts);
  const auto counts = countByClass(data.items, asInts(*parts), 3);
  for (std::size_t c = 1; c <= 3; ++c) {
    const double all = static_cast<double>(counts[0][c] + counts[1][c] + counts[2][c]);
    EXPECT_NEAR(static_cast<double>(counts[1][c]), 0.1 * all, 1.01);
    EXPECT_NEAR(static_cast<double>(counts[2][c]), 0.2 * all, 1.01);
  }
}

TEST(Split, AGroupIsNeverOnTwoSides) {
  const auto data = makeItems(700, true);
  for (const auto policy : {SplitPolicy::Hash, SplitPolicy::Quota}) {
    const auto parts = splitItems(data.items, {.seed = 5, .policy = policy});
    ASSERT_TRUE(parts);
    expectNoLeak(data.items, asInts(*parts));
    EXPECT_NEAR(static_cast<double>(std::ranges::count(*parts, Part::Test)), 105, policy == SplitPolicy::Quota ? 6 : 45);
  }
}

TEST(Split, AddedPicturesMoveNothing) {
  for (const bool grouped : {false, true}) {
    const auto before = makeItems(300, grouped), after = makeItems(420, grouped);
    const auto hashed = splitItems(before.items, {.policy = SplitPolicy::Hash}),
               hashedMore = splitItems(after.items, {.policy = SplitPolicy::Hash});
    EXPECT_TRUE(std::equal(hashed->begin(), hashed->end(), hashedMore->begin()));

    const auto first = splitItems(before.items);
    std::map<std::string, Part, std::less<>> previous;
    for (std::size_t i = 0; i < 300; ++i) previous[before.ids[i]] = (*first)[i];
    const auto second = splitItems(after.items, {.previous = &previous});
    ASSERT_TRUE(second);
    EXPECT_TRUE(std::equal(first->begin(), first->end(), second->begin()));
    expectNoLeak(after.items, asInts(*second));
    EXPECT_NEAR(static_cast<double>(std::ranges::count(*second, Part::Test)), 63, 4) << "new pictures fill the shares";
  }
}

TEST(Split, DependsOnIdsAndSeedAndNotOnOrder) {
  auto data = makeItems(200, true);
  const auto parts = splitItems(data.items);
  const auto folds = stratifiedFolds(data.items, 5, 1);
  std::map<std::string_view, std::pair<Part, int>> of;
  for (std::size_t i = 0; i < 200; ++i) of[data.items[i].id] = {(*parts)[i], (*folds)[i]};
  std::shuffle(data.items.begin(), data.items.end(), std::mt19937{4});
  const auto again = splitItems(data.items);
  const auto foldsAgain = stratifiedFolds(data.items, 5, 1);
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ((*again)[i], of[data.items[i].id].first);
    EXPECT_EQ((*foldsAgain)[i], of[data.items[i].id].second);
  }
  EXPECT_NE(*splitItems(data.items, {.seed = 1}), *again);
}

TEST(Split, SaysWhatIsWrong) {
  const std::vector<SplitItem> twice{{"a", "", 0}, {"a", "", 1}};
  EXPECT_EQ(splitItems(twice).error().code, "learn.duplicate_id");
  EXPECT_EQ(splitItems({}).error().code, "learn.no_items");
  EXPECT_EQ(splitItems(makeItems(5, false).items, {.validation = 0.5, .test = 0.5}).error().code, "learn.bad_option");
  const std::map<std::string, Part, std::less<>> previous{{"a", Part::Train}, {"b", Part::Test}};
  const std::vector<SplitItem> oneGroup{{"a", "g", 0}, {"b", "g", 0}};
  EXPECT_EQ(splitItems(oneGroup, {.previous = &previous}).error().code, "learn.group_on_two_sides");
  EXPECT_EQ(stratifiedFolds(oneGroup, 2).error().code, "learn.too_few_items");
}

TEST(Folds, EveryClassAndSizeToWithinOne) {
  for (const std::size_t count : {10U, 57U, 1003U}) {
    const auto data = makeItems(count, false);
    const auto folds = stratifiedFolds(data.items, 5, 9);
    ASSERT_TRUE(folds);
    const auto counts = countByClass(data.items, *folds, 5);
    for (std::size_t c = 0; c < counts[0].size(); ++c) {
      const auto [low, high] = std::ranges::minmax(counts, {}, [&](const auto& f) { return f[c]; });
      EXPECT_LE(high[c] - low[c], 1U);
    }
    std::vector<std::ptrdiff_t> sizes;
    for (int f = 0; f < 5; ++f) sizes.push_back(std::ranges::count(*folds, f));
    EXPECT_LE(std::ranges::max(sizes) - std::ranges::min(sizes), 1);
  }
}

TEST(Folds, GroupsStayTogetherAndBalance) {
  const auto data = makeItems(800, true);
  const auto folds = stratifiedFolds(data.items, 5, 2);
  ASSERT_TRUE(folds);
  expectNoLeak(data.items, *folds);
  const auto counts = countByClass(data.items, *folds, 5);
  for (const auto& fold : counts) {
    EXPECT_NEAR(static_cast<double>(fold[3]), 16, 4) << "the rare class";
    EXPECT_NEAR(static_cast<double>(fold[1] + fold[2] + fold[3]), 160, 8);
  }
}

TEST(Subset, IsNestedPerClassAndSkipsTheUnlabelled) {
  auto data = makeItems(500, false);
  for (std::size_t i = 0; i < 500; i += 7) data.items[i].label = -1;
  std::vector<bool> smaller(500);
  for (const double percent : {1.0, 5.0, 20.0, 100.0}) {
    const auto subset = labelledSubset(data.items, {.percent = percent, .seed = 11});
    ASSERT_TRUE(subset);
    std::map<int, int> chosen, all;
    for (std::size_t i = 0; i < 500; ++i) {
      EXPECT_TRUE(!smaller[i] || (*subset)[i]) << percent;
      if ((*subset)[i]) ++chosen[data.items[i].label];
      ++all[data.items[i].label];
    }
    EXPECT_FALSE(chosen.contains(-1));
    for (const int c : {0, 1, 2}) EXPECT_EQ(chosen[c], std::max(1, static_cast<int>(std::ceil(percent / 100 * all[c] - 1e-9))));
    smaller = *subset;
  }
  const auto shots = labelledSubset(data.items, {.perClass = 4});
  EXPECT_EQ(std::ranges::count(*shots, true), 12);
  EXPECT_FALSE(labelledSubset(data.items, {.perClass = 4, .percent = 5}));
}

TEST(StableHash, IsFileFormat) {
  // Splits of existing projects hang on these numbers: they must never change.
  EXPECT_EQ(stableHash(0, "picture-1"), 1241869031684674363ULL);
  EXPECT_EQ(stableHash(42, ""), 14288728269086397077ULL);
  std::set<std::uint64_t> seen;
  double mean = 0;
  for (int i = 0; i < 4000; ++i) {
    const auto h = stableHash(0, "img_" + std::to_string(i) + ".png");
    seen.insert(h);
    mean += static_cast<double>(h >> 11) * 0x1p-53 / 4000;
  }
  EXPECT_EQ(seen.size(), 4000U);
  EXPECT_NEAR(mean, 0.5, 0.02);
}

}  // namespace
}  // namespace patchbay::learn
