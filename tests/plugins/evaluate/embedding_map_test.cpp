// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "plugins/evaluate/support/neighbour_map.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_nets.h"

namespace patchbay::testing {
namespace {
using blocks::mapQuality, blocks::neighbourMap;

/// `groups` blobs in `columns` dimensions, like features: centres apart, spread with a fat tail.
learn::Matrix blobs(std::size_t rows, std::size_t columns, std::size_t groups, double apart, std::uint64_t seed = 1) {
  vision::Random centres{{.seed = seed}};
  learn::Matrix middle(groups, columns);
  for (std::size_t i = 0; i < groups * columns; ++i) middle.data()[i] = static_cast<float>(centres.normal() * apart);
  learn::Matrix out(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    vision::Random random{{.seed = seed, .item = r + 1}};
    for (std::size_t c = 0; c < columns; ++c) out(r, c) = middle(r % groups, c) + static_cast<float>(random.normal());
  }
  return out;
}

TEST(NeighbourMap, GroupsThatAreApartStayApart) {
  constexpr std::size_t groups = 5;
  const auto x = blobs(600, 64, groups, 3);
  const auto points = must(neighbourMap(x, {.seed = 3, .threads = 2}));
  std::array<std::array<double, 2>, groups> middle{};
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t c = 0; c < 2; ++c) middle[i % groups][c] += points[i][c] / (600.0 / groups);
  const auto between = [](const auto& a, const auto& b) { return std::hypot(a[0] - b[0], a[1] - b[1]); };
  double widest = 0, closest = 1e9;
  for (std::size_t i = 0; i < points.size(); ++i) widest = std::max(widest, between(points[i], middle[i % groups]));
  for (std::size_t a = 0; a < groups; ++a)
    for (std::size_t b = 0; b < a; ++b) closest = std::min(closest, between(middle[a], middle[b]));
  EXPECT_GT(closest, 2 * widest) << "no two groups touch";
  for (const auto& p : points) EXPECT_TRUE(std::abs(p[0]) <= 1.0001 && std::abs(p[1]) <= 1.0001);
}

TEST(NeighbourMap, IsTheSameAgainWhateverTheThreadsAndAnotherWithAnotherSeed) {
  const auto x = blobs(300, 40, 3, 1);
  const auto one = must(neighbourMap(x, {.seed = 7, .threads = 1}));
  EXPECT_EQ(one, must(neighbourMap(x, {.seed = 7, .threads = 2})));
  EXPECT_NE(one, must(neighbourMap(x, {.seed = 8, .threads = 2})));
  int asked = 0;
  EXPECT_EQ(neighbourMap(x, {.goOn = [&](double) { return ++asked < 3; }}).error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(neighbourMap(x.view().rowRange(0, 3), {}));
}

TEST(NeighbourMap, EqualPicturesAndFewPicturesAreNoTrouble) {
  learn::Matrix same(20, 10, 1.F);
  for (const auto& p : must(neighbourMap(same, {}))) EXPECT_TRUE(std::isfinite(p[0]) && std::isfinite(p[1]));
  learn::Matrix zeros(6, 10, 0.F);
  for (const auto& p : must(neighbourMap(zeros, {}))) EXPECT_TRUE(std::isfinite(p[0]) && std::isfinite(p[1]));
  EXPECT_EQ(must(neighbourMap(blobs(4, 3, 2, 2), {})).size(), 4u);
}

TEST(NeighbourMap, QualityIsOneForATrueMapAndLowForAWrongOne) {
  // Rows of length 1 on an arc lie in the plane already.
  learn::Matrix arc(400, 2);
  std::vector<std::array<float, 2>> own, shuffled;
  for (std::size_t i = 0; i < arc.rows(); ++i) {
    const float angle = static_cast<float>(i) * 0.003F;
    arc(i, 0) = std::cos(angle);
    arc(i, 1) = std::sin(angle);
    own.push_back({arc(i, 0), arc(i, 1)});
  }
  for (std::size_t i = 0; i < own.size(); ++i) shuffled.push_back(own[i * 173 % own.size()]);
  EXPECT_NEAR(mapQuality(arc, own, 10, 1).trustworthiness, 1, 1e-3);
  EXPECT_GT(mapQuality(arc, own, 10, 1).neighboursKept, 0.95);
  EXPECT_LT(mapQuality(arc, shuffled, 10, 1).trustworthiness, 0.7);
}

/// Prints time and quality of a map.
double secondsFor(std::size_t pictures) {
  const auto x = blobs(pictures, 1280, 12, 0.25);
  const auto begin = std::chrono::steady_clock::now();
  const auto points = must(neighbourMap(x, {.threads = 2}));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto quality = mapQuality(x, points, 15, 2);
  std::printf("map of %zu x 1280: %.1f s, trustworthiness %.3f, neighbours kept %.2f\n", pictures, seconds, quality.trustworthiness,
              quality.neighboursKept);
  return seconds;
}

TEST(NeighbourMap, TwoThousandPicturesTakeSeconds) {
  const double seconds = secondsFor(2624);
  RecordProperty("seconds", std::to_string(seconds));
  EXPECT_LT(seconds, 60) << "20 s on a machine that does nothing else";
}

TEST(EmbeddingMap, GivesEveryPictureAPointWithItsLabelAndPart) {
  BlockHarness block{"patchbay.evaluate.embedding_map"};
  const auto set = toyDataset(block.store(), {.perClass = 30, .pictures = false});
  const auto features = toyEmbedding(block.store(), set);
  block.input<Embedding>("embedding", features).input<Dataset>("data", set);
  ASSERT_TRUE(block.run()) << block.problem();
  const auto report = must(block.output<Report>("report"));
  EXPECT_EQ(report.body["kind"].asText(), "embedding_map");
  EXPECT_GT(report.metrics["trustworthiness"].asDouble(), 0.8);
  const auto& body = report.body;
  ASSERT_EQ(body["points"].asList().size(), 60u);
  const auto items = must(set.items(block.store()));
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_EQ(body["ids"].asList()[i].asText(), features.ids[i]);
    const auto& item = *std::ranges::find(items, features.ids[i], &Item::id);
    EXPECT_EQ(body["labels"].asList()[i].asText(), *item.label());
    EXPECT_EQ(body["splits"].asList()[i].asText(), toString(item.split));
    EXPECT_EQ(body["pictures"].asList()[i].asText(), item.digest.hex());
  }
  // Fewer are drawn when asked so; labels are not needed.
  block.clearInputs().input<Embedding>("embedding", features).set("most", 10);
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(must(block.output<Report>("report")).body["points"].asList().size(), 10u);
  block.set("most", 10'000).stopAt(2, Stop::Cancel);
  ASSERT_FALSE(block.run());
  EXPECT_EQ(block.error()->kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace patchbay::testing
