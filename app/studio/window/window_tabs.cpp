// SPDX-License-Identifier: GPL-3.0-or-later
// The open pipelines of a window.
#include <QApplication>
#include <QPointer>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>
#include <algorithm>
#include <thread>

#include "app/studio/deploy/deploy_panel.h"
#include "app/studio/run/status_strip.h"
#include "app/studio/start/recent_projects.h"
#include "app/studio/start/welcome_page.h"
#include "app/studio/window/main_window.h"
#include "app/studio/window/message_bar.h"
#include "app/studio/window/pipeline_tabs.h"
#include "engine/base/digest.h"
#include "widgets/base/say.h"
#include "widgets/palette/command_palette.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::toUtf8;

namespace {

QString titleOf(Workspace& workspace) {
  const auto& file = workspace.file();
  const auto& title = file.document().title;
  return title.empty() ? fromUtf8(file.place().file.stem().native()) : widgets::sayWritten(title);
}

/// Where the tabs of a project are remembered.
QString layoutOf(const std::filesystem::path& project) {
  return QStringLiteral("tabs/") + fromUtf8(digestOf(project.native()).hex().substr(0, 16));
}

}  // namespace

int MainWindow::tabOf(const Workspace& workspace) const {
  const auto found = std::ranges::find_if(tabs_, [&](const Tab& tab) { return tab.workspace.get() == &workspace; });
  return found == tabs_.end() ? -1 : static_cast<int>(found - tabs_.begin());
}

int MainWindow::tabOf(const std::filesystem::path& file) const {
  const auto found = std::ranges::find(tabs_, file, &Tab::file);
  return found == tabs_.end() ? -1 : static_cast<int>(found - tabs_.begin());
}

/// Its widgets are made in pieces, between which the window answers.
void MainWindow::makeWorkspace(std::unique_ptr<Session> session, const std::shared_ptr<PipelineFile::Loaded>& loaded) {
  if (session->catalogue().blocks().empty() && !catalogue_.blocks().empty()) session->offerCatalogue(catalogue_);
  ++loading_;
  QApplication::setOverrideCursor(Qt::BusyCursor);
  auto made =
      std::make_shared<std::unique_ptr<Workspace>>(std::make_unique<Workspace>(std::move(session), loaded, settings_, hooks_, this));
  (*made)->build([self = QPointer<MainWindow>{this}, made] {
    if (!self) return;
    if (self->tabs_.empty()) {
      // Laid out in a turn of its own, and painted with the rest.
      self->setUpdatesEnabled(false);
      self->panels_->fill(made->get());
    }
    QTimer::singleShot(1, self, [self, made] {
      --self->loading_;
      QApplication::restoreOverrideCursor();
      self->showWorkspace(std::move(*made));
      self->setUpdatesEnabled(true);
    });
  });
}

void MainWindow::showWorkspace(std::unique_ptr<Workspace> made) {
  auto& w = *made;
  const bool first = tabs_.empty();
  if (first) project_ = w.file().place().project;
  int at = tabOf(w.file().place().file);
  if (at < 0) {
    at = workspace_ ? tabOf(*workspace_) + 1 : 0;
    tabs_.insert(tabs_.begin() + at, Tab{w.file().place().file, {}, nullptr});
    bar_->insert(at, titleOf(w), fromUtf8(w.file().place().file.native()));
  }
  tabs_[static_cast<std::size_t>(at)].workspace = std::move(made);
  stack_->addWidget(w.middle());
  panels_->words().watch(w.middle());
  wire(w);
  if (first) restoreTabs();
  selectTab(tabOf(w));
  if (w.file().changedOutside()) offerReload();
  rememberTabs();
  if (!dropped_.isEmpty()) w.drop(std::exchange(dropped_, {}), {});
  if (!toLabel_.isEmpty()) w.labelFolder(std::exchange(toLabel_, {}));
  Q_EMIT ready();
}

/// What a pipeline tells counts for the window while it is the one that is seen; the others go on in silence.
void MainWindow::wire(Workspace& w) {
  const auto seen = [this, &w] { return workspace_ == &w; };
  connect(&w, &Workspace::panelWanted, this, [this, seen](const QString& name) {
    // What comes by itself does not open what the person closed; what was asked for does.
    if (seen()) panels_->raise(name, name == QLatin1String{"queue"});
  });
  connect(&w, &Workspace::statusMessage, this, [this, seen](const QString& text) {
    if (seen()) strip_->showMessage(text);
  });
  connect(&w, &Workspace::openRequested, this, &MainWindow::openPath);
  connect(&w, &Workspace::message, this, [this, seen](const QString& id, widgets::Tone tone, const MessageBar::Words& words) {
    if (seen()) messages_->show(id, tone, words);
  });
  connect(&w, &Workspace::stateChanged, this, [this, seen] {
    if (seen()) updateActions();
  });
  connect(&w.session(), &Session::catalogueChanged, this, [this, &w] {
    catalogue_ = w.session().catalogue();
    palette_->setCatalogue(catalogue_);
  });
  connect(&w.runs(), &RunController::failed, this, [this](const Error& error) { fail(QStringLiteral("run"), error); });
  connect(&w.runs(), &RunController::runEnded, this, [this, seen](const QString& run) {
    if (seen()) runEnded(run);  // All tabs hear of all runs of the project.
  });
  connect(&w.file(), &PipelineFile::modifiedChanged, this, &MainWindow::updateTitle);
  connect(&w.file(), &PipelineFile::journalFailed, this, [this](const Error& error) { fail(QStringLiteral("journal"), error); });
  connect(&w.file(), &PipelineFile::fileChanged, this, [this, seen] {
    if (seen()) offerReload();
  });
  // The listener goes with the workspace: it is kept in an object that does.
  auto* holder = new QObject{&w};
  auto listening = w.editor().listen([this, seen](const edit::Touched& touched) {
    if (!seen()) return;
    // What can be undone is known at once; the rest looks at the whole pipeline, and waits for the end of the gesture.
    updateUndo();
    actionsSoon_.start();
    if (touched.info || touched.all) updateTitle();
  });
  connect(holder, &QObject::destroyed, holder, [listening] {});
}

void MainWindow::selectTab(int index) {
  if (index < 0 || index >= static_cast<int>(tabs_.size())) return;
  auto& tab = tabs_[static_cast<std::size_t>(index)];
  bar_->select(index);
  if (!tab.workspace) return openLoaded([file = tab.file] { return existingPlace(file); }, {}, tab.file);
  if (workspace_ == tab.workspace.get()) return;
  workspace_ = tab.workspace.get();
  auto& w = *workspace_;
  messages_->clear();
  stack_->setCurrentWidget(w.middle());
  panels_->swap(w);
  leaving_.reset();
  w.showMinimap(actions_->minimap->isChecked());
  buildMenus();
  if (w.file().recovered() && w.file().modified())
    messages_->show(
        QStringLiteral("recovered"), widgets::Tone::Warning,
        [] { return tr("Changes that were not saved last time were brought back, every one of them. They are not in the file yet."); },
        {{[] { return tr("Save"); }, [this] { save(); }}, {[] { return tr("Undo all of it"); }, [this] { discardRecovered(); }}});
  if (w.file().changedOutside()) offerReload();
  bar_->show();
  updateTitle();
  updateActions();
  rememberTabs();
  w.canvas().setFocus();
}

void MainWindow::stepTab(int by) {
  const int count = bar_->count();
  if (count > 1) selectTab((bar_->current() + by + count) % count);
}

/// Nothing is asked: what is not saved stays in the journal, and comes back when the pipeline is opened again.
void MainWindow::closeTab(int index) {
  if (index < 0 || index >= static_cast<int>(tabs_.size())) return;
  auto& tab = tabs_[static_cast<std::size_t>(index)];
  const bool last = tabs_.size() == 1;
  if (last && !askToStop([this] { closeTab(0); })) return;
  if (tab.workspace && !askToLeaveServer(*tab.workspace, this, [this, file = tab.file] { closeTab(tabOf(file)); })) return;
  const bool kept = tab.workspace && tab.workspace->file().modified();
  const auto title = bar_->title(index);
  if (last) {
    showWelcome();
  } else {
    const bool seen = tab.workspace.get() == workspace_;
    auto gone = std::move(tab);
    tabs_.erase(tabs_.begin() + index);
    bar_->remove(index);
    if (seen) {
      const auto file = fromUtf8(gone.file.native());
      keepRecentPicture(file, gone.workspace->picture());
      workspace_ = nullptr;
      leaving_ = std::move(gone.workspace);  // Seen until the next one is there, which may have to be read first.
      selectTab(std::min(index, static_cast<int>(tabs_.size()) - 1));
    }
    rememberTabs();
    updateActions();
  }
  if (kept) strip_->showMessage(tr("%1 is closed. Its changes are kept and come back when it is opened again.").arg(title), 10'000);
}

void MainWindow::moveTab(int from, int to) {
  auto moved = std::move(tabs_[static_cast<std::size_t>(from)]);
  tabs_.erase(tabs_.begin() + from);
  tabs_.insert(tabs_.begin() + to, std::move(moved));
  rememberTabs();
}

void MainWindow::describeTabs() {
  for (std::size_t i = 0; i < tabs_.size(); ++i) {
    auto& tab = tabs_[i];
    if (tab.workspace) tab.title = fromUtf8(tab.workspace->file().document().title);
    const auto shown = tab.workspace         ? titleOf(*tab.workspace)
                       : tab.title.isEmpty() ? fromUtf8(tab.file.stem().native())
                                             : widgets::sayWritten(toUtf8(tab.title));
    bar_->describe(static_cast<int>(i), shown, fromUtf8(tab.file.native()), tab.workspace && tab.workspace->file().modified());
  }
}

void MainWindow::rememberTabs() {
  if (tabs_.empty()) return;
  Value v{Value::List{}};
  for (const auto& tab : tabs_) v.push(Value::Map{{"file", pathToValue(tab.file)}, {"title", toUtf8(tab.title)}});
  settings_.setLayout(layoutOf(project_), QByteArray::fromStdString(toJson(v)));
}

/// The other pipelines that were open last time: each is read when it is looked at.
void MainWindow::restoreTabs() {
  const auto stored = settings_.layout(layoutOf(project_));
  const auto known = parseJson(std::string_view{stored.constData(), static_cast<std::size_t>(stored.size())});
  if (!known) return;
  auto opened = std::move(tabs_.front());
  const auto mine = opened.file;
  bar_->clear();
  tabs_.clear();
  const auto add = [&](Tab tab) {
    bar_->insert(static_cast<int>(tabs_.size()), tab.title, fromUtf8(tab.file.native()));
    tabs_.push_back(std::move(tab));
  };
  for (const auto& one : known->asList()) {
    const auto file = pathFromValue(one["file"]);
    if (file.empty() || tabOf(file) >= 0) continue;
    if (file == mine) add(std::exchange(opened, {}));
    else add({file, fromUtf8(one["title"].asText()), nullptr});
  }
  if (opened.workspace) add(std::move(opened));
  describeTabs();
}

void MainWindow::newInProject() {
  const auto folder = project_ / "pipelines";
  std::error_code ec;
  auto file = folder / "pipeline.json";
  for (int n = 2; std::filesystem::exists(file, ec) || tabOf(file) >= 0; ++n) file = folder / ("pipeline-" + std::to_string(n) + ".json");
  openPlace({file, project_, project_}, "New pipeline");
}

void MainWindow::drop() {
  if (tabs_.empty()) return;
  rememberTabs();
  if (workspace_) {
    const auto file = fromUtf8(workspace_->file().place().file.native());
    auto picture = workspace_->picture();
    // A window that goes takes the process with it: then the picture is written before.
    if (isVisible()) std::thread{[file, picture = std::move(picture)] { keepRecentPicture(file, picture); }}.detach();
    else keepRecentPicture(file, picture);
  }
  panels_->fill(nullptr);
  workspace_ = nullptr;
  leaving_.reset();
  bar_->clear();
  bar_->hide();
  tabs_.clear();
  project_.clear();
  instance_.release();
  awake_.release();
}

void MainWindow::showWelcome() {
  drop();
  messages_->clear();
  stack_->setCurrentWidget(welcome_);
  welcome_->reload();
  buildMenus();
  updateTitle();
  updateActions();
  Q_EMIT ready();
}

}  // namespace patchbay::studio
