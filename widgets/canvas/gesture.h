// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <Qt>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/graph/document.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/snap.h"

class QImage;
class QPainter;
class QRect;

namespace patchbay::widgets {

class ViewCore;
struct Hit;

/// Something done with the pointer from press to release: one small class each. Destroying one that was not released undoes
/// whatever it showed.
class Gesture {
 public:
  explicit Gesture(ViewCore& core) : core_{core} {}
  virtual ~Gesture() = default;
  virtual void move(QPointF viewport, Qt::KeyboardModifiers modifiers) = 0;
  virtual void release(QPointF viewport, Qt::KeyboardModifiers modifiers) = 0;
  /// Above the scene, in device pixels.
  virtual void overlay(QImage&, const QRect&) {}
  /// Above all, in viewport coordinates.
  virtual void overlayText(QPainter&) {}
  virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
  /// Scrolls on when the pointer comes to the edge.
  virtual bool pansAtEdge() const { return false; }
  virtual bool key(int, Qt::KeyboardModifiers) { return false; }

 protected:
  ViewCore& core_;
};

class PanGesture final : public Gesture {
 public:
  PanGesture(ViewCore& core, QPointF from) : Gesture{core}, last_{from} {}
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF, Qt::KeyboardModifiers) override {}
  Qt::CursorShape cursor() const override { return Qt::ClosedHandCursor; }

 private:
  QPointF last_;
};

/// Rubber band; what is touched is selected. Shift adds, Ctrl toggles.
class BandGesture final : public Gesture {
 public:
  BandGesture(ViewCore& core, QPointF from, Qt::KeyboardModifiers modifiers);
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void overlay(QImage& image, const QRect& clip) override;
  bool pansAtEdge() const override { return true; }

 private:
  void mark(const std::string& id, bool inside);

  std::set<std::string> before_;
  QPointF from_, to_;  ///< Scene.
  bool toggle_;
  std::vector<int> blocks_;  ///< In the band so far, ascending: only what comes in or goes out is looked at again.
};

/// A drawn line; what lies with its middle in it is selected.
class LassoGesture final : public Gesture {
 public:
  LassoGesture(ViewCore& core, QPointF from, Qt::KeyboardModifiers modifiers);
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void overlay(QImage& image, const QRect& clip) override;
  Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

 private:
  std::set<std::string> before_;
  QPolygonF line_;  ///< Scene.
};

/// Moves what is selected, snapping to the grid and to neighbours (not with Alt). Ctrl at the start duplicates. One block let go
/// over a link is spliced in; blocks let go in a frame join it.
class MoveGesture final : public Gesture {
 public:
  MoveGesture(ViewCore& core, QPointF from, bool duplicate);
  ~MoveGesture() override;
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  Qt::CursorShape cursor() const override { return duplicate_ ? Qt::DragCopyCursor : Qt::SizeAllCursor; }
  bool pansAtEdge() const override { return true; }

 private:
  void begin();
  void findLink();
  void joinFrames(std::vector<edit::Change>& changes, QPointF viewport) const;

  QPointF from_;  ///< Scene.
  QPointF offset_;
  bool duplicate_, begun_ = false;
  std::set<std::string> ids_;
  std::vector<NodeId> nodes_;
  QRectF box_;
  Snapper snapper_;
};

/// From a port to another: ports it may go to light up. From the input end of a link it takes the link along; let go over
/// nothing, that link is gone, or a new one asks for a block to be added.
class LinkGesture final : public Gesture {
 public:
  /// `taken`: the link whose end is dragged away.
  LinkGesture(ViewCore& core, PortEnd anchor, std::optional<Link> taken, bool keyboard);
  ~LinkGesture() override;
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void overlay(QImage& image, const QRect& clip) override;
  void overlayText(QPainter& painter) override;
  Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
  bool pansAtEdge() const override { return !keyboard_; }
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  bool fits(const PortEnd& port) const { return targets_.contains(port.port) && port.input != anchor_.input; }

 private:
  void aimAt(const std::optional<PortEnd>& port);
  void connect(const PortEnd& port);

  PortEnd anchor_;
  std::optional<Link> taken_;
  bool keyboard_;
  std::set<PortRef> targets_;
  std::optional<PortEnd> aim_;  ///< The port under the pointer, fitting or not.
  QString why_;                 ///< Why it does not fit.
  QPointF at_;                  ///< Scene.
};

/// Drags the lower right corner of a frame or note.
class ResizeGesture final : public Gesture {
 public:
  ResizeGesture(ViewCore& core, const Hit& hit, QPointF from);
  void move(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void release(QPointF viewport, Qt::KeyboardModifiers modifiers) override;
  void overlay(QImage& image, const QRect& clip) override;
  Qt::CursorShape cursor() const override { return Qt::SizeFDiagCursor; }

 private:
  bool note_;
  std::string id_;
  QRectF rect_;
  QPointF from_, by_;
};

}  // namespace patchbay::widgets
