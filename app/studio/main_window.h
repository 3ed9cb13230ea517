// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QMainWindow>
#include <QUrl>
#include <functional>
#include <memory>

#include "app/studio/actions.h"
#include "app/studio/call_pool.h"
#include "app/studio/hooks.h"
#include "app/studio/language.h"
#include "app/studio/notifier.h"
#include "app/studio/panels.h"
#include "app/studio/settings.h"
#include "app/studio/single_instance.h"
#include "app/studio/sleep_inhibitor.h"
#include "app/studio/workspace.h"
#include "widgets/palette/shortcut_map.h"

class QStackedWidget;
class QToolBar;

namespace patchbay::widgets {
class CommandPalette;
}

namespace patchbay::studio {

class MessageBar;
class StatusStrip;
class WelcomePage;

/// A window: the start page, or one pipeline of one project with its panels.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  MainWindow(Settings& settings, Language& language, Hooks hooks);
  ~MainWindow() override;

  /// A pipeline file or a project folder; what is open is closed first (the person is asked where something would be lost).
  void openPath(const QString& path);
  void openTemplate(const QString& name);
  void newPipeline();
  void showWelcome();
  Workspace* workspace() const { return workspace_.get(); }
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
  void showWorkspace(std::unique_ptr<Session> session, std::shared_ptr<PipelineFile::Loaded> loaded);
  /// False: the person wants to stay.
  bool leave(bool closingWindow);
  void drop();
  void save(std::function<void(bool)> then = {});
  void updateActions();
  void updateTitle();
  void runEnded(const QString& run);
  void findBlock();
  void copyDiagnostics();
  void preferences();
  void about();
  void keySheet();
  void fail(const QString& id, const Error& error);
  void saveAs();
  void offerReload();
  void discardRecovered();
  void openLoaded(std::function<Result<PipelinePlace>()> prepare, const std::string& title);

  Settings& settings_;
  Language& language_;
  Hooks hooks_;
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
  std::unique_ptr<Workspace> workspace_;
  QList<QUrl> dropped_;  ///< To be put on the canvas once there is one.
  int loading_ = 0;
  bool saving_ = false, closing_ = false;
};

}  // namespace patchbay::studio
