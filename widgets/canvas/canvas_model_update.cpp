// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the model that follows single steps, and what finds things in it.
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <algorithm>

#include "engine/edit/operations.h"
#include "engine/graph/loops.h"
#include "widgets/base/say.h"
#include "widgets/canvas/canvas_model.h"
#include "widgets/canvas/geometry.h"
#include "widgets/canvas/link_router.h"
#include "widgets/canvas/status_look.h"

namespace patchbay::widgets {

namespace {

QRectF withShadow(const QRectF& r) { return r.adjusted(-metrics::shadow, -metrics::shadow, metrics::shadow, metrics::shadow); }

/// "C: 0.01, 0.1, 1"
QString sayAxes(const Group& group) {
  QStringList axes;
  for (const auto& axis : group.axes) {
    QStringList values;
    if (axis.count) {
      values << QLocale{}.toString(static_cast<qint64>(*axis.count)) + QStringLiteral("×");
    } else {
      for (const auto& value : axis.values) {
        if (values.size() == 6) {
          values << QStringLiteral("…");
          break;
        }
        values << fromUtf8(value.isText() ? value.asText() : toJson(value));
      }
    }
    axes << QCoreApplication::translate("canvas", "%1: %2").arg(fromUtf8(axis.name), values.join(QStringLiteral(", ")));
  }
  return axes.join(QStringLiteral("   "));
}

}  // namespace

QStringList noteLines(const QString& text, double width) {
  QStringList lines;
  const auto font = noteFont();
  for (const auto& paragraph : text.split(QLatin1Char('\n'))) {
    if (paragraph.isEmpty()) lines << QString{};
    else lines << wrap(paragraph, font, width - 2 * metrics::notePadding, 1000);
  }
  return lines;
}

void CanvasModel::readFrames(const Document& document) {
  frames_.clear();
  for (const auto& group : document.groups()) {
    if (group.kind == GroupKind::Group) continue;
    const auto around = groupsAround(group.id);
    if ((around.empty() ? std::string{} : around.back()) != level_) continue;
    FrameItem frame;
    frame.id = group.id;
    frame.kind = group.kind;
    frame.title = sayWritten(group.title);
    if (group.kind == GroupKind::ForEach) frame.axes = sayAxes(group);
    for (const auto& id : members_.at(group.id))
      if (const int index = shownAs(id); index >= 0) frame.blocks.push_back(index);
    std::sort(frame.blocks.begin(), frame.blocks.end());
    frame.blocks.erase(std::unique(frame.blocks.begin(), frame.blocks.end()), frame.blocks.end());
    frames_.push_back(std::move(frame));
  }
  // Outer ones are drawn first and lie under the inner ones.
  std::stable_sort(frames_.begin(), frames_.end(), [](const auto& a, const auto& b) { return a.blocks.size() > b.blocks.size(); });
  placeFrames(document);
}

void CanvasModel::placeFrames(const Document& document) {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    QRectF inner;
    for (const int index : frame->blocks) inner |= block(index).rect;
    if (const auto* group = document.group(frame->id))
      for (const auto& member : group->nodes)
        if (const int index = frameIndex(member); index >= 0) inner |= frames_[static_cast<std::size_t>(index)].rect;
    if (!inner.isNull())
      inner.adjust(-metrics::framePadding, -metrics::framePadding - metrics::frameTitle, metrics::framePadding, metrics::framePadding);
    if (const auto stored = storedFrames_.find(frame->id); stored != storedFrames_.end()) inner |= stored->second;
    frame->rect = inner;
  }
}

void CanvasModel::readNotes(const Document& document) {
  notes_.clear();
  if (!level_.empty()) return;
  for (const auto& note : document.notes()) {
    NoteItem item;
    item.id = note["id"].asText();
    item.text = sayWritten(note["text"].asText());
    const auto &pos = note["pos"].asList(), &size = note["size"].asList();
    const QPointF at = pos.size() == 2 ? QPointF{pos[0].asDouble(), pos[1].asDouble()} : QPointF{};
    const double width = size.size() == 2 ? std::max(80.0, size[0].asDouble()) : metrics::noteWidth;
    const double least = size.size() == 2 ? std::max(30.0, size[1].asDouble()) : 0;
    const double height = static_cast<double>(noteLines(item.text, width).size()) * noteLine + 2 * metrics::notePadding;
    item.rect = {at, QSizeF{width, std::max(least, height)}};
    notes_.push_back(std::move(item));
  }
}

void CanvasModel::reindex() {
  blockGrid_.clear();
  linkGrid_.clear();
  corridorGrid_.clear();
  corridors_.assign(links_.size(), {});
  toRoute_.clear();
  linksOf_.assign(blocks_.size(), {});
  for (auto& block : blocks_) {
    block.linkedIn.assign(block.face->inputs.size(), false);
    block.linkedOut.assign(block.face->outputs.size(), false);
  }
  for (std::size_t i = 0; i < blocks_.size(); ++i) blockGrid_.insert(static_cast<int>(i), withShadow(blocks_[i].rect));
  for (std::size_t i = 0; i < links_.size(); ++i) {
    auto& link = links_[i];
    auto &from = blocks_[static_cast<std::size_t>(link.fromBlock)], &to = blocks_[static_cast<std::size_t>(link.toBlock)];
    if (link.fromPort >= 0) from.linkedOut[static_cast<std::size_t>(link.fromPort)] = true;
    if (link.toPort >= 0) to.linkedIn[static_cast<std::size_t>(link.toPort)] = true;
    link.geometry = geometryOf(link);
    linkGrid_.insert(static_cast<int>(i), link.geometry.bounds());
    corridors_[i] = corridorOf(link);
    if (!corridors_[i].isNull()) corridorGrid_.insert(static_cast<int>(i), corridors_[i]);
    linksOf_[static_cast<std::size_t>(link.fromBlock)].push_back(static_cast<int>(i));
    if (link.toBlock != link.fromBlock) linksOf_[static_cast<std::size_t>(link.toBlock)].push_back(static_cast<int>(i));
  }
}

void CanvasModel::moveBlock(int index, QPointF topLeft, QRectF& changed) {
  auto& item = blocks_[static_cast<std::size_t>(index)];
  const auto before = item.rect;
  place(item, topLeft);
  changed |= withShadow(before) | withShadow(item.rect);
  if (item.rect == before) return;
  blockGrid_.remove(index, withShadow(before));
  blockGrid_.insert(index, withShadow(item.rect));
  toRoute_.insert(toRoute_.end(), linksOf(index).begin(), linksOf(index).end());
  for (const auto& place : {before, item.rect})
    for (const int n : corridorGrid_.find(place))
      if (corridors_[static_cast<std::size_t>(n)].intersects(place)) toRoute_.push_back(n);
}

QRectF CanvasModel::corridorOf(const LinkItem& link) const {
  return corridor(block(link.fromBlock).port(false, std::max(0, link.fromPort)), block(link.toBlock).port(true, std::max(0, link.toPort)));
}

LinkGeometry CanvasModel::geometryOf(const LinkItem& link) const {
  const auto from = block(link.fromBlock).port(false, std::max(0, link.fromPort)),
             to = block(link.toBlock).port(true, std::max(0, link.toPort));
  const LinkGeometry plain{from, to};
  const auto room = corridor(from, to);
  if (room.isNull()) return plain;
  const auto blocksOn = [&](const QRectF& rect, auto&& test) {
    std::vector<QRectF> out;
    for (const int i : blockGrid_.find(rect))
      if (i != link.fromBlock && i != link.toBlock && block(i).rect.intersects(rect) && test(block(i).rect)) out.push_back(block(i).rect);
    return out;
  };
  const int spread = (std::max(0, link.fromPort) + 2 * std::max(0, link.toPort)) % 3;
  if (runsBack(from, to))
    return routeBack(from, to, block(link.fromBlock).rect, block(link.toBlock).rect, blocksOn(room, [](const QRectF&) { return true; }),
                     spread);
  // Most links are free: of them only what is near is looked at.
  if (blocksOn(plain.bounds().adjusted(-8, -8, 8, 8), [&](const QRectF& r) { return plain.crosses(r.adjusted(-8, -8, 8, 8)); }).empty())
    return plain;
  return route(from, to, blocksOn(room, [](const QRectF&) { return true; }), spread);
}

void CanvasModel::routeAgain(QRectF& changed) {
  std::sort(toRoute_.begin(), toRoute_.end());
  toRoute_.erase(std::unique(toRoute_.begin(), toRoute_.end()), toRoute_.end());
  for (const int n : toRoute_) {
    auto& link = links_[static_cast<std::size_t>(n)];
    auto now = geometryOf(link);
    if (now == link.geometry) continue;
    changed |= link.geometry.bounds() | now.bounds();
    linkGrid_.remove(n, link.geometry.bounds());
    link.geometry = now;
    linkGrid_.insert(n, link.geometry.bounds());
    auto& room = corridors_[static_cast<std::size_t>(n)];
    if (!room.isNull()) corridorGrid_.remove(n, room);
    room = corridorOf(link);
    if (!room.isNull()) corridorGrid_.insert(n, room);
  }
  toRoute_.clear();
}

bool CanvasModel::update(const Document& document, const edit::Touched& touched, QRectF& changed) {
  bool anew = touched.all || touched.links || !touched.groups.empty() || touched.nodes.size() > blocks_.size() / 3 + 50;
  // Stubs are placed by what is linked to them; the few blocks of an open group are built quickly.
  anew = anew || (!level_.empty() && !touched.nodes.empty());
  for (const auto& id : touched.nodes) {
    if (anew) break;
    anew = (document.node(id) != nullptr) != (byId_.contains(id.text) || shownAs_.contains(id.text));
  }
  if (anew) {
    build(document, level_);
    return true;
  }
  const auto framesBefore = frames_;
  for (const auto& id : touched.nodes) {
    const auto& node = *document.node(id);
    if (const auto group = shownAs_.find(id.text); group != shownAs_.end()) {
      moveBlock(byId_.at(group->second), groupCorner(document, group->second), changed);
      continue;
    }
    const int index = byId_.at(id.text);
    auto& item = blocks_[static_cast<std::size_t>(index)];
    item.title = blockTitle(node, *item.face);
    item.mode = node.mode;
    item.pinned = edit::isPinned(node);
    moveBlock(index, {node.x, node.y}, changed);
  }
  routeAgain(changed);
  if (!touched.nodes.empty()) placeFrames(document);
  for (std::size_t i = 0; i < frames_.size(); ++i)
    if (frames_[i].rect != framesBefore[i].rect) changed |= frames_[i].rect | framesBefore[i].rect;
  if (touched.notes) {
    for (const auto& note : notes_) changed |= withShadow(note.rect);
    readNotes(document);
    for (const auto& note : notes_) changed |= withShadow(note.rect);
  }
  return false;
}

void CanvasModel::statusChanged(const Document& document, int index, QRectF& changed) {
  const auto before = block(index).rect;
  moveBlock(index, before.topLeft(), changed);
  routeAgain(changed);
  if (block(index).rect == before) return;
  const auto framesBefore = frames_;
  placeFrames(document);
  for (std::size_t i = 0; i < frames_.size(); ++i)
    if (frames_[i].rect != framesBefore[i].rect) changed |= frames_[i].rect | framesBefore[i].rect;
}

int CanvasModel::blockIndex(const std::string& id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? -1 : found->second;
}

int CanvasModel::frameIndex(const std::string& id) const {
  for (std::size_t i = 0; i < frames_.size(); ++i)
    if (frames_[i].id == id) return static_cast<int>(i);
  return -1;
}

int CanvasModel::noteIndex(const std::string& id) const {
  for (std::size_t i = 0; i < notes_.size(); ++i)
    if (notes_[i].id == id) return static_cast<int>(i);
  return -1;
}

int CanvasModel::shownAs(const NodeId& node) const {
  if (const auto group = shownAs_.find(node.text); group != shownAs_.end()) return blockIndex(group->second);
  return blockIndex(node.text);
}

int CanvasModel::linkIndex(const PortRef& from, const PortRef& to) const {
  const int block = shownAs(from.node);
  if (block < 0) {
    for (std::size_t i = 0; i < links_.size(); ++i)
      if (links_[i].from == from && links_[i].to == to) return static_cast<int>(i);
    return -1;
  }
  for (const int i : linksOf(block))
    if (link(i).from == from && link(i).to == to) return i;
  return -1;
}

std::vector<NodeId> CanvasModel::nodesOf(const std::string& id) const {
  if (const auto found = members_.find(id); found != members_.end()) return found->second;
  return {NodeId{id}};
}

std::vector<int> CanvasModel::blocksIn(const QRectF& rect) const {
  auto out = blockGrid_.find(rect);
  std::erase_if(out, [&](int i) { return !withShadow(block(i).rect).intersects(rect); });
  return out;
}

std::vector<int> CanvasModel::linksIn(const QRectF& rect) const {
  auto out = linkGrid_.find(rect);
  std::erase_if(out, [&](int i) { return !link(i).geometry.bounds().intersects(rect); });
  return out;
}

QRectF CanvasModel::bounds() const {
  QRectF all;
  for (const auto& block : blocks_) all |= block.rect;
  for (const auto& frame : frames_) all |= frame.rect;
  for (const auto& note : notes_) all |= note.rect;
  return all;
}

bool CanvasModel::sameAs(const CanvasModel& o) const {
  if (level_ != o.level_ || path_ != o.path_ || links_ != o.links_ || frames_ != o.frames_ || notes_ != o.notes_ ||
      blocks_.size() != o.blocks_.size() || linksOf_ != o.linksOf_ || byId_ != o.byId_ || shownAs_ != o.shownAs_)
    return false;
  for (std::size_t i = 0; i < blocks_.size(); ++i)
    if (!blocks_[i].sameAs(o.blocks_[i])) return false;
  const auto everything = bounds().adjusted(-1000, -1000, 1000, 1000);
  return blocksIn(everything) == o.blocksIn(everything) && linksIn(everything) == o.linksIn(everything);
}

}  // namespace patchbay::widgets
