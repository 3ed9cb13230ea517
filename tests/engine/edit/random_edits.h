// SPDX-License-Identifier: Apache-2.0
#pragma once
// Random gestures of a person who holds nothing back.
#include <random>
#include <string>
#include <vector>

#include "engine/edit/editor.h"
#include "engine/edit/operations.h"
#include "tests/support/test_blocks.h"

namespace patchbay::test {

class RandomEdits {
 public:
  RandomEdits(const Catalogue& catalogue, unsigned seed) : catalogue_{catalogue}, random_{seed} {}

  int upTo(int n) { return n <= 0 ? 0 : static_cast<int>(random_() % static_cast<unsigned>(n)); }

  NodeId node(const Document& d) {
    if (d.nodes().empty() || upTo(40) == 0) return {"nowhere"};
    return d.nodes()[static_cast<std::size_t>(upTo(static_cast<int>(d.nodes().size())))].id;
  }
  std::string groupId(const Document& d) {
    if (d.groups().empty()) return "nowhere";
    return d.groups()[static_cast<std::size_t>(upTo(static_cast<int>(d.groups().size())))].id;
  }
  /// Blocks, sometimes groups and notes.
  std::vector<std::string> several(const Document& d) {
    std::vector<std::string> out;
    for (int i = 0, n = 1 + upTo(4); i < n; ++i) out.push_back(upTo(5) == 0 ? groupId(d) : node(d).text);
    for (const auto& note : d.notes())
      if (upTo(4) == 0) out.push_back(note["id"].asText());
    return out;
  }
  PortRef port(const Document& d) {
    static const std::vector<std::string> ports{"data",  "split", "out",    "log",     "embedding",
                                                "extra", "model", "report", "reports", "summary"};
    return {node(d), ports[static_cast<std::size_t>(upTo(static_cast<int>(ports.size())))]};
  }
  Link link(const Document& d) {
    if (d.links().empty()) return {};
    return d.links()[static_cast<std::size_t>(upTo(static_cast<int>(d.links().size())))];
  }

  /// Changes of one gesture; may be empty or impossible.
  std::vector<edit::Change> gesture(const Document& d) {
    using namespace edit;
    const auto orNothing = [](Result<std::vector<Change>> r) { return r ? std::move(*r) : std::vector<Change>{}; };
    const Place place{upTo(4000) / 4.0 - 300, upTo(2000) / 3.0};
    switch (upTo(25)) {
      case 0:
      case 1:
      case 2: {
        static const std::vector<std::string> types{"test.folder", "test.split", "test.augment",
                                                    "test.embed",  "test.probe", "test.compare"};
        return orNothing(addBlock(d, catalogue_, types[static_cast<std::size_t>(upTo(6))], place));
      }
      case 3: {
        const auto from = port(d);
        const auto targets = linkTargets(d, catalogue_, from, true);
        if (targets.empty()) return {};
        return orNothing(edit::link(d, catalogue_, from, targets[static_cast<std::size_t>(upTo(static_cast<int>(targets.size())))]));
      }
      case 4:
        return {AddLink{{upTo(2) ? "x" : "", port(d), port(d), {}}, static_cast<std::size_t>(upTo(5))}};
      case 5:
        return unlink(link(d).from, link(d).to);
      case 6:
        return remove(d, catalogue_, several(d), upTo(2) == 0);
      case 7:
        return {RemoveNode{node(d)}};
      case 8:
        return {SetParam{node(d), upTo(2) ? "fold" : "rate", upTo(3) ? std::optional{Value{upTo(3)}} : std::nullopt}};
      case 9:
        return {SetParams{node(d), Value::Map{{"fold", upTo(9)}}, 1 + upTo(3)}};
      case 10:
        return {Rename{node(d), "name" + std::to_string(upTo(6))}};
      case 11:
        return {SetTitle{node(d), upTo(2) ? "" : "Title \"" + std::to_string(upTo(9)) + "\"\n太阳"}};
      case 12:
      case 13: {
        std::vector<Change> out;
        for (int i = 0, n = upTo(4); i < n; ++i) out.push_back(Move{node(d), place.x + i, place.y});
        return out;
      }
      case 14:
        return toggleMode(d, {node(d), node(d)}, upTo(2) ? NodeMode::Bypass : NodeMode::Mute);
      case 15: {
        Group g{upTo(3) ? groupId(d) : "new" + std::to_string(upTo(3)), "g", static_cast<GroupKind>(upTo(3)), several(d), {}, {}};
        if (const auto* n = d.node(node(d))) g.axes.push_back({"seed", {1, 2}, {}, {n->name + ".fold", "gone.x"}, {}});
        return {SetGroup{std::move(g), upTo(2) ? Document::atEnd : static_cast<std::size_t>(upTo(3))}};
      }
      case 16:
        return {RemoveGroup{groupId(d)}};
      case 17:
        return orNothing(edit::group(d, several(d), static_cast<GroupKind>(upTo(3)), "G"));
      case 18:
        return orNothing(ungroup(d, groupId(d)));
      case 19:
        return moveInto(d, several(d), upTo(3) ? groupId(d) : "");
      case 20: {
        auto pasted = paste(d, copyText(d, several(d)), place);
        return pasted && d.nodes().size() < 60 ? std::move(pasted->changes) : std::vector<Change>{};
      }
      case 21: {
        auto copied = duplicate(d, catalogue_, several(d), {20, 20});
        return copied && d.nodes().size() < 60 ? std::move(copied->changes) : std::vector<Change>{};
      }
      case 22: {
        std::vector<NodeId> some{node(d), node(d)};
        return upTo(2) ? togglePinned(d, some) : std::vector<Change>{SetPinned{some.front(), upTo(2) ? Value{true} : Value{}}};
      }
      case 23:
        return orNothing(spliceInto(d, catalogue_, node(d), link(d)));
      default: {
        auto notes = d.notes();
        notes.push_back(Value::Map{{"id", "n" + std::to_string(upTo(5))}, {"text", "note"}, {"pos", Value::List{place.x, place.y}}});
        if (notes.size() > 5) notes.clear();
        return upTo(2) ? std::vector<Change>{SetNotes{std::move(notes)}} : std::vector<Change>{SetInfo{"T" + std::to_string(upTo(3)), "D"}};
      }
    }
  }

 private:
  const Catalogue& catalogue_;
  std::mt19937 random_;
};

}  // namespace patchbay::test
