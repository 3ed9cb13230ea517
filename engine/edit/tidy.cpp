// SPDX-License-Identifier: Apache-2.0
// Tidy layout of a document: groups are laid out from the inside out, each as one box in what is around it.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>

#include "engine/edit/layered.h"
#include "engine/edit/members.h"

namespace patchbay::edit {
namespace {

constexpr double usualWidth = 200, usualHeight = 90;

/// A block, a closed group that moves as one, or a group or frame with what is in it.
struct Part {
  std::string id;
  std::size_t parent = 0;  ///< Index; the first part is the whole document, its own parent.
  bool leaf = true;
  double x = 0, y = 0, w = usualWidth, h = usualHeight;  ///< Below and right of the parent's corner.
  std::vector<std::size_t> inside;
  std::vector<LayerLink> links;  ///< Between what is inside, by their indices there.
  std::size_t place = 0;         ///< Index in the parent's `inside`.
};

class Tidier {
 public:
  Tidier(const Document& document, const std::map<NodeId, Box>& sizes, const std::vector<NodeId>& ids, const TidyOptions& options)
      : document_{document}, sizes_{sizes}, parents_{document}, options_{options}, only_{ids.begin(), ids.end()} {
    parts_.push_back({"", 0, false, 0, 0, 0, 0, {}, {}, 0});
    for (const auto& n : document.nodes()) addNode(n);
    for (const auto& l : document.links()) addLink(l);
  }

  std::vector<Change> run(const std::set<NodeId>& pinned) {
    if (boxes_.empty()) return {};
    attachNotes();
    layout(0);
    for (auto& [id, box] : boxes_) {
      const auto place = absolute(box.part);
      box.to = {place.x + box.shift.x, place.y + box.shift.y};
    }
    anchor(pinned);
    avoid(pinned);
    std::vector<Change> out;
    for (const auto& n : document_.nodes()) {
      const auto it = boxes_.find(n.id.text);
      if (it == boxes_.end() || pinned.contains(n.id)) continue;
      if (it->second.to.x != n.x || it->second.to.y != n.y) out.push_back(Move{n.id, it->second.to.x, it->second.to.y});
    }
    moveNotes(pinned, out);
    return out;
  }

 private:
  /// A block that moves, with the part it moves with.
  struct Moved {
    std::size_t part = 0;
    Place shift;  ///< From the corner of the part: of a block in a closed group.
    Place from, to;
    double w = 0, h = 0;
  };

  /// How large it is drawn is the caller's to say; else what the file says, or what is usual.
  std::optional<Box> boxOf(const Value& note) const {
    constexpr double usualNoteWidth = 240, usualNoteHeight = 80;
    const auto &pos = note["pos"].asList(), &size = note["size"].asList();
    if (pos.size() != 2) return std::nullopt;
    const auto number = [](const Value& v) { return v.isInt() ? static_cast<double>(v.asInt()) : v.asDouble(); };
    Box box{number(pos[0]), number(pos[1]), usualNoteWidth, usualNoteHeight};
    if (const auto* drawn = sizeOf(noteId(note))) box.w = drawn->w, box.h = drawn->h;
    else if (size.size() == 2) box.w = number(size[0]), box.h = number(size[1]);
    return box;
  }

  static double gapBetween(const Box& a, const Box& b) {
    return std::max({a.x - b.x - b.w, b.x - a.x - a.w, a.y - b.y - b.h, b.y - a.y - a.h});
  }

  /// A note close to one block is about it: both are laid out as one box. One that lies under several is about none of them.
  void attachNotes() {
    constexpr double near = 60;
    const auto& notes = document_.notes();
    for (std::size_t i = 0; i < notes.size(); ++i) {
      const auto box = boxOf(notes[i]);
      if (!box) continue;
      std::string closest;
      double least = near;
      int under = 0;
      for (const auto& node : document_.nodes()) {
        const auto* size = sizeOf(node.id.text);
        if (!size) continue;
        const auto gap = gapBetween(*box, {node.x, node.y, size->w, size->h});
        under += gap < 0;
        if (gap < least) closest = node.id.text, least = gap;
      }
      const auto at = boxes_.find(closest);
      if (under > 1 || at == boxes_.end() || parts_[at->second.part].id != closest) continue;
      auto& moved = at->second;
      auto& part = parts_[moved.part];
      const auto left = std::min(moved.from.x - moved.shift.x, box->x), top = std::min(moved.from.y - moved.shift.y, box->y);
      const auto right = std::max(moved.from.x - moved.shift.x + part.w, box->x + box->w);
      const auto bottom = std::max(moved.from.y - moved.shift.y + part.h, box->y + box->h);
      moved.shift = {moved.from.x - left, moved.from.y - top};
      part.w = right - left, part.h = bottom - top;
      notes_[i] = closest;
    }
  }

  void moveNotes(const std::set<NodeId>& pinned, std::vector<Change>& out) const {
    SetNotes all{document_.notes()};
    bool any = false;
    for (const auto& [i, block] : notes_) {
      const auto& moved = boxes_.at(block);
      const auto box = boxOf(all.notes[i]);
      if (pinned.contains({block}) || (moved.to.x == moved.from.x && moved.to.y == moved.from.y)) continue;
      all.notes[i]["pos"] = Value::List{box->x + moved.to.x - moved.from.x, box->y + moved.to.y - moved.from.y};
      any = true;
    }
    if (any) out.push_back(std::move(all));
  }

  const Box* sizeOf(const std::string& id) const {
    const auto it = sizes_.find({id});
    return it == sizes_.end() ? nullptr : &it->second;
  }

  std::size_t make(const std::string& id, std::size_t parent, bool leaf) {
    const auto [it, fresh] = index_.emplace(id, parts_.size());
    if (!fresh) return it->second;
    Part part;
    part.id = id;
    part.parent = parent;
    part.leaf = leaf;
    part.place = parts_[parent].inside.size();
    if (const auto* size = sizeOf(id)) part.w = size->w, part.h = size->h;
    parts_[parent].inside.push_back(parts_.size());
    parts_.push_back(std::move(part));
    return it->second;
  }

  void addNode(const Node& n) {
    if ((!only_.empty() && !only_.contains(n.id)) || boxes_.contains(n.id.text)) return;
    auto around = parents_.around(n.id.text);
    // Groups that contain each other are no boxes one could draw.
    if (!around.empty() && parents_.of(around.back()->id)) around.clear();
    std::size_t parent = 0;
    Moved moved{0, {}, {n.x, n.y}, {}, usualWidth, usualHeight};
    if (const auto* size = sizeOf(n.id.text)) moved.w = size->w, moved.h = size->h;
    for (auto it = around.rbegin(); it != around.rend(); ++it) {
      const auto* closed = (*it)->kind == GroupKind::Group ? sizeOf((*it)->id) : nullptr;
      parent = make((*it)->id, parent, closed != nullptr);
      if (!closed) continue;
      moved.part = parent;
      moved.shift = {n.x - closed->x, n.y - closed->y};
      boxes_.emplace(n.id.text, moved);
      return;
    }
    moved.part = make(n.id.text, parent, true);
    boxes_.emplace(n.id.text, moved);
  }

  /// A link belongs to the innermost group around both ends, between the two parts of it that hold them.
  void addLink(const Link& l) {
    const auto a = boxes_.find(l.from.node.text), b = boxes_.find(l.to.node.text);
    if (a == boxes_.end() || b == boxes_.end() || a->second.part == b->second.part) return;
    std::vector<std::size_t> above{a->second.part};
    while (above.back() != 0) above.push_back(parts_[above.back()].parent);
    auto to = b->second.part;
    while (std::find(above.begin(), above.end(), parts_[to].parent) == above.end()) to = parts_[to].parent;
    const auto common = parts_[to].parent;
    const auto from = *(std::find(above.begin(), above.end(), common) - 1);
    crossing_.push_back({a->second.part, b->second.part, from, to});
  }
  struct Crossing {
    std::size_t first, last, from, to;
  };

  /// Where in a part something inside it has its middle.
  double heightIn(std::size_t part, std::size_t inner) const {
    auto out = parts_[inner].h / 2;
    for (; inner != part; inner = parts_[inner].parent) out += parts_[inner].y;
    return out;
  }

  void layout(std::size_t index) {
    for (const auto i : parts_[index].inside)
      if (!parts_[i].leaf) layout(i);
    auto& part = parts_[index];
    for (const auto& c : crossing_)
      if (parts_[c.from].parent == index)
        part.links.push_back({parts_[c.from].place, parts_[c.to].place, heightIn(c.from, c.first), heightIn(c.to, c.last)});
    std::vector<LayerItem> items;
    for (const auto i : part.inside) items.push_back({parts_[i].w, parts_[i].h});
    const auto places = layered(items, part.links, options_);
    const auto side = index == 0 ? 0 : options_.framePadding, top = index == 0 ? 0 : options_.framePadding + options_.frameTitle;
    for (std::size_t k = 0; k < places.size(); ++k) {
      auto& inner = parts_[part.inside[k]];
      inner.x = places[k].x + side, inner.y = places[k].y + top;
      part.w = k == 0 ? 0 : part.w;
      part.h = k == 0 ? 0 : part.h;
    }
    for (const auto i : part.inside) {
      part.w = std::max(part.w, parts_[i].x + parts_[i].w + side);
      part.h = std::max(part.h, parts_[i].y + parts_[i].h + side);
    }
  }

  Place absolute(std::size_t part) const {
    Place out;
    for (; part != 0; part = parts_[part].parent) out.x += parts_[part].x, out.y += parts_[part].y;
    return out;
  }

  double snapped(double v) const { return options_.grid > 0 ? std::round(v / options_.grid) * options_.grid : v; }

  /// The layout comes where its pinned blocks are, or where the blocks were; so the view does not jump.
  void anchor(const std::set<NodeId>& pinned) {
    constexpr auto far = std::numeric_limits<double>::infinity();
    Place was{far, far}, is{far, far}, away;
    double count = 0;
    for (const auto& [id, b] : boxes_) {
      was = {std::min(was.x, b.from.x - b.shift.x), std::min(was.y, b.from.y - b.shift.y)};
      is = {std::min(is.x, b.to.x - b.shift.x), std::min(is.y, b.to.y - b.shift.y)};
      if (!pinned.contains({id})) continue;
      away = {away.x + b.from.x - b.to.x, away.y + b.from.y - b.to.y};
      ++count;
    }
    // Snapped first and moved then, so that tidying twice moves nothing the second time.
    Place corner{snapped(was.x), snapped(was.y)};
    if (count > 0) corner = {snapped(is.x + away.x / count), snapped(is.y + away.y / count)};
    for (auto& [id, b] : boxes_) {
      b.to = {snapped(b.to.x - b.shift.x - is.x) + corner.x + b.shift.x, snapped(b.to.y - b.shift.y - is.y) + corner.y + b.shift.y};
      if (pinned.contains({id})) b.to = b.from;
    }
  }

  /// Blocks that moved onto one that stays go below it, those after them likewise.
  void avoid(const std::set<NodeId>& pinned) {
    std::vector<Box> taken;
    for (const auto& n : document_.nodes()) {
      const auto it = boxes_.find(n.id.text);
      if (it != boxes_.end() && !pinned.contains(n.id)) continue;
      // What is inside a closed group, or not drawn at all, is in nobody's way.
      const auto* size = sizeOf(n.id.text);
      if (size) taken.push_back({n.x, n.y, size->w, size->h});
    }
    if (taken.empty()) return;
    // Blocks of a closed group go together.
    struct Unit {
      Box box;
      std::vector<Moved*> moved;
    };
    std::map<std::size_t, Unit> units;
    for (auto& [id, b] : boxes_) {
      if (pinned.contains({id})) continue;
      const auto& part = parts_[b.part];
      auto& unit = units[b.part];
      unit.box = {b.to.x - b.shift.x, b.to.y - b.shift.y, part.w, part.h};
      unit.moved.push_back(&b);
    }
    std::vector<Unit*> free;
    for (auto& [part, unit] : units) free.push_back(&unit);
    std::stable_sort(free.begin(), free.end(), [](const Unit* a, const Unit* b) {
      return std::pair{a->box.y, a->box.x} < std::pair{b->box.y, b->box.x};
    });
    for (auto* unit : free) {
      auto& b = unit->box;
      const auto before = b.y;
      while (const auto* t = firstHit(taken, b)) {
        b.y = t->y + t->h + options_.gapY;
        if (options_.grid > 0) b.y = std::ceil(b.y / options_.grid) * options_.grid;
      }
      for (auto* m : unit->moved) m->to.y += b.y - before;
      taken.push_back(b);
    }
  }

  /// Something that a box touches or is too close to.
  const Box* firstHit(const std::vector<Box>& taken, const Box& b) const {
    const auto gap = std::min(options_.gapX, options_.gapY) / 2;
    const auto it = std::find_if(taken.begin(), taken.end(), [&](const Box& t) {
      return b.x < t.x + t.w + gap && t.x < b.x + b.w + gap && b.y < t.y + t.h + gap && t.y < b.y + b.h + gap;
    });
    return it == taken.end() ? nullptr : &*it;
  }

  const Document& document_;
  const std::map<NodeId, Box>& sizes_;
  Parents parents_;
  TidyOptions options_;
  std::set<NodeId> only_;
  std::vector<Part> parts_;
  std::vector<Crossing> crossing_;
  std::unordered_map<std::string, std::size_t> index_;
  std::map<std::string, Moved> boxes_;
  std::map<std::size_t, std::string> notes_;  ///< Index of a note: the block it goes with.
};

}  // namespace

std::vector<Change> tidy(const Document& document, const std::map<NodeId, Box>& sizes, const std::set<NodeId>& pinned,
                         const std::vector<NodeId>& ids, const TidyOptions& options) {
  return Tidier{document, sizes, ids, options}.run(pinned);
}

int crossings(const Document& document, const std::map<NodeId, Box>& boxes) {
  std::map<NodeId, std::size_t> number;
  for (const auto& [id, box] : boxes) number.emplace(id, number.size());
  std::vector<Line> lines;
  for (const auto& l : document.links()) {
    const auto a = boxes.find(l.from.node), b = boxes.find(l.to.node);
    if (a == boxes.end() || b == boxes.end()) continue;
    const auto middle = [](const Box& box) { return Place{box.x + box.w / 2, box.y + box.h / 2}; };
    lines.push_back({middle(a->second), middle(b->second), number[a->first], number[b->first]});
  }
  return crossings(lines);
}

}  // namespace patchbay::edit
