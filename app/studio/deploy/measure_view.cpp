// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/measure_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QThread>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <deque>

#include "app/studio/deploy/flow_pair.h"
#include "app/studio/deploy/trade_plot.h"
#include "app/studio/session/child_run.h"
#include "app/studio/try_it/try_parts.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

namespace {
enum Column { Name, Precision, Size, Accuracy, Threads, Single50, Single95, Eight50, Eight95, Rate, columns };
constexpr int singly = 1, eight = 8, tableWidth = 620, plotWidth = 380;
}  // namespace

struct MeasureView::Impl {
  MeasureView& self;
  std::vector<ExportFacts> exports;
  MeasureTable table;
  ChildRun child;
  double seconds = 1;
  bool vnni = int8InHardware();
  /// What is still to be measured, each by a worker of its own.
  struct Job {
    std::filesystem::path folder;
    int threads = 1;
  };
  std::deque<Job> waiting;
  int done = 0, jobs = 0;
  Tone tone = Tone::Neutral;
  std::function<QString()> said;

  QPushButton *go, *end, *copy, *csv, *png, *serve;
  QLabel *limitName, *axisName, *progress;
  QDoubleSpinBox* limit;
  QComboBox* axis;
  QTreeWidget* list;
  TradePlot* plot;
  QSplitter* halves;
  widgets::EmptyState* none;
  Remark *pick, *note, *problem;
  QProgressBar* bar;

  explicit Impl(MeasureView& view) : self{view} {}
  void build();
  void wire();
  void retranslate();
  void next();
  void took(int code, bool stopped);
  void fill();
  void showPick();
  void update();
  QString whyNot() const;
  QString tableText() const;
  void saveTable();
  void savePlot();
  void saved(const QString& file, bool good);
  void tell(Tone how, std::function<QString()> words) {
    tone = how;
    said = std::move(words);
    problem->say(tone, said ? said() : QString{});
  }
};

void MeasureView::Impl::build() {
  const auto button = [&](const char* name, const char* iconName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QStringLiteral("deploy.measure.") + QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{iconName}));
    return one;
  };
  go = button("go", "clock");
  end = button("stop", "interrupt");
  copy = button("copy", "copy");
  csv = button("csv", "save");
  png = button("png", "save");
  serve = button("serve", "run");
  limit = new QDoubleSpinBox{&self};
  limit->setObjectName(QStringLiteral("deploy.measure.limit"));
  limit->setRange(0, 100'000);
  limit->setDecimals(1);
  limit->setSingleStep(1);
  limitName = new QLabel{&self};
  limitName->setBuddy(limit);
  axis = new QComboBox{&self};
  axis->setObjectName(QStringLiteral("deploy.measure.axis"));
  axis->addItems({{}, {}});
  axisName = new QLabel{&self};
  axisName->setBuddy(axis);
  list = new QTreeWidget{&self};
  list->setObjectName(QStringLiteral("deploy.measure.table"));
  list->setRootIsDecorated(false);
  list->setUniformRowHeights(true);
  list->setAlternatingRowColors(true);
  list->setColumnCount(columns);
  list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list->header()->setStretchLastSection(false);
  plot = new TradePlot{&self};
  pick = new Remark{QStringLiteral("deploy.measure.pick"), &self};
  note = new Remark{QStringLiteral("deploy.measure.note"), &self};
  problem = new Remark{QStringLiteral("deploy.measure.problem"), &self};
  progress = new QLabel{&self};
  progress->setObjectName(QStringLiteral("deploy.measure.progress"));
  bar = new QProgressBar{&self};
  bar->setTextVisible(false);
  bar->setMaximumWidth(160);

  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  auto* top = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : std::initializer_list<QWidget*>{go, end, together(limitName, limit), together(axisName, axis), copy, csv, png})
    top->addWidget(one);
  column->addLayout(top);
  auto* row = new QHBoxLayout;
  row->addWidget(bar);
  row->addWidget(progress, 1);
  column->addLayout(row);
  auto* pickRow = new QHBoxLayout;
  pickRow->addWidget(pick, 1);
  pickRow->addWidget(serve);
  column->addLayout(pickRow);
  column->addWidget(problem);
  halves = new QSplitter{Qt::Horizontal, &self};
  halves->addWidget(list);
  halves->addWidget(plot);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  halves->setSizes({tableWidth, plotWidth});
  halves->setChildrenCollapsible(false);
  column->addWidget(halves, 1);
  none = new widgets::EmptyState{&self};
  none->setObjectName(QStringLiteral("deploy.measure.none"));
  column->addWidget(none, 1);
  column->addWidget(note);
}

void MeasureView::Impl::wire() {
  connect(go, &QPushButton::clicked, &self, &MeasureView::measure);
  connect(end, &QPushButton::clicked, &self, &MeasureView::stop);
  connect(limit, &QDoubleSpinBox::valueChanged, &self, [this] { showPick(); });
  connect(axis, &QComboBox::currentIndexChanged, &self, [this] { showPick(); });
  connect(&child, &ChildRun::ended, &self, [this](int code, bool stopped) { took(code, stopped); });
  connect(copy, &QPushButton::clicked, &self, [this] {
    QGuiApplication::clipboard()->setText(tableText());
    tell(Tone::Good, [] { return tr("The table is on the clipboard."); });
  });
  connect(csv, &QPushButton::clicked, &self, [this] { saveTable(); });
  connect(png, &QPushButton::clicked, &self, [this] { savePlot(); });
  connect(serve, &QPushButton::clicked, &self, [this] {
    const auto all = table.contenders(exports, MeasureTable::Axis::Time);
    if (const auto best = bestWithin(all, limit->value()))
      Q_EMIT self.serveWanted(fromUtf8(all[*best].folder.native()), fromUtf8(all[*best].precision));
  });
}

void MeasureView::Impl::retranslate() {
  go->setText(tr("Measure"));
  end->setText(tr("Stop"));
  limitName->setText(tr("Limit"));
  limit->setSuffix(tr(" ms"));
  limit->setSpecialValueText(tr("none"));
  limit->setAccessibleName(tr("Longest time for one picture"));
  limit->setToolTip(tr("The most accurate model that takes at most so long for one picture, 19 times of 20, is named below"));
  axisName->setText(tr("Against"));
  axis->setItemText(0, tr("Time"));
  axis->setItemText(1, tr("Size"));
  axis->setToolTip(tr("What accuracy is drawn against"));
  copy->setText(tr("Copy table"));
  csv->setText(tr("Save table…"));
  csv->setToolTip(tr("As CSV"));
  png->setText(tr("Save plot…"));
  png->setToolTip(tr("As PNG"));
  serve->setText(tr("Serve this one"));
  list->setAccessibleName(tr("What was measured"));
  list->setHeaderLabels({tr("Export"), tr("Precision"), tr("MB"), tr("Accuracy"), tr("Threads"), tr("ms"), tr("ms, 95 %"), tr("8: ms"),
                         tr("8: ms, 95 %"), tr("Pictures/s")});
  list->headerItem()->setToolTip(Accuracy, tr("As the export says it was measured, with the 95 % interval"));
  list->headerItem()->setToolTip(Single50, tr("Median for one picture, with the network alone"));
  list->headerItem()->setToolTip(Single95, tr("19 of 20 pictures take at most so long"));
  list->headerItem()->setToolTip(Eight50, tr("Median for eight pictures together"));
  list->headerItem()->setToolTip(Eight95, tr("19 of 20 batches of eight take at most so long"));
  list->headerItem()->setToolTip(Rate, tr("At best, one by one or eight together"));
  none->setText(tr("Nothing is measured yet"),
                tr("Tick one or several exports and measure them: time for one picture and for eight, beside size and accuracy."));
  fill();
  if (said) problem->say(tone, said());
}

QString MeasureView::Impl::whyNot() const {
  if (child.running()) return tr("It is being measured.");
  if (exports.empty()) return tr("Tick an export in the list first.");
  return {};
}

void MeasureView::Impl::update() {
  const auto why = whyNot();
  // Stop stands where Measure stood: nothing moves under the mouse.
  go->setVisible(!child.running());
  go->setEnabled(why.isEmpty());
  go->setToolTip(why.isEmpty() ? tr("Measures what is ticked in the list, fp32 and int8, on this machine") : why);
  end->setVisible(child.running());
  bar->setVisible(child.running());
  bar->setRange(0, std::max(1, jobs));
  bar->setValue(done);
  progress->setVisible(child.running());
  progress->setText(child.stopping() ? tr("Stopping…")
                                     : tr("Measuring %1 of %2. Other work on this machine makes the times longer.")
                                           .arg(QLocale{}.toString(std::min(done + 1, jobs)), QLocale{}.toString(jobs)));
  const auto empty = table.contenders(exports, MeasureTable::Axis::Time).empty() ? tr("Measure first.") : QString{};
  for (auto* one : {copy, csv, png}) {
    one->setEnabled(empty.isEmpty());
    if (!empty.isEmpty()) one->setToolTip(empty);
  }
  if (empty.isEmpty()) {
    copy->setToolTip(tr("Puts it on the clipboard, for a spreadsheet"));
    csv->setToolTip(tr("As CSV"));
    png->setToolTip(tr("As PNG"));
  }
}

void MeasureView::Impl::next() {
  if (waiting.empty()) return;
  const auto job = waiting.front();
  waiting.pop_front();
  const Value settings{Value::Map{{"exports", Value::List{pathToValue(job.folder)}},
                                  {"threads", Value::List{job.threads}},
                                  {"batches", Value::List{singly, eight}},
                                  {"seconds", seconds}}};
  child.start(programBeside(QStringLiteral("patchbay-worker")), {QStringLiteral("measure"), fromUtf8(toJson(settings))});
  update();
}

void MeasureView::Impl::took(int code, bool stopped) {
  ++done;
  if (stopped) {
    waiting.clear();
    tell(Tone::Neutral, [] { return tr("Stopped. What was measured before stays."); });
  } else if (const auto answer = code == 0 ? parseJson(child.output().toStdString()) : Result<Value>{Value{}}; answer && answer->isMap()) {
    table.add(*answer);
  } else {
    const auto why = problemIn(child.errors());
    tell(Tone::Bad, [why] { return why.isEmpty() ? tr("The measuring ended without a result. Measure again.") : why; });
  }
  fill();
  if (waiting.empty()) Q_EMIT self.ended();
  else next();
}

void MeasureView::Impl::fill() {
  list->clear();
  const auto number = [](double v, int decimals) { return QLocale{}.toString(v, 'f', decimals); };
  for (const auto& facts : exports)
    for (const auto& row : table.rows()) {
      if (row.folder != facts.folder) continue;
      const auto* model = facts.model(row.precision);
      const auto cell = [&](int batch, bool late) {
        const auto found = row.batches.find(batch);
        if (found == row.batches.end()) return QStringLiteral("–");
        const double ms = late ? found->second.p95 : found->second.p50;
        return number(ms, ms < 10 ? 2 : 1);
      };
      auto* item = new QTreeWidgetItem{list};
      const QStringList cells{fromUtf8(facts.name),
                              fromUtf8(row.precision),
                              number(static_cast<double>(row.bytes) / 1e6, 1),
                              sayAccuracy(model ? model->accuracy : std::nullopt),
                              QLocale{}.toString(qlonglong{row.threads}),
                              cell(singly, false),
                              cell(singly, true),
                              cell(eight, false),
                              cell(eight, true),
                              number(row.bestRate(), 0)};
      for (int c = 0; c < columns; ++c) {
        item->setText(c, cells[c]);
        if (c >= Size && c != Accuracy) item->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
      }
      item->setToolTip(Name, fromUtf8(displayText(row.folder.native())));
      if (model && model->accuracy && model->pictures > 0)
        item->setToolTip(Accuracy, model->part == "validation"
                                       ? tr("Of %n validation picture(s)", nullptr, static_cast<int>(model->pictures))
                                       : tr("Of %n picture(s) it was not trained on", nullptr, static_cast<int>(model->pictures)));
    }
  const auto hardware =
      vnni || !table.hasInt8()
          ? QString{}
          : tr("This processor has no VNNI: int8 is about as fast as fp32 here. What it gains on this machine is the size.");
  note->say(Tone::Neutral, hardware);
  halves->setVisible(list->topLevelItemCount() > 0);
  none->setVisible(list->topLevelItemCount() == 0);
  showPick();
}

void MeasureView::Impl::showPick() {
  const auto wanted = axis->currentIndex() == 1 ? MeasureTable::Axis::Size : MeasureTable::Axis::Time;
  const auto all = table.contenders(exports, wanted);
  const auto best = limit->value() > 0 ? bestWithin(all, limit->value()) : std::nullopt;
  plot->show(all, wanted, limit->value(), best ? static_cast<int>(*best) : -1);
  if (all.empty()) {
    pick->say(Tone::Neutral, {});
  } else if (all.size() == 1 && limit->value() <= 0) {
    pick->say(Tone::Neutral, tr("Only one model was measured. Tick more exports to compare them, or set a limit."));
  } else if (limit->value() > 0) {
    pick->say(best ? Tone::Good : Tone::Warning, sayPick(all, limit->value()));
  } else {
    QStringList front;
    for (const auto& one : all)
      if (one.front) front << one.name;
    pick->say(Tone::Neutral,
              wanted == MeasureTable::Axis::Time
                  ? tr("Worth choosing from: %1. Every other model is beaten in accuracy and time.").arg(front.join(tr(", ")))
                  : tr("Worth choosing from: %1. Every other model is beaten in accuracy and size.").arg(front.join(tr(", "))));
  }
  serve->setVisible(best.has_value());
  update();
}

/// As a spreadsheet takes it.
QString MeasureView::Impl::tableText() const {
  QStringList lines;
  QStringList heads;
  for (int c = 0; c < columns; ++c) heads << list->headerItem()->text(c);
  lines << heads.join(QLatin1Char('\t'));
  for (int i = 0; i < list->topLevelItemCount(); ++i) {
    QStringList cells;
    for (int c = 0; c < columns; ++c) cells << list->topLevelItem(i)->text(c);
    lines << cells.join(QLatin1Char('\t'));
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void MeasureView::Impl::saveTable() {
  widgets::askPath(
      &self,
      {.ask = widgets::Ask::Save, .title = tr("Save the table"), .start = QStringLiteral("measured.csv"), .filters = tr("Tables (*.csv)")},
      [this](const QString& file) {
        QSaveFile out{file};
        saved(file, out.open(QIODevice::WriteOnly) && out.write(table.csv(exports).toUtf8()) >= 0 && out.commit());
      });
}

void MeasureView::Impl::savePlot() {
  widgets::askPath(
      &self,
      {.ask = widgets::Ask::Save, .title = tr("Save the plot"), .start = QStringLiteral("measured.png"), .filters = tr("Pictures (*.png)")},
      [this](const QString& file) { saved(file, plot->savePng(file)); });
}

void MeasureView::Impl::saved(const QString& file, bool good) {
  if (good) tell(Tone::Good, [file] { return tr("Saved as %1").arg(file); });
  else tell(Tone::Bad, [file] { return tr("%1 cannot be written. Choose another place.").arg(file); });
}

MeasureView::MeasureView(QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this)} {
  setObjectName(QStringLiteral("deploy.measure"));
  impl_->build();
  impl_->wire();
  impl_->retranslate();
}

MeasureView::~MeasureView() { impl_->child.disconnect(this); }

void MeasureView::setExports(std::vector<ExportFacts> exports) {
  impl_->exports = std::move(exports);
  impl_->fill();
}
void MeasureView::setSeconds(double each) { impl_->seconds = each; }
bool MeasureView::busy() const { return impl_->child.running() || !impl_->waiting.empty(); }
const MeasureTable& MeasureView::table() const { return impl_->table; }

void MeasureView::measure() {
  auto& d = *impl_;
  if (!d.whyNot().isEmpty()) return;
  d.tell(Tone::Neutral, {});
  d.waiting.clear();
  const int all = std::max(1, QThread::idealThreadCount());
  for (const auto& facts : d.exports) {
    d.waiting.push_back({facts.folder, 1});
    if (all > 1) d.waiting.push_back({facts.folder, all});
  }
  d.done = 0;
  d.jobs = static_cast<int>(d.waiting.size());
  d.next();
}

void MeasureView::stop() {
  impl_->child.stop();
  impl_->update();
}

void MeasureView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->go) impl_->retranslate();
}

}  // namespace patchbay::studio
