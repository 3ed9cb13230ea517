// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machines_panel.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/studio/run/machine_dialogs.h"
#include "app/studio/run/machine_jobs.h"
#include "app/studio/run/machine_log.h"
#include "app/studio/run/machine_overview.h"
#include "app/studio/run/machine_tool.h"
#include "app/studio/run/run_place.h"
#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "engine/base/file.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {
constexpr int wideFrom = 640;       // pixels; below it the parts stand one above the other
constexpr int ageEveryMs = 10'000;  // "3 min ago" goes on
}  // namespace

struct MachinesPanel::Impl {
  MachinesPanel& panel;
  Workspace& workspace;
  MachineBook book{workspace.session()};
  MachineTool tool;
  RunPlace* place = new RunPlace{workspace, tool, &panel};
  QStackedWidget* pages = new QStackedWidget{&panel};
  QWidget* none = new QWidget{&panel};
  widgets::EmptyState* noneText = new widgets::EmptyState{none};
  QPushButton* addFirst = new QPushButton{none};
  QSplitter* split = new QSplitter{&panel};
  QWidget* left = new QWidget{split};
  QTreeWidget* list = new QTreeWidget{left};
  QPushButton *add = new QPushButton{left}, *remove = new QPushButton{left};
  QTabWidget* tabs = new QTabWidget{split};
  MachineOverview* overview = new MachineOverview{book, tool, tabs};
  MachineJobs* jobs = new MachineJobs{book, tabs};
  MachineLog* log = new MachineLog{book, workspace.session(), tabs};
  QLabel* said = new QLabel{&panel};
  std::function<QString()> words;
  QTimer ages;
  QStringList hosts;  ///< Of the person's SSH configuration.
  bool listed = false, sized = false;

  Impl(MachinesPanel& p, Workspace& w) : panel{p}, workspace{w} {}

  QString chosen() const {
    const auto* item = list->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString{};
  }
  QStringList names() const {
    QStringList out;
    for (const auto& machine : book.machines()) out << machine.name;
    return out;
  }

  void tell(std::function<QString()> what) {
    words = std::move(what);
    said->setText(words ? words() : QString{});
    said->setVisible(!said->text().isEmpty());
  }

  void refresh(const QString& choose = {}, std::function<void()> then = {}) {
    const auto project = widgets::fromUtf8(workspace.session().project().native());
    tool.ask({QStringLiteral("list"), QStringLiteral("--project"), project, QStringLiteral("--pipeline"),
              widgets::fromUtf8(workspace.file().document().id)},
             [this, choose, then = std::move(then)](const Value& answer, const std::optional<Error>& error) {
               listed = true;
               if (error) {
                 pages->setCurrentWidget(none);
                 noneText->setError(widgets::say(error->cause), widgets::say(error->hint));
                 return;
               }
               book.setList(answer["machines"].asList());
               place->setList(answer);
               fill(choose);
               if (then) then();
             });
  }

  /// Rows follow the list; the one that was chosen stays chosen, at first the one that is in force.
  void fill(const QString& choose) {
    auto wanted = choose.isEmpty() ? chosen() : choose;
    if (wanted.isEmpty()) wanted = place->inForce();
    const auto& machines = book.machines();
    while (list->topLevelItemCount() > static_cast<int>(machines.size())) delete list->takeTopLevelItem(list->topLevelItemCount() - 1);
    for (std::size_t i = 0; i < machines.size(); ++i) {
      auto* item =
          i < static_cast<std::size_t>(list->topLevelItemCount()) ? list->topLevelItem(static_cast<int>(i)) : new QTreeWidgetItem{list};
      item->setData(0, Qt::UserRole, machines[i].name);
    }
    for (int i = 0; i < list->topLevelItemCount(); ++i)
      if (list->topLevelItem(i)->data(0, Qt::UserRole).toString() == wanted) list->setCurrentItem(list->topLevelItem(i));
    if (!list->currentItem() && list->topLevelItemCount() > 0) list->setCurrentItem(list->topLevelItem(0));
    noneText->setText(MachinesPanel::tr("No other machine yet"),
                      MachinesPanel::tr("Add a GPU box or a Slurm cluster by the name you type after ssh, such as gpu-box: a host of "
                                        "~/.ssh/config. It is then tested, and what is there and what is wrong is told in words."));
    pages->setCurrentWidget(machines.empty() ? none : static_cast<QWidget*>(split));
    showRows();
    showChosen();
  }

  void showRows() {
    const auto now = MachineBook::now();
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
      auto* item = list->topLevelItem(i);
      const auto* machine = book.find(item->data(0, Qt::UserRole).toString());
      if (!machine) continue;
      const auto state = sayMachine(*machine, now);
      item->setText(0, machine->name);
      item->setIcon(0, machineIcon(machine->state(), panel.palette()));
      item->setText(1, state);
      const auto tip = MachinesPanel::tr("%1. %2").arg(sayKind(*machine), state);
      item->setToolTip(0, tip);
      item->setToolTip(1, tip);
    }
  }

  void showChosen() {
    const auto* machine = book.find(chosen());
    book.setChosen(chosen());
    overview->setMachine(machine);
    jobs->setMachine(machine);
    const int going = machine ? goingJobs(machine->jobs) : 0;
    tabs->setTabText(1, going > 0 ? MachinesPanel::tr("Jobs (%1)").arg(going) : MachinesPanel::tr("Jobs"));
    remove->setEnabled(machine != nullptr);
    remove->setToolTip(machine ? MachinesPanel::tr("Takes %1 off the list, after asking").arg(machine->name)
                               : MachinesPanel::tr("Choose a machine first."));
  }

  void addOne() {
    askForMachine(&panel, hosts, names(), [this](const QStringList& entry) {
      const auto name = entry.value(1);
      tool.ask(entry, [this, name](const Value&, const std::optional<Error>& error) {
        if (error) return tell([error = *error] { return widgets::say(error); });
        tell({});
        refresh(name, [this, name] {
          tabs->setCurrentWidget(overview);
          overview->test(name);
        });
      });
    });
  }

  void removeOne() {
    const auto name = chosen();
    const auto* machine = book.find(name);
    if (!machine) return;
    askToRemove(&panel, name, goingJobs(machine->jobs), [this, name] {
      tool.ask({QStringLiteral("remove"), name}, [this](const Value&, const std::optional<Error>& error) {
        if (error) tell([error = *error] { return widgets::say(error); });
        else tell({});
        refresh();
      });
    });
  }

  /// To choose from when one is added.
  void readHosts() {
    workspace.session().inThread(
        []() -> Result<std::any> {
          PB_TRY(const auto text,
                 readFile(std::filesystem::path{widgets::toUtf8(QDir::homePath())} / ".ssh" / "config", std::size_t{1} << 20));
          return std::any{hostsIn(QByteArray::fromStdString(text))};
        },
        &panel, [this](const Result<std::any>& read) { hosts = read ? std::any_cast<QStringList>(*read) : QStringList{}; });
  }

  void arrange(int width) {
    const auto wanted = width >= wideFrom ? Qt::Horizontal : Qt::Vertical;
    if (sized && split->orientation() == wanted) return;
    sized = true;
    split->setOrientation(wanted);
    split->setSizes(wanted == Qt::Horizontal ? QList<int>{std::min(320, width / 3), width} : QList<int>{120, 400});
  }

  void build();
  void retranslate();
};

void MachinesPanel::Impl::build() {
  auto* column = new QVBoxLayout{&panel};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addWidget(place);
  column->addWidget(pages, 1);
  column->addWidget(said);
  said->setWordWrap(true);
  said->setTextFormat(Qt::PlainText);
  said->setObjectName(QStringLiteral("machines.message"));
  said->hide();
  auto* empty = new QVBoxLayout{none};
  empty->setContentsMargins(0, 0, 0, 0);
  empty->addWidget(noneText, 1);
  empty->addWidget(addFirst, 0, Qt::AlignHCenter);
  empty->addStretch(1);
  auto* side = new QVBoxLayout{left};
  side->setContentsMargins(0, 0, 0, 0);
  side->setSpacing(8);
  side->addWidget(list, 1);
  auto* row = new widgets::FlowLayout;
  for (auto* button : {add, remove}) row->addWidget(button);
  side->addLayout(row);
  for (auto* page : std::initializer_list<QWidget*>{overview, jobs, log}) tabs->addTab(page, QString{});
  split->addWidget(left);
  split->addWidget(tabs);
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setChildrenCollapsible(false);
  pages->addWidget(none);
  pages->addWidget(split);
  list->setColumnCount(2);
  list->setRootIsDecorated(false);
  list->setAllColumnsShowFocus(true);
  list->setUniformRowHeights(true);
  list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  list->header()->setStretchLastSection(true);
  list->setMinimumWidth(140);
  const std::initializer_list<std::pair<QWidget*, const char*>> names{
      {list, "list"}, {add, "add"}, {remove, "remove"}, {tabs, "tabs"}, {addFirst, "addFirst"}, {split, "split"}, {noneText, "none"}};
  for (const auto& [widget, id] : names) widget->setObjectName(QStringLiteral("machines.") + QLatin1String{id});
  auto* off = new QAction{list};
  off->setShortcut(QKeySequence::Delete);
  off->setShortcutContext(Qt::WidgetShortcut);
  list->addAction(off);
  QObject::connect(off, &QAction::triggered, &panel, [this] { removeOne(); });
  QObject::connect(list, &QTreeWidget::currentItemChanged, &panel, [this] { showChosen(); });
  QObject::connect(list, &QTreeWidget::itemActivated, &panel, [this] { tabs->setCurrentWidget(overview); });
  for (auto* button : {add, addFirst}) QObject::connect(button, &QPushButton::clicked, &panel, [this] { addOne(); });
  QObject::connect(remove, &QPushButton::clicked, &panel, [this] { removeOne(); });
  QObject::connect(jobs, &MachineJobs::logWanted, &panel, [this](const QString& attempt, const QString& title) {
    log->setJob(chosen(), attempt, title);
    tabs->setCurrentWidget(log);
  });
  QObject::connect(&book, &MachineBook::changed, &panel, [this](const QString& name) {
    showRows();
    if (name.isEmpty() || name == chosen()) showChosen();
  });
  QObject::connect(place, &RunPlace::chosen, &panel, [this] {
    tell({});
    refresh();
    workspace.runs().look();
  });
  QObject::connect(place, &RunPlace::failed, &panel, [this](const Error& error) { tell([error] { return widgets::say(error); }); });
  ages.setInterval(ageEveryMs);
  QObject::connect(&ages, &QTimer::timeout, &panel, [this] {
    showRows();
    overview->setMachine(book.find(chosen()));
  });
  retranslate();
}

void MachinesPanel::Impl::retranslate() {
  panel.setAccessibleName(MachinesPanel::tr("Machines"));
  add->setText(MachinesPanel::tr("Add…"));
  addFirst->setText(MachinesPanel::tr("Add a machine…"));
  remove->setText(MachinesPanel::tr("Take off the list…"));
  for (auto* button : {add, addFirst, remove}) button->setAccessibleName(button->text());
  list->setHeaderLabels({MachinesPanel::tr("Machine"), MachinesPanel::tr("State")});
  list->setAccessibleName(MachinesPanel::tr("Machines"));
  tabs->setTabText(0, MachinesPanel::tr("Overview"));
  tabs->setTabText(2, MachinesPanel::tr("Log"));
  tabs->setAccessibleName(MachinesPanel::tr("The chosen machine"));
  place->retranslate();
  overview->retranslate();
  jobs->retranslate();
  log->retranslate();
  tell(words);
  if (listed) fill({});
}

MachinesPanel::MachinesPanel(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, workspace)} {
  setObjectName(QStringLiteral("machines"));
  impl_->build();
}

MachinesPanel::~MachinesPanel() = default;

void MachinesPanel::setProgram(const QString& program) { impl_->tool.setProgram(program); }
bool MachinesPanel::idle() const {
  const auto& d = *impl_;
  return d.listed && d.tool.waiting() == 0 && d.overview->idle() && d.jobs->idle();
}
MachineBook& MachinesPanel::book() { return impl_->book; }

void MachinesPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  if (event->type() == QEvent::PaletteChange) impl_->showRows();
  QWidget::changeEvent(event);
}

void MachinesPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  impl_->arrange(width());
  impl_->readHosts();
  impl_->refresh();
  impl_->book.setWatched(true);
  impl_->ages.start();
}

void MachinesPanel::hideEvent(QHideEvent* event) {
  impl_->book.setWatched(false);
  impl_->ages.stop();
  QWidget::hideEvent(event);
}

void MachinesPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  impl_->arrange(event->size().width());
}

void openMachines(Workspace& workspace) {
  auto* panel = workspace.panel(QStringLiteral("machines"));
  showInDock(workspace, QStringLiteral("machines"), panel ? panel : new MachinesPanel{workspace}, QStringLiteral("runs"));
}

}  // namespace patchbay::studio
