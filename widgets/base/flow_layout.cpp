// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace patchbay::widgets {

FlowLayout::FlowLayout(QWidget* parent, int margin, int spacing) : QLayout{parent} {
  setContentsMargins(margin, margin, margin, margin);
  setSpacing(spacing);
}

FlowLayout::~FlowLayout() { qDeleteAll(items_); }

void FlowLayout::addItem(QLayoutItem* item) { items_.append(item); }

QLayoutItem* FlowLayout::itemAt(int index) const { return index >= 0 && index < count() ? items_.at(index) : nullptr; }

QLayoutItem* FlowLayout::takeAt(int index) { return index >= 0 && index < count() ? items_.takeAt(index) : nullptr; }

int FlowLayout::heightForWidth(int width) const { return arrange(QRect{0, 0, width, 0}, false); }

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const auto* item : items_)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  const auto m = contentsMargins();
  return size + QSize{m.left() + m.right(), m.top() + m.bottom()};
}

QSize FlowLayout::sizeHint() const {
  const auto m = contentsMargins();
  int width = 0, height = 0;
  for (const auto* item : items_) {
    if (item->isEmpty()) continue;
    width += item->sizeHint().width() + (width ? spacing() : 0);
    height = std::max(height, item->sizeHint().height());
  }
  return {width + m.left() + m.right(), height + m.top() + m.bottom()};
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const {
  const auto m = contentsMargins();
  const auto area = rect.marginsRemoved(m);
  int x = area.x(), y = area.y(), rowHeight = 0;
  QList<QPair<QLayoutItem*, QRect>> row;
  // Items of one row are centred on its line: a label beside a button sits as the eye expects.
  const auto endRow = [&] {
    for (auto& [item, place] : row) {
      place.moveTop(y + (rowHeight - place.height()) / 2);
      if (apply) item->setGeometry(place);
    }
    row.clear();
  };
  for (auto* item : items_) {
    if (item->isEmpty()) continue;
    auto size = item->sizeHint();
    size.setWidth(std::min(size.width(), std::max(area.width(), item->minimumSize().width())));
    if (!row.isEmpty() && x + size.width() > area.right() + 1) {
      endRow();
      x = area.x();
      y += rowHeight + spacing();
      rowHeight = 0;
    }
    row.append({item, QRect{QPoint{x, y}, size}});
    x += size.width() + spacing();
    rowHeight = std::max(rowHeight, size.height());
  }
  endRow();
  return y + rowHeight - rect.y() + m.bottom();
}

}  // namespace patchbay::widgets
