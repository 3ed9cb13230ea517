// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "engine/edit/operations.h"

namespace patchbay::edit {
namespace {

/// Equal gaps between neighbours; the first and the last stay where they are.
void spread(std::vector<std::pair<NodeId, Box>>& boxes, double Box::*at, double Box::*size) {
  std::stable_sort(boxes.begin(), boxes.end(),
                   [&](const auto& a, const auto& b) { return a.second.*at + a.second.*size / 2 < b.second.*at + b.second.*size / 2; });
  const auto& last = boxes.back().second;
  double room = last.*at + last.*size - boxes.front().second.*at;
  for (const auto& [id, box] : boxes) room -= box.*size;
  const auto gap = room / static_cast<double>(boxes.size() - 1);
  auto next = boxes.front().second.*at;
  for (auto& [id, box] : boxes) {
    box.*at = next;
    next += box.*size + gap;
  }
}

}  // namespace

std::vector<Change> align(const std::map<NodeId, Box>& boxes, Align how) {
  if (boxes.size() < 2) return {};
  std::vector<std::pair<NodeId, Box>> moved{boxes.begin(), boxes.end()};
  constexpr auto far = std::numeric_limits<double>::infinity();
  double left = far, top = far, right = -far, bottom = -far;
  for (const auto& [id, b] : moved) {
    left = std::min(left, b.x), top = std::min(top, b.y);
    right = std::max(right, b.x + b.w), bottom = std::max(bottom, b.y + b.h);
  }
  for (auto& [id, b] : moved) {
    switch (how) {
      case Align::Left:
        b.x = left;
        break;
      case Align::Right:
        b.x = right - b.w;
        break;
      case Align::Top:
        b.y = top;
        break;
      case Align::Bottom:
        b.y = bottom - b.h;
        break;
      case Align::CentreX:
        b.x = (left + right - b.w) / 2;
        break;
      case Align::CentreY:
        b.y = (top + bottom - b.h) / 2;
        break;
      case Align::SpreadX:
      case Align::SpreadY:
        break;
    }
  }
  if (how == Align::SpreadX) spread(moved, &Box::x, &Box::w);
  if (how == Align::SpreadY) spread(moved, &Box::y, &Box::h);
  std::vector<Change> out;
  for (const auto& [id, b] : moved)
    if (const auto& old = boxes.at(id); old.x != b.x || old.y != b.y) out.push_back(Move{id, b.x, b.y});
  return out;
}

}  // namespace patchbay::edit
