// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/line_raster.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace patchbay::widgets::raster {

namespace {

/// `alpha` 0 to 256.
inline QRgb mix(QRgb under, QRgb over, unsigned alpha) {
  const unsigned rest = 256 - alpha;
  const unsigned rb = (((under & 0xff00ff) * rest + (over & 0xff00ff) * alpha) >> 8) & 0xff00ff;
  const unsigned g = (((under & 0x00ff00) * rest + (over & 0x00ff00) * alpha) >> 8) & 0x00ff00;
  return 0xff000000U | rb | g;
}

/// mix() of a whole row, two pixels at a time: four channels of 16 bits in 64.
void tint(QRgb* from, QRgb* end, QRgb over, unsigned alpha) {
  constexpr std::uint64_t lanes = 0x00ff00ff00ff00ffU;
  const auto both = [&](std::uint64_t channels) { return (channels | channels << 32) * alpha; };
  const auto low = both(over & 0x00ff00ffU), high = both((over >> 8) & 0x00ff00ffU);
  const std::uint64_t rest = 256 - alpha;
  for (; end - from >= 2; from += 2) {
    std::uint64_t two = 0;
    std::memcpy(&two, from, sizeof two);
    two = ((((two & lanes) * rest + low) >> 8) & lanes) | ((((two >> 8) & lanes) * rest + high) & ~lanes) | 0xff000000ff000000U;
    std::memcpy(from, &two, sizeof two);
  }
  if (from < end) *from = mix(*from, over, alpha);
}

struct Target {
  QRgb* bits;
  std::ptrdiff_t stride;
  int left, top, right, bottom;  ///< Half open.

  Target(QImage& image, const QRect& clip) : bits{reinterpret_cast<QRgb*>(image.bits())}, stride{image.bytesPerLine() / 4} {
    const auto r = clip & image.rect();
    left = r.left(), top = r.top(), right = r.left() + r.width(), bottom = r.top() + r.height();
  }
  QRgb& at(int x, int y) const { return bits[y * stride + x]; }
};

/// One segment, seen along its longer axis: `a` runs along, `b` across. Every whole `a + 0.5` belongs to one segment of a
/// polyline that goes on in the same direction, so joints are neither drawn twice nor left out.
template <bool Steep>
void segment(const Target& t, double a0, double b0, double a1, double b1, double width, QRgb colour) {
  if (a0 > a1) std::swap(a0, a1), std::swap(b0, b1);
  const int aMin = Steep ? t.top : t.left, aMax = Steep ? t.bottom : t.right, bMin = Steep ? t.left : t.top,
            bMax = Steep ? t.right : t.bottom;
  const int first = std::max(aMin, static_cast<int>(std::ceil(a0 - 0.5))), end = std::min(aMax, static_cast<int>(std::ceil(a1 - 0.5)));
  if (first >= end) return;
  // In 16 fractional bits: no call of floor() for every column.
  const double slope = (b1 - b0) / (a1 - a0), half = width / 2 * std::sqrt(1 + slope * slope);
  constexpr double one = 65536;
  const auto step = static_cast<std::int64_t>(slope * one);
  auto lo = static_cast<std::int64_t>((b0 + slope * (first + 0.5 - a0) - half) * one);
  auto hi = lo + static_cast<std::int64_t>(2 * half * one);
  const auto lowest = static_cast<std::int64_t>(bMin) << 16, highest = static_cast<std::int64_t>(bMax) << 16;
  const std::ptrdiff_t next = Steep ? 1 : t.stride;
  for (int a = first; a < end; ++a, lo += step, hi += step) {
    const auto from = std::max(lo, lowest), to = std::min(hi, highest);
    if (from >= to) continue;
    const auto top = from >> 16, bottom = to >> 16;
    QRgb* pixel = Steep ? &t.at(static_cast<int>(top), a) : &t.at(a, static_cast<int>(top));
    if (top == bottom) {
      *pixel = mix(*pixel, colour, static_cast<unsigned>((to - from) >> 8));
      continue;
    }
    *pixel = mix(*pixel, colour, static_cast<unsigned>((65536 - (from & 0xffff)) >> 8));
    for (auto b = top + 1; b < bottom; ++b) *(pixel += next) = colour;
    if (to & 0xff00) {
      pixel += next;
      *pixel = mix(*pixel, colour, static_cast<unsigned>((to & 0xffff) >> 8));
    }
  }
}

}  // namespace

void polyline(QImage& image, const QRect& clip, std::span<const QPointF> points, double width, QRgb colour) {
  const Target t{image, clip};
  colour |= 0xff000000U;
  width = std::max(0.5, width);
  bool steepBefore = false;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto &p = points[i - 1], &q = points[i];
    const double dx = std::abs(q.x() - p.x()), dy = std::abs(q.y() - p.y());
    if (!(dx + dy < 1e7)) continue;  // also what is not a number
    if (std::max(p.x(), q.x()) < t.left - width || std::min(p.x(), q.x()) > t.right + width || std::max(p.y(), q.y()) < t.top - width ||
        std::min(p.y(), q.y()) > t.bottom + width)
      continue;
    const bool steep = dx < dy;
    // Where the axis changes, the ends of two segments are cut in different directions and leave a notch.
    if (i > 1 && steep != steepBefore) disc(image, clip, p, width / 2 - 0.2, colour);
    steepBefore = steep;
    if (steep) segment<true>(t, p.y(), p.x(), q.y(), q.x(), width, colour);
    else segment<false>(t, p.x(), p.y(), q.x(), q.y(), width, colour);
  }
}

void fill(QImage& image, const QRect& clip, const QRect& rect, QRgb colour, int alpha) {
  const auto r = rect & clip & image.rect();
  if (r.isEmpty()) return;
  const Target t{image, r};
  colour |= 0xff000000U;
  for (int y = t.top; y < t.bottom; ++y) {
    QRgb* row = &t.at(0, y);
    if (alpha >= 255) std::fill(row + t.left, row + t.right, colour);
    else tint(row + t.left, row + t.right, colour, static_cast<unsigned>(alpha + 1));
  }
}

void ring(QImage& image, const QRect& clip, const QRect& rect, int width, int radius, QRgb colour, int alpha) {
  const auto outer = rect.adjusted(-width, -width, width, width);
  if (!outer.intersects(clip)) return;
  radius = std::clamp(radius, 0, std::min(outer.width(), outer.height()) / 2);
  const int r = std::max(radius, width);
  fill(image, clip, {outer.left() + r, outer.top(), outer.width() - 2 * r, width}, colour, alpha);
  fill(image, clip, {outer.left() + r, outer.bottom() + 1 - width, outer.width() - 2 * r, width}, colour, alpha);
  fill(image, clip, {outer.left(), outer.top() + r, width, outer.height() - 2 * r}, colour, alpha);
  fill(image, clip, {outer.right() + 1 - width, outer.top() + r, width, outer.height() - 2 * r}, colour, alpha);
  const Target t{image, clip};
  colour |= 0xff000000U;
  // The four corners at once: the pixel (i, j) from each corner inwards.
  for (int j = 0; j < r; ++j)
    for (int i = 0; i < r; ++i) {
      double cover = 1;
      if (radius > 1) {
        const double distance = std::hypot(r - i - 0.5, r - j - 0.5);
        cover = std::clamp(r - distance + 0.5, 0.0, 1.0) * std::clamp(distance - (r - width) + 0.5, 0.0, 1.0);
      } else if (i >= width && j >= width) {
        cover = 0;
      }
      if (cover <= 0) continue;
      for (const int x : {outer.left() + i, outer.right() - i})
        for (const int y : {outer.top() + j, outer.bottom() - j})
          if (x >= t.left && x < t.right && y >= t.top && y < t.bottom) {
            QRgb& pixel = t.at(x, y);
            pixel = mix(pixel, colour, static_cast<unsigned>(cover * (alpha + 1)));
          }
    }
}

void disc(QImage& image, const QRect& clip, QPointF centre, double radius, QRgb colour) {
  const Target t{image, clip};
  colour |= 0xff000000U;
  const int x0 = std::max(t.left, static_cast<int>(std::floor(centre.x() - radius - 1))),
            x1 = std::min(t.right, static_cast<int>(std::ceil(centre.x() + radius + 1)));
  const int y0 = std::max(t.top, static_cast<int>(std::floor(centre.y() - radius - 1))),
            y1 = std::min(t.bottom, static_cast<int>(std::ceil(centre.y() + radius + 1)));
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) {
      const double cover = std::clamp(radius + 0.5 - std::hypot(x + 0.5 - centre.x(), y + 0.5 - centre.y()), 0.0, 1.0);
      if (cover > 0) t.at(x, y) = mix(t.at(x, y), colour, static_cast<unsigned>(cover * 256));
    }
}

void picture(QImage& image, const QRect& clip, const QRect& target, const QImage& source) {
  const auto r = target & clip & image.rect();
  if (r.isEmpty() || source.isNull() || source.depth() != 32) return;
  const Target t{image, r};
  const auto stepX = (static_cast<std::int64_t>(source.width()) << 16) / target.width(),
             stepY = (static_cast<std::int64_t>(source.height()) << 16) / target.height();
  for (int y = t.top; y < t.bottom; ++y) {
    const auto sy = std::min<std::int64_t>(source.height() - 1, ((y - target.top()) * stepY + stepY / 2) >> 16);
    const auto* from = reinterpret_cast<const QRgb*>(source.constScanLine(static_cast<int>(sy)));
    auto sx = (t.left - target.left()) * stepX + stepX / 2;
    for (int x = t.left; x < t.right; ++x, sx += stepX)
      t.at(x, y) = 0xff000000U | from[std::min<std::int64_t>(source.width() - 1, sx >> 16)];
  }
}

void rows(QImage& image, const QRect& clip, const QRect& rect, const QRgb* row) {
  const auto r = rect & clip & image.rect();
  if (r.isEmpty()) return;
  const Target t{image, r};
  // The opaque middle is copied, the edges are blended.
  int first = t.left, end = t.right;
  while (first < end && qAlpha(row[first - rect.left()]) != 255) ++first;
  while (end > first && qAlpha(row[end - 1 - rect.left()]) != 255) --end;
  const auto over = [&](int x, int y) {
    const QRgb s = row[x - rect.left()];
    const unsigned rest = 256 - (static_cast<unsigned>(qAlpha(s)) + 1);
    QRgb& pixel = t.at(x, y);
    pixel = 0xff000000U | (((((pixel & 0xff00ff) * rest) >> 8) & 0xff00ff) + (s & 0xff00ff)) |
            (((((pixel & 0x00ff00) * rest) >> 8) & 0x00ff00) + (s & 0x00ff00));
  };
  for (int y = t.top; y < t.bottom; ++y) {
    for (int x = t.left; x < first; ++x) over(x, y);
    std::copy(row + (first - rect.left()), row + (end - rect.left()), &t.at(first, y));
    for (int x = end; x < t.right; ++x) over(x, y);
  }
}

void scroll(QImage& image, int dx, int dy) {
  const int w = image.width(), h = image.height();
  if (std::abs(dx) >= w || std::abs(dy) >= h || (dx == 0 && dy == 0)) return;
  const auto bytes = static_cast<std::size_t>(w - std::abs(dx)) * 4;
  const int fromX = dx < 0 ? -dx : 0, toX = dx > 0 ? dx : 0;
  auto* bits = image.bits();
  const auto stride = image.bytesPerLine();
  const auto row = [&](int y) { std::memmove(bits + (y + dy) * stride + toX * 4, bits + y * stride + fromX * 4, bytes); };
  if (dy > 0)
    for (int y = h - dy - 1; y >= 0; --y) row(y);
  else
    for (int y = -dy; y < h; ++y) row(y);
}

}  // namespace patchbay::widgets::raster
