// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_load_view.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "app/studio/run/machines_panel.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

using widgets::Tone;

namespace {

constexpr int gap = 16, narrowest = 168, barHeight = 6;
constexpr double full = 0.9, nearlyFull = 0.75;

QString bytes(double mb) { return widgets::sayBytes(mb * 1024 * 1024); }

double part(double some, double all) { return all > 0 ? std::clamp(some / all, 0.0, 1.0) : 0; }

}  // namespace

std::vector<LoadBar> loadBars(const Value& load, bool slurm) {
  std::vector<LoadBar> out;
  if (!load.isMap()) return out;
  const auto number = [](double n) { return QLocale{}.toString(n, 'f', 1); };
  if (const auto& queue = load["queue"]; queue.isMap()) {
    std::int64_t ours = 0, waiting = 0;
    for (const auto& job : queue["jobs"].asList()) {
      ++ours;
      waiting += job["state"].asText() == "PENDING";
    }
    out.push_back({MachinesPanel::tr("Queue, everybody"),
                   MachinesPanel::tr("%1 run, %2 wait")
                       .arg(QLocale{}.toString(queue["running"].asInt()), QLocale{}.toString(queue["pending"].asInt())),
                   0, false});
    out.push_back(
        {MachinesPanel::tr("Queue, yours"),
         MachinesPanel::tr("%1 run, %2 wait").arg(QLocale{}.toString(qint64{ours - waiting}), QLocale{}.toString(qint64{waiting})), 0,
         false});
  }
  const auto cores = static_cast<double>(load["cores"].asInt()), busy = load["load"].asDouble();
  out.push_back({slurm ? MachinesPanel::tr("Processors of the login node") : MachinesPanel::tr("Processors"),
                 MachinesPanel::tr("%1 of %2 at work").arg(number(std::min(busy, cores)), QLocale{}.toString(qint64(cores))),
                 part(busy, cores)});
  const auto memory = static_cast<double>(load["memory_mb"].asInt()), free = static_cast<double>(load["memory_free_mb"].asInt());
  out.push_back({slurm ? MachinesPanel::tr("Memory of the login node") : MachinesPanel::tr("Memory"),
                 MachinesPanel::tr("%1 of %2 in use").arg(bytes(std::max(0.0, memory - free)), bytes(memory)),
                 part(memory - free, memory)});
  for (const auto& gpu : load["gpus"].asList()) {
    const auto used = static_cast<double>(gpu["used_mb"].asInt()), all = static_cast<double>(gpu["memory_mb"].asInt());
    out.push_back({widgets::fromUtf8(gpu["name"].asText()).trimmed(),
                   MachinesPanel::tr("%1 at work, %2 of %3")
                       .arg(widgets::sayPercent(static_cast<double>(gpu["busy"].asInt()) / 100, 0), bytes(used), bytes(all)),
                   std::max(part(static_cast<double>(gpu["busy"].asInt()), 100), part(used, all))});
  }
  if (load["gpus"].isList() && load["gpus"].asList().empty() && !slurm)
    out.push_back({MachinesPanel::tr("GPU"), MachinesPanel::tr("none"), 0, false});
  // How large the disk is nobody asked; how much is free counts.
  if (load.contains("free_bytes"))
    out.push_back({MachinesPanel::tr("Disk"),
                   MachinesPanel::tr("%1 free").arg(widgets::sayBytes(static_cast<double>(load["free_bytes"].asInt()))), 0, false});
  return out;
}

MachineLoadView::MachineLoadView(QWidget* parent) : QWidget{parent} {
  auto policy = sizePolicy();
  policy.setHorizontalPolicy(QSizePolicy::Expanding);
  policy.setVerticalPolicy(QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void MachineLoadView::setBars(std::vector<LoadBar> bars, bool old) {
  const bool other = bars.size() != bars_.size();
  bars_ = std::move(bars);
  old_ = old;
  QStringList words;
  for (const auto& bar : bars_) words << MachinesPanel::tr("%1: %2").arg(bar.what, bar.figures);
  setAccessibleDescription(words.join(QLatin1Char('\n')));
  setVisible(!bars_.empty());
  if (other) updateGeometry();
  update();
}

int MachineLoadView::columns(int width) const {
  const int cellWidth = std::max(narrowest, fontMetrics().averageCharWidth() * 26);
  return std::clamp((width + gap) / (cellWidth + gap), 1, std::max(1, static_cast<int>(bars_.size())));
}

int MachineLoadView::cellHeight() const { return fontMetrics().height() * 2 + barHeight + 8; }

int MachineLoadView::heightForWidth(int width) const {
  const int n = columns(width), rows = (static_cast<int>(bars_.size()) + n - 1) / n;
  return rows * cellHeight() + std::max(0, rows - 1) * 8;
}

QSize MachineLoadView::sizeHint() const { return {narrowest * 2 + gap, heightForWidth(narrowest * 2 + gap)}; }
QSize MachineLoadView::minimumSizeHint() const { return {80, cellHeight()}; }

QRect MachineLoadView::cell(std::size_t index) const {
  const int n = columns(width()), w = (width() - (n - 1) * gap) / n, i = static_cast<int>(index);
  return {(i % n) * (w + gap), (i / n) * (cellHeight() + 8), w, cellHeight()};
}

void MachineLoadView::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  const auto line = fontMetrics().height();
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const auto& bar = bars_[i];
    const auto at = cell(i);
    const auto elided = [&](const QString& words) { return fontMetrics().elidedText(words, Qt::ElideRight, at.width()); };
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(QRect{at.left(), at.top(), at.width(), line}, Qt::AlignVCenter, elided(bar.what));
    painter.setPen(old_ ? toneColour(Tone::Neutral, palette()) : palette().color(QPalette::WindowText));
    painter.drawText(QRect{at.left(), at.top() + line, at.width(), line}, Qt::AlignVCenter, elided(bar.figures));
    if (!bar.bar) continue;
    const QRectF ground{at.left() + 0.5, at.top() + 2.0 * line + 3.5, at.width() - 1.0, barHeight - 1.0};
    painter.setPen(QPen{widgets::outlineColour(palette()), 1});
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(ground, 3, 3);
    if (bar.share <= 0) continue;
    const auto tone = old_ ? Tone::Neutral : bar.share >= full ? Tone::Bad : bar.share >= nearlyFull ? Tone::Warning : Tone::Accent;
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColour(tone, palette()));
    auto filled = ground;
    filled.setWidth(std::max(4.0, ground.width() * bar.share));
    painter.drawRoundedRect(filled, 3, 3);
  }
}

bool MachineLoadView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    for (std::size_t i = 0; i < bars_.size(); ++i)
      if (cell(i).contains(help->pos())) {
        QToolTip::showText(help->globalPos(), MachinesPanel::tr("%1: %2").arg(bars_[i].what, bars_[i].figures), this);
        return true;
      }
    QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

}  // namespace patchbay::studio
