// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_load.h"

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
  if (gpuNow_) {
    sample.gpu = gpuNow_->share;
    sample.gpuMemoryBytes = gpuNow_->memoryBytes;
    sample.gpuMemoryTotal = gpuNow_->memoryTotal;
  }
  askGpu();
  if (!first) Q_EMIT sampled(sample);
}

/// Asks without waiting; what it answers is in the next sample.
void MachineLoad::askGpu() {
  if (gpu_ || noGpu_) return;
  const auto program = QStandardPaths::findExecutable(gpuProgram_);
  if (program.isEmpty()) {
    noGpu_ = true;
    return;
  }
  gpu_ = new QProcess{this};
  connect(gpu_, &QProcess::finished, this, [this](int code) {
    const auto answer = gpu_->readAllStandardOutput();
    gpuNow_ = code == 0 ? gpuLoadFrom({answer.constData(), static_cast<std::size_t>(answer.size())}) : std::nullopt;
    noGpu_ = !gpuNow_;
    gpu_->deleteLater();
    gpu_ = nullptr;
  });
  connect(gpu_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error != QProcess::FailedToStart) return;
    noGpu_ = true;
    gpu_->deleteLater();
    gpu_ = nullptr;
  });
  gpu_->start(program,
              {QStringLiteral("--query-gpu=utilization.gpu,memory.used,memory.total"), QStringLiteral("--format=csv,noheader,nounits")});
}

std::optional<GpuLoad> gpuLoadFrom(std::string_view answer) {
  GpuLoad out;
  int gpus = 0;
  for (const auto& line :
       QString::fromUtf8(answer.data(), static_cast<qsizetype>(answer.size())).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    const auto fields = line.split(QLatin1Char(','));
    if (fields.size() != 3) return std::nullopt;
    bool used = false, total = false;
    out.memoryBytes += fields[1].trimmed().toDouble(&used) * 1024 * 1024;
    out.memoryTotal += fields[2].trimmed().toDouble(&total) * 1024 * 1024;
    if (!used || !total) return std::nullopt;
    out.share += fields[0].trimmed().toDouble() / 100;
    ++gpus;
  }
  if (gpus == 0) return std::nullopt;
  out.share /= gpus;
  return out;
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
