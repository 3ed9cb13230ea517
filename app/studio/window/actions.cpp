// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/actions.h"

#include <QRegularExpression>
#include <QWidget>

#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {
constexpr const char* tipProperty = "patchbayTip";
}  // namespace

void setWords(QAction& action, const QString& text, const QString& tip) {
  action.setText(text);
  // Buttons show neither "&" nor the "(&R)" of languages whose letters are no keys.
  auto plain = text;
  plain.remove(QRegularExpression{QStringLiteral("\\(&.\\)")}).remove(QLatin1Char('&')).remove(QChar{0x2026});
  action.setIconText(plain);
  action.setProperty(tipProperty, tip);
  if (action.isEnabled()) enable(action, {});
}

void enable(QAction& action, const QString& whyNot) {
  action.setEnabled(whyNot.isEmpty());
  const auto tip = whyNot.isEmpty() ? action.property(tipProperty).toString() : whyNot;
  const auto keys = action.shortcut().toString(QKeySequence::NativeText);
  const auto name = widgets::plainText(action);
  const auto heading = keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys);
  // Plain text in a tooltip is not wrapped by Qt; a paragraph is.
  action.setToolTip(
      QStringLiteral("<p style='white-space:pre-wrap'><b>%1</b><br>%2</p>").arg(heading.toHtmlEscaped(), tip.toHtmlEscaped()));
  action.setStatusTip(tip);
}

QAction* Actions::make(const char* name, const QString& iconName, const QList<QKeySequence>& shortcuts) {
  auto* action = new QAction{this};
  action->setObjectName(QLatin1String{name});
  if (!iconName.isEmpty()) action->setIcon(widgets::icon(iconName));
  action->setShortcuts(shortcuts);
  window_->addAction(action);
  all_.append(action);
  return action;
}

Actions::Actions(QWidget* window) : QObject{window}, window_{window} {
  const auto standard = [](QKeySequence::StandardKey key) { return QList<QKeySequence>{QKeySequence{key}}; };
  const auto key = [](const char* sequence) { return QList<QKeySequence>{QKeySequence{QLatin1String{sequence}}}; };
  fresh = make("file.new", QStringLiteral("new"), standard(QKeySequence::New));
  open = make("file.open", QStringLiteral("open"), standard(QKeySequence::Open));
  openFolder = make("file.open-folder", QStringLiteral("folder"), key("Ctrl+Shift+O"));
  newWindow = make("file.new-window", QStringLiteral("window"), key("Ctrl+Shift+N"));
  save = make("file.save", QStringLiteral("save"), standard(QKeySequence::Save));
  saveAs = make("file.save-as", {}, key("Ctrl+Shift+S"));
  importData = make("file.import", QStringLiteral("import"), key("Ctrl+I"));
  welcome = make("file.welcome", QStringLiteral("home"), key("Ctrl+Shift+W"));
  newTab = make("file.new-tab", QStringLiteral("add"), key("Ctrl+Alt+N"));
  closeTab = make("file.close-tab", {}, key("Ctrl+W"));
  nextTab = make("view.next-tab", {}, key("Ctrl+Tab"));
  previousTab = make("view.previous-tab", {}, key("Ctrl+Shift+Tab"));
  close = make("file.close", {}, {});
  quit = make("file.quit", {}, key("Ctrl+Q"));
  undo = make("edit.undo", QStringLiteral("undo"), key("Ctrl+Z"));
  redo = make("edit.redo", QStringLiteral("redo"), {QKeySequence{QStringLiteral("Ctrl+Shift+Z")}, QKeySequence{QStringLiteral("Ctrl+Y")}});
  find = make("edit.find", QStringLiteral("search"), standard(QKeySequence::Find));
  preferences = make("edit.preferences", QStringLiteral("settings"), key("Ctrl+,"));
  commands = make("view.commands", QStringLiteral("commands"), key("Ctrl+Shift+P"));
  dataSet = make("view.data-set", QStringLiteral("data"), key("Ctrl+Shift+D"));
  labelling = make("view.labelling", QStringLiteral("tool-box"), key("Ctrl+L"));
  minimap = make("view.minimap", QStringLiteral("minimap"), key("Alt+M"));
  minimap->setCheckable(true);
  minimap->setChecked(true);
  fullScreen = make("view.full-screen", {}, key("F11"));
  fullScreen->setCheckable(true);
  resetLayout = make("view.reset-layout", {}, {});
  run = make("run.all", QStringLiteral("run"), {QKeySequence{QStringLiteral("Ctrl+Return")}, QKeySequence{QStringLiteral("Ctrl+Enter")}});
  runTo = make("run.to", QStringLiteral("run-to"),
               {QKeySequence{QStringLiteral("Ctrl+Shift+Return")}, QKeySequence{QStringLiteral("Ctrl+Shift+Enter")}});
  stopKeep = make("run.keep", QStringLiteral("stop-keep"), key("Ctrl+Alt+K"));
  interrupt = make("run.interrupt", QStringLiteral("interrupt"),
                   {QKeySequence{QStringLiteral("Ctrl+Alt+Return")}, QKeySequence{QStringLiteral("Ctrl+Alt+Enter")}});
  check = make("run.problems", QStringLiteral("problems"), key("F8"));
  tryIt = make("model.try", QStringLiteral("try"), key("Ctrl+T"));
  exportModel = make("model.export", QStringLiteral("export"), key("Ctrl+E"));
  deploy = make("model.deploy", QStringLiteral("category-deploy"), key("Ctrl+Shift+E"));
  blockHelp = make("help.block", QStringLiteral("help"), key("F1"));
  keys = make("help.keys", QStringLiteral("keyboard"), {QKeySequence{QStringLiteral("?")}});
  about = make("help.about", {}, {});
  diagnostics = make("help.diagnostics", {}, {});
  retranslate();
}

void Actions::retranslate() {
  setWords(*fresh, tr("&New pipeline"), tr("An empty canvas in a new project"));
  setWords(*open, tr("&Open pipeline…"), tr("Opens a pipeline file"));
  setWords(*openFolder, tr("Open project &folder…"), tr("Opens the newest pipeline of a project folder"));
  setWords(*newWindow, tr("New &window"), tr("Another window, for another project"));
  setWords(*save, tr("&Save"), tr("Saves the pipeline. Unsaved changes survive a crash as well"));
  setWords(*saveAs, tr("Save &as…"), tr("Saves the pipeline under another name and goes on there"));
  setWords(*importData, tr("&Import pictures…"), tr("Looks into a folder or table of pictures and adds it to the canvas"));
  setWords(*welcome, tr("Start &page"), tr("Closes the project and shows templates and recent pipelines"));
  setWords(*newTab, tr("New &tab"), tr("An empty canvas in this project, in a tab of its own"));
  setWords(*closeTab, tr("Close ta&b"), tr("Closes this pipeline; changes that are not saved are kept until it is opened again"));
  setWords(*nextTab, tr("&Next tab"), tr("Shows the next open pipeline"));
  setWords(*previousTab, tr("Pre&vious tab"), tr("Shows the open pipeline before this one"));
  setWords(*close, tr("&Close window"), tr("Closes the window; what runs can go on without it"));
  setWords(*quit, tr("&Quit"), tr("Closes the window and ends the program"));
  setWords(*undo, tr("&Undo"), tr("Takes back the last change"));
  setWords(*redo, tr("&Redo"), tr("Makes the change that was taken back again"));
  setWords(*find, tr("&Find block…"), tr("Goes to a block of this pipeline by its name"));
  setWords(*preferences, tr("&Preferences…"), tr("Language, colours, folders, notifications"));
  setWords(*commands, tr("All &commands…"), tr("Finds any command or block by name"));
  setWords(*dataSet, tr("&Data set"), tr("The pictures of the project: look through them, label them, go back, import and export"));
  setWords(*labelling, tr("&Label"), tr("Labels the pictures one after the other, with the model's help"));
  setWords(*minimap, tr("&Minimap"), tr("The whole canvas in small, in its corner"));
  setWords(*fullScreen, tr("&Full screen"), tr("Uses the whole screen"));
  setWords(*resetLayout, tr("&Reset panels"), tr("Puts all panels back where they were at first"));
  setWords(*run, tr("&Run"), tr("Runs the pipeline; what is stored is not computed again"));
  setWords(*runTo, tr("Run to &selection"), tr("Runs the selected blocks and what they need"));
  setWords(*stopKeep, tr("Stop and &keep"), tr("Ends training soon and keeps the best model so far; what follows still runs"));
  setWords(*interrupt, tr("&Interrupt"), tr("Ends the run now; finished blocks keep their results"));
  setWords(*check, tr("Next &problem"), tr("Goes to the next thing that keeps the pipeline from running"));
  setWords(*tryIt, tr("&Try a picture…"), tr("Shows what the trained model says of a picture"));
  setWords(*exportModel, tr("&Export model…"), tr("Saves the trained model for use elsewhere"));
  setWords(*deploy, tr("&Deploy"), tr("Exported models at work: measure, serve, watch a folder, reproduce, report"));
  setWords(*blockHelp, tr("&Help on block"), tr("Explains the selected block, its inputs, outputs and parameters"));
  setWords(*keys, tr("&Keys…"), tr("All keys on one sheet"));
  setWords(*about, tr("&About Patchbay"), tr("Version, licences"));
  setWords(*diagnostics, tr("Copy &diagnostics"), tr("Copies versions, machine and engine state for a bug report, without your pictures"));
}

void Actions::registerKeys(widgets::ShortcutMap& map) {
  map.add(tr("File"), {fresh, newTab, open, openFolder, newWindow, save, saveAs, importData, closeTab, welcome, close, quit});
  map.add(tr("Edit"), {undo, redo, find, preferences});
  map.add(tr("View"), {commands, dataSet, labelling, nextTab, previousTab, minimap, fullScreen, resetLayout});
  map.add(tr("Run"), {run, runTo, stopKeep, interrupt, check});
  map.add(tr("Model"), {tryIt, exportModel, deploy});
  map.add(tr("Help"), {blockHelp, keys, about, diagnostics});
}

}  // namespace patchbay::studio
