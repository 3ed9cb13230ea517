// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_jobs.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/run/machine_words.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

QString text(const Value& value) { return widgets::fromUtf8(value.asText()); }

/// The cluster's own line for an attempt: {"id", "partition", ...}; null when it has none, as passes of a loop share one.
const Value& queueLine(const SeenMachine& machine, const std::string& attempt) {
  static const Value none;
  for (const auto& line : machine.load["queue"]["jobs"].asList())
    if (line["attempt"].asText() == attempt) return line;
  return none;
}

int rank(const Value& job) {
  const auto& state = job["state"].asText();
  return state == "running" ? 0 : state == "ended" ? 2 : 1;
}

}  // namespace

QString cancelMeans(const Value& job) {
  const auto& state = job["state"].asText();
  QStringList out;
  out << (state == "running"
              ? MachineJobs::tr("It ends within seconds. What it had computed by its last checkpoint stays, so that it goes on from "
                                "there when the pipeline is run again.")
              : MachineJobs::tr("It is taken out of the queue; nothing of it was computed yet."));
  out << (job["mine"].asBool()
              ? MachineJobs::tr("The run it belongs to ends as cancelled here, and what follows this step is not computed.")
              : MachineJobs::tr("It belongs to another project or another computer of yours, whose run ends as cancelled."));
  return out.join(QStringLiteral("\n\n"));
}

struct MachineJobs::Impl {
  MachineJobs& self;
  MachineBook& book;
  QStackedWidget* pages = new QStackedWidget{&self};
  widgets::EmptyState* empty = new widgets::EmptyState{&self};
  QTreeWidget* list = new QTreeWidget{&self};
  QPushButton *log = new QPushButton{&self}, *cancel = new QPushButton{&self};
  QLabel* said = new QLabel{&self};
  QString machine;
  bool slurm = false;
  std::optional<SeenMachine> shown;
  std::function<QString()> words;
  int asking = 0;

  Impl(MachineJobs& s, MachineBook& b) : self{s}, book{b} {}

  void tell(std::function<QString()> what) {
    words = std::move(what);
    said->setText(words ? words() : QString{});
    said->setVisible(!said->text().isEmpty());
  }

  const Value* job(const QString& attempt) const {
    if (shown)
      for (const auto& one : shown->jobs.asList())
        if (text(one["attempt"]) == attempt) return &one;
    return nullptr;
  }
  QString current() const {
    const auto* item = list->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString{};
  }
  static QString titleOf(const Value& job) { return MachineJobs::tr("%1 of %2").arg(text(job["name"]), text(job["pipeline"])); }

  void fill() {
    const auto before = current();
    std::vector<const Value*> jobs;
    if (shown)
      for (const auto& one : shown->jobs.asList()) jobs.push_back(&one);
    std::ranges::stable_sort(jobs, [](const auto* a, const auto* b) {
      return std::pair{rank(*a), (*b)["since"].asInt()} < std::pair{rank(*b), (*a)["since"].asInt()};
    });
    // Rows that stay keep their place for whoever reads or points at them.
    while (list->topLevelItemCount() > static_cast<int>(jobs.size())) delete list->takeTopLevelItem(list->topLevelItemCount() - 1);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      auto* item =
          i < static_cast<std::size_t>(list->topLevelItemCount()) ? list->topLevelItem(static_cast<int>(i)) : new QTreeWidgetItem{list};
      fillRow(*item, *jobs[i]);
      if (text((*jobs[i])["attempt"]) == before) list->setCurrentItem(item);
    }
    if (!list->currentItem() && list->topLevelItemCount() > 0) list->setCurrentItem(list->topLevelItem(0));
    sayEmpty();
    pages->setCurrentWidget(jobs.empty() ? static_cast<QWidget*>(empty) : list);
    enable();
  }

  void fillRow(QTreeWidgetItem& item, const Value& job) const {
    const auto& line = queueLine(*shown, job["attempt"].asText());
    const auto where = line.isMap() ? MachineJobs::tr("%1, job %2").arg(text(line["partition"]), text(line["id"])) : shown->name;
    const QStringList cells{text(job["pipeline"]),
                            text(job["name"]),
                            sayJobState(job),
                            sayClock(job["since"].asInt()),
                            where,
                            job["mine"].asBool() ? MachineJobs::tr("this project") : MachineJobs::tr("another project")};
    item.setData(0, Qt::UserRole, text(job["attempt"]));
    item.setIcon(2, jobIcon(job, self.palette()));
    for (int c = 0; c < cells.size(); ++c) {
      item.setText(c, cells[c]);
      item.setToolTip(c, cells[c]);
    }
    item.setToolTip(1, MachineJobs::tr("%1 (%2)").arg(cells[1], text(job["block"])));
  }

  void sayEmpty() {
    if (!shown) return empty->setText(MachineJobs::tr("No machine is chosen"), MachineJobs::tr("Choose one in the list."));
    if (shown->seen == 0 && shown->error)
      return empty->setText(MachineJobs::tr("What runs there is not known"), MachineJobs::tr("%1 was not reached yet.").arg(shown->name));
    if (shown->seen == 0) return empty->setText(MachineJobs::tr("Asking %1…").arg(shown->name), {});
    empty->setText(
        MachineJobs::tr("No job of ours is there"),
        MachineJobs::tr("Choose %1 under \"This pipeline runs on\" and run the pipeline: its steps appear here.").arg(shown->name));
  }

  void enable() {
    const auto* one = job(current());
    const bool away = shown && shown->error.has_value();
    log->setEnabled(one != nullptr);
    log->setToolTip(one ? MachineJobs::tr("What the job says, as it says it (Enter)") : MachineJobs::tr("Choose a job first."));
    const bool going = one && rank(*one) < 2;
    cancel->setEnabled(going && !away && asking == 0);
    cancel->setToolTip(!one         ? MachineJobs::tr("Choose a job first.")
                       : !going     ? MachineJobs::tr("The job is over.")
                       : away       ? MachineJobs::tr("The machine cannot be reached now; stop the run under Queue instead.")
                       : asking > 0 ? MachineJobs::tr("An answer is being waited for.")
                                    : MachineJobs::tr("Says what it means first"));
    for (auto* button : {log, cancel}) button->setStatusTip(button->toolTip());
  }

  void openLog() {
    if (const auto* one = job(current())) Q_EMIT self.logWanted(current(), titleOf(*one));
  }

  void askToCancel() {
    const auto* one = job(current());
    if (!one) return;
    auto* box = new QMessageBox{QMessageBox::Question, MachineJobs::tr("Cancel the job"),
                                MachineJobs::tr("Cancel %1 on %2?").arg(titleOf(*one), machine), QMessageBox::NoButton, &self};
    box->setObjectName(QStringLiteral("machines.cancelDialog"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(cancelMeans(*one));
    auto* yes = box->addButton(MachineJobs::tr("Cancel the job"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("machines.cancelDialog.yes"));
    auto* no = box->addButton(MachineJobs::tr("Let it go on"), QMessageBox::RejectRole);
    no->setObjectName(QStringLiteral("machines.cancelDialog.no"));
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    const auto attempt = current(), title = titleOf(*one);
    QObject::connect(yes, &QPushButton::clicked, &self, [this, attempt, title] { cancelJob(attempt, title); });
    box->open();
  }

  void cancelJob(const QString& attempt, const QString& title) {
    ++asking;
    enable();
    tell([title] { return MachineJobs::tr("Cancelling %1…").arg(title); });
    book.request(machine, "machine_cancel", {{"attempt", widgets::toUtf8(attempt)}}, &self, [this, title](const Result<Value>& answer) {
      --asking;
      if (answer) tell([title] { return MachineJobs::tr("%1 was told to end.").arg(title); });
      else tell([error = answer.error()] { return widgets::say(error); });
      book.askNow(machine);
      enable();
    });
  }

  void build();
  void retranslate();
};

void MachineJobs::Impl::build() {
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(8);
  pages->addWidget(empty);
  pages->addWidget(list);
  column->addWidget(pages, 1);
  auto* row = new widgets::FlowLayout;
  for (auto* button : {log, cancel}) row->addWidget(button);
  column->addLayout(row);
  column->addWidget(said);
  said->setWordWrap(true);
  said->setTextFormat(Qt::PlainText);
  said->setObjectName(QStringLiteral("machines.jobsSaid"));
  said->hide();
  list->setColumnCount(6);
  list->setRootIsDecorated(false);
  list->setUniformRowHeights(true);
  list->setAllColumnsShowFocus(true);
  list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list->header()->setStretchLastSection(false);
  list->setObjectName(QStringLiteral("machines.jobs"));
  log->setObjectName(QStringLiteral("machines.showLog"));
  cancel->setObjectName(QStringLiteral("machines.cancel"));
  auto* end = new QAction{list};
  end->setShortcut(QKeySequence::Delete);
  end->setShortcutContext(Qt::WidgetShortcut);
  list->addAction(end);
  QObject::connect(end, &QAction::triggered, &self, [this] {
    if (cancel->isEnabled()) askToCancel();
  });
  QObject::connect(list, &QTreeWidget::currentItemChanged, &self, [this] { enable(); });
  QObject::connect(list, &QTreeWidget::itemActivated, &self, [this] { openLog(); });
  QObject::connect(log, &QPushButton::clicked, &self, [this] { openLog(); });
  QObject::connect(cancel, &QPushButton::clicked, &self, [this] { askToCancel(); });
  retranslate();
}

void MachineJobs::Impl::retranslate() {
  list->setHeaderLabels({MachineJobs::tr("Pipeline"), MachineJobs::tr("Step"), MachineJobs::tr("State"), MachineJobs::tr("Since"),
                         MachineJobs::tr("Where"), MachineJobs::tr("Of")});
  list->setAccessibleName(MachineJobs::tr("Our jobs there"));
  log->setText(MachineJobs::tr("Show the log"));
  cancel->setText(MachineJobs::tr("Cancel the job…"));
  for (auto* button : {log, cancel}) button->setAccessibleName(button->text());
  tell(words);
  fill();
}

MachineJobs::MachineJobs(MachineBook& book, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, book)} {
  impl_->build();
}
MachineJobs::~MachineJobs() = default;

void MachineJobs::setMachine(const SeenMachine* machine) {
  auto& d = *impl_;
  const auto name = machine ? machine->name : QString{};
  if (name != d.machine) d.tell({});
  d.machine = name;
  d.shown = machine ? std::optional{*machine} : std::nullopt;
  d.fill();
}

QString MachineJobs::current() const { return impl_->current(); }
bool MachineJobs::idle() const { return impl_->asking == 0; }
void MachineJobs::retranslate() { impl_->retranslate(); }

void MachineJobs::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) impl_->fill();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::studio
