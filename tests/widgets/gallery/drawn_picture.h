// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <functional>
#include <string>

#include "widgets/base/engine_access.h"

namespace patchbay::testing {

/// A picture of its own colour for every reference, `side` wide and three quarters of it high.
inline QImage drawnPicture(const widgets::PictureRef& ref, int side) {
  const auto hue = static_cast<int>(std::hash<std::string>{}(ref.path + ref.digest) % 360);
  QImage image{side, side * 3 / 4, QImage::Format_RGB32};
  QPainter painter{&image};
  QLinearGradient gradient{0, 0, static_cast<double>(side), static_cast<double>(side)};
  gradient.setColorAt(0, QColor::fromHsv(hue, 120, 230));
  gradient.setColorAt(1, QColor::fromHsv((hue + 40) % 360, 200, 90));
  painter.fillRect(image.rect(), gradient);
  return image;
}

}  // namespace patchbay::testing
