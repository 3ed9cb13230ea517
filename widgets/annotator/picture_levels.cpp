// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/annotator/picture_levels.h"

#include <algorithm>
#include <cmath>

namespace patchbay::widgets {

namespace {

constexpr int smallestLevel = 64;
constexpr int evenPicture = 24;  ///< Gradient below which nothing is an edge; Sobel's sums of grey values 0..255.

/// Means of four pixels; an odd last row or column goes.
QImage halved(const QImage& from) {
  QImage to{std::max(1, from.width() / 2), std::max(1, from.height() / 2), QImage::Format_RGB32};
  const int dx = from.width() > 1 ? 1 : 0, dy = from.height() > 1 ? 1 : 0;
  for (int y = 0; y < to.height(); ++y) {
    const auto* a = reinterpret_cast<const QRgb*>(from.constScanLine(std::min(2 * y, from.height() - 1)));
    const auto* b = reinterpret_cast<const QRgb*>(from.constScanLine(std::min(2 * y + dy, from.height() - 1)));
    auto* out = reinterpret_cast<QRgb*>(to.scanLine(y));
    for (int x = 0; x < to.width(); ++x) {
      const QRgb four[] = {a[2 * x], a[2 * x + dx], b[2 * x], b[2 * x + dx]};
      unsigned red = 2, green = 2, blue = 2;
      for (const auto p : four) {
        red += static_cast<unsigned>(qRed(p));
        green += static_cast<unsigned>(qGreen(p));
        blue += static_cast<unsigned>(qBlue(p));
      }
      out[x] = qRgb(static_cast<int>(red / 4), static_cast<int>(green / 4), static_cast<int>(blue / 4));
    }
  }
  return to;
}

}  // namespace

qint64 PictureLevels::bytes() const {
  qint64 sum = 0;
  for (const auto& level : levels) sum += level.sizeInBytes();
  return sum;
}

const QImage& PictureLevels::at(double scale) const {
  std::size_t level = 0;
  while (level + 1 < levels.size() && scale * levels.front().width() <= levels[level + 1].width()) ++level;
  return levels[level];
}

PictureLevelsPtr makeLevels(const std::vector<std::uint8_t>& rgb, qint64 width, qint64 height) {
  if (width <= 0 || height <= 0 || width > 65'500 || height > 65'500 || static_cast<qint64>(rgb.size()) < width * height * 3)
    return nullptr;
  auto out = std::make_shared<PictureLevels>();
  QImage first{static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32};
  if (first.isNull()) return nullptr;
  const auto* from = rgb.data();
  for (int y = 0; y < first.height(); ++y) {
    auto* to = reinterpret_cast<QRgb*>(first.scanLine(y));
    for (int x = 0; x < first.width(); ++x, from += 3) to[x] = qRgb(from[0], from[1], from[2]);
  }
  out->levels.push_back(std::move(first));
  while (std::max(out->levels.back().width(), out->levels.back().height()) > smallestLevel)
    out->levels.push_back(halved(out->levels.back()));
  return out;
}

std::array<std::uint8_t, 256> toneTable(const Tones& tones) {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double linear = (static_cast<double>(i) / 255 - .5) * tones.contrast + .5 + tones.brightness;
    out[i] = static_cast<std::uint8_t>(std::lround(255 * std::pow(std::clamp(linear, 0.0, 1.0), 1 / tones.gamma)));
  }
  return out;
}

void applyTones(QImage& rgb32, const Tones& tones) {
  if (tones == Tones{}) return;
  const auto table = toneTable(tones);
  for (int y = 0; y < rgb32.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(rgb32.scanLine(y));
    for (int x = 0; x < rgb32.width(); ++x)
      line[x] = qRgb(table[static_cast<std::size_t>(qRed(line[x]))], table[static_cast<std::size_t>(qGreen(line[x]))],
                     table[static_cast<std::size_t>(qBlue(line[x]))]);
  }
}

PictureCamera PictureCamera::fitted(QSizeF picture, QSizeF view) {
  PictureCamera out;
  if (picture.isEmpty() || view.isEmpty()) return out;
  out.zoom = std::min({(view.width() - 24) / picture.width(), (view.height() - 24) / picture.height(), 8.0});
  out.zoom = std::max(out.zoom, 1e-3);
  out.origin = {(view.width() - picture.width() * out.zoom) / 2, (view.height() - picture.height() * out.zoom) / 2};
  return out;
}

void PictureCamera::zoomAt(QPointF at, double factor, QSizeF picture, QSizeF view) {
  const auto under = toPicture(at);
  const double furthest = std::min(fitted(picture, view).zoom, 1.0) / 2;
  zoom = std::clamp(zoom * factor, std::min(furthest, closest), closest);
  origin = at - under * zoom;
  keepInSight(picture, view);
}

void PictureCamera::keepInSight(QSizeF picture, QSizeF view) {
  const auto within = [](double start, double length, double room) {
    const double part = std::min({64.0, length, room});
    return std::clamp(start, part - length, room - part);
  };
  origin = {within(origin.x(), picture.width() * zoom, view.width()), within(origin.y(), picture.height() * zoom, view.height())};
}

QPointF snapToEdge(const QImage& image, QPointF point, int radius) {
  const int cx = static_cast<int>(point.x()), cy = static_cast<int>(point.y());
  const auto grey = [&](int x, int y) {
    return qGray(
        reinterpret_cast<const QRgb*>(image.constScanLine(std::clamp(y, 0, image.height() - 1)))[std::clamp(x, 0, image.width() - 1)]);
  };
  double best = evenPicture;
  auto at = point;
  for (int y = std::max(0, cy - radius); y <= std::min(image.height() - 1, cy + radius); ++y)
    for (int x = std::max(0, cx - radius); x <= std::min(image.width() - 1, cx + radius); ++x) {
      const double away = std::hypot(x - cx, y - cy);
      if (away > radius) continue;
      const int gx =
          grey(x + 1, y - 1) + 2 * grey(x + 1, y) + grey(x + 1, y + 1) - grey(x - 1, y - 1) - 2 * grey(x - 1, y) - grey(x - 1, y + 1);
      const int gy =
          grey(x - 1, y + 1) + 2 * grey(x, y + 1) + grey(x + 1, y + 1) - grey(x - 1, y - 1) - 2 * grey(x, y - 1) - grey(x + 1, y - 1);
      const double strength = std::hypot(gx, gy) * (1 - .5 * away / std::max(1, radius));
      if (strength > best) {
        best = strength;
        at = {x + .5, y + .5};
      }
    }
  return at;
}

}  // namespace patchbay::widgets
