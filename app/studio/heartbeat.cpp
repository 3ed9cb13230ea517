// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/heartbeat.h"

#include <algorithm>

namespace patchbay::studio {

Heartbeat::Heartbeat(QObject* parent) : QObject{parent} {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(20);
  connect(&timer_, &QTimer::timeout, this, &Heartbeat::beat);
  clock_.start();
  timer_.start();
}

void Heartbeat::beat() {
  const auto late = static_cast<double>(clock_.nsecsElapsed()) / 1e6 - 20;
  longest_ = std::max(longest_, late);
  clock_.restart();
}

}  // namespace patchbay::studio
