// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLocalServer>
#include <QObject>

#include "app/studio/run/heartbeat.h"

namespace patchbay::studio {

class MainWindow;

/// Tells a test where things are and whether the window is idle; see tests/journeys/README.md. It never acts: what a test does, it
/// does with the mouse and the keyboard.
class TestPort : public QObject {
  Q_OBJECT

 public:
  TestPort(MainWindow& window, Heartbeat& heartbeat, QObject* parent = nullptr);
  bool listen(const QString& socket);

 private:
  QByteArray answer(const QByteArray& line) const;
  MainWindow& window_;
  Heartbeat& heartbeat_;
  QLocalServer server_;
};

}  // namespace patchbay::studio
