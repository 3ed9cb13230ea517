// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/graph/document.h"

namespace patchbay::edit {

// One primitive change of a document: ids and values, never pointers, so that it can be undone after anything else was
// undone, written into a journal and replayed by another process.

struct AddNode {
  Node node;  ///< With id and name.
  std::size_t at = Document::atEnd;
};
/// Its links, group memberships and loop bindings go with it; Editor writes them out as changes before it.
struct RemoveNode {
  NodeId id;
};
struct AddLink {
  Link link;
  std::size_t at = Document::atEnd;
};
struct RemoveLink {
  PortRef from, to;
};
struct SetParam {
  NodeId id;
  std::string param;
  std::optional<Value> value;  ///< Unset: back to the default.
};
/// Parameters with the version they are of: what a migration or a paste of settings does.
struct SetParams {
  NodeId id;
  Value params;
  int typeVersion = 1;
};
/// Loop bindings follow.
struct Rename {
  NodeId id;
  std::string name;
};
struct SetTitle {
  NodeId id;
  std::string title;
};
struct Move {
  NodeId id;
  double x = 0, y = 0;
};
struct SetMode {
  NodeId id;
  NodeMode mode = NodeMode::Normal;
};
/// Adds or replaces; a group that is replaced keeps its place in the list.
struct SetGroup {
  Group group;
  std::size_t at = Document::atEnd;
};
/// What is in it stays; groups around it no longer list it.
struct RemoveGroup {
  std::string id;
};
/// All notes of the canvas: [{"id", "text", "pos": [x, y], "size": [w, h], "colour"?}].
struct SetNotes {
  Value::List notes;
};
/// Title and description of the pipeline.
struct SetInfo {
  std::string title, description;
};
/// Whether tidying leaves a block where it is; kept in the file as "pinned" of the node.
struct SetPinned {
  NodeId id;
  Value pinned = true;  ///< Null: not written. What a file has there otherwise is kept for undo.
};

using Change = std::variant<AddNode, RemoveNode, AddLink, RemoveLink, SetParam, SetParams, Rename, SetTitle, Move, SetMode, SetGroup,
                            RemoveGroup, SetNotes, SetInfo, SetPinned>;

Value toValue(const Change& change);
Result<Change> changeFromValue(const Value& value);

/// What a step touched, for views that keep something for each part of the document.
struct Touched {
  std::set<NodeId> nodes;        ///< Added, removed, moved or changed in any way.
  std::set<std::string> groups;  ///< Added, removed or changed.
  bool links = false;            ///< Some link was added or removed.
  bool params = false;           ///< Some parameter changed.
  bool plan = false;             ///< What runs may have changed (blocks, links, parameters, modes, loops): whoever plans has to plan again.
  bool notes = false;
  bool info = false;
  bool all = false;  ///< Another document: forget everything.
};

}  // namespace patchbay::edit
