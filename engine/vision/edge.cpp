// SPDX-License-Identifier: Apache-2.0
// Edges of a picture, for people who draw along them.
#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <queue>

#include "engine/vision/region.h"

namespace patchbay::vision {
namespace {

constexpr double furthest = 2000, leastStrength = 0.04;
constexpr int mostSide = 320;

/// Strength of the edge at each pixel of a part of a picture, reduced where it is large: 0..1.
struct Edges {
  cv::Mat strength;
  double x = 0, y = 0, scale = 1;  ///< Of the part; pixels of the part a pixel of the picture.
  cv::Point at(const Point& p) const {
    return {std::clamp(static_cast<int>((p.x - x) * scale), 0, strength.cols - 1),
            std::clamp(static_cast<int>((p.y - y) * scale), 0, strength.rows - 1)};
  }
  Point back(const cv::Point& p) const { return {x + (p.x + 0.5) / scale, y + (p.y + 0.5) / scale}; }
};

Edges edgesOf(const Image& rgb, const Box& area) {
  Edges out{{}, area.x, area.y, std::min(1.0, mostSide / std::max(area.width, area.height))};
  const cv::Mat whole(rgb.height(), rgb.width(), rgb.channels() == 1 ? CV_8UC1 : CV_8UC3, const_cast<std::uint8_t*>(rgb.data()),
                      rgb.stride());
  cv::Mat part =
      whole(cv::Rect(static_cast<int>(area.x), static_cast<int>(area.y), static_cast<int>(area.width), static_cast<int>(area.height)));
  cv::Mat small, smooth;
  if (out.scale < 1) cv::resize(part, small, {}, out.scale, out.scale, cv::INTER_AREA);
  else small = part;
  cv::GaussianBlur(small, smooth, {0, 0}, 1);
  // The strongest of the channels: an edge may be one of colour alone.
  std::vector<cv::Mat> channels;
  cv::split(smooth, channels);
  out.strength = cv::Mat(smooth.size(), CV_32F, cv::Scalar{0});
  for (const auto& channel : channels) {
    cv::Mat dx, dy, length;
    cv::Scharr(channel, dx, CV_32F, 1, 0, 1 / (32.0 * 255));
    cv::Scharr(channel, dy, CV_32F, 0, 1, 1 / (32.0 * 255));
    cv::magnitude(dx, dy, length);
    out.strength = cv::max(out.strength, length);
  }
  return out;
}

bool isInside(const Image& rgb, const Point& p) { return p.x >= 0 && p.y >= 0 && p.x < rgb.width() && p.y < rgb.height(); }

}  // namespace

Snapped snapToEdge(const Image& rgb, Point point, double radius) {
  Snapped out{point, 0};
  if (!isInside(rgb, point) || !(radius > 0)) return out;
  const double around = radius + 3;
  const auto edges = edgesOf(rgb, clipped({point.x - around, point.y - around, 2 * around, 2 * around}, rgb.width(), rgb.height()));
  double best = 0;
  for (int y = 0; y < edges.strength.rows; ++y)
    for (int x = 0; x < edges.strength.cols; ++x) {
      const auto p = edges.back({x, y});
      const double away = std::hypot(p.x - point.x, p.y - point.y) / radius;
      if (away > 1) continue;
      const double strength = edges.strength.at<float>(y, x), worth = strength * (1 - 0.5 * away);
      if (strength < leastStrength || worth <= best) continue;
      best = worth;
      out = {p, std::min(1.0, 2 * strength)};
    }
  return out;
}

Result<std::vector<Point>> followEdge(const Image& rgb, Point from, Point to, const StopFlag* stop) {
  std::vector<Point> out{from, to};
  const double apart = std::hypot(to.x - from.x, to.y - from.y);
  if (!isInside(rgb, from) || !isInside(rgb, to) || apart > furthest || apart < 2) return out;
  const double margin = 8 + apart / 4;
  const auto edges = edgesOf(rgb, clipped({std::min(from.x, to.x) - margin, std::min(from.y, to.y) - margin,
                                           std::abs(to.x - from.x) + 2 * margin, std::abs(to.y - from.y) + 2 * margin},
                                          rgb.width(), rgb.height()));
  const auto begin = edges.at(from), end = edges.at(to);
  double strongest = 0;
  cv::minMaxLoc(edges.strength, nullptr, &strongest);
  if (strongest < leastStrength) return out;
  // The cheapest way: a step along a strong edge costs a twentieth of one across a plain.
  const int width = edges.strength.cols, height = edges.strength.rows;
  std::vector<float> cost(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), std::numeric_limits<float>::infinity());
  std::vector<int> before(cost.size(), -1);
  using Step = std::pair<float, int>;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
  const int first = begin.y * width + begin.x, last = end.y * width + end.x;
  cost[static_cast<std::size_t>(first)] = 0;
  open.emplace(0.0f, first);
  for (std::size_t steps = 0; !open.empty(); ++steps) {
    if (steps % 4096 == 0 && stop && stop->requested())
      return fail(ErrorKind::Cancelled, "region.cancelled", TR("vision", "A newer request replaced this one."),
                  TR("vision", "Nothing needs to be done."));
    const auto [now, node] = open.top();
    open.pop();
    if (node == last) break;
    if (now > cost[static_cast<std::size_t>(node)]) continue;
    const int x = node % width, y = node / width;
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        const int nx = x + dx, ny = y + dy;
        if ((dx == 0 && dy == 0) || nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
        const auto share = static_cast<float>(edges.strength.at<float>(ny, nx) / strongest);
        const float step = (0.05f + (1 - share) * (1 - share)) * (dx != 0 && dy != 0 ? 1.4142f : 1.0f);
        const int next = ny * width + nx;
        if (now + step >= cost[static_cast<std::size_t>(next)]) continue;
        cost[static_cast<std::size_t>(next)] = now + step;
        before[static_cast<std::size_t>(next)] = node;
        open.emplace(now + step, next);
      }
  }
  std::vector<cv::Point> way, few;
  for (int node = last; node >= 0; node = before[static_cast<std::size_t>(node)]) way.emplace_back(node % width, node / width);
  std::ranges::reverse(way);
  cv::approxPolyDP(way, few, 1, false);
  out = {from};
  for (std::size_t i = 1; i + 1 < few.size(); ++i) out.push_back(edges.back(few[i]));
  out.push_back(to);
  return out;
}

}  // namespace patchbay::vision
