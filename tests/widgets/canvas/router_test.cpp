// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "tests/widgets/canvas/fixture.h"
#include "widgets/canvas/link_router.h"

namespace patchbay::widgets {
namespace {

TEST(Router, AFreeLinkIsThePlainCurve) {
  const QPointF from{0, 0}, to{400, 120};
  EXPECT_EQ(route(from, to, {}, 0), LinkGeometry(from, to));
  const QRectF aside[] = {{150, 200, 100, 100}};
  EXPECT_EQ(route(from, to, aside, 0), LinkGeometry(from, to));
}

TEST(Router, ABlockInTheWayIsPassedOnItsNearerSide) {
  const QPointF from{0, 0}, to{600, 0};
  const QRectF low[] = {{200, -20, 200, 150}}, high[] = {{200, -130, 200, 150}};
  for (const int spread : {0, 1, 2}) {
    const auto above = route(from, to, low, spread), below = route(from, to, high, spread);
    EXPECT_FALSE(above.crosses(low[0]));
    EXPECT_FALSE(below.crosses(high[0]));
    EXPECT_LT(above.middle().y(), -20);
    EXPECT_GT(below.middle().y(), 20);
    EXPECT_EQ(above.from(), from);
    EXPECT_EQ(above.to(), to);
  }
  EXPECT_NE(route(from, to, low, 0).middle().y(), route(from, to, low, 1).middle().y()) << "two links of one way lie on each other";
}

TEST(Router, CurvesAreFoundBetweenTheirPointsToo) {
  const LinkGeometry line{{0, 0}, {2400, 0}};
  EXPECT_TRUE(line.crosses({1210, -3, 6, 6}));
  EXPECT_FALSE(line.crosses({1210, 3, 6, 6}));
}

TEST(Router, WithNoFreeWayItTakesTheOneBehindTheFewest) {
  const QRectF wall[] = {{200, -2000, 60, 4000}, {300, -10, 60, 20}};
  const auto way = route({0, 0}, {600, 0}, wall, 0);
  EXPECT_TRUE(way.crosses(wall[0]));
  EXPECT_FALSE(way.crosses(wall[1]));
}

/// Turns, and the run between them, in the order they are walked.
TEST(Router, ALinkThatRunsBackTurnsRoundBesideItsBlocks) {
  const QRectF source{400, 0, 200, 120}, target{0, 20, 200, 120};
  const QPointF from{600, 40}, to{0, 60};
  const auto way = routeBack(from, to, source, target, {}, 0);
  EXPECT_FALSE(way.crosses(source.adjusted(1, 0, -1, 0)));
  EXPECT_FALSE(way.crosses(target.adjusted(1, 0, -1, 0)));
  EXPECT_EQ(way.from(), from);
  EXPECT_EQ(way.to(), to);
  // It leaves to the right and enters from the left, and no further out than it can be followed.
  double right = 0, left = 0;
  for (const auto& p : way.points()) right = std::max(right, p.x()), left = std::min(left, p.x());
  EXPECT_GT(right, 615);
  EXPECT_LT(right, 680);
  EXPECT_LT(left, -15);
  EXPECT_GT(left, -80);
  EXPECT_TRUE(way.middle().y() < 0 || way.middle().y() > 140);
}

TEST(Router, BetweenBlocksThatLieApartItRunsInTheMiddle) {
  const QRectF source{400, 0, 200, 100}, target{0, 200, 200, 100};
  const auto way = routeBack({600, 40}, {0, 240}, source, target, {}, 0);
  EXPECT_NEAR(way.middle().y(), 150, 1);
  // What stands there is passed.
  const QRectF between[] = {{250, 110, 120, 80}};
  const auto round = routeBack({600, 40}, {0, 240}, source, target, between, 0);
  EXPECT_FALSE(round.crosses(between[0]));
  EXPECT_FALSE(round.crosses(source.adjusted(1, 0, -1, 0)));
  EXPECT_FALSE(round.crosses(target.adjusted(1, 0, -1, 0)));
}

TEST(Router, TwoLinksBackDoNotLieOnEachOther) {
  const QRectF source{400, 0, 200, 120}, target{0, 0, 200, 120};
  EXPECT_NE(routeBack({600, 40}, {0, 60}, source, target, {}, 0).middle().y(),
            routeBack({600, 60}, {0, 60}, source, target, {}, 1).middle().y());
}

using Routes = CanvasTest;

/// Links that run behind a block that they are not of.
int hidden(const CanvasModel& model) {
  int out = 0;
  for (const auto& link : model.links())
    for (int i = 0; i < static_cast<int>(model.blocks().size()); ++i)
      out += i != link.fromBlock && i != link.toBlock && link.geometry.crosses(model.block(i).rect);
  return out;
}

TEST_F(Routes, NoLinkOfATemplateRunsBehindABlock) {
  int templates = 0;
  for (const auto& entry : std::filesystem::directory_iterator{PATCHBAY_TEMPLATES}) {
    if (entry.path().extension() != ".json") continue;
    auto document = Document::load(entry.path());
    ASSERT_TRUE(document);
    ++templates;
    // Before anything has run, and with pictures and figures on the blocks.
    for (const double status : {0.0, 34.0, 72.0}) {
      CanvasModel model{catalogue, [&](const std::string&) { return status; }};
      model.build(*document, {});
      EXPECT_EQ(hidden(model), 0) << entry.path().stem() << " with a status of " << status;
    }
  }
  EXPECT_GE(templates, 6);
}

TEST_F(Routes, MovingABlockIntoALinkMovesTheLinkAside) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 600, 0), c = add("t.backbone", 300, 500);
  link(a, "data", b, "data");
  EXPECT_EQ(hidden(view->core().model), 0);
  const auto before = view->core().model.link(0).geometry;
  ASSERT_TRUE(editor.apply(TR("t", "Move"), {edit::Move{c, 300, 10}}));
  EXPECT_NE(view->core().model.link(0).geometry, before);
  EXPECT_EQ(hidden(view->core().model), 0);
  expectInSync();
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(view->core().model.link(0).geometry, before);
  // A block that grows with what it has to say likewise.
  ASSERT_TRUE(editor.apply(TR("t", "Move"), {edit::Move{c, 300, -60}}));
  BlockStatus status;
  status.state = BlockState::Failed;
  status.reason = QStringLiteral("The folder holds no picture that can be read.");
  view->setStatus(c, status);
  EXPECT_EQ(hidden(view->core().model), 0);
  expectInSync();
}

TEST_F(Routes, ABlockInTheWayOfALinkBackMovesItAside) {
  const auto a = add("t.pictures", 900, 0), b = add("t.split", 0, 0), c = add("t.backbone", 400, 900);
  link(a, "data", b, "data");
  EXPECT_EQ(hidden(view->core().model), 0);
  const auto lane = view->core().model.link(0).geometry.middle().y();
  ASSERT_TRUE(editor.apply(TR("t", "Move"), {edit::Move{c, 400, lane - 20}}));
  EXPECT_EQ(hidden(view->core().model), 0);
  EXPECT_NE(view->core().model.link(0).geometry.middle().y(), lane);
  expectInSync();
}

TEST_F(Routes, ManyMovesLeaveWhatBuildingAnewWouldGive) {
  std::mt19937 random{11};
  std::vector<NodeId> ids;
  for (int i = 0; i < 30; ++i) {
    ids.push_back(add("t.split", i % 6 * 280.0, i / 6 * 160.0));
    if (i % 6 > 0) link(ids[ids.size() - 2], "data", ids.back(), "data");
  }
  for (int n = 0; n < 60; ++n) {
    std::vector<edit::Change> moves;
    for (unsigned k = 0; k <= random() % 4; ++k)
      moves.push_back(edit::Move{ids[random() % ids.size()], static_cast<double>(random() % 1600), static_cast<double>(random() % 900)});
    ASSERT_TRUE(editor.apply(TR("t", "Move"), std::move(moves)));
    expectInSync();
  }
}

}  // namespace
}  // namespace patchbay::widgets
