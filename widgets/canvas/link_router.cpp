// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/link_router.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace patchbay::widgets {

namespace {

constexpr double reach = 300;     ///< How far above and below its ends a link may go.
constexpr double clearance = 5;   ///< Between a link and a block it passes.
constexpr double apart = 7;       ///< Between links of one way.
constexpr double leastBend = 22;  ///< Width of the curve from an end to the run.
constexpr double mostBend = 170;
constexpr std::size_t mostLanes = 48;
constexpr double backReach = 500;  ///< The same of links that run backwards.
constexpr double leastTurn = 26, mostTurn = 64;
constexpr std::size_t mostLooked = 80;  ///< Among more blocks a link that runs back looks for no way of its own: nobody could follow it.

/// Blocks that a way runs behind; counts no further than `most`.
std::size_t blocked(const LinkGeometry& way, std::span<const QRectF> blocks, std::size_t most) {
  std::size_t out = 0;
  for (const auto& b : blocks)
    if (way.crosses(b) && ++out >= most) break;
  return out;
}

/// The same of a straight run alone, which is looked up in no time: most lanes need nothing else.
std::size_t blockedRun(double y, double left, double right, std::span<const QRectF> blocks) {
  return static_cast<std::size_t>(std::count_if(blocks.begin(), blocks.end(), [&](const QRectF& b) {
    return y >= b.top() && y <= b.bottom() && left <= b.right() && right >= b.left();
  }));
}

/// How wide the curve between an end and the run may be: up to the first block beside it.
double bendWidth(double room, double x, double y, double lane, std::span<const QRectF> blocks, bool leaving) {
  double width = std::min(mostBend, room / 2);
  const double top = std::min(y, lane), bottom = std::max(y, lane);
  for (const auto& b : blocks) {
    if (b.bottom() < top || b.top() > bottom) continue;
    const double free = leaving ? b.left() - x : x - b.right();
    if (free > 0) width = std::min(width, free);
  }
  return std::max(width, std::min(leastBend, room / 2));
}

}  // namespace

bool runsBack(QPointF from, QPointF to) { return to.x() < from.x(); }

QRectF corridor(QPointF from, QPointF to) {
  if (runsBack(from, to))
    return {to.x() - mostTurn, std::min(from.y(), to.y()) - backReach, from.x() - to.x() + 2 * mostTurn,
            std::abs(to.y() - from.y()) + 2 * backReach};
  if (!(to.x() - from.x() >= 40)) return {};
  return {from.x(), std::min(from.y(), to.y()) - reach, to.x() - from.x(), std::abs(to.y() - from.y()) + 2 * reach};
}

LinkGeometry route(QPointF from, QPointF to, std::span<const QRectF> blocks, int spread) {
  const LinkGeometry plain{from, to};
  std::vector<QRectF> wide;
  wide.reserve(blocks.size());
  for (const auto& b : blocks) wide.push_back(b.adjusted(-clearance, -clearance, clearance, clearance));
  auto least = blocked(plain, wide, wide.size());
  if (least == 0) return plain;
  // Ways just above and below each block, and straight on from either end; those with the least detour first.
  std::vector<std::pair<double, double>> lanes;
  const auto room = corridor(from, to);
  const auto add = [&](double y) {
    if (y > room.top() && y < room.bottom()) lanes.emplace_back(std::abs(y - from.y()) + std::abs(y - to.y()), y);
  };
  const double more = 2 + spread * apart;
  for (const auto& b : wide) {
    add(b.top() - more);
    add(b.bottom() + more);
  }
  add(from.y());
  add(to.y());
  std::sort(lanes.begin(), lanes.end());
  if (lanes.size() > mostLanes) lanes.resize(mostLanes);
  auto best = plain;
  const double width = to.x() - from.x();
  for (const auto& [detour, y] : lanes) {
    const double left = from.x() + bendWidth(width, from.x(), from.y(), y, wide, true),
                 right = to.x() - bendWidth(width, to.x(), to.y(), y, wide, false);
    if (blockedRun(y, left, right, wide) >= least) continue;
    const LinkGeometry way{from, to, y, left, right};
    const auto now = blocked(way, wide, least);
    if (now >= least) continue;
    least = now, best = way;
    if (least == 0) break;
  }
  return best;
}

LinkGeometry routeBack(QPointF from, QPointF to, const QRectF& source, const QRectF& target, std::span<const QRectF> blocks, int spread) {
  const double beside = clearance + 9 + spread * apart;
  std::vector<QRectF> wide;
  wide.reserve(blocks.size() + 2);
  // Its own two blocks end where its ends are.
  for (const auto& own : {source, target}) wide.push_back(own.adjusted(1, -clearance, -1, clearance));
  for (const auto& b : blocks) wide.push_back(b.adjusted(-clearance, -clearance, clearance, clearance));
  std::vector<std::pair<double, double>> lanes;
  const auto room = corridor(from, to);
  const auto add = [&](double y, double lead = 0) { lanes.emplace_back(std::abs(y - from.y()) + std::abs(y - to.y()) - lead, y); };
  // Between the two, where there is room for it: of all lanes there, which are of one length, the middle one.
  if (const double gap = target.top() - source.bottom(); gap > 2 * clearance) add(source.bottom() + gap / 2, 1);
  if (const double gap = source.top() - target.bottom(); gap > 2 * clearance) add(target.bottom() + gap / 2, 1);
  if (blocks.size() > mostLooked) wide.resize(2);
  for (const auto& b : wide)
    for (const double y : {b.top() - beside, b.bottom() + beside})
      if (y > room.top() && y < room.bottom()) add(y);
  add(std::min(source.top(), target.top()) - beside);
  add(std::max(source.bottom(), target.bottom()) + beside);
  std::sort(lanes.begin(), lanes.end());
  if (lanes.size() > mostLanes) lanes.resize(mostLanes);
  const auto turn = [spread](double height) { return std::clamp(height / 3, leastTurn, mostTurn - 3 * apart) + spread * apart; };
  LinkGeometry best;
  auto least = wide.size() + 1;
  for (const auto& [detour, y] : lanes) {
    if (blockedRun(y, to.x(), from.x(), wide) >= least) continue;
    const auto way = LinkGeometry::back(from, to, y, turn(std::abs(y - from.y())), turn(std::abs(y - to.y())));
    const auto now = blocked(way, wide, least);
    if (now >= least) continue;
    least = now, best = way;
    if (least == 0) break;
  }
  return best;
}

}  // namespace patchbay::widgets
