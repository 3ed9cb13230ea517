// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/queue_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <map>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/progress_delegate.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::widgets {

namespace {

constexpr int runRole = Qt::UserRole + 1, stepRole = Qt::UserRole + 2, nodeRole = Qt::UserRole + 3;
constexpr int mostRuns = 30;

QToolButton* makeButton(QWidget* parent, const char* name, const QString& iconName) {
  auto* button = new QToolButton{parent};
  button->setObjectName(QLatin1String{name});
  button->setIcon(icon(iconName));
  button->setIconSize({20, 20});
  button->setAutoRaise(true);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  return button;
}

}  // namespace

struct QueuePanel::Impl {
  QueuePanel& panel;
  const RunBook& book;
  const Catalogue& catalogue;
  QTimer timer;
  QTreeWidget* tree = nullptr;
  QLabel* empty = nullptr;
  QToolButton *keep = nullptr, *interrupt = nullptr, *log = nullptr;

  Impl(QueuePanel& p, const RunBook& b, const Catalogue& c) : panel{p}, book{b}, catalogue{c} {}

  const RunView* selected() const {
    const auto* item = tree->currentItem();
    if (!item) return nullptr;
    return book.find(toUtf8(item->data(0, runRole).toString()));
  }

  void retranslate() {
    tree->setHeaderLabels({QueuePanel::tr("Run"), QueuePanel::tr("State"), QueuePanel::tr("Time")});
    tree->setAccessibleName(QueuePanel::tr("Runs and their blocks"));
    empty->setText(QueuePanel::tr("Nothing has run yet. Press Run (Ctrl+Enter): every block that runs is listed here with its progress."));
    keep->setText(QueuePanel::tr("Stop and keep"));
    interrupt->setText(QueuePanel::tr("Interrupt"));
    log->setText(QueuePanel::tr("Log"));
    log->setToolTip(QueuePanel::tr("Shows what the selected block said while it ran"));
    draw();
  }

  void updateButtons() {
    const auto* run = selected();
    const bool live = run && run->live();
    keep->setEnabled(live && !run->stopping);
    interrupt->setEnabled(live);
    log->setEnabled(tree->currentItem() != nullptr);
    keep->setToolTip(live ? QueuePanel::tr("Ends training soon and keeps the best model so far; what follows still runs")
                          : QueuePanel::tr("Choose a run in progress first"));
    interrupt->setToolTip(
        live ? QueuePanel::tr("Ends the run now; finished blocks keep their results, training goes on from its last checkpoint next time")
             : QueuePanel::tr("Choose a run in progress first"));
    for (auto* button : {keep, interrupt, log}) button->setStatusTip(button->toolTip());
  }

  void drawStep(QTreeWidgetItem& item, const RunView& run, const StepView& step) {
    item.setText(0, sayStep(run, step.name, catalogue));
    item.setToolTip(0, QueuePanel::tr("%1\nOn the command line: %2").arg(item.text(0), fromUtf8(step.name)));
    item.setData(0, runRole, fromUtf8(run.id));
    item.setData(0, stepRole, fromUtf8(step.id));
    item.setData(0, nodeRole, fromUtf8(step.node.text));
    const auto state = sayState(run, step, catalogue);
    item.setText(1, state);
    item.setToolTip(1, state);
    item.setData(1, ProgressDelegate::toneRole, static_cast<int>(toneOf(step.state)));
    const bool runs = step.state == StepState::Running;
    item.setData(1, ProgressDelegate::shareRole,
                 !runs            ? QVariant{}
                 : step.total > 0 ? QVariant{static_cast<double>(step.done) / static_cast<double>(step.total)}
                                  : QVariant{-1.0});
    item.setText(2, step.state == StepState::Ran && step.seconds > 0 ? sayDuration(step.seconds) : QString{});
  }

  void draw() {
    const auto runs = book.runs();
    empty->setVisible(runs.empty());
    tree->setVisible(!runs.empty());
    std::map<QString, QTreeWidgetItem*> there;
    for (int i = 0; i < tree->topLevelItemCount(); ++i) there[tree->topLevelItem(i)->data(0, runRole).toString()] = tree->topLevelItem(i);
    int place = 0;
    for (const auto* run : runs) {
      if (place >= mostRuns) break;
      const auto id = fromUtf8(run->id);
      auto*& item = there[id];
      if (!item) {
        item = new QTreeWidgetItem;
        item->setData(0, runRole, id);
        tree->insertTopLevelItem(place, item);
        auto font = tree->font();
        font.setBold(true);
        item->setFont(0, font);
        item->setExpanded(run->live());
        if (run->live()) tree->setCurrentItem(item);
      }
      ++place;
      item->setText(0, QueuePanel::tr("%1, %2").arg(sayTitle(*run), sayWhen(run->started)));
      item->setToolTip(0, item->text(0));
      item->setText(1, sayState(*run, catalogue));
      item->setToolTip(1, item->text(1));
      item->setData(1, ProgressDelegate::toneRole, static_cast<int>(toneOf(*run)));
      item->setData(1, ProgressDelegate::shareRole,
                    run->live() && !run->steps.empty()
                        ? QVariant{static_cast<double>(run->endedSteps()) / static_cast<double>(run->steps.size())}
                        : QVariant{});
      item->setText(2, run->seconds ? sayDuration(*run->seconds) : QString{});
      for (int i = 0; i < static_cast<int>(run->steps.size()); ++i) {
        if (i >= item->childCount()) item->addChild(new QTreeWidgetItem);
        drawStep(*item->child(i), *run, run->steps[static_cast<std::size_t>(i)]);
      }
      while (item->childCount() > static_cast<int>(run->steps.size())) delete item->takeChild(item->childCount() - 1);
    }
    updateButtons();
  }
};

QueuePanel::QueuePanel(const RunBook& book, const Catalogue& catalogue, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(*this, book, catalogue)} {
  setObjectName(QStringLiteral("jobs.queue"));
  auto& d = *impl_;
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(8, 8, 8, 8);
  auto* row = new QHBoxLayout;
  d.keep = makeButton(this, "jobs.keep", QStringLiteral("stop-keep"));
  d.interrupt = makeButton(this, "jobs.interrupt", QStringLiteral("interrupt"));
  d.log = makeButton(this, "jobs.log", QStringLiteral("log"));
  for (auto* button : {d.keep, d.interrupt, d.log}) row->addWidget(button);
  row->addStretch();
  column->addLayout(row);
  d.tree = new QTreeWidget{this};
  d.tree->setObjectName(QStringLiteral("jobs.tree"));
  d.tree->setColumnCount(3);
  d.tree->setUniformRowHeights(true);
  d.tree->setFrameShape(QFrame::NoFrame);
  d.tree->setItemDelegateForColumn(1, new ProgressDelegate{d.tree});
  d.tree->header()->setStretchLastSection(false);
  d.tree->header()->setSectionResizeMode(0, QHeaderView::Interactive);
  d.tree->header()->setSectionResizeMode(1, QHeaderView::Stretch);
  d.tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  d.tree->header()->resizeSection(0, 260);
  column->addWidget(d.tree, 1);
  d.empty = new QLabel{this};
  d.empty->setWordWrap(true);
  d.empty->setAlignment(Qt::AlignCenter);
  d.empty->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(d.empty, 1);
  d.timer.setSingleShot(true);
  d.timer.setInterval(100);
  connect(&d.timer, &QTimer::timeout, this, [this] { impl_->draw(); });
  connect(d.tree, &QTreeWidget::currentItemChanged, this, [this] { impl_->updateButtons(); });
  connect(d.tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
    const auto run = item->data(0, runRole).toString(), step = item->data(0, stepRole).toString();
    if (step.isEmpty()) return;
    Q_EMIT blockActivated(NodeId{toUtf8(item->data(0, nodeRole).toString())}, run);
    Q_EMIT resultsRequested(run, step);
  });
  const auto stop = [this](bool keep) {
    if (const auto* run = impl_->selected()) Q_EMIT stopRequested(fromUtf8(run->id), keep);
  };
  connect(d.keep, &QToolButton::clicked, this, [stop] { stop(true); });
  connect(d.interrupt, &QToolButton::clicked, this, [stop] { stop(false); });
  connect(d.log, &QToolButton::clicked, this, [this] {
    if (const auto* item = impl_->tree->currentItem())
      Q_EMIT logRequested(item->data(0, runRole).toString(), item->data(0, stepRole).toString());
  });
  d.retranslate();
}

QueuePanel::~QueuePanel() = default;

void QueuePanel::refresh() {
  if (!impl_->timer.isActive()) impl_->timer.start();
}

void QueuePanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::widgets
