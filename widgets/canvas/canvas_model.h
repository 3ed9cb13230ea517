// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/edit/change.h"
#include "engine/graph/document.h"
#include "widgets/canvas/face.h"
#include "widgets/canvas/link_geometry.h"
#include "widgets/canvas/spatial_grid.h"

namespace patchbay::widgets {

/// A block that is seen: a node, a collapsed group, or a stub that stands for a block outside of the open group.
struct BlockItem {
  enum class Kind : std::uint8_t { Node, Group, Stub };
  std::string id;
  Kind kind = Kind::Node;
  QString title;
  std::string type;
  std::shared_ptr<const Face> face;
  NodeMode mode = NodeMode::Normal;
  bool pinned = false;   ///< Tidying leaves it where it is.
  QRectF rect;           ///< Whole block.
  double statusTop = 0;  ///< Where the status part begins, from the top.
  std::vector<bool> linkedIn, linkedOut;
  QString subtitle;  ///< Of a group: "4 blocks".

  PortRef ref(const Port& port) const { return port.inner ? *port.inner : PortRef{NodeId{id}, port.key}; }
  QPointF port(bool input, int index) const;
  bool sameAs(const BlockItem& other) const;
};

struct LinkItem {
  PortRef from, to;
  int fromBlock = 0, fromPort = 0, toBlock = 0, toPort = 0;
  std::string type;
  LinkGeometry geometry;
  bool operator==(const LinkItem&) const = default;
};

/// A frame, or a for-each group, drawn around its blocks.
struct FrameItem {
  std::string id;
  QString title;
  GroupKind kind = GroupKind::Frame;
  QString axes;             ///< "seed: 1, 2, 3" of a for-each group.
  QRectF rect;              ///< With the title's bar.
  std::vector<int> blocks;  ///< All in it, those of inner frames included.
  bool operator==(const FrameItem&) const = default;
};

struct NoteItem {
  std::string id;
  QString text;
  QRectF rect;
  bool operator==(const NoteItem&) const = default;
};

/// A block's own title, or that of its type with the number that tells it from others.
QString blockTitle(const Node& node, const Face& face);
/// The lines of a note of a width, in noteFont().
QStringList noteLines(const QString& text, double width);
inline constexpr double noteLine = 18;

/// The geometry of one level of a document, kept up to date step by step. Always equal to one built anew.
class CanvasModel {
 public:
  /// Height of the status part of a block, 0 when there is none.
  using StatusHeight = std::function<double(const std::string& id)>;

  CanvasModel(const Catalogue& catalogue, StatusHeight statusHeight);

  /// `level`: the open group, empty at the top.
  void build(const Document& document, const std::string& level);
  /// What a step touched; true when everything was built anew, else `changed` is the part of the scene that looks different.
  bool update(const Document& document, const edit::Touched& touched, QRectF& changed);
  /// The status part of a block may have another height; widens `changed` by what looks different then.
  void statusChanged(const Document& document, int block, QRectF& changed);
  void languageChanged() { faces_.clear(); }

  const std::string& level() const { return level_; }
  /// Groups around the open one, outermost first, itself last.
  const std::vector<std::string>& path() const { return path_; }
  const std::vector<BlockItem>& blocks() const { return blocks_; }
  const std::vector<LinkItem>& links() const { return links_; }
  const std::vector<FrameItem>& frames() const { return frames_; }
  const std::vector<NoteItem>& notes() const { return notes_; }
  const BlockItem& block(int i) const { return blocks_[static_cast<std::size_t>(i)]; }
  const LinkItem& link(int i) const { return links_[static_cast<std::size_t>(i)]; }
  /// Index or -1.
  int blockIndex(const std::string& id) const;
  int frameIndex(const std::string& id) const;
  int noteIndex(const std::string& id) const;
  int linkIndex(const PortRef& from, const PortRef& to) const;
  /// Where a node is seen: itself or the collapsed group it is in; -1 outside of the level.
  int shownAs(const NodeId& node) const;
  /// Nodes of the document behind an item: itself, or all in a group or frame.
  std::vector<NodeId> nodesOf(const std::string& id) const;
  /// Groups (not frames) around a node or group, outermost first.
  std::vector<std::string> groupsAround(const std::string& id) const;
  /// Links that begin or end at the block.
  const std::vector<int>& linksOf(int block) const { return linksOf_[static_cast<std::size_t>(block)]; }

  std::vector<int> blocksIn(const QRectF& rect) const;
  std::vector<int> linksIn(const QRectF& rect) const;
  QRectF bounds() const;
  Faces& faces() { return faces_; }

  bool sameAs(const CanvasModel& other) const;

 private:
  void readGroups(const Document& document);
  void addNode(const Node& node, const std::vector<const Link*>& links);
  void addGroup(const Document& document, const Group& group);
  void addLinks(const Document& document);
  int stub(const Document& document, const PortRef& outside, bool input);
  void placeStubs();
  void readFrames(const Document& document);
  void placeFrames(const Document& document);
  void readNotes(const Document& document);
  void place(BlockItem& block, QPointF topLeft) const;
  void moveBlock(int index, QPointF topLeft, QRectF& changed);
  LinkGeometry geometryOf(const LinkItem& link) const;
  QRectF corridorOf(const LinkItem& link) const;
  /// Draws the links again whose way may be another one since blocks were moved.
  void routeAgain(QRectF& changed);
  void reindex();
  QPointF groupCorner(const Document& document, const std::string& group) const;

  Faces faces_;
  StatusHeight statusHeight_;
  std::string level_;
  std::vector<std::string> path_;
  std::vector<BlockItem> blocks_;
  std::vector<LinkItem> links_;
  std::vector<FrameItem> frames_;
  std::vector<NoteItem> notes_;
  std::vector<std::vector<int>> linksOf_;
  std::unordered_map<std::string, int> byId_;
  std::unordered_map<std::string, std::string> shownAs_;  ///< Node -> collapsed group.
  // Of the whole document, whatever the level.
  std::unordered_map<std::string, std::vector<std::string>> parents_;
  std::unordered_map<std::string, GroupKind> kinds_;
  std::unordered_map<std::string, std::vector<NodeId>> members_;  ///< Group -> all nodes in it.
  std::unordered_map<std::string, QRectF> storedFrames_;          ///< Sizes a person gave to frames.
  SpatialGrid blockGrid_, linkGrid_, corridorGrid_;
  std::vector<QRectF> corridors_;  ///< By link, as they are in the grid.
  std::vector<int> toRoute_;
};

}  // namespace patchbay::widgets
