// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <span>

#include "widgets/canvas/link_geometry.h"

namespace patchbay::widgets {

/// Where blocks matter for the way of a link: what is outside never changes it. Null for links that are drawn as they are: those that
/// run backwards or between neighbours that touch.
QRectF corridor(QPointF from, QPointF to);

/// A link that does not run behind blocks: the plain curve when it is free, else the nearest way above or below what is in its way.
/// `blocks` are all that touch the corridor but the two it links; `spread` (0, 1, 2) keeps links of one way apart. When there is no
/// free way, the one behind the fewest blocks.
LinkGeometry route(QPointF from, QPointF to, std::span<const QRectF> blocks, int spread);

}  // namespace patchbay::widgets
