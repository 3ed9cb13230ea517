// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <span>

#include "widgets/canvas/link_geometry.h"

namespace patchbay::widgets {

/// Where blocks matter for the way of a link: what is outside never changes it. Null for links that are drawn as they are: those that
/// run between neighbours that touch.
QRectF corridor(QPointF from, QPointF to);

/// A link that does not run behind blocks: the plain curve when it is free, else the nearest way above or below what is in its way.
/// `blocks` are all that touch the corridor but the two it links; `spread` (0, 1, 2) keeps links of one way apart. When there is no
/// free way, the one behind the fewest blocks.
LinkGeometry route(QPointF from, QPointF to, std::span<const QRectF> blocks, int spread);

/// Whether a link's input lies left of its output, so that it has to turn round twice.
bool runsBack(QPointF from, QPointF to);
/// The way of such a link: round to a lane between the two blocks, above or below them, whichever is the shortest of those behind the
/// fewest blocks. `source` and `target` are the two blocks it links.
LinkGeometry routeBack(QPointF from, QPointF to, const QRectF& source, const QRectF& target, std::span<const QRectF> blocks, int spread);

}  // namespace patchbay::widgets
