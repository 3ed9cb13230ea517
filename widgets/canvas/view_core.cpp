// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/view_core.h"

#include <QCoreApplication>
#include <QTimer>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/canvas/hint_card.h"

namespace patchbay::widgets {

namespace {

/// How much a state matters for the group it is in.
int weight(BlockState state) {
  switch (state) {
    case BlockState::Failed:
      return 7;
    case BlockState::Running:
      return 6;
    case BlockState::NotConfigured:
      return 5;
    case BlockState::Queued:
      return 4;
    case BlockState::Stale:
      return 3;
    case BlockState::Skipped:
      return 2;
    case BlockState::Done:
      return 1;
    case BlockState::Unknown:
      return 0;
  }
  return 0;
}

}  // namespace

ViewCore::ViewCore(CanvasView& theView, edit::Editor& theEditor, const Catalogue& theCatalogue)
    : view{theView},
      editor{theEditor},
      catalogue{theCatalogue},
      model{theCatalogue,
            [this](const std::string& id) {
              const auto* l = look(id);
              return l ? l->height : 0.0;
            }},
      painter{model, [this](const std::string& id) { return look(id); }},
      colours{theView.palette()} {
  camera.ratio = view.devicePixelRatioF();
  camera.originX = camera.originY = -40;
  model.build(document(), {});
  listening_ = editor.listen([this](const edit::Touched& touched) { documentChanged(touched); });
  hint_ = new HintCard{view};
}

ViewCore::~ViewCore() { gesture.reset(); }

// ---- Document -------------------------------------------------------------------------------------------------------

void ViewCore::documentChanged(const edit::Touched& touched) {
  if (touched.all) looks.clear();
  QRectF changed;
  const auto levelBefore = model.level();
  if (gesture && (touched.all || touched.links || !touched.nodes.empty() || !touched.groups.empty() || touched.notes)) endGesture();
  if (model.update(document(), touched, changed)) {
    for (const auto& block : model.blocks())
      if (block.kind == BlockItem::Kind::Group) updateGroupLook(block.id);
    hover = {};
    dirtyAll();
    paintAfterwards();
  } else {
    dirty(changed);
  }
  if (touched.nodes.empty() && touched.groups.empty() && !touched.links && !touched.notes && !touched.all) return;
  selectionMayHaveChanged();
  if (model.level() != levelBefore) Q_EMIT view.levelChanged();
  updateActions();
  if (hint_) static_cast<HintCard*>(hint_.data())->place();
  Q_EMIT view.viewChanged();
}

/// After a change of thousands of blocks the picture of them comes in a turn of its own: between the two the window answers.
void ViewCore::paintAfterwards() {
  constexpr std::size_t many = 1000;
  auto* viewport = view.viewport();
  if (model.blocks().size() < many || !viewport->updatesEnabled()) return;
  viewport->setUpdatesEnabled(false);
  QTimer::singleShot(1, viewport, [viewport] { viewport->setUpdatesEnabled(true); });
}

void ViewCore::rebuild(const std::string& level) {
  endGesture();
  const auto before = model.level();
  model.build(document(), level);
  for (const auto& block : model.blocks())
    if (block.kind == BlockItem::Kind::Group) updateGroupLook(block.id);
  hover = {};
  painter.forgetSprites();
  dirtyAll();
  if (hint_) static_cast<HintCard*>(hint_.data())->place();
  if (model.level() != before) Q_EMIT view.levelChanged();
  Q_EMIT view.viewChanged();
}

void ViewCore::openLevel(const std::string& id) {
  if (id == model.level()) return;
  rebuild(id);
  setSelection({});
  setFocus({});
  fit(model.bounds());
}

bool ViewCore::apply(Text name, std::vector<edit::Change> changes, std::string_view merge) {
  if (changes.empty()) return false;
  const auto done = editor.apply(std::move(name), std::move(changes), merge);
  if (!done) say(widgets::say(done.error()));
  return done.has_value();
}

bool ViewCore::apply(Text name, Result<std::vector<edit::Change>> changes) {
  if (changes) return apply(std::move(name), std::move(*changes));
  say(widgets::say(changes.error()));
  return false;
}

void ViewCore::say(const QString& message) { Q_EMIT view.statusMessage(message); }

bool ViewCore::mayEdit() {
  if (!readOnly) return true;
  say(QCoreApplication::translate("canvas", "This pipeline is open for reading only. Save it under another name to change it."));
  return false;
}

// ---- Selection ------------------------------------------------------------------------------------------------------

void ViewCore::setSelection(std::set<std::string> ids) {
  selectedLink.reset();
  overlayChanged();
  if (ids == selection) {
    updateActions();
    return;
  }
  selection = std::move(ids);
  updateActions();
  Q_EMIT view.selectionChanged();
}

void ViewCore::selectionMayHaveChanged() {
  const auto before = selection.size();
  std::set<std::string> notes;
  for (const auto& note : document().notes()) notes.insert(note["id"].asText());
  std::erase_if(selection,
                [&](const std::string& id) { return !document().node(NodeId{id}) && !document().group(id) && !notes.contains(id); });
  if (!focus.empty() && rectOf(focus).isNull()) focus.clear(), focusPort = -1;
  if (selectedLink && model.linkIndex(selectedLink->first, selectedLink->second) < 0) selectedLink.reset();
  if (selection.size() != before) Q_EMIT view.selectionChanged();
}

std::vector<NodeId> ViewCore::selectedNodes() const {
  std::set<NodeId> out;
  for (const auto& id : selection) {
    if (document().node(NodeId{id})) out.insert(NodeId{id});
    else if (document().group(id))
      for (auto& node : model.nodesOf(id)) out.insert(node);
  }
  return {out.begin(), out.end()};
}

QRectF ViewCore::rectOf(const std::string& id) const {
  if (const int i = model.blockIndex(id); i >= 0) return model.block(i).rect;
  if (const int i = model.frameIndex(id); i >= 0) return model.frames()[static_cast<std::size_t>(i)].rect;
  if (const int i = model.noteIndex(id); i >= 0) return model.notes()[static_cast<std::size_t>(i)].rect;
  return {};
}

// ---- Status ---------------------------------------------------------------------------------------------------------

const StatusLook* ViewCore::look(const std::string& id) const {
  const auto found = looks.find(id);
  return found == looks.end() ? nullptr : &found->second;
}

void ViewCore::setStatus(const std::string& id, const BlockStatus& status) {
  auto& slot = looks[id];
  if (slot.status == status) return;
  slot = layOut(status);
  int index = model.blockIndex(id);
  if (index >= 0) {
    QRectF changed = model.block(index).rect;
    const auto before = changed;
    model.statusChanged(document(), index, changed);
    // Only the lower part, unless the block has grown.
    const auto& item = model.block(index);
    dirty(item.rect == before
              ? QRectF{item.rect.left(), item.rect.top() + item.statusTop, item.rect.width(), item.rect.height() - item.statusTop}.adjusted(
                    -2, -2, 2, 2)
              : changed);
  } else if (index = model.shownAs(NodeId{id}); index >= 0) {
    updateGroupLook(model.block(index).id);
  }
  if (status.state == BlockState::Running && !status.share() && !ringTimer.isActive()) ringTimer.start(60, &view);
}

void ViewCore::turnRings() {
  turn_ = std::fmod(turn_ + 0.04, 1);
  painter.setTurn(turn_);
  bool any = false;
  for (const auto& [id, one] : looks) {
    if (one.status.state != BlockState::Running || one.status.share()) continue;
    any = true;
    if (const int i = model.blockIndex(id); i >= 0)
      dirty(one.light.translated(model.block(i).rect.left(), model.block(i).rect.top() + model.block(i).statusTop));
  }
  if (!any) ringTimer.stop();
}

void ViewCore::relayout() {
  for (auto& [id, one] : looks) one = layOut(BlockStatus{one.status});
  rebuild(model.level());
}

void ViewCore::updateGroupLook(const std::string& group) {
  BlockStatus worst;
  int done = 0, running = 0;
  const auto members = model.nodesOf(group);
  for (const auto& id : members) {
    const auto* inner = look(id.text);
    if (!inner) continue;
    done += inner->status.state == BlockState::Done;
    running += inner->status.state == BlockState::Running;
    if (weight(inner->status.state) > weight(worst.state)) {
      worst.state = inner->status.state;
      worst.reason = inner->status.reason;
      worst.hint = inner->status.hint;
      worst.phase = inner->status.phase;
    }
  }
  if (running > 0) {
    worst.done = done;
    worst.total = static_cast<double>(members.size());
    worst.unit = QCoreApplication::translate("canvas", "blocks");
  }
  if (worst.state == BlockState::Done) worst.reason.clear();
  const auto* before = look(group);
  if (before ? before->status == worst : worst.state == BlockState::Unknown) return;
  looks[group] = layOut(worst);
  if (const int index = model.blockIndex(group); index >= 0) {
    QRectF changed = model.block(index).rect;
    model.statusChanged(document(), index, changed);
    dirty(changed);
  }
}

}  // namespace patchbay::widgets
