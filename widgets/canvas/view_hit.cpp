// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

/// Ports can be hit while they can be seen.
bool portsShown(const Camera& camera) { return camera.zoom >= metrics::spriteZoom; }

std::optional<Hit> portOf(const BlockItem& block, int index, QPointF scene, std::optional<bool> input, double reach) {
  std::optional<Hit> best;
  double nearest = 1e300;
  const auto look = [&](const std::vector<Port>& ports, bool in) {
    if (input && *input != in) return;
    for (std::size_t i = 0; i < ports.size(); ++i) {
      const auto off = scene - block.port(in, static_cast<int>(i));
      if (std::abs(off.x()) > reach || std::abs(off.y()) > std::max(reach * 0.7, metrics::portGap / 2)) continue;
      const double distance = std::hypot(off.x(), off.y());
      if (distance >= nearest) continue;
      nearest = distance;
      best = Hit{.kind = Hit::Kind::Port, .index = index, .port = {block.ref(ports[i]), in}, .portIndex = static_cast<int>(i)};
    }
  };
  look(block.face->inputs, true);
  look(block.face->outputs, false);
  return best;
}

}  // namespace

Hit ViewCore::portAt(QPointF viewport, std::optional<bool> input) const {
  if (!portsShown(camera)) return {};
  const auto at = toScene(viewport);
  // A link that is being dragged is drawn to ports from further off.
  const double reach = input ? metrics::portReach * 1.8 : metrics::portReach;
  const auto blocks = model.blocksIn({at.x() - reach, at.y() - reach, 2 * reach, 2 * reach});
  for (auto i = blocks.rbegin(); i != blocks.rend(); ++i)
    if (auto port = portOf(model.block(*i), *i, at, input, reach)) return *port;
  return {};
}

Hit ViewCore::hit(QPointF viewport) const {
  const auto at = toScene(viewport);
  const double reach = metrics::portReach;
  const auto blocks = model.blocksIn({at.x() - reach, at.y() - reach, 2 * reach, 2 * reach});
  for (auto i = blocks.rbegin(); i != blocks.rend(); ++i) {
    const auto& block = model.block(*i);
    if (portsShown(camera))
      if (auto port = portOf(block, *i, at, std::nullopt, reach)) return *port;
    if (!block.rect.contains(at)) continue;
    const auto* status = look(block.id);
    if (status && camera.zoom >= metrics::textZoom &&
        status->details.translated(block.rect.left(), block.rect.top() + block.statusTop).contains(at))
      return {.kind = Hit::Kind::Details, .index = *i};
    return {.kind = Hit::Kind::Block, .index = *i};
  }
  const double near = std::max(4.0, 6 / camera.zoom);
  Hit link;
  double nearest = near;
  for (const int i : model.linksIn({at.x() - near, at.y() - near, 2 * near, 2 * near})) {
    const auto [distance, where] = model.link(i).geometry.distance(at);
    if (distance > nearest) continue;
    nearest = distance;
    link = {.kind = Hit::Kind::Link, .index = i, .nearInput = where > 0.5};
  }
  if (link.kind == Hit::Kind::Link) return link;
  const auto corner = [&](const QRectF& r) { return QRectF{r.right() - 14, r.bottom() - 14, 18, 18}.contains(at); };
  for (std::size_t n = model.notes().size(); n-- > 0;) {
    const auto& rect = model.notes()[n].rect;
    if (corner(rect)) return {.kind = Hit::Kind::NoteCorner, .index = static_cast<int>(n)};
    if (rect.contains(at)) return {.kind = Hit::Kind::Note, .index = static_cast<int>(n)};
  }
  // Of a frame its title and its border: inside it, the canvas is as anywhere.
  for (std::size_t n = model.frames().size(); n-- > 0;) {
    const auto& rect = model.frames()[n].rect;
    const double border = std::max(5.0, 5 / camera.zoom);
    if (corner(rect)) return {.kind = Hit::Kind::FrameCorner, .index = static_cast<int>(n)};
    if (!rect.contains(at)) continue;
    if (at.y() < rect.top() + metrics::frameTitle || !rect.adjusted(border, border, -border, -border).contains(at))
      return {.kind = Hit::Kind::Frame, .index = static_cast<int>(n)};
  }
  return {};
}

std::optional<QPointF> ViewCore::portPlace(const PortEnd& port) const {
  const int index = model.shownAs(port.port.node);
  const auto look = [&](const BlockItem& block) -> std::optional<QPointF> {
    const auto& ports = port.input ? block.face->inputs : block.face->outputs;
    for (std::size_t i = 0; i < ports.size(); ++i)
      if (block.ref(ports[i]) == port.port) return block.port(port.input, static_cast<int>(i));
    return std::nullopt;
  };
  if (index >= 0) return look(model.block(index));
  for (const auto& block : model.blocks())
    if (block.kind == BlockItem::Kind::Stub)
      if (auto found = look(block)) return found;
  return std::nullopt;
}

}  // namespace patchbay::widgets
