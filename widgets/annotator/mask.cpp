// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/mask.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace patchbay::widgets {

std::optional<MaskRuns> MaskRuns::parse(std::string_view text, int width, int height) {
  if (width <= 0 || height <= 0) return std::nullopt;
  text = text.substr(0, text.find('\n'));
  MaskRuns out;
  out.width_ = width;
  out.height_ = height;
  const auto all = static_cast<std::int64_t>(width) * height;
  std::int64_t at = 0;
  bool foreground = false;
  const char* p = text.data();
  const char* const end = p + text.size();
  int left = width, right = -1, top = height, bottom = -1;
  while (p != end) {
    if (*p == ' ') {
      ++p;
      continue;
    }
    std::int64_t n = 0;
    const auto read = std::from_chars(p, end, n);
    if (read.ec != std::errc{} || n < 0 || n > all - at) return std::nullopt;
    p = read.ptr;
    if (foreground && n > 0) {
      out.runs_.emplace_back(at, at + n);
      out.area_ += n;
      const auto first = at, last = at + n - 1;
      left = std::min(left, static_cast<int>(first / height));
      right = std::max(right, static_cast<int>(last / height));
      const bool crosses = first / height != last / height;
      top = std::min(top, crosses ? 0 : static_cast<int>(first % height));
      bottom = std::max(bottom, crosses ? height - 1 : static_cast<int>(last % height));
    }
    at += n;
    foreground = !foreground;
  }
  if (at != all) return std::nullopt;
  if (right >= left) out.bounds_ = QRect{QPoint{left, top}, QPoint{right, bottom}};
  return out;
}

bool MaskRuns::at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return false;
  const auto pixel = static_cast<std::int64_t>(x) * height_ + y;
  const auto next = std::ranges::upper_bound(runs_, pixel, {}, &std::pair<std::int64_t, std::int64_t>::first);
  return next != runs_.begin() && pixel < std::prev(next)->second;
}

std::vector<std::pair<int, int>> MaskRuns::spans(int column) const {
  std::vector<std::pair<int, int>> out;
  if (column < 0 || column >= width_) return out;
  const auto first = static_cast<std::int64_t>(column) * height_, past = first + height_;
  auto run = std::ranges::upper_bound(runs_, first, {}, &std::pair<std::int64_t, std::int64_t>::second);
  for (; run != runs_.end() && run->first < past; ++run)
    out.emplace_back(static_cast<int>(std::max(run->first, first) - first), static_cast<int>(std::min(run->second, past) - first));
  return out;
}

MaskBitmap::MaskBitmap(int width, int height)
    : width_{width}, height_{height}, pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

MaskBitmap::MaskBitmap(const MaskRuns& runs) : MaskBitmap{runs.width(), runs.height()} {
  if (runs.area() == 0) return;
  for (int x = runs.bounds().left(); x <= runs.bounds().right(); ++x)
    for (const auto& [first, past] : runs.spans(x))
      std::memset(pixels_.data() + static_cast<std::size_t>(x) * static_cast<std::size_t>(height_) + first, 1,
                  static_cast<std::size_t>(past - first));
}

QRect MaskBitmap::stroke(QPointF a, QPointF b, double radius, bool value) {
  const int left = std::max(0, static_cast<int>(std::floor(std::min(a.x(), b.x()) - radius)));
  const int right = std::min(width_ - 1, static_cast<int>(std::ceil(std::max(a.x(), b.x()) + radius)));
  const int top = std::max(0, static_cast<int>(std::floor(std::min(a.y(), b.y()) - radius)));
  const int bottom = std::min(height_ - 1, static_cast<int>(std::ceil(std::max(a.y(), b.y()) + radius)));
  if (left > right || top > bottom) return {};
  const auto d = b - a;
  const double length = QPointF::dotProduct(d, d), reach = radius * radius;
  for (int x = left; x <= right; ++x) {
    auto* column = pixels_.data() + static_cast<std::size_t>(x) * static_cast<std::size_t>(height_);
    for (int y = top; y <= bottom; ++y) {
      const QPointF p{x + .5, y + .5};
      const double t = length > 0 ? std::clamp(QPointF::dotProduct(p - a, d) / length, 0.0, 1.0) : 0;
      const auto off = p - (a + d * t);
      if (QPointF::dotProduct(off, off) <= reach) column[y] = value ? 1 : 0;
    }
  }
  return QRect{QPoint{left, top}, QPoint{right, bottom}};
}

std::string MaskBitmap::text() const {
  std::string out;
  const auto* p = pixels_.data();
  const auto* const end = p + pixels_.size();
  for (std::uint8_t value = 0; p != end; value ^= 1) {
    const auto* past = static_cast<const std::uint8_t*>(std::memchr(p, value ^ 1, static_cast<std::size_t>(end - p)));
    if (!past) past = end;
    if (!out.empty()) out += ' ';
    out += std::to_string(past - p);
    p = past;
  }
  return out;
}

std::int64_t MaskBitmap::area() const { return std::ranges::count(pixels_, std::uint8_t{1}); }

}  // namespace patchbay::widgets
