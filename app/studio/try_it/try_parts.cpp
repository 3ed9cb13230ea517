// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/try_it/try_parts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolTip>
#include <algorithm>

#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::Tone;

namespace {

constexpr int gap = 8;

}  // namespace

ScoreBars::ScoreBars(QWidget* parent) : QWidget{parent} {
  setObjectName(QStringLiteral("try.scores"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFocusPolicy(Qt::TabFocus);
}

void ScoreBars::setScores(std::vector<Score> scores) {
  std::ranges::stable_sort(scores, std::greater{}, &Score::value);
  scores_ = std::move(scores);
  setAccessibleName(tr("Scores"));
  QStringList words;
  for (const auto& one : scores_) words << tr("%1: %2").arg(one.name, widgets::sayPercent(one.value));
  setAccessibleDescription(words.join(QStringLiteral(", ")));
  updateGeometry();
  update();
}

int ScoreBars::rowHeight() const { return fontMetrics().height() + 6; }
QSize ScoreBars::sizeHint() const { return {280, static_cast<int>(scores_.size()) * rowHeight()}; }
QSize ScoreBars::minimumSizeHint() const { return {160, sizeHint().height()}; }

void ScoreBars::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  // The likeliest class is written bold, so everything is measured bold.
  auto widest = font();
  widest.setBold(true);
  const QFontMetrics metrics{widest};
  const int numbers = metrics.horizontalAdvance(widgets::sayPercent(1.0));
  int names = 0;
  for (const auto& one : scores_) names = std::max(names, metrics.horizontalAdvance(one.name) + 4);
  names = std::min(names, width() * 2 / 5);
  const int bar = std::max(24, width() - names - numbers - 2 * gap);
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    const auto& one = scores_[i];
    const int y = static_cast<int>(i) * rowHeight(), height = rowHeight();
    auto rowFont = font();
    rowFont.setBold(one.said);
    painter.setFont(rowFont);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect{0, y, names, height}, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics{rowFont}.elidedText(one.name, Qt::ElideRight, names));
    const QRectF back{static_cast<qreal>(names + gap), y + height / 2.0 - 5, static_cast<qreal>(bar), 10};
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Midlight));
    painter.drawRoundedRect(back, 3, 3);
    auto front = back;
    front.setWidth(back.width() * std::clamp(one.value, 0.0, 1.0));
    painter.setBrush(toneColour(one.said ? Tone::Accent : Tone::Neutral, palette()));
    if (front.width() >= 1) painter.drawRoundedRect(front, std::min(3.0, front.width() / 2), 3);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect{width() - numbers, y, numbers, height}, Qt::AlignVCenter | Qt::AlignRight, widgets::sayPercent(one.value));
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Highlight), 1});
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

bool ScoreBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y()) / rowHeight());
    if (row < scores_.size())
      QToolTip::showText(help->globalPos(), tr("%1: %2").arg(scores_[row].name, widgets::sayPercent(scores_[row].value)), this);
    return true;
  }
  return QWidget::event(event);
}

void ScoreBars::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setScores(scores_);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

Remark::Remark(const QString& name, QWidget* parent)
    : QFrame{parent}, mark_{new QLabel{this}}, text_{new QLabel{this}}, action_{new QPushButton{this}} {
  setObjectName(name);
  text_->setObjectName(name + QStringLiteral(".text"));
  action_->setObjectName(name + QStringLiteral(".action"));
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  // The button below the words: beside them nothing is left in a narrow panel.
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(14, 8, 10, 8);
  row->setSpacing(gap);
  row->addWidget(mark_, 0, Qt::AlignTop);
  auto* column = new QVBoxLayout;
  column->setSpacing(gap);
  column->addWidget(text_);
  column->addWidget(action_, 0, Qt::AlignLeft);
  row->addLayout(column, 1);
  connect(action_, &QPushButton::clicked, this, &Remark::actionWanted);
  hide();
}

void Remark::say(Tone tone, const QString& text, const QString& action) {
  tone_ = tone;
  text_->setText(text);
  setAccessibleName(text);
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
  showMark();
  setVisible(!text.isEmpty());
  fitHeight();
  update();
}

QString Remark::text() const { return text_->text(); }

/// A scroll area asks its page for the least height only: without this it would take it from sentences of several lines.
void Remark::fitHeight() { setMinimumHeight(std::max(0, layout()->totalHeightForWidth(width()))); }

void Remark::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fitHeight();
}

void Remark::showMark() {
  const auto name = tone_ == Tone::Bad       ? QStringLiteral("error")
                    : tone_ == Tone::Warning ? QStringLiteral("warning")
                    : tone_ == Tone::Good    ? QStringLiteral("ok")
                                             : QStringLiteral("info");
  mark_->setPixmap(widgets::icon(name).pixmap(20, 20));
}

void Remark::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(palette().color(QPalette::Mid));
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toneColour(tone_, palette()));
  painter.drawRoundedRect(QRectF{0, 0, 5, static_cast<qreal>(height())}, 2, 2);
}

void Remark::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    showMark();
    update();
  }
}

}  // namespace patchbay::studio
