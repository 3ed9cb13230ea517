// SPDX-License-Identifier: GPL-3.0-or-later
// How a window opens, saves and leaves pipelines.
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimer>

#include "app/studio/deploy/deploy_panel.h"
#include "app/studio/deploy/export_facts.h"
#include "app/studio/deploy/open_exported.h"
#include "app/studio/start/recent_projects.h"
#include "app/studio/start/template_words.h"
#include "app/studio/start/welcome_page.h"
#include "app/studio/window/main_window.h"
#include "app/studio/window/message_bar.h"
#include "app/studio/window/pipeline_tabs.h"
#include "engine/service/templates.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::toUtf8;
namespace fs = std::filesystem;

namespace {

/// Title of a pipeline that nobody named: as in the templates, translated when shown.
constexpr std::string_view untitled = "New pipeline";

fs::path pathOf(const QString& path) { return {QFile::encodeName(path).toStdString()}; }

/// A name for a folder, free of what file systems and people stumble over.
std::string folderName(const QString& title) {
  auto name = title.simplified();
  name.replace(QRegularExpression{QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]")}, QStringLiteral("-"));
  while (name.startsWith(QLatin1Char('.'))) name.remove(0, 1);
  return toUtf8(name.isEmpty() ? QStringLiteral("Pipeline") : name.left(60));
}

/// A new project's folder: "Title", "Title 2", ...
Result<PipelinePlace> newPlace(const fs::path& projects, const QString& title) {
  const auto name = folderName(title);
  std::error_code ec;
  for (int n = 1; n < 10'000; ++n) {
    const auto folder = projects / (n == 1 ? name : name + " " + std::to_string(n));
    if (fs::exists(folder, ec)) continue;
    fs::create_directories(folder / "pipelines", ec);
    if (ec) return patchbay::fail(systemError(ec.value(), "make", displayText(folder.native())));
    return PipelinePlace{folder / "pipelines" / "pipeline.json", folder, folder};
  }
  return patchbay::fail(ErrorKind::Io, "project.names", TR("studio", "There are too many projects of that name."),
                        TR("studio", "Remove some, or choose another projects folder in the preferences."));
}

}  // namespace

/// Prepares in a thread. What belongs to the project that is open comes as a tab; for anything else that is closed first.
void MainWindow::openLoaded(std::function<Result<PipelinePlace>()> prepare, const std::string& title, const fs::path& waiting) {
  ++loading_;
  QApplication::setOverrideCursor(Qt::BusyCursor);
  pool_.post([self = QPointer<MainWindow>{this}, prepare = std::move(prepare), title, waiting] {
    auto place = std::make_shared<Result<PipelinePlace>>(prepare());
    if (*place) {
      std::error_code ec;
      fs::create_directories((*place)->project, ec);
    }
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, place, title, waiting] {
          if (!self) return;
          --self->loading_;
          QApplication::restoreOverrideCursor();
          if (*place) self->openPlace(**place, title);
          else self->cannotOpen(waiting, place->error());
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::openPlace(const PipelinePlace& place, const std::string& title) {
  if (!tabs_.empty() && place.project == project_) {
    if (const int known = tabOf(place.file); known >= 0 && tabs_[static_cast<std::size_t>(known)].workspace) return selectTab(known);
  } else {
    if (!leave([this, place, title] { openPlace(place, title); })) return;
    drop();
    const auto mine = instance_.take(place.project, fromUtf8(place.file.native()));
    if (!mine) return fail(QStringLiteral("open"), mine.error());
    if (*mine == SingleInstance::Outcome::Raised) {
      showWelcome();
      messages_->show(QStringLiteral("open"), widgets::Tone::Accent,
                      [] { return tr("This project is open in another window, which was brought to the front."); });
      return;
    }
  }
  ++loading_;
  QApplication::setOverrideCursor(Qt::BusyCursor);
  // The engine starts while the file is read.
  auto session = std::make_shared<std::unique_ptr<Session>>(std::make_unique<Session>(place.project, nullptr, engineProgram_));
  pool_.post([self = QPointer<MainWindow>{this}, place, title, session] {
    auto loaded = std::make_shared<Result<std::shared_ptr<PipelineFile::Loaded>>>(PipelineFile::load(place, title));
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, loaded, session, place] {
          if (!self) return;
          --self->loading_;
          QApplication::restoreOverrideCursor();
          if (!*loaded) return self->cannotOpen(place.file, loaded->error());
          self->rememberRecent(**loaded);
          self->makeWorkspace(std::move(*session), **loaded);
        },
        Qt::QueuedConnection);
  });
}

/// A pipeline of last time that cannot be read has no tab; without any other the start page comes.
void MainWindow::cannotOpen(const fs::path& file, const Error& error) {
  if (const int waiting = tabOf(file); waiting >= 0 && !tabs_[static_cast<std::size_t>(waiting)].workspace) {
    tabs_.erase(tabs_.begin() + waiting);
    bar_->remove(waiting);
    rememberTabs();
    if (workspace_) bar_->select(tabOf(*workspace_));
    else if (!tabs_.empty()) selectTab(std::min(waiting, static_cast<int>(tabs_.size()) - 1));
  }
  if (tabs_.empty()) {
    instance_.release();
    showWelcome();
  }
  toLabel_.clear();
  fail(QStringLiteral("open"), error);
  Q_EMIT ready();
}

void MainWindow::rememberRecent(const std::shared_ptr<PipelineFile::Loaded>& loaded) {
  const auto& document = loaded->opened.document;
  const auto stem = fromUtf8(loaded->place.file.stem().native());
  rememberPipeline({fromUtf8(loaded->place.file.native()), fromUtf8(loaded->place.project.native()),
                    document.title.empty() ? stem : fromUtf8(document.title), QDateTime::currentDateTime()});
}

void MainWindow::openPath(const QString& path) {
  openLoaded(
      [path = pathOf(path), engine = engineProgram_]() -> Result<PipelinePlace> {
        PB_TRY(auto place, existingPlace(path));
        PB_CHECK(keepNewestRun(place, engine));
        return place;
      },
      {});
}

void MainWindow::openTemplate(const QString& name) {
  if (!leave([this, name] { openTemplate(name); })) return;
  drop();
  // Titles are looked up here: translations belong to the window's thread.
  QString title = name;
  if (const auto all = listTemplates())
    for (const auto& one : *all)
      if (fromUtf8(one.name) == name) title = sayTemplate(one.title);
  openLoaded(
      [name = toUtf8(name), title, projects = pathOf(settings_.projectsFolder())]() -> Result<PipelinePlace> {
        PB_TRY(auto value, patchbay::openTemplate(name));
        value["id"] = newUlid();
        // The title stays the template's: it is translated when shown, until the person writes another one.
        PB_TRY(auto document, Document::fromValue(value));
        PB_TRY(auto place, newPlace(projects, title));
        PB_CHECK(writeDocument(document, place.file));
        return place;
      },
      {});
}

void MainWindow::openExport(const QString& path) {
  openLoaded(
      [given = pathOf(path), projects = pathOf(settings_.projectsFolder())]() -> Result<PipelinePlace> {
        PB_CHECK(pipelineOf(given));  // Before a folder is made for it.
        PB_TRY(auto place, newPlace(projects, fromUtf8(displayText(exportFolderOf(given).filename().native()))));
        PB_TRY(place.file, copyPipeline(given, place.project));
        return place;
      },
      {});
}

void MainWindow::newPipeline() {
  if (!leave([this] { newPipeline(); })) return;
  drop();
  openLoaded([title = widgets::sayWritten(untitled), projects = pathOf(settings_.projectsFolder())] { return newPlace(projects, title); },
             std::string{untitled});
}

void MainWindow::labelFolder() {
  widgets::askPath(
      this, {.title = tr("Folder of pictures to label"), .start = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)},
      [this](const QString& folder) {
        toLabel_ = folder;
        const auto title = QFileInfo{folder}.fileName();
        openLoaded([title, projects = pathOf(settings_.projectsFolder())] { return newPlace(projects, title); }, toUtf8(title));
      });
}

/// Asks what to do with what would be lost or stopped; nothing is asked when there is nothing.
bool MainWindow::leave(const std::function<void()>& again) {
  return tabs_.empty() || closing_ || (askToSave(again) && askToStop(again) && askAboutServers(again));
}

bool MainWindow::askToSave(const std::function<void()>& again) {
  std::vector<Workspace*> modified;
  for (const auto& tab : tabs_)
    if (tab.workspace && tab.workspace->file().modified()) modified.push_back(tab.workspace.get());
  if (modified.empty()) return true;
  const int n = static_cast<int>(modified.size());
  QMessageBox box{QMessageBox::Question, tr("Unsaved changes"),
                  n == 1 ? tr("The pipeline has changes that are not saved in its file.")
                         : tr("%Ln pipeline(s) have changes that are not saved in their files.", nullptr, n),
                  QMessageBox::NoButton, this};
  box.setInformativeText(tr("Save them, or close without them?"));
  auto* saveButton = box.addButton(tr("Save"), QMessageBox::AcceptRole);
  auto* without = box.addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
  auto* stay = box.addButton(tr("Stay"), QMessageBox::RejectRole);
  saveButton->setObjectName(QStringLiteral("leave.save"));
  without->setObjectName(QStringLiteral("leave.discard"));
  stay->setObjectName(QStringLiteral("leave.stay"));
  box.setDefaultButton(saveButton);
  box.setEscapeButton(stay);
  box.exec();
  if (box.clickedButton() == saveButton) {
    saveAll(again);
    return false;
  }
  if (box.clickedButton() != without) return false;
  for (auto* one : modified) one->file().discard();
  return true;
}

bool MainWindow::askToStop(const std::function<void()>& again) {
  const int live = workspace_ && !closing_ ? workspace_->runs().liveRuns() : 0;
  if (live == 0) return true;
  QMessageBox box{QMessageBox::Question, tr("A pipeline is running"), tr("%n run(s) are in progress.", nullptr, live),
                  QMessageBox::NoButton, this};
  box.setInformativeText(tr("Training can go on without this window; open the project again to see it. Stopping keeps what is finished."));
  auto* goOn = box.addButton(tr("Keep training"), QMessageBox::AcceptRole);
  auto* keep = box.addButton(tr("Stop and keep the best"), QMessageBox::ActionRole);
  auto* interrupt = box.addButton(tr("Interrupt"), QMessageBox::DestructiveRole);
  auto* stay = box.addButton(tr("Stay"), QMessageBox::RejectRole);
  goOn->setObjectName(QStringLiteral("leave.keep-training"));
  keep->setObjectName(QStringLiteral("leave.stop"));
  interrupt->setObjectName(QStringLiteral("leave.interrupt"));
  stay->setObjectName(QStringLiteral("leave.stay"));
  box.setDefaultButton(goOn);
  box.setEscapeButton(stay);
  box.exec();
  if (box.clickedButton() == goOn) return true;
  if (box.clickedButton() != keep && box.clickedButton() != interrupt) return false;
  workspace_->runs().stopAll(box.clickedButton() == keep);
  // The engine has to hear it before the connection ends; it answers at once, and finishes without this window.
  closing_ = true;
  QTimer::singleShot(400, this, [this, again] {
    again();
    closing_ = false;
  });
  return false;
}

bool MainWindow::askAboutServers(const std::function<void()>& again) {
  return std::ranges::all_of(tabs_, [&](const Tab& tab) { return !tab.workspace || askToLeaveServer(*tab.workspace, this, again); });
}

/// One after the other; `then` only when all of them are in their files.
void MainWindow::saveAll(const std::function<void()>& then) {
  for (const auto& tab : tabs_)
    if (tab.workspace && tab.workspace->file().modified())
      return saveIn(*tab.workspace, [this, then](bool good) {
        if (good) saveAll(then);
      });
  then();
}

void MainWindow::save(const std::function<void(bool)>& then) {
  if (workspace_) saveIn(*workspace_, then);
}

void MainWindow::saveIn(Workspace& workspace, const std::function<void(bool)>& then) {
  if (saving_) return;
  if (workspace.file().changedOutside()) {
    selectTab(tabOf(workspace));
    offerReload();
    if (then) then(false);
    return;
  }
  saving_ = true;
  auto* w = &workspace;  // The answer comes only while it is there.
  auto saving = std::make_shared<PipelineFile::Saving>(w->file().startSaving());
  w->session().inThread(
      [saving, file = w->file().place().file]() -> Result<std::any> {
        PB_TRY(const auto digest, writeDocument(saving->document, file));
        return std::any{digest};
      },
      w,
      [this, w, saving, then](const Result<std::any>& written) {
        saving_ = false;
        if (!written) {
          fail(QStringLiteral("save"), written.error());
          if (then) then(false);
          return;
        }
        if (const auto done = w->file().saved(*saving, std::any_cast<Digest>(*written)); !done)
          fail(QStringLiteral("journal"), done.error());
        const auto file = fromUtf8(w->file().place().file.native());
        if (w == workspace_)
          w->session().inThread(
              [file, picture = w->picture()]() -> Result<std::any> {
                keepRecentPicture(file, picture);
                return std::any{};
              },
              this, [](const auto&) {});
        // Edited while it was being written: once more.
        if (w->file().modified()) return saveIn(*w, then);
        updateTitle();
        if (then) then(true);
      });
}

void MainWindow::askSaveAs() {
  widgets::askPath(this,
                   {.ask = widgets::Ask::Save,
                    .title = tr("Save pipeline as"),
                    .start = fromUtf8((workspace_->file().place().project / "pipelines").native()),
                    .filters = tr("Pipelines (*.json)")},
                   [this, w = QPointer{workspace_}](const QString& file) {
                     if (w) saveAs(*w, pathOf(file));
                   });
}

void MainWindow::saveAs(Workspace& workspace, fs::path file) {
  if (file.extension() != ".json") file += ".json";  // Projects list no "name.JSON".
  // A pipeline of its own from now on: runs and results are told apart by its id.
  auto document = std::make_shared<Document>(workspace.editor().document());
  document->id = newUlid();
  workspace.session().inThread(
      [document, file]() -> Result<std::any> {
        PB_TRY(const auto digest, writeDocument(*document, file));
        return std::any{digest};
      },
      &workspace,
      [this, w = &workspace, file](const Result<std::any>& written) {
        if (!written) return fail(QStringLiteral("save"), written.error());
        w->file().discard();
        reopen(*w, file);
      });
}

void MainWindow::offerReload() {
  messages_->show(QStringLiteral("changed"), widgets::Tone::Warning,
                  [] { return tr("Another program changed the pipeline file. Nothing of yours is lost."); },
                  {{[] { return tr("Load the file"); },
                    [this] {
                      if (!workspace_) return;
                      workspace_->file().discard();
                      reopen(*workspace_, workspace_->file().place().file);
                    }},
                   {[] { return tr("Keep mine"); },
                    [this] {
                      if (!workspace_) return;
                      workspace_->file().keepMine();
                      save();
                    }}});
}

void MainWindow::discardRecovered() {
  if (!workspace_) return;
  workspace_->file().discard();
  reopen(*workspace_, workspace_->file().place().file);
}

/// Reads a file into the tab of a workspace whose document is given up.
void MainWindow::reopen(Workspace& workspace, const fs::path& file) {
  const int at = tabOf(workspace);
  const auto place = placeOf(file);
  if (at < 0) return;
  if (place.project != project_) {
    if (tabs_.size() == 1) drop();
    return openPath(fromUtf8(file.native()));
  }
  auto& tab = tabs_[static_cast<std::size_t>(at)];
  if (&workspace == workspace_) workspace_ = nullptr;
  if (const int other = tabOf(file); other >= 0 && other != at) return closeTab(at), selectTab(tabOf(file));
  tab.workspace.reset();
  tab.file = file;
  openPlace(place, {});
}

}  // namespace patchbay::studio
