// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/text.h"
#include "engine/data/dataset.h"
#include "widgets/annotator/picture_levels.h"

namespace patchbay::widgets {

/// What the pointer does. Wand, Positive, Negative and Grab ask somebody for a shape (previewWanted), the others make it here.
enum class Tool : std::uint8_t { Select, Box, RotatedBox, Polygon, Hole, Brush, Eraser, Wand, Positive, Negative, Grab };

/// What a shape is asked for with: points on the thing and beside it, or a box around it; pixels of the original picture.
struct ShapeHint {
  Tool tool = Tool::Wand;
  std::vector<QPointF> positive, negative;
  std::optional<QRectF> box;
};

/// One picture with its boxes, rotated boxes, polygons and masks, to look at and to change. Each finished gesture is one edited().
///
/// Keys: V select, R box, T rotated box, P polygon, Shift+P hole in the chosen polygon, B brush, X eraser, W wand, Q and E points on the
/// thing and beside it, G cut out of a box, N the last tool again, Enter takes what is being drawn, Backspace its last point, Esc lets it
/// go. Arrows move the cross-hair (Shift: far, Alt: the chosen shape, Ctrl: the picture), Space presses there. , and . brush size, [ and ]
/// choose a shape, Delete removes, I inserts a vertex, PageUp and PageDown order, H hides, Ctrl+H hides all, L locks, + - F zoom.
class AnnotatorView : public QWidget {
  Q_OBJECT
 public:
  explicit AnnotatorView(QWidget* parent = nullptr);
  ~AnnotatorView() override;

  /// `size`: of the upright original, which annotations are in pixels of; what is shown may be smaller. Another size fits it anew.
  void setPicture(PictureLevelsPtr picture, QSize size);
  /// Instead of a picture: why it cannot be seen, or (`setNotice`) what is there to say without one.
  void setProblem(const QString& why);
  void setNotice(const QString& words);
  bool hasPicture() const;
  QSize pictureSize() const;
  /// Those of whole pictures stay among them, unseen.
  void setAnnotations(std::vector<Annotation> annotations);
  const std::vector<Annotation>& annotations() const;
  void setColours(std::function<QColor(const std::string&)> colourOf);
  void setActiveClass(const std::string& name);
  const std::string& activeClass() const;
  /// Why nothing can be changed; empty: it can.
  void setReadOnly(const QString& why);
  void setTool(Tool tool);
  Tool tool() const;
  /// A tool that cannot be used now, and why; empty: it can.
  void setWhyNot(Tool tool, const QString& why);
  QString whyNot(Tool tool) const;
  void setTones(const Tones& tones);
  const Tones& tones() const;
  void setSnapping(bool on);
  bool snapping() const;
  void setBrush(double diameter);  ///< Pixels of the picture.
  double brush() const;
  double zoom() const;
  /// What was asked for by previewWanted(); the newest one wins, nullopt takes it away. `rough`: a better one follows.
  void setPreview(std::optional<Annotation> shape, bool rough = false);
  bool proposed() const;  ///< There is one.

  int selected() const;  ///< Among annotations(), -1: none.
  void select(int index);
  bool isShape(int index) const;
  void setHidden(int index, bool hidden);
  bool hidden(int index) const;
  void setLocked(int index, bool locked);
  bool locked(int index) const;
  void setAllHidden(bool hidden);
  bool allHidden() const;
  /// Something is half drawn: it keeps the view from being changed under it.
  bool drawing() const;
  /// A place of the picture, in pixels of this widget.
  QPointF toView(QPointF picture) const;
  QSize sizeHint() const override { return {800, 600}; }

  /// What it does with a key, so that a panel around it can pass keys on. False: nothing.
  bool handleKey(QKeyEvent* event);
  bool wantsKey(QKeyEvent* event) const;

 public Q_SLOTS:
  void fit();
  void zoomBy(double factor);
  void removeSelected();
  void reorderSelected(int by);  ///< Towards the eye, or away from it.
  void setSelectedClass(const std::string& name);
  void acceptDrawing();
  void cancelDrawing();
  void repeatTool();

 Q_SIGNALS:
  /// annotations() are new; `what` is for the history.
  void edited(const patchbay::Text& what);
  void selectionChanged(int index);
  void shapesChanged();  ///< Hidden, locked, or other annotations.
  void toolChanged();
  void zoomChanged(double zoom);
  void previewWanted(const patchbay::widgets::ShapeHint& hint);
  void classWanted();  ///< Something would be drawn and there is no class for it.
  void told(const QString& words, bool warning);
  void hovered(QPointF picture);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "Box", "Brush", ... and the key.
QString sayTool(Tool tool);
QString toolKey(Tool tool);

}  // namespace patchbay::widgets
