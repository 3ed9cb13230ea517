// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/value.h"

namespace patchbay {

/// Bypass: the first output is the first input of the same type. Mute: the node and what depends on it do not run.
enum class NodeMode : std::uint8_t { Normal, Bypass, Mute };
std::string_view toString(NodeMode mode);

/// A block placed in a pipeline. `extra` of every part holds the fields this version does not know, verbatim.
struct Node {
  NodeId id;
  std::string name;  ///< Unique and readable; `--set name.param=v` uses it.
  std::string title;
  std::string type;     ///< Block id; may be unknown here: the node is then a placeholder and kept as it is.
  int typeVersion = 1;  ///< Of the parameters.
  double x = 0, y = 0;
  Value params = Value::Map{};  ///< As written: not normalised, not migrated.
  NodeMode mode = NodeMode::Normal;
  Value extra;
  bool operator==(const Node&) const = default;
};

struct PortRef {
  NodeId node;
  std::string port;
  auto operator<=>(const PortRef&) const = default;
};

struct Link {
  std::string id;  ///< May be empty: the ends name a link as well.
  PortRef from;    ///< An output.
  PortRef to;      ///< An input.
  Value extra;
  bool operator==(const Link&) const = default;
};

/// One loop variable of a for-each group.
struct Axis {
  std::string name;
  Value::List values;                 ///< Used unless `count` is set.
  std::optional<std::int64_t> count;  ///< Stands for the values 0..count-1.
  std::vector<std::string> bind;      ///< "name.param" of nodes in the group that take the value.
  Value extra;
  /// Several parameters vary together: each value is a list with one entry for each of `bind`, in its order. Otherwise all of
  /// `bind` take the value itself.
  bool together = false;
  bool operator==(const Axis&) const = default;
  /// Drops bindings, and with them what the values hold for them.
  void unbind(const std::function<bool(const std::string&)>& which);
};

enum class GroupKind : std::uint8_t { Frame, Group, ForEach };
std::string_view toString(GroupKind kind);

struct Group {
  std::string id;
  std::string title;
  GroupKind kind = GroupKind::Frame;
  std::vector<std::string> nodes;  ///< Node ids, or ids of groups inside this one.
  std::vector<Axis> axes;          ///< Of a for-each group; all combinations, the first axis slowest.
  Value extra;
  bool operator==(const Group&) const = default;
};

/// A thing and its place in a list. A sequence of them means what inserting one after another would.
template <class T>
struct Placed {
  T what;
  std::size_t at = static_cast<std::size_t>(-1);  ///< Past the end appends.
};

// The parts of a pipeline file, each by itself; reading fails with BadInput.
Value toValue(const Node& node);
Value toValue(const Link& link);
Value toValue(const Group& group);
Result<Node> nodeFromValue(const Value& value);
Result<Link> linkFromValue(const Value& value);
Result<Group> groupFromValue(const Value& value);

/// A pipeline as the user draws it: UTF-8 JSON with sorted keys. Changing it never runs anything and knows no catalogue,
/// so that a pipeline with unknown blocks opens, shows and saves like any other.
///
/// save(load(f)) == f for files written by toJson(); for other files saving is idempotent and keeps every unknown value.
class Document {
 public:
  static constexpr int formatVersion = 1;

  /// An empty pipeline with a new id.
  static Document create(std::string title);
  /// TooNew for a later format; BadInput lists everything that cannot be read (a node that is no object, ...).
  static Result<Document> parse(std::string_view json);
  static Result<Document> fromValue(const Value& value);
  static Result<Document> load(const std::filesystem::path& path);
  Value toValue() const;
  std::string toJson() const;
  /// Atomic: after a crash the old or the new file is there.
  Result<> save(const std::filesystem::path& path) const;

  std::string id, title, description;

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Link>& links() const { return links_; }
  const std::vector<Group>& groups() const { return groups_; }
  const Value::List& notes() const { return notes_; }
  const Node* node(const NodeId& id) const;
  const Node* nodeByName(std::string_view name) const;
  const Group* group(std::string_view id) const;

  // Every change names its target by id and fails with NotFound, or BadInput when the result would be inconsistent,
  // leaving the document as it was. Positions (`at`) let an undo put a thing back where it was; past the end appends.
  static constexpr std::size_t atEnd = static_cast<std::size_t>(-1);

  /// Adds a node; an empty id becomes a new ULID, an empty name is generated from the type ("probe", "probe_2").
  Result<NodeId> addNode(Node node, std::size_t at = atEnd);
  /// Takes its links, its group memberships and the loop bindings to it along.
  Result<> removeNode(const NodeId& id);
  /// Both nodes must exist and the same two ports not be linked yet. Types are checked by validate().
  Result<> addLink(Link link, std::size_t at = atEnd);
  Result<> removeLink(const PortRef& from, const PortRef& to);
  Result<> setParam(const NodeId& id, std::string_view param, Value value);
  /// Back to the default: the parameter is no longer written.
  Result<> clearParam(const NodeId& id, std::string_view param);
  /// All parameters at once, with the version they are of.
  Result<> setParams(const NodeId& id, Value params, int typeVersion);
  /// The name must be free and usable; loop bindings follow it.
  Result<> rename(const NodeId& id, std::string name);
  Result<> setTitle(const NodeId& id, std::string title);
  Result<> setPosition(const NodeId& id, double x, double y);
  Result<> setMode(const NodeId& id, NodeMode mode);
  /// Adds the group, or replaces the one of that id. An empty id becomes a new ULID. Returns the id.
  Result<std::string> setGroup(Group group, std::size_t at = atEnd);
  Result<> removeGroup(std::string_view id);
  void setNotes(Value::List notes) { notes_ = std::move(notes); }

  // What undo and redo are made of: many things at once in O(blocks + links), exactly what is named and nothing besides.
  // No checks and no side effects: whoever calls them (engine/edit) keeps links, groups and names consistent.
  void insertNodes(std::vector<Placed<Node>> nodes);
  void insertLinks(std::vector<Placed<Link>> links);
  void insertGroup(Group group, std::size_t at);
  /// Takes them out; inserting what is returned puts all back where they were. NotFound, and nothing done, when one is missing.
  Result<std::vector<Placed<Node>>> takeNodes(const std::vector<NodeId>& ids);
  Result<std::vector<Placed<Link>>> takeLinks(const std::vector<std::pair<PortRef, PortRef>>& ends);
  Result<Placed<Group>> takeGroup(std::string_view id);
  Result<> setName(const NodeId& id, std::string name);

  /// A free name made from a block id or a wish: "patchbay.train.linear_probe" -> "linear_probe", "linear_probe_2".
  std::string freeName(std::string_view wish) const;

 private:
  void reindex();
  Result<Node*> mutableNode(const NodeId& id);

  std::vector<Node> nodes_;
  std::vector<Link> links_;
  std::vector<Group> groups_;
  Value::List notes_;
  Value extra_;
  std::unordered_map<std::string, std::size_t> byId_, byName_;  ///< The first of equal ones.
};

/// Names are typed after `--set`: not empty, at most 64 bytes, no dots, '=', brackets, quotes, space or control characters.
bool isUsableName(std::string_view name);

}  // namespace patchbay
