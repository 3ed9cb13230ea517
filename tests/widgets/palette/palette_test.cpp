// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QTreeWidget>

#include "widgets/palette/add_menu.h"
#include "widgets/palette/block_palette.h"
#include "widgets/palette/command_palette.h"

namespace patchbay::testing {

using widgets::PortFilter;

namespace {

Schema make(const char* id, const char* title, const char* summary, Category category, const char* takes, const char* gives) {
  Schema s;
  s.info = {.id = id, .title = TR("test", title), .summary = TR("test", summary), .category = category};
  if (*takes) s.ports.push_back({"in", {}, {}, takes, 1, true});
  if (*gives) s.ports.push_back({"out", {}, {}, gives, 1, false});
  return s;
}

class German final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    return QLatin1String{source} == QLatin1String{"Picture folder"} ? QStringLiteral("Bilderordner") : QString{};
  }
  bool isEmpty() const override { return false; }
};

class PaletteTest : public ::testing::Test {
 protected:
  PaletteTest() {
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    QSettings{}.clear();
    catalogue.add(make("patchbay.data.picture_folder", "Picture folder", "Reads pictures from folders, one for each class.", Category::Data,
                       "", "dataset"));
    catalogue.add(make("patchbay.data.split", "Split", "Divides pictures into parts.", Category::Data, "dataset", "dataset"));
    catalogue.add(make("patchbay.train.linear_probe", "Linear probe", "Trains a head on features.", Category::Train, "embedding", "model"));
    catalogue.add(
        make("patchbay.train.fine_tune", "Fine-tune", "Trains the network on your pictures.", Category::Train, "dataset", "model"));
    catalogue.add(
        make("patchbay.evaluate.evaluate", "Evaluate", "Measures how good a model is.", Category::Evaluate, "predictions", "report"));
  }
  std::vector<std::string> found(const char* query, const std::optional<PortFilter>& filter = {}) const {
    std::vector<std::string> out;
    for (const auto& hit : widgets::findBlocks(catalogue, QString::fromUtf8(query), filter, widgets::recentBlocks()))
      out.push_back(hit.schema->info.id.substr(hit.schema->info.id.rfind('.') + 1));
    return out;
  }

  QTemporaryDir folder_;
  Catalogue catalogue;
};

QStringList rows(const QListView& list) {
  QStringList out;
  for (int i = 0; i < list.model()->rowCount(); ++i) out << list.model()->index(i, 0).data().toString();
  return out;
}

}  // namespace

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(PaletteTest, BlocksAreFoundByPartsOfTheirTitleInitialsSummaryIdAndCategory) {
  EXPECT_EQ(found("lin").front(), "linear_probe");
  EXPECT_EQ(found("lp").front(), "linear_probe") << "initials of the words";
  EXPECT_EQ(found("prob").front(), "linear_probe");
  EXPECT_EQ(found("measures").front(), "evaluate");
  EXPECT_EQ(found("fine_tune").front(), "fine_tune");
  EXPECT_THAT(found("training"), ElementsAre("fine_tune", "linear_probe")) << "a category";
  EXPECT_EQ(found("PICTURE fold").front(), "picture_folder") << "case does not matter, all words count";
  EXPECT_THAT(found("rain"), ::testing::Not(::testing::Contains("evaluate")));
  EXPECT_THAT(found("easures"), IsEmpty()) << "in sentences, words are found by their beginning";
  EXPECT_THAT(found("xyzzy"), IsEmpty());
  EXPECT_THAT(found("probe folder"), IsEmpty()) << "every word has to be found";
  EXPECT_EQ(found("").size(), 5u);
}

TEST_F(PaletteTest, BothLanguagesAreSearched) {
  German german;
  qApp->installTranslator(&german);
  EXPECT_EQ(found("bilder").front(), "picture_folder");
  EXPECT_EQ(found("picture fold").front(), "picture_folder");
  qApp->removeTranslator(&german);
  EXPECT_THAT(found("bilder"), IsEmpty());
}

TEST_F(PaletteTest, WhatWasUsedLastComesFirstAmongEqualOnes) {
  EXPECT_EQ(found("").front(), "picture_folder");
  widgets::rememberBlock("patchbay.evaluate.evaluate");
  widgets::rememberBlock("patchbay.train.fine_tune");
  EXPECT_EQ(found("")[0], "fine_tune");
  EXPECT_EQ(found("")[1], "evaluate");
  EXPECT_EQ(found("linear").front(), "linear_probe") << "but a better match stays better";
}

TEST_F(PaletteTest, MarksAreTheCharactersThatMatched) {
  std::vector<int> marks;
  EXPECT_GT(widgets::fuzzyScore(QStringLiteral("fold"), QStringLiteral("Picture folder"), &marks), 0);
  EXPECT_THAT(marks, ElementsAre(8, 9, 10, 11));
  EXPECT_GT(widgets::fuzzyScore(QStringLiteral("pf"), QStringLiteral("Picture folder"), &marks), 0);
  EXPECT_THAT(marks, ElementsAre(0, 8));
}

TEST_F(PaletteTest, FromAPortOnlyBlocksThatFitAreOffered) {
  EXPECT_THAT(found("", PortFilter{"dataset", 1, true}), ElementsAre("split", "fine_tune"));
  EXPECT_THAT(found("", PortFilter{"dataset", 1, false}), ElementsAre("picture_folder", "split"));
  EXPECT_THAT(found("", PortFilter{"dataset", 2, true}), IsEmpty()) << "another version of a type is another type";
  auto document = Document::create("");
  const auto id = *document.addNode({.type = "patchbay.data.split"});
  EXPECT_EQ(widgets::portFilter(document, catalogue, {id, "out"}, true), (PortFilter{"dataset", 1, true}));
  EXPECT_EQ(widgets::portFilter(document, catalogue, {id, "nowhere"}, true), std::nullopt);
}

TEST_F(PaletteTest, TheAddMenuIsUsedByKeysAlone) {
  widgets::AddMenu menu{catalogue};
  QSignalSpy chosen{&menu, &widgets::AddMenu::chosen}, dismissed{&menu, &widgets::AddMenu::dismissed};
  menu.popup({100, 100});
  auto* search = menu.findChild<QLineEdit*>(QStringLiteral("addMenu.search"));
  auto* list = menu.findChild<QListView*>(QStringLiteral("addMenu.list"));
  QTest::keyClicks(search, QStringLiteral("pict"));
  EXPECT_EQ(rows(*list).front(), QStringLiteral("Picture folder"));
  QTest::keyClick(search, Qt::Key_Down);
  const auto second = rows(*list)[1];
  QTest::keyClick(search, Qt::Key_Up);
  EXPECT_EQ(list->currentIndex().row(), 0);
  QTest::keyClick(search, Qt::Key_Return);
  ASSERT_EQ(chosen.count(), 1);
  EXPECT_EQ(chosen[0][0].toString(), QStringLiteral("patchbay.data.picture_folder"));
  EXPECT_FALSE(menu.isVisible());
  EXPECT_EQ(dismissed.count(), 0);
  EXPECT_EQ(widgets::recentBlocks().front(), "patchbay.data.picture_folder");

  menu.popup({100, 100}, PortFilter{"embedding", 1, true});
  EXPECT_EQ(search->text(), QString{}) << "it opens empty again";
  EXPECT_EQ(rows(*list), QStringList{QStringLiteral("Linear probe")});
  QTest::keyClicks(search, QStringLiteral("folder"));
  const auto* nothing = menu.findChild<QLabel*>(QStringLiteral("addMenu.nothing"));
  EXPECT_TRUE(nothing->isVisible());
  EXPECT_TRUE(nothing->text().contains(QStringLiteral("folder")));
  QTest::keyClick(search, Qt::Key_Return);
  EXPECT_EQ(chosen.count(), 1) << "there is nothing to take";
  QTest::keyClick(search, Qt::Key_Escape);
  EXPECT_FALSE(menu.isVisible());
  EXPECT_EQ(dismissed.count(), 1);
}

TEST_F(PaletteTest, TheAddMenuIsUsedByTheMouse) {
  widgets::AddMenu menu{catalogue};
  QSignalSpy chosen{&menu, &widgets::AddMenu::chosen};
  menu.popup({100, 100});
  auto* list = menu.findChild<QListView*>(QStringLiteral("addMenu.list"));
  const auto second = list->model()->index(1, 0);
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(second).center());
  ASSERT_EQ(chosen.count(), 1);
  EXPECT_EQ(chosen[0][0].toString(), QStringLiteral("patchbay.data.split"));
}

TEST_F(PaletteTest, TheDockAddsByDoubleClickAndEnterAndDragsTheId) {
  widgets::BlockPalette palette{catalogue};
  palette.resize(260, 500);
  palette.show();
  QSignalSpy wanted{&palette, &widgets::BlockPalette::addRequested};
  auto* tree = palette.findChild<QTreeWidget*>(QStringLiteral("blockPalette.tree"));
  ASSERT_EQ(tree->topLevelItemCount(), 3) << "categories without blocks are left out";
  auto* probe = tree->findItems(QStringLiteral("Linear probe"), Qt::MatchRecursive).value(0);
  ASSERT_NE(probe, nullptr);
  const auto at = tree->visualItemRect(probe).center();
  QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
  QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
  ASSERT_EQ(wanted.count(), 1);
  EXPECT_EQ(wanted[0][0].toString(), QStringLiteral("patchbay.train.linear_probe"));
  const std::unique_ptr<QMimeData> data{tree->model()->mimeData({tree->currentIndex()})};
  ASSERT_NE(data, nullptr);
  EXPECT_EQ(data->data(QLatin1String{widgets::blockMimeType}), QByteArray{"patchbay.train.linear_probe"});
  auto* search = palette.findChild<QLineEdit*>(QStringLiteral("blockPalette.search"));
  search->setFocus();
  QTest::keyClicks(search, QStringLiteral("eval"));
  EXPECT_EQ(tree->topLevelItemCount(), 1);
  QTest::keyClick(search, Qt::Key_Return);
  ASSERT_EQ(wanted.count(), 2);
  EXPECT_EQ(wanted[1][0].toString(), QStringLiteral("patchbay.evaluate.evaluate"));
}

TEST_F(PaletteTest, TheDockSaysThatBlocksAreLookedUpUntilItIsToldWhichThereAre) {
  const Catalogue none;
  widgets::BlockPalette palette{none};
  palette.show();
  const auto said = [&] {
    QString out;
    for (const auto* label : palette.findChildren<QLabel*>())
      if (label->isVisible()) out += label->text();
    return out;
  };
  EXPECT_TRUE(said().contains(QStringLiteral("looked up"))) << said().toStdString();
  palette.setCatalogue(none);
  EXPECT_TRUE(said().contains(QStringLiteral("No blocks are installed"))) << said().toStdString();
  palette.setCatalogue(catalogue);
  EXPECT_TRUE(said().isEmpty()) << said().toStdString();
}

TEST_F(PaletteTest, TheCommandPaletteRunsCommandsSaysWhyNotAndAddsBlocks) {
  QMainWindow window;
  window.resize(900, 600);
  auto* file = window.menuBar()->addMenu(QStringLiteral("&File"));
  int saved = 0;
  auto* save = file->addAction(QStringLiteral("&Save project…"), &window, [&] { ++saved; });
  save->setShortcut(QKeySequence::Save);
  auto* train = window.addAction(QStringLiteral("Train"));
  train->setEnabled(false);
  train->setStatusTip(QStringLiteral("6 of 10 pictures have a label; 3 more are needed."));
  window.show();
  widgets::CommandPalette palette{&window, catalogue};
  QSignalSpy block{&palette, &widgets::CommandPalette::blockChosen}, refused{&palette, &widgets::CommandPalette::refused};
  auto* search = palette.findChild<QLineEdit*>(QStringLiteral("commandPalette.search"));
  auto* list = palette.findChild<QListView*>(QStringLiteral("commandPalette.list"));
  palette.popup();
  EXPECT_TRUE(rows(*list).contains(QStringLiteral("Save project")));
  QTest::keyClicks(search, QStringLiteral("sv"));
  EXPECT_EQ(rows(*list).value(0), QStringLiteral("Save project"));
  QTest::keyClick(search, Qt::Key_Return);
  QApplication::processEvents();
  EXPECT_EQ(saved, 1);
  EXPECT_FALSE(palette.isVisible());

  palette.popup();
  QTest::keyClicks(search, QStringLiteral("train"));
  ASSERT_TRUE(rows(*list).contains(QStringLiteral("Train")));
  const auto row = static_cast<int>(rows(*list).indexOf(QStringLiteral("Train")));
  EXPECT_EQ(list->model()->index(row, 0).data(Qt::ToolTipRole).toString(), train->statusTip());
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(row, 0)).center());
  ASSERT_EQ(refused.count(), 1);
  EXPECT_EQ(refused[0][0].toString(), train->statusTip());
  EXPECT_TRUE(palette.isVisible()) << "to choose something else";

  search->clear();
  QTest::keyClicks(search, QStringLiteral("add probe"));
  EXPECT_EQ(rows(*list).value(0), QStringLiteral("Add Linear probe"));
  QTest::keyClick(search, Qt::Key_Return);
  ASSERT_EQ(block.count(), 1);
  EXPECT_EQ(block[0][0].toString(), QStringLiteral("patchbay.train.linear_probe"));
}

}  // namespace patchbay::testing
