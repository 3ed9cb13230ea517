// SPDX-License-Identifier: Apache-2.0
#include "engine/executor/item_cache.h"

#include <gmock/gmock.h>

#include <set>

#include "engine/store/object_folder.h"
#include "tests/support/toy_pack.h"

namespace patchbay::testing {
namespace {

class ItemCacheTest : public ::testing::Test {
 protected:
  std::vector<Digest> items(int from, int to) const {
    std::vector<Digest> out;
    for (int i = from; i < to; ++i) out.push_back(digestOf("item " + std::to_string(i)));
    return out;
  }
  /// The result of an item is its hexadecimal digest; stops with an error after `most`.
  ItemCompute compute(const std::vector<Digest>& of, std::size_t most = 1'000'000) {
    return [this, of, most](std::span<const std::size_t> missing, const ItemEmit& emit) -> Result<> {
      asked = missing.size();
      for (std::size_t n = 0; n < missing.size(); ++n) {
        if (n == most) return fail(ErrorKind::Cancelled, "cancelled", TR("test", "Stopped."), TR("test", "Go on."));
        PB_CHECK(emit(missing[n], of[missing[n]].hex()));
      }
      return {};
    };
  }
  Result<std::unique_ptr<ItemResults>> run(const std::vector<Digest>& of, std::size_t most = 1'000'000) {
    return computeItems(link, objects, function, of, compute(of, most), options);
  }
  std::size_t packCount() { return link.itemPacks(function)->size(); }

  TempFolder folder;
  ObjectFolder objects{folder.path() / "objects"};
  MemoryLink link;
  Digest function = itemFunction("toy", 1, "f", Value{}, Value{});
  ItemCacheOptions options;
  std::size_t asked = 0;
};

TEST_F(ItemCacheTest, ComputesOnlyWhatIsMissing) {
  const auto first = items(0, 100), more = items(0, 110);
  const auto a = run(first);
  ASSERT_TRUE(a);
  EXPECT_EQ((*a)->computed(), 100u);
  const auto b = run(more);
  ASSERT_TRUE(b);
  EXPECT_EQ(asked, 10u);
  EXPECT_EQ((*b)->computed(), 10u);
  ASSERT_EQ((*b)->size(), 110u);
  for (std::size_t i = 0; i < more.size(); ++i) EXPECT_EQ((*b)->bytes(i), more[i].hex());
  asked = 0;
  EXPECT_EQ((*run(more))->computed(), 0u);
  EXPECT_EQ(asked, 0u) << "nothing is missing, so the block is not asked";
}

TEST_F(ItemCacheTest, EqualItemsAreComputedOnce) {
  auto twice = items(0, 5);
  twice.insert(twice.end(), twice.begin(), twice.begin() + 5);
  const auto results = run(twice);
  ASSERT_TRUE(results);
  EXPECT_EQ((*results)->computed(), 5u);
  EXPECT_EQ((*results)->bytes(7), (*results)->bytes(2));
}

TEST_F(ItemCacheTest, WhatWasComputedBeforeAStopIsKept) {
  const auto all = items(0, 50);
  const auto stopped = run(all, 20);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  ASSERT_TRUE(run(all));
  EXPECT_EQ(asked, 30u);
}

TEST_F(ItemCacheTest, FlushesAsItGoesSoThatAKillCostsLittle) {
  options.flushBytes = 640;  // Ten results of 64 bytes.
  const auto all = items(0, 35);
  ASSERT_FALSE(run(all, 30));
  EXPECT_EQ(packCount(), 3u);
}

TEST_F(ItemCacheTest, AnEmptyResultIsAResult) {
  const auto one = items(0, 1);
  const auto nothing = [](std::span<const std::size_t> missing, const ItemEmit& emit) { return emit(missing[0], ""); };
  ASSERT_TRUE(computeItems(link, objects, function, one, nothing, options));
  const auto again = computeItems(link, objects, function, one, compute(one), options);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->computed(), 0u);
  EXPECT_EQ((*again)->bytes(0), "");
}

TEST_F(ItemCacheTest, ManySmallPacksBecomeOne) {
  options.mergeAbove = 4;
  for (int i = 1; i <= 6; ++i) ASSERT_TRUE(run(items(0, i * 10)));
  // Five runs made five packs, which the fifth put together; the sixth added its own.
  const auto packs = *link.itemPacks(function);
  ASSERT_EQ(packs.size(), 7u);
  EXPECT_EQ(ItemPack::open(objects, packs[5])->size(), 50u);
  for (std::size_t i = 0; i < 5; ++i) ASSERT_TRUE(objects.remove(packs[i]));
  EXPECT_EQ((*run(items(0, 60)))->computed(), 0u) << "the merged pack replaces the ones it was made of";
}

TEST_F(ItemCacheTest, ALostOrDamagedPackIsComputedAnew) {
  const auto all = items(0, 10);
  ASSERT_TRUE(run(all));
  ASSERT_TRUE(objects.remove(link.itemPacks(function)->front()));
  const auto results = run(all);
  ASSERT_TRUE(results);
  EXPECT_EQ((*results)->computed(), 10u);
  // Bytes that are no pack, under a digest that fits.
  ASSERT_TRUE(link.addItemPack(function, *objects.put("PBI1 and then nothing that makes sense"), 1));
  EXPECT_EQ((*run(all))->computed(), 0u);
}

TEST_F(ItemCacheTest, BlocksThatBreakTheRulesAreToldSo) {
  const auto all = items(0, 3);
  const auto lazy = [](std::span<const std::size_t>, const ItemEmit&) { return Result<>{}; };
  EXPECT_EQ(computeItems(link, objects, function, all, lazy, options).error().code, "items.misused");
  const auto beyond = [](std::span<const std::size_t>, const ItemEmit& emit) { return emit(3, "x"); };
  EXPECT_EQ(computeItems(link, objects, function, all, beyond, options).error().code, "items.misused");
  const auto twice = [](std::span<const std::size_t> m, const ItemEmit& emit) -> Result<> {
    PB_CHECK(emit(m[0], "x"));
    return emit(m[0], "y");
  };
  EXPECT_EQ(computeItems(link, objects, function, all, twice, options).error().code, "items.misused");
}

TEST_F(ItemCacheTest, TheFunctionIsNamedByEverythingThatChangesResults) {
  const Value key{Value::Map{{"size", 224}}}, numerics{Value::Map{{"threads", 2}}};
  const std::vector<Digest> all{itemFunction("a", 1, "f", key, Value{}),     itemFunction("b", 1, "f", key, Value{}),
                                itemFunction("a", 2, "f", key, Value{}),     itemFunction("a", 1, "g", key, Value{}),
                                itemFunction("a", 1, "f", Value{}, Value{}), itemFunction("a", 1, "f", key, numerics)};
  EXPECT_EQ(std::set<Digest>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(itemFunction("a", 1, "f", key, Value{}), all[0]);
}

TEST_F(ItemCacheTest, APackReadsBackAndRefusesDamage) {
  const auto three = items(0, 3);
  const auto bytes = ItemPack::write({{three[0], "zero"}, {three[1], ""}, {three[2], "two"}});
  const auto pack = ItemPack::open(objects, *objects.put(bytes));
  ASSERT_TRUE(pack);
  EXPECT_EQ(pack->find(three[0]), "zero");
  EXPECT_EQ(pack->find(three[2]), "two");
  EXPECT_EQ(pack->find(digestOf("other")), std::nullopt);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(ItemPack::open(objects, *objects.put(std::string_view{bytes}.substr(0, cut)))) << cut;
}

}  // namespace
}  // namespace patchbay::testing
