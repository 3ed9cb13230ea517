// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QPalette>

namespace patchbay::widgets {

/// Between the two colours, 0: a, 1: b.
QColor mixColours(const QColor& a, const QColor& b, double share);
/// Ground of a cell of a confusion matrix by its share of the row, 0 to 1: towards blue where right, orange where wrong. Small
/// shares are lifted, so that a few mistakes among many pictures are seen.
QColor matrixColour(double share, bool right, const QPalette& palette);
/// Black or white, whichever is read better on `ground`; at least 4.5:1 on any colour.
QColor readableOn(const QColor& ground);
/// Heat from 0 to 1 as a see-through colour: nothing, yellow, red.
QColor heatColour(double heat);

}  // namespace patchbay::widgets
