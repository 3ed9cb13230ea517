// SPDX-License-Identifier: Apache-2.0
// Every dock, dialog and page laid out with texts 40 % longer, as in other languages: nothing that is read may be cut.
#include "tests/widgets/support/longer_texts.h"

#include <gtest/gtest.h>

#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolBar>

#include "app/studio/data/data_export.h"
#include "app/studio/data/data_import.h"
#include "app/studio/data/import_dialog.h"
#include "app/studio/deploy/export_dialog.h"
#include "app/studio/window/main_window.h"
#include "tests/app/studio/garden.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/palette/add_menu.h"
#include "widgets/palette/command_palette.h"
#include "widgets/palette/key_sheet.h"
#include "widgets/palette/shortcut_map.h"

namespace patchbay::studio::testing {
namespace {

using patchbay::testing::cutTexts;
using patchbay::testing::Longer;

class LongerTexts : public ::testing::Test {
 protected:
  LongerTexts() : garden{trainedGarden()} {
    QCoreApplication::installTranslator(&longer);
    window = std::make_unique<MainWindow>(settings, language, makeHooks(), PATCHBAY_ENGINE);
    window->resize(1440, 900);
    window->show();
  }
  ~LongerTexts() override {
    window.reset();
    QCoreApplication::removeTranslator(&longer);
  }
  void openGarden() {
    // A copy in the same project: the file itself is open in the garden's own window.
    const auto file = garden->file().place().project / "pipelines" / "longer.json";
    fs::create_directories(file.parent_path());
    ASSERT_TRUE(garden->file().document().save(file));
    window->openPath(QString::fromStdString(file.string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->workspace() && window->idle(); }, 60'000));
  }
  static void settle(int ms = 120) { QTest::qWait(ms); }

  /// Names everything in this window that is cut, and fails.
  static void look(QWidget& top, const QString& where) {
    settle();
    // Layouts that are still on their way are no fault.
    QStringList cut;
    (void)QTest::qWaitFor([&] { return (cut = cutTexts(top)).isEmpty(); }, 3000);
    EXPECT_TRUE(cut.isEmpty()) << where.toStdString() << ":\n  " << cut.join(QStringLiteral("\n  ")).toStdString();
    if (const auto folder = qEnvironmentVariable("PATCHBAY_SHOTS"); !folder.isEmpty())
      top.grab().save(QStringLiteral("%1/longer-%2.png").arg(folder, QString{where}.replace(QLatin1Char(' '), QLatin1Char('-'))));
  }

  QAction* action(const char* name) { return window->findChild<QAction*>(QLatin1String{name}); }
  /// The dialog that this opens.
  QDialog* dialogOf(const char* name) {
    action(name)->trigger();
    QDialog* found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
          for (auto* widget : QApplication::topLevelWidgets())
            if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible()) found = dialog;
          return found != nullptr;
        },
        5000);
    return found;
  }

  Garden& garden;
  Longer longer;
  Settings settings;
  Language language;
  std::unique_ptr<MainWindow> window;
};

TEST_F(LongerTexts, FitOnTheStartPageAndInItsDialogs) {
  window->showWelcome();
  ASSERT_TRUE(QTest::qWaitFor([&] { return window->idle(); }, 60'000));
  look(*window, QStringLiteral("start page"));
  window->resize(1024, 700);
  look(*window, QStringLiteral("small start page"));
  for (const char* name : {"edit.preferences", "help.keys"}) {
    auto* dialog = dialogOf(name);
    ASSERT_NE(dialog, nullptr) << name;
    look(*dialog, QLatin1String{name});
    dialog->close();
  }
  QTimer::singleShot(600, qApp, [] {
    if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
      look(*box, QStringLiteral("about"));
      box->close();
    }
  });
  action("help.about")->trigger();
}

TEST_F(LongerTexts, FitInEveryPanel) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  auto& w = *window->workspace();
  w.tryIt({});
  for (auto* dock : window->findChildren<QDockWidget*>()) {
    dock->show();
    dock->raise();
    settle(300);
    if (!dock->widget()) continue;
    look(*dock->widget(), dock->objectName());
    for (auto* tabs : dock->widget()->findChildren<QTabWidget*>())
      for (int i = 0; i < tabs->count(); ++i) {
        if (!tabs->isTabVisible(i)) continue;
        tabs->setCurrentIndex(i);
        look(*dock->widget(), dock->objectName() + QStringLiteral(" page %1").arg(i));
      }
  }
}

TEST_F(LongerTexts, FitInTheInspectorOfEveryBlock) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  auto& w = *window->workspace();
  auto* dock = window->findChild<QDockWidget*>(QStringLiteral("panel.inspector"));
  ASSERT_NE(dock, nullptr);
  dock->show();
  dock->raise();
  int seen = 0;
  for (const auto& [type, schema] : w.session().catalogue().blocks()) {
    const auto id = w.canvas().addBlock(type, {2000.0 + 300 * seen, 2000});
    ASSERT_TRUE(id) << type;
    w.canvas().select({id->text});
    ASSERT_TRUE(QTest::qWaitFor([&] { return w.canvas().selectedBlocks() == std::vector<NodeId>{*id}; }, 5000)) << type;
    settle(60);
    look(*dock->widget(), QStringLiteral("inspector of ") + QString::fromStdString(type));
    ++seen;
  }
  EXPECT_GE(seen, 20);
  while (w.editor().canUndo()) ASSERT_TRUE(w.editor().undo());
}

TEST_F(LongerTexts, FitInTheDialogsOfAPipeline) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  auto& w = *window->workspace();
  ASSERT_TRUE(QTest::qWaitFor([&] { return w.runs().outputOf({"probe"}, "model").has_value(); }, 60'000));
  // A folder with everything to be said: pictures, something that is none, a class of its own with few of them.
  const auto folder = garden.folder.path() + QStringLiteral("/mixed");
  drawFolder(folder, 3);
  QFile broken{folder + QStringLiteral("/stone/broken.png")};
  ASSERT_TRUE(broken.open(QIODevice::WriteOnly) && broken.write("no picture") > 0);
  broken.close();
  auto* import = new ImportDialog{w, folder, {}, {}, window.get()};
  import->show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return import->idle(); }, 60'000));
  look(*import, QStringLiteral("import"));
  import->reject();
  auto* data = new DataImportDialog{w, window.get()};
  data->setPath(folder);
  data->show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return data->idle(); }, 60'000));
  look(*data, QStringLiteral("import into the data set"));
  data->reject();
  auto* out = new DataExportDialog{w, window.get()};
  out->show();
  look(*out, QStringLiteral("export of the data set"));
  out->reject();
  auto* model = new ExportDialog{w, NodeId{"probe"}, window.get()};
  model->show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return model->idle(); }, 120'000));
  look(*model, QStringLiteral("export"));
  model->reject();
  widgets::ShortcutMap keys;
  keys.add(QStringLiteral("Everything"), window->findChildren<QAction*>());
  widgets::ShortcutEditor editor{keys, window.get()};
  editor.show();
  look(editor, QStringLiteral("keys changed"));
}

TEST_F(LongerTexts, FitInWhatPopsUp) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  action("view.commands")->trigger();
  auto* commands = window->findChild<widgets::CommandPalette*>();
  ASSERT_TRUE(commands && QTest::qWaitFor([&] { return commands->isVisible(); }, 5000));
  look(*commands, QStringLiteral("all commands"));
  commands->hide();
  auto* add = window->findChild<widgets::AddMenu*>();
  ASSERT_NE(add, nullptr);
  add->popup(window->mapToGlobal(QPoint{400, 300}));
  look(*add, QStringLiteral("add a block"));
  add->hide();
}

TEST_F(LongerTexts, FitOnThePagesOfAReport) {
  openGarden();
  ASSERT_TRUE(window->workspace());
  auto& w = *window->workspace();
  ASSERT_TRUE(QTest::qWaitFor([&] { return w.runs().outputOf({"evaluate"}, "report").has_value(); }, 60'000));
  w.showResults({"evaluate"});
  auto* dock = window->findChild<QDockWidget*>(QStringLiteral("panel.results"));
  ASSERT_NE(dock, nullptr);
  auto* tabs = dock->findChild<QTabWidget*>(QStringLiteral("reportTabs"));
  ASSERT_NE(tabs, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return tabs->isVisible(); }, 60'000)) << "the report is not shown";
  for (int i = 0; i < tabs->count(); ++i) {
    if (!tabs->isTabVisible(i)) continue;
    tabs->setCurrentIndex(i);
    look(*dock->widget(), QStringLiteral("report page %1").arg(i));
  }
}

}  // namespace
}  // namespace patchbay::studio::testing
