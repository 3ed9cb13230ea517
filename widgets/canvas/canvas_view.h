// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractScrollArea>
#include <QList>
#include <QUrl>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/edit/editor.h"
#include "engine/graph/catalogue.h"
#include "widgets/base/block_status.h"

class QAction;

namespace patchbay::widgets {

class ViewCore;

/// A port with its side: an input and an output of a block may have the same key.
struct PortEnd {
  PortRef port;
  bool input = false;
  bool operator==(const PortEnd&) const = default;
};

/// The node canvas: shows the document of an Editor and turns gestures into its steps, one step each.
///
/// Scene units are those of the document's positions; at zoom 1 one unit is one device-independent pixel. Ids are those of
/// blocks, groups and notes. Editor and Catalogue must outlive the view. Paints as measured in canvas.md of the design: spatial
/// index, own line raster, back buffer scrolled on pan, a sprite per block type and zoom.
class CanvasView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  /// Drags of block types carry the id of the type, UTF-8.
  static constexpr const char* blockMimeType = "application/x-patchbay-block";

  CanvasView(edit::Editor& editor, const Catalogue& catalogue, QWidget* parent = nullptr);
  ~CanvasView() override;

  /// What the block shows besides its document part; kept while the block exists, also over undo and redo.
  void setStatus(const NodeId& id, const BlockStatus& status);
  BlockStatus status(const NodeId& id) const;
  /// Forgets all of them: another run is shown.
  void clearStatus();
  /// The catalogue has changed: ports and titles are read again.
  void catalogueChanged();

  std::vector<std::string> selection() const;
  /// The selected blocks; of a selected group or frame, all blocks in it.
  std::vector<NodeId> selectedBlocks() const;
  /// Selects these, leaving out ids there are none of; opens the group they are in.
  void select(const std::vector<std::string>& ids);

  double zoom() const;
  /// About the middle of the view; between 0.05 and 4.
  void zoomTo(double factor);
  void fitAll();
  void fitSelection();
  /// Scrolls the block, group or note into the middle, opening the group it is in.
  void centreOn(const std::string& id);
  QPointF toScene(QPoint viewport) const;
  /// Viewport coordinates.
  QPoint fromScene(QPointF scene) const;
  /// What of the scene is seen.
  QRectF visibleScene() const;
  /// All blocks, notes and frames of the level shown; null when empty.
  QRectF sceneBounds() const;

  /// Shows the inside of a group alone; leaveGroup() goes one level up, as Esc does.
  void openGroup(const std::string& id);
  void leaveGroup();
  /// Groups opened, outermost first; empty at the top.
  std::vector<std::string> openGroups() const;

  void setReadOnly(bool readOnly);
  bool isReadOnly() const;
  /// What flows through a port, for its tooltip ("2,624 pictures, 2 classes"); rich text is not interpreted.
  void setPortTip(std::function<QString(const PortEnd&)> tip);

  /// Puts a new block at a place of the scene (its upper left corner) and selects it. With `from` it is linked to that port by
  /// the first port that fits; dropped on a link it is spliced in. One undo step.
  std::optional<NodeId> addBlock(const std::string& type, QPointF scene, const std::optional<PortEnd>& from = std::nullopt);
  /// A note at a place of the scene, opened for writing.
  void addNote(QPointF scene);

  /// Everything that menus offer, with objectName, text and shortcut: see the table in view_actions.cpp.
  QList<QAction*> actions() const;
  /// One of them; null when there is none of that name ("canvas.copy").
  QAction* action(const QString& objectName) const;

  /// Viewport coordinates of what a test or a screen reader points at.
  std::optional<QRect> rectOf(const std::string& id) const;
  std::optional<QPoint> portPosition(const PortEnd& port) const;
  std::optional<QPoint> linkMiddle(const PortRef& from, const PortRef& to) const;
  /// No gesture, animation or refinement is pending: what is seen is final.
  bool isIdle() const;

  ViewCore& core() { return *core_; }

 Q_SIGNALS:
  void selectionChanged();
  /// Whoever shows the add menu calls addBlock(type, scene, from); with `from` only types that fit are useful.
  void addRequested(QPoint global, QPointF scene, std::optional<patchbay::widgets::PortEnd> from);
  /// A block was double-clicked, or Enter pressed on it.
  void activated(const patchbay::NodeId& id);
  void runToRequested(const patchbay::NodeId& id);
  void detailsRequested(const patchbay::NodeId& id);
  void helpRequested(const QString& type);
  void filesDropped(const QList<QUrl>& files, QPointF scene);
  void hoveredPort(std::optional<patchbay::widgets::PortEnd> port);
  /// For the status line: what the pointer is over or why something cannot be done. Empty: nothing any more.
  void statusMessage(const QString& text);
  void zoomChanged(double factor);
  /// Another group was opened or left; openGroups() tells.
  void levelChanged();
  /// The part of the scene that is seen, or what there is of it, has changed.
  void viewChanged();

 protected:
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  std::unique_ptr<ViewCore> core_;
};

}  // namespace patchbay::widgets
