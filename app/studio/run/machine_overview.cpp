// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_overview.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include "app/studio/run/machine_dialogs.h"
#include "app/studio/run/machine_load_view.h"
#include "app/studio/run/machine_tool.h"
#include "app/studio/run/machine_words.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

using widgets::Tone;

struct MachineOverview::Impl {
  MachineOverview& self;
  MachineBook& book;
  MachineTool& tool;
  QScrollArea* scroll = new QScrollArea{&self};
  QWidget* page = new QWidget;
  QLabel *icon = new QLabel{page}, *state = new QLabel{page}, *kind = new QLabel{page}, *trouble = new QLabel{page},
         *said = new QLabel{page};
  MachineLoadView* load = new MachineLoadView{page};
  QPushButton *test = new QPushButton{page}, *install = new QPushButton{page}, *clean = new QPushButton{page},
              *copy = new QPushButton{page}, *again = new QPushButton{page}, *stop = new QPushButton{page};
  std::optional<SeenMachine> shown;
  /// What was said of which machine, in the language of the moment: it stays with the machine.
  std::map<QString, std::function<QString()>> words;
  QString working;                               ///< The machine that something is done with.
  std::function<QString(const QString&)> doing;  ///< What, with the time it has taken so far.
  QElapsedTimer since;
  QTimer second;
  int asking = 0;

  Impl(MachineOverview& s, MachineBook& b, MachineTool& t) : self{s}, book{b}, tool{t} {}

  QString chosen() const { return shown ? shown->name : QString{}; }

  void tell(const QString& machine, std::function<QString()> what) {
    words[machine] = std::move(what);
    fill();
  }
  void tellError(const QString& machine, const Error& error) {
    tell(machine, [error] { return widgets::say(error); });
  }

  void begin(const QString& machine, std::function<QString(const QString&)> what) {
    working = machine;
    doing = std::move(what);
    since.start();
    second.start();
    words.erase(machine);
    ++asking;
    fill();
  }
  void end() {
    --asking;
    working.clear();
    second.stop();
    book.askNow(chosen());
  }

  void fill() {
    scroll->setVisible(shown.has_value());
    if (!shown) return;
    const auto& m = *shown;
    const auto now = MachineBook::now();
    icon->setPixmap(machineIcon(m.state(), self.palette()).pixmap(16, 16));
    state->setText(MachineOverview::tr("%1: %2").arg(m.name, sayMachine(m, now)));
    kind->setText(sayKind(m));
    colour(kind, Tone::Neutral);
    trouble->setVisible(m.error.has_value());
    again->setVisible(m.error.has_value());
    QString command;
    if (m.error) {
      const auto cause = widgets::say(m.error->cause), hint = widgets::say(m.error->hint);
      trouble->setText(
          cause + QLatin1Char('\n') + hint +
          (m.seen > 0 ? QLatin1Char('\n') + MachineOverview::tr("The figures below are of %1.").arg(sayAge(now - m.seen)) : QString{}));
      command = commandIn(hint);
    }
    copy->setVisible(!command.isEmpty());
    copy->setProperty("command", command);
    copy->setToolTip(command);
    load->setBars(m.seen > 0 || (m.asked && !m.error) ? loadBars(m.load, m.slurm) : std::vector<LoadBar>{}, m.error || !m.asked);
    fillSaid();
    enable();
  }

  void fillSaid() {
    QString text;
    if (working == chosen() && !working.isEmpty()) text = doing(widgets::sayDuration(static_cast<double>(since.elapsed()) / 1000));
    else if (const auto found = words.find(chosen()); found != words.end() && found->second) text = found->second();
    said->setText(text);
    said->setVisible(!text.isEmpty());
  }

  static void colour(QLabel* label, Tone tone) {
    auto palette = label->parentWidget()->palette();
    palette.setColor(QPalette::WindowText, toneColour(tone, palette));
    label->setPalette(palette);
  }

  void enable() {
    const bool busy = !working.isEmpty();
    const auto waits = MachineOverview::tr("%1 is being asked; one thing after the other.").arg(working);
    const bool local = shown && shown->host.isEmpty();
    const auto set = [](QPushButton* button, bool on, const QString& tip) {
      button->setEnabled(on);
      button->setToolTip(tip);
      button->setStatusTip(tip);
    };
    set(test, !busy, busy ? waits : MachineOverview::tr("Says in words what is there, and what is wrong, with the command that mends it"));
    set(install, !busy && !local,
        busy    ? waits
        : local ? MachineOverview::tr("Jobs are submitted from this machine, which has the worker.")
                : MachineOverview::tr("Asks first, with the size"));
    const bool away = shown && shown->error;
    set(clean, !busy && !away,
        busy   ? waits
        : away ? MachineOverview::tr("The machine does not answer as it should; nothing can be removed there.")
               : MachineOverview::tr("Shows first what would be removed and how much it frees"));
    stop->setVisible(busy && working == chosen() && tool.waiting() > 0);
  }

  void send(const QString& name, const QString& folder);
  void transfer(const QString& name, std::int64_t bytes);
  void cleanUp(const QString& name);
  void remove(const QString& name);
  void build();
  void retranslate();
};

/// First the size, then the question, then the bytes.
void MachineOverview::Impl::send(const QString& name, const QString& folder) {
  begin(name, [name](const QString& time) { return MachineOverview::tr("Looking what %1 has already… %2").arg(name, time); });
  tool.ask({QStringLiteral("install"), name}, [this, name, folder](const Value& answer, const std::optional<Error>& error) {
    end();
    if (error) return tellError(name, *error);
    const auto bytes = answer["needed_bytes"].asInt();
    if (bytes == 0) return tell(name, [name] { return MachineOverview::tr("The worker is on %1 already.").arg(name); });
    tell(name, {});
    askToSend(&self, name, folder, bytes, answer["free_bytes"].asInt(), [this, name, bytes] { transfer(name, bytes); });
  });
}

void MachineOverview::Impl::transfer(const QString& name, std::int64_t bytes) {
  const auto size = widgets::sayBytes(static_cast<double>(bytes));
  begin(name, [name, size](const QString& time) { return MachineOverview::tr("Sending %1 to %2… %3 so far").arg(size, name, time); });
  tool.ask({QStringLiteral("install"), name, QStringLiteral("--yes")}, [this, name](const Value&, const std::optional<Error>& error) {
    end();
    if (error) return tellError(name, *error);
    self.test(name);
  });
}

void MachineOverview::Impl::cleanUp(const QString& name) {
  begin(name, [name](const QString& time) { return MachineOverview::tr("Looking what could go from %1… %2").arg(name, time); });
  book.request(name, "machine_clean", {{"dry_run", true}}, &self, [this, name](const Result<Value>& would) {
    end();
    if (!would) return tellError(name, would.error());
    if ((*would)["objects"].asInt() == 0)
      return tell(name, [] {
        return MachineOverview::tr(
            "There is nothing to remove: all that lies there was used in the last day, or may be "
            "needed by a job that runs.");
      });
    tell(name, {});
    const auto* seen = book.find(name);
    askToClean(&self, name, *would, seen ? seen->load["free_bytes"].asInt() : 0, [this, name] { remove(name); });
  });
}

void MachineOverview::Impl::remove(const QString& name) {
  begin(name, [name](const QString& time) { return MachineOverview::tr("Removing from %1… %2").arg(name, time); });
  book.request(name, "machine_clean", {{"dry_run", false}}, &self, [this, name](const Result<Value>& gone) {
    end();
    if (!gone) return tellError(name, gone.error());
    const auto size = widgets::sayBytes(static_cast<double>((*gone)["bytes"].asInt()));
    const auto files = static_cast<int>((*gone)["objects"].asInt());
    tell(name, [size, files] { return MachineOverview::tr("Removed %n file(s), %1.", nullptr, files).arg(size); });
  });
}

void MachineOverview::Impl::build() {
  auto* outer = new QVBoxLayout{&self};
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);
  scroll->setWidget(page);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout{page};
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(8);
  auto* head = new QHBoxLayout;
  head->addWidget(icon);
  head->addWidget(state, 1);
  column->addLayout(head);
  column->addWidget(kind);
  column->addWidget(trouble);
  auto* row = new widgets::FlowLayout;
  for (auto* button : {copy, again, test, install, clean, stop}) row->addWidget(button);
  column->addLayout(row);
  // The panel is low at first: what was asked for comes before what is always there.
  column->addWidget(said);
  column->addWidget(load);
  column->addStretch(1);
  auto bold = state->font();
  bold.setWeight(QFont::DemiBold);
  state->setFont(bold);
  for (auto* label : {state, kind, trouble, said}) {
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
  }
  for (auto* label : {state, kind, trouble, said}) label->setWordWrap(true);
  const std::initializer_list<std::pair<QWidget*, const char*>> names{
      {kind, "kind"},       {state, "state"}, {trouble, "trouble"},  {said, "said"},   {load, "load"},       {test, "test"},
      {install, "install"}, {clean, "clean"}, {copy, "copyCommand"}, {again, "again"}, {stop, "stopSending"}};
  for (const auto& [widget, id] : names) widget->setObjectName(QStringLiteral("machines.") + QLatin1String{id});
  second.setInterval(1000);
  QObject::connect(&second, &QTimer::timeout, &self, [this] { fillSaid(); });
  QObject::connect(test, &QPushButton::clicked, &self, [this] { self.test(chosen()); });
  QObject::connect(install, &QPushButton::clicked, &self, [this] { send(chosen(), shown->folder); });
  QObject::connect(clean, &QPushButton::clicked, &self, [this] { cleanUp(chosen()); });
  QObject::connect(again, &QPushButton::clicked, &self, [this] { book.askNow(chosen()); });
  QObject::connect(stop, &QPushButton::clicked, &self, [this] { tool.stop(); });
  QObject::connect(copy, &QPushButton::clicked, &self, [this] {
    const auto command = copy->property("command").toString();
    QApplication::clipboard()->setText(command);
    tell(chosen(), [command] { return MachineOverview::tr("Copied: %1").arg(command); });
  });
  retranslate();
}

void MachineOverview::Impl::retranslate() {
  test->setText(MachineOverview::tr("Test"));
  install->setText(MachineOverview::tr("Send the worker…"));
  clean->setText(MachineOverview::tr("Clean up…"));
  copy->setText(MachineOverview::tr("Copy the command"));
  again->setText(MachineOverview::tr("Try again now"));
  stop->setText(MachineOverview::tr("Stop"));
  for (auto* button : {test, install, clean, copy, again, stop}) button->setAccessibleName(button->text());
  state->setAccessibleName(MachineOverview::tr("State of the machine"));
  trouble->setAccessibleName(MachineOverview::tr("What is wrong, and what mends it"));
  load->setAccessibleName(MachineOverview::tr("How busy the machine is"));
  said->setAccessibleName(MachineOverview::tr("What the machine says"));
  fill();
}

MachineOverview::MachineOverview(MachineBook& book, MachineTool& tool, QWidget* parent)
    : QWidget{parent}, impl_{std::make_unique<Impl>(*this, book, tool)} {
  impl_->build();
}
MachineOverview::~MachineOverview() = default;

void MachineOverview::setMachine(const SeenMachine* machine) {
  impl_->shown = machine ? std::optional{*machine} : std::nullopt;
  impl_->fill();
}

void MachineOverview::test(const QString& name) {
  auto& d = *impl_;
  if (!d.working.isEmpty()) return;
  d.begin(name, [name](const QString& time) { return tr("Asking %1 what is there… %2").arg(name, time); });
  d.tool.ask({QStringLiteral("test"), name}, [&d, name](const Value& facts, const std::optional<Error>& error) {
    d.end();
    d.tell(name, [facts, error, name] {
      auto lines = facts.contains("system") ? machineLines(facts) : QStringList{};
      // What is wrong first: it is what there is to do.
      if (error) lines = QStringList{widgets::say(error->cause), widgets::say(error->hint)} + lines;
      else lines << MachineOverview::tr("Ready: choose %1 above and run the pipeline.").arg(name);
      return lines.join(QLatin1Char('\n'));
    });
  });
}

bool MachineOverview::idle() const { return impl_->asking == 0; }
void MachineOverview::retranslate() { impl_->retranslate(); }

void MachineOverview::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) impl_->fill();
  QWidget::changeEvent(event);
}

}  // namespace patchbay::studio
