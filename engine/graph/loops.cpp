// SPDX-License-Identifier: Apache-2.0
#include "engine/graph/loops.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "engine/base/digest.h"
#include "engine/block/schema.h"

namespace patchbay {
namespace {

constexpr std::size_t saturation = 1'000'000;

class Finder {
 public:
  Finder(const Document& document, std::vector<Problem>& problems) : document_{document}, problems_{problems} {}

  Loops find() {
    Loops out;
    out.chain.resize(document_.nodes().size());
    out.bindings.resize(document_.nodes().size());
    std::set<std::string_view> ids;
    for (const auto& g : document_.groups()) {
      group_ = &g;
      if (!ids.insert(g.id).second) wrong("group.id", TR("graph", "Two groups have the same id."), TR("graph", "Remove one of them."));
      const auto members = membersOf();
      if (g.kind != GroupKind::ForEach) continue;
      Loop loop{&g, members, {}, 1};
      readAxes(loop);
      out.loops.push_back(std::move(loop));
    }
    std::stable_sort(out.loops.begin(), out.loops.end(), [](const Loop& a, const Loop& b) { return a.members.size() > b.members.size(); });
    nest(out);
    for (std::size_t l = 0; l < out.loops.size(); ++l)
      for (const auto n : out.loops[l].members) out.chain[n].push_back(l);
    checkChains(out);
    for (std::size_t l = 0; l < out.loops.size(); ++l) bind(out, l);
    return out;
  }

 private:
  void wrong(std::string code, Text cause, Text hint, Severity severity = Severity::Error) {
    problems_.push_back({severity, std::move(code), {}, {}, {}, {}, group_->id, std::move(cause), std::move(hint)});
  }
  std::size_t indexOf(const Node* node) const { return static_cast<std::size_t>(node - document_.nodes().data()); }
  std::string title() const { return displayText(group_->title.empty() ? group_->id : group_->title); }

  std::vector<std::size_t> membersOf() {
    std::set<std::size_t> members;
    std::set<std::string_view> seen{group_->id};
    std::vector<const Group*> open{group_};
    while (!open.empty()) {
      const auto* g = open.back();
      open.pop_back();
      for (const auto& id : g->nodes) {
        if (const auto* node = document_.node({id})) {
          members.insert(indexOf(node));
        } else if (const auto* inner = document_.group(id)) {
          if (seen.insert(inner->id).second) open.push_back(inner);
        } else if (g == group_) {
          wrong("group.member",
                TR("graph", "The group \"{group}\" lists \"{id}\", which is not there.").with("group", title()).with("id", displayText(id)),
                TR("graph", "Remove it from the group."), Severity::Warning);
        }
      }
    }
    return {members.begin(), members.end()};
  }

  void readAxes(Loop& loop) {
    if (group_->axes.empty())
      wrong("loop.axes", TR("graph", "The loop \"{group}\" has nothing to go through.").with("group", title()),
            TR("graph", "Give it an axis with values, or make it an ordinary group."));
    for (const auto& axis : group_->axes) {
      LoopAxis out{axis.name, axis.values, {}};
      if (!isUsableName(axis.name))
        wrong("loop.name",
              TR("graph", "The loop \"{group}\" has an axis whose name \"{axis}\" cannot be used.")
                  .with("group", title())
                  .with("axis", displayText(axis.name)),
              TR("graph", "Use letters, digits, _ and -."));
      if (axis.count && !axis.values.empty())
        wrong("loop.values", TR("graph", "The axis \"{axis}\" has both values and a count.").with("axis", displayText(axis.name)),
              TR("graph", "Keep one of them."));
      const auto passes = axis.count ? *axis.count : static_cast<std::int64_t>(axis.values.size());
      if (passes < 1 || passes > static_cast<std::int64_t>(maxPasses)) {
        wrong("loop.values", TR("graph", "The axis \"{axis}\" has {n} value(s).").with("axis", displayText(axis.name)).count(passes),
              TR("graph", "Give it 1 to {max} values.").with("max", static_cast<std::int64_t>(maxPasses)));
        out.values = {Value{}};
      } else if (axis.count) {
        out.values.clear();
        for (std::int64_t i = 0; i < passes; ++i) out.values.emplace_back(i);
      }
      if (axis.together) checkTogether(axis, out);
      std::set<std::string> labels;
      for (const auto& v : out.values) {
        out.labels.push_back(loopLabel(v));
        if (!labels.insert(out.labels.back()).second)
          wrong("loop.values",
                TR("graph", "The axis \"{axis}\" has the value {value} twice.")
                    .with("axis", displayText(axis.name))
                    .with("value", out.labels.back()),
                TR("graph", "Keep one of them."));
      }
      if (axis.bind.empty() && axis.name != "seed")
        wrong("loop.bind",
              TR("graph", "Nothing takes the values of the axis \"{axis}\", so all its passes are equal.")
                  .with("axis", displayText(axis.name)),
              TR("graph", "Bind it to a parameter, or call it \"seed\" to repeat what is random."), Severity::Warning);
      loop.passes = std::min(saturation, loop.passes * out.values.size());
      loop.axes.push_back(std::move(out));
    }
  }

  /// Values of the wrong form are replaced, so that every binding finds its entry.
  void checkTogether(const Axis& axis, LoopAxis& out) {
    const auto wanted = axis.bind.size();
    if (axis.count) {
      wrong("loop.together",
            TR("graph", "The axis \"{axis}\" varies several parameters together, and a count says nothing of what each of them takes.")
                .with("axis", displayText(axis.name)),
            TR("graph", "Give it values: lists with one entry for each parameter."));
    }
    bool told = axis.count.has_value();
    for (std::size_t i = 0; i < out.values.size(); ++i) {
      auto& v = out.values[i];
      if (v.isList() && v.asList().size() == wanted) continue;
      if (!told)
        wrong("loop.together",
              TR("graph", "Value {i} of the axis \"{axis}\" is {value}, but {n} parameter(s) vary together.")
                  .with("i", static_cast<std::int64_t>(i + 1))
                  .with("axis", displayText(axis.name))
                  .with("value", displayText(toJson(v)))
                  .count(static_cast<std::int64_t>(wanted)),
              TR("graph", "Write every value as a list with one entry for each bound parameter, in their order."));
      told = true;
      v = Value::List(wanted, Value{});
      v.list().push_back(static_cast<std::int64_t>(i));  // Different from the others; nobody looks at it.
    }
  }

  /// Drops loops that overlap another one without being inside it; they have no meaning.
  void nest(Loops& out) {
    for (std::size_t inner = 1; inner < out.loops.size();) {
      const auto& in = out.loops[inner].members;
      bool overlaps = false;
      for (std::size_t outer = 0; outer < inner && !overlaps; ++outer) {
        const auto& around = out.loops[outer].members;
        std::vector<std::size_t> both;
        std::set_intersection(in.begin(), in.end(), around.begin(), around.end(), std::back_inserter(both));
        overlaps = !both.empty() && both.size() != in.size();
        if (!overlaps) continue;
        group_ = out.loops[inner].group;
        const auto* other = out.loops[outer].group;
        wrong("loop.overlap",
              TR("graph", "The loops \"{group}\" and \"{other}\" share some of their blocks.")
                  .with("group", title())
                  .with("other", displayText(other->title.empty() ? other->id : other->title)),
              TR("graph", "Put one wholly inside the other, or keep them apart."));
      }
      if (overlaps) out.loops.erase(out.loops.begin() + static_cast<std::ptrdiff_t>(inner));
      else ++inner;
    }
  }

  void checkChains(const Loops& out) {
    std::set<std::vector<std::size_t>> seen;
    for (std::size_t n = 0; n < out.chain.size(); ++n) {
      if (out.chain[n].empty() || !seen.insert(out.chain[n]).second) continue;
      group_ = out.loops[out.chain[n].back()].group;
      std::set<std::string_view> names;
      for (const auto l : out.chain[n])
        for (const auto& axis : out.loops[l].axes)
          if (!names.insert(axis.name).second)
            wrong("loop.name", TR("graph", "Two axes around the same blocks are called \"{axis}\".").with("axis", displayText(axis.name)),
                  TR("graph", "Rename one of them."));
      if (out.passes(n) > maxPasses)
        wrong("loop.size",
              TR("graph", "The loops around \"{group}\" make {n} passes or more.")
                  .with("group", title())
                  .with("n", static_cast<std::int64_t>(out.passes(n))),
              TR("graph", "Shorten an axis: {max} passes are the most.").with("max", static_cast<std::int64_t>(maxPasses)));
    }
  }

  void bind(Loops& out, std::size_t l) {
    group_ = out.loops[l].group;
    const auto& members = out.loops[l].members;
    for (std::size_t a = 0; a < group_->axes.size(); ++a) {
      const auto& targets = group_->axes[a].bind;
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto& target = targets[t];
        const auto dot = target.find('.');
        const auto name = target.substr(0, dot);
        const auto* node = document_.nodeByName(name);
        if (dot == std::string::npos || !node) {
          std::vector<std::string> names;
          for (const auto n : members) names.push_back(document_.nodes()[n].name);
          const auto close = nearest(name, names);
          wrong("loop.bind",
                TR("graph", "The axis \"{axis}\" is bound to \"{target}\", which is not a block's parameter.")
                    .with("axis", displayText(group_->axes[a].name))
                    .with("target", displayText(target)),
                close.empty() ? TR("graph", "Write the block's name, a dot and the parameter.")
                              : TR("graph", "Did you mean the block \"{close}\"?").with("close", displayText(close)));
          continue;
        }
        const auto n = indexOf(node);
        const auto param = target.substr(dot + 1);
        if (!std::binary_search(members.begin(), members.end(), n)) {
          wrong("loop.bind",
                TR("graph", "The axis \"{axis}\" is bound to \"{target}\", but that block is outside the loop.")
                    .with("axis", displayText(group_->axes[a].name))
                    .with("target", displayText(target)),
                TR("graph", "Move the block into the loop, or remove the binding."));
          continue;
        }
        auto& bound = out.bindings[n];
        if (std::any_of(bound.begin(), bound.end(), [&](const LoopBinding& b) { return b.param == param; })) {
          wrong("loop.bind", TR("graph", "\"{target}\" is bound twice.").with("target", displayText(target)),
                TR("graph", "Remove one of the bindings."));
          continue;
        }
        bound.push_back({param, l, a, group_->axes[a].together ? std::optional{t} : std::nullopt});
      }
    }
  }

  const Document& document_;
  std::vector<Problem>& problems_;
  const Group* group_ = nullptr;
};

}  // namespace

std::size_t Loops::shared(std::size_t a, std::size_t b) const {
  std::size_t n = 0;
  while (n < chain[a].size() && n < chain[b].size() && chain[a][n] == chain[b][n]) ++n;
  return n;
}

std::size_t Loops::passes(std::size_t node, std::size_t from) const {
  std::size_t out = 1;
  for (std::size_t i = from; i < chain[node].size(); ++i) out = std::min(saturation, out * loops[chain[node][i]].passes);
  return out;
}

Loops findLoops(const Document& document, std::vector<Problem>& problems) { return Finder{document, problems}.find(); }

namespace {

bool isPlain(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.' || c == '+';
  });
}

std::string textOf(const Value& value) { return value.isText() ? value.asText() : toJson(value); }

}  // namespace

std::string loopLabel(const Value& value) {
  auto text = textOf(value);
  if (value.isList() && value.asList().size() > 1) {
    std::string joined;
    for (const auto& v : value.asList()) {
      const auto entry = textOf(v);
      // With a '+' of its own two different lists could read alike.
      if (!isPlain(entry) || entry.find('+') != std::string::npos) joined.assign(64, '?');
      joined += (joined.empty() ? "" : "+") + entry;
    }
    text = std::move(joined);
  }
  return isPlain(text) ? text : digestOf(toJson(value)).hex().substr(0, 8);
}

}  // namespace patchbay
