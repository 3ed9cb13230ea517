// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/layer_order.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace patchbay::edit {
namespace {

using End = LayerGraph::End;

class Orderer {
 public:
  Orderer(LayerGraph& graph, unsigned start) : graph_{graph}, median_{start % 2 == 1}, place_(graph.vertices.size()) {
    begin(start);
    number();
  }

  std::int64_t order() {
    auto best = graph_.layers;
    auto least = count();
    constexpr int patience = 6;
    for (int sweep = 0, since = 0; sweep < 40 && since < patience && least > 0; ++sweep, ++since) {
      sweepOnce(sweep % 2 == 0, sweep % 4 >= 2);
      exchange();
      const auto now = count();
      if (now >= least) continue;
      least = now;
      best = graph_.layers;
      since = -1;
    }
    graph_.layers = std::move(best);
    return least;
  }

 private:
  /// Depth first from the left, so that what belongs together starts together; the start decides who comes first.
  void begin(unsigned start) {
    const auto n = graph_.vertices.size();
    std::vector<std::size_t> first(n);
    std::iota(first.begin(), first.end(), std::size_t{0});
    if (start == 1) std::reverse(first.begin(), first.end());
    std::mt19937 random{start};
    if (start > 1)
      for (auto i = n; i > 1; --i) std::swap(first[i - 1], first[random() % i]);
    for (auto& layer : graph_.layers) layer.clear();
    std::vector<bool> seen(n);
    std::vector<std::size_t> open;
    for (const auto root : first) {
      if (seen[root] || (start < 2 && !graph_.vertices[root].left.empty())) continue;
      open.push_back(root);
      while (!open.empty()) {
        const auto v = open.back();
        open.pop_back();
        if (seen[v]) continue;
        seen[v] = true;
        graph_.layers[graph_.vertices[v].layer].push_back(v);
        const auto& next = graph_.vertices[v].right;
        for (auto it = next.rbegin(); it != next.rend(); ++it) open.push_back(it->vertex);
        if (start > 1)
          for (const auto& e : graph_.vertices[v].left) open.push_back(e.vertex);
      }
    }
  }

  void number() {
    for (const auto& layer : graph_.layers) number(layer);
  }
  void number(const std::vector<std::size_t>& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i) place_[layer[i]] = static_cast<double>(i);
  }
  double keyOf(const End& e) const { return place_[e.vertex] + e.there * .999; }

  /// Where a vertex would like to be; its own place when it has no neighbours there.
  double wish(std::size_t v, const std::vector<End>& ends) {
    if (ends.empty()) return place_[v];
    keys_.clear();
    for (const auto& e : ends) keys_.push_back(keyOf(e));
    if (!median_) return std::accumulate(keys_.begin(), keys_.end(), 0.0) / static_cast<double>(keys_.size()) - .5;
    std::sort(keys_.begin(), keys_.end());
    const auto m = keys_.size() / 2;
    return (keys_.size() % 2 ? keys_[m] : (keys_[m - 1] + keys_[m]) / 2) - .5;
  }

  void sweepOnce(bool right, bool lastFirst) {
    const auto n = graph_.layers.size();
    std::vector<std::pair<double, std::size_t>> wishes;
    for (std::size_t i = 1; i < n; ++i) {
      auto& layer = graph_.layers[right ? i : n - 1 - i];
      wishes.clear();
      for (const auto v : layer) wishes.emplace_back(wish(v, right ? graph_.vertices[v].left : graph_.vertices[v].right), v);
      if (lastFirst) std::reverse(wishes.begin(), wishes.end());
      std::stable_sort(wishes.begin(), wishes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t k = 0; k < layer.size(); ++k) layer[k] = wishes[k].second;
      number(layer);
    }
  }

  /// Crossings between the links of two neighbours, `a` above `b`, less those with `b` above `a`.
  int gain(const std::vector<End>& a, const std::vector<End>& b) const {
    int out = 0;
    for (const auto& x : a) {
      const auto kx = keyOf(x);
      for (const auto& y : b) {
        const auto ky = keyOf(y);
        out += (kx > ky) - (kx < ky);
      }
    }
    return out;
  }

  void exchange() {
    bool better = true;
    for (int pass = 0; better && pass < 8; ++pass) {
      better = false;
      for (auto& layer : graph_.layers) {
        for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
          const auto& a = graph_.vertices[layer[i]];
          const auto& b = graph_.vertices[layer[i + 1]];
          if (gain(a.left, b.left) + gain(a.right, b.right) <= 0) continue;
          std::swap(layer[i], layer[i + 1]);
          std::swap(place_[layer[i]], place_[layer[i + 1]]);
          better = true;
        }
      }
    }
  }

  std::int64_t count() {
    std::int64_t out = 0;
    for (const auto& layer : graph_.layers) out += count(layer);
    return out;
  }
  /// Links that cross between a layer and the next: inversions, counted while merging.
  std::int64_t count(const std::vector<std::size_t>& layer) {
    std::vector<std::pair<double, double>> links;
    for (const auto v : layer)
      for (const auto& e : graph_.vertices[v].right) links.emplace_back(place_[v] + e.here * .999, keyOf(e));
    std::sort(links.begin(), links.end());
    keys_.clear();
    for (const auto& l : links) keys_.push_back(l.second);
    buffer_.resize(keys_.size());
    return inversions(0, keys_.size());
  }
  std::int64_t inversions(std::size_t from, std::size_t to) {
    if (to - from < 2) return 0;
    const auto middle = (from + to) / 2;
    auto out = inversions(from, middle) + inversions(middle, to);
    for (auto a = from, b = middle, k = from; k < to; ++k) {
      const bool takeLeft = b >= to || (a < middle && keys_[a] <= keys_[b]);
      if (!takeLeft) out += static_cast<std::int64_t>(middle - a);
      buffer_[k] = keys_[takeLeft ? a++ : b++];
    }
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(from), buffer_.begin() + static_cast<std::ptrdiff_t>(to),
              keys_.begin() + static_cast<std::ptrdiff_t>(from));
    return out;
  }

  LayerGraph& graph_;
  bool median_;
  std::vector<double> place_, keys_, buffer_;
};

}  // namespace

std::int64_t orderLayers(LayerGraph& graph, unsigned start) { return Orderer{graph, start}.order(); }

}  // namespace patchbay::edit
