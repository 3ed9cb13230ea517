// SPDX-License-Identifier: GPL-3.0-or-later
// How a window opens, saves and leaves pipelines.
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>

#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/recent_projects.h"
#include "app/studio/template_words.h"
#include "app/studio/welcome_page.h"
#include "engine/service/templates.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::toUtf8;
namespace fs = std::filesystem;

namespace {

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

/// Prepares in a thread, then loads; session and window follow in this one.
void MainWindow::openLoaded(std::function<Result<PipelinePlace>()> prepare, const std::string& title) {
  ++loading_;
  QApplication::setOverrideCursor(Qt::BusyCursor);
  pool_.post([self = QPointer<MainWindow>{this}, prepare = std::move(prepare), title] {
    auto place = std::make_shared<Result<PipelinePlace>>(prepare());
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, place, title] {
          if (!self) return;
          const auto end = [self] {
            --self->loading_;
            QApplication::restoreOverrideCursor();
          };
          if (!*place) {
            end();
            return self->fail(QStringLiteral("open"), place->error());
          }
          std::error_code ec;
          fs::create_directories((*place)->project, ec);
          const auto mine = self->instance_.take((*place)->project, fromUtf8((*place)->file.native()));
          if (!mine || *mine == SingleInstance::Outcome::Raised) {
            end();
            if (!mine) return self->fail(QStringLiteral("open"), mine.error());
            self->messages_->show(QStringLiteral("open"), widgets::Tone::Accent,
                                  tr("This project is open in another window, which was brought to the front."));
            return Q_EMIT self->ready();
          }
          // The engine starts while the file is read.
          auto session = std::make_shared<std::unique_ptr<Session>>(std::make_unique<Session>((*place)->project));
          self->pool_.post([self, place = **place, title, session] {
            auto loaded = std::make_shared<Result<std::shared_ptr<PipelineFile::Loaded>>>(PipelineFile::load(place, title));
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, loaded, session] {
                  if (!self) return;
                  --self->loading_;
                  QApplication::restoreOverrideCursor();
                  if (!*loaded) {
                    self->instance_.release();
                    self->fail(QStringLiteral("open"), loaded->error());
                    return Q_EMIT self->ready();
                  }
                  const auto& placed = (**loaded)->place;
                  const auto& document = (**loaded)->opened.document;
                  const auto stem = fromUtf8(placed.file.stem().native());
                  rememberPipeline({fromUtf8(placed.file.native()), fromUtf8(placed.project.native()),
                                    document.title.empty() ? stem : fromUtf8(document.title), QDateTime::currentDateTime()});
                  self->showWorkspace(std::move(*session), **loaded);
                  if (!self->dropped_.isEmpty()) self->workspace_->drop(std::exchange(self->dropped_, {}), {});
                },
                Qt::QueuedConnection);
          });
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::openPath(const QString& path) {
  if (workspace_ && !leave(false)) return;
  drop();
  openLoaded(
      [path = pathOf(path)]() -> Result<PipelinePlace> {
        std::error_code ec;
        if (!fs::exists(path, ec))
          return patchbay::fail(ErrorKind::NotFound, "open.missing",
                                TR("studio", "{path} is not there any more.").with("path", displayText(path.native())),
                                TR("studio", "If it was moved, open it from where it is now."));
        return placeOfAny(path);
      },
      {});
}

void MainWindow::openTemplate(const QString& name) {
  if (workspace_ && !leave(false)) return;
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
        value["title"] = toUtf8(title);
        PB_TRY(auto document, Document::fromValue(value));
        PB_TRY(auto place, newPlace(projects, title));
        PB_CHECK(writeDocument(document, place.file));
        return place;
      },
      {});
}

void MainWindow::newPipeline() {
  if (workspace_ && !leave(false)) return;
  drop();
  openLoaded([title = tr("New pipeline"), projects = pathOf(settings_.projectsFolder())] { return newPlace(projects, title); },
             toUtf8(tr("New pipeline")));
}

/// Asks what to do with what would be lost or stopped; nothing is asked when there is nothing.
bool MainWindow::leave(bool closingWindow) {
  if (!workspace_ || closing_) return true;
  if (workspace_->file().modified()) {
    QMessageBox box{QMessageBox::Question, tr("Unsaved changes"), tr("The pipeline has changes that are not saved in its file."),
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
      save([this, closingWindow](bool good) {
        if (!good || !leave(closingWindow)) return;
        if (closingWindow) close();
        else showWelcome();
      });
      return false;
    }
    if (box.clickedButton() != without) return false;
    workspace_->file().discard();
  }
  const int live = workspace_->runs().liveRuns();
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
  QTimer::singleShot(400, this, [this, closingWindow] {
    if (closingWindow) close();
    else showWelcome();
    closing_ = false;
  });
  return false;
}

void MainWindow::save(std::function<void(bool)> then) {
  if (!workspace_ || saving_) return;
  if (workspace_->file().changedOutside()) {
    offerReload();
    if (then) then(false);
    return;
  }
  saving_ = true;
  auto saving = std::make_shared<PipelineFile::Saving>(workspace_->file().startSaving());
  workspace_->session().inThread(
      [saving, file = workspace_->file().place().file]() -> Result<std::any> {
        PB_TRY(const auto digest, writeDocument(saving->document, file));
        return std::any{digest};
      },
      workspace_.get(),
      [this, saving, then](const Result<std::any>& written) {
        saving_ = false;
        if (!written) {
          fail(QStringLiteral("save"), written.error());
          if (then) then(false);
          return;
        }
        if (const auto done = workspace_->file().saved(*saving, std::any_cast<Digest>(*written)); !done)
          fail(QStringLiteral("journal"), done.error());
        if (const auto file = fromUtf8(workspace_->file().place().file.native()); !file.isEmpty()) {
          workspace_->session().inThread(
              [file, picture = workspace_->picture()]() -> Result<std::any> {
                keepRecentPicture(file, picture);
                return std::any{};
              },
              this, [](const auto&) {});
        }
        // Edited while it was being written: once more.
        if (workspace_->file().modified()) return save(then);
        updateTitle();
        if (then) then(true);
      });
}

void MainWindow::saveAs() {
  const auto& place = workspace_->file().place();
  const auto chosen = QFileDialog::getSaveFileName(this, tr("Save pipeline as"), fromUtf8((place.project / "pipelines").native()),
                                                   tr("Pipelines (*.json)"));
  if (chosen.isEmpty()) return;
  auto file = pathOf(chosen);
  if (file.extension() != ".json") file += ".json";
  // A pipeline of its own from now on: runs and results are told apart by its id.
  auto document = std::make_shared<Document>(workspace_->editor().document());
  document->id = newUlid();
  workspace_->session().inThread(
      [document, file]() -> Result<std::any> {
        PB_TRY(const auto digest, writeDocument(*document, file));
        return std::any{digest};
      },
      workspace_.get(),
      [this, file](const Result<std::any>& written) {
        if (!written) return fail(QStringLiteral("save"), written.error());
        workspace_->file().discard();
        drop();
        openPath(fromUtf8(file.native()));
      });
}

void MainWindow::offerReload() {
  messages_->show(QStringLiteral("changed"), widgets::Tone::Warning,
                  tr("Another program changed the pipeline file. Nothing of yours is lost."),
                  {{tr("Load the file"),
                    [this] {
                      if (!workspace_) return;
                      workspace_->file().discard();
                      const auto file = fromUtf8(workspace_->file().place().file.native());
                      drop();
                      openPath(file);
                    }},
                   {tr("Keep mine"), [this] {
                      if (!workspace_) return;
                      workspace_->file().keepMine();
                      save();
                    }}});
}

void MainWindow::discardRecovered() {
  if (!workspace_) return;
  const auto file = fromUtf8(workspace_->file().place().file.native());
  workspace_->file().discard();
  drop();
  openPath(file);
}

}  // namespace patchbay::studio
