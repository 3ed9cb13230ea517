// SPDX-License-Identifier: Apache-2.0
#include "widgets/base/ask_path.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

namespace patchbay::widgets {
namespace {

class AskPathTest : public testing::Test {
 protected:
  AskPathTest() {
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    window.show();
  }

  QFileDialog* dialog() const {
    for (auto* one : window.findChildren<QFileDialog*>())
      if (one->isVisible()) return one;
    return nullptr;
  }
  QString at(const QString& name) const { return folder.filePath(name); }
  void write(const QString& name) const {
    QFile file{at(name)};
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  }
  /// Writes a name into the dialog as a person does, and presses its button.
  void answer(const QString& name) {
    auto* line = dialog()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    line->setText(name);
    QTest::keyClick(line, Qt::Key_Return);
    QTest::qWait(20);
  }
  void ask(PathQuestion question) {
    question.start = question.start.isEmpty() ? folder.path() : question.start;
    askPaths(&window, question, [this](const QStringList& chosen) { answers << chosen; });
  }
  PathQuestion saving() const {
    return {.ask = Ask::Save, .title = {}, .start = {}, .filters = QStringLiteral("Tables (*.csv *.tsv);;Pictures (*.png)")};
  }

  QTemporaryDir folder;
  QWidget window;
  QList<QStringList> answers;
};

TEST_F(AskPathTest, GivesTheFolderThatWasChosen) {
  QDir{folder.path()}.mkdir(QStringLiteral("猫"));
  ask({});
  answer(at(QStringLiteral("猫")));
  EXPECT_EQ(answers, QList<QStringList>{{at(QStringLiteral("猫"))}});
  EXPECT_EQ(dialog(), nullptr) << "the dialog stays";
}

TEST_F(AskPathTest, SaysNothingWhenItIsCancelledAndCanAskAgain) {
  ask({});
  ASSERT_NE(dialog(), nullptr);
  QTest::keyClick(dialog(), Qt::Key_Escape);
  QTest::qWait(20);
  EXPECT_TRUE(answers.isEmpty());
  ask({});
  EXPECT_NE(dialog(), nullptr);
}

TEST_F(AskPathTest, AsksOnlyOnceAtATime) {
  ask({});
  ask({});
  EXPECT_EQ(window.findChildren<QFileDialog*>().size(), 1);
}

TEST_F(AskPathTest, BeginsWhereAPathStillExists) {
  ask({.title = {}, .start = at(QStringLiteral("gone/deeper"))});
  EXPECT_EQ(dialog()->directory().path(), QDir{folder.path()}.path());
  EXPECT_TRUE(dialog()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text().isEmpty());
}

TEST_F(AskPathTest, GivesSeveralFilesAndNoneThatIsNotThere) {
  write(QStringLiteral("a.png"));
  write(QStringLiteral("b.png"));
  ask({.ask = Ask::Files, .title = {}, .start = {}, .filters = {}});
  answer(QStringLiteral("\"a.png\" \"b.png\""));
  EXPECT_EQ(answers, (QList<QStringList>{{at(QStringLiteral("a.png")), at(QStringLiteral("b.png"))}}));
}

TEST_F(AskPathTest, ANameToSaveGetsTheExtensionOfTheFilter) {
  for (const auto& [name, expected] : std::vector<std::pair<QString, QString>>{{QStringLiteral("day"), QStringLiteral("day.csv")},
                                                                               {QStringLiteral("day.1"), QStringLiteral("day.1.csv")},
                                                                               {QStringLiteral("day.TSV"), QStringLiteral("day.TSV")},
                                                                               {QStringLiteral("day.png"), QStringLiteral("day.png")}}) {
    answers.clear();
    ask(saving());
    answer(name);
    EXPECT_EQ(answers, QList<QStringList>{{at(expected)}}) << qPrintable(name);
  }
}

TEST_F(AskPathTest, TheExtensionFollowsTheFilterChosen) {
  ask(saving());
  auto* filter = dialog()->findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
  QTest::keyClick(filter, Qt::Key_Down);
  answer(QStringLiteral("day.1"));
  EXPECT_EQ(answers, QList<QStringList>{{at(QStringLiteral("day.1.png"))}});
}

TEST_F(AskPathTest, AFileThatIsThereUnderTheLongerNameIsAskedAbout) {
  write(QStringLiteral("day.1.csv"));
  ask(saving());
  answer(QStringLiteral("day.1"));
  EXPECT_TRUE(answers.isEmpty()) << "would have been overwritten without a question";
  ASSERT_NE(dialog(), nullptr);
  EXPECT_EQ(dialog()->selectedFiles(), QStringList{at(QStringLiteral("day.1.csv"))});
}

TEST_F(AskPathTest, AnyNameIsTakenWhereAnyFileWillDo) {
  ask({.ask = Ask::Save, .title = {}, .start = {}, .filters = QStringLiteral("Text (*.log);;All files (*)")});
  answer(QStringLiteral("day.1"));
  EXPECT_EQ(answers, QList<QStringList>{{at(QStringLiteral("day.1"))}});
}

TEST_F(AskPathTest, NothingIsCalledOnceTheParentHasGone) {
  auto parent = std::make_unique<QWidget>();
  parent->show();
  bool called = false;
  askPath(parent.get(), {.title = {}, .start = folder.path()}, [&](const QString&) { called = true; });
  auto* open = parent->findChild<QFileDialog*>();
  ASSERT_NE(open, nullptr);
  QMetaObject::invokeMethod(open, "accept");
  parent.reset();
  QTest::qWait(20);
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace patchbay::widgets
