// SPDX-License-Identifier: Apache-2.0
// Changes made to a document before it is planned: migration of parameters and `--set`.
#include <algorithm>

#include "engine/graph/validate.h"

namespace patchbay {
namespace {

Problem about(const Node* node, std::string code, Text cause, Text hint) {
  return {Severity::Error,  std::move(code), node ? node->id : NodeId{}, node ? node->name : std::string{}, {}, {}, {},
          std::move(cause), std::move(hint)};
}

class Setter {
 public:
  Setter(Document& document, const Catalogue& catalogue) : document_{document}, catalogue_{catalogue} {}

  void apply(std::string_view text) {
    const auto equals = text.find('=');
    const auto dot = text.find('.');
    if (equals == std::string_view::npos || dot == std::string_view::npos || dot > equals || dot == 0 || dot + 1 == equals) {
      problems.push_back(about(nullptr, "set.form", TR("set", "\"{text}\" cannot be read.").with("text", displayText(text)),
                               TR("set", "Write --set name.param=value, for example --set probe.folds=5.")));
      return;
    }
    const auto name = text.substr(0, dot), key = text.substr(dot + 1, equals - dot - 1), value = text.substr(equals + 1);
    if (const auto* node = document_.nodeByName(name)) setParam(*node, key, value);
    else if (const auto* group = document_.group(name); group && group->kind == GroupKind::ForEach) setAxis(*group, key, value);
    else noSuchName(name);
  }

  std::vector<Problem> problems;

 private:
  void noSuchName(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& n : document_.nodes()) names.push_back(n.name);
    for (const auto& g : document_.groups())
      if (g.kind == GroupKind::ForEach) names.push_back(g.id);
    const auto close = nearest(name, names);
    std::string all;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 12); ++i) all += (i ? ", " : "") + displayText(names[i]);
    if (names.size() > 12) all += ", ...";
    problems.push_back(about(nullptr, "set.name", TR("set", "No block is called \"{name}\".").with("name", displayText(name)),
                             close.empty() ? TR("set", "The blocks are: {names}.").with("names", all)
                                           : TR("set", "Did you mean \"{close}\"?").with("close", displayText(close))));
  }

  void setParam(const Node& node, std::string_view key, std::string_view text) {
    const auto* schema = catalogue_.find(node.type);
    if (!schema) {
      problems.push_back(
          about(&node, "block.unknown",
                TR("set", "The block type \"{type}\" is not installed, so nothing can be set.").with("type", displayText(node.type)),
                TR("set", "Install the pack it comes from.")));
      return;
    }
    const auto* info = schema->param(key);
    if (!info) {
      std::vector<ParamProblem> unknown;
      normaliseParams(*schema, Value::Map{{std::string{key}, nullptr}}, unknown);
      problems.push_back(about(&node, "set.param", unknown.front().cause, unknown.front().hint));
      problems.back().param = key;
      return;
    }
    const auto target = node.name + "." + std::string{key};
    for (const auto& g : document_.groups()) {
      for (const auto& axis : g.axes) {
        if (g.kind != GroupKind::ForEach || std::find(axis.bind.begin(), axis.bind.end(), target) == axis.bind.end()) continue;
        problems.push_back(about(&node, "set.bound",
                                 TR("set", "{target} takes its values from the loop.").with("target", displayText(target)),
                                 TR("set", "Set the loop instead: --set {loop}=[...].").with("loop", displayText(g.id + "." + axis.name))));
        problems.back().param = key;
        return;
      }
    }
    auto value = parseParam(*info, text);
    if (!value) {
      problems.push_back(about(&node, "set.value", value.error().cause, value.error().hint));
      problems.back().param = key;
      return;
    }
    (void)document_.setParam(node.id, key, std::move(*value));
  }

  void setAxis(Group group, std::string_view key, std::string_view text) {
    const auto axis = std::find_if(group.axes.begin(), group.axes.end(), [&](const Axis& a) { return a.name == key; });
    if (axis == group.axes.end()) {
      std::vector<std::string> names;
      for (const auto& a : group.axes) names.push_back(a.name);
      const auto close = nearest(key, names);
      problems.push_back(
          about(nullptr, "set.axis",
                TR("set", "The loop \"{loop}\" has no axis \"{axis}\".").with("loop", displayText(group.id)).with("axis", displayText(key)),
                close.empty() ? TR("set", "See `patchbay check` for the loops of this pipeline.")
                              : TR("set", "Did you mean \"{close}\"?").with("close", close)));
      return;
    }
    const auto json = parseJson(text);
    if (json && json->isInt()) {
      axis->count = json->asInt();
      axis->values.clear();
    } else if (json && json->isList()) {
      axis->count.reset();
      axis->values = json->asList();
    } else if (auto values = plainList(*axis, text)) {
      axis->count.reset();
      axis->values = std::move(*values);
    } else {
      const auto loop = displayText(group.id + "." + axis->name);
      problems.push_back(about(
          nullptr, "set.axis", TR("set", "\"{text}\" is neither a list nor a count.").with("text", displayText(text)),
          axis->together ? TR("set", "Write --set {loop}=[[a,1],[b,2]]: a list of lists, one entry for each parameter.").with("loop", loop)
                         : TR("set", "Write --set {loop}=0,1,2 or --set {loop}=[0,1,2], or a number of passes.").with("loop", loop)));
      return;
    }
    (void)document_.setGroup(std::move(group));
  }

  /// "a,b": each word as the bound parameter reads it, as a number or a text without one. Nothing when it cannot read one, when it
  /// looks like JSON gone wrong, or where a value is more than a word.
  std::optional<Value::List> plainList(const Axis& axis, std::string_view text) const {
    if (axis.together || text.empty() || text.find_first_of("[]{}\"") != std::string_view::npos) return std::nullopt;
    const ParamInfo* info = nullptr;
    if (!axis.bind.empty()) {
      const auto dot = axis.bind.front().find('.');
      const auto* node = document_.nodeByName(std::string_view{axis.bind.front()}.substr(0, dot));
      const auto* schema = node && dot != std::string::npos ? catalogue_.find(node->type) : nullptr;
      if (schema) info = schema->param(std::string_view{axis.bind.front()}.substr(dot + 1));
    }
    Value::List out;
    for (std::size_t begin = 0; begin <= text.size();) {
      const auto end = std::min(text.find(',', begin), text.size());
      const auto word = text.substr(begin, end - begin);
      if (word.empty()) return std::nullopt;
      const auto read = info ? parseParam(*info, word) : parseJson(word);
      if (info && !read) return std::nullopt;
      out.push_back(read ? *read : Value{word});
      begin = end + 1;
    }
    return out;
  }

  Document& document_;
  const Catalogue& catalogue_;
};

}  // namespace

void migrate(Document& document, const Catalogue& catalogue, const Migrator& migrator, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < document.nodes().size(); ++i) {
    const auto node = document.nodes()[i];
    const auto* schema = catalogue.find(node.type);
    if (!schema || node.typeVersion >= schema->info.version) continue;
    auto params = migrator ? migrator(node.type, node.typeVersion, node.params) : Result<Value>{node.params};
    if (!migrator) {
      problems.push_back(about(&node, "block.older",
                               TR("graph", "The parameters of this block are of an older version and cannot be brought up to date here."),
                               TR("graph", "Open the pipeline in a project, where the block itself can do it.")));
    } else if (!params) {
      problems.push_back(about(&node, "block.older", params.error().cause, params.error().hint));
    } else if (auto set = document.setParams(node.id, std::move(*params), schema->info.version); !set) {
      problems.push_back(about(&node, "block.older", set.error().cause, set.error().hint));
    }
  }
}

std::vector<Problem> applySets(Document& document, const Catalogue& catalogue, const std::vector<std::string>& sets) {
  Setter setter{document, catalogue};
  for (const auto& text : sets) setter.apply(text);
  return std::move(setter.problems);
}

}  // namespace patchbay
