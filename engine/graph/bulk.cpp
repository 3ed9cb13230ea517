// SPDX-License-Identifier: Apache-2.0
// Many parts of a document at once, for undo and redo: see document.h.
#include <algorithm>
#include <map>
#include <tuple>

#include "engine/graph/document.h"

namespace patchbay {
namespace {

tl::unexpected<Error> missing(std::string_view id) {
  return fail(ErrorKind::NotFound, "graph.missing",
              TR("graph", "A part of the pipeline that is to be removed is not there: {id}.").with("id", displayText(id)),
              TR("graph", "It may have been removed in the meantime; look again."), std::string{id});
}

/// Free places of a list that is being filled from its last insertion backwards; a Fenwick tree, so O(log n) each.
class FreePlaces {
 public:
  explicit FreePlaces(std::size_t n) : tree_(n + 1) {
    for (std::size_t i = 1; i <= n; ++i) tree_[i] = i & (~i + 1);
    while (top_ * 2 <= n) top_ *= 2;
  }
  /// Takes the free place that has `before` free ones before it.
  std::size_t take(std::size_t before) {
    std::size_t i = 0;
    for (auto step = top_; step > 0; step /= 2) {
      if (i + step >= tree_.size() || tree_[i + step] > before) continue;
      i += step;
      before -= tree_[i];
    }
    for (auto j = i + 1; j < tree_.size(); j += j & (~j + 1)) --tree_[j];
    return i;
  }

 private:
  std::vector<std::size_t> tree_;
  std::size_t top_ = 1;
};

/// As if the things had been inserted one after another.
template <class T>
void insertAll(std::vector<T>& list, std::vector<Placed<T>> things) {
  const auto before = list.size(), count = before + things.size();
  const bool appends = std::all_of(things.begin(), things.end(), [&, n = before](const Placed<T>& t) mutable { return t.at >= n++; });
  if (appends) {
    list.reserve(std::max(count, things.size() > 1 ? count : list.capacity()));
    for (auto& t : things) list.push_back(std::move(t.what));
    return;
  }
  FreePlaces free{count};
  std::vector<std::size_t> place(things.size());
  // The last one inserted stands where it was put; those before it share what it left free.
  for (std::size_t i = things.size(); i-- > 0;) place[i] = free.take(std::min(things[i].at, before + i));
  std::vector<std::size_t> source(count, count);
  for (std::size_t i = 0; i < things.size(); ++i) source[place[i]] = i;
  std::vector<T> out;
  out.reserve(count);
  auto old = list.begin();
  for (std::size_t i = 0; i < count; ++i) out.push_back(source[i] == count ? std::move(*old++) : std::move(things[source[i]].what));
  list = std::move(out);
}

/// Moves what `wanted` says out of the list, with the places it had.
template <class T, class Wanted>
std::vector<Placed<T>> takeIf(std::vector<T>& list, Wanted wanted) {
  std::vector<Placed<T>> out;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (wanted(i)) out.push_back({std::move(list[i]), i});
    else if (kept++ != i) list[kept - 1] = std::move(list[i]);
  }
  list.resize(kept);
  return out;
}

/// For each element whether it is among the wanted ones; a key wanted twice takes its first two. The key that is missing
/// is returned as an error.
template <class Key, class T, class KeyOf>
Result<std::vector<bool>> chosen(const std::vector<T>& list, std::map<Key, std::size_t> wanted, std::size_t count, KeyOf keyOf) {
  std::vector<bool> out(list.size());
  for (std::size_t i = 0; i < list.size() && count > 0; ++i) {
    const auto it = wanted.find(keyOf(list[i]));
    if (it == wanted.end() || it->second == 0) continue;
    out[i] = true;
    --it->second, --count;
  }
  if (count == 0) return out;
  const auto left = std::find_if(wanted.begin(), wanted.end(), [](const auto& w) { return w.second > 0; });
  return missing(std::get<0>(left->first));
}

}  // namespace

void Document::insertNodes(std::vector<Placed<Node>> nodes) {
  insertAll(nodes_, std::move(nodes));
  reindex();
}

void Document::insertLinks(std::vector<Placed<Link>> links) { insertAll(links_, std::move(links)); }

void Document::insertGroup(Group group, std::size_t at) {
  groups_.insert(groups_.begin() + static_cast<std::ptrdiff_t>(std::min(at, groups_.size())), std::move(group));
}

Result<std::vector<Placed<Node>>> Document::takeNodes(const std::vector<NodeId>& ids) {
  using Key = std::tuple<std::string_view>;
  std::map<Key, std::size_t> wanted;
  for (const auto& nodeId : ids) ++wanted[Key{nodeId.text}];
  PB_TRY(const auto which, chosen(nodes_, std::move(wanted), ids.size(), [](const Node& n) { return Key{n.id.text}; }));
  auto out = takeIf(nodes_, [&](std::size_t i) { return which[i]; });
  reindex();
  return out;
}

Result<std::vector<Placed<Link>>> Document::takeLinks(const std::vector<std::pair<PortRef, PortRef>>& ends) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
  const auto keyOf = [](const PortRef& from, const PortRef& to) { return Key{to.node.text, to.port, from.node.text, from.port}; };
  std::map<Key, std::size_t> wanted;
  for (const auto& [from, to] : ends) ++wanted[keyOf(from, to)];
  PB_TRY(const auto which, chosen(links_, std::move(wanted), ends.size(), [&](const Link& l) { return keyOf(l.from, l.to); }));
  return takeIf(links_, [&](std::size_t i) { return which[i]; });
}

Result<Placed<Group>> Document::takeGroup(std::string_view groupId) {
  const auto it = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.id == groupId; });
  if (it == groups_.end()) return missing(groupId);
  Placed<Group> out{std::move(*it), static_cast<std::size_t>(it - groups_.begin())};
  groups_.erase(it);
  return out;
}

Result<> Document::setName(const NodeId& nodeId, std::string name) {
  PB_TRY(Node* const found, mutableNode(nodeId));
  found->name = std::move(name);
  reindex();
  return {};
}

}  // namespace patchbay
