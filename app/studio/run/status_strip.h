// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStatusBar>

class QLabel;
class QToolButton;

namespace patchbay::studio {

class SleepInhibitor;
class Workspace;

/// The line at the bottom: what runs with phase, count and time left; problems; the engine; zoom.
class StatusStrip : public QStatusBar {
  Q_OBJECT

 public:
  explicit StatusStrip(QWidget* parent = nullptr);
  void show(Workspace* workspace, const SleepInhibitor& awake);

 Q_SIGNALS:
  void queueWanted();
  void problemsWanted();
  void reconnectWanted();

 private:
  QToolButton *running_, *problems_, *engine_;
};

}  // namespace patchbay::studio
