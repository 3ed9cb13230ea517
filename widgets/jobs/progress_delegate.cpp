// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/progress_delegate.h"

#include <QApplication>
#include <QPainter>

#include "widgets/base/theme.h"

namespace patchbay::widgets {

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyleOptionViewItem plain{option};
  initStyleOption(&plain, index);
  const auto text = plain.text;
  plain.text.clear();
  const auto* style = option.widget ? option.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &plain, painter, option.widget);

  const bool selected = option.state & QStyle::State_Selected;
  const auto tone = index.data(toneRole);
  const auto share = index.data(shareRole);
  auto rect = option.rect.adjusted(6, 0, -6, 0);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const auto colour = tone.isValid() ? toneColour(static_cast<Tone>(tone.toInt()), option.palette) : option.palette.color(QPalette::Text);
  if (tone.isValid()) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? option.palette.color(QPalette::HighlightedText) : colour);
    painter->drawEllipse(QPointF{rect.left() + 4.0, rect.center().y() + 0.5}, 4, 4);
    rect.setLeft(rect.left() + 16);
  }
  painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
  painter->setFont(plain.font);
  const bool bar = share.isValid();
  const auto words = bar ? rect.adjusted(0, 0, 0, -5) : rect;
  painter->drawText(words, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft),
                    plain.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
  if (bar) {
    const QRectF groove{static_cast<double>(rect.left()), rect.bottom() - 5.0, static_cast<double>(rect.width()), 4.0};
    painter->setPen(Qt::NoPen);
    painter->setBrush(option.palette.color(QPalette::Mid));
    painter->drawRoundedRect(groove, 2, 2);
    auto done = groove;
    const double part = share.toDouble();
    done.setWidth(part < 0 ? groove.width() * 0.12 : groove.width() * std::min(part, 1.0));
    painter->setBrush(selected ? option.palette.color(QPalette::HighlightedText) : colour);
    if (done.width() > 0) painter->drawRoundedRect(done, 2, 2);
  }
  painter->restore();
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  auto size = QStyledItemDelegate::sizeHint(option, index);
  size.setHeight(std::max(size.height(), option.fontMetrics.height() + 12));
  return size;
}

}  // namespace patchbay::widgets
