// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/change.h"

#include <array>
#include <cmath>
#include <utility>

namespace patchbay::edit {
namespace {

constexpr std::array<std::string_view, 3> modes{"normal", "bypass", "mute"};

tl::unexpected<Error> unreadable(std::string_view what) {
  return fail(ErrorKind::Corrupt, "edit.change",
              TR("edit", "A recorded change of the pipeline cannot be read ({what}).").with("what", displayText(what)),
              TR("edit", "What was recorded before it is kept; go on from there."));
}

Value made(std::string_view what) { return Value::Map{{"do", what}}; }

Value placed(Value out, std::string_view key, Value part, std::size_t at) {
  out[key] = std::move(part);
  if (at != Document::atEnd) out["at"] = static_cast<std::int64_t>(at);
  return out;
}

Value about(std::string_view what, const NodeId& id) {
  auto out = made(what);
  out["id"] = id.text;
  return out;
}

Value ends(Value out, const PortRef& from, const PortRef& to) {
  out["from"] = Value::List{from.node.text, from.port};
  out["to"] = Value::List{to.node.text, to.port};
  return out;
}

struct Writer {
  Value operator()(const AddNode& c) const { return placed(made("add_node"), "node", toValue(c.node), c.at); }
  Value operator()(const RemoveNode& c) const { return about("remove_node", c.id); }
  Value operator()(const AddLink& c) const { return placed(made("add_link"), "link", toValue(c.link), c.at); }
  Value operator()(const RemoveLink& c) const { return ends(made("remove_link"), c.from, c.to); }
  Value operator()(const SetParam& c) const {
    auto out = about("set_param", c.id);
    out["param"] = c.param;
    if (c.value) out["value"] = *c.value;
    return out;
  }
  Value operator()(const SetParams& c) const {
    auto out = about("set_params", c.id);
    out["params"] = c.params;
    out["type_version"] = c.typeVersion;
    return out;
  }
  Value operator()(const Rename& c) const {
    auto out = about("rename", c.id);
    out["name"] = c.name;
    return out;
  }
  Value operator()(const SetTitle& c) const {
    auto out = about("set_title", c.id);
    out["title"] = c.title;
    return out;
  }
  Value operator()(const Move& c) const {
    auto out = about("move", c.id);
    out["pos"] = Value::List{c.x, c.y};
    return out;
  }
  Value operator()(const SetMode& c) const {
    auto out = about("set_mode", c.id);
    out["mode"] = toString(c.mode);
    return out;
  }
  Value operator()(const SetGroup& c) const { return placed(made("set_group"), "group", toValue(c.group), c.at); }
  Value operator()(const RemoveGroup& c) const {
    auto out = made("remove_group");
    out["id"] = c.id;
    return out;
  }
  Value operator()(const SetNotes& c) const {
    auto out = made("set_notes");
    out["notes"] = c.notes;
    return out;
  }
  Value operator()(const SetInfo& c) const {
    auto out = made("set_info");
    out["title"] = c.title;
    out["description"] = c.description;
    return out;
  }
  Value operator()(const SetPinned& c) const {
    auto out = about("set_pinned", c.id);
    if (!c.pinned.isNull()) out["pinned"] = c.pinned;
    return out;
  }
};

Result<std::size_t> placeOf(const Value& value) {
  const auto* at = value.find("at");
  if (!at) return Document::atEnd;
  if (!at->isInt() || at->asInt() < 0) return unreadable("at");
  return static_cast<std::size_t>(at->asInt());
}

Result<PortRef> portOf(const Value& value, std::string_view key) {
  const auto& pair = value[key].asList();
  if (pair.size() != 2 || !pair[0].isText() || !pair[1].isText()) return unreadable(key);
  return PortRef{{pair[0].asText()}, pair[1].asText()};
}

Result<std::string> textOf(const Value& value, std::string_view key) {
  if (!value[key].isText()) return unreadable(key);
  return value[key].asText();
}

/// Changes of one block: all carry its id.
Result<Change> ofNode(std::string_view what, NodeId id, const Value& v) {
  if (what == "remove_node") return RemoveNode{std::move(id)};
  if (what == "set_param") {
    PB_TRY(auto param, textOf(v, "param"));
    const auto* value = v.find("value");
    return SetParam{std::move(id), std::move(param), value ? std::optional{*value} : std::nullopt};
  }
  if (what == "set_params") {
    if (!v["params"].isMap()) return unreadable("params");
    return SetParams{std::move(id), v["params"], static_cast<int>(v["type_version"].asInt(1))};
  }
  if (what == "rename") {
    PB_TRY(auto name, textOf(v, "name"));
    return Rename{std::move(id), std::move(name)};
  }
  if (what == "set_title") {
    PB_TRY(auto title, textOf(v, "title"));
    return SetTitle{std::move(id), std::move(title)};
  }
  if (what == "move") {
    const auto& pos = v["pos"].asList();
    if (pos.size() != 2 || !pos[0].isNumber() || !pos[1].isNumber()) return unreadable("pos");
    return Move{std::move(id), pos[0].asDouble(), pos[1].asDouble()};
  }
  if (what == "set_mode") {
    for (std::size_t i = 0; i < modes.size(); ++i)
      if (v["mode"].asText() == modes[i]) return SetMode{std::move(id), static_cast<NodeMode>(i)};
    return unreadable("mode");
  }
  if (what == "set_pinned") return SetPinned{std::move(id), v["pinned"]};
  return unreadable(what);
}

}  // namespace

Value toValue(const Change& change) { return std::visit(Writer{}, change); }

Result<Change> changeFromValue(const Value& value) {
  const auto& what = value["do"].asText();
  if (what == "add_node") {
    PB_TRY(const auto at, placeOf(value));
    PB_TRY(auto node, nodeFromValue(value["node"]));
    return AddNode{std::move(node), at};
  }
  if (what == "add_link") {
    PB_TRY(const auto at, placeOf(value));
    PB_TRY(auto link, linkFromValue(value["link"]));
    return AddLink{std::move(link), at};
  }
  if (what == "remove_link") {
    PB_TRY(auto from, portOf(value, "from"));
    PB_TRY(auto to, portOf(value, "to"));
    return RemoveLink{std::move(from), std::move(to)};
  }
  if (what == "set_group") {
    PB_TRY(const auto at, placeOf(value));
    PB_TRY(auto group, groupFromValue(value["group"]));
    return SetGroup{std::move(group), at};
  }
  if (what == "remove_group") {
    PB_TRY(auto id, textOf(value, "id"));
    return RemoveGroup{std::move(id)};
  }
  if (what == "set_notes") {
    if (!value["notes"].isList()) return unreadable("notes");
    return SetNotes{value["notes"].asList()};
  }
  if (what == "set_info") {
    PB_TRY(auto title, textOf(value, "title"));
    PB_TRY(auto description, textOf(value, "description"));
    return SetInfo{std::move(title), std::move(description)};
  }
  PB_TRY(auto id, textOf(value, "id"));
  return ofNode(what, {std::move(id)}, value);
}

}  // namespace patchbay::edit
