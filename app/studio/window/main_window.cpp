// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QProcess>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolBar>
#include <QVBoxLayout>

#include "app/studio/data/dropped_files.h"
#include "app/studio/run/machines_panel.h"
#include "app/studio/run/status_strip.h"
#include "app/studio/start/welcome_page.h"
#include "app/studio/window/message_bar.h"
#include "app/studio/window/pipeline_tabs.h"
#include "engine/service/catalogue_source.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"
#include "widgets/jobs/say_run.h"
#include "widgets/palette/command_palette.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::toUtf8;

MainWindow::MainWindow(Settings& settings, Language& language, Hooks hooks, std::filesystem::path engineProgram)
    : settings_{settings},
      language_{language},
      hooks_{std::move(hooks)},
      engineProgram_{std::move(engineProgram)},
      actions_{new Actions{this}},
      keys_{new widgets::ShortcutMap{this}} {
  setObjectName(QStringLiteral("window"));
  setAcceptDrops(true);
  auto* middle = new QWidget{this};
  auto* column = new QVBoxLayout{middle};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  messages_ = new MessageBar{middle};
  stack_ = new QStackedWidget{middle};
  welcome_ = new WelcomePage{settings_, stack_};
  stack_->addWidget(welcome_);
  // It scrolls; what it would like to have must not keep panels from growing while it is not even seen.
  welcome_->setMinimumHeight(150);
  bar_ = new PipelineTabs{middle};
  bar_->hide();
  column->addWidget(bar_);
  column->addWidget(messages_);
  column->addWidget(stack_, 1);
  setCentralWidget(middle);
  strip_ = new StatusStrip{this};
  setStatusBar(strip_);
  panels_ = new Panels{*this, settings_};
  panels_->words().watch(welcome_);
  tools_ = new QToolBar{this};
  tools_->setObjectName(QStringLiteral("tools"));
  tools_->setMovable(false);
  tools_->setIconSize({20, 20});
  tools_->setContextMenuPolicy(Qt::PreventContextMenu);
  addToolBar(tools_);
  palette_ = new widgets::CommandPalette{this, catalogue_};
  connectActions();
  connect(&instance_, &SingleInstance::raiseRequested, this, [this](const QString& pipeline) {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    if (!pipeline.isEmpty() && workspace_ && fromUtf8(workspace_->file().place().file.native()) != pipeline) openPath(pipeline);
  });
  connect(&settings_, &Settings::changed, this, &MainWindow::updateActions);
  actionsSoon_.setSingleShot(true);
  actionsSoon_.setInterval(0);
  connect(&actionsSoon_, &QTimer::timeout, this, &MainWindow::updateActions);
  connect(&awake_, &SleepInhibitor::changed, this, [this] { strip_->show(workspace_, awake_); });
  if (!restoreGeometry(settings_.layout(QStringLiteral("window")))) {
    resize(1440, 900);
    setWindowState(Qt::WindowMaximized);  // The first time: a canvas is worth the room.
  }
  retranslate();
  updateActions();
  takeCatalogue();
}

MainWindow::~MainWindow() { drop(); }

void MainWindow::connectActions() {
  auto& a = *actions_;
  const auto on = [this](QAction* action, auto what) { connect(action, &QAction::triggered, this, what); };
  on(a.fresh, [this] { newPipeline(); });
  on(a.open, [this] {
    widgets::askPath(
        this,
        {.ask = widgets::Ask::File, .title = tr("Open pipeline"), .start = settings_.projectsFolder(), .filters = tr("Pipelines (*.json)")},
        [this](const QString& file) { openPath(file); });
  });
  on(a.openFolder, [this] {
    widgets::askPath(this, {.title = tr("Open project folder"), .start = settings_.projectsFolder()},
                     [this](const QString& folder) { openPath(folder); });
  });
  on(a.newWindow, [] { QProcess::startDetached(QCoreApplication::applicationFilePath(), {}); });
  on(a.save, [this] { save(); });
  on(a.saveAs, [this] { askSaveAs(); });
  on(a.welcome, [this] {
    if (leave([this] { showWelcome(); })) showWelcome();
  });
  on(a.newTab, [this] { newInProject(); });
  on(a.closeTab, [this] { closeTab(bar_->current()); });
  on(a.nextTab, [this] { stepTab(1); });
  on(a.previousTab, [this] { stepTab(-1); });
  on(a.close, [this] { close(); });
  on(a.quit, [this] { close(); });
  on(a.undo, [this] {
    if (workspace_) (void)workspace_->editor().undo();
  });
  on(a.redo, [this] {
    if (workspace_) (void)workspace_->editor().redo();
  });
  on(a.find, [this] { findBlock(); });
  on(a.preferences, [this] { preferences(); });
  on(a.commands, [this] { palette_->popup(); });
  on(a.dataSet, [this] {
    if (workspace_) workspace_->showDataSet();
  });
  on(a.labelling, [this] {
    if (workspace_) workspace_->showLabelling();
  });
  on(a.minimap, [this](bool shown) {
    if (workspace_) workspace_->showMinimap(shown);
  });
  on(a.fullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
  on(a.resetLayout, [this] { panels_->reset(); });
  on(a.run, [this] { workspace_->runs().runAll(); });
  on(a.runTo, [this] { workspace_->runs().runTo(workspace_->canvas().selectedBlocks()); });
  on(a.stopKeep, [this] { workspace_->runs().stop(true); });
  on(a.interrupt, [this] { workspace_->runs().stop(false); });
  on(a.check, [this] { workspace_->goToNextProblem(); });
  on(a.importData, [this] {
    widgets::askPath(this, {.title = tr("Folder of pictures"), .start = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)},
                     [this](const QString& folder) {
                       if (workspace_) workspace_->importData(folder, workspace_->canvas().visibleScene().center());
                     });
  });
  on(a.tryIt, [this] { workspace_->tryIt({}); });
  on(a.exportModel, [this] { workspace_->exportModel(); });
  on(a.deploy, [this] { workspace_->deploy(); });
  on(a.blockHelp, [this] {
    const auto selected = workspace_ ? workspace_->canvas().selectedBlocks() : std::vector<NodeId>{};
    const auto* node = selected.empty() ? nullptr : workspace_->file().document().node(selected.front());
    if (node) workspace_->showHelp(fromUtf8(node->type));
    else keySheet();
  });
  on(a.keys, [this] { keySheet(); });
  on(a.about, [this] { about(); });
  on(a.diagnostics, [this] { copyDiagnostics(); });
  connect(bar_, &PipelineTabs::chosen, this, &MainWindow::selectTab);
  connect(bar_, &PipelineTabs::closeWanted, this, &MainWindow::closeTab);
  connect(bar_, &PipelineTabs::moved, this, &MainWindow::moveTab);
  connect(bar_, &PipelineTabs::newWanted, a.newTab, &QAction::trigger);
  connect(panels_, &Panels::emptyShown, this, [this](const QString& name) {
    if (!workspace_) return;
    if (name == QLatin1String{"try"}) workspace_->tryIt({});
    else if (name == QLatin1String{"data"} && hooks_.lookAtData) hooks_.lookAtData(*workspace_, {});
    else if (name == QLatin1String{"dataset"}) workspace_->showDataSet();
    else if (name == QLatin1String{"label"}) workspace_->showLabelling();
    else if (name == QLatin1String{"machines"}) openMachines(*workspace_);
    else if (name == QLatin1String{"deploy"}) workspace_->deploy();
  });
  connect(welcome_, &WelcomePage::newRequested, this, &MainWindow::newPipeline);
  connect(welcome_, &WelcomePage::labelRequested, this, &MainWindow::labelFolder);
  connect(welcome_, &WelcomePage::openRequested, a.open, &QAction::trigger);
  connect(welcome_, &WelcomePage::openFolderRequested, a.openFolder, &QAction::trigger);
  connect(welcome_, &WelcomePage::templateRequested, this, &MainWindow::openTemplate);
  connect(welcome_, &WelcomePage::pipelineRequested, this, &MainWindow::openPath);
  connect(strip_, &StatusStrip::queueWanted, this, [this] { panels_->raise(QStringLiteral("queue"), false); });
  connect(strip_, &StatusStrip::problemsWanted, this, [this] { panels_->raise(QStringLiteral("problems"), false); });
  connect(strip_, &StatusStrip::reconnectWanted, this, [this] {
    if (workspace_) workspace_->session().retry();
  });
  connect(palette_, &widgets::CommandPalette::blockChosen, this, [this](const QString& type) {
    if (workspace_) workspace_->addBlock(type);
  });
  connect(palette_, &widgets::CommandPalette::refused, this, [this](const QString& reason) { strip_->showMessage(reason, 8000); });
}

/// The blocks there are, read while the start page is looked at.
void MainWindow::takeCatalogue() {
  pool_.post([self = QPointer<MainWindow>{this}] {
    auto read = std::make_shared<Result<Catalogue>>(installedCatalogue().read().and_then(Catalogue::fromValue));
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, read] {
          if (!self || !*read) return;
          self->catalogue_ = std::move(**read);
          self->palette_->setCatalogue(self->catalogue_);
          if (self->workspace_) self->workspace_->session().offerCatalogue(self->catalogue_);
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::updateTitle() {
  if (!workspace_) {
    setWindowTitle(tr("Patchbay"));
    setWindowModified(false);
    setWindowFilePath({});
    return;
  }
  describeTabs();
  const auto& file = workspace_->file();
  const auto title =
      file.document().title.empty() ? fromUtf8(file.place().file.stem().native()) : widgets::sayWritten(file.document().title);
  const auto project = fromUtf8(file.place().project.filename().native());
  setWindowTitle(title == project ? tr("%1[*] - Patchbay").arg(title) : tr("%1[*] - %2 - Patchbay").arg(title, project));
  setWindowModified(file.modified());
  updateActions();
}

void MainWindow::updateActions() {
  auto& a = *actions_;
  const auto closed = workspace_ ? QString{} : tr("Open a pipeline first.");
  for (auto* action : {a.save, a.saveAs, a.importData, a.dataSet, a.labelling, a.welcome, a.find, a.minimap, a.resetLayout, a.diagnostics,
                       a.deploy, a.newTab, a.closeTab})
    enable(*action, closed);
  for (auto* action : {a.nextTab, a.previousTab})
    enable(*action, !workspace_ ? closed : tabs_.size() < 2 ? tr("Only one pipeline is open.") : QString{});
  for (auto* action : tools_->actions()) action->setVisible(workspace_ != nullptr || action == a.fresh || action == a.open);
  tools_->setVisible(workspace_ != nullptr);
  if (!workspace_) {
    for (auto* action : {a.undo, a.redo, a.run, a.runTo, a.stopKeep, a.interrupt, a.check, a.tryIt, a.exportModel}) enable(*action, closed);
    strip_->show(nullptr, awake_);
    return;
  }
  auto& w = *workspace_;
  actionsSoon_.stop();
  updateUndo();
  enable(*a.save, w.file().modified() ? QString{} : tr("Everything is saved."));
  enable(*a.run, w.runs().whyNot());
  const auto selected = w.canvas().selectedBlocks();
  enable(*a.runTo, selected.empty() ? tr("Select a block first.") : w.runs().whyNot(selected));
  const auto idle = w.runs().live() ? QString{} : tr("Nothing runs.");
  enable(*a.stopKeep, idle);
  enable(*a.interrupt, idle);
  enable(*a.check, w.runs().problems().empty() ? tr("There are no problems.") : QString{});
  const auto noModel = w.modelBlock() ? QString{} : tr("No block has made a model yet. Run the pipeline first.");
  a.tryIt->setVisible(hooks_.tryIt != nullptr);
  a.exportModel->setVisible(hooks_.exportModel != nullptr);
  enable(*a.tryIt, noModel);
  enable(*a.exportModel, noModel);
  if (w.runs().liveRuns() > 0 && settings_.stayAwake()) awake_.hold(tr("A pipeline runs"));
  else awake_.release();
  strip_->show(workspace_, awake_);
}

void MainWindow::updateUndo() {
  auto& a = *actions_;
  const auto& editor = workspace_->editor();
  setWords(*a.undo, editor.canUndo() ? tr("&Undo: %1").arg(widgets::say(editor.undoName())) : tr("&Undo"),
           tr("Takes back the last change"));
  setWords(*a.redo, editor.canRedo() ? tr("&Redo: %1").arg(widgets::say(editor.redoName())) : tr("&Redo"),
           tr("Makes the change that was taken back again"));
  enable(*a.undo, editor.canUndo() ? QString{} : tr("Nothing has been changed yet."));
  enable(*a.redo, editor.canRedo() ? QString{} : tr("Nothing has been taken back."));
}

void MainWindow::runEnded(const QString& id) {
  const auto* run = workspace_ ? workspace_->runs().book().find(toUtf8(id)) : nullptr;
  if (!run) return;
  const auto& catalogue = workspace_->session().catalogue();
  const auto title = widgets::sayTitle(*run);
  const auto text = run->state == "done"     ? tr("Done in %1.").arg(widgets::sayDuration(run->seconds.value_or(0)))
                    : run->state == "failed" ? (run->error ? run->names.say(*run->error, catalogue) : tr("Failed."))
                                             : tr("Stopped.");
  strip_->showMessage(tr("%1: %2").arg(title, text), 10'000);
  if (settings_.notify() && !isActiveWindow()) notifier_.tell(title, text, run->state == "failed");
  if (run->state == "done" && !run->exports.empty())
    messages_->show(QStringLiteral("exports"), widgets::Tone::Good,
                    [path = fromUtf8(run->exports.front())] { return tr("Written to %1").arg(path); },
                    {{[] { return tr("Open folder"); },
                      [path = fromUtf8(run->exports.front())] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }},
                     {[] { return tr("Measure, serve, prove"); },
                      [this, path = fromUtf8(run->exports.front())] {
                        if (workspace_) workspace_->deploy(path);
                      }}});
}

void MainWindow::fail(const QString& id, const Error& error) { messages_->showError(id, error); }

bool MainWindow::idle() const {
  return loading_ == 0 && !saving_ && !actionsSoon_.isActive() && !panels_->words().waiting() &&
         (workspace_ ? workspace_->idle() : welcome_->idle());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!leave([this] { close(); })) return event->ignore();
  settings_.setLayout(QStringLiteral("window"), saveGeometry());
  panels_->remember();
  hide();
  drop();
  event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  // Files that blocks name may have come or gone while another window was in front.
  if (event->type() == QEvent::ActivationChange && isActiveWindow() && workspace_) workspace_->runs().look();
  QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!workspace_ && event->mimeData()->hasUrls()) event->acceptProposedAction();
}

/// On the start page a pipeline opens, an export as the pipeline that made it, and pictures open in a pipeline made for them.
void MainWindow::dropEvent(QDropEvent* event) {
  if (workspace_) return;
  const auto urls = event->mimeData()->urls();
  if (urls.isEmpty()) return;
  const auto path = urls.front().toLocalFile();
  if (QFileInfo::exists(path + QStringLiteral("/project.db")) || path.endsWith(QLatin1String{".json"})) return openPath(path);
  if (QFileInfo::exists(path + QStringLiteral("/pipeline.json")) || path.endsWith(QLatin1String{".onnx"})) return openExport(path);
  dropped_ = urls;
  openTemplate(QStringLiteral("classify-folder"));
}

}  // namespace patchbay::studio
