// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/hit_list.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

enum Role { Help = Qt::UserRole + 1, Side, CategoryIndex, Marks, Disabled, Data };

constexpr int tile = 28;
constexpr int pad = 8;

QFont smaller(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.9);
  return font;
}

QFont bold(QFont font) {
  font.setBold(true);
  return font;
}

class HitDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {0, option.fontMetrics.height() + QFontMetrics{smaller(option.font)}.height() + 14};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool chosen = option.state & QStyle::State_Selected, off = !index.data(Disabled).toString().isEmpty();
    const auto& palette = option.palette;
    if (chosen || option.state & QStyle::State_MouseOver) {
      painter->setPen(Qt::NoPen);
      auto colour = palette.color(QPalette::Highlight);
      if (!chosen) colour.setAlphaF(0.12F);
      painter->setBrush(colour);
      painter->drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6);
    }
    auto box = option.rect.adjusted(pad, 6, -pad, -6);
    drawIcon(painter, option, index, {box.left(), box.center().y() - tile / 2 + 1, tile, tile});
    box.setLeft(box.left() + tile + pad);
    const auto strong =
        chosen ? palette.color(QPalette::HighlightedText) : palette.color(off ? QPalette::Disabled : QPalette::Active, QPalette::Text);
    const auto weak = chosen ? strong : toneColour(Tone::Neutral, palette);
    // The side text has its place first; the title takes what is left.
    const auto side = index.data(Side).toString();
    painter->setFont(smaller(option.font));
    const int sideWidth = side.isEmpty() ? 0 : std::min(painter->fontMetrics().horizontalAdvance(side) + pad, box.width() / 2);
    painter->setPen(weak);
    const QRect top{box.left(), box.top(), box.width(), option.fontMetrics.height()};
    painter->drawText(top, Qt::AlignRight | Qt::AlignVCenter, painter->fontMetrics().elidedText(side, Qt::ElideRight, sideWidth));
    drawTitle(painter, option, index, top.adjusted(0, 0, -sideWidth, 0), strong);
    painter->setFont(smaller(option.font));
    painter->setPen(off && !chosen ? toneColour(Tone::Warning, palette) : weak);
    const QRect below{box.left(), top.bottom() + 2, box.width(), painter->fontMetrics().height()};
    const auto help = off ? index.data(Disabled).toString() : index.data(Help).toString();
    painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(help, Qt::ElideRight, below.width()));
    painter->restore();
  }

 private:
  static void drawIcon(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& box) {
    const auto category = index.data(CategoryIndex);
    if (category.isValid()) return drawCategoryTile(*painter, box, static_cast<Category>(category.toInt()), option.palette, option.font);
    const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
    icon.paint(painter, box.adjusted(4, 4, -4, -4), Qt::AlignCenter,
               option.state & QStyle::State_Selected ? QIcon::Selected : QIcon::Normal);
  }
  /// The title with the characters that matched in bold.
  static void drawTitle(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& box,
                        const QColor& colour) {
    const auto title = index.data().toString();
    const auto marks = index.data(Marks).value<QList<int>>();
    painter->setPen(colour);
    const auto plain = option.font, heavy = bold(option.font);
    if (marks.isEmpty() || QFontMetrics{heavy}.horizontalAdvance(title) > box.width()) {
      painter->setFont(plain);
      painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics{plain}.elidedText(title, Qt::ElideRight, box.width()));
      return;
    }
    int x = box.left();
    for (int i = 0; i < title.size();) {
      const bool marked = marks.contains(i);
      int end = i;
      while (end < title.size() && marks.contains(end) == marked) ++end;
      const auto part = title.mid(i, end - i);
      painter->setFont(marked ? heavy : plain);
      painter->drawText(QRect{x, box.top(), box.right() - x + 1, box.height()}, Qt::AlignLeft | Qt::AlignVCenter, part);
      x += painter->fontMetrics().horizontalAdvance(part);
      i = end;
    }
  }
};

}  // namespace

void drawCategoryTile(QPainter& painter, const QRect& box, Category category, const QPalette& palette, const QFont& font) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(categoryColour(category, palette));
  painter.drawRoundedRect(box, box.width() / 4.5, box.width() / 4.5);
  const int edge = box.width() * 5 / 8;
  auto picture = categoryIcon(category).pixmap(edge, edge);
  if (picture.isNull()) {
    painter.setPen(Qt::white);
    painter.setFont(bold(font));
    painter.drawText(box, Qt::AlignCenter, categoryTitle(category).left(1));
    return;
  }
  QPainter tint{&picture};
  tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
  tint.fillRect(picture.rect(), Qt::white);
  tint.end();
  painter.drawPixmap(QRect{box.center().x() - edge / 2 + 1, box.center().y() - edge / 2 + 1, edge, edge}, picture);
}

QIcon categoryTileIcon(Category category, const QPalette& palette) {
  QPixmap picture{48, 48};
  picture.fill(Qt::transparent);
  QPainter p{&picture};
  drawCategoryTile(p, picture.rect(), category, palette, QFont{});
  p.end();
  // As it is also where it is selected or disabled.
  QIcon out{picture};
  out.addPixmap(picture, QIcon::Selected);
  return out;
}

HitList::HitList(QWidget* parent) : QListView{parent}, model_{new QStandardItemModel{this}} {
  setModel(model_);
  setItemDelegate(new HitDelegate{this});
  setUniformItemSizes(true);
  setEditTriggers(NoEditTriggers);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  setMouseTracking(true);
  setSelectionMode(SingleSelection);
  connect(this, &QListView::clicked, this, &HitList::take);
}

void HitList::setHits(const std::vector<ListHit>& hits) {
  model_->clear();
  for (const auto& hit : hits) {
    auto* item = new QStandardItem{hit.title};
    item->setData(hit.help, Help);
    item->setData(hit.side, Side);
    if (hit.category) item->setData(static_cast<int>(*hit.category), CategoryIndex);
    item->setIcon(hit.icon);
    item->setData(QVariant::fromValue(QList<int>{hit.marks.begin(), hit.marks.end()}), Marks);
    item->setData(hit.disabled, Disabled);
    item->setData(hit.data, Data);
    item->setToolTip(hit.disabled.isEmpty() ? hit.help : hit.disabled);
    item->setAccessibleText(hit.title);
    item->setAccessibleDescription(hit.disabled.isEmpty() ? hit.help : hit.disabled);
    model_->appendRow(item);
  }
  int first = 0;
  while (first < static_cast<int>(hits.size()) && !hits[static_cast<std::size_t>(first)].disabled.isEmpty()) ++first;
  if (!hits.empty()) setCurrentIndex(model_->index(first < static_cast<int>(hits.size()) ? first : 0, 0));
  scrollToTop();
}

int HitList::hitCount() const { return model_->rowCount(); }

int HitList::heightOf(int rows) const {
  QStyleOptionViewItem option;
  initViewItemOption(&option);
  return rows * itemDelegate()->sizeHint(option, {}).height() + 2 * frameWidth();
}

void HitList::follow(QLineEdit* search) { search->installEventFilter(this); }

void HitList::take() {
  const auto index = currentIndex();
  if (index.isValid()) Q_EMIT taken(index.data(Data), index.data(Disabled).toString());
}

void HitList::move(int by, bool page) {
  const int n = model_->rowCount();
  if (n == 0) return;
  const int row = currentIndex().isValid() ? currentIndex().row() : -1;
  // Single steps go round, pages stop at the ends.
  const int to = page ? std::clamp(row + by, 0, n - 1) : (row + by + n) % n;
  setCurrentIndex(model_->index(to, 0));
}

bool HitList::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const int pageRows = std::max(1, viewport()->height() / std::max(1, heightOf(1)) - 1);
    switch (key->key()) {
      case Qt::Key_Down:
        return move(1, false), true;
      case Qt::Key_Up:
        return move(-1, false), true;
      case Qt::Key_PageDown:
        return move(pageRows, true), true;
      case Qt::Key_PageUp:
        return move(-pageRows, true), true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        return take(), true;
      default:
        break;
    }
  }
  return QListView::eventFilter(watched, event);
}

void HitList::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return take();
  QListView::keyPressEvent(event);
}

}  // namespace patchbay::widgets
