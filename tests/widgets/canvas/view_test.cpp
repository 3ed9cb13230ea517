// SPDX-License-Identifier: Apache-2.0
#include <QAccessible>
#include <QHelpEvent>
#include <QPushButton>
#include <QTranslator>

#include "tests/widgets/canvas/fixture.h"
#include "widgets/canvas/breadcrumbs.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/status_look.h"

namespace patchbay::widgets {
namespace {

using View = CanvasTest;

TEST_F(View, AnEmptyCanvasSaysHowToBegin) {
  auto* card = view->findChild<QWidget*>(QStringLiteral("canvas.hint"));
  ASSERT_TRUE(card && card->isVisible());
  QSignalSpy asked{view.get(), &CanvasView::addRequested};
  view->findChild<QPushButton*>(QStringLiteral("canvas.hint.add"))->click();
  EXPECT_EQ(asked.count(), 1);
  add("t.pictures", 0, 0);
  EXPECT_FALSE(card->isVisible());
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(card->isVisible());
}

TEST_F(View, HitFindsPortsBlocksLinksFramesAndNotes) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 500, 200);
  link(a, "data", b, "data");
  const auto kind = [&](QPoint at) { return view->core().hit(QPointF{at}).kind; };
  EXPECT_EQ(kind(header(a)), Hit::Kind::Block);
  EXPECT_EQ(kind(port(a, "data", false)), Hit::Kind::Port);
  EXPECT_EQ(kind(port(a, "data", false) + QPoint{8, 0}), Hit::Kind::Port);  // outside of the block, still in reach
  EXPECT_EQ(kind(*view->linkMiddle({a, "data"}, {b, "data"})), Hit::Kind::Link);
  EXPECT_EQ(kind(view->fromScene({300, 500})), Hit::Kind::Nothing);
  view->select({a.text});
  view->core().group(GroupKind::Frame);
  delete view->core().editorWidget.data();
  const auto frame = *view->rectOf(editor.document().groups()[0].id);
  EXPECT_EQ(kind(frame.topLeft() + QPoint{50, 10}), Hit::Kind::Frame);
  EXPECT_EQ(kind(frame.bottomRight() - QPoint{3, 3}), Hit::Kind::FrameCorner);
  // Zoomed out ports are too small to be taken; the block is not.
  view->zoomTo(0.2);
  EXPECT_EQ(kind(header(a) - QPoint{45, 10}), Hit::Kind::Block);
}

TEST_F(View, AFailedBlockSaysCauseAndNextActionAndLeadsToTheDetails) {
  const auto a = add("t.pictures", 0, 0);
  BlockStatus status;
  status.state = BlockState::Failed;
  status.reason = QStringLiteral("The folder holds no picture that can be read.");
  status.hint = QStringLiteral("Choose another folder.");
  view->setStatus(a, status);
  const auto* look = view->core().look(a.text);
  QString all;
  for (const auto& line : look->lines) all += line.text + QLatin1Char(' ');
  EXPECT_TRUE(all.contains(QStringLiteral("no picture")));
  EXPECT_TRUE(all.contains(QStringLiteral("Choose another folder.")));
  QSignalSpy details{view.get(), &CanvasView::detailsRequested};
  const auto& block = view->core().model.block(0);
  click(view->fromScene(block.rect.topLeft() + QPointF{0, block.statusTop} + look->details.center() - QPointF{40, 0}));
  EXPECT_EQ(details.count(), 1);
}

TEST_F(View, TextThatDoesNotFitIsElidedAndWholeInTheTooltip) {
  const auto a = add("t.pictures", 0, 0);
  BlockStatus status;
  status.state = BlockState::Stale;
  status.reason = QStringLiteral(
      "一个非常长的句子没有任何空格它仍然必须在块的宽度之内换行否则就会超出边界因此我们在这里测试它是否正确地省略了其余的部分");
  view->setStatus(a, status);
  const auto* look = view->core().look(a.text);
  EXPECT_TRUE(look->elided);
  for (const auto& line : look->lines) {
    EXPECT_LE(QFontMetricsF{statusFont()}.horizontalAdvance(line.text), line.rect.width() + 1);
    EXPECT_LE(line.rect.right(), metrics::blockWidth);
  }
  EXPECT_TRUE(view->core().tip({.kind = Hit::Kind::Block, .index = 0}).contains(status.reason));
}

TEST_F(View, RunningSaysPhaseCountAndTimeLeft) {
  BlockStatus status;
  status.state = BlockState::Running;
  status.phase = QStringLiteral("Computing features");
  status.done = 512;
  status.total = 2624;
  status.unit = QStringLiteral("pictures");
  status.etaSeconds = 80;
  const auto look = layOut(status);
  QStringList lines;
  for (const auto& line : look.lines) lines << line.text;
  EXPECT_EQ(lines.join(QLatin1Char('|')), QStringLiteral("Computing features|512 of 2,624 pictures|1 min 20 s left"));
  EXPECT_FALSE(look.light.isNull());
}

TEST_F(View, ThePortTipTellsWhatFlows) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 0);
  view->setPortTip([&](const PortEnd& end) { return end.port.node == a ? QStringLiteral("2,624 pictures") : QString{}; });
  const auto hit = view->core().hit(QPointF{port(a, "data", false)});
  const auto tip = view->core().tip(hit);
  EXPECT_TRUE(tip.contains(QStringLiteral("Data")) && tip.contains(QStringLiteral("dataset")) &&
              tip.contains(QStringLiteral("2,624 pictures")));
  QSignalSpy hovered{view.get(), &CanvasView::hoveredPort};
  moveTo(port(b, "data", true), {}, {});
  EXPECT_EQ(hovered.count(), 1);
}

TEST_F(View, ScreenReadersGetNamesStatesAndActions) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 0);
  link(a, "data", b, "data");
  view->addNote({0, 400});
  QTest::keyClicks(view->core().editorWidget.data(), QStringLiteral("Hello"));
  QTest::keyClick(view->core().editorWidget.data(), Qt::Key_Return, Qt::ControlModifier);
  BlockStatus status;
  status.state = BlockState::Done;
  view->setStatus(a, status);
  auto* canvas = QAccessible::queryAccessibleInterface(view.get());
  ASSERT_TRUE(canvas);
  ASSERT_EQ(canvas->childCount(), 3);
  auto* first = canvas->child(0);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->text(QAccessible::Name), QStringLiteral("Picture folder, Up to date"));
  EXPECT_TRUE(first->text(QAccessible::Description).contains(QStringLiteral("goes to Split")));
  EXPECT_EQ(canvas->child(2)->text(QAccessible::Name), QStringLiteral("Note: Hello"));
  EXPECT_EQ(canvas->indexOfChild(first), 0);
  EXPECT_EQ(first->rect().size(), view->rectOf(a.text)->size());
  first->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
  EXPECT_TRUE(selected(a));
  EXPECT_TRUE(first->state().selected);
  // One that is gone says so instead of pointing anywhere.
  view->select({a.text});
  view->core().removeSelection();
  EXPECT_FALSE(first->isValid());
  EXPECT_EQ(canvas->childCount(), 2);
}

TEST_F(View, EveryActionHasANameATextAndSaysWhyItCannotBeUsed) {
  std::set<QString> names;
  std::map<QString, QString> keys;
  for (auto* action : view->actions()) {
    EXPECT_TRUE(names.insert(action->objectName()).second);
    EXPECT_FALSE(action->text().isEmpty());
    for (const auto& key : action->shortcuts()) {
      const auto text = key.toString();
      EXPECT_TRUE(keys.emplace(text, action->objectName()).second) << text.toStdString() << " of " << action->objectName().toStdString();
    }
    if (!action->isEnabled()) {
      EXPECT_TRUE(action->toolTip().contains(QStringLiteral(": "))) << action->objectName().toStdString();
    }
  }
  EXPECT_FALSE(view->action(QStringLiteral("canvas.copy"))->isEnabled());
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  EXPECT_TRUE(view->action(QStringLiteral("canvas.copy"))->isEnabled());
}

TEST_F(View, SelectOpensTheGroupTheBlockIsIn) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 400, 0);
  view->select({a.text, b.text});
  view->core().group(GroupKind::Group);
  delete view->core().editorWidget.data();
  const auto id = editor.document().groups()[0].id;
  QSignalSpy level{view.get(), &CanvasView::levelChanged};
  Breadcrumbs crumbs{*view};
  EXPECT_FALSE(crumbs.isVisibleTo(nullptr));
  view->select({a.text});
  EXPECT_EQ(view->openGroups(), std::vector{id});
  EXPECT_EQ(level.count(), 1);
  // Taking the group apart from outside leaves it.
  ASSERT_TRUE(editor.undo());
  EXPECT_TRUE(view->openGroups().empty());
  expectInSync();
}

TEST_F(View, ABlockAddedInAnOpenGroupIsInIt) {
  const auto a = add("t.pictures", 0, 0);
  view->select({a.text});
  view->core().group(GroupKind::Group);
  delete view->core().editorWidget.data();
  const auto id = editor.document().groups()[0].id;
  view->openGroup(id);
  const auto b = view->addBlock("t.split", {300, 0}, PortEnd{{a, "data"}, false});
  ASSERT_TRUE(b);
  EXPECT_TRUE(view->rectOf(b->text));
  EXPECT_EQ(editor.document().group(id)->nodes.size(), 2u);
  EXPECT_TRUE(linked(a, "data", *b, "data"));
}

TEST_F(View, TheOverviewGoesWhereOneClicks) {
  add("t.pictures", 0, 0);
  const auto far = add("t.split", 6000, 3000);
  MiniMap map{*view};
  map.resize(208, 136);
  map.show();
  EXPECT_FALSE(view->visibleScene().intersects(view->core().rectOf(far.text)));
  for (int i = 0; i < 3; ++i) QTest::mouseClick(&map, Qt::LeftButton, {}, {194, 115});
  EXPECT_TRUE(view->visibleScene().intersects(view->core().rectOf(far.text).adjusted(-400, -400, 400, 400)));
}

TEST_F(View, FitShowsEverything) {
  for (int i = 0; i < 12; ++i) add("t.split", i * 400.0, i * 300.0);
  view->fitAll();
  EXPECT_TRUE(view->visibleScene().contains(view->sceneBounds()));
  key(Qt::Key_0, Qt::ControlModifier);
  EXPECT_EQ(view->zoom(), 1);
}

TEST_F(View, TidyIsOneStepAndLeavesNoOverlap) {
  std::vector<NodeId> ids{add("t.pictures", 0, 0)};
  for (int i = 0; i < 6; ++i) {
    ids.push_back(add("t.split", 10, 10));
    link(ids[static_cast<std::size_t>(i / 2)], "data", ids.back(), "data");
  }
  trigger("canvas.tidy");
  EXPECT_FALSE(view->isIdle());
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->isIdle(); }, 10000));
  const auto& blocks = view->core().model.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(blocks[i].rect.intersects(blocks[j].rect));
  expectInSync();
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(x(ids[3]), 10);
}

TEST_F(View, WhatIsPinnedStaysWhenTidyingAndShowsIt) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 500, 450), c = add("t.split", 10, 10);
  link(a, "data", b, "data");
  link(b, "data", c, "data");
  const auto plain = view->grab().toImage();
  view->select({b.text});
  key(Qt::Key_P, Qt::ShiftModifier);
  EXPECT_TRUE(edit::isPinned(*editor.document().node(b)));
  EXPECT_TRUE(view->core().model.block(view->core().model.blockIndex(b.text)).pinned);
  expectInSync();
  view->select({});
  EXPECT_NE(view->grab().toImage(), plain) << "nothing shows that the block is pinned";
  trigger("canvas.tidy");
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->isIdle(); }, 10000));
  EXPECT_EQ(QPointF(x(b), y(b)), QPointF(500, 450));
  EXPECT_NE(QPointF(x(c), y(c)), QPointF(10, 10));
  // The file keeps it, and the same key takes it off.
  const auto again = Document::parse(editor.document().toJson());
  ASSERT_TRUE(again);
  EXPECT_TRUE(edit::isPinned(*again->node(b)));
  view->select({b.text});
  trigger("canvas.pin");
  EXPECT_FALSE(edit::isPinned(*editor.document().node(b)));
}

TEST_F(View, TidyingDoesNotOverwriteWhatIsDoneMeanwhile) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 10, 10);
  link(a, "data", b, "data");
  trigger("canvas.tidy");
  ASSERT_TRUE(editor.apply(TR("t", "Move"), {edit::Move{a, 40, 400}}));
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->isIdle(); }, 10000));
  EXPECT_EQ(QPointF(x(a), y(a)), QPointF(40, 400));
  EXPECT_EQ(QPointF(x(b), y(b)), QPointF(10, 10));
}

TEST_F(View, ABlockChosenOnALinkIsPutIntoItAndGetsRoom) {
  const auto a = add("t.pictures", 0, 0), b = add("t.split", 280, 0), c = add("t.split", 560, 0);
  link(a, "data", b, "data");
  link(b, "data", c, "data");
  QPointF asked;
  QObject::connect(view.get(), &CanvasView::addRequested, view.get(), [&](QPoint, QPointF scene) { asked = scene; });
  const auto middle = *view->linkMiddle({a, "data"}, {b, "data"});
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, middle);
  ASSERT_FALSE(asked.isNull());
  const auto state = editor.document().toJson();
  const auto added = view->addBlock("t.split", asked);
  ASSERT_TRUE(added);
  EXPECT_TRUE(linked(a, "data", *added, "data"));
  EXPECT_TRUE(linked(*added, "data", b, "data"));
  EXPECT_FALSE(linked(a, "data", b, "data"));
  EXPECT_GE(x(*added), 210);
  EXPECT_GE(x(b), x(*added) + 210);
  EXPECT_GE(x(c), x(b) + 210);
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.document().toJson(), state) << "more than one step";
  // With the keyboard: into the link that is selected.
  view->core().selectedLink = {PortRef{b, "data"}, PortRef{c, "data"}};
  asked = {};
  trigger("canvas.add");
  const auto second = view->addBlock("t.split", asked);
  ASSERT_TRUE(second);
  EXPECT_TRUE(linked(b, "data", *second, "data") && linked(*second, "data", c, "data"));
  // Elsewhere, or what does not fit: beside it.
  const auto third = view->addBlock("t.backbone", {100, 600});
  ASSERT_TRUE(third);
  EXPECT_EQ(x(*third), 100);
}

class Upper final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override { return QString::fromUtf8(source).toUpper(); }
  bool isEmpty() const override { return false; }
};

TEST_F(View, AnotherLanguageIsTakenAtRunTime) {
  const auto a = add("t.pictures", 0, 0);
  BlockStatus status;
  status.state = BlockState::Queued;
  view->setStatus(a, status);
  Upper upper;
  QApplication::installTranslator(&upper);
  QApplication::processEvents();
  EXPECT_EQ(view->action(QStringLiteral("canvas.copy"))->text(), QStringLiteral("COPY"));
  EXPECT_EQ(view->core().model.block(0).title, QStringLiteral("PICTURE FOLDER"));
  EXPECT_EQ(view->core().look(a.text)->lines[0].text, QStringLiteral("WAITING FOR ITS TURN"));
  QApplication::removeTranslator(&upper);
  QApplication::processEvents();
  EXPECT_EQ(view->action(QStringLiteral("canvas.copy"))->text(), QStringLiteral("Copy"));
}

}  // namespace
}  // namespace patchbay::widgets
