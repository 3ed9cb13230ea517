// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/import_changes.h"

#include <algorithm>

#include "engine/edit/editor.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr auto folderType = "patchbay.data.picture_folder", tableType = "patchbay.data.picture_table";

Value pathValue(const ImportWish& wish) {
  const auto relative = wish.path.lexically_normal().lexically_relative(wish.base.lexically_normal());
  const bool inside = !wish.base.empty() && !relative.empty() && *relative.begin() != "..";
  return pathToValue(inside ? relative : wish.path);
}

const PortInfo* dataOutput(const Schema& schema) {
  for (const auto& port : schema.ports)
    if (!port.input && port.type == "dataset") return &port;
  return nullptr;
}

/// Blocks that name a class of the old pictures would not run with the new ones.
void forgetClasses(const Document& document, const Catalogue& catalogue, const std::vector<std::string>& classes,
                   const std::optional<NodeId>& source, std::vector<edit::Change>& changes) {
  if (classes.empty()) return;
  for (const auto& node : document.nodes()) {
    const auto* schema = catalogue.find(node.type);
    if (!schema || !schema->param("positive") || node.id == source) continue;
    const auto& named = node.params["positive"].asText();
    if (!named.empty() && std::ranges::find(classes, named) == classes.end())
      changes.push_back(edit::SetParam{node.id, "positive", std::nullopt});
  }
}

const Group* groupOf(const Document& document, const NodeId& id) {
  for (const auto& group : document.groups())
    if (std::ranges::find(group.nodes, id.text) != group.nodes.end()) return &group;
  return nullptr;
}

/// A block of another kind in the place of `old`, with its links.
Result<std::vector<edit::Change>> exchange(const Document& document, const Catalogue& catalogue, const Node& old, const std::string& type,
                                           const std::string& param, const Value& path, NodeId* made) {
  std::vector<edit::Change> out{edit::RemoveNode{old.id}};
  PB_TRY(const auto without, edit::applied(document, out));
  NodeId id;
  PB_TRY(const auto block, edit::addBlock(without, catalogue, type, {old.x, old.y}, &id));
  std::ranges::copy(block, std::back_inserter(out));
  out.push_back(edit::SetParam{id, param, path});
  const auto* before = catalogue.find(old.type);
  const auto* now = dataOutput(*catalogue.find(type));
  for (const auto& link : document.links()) {
    const auto* port = before && link.from.node == old.id ? before->output(link.from.port) : nullptr;
    if (port && now && port->type == "dataset")
      out.push_back(edit::AddLink{Link{.id = {}, .from = {id, now->key}, .to = link.to, .extra = {}}});
  }
  if (const auto* group = groupOf(document, old.id)) {
    PB_TRY(const auto with, edit::applied(document, out));
    std::ranges::move(edit::moveInto(with, {id.text}, group->id), std::back_inserter(out));
  }
  if (made) *made = id;
  return out;
}

/// Inputs that must have a link, have none, and fit.
std::vector<PortRef> waitingFor(const Document& document, const Catalogue& catalogue, const PortRef& from) {
  auto targets = edit::linkTargets(document, catalogue, from, true);
  std::erase_if(targets, [&](const PortRef& to) {
    const auto* node = document.node(to.node);
    const auto* schema = node ? catalogue.find(node->type) : nullptr;
    const auto* port = schema ? schema->input(to.port) : nullptr;
    return !port || port->optional || std::ranges::any_of(document.links(), [&](const Link& l) { return l.to == to; });
  });
  return targets;
}

/// A new block, linked to the one input it fits where exactly one waits.
Result<std::vector<edit::Change>> addSource(const Document& document, const Catalogue& catalogue, const std::string& type,
                                            const std::string& param, const Value& value, edit::Place place, NodeId* made) {
  NodeId id;
  PB_TRY(auto out, edit::addBlock(document, catalogue, type, place, &id));
  out.push_back(edit::SetParam{id, param, value});
  PB_TRY(const auto with, edit::applied(document, out));
  const auto* port = dataOutput(*catalogue.find(type));
  const auto targets = port ? waitingFor(with, catalogue, {id, port->key}) : std::vector<PortRef>{};
  if (targets.size() == 1) {
    PB_TRY(const auto link, edit::link(with, catalogue, {id, port->key}, targets.front()));
    std::ranges::copy(link, std::back_inserter(out));
  }
  if (made) *made = id;
  return out;
}

}  // namespace

std::optional<NodeId> soleDataSource(const Document& document, const Catalogue& catalogue) {
  std::optional<NodeId> found;
  for (const auto& node : document.nodes()) {
    const auto* schema = catalogue.find(node.type);
    if (!schema || schema->info.category != Category::Data || !dataOutput(*schema)) continue;
    if (std::ranges::any_of(schema->ports, &PortInfo::input)) continue;
    if (found) return std::nullopt;
    found = node.id;
  }
  return found;
}

Result<std::vector<edit::Change>> importChanges(const Document& document, const Catalogue& catalogue, const ImportWish& wish,
                                                NodeId* made) {
  const std::string type = wish.table ? tableType : folderType, param = wish.table ? "file" : "folder";
  const auto* schema = catalogue.find(type);
  if (!schema)
    return fail(ErrorKind::NotFound, "import.block", TR("studio", "The block that reads these pictures is not installed."),
                TR("studio", "Install Patchbay again; its blocks are in lib/patchbay/packs."));
  std::vector<edit::Change> out;
  const auto* old = wish.replace ? document.node(*wish.replace) : nullptr;
  if (old && old->type == type) {
    Value params{Value::Map{{param, pathValue(wish)}}};
    if (!old->params["extra"].isNull()) params["extra"] = old->params["extra"];
    out.push_back(edit::SetParams{old->id, std::move(params), schema->info.version});
    if (!old->title.empty()) out.push_back(edit::SetTitle{old->id, {}});
    if (made) *made = old->id;
  } else if (old) {
    PB_TRY(out, exchange(document, catalogue, *old, type, param, pathValue(wish), made));
  } else {
    PB_TRY(out, addSource(document, catalogue, type, param, pathValue(wish), wish.place, made));
  }
  if (old) forgetClasses(document, catalogue, wish.classes, wish.replace, out);
  return out;
}

Result<std::vector<edit::Change>> revisionChanges(const Document& document, const Catalogue& catalogue, const std::string& revision,
                                                  std::optional<NodeId> replace, edit::Place place, const std::vector<std::string>& classes,
                                                  NodeId* made) {
  if (!catalogue.find(revisionType))
    return fail(ErrorKind::NotFound, "train.block", TR("studio", "The block that reads the project's data set is not installed."),
                TR("studio", "Install Patchbay again; its blocks are in lib/patchbay/packs."));
  if (!replace) {
    const auto there = std::ranges::find(document.nodes(), revisionType, &Node::type);
    replace = there != document.nodes().end() ? std::optional{there->id} : soleDataSource(document, catalogue);
  }
  std::vector<edit::Change> out;
  const auto* old = replace ? document.node(*replace) : nullptr;
  if (old && old->type == revisionType) {
    out.push_back(edit::SetParam{old->id, "revision", Value{revision}});
    if (made) *made = old->id;
  } else if (old) {
    PB_TRY(out, exchange(document, catalogue, *old, revisionType, "revision", Value{revision}, made));
    forgetClasses(document, catalogue, classes, replace, out);
  } else {
    PB_TRY(out, addSource(document, catalogue, revisionType, "revision", Value{revision}, place, made));
  }
  return out;
}

}  // namespace patchbay::studio
