// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <optional>

#include "widgets/canvas/geometry.h"

namespace patchbay::widgets {
class CanvasView;
class MiniMap;
}  // namespace patchbay::widgets

namespace patchbay::studio {

/// Keeps the pipeline in view: fits it when it is opened and, as long as the person has not moved the view, again whenever the
/// canvas becomes larger or smaller. Puts the minimap into a corner where it covers no block.
class ViewKeeper : public QObject {
  Q_OBJECT

 public:
  ViewKeeper(widgets::CanvasView& canvas, widgets::MiniMap& minimap);
  /// Everything, but small pipelines never so small that their titles cannot be read.
  void fit();
  void showMinimap(bool on);

 private:
  enum Corner { BottomRight, BottomLeft, TopRight, TopLeft };
  bool eventFilter(QObject* watched, QEvent* event) override;
  void placeMinimap();
  QRect cornerRect(Corner corner) const;
  bool covers(const QRect& place) const;

  widgets::CanvasView& canvas_;
  widgets::MiniMap& minimap_;
  std::optional<widgets::Camera> home_;  ///< Where fit() left the view.
  QTimer settle_;
  Corner corner_ = BottomRight;
  bool minimapOn_ = true;
};

}  // namespace patchbay::studio
