// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <set>

#include "engine/graph/validate.h"

namespace patchbay {
namespace {

std::string shownTitle(const Schema& schema) { return schema.info.title.empty() ? schema.info.id : render(schema.info.title); }
std::string shownPort(const PortInfo& port) { return port.label.empty() ? port.key : render(port.label); }

class Analyser {
 public:
  Analyser(const Document& document, const Catalogue& catalogue) : document_{document}, catalogue_{catalogue} {
    const auto n = document.nodes().size();
    out_.schemas.resize(n);
    out_.params.resize(n, Value::Map{});
    out_.inputs.resize(n);
    out_.upstream.resize(n);
    out_.skipped.resize(n);
    links_.resize(n);
  }

  Analysis run() {
    checkNames();
    out_.loops = findLoops(document_, out_.problems);
    for (std::size_t n = 0; n < document_.nodes().size(); ++n) checkBlock(n);
    for (const auto& link : document_.links()) checkLink(link);
    sort();
    markSkipped();
    for (const auto n : out_.order) deliver(n);
    for (std::size_t n = 0; n < document_.nodes().size(); ++n) checkInputs(n);
    finish();
    return std::move(out_);
  }

 private:
  const Node& node(std::size_t n) const { return document_.nodes()[n]; }
  std::size_t indexOf(const Node* p) const { return static_cast<std::size_t>(p - document_.nodes().data()); }
  std::string nameOf(std::size_t n) const { return displayText(node(n).name); }

  Problem& wrong(std::size_t n, std::string code, Text cause, Text hint, Severity severity = Severity::Error) {
    out_.problems.push_back({severity, std::move(code), node(n).id, node(n).name, {}, {}, {}, std::move(cause), std::move(hint)});
    return out_.problems.back();
  }

  void checkNames() {
    std::set<std::string_view> ids, names;
    for (std::size_t n = 0; n < document_.nodes().size(); ++n) {
      if (!ids.insert(node(n).id.text).second)
        wrong(n, "graph.id", TR("graph", "Two blocks have the id {id}.").with("id", displayText(node(n).id.text)),
              TR("graph", "Delete one of them and add it again."));
      if (!names.insert(node(n).name).second)
        wrong(n, "graph.name", TR("graph", "Two blocks are called \"{name}\".").with("name", nameOf(n)),
              TR("graph", "Rename one of them, for example to \"{free}\".").with("free", document_.freeName(node(n).name)));
      if (!isUsableName(node(n).name))
        wrong(n, "graph.name", TR("graph", "\"{name}\" cannot be a name.").with("name", nameOf(n)),
              TR("graph", "Use up to 64 letters, digits, _ and -, without spaces."));
    }
  }

  void checkBlock(std::size_t n) {
    const auto* schema = out_.schemas[n] = catalogue_.find(node(n).type);
    if (!schema) {
      const auto close = nearest(node(n).type, catalogue_.ids());
      wrong(n, "block.unknown", TR("graph", "The block type \"{type}\" is not installed.").with("type", displayText(node(n).type)),
            close.empty() ? TR("graph", "Install the pack it comes from, or remove the block; it is kept as it is.")
                          : TR("graph", "Did you mean \"{close}\"? Otherwise install the pack it comes from.").with("close", close));
      return;
    }
    const int here = schema->info.version, there = node(n).typeVersion;
    if (there > here) {
      wrong(n, "block.newer",
            TR("graph", "This block was saved by a newer version of {block} ({there}; installed is {here}).")
                .with("block", shownTitle(*schema))
                .with("there", std::int64_t{there})
                .with("here", std::int64_t{here}),
            TR("graph", "Update Patchbay or the pack the block comes from."));
    } else if (there < here) {
      wrong(n, "block.older",
            TR("graph", "This block was saved by an older version of {block} ({there}; installed is {here}).")
                .with("block", shownTitle(*schema))
                .with("there", std::int64_t{there})
                .with("here", std::int64_t{here}),
            TR("graph", "Its parameters are brought up to date when the pipeline runs."), Severity::Info);
    }
    checkParams(n, *schema, there == here);
  }

  void checkParams(std::size_t n, const Schema& schema, bool current) {
    std::vector<ParamProblem> found;
    auto given = node(n).params;
    for (const auto& bound : out_.loops.bindings[n]) {
      const auto& axis = out_.loops.loops[bound.loop].axes[bound.axis];
      const auto* info = schema.param(bound.param);
      if (!info) {
        // An older version may have had it under this name, but the plan binds after migrating.
        std::vector<ParamProblem> unknown;
        normaliseParams(schema, Value::Map{{bound.param, nullptr}}, unknown);
        for (auto& p : unknown)
          if (p.param == bound.param) found.push_back(std::move(p));
        continue;
      }
      for (const auto& v : axis.values) normaliseParam(*info, bound.of(v), found);
      given[bound.param] = bound.of(axis.values.front());
    }
    out_.params[n] = normaliseParams(schema, given, found);
    if (!current) return;
    for (auto& p : found) wrong(n, "param.value", std::move(p.cause), std::move(p.hint)).param = p.param;
  }

  /// The end of a link that names a port the block has not.
  void unknownPort(std::size_t n, const std::string& port, bool input) {
    std::vector<std::string> keys;
    for (const auto& p : out_.schemas[n]->ports)
      if (p.input == input) keys.push_back(p.key);
    const auto close = nearest(port, keys);
    auto cause = input ? TR("graph", "{block} has no input \"{port}\".") : TR("graph", "{block} has no output \"{port}\".");
    wrong(n, "link.port", std::move(cause).with("block", shownTitle(*out_.schemas[n])).with("port", displayText(port)),
          close.empty() ? TR("graph", "Remove the link and draw it again.") : TR("graph", "Did you mean \"{close}\"?").with("close", close))
        .port = port;
  }

  void checkLink(const Link& link) {
    const auto* from = document_.node(link.from.node);
    const auto* to = document_.node(link.to.node);
    if (!from || !to) {
      Problem p{Severity::Error,
                "link.end",
                {},
                {},
                {},
                {},
                {},
                TR("graph", "A link has an end at a block that is not there (\"{id}\").")
                    .with("id", displayText((from ? link.to : link.from).node.text)),
                TR("graph", "Remove the link.")};
      if (const auto* known = from ? from : to) p.node = known->id, p.name = known->name;
      out_.problems.push_back(std::move(p));
      return;
    }
    const auto f = indexOf(from), t = indexOf(to);
    out_.upstream[t].push_back(f);
    const auto& seen = links_[t];
    if (std::any_of(seen.begin(), seen.end(), [&](const Link* l) { return l->from == link.from && l->to == link.to; })) {
      wrong(t, "link.twice", TR("graph", "The same link is there twice, from \"{from}\".").with("from", nameOf(f)),
            TR("graph", "Remove one of them."))
          .port = link.to.port;
      return;
    }
    links_[t].push_back(&link);
    const auto* output = out_.schemas[f] ? out_.schemas[f]->output(link.from.port) : nullptr;
    const auto* input = out_.schemas[t] ? out_.schemas[t]->input(link.to.port) : nullptr;
    if (out_.schemas[f] && !output) unknownPort(f, link.from.port, false);
    if (out_.schemas[t] && !input) unknownPort(t, link.to.port, true);
    if (!output || !input) return;
    if (output->type != input->type) {
      wrong(t, "link.type",
            TR("graph", "{input} takes {wanted}, but \"{from}\" delivers {given}.")
                .with("input", shownPort(*input))
                .with("wanted", input->type)
                .with("from", nameOf(f))
                .with("given", output->type),
            TR("graph", "Link an output of the type {wanted}, or put a block between them that makes one.").with("wanted", input->type))
          .port = link.to.port;
    } else if (output->typeVersion > input->typeVersion) {
      wrong(t, "link.type_version",
            TR("graph", "{input} reads {type} up to version {wanted}, but \"{from}\" writes version {given}.")
                .with("input", shownPort(*input))
                .with("type", input->type)
                .with("wanted", std::int64_t{input->typeVersion})
                .with("from", nameOf(f))
                .with("given", std::int64_t{output->typeVersion}),
            TR("graph", "Update the pack this block comes from."))
          .port = link.to.port;
    }
  }

  /// Kahn's algorithm; a heap of indices keeps document order among the ready ones.
  void sort() {
    const auto count = document_.nodes().size();
    std::vector<std::vector<std::size_t>> downstream(count);
    std::vector<std::size_t> waiting(count);
    for (std::size_t n = 0; n < count; ++n) {
      waiting[n] = out_.upstream[n].size();
      for (const auto u : out_.upstream[n]) downstream[u].push_back(n);
    }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t n = 0; n < count; ++n)
      if (waiting[n] == 0) ready.push(n);
    while (!ready.empty()) {
      const auto n = ready.top();
      ready.pop();
      out_.order.push_back(n);
      for (const auto d : downstream[n])
        if (--waiting[d] == 0) ready.push(d);
    }
    if (out_.order.size() != count) reportCycles(waiting);
  }

  /// Every node still waiting has one waiting upstream, so walking up ends in a cycle.
  void reportCycles(const std::vector<std::size_t>& waiting) {
    std::vector<std::size_t> walk(waiting.size());  // number of the walk that saw the node, 0 for none
    for (std::size_t start = 0; start < waiting.size(); ++start) {
      if (waiting[start] == 0 || walk[start]) continue;
      std::vector<std::size_t> path;
      std::size_t n = start;
      while (!walk[n]) {
        walk[n] = start + 1;
        path.push_back(n);
        const auto& up = out_.upstream[n];
        n = *std::find_if(up.begin(), up.end(), [&](std::size_t u) { return waiting[u] != 0; });
      }
      if (walk[n] != start + 1) continue;  // ran into a cycle that was reported already
      std::vector<std::size_t> cycle(std::find(path.begin(), path.end(), n), path.end());
      std::reverse(cycle.begin(), cycle.end());
      std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
      std::string names;
      for (const auto c : cycle) names += nameOf(c) + " -> ";
      wrong(cycle.front(), "graph.cycle",
            TR("graph", "These blocks wait for each other: {blocks}.").with("blocks", names + nameOf(cycle.front())),
            TR("graph", "Remove one of the links between them."));
    }
  }

  void markSkipped() {
    for (std::size_t n = 0; n < document_.nodes().size(); ++n) out_.skipped[n] = node(n).mode == NodeMode::Mute;
    for (const auto n : out_.order) {
      if (out_.skipped[n]) continue;
      for (const auto u : out_.upstream[n]) {
        if (!out_.skipped[u]) continue;
        out_.skipped[n] = true;
        auto cause = node(u).mode == NodeMode::Mute ? TR("graph", "It does not run, because \"{from}\" is muted.")
                                                    : TR("graph", "It does not run, because \"{from}\" does not.");
        wrong(n, "graph.muted", std::move(cause).with("from", nameOf(u)), TR("graph", "Unmute that block, or link another one."),
              Severity::Warning);
        break;
      }
    }
  }

  const PortInfo* firstOutput(std::size_t n) const {
    if (!out_.schemas[n]) return nullptr;
    const auto& ports = out_.schemas[n]->ports;
    const auto it = std::find_if(ports.begin(), ports.end(), [](const PortInfo& p) { return !p.input; });
    return it == ports.end() ? nullptr : &*it;
  }

  /// The input a bypassed node hands on.
  const PortInfo* bypassInput(std::size_t n) const {
    const auto* output = firstOutput(n);
    if (!output) return nullptr;
    const auto& ports = out_.schemas[n]->ports;
    const auto it = std::find_if(ports.begin(), ports.end(), [&](const PortInfo& p) { return p.input && p.type == output->type; });
    return it == ports.end() ? nullptr : &*it;
  }

  /// Fills inputs[n]; called in topological order, so what bypassed nodes hand on is known before it is asked for.
  void deliver(std::size_t n) {
    const auto* schema = out_.schemas[n];
    if (!schema) return;
    auto& inputs = out_.inputs[n];
    for (const auto& port : schema->ports) {
      if (!port.input) continue;
      for (const auto* link : links_[n]) {
        if (link->to.port != port.key) continue;
        const auto from = indexOf(document_.node(link->from.node));
        if (node(from).mode != NodeMode::Bypass) {
          inputs.push_back({port.key, from, link->from.port});
        } else if (const auto* output = firstOutput(from); output && output->key == link->from.port) {
          for (const auto& d : handedOn_[from]) inputs.push_back({port.key, d.from, d.fromPort});
        }
      }
    }
    if (node(n).mode != NodeMode::Bypass) return;
    if (const auto* port = bypassInput(n))
      std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(handedOn_[n]), [&](const Delivery& d) { return d.port == port->key; });
    inputs.clear();
  }

  void checkInputs(std::size_t n) {
    if (!out_.schemas[n] || node(n).mode == NodeMode::Bypass) return;
    for (const auto& port : out_.schemas[n]->ports)
      if (port.input) checkInput(n, port);
  }

  void checkInput(std::size_t n, const PortInfo& port) {
    const auto problem = [&](std::string code, Text cause, Text hint) {
      wrong(n, std::move(code), std::move(cause), std::move(hint)).port = port.key;
    };
    std::size_t links = 0, results = 0;
    for (const auto& d : out_.inputs[n]) {
      if (d.port != port.key) continue;
      ++links;
      const auto common = out_.loops.shared(d.from, n);
      results += out_.loops.passes(d.from, common);
      if (port.variadic || out_.loops.chain[d.from].size() == common) continue;
      const auto* group = out_.loops.loops[out_.loops.chain[d.from][common]].group;
      problem("loop.reduce",
              TR("graph", "\"{from}\" is inside the loop \"{loop}\" and delivers one result a pass, but {input} takes a single one.")
                  .with("from", nameOf(d.from))
                  .with("loop", displayText(group->title.empty() ? group->id : group->title))
                  .with("input", shownPort(port)),
              TR("graph", "Move this block into the loop, or put a block between them that takes several."));
    }
    if (links == 0 && !port.optional) {
      const auto drawn = std::find_if(links_[n].begin(), links_[n].end(), [&](const Link* l) { return l->to.port == port.key; });
      if (drawn == links_[n].end()) {
        problem("input.missing", TR("graph", "The input {input} is not linked.").with("input", shownPort(port)),
                TR("graph", "Link an output of the type {type} to it.").with("type", port.type));
      } else if (const auto* from = document_.node((*drawn)->from.node); from->mode == NodeMode::Bypass) {
        problem("input.bypassed",
                TR("graph", "The input {input} gets nothing, because \"{from}\" is bypassed.")
                    .with("input", shownPort(port))
                    .with("from", displayText(from->name)),
                TR("graph",
                   "A bypassed block hands its first input of the same type on as its first output, and nothing else: take it out of "
                   "bypass, or link another block."));
      }
      return;
    }
    if (!port.variadic && links > 1)
      problem("input.several",
              TR("graph", "The input {input} has {n} links, but takes one.")
                  .with("input", shownPort(port))
                  .count(static_cast<std::int64_t>(links)),
              TR("graph", "Remove all but one."));
    if (port.variadic && links > 0 && results < static_cast<std::size_t>(std::max(port.minLinks, 0)))
      problem("input.few",
              TR("graph", "The input {input} needs {least} or more and has {n}.")
                  .with("input", shownPort(port))
                  .with("least", std::int64_t{port.minLinks})
                  .with("n", static_cast<std::int64_t>(results)),
              TR("graph", "Link more outputs of the type {type} to it.").with("type", port.type));
  }

  /// What does not run cannot fail; and problems are told in the order of the document.
  void finish() {
    const auto place = [&](const Problem& p) {
      const auto* found = p.node.empty() ? nullptr : document_.node(p.node);
      return found ? indexOf(found) : document_.nodes().size();
    };
    for (auto& p : out_.problems) {
      const auto n = place(p);
      const bool structure = p.code.starts_with("graph.") || p.code == "link.end";
      if (n < out_.skipped.size() && out_.skipped[n] && !structure && p.severity == Severity::Error) p.severity = Severity::Warning;
    }
    std::stable_sort(out_.problems.begin(), out_.problems.end(), [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  }

  const Document& document_;
  const Catalogue& catalogue_;
  Analysis out_;
  std::vector<std::vector<const Link*>> links_;            ///< Into each node, without repeated ones.
  std::map<std::size_t, std::vector<Delivery>> handedOn_;  ///< By bypassed nodes.
};

}  // namespace

Analysis analyse(const Document& document, const Catalogue& catalogue) { return Analyser{document, catalogue}.run(); }

std::vector<Problem> validate(const Document& document, const Catalogue& catalogue) { return analyse(document, catalogue).problems; }

}  // namespace patchbay
