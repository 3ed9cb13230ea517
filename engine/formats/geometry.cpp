// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/geometry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace patchbay::formats {
namespace {

constexpr std::string_view shapeKey = "shape", polyline = "polyline";

std::string escaped(std::string_view text, bool name) {
  std::string to;
  for (const char c : text) {
    if (c == '%' || c == '\n' || (name && c == '=')) {
      constexpr char digits[] = "0123456789ABCDEF";
      to += '%';
      to += digits[static_cast<unsigned char>(c) >> 4];
      to += digits[c & 15];
    } else {
      to += c;
    }
  }
  return to;
}

std::string unescaped(std::string_view text) {
  std::string to;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      to += static_cast<char>(value);
      i += 2;
    } else {
      to += text[i];
    }
  }
  return to;
}

/// Where the attributes begin: a mask's text starts with its run lengths.
std::string_view attributeLines(const Annotation& a) {
  const std::string_view text = a.text;
  if (a.kind == AnnotationKind::Text) return {};
  if (a.kind != AnnotationKind::Mask) return text;
  const auto end = text.find('\n');
  return end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
}

template <class Add>
void eachCorner(const Annotation& a, const Add& add) {
  const auto& g = a.geometry;
  switch (a.kind) {
    case AnnotationKind::Box:
      if (g.size() == 4) add(g[0], g[1]), add(g[0] + g[2], g[1] + g[3]);
      break;
    case AnnotationKind::RotatedBox: {
      if (g.size() != 5) break;
      const double turn = g[4] * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
      for (const auto& [u, v] : {std::pair{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}})
        add(static_cast<float>(g[0] + c * u * g[2] - s * v * g[3]), static_cast<float>(g[1] + s * u * g[2] + c * v * g[3]));
      break;
    }
    case AnnotationKind::Polygon:
      for (const auto ring : ringsOf(g))
        for (std::size_t i = 0; i + 1 < ring.size(); i += 2) add(ring[i], ring[i + 1]);
      break;
    case AnnotationKind::Points:
      for (std::size_t i = 0; i + 2 < g.size(); i += 3)
        if (g[i + 2] > 0) add(g[i], g[i + 1]);
      break;
    default:
      break;
  }
}

}  // namespace

Attributes attributesOf(const Annotation& a) {
  Attributes to;
  auto rest = attributeLines(a);
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto cut = line.find('=');
    if (line.empty()) continue;
    // Free text is what older data sets have here.
    if (cut == std::string_view::npos) putAttribute(to, "text", unescaped(line));
    else putAttribute(to, unescaped(line.substr(0, cut)), unescaped(line.substr(cut + 1)));
  }
  return to;
}

void setAttributes(Annotation& a, const Attributes& attributes) {
  if (a.kind == AnnotationKind::Text) return;
  std::string text;
  if (a.kind == AnnotationKind::Mask) text = runsTextOf(a);
  for (const auto& [name, value] : attributes) {
    if (!text.empty()) text += '\n';
    text += escaped(name, true) + '=' + escaped(value, false);
  }
  a.text = std::move(text);
}

std::string attributeOf(const Annotation& a, std::string_view name) {
  if (attributeLines(a).empty()) return {};
  for (auto& [n, value] : attributesOf(a))
    if (n == name) return std::move(value);
  return {};
}

void putAttribute(Attributes& attributes, std::string_view name, std::string value) {
  const auto at = std::ranges::lower_bound(attributes, name, {}, [](const auto& one) -> std::string_view { return one.first; });
  if (at != attributes.end() && at->first == name) at->second = std::move(value);
  else attributes.emplace(at, std::string{name}, std::move(value));
}

std::vector<float> ellipseOutline(double x, double y, double rx, double ry, double degrees) {
  constexpr int corners = 64;
  const double turn = degrees * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
  std::vector<float> ring;
  for (int i = 0; i < corners; ++i) {
    const double at = 2 * std::numbers::pi * i / corners, u = rx * std::cos(at), v = ry * std::sin(at);
    ring.insert(ring.end(), {static_cast<float>(x + c * u - s * v), static_cast<float>(y + s * u + c * v)});
  }
  return polygonOf({&ring, 1});
}

bool isPolyline(const Annotation& a) {
  if (a.kind != AnnotationKind::Points || a.geometry.size() < 6 || attributeOf(a, shapeKey) != polyline) return false;
  for (std::size_t i = 2; i < a.geometry.size(); i += 3)
    if (a.geometry[i] != 2) return false;
  return true;
}

Attributes polylineAttributes(Attributes attributes) {
  putAttribute(attributes, shapeKey, std::string{polyline});
  return attributes;
}

Attributes attributesBesideLine(const Annotation& a) {
  auto attributes = attributesOf(a);
  if (isPolyline(a)) std::erase_if(attributes, [](const auto& one) { return one.first == shapeKey; });
  return attributes;
}

std::vector<std::span<const float>> ringsOf(std::span<const float> polygon) {
  std::vector<std::span<const float>> to;
  while (!polygon.empty()) {
    const float n = polygon[0];
    const auto room = (polygon.size() - 1) / 2;
    if (!(n >= 1) || n != std::floor(n) || n > static_cast<float>(room)) return {};
    const auto take = 2 * static_cast<std::size_t>(n);
    to.push_back(polygon.subspan(1, take));
    polygon = polygon.subspan(1 + take);
  }
  return to;
}

std::vector<float> polygonOf(std::span<const std::vector<float>> rings) {
  std::vector<float> to;
  for (const auto& ring : rings) {
    const auto points = ring.size() / 2;
    to.push_back(static_cast<float>(points));
    to.insert(to.end(), ring.begin(), ring.end());
  }
  return to;
}

std::optional<std::array<float, 4>> boundsOf(const Annotation& a) {
  float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
  eachCorner(a, [&](float x, float y) {
    left = std::min(left, x), top = std::min(top, y);
    right = std::max(right, x), bottom = std::max(bottom, y);
  });
  if (!(right >= left) || !(bottom >= top)) return std::nullopt;
  return std::array{left, top, right - left, bottom - top};
}

bool sameBox(std::span<const float> a, std::span<const float> b) {
  for (std::size_t i = 0; i < 4; ++i)
    if (!(std::abs(a[i] - b[i]) <= .02F)) return false;
  return true;
}

std::string_view runsTextOf(const Annotation& mask) { return std::string_view{mask.text}.substr(0, mask.text.find('\n')); }

std::string textOfRuns(std::span<const std::uint32_t> runs) {
  std::string to;
  for (const auto run : runs) {
    if (!to.empty()) to += ' ';
    to += std::to_string(run);
  }
  return to;
}

std::optional<Runs> runsOf(std::string_view text, std::uint64_t pixels) {
  Runs to;
  std::uint64_t sum = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::uint32_t run = 0;
    const auto [next, error] = std::from_chars(at, end, run);
    if (error != std::errc{}) return std::nullopt;
    to.push_back(run);
    sum += run;
    at = next;
    if (at == end) break;
    if (*at != ' ') return std::nullopt;
    ++at;
  }
  if (sum != pixels || pixels == 0) return std::nullopt;
  return to;
}

std::string compressedRuns(std::span<const std::uint32_t> runs) {
  std::string to;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::int64_t x = runs[i];
    if (i > 2) x -= runs[i - 2];
    for (bool more = true; more;) {
      auto c = static_cast<char>(x & 0x1F);
      x >>= 5;
      more = (c & 0x10) ? x != -1 : x != 0;
      to += static_cast<char>((more ? c | 0x20 : c) + 48);
    }
  }
  return to;
}

std::optional<Runs> runsOfCompressed(std::string_view text, std::uint64_t pixels) {
  Runs to;
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t x = 0;
    for (int shift = 0;; shift += 5) {
      if (at >= text.size() || shift > 35) return std::nullopt;
      const int c = static_cast<unsigned char>(text[at++]) - 48;
      if (c < 0 || c > 63) return std::nullopt;
      x |= static_cast<std::int64_t>(c & 0x1F) << shift;
      if (c & 0x20) continue;
      if (c & 0x10) x -= std::int64_t{1} << (shift + 5);
      break;
    }
    if (to.size() > 2) x += to[to.size() - 2];
    if (x < 0 || x > UINT32_MAX) return std::nullopt;
    to.push_back(static_cast<std::uint32_t>(x));
    sum += static_cast<std::uint64_t>(x);
  }
  if (sum != pixels || pixels == 0) return std::nullopt;
  return to;
}

Bitmap bitmapOf(std::span<const std::uint32_t> runs, int width, int height) {
  Bitmap to{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0)};
  const auto w = static_cast<std::size_t>(width), h = static_cast<std::size_t>(height);
  std::size_t at = 0;
  bool on = false;
  for (const auto run : runs) {
    for (std::size_t i = at; on && i < at + run && i < w * h; ++i) to.pixels[i % h * w + i / h] = 1;
    at += run;
    on = !on;
  }
  return to;
}

Runs runsOf(const Bitmap& bitmap, std::uint8_t value) {
  Runs to;
  std::uint32_t run = 0;
  bool on = false;
  for (int x = 0; x < bitmap.width; ++x)
    for (int y = 0; y < bitmap.height; ++y) {
      const bool here =
          bitmap.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.width) + static_cast<std::size_t>(x)] == value;
      if (here != on) {
        to.push_back(run);
        run = 0;
        on = here;
      }
      ++run;
    }
  to.push_back(run);
  return to;
}

std::optional<std::array<float, 4>> boundsOfRuns(std::span<const std::uint32_t> runs, int height) {
  if (height <= 0) return std::nullopt;
  const auto h = static_cast<std::uint64_t>(height);
  std::uint64_t at = 0, left = UINT64_MAX, right = 0, top = UINT64_MAX, bottom = 0;
  for (std::size_t i = 0; i < runs.size(); at += runs[i++]) {
    if (i % 2 == 0 || runs[i] == 0) continue;
    const auto last = at + runs[i] - 1;
    left = std::min(left, at / h);
    right = std::max(right, last / h);
    const bool whole = at / h != last / h;  // A run over a column's end touches both edges.
    top = std::min(top, whole ? 0 : at % h);
    bottom = std::max(bottom, whole ? h - 1 : last % h);
  }
  if (left == UINT64_MAX) return std::nullopt;
  return std::array{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right - left + 1),
                    static_cast<float>(bottom - top + 1)};
}

void fillPolygon(Bitmap& bitmap, std::span<const float> polygon, std::uint8_t value) {
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(bitmap.height));
  for (const auto ring : ringsOf(polygon))
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
      const auto next = (i + 2) % ring.size();
      const double y0 = ring[i + 1], y1 = ring[next + 1];
      // Rows whose middle lies in [lower, upper).
      const auto first = static_cast<int>(std::clamp(std::ceil(std::min(y0, y1) - .5), 0., static_cast<double>(bitmap.height)));
      const auto end = static_cast<int>(std::clamp(std::ceil(std::max(y0, y1) - .5), 0., static_cast<double>(bitmap.height)));
      for (int row = first; row < end; ++row)
        crossings[static_cast<std::size_t>(row)].push_back(ring[i] +
                                                           (row + .5 - y0) / (y1 - y0) * (static_cast<double>(ring[next]) - ring[i]));
    }
  for (std::size_t row = 0; row < crossings.size(); ++row) {
    auto& at = crossings[row];
    std::ranges::sort(at);
    for (std::size_t i = 0; i + 1 < at.size(); i += 2) {
      const auto from = static_cast<std::size_t>(std::clamp(std::ceil(at[i] - .5), 0., static_cast<double>(bitmap.width)));
      const auto to = static_cast<std::size_t>(std::clamp(std::ceil(at[i + 1] - .5), 0., static_cast<double>(bitmap.width)));
      const auto line = bitmap.pixels.begin() + static_cast<std::ptrdiff_t>(row * static_cast<std::size_t>(bitmap.width));
      if (from < to) std::fill(line + static_cast<std::ptrdiff_t>(from), line + static_cast<std::ptrdiff_t>(to), value);
    }
  }
}

std::string_view kindName(AnnotationKind kind) {
  constexpr std::array<std::string_view, 8> names{"class", "box", "rotated_box", "polygon", "mask", "points", "text", "number"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace patchbay::formats
