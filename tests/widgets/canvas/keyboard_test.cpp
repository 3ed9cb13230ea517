// SPDX-License-Identifier: Apache-2.0
#include <QMenu>

#include "tests/widgets/canvas/fixture.h"

namespace patchbay::widgets {
namespace {

using Keyboard = CanvasTest;

TEST_F(Keyboard, ArrowsGoFromBlockToBlockByPlace) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 20), c = add("t.tune", 0, 400);
  key(Qt::Key_Home);
  EXPECT_EQ(view->core().focus, a.text);
  key(Qt::Key_Right);
  EXPECT_EQ(view->core().focus, b.text);
  EXPECT_TRUE(selected(b) && !selected(a));
  key(Qt::Key_Left);
  key(Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_EQ(view->core().focus, c.text);
  EXPECT_TRUE(selected(a) && selected(c));
}

TEST_F(Keyboard, FramesAreReachedByTheirTitles) {
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  view->core().group(GroupKind::Frame);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return);
  view->core().setFocus(a.text);
  key(Qt::Key_Up);
  EXPECT_EQ(view->core().focus, editor.document().groups()[0].id);
  key(Qt::Key_Down);
  EXPECT_EQ(view->core().focus, a.text);
}

TEST_F(Keyboard, AltWithArrowsFollowsLinks) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 100, 900);
  link(a, "data", b, "data");
  view->core().setFocus(a.text);
  key(Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(view->core().focus, b.text);
  // What has the keyboard is seen.
  EXPECT_TRUE(view->visibleScene().contains(view->core().rectOf(b.text)));
  key(Qt::Key_Left, Qt::AltModifier);
  EXPECT_EQ(view->core().focus, a.text);
}

TEST_F(Keyboard, CtrlWithArrowsMovesByTheGridAndIsOneStepWhileHeld) {
  const auto a = add("t.pictures", 0, 0);
  view->core().setFocus(a.text);
  for (int i = 0; i < 5; ++i) QTest::keyPress(view.get(), Qt::Key_Right, Qt::ControlModifier);
  EXPECT_EQ(x(a), 50);
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(x(a), 0);
  expectInSync();
}

TEST_F(Keyboard, LStartsALinkArrowsChooseEnterLinks) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 0), c = add("t.split", 400, 300);
  view->core().setFocus(a.text);
  key(Qt::Key_L);
  ASSERT_TRUE(view->core().gesture);
  key(Qt::Key_Down);
  key(Qt::Key_Return);
  EXPECT_FALSE(view->core().gesture);
  EXPECT_TRUE(linked(a, "data", b, "data") || linked(a, "data", c, "data"));
  EXPECT_EQ(editor.document().links().size(), 1u);
}

TEST_F(Keyboard, PChoosesThePortAndEscCancelsTheLink) {
  const auto a = add("t.backbone", 0, 0), b = add("t.tune", 400, 0);
  view->core().setFocus(b.text);
  key(Qt::Key_P);  // output model
  key(Qt::Key_P);  // input data
  key(Qt::Key_P);  // input model
  key(Qt::Key_L);
  key(Qt::Key_Escape);
  EXPECT_TRUE(editor.document().links().empty());
  key(Qt::Key_L);
  key(Qt::Key_Return);
  EXPECT_TRUE(linked(a, "model", b, "model"));
}

TEST_F(Keyboard, SpaceTappedAndShiftAAskForABlock) {
  QSignalSpy asked{view.get(), &CanvasView::addRequested};
  key(Qt::Key_Space);
  EXPECT_EQ(asked.count(), 1);
  key(Qt::Key_A, Qt::ShiftModifier);
  EXPECT_EQ(asked.count(), 2);
}

TEST_F(Keyboard, TabLeavesTheCanvas) {
  QWidget window;
  auto* canvas = new CanvasView{editor, catalogue, &window};
  auto* other = new QWidget{&window};
  other->setFocusPolicy(Qt::StrongFocus);
  add("t.pictures", 0, 0);
  window.show();
  window.activateWindow();
  QApplication::setActiveWindow(&window);
  canvas->setFocus();
  QTest::keyClick(canvas, Qt::Key_Tab);
  EXPECT_TRUE(other->hasFocus());
}

TEST_F(Keyboard, F2RenamesInPlaceAndAnEmptyTitleGivesThatOfTheType) {
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  key(Qt::Key_F2);
  auto* field = view->core().editorWidget.data();
  ASSERT_TRUE(field);
  QTest::keyClicks(field, QStringLiteral("Leaves"));
  QTest::keyClick(field, Qt::Key_Return);
  EXPECT_EQ(editor.document().node(a)->title, "Leaves");
  QApplication::processEvents();
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  key(Qt::Key_F2);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Backspace);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return);
  EXPECT_EQ(editor.document().node(a)->title, "");
  EXPECT_EQ(view->core().model.block(0).title, QStringLiteral("Picture folder"));
}

TEST_F(Keyboard, EscInTheTitleChangesNothing) {
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  key(Qt::Key_F2);
  QTest::keyClicks(view->core().editorWidget.data(), QStringLiteral("Leaves"));
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Escape);
  EXPECT_EQ(editor.document().node(a)->title, "");
}

TEST_F(Keyboard, F1AsksForHelpOnTheType) {
  const auto a = add("t.pictures", 0, 0);
  view->core().setFocus(a.text);
  QSignalSpy help{view.get(), &CanvasView::helpRequested};
  key(Qt::Key_F1);
  ASSERT_EQ(help.count(), 1);
  EXPECT_EQ(help[0][0].toString(), QStringLiteral("t.pictures"));
}

TEST_F(Keyboard, EnterOpensAGroupAndEscLeavesIt) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 0), c = add("t.tune", 800, 0);
  link(a, "data", b, "data");
  link(b, "data", c, "data");
  view->select({a.text, b.text});
  view->core().group(GroupKind::Group);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return);
  const auto id = editor.document().groups()[0].id;
  EXPECT_FALSE(view->rectOf(a.text));
  ASSERT_TRUE(view->rectOf(id));
  view->core().setFocus(id);
  key(Qt::Key_Return);
  EXPECT_EQ(view->openGroups(), std::vector{id});
  EXPECT_TRUE(view->rectOf(a.text));
  EXPECT_FALSE(view->rectOf(c.text));
  expectInSync();
  key(Qt::Key_Escape);
  EXPECT_TRUE(view->openGroups().empty());
  EXPECT_EQ(view->selection(), std::vector{id});
}

TEST_F(Keyboard, TheMenuKeyOpensTheMenuOfTheFocusedBlock) {
  const auto a = add("t.pictures", 0, 0);
  view->core().setFocus(a.text);
  QContextMenuEvent event{QContextMenuEvent::Keyboard, {}, {}};
  QApplication::sendEvent(view->viewport(), &event);
  auto* menu = view->findChild<QMenu*>(QStringLiteral("canvas.menu"));
  ASSERT_TRUE(menu);
  EXPECT_TRUE(menu->actions().contains(view->action(QStringLiteral("canvas.bypass"))));
  EXPECT_TRUE(selected(a));
  menu->close();
}

TEST_F(Keyboard, BypassAndMuteToggle) {
  const auto a = add("t.split", 0, 0);
  view->select({a.text});
  key(Qt::Key_B, Qt::ControlModifier);
  EXPECT_EQ(editor.document().node(a)->mode, NodeMode::Bypass);
  key(Qt::Key_M, Qt::ControlModifier);
  EXPECT_EQ(editor.document().node(a)->mode, NodeMode::Mute);
  key(Qt::Key_M, Qt::ControlModifier);
  EXPECT_EQ(editor.document().node(a)->mode, NodeMode::Normal);
}

}  // namespace
}  // namespace patchbay::widgets
