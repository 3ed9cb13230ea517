// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <set>

#include "engine/graph/document.h"
#include "widgets/base/block_names.h"
#include "widgets/base/say.h"
#include "widgets/results/run_comparison.h"

namespace patchbay::widgets {

namespace {

QString trc(const char* text) { return QCoreApplication::translate("patchbay::widgets::RunComparison", text); }

/// A block of one of the runs under the key that finds it in the others.
using Blocks = std::map<std::string, const Node*>;

/// The same id is the same block; where pipelines are not related, the same name is.
std::vector<Blocks> matched(const std::vector<Document>& documents) {
  std::set<std::string> first;
  std::map<std::string, std::string> idByName;
  std::vector<Blocks> out;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    auto& blocks = out.emplace_back();
    for (const auto& node : documents[d].nodes()) {
      auto key = node.id.text;
      if (d == 0) {
        first.insert(key);
        idByName[node.name] = key;
      } else if (!first.contains(key)) {
        if (const auto named = idByName.find(node.name); named != idByName.end()) key = named->second;
      }
      blocks[key] = &node;
    }
  }
  return out;
}

Value paramOf(const Catalogue& catalogue, const Node& node, std::string_view key) {
  if (const auto* value = node.params.find(key)) {
    const auto* schema = catalogue.find(node.type);
    const auto* info = schema ? schema->param(key) : nullptr;
    if (!info) return *value;
    std::vector<ParamProblem> problems;
    auto normal = normaliseParam(*info, *value, problems);
    return problems.empty() ? normal : *value;
  }
  const auto* schema = catalogue.find(node.type);
  const auto* info = schema ? schema->param(key) : nullptr;
  return info ? info->def : Value{};
}

QString sayValue(const ParamInfo* info, const Value& value) {
  if (value.isNull()) return {};
  if (value.isBool()) return value.asBool() ? trc("yes") : trc("no");
  if (value.isText()) {
    if (info)
      for (const auto& choice : info->choices)
        if (choice.key == value.asText()) return say(choice.label);
    return value.asText().empty() ? trc("(empty)") : fromUtf8(displayText(value.asText()));
  }
  if (value.isNumber()) return sayNumber(value.asDouble());
  if (value.isList() && std::ranges::all_of(value.asList(), [](const Value& v) { return v.isText(); })) {
    QStringList all;
    for (const auto& v : value.asList()) all << fromUtf8(displayText(v.asText()));
    return all.isEmpty() ? trc("(none)") : all.join(QStringLiteral(", "));
  }
  return fromUtf8(toJson(value));
}

class Differences {
 public:
  Differences(const Catalogue& catalogue, const std::vector<Document>& documents) : catalogue_{catalogue}, blocks_{matched(documents)} {
    for (const auto& document : documents) names_.add(BlockNames{document});
    std::vector<std::string> order;
    for (std::size_t d = 0; d < documents.size(); ++d)
      for (const auto& [key, node] : blocks_[d])
        if (std::ranges::find(order, key) == order.end()) order.push_back(key);
    for (const auto& key : order) block(key);
    links(documents);
  }
  std::vector<RunDifference> take() { return std::move(out_); }

 private:
  void add(const QString& block, const QString& what, std::vector<QString> values) {
    if (std::ranges::all_of(values, [&](const QString& v) { return v == values.front(); })) return;
    out_.push_back({block, what, std::move(values)});
  }

  void block(const std::string& key) {
    std::vector<const Node*> nodes;
    for (const auto& blocks : blocks_) {
      const auto found = blocks.find(key);
      nodes.push_back(found == blocks.end() ? nullptr : found->second);
    }
    const auto* some = *std::ranges::find_if(nodes, [](const Node* n) { return n != nullptr; });
    const auto name = names_.say(some->name, catalogue_);
    const auto each = [&](auto say) {
      std::vector<QString> values;
      for (const auto* n : nodes) values.push_back(n ? say(*n) : QString{});
      return values;
    };
    add(name, trc("Block"), each([&](const Node& n) {
          const auto* schema = catalogue_.find(n.type);
          return schema ? widgets::say(schema->info.title) : fromUtf8(n.type);
        }));
    add(name, trc("State of the block"), each([](const Node& n) {
          return n.mode == NodeMode::Bypass ? trc("bypassed") : n.mode == NodeMode::Mute ? trc("muted") : trc("in use");
        }));
    if (std::ranges::find(nodes, nullptr) != nodes.end()) return;  // Parameters of a block that is not there say nothing.
    parameters(name, nodes);
  }

  void parameters(const QString& name, const std::vector<const Node*>& nodes) {
    std::set<std::string> keys;
    for (const auto* n : nodes)
      for (const auto& [key, value] : n->params.asMap()) keys.insert(key);
    for (const auto& key : keys) {
      const auto* schema = catalogue_.find(nodes.front()->type);
      const auto* info = schema ? schema->param(key) : nullptr;
      std::vector<Value> values;
      for (const auto* n : nodes) values.push_back(paramOf(catalogue_, *n, key));
      if (std::ranges::all_of(values, [&](const Value& v) { return v == values.front(); })) continue;
      RunDifference d{name, info ? say(info->label) : fromUtf8(key), {}};
      for (const auto& v : values) d.values.push_back(sayValue(info, v));
      out_.push_back(std::move(d));
    }
  }

  void links(const std::vector<Document>& documents) {
    // A link counts as the same when it joins the same blocks, however they are called in each document.
    std::vector<std::set<QString>> sets;
    for (std::size_t d = 0; d < documents.size(); ++d) {
      auto& set = sets.emplace_back();
      for (const auto& link : documents[d].links()) {
        const auto name = [&](const NodeId& id) {
          for (const auto& [key, node] : blocks_[d])
            if (node->id == id) return nameOf(key);
          return fromUtf8(id.text);
        };
        const auto port = [&](const PortRef& ref, bool input) {
          const auto* node = documents[d].node(ref.node);
          const auto* schema = node ? catalogue_.find(node->type) : nullptr;
          const auto* info = !schema ? nullptr : input ? schema->input(ref.port) : schema->output(ref.port);
          return info && !info->label.empty() ? say(info->label) : fromUtf8(ref.port);
        };
        set.insert(trc("%1 (%2) to %3 (%4)").arg(name(link.from.node), port(link.from, false), name(link.to.node), port(link.to, true)));
      }
    }
    std::set<QString> all;
    for (const auto& set : sets) all.insert(set.begin(), set.end());
    for (const auto& link : all) {
      std::vector<QString> values;
      for (const auto& set : sets) values.push_back(set.contains(link) ? trc("linked") : QString{});
      add({}, trc("Link %1").arg(link), std::move(values));
    }
  }

  QString nameOf(const std::string& key) const {
    for (const auto& blocks : blocks_)
      if (const auto found = blocks.find(key); found != blocks.end()) return names_.say(found->second->name, catalogue_);
    return fromUtf8(key);
  }

  const Catalogue& catalogue_;
  std::vector<Blocks> blocks_;
  BlockNames names_;
  std::vector<RunDifference> out_;
};

}  // namespace

std::vector<RunDifference> differencesOf(const Catalogue& catalogue, const std::vector<Value>& runs) {
  std::vector<RunDifference> out;
  if (runs.size() < 2) return out;
  std::vector<Document> documents;
  for (const auto& run : runs) {
    auto document = Document::fromValue(run["document"]);
    if (!document) return out;
    documents.push_back(std::move(*document));
  }
  const auto whole = [&](const QString& what, auto say) {
    RunDifference d{{}, what, {}};
    for (const auto& run : runs) d.values.push_back(say(run));
    if (!std::ranges::all_of(d.values, [&](const QString& v) { return v == d.values.front(); })) out.push_back(std::move(d));
  };
  whole(trc("Pipeline"), [](const Value& run) { return sayWritten(run["title"].asText()); });
  whole(trc("Seed"), [](const Value& run) { return QString::number(run["seed"].asInt()); });
  whole(trc("Device"), [](const Value& run) { return fromUtf8(run["device"].asText()); });
  auto rest = Differences{catalogue, documents}.take();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

}  // namespace patchbay::widgets
