// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_model.h"

#include <QCoreApplication>
#include <algorithm>

#include "engine/edit/operations.h"
#include "widgets/base/say.h"
#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {

namespace {

/// The number of "probe_2", so that blocks without a title of their own can be told apart.
QString numberOf(const std::string& name) {
  const auto at = name.rfind('_');
  if (at == std::string::npos || at + 1 == name.size() || name.find_first_not_of("0123456789", at + 1) != std::string::npos) return {};
  return QString::fromStdString(name.substr(at + 1));
}

}  // namespace

QString blockTitle(const Node& node, const Face& face) {
  if (!node.title.empty()) return sayWritten(node.title);
  const auto number = numberOf(node.name);
  return number.isEmpty() ? face.typeTitle : QCoreApplication::translate("canvas", "%1 %2").arg(face.typeTitle, number);
}

QPointF BlockItem::port(bool input, int index) const {
  const double x = input ? rect.left() : rect.right();
  if (kind == Kind::Stub) return {x, rect.center().y()};
  return {x, rect.top() + metrics::header + metrics::padding / 2 + (index + 0.5) * metrics::portGap};
}

bool BlockItem::sameAs(const BlockItem& o) const {
  return id == o.id && kind == o.kind && title == o.title && type == o.type && mode == o.mode && pinned == o.pinned && rect == o.rect &&
         statusTop == o.statusTop && linkedIn == o.linkedIn && linkedOut == o.linkedOut && subtitle == o.subtitle && *face == *o.face;
}

CanvasModel::CanvasModel(const Catalogue& catalogue, StatusHeight statusHeight)
    : faces_{catalogue}, statusHeight_{std::move(statusHeight)} {}

void CanvasModel::build(const Document& document, const std::string& level) {
  level_ = level;
  blocks_.clear();
  links_.clear();
  byId_.clear();
  shownAs_.clear();
  readGroups(document);
  if (!level_.empty() && (!kinds_.contains(level_) || kinds_[level_] != GroupKind::Group)) level_.clear();
  path_ = level_.empty() ? std::vector<std::string>{} : groupsAround(level_);
  if (!level_.empty()) path_.push_back(level_);

  std::unordered_map<std::string, std::vector<const Link*>> touching;
  for (const auto& link : document.links()) {
    for (const auto* end : {&link.from, &link.to})
      if (const auto* node = document.node(end->node); node && !faces_.known(node->type)) touching[end->node.text].push_back(&link);
  }
  blocks_.reserve(document.nodes().size());
  for (const auto& node : document.nodes()) {
    const auto around = groupsAround(node.id.text);
    const auto open = std::find(around.begin(), around.end(), level_);
    if (!level_.empty() && open == around.end()) continue;
    const auto next = level_.empty() ? around.begin() : open + 1;
    if (next == around.end()) addNode(node, touching[node.id.text]);
    else shownAs_[node.id.text] = *next;
  }
  for (const auto& group : document.groups()) {
    if (group.kind != GroupKind::Group) continue;
    const auto around = groupsAround(group.id);
    if ((around.empty() ? std::string{} : around.back()) == level_) addGroup(document, group);
  }
  addLinks(document);
  placeStubs();
  readFrames(document);
  readNotes(document);
  reindex();
}

void CanvasModel::readGroups(const Document& document) {
  parents_.clear();
  kinds_.clear();
  members_.clear();
  storedFrames_.clear();
  for (const auto& group : document.groups()) {
    kinds_[group.id] = group.kind;
    // As everywhere: a block is in the first group that lists it.
    for (const auto& member : group.nodes)
      if (auto& parents = parents_[member]; parents.empty()) parents.push_back(group.id);
    if (const auto& r = group.extra["rect"].asList(); r.size() == 4)
      storedFrames_[group.id] = {r[0].asDouble(), r[1].asDouble(), std::max(80.0, r[2].asDouble()), std::max(60.0, r[3].asDouble())};
  }
  for (const auto& group : document.groups()) {
    // Depth first, each group once: a file may hold groups that contain each other.
    std::set<std::string> seen{group.id};
    std::vector<const Group*> open{&group};
    auto& nodes = members_[group.id];
    std::set<std::string> taken;
    while (!open.empty()) {
      const auto* one = open.back();
      open.pop_back();
      for (const auto& member : one->nodes) {
        if (const auto* inner = document.group(member)) {
          if (seen.insert(member).second) open.push_back(inner);
        } else if (document.node(NodeId{member}) && taken.insert(member).second) {
          nodes.push_back(NodeId{member});
        }
      }
    }
    std::sort(nodes.begin(), nodes.end());
  }
}

std::vector<std::string> CanvasModel::groupsAround(const std::string& id) const {
  std::vector<std::string> out;
  if (!parents_.contains(id)) return out;
  std::set<std::string> seen{id};
  std::vector<std::string> open{id};
  while (!open.empty()) {
    const auto one = open.back();
    open.pop_back();
    const auto found = parents_.find(one);
    if (found == parents_.end()) continue;
    for (const auto& parent : found->second)
      if (seen.insert(parent).second) {
        open.push_back(parent);
        if (kinds_.at(parent) == GroupKind::Group) out.push_back(parent);
      }
  }
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    const auto x = members_.at(a).size(), y = members_.at(b).size();
    if (x != y) return x > y;
    // Groups of the same blocks: the one that is listed in the other is the inner one.
    const auto inside = parents_.find(b);
    const bool within = inside != parents_.end() && std::find(inside->second.begin(), inside->second.end(), a) != inside->second.end();
    const auto other = parents_.find(a);
    const bool around = other != parents_.end() && std::find(other->second.begin(), other->second.end(), b) != other->second.end();
    return within != around ? within : a < b;
  });
  return out;
}

void CanvasModel::place(BlockItem& block, QPointF topLeft) const {
  if (block.kind == BlockItem::Kind::Stub) {
    block.rect = {topLeft, QSizeF{metrics::stubWidth, metrics::stubHeight}};
    return;
  }
  const int rows = block.face->rows();
  block.statusTop = metrics::header + (rows > 0 ? rows * metrics::portGap + metrics::padding : metrics::padding);
  block.rect = {topLeft, QSizeF{metrics::blockWidth, block.statusTop + statusHeight_(block.id)}};
}

void CanvasModel::addNode(const Node& node, const std::vector<const Link*>& links) {
  BlockItem item;
  item.id = node.id.text;
  item.type = node.type;
  item.face = faces_.known(node.type);
  if (!item.face) item.face = Faces::placeholder(node, links);
  item.title = blockTitle(node, *item.face);
  item.mode = node.mode;
  item.pinned = edit::isPinned(node);
  place(item, {node.x, node.y});
  byId_.emplace(item.id, static_cast<int>(blocks_.size()));
  blocks_.push_back(std::move(item));
}

QPointF CanvasModel::groupCorner(const Document& document, const std::string& group) const {
  QPointF corner{1e300, 1e300};
  for (const auto& id : members_.at(group))
    if (const auto* node = document.node(id)) corner = {std::min(corner.x(), node->x), std::min(corner.y(), node->y)};
  return corner.x() < 1e300 ? corner : QPointF{};
}

void CanvasModel::addGroup(const Document& document, const Group& group) {
  BlockItem item;
  item.id = group.id;
  item.kind = BlockItem::Kind::Group;
  item.title = group.title.empty() ? QCoreApplication::translate("canvas", "Group") : sayWritten(group.title);
  const auto& members = members_.at(group.id);
  const auto count = static_cast<int>(members.size());
  item.subtitle = QCoreApplication::translate("canvas", "%n block(s)", nullptr, count);
  const auto inside = [&](const NodeId& id) { return std::binary_search(members.begin(), members.end(), id); };

  // The outer ports: what crosses the border, and what inside is still open.
  std::set<PortRef> crossingIn, crossingOut, linkedIn, linkedOut;
  for (const auto& link : document.links()) {
    const bool from = inside(link.from.node), to = inside(link.to.node);
    if (from) linkedOut.insert(link.from);
    if (to) linkedIn.insert(link.to);
    if (from && !to) crossingOut.insert(link.from);
    if (to && !from) crossingIn.insert(link.to);
  }
  auto face = std::make_shared<Face>();
  face->typeTitle = QCoreApplication::translate("canvas", "Group");
  for (const auto& node : document.nodes()) {
    if (!inside(node.id)) continue;
    const auto inner = faces_.known(node.type);
    if (!inner) continue;
    for (const auto& port : inner->inputs) {
      const PortRef ref{node.id, port.key};
      if (!crossingIn.contains(ref) && (linkedIn.contains(ref) || !port.required)) continue;
      face->inputs.push_back(port);
      face->inputs.back().inner = ref;
    }
    for (const auto& port : inner->outputs) {
      const PortRef ref{node.id, port.key};
      if (!crossingOut.contains(ref) && linkedOut.contains(ref)) continue;
      face->outputs.push_back(port);
      face->outputs.back().inner = ref;
    }
  }
  item.face = face;
  place(item, groupCorner(document, group.id));
  byId_.emplace(item.id, static_cast<int>(blocks_.size()));
  blocks_.push_back(std::move(item));
}

int CanvasModel::stub(const Document& document, const PortRef& outside, bool input) {
  const auto id = "stub:" + std::string{input ? "in:" : "out:"} + outside.node.text + "." + outside.port;
  if (const auto found = byId_.find(id); found != byId_.end()) return found->second;
  const auto* node = document.node(outside.node);
  BlockItem item;
  item.id = id;
  item.kind = BlockItem::Kind::Stub;
  auto face = std::make_shared<Face>();
  const auto inner = node ? faces_.known(node->type) : nullptr;
  const auto* port = inner ? inner->find(outside.port, input) : nullptr;
  Port shown = port ? *port : Port{.key = outside.port, .label = fromUtf8(outside.port), .input = input};
  shown.inner = outside;
  const auto owner = node && inner ? blockTitle(*node, *inner) : node ? fromUtf8(node->name) : QString{};
  item.title = QCoreApplication::translate("canvas", "%1: %2").arg(owner, shown.label);
  (input ? face->inputs : face->outputs).push_back(shown);
  item.face = face;
  const int index = static_cast<int>(blocks_.size());
  byId_.emplace(id, index);
  blocks_.push_back(std::move(item));
  return index;
}

void CanvasModel::addLinks(const Document& document) {
  links_.reserve(document.links().size());
  // A collapsed group's ports, by the port inside that they stand for.
  const auto portOf = [&](int block, const PortRef& ref, bool input) {
    const auto& item = this->block(block);
    if (item.kind == BlockItem::Kind::Node) return item.face->index(ref.port, input);
    const auto& ports = input ? item.face->inputs : item.face->outputs;
    for (std::size_t i = 0; i < ports.size(); ++i)
      if (ports[i].inner == ref) return static_cast<int>(i);
    return -1;
  };
  for (const auto& link : document.links()) {
    int from = shownAs(link.from.node), to = shownAs(link.to.node);
    if (from < 0 && to < 0) continue;
    if (from == to && block(from).kind == BlockItem::Kind::Group) continue;
    if (from < 0) from = stub(document, link.from, false);
    if (to < 0) to = stub(document, link.to, true);
    LinkItem item{.from = link.from, .to = link.to, .fromBlock = from, .toBlock = to};
    item.fromPort = portOf(from, link.from, false);
    item.toPort = portOf(to, link.to, true);
    // A port the type no longer has: the link is kept and drawn at the first place, as nothing may be lost silently.
    const auto& outputs = block(from).face->outputs;
    if (item.fromPort >= 0) item.type = outputs[static_cast<std::size_t>(item.fromPort)].type;
    else if (item.toPort >= 0) item.type = block(to).face->inputs[static_cast<std::size_t>(item.toPort)].type;
    links_.push_back(std::move(item));
  }
}

void CanvasModel::placeStubs() {
  if (level_.empty()) return;
  QRectF inner;
  for (const auto& block : blocks_)
    if (block.kind != BlockItem::Kind::Stub) inner |= block.rect;
  // Beside the first port that each one is linked to, below one another where they would meet.
  std::vector<std::pair<double, int>> left, right;
  std::set<int> placed;
  for (const auto& link : links_) {
    const auto &from = block(link.fromBlock), &to = block(link.toBlock);
    if (from.kind == BlockItem::Kind::Stub && placed.insert(link.fromBlock).second)
      left.emplace_back(to.port(true, std::max(0, link.toPort)).y(), link.fromBlock);
    if (to.kind == BlockItem::Kind::Stub && placed.insert(link.toBlock).second)
      right.emplace_back(from.port(false, std::max(0, link.fromPort)).y(), link.toBlock);
  }
  const auto stack = [&](std::vector<std::pair<double, int>>& side, double x) {
    std::sort(side.begin(), side.end());
    double y = -1e300;
    for (const auto& [wish, index] : side) {
      y = std::max(y, wish - metrics::stubHeight / 2);
      place(blocks_[static_cast<std::size_t>(index)], {x, y});
      y += metrics::stubHeight + 10;
    }
  };
  stack(left, inner.left() - metrics::stubWidth - 80);
  stack(right, inner.right() + 80);
}

}  // namespace patchbay::widgets
