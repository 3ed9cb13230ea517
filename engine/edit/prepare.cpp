// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/prepare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/edit/names.h"

namespace patchbay::edit {
namespace {

using Run = std::vector<Change>;

tl::unexpected<Error> wrong(std::string code, Text cause, Text hint, std::string where = {}) {
  return fail(ErrorKind::BadInput, std::move(code), std::move(cause), std::move(hint), std::move(where));
}

Result<const Node*> find(const Document& document, const NodeId& id) {
  if (const auto* node = document.node(id)) return node;
  return fail(ErrorKind::NotFound, "graph.missing", TR("graph", "There is no block with the id {id}.").with("id", displayText(id.text)),
              TR("graph", "It may have been removed in the meantime; look again."), id.text);
}

Result<> checkName(const std::string& name, const NodeId& id) {
  if (isUsableName(name)) return {};
  return wrong("graph.name", TR("graph", "\"{name}\" cannot be a name.").with("name", displayText(name)),
               TR("graph", "Use up to 64 letters, digits, _ and -, without spaces."), id.text);
}

Result<> checkPlace(double x, double y, const NodeId& id) {
  if (std::isfinite(x) && std::isfinite(y)) return {};
  return wrong("edit.place", TR("edit", "A block cannot be put there: the place is not a number."),
               TR("edit", "Move it back into view and try again."), id.text);
}

Result<Run> addNodes(const Document& document, Run run) {
  NameGiver names{document};
  std::set<std::string_view> ids;
  for (auto& change : run) {
    auto& node = std::get<AddNode>(change).node;
    if (node.id.empty()) node.id.text = newUlid();
    PB_CHECK(checkPlace(node.x, node.y, node.id));
    if (document.node(node.id) || !ids.insert(node.id.text).second)
      return wrong("graph.taken", TR("graph", "The id {id} is used by another block.").with("id", displayText(node.id.text)),
                   TR("graph", "Choose another one."), node.id.text);
    if (node.name.empty()) {
      node.name = names.give(node.type);
      continue;
    }
    PB_CHECK(checkName(node.name, node.id));
    if (!names.take(node.name))
      return wrong("graph.taken", TR("graph", "Another block is called \"{name}\".").with("name", node.name),
                   TR("graph", "\"{free}\" is free.").with("free", names.give(node.name)), node.id.text);
  }
  return run;
}

/// Takes members and loop bindings out of the groups; the changed groups are appended to `out`.
void takeOut(const Document& document, const std::set<std::string_view>& members, const std::set<std::string_view>& names, Run& out) {
  for (const auto& old : document.groups()) {
    auto group = old;
    std::erase_if(group.nodes, [&](const std::string& id) { return members.contains(id); });
    for (auto& axis : group.axes)
      axis.unbind([&](const std::string& b) {
        const auto dot = b.find('.');
        return dot != std::string::npos && names.contains(std::string_view{b}.substr(0, dot));
      });
    if (group != old) out.push_back(SetGroup{std::move(group)});
  }
}

Result<Run> removeNodes(const Document& document, Run run) {
  std::set<std::string_view> ids, names;
  for (const auto& change : run) {
    const auto& id = std::get<RemoveNode>(change).id;
    PB_TRY(const auto* node, find(document, id));
    ids.insert(id.text);
    names.insert(node->name);
  }
  Run out;
  for (const auto& l : document.links())
    if (ids.contains(l.from.node.text) || ids.contains(l.to.node.text)) out.push_back(RemoveLink{l.from, l.to});
  takeOut(document, ids, names, out);
  std::move(run.begin(), run.end(), std::back_inserter(out));
  return out;
}

Result<Run> addLinks(const Document& document, Run run) {
  using Ends = std::tuple<const PortRef&, const PortRef&>;
  const auto twice = [] {
    return wrong("graph.taken", TR("graph", "These two ports are linked already."), TR("graph", "Choose another one."));
  };
  std::set<Ends> ends;
  for (const auto& change : run) {
    const auto& link = std::get<AddLink>(change).link;
    PB_CHECK(find(document, link.from.node));
    PB_CHECK(find(document, link.to.node));
    if (!ends.insert({link.from, link.to}).second) return twice();
  }
  for (const auto& l : document.links())
    if (ends.contains({l.from, l.to})) return twice();
  return run;
}

/// The changes of one run; those of one block, which need no others, hand themselves on unless they change nothing.
class Preparer {
 public:
  Preparer(const Document& document, Run& run) : document_{document}, run_{run} {}

  Result<Run> operator()(const AddNode&) const { return addNodes(document_, std::move(run_)); }
  Result<Run> operator()(const RemoveNode&) const { return removeNodes(document_, std::move(run_)); }
  Result<Run> operator()(const AddLink&) const { return addLinks(document_, std::move(run_)); }
  Result<Run> operator()(const RemoveLink&) const { return std::move(run_); }
  Result<Run> operator()(const SetParam& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    const auto* old = node->params.find(c.param);
    return unless(c.value ? old && *old == *c.value : !old);
  }
  Result<Run> operator()(const SetParams& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    if (!c.params.isMap())
      return wrong("edit.params", TR("graph", "Parameters are names with values."), TR("graph", "Choose another one."), c.id.text);
    return unless(node->params == c.params && node->typeVersion == c.typeVersion);
  }
  Result<Run> operator()(const Rename& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    if (node->name == c.name) return Run{};
    PB_CHECK(checkName(c.name, c.id));
    if (document_.nodeByName(c.name))
      return wrong("graph.taken", TR("graph", "Another block is called \"{name}\".").with("name", c.name),
                   TR("graph", "\"{free}\" is free.").with("free", NameGiver{document_}.give(c.name)), c.id.text);
    Run out;
    const auto prefix = node->name + ".";
    for (const auto& old : document_.groups()) {
      auto group = old;
      for (auto& axis : group.axes)
        for (auto& b : axis.bind)
          if (b.starts_with(prefix)) b = c.name + "." + b.substr(prefix.size());
      if (group != old) out.push_back(SetGroup{std::move(group)});
    }
    out.push_back(c);
    return out;
  }
  Result<Run> operator()(const SetTitle& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    return unless(node->title == c.title);
  }
  Result<Run> operator()(const Move& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    PB_CHECK(checkPlace(c.x, c.y, c.id));
    return unless(node->x == c.x && node->y == c.y);
  }
  Result<Run> operator()(const SetMode& c) const {
    PB_TRY(const auto* node, find(document_, c.id));
    return unless(node->mode == c.mode);
  }
  Result<Run> operator()(SetGroup& c) const {
    if (c.group.id.empty()) c.group.id = newUlid();
    const auto* old = document_.group(c.group.id);
    c.at = old ? Document::atEnd : std::min(c.at, document_.groups().size());
    return unless(old && *old == c.group);
  }
  Result<Run> operator()(const RemoveGroup& c) const {
    if (!document_.group(c.id))
      return fail(ErrorKind::NotFound, "graph.missing", TR("graph", "There is no group with the id {id}.").with("id", displayText(c.id)),
                  TR("graph", "It may have been removed in the meantime; look again."), c.id);
    Run out;
    for (const auto& old : document_.groups()) {
      auto group = old;
      if (group.id != c.id && std::erase(group.nodes, c.id) > 0) out.push_back(SetGroup{std::move(group)});
    }
    out.push_back(c);
    return out;
  }
  Result<Run> operator()(const SetNotes& c) const { return unless(document_.notes() == c.notes); }
  Result<Run> operator()(const SetPinned&) const {
    std::map<std::string_view, bool> last;
    for (const auto& change : run_) {
      const auto& c = std::get<SetPinned>(change);
      PB_CHECK(find(document_, c.id));
      last[c.id.text] = c.pinned.asBool();
    }
    Run out;
    for (const auto& [id, pinned] : last)
      if (document_.node({std::string{id}})->extra["pinned"].asBool() != pinned)
        out.push_back(SetPinned{{std::string{id}}, pinned ? Value{true} : Value{}});
    return out;
  }
  Result<Run> operator()(const SetInfo& c) const { return unless(document_.title == c.title && document_.description == c.description); }

 private:
  Result<Run> unless(bool same) const { return same ? Run{} : std::move(run_); }

  const Document& document_;
  Run& run_;
};

}  // namespace

Result<std::vector<Change>> prepare(const Document& document, std::vector<Change> run) {
  return std::visit(Preparer{document, run}, run.front());
}

}  // namespace patchbay::edit
