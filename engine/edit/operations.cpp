// SPDX-License-Identifier: Apache-2.0
// Blocks and links: adding, linking, splicing, deleting. Groups are in grouping.cpp, the clipboard in clipboard.cpp.
#include "engine/edit/operations.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/graph/loops.h"

namespace patchbay::edit {
namespace {

tl::unexpected<Error> no(std::string code, Text cause, Text hint, const NodeId& node = {}) {
  return fail(ErrorKind::BadInput, std::move(code), std::move(cause), std::move(hint), node.text);
}

std::string titleOf(const Schema& schema) { return schema.info.title.empty() ? schema.info.id : render(schema.info.title); }
std::string titleOf(const PortInfo& port) { return port.label.empty() ? port.key : render(port.label); }

bool fits(const PortInfo& output, const PortInfo& input) { return output.type == input.type && output.typeVersion <= input.typeVersion; }

/// The document as canLink() needs it, so that many ports can be asked for the price of one.
class Linker {
 public:
  Linker(const Document& document, const Catalogue& catalogue) : document_{document}, catalogue_{catalogue} {}

  Result<> canLink(const PortRef& from, const PortRef& to) {
    PB_TRY(const auto* output, port(from, false));
    PB_TRY(const auto* input, port(to, true));
    if (!fits(*output, *input)) return unfit(*output, *input, to);
    for (const auto& l : document_.links())
      if (l.from == from && l.to == to)
        return no("graph.taken", TR("edit", "These two ports are linked already."), TR("edit", "Link another port."), to.node);
    if (from.node == to.node)
      return no("graph.cycle", TR("edit", "A block cannot be linked to itself."), TR("edit", "Link another block."), to.node);
    if (reach(to.node, true).contains(from.node.text)) {
      return no("graph.cycle",
                TR("edit", "\"{from}\" needs the result of \"{to}\", so \"{to}\" cannot wait for \"{from}\".")
                    .with("from", name(from.node))
                    .with("to", name(to.node)),
                TR("edit", "Remove one of the links between them first."), to.node);
    }
    return leaves(from.node, to.node, *input);
  }

  /// Everything that waits for a block, or that it waits for; itself included.
  std::unordered_set<std::string_view> reach(const NodeId& id, bool down) const {
    std::unordered_map<std::string_view, std::vector<std::string_view>> next;
    for (const auto& l : document_.links()) {
      if (down) next[l.from.node.text].push_back(l.to.node.text);
      else next[l.to.node.text].push_back(l.from.node.text);
    }
    std::unordered_set<std::string_view> out{id.text};
    std::vector<std::string_view> open{id.text};
    while (!open.empty()) {
      const auto it = next.find(open.back());
      open.pop_back();
      if (it == next.end()) continue;
      for (const auto n : it->second)
        if (out.insert(n).second) open.push_back(n);
    }
    return out;
  }

  /// Whether the results of many passes would meet an input that takes one.
  Result<> leaves(const NodeId& from, const NodeId& to, const PortInfo& input) {
    if (input.variadic) return {};
    if (!loops_) {
      std::vector<Problem> problems;
      loops_ = findLoops(document_, problems);
    }
    if (loops_->loops.empty()) return {};
    const auto f = index(from), t = index(to);
    const auto common = loops_->shared(f, t);
    if (loops_->chain[f].size() == common) return {};
    const auto* group = loops_->loops[loops_->chain[f][common]].group;
    return no("loop.reduce",
              TR("edit", "\"{from}\" is inside the loop \"{loop}\" and delivers one result a pass, but {input} takes a single one.")
                  .with("from", name(from))
                  .with("loop", displayText(group->title.empty() ? group->id : group->title))
                  .with("input", titleOf(input)),
              TR("edit", "Move the other block into the loop, or link a block that takes several."), to);
  }

  Result<const PortInfo*> port(const PortRef& ref, bool input) {
    const auto* node = document_.node(ref.node);
    if (!node) {
      return fail(ErrorKind::NotFound, "graph.missing",
                  TR("edit", "There is no block with the id {id}.").with("id", displayText(ref.node.text)),
                  TR("edit", "It may have been removed in the meantime; look again."), ref.node.text);
    }
    const auto* schema = catalogue_.find(node->type);
    if (!schema) {
      return no(
          "block.unknown",
          TR("edit", "The block type \"{type}\" is not installed, so its ports cannot be linked.").with("type", displayText(node->type)),
          TR("edit", "Install the pack it comes from."), ref.node);
    }
    if (const auto* found = input ? schema->input(ref.port) : schema->output(ref.port)) return found;
    auto cause = input ? TR("edit", "{block} has no input \"{port}\".") : TR("edit", "{block} has no output \"{port}\".");
    return no("link.port", std::move(cause).with("block", titleOf(*schema)).with("port", displayText(ref.port)),
              TR("edit", "Choose one of the ports that are shown."), ref.node);
  }

 private:
  std::string name(const NodeId& id) const { return displayText(document_.node(id)->name); }
  std::size_t index(const NodeId& id) const { return static_cast<std::size_t>(document_.node(id) - document_.nodes().data()); }

  static tl::unexpected<Error> unfit(const PortInfo& output, const PortInfo& input, const PortRef& to) {
    if (output.type == input.type) {
      return no("link.type_version",
                TR("edit", "{input} reads {type} up to version {wanted}, but gets version {given}.")
                    .with("input", titleOf(input))
                    .with("type", input.type)
                    .with("wanted", std::int64_t{input.typeVersion})
                    .with("given", std::int64_t{output.typeVersion}),
                TR("edit", "Update the pack this block comes from."), to.node);
    }
    return no("link.type",
              TR("edit", "{input} takes {wanted}, but {output} delivers {given}.")
                  .with("input", titleOf(input))
                  .with("wanted", input.type)
                  .with("output", titleOf(output))
                  .with("given", output.type),
              TR("edit", "Put a block between them that makes {wanted}.").with("wanted", input.type), to.node);
  }

  const Document& document_;
  const Catalogue& catalogue_;
  std::optional<Loops> loops_;
};

/// The first port pair of a block that takes what a link carries; unlinked inputs are preferred.
struct Splice {
  const PortInfo* input = nullptr;
  const PortInfo* output = nullptr;
};

Result<Splice> findSplice(const Document& document, const Catalogue& catalogue, const NodeId& block, const Link& link) {
  const auto& links = document.links();
  if (std::none_of(links.begin(), links.end(), [&](const Link& l) { return l.from == link.from && l.to == link.to; }))
    return fail(ErrorKind::NotFound, "graph.missing", TR("edit", "There is no such link."),
                TR("edit", "It may have been removed in the meantime; look again."));
  Linker linker{document, catalogue};
  PB_TRY(const auto* from, linker.port(link.from, false));
  PB_TRY(const auto* to, linker.port(link.to, true));
  const auto* node = document.node(block);
  const auto* schema = node ? catalogue.find(node->type) : nullptr;
  const auto unfit = [&] {
    return fail(ErrorKind::NotFound, "edit.splice", TR("edit", "This block does not fit into this link."),
                TR("edit", "Its first input has to take {type}, and an output has to deliver it.").with("type", from->type), block.text);
  };
  if (!schema || block == link.from.node || block == link.to.node) return unfit();
  Splice free, used;
  for (const auto& p : schema->ports) {
    if (!p.input) {
      if (!free.output && fits(p, *to) && linker.canLink({block, p.key}, link.to)) free.output = &p;
      continue;
    }
    if (!fits(*from, p) || !linker.canLink(link.from, {block, p.key})) continue;
    const bool linked = std::any_of(links.begin(), links.end(), [&](const Link& l) { return l.to == PortRef{block, p.key}; });
    auto& slot = linked && !p.variadic ? used.input : free.input;
    if (!slot) slot = &p;
  }
  if (!free.input) free.input = used.input;
  if (!free.input || !free.output) return unfit();
  return free;
}

/// The links into an input with the place of the first, where a new one goes.
std::vector<Change> cutInput(const Document& document, const PortRef& to, std::size_t& at) {
  std::vector<Change> out;
  const auto& links = document.links();
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].to != to) continue;
    at = std::min(at, i);
    out.push_back(RemoveLink{links[i].from, links[i].to});
  }
  return out;
}

}  // namespace

Result<std::vector<Change>> addBlock(const Document& document, const Catalogue& catalogue, std::string_view type, Place place, NodeId* id) {
  const auto* schema = catalogue.find(type);
  if (!schema) {
    return fail(ErrorKind::NotFound, "block.unknown",
                TR("edit", "The block type \"{type}\" is not installed.").with("type", displayText(type)),
                TR("edit", "Choose a block of the list, or install the pack it comes from."), std::string{type});
  }
  Node node;
  node.id.text = newUlid();
  node.name = document.freeName(type);
  node.type = type;
  node.typeVersion = schema->info.version;
  node.x = place.x;
  node.y = place.y;
  if (id) *id = node.id;
  return std::vector<Change>{AddNode{std::move(node)}};
}

Result<> canLink(const Document& document, const Catalogue& catalogue, const PortRef& from, const PortRef& to) {
  return Linker{document, catalogue}.canLink(from, to);
}

std::vector<PortRef> linkTargets(const Document& document, const Catalogue& catalogue, const PortRef& end, bool isOutput) {
  Linker linker{document, catalogue};
  std::vector<PortRef> out;
  const auto port = linker.port(end, !isOutput);
  if (!port) return out;
  const auto blocked = linker.reach(end.node, !isOutput);
  std::set<PortRef> linked;
  for (const auto& l : document.links())
    if ((isOutput ? l.from : l.to) == end) linked.insert(isOutput ? l.to : l.from);
  for (const auto& node : document.nodes()) {
    const auto* schema = blocked.contains(node.id.text) ? nullptr : catalogue.find(node.type);
    if (!schema) continue;
    for (const auto& p : schema->ports) {
      if (p.input != isOutput || !(isOutput ? fits(**port, p) : fits(p, **port))) continue;
      PortRef other{node.id, p.key};
      const bool leaks = !(isOutput ? linker.leaves(end.node, node.id, p) : linker.leaves(node.id, end.node, **port));
      if (!leaks && !linked.contains(other)) out.push_back(std::move(other));
    }
  }
  return out;
}

Result<std::vector<Change>> link(const Document& document, const Catalogue& catalogue, const PortRef& from, const PortRef& to) {
  Linker linker{document, catalogue};
  PB_CHECK(linker.canLink(from, to));
  PB_TRY(const auto* input, linker.port(to, true));
  auto at = Document::atEnd;
  std::vector<Change> out;
  if (!input->variadic) out = cutInput(document, to, at);
  out.push_back(AddLink{{{}, from, to, {}}, at});
  return out;
}

std::vector<Change> unlink(const PortRef& from, const PortRef& to) { return {RemoveLink{from, to}}; }

Result<std::vector<Change>> spliceInto(const Document& document, const Catalogue& catalogue, const NodeId& block, const Link& link) {
  PB_TRY(const auto splice, findSplice(document, catalogue, block, link));
  const PortRef in{block, splice.input->key}, out{block, splice.output->key};
  std::vector<Change> changes;
  auto unused = Document::atEnd;
  if (!splice.input->variadic) changes = cutInput(document, in, unused);
  // The links keep the place of the old one: a variadic input reads its links in this order.
  const auto& links = document.links();
  const auto old = std::find_if(links.begin(), links.end(), [&](const Link& l) { return l.from == link.from && l.to == link.to; });
  const auto at = static_cast<std::size_t>(old - links.begin());
  const auto before =
      static_cast<std::size_t>(std::count_if(links.begin(), old, [&](const Link& l) { return !splice.input->variadic && l.to == in; }));
  changes.push_back(RemoveLink{link.from, link.to});
  changes.push_back(AddLink{{old->id, out, link.to, old->extra}, at - before});
  changes.push_back(AddLink{{{}, link.from, in, {}}, at - before});
  return changes;
}

bool canSplice(const Document& document, const Catalogue& catalogue, const NodeId& block, const Link& link) {
  return findSplice(document, catalogue, block, link).has_value();
}

std::vector<Change> toggleMode(const Document& document, const std::vector<NodeId>& ids, NodeMode mode) {
  std::vector<Change> out;
  const bool all = std::all_of(ids.begin(), ids.end(), [&](const NodeId& id) {
    const auto* node = document.node(id);
    return !node || node->mode == mode;
  });
  for (const auto& id : ids)
    if (document.node(id)) out.push_back(SetMode{id, all ? NodeMode::Normal : mode});
  return out;
}

bool isPinned(const Node& node) { return node.extra["pinned"].asBool(); }

std::vector<Change> togglePinned(const Document& document, const std::vector<NodeId>& ids) {
  const bool all = std::all_of(ids.begin(), ids.end(), [&](const NodeId& id) {
    const auto* node = document.node(id);
    return !node || isPinned(*node);
  });
  std::vector<Change> out;
  for (const auto& id : ids)
    if (document.node(id)) out.push_back(SetPinned{id, all ? Value{} : Value{true}});
  return out;
}

}  // namespace patchbay::edit
