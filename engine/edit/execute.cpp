// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/execute.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "engine/edit/prepare.h"

namespace patchbay::edit {
namespace {

using Run = std::vector<Change>;

tl::unexpected<Error> noBlock(const NodeId& id) {
  return fail(ErrorKind::NotFound, "graph.missing", TR("graph", "There is no block with the id {id}.").with("id", displayText(id.text)),
              TR("graph", "It may have been removed in the meantime; look again."), id.text);
}

/// Changes that are carried out many at once.
bool isBulk(const Change& c) {
  return std::holds_alternative<AddNode>(c) || std::holds_alternative<RemoveNode>(c) || std::holds_alternative<AddLink>(c) ||
         std::holds_alternative<RemoveLink>(c) || std::holds_alternative<SetPinned>(c);
}

/// Carries out one change, or several of one bulk kind, and returns what takes it back.
class Exact {
 public:
  Exact(Document& document, const Run& run) : document_{document}, run_{run} {}

  Result<Run> operator()(const AddNode&) const {
    std::vector<Placed<Node>> nodes;
    Run back;
    for (const auto& c : run_) {
      const auto& add = std::get<AddNode>(c);
      nodes.push_back({add.node, add.at});
      back.push_back(RemoveNode{add.node.id});
    }
    document_.insertNodes(std::move(nodes));
    return back;
  }
  Result<Run> operator()(const RemoveNode&) const {
    std::vector<NodeId> ids;
    for (const auto& c : run_) ids.push_back(std::get<RemoveNode>(c).id);
    PB_TRY(auto taken, document_.takeNodes(ids));
    Run back;
    for (auto& t : taken) back.push_back(AddNode{std::move(t.what), t.at});
    return back;
  }
  Result<Run> operator()(const AddLink&) const {
    std::vector<Placed<Link>> links;
    Run back;
    for (const auto& c : run_) {
      const auto& add = std::get<AddLink>(c);
      links.push_back({add.link, add.at});
      back.push_back(RemoveLink{add.link.from, add.link.to});
    }
    document_.insertLinks(std::move(links));
    return back;
  }
  Result<Run> operator()(const RemoveLink&) const {
    std::vector<std::pair<PortRef, PortRef>> ends;
    for (const auto& c : run_) ends.emplace_back(std::get<RemoveLink>(c).from, std::get<RemoveLink>(c).to);
    PB_TRY(auto taken, document_.takeLinks(ends));
    Run back;
    for (auto& t : taken) back.push_back(AddLink{std::move(t.what), t.at});
    return back;
  }
  Result<Run> operator()(const SetParam& c) const {
    PB_TRY(const auto* node, find(c.id));
    const auto* old = node->params.find(c.param);
    Run back{SetParam{c.id, c.param, old ? std::optional{*old} : std::nullopt}};
    PB_CHECK(c.value ? document_.setParam(c.id, c.param, *c.value) : document_.clearParam(c.id, c.param));
    return back;
  }
  Result<Run> operator()(const SetParams& c) const {
    PB_TRY(const auto* node, find(c.id));
    Run back{SetParams{c.id, node->params, node->typeVersion}};
    PB_CHECK(document_.setParams(c.id, c.params, c.typeVersion));
    return back;
  }
  Result<Run> operator()(const Rename& c) const {
    PB_TRY(const auto* node, find(c.id));
    Run back{Rename{c.id, node->name}};
    PB_CHECK(document_.setName(c.id, c.name));
    return back;
  }
  Result<Run> operator()(const SetTitle& c) const {
    PB_TRY(const auto* node, find(c.id));
    Run back{SetTitle{c.id, node->title}};
    PB_CHECK(document_.setTitle(c.id, c.title));
    return back;
  }
  Result<Run> operator()(const Move& c) const {
    PB_TRY(const auto* node, find(c.id));
    Run back{Move{c.id, node->x, node->y}};
    PB_CHECK(document_.setPosition(c.id, c.x, c.y));
    return back;
  }
  Result<Run> operator()(const SetMode& c) const {
    PB_TRY(const auto* node, find(c.id));
    Run back{SetMode{c.id, node->mode}};
    PB_CHECK(document_.setMode(c.id, c.mode));
    return back;
  }
  Result<Run> operator()(const SetGroup& c) const {
    const auto* old = document_.group(c.group.id);
    if (c.at != Document::atEnd || !old) {
      document_.insertGroup(c.group, c.at);
      return Run{RemoveGroup{c.group.id}};
    }
    Run back{SetGroup{*old}};
    PB_CHECK(document_.setGroup(c.group));
    return back;
  }
  Result<Run> operator()(const RemoveGroup& c) const {
    PB_TRY(auto taken, document_.takeGroup(c.id));
    return Run{SetGroup{std::move(taken.what), taken.at}};
  }
  Result<Run> operator()(const SetNotes& c) const {
    Run back{SetNotes{document_.notes()}};
    document_.setNotes(c.notes);
    return back;
  }
  Result<Run> operator()(const SetInfo& c) const {
    Run back{SetInfo{document_.title, document_.description}};
    document_.title = c.title;
    document_.description = c.description;
    return back;
  }
  Result<Run> operator()(const SetPinned&) const {
    std::map<std::string, Value> last;
    for (const auto& c : run_) last[std::get<SetPinned>(c).id.text] = std::get<SetPinned>(c).pinned;
    std::vector<NodeId> ids;
    for (const auto& [id, pinned] : last) ids.push_back({id});
    PB_TRY(auto nodes, document_.takeNodes(ids));
    Run back;
    for (auto& [node, at] : nodes) {
      back.push_back(SetPinned{node.id, std::as_const(node.extra)["pinned"]});
      const auto& pinned = last[node.id.text];
      if (!pinned.isNull()) node.extra["pinned"] = pinned;
      else if (node.extra.isMap()) node.extra.map().erase("pinned");
    }
    document_.insertNodes(std::move(nodes));
    return back;
  }

 private:
  Result<const Node*> find(const NodeId& id) const {
    if (const auto* node = document_.node(id)) return node;
    return noBlock(id);
  }

  Document& document_;
  const Run& run_;
};

/// Takes the next run off the front: one change, or all that follow of the same bulk kind.
Run nextRun(std::vector<Change>& changes, std::size_t& at) {
  Run run;
  const auto kind = changes[at].index();
  const bool bulk = isBulk(changes[at]);
  do run.push_back(std::move(changes[at++]));
  while (bulk && at < changes.size() && changes[at].index() == kind);
  return run;
}

/// Carries out exact changes and collects them with what takes them back, newest first.
class Executor {
 public:
  explicit Executor(Document& document) : document_{document} {}

  Result<> exactly(std::vector<Change> changes) {
    for (std::size_t at = 0; at < changes.size();) {
      auto run = nextRun(changes, at);
      PB_TRY(auto back, std::visit(Exact{document_, run}, run.front()));
      std::move(run.begin(), run.end(), std::back_inserter(forward_));
      backward_.push_back(std::move(back));
    }
    return {};
  }
  Result<> meant(std::vector<Change> changes) {
    for (std::size_t at = 0; at < changes.size();) {
      PB_TRY(auto prepared, prepare(document_, nextRun(changes, at)));
      PB_CHECK(exactly(std::move(prepared)));
    }
    return {};
  }
  Done finish() {
    Done out{std::move(forward_), {}};
    for (auto it = backward_.rbegin(); it != backward_.rend(); ++it) std::move(it->begin(), it->end(), std::back_inserter(out.backward));
    return out;
  }
  void rollBack() {
    auto back = finish().backward;
    forward_.clear();
    backward_.clear();
    (void)exactly(std::move(back));
  }

 private:
  Document& document_;
  std::vector<Change> forward_;
  std::vector<Run> backward_;
};

/// What a change sets that leaves everything else alone; empty for other changes. Two changes with different keys may
/// be done in either order, of two with the same key the later one counts.
std::tuple<std::size_t, std::string_view, std::string_view> setterKey(const Change& c) {
  const auto kind = c.index() + 1;
  if (const auto* p = std::get_if<SetParam>(&c)) return {kind, p->id.text, p->param};
  if (const auto* m = std::get_if<Move>(&c)) return {kind, m->id.text, {}};
  if (const auto* t = std::get_if<SetTitle>(&c)) return {kind, t->id.text, {}};
  if (const auto* m = std::get_if<SetMode>(&c)) return {kind, m->id.text, {}};
  if (const auto* p = std::get_if<SetPinned>(&c)) return {kind, p->id.text, {}};
  if (std::holds_alternative<SetNotes>(c) || std::holds_alternative<SetInfo>(c)) return {kind, {}, {}};
  return {};
}

bool allSetters(const std::vector<Change>& changes) {
  return std::all_of(changes.begin(), changes.end(), [](const Change& c) { return std::get<0>(setterKey(c)) != 0; });
}

/// Of setters with the same key keeps the last.
std::vector<Change> lastOnes(std::vector<Change> all) {
  std::map<decltype(setterKey(all.front())), std::size_t> last;
  for (std::size_t i = 0; i < all.size(); ++i) last[setterKey(all[i])] = i;
  std::vector<bool> keep(all.size());
  for (const auto& [key, i] : last) keep[i] = true;
  last.clear();  // it points into what is moved from now
  std::size_t i = 0;
  std::erase_if(all, [&](const Change&) { return !keep[i++]; });
  return all;
}

std::vector<Change> joined(std::vector<Change> first, std::vector<Change> then) {
  std::move(then.begin(), then.end(), std::back_inserter(first));
  return first;
}

}  // namespace

Result<Done> execute(Document& document, std::vector<Change> changes) {
  Executor executor{document};
  auto done = executor.meant(std::move(changes));
  if (done) return executor.finish();
  executor.rollBack();
  return fail(std::move(done).error());
}

Result<Done> executeExactly(Document& document, std::vector<Change> changes) {
  Executor executor{document};
  auto done = executor.exactly(std::move(changes));
  if (done) return executor.finish();
  executor.rollBack();
  return fail(std::move(done).error());
}

void mergeInto(Done& first, Done second) {
  const bool setters = allSetters(first.forward) && allSetters(second.forward);
  first.forward = joined(std::move(first.forward), std::move(second.forward));
  first.backward = joined(std::move(second.backward), std::move(first.backward));
  if (!setters) return;
  first.forward = lastOnes(std::move(first.forward));
  first.backward = lastOnes(std::move(first.backward));
}

void touch(Touched& touched, const std::vector<Change>& changes) {
  for (const auto& change : changes) {
    std::visit(
        [&]<class C>(const C& c) {
          constexpr bool ofGroup = std::is_same_v<C, SetGroup> || std::is_same_v<C, RemoveGroup>;
          if constexpr (std::is_same_v<C, AddNode>) touched.nodes.insert(c.node.id);
          else if constexpr (std::is_same_v<C, SetGroup>) touched.groups.insert(c.group.id);
          else if constexpr (std::is_same_v<C, RemoveGroup>) touched.groups.insert(c.id);
          else if constexpr (std::is_same_v<C, AddLink> || std::is_same_v<C, RemoveLink>) touched.links = true;
          else if constexpr (std::is_same_v<C, SetNotes>) touched.notes = true;
          else if constexpr (std::is_same_v<C, SetInfo>) touched.info = true;
          else touched.nodes.insert(c.id);
          if constexpr (std::is_same_v<C, SetParam> || std::is_same_v<C, SetParams>) touched.params = true;
          if constexpr (!std::is_same_v<C, Move> && !std::is_same_v<C, SetTitle> && !std::is_same_v<C, SetNotes> &&
                        !std::is_same_v<C, SetInfo> && !std::is_same_v<C, SetPinned> && !ofGroup)
            touched.plan = true;
          // Only loops are planned; a frame or a removed group may have been one.
          if constexpr (std::is_same_v<C, SetGroup>) touched.plan |= c.group.kind == GroupKind::ForEach;
          if constexpr (std::is_same_v<C, RemoveGroup>) touched.plan = true;
        },
        change);
  }
}

}  // namespace patchbay::edit
