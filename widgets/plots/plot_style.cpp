// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_style.h"

#include "widgets/base/theme.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

void styleAxisRect(QCPAxisRect& rect, const QPalette& palette) {
  const auto text = toneColour(Tone::Neutral, palette);
  const auto ground = palette.color(QPalette::Base), ink = palette.color(QPalette::Text);
  rect.setBackground(QBrush{ground});
  for (auto* axis : rect.axes()) {
    axis->setBasePen(QPen{mixColours(ground, ink, 0.35), 1});
    axis->setTickPen(QPen{mixColours(ground, ink, 0.35), 1});
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(text);
    axis->setLabelColor(text);
    axis->setTickLengthOut(3);
    axis->setTickLengthIn(0);
    axis->setSubTicks(false);
    axis->grid()->setPen(QPen{mixColours(ground, ink, 0.1), 1});
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->ticker()->setTickCount(5);
  }
}

void stylePlot(QCustomPlot& plot, const QPalette& palette) {
  plot.setBackground(QBrush{palette.color(QPalette::Base)});
  for (auto* rect : plot.axisRects()) styleAxisRect(*rect, palette);
}

}  // namespace patchbay::widgets
