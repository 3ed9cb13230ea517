// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/augment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <thread>

#include "engine/vision/augment_ops.h"
#include "tests/engine/vision/golden.h"

namespace patchbay::vision {
namespace {

Image scene() { return decode(asBytes(fileBytes("scene.png"))).value().image; }
Image greyScene() { return decode(asBytes(fileBytes("scene_grey.png"))).value().image; }

TEST(Catalogue, EveryEntryIsDescribedAndItsRangesMakeSense) {
  std::set<std::string> names;
  for (const AugmentationInfo& info : augmentationCatalogue()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name << " is there twice";
    EXPECT_FALSE(info.label.empty() || info.help.empty()) << info.name;
    for (const AugmentParameter& p : info.parameters) {
      EXPECT_FALSE(p.label.empty()) << info.name;
      EXPECT_LE(p.allowed.from, p.usual.from) << info.name << "." << p.name;
      EXPECT_LE(p.usual.from, p.usual.to) << info.name << "." << p.name;
      EXPECT_LE(p.usual.to, p.allowed.to) << info.name << "." << p.name;
    }
  }
  EXPECT_GE(names.size(), 20u);
}

TEST(Augment, EveryEntryKeepsTheShapeAndIsReproducibleOnAnyThread) {
  const Image tiny = crop(scene(), 3, 4, 1, 1);
  for (const AugmentationInfo& info : augmentationCatalogue()) {
    for (const Image& in : {scene(), greyScene(), tiny}) {
      for (std::uint64_t item = 0; item < 20; ++item) {
        const AugmentRecipe recipe{{.name = info.name}};
        const RandomKey key{5, item, 2};
        const Image a = augment(in, recipe, key);
        Image b;
        std::thread{[&] { b = augment(in, recipe, key); }}.join();
        ASSERT_EQ(a, b) << info.name;
        ASSERT_EQ(a.width(), in.width()) << info.name;
        ASSERT_EQ(a.height(), in.height()) << info.name;
        ASSERT_EQ(a.channels(), in.channels()) << info.name;
      }
    }
  }
}

TEST(Augment, EveryEntryDoesSomethingAndTheKeyMatters) {
  const Image square = crop(scene(), 0, 0, 47, 47);
  for (const AugmentationInfo& info : augmentationCatalogue()) {
    const AugmentRecipe recipe{{.name = info.name}};
    int changed = 0;
    int bySeed = 0;
    int byEpoch = 0;
    for (std::uint64_t item = 0; item < 20; ++item) {
      const Image here = augment(square, recipe, {1, item, 0});
      changed += here != square;
      bySeed += here != augment(square, recipe, {2, item, 0});
      byEpoch += here != augment(square, recipe, {1, item, 1});
    }
    EXPECT_GT(changed, 10) << info.name;
    if (info.parameters.empty()) continue;
    EXPECT_GT(bySeed, 8) << info.name;
    EXPECT_GT(byEpoch, 8) << info.name;
  }
}

TEST(Augment, TheEndsOfAllowedRangesAreSafe) {
  for (const AugmentationInfo& info : augmentationCatalogue()) {
    for (const bool upper : {false, true}) {
      AugmentStep step{.name = info.name};
      for (const AugmentParameter& p : info.parameters)
        step.ranges[p.name] = upper ? Range{p.allowed.to, p.allowed.to} : Range{p.allowed.from, p.allowed.from};
      EXPECT_EQ(augment(scene(), {step}, {1, 2, 3}).width(), 61) << info.name;
    }
  }
}

TEST(Augment, ProbabilityIsKept) {
  int changed = 0;
  for (std::uint64_t item = 0; item < 1000; ++item)
    changed += augment(scene(), {{.name = "hflip", .probability = 0.3}}, {9, item, 0}) != scene();
  EXPECT_NEAR(changed, 300, 60);
}

TEST(Augment, ChangingOneStepLeavesTheChoicesOfTheNextAlone) {
  const RandomKey key{4, 7, 1};
  const AugmentRecipe with{{.name = "hflip", .probability = 0}, {.name = "rotate"}};
  const AugmentRecipe other{{.name = "noise", .probability = 0}, {.name = "rotate"}};
  EXPECT_EQ(augment(scene(), with, key), augment(scene(), other, key));
}

TEST(Operations, DoWhatTheirNamesSay) {
  Image two{2, 1, 1};
  two.data()[0] = 10;
  two.data()[1] = 200;
  EXPECT_EQ(ops::flipHorizontal(two).data()[0], 200);
  EXPECT_EQ(ops::invert(two).data()[0], 245);
  EXPECT_EQ(ops::solarize(two, 128).data()[1], 55);
  EXPECT_EQ(ops::solarize(two, 128).data()[0], 10);
  EXPECT_EQ(ops::posterize(two, 1).data()[1], 128);
  EXPECT_EQ(ops::autocontrast(two).data()[0], 0);
  EXPECT_EQ(ops::autocontrast(two).data()[1], 255);
  EXPECT_EQ(ops::brightness(two, 2).data()[1], 255);
  EXPECT_EQ(ops::contrast(two, 0).data()[0], 105);
  const Image image = scene();
  EXPECT_EQ(ops::rotate(image, 0), image);
  EXPECT_EQ(ops::flipVertical(ops::flipVertical(image)), image);
  const Image square = crop(image, 0, 0, 40, 40);
  EXPECT_EQ(ops::quarterTurns(ops::quarterTurns(square, 1), 3), square);
  // Shifted five to the right, three down.
  EXPECT_EQ(crop(ops::translate(image, 5, 3), 5, 3, 20, 20), crop(image, 0, 0, 20, 20));
  EXPECT_EQ(ops::translate(image, 5, 0).data()[0], 128);
  EXPECT_EQ(ops::saturation(image, 1), image);
  EXPECT_EQ(ops::saturation(image, 0), ops::toGrey(image));
  EXPECT_EQ(ops::sharpness(image, 1), image);
}

TEST(Recipe, SurvivesJsonAndRejectsNonsense) {
  AugmentRecipe recipe = standardRecipe();
  recipe.push_back({.name = "rotate", .probability = 0.5, .ranges = {{"angle", {-3, 4}}}});
  EXPECT_EQ(augmentRecipeFromValue(parseJson(toJson(toValue(recipe))).value()).value(), recipe);
  for (const char* json : {R"([{"name":"melt"}])", R"([{"name":"hflip","probability":1.5}])",
                           R"([{"name":"rotate","ranges":{"angle":[5,1]}}])", R"([{"name":"rotate","ranges":{"angle":[0,400]}}])",
                           R"([{"name":"rotate","ranges":{"speed":[0,1]}}])", R"([{"name":"rotate","ranges":{"angle":[0]}}])"}) {
    const auto read = augmentRecipeFromValue(parseJson(json).value());
    ASSERT_FALSE(read) << json;
    EXPECT_FALSE(render(read.error().hint).empty());
  }
}

TEST(Mix, MixupBlendsEveryPixelByTheReportedWeight) {
  std::vector<float> x(4 * 3 * 5 * 6);
  std::iota(x.begin(), x.end(), 0.0f);
  const std::vector<float> before = x;
  const auto mixed = mixBatch(x, 4, 3, 5, 6, {.mixupAlpha = 0.4}, {3, 0, 0});
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t k = 0; k < 90; ++k) {
      EXPECT_NEAR(x[i * 90 + k], mixed[i].weight * before[i * 90 + k] + (1 - mixed[i].weight) * before[mixed[i].partner * 90 + k], 1e-3);
    }
  }
}

TEST(Mix, CutmixTakesTheReportedShareFromThePartner) {
  bool moved = false;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    std::vector<float> x(3 * 2 * 8 * 8);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i / 128);
    const auto mixed = mixBatch(x, 3, 2, 8, 8, {.cutmixAlpha = 1}, {seed, 0, 0});
    for (std::size_t i = 0; i < 3; ++i) {
      if (mixed[i].partner == i) continue;
      std::size_t own = 0;
      for (std::size_t k = 0; k < 128; ++k) own += x[i * 128 + k] == static_cast<float>(i);
      EXPECT_NEAR(static_cast<float>(own) / 128, mixed[i].weight, 1e-5);
      moved |= own < 128;
    }
  }
  EXPECT_TRUE(moved);
}

TEST(Mix, OffLeavesTheBatchAlone) {
  std::vector<float> x(2 * 3 * 4, 1.5f);
  const auto mixed = mixBatch(x, 2, 3, 2, 2, {}, {1, 2, 3});
  EXPECT_EQ(mixed[0].weight, 1);
  EXPECT_THAT(x, testing::Each(1.5f));
}

TEST(Random, NumbersLookUniformAndBetaHasItsMean) {
  Random random{{1, 2, 3}};
  double sum = 0;
  double beta = 0;
  double normal = 0;
  for (int i = 0; i < 20000; ++i) {
    sum += random.unit();
    beta += random.beta(0.2, 0.2);
    normal += std::pow(random.normal(), 2);
  }
  EXPECT_NEAR(sum / 20000, 0.5, 0.01);
  EXPECT_NEAR(beta / 20000, 0.5, 0.02);
  EXPECT_NEAR(normal / 20000, 1, 0.05);
}

}  // namespace
}  // namespace patchbay::vision
