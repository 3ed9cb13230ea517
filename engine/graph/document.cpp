// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/document.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/block/schema.h"

namespace patchbay {
namespace {

template <class T>
void insertAt(std::vector<T>& list, T value, std::size_t at) {
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(std::min(at, list.size())), std::move(value));
}

tl::unexpected<Error> noSuch(Text what, std::string_view id) {
  return fail(ErrorKind::NotFound, "graph.missing", std::move(what), TR("graph", "It may have been removed in the meantime; look again."),
              std::string{id});
}

tl::unexpected<Error> taken(Text what) {
  return fail(ErrorKind::BadInput, "graph.taken", std::move(what), TR("graph", "Choose another one."));
}

}  // namespace

std::string_view toString(NodeMode mode) {
  constexpr std::string_view names[] = {"normal", "bypass", "mute"};
  return names[static_cast<std::size_t>(mode)];
}

std::string_view toString(GroupKind kind) {
  constexpr std::string_view names[] = {"frame", "group", "for-each"};
  return names[static_cast<std::size_t>(kind)];
}

bool isUsableName(std::string_view name) {
  if (name.empty() || name.size() > 64 || !isUtf8(name)) return false;
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c > 0x20 && c != 0x7F && std::string_view{".=[]\"',/\\"}.find(static_cast<char>(c)) == std::string_view::npos;
  });
}

Document Document::create(std::string title) {
  Document out;
  out.id = newUlid();
  out.title = std::move(title);
  return out;
}

Result<Document> Document::load(const std::filesystem::path& path) {
  PB_TRY(const auto text, readFile(path, std::size_t{64} << 20));
  auto out = parse(text);
  if (!out && out.error().where.empty()) out.error().where = displayText(path.native());
  return out;
}

Result<> Document::save(const std::filesystem::path& path) const { return writeFileAtomically(path, toJson()); }

void Document::reindex() {
  byId_.clear();
  byName_.clear();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    byId_.emplace(nodes_[i].id.text, i);
    byName_.emplace(nodes_[i].name, i);
  }
}

const Node* Document::node(const NodeId& nodeId) const {
  const auto it = byId_.find(nodeId.text);
  return it == byId_.end() ? nullptr : &nodes_[it->second];
}

const Node* Document::nodeByName(std::string_view name) const {
  const auto it = byName_.find(std::string{name});
  return it == byName_.end() ? nullptr : &nodes_[it->second];
}

const Group* Document::group(std::string_view groupId) const {
  const auto it = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.id == groupId; });
  return it == groups_.end() ? nullptr : &*it;
}

Result<Node*> Document::mutableNode(const NodeId& nodeId) {
  if (const auto it = byId_.find(nodeId.text); it != byId_.end()) return &nodes_[it->second];
  return noSuch(TR("graph", "There is no block with the id {id}.").with("id", displayText(nodeId.text)), nodeId.text);
}

std::string Document::freeName(std::string_view wish) const {
  const auto dot = wish.rfind('.');
  std::string base;
  for (const char c : wish.substr(dot == std::string_view::npos ? 0 : dot + 1)) base += isUsableName({&c, 1}) ? c : '_';
  base = base.substr(0, 48);
  if (!isUsableName(base)) base = "block";
  auto name = base;
  for (int n = 2; byName_.contains(name); ++n) name = base + "_" + std::to_string(n);
  return name;
}

Result<NodeId> Document::addNode(Node node, std::size_t at) {
  if (node.id.empty()) node.id.text = newUlid();
  if (node.name.empty()) node.name = freeName(node.type);
  if (byId_.contains(node.id.text))
    return taken(TR("graph", "The id {id} is used by another block.").with("id", displayText(node.id.text)));
  if (byName_.contains(node.name)) return taken(TR("graph", "Another block is called \"{name}\".").with("name", displayText(node.name)));
  if (!isUsableName(node.name)) return taken(TR("graph", "\"{name}\" cannot be a name.").with("name", displayText(node.name)));
  auto nodeId = node.id;
  insertAt(nodes_, std::move(node), at);
  reindex();
  return nodeId;
}

void Axis::unbind(const std::function<bool(const std::string&)>& which) {
  for (std::size_t i = bind.size(); i-- > 0;) {
    if (!which(bind[i])) continue;
    if (together)
      for (auto& v : values)
        if (v.isList() && v.asList().size() == bind.size()) v.list().erase(v.list().begin() + static_cast<std::ptrdiff_t>(i));
    bind.erase(bind.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

Result<> Document::removeNode(const NodeId& nodeId) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  const auto prefix = found->name + ".";
  std::erase_if(links_, [&](const Link& l) { return l.from.node == nodeId || l.to.node == nodeId; });
  for (auto& g : groups_) {
    std::erase(g.nodes, nodeId.text);
    for (auto& axis : g.axes) axis.unbind([&](const std::string& b) { return b.starts_with(prefix); });
  }
  nodes_.erase(nodes_.begin() + (found - nodes_.data()));
  reindex();
  return {};
}

Result<> Document::addLink(Link link, std::size_t at) {
  PB_CHECK(mutableNode(link.from.node));
  PB_CHECK(mutableNode(link.to.node));
  if (std::any_of(links_.begin(), links_.end(), [&](const Link& l) { return l.from == link.from && l.to == link.to; }))
    return taken(TR("graph", "These two ports are linked already."));
  insertAt(links_, std::move(link), at);
  return {};
}

Result<> Document::removeLink(const PortRef& from, const PortRef& to) {
  const auto it = std::find_if(links_.begin(), links_.end(), [&](const Link& l) { return l.from == from && l.to == to; });
  if (it == links_.end()) return noSuch(TR("graph", "There is no such link."), to.node.text);
  links_.erase(it);
  return {};
}

Result<> Document::setParam(const NodeId& nodeId, std::string_view param, Value value) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->params[param] = std::move(value);
  return {};
}

Result<> Document::clearParam(const NodeId& nodeId, std::string_view param) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->params.map().erase(std::string{param});
  return {};
}

Result<> Document::setParams(const NodeId& nodeId, Value params, int typeVersion) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  if (!params.isMap()) return taken(TR("graph", "Parameters are names with values."));
  found->params = std::move(params);
  found->typeVersion = typeVersion;
  return {};
}

Result<> Document::rename(const NodeId& nodeId, std::string name) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  if (found->name == name) return {};
  if (!isUsableName(name)) {
    return fail(ErrorKind::BadInput, "graph.name", TR("graph", "\"{name}\" cannot be a name.").with("name", displayText(name)),
                TR("graph", "Use up to 64 letters, digits, _ and -, without spaces."), nodeId.text);
  }
  if (byName_.contains(name)) {
    return fail(ErrorKind::BadInput, "graph.taken", TR("graph", "Another block is called \"{name}\".").with("name", name),
                TR("graph", "\"{free}\" is free.").with("free", freeName(name)), nodeId.text);
  }
  const auto before = found->name + ".";
  for (auto& g : groups_)
    for (auto& axis : g.axes)
      for (auto& b : axis.bind)
        if (b.starts_with(before)) b = name + "." + b.substr(before.size());
  found->name = std::move(name);
  reindex();
  return {};
}

Result<> Document::setTitle(const NodeId& nodeId, std::string text) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->title = std::move(text);
  return {};
}

Result<> Document::setPosition(const NodeId& nodeId, double x, double y) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->x = x;
  found->y = y;
  return {};
}

Result<> Document::setMode(const NodeId& nodeId, NodeMode mode) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->mode = mode;
  return {};
}

Result<std::string> Document::setGroup(Group group, std::size_t at) {
  if (group.id.empty()) group.id = newUlid();
  auto groupId = group.id;
  const auto it = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.id == groupId; });
  if (it != groups_.end()) *it = std::move(group);
  else insertAt(groups_, std::move(group), at);
  return groupId;
}

Result<> Document::removeGroup(std::string_view groupId) {
  const auto gone = std::erase_if(groups_, [&](const Group& g) { return g.id == groupId; });
  if (gone == 0) return noSuch(TR("graph", "There is no group with the id {id}.").with("id", displayText(groupId)), groupId);
  for (auto& g : groups_) std::erase(g.nodes, std::string{groupId});
  return {};
}

}  // namespace patchbay
