// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/history_panel.h"

#include <QAbstractItemDelegate>
#include <QCoreApplication>
#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/gallery/data_item.h"

namespace patchbay::widgets {

namespace {

constexpr std::int64_t batch = 100, mostDiffItems = 2000;
constexpr int mostLabelLines = 12;

QString ofLabel(const std::string& label) {
  return label.empty() ? QCoreApplication::translate("gallery", "No label") : fromUtf8(displayText(label));
}

}  // namespace

RevisionInfo revisionFromValue(const Value& value) {
  RevisionInfo out;
  out.id = value["revision"].asText();
  out.number = value["number"].asInt();
  out.atMs = value["at"].asInt();
  out.changed = value["changed"].asInt();
  out.items = value["items"].asInt();
  out.unlabelled = value["unlabelled"].asInt();
  out.what = textFromValue(value["what"]);
  out.author = value["author"].asText();
  out.name = value["name"].asText();
  return out;
}

QString sayRevision(const RevisionInfo& revision) {
  if (!revision.name.empty()) return fromUtf8(displayText(revision.name));
  return QCoreApplication::translate("gallery", "Revision %1").arg(QLocale{}.toString(qlonglong{revision.number}));
}

QString sayDifference(const Value& diff) {
  std::int64_t labels = 0;
  for (const auto& one : diff["labels"].asList()) labels += one["count"].asInt();
  QStringList parts;
  const auto part = [&](Text text, std::int64_t n) {
    if (n > 0) parts << sayCount(std::move(text), n);
  };
  part(TR("gallery", "{n} picture(s) added"), diff["added"].asInt());
  part(TR("gallery", "{n} picture(s) removed"), diff["removed"].asInt());
  part(TR("gallery", "{n} label(s) changed"), labels);
  part(TR("gallery", "{n} picture(s) in another part"), diff["splits"].asInt());
  if (parts.isEmpty()) part(TR("gallery", "{n} picture(s) changed"), diff["changed"].asInt());
  if (parts.isEmpty()) return QCoreApplication::translate("gallery", "Nothing has changed");
  return parts.join(QCoreApplication::translate("gallery", ", "));
}

struct HistoryPanel::Impl {
  HistoryPanel& self;
  EngineAccess& engine;
  std::vector<RevisionInfo> revisions;
  Value diff;
  std::unique_ptr<QObject> asking, comparing;
  bool more = true, readOnly = false, filling = false;

  QTreeWidget* tree = nullptr;
  QLabel* about = nullptr;
  QPushButton *name = nullptr, *back = nullptr, *train = nullptr, *show = nullptr;

  void build();
  void ask(std::int64_t before);
  QTreeWidgetItem* line(const RevisionInfo& revision) const;
  void select();
  void compare();
  void describe();
  void retranslate();
  void enable();
};

void HistoryPanel::Impl::build() {
  tree = new QTreeWidget{&self};
  tree->setObjectName(QStringLiteral("history.list"));
  tree->setColumnCount(3);
  tree->setRootIsDecorated(false);
  tree->setUniformRowHeights(true);
  tree->setAllColumnsShowFocus(true);
  tree->setFrameShape(QFrame::NoFrame);
  tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
  tree->setTextElideMode(Qt::ElideRight);
  tree->header()->setStretchLastSection(false);
  tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  about = new QLabel{&self};
  about->setObjectName(QStringLiteral("history.about"));
  about->setWordWrap(true);
  about->setTextFormat(Qt::PlainText);
  about->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  const auto button = [&](const char* objectName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QLatin1String{objectName});
    return one;
  };
  train = button("history.train");
  back = button("history.back");
  name = button("history.name");
  show = button("history.show");
  auto* flow = new FlowLayout{nullptr, 0, 8};
  for (auto* one : {train, back, show, name}) flow->addWidget(one);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(tree, 1);
  column->addWidget(about);
  column->addLayout(flow);
  connect(tree, &QTreeWidget::currentItemChanged, &self, [this] { select(); });
  connect(tree->verticalScrollBar(), &QScrollBar::valueChanged, &self, [this](int value) {
    if (value == tree->verticalScrollBar()->maximum() && more && !asking && !revisions.empty()) ask(revisions.back().number);
  });
  connect(tree, &QTreeWidget::itemChanged, &self, [this](QTreeWidgetItem* item) {
    if (filling) return;
    const auto at = static_cast<std::size_t>(tree->indexOfTopLevelItem(item));
    if (at < revisions.size()) Q_EMIT self.renameWanted(revisions[at].id, item->text(0).trimmed());
  });
  connect(name, &QPushButton::clicked, &self, [this] {
    auto* item = tree->currentItem();
    if (!item) return;
    filling = true;
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    if (const auto* one = self.selected()) item->setText(0, fromUtf8(one->name));
    filling = false;
    tree->editItem(item, 0);
  });
  // Esc, or the same name as before: the line says again what was done.
  connect(tree->itemDelegate(), &QAbstractItemDelegate::closeEditor, &self,
          [this] { QTimer::singleShot(0, &self, [this] { retranslate(); }); });
  connect(back, &QPushButton::clicked, &self, [this] {
    if (const auto* one = self.selected()) Q_EMIT self.restoreWanted(one->id);
  });
  connect(train, &QPushButton::clicked, &self, [this] {
    if (const auto* one = self.selected()) Q_EMIT self.trainWanted(one == &revisions.front() ? std::string{"newest"} : one->id);
  });
  connect(show, &QPushButton::clicked, &self, [this] {
    std::vector<std::string> ids;
    for (const auto& one : diff["items"].asList())
      if (one["kind"].asText() != "removed") ids.push_back(one["id"].asText());
    const auto* one = self.selected();
    if (!ids.empty() && one)
      Q_EMIT self.itemsWanted(ids, [said = sayRevision(*one)] { return tr("What has changed since “%1”").arg(said); });
  });
}

void HistoryPanel::Impl::ask(std::int64_t before) {
  asking = std::make_unique<QObject>();
  Value request = Value::Map{{"do", "history"}, {"limit", batch}};
  if (before > 0) request["before"] = before;
  engine.ask("data", std::move(request), asking.get(), [this, before](const Result<Value>& answer) {
    asking.release()->deleteLater();
    if (!answer) return Q_EMIT self.failed(answer.error());
    // Who looks at the newest goes on looking at the newest.
    const auto* looked = self.selected();
    const auto chosen = looked && (before > 0 || looked != &revisions.front()) ? looked->id : std::string{};
    filling = true;
    if (before == 0) {
      revisions.clear();
      tree->clear();
    }
    for (const auto& one : answer->asList()) {
      revisions.push_back(revisionFromValue(one));
      tree->addTopLevelItem(line(revisions.back()));
    }
    more = static_cast<std::int64_t>(answer->asList().size()) == batch;
    filling = false;
    const auto found = std::ranges::find(revisions, chosen, &RevisionInfo::id);
    if (!revisions.empty())
      tree->setCurrentItem(tree->topLevelItem(found == revisions.end() ? 0 : static_cast<int>(found - revisions.begin())));
    select();
  });
}

QTreeWidgetItem* HistoryPanel::Impl::line(const RevisionInfo& revision) const {
  const auto at = QDateTime::fromMSecsSinceEpoch(revision.atMs);
  const auto what = say(revision.what);
  const auto when = at.date() == QDate::currentDate() ? QLocale{}.toString(at.time(), QLocale::ShortFormat)
                                                      : QLocale{}.toString(at.date(), QLocale::ShortFormat);
  auto* item = new QTreeWidgetItem{
      {revision.name.empty() ? what : tr("%1: %2").arg(fromUtf8(displayText(revision.name)), what), sayAuthor(revision.author), when}};
  if (!revision.name.empty()) item->setIcon(0, icon(QStringLiteral("pin")));
  item->setToolTip(0, tr("Revision %1: %2").arg(QLocale{}.toString(qlonglong{revision.number}), what));
  item->setToolTip(2, QLocale{}.toString(at, QLocale::LongFormat));
  return item;
}

void HistoryPanel::Impl::select() {
  if (filling) return;
  diff = {};
  comparing.reset();
  describe();
  enable();
  compare();
}

void HistoryPanel::Impl::compare() {
  const auto* one = self.selected();
  if (!one || revisions.empty() || one == &revisions.front()) return;
  comparing = std::make_unique<QObject>();
  Value request = Value::Map{{"do", "diff"}, {"from", one->id}, {"to", revisions.front().id}, {"limit", mostDiffItems}};
  engine.ask("data", std::move(request), comparing.get(), [this](const Result<Value>& answer) {
    comparing.release()->deleteLater();
    if (!answer) return Q_EMIT self.failed(answer.error());
    diff = *answer;
    describe();
    enable();
  });
}

void HistoryPanel::Impl::describe() {
  const auto* one = self.selected();
  if (!one) return about->setText(tr("Nothing has been done to the data yet."));
  QStringList lines{
      tr("%1: %2, %3 without a label")
          .arg(sayRevision(*one), sayCount(TR("gallery", "{n} picture(s)"), one->items), QLocale{}.toString(qlonglong{one->unlabelled}))};
  if (one == &revisions.front()) lines << tr("This is how the data are now.");
  else if (diff.isNull()) lines << tr("Comparing with now…");
  else lines << tr("Since then: %1.").arg(sayDifference(diff));
  int shown = 0;
  for (const auto& change : diff["labels"].asList()) {
    if (++shown > mostLabelLines) break;
    lines << tr("%1 → %2: %3")
                 .arg(ofLabel(change["from"].asText()), ofLabel(change["to"].asText()),
                      QLocale{}.toString(qlonglong{change["count"].asInt()}));
  }
  about->setText(lines.join(QLatin1Char('\n')));
}

void HistoryPanel::Impl::enable() {
  const auto* one = self.selected();
  const bool newest = one && one == &revisions.front();
  const auto set = [](QPushButton* button, const QString& why, const QString& tip) {
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? tip : why);
    button->setStatusTip(button->toolTip());
  };
  const auto none = one ? QString{} : tr("Choose a revision first.");
  const auto locked = readOnly ? tr("The project folder is read-only.") : none;
  set(name, locked, tr("Gives this state of the data a name to find it by"));
  set(back, newest ? tr("This is how the data are now.") : locked,
      tr("Makes the data as they were then. That is a new revision: nothing is lost, and undo brings back what is now."));
  set(train, none, tr("Puts this state of the data into the pipeline, to be trained on"));
  set(show,
      newest                           ? tr("This is how the data are now.")
      : diff["items"].asList().empty() ? tr("No pictures differ.")
                                       : QString{},
      tr("Shows the pictures that have changed since then"));
}

void HistoryPanel::Impl::retranslate() {
  self.setAccessibleName(tr("History"));
  tree->setAccessibleName(tr("Revisions, the newest first"));
  tree->setHeaderLabels({tr("What was done"), tr("By"), tr("When")});
  train->setText(tr("&Train on this"));
  back->setText(tr("&Go back to this"));
  name->setText(tr("&Name…"));
  show->setText(tr("Show what &changed"));
  filling = true;
  for (int i = 0; i < tree->topLevelItemCount(); ++i) {
    const std::unique_ptr<QTreeWidgetItem> now{line(revisions[static_cast<std::size_t>(i)])};
    for (int c = 0; c < 3; ++c) {
      tree->topLevelItem(i)->setText(c, now->text(c));
      tree->topLevelItem(i)->setToolTip(c, now->toolTip(c));
    }
  }
  filling = false;
  describe();
  enable();
}

HistoryPanel::HistoryPanel(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("history"));
  impl_->build();
  impl_->retranslate();
}

HistoryPanel::~HistoryPanel() = default;

void HistoryPanel::reload() { impl_->ask(0); }

void HistoryPanel::setReadOnly(bool readOnly) {
  impl_->readOnly = readOnly;
  impl_->enable();
}

std::size_t HistoryPanel::count() const { return impl_->revisions.size(); }

const RevisionInfo* HistoryPanel::selected() const {
  const int at = impl_->tree->currentItem() ? impl_->tree->indexOfTopLevelItem(impl_->tree->currentItem()) : -1;
  return at >= 0 && static_cast<std::size_t>(at) < impl_->revisions.size() ? &impl_->revisions[static_cast<std::size_t>(at)] : nullptr;
}

QString HistoryPanel::comparison() const { return impl_->about->text(); }

void HistoryPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->show) impl_->retranslate();
}

}  // namespace patchbay::widgets
