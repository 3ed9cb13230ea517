// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/add_menu.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/palette/hit_list.h"

namespace patchbay::widgets {

struct AddMenu::Impl {
  AddMenu* q;
  const Catalogue* catalogue;
  std::optional<PortFilter> filter;
  QLabel* heading;
  QLineEdit* search;
  HitList* list;
  QLabel* nothing;
  bool took = false;

  void fill() {
    const auto query = search->text().trimmed();
    std::vector<ListHit> hits;
    for (const auto& found : findBlocks(*catalogue, query, filter, recentBlocks())) {
      const auto& info = found.schema->info;
      hits.push_back(
          {say(info.title), say(info.summary), categoryTitle(info.category), info.category, {}, found.titleMarks, {}, fromUtf8(info.id)});
    }
    list->setHits(hits);
    list->setVisible(!hits.empty());
    nothing->setVisible(hits.empty());
    if (hits.empty())
      nothing->setText(query.isEmpty() ? AddMenu::tr("No block fits this port.")
                       : filter        ? AddMenu::tr("No block that fits matches: %1").arg(query)
                                       : AddMenu::tr("No block matches: %1").arg(query));
  }
  void retranslate() {
    heading->setText(!filter              ? AddMenu::tr("Add a block")
                     : filter->fromOutput ? AddMenu::tr("Add a block that takes this")
                                          : AddMenu::tr("Add a block that gives this"));
    search->setPlaceholderText(AddMenu::tr("Search blocks"));
    search->setAccessibleName(AddMenu::tr("Search blocks"));
    list->setAccessibleName(AddMenu::tr("Blocks"));
    q->setAccessibleName(heading->text());
  }
  /// Where the whole menu is on the screen, beside the pointer.
  QPoint placeFor(const QPoint& global) const {
    const auto* screen = QApplication::screenAt(global) ? QApplication::screenAt(global) : QApplication::primaryScreen();
    const auto area = screen->availableGeometry();
    QPoint at = global;
    at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - q->width())));
    at.setY(std::clamp(at.y(), area.top(), std::max(area.top(), area.bottom() - q->height())));
    return at;
  }
};

AddMenu::AddMenu(const Catalogue& catalogue, QWidget* parent) : QFrame{parent, Qt::Popup}, impl_{std::make_unique<Impl>()} {
  setObjectName(QStringLiteral("addMenu"));
  setFrameShape(QFrame::StyledPanel);
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(6);
  impl_->q = this;
  impl_->catalogue = &catalogue;
  impl_->heading = new QLabel{this};
  impl_->search = new QLineEdit{this};
  impl_->list = new HitList{this};
  impl_->nothing = new QLabel{this};
  impl_->heading->setForegroundRole(QPalette::PlaceholderText);
  impl_->search->setObjectName(QStringLiteral("addMenu.search"));
  impl_->search->setClearButtonEnabled(true);
  impl_->search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  impl_->list->setObjectName(QStringLiteral("addMenu.list"));
  impl_->list->setFocusPolicy(Qt::NoFocus);
  impl_->nothing->setObjectName(QStringLiteral("addMenu.nothing"));
  impl_->nothing->setWordWrap(true);
  impl_->nothing->setAlignment(Qt::AlignCenter);
  impl_->nothing->setMinimumHeight(64);
  layout->addWidget(impl_->heading);
  layout->addWidget(impl_->search);
  layout->addWidget(impl_->list, 1);
  layout->addWidget(impl_->nothing, 1);
  impl_->list->follow(impl_->search);
  setFocusProxy(impl_->search);
  impl_->search->installEventFilter(this);
  connect(impl_->search, &QLineEdit::textChanged, this, [this] { impl_->fill(); });
  connect(impl_->list, &HitList::taken, this, [this](const QVariant& type) {
    if (impl_->took) return;
    impl_->took = true;
    rememberBlock(toUtf8(type.toString()));
    hide();
    Q_EMIT chosen(type.toString());
  });
}

AddMenu::~AddMenu() = default;

void AddMenu::setCatalogue(const Catalogue& catalogue) {
  impl_->catalogue = &catalogue;
  if (isVisible()) impl_->fill();
}

void AddMenu::popup(const QPoint& global, std::optional<PortFilter> filter) {
  impl_->filter = std::move(filter);
  impl_->took = false;
  impl_->search->clear();
  impl_->retranslate();
  impl_->fill();
  const int rows = std::clamp(impl_->list->hitCount(), 3, 8);
  resize(std::max(360, fontMetrics().averageCharWidth() * 58),
         impl_->list->heightOf(rows) + impl_->search->sizeHint().height() + impl_->heading->sizeHint().height() + 30);
  move(impl_->placeFor(global));
  show();
  impl_->search->setFocus(Qt::PopupFocusReason);
}

bool AddMenu::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    hide();
    return true;
  }
  return QFrame::eventFilter(watched, event);
}

void AddMenu::hideEvent(QHideEvent* event) {
  QFrame::hideEvent(event);
  if (!event->spontaneous() && !impl_->took) {
    impl_->took = true;
    Q_EMIT dismissed();
  }
}

void AddMenu::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && isVisible()) {  // Otherwise when it comes up.
    impl_->retranslate();
    impl_->fill();
  }
}

}  // namespace patchbay::widgets
