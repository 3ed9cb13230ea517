// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/canvas/sprite_cache.h"

class QPainter;

namespace patchbay::widgets {

// What the sprites show. All in scene units with the block's upper left corner at (0, 0); the painter is scaled.

void paintBody(QPainter& painter, const BlockItem& block, bool text, const Colours& colours);
/// Around (0, 0).
void paintPort(QPainter& painter, const std::string& type, bool variadic, PortMark mark, const Colours& colours);
/// In 14 x 14; each state has a form of its own besides its colour.
void paintLight(QPainter& painter, BlockState state, const Colours& colours);
/// Ring of a running block in `rect`; without a share an arc that turns with `turn` (0 to 1).
void paintRing(QPainter& painter, const QRectF& rect, std::optional<double> share, double turn, bool overPicture, const Colours& colours);
/// The lines of a status part.
void paintStatusText(QPainter& painter, const StatusLook& look, const Colours& colours);
void paintNote(QPainter& painter, const NoteItem& note, bool text, const Colours& colours);
/// `fill` is left out while only some of the frame's blocks are being dragged.
void paintFrame(QPainter& painter, const FrameItem& frame, const QRectF& rect, bool text, bool fill, const Colours& colours);
/// The sign of a category, white, in 16 x 16.
void paintCategory(QPainter& painter, Category category);

}  // namespace patchbay::widgets
