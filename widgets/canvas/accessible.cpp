// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>
#include <map>
#include <memory>

#include "widgets/base/say.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

namespace {

class CanvasNode;

/// Children by id, so that a reader that holds one keeps it while the block exists. Order: blocks, notes, frames.
class AccessibleCanvas final : public QAccessibleWidget {
 public:
  explicit AccessibleCanvas(CanvasView* view) : QAccessibleWidget{view, QAccessible::Canvas}, view_{view} {}
  ~AccessibleCanvas() override;
  int childCount() const override { return static_cast<int>(model().blocks().size() + model().notes().size() + model().frames().size()); }
  QAccessibleInterface* child(int index) const override;
  int indexOfChild(const QAccessibleInterface* child) const override;
  QAccessibleInterface* childAt(int x, int y) const override;
  QAccessibleInterface* focusChild() const override;
  QString text(QAccessible::Text what) const override {
    if (what == QAccessible::Name) return view_->accessibleName();
    return QAccessibleWidget::text(what);
  }
  QAccessibleInterface* byId(const std::string& id) const;
  int indexOf(const std::string& id) const;
  CanvasView* view() const { return view_; }
  const CanvasModel& model() const { return view_->core().model; }

 private:
  std::string idOf(int index) const;
  CanvasView* view_;
  mutable std::map<std::string, QAccessible::Id> children_;
};

class CanvasNode final : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  CanvasNode(CanvasView* view, std::string id) : view_{view}, id_{std::move(id)} {}

  bool isValid() const override { return view_ && !core().rectOf(id_).isNull(); }
  QObject* object() const override { return nullptr; }
  QWindow* window() const override { return view_ && view_->window() ? view_->window()->windowHandle() : nullptr; }
  QAccessibleInterface* parent() const override { return view_ ? QAccessible::queryAccessibleInterface(view_.data()) : nullptr; }
  QAccessibleInterface* child(int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface*) const override { return -1; }
  QAccessibleInterface* childAt(int, int) const override { return nullptr; }
  const std::string& id() const { return id_; }

  QString text(QAccessible::Text what) const override {
    if (!isValid()) return {};
    const auto& model = core().model;
    if (const int i = model.blockIndex(id_); i >= 0) {
      const auto& block = model.block(i);
      if (what == QAccessible::Name) {
        // What a person sees at a glance: title, state, links.
        const auto* look = core().look(id_);
        const auto state = look ? sayState(look->status.state) : QString{};
        auto name = state.isEmpty() ? block.title : QCoreApplication::translate("canvas", "%1, %2").arg(block.title, state);
        if (block.mode != NodeMode::Normal)
          name = QCoreApplication::translate("canvas", "%1, %2")
                     .arg(name, block.mode == NodeMode::Mute ? QCoreApplication::translate("canvas", "muted")
                                                             : QCoreApplication::translate("canvas", "bypassed"));
        return name;
      }
      if (what == QAccessible::Description) {
        QStringList parts;
        if (const auto* look = core().look(id_)) parts << sayStatus(look->status);
        for (const int n : model.linksOf(i)) {
          const auto& link = model.link(n);
          if (link.toBlock == i) parts << QCoreApplication::translate("canvas", "takes from %1").arg(model.block(link.fromBlock).title);
          else parts << QCoreApplication::translate("canvas", "goes to %1").arg(model.block(link.toBlock).title);
        }
        return parts.join(QStringLiteral("; "));
      }
    }
    if (const int i = model.noteIndex(id_); i >= 0 && what == QAccessible::Name)
      return QCoreApplication::translate("canvas", "Note: %1").arg(model.notes()[static_cast<std::size_t>(i)].text);
    if (const int i = model.frameIndex(id_); i >= 0 && what == QAccessible::Name)
      return QCoreApplication::translate("canvas", "Frame: %1").arg(model.frames()[static_cast<std::size_t>(i)].title);
    return {};
  }
  void setText(QAccessible::Text, const QString&) override {}
  QRect rect() const override {
    const auto inner = core().fromScene(core().rectOf(id_));
    return {view_->viewport()->mapToGlobal(inner.topLeft()), inner.size()};
  }
  QAccessible::Role role() const override {
    if (core().model.noteIndex(id_) >= 0) return QAccessible::Note;
    if (core().model.frameIndex(id_) >= 0) return QAccessible::Grouping;
    return QAccessible::ListItem;
  }
  QAccessible::State state() const override {
    QAccessible::State s;
    if (!isValid()) {
      s.invalid = true;
      return s;
    }
    s.focusable = s.selectable = s.multiSelectable = true;
    s.focused = core().focus == id_ && view_->hasFocus();
    s.selected = core().selection.contains(id_);
    s.offscreen = !core().visible().intersects(core().rectOf(id_));
    return s;
  }
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
  }

  QStringList actionNames() const override { return {pressAction(), setFocusAction(), showMenuAction()}; }
  void doAction(const QString& name) override {
    if (!isValid()) return;
    if (name == setFocusAction() || name == pressAction()) {
      view_->setFocus();
      core().setFocus(id_);
      core().setSelection({id_});
      core().reveal(core().rectOf(id_));
    }
    if (name == pressAction()) core().key(Qt::Key_Return, {}, false);
    if (name == showMenuAction()) {
      core().setFocus(id_);
      const auto at = core().fromScene(core().rectOf(id_).center());
      core().contextMenu(at, view_->viewport()->mapToGlobal(at.toPoint()), true);
    }
  }
  QStringList keyBindingsForAction(const QString&) const override { return {}; }

 private:
  ViewCore& core() const { return view_->core(); }
  QPointer<CanvasView> view_;
  std::string id_;
};

AccessibleCanvas::~AccessibleCanvas() {
  for (const auto& [id, child] : children_) QAccessible::deleteAccessibleInterface(child);
}

std::string AccessibleCanvas::idOf(int index) const {
  auto i = static_cast<std::size_t>(index);
  if (i < model().blocks().size()) return model().blocks()[i].id;
  i -= model().blocks().size();
  if (i < model().notes().size()) return model().notes()[i].id;
  i -= model().notes().size();
  return i < model().frames().size() ? model().frames()[i].id : std::string{};
}

int AccessibleCanvas::indexOf(const std::string& id) const {
  if (const int i = model().blockIndex(id); i >= 0) return i;
  const auto blocks = static_cast<int>(model().blocks().size()), notes = static_cast<int>(model().notes().size());
  if (const int i = model().noteIndex(id); i >= 0) return blocks + i;
  if (const int i = model().frameIndex(id); i >= 0) return blocks + notes + i;
  return -1;
}

QAccessibleInterface* AccessibleCanvas::byId(const std::string& id) const {
  if (indexOf(id) < 0) return nullptr;
  auto& known = children_[id];
  if (!known) known = QAccessible::registerAccessibleInterface(new CanvasNode{view_, id});
  return QAccessible::accessibleInterface(known);
}

QAccessibleInterface* AccessibleCanvas::child(int index) const { return index < 0 || index >= childCount() ? nullptr : byId(idOf(index)); }

int AccessibleCanvas::indexOfChild(const QAccessibleInterface* one) const {
  const auto* node = dynamic_cast<const CanvasNode*>(one);
  return node ? indexOf(node->id()) : -1;
}

QAccessibleInterface* AccessibleCanvas::childAt(int x, int y) const {
  const auto hit = view_->core().hit(view_->viewport()->mapFromGlobal(QPoint{x, y}));
  switch (hit.kind) {
    case Hit::Kind::Block:
    case Hit::Kind::Port:
    case Hit::Kind::Details:
      return byId(model().block(hit.index).id);
    case Hit::Kind::Note:
      return byId(model().notes()[static_cast<std::size_t>(hit.index)].id);
    case Hit::Kind::Frame:
      return byId(model().frames()[static_cast<std::size_t>(hit.index)].id);
    default:
      return nullptr;
  }
}

QAccessibleInterface* AccessibleCanvas::focusChild() const {
  if (view_->hasFocus() && !view_->core().focus.empty())
    if (auto* child = byId(view_->core().focus)) return child;
  return QAccessibleWidget::focusChild();
}

QAccessibleInterface* make(const QString& name, QObject* object) {
  if (name != QLatin1String{"patchbay::widgets::CanvasView"}) return nullptr;
  return new AccessibleCanvas{static_cast<CanvasView*>(object)};
}

}  // namespace

void installCanvasAccessibility() {
  static const bool once = (QAccessible::installFactory(make), true);
  Q_UNUSED(once);
}

void announceFocus(CanvasView& view, const std::string& id) {
  if (!QAccessible::isActive()) return;
  auto* canvas = dynamic_cast<AccessibleCanvas*>(QAccessible::queryAccessibleInterface(&view));
  if (!canvas) return;
  QAccessibleEvent event{&view, QAccessible::Focus};
  event.setChild(canvas->indexOf(id));
  QAccessible::updateAccessibility(&event);
}

QString portName(const ViewCore& core, int block, int port) {
  const auto& face = *core.model.block(block).face;
  const auto outputs = static_cast<int>(face.outputs.size());
  if (port < outputs)
    return QCoreApplication::translate("canvas", "Output %1. L links it.").arg(face.outputs[static_cast<std::size_t>(port)].label);
  return QCoreApplication::translate("canvas", "Input %1. L links it.").arg(face.inputs[static_cast<std::size_t>(port - outputs)].label);
}

}  // namespace patchbay::widgets
