// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of AnnotatorView; included by its own files only.
#pragma once
#include <array>
#include <map>
#include <set>

#include "widgets/annotator/annotator_view.h"
#include "widgets/annotator/mask.h"
#include "widgets/annotator/shape.h"

namespace patchbay::widgets {

/// Edges shorter than this many pixels are drawn, and warned of.
inline constexpr double tinySide = 4;

struct AnnotatorView::Impl {
  AnnotatorView& self;
  explicit Impl(AnnotatorView& view) : self{view} {}

  // The picture and how it is looked at.
  PictureLevelsPtr picture;
  QSize size;
  QString problem, notice;
  PictureCamera camera;
  Tones tones;
  bool fitted = true;
  QImage base, masks;  ///< As they are drawn; null: to be made anew.
  QSizeF extent() const { return QSizeF{size}; }

  // What is on it.
  std::vector<Annotation> annotations;
  std::vector<std::optional<MaskRuns>> runs;  ///< Of masks, index for index.
  std::vector<char> hides, locks;
  int chosen = -1;
  bool allHides = false;
  std::function<QColor(const std::string&)> colourOf;
  std::string active;
  QString readOnly;
  std::map<Tool, QString> whyNots;

  // The gesture under way.
  enum class Drag : std::uint8_t { None, Pan, Draw, Vertex, Move, Stroke };
  Tool tool = Tool::Select, lastTool = Tool::Box;
  Drag drag = Drag::None;
  QPointF from, at;          ///< In the picture.
  QPointF panFrom;           ///< In the view.
  bool pressed = false;      ///< By the keyboard.
  bool overPicture = false;  ///< The pointer is there, or arrows moved the cross-hair.
  Annotation before;
  std::optional<Vertex> vertex;
  std::optional<Annotation> draft;
  Ring points;  ///< Of a polygon or a rotated box that is being drawn.
  MaskBitmap paint;
  int painted = -1;  ///< Annotation that the stroke changes; -1: a new one.
  QImage strokeLayer;
  double diameter = 40;
  bool snaps = true;
  ShapeHint hint;
  std::optional<Annotation> preview;
  std::optional<MaskRuns> previewRuns;
  bool rough = false;

  // Looking (annotator_view.cpp).
  void cameraMoved();
  void baseChanged();
  void shapesChanged();
  void took(std::vector<Annotation> now);
  int topmostAt(QPointF point) const;
  bool editable(int index) const;
  void finish(std::vector<Annotation> now, const Text& what, int select);
  QColor colour(const std::string& name) const;
  double viewPixels(double n) const { return n / camera.zoom; }

  // Drawing (annotator_paint.cpp).
  void makeBase();
  void makeMasks();
  void paintMask(QImage& layer, const MaskRuns& runs, QColor colour, int strength) const;
  void sampleStroke(QRect view);
  void paintShape(QPainter& painter, const Annotation& shape, QColor colour, bool chosen, bool dashed) const;
  void paintTag(QPainter& painter, const Annotation& shape, QRectF bounds, QColor colour) const;
  void paintGesture(QPainter& painter) const;
  void paintGrid(QPainter& painter) const;
  QRectF tagBounds(int index) const;

  // Gestures (annotator_gestures.cpp).
  bool mayDraw();
  void press(QPointF point, Qt::KeyboardModifiers modifiers);
  void move(QPointF point, Qt::KeyboardModifiers modifiers);
  void release(QPointF point, Qt::KeyboardModifiers modifiers);
  void pressSelect(QPointF point, Qt::KeyboardModifiers modifiers);
  void pressPolygon(QPointF point, Qt::KeyboardModifiers modifiers);
  void pressHint(QPointF point, Qt::KeyboardModifiers modifiers);
  void beginStroke(QPointF point);
  void goStroke(QPointF from, QPointF to);
  void endStroke();
  void endDraw(QPointF point);
  void addShape(Annotation shape, const Text& what);
  void closePolygon();
  void insertVertexAt(QPointF point, double reach);
  bool removeVertexAt(QPointF point);
  QPointF snapped(QPointF point, Qt::KeyboardModifiers modifiers) const;
  void takePreview();
  void letGo();
  void warnTiny(const Annotation& shape);

  // Keys (annotator_keys.cpp).
  bool arrow(int key, Qt::KeyboardModifiers modifiers);
  void pressByKey(Qt::KeyboardModifiers modifiers);
  bool editKey(int key, Qt::KeyboardModifiers modifiers);
  void chooseNext(int by);
};

bool isDrawingTool(Tool tool);
bool isAsking(Tool tool);

}  // namespace patchbay::widgets
