// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/class_bars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

QString number(std::int64_t value) { return QLocale{}.toString(static_cast<qlonglong>(value)); }

}  // namespace

ClassBars::ClassBars(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("classBars"));
  setAccessibleName(tr("Balance of the classes"));
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void ClassBars::setCounts(std::vector<ClassCount> counts) {
  std::ranges::stable_partition(counts, [](const ClassCount& c) { return !c.unlabelled; });
  counts_ = std::move(counts);
  current_ = -1;
  QStringList lines;
  for (int i = 0; i < static_cast<int>(counts_.size()) && i < 50; ++i) lines << describe(i);
  setAccessibleDescription(lines.join(QLatin1Char('\n')));
  updateGeometry();
  update();
}

bool ClassBars::divided() const {
  return std::ranges::any_of(counts_, [](const ClassCount& c) { return c.train + c.validation + c.test > 0; });
}

int ClassBars::nameWidth() const {
  constexpr int shortestBar = 96;
  int widest = 0;
  for (const auto& c : counts_) widest = std::max(widest, fontMetrics().horizontalAdvance(c.name) + 1);
  // A name is cut only where the bars would have no room left.
  return std::min(widest, std::max(80, width() - figureWidth() - shortestBar)) + 12;
}

int ClassBars::figureWidth() const {
  int widest = fontMetrics().horizontalAdvance(number(1));
  for (const auto& c : counts_) widest = std::max(widest, fontMetrics().horizontalAdvance(figure(c)));
  return widest + 12;
}

QString ClassBars::figure(const ClassCount& c) const {
  return c.passing ? tr("%1 of %2", "pictures of a class").arg(number(*c.passing), number(c.total())) : number(c.total());
}

QSize ClassBars::sizeHint() const { return {360, minimumSizeHint().height()}; }

QSize ClassBars::minimumSizeHint() const {
  const int row = fontMetrics().height() + 10;
  return {220, std::max(1, static_cast<int>(counts_.size())) * row + (divided() ? row + 4 : 0)};
}

QRect ClassBars::rowRect(int row) const {
  const int height = fontMetrics().height() + 10;
  return {0, row * height, width(), height};
}

int ClassBars::rowAt(const QPoint& point) const {
  const int row = point.y() / (fontMetrics().height() + 10);
  return point.y() >= 0 && row < static_cast<int>(counts_.size()) ? row : -1;
}

QString ClassBars::describe(int row) const {
  const auto& c = counts_[static_cast<std::size_t>(row)];
  std::int64_t all = 0;
  for (const auto& one : counts_) all += one.total();
  const auto share = QLocale{}.toString(all ? 100.0 * static_cast<double>(c.total()) / static_cast<double>(all) : 0, 'f', 1);
  auto text = tr("%1: %2, %3 % of all").arg(c.name, sayCount(TR("gallery", "{n} picture(s)"), c.total()), share);
  if (c.passing) text += QLatin1Char('\n') + tr("Of these, %1 are shown").arg(number(*c.passing));
  if (divided()) {
    text += QLatin1Char('\n') + tr("Training %1, validation %2, test %3").arg(number(c.train), number(c.validation), number(c.test));
    if (c.none) text += QLatin1Char('\n') + tr("In no part: %1").arg(number(c.none));
  }
  return text;
}

void ClassBars::paintBar(QPainter& painter, int row) const {
  const auto& c = counts_[static_cast<std::size_t>(row)];
  std::int64_t most = 1;
  for (const auto& one : counts_) most = std::max(most, one.total());
  const auto rect = rowRect(row);
  const int names = nameWidth(), figures = figureWidth();
  painter.setPen(c.unlabelled ? toneColour(Tone::Neutral, palette()) : palette().color(QPalette::WindowText));
  painter.drawText(QRect{0, rect.y(), names - 8, rect.height()}, Qt::AlignVCenter | Qt::AlignRight,
                   fontMetrics().elidedText(c.name, Qt::ElideMiddle, names - 8));
  const double room = std::max(8, rect.width() - names - figures);
  const QRectF bar{static_cast<double>(names), rect.y() + 4.0, room * static_cast<double>(c.total()) / static_cast<double>(most),
                   rect.height() - 8.0};
  QPainterPath rounded;
  rounded.addRoundedRect(bar, 4, 4);
  painter.save();
  painter.setClipPath(rounded);
  double x = bar.x();
  const auto part = [&](std::int64_t n, const QColor& colour) {
    const double width = room * static_cast<double>(n) / static_cast<double>(most);
    painter.fillRect(QRectF{x, bar.y(), width, bar.height()}, colour);
    x += width;
  };
  auto plain = c.unlabelled ? toneColour(Tone::Neutral, palette()) : seriesColour(0, palette());
  if (c.unlabelled) plain.setAlphaF(0.5F);
  painter.setOpacity(c.passing ? 0.3 : 1);
  part(c.train, seriesColour(0, palette()));
  part(c.validation, seriesColour(1, palette()));
  part(c.test, seriesColour(2, palette()));
  part(c.none, divided() ? toneColour(Tone::Neutral, palette()) : plain);
  painter.setOpacity(1);
  x = bar.x();
  if (c.passing) part(std::min(*c.passing, c.total()), plain);
  painter.restore();
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(QRectF{bar.right() + 6, static_cast<double>(rect.y()), static_cast<double>(figures), static_cast<double>(rect.height())},
                   Qt::AlignVCenter | Qt::AlignLeft, figure(c));
  if (row == current_ && hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Highlight), 2});
    painter.drawRoundedRect(QRectF{rect}.adjusted(1, 1, -1, -1), 4, 4);
  }
}

void ClassBars::paintLegend(QPainter& painter) const {
  const auto metrics = fontMetrics();
  int x = nameWidth();
  const int y = static_cast<int>(counts_.size()) * (metrics.height() + 10) + 8;
  const auto entry = [&](const QString& name, const QColor& colour) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(x, y + metrics.height() / 2.0 - 5, 10, 10), 2, 2);
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(x + 16, y + metrics.ascent(), name);
    x += 16 + metrics.horizontalAdvance(name) + 16;
  };
  entry(tr("Training"), seriesColour(0, palette()));
  entry(tr("Validation"), seriesColour(1, palette()));
  entry(tr("Test"), seriesColour(2, palette()));
  if (std::ranges::any_of(counts_, [](const ClassCount& c) { return c.none > 0; }))
    entry(tr("In no part"), toneColour(Tone::Neutral, palette()));
}

void ClassBars::paintEvent(QPaintEvent* event) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  if (counts_.empty()) {
    painter.setPen(toneColour(Tone::Neutral, palette()));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("No classes: none of the pictures has a label."));
    return;
  }
  for (int row = 0; row < static_cast<int>(counts_.size()); ++row)
    if (event->rect().intersects(rowRect(row))) paintBar(painter, row);
  if (divided()) paintLegend(painter);
}

void ClassBars::setCurrent(int row) {
  current_ = std::clamp(row, -1, static_cast<int>(counts_.size()) - 1);
  if (current_ >= 0) setAccessibleDescription(describe(current_));
  update();
}

void ClassBars::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
      return setCurrent(current_ + 1);
    case Qt::Key_Up:
      return setCurrent(std::max(0, current_ - 1));
    case Qt::Key_Home:
      return setCurrent(0);
    case Qt::Key_End:
      return setCurrent(static_cast<int>(counts_.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (current_ >= 0) Q_EMIT classActivated(current_);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void ClassBars::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().toPoint());
  if (row < 0 || event->button() != Qt::LeftButton) return;
  setCurrent(row);
  Q_EMIT classActivated(row);
}

void ClassBars::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  if (current_ < 0 && event->reason() != Qt::MouseFocusReason) setCurrent(0);
  update();
}

void ClassBars::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Balance of the classes"));
  updateGeometry();
  update();
}

bool ClassBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos());
    if (row >= 0) QToolTip::showText(help->globalPos(), describe(row), this);
    else QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

}  // namespace patchbay::widgets
