// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QPalette>
#include <array>

#include "widgets/base/theme.h"
#include "widgets/canvas/status_look.h"

namespace patchbay::widgets {

/// The colours of the canvas, all made from the palette.
struct Colours {
  explicit Colours(const QPalette& palette);
  QPalette palette;
  bool dark = false;
  QColor ground, dots, card, edge, line, text, faint, accent, link, note, noteEdge, noteText, shadow;
  QColor tone(Tone t) const { return toneColour(t, palette); }
  QColor ink(StatusLook::Ink ink, BlockState state) const;
};

QColor blend(const QColor& under, const QColor& over, double share);

}  // namespace patchbay::widgets
