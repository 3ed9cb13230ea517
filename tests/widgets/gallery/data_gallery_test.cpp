// SPDX-License-Identifier: Apache-2.0
// The data set's gallery over a table: pages, filters, labels by keys, one undo, conflicts, history.
#include "widgets/gallery/data_gallery.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "tests/widgets/gallery/drawn_picture.h"
#include "tests/widgets/gallery/made_data.h"
#include "tests/widgets/support/fake_engine.h"
#include "tests/widgets/support/longer_texts.h"
#include "widgets/gallery/data_bars.h"
#include "widgets/gallery/data_editor.h"
#include "widgets/gallery/data_filters.h"
#include "widgets/gallery/data_pages.h"
#include "widgets/gallery/history_panel.h"
#include "widgets/gallery/label_menu.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/gallery/picture_window.h"

namespace patchbay::widgets {
namespace {

using patchbay::testing::MadeData;

struct Gallery : ::testing::Test {
  patchbay::testing::FakeEngine engine;
  std::unique_ptr<MadeData> data;
  std::unique_ptr<DataGallery> gallery;

  void open(std::size_t count) {
    data = std::make_unique<MadeData>(count);
    engine.pictures = patchbay::testing::drawnPicture;
    engine.asks["data"] = [this](const Value& request) { return data->answer(request); };
    gallery = std::make_unique<DataGallery>(engine);
    gallery->resize(1200, 720);
    gallery->show();
    gallery->reload();
    settle();
    gallery->grid().setFocus();
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return gallery->known() && gallery->idle(); }));
  }
  void press(int key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(&gallery->grid(), static_cast<Qt::Key>(key), modifiers);
    settle();
  }
  std::vector<Value> edits() const {
    std::vector<Value> out;
    for (const auto& [method, args] : engine.asked)
      if (args["do"].asText() == "edit") out.push_back(args);
    return out;
  }
  QTreeWidgetItem* filterRow(int group, const QString& text) {
    auto* top = gallery->filters().findChild<QTreeWidget*>()->topLevelItem(group);
    for (int i = 0; i < top->childCount(); ++i)
      if (top->child(i)->text(0) == text) return top->child(i);
    return nullptr;
  }
};

TEST_F(Gallery, AMillionItemsCostThePagesThatAreLookedAt) {
  open(1'000'000);
  EXPECT_EQ(gallery->grid().count(), 1'000'000U);
  EXPECT_LE(data->pages, 3);
  EXPECT_EQ(data->most, 200);
  auto* bar = gallery->grid().verticalScrollBar();
  bar->setValue(bar->maximum());
  settle();
  EXPECT_EQ(gallery->grid().item(999'999).id, MadeData::idOf(999'999));
  // However far one goes, what is kept is bounded.
  for (int i = 0; i < 150; ++i) {
    bar->setValue(bar->maximum() / 151 * i);
    settle();
  }
  EXPECT_LE(gallery->pages().kept(), DataPages::mostPages);
  EXPECT_GT(data->pages, 150);
}

TEST_F(Gallery, ScrollingPastAsksForNothingInBetween) {
  open(1'000'000);
  const int before = data->pages;
  auto* bar = gallery->grid().verticalScrollBar();
  for (int i = 0; i < 1000; ++i) bar->setValue(bar->maximum() / 1000 * i);
  settle();
  EXPECT_LE(data->pages - before, 8) << "two that were under way, and those at the end";
  EXPECT_TRUE(gallery->pages().find(gallery->grid().sight().first));
}

TEST_F(Gallery, APictureThatIsNotThereYetIsAPlaceholder) {
  open(5000);
  engine.asks["data"] = [](const Value&) -> Result<Value> {
    return fail(ErrorKind::Unreachable, "test", TR("test", "Gone."), TR("test", "Wait."));
  };
  gallery->grid().verticalScrollBar()->setValue(gallery->grid().verticalScrollBar()->maximum());
  const auto item = gallery->grid().item(4999);
  EXPECT_TRUE(item.pending);
  gallery->grid().viewport()->repaint();
}

TEST_F(Gallery, FiltersShowWhatIsTickedWithCounts) {
  open(400);
  auto* unlabelled = filterRow(0, QStringLiteral("Unlabelled"));
  ASSERT_TRUE(unlabelled);
  EXPECT_EQ(unlabelled->text(1), QStringLiteral("100"));
  auto* leaf = filterRow(1, QStringLiteral("leaf"));
  ASSERT_TRUE(leaf);
  leaf->setCheckState(0, Qt::Checked);
  settle();
  EXPECT_EQ(gallery->grid().count(), 100U);
  EXPECT_EQ(gallery->grid().item(0).caption, QStringLiteral("leaf"));
  EXPECT_TRUE(gallery->headline().contains(QStringLiteral("100 of 400"))) << gallery->headline().toStdString();
  filterRow(1, QStringLiteral("stone"))->setCheckState(0, Qt::Checked);
  settle();
  EXPECT_EQ(gallery->grid().count(), 200U) << "classes widen one another";
  gallery->findChild<QLineEdit*>(QStringLiteral("dataset.search"))->setText(QStringLiteral("/1"));
  settle();
  EXPECT_LT(gallery->grid().count(), 200U);
  EXPECT_GT(gallery->grid().count(), 0U);
  gallery->findChild<QLineEdit*>(QStringLiteral("dataset.search"))->clear();
  QTest::mouseClick(gallery->findChild<QPushButton*>(QStringLiteral("filters.clear")), Qt::LeftButton);
  settle();
  EXPECT_EQ(gallery->grid().count(), 400U);
}

TEST_F(Gallery, DigitsLabelAndTheNextPictureIsCurrent) {
  open(40);
  gallery->grid().setCurrent(0);
  press(Qt::Key_2);
  EXPECT_EQ(data->labelOf(0), "stone");
  EXPECT_EQ(gallery->grid().current(), 1U);
  EXPECT_EQ(gallery->grid().item(0).caption, QStringLiteral("stone")) << "seen at once";
  ASSERT_EQ(edits().size(), 1U);
  EXPECT_EQ(edits()[0]["changes"].asList()[0]["expect"].asInt(), 1);
  EXPECT_TRUE(edits()[0]["author"].asText().starts_with("person:"));
  press(Qt::Key_0);
  EXPECT_EQ(data->labelOf(1), "");
  press(Qt::Key_9);
  EXPECT_EQ(edits().size(), 2U) << "there is no ninth class";
}

TEST_F(Gallery, WhereSeveralLabelsAreAllowedAKeyAddsAndTakesAway) {
  open(40);
  data->task = "multi-label";
  gallery->reload();
  settle();
  gallery->grid().setCurrent(1);  // leaf
  press(Qt::Key_2);
  EXPECT_EQ(data->labelOf(1), "leaf");
  EXPECT_EQ(data->items[1].more, std::vector<std::string>{"stone"});
  EXPECT_EQ(gallery->grid().current(), 1U) << "it may get one more";
  EXPECT_EQ(gallery->grid().item(1).caption, QStringLiteral("leaf, stone"));
  press(Qt::Key_2);
  EXPECT_TRUE(data->items[1].more.empty());
  // Some have it, some not: all get it. All have it: nobody keeps it.
  gallery->grid().setSelection({1, 2});
  press(Qt::Key_2);
  EXPECT_EQ(data->items[1].more, std::vector<std::string>{"stone"});
  EXPECT_EQ(data->labelOf(2), "stone");
  press(Qt::Key_2);
  EXPECT_TRUE(data->items[1].more.empty());
  EXPECT_EQ(data->labelOf(2), "");
  press(Qt::Key_A, Qt::ControlModifier);
  press(Qt::Key_3);
  EXPECT_TRUE(edits().back().contains("query"));
  EXPECT_EQ(data->items[5].more, std::vector<std::string>{"flower"});
  EXPECT_EQ(data->labelOf(4), "flower");
  press(Qt::Key_0);
  EXPECT_EQ(data->items[5].label, -1);
}

TEST_F(Gallery, BarsCanTellWhatPassesTheFilter) {
  open(40);
  EXPECT_FALSE(gallery->shownOf());
  QSignalSpy told{gallery.get(), &DataGallery::shownOfChanged};
  gallery->findChild<QLineEdit*>(QStringLiteral("dataset.search"))->setText(QStringLiteral("/3"));  // 3, 30 to 39
  ASSERT_TRUE(QTest::qWaitFor([&] { return gallery->shownOf().has_value(); }));
  std::int64_t sum = 0;
  for (const auto& [name, n] : *gallery->shownOf()) sum += n;
  EXPECT_EQ(sum, 11);
  EXPECT_EQ(gallery->shownOf()->at("flower"), 4);  // 3, 31, 35 and 39
  gallery->findChild<QLineEdit*>(QStringLiteral("dataset.search"))->clear();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !gallery->shownOf().has_value(); }));
  EXPECT_GE(told.count(), 2);
}

TEST_F(Gallery, ManyAreLabelledInOneStepAndOneUndoTakesItBack) {
  open(1000);
  const auto before = data->items;
  gallery->grid().setCurrent(3);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 3; i < 700; ++i) chosen.push_back(i);
  gallery->grid().setSelection(chosen);
  press(Qt::Key_3);
  ASSERT_EQ(edits().size(), 1U);
  EXPECT_EQ(edits()[0]["changes"].asList().size(), 697U) << "also those whose pages were never seen";
  EXPECT_EQ(data->labelOf(3), "flower");
  EXPECT_EQ(data->labelOf(699), "flower");
  EXPECT_EQ(data->labelOf(700), before[700].label < 0 ? "" : data->classes[static_cast<std::size_t>(before[700].label)]);
  press(Qt::Key_Z, Qt::ControlModifier);
  for (std::size_t i = 0; i < 1000; ++i) ASSERT_EQ(data->items[i].label, before[i].label) << i;
  EXPECT_EQ(gallery->grid().item(3).caption, QStringLiteral("flower")) << "3 was flower before";
  press(Qt::Key_A, Qt::ControlModifier);
  press(Qt::Key_1);
  ASSERT_EQ(edits().size(), 2U);
  EXPECT_TRUE(edits()[1]["query"].isInt()) << "everything travels as the query";
  EXPECT_EQ(edits()[1]["set"]["label"].asText(), "leaf");
  EXPECT_EQ(data->labelOf(999), "leaf");
}

TEST_F(Gallery, RemovedPicturesAreGoneAndUndoBringsThemBack) {
  open(30);
  gallery->grid().setCurrent(4);
  press(Qt::Key_Delete);
  EXPECT_TRUE(data->items[4].removed);
  EXPECT_EQ(gallery->grid().count(), 29U);
  EXPECT_EQ(gallery->grid().item(4).id, MadeData::idOf(5));
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(gallery->grid().count(), 30U);
  EXPECT_EQ(gallery->grid().item(4).id, MadeData::idOf(4));
}

TEST_F(Gallery, AConflictShowsTheOthersValueAndCanBeRepeatedOrLeft) {
  open(20);
  data->otherLabels(2, 1);
  gallery->grid().setCurrent(2);
  press(Qt::Key_1);
  auto* notice = gallery->findChild<DataNotice*>(QStringLiteral("dataset.notice"));
  EXPECT_TRUE(notice->text().contains(QStringLiteral("stone"))) << notice->text().toStdString();
  EXPECT_EQ(data->labelOf(2), "stone");
  EXPECT_EQ(gallery->grid().item(2).caption, QStringLiteral("stone")) << "the other's value is seen";
  QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("dataset.notice.choice1")), Qt::LeftButton);
  settle();
  EXPECT_EQ(data->labelOf(2), "leaf");
  EXPECT_TRUE(notice->text().isEmpty());
  data->otherLabels(3, 0);
  gallery->grid().setCurrent(3);
  press(Qt::Key_2);
  QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("dataset.notice.choice0")), Qt::LeftButton);
  settle();
  EXPECT_EQ(data->labelOf(3), "leaf");
}

TEST_F(Gallery, TwoQuickChangesOfOnePictureAreNoConflictWithOneself) {
  open(20);
  gallery->grid().setCurrent(2);
  gallery->labelSelection(QStringLiteral("leaf"));
  gallery->grid().setCurrent(2);
  gallery->labelSelection(QStringLiteral("flower"));
  settle();
  EXPECT_EQ(data->labelOf(2), "flower");
  EXPECT_TRUE(gallery->findChild<DataNotice*>(QStringLiteral("dataset.notice"))->text().isEmpty());
}

TEST_F(Gallery, WhatAnotherWindowDoesIsSeen) {
  open(20);
  data->otherLabels(0, 2);
  gallery->handle(Value{Value::Map{{"event", "data"}, {"number", data->number}, {"items", 20}}});
  settle();
  EXPECT_EQ(gallery->grid().item(0).caption, QStringLiteral("flower"));
  data->items.resize(25);
  ++data->number;
  gallery->handle(Value{Value::Map{{"event", "data"}, {"number", data->number}, {"items", 25}}});
  settle();
  EXPECT_EQ(gallery->grid().count(), 25U);
}

TEST_F(Gallery, AFilteredListStaysUntilItIsAskedForAgain) {
  open(40);
  filterRow(0, QStringLiteral("Unlabelled"))->setCheckState(0, Qt::Checked);
  settle();
  ASSERT_EQ(gallery->grid().count(), 10U);
  gallery->grid().setCurrent(0);
  gallery->grid().setFocus();
  press(Qt::Key_1);
  EXPECT_EQ(gallery->grid().count(), 10U) << "what was just labelled does not jump away";
  EXPECT_EQ(filterRow(0, QStringLiteral("Unlabelled"))->text(1), QStringLiteral("9")) << "the count is of now";
  EXPECT_FALSE(gallery->findChild<QToolButton*>(QStringLiteral("dataset.refresh"))->isHidden());
  press(Qt::Key_F5);
  EXPECT_EQ(gallery->grid().count(), 9U);
  EXPECT_TRUE(gallery->findChild<QToolButton*>(QStringLiteral("dataset.refresh"))->isHidden());
}

TEST_F(Gallery, CertainItemsOnlyWithAWayBack) {
  open(50);
  gallery->showIds({MadeData::idOf(7), MadeData::idOf(9)}, [] { return QStringLiteral("2 mistakes"); });
  settle();
  EXPECT_EQ(gallery->grid().count(), 2U);
  auto* only = gallery->findChild<DataNotice*>(QStringLiteral("dataset.only"));
  EXPECT_EQ(only->text(), QStringLiteral("2 mistakes"));
  QTest::mouseClick(only->findChild<QPushButton*>(QStringLiteral("dataset.only.choice0")), Qt::LeftButton);
  settle();
  EXPECT_EQ(gallery->grid().count(), 50U);
}

TEST_F(Gallery, TheMenuFindsAClassOrMakesOne) {
  open(20);
  gallery->grid().setCurrent(0);
  press(Qt::Key_L);
  auto* menu = gallery->findChild<LabelMenu*>();
  ASSERT_TRUE(menu->isVisible());
  auto* search = menu->findChild<QLineEdit*>();
  QTest::keyClicks(search, QStringLiteral("flo"));
  EXPECT_EQ(menu->findChild<QListWidget*>()->item(0)->data(Qt::UserRole).toString(), QStringLiteral("flower"));
  QTest::keyClick(search, Qt::Key_Return);
  settle();
  EXPECT_EQ(data->labelOf(0), "flower");
  press(Qt::Key_L);
  QTest::keyClicks(search, QStringLiteral("moss"));
  QTest::keyClick(search, Qt::Key_Return);
  settle();
  EXPECT_EQ(data->classes.back(), "moss");
  EXPECT_EQ(data->labelOf(1), "moss");
}

TEST_F(Gallery, WhatIsLikeAPictureComesFirstWhereThatIsKnown) {
  open(40);
  gallery->grid().setCurrent(7);
  gallery->showLike();
  settle();
  EXPECT_EQ(gallery->grid().item(0).id, MadeData::idOf(7));
  data->features = false;
  gallery->grid().setCurrent(9);
  gallery->showLike();
  settle();
  EXPECT_TRUE(gallery->findChild<DataNotice*>(QStringLiteral("dataset.notice"))->text().contains(QStringLiteral("Embed")));
  EXPECT_EQ(gallery->grid().count(), 40U) << "the list stays usable";
  EXPECT_EQ(gallery->grid().item(0).id, MadeData::idOf(0));
}

TEST_F(Gallery, AReadOnlyProjectSaysWhyNothingCanBeChanged) {
  open(20);
  gallery->setReadOnly(true);
  gallery->grid().setCurrent(0);
  press(Qt::Key_1);
  EXPECT_TRUE(edits().empty());
  const auto* label = gallery->findChild<QToolButton*>(QStringLiteral("data.label"));
  EXPECT_FALSE(label->isEnabled());
  EXPECT_TRUE(label->toolTip().contains(QStringLiteral("read-only")));
}

TEST_F(Gallery, AQueryThatTheEngineForgotIsAskedAgain) {
  open(2000);
  for (int i = 0; i < 9; ++i) (void)data->answer(Value{Value::Map{{"do", "query"}}});
  gallery->grid().verticalScrollBar()->setValue(gallery->grid().verticalScrollBar()->maximum());
  settle();
  EXPECT_EQ(gallery->grid().count(), 2000U);
  gallery->grid().verticalScrollBar()->setValue(gallery->grid().verticalScrollBar()->maximum());
  settle();
  EXPECT_EQ(gallery->grid().item(1999).id, MadeData::idOf(1999));
  EXPECT_TRUE(gallery->findChild<DataNotice*>(QStringLiteral("dataset.notice"))->text().isEmpty());
}

TEST_F(Gallery, ShowsAPictureOfItself) {
  open(400);
  gallery->grid().setSelection({1, 2, 5});
  settle();
  patchbay::testing::shoot(*gallery, QStringLiteral("data-gallery"), {1200, 720});
}

TEST_F(Gallery, HistoryComparesNamesAndGoesBack) {
  open(20);
  gallery->grid().setCurrent(0);
  press(Qt::Key_1);
  HistoryPanel history{engine};
  history.resize(420, 500);
  history.show();
  history.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return history.count() == 2; }));
  EXPECT_TRUE(history.comparison().contains(QStringLiteral("how the data are now"))) << history.comparison().toStdString();
  auto* back = history.findChild<QPushButton*>(QStringLiteral("history.back"));
  EXPECT_FALSE(back->isEnabled());
  auto* tree = history.findChild<QTreeWidget*>(QStringLiteral("history.list"));
  tree->setCurrentItem(tree->topLevelItem(1));
  ASSERT_TRUE(QTest::qWaitFor([&] { return history.comparison().contains(QStringLiteral("2 labels changed")); }))
      << history.comparison().toStdString();
  EXPECT_TRUE(history.comparison().contains(QStringLiteral("1 picture removed")));
  EXPECT_TRUE(history.comparison().contains(QStringLiteral("No label → leaf: 2")));
  QSignalSpy restore{&history, &HistoryPanel::restoreWanted};
  QTest::mouseClick(back, Qt::LeftButton);
  ASSERT_EQ(restore.size(), 1);
  EXPECT_EQ(restore[0][0].value<std::string>(), "r1");
  std::vector<std::string> wanted;
  QObject::connect(&history, &HistoryPanel::itemsWanted, [&](const std::vector<std::string>& ids, const auto&) { wanted = ids; });
  QTest::mouseClick(history.findChild<QPushButton*>(QStringLiteral("history.show")), Qt::LeftButton);
  EXPECT_EQ(wanted, std::vector<std::string>{MadeData::idOf(4)}) << "what was removed is not there to be shown";
  QSignalSpy rename{&history, &HistoryPanel::renameWanted};
  QTest::mouseClick(history.findChild<QPushButton*>(QStringLiteral("history.name")), Qt::LeftButton);
  auto* field = tree->findChild<QLineEdit*>();
  ASSERT_TRUE(field);
  QTest::keyClicks(field, QStringLiteral("Clean"));
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return rename.size() == 1; }));
  EXPECT_EQ(rename[0][1].toString(), QStringLiteral("Clean"));
  patchbay::testing::shoot(history, QStringLiteral("history"), {420, 500});
}

TEST_F(Gallery, LongerTextsFitWithEverythingThatIsShown) {
  patchbay::testing::Longer longer;
  QCoreApplication::installTranslator(&longer);
  open(400);
  gallery->resize(900, 560);
  gallery->grid().setSelection({1, 2, 5});
  gallery->showIds({MadeData::idOf(1), MadeData::idOf(2)}, [] { return DataGallery::tr("Pictures that are doubted"); });
  settle();
  HistoryPanel history{engine};
  history.resize(320, 500);
  history.show();
  history.reload();
  EXPECT_TRUE(QTest::qWaitFor([&] { return history.count() > 0; }));
  for (auto* view : std::initializer_list<QWidget*>{gallery.get(), &history}) {
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = patchbay::testing::cutTexts(*view)).isEmpty(); }, 3000);
    EXPECT_TRUE(cut.isEmpty()) << cut.join(QStringLiteral("\n")).toStdString();
  }
  patchbay::testing::shoot(*gallery, QStringLiteral("longer-data-gallery"), {900, 560});
  patchbay::testing::shoot(history, QStringLiteral("longer-history"), {320, 500});
  gallery->grid().openLargeView(0);
  auto* large = gallery->findChild<PictureWindow*>();
  EXPECT_NE(large, nullptr);
  if (large) {
    QTest::qWait(100);
    const auto cut = patchbay::testing::cutTexts(*large);
    EXPECT_TRUE(cut.isEmpty()) << cut.join(QStringLiteral("\n")).toStdString();
  }
  gallery.reset();
  QCoreApplication::removeTranslator(&longer);
}

}  // namespace
}  // namespace patchbay::widgets
