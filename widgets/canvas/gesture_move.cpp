// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

MoveGesture::MoveGesture(ViewCore& core, QPointF from, bool duplicate) : Gesture{core}, from_{core.toScene(from)}, duplicate_{duplicate} {}

MoveGesture::~MoveGesture() {
  core_.spliceTarget.reset();
  if (begun_) core_.endMoving();
}

void MoveGesture::begin() {
  begun_ = true;
  ids_ = core_.selection;
  nodes_ = core_.selectedNodes();
  Movers movers;
  movers.copies = duplicate_;
  movers.blocks.assign(core_.model.blocks().size(), false);
  movers.notes.assign(core_.model.notes().size(), false);
  for (const auto& node : nodes_) {
    const int index = core_.model.shownAs(node);
    if (index < 0 || movers.blocks[static_cast<std::size_t>(index)]) continue;
    movers.blocks[static_cast<std::size_t>(index)] = true;
    movers.blockList.push_back(index);
    box_ |= core_.model.block(index).rect;
  }
  for (std::size_t i = 0; i < core_.model.notes().size(); ++i)
    if (ids_.contains(core_.model.notes()[i].id)) {
      movers.notes[i] = true;
      movers.noteList.push_back(static_cast<int>(i));
      box_ |= core_.model.notes()[i].rect;
    }
  for (const auto& id : ids_)
    if (core_.model.frameIndex(id) >= 0) box_ |= core_.rectOf(id);
  std::sort(movers.blockList.begin(), movers.blockList.end());
  std::vector<QRectF> others;
  for (const int i : core_.model.blocksIn(core_.visible()))
    if (duplicate_ || !movers.blocks[static_cast<std::size_t>(i)]) others.push_back(core_.model.block(i).rect);
  snapper_.setOthers(std::move(others));
  core_.beginMoving(std::move(movers));
}

void MoveGesture::move(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  if (!begun_) begin();
  offset_ = core_.toScene(viewport) - from_;
  core_.guides.clear();
  if (!(modifiers & Qt::AltModifier)) {
    auto snapped = snapper_.snap(box_, offset_, 6 / core_.camera.zoom);
    offset_ = snapped.offset;
    for (const auto& guide : snapped.guides) {
      constexpr double over = 12;
      if (guide.vertical) core_.guides.push_back({{guide.at, guide.from - over}, {guide.at, guide.to + over}});
      else core_.guides.push_back({{guide.from - over, guide.at}, {guide.to + over, guide.at}});
    }
  }
  findLink();
  core_.moveTo(offset_);
}

/// The link the only moved block lies on, when it can be put in there and has no links of its own.
void MoveGesture::findLink() {
  const auto before = core_.spliceTarget;
  core_.spliceTarget.reset();
  if (duplicate_ || nodes_.size() != 1 || ids_.size() != 1 || core_.readOnly) return;
  const int index = core_.model.blockIndex(nodes_.front().text);
  if (index < 0 || !core_.model.linksOf(index).empty()) return;
  const auto rect = core_.model.block(index).rect.translated(offset_);
  double nearest = rect.height() / 2;
  const LinkItem* best = nullptr;
  for (const int i : core_.model.linksIn(rect)) {
    const auto& link = core_.model.link(i);
    const auto [distance, where] =
        link.geometry.distance({rect.center().x(), std::clamp(link.geometry.middle().y(), rect.top(), rect.bottom())});
    if (distance < nearest) nearest = distance, best = &link;
  }
  if (!best) return;
  if (before && before->first == best->from && before->second == best->to) {
    core_.spliceTarget = before;  // asked already
  } else if (edit::canSplice(core_.document(), core_.catalogue, nodes_.front(), Link{.from = best->from, .to = best->to})) {
    core_.spliceTarget = {best->from, best->to};
  }
}

/// Blocks let go inside a frame they are not in belong to it from then on.
void MoveGesture::joinFrames(std::vector<edit::Change>& changes, QPointF viewport) const {
  const auto at = core_.toScene(viewport);
  const FrameItem* target = nullptr;
  for (const auto& frame : core_.model.frames()) {  // inner ones come later
    if (ids_.contains(frame.id)) continue;
    auto rect = QRectF{};
    for (const int i : frame.blocks)
      if (!core_.movers.has(i)) rect |= core_.model.block(i).rect;
    if (frame.blocks.empty()) rect = frame.rect;
    else
      rect = rect.isNull() ? QRectF{}
                           : rect.adjusted(-metrics::framePadding, -metrics::framePadding - metrics::frameTitle, metrics::framePadding,
                                           metrics::framePadding);
    if (rect.contains(at)) target = &frame;
  }
  if (!target) return;
  const auto& inside = core_.model.nodesOf(target->id);
  std::vector<std::string> joining;
  for (const auto& id : ids_) {
    const auto nodes = core_.model.nodesOf(id);
    const bool block = core_.document().node(NodeId{id}) != nullptr || core_.document().group(id) != nullptr;
    if (block && !std::all_of(nodes.begin(), nodes.end(),
                              [&](const NodeId& n) { return std::find(inside.begin(), inside.end(), n) != inside.end(); }))
      joining.push_back(id);
  }
  if (joining.empty()) return;
  for (auto& change : edit::moveInto(core_.document(), joining, target->id)) changes.push_back(std::move(change));
}

void MoveGesture::release(QPointF viewport, Qt::KeyboardModifiers modifiers) {
  move(viewport, modifiers);
  if (duplicate_) {
    auto pasted = edit::duplicate(core_.document(), core_.catalogue, {ids_.begin(), ids_.end()}, {offset_.x(), offset_.y()});
    if (!pasted) return core_.say(say(pasted.error()));
    if (core_.apply(TR("canvas", "Duplicate {n} block(s)").count(static_cast<std::int64_t>(nodes_.size())), std::move(pasted->changes)))
      core_.setSelection({pasted->ids.begin(), pasted->ids.end()});
    return;
  }
  if (offset_.isNull()) return;
  auto changes = core_.moves(ids_, offset_);
  auto name = TR("canvas", "Move {n} block(s)").count(static_cast<std::int64_t>(std::max<std::size_t>(1, nodes_.size())));
  if (core_.spliceTarget) {
    auto splice = edit::spliceInto(core_.document(), core_.catalogue, nodes_.front(),
                                   Link{.from = core_.spliceTarget->first, .to = core_.spliceTarget->second});
    if (splice) {
      for (auto& change : *splice) changes.push_back(std::move(change));
      name = TR("canvas", "Put block into link");
    }
  } else {
    joinFrames(changes, viewport);
  }
  core_.apply(std::move(name), std::move(changes));
}

}  // namespace patchbay::widgets
