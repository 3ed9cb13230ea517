// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>
#include <QMainWindow>
#include <QObject>
#include <map>

#include "app/studio/settings.h"

class QMenu;

namespace patchbay::studio {

class Workspace;

/// The window's docks: made once, filled from a workspace, remembering their place.
class Panels : public QObject {
  Q_OBJECT

 public:
  Panels(QMainWindow& window, Settings& settings);
  /// Puts the workspace's widgets in; nullptr empties and hides all of them.
  void fill(Workspace* workspace);
  /// Shows a panel and brings it before the others at its place. `gently`: only when the person has not closed it.
  void raise(const QString& name, bool gently);
  void addTo(QMenu& menu);
  void remember();
  void reset();
  void retranslate();

 private:
  QDockWidget* make(const QString& name, const QString& iconName, Qt::DockWidgetArea area);
  void arrange();
  QMainWindow& window_;
  Settings& settings_;
  std::map<QString, QDockWidget*> docks_;
  bool filled_ = false, grown_ = false;
};

}  // namespace patchbay::studio
