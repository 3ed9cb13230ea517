// SPDX-License-Identifier: Apache-2.0
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "tests/widgets/canvas/fixture.h"
#include "widgets/base/theme.h"
#include "widgets/canvas/line_raster.h"
#include "widgets/canvas/link_geometry.h"

namespace patchbay::widgets {
namespace {

/// Mean and greatest difference of two grey pictures where either is not white.
std::pair<double, int> difference(const QImage& a, const QImage& b) {
  double sum = 0;
  int count = 0, worst = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const int p = qGray(a.pixel(x, y)), q = qGray(b.pixel(x, y));
      if (p == 255 && q == 255) continue;
      sum += std::abs(p - q);
      worst = std::max(worst, std::abs(p - q));
      ++count;
    }
  return {sum / std::max(1, count), worst};
}

TEST(LineRaster, DrawsWhatQPainterDraws) {
  for (const QPointF to : {QPointF{380, 210}, {380, 30}, {60, 290}, {240, 290}, {390, 151}, {21, 290}}) {
    const LinkGeometry curve{{20, 150}, to};
    QImage mine{400, 300, QImage::Format_RGB32}, theirs = mine;
    mine.fill(Qt::white);
    theirs.fill(Qt::white);
    raster::polyline(mine, mine.rect(), curve.points(), 2.2, qRgb(0, 0, 0));
    QPainter painter{&theirs};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen{Qt::black, 2.2, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin});
    QPolygonF points;
    for (const auto& p : curve.points()) points << p;
    painter.drawPolyline(points);
    painter.end();
    const auto [mean, worst] = difference(mine, theirs);
    EXPECT_LT(mean, 14) << to.x() << ' ' << to.y();
    EXPECT_LT(worst, 160) << to.x() << ' ' << to.y();
  }
}

TEST(LineRaster, ATintIsTheSameForEveryWidthAndBlendsEachChannel) {
  QImage image{101, 3, QImage::Format_RGB32};
  for (int x = 0; x < 101; ++x)
    for (int y = 0; y < 3; ++y) image.setPixel(x, y, qRgb(x * 2, 255 - x, (x * 7) % 256));
  const auto before = image.copy();
  raster::fill(image, image.rect(), {1, 1, 99, 1}, qRgb(10, 200, 90), 63);
  const auto blend = [](int under, int over) { return (under * 192 + over * 64) >> 8; };
  for (int x = 0; x < 101; ++x) {
    const auto p = before.pixel(x, 1);
    const auto wanted = x == 0 || x == 100 ? p : qRgb(blend(qRed(p), 10), blend(qGreen(p), 200), blend(qBlue(p), 90));
    EXPECT_EQ(image.pixel(x, 1), wanted) << x;
    EXPECT_EQ(image.pixel(x, 0), before.pixel(x, 0));
    EXPECT_EQ(image.pixel(x, 2), before.pixel(x, 2));
  }
}

TEST(LineRaster, StaysInsideTheClip) {
  QImage image{100, 100, QImage::Format_RGB32};
  image.fill(Qt::white);
  const QPointF line[] = {{-500, -400}, {700, 900}};
  raster::polyline(image, {20, 30, 40, 20}, line, 40, qRgb(0, 0, 0));
  raster::disc(image, {20, 30, 40, 20}, {60, 50}, 30, qRgb(0, 0, 0));
  raster::ring(image, {20, 30, 40, 20}, {25, 20, 30, 60}, 3, 8, qRgb(0, 0, 0));
  raster::fill(image, {20, 30, 40, 20}, {-5, -5, 300, 300}, qRgb(0, 0, 0), 100);
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 100; ++x) {
      if (QRect(20, 30, 40, 20).contains(x, y)) EXPECT_NE(image.pixel(x, y), qRgb(255, 255, 255));
      else EXPECT_EQ(image.pixel(x, y), qRgb(255, 255, 255)) << x << ' ' << y;
    }
}

TEST(LineRaster, WhatIsNoNumberDrawsNothing) {
  QImage image{50, 50, QImage::Format_RGB32};
  image.fill(Qt::white);
  const auto before = image;
  const QPointF line[] = {{std::nan(""), 3}, {20, 20}, {1e300, 5}};
  raster::polyline(image, image.rect(), line, 2, qRgb(0, 0, 0));
  EXPECT_EQ(image, before);
}

TEST(LineRaster, ScrollMovesPixels) {
  for (const QPoint by : {QPoint{7, 0}, {-7, 0}, {0, 9}, {0, -9}, {5, -3}, {-5, 3}, {4, 4}}) {
    QImage image{40, 30, QImage::Format_RGB32};
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 40; ++x) image.setPixel(x, y, qRgb(x, y, 0));
    const auto before = image.copy();
    raster::scroll(image, by.x(), by.y());
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 40; ++x)
        if (before.rect().contains(x - by.x(), y - by.y())) {
          EXPECT_EQ(image.pixel(x, y), before.pixel(x - by.x(), y - by.y()));
        }
  }
}

class Drawing : public CanvasTest {
 protected:
  void scene() {
    a = add("t.pictures", 0, 0);
    b = add("t.split", 300, 40);
    c = add("t.tune", 640, 120);
    link(a, "data", b, "data");
    link(b, "data", c, "data");
    BlockStatus status;
    status.state = BlockState::Running;
    status.done = 3;
    status.total = 10;
    status.phase = QStringLiteral("Reading");
    view->setStatus(a, status);
    QApplication::processEvents();
  }
  QImage shown() { return view->viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32); }
  /// What a new view of the same document and camera shows.
  QImage afresh() {
    view->core().dirtyAll();
    return shown();
  }
  NodeId a, b, c;
};

TEST_F(Drawing, APannedPictureEqualsOnePaintedAnew) {
  scene();
  shown();
  for (const QPointF by : {QPointF{13, 7}, {-40, 22}, {-5, -90}, {300, 200}, {-290, -150}}) {
    view->core().panBy(by);
    const auto scrolled = shown();
    EXPECT_EQ(scrolled, afresh()) << by.x() << ' ' << by.y();
  }
}

TEST_F(Drawing, TwoThreadsPaintWhatOnePaints) {
  scene();
  for (int i = 0; i < 60; ++i) add(i % 3 ? "t.split" : "t.pictures", i % 10 * 250.0, 300 + i / 10 * 190.0);
  auto& core = view->core();
  for (const double zoom : {0.5, 0.3, 0.2, 0.07}) {
    view->zoomTo(zoom);
    view->fitAll();
    core.camera.zoom = zoom;
    QImage whole{1200, 800, QImage::Format_RGB32}, parts = whole;
    core.painter.paint(whole, core.camera, whole.rect(), core.colours, true);
    // Parts as small as these are painted by one thread.
    for (int x = 0; x < 1200; x += 150) core.painter.paint(parts, core.camera, {x, 0, 150, 800}, core.colours, true);
    EXPECT_EQ(whole, parts) << zoom;
    int drawn = 0;
    for (int x = 0; x < 1200; x += 10)
      for (int y = 0; y < 800; y += 10) drawn += whole.pixel(x, y) != core.colours.ground.rgb();
    EXPECT_GT(drawn, 5) << "nothing to compare at " << zoom;
  }
}

TEST_F(Drawing, AChangedPartIsPaintedAsAWholeWouldBe) {
  scene();
  shown();
  BlockStatus status;
  status.state = BlockState::Done;
  status.figure = QStringLiteral("12 pictures");
  view->setStatus(b, status);
  EXPECT_EQ(shown(), afresh());
  ASSERT_TRUE(editor.apply(TR("t", "Move"), {edit::Move{b, 320, 200}}));
  EXPECT_EQ(shown(), afresh());
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(shown(), afresh());
}

TEST_F(Drawing, AfterADragTheMovingLayerIsGone) {
  scene();
  drag(header(b), header(b) + QPoint{50, 100});
  view->select({});
  const auto after = shown();
  makeView();
  view->setStatus(a, [] {
    BlockStatus status;
    status.state = BlockState::Running;
    status.done = 3;
    status.total = 10;
    status.phase = QStringLiteral("Reading");
    return status;
  }());
  view->core().setFocus({});
  view->clearFocus();
  view->core().setHover({});
  // The pointer may rest on something in the first picture.
  EXPECT_EQ(after.size(), shown().size());
  EXPECT_EQ(shown(), afresh());
}

TEST_F(Drawing, LightAndDarkAreReadableAndChangeAtRunTime) {
  scene();
  const auto light = shown();
  applyTheme(*qApp, ThemeChoice::Dark);
  QApplication::processEvents();
  const auto dark = shown();
  EXPECT_GT(qGray(light.pixel(2, 2)), 200);
  EXPECT_LT(qGray(dark.pixel(2, 2)), 60);
  for (const bool night : {false, true}) {
    const Colours colours{themePalette(night)};
    EXPECT_GE(contrast(colours.text, colours.card), 4.5);
    EXPECT_GE(contrast(colours.faint, colours.card), 4.5);
    EXPECT_GE(contrast(colours.link, colours.card), 4.5);
    EXPECT_GE(contrast(colours.noteText, colours.note), 4.5);
    EXPECT_GE(contrast(colours.accent, colours.ground), 3);
    for (const auto tone : {Tone::Neutral, Tone::Waiting, Tone::Busy, Tone::Good, Tone::Warning, Tone::Bad, Tone::Accent}) {
      EXPECT_GE(contrast(colours.tone(tone), colours.card), 4.5) << static_cast<int>(tone) << night;
      EXPECT_GE(contrast(colours.tone(tone), colours.ground), 4.5) << static_cast<int>(tone) << night;
    }
  }
  applyTheme(*qApp, ThemeChoice::Light);
}

TEST_F(Drawing, EveryZoomShowsTheBlocks) {
  scene();
  for (const double zoom : {0.05, 0.1, 0.27, 0.3, 0.5, 0.6, 1.0, 2.5, 4.0}) {
    view->zoomTo(zoom);
    view->centreOn(b.text);
    const auto image = shown();
    const auto rect = *view->rectOf(b.text);
    // The header's colour in the block's upper part.
    const auto at = rect.topLeft() + QPoint{rect.width() / 2, std::max(1, static_cast<int>(5 * zoom))};
    const auto wanted = categoryColour(Category::Data, view->palette());
    EXPECT_LT(std::abs(qBlue(image.pixel(at)) - wanted.blue()), 40) << zoom;
  }
}

}  // namespace
}  // namespace patchbay::widgets
