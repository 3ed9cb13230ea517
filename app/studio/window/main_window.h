// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QMainWindow>
#include <QTimer>
#include <QUrl>
#include <functional>
#include <memory>

#include "app/studio/hooks.h"
#include "app/studio/run/notifier.h"
#include "app/studio/run/sleep_inhibitor.h"
#include "app/studio/session/call_pool.h"
#include "app/studio/start/single_instance.h"
#include "app/studio/window/actions.h"
#include "app/studio/window/language.h"
#include "app/studio/window/panels.h"
#include "app/studio/window/settings.h"
#include "app/studio/workspace.h"
#include "widgets/palette/shortcut_map.h"

class QStackedWidget;
class QToolBar;

namespace patchbay::widgets {
class CommandPalette;
}

namespace patchbay::studio {

class MessageBar;
class PipelineTabs;
class StatusStrip;
class WelcomePage;

/// A window: the start page, or the open pipelines of one project in tabs, with the panels of the one that is seen.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  /// `engineProgram`: empty for the one beside this program.
  MainWindow(Settings& settings, Language& language, Hooks hooks, std::filesystem::path engineProgram = {});
  ~MainWindow() override;

  /// A pipeline file or a project folder. Of the project that is open it comes as another tab; otherwise what is open is closed first
  /// (the person is asked where something would be lost).
  void openPath(const QString& path);
  void openTemplate(const QString& name);
  void newPipeline();
  void showWelcome();
  /// The one that is seen.
  Workspace* workspace() const { return workspace_; }
  bool idle() const;

 Q_SIGNALS:
  /// The start page can be used, or a pipeline is on the canvas.
  void ready();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildMenus();
  void connectActions();
  void retranslate();
  void takeCatalogue();
  /// Puts a pipeline on the canvas: in the tab that waits for its file, otherwise in a new one.
  void makeWorkspace(std::unique_ptr<Session> session, const std::shared_ptr<PipelineFile::Loaded>& loaded);
  void showWorkspace(std::unique_ptr<Workspace> workspace);
  void wire(Workspace& workspace);
  /// False: not now. The person wants to stay, or something has to be finished first, and then `again` is called.
  bool leave(const std::function<void()>& again);
  bool askToSave(const std::function<void()>& again);
  bool askToStop(const std::function<void()>& again);
  bool askAboutServers(const std::function<void()>& again);
  void drop();
  void save(const std::function<void(bool)>& then = {});
  void saveIn(Workspace& workspace, const std::function<void(bool)>& then);
  void saveAll(const std::function<void()>& then);
  void updateActions();
  void updateUndo();
  void updateTitle();
  void runEnded(const QString& run);
  void findBlock();
  void copyDiagnostics();
  void preferences();
  void about();
  void keySheet();
  void fail(const QString& id, const Error& error);
  void askSaveAs();
  void saveAs(Workspace& workspace, std::filesystem::path file);
  void offerReload();
  void discardRecovered();
  /// `waiting`: file of a tab that goes when it cannot be opened.
  void openLoaded(std::function<Result<PipelinePlace>()> prepare, const std::string& title, const std::filesystem::path& waiting = {});
  void openPlace(const PipelinePlace& place, const std::string& title);
  /// The pipeline of an export, in a project made for it.
  void openExport(const QString& path);
  void cannotOpen(const std::filesystem::path& file, const Error& error);
  void reopen(Workspace& workspace, const std::filesystem::path& file);
  static void rememberRecent(const std::shared_ptr<PipelineFile::Loaded>& loaded);
  void newInProject();
  /// Asks for a folder, and labels its pictures in a project made for them.
  void labelFolder();
  void selectTab(int index);
  void stepTab(int by);
  void closeTab(int index);
  void moveTab(int from, int to);
  void describeTabs();
  void rememberTabs();
  void restoreTabs();
  int tabOf(const Workspace& workspace) const;
  int tabOf(const std::filesystem::path& file) const;

  Settings& settings_;
  Language& language_;
  Hooks hooks_;
  std::filesystem::path engineProgram_;
  CallPool pool_{2};
  Catalogue catalogue_;
  Actions* actions_;
  widgets::ShortcutMap* keys_;
  QStackedWidget* stack_;
  MessageBar* messages_;
  WelcomePage* welcome_;
  Panels* panels_;
  StatusStrip* strip_;
  QToolBar* tools_;
  widgets::CommandPalette* palette_;
  SleepInhibitor awake_;
  Notifier notifier_;
  SingleInstance instance_;
  /// An open pipeline; without a workspace one of last time that was not looked at yet.
  struct Tab {
    std::filesystem::path file;
    QString title;
    std::unique_ptr<Workspace> workspace;
  };
  std::vector<Tab> tabs_;  ///< In the order of the bar.
  PipelineTabs* bar_;
  std::filesystem::path project_;       ///< Of all tabs; empty: none is open.
  Workspace* workspace_ = nullptr;      ///< The one that is seen, or null.
  std::unique_ptr<Workspace> leaving_;  ///< Of a tab that was closed, until another one is seen.
  QList<QUrl> dropped_;                 ///< To be put on the canvas once there is one.
  QString toLabel_;                     ///< A folder to be labelled once there is a pipeline.
  QTimer actionsSoon_;
  int loading_ = 0;
  bool saving_ = false, closing_ = false;
};

}  // namespace patchbay::studio
