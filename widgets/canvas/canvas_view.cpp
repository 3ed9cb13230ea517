// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_view.h"

#include <QAction>
#include <algorithm>

#include "widgets/canvas/accessible.h"
#include "widgets/canvas/hint_card.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

CanvasView::CanvasView(edit::Editor& editor, const Catalogue& catalogue, QWidget* parent) : QAbstractScrollArea{parent} {
  installCanvasAccessibility();
  setObjectName(QStringLiteral("canvas"));
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  viewport()->setAttribute(Qt::WA_NoSystemBackground);
  viewport()->setMouseTracking(true);
  viewport()->grabGesture(Qt::PinchGesture);
  setAcceptDrops(true);
  viewport()->setAcceptDrops(true);
  core_ = std::make_unique<ViewCore>(*this, editor, catalogue);
  core_->makeActions();
  core_->retranslate();
  setMinimumSize(200, 150);
}

CanvasView::~CanvasView() {
  // Children refer to the core: they go first.
  qDeleteAll(viewport()->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  core_.reset();
}

void CanvasView::setStatus(const NodeId& id, const BlockStatus& status) { core_->setStatus(id.text, status); }

BlockStatus CanvasView::status(const NodeId& id) const {
  const auto* look = core_->look(id.text);
  return look ? look->status : BlockStatus{};
}

void CanvasView::clearStatus() {
  core_->looks.clear();
  core_->rebuild(core_->model.level());
}

void CanvasView::catalogueChanged() {
  core_->model.languageChanged();
  core_->rebuild(core_->model.level());
}

std::vector<std::string> CanvasView::selection() const { return core_->selected(); }
std::vector<NodeId> CanvasView::selectedBlocks() const { return core_->selectedNodes(); }

void CanvasView::select(const std::vector<std::string>& ids) {
  std::set<std::string> there;
  for (const auto& id : ids) {
    const bool node = core_->document().node(NodeId{id}) || core_->document().group(id);
    if (!node && core_->model.noteIndex(id) < 0) continue;
    if (there.empty() && core_->rectOf(id).isNull()) {
      const auto around = core_->model.groupsAround(id);
      core_->openLevel(around.empty() ? std::string{} : around.back());
    }
    if (!core_->rectOf(id).isNull()) there.insert(id);
  }
  core_->setSelection(std::move(there));
}

double CanvasView::zoom() const { return core_->camera.zoom; }
void CanvasView::zoomTo(double factor) { core_->zoomAt(factor, QRectF{viewport()->rect()}.center(), false); }
void CanvasView::fitAll() { core_->fit(core_->model.bounds()); }

void CanvasView::fitSelection() {
  QRectF all;
  for (const auto& id : core_->selection) all |= core_->rectOf(id);
  if (all.isNull()) fitAll();
  else core_->fit(all);
}

void CanvasView::centreOn(const std::string& id) {
  if (core_->rectOf(id).isNull()) {
    const auto around = core_->model.groupsAround(id);
    core_->openLevel(around.empty() ? std::string{} : around.back());
  }
  if (const auto rect = core_->rectOf(id); !rect.isNull()) core_->centre(rect.center());
}

QPointF CanvasView::toScene(QPoint place) const { return core_->toScene(QPointF{place}); }
QPoint CanvasView::fromScene(QPointF scene) const { return core_->fromScene(scene).toPoint(); }
QRectF CanvasView::visibleScene() const { return core_->visible(); }
QRectF CanvasView::sceneBounds() const { return core_->model.bounds(); }

void CanvasView::openGroup(const std::string& id) { core_->openLevel(id); }

void CanvasView::leaveGroup() {
  const auto path = core_->model.path();
  if (path.empty()) return;
  const auto& left = path.back();
  core_->openLevel(path.size() > 1 ? path[path.size() - 2] : std::string{});
  core_->setSelection({left});
  core_->setFocus(left);
}

std::vector<std::string> CanvasView::openGroups() const { return core_->model.path(); }

void CanvasView::setReadOnly(bool readOnly) {
  core_->readOnly = readOnly;
  setAcceptDrops(!readOnly);
  viewport()->setAcceptDrops(!readOnly);
  core_->endGesture();
  core_->updateActions();
  if (core_->hint_) static_cast<HintCard*>(core_->hint_.data())->place();
  core_->dirtyAll();
}

bool CanvasView::isReadOnly() const { return core_->readOnly; }
void CanvasView::setPortTip(std::function<QString(const PortEnd&)> tip) { core_->portTip = std::move(tip); }

std::optional<NodeId> CanvasView::addBlock(const std::string& type, QPointF scene, const std::optional<PortEnd>& from) {
  return core_->addBlock(type, scene, from);
}
void CanvasView::addNote(QPointF scene) { core_->addNote(scene); }

QList<QAction*> CanvasView::actions() const {
  QList<QAction*> out;
  for (const auto& name : core_->actionOrder) out << core_->actions.at(name);
  return out;
}

QAction* CanvasView::action(const QString& objectName) const {
  const auto found = core_->actions.find(objectName.toStdString());
  return found == core_->actions.end() ? nullptr : found->second;
}

std::optional<QRect> CanvasView::rectOf(const std::string& id) const {
  const auto rect = core_->rectOf(id);
  return rect.isNull() ? std::nullopt : std::optional{core_->fromScene(rect)};
}

std::optional<QPoint> CanvasView::portPosition(const PortEnd& port) const {
  const auto place = core_->portPlace(port);
  return place ? std::optional{core_->fromScene(*place).toPoint()} : std::nullopt;
}

std::optional<QPoint> CanvasView::linkMiddle(const PortRef& from, const PortRef& to) const {
  const int index = core_->model.linkIndex(from, to);
  return index < 0 ? std::nullopt : std::optional{core_->fromScene(core_->model.link(index).geometry.middle()).toPoint()};
}

bool CanvasView::isIdle() const { return core_->idle(); }

}  // namespace patchbay::widgets
