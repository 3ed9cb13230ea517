// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/hint_card.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

HintCard::HintCard(CanvasView& view) : QFrame{view.viewport()}, view_{view} {
  setObjectName(QStringLiteral("canvas.hint"));
  setFrameShape(QFrame::NoFrame);
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(24, 20, 24, 20);
  layout->setSpacing(8);
  title_ = new QLabel{this};
  text_ = new QLabel{this};
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::RichText);
  add_ = new QPushButton{this};
  add_->setObjectName(QStringLiteral("canvas.hint.add"));
  add_->setFocusPolicy(Qt::TabFocus);
  layout->addWidget(title_);
  layout->addWidget(text_);
  layout->addSpacing(4);
  layout->addWidget(add_, 0, Qt::AlignLeft);
  connect(add_, &QPushButton::clicked, this, [this] { view_.core().requestAdd(QRectF{view_.viewport()->rect()}.center()); });
  setMinimumWidth(380);
  retranslate();
  hide();
}

void HintCard::retranslate() {
  title_->setText(QStringLiteral("<b style='font-size:large'>%1</b>").arg(tr("An empty canvas").toHtmlEscaped()));
  const auto item = [](const QString& text) { return QStringLiteral("<li style='margin-top:5px'>%1</li>").arg(text); };
  text_->setText(QStringLiteral("<ul style='margin-left:-24px'>%1%2%3</ul>")
                     .arg(item(tr("Drop a folder of pictures here: the names of its sub-folders become the classes.")),
                          item(tr("Press <b>Space</b> or double-click to add a block; drag from a port to link it.")),
                          item(tr("Or open a template: File, New from template."))));
  add_->setText(tr("Add a block"));
  setAccessibleName(tr("How to begin"));
  adjustSize();
}

void HintCard::place() {
  const auto& document = view_.core().document();
  const bool empty = document.nodes().empty() && document.notes().empty() && document.groups().empty();
  setVisible(empty && !view_.isReadOnly());
  if (!empty) return;
  const auto& c = view_.core().colours;
  setStyleSheet(
      QStringLiteral(
          "patchbay--widgets--HintCard{background:%1;border:1px solid %2;border-radius:8px} QLabel{color:%3;background:transparent}")
          .arg(c.card.name(), c.edge.name(), c.text.name()));
  resize(std::max(sizeHint().width(), 420), heightForWidth(std::max(sizeHint().width(), 420)));
  move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 2);
}

void HintCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QFrame::changeEvent(event);
}

}  // namespace patchbay::widgets
