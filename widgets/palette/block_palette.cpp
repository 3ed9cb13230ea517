// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/block_palette.h"

#include <QDrag>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <map>
#include <set>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/palette/hit_list.h"

namespace patchbay::widgets {

namespace {

constexpr int typeRole = Qt::UserRole + 1;

/// The tree, whose rows are dragged as blocks.
class BlockTree final : public QTreeWidget {
 public:
  using QTreeWidget::QTreeWidget;

 protected:
  QStringList mimeTypes() const override { return {QLatin1String{blockMimeType}}; }
  QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override {
    if (items.isEmpty() || items.first()->data(0, typeRole).toString().isEmpty()) return nullptr;
    auto* dragged = new QMimeData;
    dragged->setData(QLatin1String{blockMimeType}, items.first()->data(0, typeRole).toString().toUtf8());
    return dragged;
  }
  void startDrag(Qt::DropActions) override {
    auto* dragged = mimeData(selectedItems());
    if (!dragged) return;
    auto* drag = new QDrag{this};
    drag->setMimeData(dragged);
    drag->setPixmap(ghost(*selectedItems().first()));
    drag->setHotSpot({12, 12});
    drag->exec(Qt::CopyAction);
  }

 private:
  /// What hangs on the pointer: the block's title on its colour.
  QPixmap ghost(const QTreeWidgetItem& item) const {
    const auto text = fontMetrics().elidedText(item.text(0), Qt::ElideRight, 220);
    const QSize size{fontMetrics().horizontalAdvance(text) + 48, 36};
    QPixmap picture{size * devicePixelRatioF()};
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter p{&picture};
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen{palette().color(QPalette::Mid), 1});
    p.setBrush(palette().color(QPalette::Base));
    p.drawRoundedRect(QRectF{QPointF{}, size}.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    item.icon(0).paint(&p, 6, 6, 24, 24);
    p.setPen(palette().color(QPalette::Text));
    p.setFont(font());
    p.drawText(QRect{38, 0, size.width() - 42, size.height()}, Qt::AlignVCenter, text);
    return picture;
  }
};

}  // namespace

struct BlockPalette::Impl {
  BlockPalette* q;
  const Catalogue* catalogue;
  QLineEdit* search;
  BlockTree* tree;
  QLabel* nothing;
  std::set<Category> closed;
  bool told = false;  ///< Which blocks there are; until then none is known.

  void fill() {
    const auto query = search->text().trimmed();
    const auto current = q->currentType();
    tree->clear();
    std::map<Category, QTreeWidgetItem*> heads;
    QTreeWidgetItem* best = nullptr;
    const auto hits = findBlocks(*catalogue, query);
    for (const auto& hit : hits) heads.emplace(hit.schema->info.category, nullptr);
    for (auto& [category, head] : heads) {
      head = new QTreeWidgetItem{tree, {categoryTitle(category)}};
      head->setFlags(Qt::ItemIsEnabled);
      auto f = tree->font();
      f.setBold(true);
      head->setFont(0, f);
      head->setForeground(0, toneColour(Tone::Neutral, tree->palette()));
      head->setData(0, Qt::UserRole, static_cast<int>(category));
    }
    for (const auto& hit : hits) {
      const auto& info = hit.schema->info;
      auto* item = new QTreeWidgetItem{heads[info.category], {say(info.title)}};
      item->setIcon(0, categoryTileIcon(info.category, tree->palette()));
      item->setToolTip(0, say(info.summary));
      item->setStatusTip(0, say(info.summary));
      item->setData(0, typeRole, fromUtf8(info.id));
      item->setData(0, Qt::AccessibleDescriptionRole, say(info.summary));
      item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
      if (fromUtf8(info.id) == current || (!best && !query.isEmpty())) best = item;
    }
    for (const auto& [category, head] : heads) {
      const bool open = !query.isEmpty() || closed.count(category) == 0;
      head->setExpanded(open);
    }
    if (best) tree->setCurrentItem(best);
    tree->setVisible(!hits.empty());
    nothing->setVisible(hits.empty());
    nothing->setText(!query.isEmpty() ? BlockPalette::tr("No block matches: %1").arg(query)
                     : told           ? BlockPalette::tr("No blocks are installed.")
                                      : BlockPalette::tr("The blocks are being looked up…"));
  }
  void add(const QTreeWidgetItem* item) {
    const auto type = item ? item->data(0, typeRole).toString() : QString{};
    if (type.isEmpty()) return;
    rememberBlock(toUtf8(type));
    Q_EMIT q->addRequested(type);
  }
  void retranslate() {
    search->setPlaceholderText(BlockPalette::tr("Search blocks"));
    search->setAccessibleName(BlockPalette::tr("Search blocks"));
    tree->setAccessibleName(BlockPalette::tr("Blocks by category"));
    tree->setToolTip({});
    q->setAccessibleName(BlockPalette::tr("Blocks"));
    fill();
  }
};

BlockPalette::BlockPalette(const Catalogue& catalogue, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>()} {
  setObjectName(QStringLiteral("blockPalette"));
  impl_->q = this;
  impl_->catalogue = &catalogue;
  impl_->told = !catalogue.blocks().empty();
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(8);
  impl_->search = new QLineEdit{this};
  impl_->search->setObjectName(QStringLiteral("blockPalette.search"));
  impl_->search->setClearButtonEnabled(true);
  impl_->search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  impl_->search->installEventFilter(this);
  impl_->tree = new BlockTree{this};
  impl_->tree->setObjectName(QStringLiteral("blockPalette.tree"));
  impl_->tree->setHeaderHidden(true);
  impl_->tree->setIndentation(12);
  impl_->tree->setIconSize({22, 22});
  impl_->tree->setFrameShape(QFrame::NoFrame);
  impl_->tree->setDragEnabled(true);
  impl_->tree->setDragDropMode(QAbstractItemView::DragOnly);
  impl_->tree->setExpandsOnDoubleClick(false);
  impl_->tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  impl_->tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  impl_->tree->setTextElideMode(Qt::ElideRight);
  impl_->tree->setStyleSheet(QStringLiteral("QTreeView::item { padding: 4px 0px; }"));
  impl_->tree->installEventFilter(this);
  impl_->nothing = new QLabel{this};
  impl_->nothing->setWordWrap(true);
  impl_->nothing->setAlignment(Qt::AlignCenter);
  layout->addWidget(impl_->search);
  layout->addWidget(impl_->tree, 1);
  layout->addWidget(impl_->nothing, 1);
  connect(impl_->search, &QLineEdit::textChanged, this, [this] { impl_->fill(); });
  connect(impl_->tree, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) { impl_->add(item); });
  connect(impl_->tree, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem* item) {
    if (item->childCount() > 0) item->setExpanded(!item->isExpanded());
  });
  const auto remember = [this](const QTreeWidgetItem* item, bool open) {
    if (!impl_->search->text().trimmed().isEmpty()) return;
    const auto category = static_cast<Category>(item->data(0, Qt::UserRole).toInt());
    if (open) impl_->closed.erase(category);
    else impl_->closed.insert(category);
  };
  connect(impl_->tree, &QTreeWidget::itemExpanded, this, [remember](QTreeWidgetItem* item) { remember(item, true); });
  connect(impl_->tree, &QTreeWidget::itemCollapsed, this, [remember](QTreeWidgetItem* item) { remember(item, false); });
  impl_->retranslate();
}

BlockPalette::~BlockPalette() = default;

void BlockPalette::setCatalogue(const Catalogue& catalogue) {
  impl_->catalogue = &catalogue;
  impl_->told = true;
  impl_->fill();
}

QString BlockPalette::currentType() const {
  const auto* item = impl_->tree->currentItem();
  return item ? item->data(0, typeRole).toString() : QString{};
}

bool BlockPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && impl_->tree->currentItem()) return impl_->add(impl_->tree->currentItem()), true;
    if (watched == impl_->search && key->key() == Qt::Key_Down) {
      impl_->tree->setFocus(Qt::TabFocusReason);
      return true;
    }
    if (watched == impl_->search && key->key() == Qt::Key_Escape && !impl_->search->text().isEmpty()) return impl_->search->clear(), true;
    if (key->key() == Qt::Key_F1 && !currentType().isEmpty()) {
      Q_EMIT helpRequested(currentType());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void BlockPalette::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange) impl_->fill();
}

}  // namespace patchbay::widgets
