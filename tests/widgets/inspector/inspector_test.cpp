// SPDX-License-Identifier: Apache-2.0
#include "widgets/inspector/inspector.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTranslator>

#include "tests/widgets/inspector/fixture.h"
#include "widgets/inspector/controls.h"

namespace patchbay::testing {

namespace {

/// Every text 40 % longer, as German or Russian would be.
class Longer final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    const auto text = QString::fromUtf8(source);
    QString pad;
    while (pad.size() < text.size() * 4 / 10 + 1) pad += QStringLiteral("ßwä ");
    return text + QLatin1Char{' '} + pad.trimmed();
  }
  bool isEmpty() const override { return false; }
};

}  // namespace

TEST_F(InspectorTest, WhatIsHiddenOrLockedFollowsTheOtherSettings) {
  auto* steps_ = find<QWidget>("param.steps.row");
  EXPECT_FALSE(steps_->isVisibleTo(steps_->parentWidget()));
  QTest::mouseClick(find<QAbstractButton>("param.method.good"), Qt::LeftButton);
  EXPECT_TRUE(steps_->isVisibleTo(steps_->parentWidget()));
  auto* folds = find<QAbstractSpinBox>("param.folds");
  EXPECT_FALSE(folds->isEnabled());
  EXPECT_TRUE(folds->toolTip().contains(QStringLiteral("Balance"))) << "a disabled control says why: " << folds->toolTip().toStdString();
  QTest::mouseClick(find<QAbstractButton>("param.balance"), Qt::LeftButton);
  EXPECT_TRUE(folds->isEnabled());
  ASSERT_TRUE(editor->undo());
  EXPECT_FALSE(folds->isEnabled());
}

TEST_F(InspectorTest, ResetGoesBackToTheDefault) {
  auto* reset = find<QToolButton>("param.epochs.reset");
  auto* all = find<QPushButton>("inspector.resetAll");
  EXPECT_FALSE(reset->isVisible());
  EXPECT_FALSE(all->isVisible());
  type("param.epochs", QStringLiteral("30"));
  QTest::mouseClick(find<QAbstractButton>("param.balance"), Qt::LeftButton);
  ASSERT_TRUE(reset->isVisible());
  QTest::mouseClick(reset, Qt::LeftButton);
  EXPECT_TRUE(param("epochs").isNull());
  EXPECT_FALSE(reset->isVisible());
  type("param.epochs", QStringLiteral("31"));
  const int before = steps();
  ASSERT_TRUE(all->isVisible());
  QTest::mouseClick(all, Qt::LeftButton);
  EXPECT_TRUE(param("epochs").isNull());
  EXPECT_TRUE(param("balance").isNull());
  EXPECT_EQ(steps(), before + 1) << "all of it is one step";
}

TEST_F(InspectorTest, SeveralBlocksAreEditedAtOnce) {
  auto document = editor->document();
  const auto other = *document.addNode({.type = "test.every", .params = Value::Map{{"epochs", 20}, {"balance", true}}});
  editor->reset(document);
  select({block, other});
  auto* epochs = find<widgets::NumberBox>("param.epochs");
  EXPECT_FALSE(epochs->value());
  EXPECT_EQ(epochs->findChild<QLineEdit*>()->placeholderText(), QStringLiteral("several values"));
  EXPECT_TRUE(find<widgets::Switch>("param.balance")->several());
  type("param.epochs", QStringLiteral("15"));
  EXPECT_EQ(param("epochs", block), Value{15});
  EXPECT_EQ(param("epochs", other), Value{15});
  QTest::mouseClick(find<QAbstractButton>("param.balance"), Qt::LeftButton);
  EXPECT_EQ(param("balance", block), Value{true});
  EXPECT_EQ(param("balance", other), Value{true});
  EXPECT_EQ(steps(), 2);
  ASSERT_TRUE(editor->undo());
  ASSERT_TRUE(editor->undo());
  EXPECT_TRUE(param("epochs", block).isNull());
  EXPECT_EQ(param("epochs", other), Value{20});
}

TEST_F(InspectorTest, BlocksOfSeveralKindsOfferThoseOfOne) {
  QSignalSpy wanted{inspector.get(), &widgets::Inspector::selectionRequested};
  select({source, block});
  QTest::mouseClick(find<QPushButton>("inspector.kind.test.every"), Qt::LeftButton);
  settle();
  EXPECT_EQ(inspector->selection(), std::vector<NodeId>{block});
  EXPECT_EQ(wanted.count(), 1);
  find<QAbstractSpinBox>("param.epochs");
}

TEST_F(InspectorTest, ProblemsStandBesideTheirParameter) {
  EXPECT_NE(error("folder").find("Folder is not set"), std::string::npos) << error("folder");
  Problem outside{.severity = Severity::Error,
                  .code = "label.unknown",
                  .node = block,
                  .param = "note",
                  .cause = TR("test", "No such class."),
                  .hint = TR("test", "Choose another.")};
  inspector->setProblems({outside});
  EXPECT_EQ(error("note"), "No such class.");
  EXPECT_EQ(find<QLabel>("param.note.hint")->text(), QStringLiteral("Choose another."));
  inspector->setProblems({});
  EXPECT_EQ(error("note"), "");
  // A value that another program wrote is shown with what is wrong with it, and can be reset.
  ASSERT_TRUE(editor->apply(TR("test", "x"), {edit::SetParam{block, "epochs", Value{-5}}}));
  EXPECT_NE(error("epochs").find("-5"), std::string::npos);
  EXPECT_TRUE(find<QToolButton>("param.epochs.reset")->isVisible());
}

TEST_F(InspectorTest, ManyParametersAreSearchedAndTheLaterOnesLieUnderMore) {
  auto* more = find<QToolButton>("inspector.more");
  auto* words = find<QWidget>("param.words.row");
  EXPECT_FALSE(words->isVisible());
  EXPECT_TRUE(find<QWidget>("param.epochs.row")->isVisible());
  QTest::mouseClick(more, Qt::LeftButton);
  EXPECT_TRUE(words->isVisible());
  QTest::mouseClick(more, Qt::LeftButton);
  auto* search = find<QLineEdit>("inspector.search");
  QTest::keyClicks(search, QStringLiteral("word"));
  EXPECT_TRUE(words->isVisible()) << "what is found is shown, wherever it lies";
  EXPECT_FALSE(find<QWidget>("param.epochs.row")->isVisible());
  search->clear();
  QTest::mouseClick(more, Qt::LeftButton);
  EXPECT_FALSE(words->isVisible());
  inspector->focusParam(QStringLiteral("words"));
  EXPECT_TRUE(words->isVisible()) << "\"show me\" of a problem opens it";
  EXPECT_EQ(QApplication::focusWidget(), find<QToolButton>("param.words.add")) << "the list is empty";
}

TEST_F(InspectorTest, TheTitleIsOneStepAndEmptyMeansTheKind) {
  auto* title = find<QLineEdit>("inspector.title");
  EXPECT_EQ(title->placeholderText(), QStringLiteral("Every kind"));
  inspector->focusTitle();
  QTest::keyClicks(title, QStringLiteral("My training"));
  EXPECT_EQ(editor->document().node(block)->title, "My training");
  QTest::keyClick(title, Qt::Key_Return);
  EXPECT_EQ(steps(), 1);
  ASSERT_TRUE(editor->undo());
  EXPECT_EQ(title->text(), QString{});
}

TEST_F(InspectorTest, WhatCameOutIsAButtonAway) {
  QSignalSpy wanted{inspector.get(), &widgets::Inspector::resultRequested};
  auto* button = find<QPushButton>("inspector.result");
  EXPECT_FALSE(button->isVisibleTo(inspector.get()));
  QString name = QStringLiteral("Open the results");
  inspector->setResults([&](const NodeId& id) { return id == block ? name : QString{}; });
  ASSERT_TRUE(button->isVisibleTo(inspector.get()));
  EXPECT_EQ(button->text(), name);
  button->click();
  ASSERT_EQ(wanted.count(), 1);
  EXPECT_EQ(wanted[0][0].value<NodeId>(), block);
  name.clear();
  widgets::BlockStatus running;
  running.state = widgets::BlockState::Running;
  inspector->setStatus(block, running);
  EXPECT_FALSE(button->isVisibleTo(inspector.get()));
}

TEST_F(InspectorTest, StateRunHelpAndLinksAreThere) {
  QSignalSpy run{inspector.get(), &widgets::Inspector::runToRequested}, help{inspector.get(), &widgets::Inspector::helpRequested},
      node{inspector.get(), &widgets::Inspector::nodeActivated};
  widgets::BlockStatus status;
  status.state = widgets::BlockState::Stale;
  status.reason = QStringLiteral("Rate changed from 0.001 to 0.01.");
  inspector->setStatus(block, status);
  EXPECT_EQ(find<QLabel>("inspector.reason")->text(), status.reason);
  auto* button = find<QPushButton>("inspector.runTo");
  QTest::mouseClick(button, Qt::LeftButton);
  ASSERT_EQ(run.count(), 1);
  EXPECT_EQ(run[0][0].value<NodeId>(), block);
  status.state = widgets::BlockState::Running;
  status.phase = QStringLiteral("Epoch");
  status.done = 3;
  status.total = 8;
  status.etaSeconds = 75;
  inspector->setStatus(block, status);
  EXPECT_FALSE(button->isEnabled());
  EXPECT_TRUE(button->toolTip().contains(QStringLiteral("running")));
  EXPECT_EQ(find<QLabel>("inspector.reason")->text().replace(QChar::Nbsp, QLatin1Char{' '}),
            QStringLiteral("Epoch · 3 of 8 · 1 min 15 s left"));
  QTest::mouseClick(find<QToolButton>("param.epochs.help"), Qt::LeftButton);
  ASSERT_EQ(help.count(), 1);
  EXPECT_EQ(help[0][0].toString(), QStringLiteral("test.every"));
  EXPECT_EQ(help[0][1].toString(), QStringLiteral("epochs"));
  QTest::mouseClick(find<QPushButton>("port.in.data.link"), Qt::LeftButton);
  ASSERT_EQ(node.count(), 1);
  EXPECT_EQ(node[0][0].value<NodeId>(), source);
  ASSERT_TRUE(editor->apply(TR("test", "x"), {edit::RemoveLink{{source, "data"}, {block, "data"}}}));
  settle();
  EXPECT_EQ(inspector->findChild<QPushButton*>(QStringLiteral("port.in.data.link")), nullptr) << "links are shown as they are now";
}

TEST_F(InspectorTest, WithNothingSelectedThePipelineIsEditedAndItsProblemsAreListed) {
  select({});
  auto* title = find<QLineEdit>("inspector.pipelineTitle");
  EXPECT_EQ(title->text(), QStringLiteral("Trial"));
  title->setFocus();
  title->selectAll();
  QTest::keyClicks(title, QStringLiteral("Cats"));
  EXPECT_EQ(editor->document().title, "Cats");
  QSignalSpy activated{inspector.get(), &widgets::Inspector::problemActivated};
  inspector->setProblems(
      {{.severity = Severity::Warning, .code = "a", .node = source, .cause = TR("test", "First."), .hint = TR("test", "Do this.")},
       {.severity = Severity::Error,
        .code = "b",
        .node = block,
        .param = "rate",
        .cause = TR("test", "Second."),
        .hint = TR("test", "Do that.")}});
  auto* list = find<QListWidget>("inspector.problems");
  ASSERT_EQ(list->count(), 2);
  EXPECT_EQ(list->item(1)->text(), QStringLiteral("Every kind: Second."));
  list->setFocus();
  list->setCurrentRow(0);
  QTest::keyClick(list, Qt::Key_Down);
  QTest::keyClick(list, Qt::Key_Return);
  ASSERT_EQ(activated.count(), 1);
  EXPECT_EQ(activated[0][0].value<NodeId>(), block);
  EXPECT_EQ(activated[0][1].toString(), QStringLiteral("rate"));
}

TEST_F(InspectorTest, ABlockThatIsGoneIsNotShownAnyMore) {
  ASSERT_TRUE(editor->apply(TR("test", "x"), {edit::RemoveLink{{source, "data"}, {block, "data"}}, edit::RemoveNode{block}}));
  settle();
  EXPECT_TRUE(inspector->selection().empty());
  find<QLineEdit>("inspector.pipelineTitle");
}

TEST_F(InspectorTest, WhatIsBeingTypedBelongsToTheBlockItWasTypedFor) {
  auto document = editor->document();
  const auto other = *document.addNode({.type = "test.every"});
  editor->reset(document);
  select({block});
  auto* box = find<QAbstractSpinBox>("param.epochs");
  box->setFocus();
  box->selectAll();
  QTest::keyClicks(box, QStringLiteral("77"));
  select({other});
  EXPECT_EQ(param("epochs", block), Value{77});
  EXPECT_TRUE(param("epochs", other).isNull());
}

TEST_F(InspectorTest, ReadOnlySaysWhyAndChangesNothing) {
  inspector->setReadOnly(true, QStringLiteral("Another window edits this."));
  auto* box = find<QAbstractSpinBox>("param.epochs");
  EXPECT_FALSE(box->isEnabled());
  EXPECT_TRUE(box->toolTip().contains(QStringLiteral("Another window")));
  QTest::keyClicks(find<QLineEdit>("inspector.title"), QStringLiteral("x"));
  EXPECT_FALSE(editor->canUndo());
}

TEST_F(InspectorTest, AParameterThatALoopSetsIsLocked) {
  auto document = editor->document();
  const auto name = document.node(block)->name;
  ASSERT_TRUE(document.setGroup({.title = "Seeds",
                                 .kind = GroupKind::ForEach,
                                 .nodes = {block.text},
                                 .axes = {{.name = "seed", .values = {1, 2}, .bind = {name + ".epochs"}}}}));
  editor->reset(document);
  select({block});
  auto* box = find<QAbstractSpinBox>("param.epochs");
  EXPECT_FALSE(box->isEnabled());
  EXPECT_TRUE(box->toolTip().contains(QStringLiteral("Seeds"))) << box->toolTip().toStdString();
  EXPECT_TRUE(find<QAbstractSpinBox>("param.rate")->isEnabled());
}

TEST_F(InspectorTest, EverythingThatTakesTheFocusHasANameForScreenReadersAndTests) {
  QTest::mouseClick(find<QAbstractButton>("param.method.good"), Qt::LeftButton);
  QTest::mouseClick(find<QToolButton>("inspector.more"), Qt::LeftButton);
  settle();
  int checked = 0;
  for (auto* widget : inspector->findChildren<QWidget*>()) {
    if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy()) continue;
    if (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) || qobject_cast<QComboBox*>(widget->parentWidget()))
      continue;  // their inner line
    ++checked;
    EXPECT_FALSE(widget->objectName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->objectName().toStdString() << " " << widget->metaObject()->className();
  }
  EXPECT_GT(checked, 40);
}

TEST_F(InspectorTest, FortyPercentLongerTextsAreNotClipped) {
  Longer longer;
  qApp->installTranslator(&longer);
  select({});
  select({block});
  QTest::mouseClick(find<QAbstractButton>("param.method.good"), Qt::LeftButton);
  QTest::mouseClick(find<QToolButton>("inspector.more"), Qt::LeftButton);
  for (const int width : {260, 340, 480}) {
    inspector->resize(width, 900);
    settle(20);
    EXPECT_LE(find<QAbstractScrollArea>("inspector.scroll")->viewport()->width(), width);
    for (auto* label : inspector->findChildren<QLabel*>()) {
      if (!label->isVisible() || label->text().isEmpty()) continue;
      const int need = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
      EXPECT_GE(label->height(), need) << label->text().toStdString() << " at " << width;
      const int wide = label->wordWrap() ? 0 : label->fontMetrics().horizontalAdvance(label->text());
      EXPECT_GE(label->width(), wide) << label->text().toStdString();
    }
    for (auto* button : inspector->findChildren<QPushButton*>()) {
      if (!button->isVisible() || button->objectName().endsWith(QStringLiteral(".link"))) continue;
      EXPECT_GE(button->width(), std::min(button->sizeHint().width(), width - 60)) << button->text().toStdString() << " at " << width;
    }
    // The innermost ones: those around them are only as wide as these make them.
    for (auto* widget : inspector->findChildren<QWidget*>())
      if (widget->isVisible() && widget->minimumSizeHint().width() > width - 40 && widget->findChildren<QWidget*>().isEmpty())
        ADD_FAILURE() << widget->objectName().toStdString() << " " << widget->metaObject()->className() << " needs "
                      << widget->minimumSizeHint().width() << " of " << width;
    for (auto* widget : {find<QWidget>("param.epochs.row"), find<QWidget>("param.steps.row"), find<QWidget>("param.classes.row"),
                         find<QWidget>("inspector.runTo")})
      EXPECT_LE(widget->mapTo(inspector.get(), QPoint{widget->width(), 0}).x(), width + 1)
          << widget->objectName().toStdString() << " " << widget->metaObject()->className();
  }
  qApp->removeTranslator(&longer);
}

}  // namespace patchbay::testing
