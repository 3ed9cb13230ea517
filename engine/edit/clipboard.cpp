// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "engine/edit/members.h"
#include "engine/edit/names.h"
#include "engine/edit/operations.h"

namespace patchbay::edit {
namespace {

constexpr int clipboardVersion = 1;

/// Parts of a document, cut loose.
struct Parts {
  std::vector<Node> nodes;
  std::vector<Link> links;
  std::vector<Group> groups;
  Value::List notes;
};

tl::unexpected<Error> notOurs() {
  return fail(ErrorKind::BadInput, "edit.paste", TR("edit", "What is on the clipboard are not blocks of Patchbay."),
              TR("edit", "Copy blocks in a pipeline first, then paste them here."));
}

tl::unexpected<Error> damaged(const Error& why) {
  return fail(ErrorKind::BadInput, "edit.paste",
              TR("edit", "The copied blocks are damaged and cannot be pasted: {why}").with("why", render(why.cause)),
              TR("edit", "Copy them again from the pipeline they come from."));
}

Result<Parts> readParts(std::string_view text) {
  auto value = parseJson(text);
  if (!value || !value->isMap()) return notOurs();
  const auto& v = *value;
  const bool pipeline = !v.contains("patchbay") && v["version"].isInt() && v["nodes"].isList();
  if (v["patchbay"].asText() != "clipboard" && !pipeline) return notOurs();
  if (v["version"].asInt() > (pipeline ? Document::formatVersion : clipboardVersion)) {
    return fail(ErrorKind::TooNew, "edit.paste", TR("edit", "These blocks were copied by a newer Patchbay."),
                TR("edit", "Update Patchbay here, or save the blocks as a pipeline and open that."));
  }
  // The parts are those of a pipeline file, so reading them as one finds all there is to find.
  Value file{Value::Map{{"version", Document::formatVersion}}};
  for (const auto* key : {"nodes", "links", "groups", "notes"})
    if (v.contains(key)) file[key] = std::move((*value)[key]);
  const auto document = Document::fromValue(file);
  if (!document) return damaged(document.error());
  return Parts{document->nodes(), document->links(), document->groups(), document->notes()};
}

/// Position of a note, (0, 0) when it has none.
Place placeOf(const Value& note) {
  const auto& pos = note["pos"].asList();
  return pos.size() == 2 ? Place{pos[0].asDouble(), pos[1].asDouble()} : Place{};
}

double finite(double v, double otherwise) { return std::isfinite(v) ? v : otherwise; }

/// Gives parts a new identity in a document.
class Paster {
 public:
  Paster(const Document& document, Parts parts) : document_{document}, parts_{std::move(parts)}, names_{document} {}

  Result<Pasted> paste(Place place) {
    const auto corner = upperLeft();
    shift_ = {place.x - corner.x, place.y - corner.y};
    PB_CHECK(nodes(place));
    links();
    groups();
    notes(place);
    return std::move(out_);
  }
  /// The new id of a copied block, group or note.
  const std::string* idOf(const std::string& old) const {
    const auto it = ids_.find(old);
    return it == ids_.end() ? nullptr : &it->second;
  }

 private:
  Place upperLeft() const {
    constexpr auto none = std::numeric_limits<double>::infinity();
    Place out{none, none};
    const auto take = [&](double x, double y) { out = {std::min(out.x, x), std::min(out.y, y)}; };
    for (const auto& n : parts_.nodes) take(n.x, n.y);
    for (const auto& n : parts_.notes) take(placeOf(n).x, placeOf(n).y);
    return {finite(out.x, 0), finite(out.y, 0)};
  }

  Result<> nodes(Place place) {
    for (auto& node : parts_.nodes) {
      auto fresh = newUlid();
      if (!ids_.emplace(node.id.text, fresh).second) {
        return fail(ErrorKind::BadInput, "edit.paste",
                    TR("edit", "The copied blocks cannot be told apart: two have the id {id}.").with("id", displayText(node.id.text)),
                    TR("edit", "Copy them again from the pipeline they come from."));
      }
      node.id.text = std::move(fresh);
      auto name =
          isUsableName(node.name) && names_.take(node.name) ? node.name : names_.give(isUsableName(node.name) ? node.name : node.type);
      renamed_.emplace(std::move(node.name), name);
      node.name = std::move(name);
      node.x = finite(node.x + shift_.x, place.x);
      node.y = finite(node.y + shift_.y, place.y);
      out_.ids.push_back(node.id.text);
      out_.changes.push_back(AddNode{std::move(node)});
    }
    return {};
  }

  /// Links that lead out of what was copied, and repeated ones, are left out.
  void links() {
    std::set<std::pair<PortRef, PortRef>> seen;
    for (auto& link : parts_.links) {
      const auto* from = idOf(link.from.node.text);
      const auto* to = idOf(link.to.node.text);
      if (!from || !to) continue;
      link.from.node.text = *from;
      link.to.node.text = *to;
      link.id.clear();
      if (seen.emplace(link.from, link.to).second) out_.changes.push_back(AddLink{std::move(link)});
    }
  }

  void groups() {
    std::vector<Group> made;
    std::set<std::string> known;
    for (auto& g : parts_.groups) {
      if (!known.insert(g.id).second || ids_.contains(g.id)) continue;
      made.push_back(g);
      ids_.emplace(g.id, newUlid());
    }
    for (auto& g : made) {
      std::vector<std::string> members;
      for (const auto& m : g.nodes)
        if (const auto* id = idOf(m)) members.push_back(*id);
      g.nodes = std::move(members);
      g.id = *idOf(g.id);
      for (auto& axis : g.axes) {
        axis.unbind([&](const std::string& b) {
          const auto dot = b.find('.');
          return dot == std::string::npos || !renamed_.contains(b.substr(0, dot));
        });
        for (auto& b : axis.bind) {
          const auto dot = b.find('.');
          b = renamed_.at(b.substr(0, dot)) + b.substr(dot);
        }
      }
      out_.ids.push_back(g.id);
      out_.changes.push_back(SetGroup{std::move(g)});
    }
  }

  void notes(Place place) {
    auto notes = document_.notes();
    const auto before = notes.size();
    for (auto& note : parts_.notes) {
      if (!note.isMap()) continue;
      const auto old = placeOf(note);
      auto fresh = newUlid();
      if (!noteId(note).empty()) ids_.emplace(noteId(note), fresh);
      note["pos"] = Value::List{finite(old.x + shift_.x, place.x), finite(old.y + shift_.y, place.y)};
      note["id"] = fresh;
      out_.ids.push_back(std::move(fresh));
      notes.push_back(std::move(note));
    }
    if (notes.size() != before) out_.changes.push_back(SetNotes{std::move(notes)});
  }

  const Document& document_;
  Parts parts_;
  NameGiver names_;
  Place shift_;
  std::unordered_map<std::string, std::string> ids_, renamed_;
  Pasted out_;
};

/// Groups that are named or all of whose members are copied; a group without members only when it is named.
std::set<std::string> wholeGroups(const Document& document, const std::set<std::string>& chosen) {
  auto out = chosen;
  for (bool again = true; again;) {
    again = false;
    for (const auto& g : document.groups()) {
      const bool whole =
          !g.nodes.empty() && std::all_of(g.nodes.begin(), g.nodes.end(), [&](const std::string& id) { return out.contains(id); });
      if (whole && out.insert(g.id).second) again = true;
    }
  }
  return out;
}

Parts partsOf(const Document& document, const std::vector<std::string>& ids) {
  const auto chosen = wholeGroups(document, withContents(document, ids));
  Parts out;
  const auto copyIf = [](const auto& from, auto& to, auto wanted) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(to), wanted);
  };
  copyIf(document.nodes(), out.nodes, [&](const Node& n) { return chosen.contains(n.id.text); });
  copyIf(document.links(), out.links, [&](const Link& l) { return chosen.contains(l.from.node.text) && chosen.contains(l.to.node.text); });
  copyIf(document.groups(), out.groups, [&](const Group& g) { return chosen.contains(g.id); });
  copyIf(document.notes(), out.notes, [&](const Value& n) { return chosen.contains(noteId(n)); });
  return out;
}

template <class T>
Value listOf(const std::vector<T>& parts) {
  Value::List out;
  for (const auto& p : parts) out.push_back(toValue(p));
  return out;
}

}  // namespace

struct Copied {
  Parts parts;
};

std::shared_ptr<const Copied> copyBlocks(const Document& document, const std::vector<std::string>& ids) {
  return std::make_shared<const Copied>(Copied{partsOf(document, ids)});
}

std::string copyText(const Copied& copied) {
  const auto& parts = copied.parts;
  return toJson(Value::Map{{"patchbay", "clipboard"},
                           {"version", clipboardVersion},
                           {"nodes", listOf(parts.nodes)},
                           {"links", listOf(parts.links)},
                           {"groups", listOf(parts.groups)},
                           {"notes", parts.notes}},
                JsonStyle::Pretty);
}

std::string copyText(const Document& document, const std::vector<std::string>& ids) { return copyText(*copyBlocks(document, ids)); }

namespace {

Result<Pasted> pasteParts(const Document& document, Parts parts, Place place) {
  if (parts.nodes.empty() && parts.groups.empty() && parts.notes.empty()) {
    return fail(ErrorKind::BadInput, "edit.paste", TR("edit", "There are no blocks in what was copied."),
                TR("edit", "Select blocks before copying."));
  }
  return Paster{document, std::move(parts)}.paste({finite(place.x, 0), finite(place.y, 0)});
}

}  // namespace

Result<Pasted> paste(const Document& document, std::string_view text, Place place) {
  PB_TRY(auto parts, readParts(text));
  return pasteParts(document, std::move(parts), place);
}

Result<Pasted> paste(const Document& document, const Copied& copied, Place place) { return pasteParts(document, copied.parts, place); }

Result<Pasted> duplicate(const Document& document, const Catalogue&, const std::vector<std::string>& ids, Place offset) {
  auto parts = partsOf(document, ids);
  if (parts.nodes.empty() && parts.groups.empty() && parts.notes.empty()) {
    return fail(ErrorKind::BadInput, "edit.paste", TR("edit", "There is nothing to duplicate."),
                TR("edit", "Select one or more blocks first."));
  }
  constexpr auto none = std::numeric_limits<double>::infinity();
  Place corner{none, none};
  for (const auto& n : parts.nodes) corner = {std::min(corner.x, n.x), std::min(corner.y, n.y)};
  for (const auto& n : parts.notes) corner = {std::min(corner.x, placeOf(n).x), std::min(corner.y, placeOf(n).y)};
  Paster paster{document, parts};
  PB_TRY(auto out, paster.paste({finite(corner.x + offset.x, 0), finite(corner.y + offset.y, 0)}));
  std::set<std::pair<PortRef, PortRef>> seen;
  for (const auto& l : document.links()) {
    const auto* to = paster.idOf(l.to.node.text);
    if (!to || paster.idOf(l.from.node.text) || !document.node(l.from.node)) continue;
    const PortRef end{{*to}, l.to.port};
    if (seen.emplace(l.from, end).second) out.changes.push_back(AddLink{{{}, l.from, end, l.extra}});
  }
  // What lies in a group that is not copied itself goes on lying in it.
  for (const auto& g : document.groups()) {
    if (paster.idOf(g.id)) continue;
    auto group = g;
    for (const auto& m : g.nodes)
      if (const auto* id = paster.idOf(m)) group.nodes.push_back(*id);
    if (group.nodes.size() > g.nodes.size()) out.changes.push_back(SetGroup{std::move(group)});
  }
  return out;
}

}  // namespace patchbay::edit
