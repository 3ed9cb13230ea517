// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStyledItemDelegate>

namespace patchbay::widgets {

/// Draws a cell of the queue: a dot in the colour of its state, the words, and a thin bar below while something runs.
class ProgressDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  static constexpr int shareRole = Qt::UserRole + 20;  ///< double 0 to 1; below 0: runs, share not known; unset: no bar.
  static constexpr int toneRole = Qt::UserRole + 21;   ///< int of Tone; unset: no dot.

  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace patchbay::widgets
