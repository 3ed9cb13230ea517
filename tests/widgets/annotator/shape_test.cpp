// SPDX-License-Identifier: Apache-2.0
#include "widgets/annotator/shape.h"

#include <gtest/gtest.h>

#include <QImage>
#include <cmath>
#include <random>

#include "widgets/annotator/effort.h"
#include "widgets/annotator/mask.h"
#include "widgets/annotator/picture_feed.h"
#include "widgets/annotator/picture_levels.h"

namespace patchbay::widgets {
namespace {

constexpr QSizeF room{100, 80};
Annotation square() { return makePolygon({{10, 10}, {50, 10}, {50, 50}, {10, 50}}); }

TEST(Shape, ABoxStaysInThePictureHoweverItIsDrawn) {
  const auto box = makeBox({60, 90}, {-5, 20}, room);
  EXPECT_EQ(box.geometry, (std::vector<float>{0, 20, 60, 60}));
  // A corner that is dragged over the opposite one turns the box inside out, not its size.
  EXPECT_EQ(withVertexAt(box, {0, 2}, {-3, 5}, room).geometry, (std::vector<float>{0, 5, 0, 15}));
  EXPECT_EQ(movedBy(box, {100, -100}, room).geometry, (std::vector<float>{40, 0, 60, 60}));
}

TEST(Shape, ARotatedBoxIsItsEdgeAndItsHeight) {
  const auto box = makeRotatedBox({10, 10}, {40, 50}, {2, 16});
  EXPECT_NEAR(box.geometry[2], 50, 1e-4);
  EXPECT_NEAR(box.geometry[3], 10, 1e-4);
  EXPECT_NEAR(box.geometry[4], std::atan2(40, 30) * 180 / M_PI, 1e-4);
  EXPECT_NEAR(areaOf(box), 500, 1e-2);
  EXPECT_TRUE(contains(box, {box.geometry[0], box.geometry[1]}));
  // The opposite corner stays where it is.
  const auto before = ringsOf(box).front(), after = ringsOf(withVertexAt(box, {0, 1}, {60, 60}, room)).front();
  EXPECT_NEAR(distance(before[3], after[3]), 0, 1e-3);
  const auto turned = withVertexAt(box, turnVertex, {box.geometry[0] + 20.0, box.geometry[1]}, room);
  EXPECT_NEAR(turned.geometry[4], 90, 1e-3);
}

TEST(Shape, VerticesComeAndGo) {
  const auto edge = edgeNear(square(), {30, 8}, 5);
  ASSERT_TRUE(edge);
  EXPECT_EQ(edge->from, (Vertex{0, 0}));
  const auto five = withVertexInserted(square(), edge->from, edge->at);
  EXPECT_EQ(ringsOf(five).front().size(), 5U);
  EXPECT_EQ(withoutVertex(five, {0, 1})->geometry, square().geometry);
  const auto three = withoutVertex(square(), {0, 0});
  ASSERT_TRUE(three);
  EXPECT_FALSE(withoutVertex(*three, {0, 0})) << "two points are no outline";
  EXPECT_FALSE(edgeNear(square(), {30, 30}, 5));
}

TEST(Shape, AHoleIsNotInside) {
  const auto with = withHole(square(), {{20, 20}, {30, 20}, {30, 30}, {20, 30}});
  ASSERT_TRUE(with);
  EXPECT_DOUBLE_EQ(areaOf(*with), 1500);
  EXPECT_FALSE(contains(*with, {25, 25}));
  EXPECT_TRUE(contains(*with, {15, 25}));
  EXPECT_FALSE(withHole(square(), {{40, 40}, {60, 40}, {40, 60}})) << "it reaches out of the outline";
  // A hole of two vertices is none.
  const auto less = withoutVertex(*withoutVertex(*with, {1, 0}), {1, 0});
  EXPECT_EQ(ringsOf(*less).size(), 1U);
}

TEST(Shape, WhatIsMalformedIsNothing) {
  Annotation bad;
  bad.kind = AnnotationKind::Polygon;
  for (const auto& geometry : {std::vector<float>{5, 1, 1}, {-3, 1, 1}, {std::nanf(""), 1}, {1e9F, 0, 0}}) {
    bad.geometry = geometry;
    EXPECT_TRUE(ringsOf(bad).empty());
    EXPECT_FALSE(contains(bad, {1, 1}));
    EXPECT_FALSE(withoutVertex(bad, {0, 0}));
    EXPECT_EQ(withVertexAt(bad, {0, 0}, {1, 1}, room).geometry.size(), geometry.size());
  }
  bad.kind = AnnotationKind::Box;
  bad.geometry = {1, 2};
  EXPECT_EQ(areaOf(bad), 0);
}

TEST(Mask, RunsAndPixelsAreTheSame) {
  std::mt19937 random{7};
  for (int round = 0; round < 50; ++round) {
    const int width = 1 + static_cast<int>(random() % 40), height = 1 + static_cast<int>(random() % 40);
    MaskBitmap paint{width, height};
    for (int dabs = 0; dabs < 6; ++dabs)
      paint.stroke({static_cast<double>(random() % 40), static_cast<double>(random() % 40)},
                   {static_cast<double>(random() % 40), static_cast<double>(random() % 40)}, 1 + random() % 6, dabs % 3 != 2);
    const auto runs = MaskRuns::parse(paint.text(), width, height);
    ASSERT_TRUE(runs) << paint.text();
    EXPECT_EQ(runs->area(), paint.area());
    QRect bounds;
    for (int x = 0; x < width; ++x) {
      int inSpans = 0;
      for (const auto& [first, past] : runs->spans(x)) inSpans += past - first;
      for (int y = 0; y < height; ++y) {
        ASSERT_EQ(runs->at(x, y), paint.at(x, y)) << x << ' ' << y;
        inSpans -= paint.at(x, y);
        if (paint.at(x, y)) bounds |= QRect{x, y, 1, 1};
      }
      ASSERT_EQ(inSpans, 0);
    }
    EXPECT_TRUE(runs->bounds().contains(bounds) || bounds.isEmpty());
    EXPECT_EQ(MaskBitmap{*runs}.text(), paint.text());
  }
}

TEST(Mask, WhatDoesNotSumUpIsNoMask) {
  EXPECT_FALSE(MaskRuns::parse("5 3", 3, 3));
  EXPECT_FALSE(MaskRuns::parse("10", 3, 3));
  EXPECT_FALSE(MaskRuns::parse("4 x 5", 3, 3));
  EXPECT_FALSE(MaskRuns::parse("-1 10", 3, 3));
  EXPECT_FALSE(MaskRuns::parse("", 3, 3));
  EXPECT_FALSE(MaskRuns::parse("0", 0, 0));
  EXPECT_TRUE(MaskRuns::parse("4 2 3\nz_order=2", 3, 3));
}

TEST(Levels, AreHalvesUntilTheyAreSmall) {
  std::vector<std::uint8_t> rgb(800 * 600 * 3, 100);
  const auto levels = makeLevels(rgb, 800, 600);
  ASSERT_TRUE(levels);
  EXPECT_EQ(levels->levels.size(), 5U);
  EXPECT_EQ(levels->at(1).width(), 800);
  EXPECT_EQ(levels->at(.5).width(), 400);
  EXPECT_EQ(levels->at(.4).width(), 400);
  EXPECT_EQ(levels->at(1e-6).width(), 50);
  EXPECT_EQ(qRed(levels->levels.back().pixel(3, 3)), 100);
  EXPECT_FALSE(makeLevels(rgb, 0, 600));
  EXPECT_FALSE(makeLevels(rgb, 800, 601)) << "fewer bytes than pixels";
}

TEST(Levels, TonesAreOfTheViewOnly) {
  EXPECT_EQ(toneTable({})[77], 77);
  EXPECT_EQ(toneTable({.brightness = 1})[0], 255);
  EXPECT_GT(toneTable({.gamma = 2})[64], 100);
  EXPECT_LT(toneTable({.contrast = 2})[64], 20);
}

TEST(Camera, KeepsWhatIsUnderThePointerAndEndsAtThirtyTwo) {
  auto camera = PictureCamera::fitted({4000, 3000}, {800, 600});
  const auto under = camera.toPicture({300, 200});
  camera.zoomAt({300, 200}, 3, {4000, 3000}, {800, 600});
  EXPECT_NEAR(camera.toPicture({300, 200}).x(), under.x(), 1e-6);
  for (int i = 0; i < 100; ++i) camera.zoomAt({300, 200}, 2, {4000, 3000}, {800, 600});
  EXPECT_DOUBLE_EQ(camera.zoom, 32);
  for (int i = 0; i < 100; ++i) camera.zoomAt({300, 200}, .5, {4000, 3000}, {800, 600});
  EXPECT_GT(camera.zoom, 0.05);
}

TEST(Snap, GoesToTheEdgeAndNowhereWithoutOne) {
  QImage image{60, 40, QImage::Format_RGB32};
  image.fill(Qt::white);
  EXPECT_EQ(snapToEdge(image, {20, 20}, 8), (QPointF{20, 20}));
  for (int y = 0; y < 40; ++y)
    for (int x = 25; x < 60; ++x) image.setPixel(x, y, qRgb(0, 0, 0));
  const auto at = snapToEdge(image, {20, 20}, 8);
  EXPECT_NEAR(at.x(), 25, 1);
  EXPECT_EQ(snapToEdge(image, {10, 20}, 8), (QPointF{10, 20})) << "out of reach";
}

TEST(Feed, LargePicturesAreAskedForSmaller) {
  EXPECT_EQ(sideFor({4000, 3000}, PictureFeed::mostPixels), 0);
  EXPECT_EQ(sideFor({}, PictureFeed::mostPixels), 0);
  const int side = sideFor({12'000, 8'333}, PictureFeed::mostPixels);
  EXPECT_NEAR(side, 6000, 10);
}

TEST(Effort, CountsWorkAndNotPauses) {
  EffortMeter meter;
  meter.begin(0);
  meter.key(1500);
  const auto first = meter.accept(1500);
  EXPECT_EQ(first.keys, 1);
  EXPECT_DOUBLE_EQ(first.seconds, 1.5);
  meter.click(601'500);
  EXPECT_DOUBLE_EQ(meter.accept(602'000).seconds, 10.5) << "ten minutes away from the screen are not labelling";
  EXPECT_EQ(meter.labels(), 2);
  EXPECT_DOUBLE_EQ(meter.sum().seconds, 12);
  EXPECT_EQ(EffortMeter::csvLine("2026-11-22", "ab", "class", "a,\"b\"", EffortMeter::How::Suggested, {1, 2, 3.25}),
            "2026-11-22,ab,class,\"a,\"\"b\"\"\",suggested,1,2,3.25\n");
}

}  // namespace
}  // namespace patchbay::widgets
