// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include "widgets/palette/key_sheet.h"
#include "widgets/palette/shortcut_map.h"

namespace patchbay::testing {

namespace {

class ShortcutTest : public ::testing::Test {
 protected:
  ShortcutTest() {
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    QSettings{}.clear();
    fill(run, "run", "&Run", "Ctrl+Return");
    fill(undo, "undo", "&Undo", "Ctrl+Z");
    fill(fit, "fit", "Fit", "F");
    keys.add(QStringLiteral("Run"), &run);
    keys.add(QStringLiteral("Edit"), {&undo, &fit});
    keys.addFixed(QStringLiteral("Canvas"), QStringLiteral("Zoom"), QStringLiteral("Wheel"));
  }
  static void fill(QAction& action, const char* name, const char* text, const char* key) {
    action.setObjectName(QLatin1String{name});
    action.setText(QLatin1String{text});
    action.setShortcut(QKeySequence{QLatin1String{key}});
  }
  static QKeySequence key(const char* text) { return QKeySequence{QLatin1String{text}}; }

  QTemporaryDir folder_;
  QAction run, undo, fit;
  widgets::ShortcutMap keys;
};

}  // namespace

TEST_F(ShortcutTest, ChangedKeysWorkAndAreThereAgainNextTime) {
  ASSERT_TRUE(keys.set(QStringLiteral("run"), {key("F5")}));
  EXPECT_EQ(run.shortcut(), key("F5"));
  QAction again;
  fill(again, "run", "&Run", "Ctrl+Return");
  widgets::ShortcutMap next;
  next.add(QStringLiteral("Run"), &again);
  EXPECT_EQ(again.shortcut(), key("F5"));
  EXPECT_TRUE(next.entries()[0].changed());
  next.reset(QStringLiteral("run"));
  EXPECT_EQ(again.shortcut(), key("Ctrl+Return"));
  EXPECT_TRUE(QSettings{}.allKeys().isEmpty()) << "defaults are not kept: a later version may have better ones";
}

TEST_F(ShortcutTest, AnActionCanBeWithoutKeys) {
  ASSERT_TRUE(keys.set(QStringLiteral("fit"), {}));
  QAction again;
  fill(again, "fit", "Fit", "F");
  widgets::ShortcutMap next;
  next.add(QStringLiteral("Edit"), &again);
  EXPECT_TRUE(again.shortcuts().isEmpty());
}

TEST_F(ShortcutTest, ClashesAreFoundAndKeysAreTakenOnlyWhenAskedFor) {
  EXPECT_EQ(keys.conflict(QStringLiteral("run"), key("Ctrl+Z")), QStringLiteral("undo"));
  EXPECT_EQ(keys.conflict(QStringLiteral("undo"), key("Ctrl+Z")), QString{}) << "its own keys are no clash";
  EXPECT_EQ(keys.conflict(QStringLiteral("run"), key("Ctrl+Z, A")), QStringLiteral("undo")) << "could never be typed";
  EXPECT_FALSE(keys.set(QStringLiteral("run"), {key("Ctrl+Z")}));
  EXPECT_EQ(run.shortcut(), key("Ctrl+Return"));
  ASSERT_TRUE(keys.set(QStringLiteral("run"), {key("Ctrl+Z")}, true));
  EXPECT_EQ(run.shortcut(), key("Ctrl+Z"));
  EXPECT_TRUE(undo.shortcuts().isEmpty());
  keys.resetAll();
  EXPECT_EQ(run.shortcut(), key("Ctrl+Return"));
  EXPECT_EQ(undo.shortcut(), key("Ctrl+Z"));
}

TEST_F(ShortcutTest, AnotherLanguageKeepsTheUsersKeys) {
  ASSERT_TRUE(keys.set(QStringLiteral("run"), {key("F5")}));
  keys.clear();
  EXPECT_TRUE(keys.entries().empty());
  run.setText(QStringLiteral("运行(&R)…"));
  keys.add(QStringLiteral("运行"), &run);
  ASSERT_EQ(keys.entries().size(), 1u);
  EXPECT_EQ(keys.entries()[0].text, QStringLiteral("运行"));
  EXPECT_EQ(keys.entries()[0].shortcuts, QList<QKeySequence>{key("F5")});
  EXPECT_EQ(keys.entries()[0].defaults, QList<QKeySequence>{key("Ctrl+Return")}) << "what was changed does not become the default";
}

TEST_F(ShortcutTest, TheSheetIsSearchedAndClosedByKeys) {
  widgets::KeySheet sheet{keys};
  sheet.show();
  const auto shows = [&](const char* text) {
    for (const auto* label : sheet.findChildren<QLabel*>())
      if (label->isVisible() && label->text() == QLatin1String{text}) return true;
    return false;
  };
  EXPECT_TRUE(shows("Run"));
  EXPECT_TRUE(shows("Zoom"));
  auto* search = sheet.findChild<QLineEdit*>(QStringLiteral("keySheet.search"));
  QTest::keyClicks(search, QStringLiteral("ctrl+z"));
  EXPECT_TRUE(shows("Undo"));
  EXPECT_FALSE(shows("Zoom"));
  QTest::keyClick(search, Qt::Key_Escape);
  EXPECT_FALSE(sheet.isVisible());
}

TEST_F(ShortcutTest, TheEditorNamesAClashBeforeItTakesKeysAway) {
  widgets::ShortcutEditor dialog{keys};
  dialog.show();
  dialog.select(QStringLiteral("run"));
  auto* field = dialog.findChild<QKeySequenceEdit*>(QStringLiteral("shortcutEditor.field"));
  auto* assign = dialog.findChild<QPushButton*>(QStringLiteral("shortcutEditor.assign"));
  auto* clash = dialog.findChild<QLabel*>(QStringLiteral("shortcutEditor.clash"));
  EXPECT_FALSE(assign->isEnabled());
  EXPECT_FALSE(assign->toolTip().isEmpty()) << "a disabled control says why";
  QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
  // Qt waits a second for further keys of a sequence.
  EXPECT_TRUE(QTest::qWaitFor([&] { return clash->isVisible(); }, 5000));
  EXPECT_TRUE(clash->text().contains(QStringLiteral("Undo"))) << clash->text().toStdString();
  EXPECT_EQ(undo.shortcut(), key("Ctrl+Z"));
  QTest::mouseClick(assign, Qt::LeftButton);
  EXPECT_EQ(run.shortcut(), key("Ctrl+Z"));
  EXPECT_TRUE(undo.shortcuts().isEmpty());
  QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("shortcutEditor.reset")), Qt::LeftButton);
  EXPECT_EQ(run.shortcut(), key("Ctrl+Return"));
  QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("shortcutEditor.resetAll")), Qt::LeftButton);
  EXPECT_EQ(undo.shortcut(), key("Ctrl+Z"));
}

}  // namespace patchbay::testing
