// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/pipeline_tabs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

#include "widgets/base/theme.h"

namespace patchbay::studio {

PipelineTabs::PipelineTabs(QWidget* parent) : QWidget{parent}, bar_{new QTabBar{this}}, fresh_{new QToolButton{this}} {
  setObjectName(QStringLiteral("tabs"));
  bar_->setObjectName(QStringLiteral("tabs.bar"));
  bar_->setDocumentMode(true);
  bar_->setDrawBase(false);
  bar_->setExpanding(false);
  bar_->setMovable(true);
  bar_->setTabsClosable(true);
  bar_->setElideMode(Qt::ElideRight);
  bar_->setUsesScrollButtons(true);
  bar_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  bar_->installEventFilter(this);
  fresh_->setObjectName(QStringLiteral("tabs.new"));
  fresh_->setIcon(widgets::icon(QStringLiteral("add")));
  fresh_->setIconSize({16, 16});
  fresh_->setAutoRaise(true);
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(4, 2, 4, 0);
  row->setSpacing(4);
  row->addWidget(bar_);
  row->addWidget(fresh_);
  row->addStretch(1);
  connect(bar_, &QTabBar::currentChanged, this, &PipelineTabs::chosen);
  connect(bar_, &QTabBar::tabCloseRequested, this, &PipelineTabs::closeWanted);
  connect(bar_, &QTabBar::tabMoved, this, &PipelineTabs::moved);
  connect(fresh_, &QToolButton::clicked, this, &PipelineTabs::newWanted);
  retranslate();
}

void PipelineTabs::retranslate() {
  bar_->setAccessibleName(tr("Open pipelines of the project"));
  fresh_->setToolTip(tr("Another pipeline in this project"));
  fresh_->setStatusTip(fresh_->toolTip());
  fresh_->setAccessibleName(fresh_->toolTip());
}

void PipelineTabs::insert(int index, const QString& title, const QString& file) {
  const QSignalBlocker quiet{bar_};
  bar_->insertTab(index, QString{});
  describe(index, title, file, false);
}

void PipelineTabs::remove(int index) {
  const QSignalBlocker quiet{bar_};
  bar_->removeTab(index);
}

void PipelineTabs::clear() {
  while (bar_->count() > 0) remove(bar_->count() - 1);
}

void PipelineTabs::select(int index) {
  const QSignalBlocker quiet{bar_};
  bar_->setCurrentIndex(index);
}

void PipelineTabs::describe(int index, const QString& title, const QString& file, bool modified) {
  auto shown = title;
  shown.replace(QLatin1Char('&'), QLatin1String{"&&"});
  if (modified) shown.prepend(QStringLiteral("● "));
  if (bar_->tabText(index) != shown) bar_->setTabText(index, shown);
  bar_->setTabToolTip(index, modified ? tr("%1\nNot saved").arg(file) : file);
  bar_->setTabData(index, title);
  if (auto* close = bar_->tabButton(index, QTabBar::RightSide)) {
    close->setToolTip(tr("Close %1").arg(title));
    close->setAccessibleName(close->toolTip());
  }
}

int PipelineTabs::count() const { return bar_->count(); }
int PipelineTabs::current() const { return bar_->currentIndex(); }
QString PipelineTabs::title(int index) const { return bar_->tabData(index).toString(); }

void PipelineTabs::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

/// The middle button closes, as in browsers.
bool PipelineTabs::eventFilter(QObject* watched, QEvent* event) {
  if (watched == bar_ && event->type() == QEvent::MouseButtonRelease) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (const int index = bar_->tabAt(mouse->position().toPoint()); mouse->button() == Qt::MiddleButton && index >= 0) {
      Q_EMIT closeWanted(index);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace patchbay::studio
