// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

EmptyState::EmptyState(QWidget* parent) : QWidget{parent}, title_{new QLabel{this}}, hint_{new QLabel{this}} {
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(8);
  column->addStretch(2);
  for (auto* label : {title_, hint_}) {
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(label);
  }
  column->addStretch(3);
  auto font = title_->font();
  font.setPointSizeF(font.pointSizeF() * 1.2);
  font.setWeight(QFont::DemiBold);
  title_->setFont(font);
  recolour();
}

void EmptyState::setText(const QString& title, const QString& hint) {
  error_ = false;
  title_->setText(title);
  hint_->setText(hint);
  setAccessibleName(title);
  setAccessibleDescription(hint);
  recolour();
}

void EmptyState::setError(const QString& cause, const QString& hint) {
  setText(cause, hint);
  error_ = true;
  recolour();
}

QString EmptyState::text() const { return title_->text(); }

void EmptyState::recolour() {
  const auto colour = [&](QLabel* label, const QColor& text) {
    auto p = palette();
    p.setColor(QPalette::WindowText, text);
    label->setPalette(p);
  };
  colour(title_, error_ ? toneColour(Tone::Bad, palette()) : palette().color(QPalette::WindowText));
  colour(hint_, toneColour(Tone::Neutral, palette()));
}

void EmptyState::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) recolour();
}

}  // namespace patchbay::widgets
