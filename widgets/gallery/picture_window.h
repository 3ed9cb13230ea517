// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QImage>
#include <QWidget>
#include <functional>
#include <memory>

#include "widgets/gallery/picture_grid.h"

namespace patchbay::widgets {

/// One picture with zoom (wheel, + and -, 0 fits, 1 real size) and pan (drag, arrows).
class PictureView : public QWidget {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent = nullptr);
  /// Null: shows `why` instead.
  void setImage(const QImage& image, const QString& why = {});
  void setOverlay(const QImage& image, double opacity = 0.5);
  const QImage& image() const { return image_; }
  double zoom() const;  ///< Screen pixels a picture pixel.
  QSize sizeHint() const override;

 public Q_SLOTS:
  void fit();
  void realSize();
  void zoomBy(double factor);

 Q_SIGNALS:
  void zoomChanged(double zoom);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  double fitZoom() const;
  void zoomAt(QPointF point, double factor);
  void clampPan();
  QImage image_, overlay_;
  QString why_;
  double overlayOpacity_ = 0.5, zoom_ = 0;  // 0: fits the window.
  QPointF pan_, dragFrom_;
  bool dragging_ = false;
};

/// The large view of a gallery: the picture, what is known of it, the one before and the next. Not modal; Esc closes it.
class PictureWindow : public QWidget {
  Q_OBJECT
 public:
  PictureWindow(EngineAccess& engine, std::size_t count, PictureGrid::Provider provider, QWidget* parent = nullptr);
  ~PictureWindow() override;
  using QWidget::show;
  void show(std::size_t index);
  std::size_t index() const;
  /// The provider says something else of what is shown.
  void refresh();
  /// What lies over a picture, with its opacity; a null image is nothing. Asked again by refreshOverlay().
  void setOverlays(std::function<std::pair<QImage, double>(std::size_t)> overlayOf);
  void refreshOverlay();

 Q_SIGNALS:
  void indexChanged(std::size_t index);

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
