// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/heartbeat.h"

#include <algorithm>
#include <ctime>

namespace patchbay::studio {

namespace {

double threadMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

Heartbeat::Heartbeat(QObject* parent) : QObject{parent} {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(20);
  connect(&timer_, &QTimer::timeout, this, &Heartbeat::beat);
  clock_.start();
  busyBefore_ = threadMs();
  timer_.start();
}

void Heartbeat::beat() {
  const auto late = static_cast<double>(clock_.nsecsElapsed()) / 1e6 - 20;
  longest_ = std::max(longest_, late);
  const double busy = threadMs();
  longestBusy_ = std::max(longestBusy_, busy - busyBefore_);
  busyBefore_ = busy;
  clock_.restart();
}

}  // namespace patchbay::studio
