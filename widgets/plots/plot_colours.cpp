// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_colours.h"

#include <algorithm>
#include <cmath>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

QColor mixColours(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
  return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QColor matrixColour(double share, bool right, const QPalette& palette) {
  const auto ground = palette.color(QPalette::AlternateBase);
  if (share <= 0) return ground;
  return mixColours(ground, seriesColour(right ? 0 : 1, palette), 0.12 + 0.88 * std::sqrt(std::min(share, 1.0)));
}

QColor readableOn(const QColor& ground) {
  // One of the two always has at least 4.58:1, the square root of 21.
  return contrast(Qt::black, ground) >= contrast(Qt::white, ground) ? QColor{Qt::black} : QColor{Qt::white};
}

QColor heatColour(double heat) {
  heat = std::clamp(heat, 0.0, 1.0);
  auto colour = mixColours(QColor{0xff, 0xe0, 0x30}, QColor{0xd0, 0x10, 0x10}, std::clamp((heat - 0.35) / 0.65, 0.0, 1.0));
  colour.setAlphaF(static_cast<float>(std::clamp(heat * 1.3, 0.0, 1.0)));
  return colour;
}

}  // namespace patchbay::widgets
