// SPDX-License-Identifier: Apache-2.0
// Groups, and deleting, which has to keep them in order.
#include <algorithm>
#include <unordered_map>

#include "engine/edit/members.h"
#include "engine/edit/operations.h"
#include "engine/graph/loops.h"

namespace patchbay::edit {
namespace {

using Members = std::set<std::string>;

tl::unexpected<Error> noGroup(std::string_view id) {
  return fail(ErrorKind::NotFound, "graph.missing", TR("edit", "There is no group with the id {id}.").with("id", displayText(id)),
              TR("edit", "It may have been removed in the meantime; look again."), std::string{id});
}

/// Takes ids out of the groups of a document and puts others in; in the end, the groups that came out changed.
class Regroup {
 public:
  explicit Regroup(const Document& document) : document_{document}, groups_{document.groups()} {}

  void takeOut(const Members& ids) {
    for (auto& g : groups_) std::erase_if(g.nodes, [&](const std::string& id) { return ids.contains(id); });
  }
  void unbind(const std::set<std::string_view>& names) {
    for (auto& g : groups_)
      for (auto& axis : g.axes)
        axis.unbind([&](const std::string& b) { return names.contains(std::string_view{b}.substr(0, b.find('.'))); });
  }
  void putIn(std::string_view group, std::size_t at, const std::vector<std::string>& ids) {
    for (auto& g : groups_)
      if (g.id == group)
        g.nodes.insert(g.nodes.begin() + static_cast<std::ptrdiff_t>(std::min(at, g.nodes.size())), ids.begin(), ids.end());
  }
  /// Groups that had members and have none any more count as removed, and so on outwards.
  void dropEmpty(Members& removed) {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < groups_.size(); ++i) {
        const auto& old = document_.groups()[i];
        if (!groups_[i].nodes.empty() || old.nodes.empty() || !removed.insert(old.id).second) continue;
        takeOut({old.id});
        again = true;
      }
    }
  }
  void finish(const Members& removed, std::vector<Change>& out) const {
    for (std::size_t i = 0; i < groups_.size(); ++i)
      if (!removed.contains(groups_[i].id) && groups_[i] != document_.groups()[i]) out.push_back(SetGroup{groups_[i]});
    for (const auto& g : groups_)
      if (removed.contains(g.id)) out.push_back(RemoveGroup{g.id});
  }

 private:
  const Document& document_;
  std::vector<Group> groups_;
};

void collect(const Document& document, const Group& group, Members& out) {
  for (const auto& id : group.nodes) {
    if (document.node({id})) out.insert(id);
    else if (const auto* inner = document.group(id); inner && out.insert(id).second) collect(document, *inner, out);
  }
}

/// What flows past deleted blocks: for every link out of one, the links that come in of the same type.
class Bypass {
 public:
  Bypass(const Document& document, const Catalogue& catalogue, const Members& gone)
      : document_{document}, catalogue_{catalogue}, gone_{gone} {
    for (const auto& l : document.links()) {
      into_[l.to.node.text].push_back(&l);
      linked_.insert({l.from, l.to});
    }
    std::vector<Problem> problems;
    loops_ = findLoops(document, problems);
  }

  /// Appends the links that replace those of deleted blocks, each beside the one it replaces.
  void links(std::vector<Change>& out) {
    std::size_t at = 0;  // place in the list without the removed links, with the new ones
    for (const auto& l : document_.links()) {
      const bool from = gone_.contains(l.from.node.text), to = gone_.contains(l.to.node.text);
      if (!from && !to) ++at;
      if (!from || to) continue;
      const auto* input = port(l.to, true);
      if (!input) continue;
      std::set<std::string_view> seen;
      auto sources = flowing(l.from, seen);
      if (!input->variadic && sources.size() > 1) sources.resize(1);
      for (const auto& source : sources) {
        if (!fits(source, *input) || leaks(source, l.to, *input) || !linked_.insert({source, l.to}).second) continue;
        out.push_back(AddLink{{{}, source, l.to, {}}, at++});
      }
    }
  }

 private:
  const PortInfo* port(const PortRef& ref, bool input) const {
    const auto* node = document_.node(ref.node);
    const auto* schema = node ? catalogue_.find(node->type) : nullptr;
    if (!schema) return nullptr;
    return input ? schema->input(ref.port) : schema->output(ref.port);
  }
  bool fits(const PortRef& source, const PortInfo& input) const {
    const auto* output = port(source, false);
    return output && output->type == input.type && output->typeVersion <= input.typeVersion;
  }
  bool leaks(const PortRef& source, const PortRef& to, const PortInfo& input) const {
    const auto index = [&](const NodeId& id) { return static_cast<std::size_t>(document_.node(id) - document_.nodes().data()); };
    const auto f = index(source.node);
    return !input.variadic && loops_.chain[f].size() > loops_.shared(f, index(to.node));
  }

  /// The outputs of blocks that stay which a deleted block's output hands on: its first linked input of that type.
  std::vector<PortRef> flowing(const PortRef& output, std::set<std::string_view>& seen) {
    const auto* info = port(output, false);
    if (!info || !seen.insert(output.node.text).second) return {};
    const auto it = into_.find(output.node.text);
    if (it == into_.end()) return {};
    for (const auto& p : catalogue_.find(document_.node(output.node)->type)->ports) {
      if (!p.input || p.type != info->type) continue;
      std::vector<PortRef> out;
      for (const auto* l : it->second) {
        if (l->to.port != p.key) continue;
        if (!gone_.contains(l->from.node.text)) {
          out.push_back(l->from);
        } else {
          const auto more = flowing(l->from, seen);
          out.insert(out.end(), more.begin(), more.end());
        }
      }
      if (!out.empty()) return out;
    }
    return {};
  }

  const Document& document_;
  const Catalogue& catalogue_;
  const Members& gone_;
  std::unordered_map<std::string_view, std::vector<const Link*>> into_;
  std::set<std::pair<PortRef, PortRef>> linked_;
  Loops loops_;
};

}  // namespace

std::set<std::string> withContents(const Document& document, const std::vector<std::string>& ids) {
  Members out;
  for (const auto& id : ids) {
    if (const auto* group = document.group(id); group && !document.node({id})) collect(document, *group, out);
    out.insert(id);
  }
  return out;
}

std::vector<Change> remove(const Document& document, const Catalogue& catalogue, const std::vector<std::string>& ids, bool keepLinks) {
  Members gone;
  for (const auto& id : ids) {
    const auto* group = document.group(id);
    if (group && group->kind != GroupKind::Frame && !document.node({id})) collect(document, *group, gone);
    gone.insert(id);
  }
  std::vector<Change> out;
  std::set<std::string_view> names;
  for (const auto& l : document.links())
    if (gone.contains(l.from.node.text) || gone.contains(l.to.node.text)) out.push_back(RemoveLink{l.from, l.to});
  if (keepLinks) Bypass{document, catalogue, gone}.links(out);
  Members removed;
  for (const auto& g : document.groups())
    if (gone.contains(g.id)) removed.insert(g.id);
  for (const auto& n : document.nodes())
    if (gone.contains(n.id.text)) names.insert(n.name);
  Regroup groups{document};
  // What stays of a frame that goes belongs to what was around the frame.
  const Parents parents{document};
  for (const auto& g : document.groups()) {
    if (!removed.contains(g.id)) continue;
    const auto around = parents.around(g.id);
    const auto outer = std::find_if(around.begin(), around.end(), [&](const Group* o) { return !removed.contains(o->id); });
    if (outer == around.end()) continue;
    std::vector<std::string> stay;
    std::copy_if(g.nodes.begin(), g.nodes.end(), std::back_inserter(stay), [&](const std::string& id) { return !gone.contains(id); });
    groups.putIn((*outer)->id, Document::atEnd, stay);
  }
  groups.takeOut(gone);
  groups.unbind(names);
  groups.dropEmpty(removed);
  groups.finish(removed, out);
  for (const auto& n : document.nodes())
    if (gone.contains(n.id.text)) out.push_back(RemoveNode{n.id});
  auto notes = document.notes();
  std::erase_if(notes, [&](const Value& note) { return !noteId(note).empty() && gone.contains(noteId(note)); });
  if (notes.size() != document.notes().size()) out.push_back(SetNotes{std::move(notes)});
  return out;
}

Result<std::vector<Change>> group(const Document& document, const std::vector<std::string>& ids, GroupKind kind, std::string title,
                                  std::string* id) {
  const Parents parents{document};
  const Members chosen{ids.begin(), ids.end()};
  std::vector<std::string> members;
  for (const auto& each : ids) {
    if (!document.node({each}) && !document.group(each)) continue;  // a note
    const auto around = parents.around(each);
    const bool inside = std::any_of(around.begin(), around.end(), [&](const Group* g) { return chosen.contains(g->id); });
    if (!inside && std::find(members.begin(), members.end(), each) == members.end()) members.push_back(each);
  }
  if (members.empty()) {
    return fail(ErrorKind::BadInput, "edit.group", TR("edit", "There is no block to put into a group."),
                TR("edit", "Select one or more blocks first."));
  }
  // The new group lies in the innermost group that is around all of them.
  auto common = parents.around(members.front());
  for (const auto& m : members) {
    const auto around = parents.around(m);
    std::erase_if(common, [&](const Group* g) { return std::find(around.begin(), around.end(), g) == around.end(); });
  }
  const auto* outer = common.empty() ? nullptr : common.front();
  for (const auto& m : members) {
    for (const auto* g : parents.around(m)) {
      if (g == outer) break;
      if (g->kind == GroupKind::Frame) continue;
      return fail(ErrorKind::BadInput, "edit.group",
                  TR("edit", "Some of these blocks are inside \"{group}\" and some are not.")
                      .with("group", displayText(g->title.empty() ? g->id : g->title)),
                  TR("edit", "Select the whole group, or blocks of one group only."), g->id);
    }
  }
  Group made{newUlid(), std::move(title), kind, members, {}, {}};
  if (id) *id = made.id;
  Regroup groups{document};
  Members removed;
  const auto at = outer ? std::find(outer->nodes.begin(), outer->nodes.end(), members.front()) - outer->nodes.begin() : 0;
  groups.takeOut({members.begin(), members.end()});
  if (outer) groups.putIn(outer->id, static_cast<std::size_t>(at), {made.id});
  groups.dropEmpty(removed);
  std::vector<Change> out;
  out.push_back(SetGroup{std::move(made)});
  groups.finish(removed, out);
  return out;
}

Result<std::vector<Change>> ungroup(const Document& document, std::string_view groupId) {
  const auto* group = document.group(groupId);
  if (!group) return noGroup(groupId);
  std::vector<Change> out;
  Regroup groups{document};
  if (const auto* outer = Parents{document}.of(groupId); outer && outer != group) {
    const auto at = std::find(outer->nodes.begin(), outer->nodes.end(), groupId) - outer->nodes.begin();
    groups.takeOut({std::string{groupId}});
    groups.putIn(outer->id, static_cast<std::size_t>(at), group->nodes);
  }
  groups.finish({std::string{groupId}}, out);
  return out;
}

std::vector<Change> moveInto(const Document& document, const std::vector<std::string>& ids, std::string_view groupId) {
  if (!groupId.empty() && !document.group(groupId)) return {};
  // A group cannot be put into itself or into what it holds.
  const Parents parents{document};
  const auto around = parents.around(groupId);
  std::vector<std::string> members;
  for (const auto& id : ids) {
    const bool circle = id == groupId || std::any_of(around.begin(), around.end(), [&](const Group* g) { return g->id == id; });
    if (!circle && (groupId.empty() || !parents.of(id) || parents.of(id)->id != groupId)) members.push_back(id);
  }
  Regroup groups{document};
  Members removed;
  groups.takeOut({members.begin(), members.end()});
  groups.putIn(groupId, Document::atEnd, members);
  groups.dropEmpty(removed);
  std::vector<Change> out;
  groups.finish(removed, out);
  return out;
}

}  // namespace patchbay::edit
