// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/breadcrumbs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "widgets/base/say.h"
#include "widgets/canvas/view_core.h"

namespace patchbay::widgets {

Breadcrumbs::Breadcrumbs(CanvasView& view, QWidget* parent) : QWidget{parent}, view_{view}, layout_{new QHBoxLayout{this}} {
  setObjectName(QStringLiteral("canvas.breadcrumbs"));
  layout_->setContentsMargins(8, 4, 8, 4);
  layout_->setSpacing(4);
  connect(&view, &CanvasView::levelChanged, this, &Breadcrumbs::rebuild);
  rebuild();
}

void Breadcrumbs::rebuild() {
  while (auto* item = layout_->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
  const auto path = view_.openGroups();
  setAccessibleName(tr("Open groups"));
  setVisible(!path.empty());
  const auto add = [&](const QString& text, const std::string& level, bool last) {
    auto* button = new QToolButton{this};
    button->setObjectName(QStringLiteral("canvas.breadcrumb.%1").arg(layout_->count() / 2));
    button->setText(fontMetrics().elidedText(text, Qt::ElideRight, 220));
    button->setToolTip(last ? tr("%1 is open").arg(text) : tr("Go back to %1").arg(text));
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    auto font = button->font();
    font.setBold(last);
    button->setFont(font);
    // The buttons go with the level they led to: later, not while one of them is being clicked.
    connect(
        button, &QToolButton::clicked, this, [this, level] { view_.openGroup(level); }, Qt::QueuedConnection);
    layout_->addWidget(button);
  };
  add(tr("Pipeline"), {}, path.empty());
  for (std::size_t i = 0; i < path.size(); ++i) {
    layout_->addWidget(new QLabel{QStringLiteral("›"), this});
    const auto* group = view_.core().document().group(path[i]);
    add(group && !group->title.empty() ? sayWritten(group->title) : tr("Group"), path[i], i + 1 == path.size());
  }
  layout_->addStretch(1);
}

void Breadcrumbs::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) rebuild();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::widgets
