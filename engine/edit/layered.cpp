// SPDX-License-Identifier: Apache-2.0
#include "engine/edit/layered.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/edit/layer_anneal.h"
#include "engine/edit/layer_order.h"

namespace patchbay::edit {
namespace {

constexpr double bendHeight = 8;

/// One connected part.
class Part {
 public:
  using Score = std::pair<std::int64_t, double>;  // crossings of straight links, their height

  /// `tight`: layers are chosen for short links, otherwise as far left as they can be.
  Part(std::vector<LayerItem> items, std::vector<LayerLink> links, const TidyOptions& options, bool tight)
      : items_{std::move(items)}, links_{std::move(links)}, options_{options}, tight_{tight} {
    breakCircles();
    findLayers();
    buildGraph();
  }

  /// Tries several starts, keeps the one whose straight links cross least, and goes on from there: by exchanging neighbours, and
  /// by annealing, because straight lines cross where links with bends would not.
  std::pair<Score, std::vector<Place>> layout() {
    const auto size = graph_.vertices.size();
    const unsigned starts = size < 400 ? 32 : size < 1500 ? 6 : size < 6000 ? 3 : 1;
    order_ = graph_.layers;
    for (unsigned start = 0; start < starts; ++start) {
      orderLayers(graph_, start);
      consider();
    }
    exchangeNeighbours();
    const unsigned rounds = size < 400 ? 6 : size < 1500 ? 2 : 0;
    const int tries = static_cast<int>(std::min<std::size_t>(400 * items_.size(), 60'000));
    for (unsigned round = 1; round <= rounds && least_.first > 0; ++round) {
      auto lines = straight();
      anneal(lines, round, tries);
      orderBy(lines);
      if (consider()) exchangeNeighbours();
    }
    return {least_, std::move(best_)};
  }

 private:
  /// Places the items in the order of the layers; keeps that when it is the best so far.
  bool consider() {
    bool better = false;
    for (const auto gap : {.5, 1.5}) {
      if (gap > 1 && graph_.vertices.size() >= 400) break;
      bendGap_ = gap * options_.gapY;
      auto places = place();
      const auto now = judge(places);
      if (now >= least_) continue;
      least_ = now, best_ = std::move(places), order_ = graph_.layers;
      better = true;
    }
    return better;
  }

  /// So many exchanges as can be tried while a person waits.
  void exchangeNeighbours() {
    const auto size = graph_.vertices.size();
    auto tries = size < 1500 ? std::min(6 * size, 30'000 / size) : 0;
    graph_.layers = order_;
    bool better = true;
    while (better && tries > 0 && least_.first > 0) {
      better = false;
      for (auto& layer : graph_.layers) {
        for (std::size_t i = 0; i + 1 < layer.size() && tries > 0; ++i, --tries) {
          std::swap(layer[i], layer[i + 1]);
          if (consider()) better = true;
          else std::swap(layer[i], layer[i + 1]);
        }
      }
    }
  }

  /// The best places so far, for annealing.
  StraightGraph straight() const {
    StraightGraph out;
    out.layer = layer_;
    for (std::size_t v = 0; v < items_.size(); ++v) {
      out.x.push_back(best_[v].x + items_[v].w / 2);
      out.y.push_back(best_[v].y + items_[v].h / 2);
    }
    for (const auto& l : links_) out.links.emplace_back(l.from, l.to);
    return out;
  }

  /// Orders the layers by height; bends where the straight line of their link passes.
  void orderBy(const StraightGraph& lines) {
    auto y = lines.y;
    y.resize(graph_.vertices.size());
    for (const auto& [vertex, link] : bends_) {
      const auto& l = links_[link];
      const auto share =
          static_cast<double>(graph_.vertices[vertex].layer - layer_[l.from]) / static_cast<double>(layer_[l.to] - layer_[l.from]);
      y[vertex] = lines.y[l.from] + share * (lines.y[l.to] - lines.y[l.from]);
    }
    for (auto& layer : graph_.layers)
      std::stable_sort(layer.begin(), layer.end(), [&](std::size_t a, std::size_t b) { return y[a] < y[b]; });
  }

  /// A link that closes a circle counts as its reverse.
  void breakCircles() {
    const auto n = items_.size();
    std::vector<std::vector<std::size_t>> out(n);
    for (std::size_t i = 0; i < links_.size(); ++i) out[links_[i].from].push_back(i);
    std::vector<int> state(n);  // 1: on the path, 2: done
    std::vector<std::pair<std::size_t, std::size_t>> path;
    std::vector<bool> reversed(links_.size());
    for (std::size_t root = 0; root < n; ++root) {
      if (state[root]) continue;
      path.emplace_back(root, 0);
      state[root] = 1;
      while (!path.empty()) {
        auto& [v, next] = path.back();
        if (next == out[v].size()) {
          state[v] = 2;
          path.pop_back();
          continue;
        }
        const auto link = out[v][next++];
        const auto to = links_[link].to;
        if (state[to] == 1) reversed[link] = true;
        if (state[to] != 0) continue;
        state[to] = 1;
        path.emplace_back(to, 0);
      }
    }
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (!reversed[i]) continue;
      std::swap(links_[i].from, links_[i].to);
      std::swap(links_[i].fromAt, links_[i].toAt);
    }
  }

  /// Longest path; then whoever has more links to the right than to the left moves right as far as it can, and back.
  void findLayers() {
    const auto n = items_.size();
    std::vector<std::vector<std::size_t>> before(n), after(n);
    std::vector<std::size_t> waiting(n), order;
    for (const auto& l : links_) {
      before[l.to].push_back(l.from);
      after[l.from].push_back(l.to);
      ++waiting[l.to];
    }
    for (std::size_t v = 0; v < n; ++v)
      if (waiting[v] == 0) order.push_back(v);
    layer_.assign(n, 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const auto w : after[order[i]]) {
        layer_[w] = std::max(layer_[w], layer_[order[i]] + 1);
        if (--waiting[w] == 0) order.push_back(w);
      }
    }
    bool moved = tight_;
    for (int pass = 0; moved && pass < 12; ++pass) {
      moved = false;
      for (std::size_t i = 0; i < n; ++i) {
        const auto v = pass % 2 ? order[i] : order[n - 1 - i];
        if (before[v].size() == after[v].size()) continue;
        auto to = layer_[v];
        if (after[v].size() > before[v].size()) {
          to = std::numeric_limits<std::size_t>::max();
          for (const auto w : after[v]) to = std::min(to, layer_[w] - 1);
        } else {
          to = 0;
          for (const auto u : before[v]) to = std::max(to, layer_[u] + 1);
        }
        moved = moved || to != layer_[v];
        layer_[v] = to;
      }
    }
    const auto least = *std::min_element(layer_.begin(), layer_.end());
    for (auto& l : layer_) l -= least;
  }

  void buildGraph() {
    for (std::size_t v = 0; v < items_.size(); ++v) graph_.vertices.push_back({layer_[v], items_[v].h, false, {}, {}});
    graph_.layers.resize(*std::max_element(layer_.begin(), layer_.end()) + 1);
    const auto part = [](double at, double h) { return h > 0 ? std::clamp(at / h, 0.0, 1.0) : .5; };
    for (std::size_t i = 0; i < links_.size(); ++i) {
      const auto& l = links_[i];
      auto last = l.from;
      auto here = part(l.fromAt, items_[l.from].h);
      for (auto layer = layer_[l.from] + 1; layer < layer_[l.to]; ++layer) {
        graph_.vertices.push_back({layer, bendHeight, true, {}, {}});
        join(last, graph_.vertices.size() - 1, here, .5);
        last = graph_.vertices.size() - 1;
        bends_.emplace_back(last, i);
        here = .5;
      }
      join(last, l.to, here, part(l.toAt, items_[l.to].h));
    }
  }
  void join(std::size_t left, std::size_t right, double atLeft, double atRight) {
    graph_.vertices[left].right.push_back({right, atLeft, atRight});
    graph_.vertices[right].left.push_back({left, atRight, atLeft});
  }

  /// Straight long links count most, so that they do not wind around blocks.
  double weight(const LayerGraph::Vertex& a, const LayerGraph::Vertex& b) const { return a.bend && b.bend ? 8 : a.bend || b.bend ? 2 : 1; }

  /// The places of one layer with the least squared distance from the neighbours on one or both sides, in its order and
  /// without overlap: isotonic regression by pooling neighbours that are too close.
  void settle(const std::vector<std::size_t>& layer, bool left, bool right) {
    struct Pool {
      double weight, mean;
      std::size_t count;
    };
    std::vector<Pool> pools;
    std::vector<double> offset;
    double room = 0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      const auto& v = graph_.vertices[layer[i]];
      if (i > 0) {
        const auto& above = graph_.vertices[layer[i - 1]];
        room += above.h + (above.bend || v.bend ? bendGap_ : options_.gapY);
      }
      offset.push_back(room);
      double sum = 0, total = 0;
      const auto add = [&](const std::vector<LayerGraph::End>& ends) {
        for (const auto& e : ends) {
          const auto& u = graph_.vertices[e.vertex];
          const auto w = weight(v, u);
          sum += w * (y_[e.vertex] + e.there * u.h - e.here * v.h);
          total += w;
        }
      };
      if (left) add(v.left);
      if (right) add(v.right);
      if (total == 0) total = .05, sum = total * y_[layer[i]];
      pools.push_back({total, sum / total - room, 1});
      while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
        const auto last = pools.back();
        pools.pop_back();
        auto& p = pools.back();
        p.mean = (p.mean * p.weight + last.mean * last.weight) / (p.weight + last.weight);
        p.weight += last.weight;
        p.count += last.count;
      }
    }
    std::size_t i = 0;
    for (const auto& p : pools)
      for (std::size_t k = 0; k < p.count; ++k, ++i) y_[layer[i]] = p.mean + offset[i];
  }

  std::vector<Place> place() {
    const auto& layers = graph_.layers;
    y_.assign(graph_.vertices.size(), 0);
    for (const auto& layer : layers) settle(layer, false, false);
    for (int round = 0; round < 6; ++round) {
      for (std::size_t i = 1; i < layers.size(); ++i) settle(layers[i], true, false);
      for (std::size_t i = layers.size() - 1; i-- > 0;) settle(layers[i], false, true);
    }
    for (int round = 0; round < 8; ++round)
      for (std::size_t i = 0; i < layers.size(); ++i) settle(layers[round % 2 ? layers.size() - 1 - i : i], true, true);
    std::vector<double> width(layers.size()), x(layers.size());
    for (std::size_t v = 0; v < items_.size(); ++v) width[layer_[v]] = std::max(width[layer_[v]], items_[v].w);
    for (std::size_t i = 1; i < layers.size(); ++i) x[i] = x[i - 1] + width[i - 1] + options_.gapX;
    std::vector<Place> out;
    for (std::size_t v = 0; v < items_.size(); ++v) out.push_back({x[layer_[v]], y_[v]});
    return out;
  }

  Score judge(const std::vector<Place>& places) const {
    std::vector<Line> lines;
    double length = 0;
    for (const auto& l : links_) {
      lines.push_back({{places[l.from].x + items_[l.from].w / 2, places[l.from].y + l.fromAt},
                       {places[l.to].x + items_[l.to].w / 2, places[l.to].y + l.toAt},
                       l.from,
                       l.to});
      length += std::abs(lines.back().to.y - lines.back().from.y);
    }
    return {graph_.vertices.size() < 6000 ? crossings(lines) : 0, length};
  }

  std::vector<LayerItem> items_;
  std::vector<LayerLink> links_;
  TidyOptions options_;
  bool tight_;
  double bendGap_ = 0;  // above and below bends
  std::vector<std::size_t> layer_;
  LayerGraph graph_;
  std::vector<double> y_;
  std::vector<std::pair<std::size_t, std::size_t>> bends_;  ///< Vertices with the links they are of.
  std::vector<Place> best_;
  std::vector<std::vector<std::size_t>> order_;
  Score least_{std::numeric_limits<std::int64_t>::max(), 0.0};
};

/// Items by the part they are in, parts in the order of their first items.
std::vector<std::vector<std::size_t>> partsOf(std::size_t count, const std::vector<LayerLink>& links) {
  std::vector<std::size_t> root(count);
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t v) {
    while (root[v] != v) v = root[v] = root[root[v]];
    return v;
  };
  for (const auto& l : links) {
    const auto a = find(l.from), b = find(l.to);
    root[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::vector<std::size_t>> out(count);
  for (std::size_t v = 0; v < count; ++v) out[find(v)].push_back(v);
  std::erase_if(out, [](const auto& part) { return part.empty(); });
  return out;
}

/// Puts parts and loose items below each other.
class Stack {
 public:
  Stack(const std::vector<LayerItem>& items, const TidyOptions& options) : items_{items}, options_{options}, out_(items.size()) {}

  void add(const std::vector<std::size_t>& members, const std::vector<Place>& places) {
    double top = std::numeric_limits<double>::infinity(), bottom = -top;
    for (std::size_t i = 0; i < members.size(); ++i) {
      top = std::min(top, places[i].y);
      bottom = std::max(bottom, places[i].y + items_[members[i]].h);
      width_ = std::max(width_, places[i].x + items_[members[i]].w);
    }
    for (std::size_t i = 0; i < members.size(); ++i) out_[members[i]] = {places[i].x, places[i].y - top + next_};
    next_ += bottom - top + options_.gapY;
  }
  /// In rows as wide as what is above, or about square.
  void addLoose(const std::vector<std::size_t>& loose) {
    double area = 0, x = 0, row = 0;
    for (const auto v : loose) area += (items_[v].w + options_.gapX) * (items_[v].h + options_.gapY);
    const auto limit = std::max(width_, std::sqrt(area) * 1.5);
    for (const auto v : loose) {
      if (x > 0 && x + items_[v].w > limit) x = 0, next_ += row + options_.gapY, row = 0;
      out_[v] = {x, next_};
      x += items_[v].w + options_.gapX;
      row = std::max(row, items_[v].h);
    }
  }
  std::vector<Place> finish() { return std::move(out_); }

 private:
  const std::vector<LayerItem>& items_;
  const TidyOptions& options_;
  std::vector<Place> out_;
  double next_ = 0, width_ = 0;
};

}  // namespace

std::vector<Place> layered(const std::vector<LayerItem>& items, const std::vector<LayerLink>& links, const TidyOptions& options) {
  Stack stack{items, options};
  std::vector<std::size_t> loose, local(items.size()), partOf(items.size());
  const auto parts = partsOf(items.size(), links);
  std::vector<std::vector<LayerLink>> linksOf(parts.size());
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t i = 0; i < parts[p].size(); ++i) local[parts[p][i]] = i, partOf[parts[p][i]] = p;
  for (const auto& l : links)
    if (l.from != l.to) linksOf[partOf[l.from]].push_back({local[l.from], local[l.to], l.fromAt, l.toAt});
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (parts[p].size() == 1) {
      loose.push_back(parts[p].front());
      continue;
    }
    std::vector<LayerItem> members;
    for (const auto v : parts[p]) members.push_back(items[v]);
    auto best = Part{members, linksOf[p], options, true}.layout();
    if (members.size() < 150 && best.first.first > 0)
      if (auto other = Part{std::move(members), std::move(linksOf[p]), options, false}.layout(); other.first.first < best.first.first)
        best = std::move(other);
    stack.add(parts[p], best.second);
  }
  stack.addLoose(loose);
  return stack.finish();
}

int crossings(const std::vector<Line>& lines) {
  const auto side = [](const Place& a, const Place& b, const Place& c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); };
  int out = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& p = lines[i];
    const auto top = std::min(p.from.y, p.to.y), bottom = std::max(p.from.y, p.to.y);
    const auto left = std::min(p.from.x, p.to.x), right = std::max(p.from.x, p.to.x);
    for (std::size_t j = i + 1; j < lines.size(); ++j) {
      const auto& q = lines[j];
      if (std::max(q.from.x, q.to.x) < left || std::min(q.from.x, q.to.x) > right || std::max(q.from.y, q.to.y) < top ||
          std::min(q.from.y, q.to.y) > bottom)
        continue;
      if (p.a == q.a || p.a == q.b || p.b == q.a || p.b == q.b) continue;
      out += side(p.from, p.to, q.from) * side(p.from, p.to, q.to) < 0 && side(q.from, q.to, p.from) * side(q.from, q.to, p.to) < 0;
    }
  }
  return out;
}

}  // namespace patchbay::edit
