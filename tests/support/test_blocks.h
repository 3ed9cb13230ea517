// SPDX-License-Identifier: Apache-2.0
#pragma once
// Schemas of toy blocks, for tests of documents and plans that need no real block.
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/catalogue.h"
#include "engine/graph/document.h"

namespace patchbay::test {

inline ParamInfo param(std::string key, std::string label, ParamKind kind, Value def) {
  ParamInfo out;
  out.key = std::move(key);
  out.label = Text{"test", label};
  out.help = Text{"test", label};
  out.kind = kind;
  out.def = std::move(def);
  return out;
}

inline PortInfo port(std::string key, std::string label, std::string type, bool input) {
  return {std::move(key), Text{"test", label}, Text{"test", label}, std::move(type), 1, input, false, false, input ? 1 : 0};
}

inline Schema block(std::string id, std::string title, std::vector<ParamInfo> params, std::vector<PortInfo> ports) {
  Schema out;
  out.info.id = std::move(id);
  out.info.title = Text{"test", title};
  out.info.summary = out.info.title;
  out.params = std::move(params);
  out.ports = std::move(ports);
  return out;
}

/// folder -> split -> embed -> probe (seeded) -> compare (2..n reports); "augment" hands a dataset on and can be bypassed.
inline Catalogue catalogue() {
  Catalogue out;
  auto folder =
      block("test.folder", "Picture folder", {param("folder", "Folder", ParamKind::Folder, "")}, {port("data", "Data", "dataset", false)});
  folder.params[0].required = true;
  folder.info.effects = Effects::ReadsFiles;
  out.add(std::move(folder));

  auto split = block("test.split", "Split", {param("fold", "Fold", ParamKind::Integer, 0), param("seed", "Seed", ParamKind::Integer, 0)},
                     {port("data", "Data", "dataset", true), port("split", "Split", "dataset", false)});
  split.params[0].min = 0;
  split.info.determinism = Determinism::Seeded;
  out.add(std::move(split));

  out.add(block("test.augment", "Augment", {param("amount", "Amount", ParamKind::Real, .5)},
                {port("data", "Data", "dataset", true), port("out", "Out", "dataset", false), port("log", "Log", "text", false)}));

  auto embed = block("test.embed", "Embed", {param("model", "Model", ParamKind::Choice, "lite0")},
                     {port("data", "Data", "dataset", true), port("embedding", "Embedding", "embedding", false)});
  embed.params[0].choices = {{"lite0", TR("test", "Lite 0"), {}}, {"lite1", TR("test", "Lite 1"), {}}};
  embed.info.floating = true;
  out.add(std::move(embed));

  auto probe = block("test.probe", "Linear probe",
                     {param("rate", "Learning rate", ParamKind::Real, .001), param("epochs", "Epochs", ParamKind::Integer, 10),
                      param("show_curve", "Show the curve", ParamKind::Bool, true)},
                     {port("embedding", "Embedding", "embedding", true), port("extra", "Extra", "text", true),
                      port("model", "Model", "model", false), port("report", "Report", "report", false)});
  probe.info.version = 2;
  probe.info.determinism = Determinism::Seeded;
  probe.params[0].min = 0;
  probe.params[0].max = 1;
  probe.params[2].affectsResult = false;
  probe.ports[1].optional = true;
  out.add(std::move(probe));

  auto compare =
      block("test.compare", "Compare", {}, {port("reports", "Reports", "report", true), port("summary", "Summary", "report", false)});
  compare.ports[0].variadic = true;
  compare.ports[0].minLinks = 2;
  out.add(std::move(compare));
  return out;
}

/// Adds a node whose id is its name.
inline void add(Document& d, std::string name, std::string type, Value params = Value::Map{}, int version = 1) {
  Node n;
  n.id.text = name;
  n.name = std::move(name);
  n.type = std::move(type);
  n.typeVersion = version;
  n.params = std::move(params);
  (void)d.addNode(std::move(n));
}

/// "split.split", "embed.data"
inline void link(Document& d, const std::string& from, const std::string& to) {
  const auto end = [](const std::string& s) { return PortRef{{s.substr(0, s.find('.'))}, s.substr(s.find('.') + 1)}; };
  (void)d.addLink({"", end(from), end(to), {}});
}

/// A valid pipeline: folder -> split -> embed -> probe.
inline Document chain() {
  auto d = Document::create("Chain");
  d.id = "chain";
  add(d, "folder", "test.folder", Value::Map{{"folder", "pictures"}});
  add(d, "split", "test.split");
  add(d, "embed", "test.embed");
  add(d, "probe", "test.probe", Value::Map{{"rate", .001}}, 2);
  link(d, "folder.data", "split.data");
  link(d, "split.split", "embed.data");
  link(d, "embed.embedding", "probe.embedding");
  return d;
}

/// The chain in loops over seeds and folds, two backbones outside them, reduced by "compare".
inline Document loops() {
  auto d = chain();
  add(d, "compare", "test.compare");
  link(d, "probe.report", "compare.reports");
  Group folds{"folds", "Folds", GroupKind::ForEach, {"split", "embed", "probe"}, {}, {}};
  folds.axes.push_back({"seed", {7, 8}, {}, {"split.seed"}, {}});
  folds.axes.push_back({"fold", {}, 3, {"split.fold"}, {}});
  (void)d.setGroup(std::move(folds));
  return d;
}

}  // namespace patchbay::test
