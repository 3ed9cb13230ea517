// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace patchbay::widgets {

/// Rectangles by the cells of a square grid they touch; finds what lies in a rectangle in time of what is there.
class SpatialGrid {
 public:
  static constexpr double cell = 256;

  void clear() {
    cells_.clear();
    seen_.clear();
    stamp_ = 0;
  }
  void insert(int id, const QRectF& rect) {
    if (static_cast<std::size_t>(id) >= seen_.size()) seen_.resize(static_cast<std::size_t>(id) + 1, 0);
    each(rect, [&](std::int64_t key) { cells_[key].push_back(id); });
  }
  void remove(int id, const QRectF& rect) {
    each(rect, [&](std::int64_t key) {
      const auto found = cells_.find(key);
      if (found == cells_.end()) return;
      auto& ids = found->second;
      for (std::size_t i = 0; i < ids.size(); ++i)
        if (ids[i] == id) {
          ids[i] = ids.back();
          ids.pop_back();
          break;
        }
      if (ids.empty()) cells_.erase(found);
    });
  }
  /// Ids whose cells touch `rect`, ascending, each once; whoever asks compares the rectangles themselves.
  std::vector<int> find(const QRectF& rect) const;

 private:
  /// Coordinates far off are one cell, so that a broken file cannot fill the memory.
  static std::int64_t index(double v) { return static_cast<std::int64_t>(std::floor(std::fmin(std::fmax(v, -4e6), 4e6) / cell)); }
  static std::int64_t keyOf(std::int64_t x, std::int64_t y) { return (x << 32) ^ (y & 0xffffffff); }
  template <class F>
  static void each(const QRectF& rect, F&& f) {
    const auto x1 = index(rect.right()), y1 = index(rect.bottom());
    for (auto y = index(rect.top()); y <= y1; ++y)
      for (auto x = index(rect.left()); x <= x1; ++x) f(keyOf(x, y));
  }

  std::unordered_map<std::int64_t, std::vector<int>> cells_;
  mutable std::vector<std::uint32_t> seen_;
  mutable std::uint32_t stamp_ = 0;
};

}  // namespace patchbay::widgets
