// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the canvas: one table with names, texts and keys; menus and the shell take them from here.
#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QWidget>
#include <algorithm>

#include "widgets/base/theme.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

/// What an action needs to make sense; without it the action is disabled and says so.
enum class Needs : std::uint8_t { Nothing, Edit, Selection, EditSelection, TwoBlocks, ThreeBlocks, Group, OneBlock, OpenGroup };

struct Row {
  const char* name;
  const char* icon;
  const char* text;
  std::vector<QKeySequence> keys;
  Needs needs;
  void (*run)(ViewCore&);
};

/// Keys that the window has for the same thing (F1, Ctrl+Shift+Enter) are not repeated: two of one key would both be silent.
const std::vector<Row>& table() {
  using C = ViewCore;
  static const std::vector<Row> rows{
      {"canvas.add",
       "add",
       QT_TRANSLATE_NOOP("canvas", "Add block..."),
       {QKeySequence{Qt::SHIFT | Qt::Key_A}},
       Needs::Edit,
       [](C& c) {
         const QRectF room{c.view.viewport()->rect()};
         if (c.selectedLink)
           if (const int link = c.model.linkIndex(c.selectedLink->first, c.selectedLink->second); link >= 0)
             return c.requestAdd(c.fromScene(c.model.link(link).geometry.middle()));
         c.requestAdd(c.view.underMouse() && room.contains(c.pointer) ? c.pointer : room.center());
       }},
      {"canvas.note",
       "note",
       QT_TRANSLATE_NOOP("canvas", "Add note"),
       {QKeySequence{Qt::SHIFT | Qt::Key_N}},
       Needs::Edit,
       [](C& c) {
         const QRectF room{c.view.viewport()->rect()};
         c.addNote(c.toScene(c.view.underMouse() && room.contains(c.pointer) ? c.pointer : room.center()));
       }},
      {"canvas.cut", "cut", QT_TRANSLATE_NOOP("canvas", "Cut"), {QKeySequence::Cut}, Needs::EditSelection, [](C& c) { c.cut(); }},
      {"canvas.copy", "copy", QT_TRANSLATE_NOOP("canvas", "Copy"), {QKeySequence::Copy}, Needs::Selection, [](C& c) { c.copy(); }},
      {"canvas.paste", "paste", QT_TRANSLATE_NOOP("canvas", "Paste"), {QKeySequence::Paste}, Needs::Edit, [](C& c) { c.paste(); }},
      {"canvas.duplicate",
       "duplicate",
       QT_TRANSLATE_NOOP("canvas", "Duplicate"),
       {QKeySequence{Qt::CTRL | Qt::Key_D}},
       Needs::EditSelection,
       [](C& c) { c.duplicate(); }},
      {"canvas.delete",
       "delete",
       QT_TRANSLATE_NOOP("canvas", "Delete"),
       {QKeySequence::Delete, QKeySequence{Qt::Key_Backspace}},
       Needs::EditSelection,
       [](C& c) { c.removeSelection(); }},
      {"canvas.delete-links",
       "",
       QT_TRANSLATE_NOOP("canvas", "Delete with links"),
       {QKeySequence{Qt::SHIFT | Qt::Key_Delete}},
       Needs::EditSelection,
       [](C& c) { c.removeSelection(false); }},
      {"canvas.rename",
       "edit",
       QT_TRANSLATE_NOOP("canvas", "Rename"),
       {QKeySequence{Qt::Key_F2}},
       Needs::OneBlock,
       [](C& c) { c.rename(); }},
      {"canvas.select-all",
       "",
       QT_TRANSLATE_NOOP("canvas", "Select all"),
       {QKeySequence::SelectAll},
       Needs::Nothing,
       [](C& c) { c.selectAll(); }},
      {"canvas.run-to",
       "run-to",
       QT_TRANSLATE_NOOP("canvas", "Run to here"),
       {},
       Needs::OneBlock,
       [](C& c) {
         if (const auto nodes = c.selectedNodes(); !nodes.empty()) Q_EMIT c.view.runToRequested(nodes.front());
       }},
      {"canvas.details",
       "",
       QT_TRANSLATE_NOOP("canvas", "Show details"),
       {QKeySequence{Qt::Key_I}},
       Needs::OneBlock,
       [](C& c) {
         if (const auto nodes = c.selectedNodes(); !nodes.empty()) Q_EMIT c.view.detailsRequested(nodes.front());
       }},
      {"canvas.help",
       "help",
       QT_TRANSLATE_NOOP("canvas", "Help on this block"),
       {},
       Needs::OneBlock,
       [](C& c) {
         const auto nodes = c.selectedNodes();
         const auto* node = nodes.empty() ? nullptr : c.document().node(nodes.front());
         if (node) Q_EMIT c.view.helpRequested(QString::fromStdString(node->type));
       }},
      {"canvas.link",
       "link",
       QT_TRANSLATE_NOOP("canvas", "Link from this block"),
       {QKeySequence{Qt::Key_L}},
       Needs::Edit,
       [](C& c) { c.startKeyboardLink(); }},
      {"canvas.bypass",
       "bypass",
       QT_TRANSLATE_NOOP("canvas", "Bypass"),
       {QKeySequence{Qt::CTRL | Qt::Key_B}},
       Needs::EditSelection,
       [](C& c) { c.toggle(NodeMode::Bypass); }},
      {"canvas.mute",
       "mute",
       QT_TRANSLATE_NOOP("canvas", "Mute"),
       {QKeySequence{Qt::CTRL | Qt::Key_M}},
       Needs::EditSelection,
       [](C& c) { c.toggle(NodeMode::Mute); }},
      {"canvas.frame",
       "frame",
       QT_TRANSLATE_NOOP("canvas", "Frame"),
       {QKeySequence{Qt::CTRL | Qt::Key_G}},
       Needs::EditSelection,
       [](C& c) { c.group(GroupKind::Frame); }},
      {"canvas.group",
       "group",
       QT_TRANSLATE_NOOP("canvas", "Group"),
       {QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_G}},
       Needs::EditSelection,
       [](C& c) { c.group(GroupKind::Group); }},
      {"canvas.for-each",
       "for-each",
       QT_TRANSLATE_NOOP("canvas", "Run for each value"),
       {QKeySequence{Qt::CTRL | Qt::ALT | Qt::Key_G}},
       Needs::EditSelection,
       [](C& c) { c.group(GroupKind::ForEach); }},
      {"canvas.ungroup",
       "ungroup",
       QT_TRANSLATE_NOOP("canvas", "Ungroup"),
       {QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_U}},
       Needs::Group,
       [](C& c) { c.ungroup(); }},
      {"canvas.leave-group", "leave", QT_TRANSLATE_NOOP("canvas", "Leave group"), {}, Needs::OpenGroup, [](C& c) { c.view.leaveGroup(); }},
      {"canvas.tidy",
       "tidy",
       QT_TRANSLATE_NOOP("canvas", "Tidy up"),
       {QKeySequence{Qt::SHIFT | Qt::Key_T}},
       Needs::Edit,
       [](C& c) { c.tidy(); }},
      {"canvas.pin",
       "pin",
       QT_TRANSLATE_NOOP("canvas", "Keep in place when tidying"),
       {QKeySequence{Qt::SHIFT | Qt::Key_P}},
       Needs::EditSelection,
       [](C& c) { c.togglePinned(); }},
      {"canvas.align-left",
       "align-left",
       QT_TRANSLATE_NOOP("canvas", "Align left edges"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::Left); }},
      {"canvas.align-right",
       "align-right",
       QT_TRANSLATE_NOOP("canvas", "Align right edges"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::Right); }},
      {"canvas.align-top",
       "align-top",
       QT_TRANSLATE_NOOP("canvas", "Align top edges"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::Top); }},
      {"canvas.align-bottom",
       "align-bottom",
       QT_TRANSLATE_NOOP("canvas", "Align bottom edges"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::Bottom); }},
      {"canvas.align-centre-x",
       "",
       QT_TRANSLATE_NOOP("canvas", "Centre on a vertical line"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::CentreX); }},
      {"canvas.align-centre-y",
       "",
       QT_TRANSLATE_NOOP("canvas", "Centre on a horizontal line"),
       {},
       Needs::TwoBlocks,
       [](C& c) { c.align(edit::Align::CentreY); }},
      {"canvas.spread-x",
       "",
       QT_TRANSLATE_NOOP("canvas", "Spread evenly across"),
       {},
       Needs::ThreeBlocks,
       [](C& c) { c.align(edit::Align::SpreadX); }},
      {"canvas.spread-y",
       "",
       QT_TRANSLATE_NOOP("canvas", "Spread evenly down"),
       {},
       Needs::ThreeBlocks,
       [](C& c) { c.align(edit::Align::SpreadY); }},
      {"canvas.zoom-in",
       "zoom-in",
       QT_TRANSLATE_NOOP("canvas", "Zoom in"),
       {QKeySequence{Qt::CTRL | Qt::Key_Plus}, QKeySequence{Qt::CTRL | Qt::Key_Equal}, QKeySequence{Qt::Key_Plus}},
       Needs::Nothing,
       [](C& c) { c.zoomAt(c.camera.zoom * 1.25, QRectF{c.view.viewport()->rect()}.center(), true); }},
      {"canvas.zoom-out",
       "zoom-out",
       QT_TRANSLATE_NOOP("canvas", "Zoom out"),
       {QKeySequence{Qt::CTRL | Qt::Key_Minus}, QKeySequence{Qt::Key_Minus}},
       Needs::Nothing,
       [](C& c) { c.zoomAt(c.camera.zoom / 1.25, QRectF{c.view.viewport()->rect()}.center(), true); }},
      {"canvas.zoom-actual",
       "zoom-real",
       QT_TRANSLATE_NOOP("canvas", "Actual size"),
       {QKeySequence{Qt::CTRL | Qt::Key_0}, QKeySequence{Qt::Key_0}},
       Needs::Nothing,
       [](C& c) { c.view.zoomTo(1); }},
      {"canvas.fit-all",
       "fit-all",
       QT_TRANSLATE_NOOP("canvas", "Fit all"),
       {QKeySequence{Qt::Key_F}},
       Needs::Nothing,
       [](C& c) { c.view.fitAll(); }},
      {"canvas.fit",
       "fit",
       QT_TRANSLATE_NOOP("canvas", "Fit selection"),
       {QKeySequence{Qt::SHIFT | Qt::Key_F}},
       Needs::Selection,
       [](C& c) { c.view.fitSelection(); }},
  };
  return rows;
}

/// How many blocks are selected, counted no further than to three.
std::size_t fewSelected(const ViewCore& core) {
  std::set<NodeId> found;
  for (const auto& id : core.selection) {
    if (core.document().node(NodeId{id})) found.insert(NodeId{id});
    else if (core.document().group(id))
      for (const auto& node : core.model.nodesOf(id)) found.insert(node);
    if (found.size() >= 3) break;
  }
  return found.size();
}

/// Why the action cannot be used now; empty when it can.
QString missing(const ViewCore& core, Needs needs, std::size_t nodes) {
  const bool edits = needs != Needs::Nothing && needs != Needs::Selection && needs != Needs::OneBlock && needs != Needs::OpenGroup;
  if (edits && core.readOnly) return QCoreApplication::translate("canvas", "This pipeline is open for reading only.");
  switch (needs) {
    case Needs::Nothing:
    case Needs::Edit:
      return {};
    case Needs::Selection:
    case Needs::EditSelection:
      return core.selection.empty() && !core.selectedLink ? QCoreApplication::translate("canvas", "Select something first.") : QString{};
    case Needs::OneBlock:
      return core.selection.size() == 1 ? QString{} : QCoreApplication::translate("canvas", "Select one block first.");
    case Needs::TwoBlocks:
      return nodes >= 2 ? QString{} : QCoreApplication::translate("canvas", "Select at least two blocks first.");
    case Needs::ThreeBlocks:
      return nodes >= 3 ? QString{} : QCoreApplication::translate("canvas", "Select at least three blocks first.");
    case Needs::Group:
      return std::any_of(core.selection.begin(), core.selection.end(), [&](const auto& id) { return core.document().group(id) != nullptr; })
                 ? QString{}
                 : QCoreApplication::translate("canvas", "Select a group or frame first.");
    case Needs::OpenGroup:
      return core.model.level().empty() ? QCoreApplication::translate("canvas", "No group is open.") : QString{};
  }
  return {};
}

}  // namespace

void ViewCore::makeActions() {
  for (const auto& row : table()) {
    auto* action = new QAction{&view};
    action->setObjectName(QLatin1String{row.name});
    action->setShortcuts(QList<QKeySequence>{row.keys.begin(), row.keys.end()});
    // Keys of the canvas are those of the canvas only: F is a letter elsewhere.
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (*row.icon) action->setIcon(icon(QLatin1String{row.icon}));
    QObject::connect(action, &QAction::triggered, &view, [this, run = row.run] { run(*this); });
    static_cast<QWidget&>(view).addAction(action);
    actions[row.name] = action;
    actionOrder.emplace_back(row.name);
  }
}

void ViewCore::retranslate() {
  for (const auto& row : table()) actions.at(row.name)->setText(QCoreApplication::translate("canvas", row.text));
  view.setAccessibleName(QCoreApplication::translate("canvas", "Canvas"));
  view.setAccessibleDescription(QCoreApplication::translate(
      "canvas", "The pipeline. Arrow keys go from block to block, Alt with them along links, Ctrl with them move what is selected."));
  updateActions();
}

void ViewCore::updateActions() {
  if (actions.empty()) return;
  const auto nodes = fewSelected(*this);
  for (const auto& row : table()) {
    auto* action = actions.at(row.name);
    const auto why = missing(*this, row.needs, nodes);
    action->setEnabled(why.isEmpty());
    const auto text = QCoreApplication::translate("canvas", row.text);
    const auto keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setStatusTip(why.isEmpty() ? text : why);
    action->setToolTip(why.isEmpty() ? (keys.isEmpty() ? text : QCoreApplication::translate("canvas", "%1 (%2)").arg(text, keys))
                                     : QCoreApplication::translate("canvas", "%1: %2").arg(text, why));
  }
}

}  // namespace patchbay::widgets
