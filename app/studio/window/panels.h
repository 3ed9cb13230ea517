// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDockWidget>
#include <QMainWindow>
#include <QObject>
#include <map>
#include <set>

#include "app/studio/window/late_words.h"
#include "app/studio/window/settings.h"

class QMenu;

namespace patchbay::studio {

class Workspace;

/// The window's docks: made once, filled from a workspace, remembering their place.
class Panels : public QObject {
  Q_OBJECT

 public:
  Panels(QMainWindow& window, Settings& settings);
  /// Puts the workspace's widgets in and the docks where they were last time; nullptr empties and hides all of them.
  void fill(Workspace* workspace);
  /// Puts another workspace's widgets in; the docks stay as they are.
  void swap(Workspace& workspace);
  /// Shows a panel and brings it before the others at its place. `gently`: only when the person has not closed it.
  void raise(const QString& name, bool gently);
  void addTo(QMenu& menu);
  void remember();
  void reset();
  void retranslate();
  /// What of the window is hidden hears of another language through it.
  LateWords& words() { return *words_; }

 Q_SIGNALS:
  /// A panel whose content is made when it is first looked at was opened: "try" or "data".
  void emptyShown(const QString& name);

 private:
  QDockWidget* make(const QString& name, const QString& iconName, Qt::DockWidgetArea area);
  int heightAtItsPlace(QDockWidget& dock) const;
  void giveRoom(const QString& name);
  void takeRoomBack(const QString& name);
  void arrange();
  QMainWindow& window_;
  Settings& settings_;
  LateWords* words_;
  std::map<QString, QDockWidget*> docks_;
  bool filled_ = false;
  /// Panels that want more room than the others at their place, while they are in front.
  struct Room {
    int before = 0, given = 0;  ///< Heights, in pixels: what is given back, and what shows that nobody changed it meanwhile.
  };
  std::map<QString, Room> grown_;
  std::set<QString> sized_;  ///< Panels whose height a person has chosen.
};

/// Shows content that is made when it is asked for in its dock; a window without such a dock gets one beside `beside`.
void showInDock(Workspace& workspace, const QString& name, QWidget* content, const QString& beside);

}  // namespace patchbay::studio
