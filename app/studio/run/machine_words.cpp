// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_words.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <functional>

#include "app/studio/run/machines_panel.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::Tone;

namespace {

QString text(const Value& value) { return widgets::fromUtf8(value.asText()); }
QString gigabytes(std::int64_t mb) { return QLocale{}.toString(static_cast<double>(mb) / 1024, 'f', 1); }

/// Drawn twice as large for sharp screens, and once more for rows that are chosen, whose ground has the colour of one of them.
QIcon drawn(const std::function<void(QPainter&, const QColor&)>& draw, const QColor& colour, const QPalette& palette) {
  QIcon icon;
  for (const auto mode : {QIcon::Normal, QIcon::Selected})
    for (const int scale : {1, 2}) {
      const auto ink = mode == QIcon::Normal ? colour : palette.color(QPalette::HighlightedText);
      QPixmap map{16 * scale, 16 * scale};
      map.fill(Qt::transparent);
      QPainter painter{&map};
      painter.setRenderHint(QPainter::Antialiasing);
      painter.scale(scale, scale);
      painter.setPen(QPen{ink, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
      painter.setBrush(Qt::NoBrush);
      draw(painter, ink);
      painter.end();
      map.setDevicePixelRatio(scale);
      icon.addPixmap(map, mode);
    }
  return icon;
}

}  // namespace

QStringList machineLines(const Value& facts) {
  QStringList out;
  out << MachinesPanel::tr("System: %1, glibc %2").arg(text(facts["system"]), text(facts["glibc"]));
  out << MachinesPanel::tr("Processor: %1 cores, load %2")
             .arg(QLocale{}.toString(facts["cores"].asInt()), QLocale{}.toString(facts["load"].asDouble(), 'f', 1));
  out << MachinesPanel::tr("Memory: %1 GB, disk: %2 GB free")
             .arg(gigabytes(facts["memory_mb"].asInt()), gigabytes(facts["free_bytes"].asInt() >> 20));
  if (facts["gpus"].asList().empty()) out << MachinesPanel::tr("GPUs: none");
  for (const auto& gpu : facts["gpus"].asList())
    out << MachinesPanel::tr("GPU: %1, %2 GB").arg(text(gpu["name"]), gigabytes(gpu["memory_mb"].asInt()));
  if (facts.contains("gpu_error"))
    out << MachinesPanel::tr("The GPU cannot be computed on: %1 Run `app/setup/install --gpu` there.")
               .arg(widgets::say(errorFromValue(facts["gpu_error"]).cause));
  if (const auto ahead = facts["time"].asInt() - MachineBook::now(); facts["time"].asInt() > 0 && std::abs(ahead) > 60)
    out << (ahead > 0 ? MachinesPanel::tr("Its clock is %1 ahead; nothing depends on it.")
                      : MachinesPanel::tr("Its clock is %1 behind; nothing depends on it."))
               .arg(widgets::sayDuration(static_cast<double>(std::abs(ahead))));
  if (const auto& version = facts["slurm"]["version"]; version.isText()) out << MachinesPanel::tr("Cluster: %1").arg(text(version));
  for (const auto& p : facts["slurm"]["partitions"].asList())
    out << MachinesPanel::tr("Partition %1 (%2): %3 node(s), time %4, %5")
               .arg(text(p["name"]), text(p["state"]), text(p["nodes"]), text(p["time"]), text(p["gres"]));
  QStringList accounts;
  for (const auto& account : facts["slurm"]["accounts"].asList()) accounts << text(account);
  if (!accounts.isEmpty()) out << MachinesPanel::tr("Accounts: %1").arg(accounts.join(QStringLiteral(", ")));
  return out;
}

QString sayAge(qint64 seconds) {
  if (seconds < 10) return MachinesPanel::tr("just now");
  if (seconds < 120) return MachinesPanel::tr("%n second(s) ago", nullptr, static_cast<int>(seconds));
  if (seconds < 2 * 3600) return MachinesPanel::tr("%n minute(s) ago", nullptr, static_cast<int>(seconds / 60));
  if (seconds < 2 * 86400) return MachinesPanel::tr("%n hour(s) ago", nullptr, static_cast<int>(seconds / 3600));
  return MachinesPanel::tr("%n day(s) ago", nullptr, static_cast<int>(seconds / 86400));
}

int goingJobs(const Value& jobs) {
  return static_cast<int>(std::ranges::count_if(jobs.asList(), [](const Value& job) { return job["state"].asText() != "ended"; }));
}

QString sayMachine(const SeenMachine& machine, qint64 now) {
  const auto age = sayAge(now - machine.seen);
  switch (machine.state()) {
    case MachineState::NotAsked:
      if (machine.asking) return MachinesPanel::tr("Asking…");
      return machine.seen > 0 ? MachinesPanel::tr("Last seen %1").arg(age) : MachinesPanel::tr("Not asked yet");
    case MachineState::Away:
      return machine.seen > 0 ? MachinesPanel::tr("Not reached; last seen %1").arg(age) : MachinesPanel::tr("Not reached");
    case MachineState::NoWorker:
      return MachinesPanel::tr("Answers; the worker is not there yet");
    case MachineState::Wrong:
      return MachinesPanel::tr("Something is to be mended");
    case MachineState::Busy:
    case MachineState::Ready:
      break;
  }
  const int jobs = goingJobs(machine.jobs);
  const bool busy = machine.state() == MachineState::Busy;
  if (jobs == 0) return busy ? MachinesPanel::tr("Busy") : MachinesPanel::tr("Ready");
  return busy ? MachinesPanel::tr("Busy, %n job(s) of ours", nullptr, jobs) : MachinesPanel::tr("Ready, %n job(s) of ours", nullptr, jobs);
}

QString sayKind(const SeenMachine& machine) {
  if (machine.host.isEmpty()) return MachinesPanel::tr("Slurm cluster, from this machine");
  return (machine.slurm ? MachinesPanel::tr("Slurm cluster at %1") : MachinesPanel::tr("GPU box at %1")).arg(machine.host);
}

QString sayJobState(const Value& job) {
  const auto& state = job["state"].asText();
  if (state == "running") return MachinesPanel::tr("runs");
  if (state == "ended") return MachinesPanel::tr("is over");
  if (state == "pending" && !job["reason"].asText().empty())
    return MachinesPanel::tr("in the queue (%1)").arg(widgets::fromUtf8(displayText(job["reason"].asText())));
  return state == "pending" ? MachinesPanel::tr("in the queue") : MachinesPanel::tr("waits");
}

QString sayClock(qint64 seconds) {
  if (seconds <= 0) return {};
  const auto when = QDateTime::fromSecsSinceEpoch(seconds);
  const auto time = QLocale{}.toString(when.time(), QStringLiteral("HH:mm"));
  if (when.date() == QDate::currentDate()) return time;
  return QStringLiteral("%1 %2").arg(QLocale{}.toString(when.date(), QLocale::ShortFormat), time);
}

Tone toneOf(MachineState state) {
  switch (state) {
    case MachineState::Ready:
      return Tone::Good;
    case MachineState::Busy:
      return Tone::Busy;
    case MachineState::NoWorker:
      return Tone::Warning;
    case MachineState::Away:
    case MachineState::Wrong:
      return Tone::Bad;
    case MachineState::NotAsked:
      break;
  }
  return Tone::Neutral;
}

QIcon machineIcon(MachineState state, const QPalette& palette) {
  const auto colour = toneColour(toneOf(state), palette);
  return drawn(
      [&](QPainter& p, const QColor& ink) {
        switch (state) {
          case MachineState::NotAsked:
            p.drawEllipse(QPointF{8, 8}, 5, 5);
            break;
          case MachineState::Ready:
            p.setBrush(ink);
            p.drawEllipse(QPointF{8, 8}, 5, 5);
            break;
          case MachineState::Busy:
            p.drawEllipse(QPointF{8, 8}, 5, 5);
            p.setBrush(ink);
            p.drawPie(QRectF{3, 3, 10, 10}, 90 * 16, -270 * 16);
            break;
          case MachineState::NoWorker:
          case MachineState::Wrong:
            p.drawPolygon(QPolygonF{{8, 3}, {14, 13}, {2, 13}});
            p.drawLine(QPointF{8, 7}, QPointF{8, 9.5});
            break;
          case MachineState::Away:
            p.drawLine(QPointF{4, 4}, QPointF{12, 12});
            p.drawLine(QPointF{12, 4}, QPointF{4, 12});
            break;
        }
      },
      colour, palette);
}

QIcon jobIcon(const Value& job, const QPalette& palette) {
  const auto& state = job["state"].asText();
  const bool runs = state == "running", ended = state == "ended";
  const auto colour = toneColour(runs ? Tone::Busy : ended ? Tone::Good : Tone::Waiting, palette);
  return drawn(
      [&](QPainter& p, const QColor& ink) {
        if (runs) {
          p.setBrush(ink);
          p.drawPolygon(QPolygonF{{5, 3}, {13, 8}, {5, 13}});
        } else if (ended) {
          p.drawPolyline(QPolygonF{{3, 8.5}, {6.5, 12}, {13, 4.5}});
        } else {
          p.drawEllipse(QPointF{8, 8}, 5, 5);
          p.drawPolyline(QPolygonF{{8, 5.5}, {8, 8}, {10, 9}});
        }
      },
      colour, palette);
}

QString commandIn(const QString& hint) {
  const auto from = hint.indexOf(QLatin1Char('`'));
  const auto to = from < 0 ? -1 : hint.indexOf(QLatin1Char('`'), from + 1);
  if (to <= from + 1) return {};
  const auto command = hint.mid(from + 1, to - from - 1);
  // Where something is still to be filled in nothing can be typed as it stands; `Host x` is a line of a file.
  return command.contains(QStringLiteral("...")) || command.front().isUpper() ? QString{} : command;
}

}  // namespace patchbay::studio
