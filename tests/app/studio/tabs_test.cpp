// SPDX-License-Identifier: Apache-2.0
// Several pipelines of a project in one window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include "app/studio/window/main_window.h"
#include "engine/base/file.h"
#include "engine/base/value.h"
#include "engine/edit/change.h"
#include "tests/app/studio/own_settings.h"

namespace patchbay::studio {
namespace {

namespace fs = std::filesystem;

/// A window on a project with two pipelines in its folder.
class Tabs : public ::testing::Test {
 protected:
  Tabs() {
    for (const char* name : {"first", "second", "third"}) {
      auto document = Document::create(name);
      fs::create_directories(project() / "pipelines");
      EXPECT_TRUE(document.save(file(name)));
    }
    open();
  }
  ~Tabs() override {
    std::vector<std::int64_t> engines;
    if (window && window->workspace()) engines.push_back(window->workspace()->session().enginePid());
    window.reset();
    for (const auto pid : engines)
      if (pid > 0) ::kill(static_cast<pid_t>(pid), SIGTERM);
  }
  fs::path project() const { return fs::path{folder.path().toStdString()} / "Project"; }
  fs::path file(const std::string& name) const { return project() / "pipelines" / (name + ".json"); }
  void open() {
    window.reset();
    window = std::make_unique<MainWindow>(settings, language, makeHooks());
    window->show();
  }
  bool openFile(const std::string& name) {
    window->openPath(QString::fromStdString(file(name).string()));
    return wait([&] { return current() == name; });
  }
  static bool wait(const std::function<bool()>& until) { return QTest::qWaitFor(until, 20'000); }
  std::string current() const { return window->workspace() ? window->workspace()->file().document().title : std::string{}; }
  QTabBar& bar() { return *window->findChild<QTabBar*>(QStringLiteral("tabs.bar")); }
  std::vector<std::string> titles() {
    std::vector<std::string> out;
    for (int i = 0; i < bar().count(); ++i) out.push_back(bar().tabText(i).toStdString());
    return out;
  }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers) { QTest::keyClick(window.get(), key, modifiers); }
  void edit() {
    ASSERT_TRUE(window->workspace()->editor().apply(
        TR("t", "Describe"), {patchbay::edit::SetInfo{window->workspace()->file().document().title, "Something unsaved."}}));
  }

  OwnSettings folder;
  Settings settings;
  Language language;
  std::unique_ptr<MainWindow> window;
};

using ::testing::ElementsAre;

TEST_F(Tabs, PipelinesOfOneProjectLieBesideEachOther) {
  ASSERT_TRUE(openFile("first"));
  ASSERT_TRUE(openFile("second"));
  EXPECT_THAT(titles(), ElementsAre("first", "second"));
  EXPECT_TRUE(bar().isVisible());
  const auto* panel = window->workspace()->panel(QStringLiteral("inspector"));
  EXPECT_TRUE(panel->isVisibleTo(window.get())) << "the panels show the pipeline that is seen";
  key(Qt::Key_Tab, Qt::ControlModifier);
  ASSERT_TRUE(wait([&] { return current() == "first"; }));
  EXPECT_FALSE(panel->isVisibleTo(window.get()));
  EXPECT_TRUE(window->workspace()->panel(QStringLiteral("inspector"))->isVisibleTo(window.get()));
  key(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(wait([&] { return current() == "second"; }));
  ASSERT_TRUE(openFile("first"));
  EXPECT_THAT(titles(), ElementsAre("first", "second")) << "what is open is not opened twice";
  window->findChild<QToolButton*>(QStringLiteral("tabs.new"))->click();
  ASSERT_TRUE(wait([&] { return bar().count() == 3; }));
  EXPECT_TRUE(wait([&] { return fs::exists(project() / "pipelines" / "pipeline.json"); }));
  EXPECT_THAT(titles(), ElementsAre("first", "New pipeline", "second")) << "beside the one it was asked from";
}

TEST_F(Tabs, AClosedOneKeepsWhatWasNotSaved) {
  ASSERT_TRUE(openFile("first"));
  ASSERT_TRUE(openFile("second"));
  edit();
  ASSERT_TRUE(wait([&] { return titles().back() == "● second"; })) << titles().back();
  key(Qt::Key_W, Qt::ControlModifier);
  ASSERT_TRUE(wait([&] { return current() == "first"; }));
  EXPECT_THAT(titles(), ElementsAre("first"));
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr) << "nothing is asked, because nothing is lost";
  ASSERT_TRUE(openFile("second"));
  EXPECT_EQ(window->workspace()->file().document().description, "Something unsaved.");
  EXPECT_TRUE(window->workspace()->file().modified());
  EXPECT_NE(window->findChild<QLabel*>(QStringLiteral("message-text.recovered")), nullptr) << "and it is said";
  window->workspace()->file().discard();
}

TEST_F(Tabs, TheyComeBackInTheirOrderAndAreReadWhenTheyAreLookedAt) {
  ASSERT_TRUE(openFile("first"));
  ASSERT_TRUE(openFile("second"));
  ASSERT_TRUE(openFile("third"));
  bar().moveTab(2, 0);
  EXPECT_THAT(titles(), ElementsAre("third", "first", "second"));
  open();
  fs::remove(file("first"));
  ASSERT_TRUE(openFile("second"));
  EXPECT_THAT(titles(), ElementsAre("third", "first", "second"));
  EXPECT_EQ(bar().currentIndex(), 2);
  bar().setCurrentIndex(0);
  ASSERT_TRUE(wait([&] { return current() == "third"; }));
  // The next one is gone since: its tab goes, and it is said.
  key(Qt::Key_W, Qt::ControlModifier);
  ASSERT_TRUE(wait([&] { return bar().count() == 1 && current() == "second"; }));
  EXPECT_FALSE(fs::exists(file("first"))) << "what was deleted is not made anew";
  EXPECT_NE(window->findChild<QLabel*>(QStringLiteral("message-text.open")), nullptr);
  // Closing the last one leads to the start page.
  key(Qt::Key_W, Qt::ControlModifier);
  ASSERT_TRUE(wait([&] { return !window->workspace(); }));
  EXPECT_FALSE(bar().isVisible());
}

TEST_F(Tabs, EveryPanelIsInTheMenuAlsoThoseThatComeWhenTheyAreLookedAt) {
  ASSERT_TRUE(openFile("first"));
  auto* menu = window->findChild<QMenu*>(QStringLiteral("menu.panels"));
  ASSERT_NE(menu, nullptr);
  std::vector<std::string> names;
  for (const auto* action : menu->actions()) names.push_back(action->objectName().toStdString());
  for (const char* name : {"blocks", "inspector", "try", "queue", "curves", "results", "data", "runs", "problems", "log", "help"})
    EXPECT_THAT(names, ::testing::Contains(std::string{"view.panel."} + name));
  for (const char* name : {"try", "data"}) {
    auto* dock = window->findChild<QDockWidget*>(QStringLiteral("panel.") + QLatin1String{name});
    ASSERT_NE(dock, nullptr) << name;
    EXPECT_FALSE(dock->isVisible()) << name << " is not shown before it is asked for";
    window->findChild<QAction*>(QStringLiteral("view.panel.") + QLatin1String{name})->trigger();
    ASSERT_TRUE(wait([&] { return dock->isVisible() && dock->widget(); })) << name;
    EXPECT_FALSE(dock->windowTitle().isEmpty());
    // Each pipeline has its own.
    auto* content = dock->widget();
    ASSERT_TRUE(openFile("second"));
    EXPECT_TRUE(wait([&] { return dock->widget() && dock->widget() != content; })) << name;
    ASSERT_TRUE(openFile("first"));
    EXPECT_EQ(dock->widget(), content) << name;
  }
}

TEST_F(Tabs, APictureToLabelGetsMostOfTheWindow) {
  ASSERT_TRUE(openFile("first"));
  window->resize(1600, 1000);
  auto* dock = window->findChild<QDockWidget*>(QStringLiteral("panel.label"));
  ASSERT_TRUE(dock);
  key(Qt::Key_L, Qt::ControlModifier);
  EXPECT_TRUE(wait([&] { return dock->isVisible() && dock->height() > 650; })) << dock->height();
}

TEST_F(Tabs, MenusAndToolsDoNotPileUp) {
  ASSERT_TRUE(openFile("first"));
  ASSERT_TRUE(openFile("second"));
  const auto things = [&] {
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return window->menuBar()->findChildren<QMenu*>().size() + window->findChild<QToolBar*>(QStringLiteral("tools"))->children().size();
  };
  const auto before = things();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(openFile("first"));
    ASSERT_TRUE(openFile("second"));
  }
  EXPECT_EQ(things(), before);
}

TEST_F(Tabs, CopiedDiagnosticsHoldWhatTheBlocksSaid) {
  // A picture that is none: its block warns of it.
  const auto pictures = project() / "pictures" / "leaf";
  fs::create_directories(pictures);
  ASSERT_TRUE(writeFileAtomically(pictures / "broken.png", "no picture"));
  ASSERT_TRUE(QImage(8, 8, QImage::Format_RGB32).save(QString::fromStdString((pictures / "good.png").string())));
  const Value block{Value::Map{{"id", "pictures"},
                               {"name", "pictures"},
                               {"type", "patchbay.data.picture_folder"},
                               {"type_version", 1},
                               {"mode", "normal"},
                               {"params", Value::Map{{"folder", pictures.parent_path().string()}}},
                               {"pos", Value::List{0, 0}},
                               {"title", ""}}};
  auto text = readFile(file("first"));
  ASSERT_TRUE(text);
  auto document = *parseJson(*text);
  document["nodes"] = Value::List{block};
  ASSERT_TRUE(writeFileAtomically(file("first"), toJson(document)));
  window = std::make_unique<MainWindow>(settings, language, makeHooks(), PATCHBAY_ENGINE);
  window->show();
  ASSERT_TRUE(openFile("first"));
  auto& runs = window->workspace()->runs();
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return window->workspace()->session().state() == Session::State::Ready && runs.whyNot().isEmpty(); }, 60'000))
      << runs.whyNot().toStdString();
  runs.runAll();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !runs.book().log().empty(); }, 60'000));
  QGuiApplication::clipboard()->clear();
  window->findChild<QAction*>(QStringLiteral("help.diagnostics"))->trigger();
  ASSERT_TRUE(wait([] { return !QGuiApplication::clipboard()->text().isEmpty(); }));
  const auto copied = parseJson(QGuiApplication::clipboard()->text().toStdString());
  ASSERT_TRUE(copied);
  EXPECT_EQ((*copied)["log"].asList().size(), runs.book().log().size());
  EXPECT_THAT((*copied)["log"].asList()[0].asText(), ::testing::HasSubstr("broken.png"));
}

}  // namespace
}  // namespace patchbay::studio
