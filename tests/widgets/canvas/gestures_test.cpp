// SPDX-License-Identifier: Apache-2.0
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

#include "tests/widgets/canvas/fixture.h"

namespace patchbay::widgets {
namespace {

using Gestures = CanvasTest;

TEST_F(Gestures, DraggingABlockMovesItOnTheGridInOneStep) {
  const auto a = add("t.pictures", 100, 100);
  add("t.split", 800, 600);
  drag(header(a), header(a) + QPoint{123, 88});
  EXPECT_EQ(x(a), 220);
  EXPECT_EQ(y(a), 190);
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(x(a), 100);
  EXPECT_EQ(y(a), 100);
  expectInSync();
}

TEST_F(Gestures, WithAltABlockLiesWhereItIsLetGo) {
  const auto a = add("t.pictures", 100, 100);
  drag(header(a), header(a) + QPoint{123, 87}, Qt::AltModifier);
  EXPECT_EQ(x(a), 223);
  EXPECT_EQ(y(a), 187);
}

TEST_F(Gestures, ABlockSnapsIntoLineWithItsNeighbour) {
  const auto a = add("t.pictures", 103, 100);
  const auto b = add("t.pictures", 500, 407);
  // 2 px beside the neighbour's left edge, which is not on the grid.
  drag(header(a), header(a) + QPoint{395, 180});
  EXPECT_EQ(x(a), x(b));
}

TEST_F(Gestures, ADragThatIsCancelledLeavesNoTrace) {
  const auto a = add("t.pictures", 100, 100);
  const auto before = editor.state();
  press(header(a));
  moveTo(header(a) + QPoint{60, 60});
  moveTo(header(a) + QPoint{90, 60});
  key(Qt::Key_Escape);
  release(header(a) + QPoint{90, 60});
  EXPECT_EQ(editor.state(), before);
  EXPECT_EQ(x(a), 100);
  EXPECT_TRUE(view->isIdle());
}

TEST_F(Gestures, AllThatIsSelectedMovesTogether) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 400, 100), c = add("t.tune", 700, 100);
  view->select({a.text, b.text});
  drag(header(a), header(a) + QPoint{0, 200});
  EXPECT_EQ(y(a), 300);
  EXPECT_EQ(y(b), 300);
  EXPECT_EQ(y(c), 100);
}

TEST_F(Gestures, CtrlDragLeavesTheOriginalAndPlacesACopy) {
  const auto a = add("t.pictures", 100, 100);
  drag(header(a), header(a) + QPoint{0, 200}, Qt::ControlModifier);
  ASSERT_EQ(editor.document().nodes().size(), 2u);
  EXPECT_EQ(y(a), 100);
  EXPECT_EQ(editor.document().nodes()[1].y, 300);
  EXPECT_TRUE(selected(editor.document().nodes()[1].id));
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().nodes().size(), 1u);
}

TEST_F(Gestures, ALinkIsDrawnFromOutputToInputAndFromInputToOutput) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100), c = add("t.tune", 500, 400), d = add("t.backbone", 100, 400);
  drag(port(a, "data", false), port(b, "data", true));
  EXPECT_TRUE(linked(a, "data", b, "data"));
  drag(port(c, "model", true), port(d, "model", false));
  EXPECT_TRUE(linked(d, "model", c, "model"));
  expectInSync();
}

TEST_F(Gestures, ALinkLetGoOnABlockTakesItsFirstPortThatFits) {
  const auto a = add("t.backbone", 100, 100), b = add("t.tune", 500, 100);
  drag(port(a, "model", false), header(b));
  EXPECT_TRUE(linked(a, "model", b, "model"));
}

TEST_F(Gestures, PortsOfOtherTypesTakeNoLinkAndSayWhy) {
  const auto a = add("t.pictures", 100, 100), b = add("t.tune", 500, 100);
  QSignalSpy said{view.get(), &CanvasView::statusMessage};
  drag(port(a, "data", false), port(b, "model", true));
  EXPECT_TRUE(editor.document().links().empty());
  bool reason = false;
  for (const auto& one : said) reason |= !one[0].toString().isEmpty();
  EXPECT_TRUE(reason);
}

TEST_F(Gestures, ALinkIntoEmptySpaceAsksForABlockThatFits) {
  const auto a = add("t.pictures", 100, 100);
  std::optional<PortEnd> from;
  QPointF where;
  QObject::connect(view.get(), &CanvasView::addRequested, view.get(),
                   [&](QPoint, QPointF scene, std::optional<PortEnd> end) { from = end, where = scene; });
  drag(port(a, "data", false), port(a, "data", false) + QPoint{200, 100});
  ASSERT_TRUE(from);
  EXPECT_EQ(*from, (PortEnd{{a, "data"}, false}));
  const auto added = view->addBlock("t.split", where, from);
  ASSERT_TRUE(added);
  EXPECT_TRUE(linked(a, "data", *added, "data"));
  // Block and link are one step.
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().nodes().size(), 1u);
  expectInSync();
}

TEST_F(Gestures, ALinkEndDraggedAwayDisconnects) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  link(a, "data", b, "data");
  drag(port(b, "data", true), port(b, "data", true) + QPoint{-60, 200});
  EXPECT_TRUE(editor.document().links().empty());
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(linked(a, "data", b, "data"));
}

TEST_F(Gestures, ALinkEndDraggedToAnotherInputMovesInOneStep) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100), c = add("t.split", 500, 400);
  link(a, "data", b, "data");
  drag(port(b, "data", true), port(c, "data", true));
  EXPECT_FALSE(linked(a, "data", b, "data"));
  EXPECT_TRUE(linked(a, "data", c, "data"));
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(linked(a, "data", b, "data"));
  EXPECT_EQ(editor.document().links().size(), 1u);
}

TEST_F(Gestures, ALinkEndPutBackChangesNothing) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  link(a, "data", b, "data");
  const auto before = editor.state();
  press(port(b, "data", true));
  moveTo(port(b, "data", true) + QPoint{-50, 50});
  moveTo(port(b, "data", true));
  release(port(b, "data", true));
  EXPECT_EQ(editor.state(), before);
}

TEST_F(Gestures, ABlockLetGoOnALinkIsSplicedIn) {
  const auto a = add("t.pictures", 0, 100), b = add("t.tune", 800, 100), s = add("t.split", 400, 500);
  link(a, "data", b, "data");
  const auto middle = *view->linkMiddle({a, "data"}, {b, "data"});
  press(header(s));
  const auto grip = header(s) - view->rectOf(s.text)->center();
  for (int i = 1; i <= 4; ++i) moveTo(header(s) + (middle + grip - header(s)) * i / 4);
  EXPECT_TRUE(view->core().spliceTarget.has_value());
  release(middle + grip);
  EXPECT_TRUE(linked(a, "data", s, "data"));
  EXPECT_TRUE(linked(s, "data", b, "data"));
  EXPECT_FALSE(linked(a, "data", b, "data"));
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(linked(a, "data", b, "data"));
  EXPECT_EQ(y(s), 500);
}

TEST_F(Gestures, DeletingABlockKeepsTheLinkWhereTypesAllow) {
  const auto a = add("t.pictures", 0, 100), s = add("t.split", 400, 100), b = add("t.tune", 800, 100);
  link(a, "data", s, "data");
  link(s, "data", b, "data");
  click(header(s));
  key(Qt::Key_Delete);
  EXPECT_TRUE(linked(a, "data", b, "data"));
  EXPECT_TRUE(view->selection().empty());
  expectInSync();
}

TEST_F(Gestures, AClickedLinkIsDeletedAlone) {
  const auto a = add("t.pictures", 0, 100), b = add("t.tune", 800, 300);
  link(a, "data", b, "data");
  click(*view->linkMiddle({a, "data"}, {b, "data"}));
  trigger("canvas.delete");
  EXPECT_TRUE(editor.document().links().empty());
  EXPECT_EQ(editor.document().nodes().size(), 2u);
}

TEST_F(Gestures, RubberBandSelectsWhatItTouchesAndExtends) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100), c = add("t.tune", 100, 500);
  QSignalSpy changed{view.get(), &CanvasView::selectionChanged};
  const auto from = view->fromScene({50, 50});
  drag(from, view->fromScene({600, 160}));
  EXPECT_TRUE(selected(a) && selected(b) && !selected(c));
  EXPECT_EQ(changed.count(), 1);
  drag(view->fromScene({50, 450}), view->fromScene({300, 600}), Qt::ShiftModifier);
  EXPECT_TRUE(selected(a) && selected(b) && selected(c));
  drag(view->fromScene({50, 450}), view->fromScene({300, 600}), Qt::ControlModifier);
  EXPECT_FALSE(selected(c));
  EXPECT_TRUE(selected(a));
}

TEST_F(Gestures, LassoSelectsWhatLiesInside) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  press(view->fromScene({60, 60}), Qt::AltModifier);
  for (const QPointF p : {QPointF{60, 90}, {60, 300}, {400, 300}, {400, 60}, {70, 60}}) moveTo(view->fromScene(p), Qt::AltModifier);
  release(view->fromScene({70, 60}), Qt::AltModifier);
  EXPECT_TRUE(selected(a));
  EXPECT_FALSE(selected(b));
}

TEST_F(Gestures, ShiftClickAddsAndCtrlClickTakesAway) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  click(header(a));
  click(header(b), Qt::ShiftModifier);
  EXPECT_TRUE(selected(a) && selected(b));
  click(header(a), Qt::ControlModifier);
  EXPECT_TRUE(!selected(a) && selected(b));
  click(view->fromScene({300, 600}));
  EXPECT_TRUE(view->selection().empty());
}

TEST_F(Gestures, MiddleDragAndSpaceDragPan) {
  add("t.pictures", 100, 100);
  const auto before = view->toScene({0, 0});
  drag({400, 400}, {450, 430}, {}, Qt::MiddleButton);
  EXPECT_EQ(view->toScene({0, 0}), before - QPointF(50, 30));
  QSignalSpy asked{view.get(), &CanvasView::addRequested};
  QTest::keyPress(view.get(), Qt::Key_Space);
  drag({400, 400}, {350, 370});
  QTest::keyRelease(view.get(), Qt::Key_Space);
  EXPECT_EQ(view->toScene({0, 0}), before);
  EXPECT_EQ(asked.count(), 0);  // held for a drag: no block is asked for
}

TEST_F(Gestures, TheWheelZoomsAtThePointer) {
  add("t.pictures", 100, 100);
  const QPoint at{700, 300};
  const auto scene = view->toScene(at);
  QWheelEvent wheel{QPointF{at}, view->viewport()->mapToGlobal(QPointF{at}), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false};
  QApplication::sendEvent(view->viewport(), &wheel);
  EXPECT_NEAR(view->zoom(), 1.44, 1e-9);
  EXPECT_LT((view->toScene(at) - scene).manhattanLength(), 2);
  EXPECT_FALSE(view->isIdle());  // text comes back when the gesture has ended
  EXPECT_TRUE(QTest::qWaitFor([&] { return view->isIdle(); }, 2000));
}

TEST_F(Gestures, DoubleClickOnNothingAsksForABlockAndOnABlockActivatesIt) {
  const auto a = add("t.pictures", 100, 100);
  QSignalSpy asked{view.get(), &CanvasView::addRequested}, activated{view.get(), &CanvasView::activated};
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, view->fromScene({600, 500}));
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][1].toPointF(), QPointF(600, 500));
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, header(a));
  EXPECT_EQ(activated.count(), 1);
}

TEST_F(Gestures, BlocksOfThePaletteAndFilesCanBeDropped) {
  const auto a = add("t.pictures", 0, 100), b = add("t.tune", 800, 100);
  link(a, "data", b, "data");
  QMimeData block;
  block.setData(QLatin1String{CanvasView::blockMimeType}, "t.split");
  // The card is held by the middle of its header, and comes down with its own middle on the link.
  const auto at = QPointF{*view->linkMiddle({a, "data"}, {b, "data"})} - QPointF{0, 20};
  QDragEnterEvent enter{at.toPoint(), Qt::CopyAction, &block, Qt::LeftButton, {}};
  QApplication::sendEvent(view->viewport(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDragMoveEvent move{at.toPoint(), Qt::CopyAction, &block, Qt::LeftButton, {}};
  QApplication::sendEvent(view->viewport(), &move);
  EXPECT_TRUE(view->core().spliceTarget.has_value());
  QDropEvent drop{at, Qt::CopyAction, &block, Qt::LeftButton, {}};
  QApplication::sendEvent(view->viewport(), &drop);
  ASSERT_EQ(editor.document().nodes().size(), 3u);
  const auto s = editor.document().nodes()[2].id;
  EXPECT_TRUE(linked(a, "data", s, "data") && linked(s, "data", b, "data"));

  QMimeData files;
  files.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp"))});
  QSignalSpy dropped{view.get(), &CanvasView::filesDropped};
  QDragEnterEvent enterFiles{{300, 500}, Qt::CopyAction, &files, Qt::LeftButton, {}};
  QApplication::sendEvent(view->viewport(), &enterFiles);
  QDropEvent dropFiles{QPointF{300, 500}, Qt::CopyAction, &files, Qt::LeftButton, {}};
  QApplication::sendEvent(view->viewport(), &dropFiles);
  ASSERT_EQ(dropped.count(), 1);
  EXPECT_EQ(dropped[0][1].toPointF(), view->toScene({300, 500}));
}

TEST_F(Gestures, ReadingOnlyNothingCanBeChanged) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  view->setReadOnly(true);
  const auto before = editor.state();
  drag(header(a), header(a) + QPoint{100, 100});
  drag(port(a, "data", false), port(b, "data", true));
  click(header(a));
  key(Qt::Key_Delete);
  EXPECT_EQ(editor.state(), before);
  EXPECT_FALSE(view->action(QStringLiteral("canvas.delete"))->isEnabled());
  EXPECT_FALSE(view->action(QStringLiteral("canvas.delete"))->toolTip().isEmpty());
}

TEST_F(Gestures, ACopyIsTextThatAnotherWindowPastes) {
  const auto a = add("t.pictures", 100, 100), b = add("t.split", 500, 100);
  link(a, "data", b, "data");
  view->select({a.text, b.text});
  trigger("canvas.copy");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("t.split")));
  edit::Editor other;
  CanvasView second{other, catalogue};
  second.resize(800, 600);
  second.show();
  second.action(QStringLiteral("canvas.paste"))->trigger();
  EXPECT_EQ(other.document().nodes().size(), 2u);
  EXPECT_EQ(other.document().links().size(), 1u);
  EXPECT_EQ(second.selection().size(), 2u);
}

TEST_F(Gestures, WhatIsPastedHasToBeBlocks) {
  QGuiApplication::clipboard()->setText(QStringLiteral("a shopping list"));
  QSignalSpy said{view.get(), &CanvasView::statusMessage};
  trigger("canvas.paste");
  EXPECT_TRUE(editor.document().nodes().empty());
  ASSERT_GE(said.count(), 1);
  EXPECT_FALSE(said.back()[0].toString().isEmpty());
}

TEST_F(Gestures, ABlockLetGoInAFrameJoinsIt) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 600, 400);
  view->select({a.text});
  view->core().group(GroupKind::Frame);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return);
  const auto id = editor.document().groups()[0].id;
  view->select({b.text});
  drag(header(b), header(a) + QPoint{20, 30});
  EXPECT_EQ(editor.document().group(id)->nodes.size(), 2u);
  expectInSync();
}

TEST_F(Gestures, AFrameMovesWithWhatIsInIt) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 600, 400);
  view->select({a.text});
  view->core().group(GroupKind::Frame);
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return);
  const auto id = editor.document().groups()[0].id;
  const auto title = view->rectOf(id)->topLeft() + QPoint{60, 12};
  drag(title, title + QPoint{100, 50});
  EXPECT_EQ(x(a), 100);
  EXPECT_EQ(y(a), 50);
  EXPECT_EQ(x(b), 600);
}

TEST_F(Gestures, NotesAreWrittenInPlaceAndResized) {
  view->addNote({100, 100});
  ASSERT_TRUE(view->core().editorWidget);
  QTest::keyClicks(view->core().editorWidget.data(), QStringLiteral("Delete me not"));
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return, Qt::ControlModifier);
  QApplication::processEvents();
  ASSERT_EQ(editor.document().notes().size(), 1u);
  EXPECT_EQ(editor.document().notes()[0]["text"].asText(), "Delete me not");
  const auto id = editor.document().notes()[0]["id"].asText();
  const auto corner = view->rectOf(id)->bottomRight() - QPoint{4, 4};
  drag(corner, corner + QPoint{60, 40});
  EXPECT_GT(view->rectOf(id)->width(), 280);
  drag(view->rectOf(id)->center(), view->rectOf(id)->center() + QPoint{0, 100});
  EXPECT_EQ(editor.document().notes()[0]["pos"].asList()[1].asDouble(), 200);
  expectInSync();
}

}  // namespace
}  // namespace patchbay::widgets
