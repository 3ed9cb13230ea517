// SPDX-License-Identifier: GPL-3.0-or-later
// Menus, toolbar and the small dialogs of a window.
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include "app/studio/run/status_strip.h"
#include "app/studio/start/recent_projects.h"
#include "app/studio/window/main_window.h"
#include "app/studio/window/message_bar.h"
#include "app/studio/window/preferences_dialog.h"
#include "widgets/base/say.h"
#include "widgets/palette/command_palette.h"
#include "widgets/palette/key_sheet.h"

namespace patchbay::studio {

using widgets::fromUtf8;

namespace {

QMenu* addMenu(QMenuBar* bar, const char* name, const QString& title) {
  auto* menu = bar->addMenu(title);
  menu->setObjectName(QLatin1String{name});
  menu->setToolTipsVisible(true);
  return menu;
}

/// Goes in the next turn; until then nobody finds it by its name.
void forget(QObject& gone) {
  gone.setObjectName({});
  gone.deleteLater();
}

}  // namespace

/// Built anew whenever a pipeline is opened or the language changes: the canvas brings its own commands.
void MainWindow::buildMenus() {
  auto& a = *actions_;
  auto* bar = menuBar();
  // Clearing takes away what is shown and keeps what was made for it. Later, as one of them may be what asked for this.
  for (auto* menu : bar->findChildren<QMenu*>(QString{}, Qt::FindDirectChildrenOnly))
    if (menu->objectName().startsWith(QLatin1String{"menu."})) forget(*menu);
  for (auto* action : tools_->actions())
    if (action->parent() == tools_) forget(*action);
  bar->clear();
  auto* file = addMenu(bar, "menu.file", tr("&File"));
  file->addActions({a.fresh, a.newTab, a.open, a.openFolder});
  auto* recent = file->addMenu(tr("Open &recent"));
  recent->setObjectName(QStringLiteral("menu.recent"));
  connect(recent, &QMenu::aboutToShow, this, [this, recent] {
    recent->clear();
    for (const auto& one : recentPipelines()) {
      auto* action = recent->addAction(tr("%1 (%2)").arg(widgets::sayWritten(widgets::toUtf8(one.title)), one.file));
      connect(action, &QAction::triggered, this, [this, path = one.file] { openPath(path); });
    }
    if (recent->isEmpty()) recent->addAction(tr("Nothing yet"))->setEnabled(false);
  });
  file->addAction(a.newWindow);
  file->addSeparator();
  file->addActions({a.save, a.saveAs});
  file->addSeparator();
  file->addAction(a.importData);
  file->addSeparator();
  file->addActions({a.closeTab, a.welcome, a.close, a.quit});
  auto* edit = addMenu(bar, "menu.edit", tr("&Edit"));
  edit->addActions({a.undo, a.redo});
  edit->addSeparator();
  auto* view = addMenu(bar, "menu.view", tr("&View"));
  view->addAction(a.commands);
  if (hooks_.openDataSet) view->addAction(a.dataSet);
  if (hooks_.openLabelling) view->addAction(a.labelling);
  view->addSeparator();
  QMenu* blocks = nullptr;
  if (workspace_) {
    blocks = addMenu(bar, "menu.block", tr("&Block"));
    for (auto* action : workspace_->canvas().actions()) {
      // The canvas names its actions by what they are about.
      const auto name = action->objectName();
      const bool looks = name.contains(QLatin1String{"zoom"}) || name.contains(QLatin1String{"fit"});
      const bool edits = name.endsWith(QLatin1String{"copy"}) || name.endsWith(QLatin1String{"cut"}) ||
                         name.endsWith(QLatin1String{"paste"}) || name.endsWith(QLatin1String{"delete"}) ||
                         name.endsWith(QLatin1String{"duplicate"}) || name.endsWith(QLatin1String{"select-all"});
      (looks ? view : edits ? edit : blocks)->addAction(action);
    }
  }
  edit->addSeparator();
  edit->addActions({a.find, a.preferences});
  view->addSeparator();
  auto* panels = view->addMenu(tr("&Panels"));
  panels->setObjectName(QStringLiteral("menu.panels"));
  panels_->addTo(*panels);
  panels->setEnabled(workspace_ != nullptr);
  view->addActions({a.minimap, a.fullScreen, a.resetLayout});
  view->addSeparator();
  view->addActions({a.nextTab, a.previousTab});
  auto* run = addMenu(bar, "menu.run", tr("&Run"));
  run->addActions({a.run, a.runTo});
  run->addSeparator();
  run->addActions({a.stopKeep, a.interrupt});
  run->addSeparator();
  run->addAction(a.check);
  auto* model = addMenu(bar, "menu.model", tr("&Model"));
  model->addActions({a.tryIt, a.exportModel});
  if (hooks_.openDeploy) model->addAction(a.deploy);
  model->menuAction()->setVisible(hooks_.tryIt || hooks_.exportModel);
  auto* help = addMenu(bar, "menu.help", tr("&Help"));
  help->addActions({a.blockHelp, a.keys});
  help->addSeparator();
  help->addActions({a.diagnostics, a.about});

  tools_->clear();
  tools_->addAction(a.run);
  tools_->addAction(a.runTo);
  tools_->addAction(a.stopKeep);
  tools_->addAction(a.interrupt);
  tools_->addSeparator();
  tools_->addActions({a.undo, a.redo});
  if (workspace_) {
    tools_->addSeparator();
    for (const auto* name : {"canvas.add", "canvas.tidy", "canvas.zoom-out", "canvas.zoom-in", "canvas.fit-all", "canvas.fit"})
      if (auto* action = workspace_->canvas().action(QLatin1String{name})) tools_->addAction(action);
  }
  tools_->addSeparator();
  tools_->addAction(a.find);
  if (hooks_.openDataSet) tools_->addAction(a.dataSet);
  if (hooks_.openLabelling) tools_->addAction(a.labelling);
  if (hooks_.tryIt) tools_->addAction(a.tryIt);
  if (hooks_.exportModel) tools_->addAction(a.exportModel);
  if (hooks_.openDeploy) tools_->addAction(a.deploy);
  auto* spring = new QWidget{tools_};
  spring->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  tools_->addWidget(spring);
  tools_->addAction(a.commands);
  for (auto* action : tools_->actions())
    if (auto* button = qobject_cast<QToolButton*>(tools_->widgetForAction(action))) {
      button->setObjectName(QStringLiteral("tool.") + action->objectName());
      button->setAccessibleName(widgets::plainText(*action));
      button->setFocusPolicy(Qt::TabFocus);
      if (action == a.run || action == a.dataSet || action == a.labelling || action == a.tryIt || action == a.exportModel ||
          action == a.deploy)
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
  keys_->clear();
  actions_->registerKeys(*keys_);
  if (workspace_) keys_->add(tr("Canvas"), workspace_->canvas().actions());
  for (const auto& [what, gesture] : {std::pair{tr("Add a block"), tr("Double-click on the canvas, Space, Shift+A")},
                                      {tr("Only blocks that fit"), tr("Drag a link into empty space")},
                                      {tr("Put into a link"), tr("Drop a block on the link")},
                                      {tr("Move about"), tr("Middle button, or Space and drag")},
                                      {tr("Zoom"), tr("Wheel")},
                                      {tr("Select several"), tr("Drag over them; Shift adds")}})
    keys_->addFixed(tr("Mouse"), what, gesture);
  for (const auto& [what, key] : {std::pair{tr("Class of the picture, or of the chosen shape"), tr("1 to 9; 0 takes it away")},
                                  {tr("Find a class by its name"), QStringLiteral("/")},
                                  {tr("Give the chosen class a key"), tr("Ctrl+1 to Ctrl+9")},
                                  {tr("Take the suggestion, or what is drawn"), QStringLiteral("Enter")},
                                  {tr("Next and previous picture"), QStringLiteral("D, A")},
                                  {tr("Box, rotated box, polygon, hole"), QStringLiteral("R, T, P, Shift+P")},
                                  {tr("Brush, eraser, their size"), tr("B, X; comma and full stop")},
                                  {tr("Magic wand, points, cut out of a box"), QStringLiteral("W; Q, E; G")},
                                  {tr("Last tool again; select"), QStringLiteral("N; V")},
                                  {tr("Copy the shapes of the picture before"), QStringLiteral("C")},
                                  {tr("Hide, hide all, lock"), QStringLiteral("H, Ctrl+H, L")},
                                  {tr("Choose shapes, forward, back, remove"), QStringLiteral("[ ]; Page Up, Page Down; Delete")},
                                  {tr("Cross-hair, press there, move the shape"), tr("Arrows; Space; Alt and arrows")}})
    keys_->addFixed(tr("Labelling"), what, key);
}

void MainWindow::retranslate() {
  actions_->retranslate();
  panels_->retranslate();
  tools_->setWindowTitle(tr("Tools"));
  buildMenus();
  // The one that is seen at once, the others after it.
  if (workspace_) workspace_->retranslate();
  for (const auto& tab : tabs_)
    if (auto* other = tab.workspace.get(); other && other != workspace_) QTimer::singleShot(1, other, [other] { other->retranslate(); });
  updateTitle();
  updateActions();
}

void MainWindow::findBlock() {
  QStringList names;
  std::vector<NodeId> ids;
  for (const auto& node : workspace_->file().document().nodes()) {
    names.append(workspace_->runs().names().say(node.name, workspace_->session().catalogue()));
    ids.push_back(node.id);
  }
  QInputDialog box{this};
  box.setObjectName(QStringLiteral("find"));
  box.setWindowTitle(tr("Find block"));
  box.setLabelText(tr("Name of the block"));
  box.setComboBoxItems(names);
  box.setComboBoxEditable(true);
  box.setOkButtonText(tr("Go there"));
  box.setCancelButtonText(tr("Close"));
  if (box.exec() != QDialog::Accepted) return;
  const auto wanted = box.textValue();
  for (qsizetype i = 0; i < names.size(); ++i)
    if (names[i].contains(wanted, Qt::CaseInsensitive)) return workspace_->goTo(ids[static_cast<std::size_t>(i)]);
  strip_->showMessage(tr("No block is called %1.").arg(wanted), 8000);
}

void MainWindow::keySheet() {
  auto* sheet = findChild<widgets::KeySheet*>();
  if (!sheet) {
    sheet = new widgets::KeySheet{*keys_, this};
    connect(sheet, &widgets::KeySheet::editRequested, this, [this] {
      auto* editor = new widgets::ShortcutEditor{*keys_, this};
      editor->setAttribute(Qt::WA_DeleteOnClose);
      editor->show();
    });
  }
  sheet->show();
  sheet->raise();
  sheet->activateWindow();
}

void MainWindow::preferences() {
  auto* dialog = new PreferencesDialog{settings_, this};
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &PreferencesDialog::keysRequested, this, [this] {
    auto* editor = new widgets::ShortcutEditor{*keys_, this};
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->show();
  });
  dialog->show();
}

void MainWindow::about() {
  QMessageBox box{this};
  box.setObjectName(QStringLiteral("about"));
  box.setWindowTitle(tr("About Patchbay"));
  box.setIconPixmap(QIcon{QStringLiteral(":/desktop/patchbay-studio.svg")}.pixmap(64, 64));
  box.setText(tr("<h3>Patchbay %1</h3>").arg(QCoreApplication::applicationVersion()));
  box.setInformativeText(tr("Build, train and deploy vision models by drag and drop. The Studio is free software under the GNU General "
                            "Public License 3 or later, "
                            "the engine under the Apache License 2.0. It uses Qt %1 and QCustomPlot.")
                             .arg(QLatin1String{qVersion()}));
  box.addButton(tr("Close"), QMessageBox::AcceptRole);
  box.exec();
}

void MainWindow::copyDiagnostics() {
  workspace_->session().ask("doctor", {}, workspace_, [this, asked = workspace_](const Result<Value>& answer) {
    Value all;
    all["patchbay"] = widgets::toUtf8(QCoreApplication::applicationVersion());
    all["qt"] = qVersion();
    all["platform"] = widgets::toUtf8(QGuiApplication::platformName());
    all["engine"] = answer ? *answer : Value{describe(answer.error())};
    Value log{Value::List{}};
    // Of the one that was asked: another tab may be in front by now.
    for (const auto& line : asked->runs().book().log()) log.push(line.name + " " + line.level + ": " + line.text);
    all["log"] = std::move(log);
    QGuiApplication::clipboard()->setText(fromUtf8(toJson(all, JsonStyle::Pretty)));
    strip_->showMessage(tr("Copied. Paste it into your report; it names files and settings, but holds no picture."), 10'000);
  });
}

}  // namespace patchbay::studio
