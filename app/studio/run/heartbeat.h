// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace patchbay::studio {

/// Measures how long the window's thread was deaf: a timer of 20 ms, and by how much it came late.
class Heartbeat : public QObject {
  Q_OBJECT

 public:
  explicit Heartbeat(QObject* parent = nullptr);
  /// Longest stall in milliseconds since the last reset.
  double longest() const { return longest_; }
  /// The most processor time the window's thread used between two beats: what it would be deaf for with nothing else on the machine,
  /// unless it waited for something.
  double longestBusy() const { return longestBusy_; }
  void reset() { longest_ = longestBusy_ = 0; }

 private:
  void beat();
  QTimer timer_;
  QElapsedTimer clock_;
  double longest_ = 0, longestBusy_ = 0, busyBefore_ = 0;
};

}  // namespace patchbay::studio
