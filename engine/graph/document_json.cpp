// SPDX-License-Identifier: Apache-2.0
// The pipeline file. Known fields are read into members, everything else goes to `extra` and back.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/graph/document.h"

namespace patchbay {
namespace {

/// Takes known fields out of a map and collects what is wrong with them; what is left over is unknown.
class Fields {
 public:
  Fields(const Value& value, std::string where, std::vector<std::string>& problems)
      : rest_{value.isMap() ? value : Value{Value::Map{}}}, where_{std::move(where)}, problems_{problems} {
    if (!value.isMap()) wrong("", "an object");
  }
  std::string text(std::string_view key) {
    const auto v = take(key, "a text", &Value::isText);
    return v.asText();
  }
  Value::List list(std::string_view key) { return take(key, "a list", &Value::isList).asList(); }
  Value map(std::string_view key) {
    auto v = take(key, "an object", &Value::isMap);
    return v.isNull() ? Value{Value::Map{}} : v;
  }
  std::optional<std::int64_t> integer(std::string_view key) {
    const auto v = take(key, "a whole number", &Value::isInt);
    return v.isNull() ? std::nullopt : std::optional{v.asInt()};
  }
  bool flag(std::string_view key) { return take(key, "true or false", &Value::isBool).asBool(); }
  /// The index of a text among `names`; absent is the first.
  std::size_t choice(std::string_view key, std::initializer_list<std::string_view> names) {
    const auto v = take(key, "a text", &Value::isText);
    if (v.isNull()) return 0;
    const auto it = std::find(names.begin(), names.end(), v.asText());
    if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
    wrong(key, "one of the known words");
    return 0;
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    for (const auto& v : list(key)) {
      if (!v.isText()) wrong(key, "a list of texts");
      out.push_back(v.asText());
    }
    return out;
  }
  void wrong(std::string_view key, std::string_view wanted) {
    problems_.push_back(where_ + (where_.empty() || key.empty() ? "" : ".") + std::string{key} + " is not " + std::string{wanted});
  }
  /// What nobody asked for; null when there is nothing.
  Value rest() { return rest_.asMap().empty() ? Value{} : std::move(rest_); }

 private:
  Value take(std::string_view key, std::string_view wanted, bool (Value::*is)() const) {
    auto& map = rest_.map();
    const auto it = map.find(key);
    if (it == map.end()) return {};
    auto v = std::move(it->second);
    map.erase(it);
    if ((v.*is)()) return v;
    wrong(key, wanted);
    return {};
  }

  Value rest_;
  std::string where_;
  std::vector<std::string>& problems_;
};

std::string at(std::string_view list, std::size_t i) { return std::string{list} + "[" + std::to_string(i) + "]"; }

/// Whole numbers are written without a fraction.
Value coordinate(double v) {
  if (v == std::floor(v) && std::abs(v) < 1e15) return static_cast<std::int64_t>(v);
  return v;
}

Node nodeFrom(const Value& value, const std::string& where, std::vector<std::string>& problems) {
  Fields f{value, where, problems};
  Node n;
  n.id.text = f.text("id");
  if (n.id.empty()) f.wrong("id", "there");
  n.name = f.text("name");
  n.title = f.text("title");
  n.type = f.text("type");
  const auto version = f.integer("type_version").value_or(1);
  if (version < 1 || version > std::numeric_limits<int>::max()) f.wrong("type_version", "a version");
  n.typeVersion = static_cast<int>(version);
  const auto pos = f.list("pos");
  if (!pos.empty() && (pos.size() != 2 || !pos[0].isNumber() || !pos[1].isNumber() || !std::isfinite(pos[0].asDouble()) ||
                       !std::isfinite(pos[1].asDouble()))) {
    f.wrong("pos", "two numbers");
  } else if (!pos.empty()) {
    n.x = pos[0].asDouble();
    n.y = pos[1].asDouble();
  }
  n.params = f.map("params");
  n.mode = static_cast<NodeMode>(f.choice("mode", {"normal", "bypass", "mute"}));
  n.extra = f.rest();
  return n;
}

Link linkFrom(const Value& value, const std::string& where, std::vector<std::string>& problems) {
  Fields f{value, where, problems};
  const auto end = [&](std::string_view key) {
    const auto pair = f.texts(key);
    if (pair.size() == 2) return PortRef{{pair[0]}, pair[1]};
    f.wrong(key, "[node, port]");
    return PortRef{};
  };
  Link l;
  l.id = f.text("id");
  l.from = end("from");
  l.to = end("to");
  l.extra = f.rest();
  return l;
}

Group groupFrom(const Value& value, const std::string& where, std::vector<std::string>& problems) {
  Fields f{value, where, problems};
  Group g;
  g.id = f.text("id");
  if (g.id.empty()) f.wrong("id", "there");
  g.title = f.text("title");
  g.kind = static_cast<GroupKind>(f.choice("kind", {"frame", "group", "for-each"}));
  g.nodes = f.texts("nodes");
  const auto axes = f.list("axes");
  for (std::size_t i = 0; i < axes.size(); ++i) {
    Fields a{axes[i], where + "." + at("axes", i), problems};
    Axis axis;
    axis.name = a.text("name");
    axis.values = a.list("values");
    axis.count = a.integer("count");
    axis.bind = a.texts("bind");
    axis.together = a.flag("together");
    axis.extra = a.rest();
    g.axes.push_back(std::move(axis));
  }
  g.extra = f.rest();
  return g;
}

Value start(const Value& extra) { return extra.isNull() ? Value{Value::Map{}} : extra; }

Value textsOf(const std::vector<std::string>& v) { return Value::List(v.begin(), v.end()); }

template <class T>
Value listOf(const std::vector<T>& items) {
  Value out{Value::List{}};
  for (const auto& item : items) out.push(toValue(item));
  return out;
}

tl::unexpected<Error> unreadable(const std::vector<std::string>& problems) {
  constexpr std::size_t shown = 10;
  std::string all;
  for (std::size_t i = 0; i < std::min(shown, problems.size()); ++i) all += (i ? "; " : "") + displayText(problems[i]);
  if (problems.size() > shown) all += "; and " + std::to_string(problems.size() - shown) + " more";
  return fail(ErrorKind::BadInput, "graph.unreadable", TR("graph", "This pipeline cannot be read: {problems}.").with("problems", all),
              TR("graph", "Correct these places in a text editor, or restore the file from a copy."));
}

template <class T>
Result<T> readOne(const Value& value, std::string_view what, T (*read)(const Value&, const std::string&, std::vector<std::string>&)) {
  std::vector<std::string> problems;
  auto out = read(value, std::string{what}, problems);
  if (!problems.empty()) return unreadable(problems);
  return out;
}

}  // namespace

Value toValue(const Node& n) {
  auto out = start(n.extra);
  out["id"] = n.id.text;
  out["mode"] = toString(n.mode);
  out["name"] = n.name;
  out["params"] = n.params;
  out["pos"] = Value::List{coordinate(n.x), coordinate(n.y)};
  out["title"] = n.title;
  out["type"] = n.type;
  out["type_version"] = n.typeVersion;
  return out;
}

Value toValue(const Link& l) {
  auto out = start(l.extra);
  out["from"] = Value::List{l.from.node.text, l.from.port};
  if (!l.id.empty()) out["id"] = l.id;
  out["to"] = Value::List{l.to.node.text, l.to.port};
  return out;
}

Value toValue(const Group& g) {
  auto out = start(g.extra);
  out["id"] = g.id;
  out["kind"] = toString(g.kind);
  out["nodes"] = textsOf(g.nodes);
  out["title"] = g.title;
  for (const auto& a : g.axes) {
    auto axis = start(a.extra);
    axis["name"] = a.name;
    if (a.count) axis["count"] = *a.count;
    if (!a.count || !a.values.empty()) axis["values"] = a.values;
    axis["bind"] = textsOf(a.bind);
    if (a.together) axis["together"] = true;
    out["axes"].push(std::move(axis));
  }
  return out;
}

Result<Node> nodeFromValue(const Value& value) { return readOne<Node>(value, "node", nodeFrom); }
Result<Link> linkFromValue(const Value& value) { return readOne<Link>(value, "link", linkFrom); }
Result<Group> groupFromValue(const Value& value) { return readOne<Group>(value, "group", groupFrom); }

Value Document::toValue() const {
  auto out = start(extra_);
  out["version"] = formatVersion;
  out["id"] = id;
  out["title"] = title;
  if (!description.empty()) out["description"] = description;
  out["nodes"] = listOf(nodes_);
  out["links"] = listOf(links_);
  out["groups"] = listOf(groups_);
  out["notes"] = notes_;
  return out;
}

std::string Document::toJson() const { return patchbay::toJson(toValue(), JsonStyle::Pretty); }

Result<Document> Document::parse(std::string_view json) {
  PB_TRY(const Value value, parseJson(json));
  return fromValue(value);
}

Result<Document> Document::fromValue(const Value& value) {
  const auto& version = value["version"];
  if (!version.isInt() || version.asInt() < 1) {
    return fail(ErrorKind::BadInput, "graph.format", TR("graph", "This is not a Patchbay pipeline: it has no format version."),
                TR("graph", "Choose a pipeline saved by Patchbay; `patchbay new` makes one from a template."));
  }
  if (version.asInt() > formatVersion) {
    return fail(ErrorKind::TooNew, "graph.too_new",
                TR("graph", "This pipeline was saved by a newer Patchbay (format {version}; this one reads up to {known}).")
                    .with("version", version.asInt())
                    .with("known", std::int64_t{formatVersion}),
                TR("graph", "Update Patchbay. The file was not changed."));
  }
  std::vector<std::string> problems;
  Fields f{value, "", problems};
  Document out;
  f.integer("version");
  out.id = f.text("id");
  out.title = f.text("title");
  out.description = f.text("description");
  const auto nodes = f.list("nodes"), links = f.list("links"), groups = f.list("groups");
  for (std::size_t i = 0; i < nodes.size(); ++i) out.nodes_.push_back(nodeFrom(nodes[i], at("nodes", i), problems));
  for (std::size_t i = 0; i < links.size(); ++i) out.links_.push_back(linkFrom(links[i], at("links", i), problems));
  for (std::size_t i = 0; i < groups.size(); ++i) out.groups_.push_back(groupFrom(groups[i], at("groups", i), problems));
  out.notes_ = f.list("notes");
  out.extra_ = f.rest();
  if (!problems.empty()) return unreadable(problems);
  out.reindex();
  // Files written by hand may leave names out; the order makes the generated ones the same every time.
  for (auto& n : out.nodes_) {
    if (!n.name.empty()) continue;
    n.name = out.freeName(n.type);
    out.byName_.emplace(n.name, static_cast<std::size_t>(&n - out.nodes_.data()));
  }
  out.reindex();
  return out;
}

}  // namespace patchbay
