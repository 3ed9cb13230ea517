// SPDX-License-Identifier: Apache-2.0
// The project's data set in the Studio, on a real engine: what is seen, labels, undo, history, from a revision to a pipeline.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QSplitter>

#include "app/studio/data/data_export.h"
#include "app/studio/data/data_set_view.h"
#include "app/studio/data/data_training.h"
#include "app/studio/data/import_changes.h"
#include "engine/base/file.h"
#include "engine/data/revision_store.h"
#include "engine/edit/editor.h"
#include "tests/app/studio/garden.h"
#include "widgets/gallery/class_bars.h"
#include "widgets/gallery/data_gallery.h"
#include "widgets/gallery/data_pages.h"
#include "widgets/gallery/history_panel.h"
#include "widgets/gallery/picture_grid.h"

namespace patchbay::studio::testing {
namespace {

/// The garden's pictures as the project's data set, before the engine opens it; every fifth without a label. Their number.
int fillData(Garden& garden) {
  auto store = RevisionStore::open(garden->file().place().project / "data.db", {});
  if (!store) return 0;
  ImportOptions options;
  options.what = TR("test", "Imported garden");
  auto import = (*store)->beginImport(std::move(options));
  if (!import) return 0;
  int n = 0;
  for (const auto* kind : {"flower", "leaf", "stone"}) {
    for (int i = 0; i < 14; ++i) {
      const auto file = fs::path{garden.pictures().toStdString()} / kind / (std::to_string(i) + ".png");
      const auto bytes = readFile(file, 1 << 20);
      if (!bytes) return 0;
      Item item;
      item.id = digestOf(file.native()).hex().substr(0, 32);
      item.digest = digestOf(*bytes);
      item.paths = {file.native()};
      item.width = 160;
      item.height = 130;
      if (n++ % 5) item.annotations.push_back({.label = kind, .author = "import"});
      if (!(*import)->add(item)) return 0;
    }
  }
  return (*import)->finish() ? n : 0;
}

struct DataSet : ::testing::Test {
  Garden& garden = trainedGarden();
  DataSetView* view = nullptr;
  static inline int pictures = 0;

  void SetUp() override {
    if (pictures == 0) pictures = fillData(garden);
    ASSERT_EQ(pictures, 42);
    garden->showDataSet();
    view = garden.find<DataSetView>("dataset");
    ASSERT_TRUE(view);
    settle();
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->gallery().known() && view->idle() && view->history().count() > 0; }, 30'000));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(&view->gallery().grid(), key, modifiers);
    settle();
  }
};

TEST_F(DataSet, ShowsPicturesCountsAndHistory) {
  EXPECT_EQ(view->gallery().grid().count(), 42U);
  EXPECT_TRUE(view->headline().contains(QStringLiteral("42 pictures, 3 classes"))) << view->headline().toStdString();
  EXPECT_EQ(view->gallery().state().unlabelled, 9);
  EXPECT_EQ(garden.find<widgets::ClassBars>("dataset.bars")->counts().size(), 4U);
  EXPECT_EQ(view->history().count(), 1U);
  // Of those the pipeline has read, the files are known: their thumbnails come.
  auto& grid = view->gallery().grid();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !grid.thumbnail(0).isNull(); }, 30'000));
}

TEST_F(DataSet, ALabelIsARevisionAndUndoIsAnotherOne) {
  auto& grid = view->gallery().grid();
  const auto before = view->history().count();
  grid.setFocus();
  grid.setCurrent(0);
  ASSERT_EQ(grid.item(0).caption, QStringLiteral("No label"));
  press(Qt::Key_1);
  const auto named = widgets::fromUtf8(view->gallery().state().classes.front().name);
  EXPECT_TRUE(QTest::qWaitFor([&] { return grid.item(0).caption == named; }, 10'000)) << grid.item(0).caption.toStdString();
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->history().count() == before + 1; }, 10'000));
  EXPECT_EQ(view->gallery().state().unlabelled, 8);
  press(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->history().count() == before + 2; }, 10'000));
  EXPECT_TRUE(QTest::qWaitFor([&] { return grid.item(0).caption == QStringLiteral("No label"); }, 10'000));
  EXPECT_EQ(view->gallery().state().unlabelled, 9);
}

TEST_F(DataSet, WhatSomebodyElseDoesIsSeen) {
  auto& grid = view->gallery().grid();
  const auto id = view->gallery().pages().find(5)->id;
  garden->session().ask(
      "data", Value::Map{{"do", "edit"}, {"author", "person:other"}, {"changes", Value::List{Value::Map{{"id", id}, {"label", "moss"}}}}},
      &garden.window, [](const Result<Value>& done) { EXPECT_TRUE(done); });
  EXPECT_TRUE(QTest::qWaitFor([&] { return grid.item(5).caption == QStringLiteral("moss"); }, 15'000));
  EXPECT_EQ(view->gallery().state().classes.size(), 4U);
  settle();
  garden->session().ask("data", Value::Map{{"do", "undo"}}, &garden.window, [](const Result<Value>& done) { EXPECT_TRUE(done); });
  EXPECT_TRUE(QTest::qWaitFor([&] { return grid.item(5).caption != QStringLiteral("moss"); }, 15'000));
  settle();
}

TEST_F(DataSet, OneClickPutsARevisionInThePlaceOfThePictures) {
  ASSERT_TRUE(garden->session().catalogue().find(revisionType));
  const auto before = garden->file().document().toJson();
  QTest::mouseClick(garden.find<QPushButton>("dataset.train"), Qt::LeftButton);
  const auto& nodes = garden->file().document().nodes();
  const auto block = std::ranges::find(nodes, revisionType, &Node::type);
  ASSERT_NE(block, nodes.end());
  EXPECT_EQ(block->params["revision"].asText(), "newest");
  EXPECT_EQ(garden->file().document().node({"pictures"}), nullptr);
  EXPECT_EQ(std::ranges::count_if(garden->file().document().links(), [&](const Link& l) { return l.from.node == block->id; }), 2);
  // Another revision goes into the block that is there.
  const auto* first = view->history().selected();
  ASSERT_TRUE(first);
  view->trainOn(first->id);
  EXPECT_EQ(std::ranges::count(garden->file().document().nodes(), revisionType, &Node::type), 1);
  EXPECT_EQ(std::ranges::find(garden->file().document().nodes(), revisionType, &Node::type)->params["revision"].asText(), first->id);
  ASSERT_TRUE(garden->editor().undo());
  ASSERT_TRUE(garden->editor().undo());
  EXPECT_EQ(garden->file().document().toJson(), before) << "each is one step";
}

TEST_F(DataSet, IsWrittenAsOneFileWhereThatIsChosen) {
  view->exportAs();
  auto* dialog = garden.find<DataExportDialog>("dataExport");
  ASSERT_TRUE(dialog);
  ASSERT_TRUE(QTest::qWaitFor([&] { return dialog->idle(); }, 30'000));
  auto* as = dialog->findChild<QComboBox*>(QStringLiteral("dataExport.as"));
  auto* where = dialog->findChild<QLineEdit*>(QStringLiteral("dataExport.path"));
  auto* ok = dialog->findChild<QPushButton*>(QStringLiteral("dataExport.ok"));
  EXPECT_FALSE(ok->isEnabled());
  where->setText(garden.folder.path() + QStringLiteral("/written"));
  as->setCurrentIndex(1);
  EXPECT_TRUE(where->text().endsWith(QStringLiteral("/written.zip")));
  as->setCurrentIndex(0);
  EXPECT_TRUE(where->text().endsWith(QStringLiteral("/written")));
  as->setCurrentIndex(1);
  where->setText(garden.folder.path() + QStringLiteral("/written.tmp"));
  EXPECT_FALSE(ok->isEnabled()) << "a name the engine would take for a folder";
  where->setText(garden.folder.path() + QStringLiteral("/written.zip"));
  ASSERT_TRUE(ok->isEnabled());
  QTest::mouseClick(ok, Qt::LeftButton);
  auto* remark = dialog->findChild<QWidget*>(QStringLiteral("dataExport.remark"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return dialog->idle() && remark->isVisible(); }, 60'000));
  QFile file{garden.folder.path() + QStringLiteral("/written.zip")};
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.read(2), QByteArrayLiteral("PK"));
  dialog->close();
}

TEST_F(DataSet, MistakesOfAReportOpenInTheGallery) {
  const auto id = view->gallery().pages().find(3)->id;
  garden->showDataSet({id}, [] { return QStringLiteral("1 mistake"); });
  EXPECT_TRUE(QTest::qWaitFor([&] { return view->gallery().grid().count() == 1; }, 10'000));
  // The count comes before the page that holds the pictures.
  EXPECT_TRUE(QTest::qWaitFor([&] { return view->gallery().grid().item(0).id == id; }, 10'000)) << view->gallery().grid().item(0).id;
  view->showIds({}, {});
  EXPECT_TRUE(QTest::qWaitFor([&] { return view->gallery().grid().count() == 42; }, 10'000));
  settle();
}

TEST(TrainedRevision, IsWhatARunOfADocumentTrainedOn) {
  const auto with = [](Value::List nodes) { return Value{Value::Map{{"nodes", std::move(nodes)}}}; };
  const auto block = blockAt("data", revisionType, {{"revision", "abc"}}, 0, 0);
  const auto probe = blockAt("probe", "patchbay.train.linear_probe", {}, 0, 0);
  EXPECT_EQ(trainedRevision(with({block, probe})), "abc");
  EXPECT_EQ(trainedRevision(with({blockAt("data", revisionType, {}, 0, 0), probe})), "newest");
  EXPECT_FALSE(trainedRevision(with({block}))) << "nothing was trained";
  EXPECT_FALSE(trainedRevision(with({probe}))) << "not on the data set";
}

}  // namespace
}  // namespace patchbay::studio::testing
