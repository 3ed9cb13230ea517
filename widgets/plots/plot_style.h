// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

#include "widgets/plots/custom_plot.h"

namespace patchbay::widgets {

/// Background, axes, grid and labels in the colours of the theme; calm: no ticks outside, faint grid.
void stylePlot(QCustomPlot& plot, const QPalette& palette);
void styleAxisRect(QCPAxisRect& rect, const QPalette& palette);

}  // namespace patchbay::widgets
