// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/machine_load.h"

#include <unistd.h>

#include <QFile>
#include <QStorageInfo>
#include <chrono>
#include <filesystem>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

QByteArray readAll(const char* path) {
  QFile file{QLatin1String{path}};
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

/// "MemTotal:  24000 kB" in bytes.
double memoryLine(const QByteArray& meminfo, const char* name) {
  const auto at = meminfo.indexOf(name);
  return at < 0 ? 0 : meminfo.mid(at + static_cast<qsizetype>(qstrlen(name))).trimmed().split(' ').first().toDouble() * 1024;
}

}  // namespace

MachineLoad::MachineLoad(QObject* parent) : QObject{parent} {
  timer_.setInterval(1000);
  connect(&timer_, &QTimer::timeout, this, &MachineLoad::sample);
}

void MachineLoad::setActive(bool active) {
  if (active == timer_.isActive()) return;
  if (!active) return timer_.stop();
  busyBefore_ = allBefore_ = 0;
  timer_.start();
  sample();
}

void MachineLoad::sample() {
  // /proc answers from memory: this does not wait for a disk.
  const auto fields = readAll("/proc/stat").split('\n').first().simplified().split(' ');
  quint64 all = 0, idle = 0;
  for (int i = 1; i < fields.size() && i <= 8; ++i) {
    all += fields[i].toULongLong();
    if (i == 4 || i == 5) idle += fields[i].toULongLong();
  }
  const auto meminfo = readAll("/proc/meminfo");
  const auto total = memoryLine(meminfo, "MemTotal:");
  widgets::LoadSample sample;
  sample.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  if (allBefore_ > 0 && all > allBefore_)
    sample.processor = 1 - static_cast<double>(idle - busyBefore_) / static_cast<double>(all - allBefore_);
  sample.memoryBytes = total - memoryLine(meminfo, "MemAvailable:");
  sample.memoryTotal = total;
  const bool first = allBefore_ == 0;
  allBefore_ = all;
  busyBefore_ = idle;
  if (!first) Q_EMIT sampled(sample);
}

MachineFacts readMachine(const QString& folder) {
  MachineFacts facts;
  for (const auto& line : readAll("/proc/cpuinfo").split('\n'))
    if (line.startsWith("model name")) {
      facts.processor = QString::fromUtf8(line.mid(line.indexOf(':') + 1)).simplified();
      break;
    }
  facts.cores = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  facts.memoryBytes = memoryLine(readAll("/proc/meminfo"), "MemTotal:");
  const auto run = runProgram({"nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"}, {}, std::chrono::seconds{10});
  if (run && run->code == 0) {
    facts.gpu = widgets::fromUtf8(displayText(run->out.substr(0, run->out.find('\n'))));
    std::error_code ec;
    facts.gpuReady = std::filesystem::exists(cacheFolder() / "deps" / "torch-2.11.0" / "nvidia" / "cudnn", ec) ||
                     std::filesystem::exists(programFolder().parent_path() / "lib" / "patchbay" / "libtorch_cuda.so", ec);
  }
  auto there = folder;
  while (!QFile::exists(there) && there.size() > 1) there = there.left(std::max<qsizetype>(1, there.lastIndexOf(QLatin1Char('/'))));
  facts.diskFreeBytes = static_cast<double>(QStorageInfo{there}.bytesAvailable());
  return facts;
}

}  // namespace patchbay::studio
