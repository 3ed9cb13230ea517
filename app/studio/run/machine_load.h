// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>
#include <string_view>

#include "widgets/plots/load_strip.h"

class QProcess;

namespace patchbay::studio {

/// How busy the GPUs are, together.
struct GpuLoad {
  double share = 0;  ///< 0 to 1, mean of all.
  double memoryBytes = 0, memoryTotal = 0;
};
/// Reads "utilization.gpu, memory.used, memory.total" of nvidia-smi, a line a GPU: "37, 1024, 81559" in % and MiB. Nothing for what is
/// no such answer; a GPU that does not tell its load ("[N/A]") counts as idle.
std::optional<GpuLoad> gpuLoadFrom(std::string_view answer);

/// Reads how busy this machine is once a second, while somebody looks or something runs.
class MachineLoad : public QObject {
  Q_OBJECT

 public:
  explicit MachineLoad(QObject* parent = nullptr);
  void setActive(bool active);
  /// Another program in the place of nvidia-smi: for tests.
  void setGpuProgram(const QString& program) { gpuProgram_ = program; }

 Q_SIGNALS:
  void sampled(const patchbay::widgets::LoadSample& sample);

 private:
  void sample();
  void askGpu();
  QTimer timer_;
  QProcess* gpu_ = nullptr;  ///< nvidia-smi while it is asked; it may take a second.
  bool noGpu_ = false;       ///< It is not there, or did not understand: not asked again.
  std::optional<GpuLoad> gpuNow_;
  QString gpuProgram_ = QStringLiteral("nvidia-smi");
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
