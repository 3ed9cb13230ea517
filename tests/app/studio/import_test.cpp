// SPDX-License-Identifier: Apache-2.0
// Importing pictures: what changes in the pipeline, and the dialog on a real engine.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QRadioButton>

#include "app/studio/data/import_changes.h"
#include "app/studio/data/import_copy.h"
#include "app/studio/data/import_data_view.h"
#include "app/studio/data/import_dialog.h"
#include "engine/base/file.h"
#include "engine/edit/editor.h"
#include "tests/app/studio/garden.h"

namespace patchbay::studio::testing {
namespace {

int linksFrom(const Document& document, const NodeId& id) {
  return static_cast<int>(std::ranges::count_if(document.links(), [&](const Link& l) { return l.from.node == id; }));
}

TEST(ImportChanges, ATableGivesItsPlaceToAFolder) {
  const auto& catalogue = trainedGarden()->session().catalogue();
  auto value = gardenDocument(QStringLiteral("/old"));
  value["nodes"].list()[0] =
      blockAt("pictures", "patchbay.data.picture_table", {{"file", "/old/labels.csv"}, {"label_columns", Value::List{"2"}}}, 30, 40);
  for (auto& node : value["nodes"].list())
    if (node["id"].asText() == "evaluate") node["params"]["positive"] = "defective";
  const auto document = Document::fromValue(value);
  ASSERT_TRUE(document);
  ASSERT_EQ(soleDataSource(*document, catalogue), NodeId{"pictures"});
  NodeId made;
  const auto changes =
      importChanges(*document, catalogue,
                    {.path = "/pictures/garden", .replace = NodeId{"pictures"}, .base = "/pictures", .classes = {"leaf", "stone"}}, &made);
  ASSERT_TRUE(changes) << describe(changes.error());
  edit::Editor editor{*document};
  const auto before = editor.document().toJson();
  ASSERT_TRUE(editor.apply(TR("studio", "Import pictures"), *changes));
  const auto& now = editor.document();
  EXPECT_EQ(now.node({"pictures"}), nullptr);
  ASSERT_NE(now.node(made), nullptr);
  EXPECT_EQ(now.node(made)->type, "patchbay.data.picture_folder");
  EXPECT_EQ(now.node(made)->params["folder"].asText(), "garden") << "relative to the pipeline";
  EXPECT_EQ(now.node(made)->x, 30);
  EXPECT_EQ(linksFrom(now, made), 2);
  EXPECT_FALSE(now.node({"evaluate"})->params.contains("positive")) << "there is no such class any more";
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), before) << "one step, and all of it";
}

TEST(ImportChanges, ANewBlockIsLinkedWhereExactlyOneInputWaits) {
  const auto& catalogue = trainedGarden()->session().catalogue();
  auto value = gardenDocument(QStringLiteral("/old"));
  value["nodes"] = Value::List{blockAt("split", "patchbay.data.split", {}, 0, 0)};
  value["links"] = Value::List{};
  const ImportWish wish{.path = "/new", .place = {5, 6}, .base = "/elsewhere"};
  for (const int waiting : {1, 2}) {
    if (waiting == 2) value["nodes"].push(blockAt("split_2", "patchbay.data.split", {}, 0, 200));
    const auto document = Document::fromValue(value);
    ASSERT_TRUE(document);
    NodeId made;
    const auto changes = importChanges(*document, catalogue, wish, &made);
    ASSERT_TRUE(changes);
    const auto with = edit::applied(*document, *changes);
    ASSERT_TRUE(with);
    EXPECT_EQ(linksFrom(*with, made), waiting == 1 ? 1 : 0) << waiting;
    EXPECT_EQ(with->node(made)->params["folder"].asText(), "/new");
  }
}

TEST(ImportCopy, CopiesAllOrNothing) {
  QTemporaryDir folder;
  const fs::path base{folder.path().toStdString()};
  fs::create_directories(base / "from" / "a");
  ASSERT_TRUE(writeFileAtomically(base / "from" / "a" / "1.png", "one"));
  CopyState state;
  const auto first = copyPictures(base / "from", base / "to", state);
  ASSERT_TRUE(first);
  EXPECT_EQ(*readFile(*first / "a" / "1.png", 100), "one");
  const auto second = copyPictures(base / "from", base / "to", state);
  ASSERT_TRUE(second);
  EXPECT_NE(*first, *second) << "nothing is written over";
  CopyState stopped;
  stopped.stop = true;
  const auto third = copyPictures(base / "from", base / "third", stopped);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(fs::exists(base / "third"));
  EXPECT_FALSE(fs::exists(base / "third.part"));
}

TEST(ImportDialog, LooksFirstThenTakesThePlaceOfTheOldPictures) {
  auto& garden = trainedGarden();
  const auto other = garden.folder.path() + QStringLiteral("/other");
  drawFolder(other, 3);
  QDir{other + QStringLiteral("/stone")}.removeRecursively();
  QDir{}.mkpath(other + QStringLiteral("/single"));
  drawn(2, 77).save(other + QStringLiteral("/single/1.png"));
  auto* dialog = new ImportDialog{*garden, other, {}, {}, garden->middle()};
  dialog->show();
  auto* ok = garden.find<QPushButton>("import.ok");
  EXPECT_FALSE(ok->isEnabled());
  EXPECT_FALSE(ok->toolTip().isEmpty()) << "why it cannot be used";
  ASSERT_TRUE(QTest::qWaitFor([&] { return ok->isEnabled(); }, 60'000)) << ok->toolTip().toStdString();
  EXPECT_TRUE(garden.text("import.advice.text").contains(QStringLiteral("“single”"))) << garden.text("import.advice.text").toStdString();
  EXPECT_TRUE(garden.find<QRadioButton>("import.replace")->isChecked());
  NodeId made;
  QObject::connect(dialog, &ImportDialog::imported, dialog, [&](const NodeId& id) { made = id; });
  ASSERT_TRUE(dialog->focusWidget() != nullptr);
  QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);  // What could be pressed last is what Enter means.
  EXPECT_EQ(made, NodeId{"pictures"});
  EXPECT_EQ(garden->file().document().node({"pictures"})->params["folder"].asText(), "other");
  ASSERT_TRUE(garden->editor().undo());
  EXPECT_EQ(garden->file().document().node({"pictures"})->params["folder"].asText(), garden.pictures().toStdString());
}

TEST(ImportDialog, AnEmptyFolderCannotBeImportedAndSaysWhatToDo) {
  auto& garden = trainedGarden();
  const auto empty = garden.folder.path() + QStringLiteral("/empty");
  QDir{}.mkpath(empty);
  auto* dialog = new ImportDialog{*garden, empty, {}, {}, garden->middle()};
  dialog->show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return dialog->idle(); }, 60'000));
  auto* ok = dialog->findChild<QPushButton*>(QStringLiteral("import.ok"));
  EXPECT_FALSE(ok->isEnabled());
  EXPECT_TRUE(ok->toolTip().contains(QStringLiteral("No picture"))) << ok->toolTip().toStdString();
  dialog->reject();
}

TEST(DataView, ShowsWhatCameOutByClassAndPart) {
  auto& garden = trainedGarden();
  ASSERT_TRUE(QTest::qWaitFor([&] { return garden->runs().outputOf({"split"}, "data").has_value(); }, 60'000));
  ASSERT_TRUE(openData(*garden, {"split"}));
  auto* view = garden.find<DataView>("data");
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->total() > 0; }, 60'000));
  EXPECT_EQ(view->total(), 42u);
  EXPECT_EQ(view->shown(), 42u);
  auto* classes = garden.find<QComboBox>("data.class");
  classes->setCurrentIndex(2);
  Q_EMIT classes->activated(2);
  EXPECT_EQ(view->shown(), 14u);
  auto* parts = garden.find<QComboBox>("data.part");
  ASSERT_GT(parts->count(), 1);
  parts->setCurrentIndex(1);
  Q_EMIT parts->activated(1);
  EXPECT_LT(view->shown(), 14u);
  EXPECT_GT(view->shown(), 0u);
  EXPECT_FALSE(openData(*garden, {"backbone"})) << "no pictures come out of it";
}

}  // namespace
}  // namespace patchbay::studio::testing
