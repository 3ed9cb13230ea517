// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <array>
#include <memory>
#include <vector>

namespace patchbay::widgets {

/// A picture and its halves, quarters, ...: what is drawn is at most twice as fine as the screen, so that 12 megapixels zoom and pan
/// like a small one. Made in a thread.
struct PictureLevels {
  std::vector<QImage> levels;  ///< Format_RGB32, the first as decoded.
  QSize size() const { return levels.empty() ? QSize{} : levels.front().size(); }
  qint64 bytes() const;
  /// The coarsest one that still has a pixel for each of the screen at this scale (screen pixels a pixel of the first).
  const QImage& at(double scale) const;
};
using PictureLevelsPtr = std::shared_ptr<const PictureLevels>;
/// `rgb`: width * height * 3 bytes. Null when there are fewer, or no pixel at all.
PictureLevelsPtr makeLevels(const std::vector<std::uint8_t>& rgb, qint64 width, qint64 height);

/// How a picture is looked at; the picture stays as it is. Neutral is {0, 1, 1}.
struct Tones {
  double brightness = 0;  ///< -1 to 1, added.
  double contrast = 1;    ///< 0.2 to 5, around the middle grey.
  double gamma = 1;       ///< 0.2 to 5; above 1 opens the shadows.
  bool operator==(const Tones&) const = default;
};
std::array<std::uint8_t, 256> toneTable(const Tones& tones);
void applyTones(QImage& rgb32, const Tones& tones);

/// Where a picture lies in a view.
struct PictureCamera {
  static constexpr double closest = 32;  ///< Screen pixels a pixel of the picture.
  double zoom = 1;
  QPointF origin;  ///< Of the picture in the view.
  QPointF toView(QPointF p) const { return origin + p * zoom; }
  QPointF toPicture(QPointF p) const { return (p - origin) / zoom; }
  /// All of it, with a little air; small pictures up to 8x.
  static PictureCamera fitted(QSizeF picture, QSizeF view);
  /// What lies under `at` stays there.
  void zoomAt(QPointF at, double factor, QSizeF picture, QSizeF view);
  /// At least a part of the picture stays in sight.
  void keepInSight(QSizeF picture, QSizeF view);
};

/// The strongest edge within `radius` pixels of a point, near ones preferred; the point itself where the picture is even.
QPointF snapToEdge(const QImage& rgb32, QPointF point, int radius);

}  // namespace patchbay::widgets
