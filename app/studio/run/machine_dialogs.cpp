// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_dialogs.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {

/// Context of all texts here.
struct MachineDialogs {
  Q_DECLARE_TR_FUNCTIONS(patchbay::studio::MachineDialogs)
};

struct Question {
  const char* name;
  QString title, text, more, yes, no;
};

/// Enter and Escape leave everything as it is.
void ask(QWidget* parent, const Question& q, std::function<void()> then) {
  auto* box = new QMessageBox{QMessageBox::Question, q.title, q.text, QMessageBox::NoButton, parent};
  const auto name = QStringLiteral("machines.%1").arg(QLatin1String{q.name});
  box->setObjectName(name);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setTextFormat(Qt::PlainText);
  box->setInformativeText(q.more);
  auto* yes = box->addButton(q.yes, QMessageBox::AcceptRole);
  auto* no = box->addButton(q.no, QMessageBox::RejectRole);
  yes->setObjectName(name + QStringLiteral(".yes"));
  no->setObjectName(name + QStringLiteral(".no"));
  box->setDefaultButton(no);
  box->setEscapeButton(no);
  QObject::connect(yes, &QPushButton::clicked, parent, [then = std::move(then)] { then(); });
  box->open();
}

struct Fields {
  QLineEdit *name, *folder, *partition, *account, *time, *gres, *constraint;
  QComboBox *kind, *host;
  QSpinBox* memory;
};

QStringList wordsOf(const Fields& f) {
  QStringList words{QStringLiteral("add"), f.name->text().trimmed()};
  if (const auto host = f.host->currentText().trimmed(); !host.isEmpty()) words << host;
  words << QStringLiteral("--kind") << f.kind->currentData().toString();
  const auto option = [&](const char* name, const QLineEdit* field) {
    if (!field->text().trimmed().isEmpty()) words << QLatin1String{name} << field->text().trimmed();
  };
  option("--folder", f.folder);
  if (f.kind->currentIndex() != 1) return words;
  option("--partition", f.partition);
  option("--account", f.account);
  option("--time", f.time);
  option("--gres", f.gres);
  option("--constraint", f.constraint);
  if (f.memory->value() > 0) words << QStringLiteral("--memory") << QString::number(f.memory->value());
  return words;
}

/// What is still missing, in words; empty: nothing.
QString missingIn(const Fields& f) {
  static const QRegularExpression plain{QStringLiteral("^[A-Za-z0-9._][A-Za-z0-9._-]*$")};
  const auto name = f.name->text().trimmed();
  if (name.isEmpty()) return MachineDialogs::tr("Give the machine a name.");
  if (!plain.match(name).hasMatch() || name == QLatin1String{"local"})
    return MachineDialogs::tr("The name may have letters, digits, dots, dashes and underscores; \"local\" is this machine.");
  if (f.kind->currentIndex() == 0 && f.host->currentText().trimmed().isEmpty())
    return MachineDialogs::tr("Type the host as you would after ssh in a terminal.");
  return {};
}

}  // namespace

QStringList hostsIn(const QByteArray& config) {
  QStringList out;
  for (const auto& line : QString::fromUtf8(config).split(QLatin1Char('\n'))) {
    auto words = line.simplified().replace(QLatin1Char('='), QLatin1Char(' ')).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() < 2 || words.takeFirst().compare(QLatin1String{"host"}, Qt::CaseInsensitive) != 0) continue;
    for (const auto& word : words)
      if (!word.contains(QRegularExpression{QStringLiteral("[*?!\"]")}) && !out.contains(word)) out << word;
  }
  return out;
}

void askForMachine(QWidget* parent, const QStringList& hosts, const QStringList& taken, std::function<void(const QStringList&)> then) {
  auto* dialog = new QDialog{parent};
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setObjectName(QStringLiteral("machines.dialog"));
  dialog->setWindowTitle(MachineDialogs::tr("Add a machine"));
  auto* form = new QFormLayout{dialog};
  form->setContentsMargins(24, 24, 24, 16);
  form->setSpacing(12);
  form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  const auto line = [&](const QString& inside = {}) {
    auto* one = new QLineEdit{dialog};
    one->setPlaceholderText(inside);
    one->setMinimumWidth(260);
    return one;
  };
  auto* about = new QLabel{
      MachineDialogs::tr("A machine that ssh reaches by a name and without a password: no keys, passwords or ports are kept here. "
                         "What works as \"ssh NAME\" in a terminal works here."),
      dialog};
  about->setWordWrap(true);
  form->addRow(about);
  Fields f{line(QStringLiteral("gpu-box")),
           line(QStringLiteral("~/.patchbay-worker")),
           line(MachineDialogs::tr("The cluster's default")),
           line(),
           line(QStringLiteral("4:00:00")),
           line(QStringLiteral("gpu:1")),
           line(),
           new QComboBox{dialog},
           new QComboBox{dialog},
           new QSpinBox{dialog}};
  f.kind->addItem(MachineDialogs::tr("GPU box over SSH"), QStringLiteral("ssh"));
  f.kind->addItem(MachineDialogs::tr("Slurm cluster"), QStringLiteral("slurm"));
  f.host->setEditable(true);
  f.host->addItems(hosts);
  f.host->setCurrentText({});
  f.host->lineEdit()->setPlaceholderText(MachineDialogs::tr("A host of ~/.ssh/config"));
  f.memory->setRange(0, 10'000'000);
  f.memory->setSuffix(QStringLiteral(" MB"));
  f.memory->setSpecialValueText(MachineDialogs::tr("The cluster's default"));
  int row = 0;
  const std::initializer_list<std::tuple<QWidget*, const char*, QString>> rows{
      {f.kind, "kind", MachineDialogs::tr("Kind")},
      {f.host, "host", MachineDialogs::tr("SSH host")},
      {f.name, "name", MachineDialogs::tr("Name here")},
      {f.folder, "folder", MachineDialogs::tr("Folder there")},
      {f.partition, "partition", MachineDialogs::tr("Partition")},
      {f.account, "account", MachineDialogs::tr("Account")},
      {f.time, "time", MachineDialogs::tr("Time limit of a job")},
      {f.gres, "gres", MachineDialogs::tr("Resources of a job")},
      {f.constraint, "constraint", MachineDialogs::tr("Features of a node")},
      {f.memory, "memory", MachineDialogs::tr("Memory of a job")}};
  for (const auto& [field, id, label] : rows) {
    field->setObjectName(QStringLiteral("machines.dialog.") + QLatin1String{id});
    field->setAccessibleName(label);
    form->addRow(label, field);
    if (row++ > 3) form->setRowVisible(field, false);  // A cluster's.
  }
  auto* note = new QLabel{dialog};
  note->setObjectName(QStringLiteral("machines.dialog.note"));
  note->setWordWrap(true);
  form->addRow(note);
  auto* buttons = new QDialogButtonBox{dialog};
  auto* ok = buttons->addButton(MachineDialogs::tr("Add and test"), QDialogButtonBox::AcceptRole);
  ok->setObjectName(QStringLiteral("machines.dialog.ok"));
  auto* no = buttons->addButton(MachineDialogs::tr("Do not add"), QDialogButtonBox::RejectRole);
  no->setObjectName(QStringLiteral("machines.dialog.no"));
  no->setAutoDefault(false);
  form->addRow(buttons);
  const auto look = [=] {
    const auto missing = missingIn(f);
    ok->setEnabled(missing.isEmpty());
    ok->setToolTip(missing);
    const auto name = f.name->text().trimmed();
    note->setText(
        !missing.isEmpty()     ? missing
        : taken.contains(name) ? MachineDialogs::tr("%1 is on the list already and will be changed.").arg(name)
        : f.host->currentText().trimmed().isEmpty()
            ? MachineDialogs::tr("Without a host jobs are submitted from this machine. The folder must be one that the nodes see.")
            : MachineDialogs::tr("It will be connected to once, to see what is there. Nothing is sent before you agree."));
  };
  QObject::connect(f.kind, &QComboBox::currentIndexChanged, dialog, [=] {
    for (auto* field : std::initializer_list<QWidget*>{f.partition, f.account, f.time, f.gres, f.constraint, f.memory})
      form->setRowVisible(field, f.kind->currentIndex() == 1);
    look();
    dialog->adjustSize();
  });
  // A name that nobody has typed is that of the host.
  QObject::connect(f.host, &QComboBox::currentTextChanged, dialog, [=](const QString& host) {
    if (!f.name->isModified()) f.name->setText(host.section(QLatin1Char('@'), -1).section(QLatin1Char(':'), 0, 0));
    look();
  });
  QObject::connect(f.name, &QLineEdit::textChanged, dialog, look);
  QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  QObject::connect(dialog, &QDialog::accepted, parent, [f, then = std::move(then)] { then(wordsOf(f)); });
  look();
  f.host->setFocus();
  dialog->open();
}

void askToSend(QWidget* parent, const QString& name, const QString& folder, std::int64_t bytes, std::int64_t freeBytes,
               std::function<void()> then) {
  const auto where = folder.isEmpty() ? QStringLiteral("~/.patchbay-worker") : folder;
  ask(parent,
      {"sendDialog", MachineDialogs::tr("Send the worker"),
       MachineDialogs::tr("Send %1 to %2?").arg(widgets::sayBytes(static_cast<double>(bytes)), name),
       MachineDialogs::tr(
           "That is Patchbay's worker with its libraries, kept in %1 there, where %2 are free. What is there already is not sent "
           "again, also when this is stopped half-way.")
           .arg(where, widgets::sayBytes(static_cast<double>(freeBytes))),
       MachineDialogs::tr("Send it"), MachineDialogs::tr("Not now")},
      std::move(then));
}

void askToClean(QWidget* parent, const QString& name, const Value& would, std::int64_t freeBytes, std::function<void()> then) {
  const auto bytes = static_cast<double>(would["bytes"].asInt()), free = static_cast<double>(freeBytes);
  auto more = MachineDialogs::tr(
      "These are data, models and results that no job has used for a day, or for a month while jobs run there. What is "
      "needed again is sent again. Jobs, their checkpoints and the worker stay, and nothing is removed here.");
  if (freeBytes > 0)
    more += QStringLiteral("\n\n") +
            MachineDialogs::tr("Free there now %1, afterwards %2.").arg(widgets::sayBytes(free), widgets::sayBytes(free + bytes));
  ask(parent,
      {"cleanDialog", MachineDialogs::tr("Clean up"),
       MachineDialogs::tr("Remove %n file(s), %1, from %2?", nullptr, static_cast<int>(would["objects"].asInt()))
           .arg(widgets::sayBytes(bytes), name),
       more, MachineDialogs::tr("Remove them"), MachineDialogs::tr("Keep them")},
      std::move(then));
}

void askToRemove(QWidget* parent, const QString& name, int goingJobs, std::function<void()> then) {
  auto more = MachineDialogs::tr(
      "What lies there stays there, and pipelines that are set to run on it say that it is not known. It can be added "
      "again under the same name.");
  if (goingJobs > 0)
    more = MachineDialogs::tr("Jobs of ours are still there (%1) and would not be followed any more: cancel them first.").arg(goingJobs) +
           QStringLiteral("\n\n") + more;
  ask(parent,
      {"removeDialog", MachineDialogs::tr("Take off the list"), MachineDialogs::tr("Take %1 off the list of machines?").arg(name), more,
       MachineDialogs::tr("Take it off"), MachineDialogs::tr("Keep it")},
      std::move(then));
}

}  // namespace patchbay::studio
