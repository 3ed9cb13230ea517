// SPDX-License-Identifier: GPL-3.0-or-later
// Context menus and tooltips.
#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

QString blockTip(const ViewCore& core, const BlockItem& block) {
  QStringList lines;
  const auto* node = core.document().node(NodeId{block.id});
  lines << block.title;
  if (block.kind == BlockItem::Kind::Stub) {
    lines << QCoreApplication::translate("canvas", "Outside of this group. Double-click to go there.");
    return lines.join(QLatin1Char('\n'));
  }
  if (!block.face->known)
    lines << QCoreApplication::translate("canvas", "This block type is not installed: %1. The block is kept as it is and does not run.")
                 .arg(block.face->typeTitle);
  else if (!block.face->summary.isEmpty()) lines << block.face->summary;
  if (block.mode == NodeMode::Bypass) lines << QCoreApplication::translate("canvas", "Bypassed: what comes in goes out unchanged.");
  if (block.pinned) lines << QCoreApplication::translate("canvas", "Kept in place: tidying up does not move this block.");
  if (block.mode == NodeMode::Mute) lines << QCoreApplication::translate("canvas", "Muted: this block and what depends on it do not run.");
  if (const auto* look = core.look(block.id))
    if (const auto said = sayStatus(look->status); !said.isEmpty()) lines << QString{} << said;
  if (node) lines << QString{} << QCoreApplication::translate("canvas", "Name on the command line: %1").arg(fromUtf8(node->name));
  return lines.join(QLatin1Char('\n'));
}

QString portTipText(const ViewCore& core, const BlockItem& block, const PortEnd& end) {
  const Port* port = nullptr;
  for (const auto& one : end.input ? block.face->inputs : block.face->outputs)
    if (block.ref(one) == end.port) port = &one;
  if (!port) return {};
  QStringList lines;
  const auto type = port->type.empty() ? QCoreApplication::translate("canvas", "unknown type") : fromUtf8(port->type);
  lines << (end.input ? QCoreApplication::translate("canvas", "Input %1 (%2)") : QCoreApplication::translate("canvas", "Output %1 (%2)"))
               .arg(port->label, type);
  if (port->inner) {
    if (const auto* node = core.document().node(port->inner->node)) {
      const auto* schema = core.catalogue.find(node->type);
      lines << QCoreApplication::translate("canvas", "Of %1")
                   .arg(node->title.empty() ? (schema ? say(schema->info.title) : fromUtf8(node->name)) : sayWritten(node->title));
    }
  }
  const auto* node = core.document().node(end.port.node);
  const auto* schema = node ? core.catalogue.find(node->type) : nullptr;
  const auto* info = schema ? (end.input ? schema->input(end.port.port) : schema->output(end.port.port)) : nullptr;
  if (info && !info->help.empty()) lines << say(info->help);
  if (port->variadic) lines << QCoreApplication::translate("canvas", "Takes several links.");
  else if (end.input && !port->required) lines << QCoreApplication::translate("canvas", "May stay open.");
  if (core.portTip)
    if (const auto value = core.portTip(end); !value.isEmpty()) lines << QString{} << value;
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString ViewCore::tip(const Hit& what) const {
  switch (what.kind) {
    case Hit::Kind::Block:
    case Hit::Kind::Details:
      return blockTip(*this, model.block(what.index));
    case Hit::Kind::Port:
      return portTipText(*this, model.block(what.index), what.port);
    case Hit::Kind::Link: {
      const auto& link = model.link(what.index);
      const auto value = portTip ? portTip({link.from, false}) : QString{};
      const auto ends =
          QCoreApplication::translate("canvas", "%1 to %2").arg(model.block(link.fromBlock).title, model.block(link.toBlock).title);
      return value.isEmpty() ? ends : ends + QLatin1Char('\n') + value;
    }
    case Hit::Kind::Frame: {
      const auto& frame = model.frames()[static_cast<std::size_t>(what.index)];
      return frame.kind == GroupKind::ForEach
                 ? QCoreApplication::translate("canvas", "Runs once for each combination of these values.\n%1").arg(frame.axes)
                 : frame.title;
    }
    default:
      return {};
  }
}

void ViewCore::contextMenu(QPointF viewport, QPoint global, bool keyboard) {
  Hit what;
  if (!keyboard) what = hit(viewport);
  else if (const int b = model.blockIndex(focus); b >= 0) what = {.kind = Hit::Kind::Block, .index = b};
  else if (const int n = model.noteIndex(focus); n >= 0) what = {.kind = Hit::Kind::Note, .index = n};
  else if (const int f = model.frameIndex(focus); f >= 0) what = {.kind = Hit::Kind::Frame, .index = f};

  auto* menu = new QMenu{&view};
  menu->setObjectName(QStringLiteral("canvas.menu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setToolTipsVisible(true);
  const auto put = [&](std::initializer_list<const char*> names) {
    for (const auto* name : names) {
      if (*name) menu->addAction(actions.at(name));
      else menu->addSeparator();
    }
  };
  const auto choose = [&](const std::string& id) {
    if (!selection.contains(id)) setSelection({id});
    setFocus(id);
  };
  switch (what.kind) {
    case Hit::Kind::Block:
    case Hit::Kind::Details:
    case Hit::Kind::Port: {
      const auto& block = model.block(what.index);
      if (block.kind == BlockItem::Kind::Stub) {
        put({"canvas.leave-group"});
        break;
      }
      choose(block.id);
      put({"canvas.run-to", "canvas.details", "", "canvas.link", "canvas.rename", "canvas.bypass", "canvas.mute", "canvas.pin", ""});
      if (block.kind == BlockItem::Kind::Group) {
        auto* open = menu->addAction(QCoreApplication::translate("canvas", "Open group"));
        open->setObjectName(QStringLiteral("canvas.open-group"));
        QObject::connect(open, &QAction::triggered, &view, [this, id = block.id] { view.openGroup(id); });
        put({"canvas.ungroup"});
      }
      put({"canvas.frame", "canvas.group", "canvas.for-each"});
      const bool inside = std::any_of(model.frames().begin(), model.frames().end(), [&](const auto& frame) {
        return std::find(frame.blocks.begin(), frame.blocks.end(), what.index) != frame.blocks.end();
      });
      if (inside && !readOnly) {
        auto* out = menu->addAction(QCoreApplication::translate("canvas", "Take out of frame"));
        out->setObjectName(QStringLiteral("canvas.leave-frame"));
        QObject::connect(out, &QAction::triggered, &view,
                         [this] { apply(TR("canvas", "Take out of frame"), edit::moveInto(document(), selected(), model.level())); });
      }
      if (selectedNodes().size() > 1) {
        auto* sub = menu->addMenu(QCoreApplication::translate("canvas", "Align"));
        for (const auto* name : {"canvas.align-left", "canvas.align-right", "canvas.align-top", "canvas.align-bottom",
                                 "canvas.align-centre-x", "canvas.align-centre-y", "canvas.spread-x", "canvas.spread-y", "canvas.tidy"})
          sub->addAction(actions.at(name));
      }
      put({"", "canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.delete", "", "canvas.help"});
      break;
    }
    case Hit::Kind::Link: {
      const auto link = model.link(what.index);
      setSelection({});
      selectedLink = {link.from, link.to};
      overlayChanged();
      auto* cut = menu->addAction(QCoreApplication::translate("canvas", "Disconnect"));
      cut->setObjectName(QStringLiteral("canvas.disconnect"));
      cut->setEnabled(!readOnly);
      QObject::connect(cut, &QAction::triggered, &view,
                       [this, link] { apply(TR("canvas", "Disconnect"), edit::unlink(link.from, link.to)); });
      break;
    }
    case Hit::Kind::Frame:
    case Hit::Kind::FrameCorner:
      choose(model.frames()[static_cast<std::size_t>(what.index)].id);
      put({"canvas.rename", "canvas.ungroup", "", "canvas.copy", "canvas.duplicate", "canvas.delete", "", "canvas.fit"});
      break;
    case Hit::Kind::Note:
    case Hit::Kind::NoteCorner:
      choose(model.notes()[static_cast<std::size_t>(what.index)].id);
      put({"canvas.rename", "", "canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.delete"});
      break;
    case Hit::Kind::Nothing:
      pointer = viewport;
      put({"canvas.add", "canvas.note", "canvas.paste", "", "canvas.select-all", "canvas.tidy", "", "canvas.fit-all", "canvas.zoom-actual",
           "canvas.leave-group"});
      break;
  }
  menu->popup(global);
}

}  // namespace patchbay::widgets
