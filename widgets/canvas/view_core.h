// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QBasicTimer>
#include <QCursor>
#include <QPointer>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/edit/operations.h"
#include "widgets/canvas/canvas_model.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/colours.h"
#include "widgets/canvas/gesture.h"
#include "widgets/canvas/scene_painter.h"

class QMenu;
class QPainter;
class QWidget;

namespace patchbay::widgets {

/// What is under the pointer.
struct Hit {
  enum class Kind : std::uint8_t { Nothing, Port, Details, Block, Link, Frame, FrameCorner, Note, NoteCorner };
  Kind kind = Kind::Nothing;
  int index = -1;  ///< Of the block, link, frame or note.
  PortEnd port;    ///< Of a port.
  int portIndex = -1;
  bool nearInput = false;  ///< Of a link: the half at the input.
  bool operator==(const Hit&) const = default;
};

/// Alignment guides and other lines of a gesture, in scene units.
struct GuideLine {
  QPointF from, to;
};

/// What the parts of the canvas share: model, camera, selection, back buffer. The view and its gestures work on it; nobody else.
class ViewCore {
 public:
  ViewCore(CanvasView& view, edit::Editor& editor, const Catalogue& catalogue);
  ~ViewCore();

  CanvasView& view;
  edit::Editor& editor;
  const Catalogue& catalogue;
  CanvasModel model;
  ScenePainter painter;
  Colours colours;
  Camera camera;
  std::set<std::string> selection;  ///< Of blocks, groups, frames and notes that are there.
  std::optional<std::pair<PortRef, PortRef>> selectedLink;
  std::string focus;   ///< Where the keyboard is; a block, group or note.
  int focusPort = -1;  ///< Of the focused block: outputs then inputs; -1 the block itself.
  Hit hover;
  QPointF pointer;  ///< Last place of the pointer, viewport.
  std::unique_ptr<Gesture> gesture;
  Movers movers;
  bool readOnly = false;
  bool byKeyboard = false;  ///< The last thing was done with keys: the focus is shown.
  bool spaceDown = false, spaceUsed = false;
  std::function<QString(const PortEnd&)> portTip;

  const Document& document() const { return editor.document(); }

  // Places.
  QPointF toScene(QPointF viewport) const { return camera.toScene(viewport * camera.ratio); }
  QPointF fromScene(QPointF scene) const { return camera.toDevice(scene) / camera.ratio; }
  QRect fromScene(const QRectF& scene) const;
  QRectF visible() const;
  Hit hit(QPointF viewport) const;
  /// The port nearest to the pointer within reach, of one side only when asked for.
  Hit portAt(QPointF viewport, std::optional<bool> input = std::nullopt) const;
  std::optional<QPointF> portPlace(const PortEnd& port) const;
  QRectF rectOf(const std::string& id) const;

  // Camera (view_camera.cpp).
  void panBy(QPointF viewport);
  void zoomAt(double zoom, QPointF viewport, bool gestureGoesOn);
  void fit(const QRectF& scene, double most = 1.0);
  void centre(QPointF scene);
  void reveal(const QRectF& scene);
  void cameraChanged(bool zoomed);
  void zoomSettled();
  QBasicTimer zoomTimer, ringTimer, autoPanTimer;
  bool zooming = false;
  bool tidying = false;

  // Document.
  void paintAfterwards();
  void documentChanged(const edit::Touched& touched);
  void rebuild(const std::string& level);
  void openLevel(const std::string& id);
  bool apply(Text name, std::vector<edit::Change> changes, std::string_view merge = {});
  bool apply(Text name, Result<std::vector<edit::Change>> changes);
  void say(const QString& message);
  /// Says why nothing may be changed; true when it may.
  bool mayEdit();

  // Selection.
  void setSelection(std::set<std::string> ids);
  void setFocus(const std::string& id, int port = -1);
  std::vector<std::string> selected() const { return {selection.begin(), selection.end()}; }
  std::vector<NodeId> selectedNodes() const;
  void selectionMayHaveChanged();

  // Status.
  std::unordered_map<std::string, StatusLook> looks;
  const StatusLook* look(const std::string& id) const;
  void setStatus(const std::string& id, const BlockStatus& status);
  void updateGroupLook(const std::string& group);
  /// Turns the rings of blocks that run without a known end.
  void turnRings();
  /// Language, font or colours have changed.
  void relayout();

  // Drawing (view_paint.cpp).
  void dirty(const QRectF& scene);
  void dirtyAll();
  void overlayChanged();
  void beginMoving(Movers what);
  void moveTo(QPointF offset);
  void endMoving();
  void paint(const QRect& exposed);
  std::vector<GuideLine> guides;
  bool idle() const;
  std::uint64_t frames = 0;  ///< Painted so far.

  // Pointer (view_events.cpp).
  void setHover(const Hit& hit);
  void updateCursor();
  void startGesture(std::unique_ptr<Gesture> next);
  void endGesture();
  void pressed(QPointF at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
  void dropTypeMoved(const std::string& type, QPointF viewport);
  std::optional<std::pair<PortRef, PortRef>> spliceTarget;  ///< Highlighted link into which a dropped block would go.
  std::optional<std::pair<PortRef, PortRef>> addTarget;     ///< Link that the add menu was opened on.
  QPointF addAt;                                            ///< Where, scene.
  std::string dropType;
  QPointF dropAt;

  // Commands (view_commands.cpp).
  std::optional<NodeId> addBlock(const std::string& type, QPointF scene, const std::optional<PortEnd>& from);
  QPointF makeRoom(const std::pair<PortRef, PortRef>& between, QPointF wish, std::vector<edit::Change>& aside) const;
  void copy();
  void cut();
  void paste();
  void duplicate();
  void removeSelection(bool keepLinks = true);
  void rename();
  void editNote(const std::string& id);
  void addNote(QPointF scene);
  void group(GroupKind kind);
  void ungroup();
  void toggle(NodeMode mode);
  void align(edit::Align how);
  /// Works out the places in another thread and moves the blocks when they are there, unless the pipeline has been changed meanwhile.
  void tidy();
  void tidied(std::uint64_t state, std::vector<edit::Change> changes);
  void togglePinned();
  void selectAll();
  /// Asks for a block at a place; on a link, or with one selected, the block that is chosen goes into it.
  void requestAdd(QPointF viewport, std::optional<PortEnd> from = std::nullopt);
  void moveSelection(QPointF by, bool merge);
  std::vector<edit::Change> moves(const std::set<std::string>& ids, QPointF by) const;
  std::map<NodeId, edit::Box> boxes(const std::vector<NodeId>& ids) const;
  void editText(const QRectF& scene, const QString& text, bool lines, std::function<void(const QString&)> done);
  QPointer<QWidget> editorWidget;

  // Keyboard (view_keys.cpp).
  bool key(int key, Qt::KeyboardModifiers modifiers, bool repeated);
  void step(int dx, int dy, bool extend);
  void stepAlongLink(bool forwards);
  void startKeyboardLink();
  void focusFirst();

  // Menus and actions.
  void makeActions();
  void retranslate();
  void updateActions();
  std::map<std::string, QAction*> actions;
  std::vector<std::string> actionOrder;
  void contextMenu(QPointF viewport, QPoint global, bool keyboard);
  QString tip(const Hit& hit) const;

 private:
  void render();
  void overlay(QImage& image, const QRect& clip);
  void overlayText(QPainter& painter);
  void ringAround(QImage& image, const QRect& clip, const std::string& id, const QColor& colour, int width, int gap);
  /// `block`: index of the block it is around, or -1.
  void ring(QImage& image, const QRect& clip, const QRectF& rect, int block, QPointF offset, const QColor& colour, int width, int gap);
  QPointF shownOffset(const std::string& id) const;
  void highlight(QImage& image, const QRect& clip, int link, const QColor& colour, double factor) const;

  std::shared_ptr<void> listening_;
  QImage buffer_, frame_, still_;
  Camera painted_;
  bool bufferValid_ = false, bufferHasText_ = false, stillValid_ = false;
  QRectF dirtyScene_;
  int dirtyParts_ = 0;
  double turn_ = 0;
  QPointer<QWidget> hint_;

  friend class CanvasView;
};

}  // namespace patchbay::widgets
