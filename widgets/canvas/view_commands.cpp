// SPDX-License-Identifier: GPL-3.0-or-later
// What menus and keys do; each is one step of the editor.
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>
#include <QWidget>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/canvas/inline_editor.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

void append(std::vector<edit::Change>& to, std::vector<edit::Change> more) {
  for (auto& change : more) to.push_back(std::move(change));
}

/// Copied blocks as text for other programs and windows, and as they are for this one: reading thousands again would be felt.
class BlocksOnClipboard final : public QMimeData {
 public:
  explicit BlocksOnClipboard(std::shared_ptr<const edit::Copied> blocks) : blocks_{std::move(blocks)} {
    setText(fromUtf8(edit::copyText(*blocks_)));
  }
  const edit::Copied& blocks() const { return *blocks_; }

 private:
  std::shared_ptr<const edit::Copied> blocks_;
};

}  // namespace

// ---- Adding ---------------------------------------------------------------------------------------------------------

void ViewCore::requestAdd(QPointF viewport, std::optional<PortEnd> from) {
  if (!mayEdit()) return;
  addTarget.reset();
  if (!from) {
    const auto what = hit(viewport);
    if (what.kind == Hit::Kind::Link) {
      const auto& link = model.link(what.index);
      addTarget = {link.from, link.to};
    }
  }
  addAt = toScene(viewport);
  Q_EMIT view.addRequested(view.viewport()->mapToGlobal(viewport.toPoint()), addAt, std::move(from));
}

/// Between the two blocks of a link a third one needs room: all that is right of it moves aside. Returns where the block goes.
QPointF ViewCore::makeRoom(const std::pair<PortRef, PortRef>& between, QPointF wish, std::vector<edit::Change>& aside) const {
  const int from = model.shownAs(between.first.node), to = model.shownAs(between.second.node);
  if (from < 0 || to < 0) return wish;
  constexpr double gap = 60;
  const double left = model.block(from).rect.right(), right = model.block(to).rect.left();
  if (right <= left) return wish;
  const double more = onGrid(std::max(0.0, metrics::blockWidth + 2 * gap - (right - left)) + metrics::grid / 2);
  if (metrics::blockWidth + 2 * gap > right - left) {
    std::set<std::string> ids;
    for (const auto& block : model.blocks())
      if (block.kind != BlockItem::Kind::Stub && block.rect.left() >= right) ids.insert(block.id);
    for (const auto& note : model.notes())
      if (note.rect.left() >= right) ids.insert(note.id);
    aside = moves(ids, {more, 0});
    return {left + gap, wish.y()};
  }
  return {std::clamp(wish.x(), left + gap, right - gap - metrics::blockWidth), wish.y()};
}

std::optional<NodeId> ViewCore::addBlock(const std::string& type, QPointF scene, const std::optional<PortEnd>& from) {
  if (!mayEdit()) return std::nullopt;
  // A link that was drawn to here should come in straight.
  const double row = metrics::header + metrics::padding / 2 + metrics::portGap / 2;
  if (from) scene -= from->input ? QPointF{metrics::blockWidth, row} : QPointF{0, row};
  auto target = spliceTarget;
  std::vector<edit::Change> aside;
  if (!target && !from && addTarget && scene == addAt) {
    target = addTarget;
    scene = makeRoom(*target, scene - QPointF{metrics::blockWidth / 2, row}, aside);
  }
  addTarget.reset();
  NodeId id;
  auto changes = edit::addBlock(document(), catalogue, type, {onGrid(scene.x()), onGrid(scene.y())}, &id);
  if (!changes) return say(widgets::say(changes.error())), std::nullopt;
  // Every further part is worked out on the document as it will be then.
  const auto more = [&](auto&& make) {
    const auto sofar = edit::applied(document(), *changes);
    if (sofar) append(*changes, make(*sofar));
  };
  if (!model.level().empty()) more([&](const Document& d) { return edit::moveInto(d, {id.text}, model.level()); });
  if (from) {
    more([&](const Document& d) -> std::vector<edit::Change> {
      for (const auto& port : edit::linkTargets(d, catalogue, from->port, !from->input))
        if (port.node == id)
          if (auto link = from->input ? edit::link(d, catalogue, port, from->port) : edit::link(d, catalogue, from->port, port))
            return std::move(*link);
      return {};
    });
  } else if (target) {
    more([&](const Document& d) -> std::vector<edit::Change> {
      auto splice = edit::spliceInto(d, catalogue, id, Link{.from = target->first, .to = target->second});
      if (!splice) say(QCoreApplication::translate("canvas", "The block does not fit into this link: it was added beside it."));
      return splice ? std::move(*splice) : std::vector<edit::Change>{};
    });
    append(*changes, std::move(aside));
  }
  const auto face = model.faces().known(type);
  if (!apply(TR("canvas", "Add {block}").with("block", toUtf8(face ? face->typeTitle : fromUtf8(type))), std::move(*changes)))
    return std::nullopt;
  setSelection({id.text});
  setFocus(id.text);
  return id;
}

void ViewCore::dropTypeMoved(const std::string& type, QPointF viewport) {
  dropType = type;
  spliceTarget.reset();
  overlayChanged();
  const auto face = model.faces().known(type);
  if (type.empty() || !face) return;
  const double height = metrics::header + metrics::padding + face->rows() * metrics::portGap;
  const auto at = toScene(viewport) - QPointF{metrics::blockWidth / 2, metrics::header / 2};
  dropAt = {onGrid(at.x()), onGrid(at.y())};
  const QRectF box{dropAt, QSizeF{metrics::blockWidth, height}};
  double nearest = height / 2;
  const LinkItem* best = nullptr;
  for (const int i : model.linksIn(box))
    if (const auto distance = model.link(i).geometry.distance(box.center()).first; distance < nearest)
      nearest = distance, best = &model.link(i);
  if (!best) return;
  // By types alone: the block is not in the document yet.
  const auto fits = [&](const std::vector<Port>& ports) {
    return std::any_of(ports.begin(), ports.end(), [&](const Port& p) { return p.type == best->type; });
  };
  if (fits(face->inputs) && fits(face->outputs)) spliceTarget = {best->from, best->to};
}

void ViewCore::addNote(QPointF scene) {
  if (!mayEdit()) return;
  if (!model.level().empty())
    return say(QCoreApplication::translate("canvas", "Notes belong to the whole pipeline. Leave the group first."));
  auto notes = document().notes();
  const auto id = newUlid();
  Value note;
  note["id"] = id;
  note["text"] = "";
  note["pos"] = Value::List{onGrid(scene.x()), onGrid(scene.y())};
  note["size"] = Value::List{metrics::noteWidth, 60.0};
  notes.push_back(std::move(note));
  if (!apply(TR("canvas", "Add note"), {edit::SetNotes{std::move(notes)}})) return;
  setSelection({id});
  editNote(id);
}

// ---- Clipboard ------------------------------------------------------------------------------------------------------

void ViewCore::copy() {
  if (selection.empty()) return;
  QGuiApplication::clipboard()->setMimeData(new BlocksOnClipboard{edit::copyBlocks(document(), selected())});
  say(QCoreApplication::translate("canvas", "Copied. Paste here, in another window or as text anywhere."));
}

void ViewCore::cut() {
  if (!mayEdit() || selection.empty()) return;
  copy();
  removeSelection();
}

void ViewCore::paste() {
  if (!mayEdit()) return;
  const auto* data = QGuiApplication::clipboard()->mimeData();
  const QRectF room{view.viewport()->rect()};
  const auto at = toScene(room.contains(pointer) && view.underMouse() ? pointer : room.center() - QPointF{100, 60});
  if (data && data->hasUrls()) {
    Q_EMIT view.filesDropped(data->urls(), at);
    return;
  }
  const edit::Place place{onGrid(at.x()), onGrid(at.y())};
  const auto* own = dynamic_cast<const BlocksOnClipboard*>(data);
  auto pasted =
      own ? edit::paste(document(), own->blocks(), place) : edit::paste(document(), data ? toUtf8(data->text()) : std::string{}, place);
  if (!pasted) return say(widgets::say(pasted.error()));
  if (!model.level().empty())
    if (const auto after = edit::applied(document(), pasted->changes))
      append(pasted->changes, edit::moveInto(*after, pasted->ids, model.level()));
  if (apply(TR("canvas", "Paste"), std::move(pasted->changes))) setSelection({pasted->ids.begin(), pasted->ids.end()});
}

void ViewCore::duplicate() {
  if (!mayEdit() || selection.empty()) return;
  auto pasted = edit::duplicate(document(), catalogue, selected(), {30, 30});
  if (!pasted) return say(widgets::say(pasted.error()));
  const auto count = static_cast<std::int64_t>(pasted->ids.size());
  if (apply(TR("canvas", "Duplicate {n} block(s)").count(count), std::move(pasted->changes)))
    setSelection({pasted->ids.begin(), pasted->ids.end()});
}

void ViewCore::removeSelection(bool keepLinks) {
  if (!mayEdit()) return;
  if (selectedLink) {
    apply(TR("canvas", "Disconnect"), edit::unlink(selectedLink->first, selectedLink->second));
    return;
  }
  if (selection.empty()) return;
  apply(TR("canvas", "Delete {n} part(s)").count(static_cast<std::int64_t>(selection.size())),
        edit::remove(document(), catalogue, selected(), keepLinks));
}

// ---- Names and notes ------------------------------------------------------------------------------------------------

void ViewCore::editText(const QRectF& scene, const QString& text, bool lines, std::function<void(const QString&)> done) {
  if (editorWidget) delete editorWidget;
  reveal(scene);
  editorWidget = openInlineEditor(view.viewport(), fromScene(scene), text, lines, camera.zoom, std::move(done));
}

void ViewCore::rename() {
  if (!mayEdit()) return;
  auto id = selection.size() == 1 ? *selection.begin() : focus;
  if (id.empty()) return say(QCoreApplication::translate("canvas", "Select one block, frame or group to rename it."));
  if (model.noteIndex(id) >= 0) return editNote(id);
  auto rect = rectOf(id);
  if (rect.isNull()) return;
  rect.setHeight(metrics::header);
  if (const int i = model.blockIndex(id); i >= 0 && model.block(i).kind == BlockItem::Kind::Node) {
    const auto before = model.block(i).title;
    editText(rect, before, false, [this, id, before](const QString& now) {
      // An empty title gives the block back that of its type.
      if (now != before) apply(TR("canvas", "Rename"), {edit::SetTitle{NodeId{id}, toUtf8(now.trimmed())}});
    });
  } else if (const auto* group = document().group(id)) {
    const auto before = sayWritten(group->title);
    editText(rect, before, false, [this, id, before](const QString& now) {
      const auto* old = document().group(id);
      if (!old || now == before) return;
      auto changed = *old;
      changed.title = toUtf8(now.trimmed());
      apply(TR("canvas", "Rename"), {edit::SetGroup{std::move(changed)}});
    });
  }
}

void ViewCore::editNote(const std::string& id) {
  const int index = model.noteIndex(id);
  if (index < 0 || !mayEdit()) return;
  const auto note = model.notes()[static_cast<std::size_t>(index)];
  editText(note.rect, note.text, true, [this, id, before = note.text](const QString& now) {
    if (now == before && !now.isEmpty()) return;
    auto notes = document().notes();
    // A note without a word is no note.
    if (now.trimmed().isEmpty()) std::erase_if(notes, [&](const Value& n) { return n["id"].asText() == id; });
    else
      for (auto& one : notes)
        if (one["id"].asText() == id) one["text"] = toUtf8(now);
    apply(now.trimmed().isEmpty() ? TR("canvas", "Delete note") : TR("canvas", "Write note"), {edit::SetNotes{std::move(notes)}});
  });
}

// ---- Arranging ------------------------------------------------------------------------------------------------------

std::vector<edit::Change> ViewCore::moves(const std::set<std::string>& ids, QPointF by) const {
  std::vector<edit::Change> out;
  std::set<NodeId> nodes;
  bool notes = false;
  for (const auto& id : ids) {
    if (document().node(NodeId{id})) nodes.insert(NodeId{id});
    else if (const auto* group = document().group(id)) {
      for (auto& node : model.nodesOf(id)) nodes.insert(node);
      // A size that a person gave the frame goes along.
      if (auto rect = group->extra["rect"].asList(); rect.size() == 4) {
        auto moved = *group;
        moved.extra["rect"] = Value::List{rect[0].asDouble() + by.x(), rect[1].asDouble() + by.y(), rect[2], rect[3]};
        out.push_back(edit::SetGroup{std::move(moved)});
      }
    } else {
      notes = true;
    }
  }
  for (const auto& id : nodes)
    if (const auto* node = document().node(id)) out.push_back(edit::Move{id, node->x + by.x(), node->y + by.y()});
  if (notes) {
    auto list = document().notes();
    bool any = false;
    for (auto& note : list) {
      if (!ids.contains(note["id"].asText())) continue;
      const auto pos = note["pos"].asList();
      note["pos"] = Value::List{(pos.size() == 2 ? pos[0].asDouble() : 0) + by.x(), (pos.size() == 2 ? pos[1].asDouble() : 0) + by.y()};
      any = true;
    }
    if (any) out.push_back(edit::SetNotes{std::move(list)});
  }
  return out;
}

void ViewCore::moveSelection(QPointF by, bool merge) {
  if (!mayEdit() || selection.empty()) return;
  apply(TR("canvas", "Move {n} block(s)").count(static_cast<std::int64_t>(selection.size())), moves(selection, by),
        merge ? "canvas.keys" : "");
}

std::map<NodeId, edit::Box> ViewCore::boxes(const std::vector<NodeId>& ids) const {
  std::map<NodeId, edit::Box> out;
  for (const auto& id : ids) {
    const auto* node = document().node(id);
    if (!node) continue;
    edit::Box box{node->x, node->y, metrics::blockWidth, metrics::header + 2 * metrics::portGap + metrics::statusLine};
    if (const int i = model.blockIndex(id.text); i >= 0) box.h = model.block(i).rect.height();
    out[id] = box;
  }
  return out;
}

void ViewCore::group(GroupKind kind) {
  if (!mayEdit()) return;
  const auto title = kind == GroupKind::Frame   ? QCoreApplication::translate("canvas", "Frame")
                     : kind == GroupKind::Group ? QCoreApplication::translate("canvas", "Group")
                                                : QCoreApplication::translate("canvas", "For each");
  std::string id;
  const auto name = kind == GroupKind::Frame   ? TR("canvas", "Frame")
                    : kind == GroupKind::Group ? TR("canvas", "Group")
                                               : TR("canvas", "For each");
  if (!apply(name, edit::group(document(), selected(), kind, toUtf8(title), &id))) return;
  setSelection({id});
  setFocus(id);
  if (view.isVisible()) rename();
}

void ViewCore::ungroup() {
  if (!mayEdit()) return;
  std::vector<edit::Change> changes;
  std::set<std::string> members;
  for (const auto& id : selection) {
    const auto* one = document().group(id);
    if (!one) continue;
    members.insert(one->nodes.begin(), one->nodes.end());
    const auto sofar = edit::applied(document(), changes);
    if (!sofar) return say(widgets::say(sofar.error()));
    auto more = edit::ungroup(*sofar, id);
    if (!more) return say(widgets::say(more.error()));
    append(changes, std::move(*more));
  }
  if (changes.empty()) return say(QCoreApplication::translate("canvas", "Select a group or frame to take it apart."));
  if (apply(TR("canvas", "Ungroup"), std::move(changes))) setSelection(std::move(members));
}

void ViewCore::toggle(NodeMode mode) {
  if (!mayEdit()) return;
  apply(mode == NodeMode::Bypass ? TR("canvas", "Bypass") : TR("canvas", "Mute"), edit::toggleMode(document(), selectedNodes(), mode));
}

void ViewCore::align(edit::Align how) {
  if (mayEdit()) apply(TR("canvas", "Align"), edit::align(boxes(selectedNodes()), how));
}

void ViewCore::tidy() {
  if (!mayEdit() || tidying) return;
  std::vector<NodeId> all, shown;
  std::set<NodeId> pinned;
  for (const auto& node : document().nodes()) {
    all.push_back(node.id);
    if (model.blockIndex(node.id.text) >= 0) shown.push_back(node.id);
    if (edit::isPinned(node)) pinned.insert(node.id);
  }
  auto chosen = selectedNodes();
  if (chosen.size() < 2) chosen = shown;
  auto sizes = boxes(all);
  for (const auto& note : model.notes()) sizes[NodeId{note.id}] = {note.rect.x(), note.rect.y(), note.rect.width(), note.rect.height()};
  tidying = true;
  // A large pipeline takes a second: the window goes on answering meanwhile.
  QThreadPool::globalInstance()->start([self = QPointer<CanvasView>{&view}, state = editor.state(), document = document(),
                                        sizes = std::move(sizes), pinned = std::move(pinned), chosen = std::move(chosen)] {
    auto changes = edit::tidy(document, sizes, pinned, chosen);
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, state, changes = std::move(changes)]() mutable {
          if (self) self->core().tidied(state, std::move(changes));
        },
        Qt::QueuedConnection);
  });
}

void ViewCore::tidied(std::uint64_t state, std::vector<edit::Change> changes) {
  tidying = false;
  if (editor.state() != state)
    return say(QCoreApplication::translate("canvas", "The pipeline was changed while it was being tidied up: nothing was moved."));
  if (changes.empty()) return say(QCoreApplication::translate("canvas", "Everything is tidy already."));
  const bool allSeen = visible().contains(model.bounds());
  if (!apply(TR("canvas", "Tidy"), std::move(changes))) return;
  if (allSeen && !visible().contains(model.bounds())) view.fitAll();
}

void ViewCore::togglePinned() {
  if (mayEdit()) apply(TR("canvas", "Keep in place"), edit::togglePinned(document(), selectedNodes()));
}

void ViewCore::selectAll() {
  std::set<std::string> all;
  for (const auto& block : model.blocks())
    if (block.kind != BlockItem::Kind::Stub) all.insert(block.id);
  for (const auto& note : model.notes()) all.insert(note.id);
  for (const auto& frame : model.frames()) all.insert(frame.id);
  setSelection(std::move(all));
}

}  // namespace patchbay::widgets
