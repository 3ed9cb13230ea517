// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>

#include "widgets/plots/load_strip.h"

namespace patchbay::studio {

/// Reads how busy this machine is once a second, while somebody looks or something runs.
class MachineLoad : public QObject {
  Q_OBJECT

 public:
  explicit MachineLoad(QObject* parent = nullptr);
  void setActive(bool active);

 Q_SIGNALS:
  void sampled(const patchbay::widgets::LoadSample& sample);

 private:
  void sample();
  QTimer timer_;
  quint64 busyBefore_ = 0, allBefore_ = 0;
};

/// What the machine is, in words for the welcome page. Belongs in a thread: it asks the graphics driver.
struct MachineFacts {
  QString processor;  ///< "AMD EPYC 7R13"
  int cores = 0;
  double memoryBytes = 0;
  QString gpu;            ///< "NVIDIA H100, 80 GB"; empty: none that answers.
  bool gpuReady = false;  ///< Its libraries are installed.
  double diskFreeBytes = 0;
};
MachineFacts readMachine(const QString& folder);

}  // namespace patchbay::studio
