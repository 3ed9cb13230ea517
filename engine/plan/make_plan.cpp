// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/make_plan.h"

#include <algorithm>
#include <set>

#include "engine/base/digest.h"

namespace patchbay {
namespace {

constexpr std::size_t maxSteps = 100'000;

std::uint64_t hashed(const Value& value) {
  const auto digest = digestOf(toJson(value));
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8 | digest.bytes[i];
  return out >> 11;
}

class Planner {
 public:
  Planner(const Document& document, const PlanOptions& options, const Analysis& analysis, const std::vector<bool>& needed)
      : document_{document}, options_{options}, analysis_{analysis}, needed_{needed}, suffixes_(document.nodes().size()) {}

  Plan make() {
    plan_.pipelineId = document_.id;
    plan_.title = document_.title;
    plan_.document = document_.toValue();
    plan_.seed = options_.seed;
    plan_.device = options_.device;
    plan_.threads = options_.threads;
    plan_.on = options_.on;
    for (const auto n : analysis_.order) {
      const auto& node = document_.nodes()[n];
      if (!needed_[n]) continue;
      if (analysis_.skipped[n]) plan_.skipped.push_back({node.id, node.name, node.mode == NodeMode::Mute});
      else if (node.mode != NodeMode::Bypass) expand(n);
    }
    return std::move(plan_);
  }

  std::vector<Problem> problems() { return std::move(problems_); }

 private:
  /// One step for each pass of the loops around the node.
  void expand(std::size_t n) {
    const auto passes = analysis_.loops.passes(n);
    suffixes_[n].reserve(passes);
    for (std::size_t pass = 0; pass < passes; ++pass) plan_.steps.push_back(stepOf(n, pass));
  }

  Step stepOf(std::size_t n, std::size_t pass) {
    const auto& node = document_.nodes()[n];
    const auto& schema = *analysis_.schemas[n];
    Step step;
    step.node = node.id;
    step.title = node.title.empty() ? render(schema.info.title) : node.title;
    step.type = node.type;
    step.params = analysis_.params[n];
    step.info = schema.info;
    for (const auto& p : schema.params)
      if (!p.affectsResult) step.notInKey.push_back(p.key);
    for (const auto& p : schema.ports)
      if (!p.input) step.outputs.push_back(p.key);
    const auto suffix = fillLoop(n, pass, schema, step);
    resolve(schema, node, step);
    suffixes_[n].push_back(suffix);
    step.id.text = node.id.text + suffix;
    step.name = node.name + suffix;
    fillInputs(n, pass, step);
    if (schema.info.determinism == Determinism::Seeded) step.seed = stepSeed(options_.seed, node.id, step.params, step.loop);
    return step;
  }

  void resolve(const Schema& schema, const Node& node, Step& step) {
    if (!options_.resolve) return;
    for (const auto& info : schema.params) {
      auto now = options_.resolve(schema, info, step.params[info.key]);
      if (!now)
        problems_.push_back({Severity::Error, now.error().code, node.id, node.name, info.key, {}, {}, now.error().cause, now.error().hint});
      else if (*now) step.params[info.key] = std::move(**now);
    }
  }

  /// Sets the loop values and bound parameters of one pass; returns the suffix of id and name.
  std::string fillLoop(std::size_t n, std::size_t pass, const Schema& schema, Step& step) const {
    const auto& loops = analysis_.loops;
    std::string suffix;
    std::size_t rest = loops.passes(n);
    for (const auto l : loops.chain[n]) {
      const auto& axes = loops.loops[l].axes;
      for (std::size_t a = 0; a < axes.size(); ++a) {
        rest /= axes[a].values.size();
        const auto i = pass / rest % axes[a].values.size();
        const auto& value = axes[a].values[i];
        suffix += (suffix.empty() ? "[" : ",") + axes[a].name + "=" + axes[a].labels[i];
        step.loop[axes[a].name] = value;
        for (const auto& bound : loops.bindings[n]) {
          if (bound.loop != l || bound.axis != a) continue;
          std::vector<ParamProblem> none;  // every value was checked by analyse()
          step.params[bound.param] = normaliseParam(*schema.param(bound.param), bound.of(value), none);
        }
      }
    }
    return suffix.empty() ? suffix : suffix + "]";
  }

  /// Passes are numbered with the outer loops slowest, so the passes of a source that agree in the shared loops are
  /// consecutive.
  void fillInputs(std::size_t n, std::size_t pass, Step& step) const {
    for (const auto& d : analysis_.inputs[n]) {
      const auto shared = analysis_.loops.shared(d.from, n);
      const auto many = analysis_.loops.passes(d.from, shared);
      const auto outer = pass / analysis_.loops.passes(n, shared);
      for (std::size_t k = 0; k < many; ++k)
        step.inputs.push_back({d.port, {document_.nodes()[d.from].id.text + suffixes_[d.from][outer * many + k]}, d.fromPort});
    }
  }

  const Document& document_;
  const PlanOptions& options_;
  const Analysis& analysis_;
  const std::vector<bool>& needed_;
  std::vector<std::vector<std::string>> suffixes_;  ///< Node -> pass -> "[seed=0,fold=1]".
  std::vector<Problem> problems_;
  Plan plan_;
};

/// The nodes that `to` needs, itself included; all when it is empty.
std::vector<bool> neededFor(const Document& document, const Analysis& analysis, const std::string& to, std::vector<Problem>& problems) {
  std::vector<bool> needed(document.nodes().size(), to.empty());
  if (to.empty()) return needed;
  const auto* target = document.nodeByName(to);
  if (!target) target = document.node({to});
  if (!target) {
    std::vector<std::string> names;
    for (const auto& n : document.nodes()) names.push_back(n.name);
    const auto close = nearest(to, names);
    std::string all;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 12); ++i) all += (i ? ", " : "") + displayText(names[i]);
    if (names.size() > 12) all += ", ...";
    problems.push_back({Severity::Error,
                        "plan.to",
                        {},
                        {},
                        {},
                        {},
                        {},
                        TR("plan", "No block is called \"{name}\".").with("name", displayText(to)),
                        close.empty() ? TR("plan", "The blocks are: {names}.").with("names", all)
                                      : TR("plan", "Did you mean \"{close}\"?").with("close", displayText(close))});
    return needed;
  }
  std::vector<std::size_t> open{static_cast<std::size_t>(target - document.nodes().data())};
  if (analysis.skipped[open.front()]) {
    problems.push_back({Severity::Error,
                        "plan.to",
                        target->id,
                        target->name,
                        {},
                        {},
                        {},
                        TR("plan", "\"{name}\" does not run: it or a block before it is muted.").with("name", displayText(target->name)),
                        TR("plan", "Unmute it first.")});
  }
  needed[open.front()] = true;
  while (!open.empty()) {
    const auto n = open.back();
    open.pop_back();
    for (const auto u : analysis.upstream[n]) {
      if (needed[u]) continue;
      needed[u] = true;
      open.push_back(u);
    }
  }
  return needed;
}

void keepNeeded(const Document& document, const Analysis& analysis, const std::vector<bool>& needed, std::vector<Problem>& problems) {
  std::set<std::string_view> groups, nodes;
  for (std::size_t n = 0; n < needed.size(); ++n) {
    if (!needed[n]) continue;
    // By id, not by index: a file may hold an id twice, and the problem of either block then stands for both.
    nodes.insert(document.nodes()[n].id.text);
    for (const auto l : analysis.loops.chain[n]) groups.insert(analysis.loops.loops[l].group->id);
  }
  std::erase_if(problems, [&](const Problem& p) {
    // Loops that overlap have no chain; their problems stay, whatever is asked for.
    if (!p.group.empty()) return !groups.contains(p.group) && p.code != "loop.overlap";
    return document.node(p.node) && !nodes.contains(p.node.text);
  });
}

/// What the blocks that are needed and run read, with every value that a loop gives them.
std::vector<NeededPath> neededPaths(const Document& document, const Analysis& analysis, const std::vector<bool>& needed) {
  std::vector<NeededPath> out;
  for (std::size_t n = 0; n < needed.size(); ++n) {
    const auto& node = document.nodes()[n];
    const auto* schema = analysis.schemas[n];
    if (!needed[n] || analysis.skipped[n] || node.mode == NodeMode::Bypass || !schema || schema->info.effects != Effects::ReadsFiles)
      continue;
    for (const auto& info : schema->params) {
      const bool folder = info.kind == ParamKind::Folder;
      if ((!folder && info.kind != ParamKind::File) || !info.affectsResult || !isVisible(info, analysis.params[n])) continue;
      std::vector<std::filesystem::path> paths;
      const auto take = [&](const Value& value) {
        auto path = pathFromValue(value);
        if (!path.empty() && std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(std::move(path));
      };
      bool looped = false;
      for (const auto& bound : analysis.loops.bindings[n]) {
        if (bound.param != info.key) continue;
        looped = true;
        for (const auto& value : analysis.loops.loops[bound.loop].axes[bound.axis].values) take(bound.of(value));
      }
      if (!looped) take(analysis.params[n][info.key]);
      for (auto& path : paths) out.push_back({node.id, node.name, info.key, folder, std::move(path)});
    }
  }
  return out;
}

}  // namespace

std::uint64_t stepSeed(std::uint64_t planSeed, const NodeId& node, const Value& params, const std::map<std::string, Value>& loop) {
  const auto plan = static_cast<std::int64_t>(planSeed);
  if (const auto* own = params.find("seed"); own && own->isInt())
    return planSeed == 0 ? static_cast<std::uint64_t>(own->asInt()) : hashed(Value::List{plan, own->asInt()});
  Value parts{Value::List{plan, node.text}};
  if (const auto it = loop.find("seed"); it != loop.end()) parts.push(it->second);
  return hashed(parts);
}

Planned makePlan(Document document, const Catalogue& catalogue, const PlanOptions& options) {
  Planned out;
  migrate(document, catalogue, options.migrator, out.problems);
  auto fromSets = applySets(document, catalogue, options.sets);
  const auto analysis = analyse(document, catalogue);
  for (auto& p : out.problems) {
    const auto* node = document.node(p.node);  // what does not run need not be brought up to date
    if (node && analysis.skipped[static_cast<std::size_t>(node - document.nodes().data())]) p.severity = Severity::Warning;
  }
  std::vector<Problem> aboutTarget;
  const auto needed = neededFor(document, analysis, options.to, aboutTarget);
  out.problems.insert(out.problems.end(), analysis.problems.begin(), analysis.problems.end());
  if (!options.to.empty()) keepNeeded(document, analysis, needed, out.problems);
  // What was typed is wrong whichever blocks are needed, and comes first.
  fromSets.insert(fromSets.end(), aboutTarget.begin(), aboutTarget.end());
  out.problems.insert(out.problems.begin(), std::make_move_iterator(fromSets.begin()), std::make_move_iterator(fromSets.end()));

  out.paths = neededPaths(document, analysis, needed);
  std::size_t steps = 0;
  for (std::size_t n = 0; n < needed.size(); ++n)
    if (needed[n]) steps += analysis.loops.passes(n);
  if (steps > maxSteps) {
    out.problems.push_back({Severity::Error,
                            "plan.size",
                            {},
                            {},
                            {},
                            {},
                            {},
                            TR("plan", "The loops make {n} steps.").count(static_cast<std::int64_t>(steps)),
                            TR("plan", "Shorten an axis: {max} steps are the most.").with("max", static_cast<std::int64_t>(maxSteps))});
  }
  if (hasErrors(out.problems)) return out;
  Planner planner{document, options, analysis, needed};
  auto plan = planner.make();
  const auto unresolved = planner.problems();
  out.problems.insert(out.problems.end(), unresolved.begin(), unresolved.end());
  if (unresolved.empty()) out.plan = std::move(plan);
  return out;
}

}  // namespace patchbay
