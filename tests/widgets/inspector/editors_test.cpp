// SPDX-License-Identifier: Apache-2.0
#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QUrl>

#include "tests/widgets/inspector/fixture.h"
#include "widgets/inspector/controls.h"

namespace patchbay::testing {

namespace {

Value texts(std::initializer_list<const char*> list) {
  Value out{Value::List{}};
  for (const auto* one : list) out.push(Value{one});
  return out;
}

Value augmentation(const char* name, bool moves, Value::List parameters) {
  return Value::Map{{"name", name},
                    {"label", toValue(TR("test", name))},
                    {"help", toValue(TR("test", "Does it."))},
                    {"moves_pixels", moves},
                    {"parameters", std::move(parameters)}};
}

}  // namespace

TEST_F(InspectorTest, ASwitchByMouseAndBySpace) {
  auto* button = find<QAbstractButton>("param.balance");
  QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_EQ(param("balance"), Value{true});
  button->setFocus();
  QTest::keyClick(button, Qt::Key_Space);
  EXPECT_EQ(param("balance"), Value{false});
}

TEST_F(InspectorTest, FewChoicesAreButtonsManyAList) {
  QTest::mouseClick(find<QAbstractButton>("param.method.good"), Qt::LeftButton);
  EXPECT_EQ(param("method"), Value{"good"});
  auto* good = find<QAbstractButton>("param.method.good");
  good->setFocus();
  QTest::keyClick(good, Qt::Key_Left);
  EXPECT_EQ(param("method"), Value{"fast"});
  inspector->focusParam(QStringLiteral("shape"));
  auto* combo = find<QComboBox>("param.shape");
  EXPECT_EQ(combo->itemText(0), QStringLiteral("First (default)"));
  EXPECT_EQ(combo->itemData(0, Qt::ToolTipRole).toString(), QStringLiteral("The first one."));
  QTest::keyClick(combo, Qt::Key_Down);
  EXPECT_EQ(param("shape"), Value{"b"});
}

TEST_F(InspectorTest, TypingATextIsOneStep) {
  auto* line = find<QLineEdit>("param.note");
  line->setFocus();
  QTest::keyClicks(line, QStringLiteral("for Anna"));
  EXPECT_EQ(param("note"), Value{"for Anna"});
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_EQ(steps(), 1);
}

TEST_F(InspectorTest, ADroppedFolderIsWrittenRelativeToTheProject) {
  QTemporaryDir project;
  ASSERT_TRUE(QDir{project.path()}.mkpath(QStringLiteral("photos/cats")));
  inspector->setProjectFolder(project.path());
  settle();
  auto* line = find<QLineEdit>("param.folder");
  auto* editor_ = line->parentWidget();
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(project.path() + QStringLiteral("/photos"))});
  QDragEnterEvent enter{QPoint{5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier};
  QApplication::sendEvent(editor_, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop{QPointF{5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier};
  QApplication::sendEvent(editor_, &drop);
  EXPECT_EQ(param("folder"), Value{"photos"});
  EXPECT_EQ(error("folder"), "");
  settle(400);
  EXPECT_EQ(engine.last("summary")["path"].asText(), (project.path() + QStringLiteral("/photos")).toStdString())
      << "looked at with its whole path";
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, QStringLiteral("nowhere"));
  settle(400);
  EXPECT_TRUE(find<QLabel>("param.folder.state")->text().isEmpty()) << "what was seen of the other folder is gone; the check says the rest";
}

TEST_F(InspectorTest, ClassesAreAddedRenamedMovedAndPasted) {
  auto* list = find<QListWidget>("param.classes");
  QTest::mouseClick(find<QAbstractButton>("param.classes.add"), Qt::LeftButton);
  auto* typing = list->findChild<QLineEdit*>();
  ASSERT_NE(typing, nullptr) << "the new class is open for typing";
  QTest::keyClicks(typing, QStringLiteral("cat"));
  QTest::keyClick(typing, Qt::Key_Return);
  settle();
  EXPECT_EQ(param("classes"), texts({"cat"}));
  QApplication::clipboard()->setText(QStringLiteral("dog\nbird\n"));
  list->setFocus();
  QTest::keyClick(list, Qt::Key_V, Qt::ControlModifier);
  EXPECT_EQ(param("classes"), texts({"cat", "dog", "bird"}));
  list->setCurrentRow(2);
  QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
  EXPECT_EQ(param("classes"), texts({"cat", "bird", "dog"}));
  QTest::keyClick(list, Qt::Key_Delete);
  EXPECT_EQ(param("classes"), texts({"cat", "dog"}));
  // A class twice is refused and said beside the list.
  list->item(1)->setText(QStringLiteral("cat"));
  EXPECT_EQ(param("classes"), texts({"cat", "dog"}));
  EXPECT_NE(error("classes").find("cat"), std::string::npos);
  list->item(1)->setText(QStringLiteral("cow"));
  EXPECT_EQ(param("classes"), texts({"cat", "cow"}));
  EXPECT_EQ(error("classes"), "");
}

TEST_F(InspectorTest, ClassesComeFromTheDataBeforeTheBlock) {
  auto* button = find<QAbstractButton>("param.classes.fromData");
  EXPECT_FALSE(button->isEnabled());
  EXPECT_TRUE(button->toolTip().contains(QStringLiteral("choose a folder"))) << button->toolTip().toStdString();
  ASSERT_TRUE(editor->apply(TR("test", "x"), {edit::SetParam{source, "folder", Value{"/data/pets"}}}));
  engine.answers["summary"] = Value::Map{
      {"pictures", 7}, {"classes", Value::List{Value::Map{{"name", "cat"}, {"count", 4}}, Value::Map{{"name", "dog"}, {"count", 3}}}}};
  ASSERT_TRUE(button->isEnabled());
  QTest::mouseClick(button, Qt::LeftButton);
  settle();
  EXPECT_EQ(param("classes"), texts({"cat", "dog"}));
  EXPECT_EQ(engine.last("summary")["path"], Value{"/data/pets"});
}

TEST_F(InspectorTest, AugmentationsAreEditedAndTriedOnOwnPictures) {
  engine.answers["augmentations"] =
      Value::Map{{"augmentations", Value::List{augmentation("rotate", true,
                                                            {Value::Map{{"name", "angle"},
                                                                        {"label", toValue(TR("test", "Angle"))},
                                                                        {"unit", "degree"},
                                                                        {"min", -180.0},
                                                                        {"max", 180.0},
                                                                        {"usual", Value::List{-15.0, 15.0}}}}),
                                               augmentation("hflip", true, {}), augmentation("noise", false, {})}}};
  engine.answers["summary"] = Value::Map{{"pictures", 7}, {"sample", Value::List{Value{"/data/pets/a.jpg"}, Value{"/data/pets/b.jpg"}}}};
  engine.answers["augment"] =
      Value::Map{{"original", Value{}}, {"images", Value::List{Value::Map{{"width", 1}, {"height", 1}, {"rgb", Value::Bytes{1, 2, 3}}}}}};
  ASSERT_TRUE(editor->apply(TR("test", "x"),
                            {edit::SetParam{source, "folder", Value{"/data/pets"}}, edit::SetParam{block, "method", Value{"good"}}}));
  select({});
  select({block});
  auto* menu = find<QMenu>("param.steps.menu");
  const auto add = [&](const char* name) {
    auto* action = menu->findChild<QAction*>(QStringLiteral("augment.add.") + QLatin1String{name});
    ASSERT_NE(action, nullptr) << name;
    action->trigger();
    settle();
  };
  add("rotate");
  add("noise");
  ASSERT_EQ(param("steps").asList().size(), 2u);
  EXPECT_EQ(param("steps").asList()[0], (Value{Value::Map{{"name", "rotate"}, {"probability", 0.5}}}));
  type("augment.0.probability", QStringLiteral("80"));
  EXPECT_EQ(param("steps").asList()[0]["probability"], Value{0.8});
  type("augment.0.angle.to", QStringLiteral("30"));
  EXPECT_EQ(param("steps").asList()[0]["ranges"]["angle"], (Value{Value::List{-15.0, 30.0}}));
  type("augment.0.angle.from", QStringLiteral("-200"));
  EXPECT_EQ(param("steps").asList()[0]["ranges"]["angle"], (Value{Value::List{-15.0, 30.0}})) << "180 degrees is the end";
  QTest::mouseClick(find<QAbstractButton>("augment.0.down"), Qt::LeftButton);
  settle();
  EXPECT_EQ(param("steps").asList()[0]["name"], Value{"noise"});
  settle(300);
  const auto request = engine.last("augment");
  EXPECT_EQ(request["augmentations"], param("steps")) << "the preview shows the list as it is";
  EXPECT_EQ(request["picture"]["path"], Value{"/data/pets/a.jpg"});
  QTest::mouseClick(find<QAbstractButton>("augment.next"), Qt::LeftButton);
  settle(50);
  EXPECT_EQ(engine.last("augment")["picture"]["path"], Value{"/data/pets/b.jpg"});
  const auto seed = engine.last("augment")["seed"];
  QTest::mouseClick(find<QAbstractButton>("augment.again"), Qt::LeftButton);
  EXPECT_NE(engine.last("augment")["seed"], seed);
  QTest::mouseClick(find<QAbstractButton>("augment.0.remove"), Qt::LeftButton);
  settle();
  ASSERT_EQ(param("steps").asList().size(), 1u);
  EXPECT_EQ(param("steps").asList()[0]["name"], Value{"rotate"});
  while (editor->canUndo()) ASSERT_TRUE(editor->undo());
  settle();
  EXPECT_TRUE(param("steps").isNull());
}

TEST_F(InspectorTest, JsonIsTakenWhenItCanBeRead) {
  inspector->focusParam(QStringLiteral("extra"));
  auto* text = find<QPlainTextEdit>("param.extra");
  text->selectAll();
  QTest::keyClicks(text, QStringLiteral("{\"a\": [1, 2"));
  settle(400);
  EXPECT_TRUE(param("extra").isNull());
  EXPECT_NE(error("extra"), "");
  QTest::keyClicks(text, QStringLiteral("]}"));
  settle(400);
  EXPECT_EQ(param("extra"), (Value{Value::Map{{"a", Value::List{1, 2}}}}));
  EXPECT_EQ(error("extra"), "");
}

TEST_F(InspectorTest, ColoursAndDevicesAreChecked) {
  auto* line = find<QLineEdit>("param.colour");
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, QStringLiteral("#00ff"));
  EXPECT_TRUE(param("colour").isNull());
  EXPECT_NE(error("colour"), "");
  QTest::keyClicks(line, QStringLiteral("7f"));
  EXPECT_EQ(param("colour"), Value{"#00ff7f"});
  EXPECT_EQ(error("colour"), "");
  inspector->focusParam(QStringLiteral("device"));
  auto* device = find<QComboBox>("param.device");
  device->lineEdit()->selectAll();
  QTest::keyClicks(device->lineEdit(), QStringLiteral("cuda:3"));
  QTest::keyClick(device->lineEdit(), Qt::Key_Return);
  EXPECT_EQ(param("device"), Value{"cuda:3"});
  device->lineEdit()->selectAll();
  QTest::keyClicks(device->lineEdit(), QStringLiteral("toaster"));
  QTest::keyClick(device->lineEdit(), Qt::Key_Return);
  EXPECT_EQ(param("device"), Value{"cuda:3"});
  EXPECT_NE(error("device").find("toaster"), std::string::npos);
}

}  // namespace patchbay::testing
