// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRect>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace patchbay::widgets {

/// A mask as an annotation has it (engine/data/README.md): run lengths column by column, the first of background. Memory as the runs.
class MaskRuns {
 public:
  /// Nothing unless the runs sum up to width * height.
  static std::optional<MaskRuns> parse(std::string_view text, int width, int height);
  int width() const { return width_; }
  int height() const { return height_; }
  bool at(int x, int y) const;
  /// Foreground of one column from top to bottom: [first, past the last).
  std::vector<std::pair<int, int>> spans(int column) const;
  QRect bounds() const { return bounds_; }
  std::int64_t area() const { return area_; }

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> runs_;  ///< Foreground, in column order.
  QRect bounds_;
  std::int64_t area_ = 0;
};

/// A mask that is being painted: a byte a pixel, column by column as its runs are, so that both ways are one pass through memory.
class MaskBitmap {
 public:
  MaskBitmap() = default;
  MaskBitmap(int width, int height);
  explicit MaskBitmap(const MaskRuns& runs);
  int width() const { return width_; }
  int height() const { return height_; }
  bool empty() const { return pixels_.empty(); }
  bool at(int x, int y) const {
    return pixels_[static_cast<std::size_t>(x) * static_cast<std::size_t>(height_) + static_cast<std::size_t>(y)] != 0;
  }
  /// A round dab, or one drawn from a to b; pixels whose centre is within the radius. Returns what may have changed.
  QRect stroke(QPointF a, QPointF b, double radius, bool value);
  std::string text() const;
  std::int64_t area() const;

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace patchbay::widgets
