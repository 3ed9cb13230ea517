// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/load_strip.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/plot_colours.h"

namespace patchbay::widgets {

/// One small curve: name, figure of now, shares over time.
struct LoadStrip::Row {
  QString name, now;
  std::vector<QPointF> points;  ///< Seconds and share, 0 to 1.
};

LoadStrip::LoadStrip(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("loadStrip"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  describe();
}

void LoadStrip::append(const LoadSample& sample) {
  const bool gpuBefore = !samples_.empty() && samples_.back().gpu;
  samples_.push_back(sample);
  while (samples_.size() > 2 && samples_.front().seconds < sample.seconds - span_ - 5) samples_.pop_front();
  if (sample.gpu.has_value() != gpuBefore) updateGeometry();
  describe();
  update();
}

void LoadStrip::clear() {
  samples_.clear();
  describe();
  update();
}

void LoadStrip::setSpan(double seconds) {
  span_ = seconds;
  update();
}

std::vector<LoadStrip::Row> LoadStrip::rows() const {
  std::vector<Row> out;
  if (samples_.empty()) return out;
  const auto& last = samples_.back();
  const auto percent = [](double share) { return sayPercent(std::clamp(share, 0.0, 1.0), 0); };
  const auto curve = [&](auto share) {
    std::vector<QPointF> points;
    for (const auto& s : samples_) points.emplace_back(s.seconds - last.seconds, std::clamp(share(s), 0.0, 1.0));
    return points;
  };
  const auto memory = [](double used, double total) { return tr("%1 of %2").arg(sayBytes(used), sayBytes(total)); };
  out.push_back({tr("Processor"), percent(last.processor), curve([](const auto& s) { return s.processor; })});
  out.push_back({tr("Memory"), memory(last.memoryBytes, last.memoryTotal),
                 curve([](const auto& s) { return s.memoryTotal > 0 ? s.memoryBytes / s.memoryTotal : 0; })});
  if (last.gpu) {
    out.push_back({tr("GPU"), percent(*last.gpu), curve([](const auto& s) { return s.gpu.value_or(0); })});
    out.push_back({tr("GPU memory"), memory(last.gpuMemoryBytes, last.gpuMemoryTotal),
                   curve([](const auto& s) { return s.gpuMemoryTotal > 0 ? s.gpuMemoryBytes / s.gpuMemoryTotal : 0; })});
  }
  return out;
}

QSize LoadStrip::sizeHint() const { return {480, 24 + 2 * fontMetrics().height()}; }
QSize LoadStrip::minimumSizeHint() const { return {200, sizeHint().height()}; }

void LoadStrip::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  const auto all = rows();
  if (all.empty()) {
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(rect().adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("How busy the machine is appears here while a job runs."));
    return;
  }
  const double gap = 16, width = (this->width() - gap * (static_cast<double>(all.size()) - 1)) / static_cast<double>(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    paintRow(painter, QRectF(static_cast<double>(i) * (width + gap), 0, width, height()), all[i]);
}

void LoadStrip::paintRow(QPainter& painter, const QRectF& rect, const Row& row) const {
  const auto metrics = fontMetrics();
  const double line = metrics.height();
  const int nowWidth = metrics.horizontalAdvance(row.now);
  painter.setPen(toneColour(Tone::Neutral, palette()));
  painter.drawText(QRectF{rect.x(), rect.y(), rect.width() - nowWidth - 8, line}, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(row.name, Qt::ElideRight, static_cast<int>(rect.width()) - nowWidth - 8));
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(QRectF{rect.x(), rect.y(), rect.width(), line}, Qt::AlignRight | Qt::AlignVCenter, row.now);
  const QRectF area{rect.x() + 0.5, rect.y() + line + 4, rect.width() - 1, rect.height() - line - 6};
  painter.setPen(QPen{mixColours(palette().color(QPalette::Window), palette().color(QPalette::Text), 0.2), 1});
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawRoundedRect(area, 4, 4);
  const auto place = [&](const QPointF& p) {
    return QPointF{area.right() + p.x() / span_ * area.width(), area.bottom() - 1 - p.y() * (area.height() - 2)};
  };
  QPainterPath top;
  for (std::size_t i = 0; i < row.points.size(); ++i) i ? top.lineTo(place(row.points[i])) : top.moveTo(place(row.points[i]));
  auto filled = top;
  filled.lineTo(area.right(), area.bottom());
  filled.lineTo(place(row.points.front()).x(), area.bottom());
  filled.closeSubpath();
  painter.save();
  painter.setClipRect(area.adjusted(1, 1, -1, -1));
  auto colour = toneColour(Tone::Accent, palette());
  painter.setPen(QPen{colour, 1.5});
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(top);
  colour.setAlphaF(0.15F);
  painter.fillPath(filled, colour);
  painter.restore();
}

void LoadStrip::describe() {
  QStringList parts;
  for (const auto& row : rows()) parts << tr("%1: %2").arg(row.name, row.now);
  setAccessibleName(tr("Load of this machine"));
  setAccessibleDescription(parts.join(QLatin1Char('\n')));
  setToolTip(parts.join(QLatin1Char('\n')));
}

void LoadStrip::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) describe();
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

}  // namespace patchbay::widgets
