// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/wrapped_rows.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QTreeView>

namespace patchbay::widgets {

namespace {

constexpr int margin = 4, iconRoom = 4, narrowest = 40;

class Wrapping final : public QStyledItemDelegate {
 public:
  explicit Wrapping(QTreeView& tree) : QStyledItemDelegate{&tree}, tree_{tree} {}

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    auto hint = QStyledItemDelegate::sizeHint(option, index);
    const auto text = index.data(Qt::DisplayRole).toString();
    // A column that is as wide as its texts has no width to fit them in.
    if (text.isEmpty() || tree_.header()->sectionResizeMode(index.column()) == QHeaderView::ResizeToContents) return hint;
    int width = tree_.columnWidth(index.column()) - 2 * margin;
    if (index.column() == 0)
      for (auto at = index; at.isValid(); at = at.parent()) width -= tree_.rootIsDecorated() || at != index ? tree_.indentation() : 0;
    if (!index.data(Qt::DecorationRole).isNull()) width -= tree_.style()->pixelMetric(QStyle::PM_SmallIconSize) + iconRoom;
    const auto lines =
        option.fontMetrics.boundingRect({0, 0, std::max(narrowest, width), 10'000}, Qt::TextWrapAnywhere | Qt::TextWordWrap, text);
    hint.setHeight(std::max(hint.height(), lines.height() + 2 * margin));
    return hint;
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->features |= QStyleOptionViewItem::WrapText;
    option->textElideMode = Qt::ElideNone;
    option->displayAlignment = (option->displayAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter;
  }

 private:
  QTreeView& tree_;
};

}  // namespace

void wrapRows(QTreeView& tree) {
  tree.setUniformRowHeights(false);
  tree.setWordWrap(true);
  tree.setItemDelegate(new Wrapping{tree});
  auto* later = new QTimer{&tree};
  later->setSingleShot(true);
  later->setInterval(0);
  QObject::connect(later, &QTimer::timeout, &tree, [&tree] { tree.doItemsLayout(); });
  QObject::connect(tree.header(), &QHeaderView::sectionResized, later, [later](int, int before, int now) {
    if (before != now) later->start();
  });
}

}  // namespace patchbay::widgets
