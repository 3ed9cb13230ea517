// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/label_menu.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::widgets {

namespace {

constexpr int nameRole = Qt::UserRole;

}  // namespace

QIcon swatch(const QColor& colour) {
  QPixmap out{32, 32};
  out.setDevicePixelRatio(2);
  out.fill(Qt::transparent);
  QPainter painter{&out};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawEllipse(QRectF{3, 3, 10, 10});
  return QIcon{out};
}

LabelMenu::LabelMenu(QWidget* parent)
    : QFrame{parent, Qt::Popup}, search_{new QLineEdit{this}}, list_{new QListWidget{this}}, hint_{new QLabel{this}} {
  setObjectName(QStringLiteral("labelMenu"));
  setFrameShape(QFrame::StyledPanel);
  search_->setObjectName(QStringLiteral("labelMenu.search"));
  search_->setClearButtonEnabled(true);
  search_->installEventFilter(this);
  list_->setObjectName(QStringLiteral("labelMenu.list"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setUniformItemSizes(true);
  list_->setFocusPolicy(Qt::NoFocus);
  hint_->setWordWrap(true);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(8);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  column->addWidget(hint_);
  connect(search_, &QLineEdit::textChanged, this, [this] { fill(); });
  connect(list_, &QListWidget::itemClicked, this, [this] { take(); });
  retranslate();
}

void LabelMenu::popup(QPoint global, const std::vector<DataClassInfo>& classes) {
  classes_ = classes;
  search_->clear();
  fill();
  const int rows = std::clamp(list_->count(), 4, 12);
  resize(std::max(280, sizeHint().width()), search_->sizeHint().height() + hint_->sizeHint().height() * 2 + 40 + rows * 26);
  if (const auto* screen = QApplication::screenAt(global)) {
    const auto room = screen->availableGeometry();
    global.setX(std::clamp(global.x(), room.left(), std::max(room.left(), room.right() - width())));
    if (global.y() + height() > room.bottom()) global.setY(std::max(room.top(), global.y() - height() - 8));
  }
  move(global);
  show();
  search_->setFocus(Qt::PopupFocusReason);
}

void LabelMenu::fill() {
  list_->clear();
  const auto wanted = search_->text().trimmed();
  bool known = false;
  int number = 0;
  for (const auto& c : classes_) {
    ++number;
    const auto name = fromUtf8(displayText(c.name));
    known = known || name == wanted;
    if (!name.contains(wanted, Qt::CaseInsensitive)) continue;
    const auto key = keyOf_ ? keyOf_(c.name) : number <= 9 ? QString::number(number) : QString{};
    auto* item = new QListWidgetItem{swatch(c.colour), key.isEmpty() ? name : tr("%1   (key %2)").arg(name, key)};
    item->setData(nameRole, fromUtf8(c.name));
    // What begins with the words is meant more often than what merely has them.
    if (!wanted.isEmpty() && name.startsWith(wanted, Qt::CaseInsensitive)) list_->insertItem(0, item);
    else list_->addItem(item);
  }
  if (!wanted.isEmpty() && !known) {
    auto* item = new QListWidgetItem{icon(QStringLiteral("add")), tr("New class “%1”").arg(wanted)};
    item->setData(nameRole, wanted);
    list_->addItem(item);
  }
  if (wanted.isEmpty()) {
    auto* item = new QListWidgetItem{icon(QStringLiteral("remove")), tr("No label")};
    item->setData(nameRole, QString{});
    list_->addItem(item);
  }
  list_->setCurrentRow(0);
}

void LabelMenu::take() {
  const auto* item = list_->currentItem();
  if (!item) return;
  const auto name = item->data(nameRole).toString();
  hide();
  Q_EMIT chosen(name);
}

bool LabelMenu::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Return:
      case Qt::Key_Enter:
        take();
        return true;
      case Qt::Key_Up:
      case Qt::Key_Down:
      case Qt::Key_PageUp:
      case Qt::Key_PageDown:
        QApplication::sendEvent(list_, event);
        return true;
      default:
        break;
    }
  }
  return QFrame::eventFilter(watched, event);
}

void LabelMenu::retranslate() {
  setAccessibleName(tr("Label"));
  search_->setPlaceholderText(tr("Class"));
  search_->setAccessibleName(tr("Class to label with"));
  list_->setAccessibleName(tr("Classes"));
  hint_->setText(tr("Type to find a class or to name a new one; Enter takes it."));
}

void LabelMenu::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace patchbay::widgets
