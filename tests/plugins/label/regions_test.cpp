// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/formats/geometry.h"
#include "engine/vision/decode.h"
#include "tests/support/block_harness.h"
#include "tests/support/pack_fixtures.h"

namespace patchbay::testing {
namespace {

struct Regions : ::testing::Test {
  BlockHarness block{"patchbay.label.regions"};
  /// One picture of 60 x 40 with a box, a rotated one, an outline with a hole's worth of corners cut, a mask, and others that count not.
  Dataset drawn(std::vector<Annotation> annotations) {
    DatasetWriter writer{{.task = "detection", .classes = {"bolt", "nut", "never"}, .skipped = {}, .summary = {}}};
    for (int i = 0; i < 2; ++i) {
      Item item;
      item.paths = {"p" + std::to_string(i) + ".png"};
      item.digest = must(block.store().put(drawPng(i, 1, 60, 40)));
      item.id = makeItemId(item.paths[0], item.digest);
      item.width = 60;
      item.height = 40;
      item.split = i ? Split::Test : Split::Train;
      if (i == 0) item.annotations = annotations;
      else item.annotations = {{.kind = AnnotationKind::Box, .label = "nut", .geometry = {5, 5, 10, 10}, .author = "person:bob"}};
      writer.add(std::move(item));
    }
    return must(writer.finish(block.store()));
  }
  std::map<std::string, Item> run(std::vector<Annotation> annotations) {
    block.input<Dataset>("data", drawn(std::move(annotations)));
    EXPECT_TRUE(block.run()) << block.problem();
    return itemsByPath(block.store(), *block.output<Dataset>("regions"));
  }
  vision::Image pictureOf(const Item& item) {
    const auto file = must(block.store().open(item.digest));
    return must(vision::decode(file.bytes())).image;
  }
};

TEST_F(Regions, EachBoxIsAPictureWithItsLabel) {
  block.set("margin", 0.0);
  const auto items = run({{.kind = AnnotationKind::Box, .label = "bolt", .geometry = {10, 8, 20, 12}, .author = "person:ann"},
                          {.kind = AnnotationKind::Box, .label = "nut", .geometry = {50, 30, 30, 30}, .author = "import"}});
  ASSERT_EQ(items.size(), 3u);
  const auto& first = items.at("p0.png#1.png");
  EXPECT_EQ(*first.label(), "bolt");
  EXPECT_EQ(first.annotations[0].author, "person:ann");
  EXPECT_EQ(first.split, Split::Train);
  const auto cut = pictureOf(first), whole = drawPattern(0, 1, 60, 40);
  ASSERT_EQ(cut.width(), 20);
  ASSERT_EQ(cut.height(), 12);
  for (int y = 0; y < 12; ++y) EXPECT_TRUE(std::equal(cut.row(y), cut.row(y) + 60, whole.row(8 + y) + 30));
  // One that reaches beyond the picture ends with it.
  EXPECT_EQ(items.at("p0.png#2.png").width, 10);
  // Regions of one picture are one group; those of another are not.
  EXPECT_EQ(first.group, items.at("p0.png#2.png").group);
  EXPECT_NE(first.group, items.at("p1.png#1.png").group);
  EXPECT_EQ(block.output<Dataset>("regions")->info().task, "classification");
  EXPECT_EQ(block.output<Dataset>("regions")->info().classes, (std::vector<std::string>{"bolt", "nut"}));
}

TEST_F(Regions, OutlinesAndMasksCanStandOnGrey) {
  block.set("margin", 0.0);
  block.set("around", "grey");
  const std::vector<float> triangle{3, 10, 10, 30, 10, 10, 30};
  formats::Bitmap bitmap{60, 40, std::vector<std::uint8_t>(60 * 40)};
  for (int y = 5; y < 15; ++y)
    for (int x = 40; x < 55; ++x) bitmap.pixels[static_cast<std::size_t>(y * 60 + x)] = x < 45 || y < 10;
  const auto runs = formats::textOfRuns(formats::runsOf(bitmap, 1));
  const auto items = run({{.kind = AnnotationKind::Polygon, .label = "bolt", .geometry = triangle, .author = "person:ann"},
                          {.kind = AnnotationKind::Mask, .label = "nut", .text = runs, .author = "person:ann"}});
  const auto cut = pictureOf(items.at("p0.png#1.png"));
  ASSERT_EQ(cut.width(), 20);
  const auto whole = drawPattern(0, 1, 60, 40);
  EXPECT_EQ(cut.row(18)[3 * 18], 127) << "outside the triangle";
  EXPECT_EQ(cut.row(2)[3 * 2], whole.row(12)[3 * 12]) << "inside";
  const auto masked = pictureOf(items.at("p0.png#2.png"));
  ASSERT_EQ(masked.width(), 15);
  ASSERT_EQ(masked.height(), 10);
  EXPECT_EQ(masked.row(9)[3 * 14], 127);
  EXPECT_EQ(masked.row(9)[0], whole.row(14)[3 * 40]);
}

TEST_F(Regions, AMarginTakesMoreAndRotatedBoxesTheirBounds) {
  block.set("margin", 50.0);
  const auto items = run({{.kind = AnnotationKind::RotatedBox, .label = "bolt", .geometry = {30, 20, 10, 6, 90}, .author = "person:ann"}});
  const auto& one = items.at("p0.png#1.png");
  EXPECT_NEAR(one.width, 6 + 10, 1);
  EXPECT_NEAR(one.height, 10 + 10, 1);
}

TEST_F(Regions, SuggestionsSmallOnesAndPlainLabelsAreNone) {
  const auto items = run({{.kind = AnnotationKind::Box, .label = "bolt", .geometry = {10, 8, 20, 12}, .author = "model:x"},
                          {.kind = AnnotationKind::Box, .label = "bolt", .geometry = {10, 8, 2, 12}, .author = "person:ann"},
                          {.kind = AnnotationKind::Box, .label = "bolt", .geometry = {200, 8, 20, 12}, .author = "person:ann"},
                          {.kind = AnnotationKind::Points, .label = "bolt", .geometry = {10, 8, 2}, .author = "person:ann"},
                          {.label = "bolt", .author = "person:ann"}});
  EXPECT_EQ(items.size(), 1u) << "the one of the other picture";
}

TEST_F(Regions, TheValueKeepsItsPictures) {
  run({{.kind = AnnotationKind::Box, .label = "bolt", .geometry = {10, 8, 20, 12}, .author = "person:ann"}});
  const auto set = *block.output<Dataset>("regions");
  std::set<Digest> parts;
  for (const auto& [name, digest] : set.value().parts) parts.insert(digest);
  for (const auto& item : must(set.items(block.store()))) EXPECT_TRUE(parts.contains(item.digest));
}

TEST_F(Regions, PicturesThatCannotBeReadAreToldAndTheRestGoesOn) {
  auto set = drawn({{.kind = AnnotationKind::Box, .label = "bolt", .geometry = {10, 8, 20, 12}, .author = "person:ann"}});
  auto items = must(set.items(block.store()));
  items[0].digest = must(block.store().put("no picture"));
  block.input<Dataset>("data", must(set.with(block.store(), std::vector<Item>{items[0]})));
  ASSERT_TRUE(block.run()) << block.problem();
  EXPECT_EQ(block.output<Dataset>("regions")->size(), 1u);
  EXPECT_EQ(block.output<Dataset>("regions")->info().skipped.asList().size(), 1u);
}

}  // namespace
}  // namespace patchbay::testing
