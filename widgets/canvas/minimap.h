// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPixmap>
#include <QTimer>
#include <QTransform>
#include <QWidget>

class QPainter;

namespace patchbay::widgets {

class CanvasView;

/// The whole level in small, with what the canvas shows as a frame that can be dragged; a click goes there.
class MiniMap : public QWidget {
  Q_OBJECT

 public:
  explicit MiniMap(CanvasView& view, QWidget* parent = nullptr);
  QSize sizeHint() const override { return {208, 136}; }
  /// Lets what is below show through while neither pointer nor keyboard is on it.
  void setFaded(bool faded);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  QRectF world() const;
  QTransform toWidget() const;
  void goTo(QPointF widget);
  void paintBlocks(QPainter& painter, const QTransform& map) const;
  /// A picture of all blocks, at most some times a second: of thousands it takes longer than a frame.
  void makePicture();
  bool pictureFits() const;

  CanvasView& view_;
  bool faded_ = false;
  QPixmap picture_;
  QTransform pictureMap_;
  QTimer pictureSoon_;
};

}  // namespace patchbay::widgets
