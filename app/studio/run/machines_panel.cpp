// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machines_panel.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/studio/window/panels.h"
#include "app/studio/workspace.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {
namespace {

QString text(const Value& value) { return widgets::fromUtf8(value.asText()); }
QString gigabytes(std::int64_t mb) { return QLocale{}.toString(static_cast<double>(mb) / 1024, 'f', 1); }
QString say(const char* words) { return QCoreApplication::translate("patchbay::studio::MachinesPanel", words); }

}  // namespace

QStringList machineLines(const Value& facts) {
  QStringList out;
  out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "System: %1, glibc %2")).arg(text(facts["system"]), text(facts["glibc"]));
  out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "Processor: %1 cores, load %2"))
             .arg(QLocale{}.toString(facts["cores"].asInt()), QLocale{}.toString(facts["load"].asDouble(), 'f', 1));
  out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "Memory: %1 GB, disk: %2 GB free"))
             .arg(gigabytes(facts["memory_mb"].asInt()), gigabytes(facts["free_bytes"].asInt() >> 20));
  if (facts["gpus"].asList().empty()) out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "GPUs: none"));
  for (const auto& gpu : facts["gpus"].asList())
    out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "GPU: %1, %2 GB"))
               .arg(text(gpu["name"]), gigabytes(gpu["memory_mb"].asInt()));
  for (const auto& p : facts["slurm"]["partitions"].asList())
    out << say(QT_TRANSLATE_NOOP("patchbay::studio::MachinesPanel", "Partition %1 (%2): %3 node(s), time %4, %5"))
               .arg(text(p["name"]), text(p["state"]), text(p["nodes"]), text(p["time"]), text(p["gres"]));
  return out;
}

struct MachinesPanel::Impl {
  MachinesPanel& panel;
  Workspace& workspace;
  QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/patchbay");
  QLabel* onLabel = new QLabel{&panel};
  QComboBox* on = new QComboBox{&panel};
  QTreeWidget* list = new QTreeWidget{&panel};
  QTreeWidget* jobs = new QTreeWidget{&panel};
  QPlainTextEdit* said = new QPlainTextEdit{&panel};
  QPushButton *add = new QPushButton{&panel}, *remove = new QPushButton{&panel}, *test = new QPushButton{&panel},
              *install = new QPushButton{&panel}, *look = new QPushButton{&panel}, *cancel = new QPushButton{&panel},
              *clean = new QPushButton{&panel};
  int asking = 0;
  bool filling = false;

  Impl(MachinesPanel& p, Workspace& w) : panel{p}, workspace{w} {}

  QString project() const { return widgets::fromUtf8(workspace.session().project().native()); }
  QString chosen() const {
    const auto* item = list->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString{};
  }

  /// Asks the command line in the background; its last line is JSON.
  void ask(QStringList words, std::function<void(const Value&)> then) {
    auto* process = new QProcess{&panel};
    ++asking;
    enable();
    QObject::connect(process, &QProcess::finished, &panel, [this, process, then] {
      --asking;
      const auto lines = process->readAllStandardOutput().trimmed().split('\n');
      const auto answer = parseJson(lines.last().toStdString());
      process->deleteLater();
      enable();
      if (!answer) return said->setPlainText(MachinesPanel::tr("The program patchbay did not answer."));
      if (answer->contains("error")) {
        const auto error = errorFromValue((*answer)["error"]);
        said->setPlainText(widgets::say(error.cause) + QLatin1Char{'\n'} + widgets::say(error.hint));
        if ((*answer).contains("system")) said->appendPlainText(machineLines(*answer).join(QLatin1Char{'\n'}));
        return;
      }
      then(*answer);
    });
    QObject::connect(process, &QProcess::errorOccurred, &panel, [this, process](QProcess::ProcessError what) {
      if (what != QProcess::FailedToStart) return;
      --asking;
      process->deleteLater();
      enable();
      said->setPlainText(MachinesPanel::tr("The program patchbay is not beside the Studio. Install Patchbay again."));
    });
    process->start(program, QStringList{QStringLiteral("machines")} + words + QStringList{QStringLiteral("--json")});
  }

  void enable() {
    const bool one = !chosen().isEmpty();
    const auto why = asking > 0 ? MachinesPanel::tr("An answer is being waited for.")
                     : one      ? QString{}
                                : MachinesPanel::tr("Choose a machine first.");
    for (auto* button : {remove, test, install, look, clean}) {
      button->setEnabled(why.isEmpty());
      button->setToolTip(why);
    }
    const bool job = one && jobs->currentItem();
    cancel->setEnabled(asking == 0 && job);
    cancel->setToolTip(job ? QString{} : MachinesPanel::tr("Choose a job of the list first."));
  }

  void refresh() {
    ask({QStringLiteral("list"), QStringLiteral("--project"), project()}, [this](const Value& answer) {
      const auto before = chosen();
      filling = true;
      list->clear();
      on->clear();
      on->addItem(MachinesPanel::tr("This machine"), QString{});
      for (const auto& machine : answer["machines"].asList()) {
        const auto name = text(machine["name"]);
        const auto kind = machine["kind"].asText() == "slurm" ? MachinesPanel::tr("Slurm cluster") : MachinesPanel::tr("GPU box over SSH");
        auto* item = new QTreeWidgetItem{list, {name, kind, text(machine["host"])}};
        item->setData(0, Qt::UserRole, name);
        on->addItem(name, name);
        if (name == before) list->setCurrentItem(item);
      }
      if (!list->currentItem() && list->topLevelItemCount() > 0) list->setCurrentItem(list->topLevelItem(0));
      on->setCurrentIndex(std::max(0, on->findData(text(answer["default"]))));
      filling = false;
      enable();
    });
  }

  void tellTest() {
    said->setPlainText(MachinesPanel::tr("Asking %1...").arg(chosen()));
    ask({QStringLiteral("test"), chosen()}, [this](const Value& facts) {
      said->setPlainText(machineLines(facts).join(QLatin1Char{'\n'}) + QLatin1Char{'\n'} + MachinesPanel::tr("Ready."));
    });
  }

  void sendWorker() {
    const auto name = chosen();
    if (QMessageBox::question(
            &panel, MachinesPanel::tr("Send the worker"),
            MachinesPanel::tr("Send Patchbay's worker and its libraries to %1? It may be several hundred megabytes; nothing that is there "
                              "already is sent again.")
                .arg(name)) != QMessageBox::Yes)
      return;
    said->setPlainText(MachinesPanel::tr("Sending to %1...").arg(name));
    ask({QStringLiteral("install"), name, QStringLiteral("--yes")}, [this](const Value&) { tellTest(); });
  }

  void showJobs() {
    ask({QStringLiteral("jobs"), chosen()}, [this](const Value& answer) {
      jobs->clear();
      for (const auto& job : answer["jobs"].asList()) {
        auto* item = new QTreeWidgetItem{jobs, {text(job["name"]), text(job["pipeline"]), text(job["state"])}};
        item->setData(0, Qt::UserRole, text(job["attempt"]));
      }
      said->setPlainText(MachinesPanel::tr("%n job(s) there.", nullptr, jobs->topLevelItemCount()));
      enable();
    });
  }

  void cancelJob() {
    const auto* item = jobs->currentItem();
    if (!item) return;
    const Value request{Value::Map{{"do", "machine_cancel"},
                                   {"name", widgets::toUtf8(chosen())},
                                   {"attempt", widgets::toUtf8(item->data(0, Qt::UserRole).toString())}}};
    workspace.session().ask("data", request, &panel, [this](const Result<Value>& answer) {
      if (!answer) return said->setPlainText(widgets::say(answer.error().cause) + QLatin1Char{'\n'} + widgets::say(answer.error().hint));
      showJobs();
    });
  }

  /// What would go is said before it goes.
  void cleanUp() {
    const auto name = chosen();
    ask({QStringLiteral("clean"), name}, [this, name](const Value& would) {
      const auto size = QLocale{}.formattedDataSize(would["bytes"].asInt());
      if (QMessageBox::question(
              &panel, MachinesPanel::tr("Clean up"),
              MachinesPanel::tr("Remove %1 from %2 that were not used for a day? What is needed again is sent again.").arg(size, name)) !=
          QMessageBox::Yes)
        return;
      ask({QStringLiteral("clean"), name, QStringLiteral("--yes")},
          [this, size](const Value&) { said->setPlainText(MachinesPanel::tr("Removed %1.").arg(size)); });
    });
  }

  void addOne();
  void build();
  void retranslate();
};

void MachinesPanel::Impl::addOne() {
  QDialog dialog{&panel};
  dialog.setObjectName(QStringLiteral("machines.dialog"));
  dialog.setWindowTitle(MachinesPanel::tr("Add a machine"));
  auto* form = new QFormLayout{&dialog};
  form->setContentsMargins(24, 24, 24, 16);
  form->setSpacing(12);
  auto* name = new QLineEdit{&dialog};
  auto* kind = new QComboBox{&dialog};
  auto* host = new QLineEdit{&dialog};
  auto* folder = new QLineEdit{&dialog};
  auto* partition = new QLineEdit{&dialog};
  auto* time = new QLineEdit{&dialog};
  auto* gres = new QLineEdit{&dialog};
  auto* memory = new QSpinBox{&dialog};
  memory->setRange(0, 10'000'000);
  memory->setSuffix(QStringLiteral(" MB"));
  memory->setSpecialValueText(MachinesPanel::tr("The cluster's default"));
  kind->addItem(MachinesPanel::tr("GPU box over SSH"), QStringLiteral("ssh"));
  kind->addItem(MachinesPanel::tr("Slurm cluster"), QStringLiteral("slurm"));
  host->setPlaceholderText(MachinesPanel::tr("A host of ~/.ssh/config"));
  folder->setPlaceholderText(QStringLiteral("~/.patchbay-worker"));
  gres->setPlaceholderText(QStringLiteral("gpu:1"));
  int row = 0;
  for (const auto& [field, id, label] :
       std::initializer_list<std::tuple<QWidget*, const char*, QString>>{{name, "name", MachinesPanel::tr("Name")},
                                                                         {kind, "kind", MachinesPanel::tr("Kind")},
                                                                         {host, "host", MachinesPanel::tr("SSH host")},
                                                                         {folder, "folder", MachinesPanel::tr("Folder there")},
                                                                         {partition, "partition", MachinesPanel::tr("Partition")},
                                                                         {time, "time", MachinesPanel::tr("Time limit")},
                                                                         {gres, "gres", MachinesPanel::tr("Resources")},
                                                                         {memory, "memory", MachinesPanel::tr("Memory")}}) {
    field->setObjectName(QStringLiteral("machines.dialog.") + QLatin1String{id});
    field->setAccessibleName(label);
    form->addRow(label, field);
    // The last four are the cluster's.
    if (row++ > 3) form->setRowVisible(field, false);
  }
  QObject::connect(kind, &QComboBox::currentIndexChanged, &dialog, [=] {
    for (auto* field : std::initializer_list<QWidget*>{partition, time, gres, memory})
      form->setRowVisible(field, kind->currentIndex() == 1);
  });
  auto* buttons = new QDialogButtonBox{QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog};
  form->addRow(buttons);
  QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
  QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  if (dialog.exec() != QDialog::Accepted) return;
  QStringList words{QStringLiteral("add"), name->text().trimmed()};
  if (!host->text().trimmed().isEmpty()) words << host->text().trimmed();
  words << QStringLiteral("--kind") << kind->currentData().toString();
  for (const auto& [option, field] : {std::pair{"--folder", folder}, {"--partition", partition}, {"--time", time}, {"--gres", gres}})
    if (!field->text().trimmed().isEmpty()) words << QLatin1String{option} << field->text().trimmed();
  if (memory->value() > 0) words << QStringLiteral("--memory") << QString::number(memory->value());
  ask(words, [this](const Value&) {
    said->setPlainText(MachinesPanel::tr("Added. Press Test to see what is there."));
    refresh();
  });
}

void MachinesPanel::Impl::build() {
  auto* column = new QVBoxLayout{&panel};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  auto* top = new QHBoxLayout;
  top->addWidget(onLabel);
  top->addWidget(on, 1);
  column->addLayout(top);
  auto* row = new widgets::FlowLayout;
  for (auto* button : {add, remove, test, install, clean, look, cancel}) row->addWidget(button);
  column->addLayout(row);
  // Beside each other: the panel is wide and low.
  auto* middle = new QHBoxLayout;
  middle->addWidget(list, 1);
  middle->addWidget(said, 1);
  middle->addWidget(jobs, 1);
  column->addLayout(middle, 1);
  onLabel->setBuddy(on);
  said->setReadOnly(true);
  for (auto* tree : {list, jobs}) {
    tree->setRootIsDecorated(false);
    tree->setUniformRowHeights(true);
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QObject::connect(tree, &QTreeWidget::currentItemChanged, &panel, [this] { enable(); });
  }
  const std::initializer_list<std::pair<QWidget*, const char*>> names{
      {on, "on"},           {list, "list"},     {jobs, "jobs"}, {said, "said"},     {add, "add"},    {test, "test"},
      {install, "install"}, {remove, "remove"}, {look, "look"}, {cancel, "cancel"}, {clean, "clean"}};
  for (const auto& [widget, name] : names) widget->setObjectName(QStringLiteral("machines.") + QLatin1String{name});
  QObject::connect(on, &QComboBox::currentIndexChanged, &panel, [this] {
    if (filling) return;
    const auto name = on->currentData().toString();
    ask({QStringLiteral("default"), name.isEmpty() ? QStringLiteral("local") : name, QStringLiteral("--project"), project()},
        [this, name](const Value&) {
          said->setPlainText(name.isEmpty() ? MachinesPanel::tr("The pipelines of this project run on this machine.")
                                            : MachinesPanel::tr("The heavy part of this project's pipelines runs on %1.").arg(name));
          workspace.runs().look();
        });
  });
  QObject::connect(add, &QPushButton::clicked, &panel, [this] { addOne(); });
  QObject::connect(remove, &QPushButton::clicked, &panel, [this] {
    ask({QStringLiteral("remove"), chosen()}, [this](const Value&) { refresh(); });
  });
  QObject::connect(test, &QPushButton::clicked, &panel, [this] { tellTest(); });
  QObject::connect(install, &QPushButton::clicked, &panel, [this] { sendWorker(); });
  QObject::connect(look, &QPushButton::clicked, &panel, [this] { showJobs(); });
  QObject::connect(cancel, &QPushButton::clicked, &panel, [this] { cancelJob(); });
  QObject::connect(clean, &QPushButton::clicked, &panel, [this] { cleanUp(); });
  retranslate();
  enable();
}

void MachinesPanel::Impl::retranslate() {
  panel.setAccessibleName(MachinesPanel::tr("Machines"));
  onLabel->setText(MachinesPanel::tr("&Run on"));
  on->setAccessibleName(MachinesPanel::tr("Where the heavy part of this project's pipelines runs"));
  if (on->count() > 0) on->setItemText(0, MachinesPanel::tr("This machine"));
  add->setText(MachinesPanel::tr("Add..."));
  remove->setText(MachinesPanel::tr("Remove"));
  test->setText(MachinesPanel::tr("Test"));
  install->setText(MachinesPanel::tr("Send the worker..."));
  clean->setText(MachinesPanel::tr("Clean up..."));
  look->setText(MachinesPanel::tr("Our jobs there"));
  cancel->setText(MachinesPanel::tr("Cancel the job"));
  list->setHeaderLabels({MachinesPanel::tr("Machine"), MachinesPanel::tr("Kind"), MachinesPanel::tr("Host")});
  jobs->setHeaderLabels({MachinesPanel::tr("Step"), MachinesPanel::tr("Pipeline"), MachinesPanel::tr("State")});
  list->setAccessibleName(MachinesPanel::tr("Machines"));
  jobs->setAccessibleName(MachinesPanel::tr("Our jobs there"));
  said->setAccessibleName(MachinesPanel::tr("What the machine says"));
  said->setPlaceholderText(MachinesPanel::tr(
      "Add a GPU box or a cluster, then press Test: what is there is told here, and what is wrong with the command that mends it."));
  for (auto* button : {add, remove, test, install, clean, look, cancel}) button->setAccessibleName(button->text());
}

MachinesPanel::MachinesPanel(Workspace& workspace, QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this, workspace)} {
  setObjectName(QStringLiteral("machines"));
  impl_->build();
}

MachinesPanel::~MachinesPanel() = default;

void MachinesPanel::setProgram(const QString& program) { impl_->program = program; }
bool MachinesPanel::idle() const { return impl_->asking == 0; }

void MachinesPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) impl_->retranslate();
  QWidget::changeEvent(event);
}

void MachinesPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (idle()) impl_->refresh();
}

void openMachines(Workspace& workspace) {
  auto* panel = workspace.panel(QStringLiteral("machines"));
  showInDock(workspace, QStringLiteral("machines"), panel ? panel : new MachinesPanel{workspace}, QStringLiteral("runs"));
}

}  // namespace patchbay::studio
