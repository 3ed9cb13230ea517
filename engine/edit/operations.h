// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/edit/change.h"
#include "engine/graph/catalogue.h"

namespace patchbay::edit {

// What gestures mean, as changes that Editor::apply() takes. Nothing here changes a document. The catalogue says which
// ports there are; blocks it does not know are kept and can be moved, copied and deleted like any other.

struct Place {
  double x = 0, y = 0;
};

/// A new block with default parameters and a free name.
Result<std::vector<Change>> addBlock(const Document& document, const Catalogue& catalogue, std::string_view type, Place place,
                                     NodeId* id = nullptr);

/// Whether an output may go to an input: types and versions agree, no circle, not linked yet, no axis of a loop leaks.
/// The error says why not, in the user's words.
Result<> canLink(const Document& document, const Catalogue& catalogue, const PortRef& from, const PortRef& to);
/// All ports that a link from this end may go to, in the order of the document: canLink() for every port, asked at once.
/// `isOutput`: the end is an output, so inputs are looked for; otherwise outputs.
std::vector<PortRef> linkTargets(const Document& document, const Catalogue& catalogue, const PortRef& end, bool isOutput);
/// The link; an input that takes one link loses the one it has.
Result<std::vector<Change>> link(const Document& document, const Catalogue& catalogue, const PortRef& from, const PortRef& to);
std::vector<Change> unlink(const PortRef& from, const PortRef& to);

/// Puts an existing block into a link: from -> block -> to, by the first ports whose types fit. NotFound when none do.
Result<std::vector<Change>> spliceInto(const Document& document, const Catalogue& catalogue, const NodeId& block, const Link& link);
bool canSplice(const Document& document, const Catalogue& catalogue, const NodeId& block, const Link& link);

/// The ids with everything inside the groups and frames among them.
std::set<std::string> withContents(const Document& document, const std::vector<std::string>& ids);

/// Deletes blocks, groups and notes (ids of any of them). A group or loop goes with its contents, of a frame only the frame: its
/// blocks stay (withContents() to take them along). Groups left empty go too. With `keepLinks` what flowed through a deleted block in one
/// type goes on flowing past it.
std::vector<Change> remove(const Document& document, const Catalogue& catalogue, const std::vector<std::string>& ids, bool keepLinks);

/// Blocks with links among them, groups wholly inside (a group or frame that is named brings its contents) and notes as JSON text
/// {"patchbay": "clipboard", "version": 1, ...}; what goes through the system clipboard between windows.
std::string copyText(const Document& document, const std::vector<std::string>& ids);
/// The same for a paste in this program, which then has no text to read.
struct Copied;
std::shared_ptr<const Copied> copyBlocks(const Document& document, const std::vector<std::string>& ids);
std::string copyText(const Copied& copied);
struct Pasted {
  std::vector<Change> changes;
  std::vector<std::string> ids;  ///< Of the new blocks, groups and notes, to be selected.
};
/// BadInput with a clear message when the text is something else; TooNew when a newer version copied it. The text of a whole
/// pipeline file is taken as well. Ids are new, names free ones; the upper left corner comes to
/// `place`.
Result<Pasted> paste(const Document& document, std::string_view text, Place place);
Result<Pasted> paste(const Document& document, const Copied& copied, Place place);
/// copy and paste beside the original, in the same groups; inputs from outside the selection are linked as the originals are.
Result<Pasted> duplicate(const Document& document, const Catalogue& catalogue, const std::vector<std::string>& ids, Place offset);

/// A frame (drawn around), a group (a sub-graph that opens in place) or a for-each group of these blocks and groups.
Result<std::vector<Change>> group(const Document& document, const std::vector<std::string>& ids, GroupKind kind, std::string title,
                                  std::string* id = nullptr);
/// The members stay, in the group around it where there is one.
Result<std::vector<Change>> ungroup(const Document& document, std::string_view groupId);

/// Puts blocks and groups into a group, or with an empty id out of all groups. The ids may be of blocks that changes of the same
/// step add: paste into a group that is open is paste() and then this, on the same document.
std::vector<Change> moveInto(const Document& document, const std::vector<std::string>& ids, std::string_view groupId);

/// Toggles: when all have the mode already they become normal.
std::vector<Change> toggleMode(const Document& document, const std::vector<NodeId>& ids, NodeMode mode);

/// Whether tidying leaves the block where it is.
bool isPinned(const Node& node);
/// Pins the blocks; when all are pinned already they become free again.
std::vector<Change> togglePinned(const Document& document, const std::vector<NodeId>& ids);

enum class Align : std::uint8_t { Left, Right, Top, Bottom, CentreX, CentreY, SpreadX, SpreadY };
struct Box {
  double x = 0, y = 0, w = 0, h = 0;
};
std::vector<Change> align(const std::map<NodeId, Box>& boxes, Align how);

/// Tidy layout: layers from left to right (longest path), crossings reduced by barycentre and median sweeps with transposition
/// (Sugiyama, Tagawa and Toda 1981; Gansner, Koutsofios, North and Vo 1993), heights by isotonic regression that keeps long links
/// straight. `sizes` are the blocks' sizes on the canvas; a group of kind Group that has one (under its id, with its place) is
/// closed and moves as one, others are boxes around what is in them. `pinned` blocks stay where they are and others go out of
/// their way. Only `ids` move when given, the rest is in their way. A note
/// within 60 pixels of a block goes with it; its size is taken from `sizes` too, under its id. The upper left corner stays. Deterministic.
struct TidyOptions {
  double gapX = 80, gapY = 40, grid = 10;
  double framePadding = 20, frameTitle = 30;  ///< Room that a frame takes around its blocks, and above them for its title.
};
std::vector<Change> tidy(const Document& document, const std::map<NodeId, Box>& sizes, const std::set<NodeId>& pinned,
                         const std::vector<NodeId>& ids = {}, const TidyOptions& options = {});
/// Pairs of links that cross when every link is drawn straight between the centres of its blocks; links of one block do not cross.
/// What the test compares with Graphviz dot.
int crossings(const Document& document, const std::map<NodeId, Box>& boxes);

}  // namespace patchbay::edit
