// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/layer_anneal.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace patchbay::edit {
namespace {

class Annealer {
 public:
  Annealer(StraightGraph& graph, unsigned seed) : graph_{graph}, random_{seed}, linksOf_(graph.x.size()), mark_(graph.links.size(), 0) {
    for (std::size_t i = 0; i < graph_.links.size(); ++i) {
      linksOf_[graph_.links[i].first].push_back(i);
      linksOf_[graph_.links[i].second].push_back(i);
    }
    findRivals();
    std::size_t layers = 0;
    for (const auto l : graph_.layer) layers = std::max(layers, l + 1);
    std::vector<std::vector<std::size_t>> byLayer(layers);
    for (std::size_t v = 0; v < graph_.layer.size(); ++v) byLayer[graph_.layer[v]].push_back(v);
    for (auto& items : byLayer)
      if (items.size() > 1) layers_.push_back(std::move(items));
    for (const auto& items : layers_)
      for (const auto v : items) movable_.emplace_back(v, &items);
  }

  std::int64_t run(int tries) {
    auto now = count();
    auto least = now;
    if (movable_.empty() || now == 0) return now;
    auto best = graph_.y;
    constexpr double hot = 1.2, cold = 0.12;
    const double cooling = std::pow(cold / hot, 1.0 / std::max(1, tries));
    double heat = hot;
    for (int i = 0; i < tries; ++i, heat *= cooling) {
      const auto& [v, items] = movable_[random_() % movable_.size()];
      const auto w = (*items)[random_() % items->size()];
      if (v == w) continue;
      const auto before = around(v, w);
      std::swap(graph_.y[v], graph_.y[w]);
      const auto more = around(v, w) - before;
      // Portable, unlike the library's distributions: the same file is tidied alike everywhere.
      if (more > 0 && static_cast<double>(random_()) / 4294967296.0 >= std::exp(-static_cast<double>(more) / heat)) {
        std::swap(graph_.y[v], graph_.y[w]);
        continue;
      }
      now += more;
      if (now >= least) continue;
      least = now;
      best = graph_.y;
      if (least == 0) break;
    }
    graph_.y = std::move(best);
    return least;
  }

 private:
  /// Links that can cross: they overlap across and share no end. Places across do not change, so this is found once.
  void findRivals() {
    rivals_.resize(graph_.links.size());
    const auto left = [&](std::size_t l) { return std::min(graph_.x[graph_.links[l].first], graph_.x[graph_.links[l].second]); };
    const auto right = [&](std::size_t l) { return std::max(graph_.x[graph_.links[l].first], graph_.x[graph_.links[l].second]); };
    for (std::size_t a = 0; a < graph_.links.size(); ++a)
      for (std::size_t b = a + 1; b < graph_.links.size(); ++b) {
        const auto [p, q] = graph_.links[a];
        const auto [r, s] = graph_.links[b];
        if (p == r || p == s || q == r || q == s || left(a) >= right(b) || left(b) >= right(a)) continue;
        rivals_[a].push_back(b);
        rivals_[b].push_back(a);
      }
  }

  bool cross(std::size_t a, std::size_t b) const {
    const auto &x = graph_.x, &y = graph_.y;
    const auto [p, q] = graph_.links[a];
    const auto [r, s] = graph_.links[b];
    const auto side = [&](std::size_t u, std::size_t v, std::size_t w) {
      return (x[v] - x[u]) * (y[w] - y[u]) - (y[v] - y[u]) * (x[w] - x[u]);
    };
    return side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;
  }

  std::int64_t count() const {
    std::int64_t out = 0;
    for (std::size_t a = 0; a < rivals_.size(); ++a)
      for (const auto b : rivals_[a]) out += b > a && cross(a, b);
    return out;
  }

  /// Crossings of the links of two items, each once.
  std::int64_t around(std::size_t v, std::size_t w) {
    ++stamp_;
    std::int64_t out = 0;
    for (const auto item : {v, w})
      for (const auto a : linksOf_[item]) {
        mark_[a] = stamp_;
        for (const auto b : rivals_[a])
          if (mark_[b] != stamp_) out += cross(a, b);
      }
    return out;
  }

  StraightGraph& graph_;
  std::mt19937 random_;
  std::vector<std::vector<std::size_t>> linksOf_, rivals_, layers_;
  std::vector<std::pair<std::size_t, const std::vector<std::size_t>*>> movable_;
  std::vector<unsigned> mark_;
  unsigned stamp_ = 0;
};

}  // namespace

std::int64_t anneal(StraightGraph& graph, unsigned seed, int tries) { return Annealer{graph, seed}.run(tries); }

}  // namespace patchbay::edit
