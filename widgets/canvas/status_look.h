// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QString>
#include <vector>

#include "widgets/base/block_status.h"
#include "widgets/base/theme.h"

class QFont;

namespace patchbay::widgets {

/// The lower part of a block, laid out once when its status changes: lines of text with their places, so that painting is only
/// drawing. Coordinates are scene units from the upper left corner of the part, as wide as a block.
struct StatusLook {
  enum class Ink : std::uint8_t { Strong, Plain, Faint, Tone, Link };
  struct Line {
    QRectF rect;
    QString text;
    Ink ink = Ink::Plain;
  };

  BlockStatus status;
  double height = 0;
  QRectF light;    ///< Of the traffic light or the ring; null when there is nothing to say.
  QRectF picture;  ///< Of the thumbnail; null without.
  QRectF details;  ///< Of the "Show details" link; null without.
  std::vector<Line> lines;
  bool elided = false;  ///< Something did not fit: the tooltip has it all.
};

/// "Running", "Up to date"...
QString sayState(BlockState state);
/// Phase, count and time that is left: "512 of 2,624 pictures, 1 min 20 s left".
QString sayProgress(const BlockStatus& status);
/// Everything the status says, for tooltips and screen readers.
QString sayStatus(const BlockStatus& status);
StatusLook layOut(const BlockStatus& status);

/// The fonts of the canvas, in scene units (pixels at zoom 1).
QFont titleFont();
QFont portFont();
QFont statusFont();
QFont noteFont();

/// Lines of `text` at most `width` wide; the last of `most` is elided. Breaks between words, and between any two characters of
/// languages that have no spaces.
QStringList wrap(const QString& text, const QFont& font, double width, int most, bool* elided = nullptr);

}  // namespace patchbay::widgets
