// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/machine_load.h"

#include <unistd.h>

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <chrono>

#include "engine/base/processor.h"
#include "engine/run/full_disk.h"
#include "engine/service/graphics_card.h"
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
  facts.processor = widgets::fromUtf8(processorName()).simplified();
  facts.cores = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  facts.memoryBytes = memoryLine(readAll("/proc/meminfo"), "MemTotal:");
  if (const auto card = graphicsCard()) {
    facts.gpu = widgets::fromUtf8(card->name);
    facts.gpuReady = card->librariesInstalled;
  }
  facts.diskFreeBytes = static_cast<double>(freeBytesAt(widgets::toUtf8(folder)));
  return facts;
}

}  // namespace patchbay::studio
