// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/panels.h"

#include <QMenu>
#include <QTabBar>
#include <QTimer>
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/studio/workspace.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {
constexpr int layoutVersion = 1;
}  // namespace

Panels::Panels(QMainWindow& window, Settings& settings)
    : QObject{&window}, window_{window}, settings_{settings}, words_{new LateWords{&window}} {
  window_.setDockNestingEnabled(true);
  window_.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  make(QStringLiteral("blocks"), QStringLiteral("blocks"), Qt::LeftDockWidgetArea);
  make(QStringLiteral("inspector"), QStringLiteral("inspector"), Qt::RightDockWidgetArea);
  make(QStringLiteral("help"), QStringLiteral("help"), Qt::RightDockWidgetArea);
  make(QStringLiteral("try"), QStringLiteral("try"), Qt::RightDockWidgetArea);
  make(QStringLiteral("data"), QStringLiteral("data"), Qt::BottomDockWidgetArea);
  make(QStringLiteral("dataset"), QStringLiteral("data"), Qt::BottomDockWidgetArea);
  make(QStringLiteral("label"), QStringLiteral("tool-box"), Qt::BottomDockWidgetArea);
  make(QStringLiteral("machines"), QStringLiteral("engine"), Qt::BottomDockWidgetArea);
  make(QStringLiteral("deploy"), QStringLiteral("category-deploy"), Qt::BottomDockWidgetArea);
  for (const auto* name : {"queue", "curves", "results", "runs", "problems", "log"})
    make(QLatin1String{name}, QLatin1String{name}, Qt::BottomDockWidgetArea);
  arrange();
  retranslate();
  for (auto& [name, dock] : docks_) dock->hide();
}

QDockWidget* Panels::make(const QString& name, const QString& iconName, Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget{&window_};
  dock->setObjectName(QStringLiteral("panel.") + name);
  dock->setAllowedAreas(Qt::AllDockWidgetAreas);
  dock->toggleViewAction()->setObjectName(QStringLiteral("view.panel.") + name);
  dock->toggleViewAction()->setIcon(widgets::icon(iconName));
  window_.addDockWidget(area, dock);
  docks_[name] = dock;
  // What was asked for is seen, also where it lies behind others.
  connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool shown) {
    if (shown) dock->raise();
  });
  connect(dock, &QDockWidget::visibilityChanged, this, [this, dock, name](bool shown) {
    if (shown && filled_ && !dock->widget()) Q_EMIT emptyShown(name);
    if (shown && dock->widget()) words_->seen(dock->widget());
    // Not in the middle of the layout that hides it.
    if (!shown && grown_.contains(name)) QTimer::singleShot(0, this, [this, name] { takeRoomBack(name); });
  });
  return dock;
}

void Panels::arrange() {
  const auto dock = [this](const char* name) { return docks_.at(QLatin1String{name}); };
  window_.tabifyDockWidget(dock("inspector"), dock("help"));
  window_.tabifyDockWidget(dock("help"), dock("try"));
  const char* before = "queue";
  for (const auto* name : {"curves", "results", "data", "dataset", "label", "deploy", "runs", "machines", "problems", "log"}) {
    window_.tabifyDockWidget(dock(before), dock(name));
    before = name;
  }
}

void Panels::fill(Workspace* workspace) {
  if (!workspace) {
    if (window_.isVisible()) remember();
    filled_ = false;
    for (auto& [name, dock] : docks_) dock->hide();
    return;
  }
  swap(*workspace);
  const auto state = settings_.layout(QStringLiteral("panels"));
  filled_ = true;
  if (state.isEmpty() || !window_.restoreState(state, layoutVersion)) reset();
}

void Panels::swap(Workspace& workspace) {
  for (auto& [name, dock] : docks_) {
    auto* panel = workspace.panel(name);
    // A panel scrolls or elides; what it would like to have must not make the window larger than the screen.
    if (panel) panel->setMinimumSize(160, 96), words_->watch(panel);
    if (dock->widget() != panel) dock->setWidget(panel);
    if (!panel && filled_ && dock->isVisible()) Q_EMIT emptyShown(name);
  }
}

void Panels::reset() {
  if (!filled_) return;
  for (auto& [name, dock] : docks_) {
    dock->setFloating(false);
    window_.removeDockWidget(dock);
    const auto area = name == QLatin1String{"blocks"} ? Qt::LeftDockWidgetArea
                      : name == QLatin1String{"inspector"} || name == QLatin1String{"help"} || name == QLatin1String{"try"}
                          ? Qt::RightDockWidgetArea
                          : Qt::BottomDockWidgetArea;
    window_.addDockWidget(area, dock);
  }
  arrange();
  // Only now: laying a panel among others can show it.
  for (auto& [name, dock] : docks_)
    dock->setVisible(name != QLatin1String{"try"} && name != QLatin1String{"data"} && name != QLatin1String{"dataset"} &&
                     name != QLatin1String{"label"} && name != QLatin1String{"deploy"} && name != QLatin1String{"machines"} &&
                     name != QLatin1String{"help"});
  const int height = window_.height();
  window_.resizeDocks({docks_.at(QStringLiteral("blocks"))}, {224}, Qt::Horizontal);
  window_.resizeDocks({docks_.at(QStringLiteral("inspector"))}, {340}, Qt::Horizontal);
  window_.resizeDocks({docks_.at(QStringLiteral("queue"))}, {std::max(200, height * 3 / 10)}, Qt::Vertical);
  docks_.at(QStringLiteral("inspector"))->raise();
  docks_.at(QStringLiteral("queue"))->raise();
}

void Panels::raise(const QString& name, bool gently) {
  const auto found = docks_.find(name);
  if (found == docks_.end() || (gently && !found->second->isVisible() && found->second->isHidden())) return;
  found->second->show();
  found->second->raise();
  giveRoom(name);
}

/// What resizeDocks() counts: among tabs, they belong to the height.
int Panels::heightAtItsPlace(QDockWidget& dock) const {
  if (window_.tabifiedDockWidgets(&dock).isEmpty()) return dock.height();
  for (const auto* tabs : window_.findChildren<QTabBar*>(QString{}, Qt::FindDirectChildrenOnly))
    if (tabs->isVisible()) return dock.height() + tabs->height();
  return dock.height();
}

/// A report wants to be read, and pictures to be looked at: while they are in front, and unless a person chose another height.
void Panels::giveRoom(const QString& name) {
  auto* dock = docks_.at(name);
  const int share = name == QLatin1String{"results"} || name == QLatin1String{"machines"} ? 45
                    : name == QLatin1String{"dataset"} || name == QLatin1String{"deploy"} ? 65
                    : name == QLatin1String{"label"}                                      ? 80
                                                                                          : 0;
  if (share == 0 || sized_.contains(name) || dock->isFloating()) return;
  const int wanted = window_.height() * share / 100;
  int before = heightAtItsPlace(*dock), first = 0;
  // One whose place it takes leaves it its room; what is given back at the end is what was there at first.
  std::erase_if(grown_, [&](const auto& other) {
    auto* at = docks_.at(other.first);
    if (at == dock || at->isFloating() || window_.dockWidgetArea(at) != window_.dockWidgetArea(dock)) return false;
    first = first > 0 ? std::min(first, other.second.before) : other.second.before;
    return true;
  });
  if (first > 0) before = first;
  if (before >= window_.height() * (share - 5) / 100) return;
  window_.resizeDocks({dock}, {wanted}, Qt::Vertical);
  grown_[name] = {before, wanted};
  QTimer::singleShot(0, this, [this, name, dock] {
    if (const auto room = grown_.find(name); room != grown_.end()) room->second.given = heightAtItsPlace(*dock);  // Others may need theirs.
  });
}

void Panels::takeRoomBack(const QString& name) {
  auto* dock = docks_.at(name);
  const bool inFront = dock->isVisible() && !dock->visibleRegion().isEmpty();
  const auto room = inFront ? decltype(grown_)::node_type{} : grown_.extract(name);
  // Gone with the window, or to a window of its own: there is nobody to give it to.
  if (room.empty() || !filled_ || !window_.isVisible() || window_.isMinimized() || dock->isFloating()) return;
  if (std::abs(heightAtItsPlace(*dock) - room.mapped().given) > 4) {
    sized_.insert(name);
    return;
  }
  for (auto& [other, at] : docks_)
    if (other != name && at->isVisible() && !at->isFloating() && window_.dockWidgetArea(at) == window_.dockWidgetArea(dock))
      return window_.resizeDocks({at}, {room.mapped().before}, Qt::Vertical);
}

void Panels::addTo(QMenu& menu) {
  for (const auto* name : {"blocks", "inspector", "try", "queue", "curves", "results", "data", "dataset", "label", "deploy", "runs",
                           "machines", "problems", "log", "help"})
    menu.addAction(docks_.at(QLatin1String{name})->toggleViewAction());
}

void Panels::remember() {
  if (!filled_) return;
  // What is kept is how the panels lie without the room that one of them has for now.
  for (const auto& [name, room] : grown_)
    if (docks_.at(name)->isVisible() && std::abs(heightAtItsPlace(*docks_.at(name)) - room.given) <= 4)
      window_.resizeDocks({docks_.at(name)}, {room.before}, Qt::Vertical);
  settings_.setLayout(QStringLiteral("panels"), window_.saveState(layoutVersion));
}

void Panels::retranslate() {
  const std::map<QString, QString> titles{{QStringLiteral("blocks"), tr("Blocks")},    {QStringLiteral("inspector"), tr("Inspector")},
                                          {QStringLiteral("help"), tr("Help")},        {QStringLiteral("queue"), tr("Queue")},
                                          {QStringLiteral("curves"), tr("Curves")},    {QStringLiteral("results"), tr("Results")},
                                          {QStringLiteral("runs"), tr("Runs")},        {QStringLiteral("problems"), tr("Problems")},
                                          {QStringLiteral("log"), tr("Log")},          {QStringLiteral("try"), tr("Try it")},
                                          {QStringLiteral("data"), tr("Pictures")},    {QStringLiteral("dataset"), tr("Data set")},
                                          {QStringLiteral("label"), tr("Label")},      {QStringLiteral("deploy"), tr("Deploy")},
                                          {QStringLiteral("machines"), tr("Machines")}};
  for (const auto& [name, title] : titles) {
    docks_.at(name)->setWindowTitle(title);
    docks_.at(name)->setAccessibleName(title);
    docks_.at(name)->toggleViewAction()->setToolTip(tr("Shows or hides the panel %1").arg(title));
  }
}

void showInDock(Workspace& workspace, const QString& name, QWidget* content, const QString& beside) {
  auto* window = qobject_cast<QMainWindow*>(workspace.window());
  if (!window) return;
  workspace.setPanel(name, content);
  const auto find = [&](const QString& panel) {
    return window->findChild<QDockWidget*>(QStringLiteral("panel.") + panel, Qt::FindDirectChildrenOnly);
  };
  auto* dock = find(name);
  if (!dock) {
    dock = new QDockWidget{window};
    dock->setObjectName(QStringLiteral("panel.") + name);
    dock->setWindowTitle(content->accessibleName());
    window->addDockWidget(Qt::RightDockWidgetArea, dock);
    if (auto* other = find(beside)) window->tabifyDockWidget(other, dock);
    // It goes with the workspace, before the engine does.
    QObject::connect(workspace.middle(), &QObject::destroyed, dock, [dock] { delete dock; });
  }
  content->setMinimumSize(160, 96);
  if (auto* words = window->findChild<LateWords*>(QString{}, Qt::FindDirectChildrenOnly)) words->watch(content);
  if (dock->widget() != content) dock->setWidget(content);
  dock->show();
  dock->raise();
}

}  // namespace patchbay::studio
