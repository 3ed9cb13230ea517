// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <set>

#include "tests/widgets/gallery/drawn_picture.h"
#include "tests/widgets/support/fake_engine.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/import_summary_view.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/gallery/picture_window.h"

namespace patchbay::widgets {
namespace {

QImage drawn(const PictureRef& ref, int side) {
  return ref.path.ends_with("broken.jpg") ? QImage{} : patchbay::testing::drawnPicture(ref, side);
}

struct Grid : ::testing::Test {
  patchbay::testing::FakeEngine engine;
  std::unique_ptr<PictureGrid> grid;
  void SetUp() override {
    engine.pictures = drawn;
    grid = std::make_unique<PictureGrid>(engine);
    grid->resize(800, 600);
  }
  void fill(std::size_t n) {
    grid->setItems(n, [](std::size_t i) {
      GalleryItem item;
      item.picture.path = std::to_string(i) + ".jpg";
      item.id = std::to_string(i);
      item.caption = QStringLiteral("picture %1").arg(i);
      item.note = QStringLiteral("class %1").arg(i % 7);
      item.details = {{QStringLiteral("File"), QStringLiteral("%1.jpg").arg(i)}};
      return item;
    });
    grid->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(grid.get()));
  }
};

TEST_F(Grid, AsksOnlyForWhatIsNearWhatIsSeen) {
  fill(100'000);
  ASSERT_TRUE(QTest::qWaitFor([&] { return grid->pendingThumbnails() == 0; }));
  EXPECT_GT(engine.picturesAsked.size(), 10U);
  EXPECT_LT(engine.picturesAsked.size(), 60U);
  grid->verticalScrollBar()->setValue(grid->verticalScrollBar()->maximum());
  ASSERT_TRUE(QTest::qWaitFor([&] { return grid->pendingThumbnails() == 0; }));
  EXPECT_LT(engine.picturesAsked.size(), 120U);
  EXPECT_EQ(engine.picturesAsked.back().path.substr(0, 2), "99");
}

TEST_F(Grid, LetsGoOfWhatWasScrolledAway) {
  engine.holdPictures = true;
  fill(100'000);
  const auto first = engine.picturesAsked.size();
  EXPECT_LE(first, 24U);
  for (int page = 1; page <= 200; ++page) grid->verticalScrollBar()->setValue(page * 5000);
  // Every stop asks for at most a handful, and only those of the last stop are still waited for.
  EXPECT_LE(grid->pendingThumbnails(), 24);
  engine.answerPictures();
  ASSERT_TRUE(QTest::qWaitFor([&] {
    engine.answerPictures();
    return grid->pendingThumbnails() == 0;
  }));
  EXPECT_TRUE(grid->thumbnail(0).isNull()) << "nobody waited for the first page any more";
}

TEST_F(Grid, ScrollsAHundredThousandPicturesWithoutLag) {
  fill(100'000);
  QElapsedTimer timer;
  std::vector<qint64> frames;
  for (int i = 0; i < 120; ++i) {
    timer.restart();
    grid->verticalScrollBar()->setValue(i * 9973);
    grid->viewport()->repaint();
    frames.push_back(timer.nsecsElapsed());
  }
  std::ranges::sort(frames);
  RecordProperty("frame_95_us", static_cast<int>(frames[frames.size() * 95 / 100] / 1000));
  EXPECT_LT(frames[frames.size() * 95 / 100], 100'000'000) << "nanoseconds a frame";
}

TEST_F(Grid, KeysMoveAndChooseAsInAFileManager) {
  fill(50);
  grid->setFocus();
  grid->setCurrent(0);
  QTest::keyClick(grid.get(), Qt::Key_Right);
  EXPECT_EQ(grid->current(), 1U);
  QTest::keyClick(grid.get(), Qt::Key_Right, Qt::ShiftModifier);
  QTest::keyClick(grid.get(), Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(grid->selection(), (std::vector<std::size_t>{1, 2, 3}));
  QTest::keyClick(grid.get(), Qt::Key_End, Qt::ControlModifier);
  EXPECT_EQ(grid->current(), 49U);
  EXPECT_EQ(grid->selection().size(), 3U);
  QTest::keyClick(grid.get(), Qt::Key_Space);
  EXPECT_EQ(grid->selection().size(), 4U);
  QTest::keyClick(grid.get(), Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(grid->selection().size(), 50U);
  QTest::keyClick(grid.get(), Qt::Key_Escape);
  EXPECT_TRUE(grid->selection().empty());
  const int before = grid->cellSize();
  QTest::keyClick(grid.get(), Qt::Key_Plus);
  EXPECT_GT(grid->cellSize(), before);
}

TEST_F(Grid, MouseChoosesWithCtrlAndShift) {
  fill(50);
  const auto at = [&](std::size_t i) { return grid->cellRect(i).center(); };
  QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, at(1));
  QTest::mouseClick(grid->viewport(), Qt::LeftButton, Qt::ControlModifier, at(3));
  EXPECT_EQ(grid->selection(), (std::vector<std::size_t>{1, 3}));
  QTest::mouseClick(grid->viewport(), Qt::LeftButton, Qt::ShiftModifier, at(5));
  EXPECT_EQ(grid->selection(), (std::vector<std::size_t>{3, 4, 5}));
}

TEST_F(Grid, DoubleClickOpensTheLargeViewWithItsNeighbours) {
  fill(3);
  QSignalSpy activated{grid.get(), &PictureGrid::activated};
  QTest::mouseDClick(grid->viewport(), Qt::LeftButton, {}, grid->cellRect(1).center());
  EXPECT_EQ(activated.size(), 1);
  auto* window = grid->findChild<PictureWindow*>();
  ASSERT_TRUE(window);
  EXPECT_EQ(window->index(), 1U);
  auto* view = window->findChild<PictureView*>();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !view->image().isNull(); }));
  EXPECT_EQ(view->image().width(), 2048);
  QTest::keyClick(window, Qt::Key_Right);
  EXPECT_EQ(window->index(), 2U);
  QTest::keyClick(window, Qt::Key_Right);
  EXPECT_EQ(window->index(), 2U) << "the last one stays";
  const double fitted = view->zoom();
  QTest::keyClick(view, Qt::Key_Plus);
  EXPECT_GT(view->zoom(), fitted);
  QTest::keyClick(view, Qt::Key_0);
  EXPECT_DOUBLE_EQ(view->zoom(), fitted);
  patchbay::testing::shoot(*window, QStringLiteral("picture-window"), {900, 560});
  QTest::keyClick(window, Qt::Key_Escape);
  EXPECT_FALSE(window->isVisible());
}

TEST_F(Grid, ShowsAPictureOfItself) {
  fill(60);
  grid->setSelection({2, 3});
  grid->setCurrent(4);
  patchbay::testing::shoot(*grid, QStringLiteral("grid"), {800, 600});
}

TEST(ClassBarsTest, SaysCountsByPartAndIsMovedThroughByKeys) {
  ClassBars bars;
  bars.setCounts(
      {{.name = QStringLiteral("no label"), .none = 12, .unlabelled = true},
       {.name = QStringLiteral("functional"), .train = 1200, .validation = 150, .test = 158},
       {.name = QStringLiteral("a class with quite a long name that has to be shortened"), .train = 800, .validation = 90, .test = 226}});
  EXPECT_TRUE(bars.counts().back().unlabelled) << "those without label come last";
  QSignalSpy chosen{&bars, &ClassBars::classActivated};
  bars.resize(420, 140);
  bars.show();
  QTest::keyClick(&bars, Qt::Key_Home);
  QTest::keyClick(&bars, Qt::Key_Down);
  EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("1,116 pictures"))) << bars.accessibleDescription().toStdString();
  QTest::keyClick(&bars, Qt::Key_Return);
  ASSERT_EQ(chosen.size(), 1);
  EXPECT_EQ(chosen[0][0].toInt(), 1);
  patchbay::testing::shoot(bars, QStringLiteral("class-bars"), {420, 140});
}

Value summary() {
  Value s;
  s["kind"] = "folder";
  s["pictures"] = 1531;
  s["classes"] = Value::List{Value::Map{{"name", "crack"}, {"count", 411}}, Value::Map{{"name", "dent"}, {"count", 262}},
                             Value::Map{{"name", "good"}, {"count", 840}}};
  s["unlabelled"] = 18;
  s["unreadable"] = Value::List{Value::Map{{"path", "crack/0007.jpg"}, {"cause", toValue(TR("vision", "The file ends too early."))}}};
  s["duplicates"] = Value::List{Value::List{"good/a.jpg", "good/b.jpg", "crack/c.jpg"}};
  s["unreadable_count"] = 1;
  s["duplicate_count"] = 2;
  s["formats"] = Value::Map{{"jpeg", 1500}, {"png", 31}};
  s["shortest_side"] = 224;
  s["longest_side"] = 4032;
  s["converted"] = Value::Map{{"grey", 31}, {"rgba", 4}, {"rotated", 12}};
  s["sample"] = Value::List{};
  for (int i = 0; i < 24; ++i) s["sample"].push("/pictures/crack/" + std::to_string(i) + ".jpg");
  return s;
}

TEST(ImportSummary, TellsEverythingTheScanFound) {
  patchbay::testing::FakeEngine engine;
  engine.pictures = drawn;
  engine.lives["patchbay.live.pictures.summary"] = [](const Value& a) -> Result<Value> {
    EXPECT_EQ(a["path"].asText(), "/pictures");
    return summary();
  };
  ImportSummaryView view{engine};
  QSignalSpy ready{&view, &ImportSummaryView::ready};
  view.showPath("/pictures");
  EXPECT_FALSE(view.usable());
  ASSERT_TRUE(ready.wait());
  EXPECT_TRUE(view.usable());
  QString all;
  for (const auto* l : view.findChildren<QLabel*>()) all += l->text() + QLatin1Char('\n');
  EXPECT_TRUE(all.contains(QStringLiteral("1,531 pictures"))) << all.toStdString();
  EXPECT_TRUE(all.contains(QStringLiteral("3 classes")));
  EXPECT_EQ(view.findChild<ClassBars*>()->counts().size(), 4U);
  EXPECT_EQ(view.findChild<PictureGrid*>()->count(), 24U);
  const auto* tree = view.findChild<QTreeWidget*>();
  QStringList found;
  for (int i = 0; i < tree->topLevelItemCount(); ++i) found << tree->topLevelItem(i)->text(0);
  EXPECT_TRUE(found.contains(QStringLiteral("1 file unreadable"))) << found.join(QLatin1Char('|')).toStdString();
  EXPECT_EQ(tree->topLevelItem(0)->child(0)->text(1), QStringLiteral("The file ends too early."));
  EXPECT_TRUE(found.contains(QStringLiteral("2 pictures there more than once")));
  EXPECT_EQ(found.size(), 7);
  patchbay::testing::shoot(view, QStringLiteral("import"), {900, 560});
}

TEST(ImportSummary, ShowsCauseAndNextActionWhenItCannotBeRead) {
  patchbay::testing::FakeEngine engine;
  ImportSummaryView view{engine};
  QSignalSpy ready{&view, &ImportSummaryView::ready};
  view.showPath("/nowhere");
  ASSERT_TRUE(ready.wait());
  EXPECT_FALSE(view.usable());
  QString all;
  for (const auto* l : view.findChildren<QLabel*>()) all += l->text() + QLatin1Char('\n');
  EXPECT_TRUE(all.contains(QStringLiteral("Nobody answers.")) && all.contains(QStringLiteral("Try later.")));
}

}  // namespace
}  // namespace patchbay::widgets
