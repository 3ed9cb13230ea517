// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPixmap>
#include <QPolygonF>
#include <QWidget>
#include <optional>
#include <vector>

namespace patchbay::widgets {

/// The drawing surface of a map: many points, each of one colour group. The points are drawn into a picture that is kept, so that
/// lasso, hovering and selection cost nothing per point.
class MapCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit MapCanvas(QWidget* parent = nullptr);
  void setPoints(const std::vector<QPointF>* points);
  /// One group a point; groups without colour are not drawn and cannot be hit.
  void setGroups(std::vector<int> groups, std::vector<std::optional<QColor>> colours);
  void setSelected(std::vector<bool> selected);
  void fit();
  void zoomBy(double factor, QPointF about);
  QPointF toScreen(const QPointF& p) const;
  QPointF fromScreen(const QPointF& p) const;
  std::optional<std::size_t> pointAt(const QPointF& screen) const;
  bool visible(std::size_t index) const;

 Q_SIGNALS:
  void lassoed(const QPolygonF& polygon, bool add);
  void clicked(std::optional<std::size_t> index, bool add);
  void hovered(std::optional<std::size_t> index, const QPoint& where);
  void cleared();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void redraw();
  void moveKeyboardCursor(int key);
  const std::vector<QPointF>* points_ = nullptr;
  std::vector<int> groups_;
  std::vector<std::optional<QColor>> colours_;
  std::vector<bool> selected_;
  bool anySelected_ = false;
  QPointF centre_;
  double scale_ = 1;
  QPixmap layer_;
  bool stale_ = true, panning_ = false, spaceHeld_ = false;
  QPointF pressed_;
  QPolygonF lasso_;
  std::optional<std::size_t> hovered_;
};

}  // namespace patchbay::widgets
