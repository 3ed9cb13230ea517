// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/prove_view.h"

#include <signal.h>

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>
#include <chrono>
#include <thread>
#include <utility>

#include "app/studio/deploy/proof_facts.h"
#include "app/studio/session/child_run.h"
#include "app/studio/try_it/try_parts.h"
#include "widgets/base/ask_path.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::Tone;

namespace {

/// What `patchbay reproduce` says as a whole sentence; other lines are facts with their names.
QString sayReason(const std::string& english) {
  static constexpr const char* sentences[] = {
      // NOLINTBEGIN(bugprone-suspicious-missing-comma): long ones have two lines
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the data."),
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the seed."),
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the machine and the libraries."),
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the pretrained weights."),
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the pipeline."),
      QT_TRANSLATE_NOOP("reproduce", "Not the same: the thresholds."),
      QT_TRANSLATE_NOOP("reproduce",
                        "Data, seed, libraries, machine and pipeline are the same: something in the run is not repeatable. "
                        "Please report it."),
  };  // NOLINTEND(bugprone-suspicious-missing-comma)
  for (const auto* one : sentences)
    if (english == one) return QCoreApplication::translate("reproduce", one);
  return QStringLiteral("    ") + fromUtf8(displayText(english));
}

/// A project of ours, when the program that works in it has ended.
void removeLater(const std::string& place, qint64 worker) {
  if (place.empty()) return;
  std::thread{[place, worker] {
    constexpr int looks = 300, everyMs = 100;
    for (int i = 0; i < looks && worker > 0 && ::kill(static_cast<pid_t>(worker), 0) == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{everyMs});
    std::error_code ec;
    std::filesystem::remove_all(place, ec);
  }}.detach();
}

}  // namespace

QStringList sayReproduced(const Value& c) {
  QStringList out;
  const auto say = [](const char* text) { return QCoreApplication::translate("reproduce", text); };
  out << (c["same_data"].asBool() ? say(QT_TRANSLATE_NOOP("reproduce", "Data: the same pictures and labels."))
                                  : say(QT_TRANSLATE_NOOP("reproduce", "Data: other pictures or labels.")));
  const auto& figures = c["figures"].asList();
  if (!c["figures_known"].asBool()) out << say(QT_TRANSLATE_NOOP("reproduce", "Figures: the export has none."));
  else if (figures.empty()) out << say(QT_TRANSLATE_NOOP("reproduce", "Figures: all the same."));
  else out << widgets::sayCount(TR("reproduce", "Figures: {n} differ."), static_cast<std::int64_t>(figures.size()));
  for (const auto& one : figures) out << QStringLiteral("    ") + fromUtf8(displayText(one.asText()));
  out << (c["same_weights"].asBool() ? say(QT_TRANSLATE_NOOP("reproduce", "Weights: the same bytes."))
                                     : say(QT_TRANSLATE_NOOP("reproduce", "Weights: other bytes.")));
  out << (c["same_bytes"].asBool() ? say(QT_TRANSLATE_NOOP("reproduce", "Model: the same bytes."))
          : c["same_weights"].asBool()
              ? say(QT_TRANSLATE_NOOP("reproduce", "Model: the same weights, but what is written beside them differs."))
              : say(QT_TRANSLATE_NOOP("reproduce", "Model: other bytes.")));
  for (const auto& one : c["reasons"].asList()) out << sayReason(one.asText());
  return out;
}

struct ProveView::Impl {
  ProveView& self;
  std::optional<ExportFacts> facts;
  ChildRun again, report, help;
  bool pdfOffered = false, helpAsked = false;
  QString project;      ///< Made for the run.
  std::string writing;  ///< The report that is made, or was last.
  QElapsedTimer clock;
  QTimer ticking;
  Value compared;
  Tone tone = Tone::Neutral, reportTone = Tone::Neutral;
  std::function<QString()> said, reportSaid;

  QLabel *what, *dataName, *progress;
  QLineEdit* data;
  QPushButton *browse, *run, *stop, *html, *pdf, *open, *openPdf, *folder;
  QPlainTextEdit* found;
  QProgressBar* bar;
  Remark *verdict, *written;
  ProofFacts* good;

  explicit Impl(ProveView& view) : self{view} {}
  void build();
  void wire();
  void retranslate();
  void update();
  void reproduce();
  void reproduced(int code, bool stopped);
  void make(bool asPdf);
  void show();
  QString file(const char* name) const { return facts ? fromUtf8((facts->folder / name).native()) : QString{}; }
  QString whyNot() const;
};

void ProveView::Impl::build() {
  const auto button = [&](const char* name, const char* iconName) {
    auto* one = new QPushButton{&self};
    one->setObjectName(QStringLiteral("deploy.prove.") + QLatin1String{name});
    one->setIcon(widgets::icon(QLatin1String{iconName}));
    return one;
  };
  browse = button("browse", "folder");
  run = button("run", "run");
  stop = button("stop", "interrupt");
  html = button("html", "results");
  pdf = button("pdf", "file");
  open = button("open", "window");
  openPdf = button("open-pdf", "window");
  folder = button("folder", "folder");
  what = new QLabel{&self};
  what->setWordWrap(true);
  what->setTextFormat(Qt::PlainText);
  data = new QLineEdit{&self};
  data->setObjectName(QStringLiteral("deploy.prove.data"));
  dataName = new QLabel{&self};
  dataName->setBuddy(data);
  found = new QPlainTextEdit{&self};
  found->setObjectName(QStringLiteral("deploy.prove.found"));
  found->setReadOnly(true);
  verdict = new Remark{QStringLiteral("deploy.prove.verdict"), &self};
  written = new Remark{QStringLiteral("deploy.prove.written"), &self};
  progress = new QLabel{&self};
  progress->setObjectName(QStringLiteral("deploy.prove.progress"));
  bar = new QProgressBar{&self};
  bar->setTextVisible(false);
  bar->setMaximumWidth(160);
  bar->setRange(0, 0);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(8);
  column->addWidget(what);
  auto* reports = new widgets::FlowLayout{nullptr, 0, 8};
  for (auto* one : {html, pdf, open, openPdf, folder}) reports->addWidget(one);
  column->addLayout(reports);
  column->addWidget(written);
  good = new ProofFacts{&self};
  column->addWidget(good);
  auto* row = new QHBoxLayout;
  row->addWidget(dataName);
  row->addWidget(data, 1);
  row->addWidget(browse);
  row->addWidget(run);
  row->addWidget(stop);
  column->addLayout(row);
  auto* busy = new QHBoxLayout;
  busy->addWidget(bar);
  busy->addWidget(progress, 1);
  column->addLayout(busy);
  column->addWidget(verdict);
  column->addWidget(found, 1);
  ticking.setInterval(1000);
}

void ProveView::Impl::wire() {
  connect(browse, &QPushButton::clicked, &self, [this] {
    widgets::askPath(&self, {.title = tr("Where the pictures are now"), .start = data->text()},
                     [this](const QString& to) { data->setText(to); });
  });
  connect(run, &QPushButton::clicked, &self, [this] { reproduce(); });
  connect(stop, &QPushButton::clicked, &self, [this] {
    again.stop(30'000);
    update();
  });
  connect(&ticking, &QTimer::timeout, &self, [this] { update(); });
  connect(&again, &ChildRun::ended, &self, [this](int code, bool stopped) { reproduced(code, stopped); });
  connect(html, &QPushButton::clicked, &self, [this] { make(false); });
  connect(pdf, &QPushButton::clicked, &self, [this] { make(true); });
  connect(open, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(file("report.html"))); });
  connect(openPdf, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(file("report.pdf"))); });
  connect(folder, &QPushButton::clicked, &self, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(file(""))); });
  connect(&report, &ChildRun::ended, &self, [this](int code, bool) {
    const auto why = problemIn(report.errors());
    const auto place = fromUtf8(displayText(writing));
    reportTone = code == 0 ? Tone::Good : Tone::Bad;
    reportSaid = [code, why, place] {
      return code == 0 ? tr("The report is in %1.").arg(place) : why.isEmpty() ? tr("The report was not written. Try again.") : why;
    };
    update();
    Q_EMIT self.ended();
  });
  // A newer program beside this one may write PDF as well.
  connect(&help, &ChildRun::ended, &self, [this] {
    pdfOffered = help.output().contains("--pdf");
    update();
  });
}

void ProveView::Impl::reproduce() {
  if (!whyNot().isEmpty()) return;
  compared = {};
  said = {};
  found->clear();
  // Of our own, so that it goes away also when the run is stopped.
  QTemporaryDir made{QDir::tempPath() + QStringLiteral("/patchbay-reproduce-XXXXXX")};
  made.setAutoRemove(false);
  project = made.path();
  QStringList words{QStringLiteral("reproduce"), fromUtf8(facts->folder.native()), QStringLiteral("--json"), QStringLiteral("--project"),
                    project};
  if (const auto given = data->text().trimmed(); !given.isEmpty()) words << QStringLiteral("--data") << given;
  clock.start();
  ticking.start();
  again.start(programBeside(QStringLiteral("patchbay")), words);
  update();
}

void ProveView::Impl::reproduced(int code, bool stopped) {
  ticking.stop();
  removeLater(std::exchange(project, {}).toStdString(), 0);
  const auto answer = parseJson(again.output().trimmed().toStdString());
  if (stopped) {
    tone = Tone::Neutral;
    said = [] { return tr("Stopped before it was compared."); };
  } else if (answer && answer->isMap()) {
    compared = *answer;
    tone = code == 0 ? Tone::Good : Tone::Warning;
    said = [same = code == 0, seconds = static_cast<double>(clock.elapsed()) / 1000] {
      return same ? tr("The same bytes came out again, in %1.").arg(widgets::sayDuration(seconds))
                  : tr("Something else came out, in %1. What differs, and why:").arg(widgets::sayDuration(seconds));
    };
  } else {
    tone = Tone::Bad;
    said = [] { return tr("The pipeline could not be run again here. If the pictures have moved, fill in where they are now."); };
    found->setPlainText(QString::fromUtf8(again.errors()));
  }
  show();
  update();
  Q_EMIT self.ended();
}

void ProveView::Impl::make(bool asPdf) {
  if (!whyNot().isEmpty()) return;
  // In the language of this window.
  QStringList words{QStringLiteral("report"), fromUtf8(facts->folder.native()), QStringLiteral("--language"),
                    QLocale{}.language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en")};
  if (asPdf) words << QStringLiteral("--pdf");
  writing = (facts->folder / (asPdf ? "report.pdf" : "report.html")).native();
  report.start(programBeside(QStringLiteral("patchbay")), words);
  update();
}

QString ProveView::Impl::whyNot() const {
  if (again.running()) return tr("The pipeline is being run again.");
  if (report.running()) return tr("The report is being written.");
  if (!facts) return tr("Choose an export in the list first.");
  if (facts->problem) return widgets::say(*facts->problem);
  return {};
}

void ProveView::Impl::retranslate() {
  dataName->setText(tr("Data now"));
  data->setPlaceholderText(tr("Where they were; fill in when the pictures have moved"));
  browse->setText(tr("Choose…"));
  run->setText(tr("Run it again"));
  stop->setText(tr("Stop"));
  html->setText(tr("Make report"));
  pdf->setText(tr("Make report as PDF"));
  open->setText(tr("Open report"));
  openPdf->setText(tr("Open PDF"));
  folder->setText(tr("Open folder"));
  folder->setToolTip(tr("The folder of the export"));
  found->setAccessibleName(tr("What is the same and what differs"));
  found->setPlaceholderText(
      tr("Running it again trains the model anew from the pipeline in the export, then compares data, figures, weights and bytes."));
  good->retranslate();
  show();
  update();
}

void ProveView::Impl::show() {
  if (compared.isMap()) found->setPlainText(sayReproduced(compared).join(QLatin1Char('\n')));
}

void ProveView::Impl::update() {
  what->setText(facts ? tr("A report on %1 in which each figure names its file, and its pipeline run again.").arg(fromUtf8(facts->name))
                      : tr("Choose an export in the list: its report can be written here, and its pipeline run again."));
  const auto why = whyNot();
  const auto noPipeline = why.isEmpty() && !facts->pipeline ? tr("The export does not hold its pipeline. Export the model again.") : why;
  run->setVisible(!again.running());
  run->setEnabled(noPipeline.isEmpty());
  run->setToolTip(noPipeline.isEmpty() ? tr("In a project made for it and taken away again; nothing of yours is changed") : noPipeline);
  stop->setVisible(again.running());
  stop->setEnabled(!again.stopping());
  stop->setToolTip(tr("Ends the run; nothing is compared"));
  const auto able = [&](QPushButton* one, const QString& reason, const QString& tip) {
    one->setEnabled(reason.isEmpty());
    one->setToolTip(reason.isEmpty() ? tip : reason);
  };
  able(html, why, tr("One page (HTML) that anybody can open, into the export"));
  pdf->setVisible(pdfOffered);
  able(pdf, why, tr("The same report to print, into the export"));
  const auto none = tr("Make the report first.");
  able(open, QFile::exists(file("report.html")) ? QString{} : none, tr("In the browser"));
  openPdf->setVisible(QFile::exists(file("report.pdf")));
  folder->setEnabled(facts.has_value());
  data->setEnabled(!again.running());
  browse->setEnabled(!again.running());
  bar->setVisible(again.running() || report.running());
  progress->setVisible(again.running() || report.running());
  progress->setText(again.stopping()  ? tr("Stopping…")
                    : again.running() ? tr("Running the pipeline again: %1 so far. It takes as long as the training did.")
                                            .arg(widgets::sayDuration(static_cast<double>(clock.elapsed()) / 1000))
                                      : tr("Writing the report…"));
  verdict->say(tone, said && !again.running() ? said() : QString{});
  written->say(reportTone, reportSaid && !report.running() ? reportSaid() : QString{});
}

ProveView::ProveView(QWidget* parent) : QWidget{parent}, impl_{std::make_unique<Impl>(*this)} {
  setObjectName(QStringLiteral("deploy.prove"));
  impl_->build();
  impl_->wire();
  impl_->retranslate();
}

ProveView::~ProveView() {
  for (auto* child : {&impl_->again, &impl_->report, &impl_->help}) child->disconnect(this);
  removeLater(std::exchange(impl_->project, {}).toStdString(), impl_->again.pid());
}

void ProveView::setExport(const ExportFacts* facts) {
  auto& d = *impl_;
  const bool other = !facts || !d.facts || d.facts->folder != facts->folder;
  d.facts.reset();
  if (facts) d.facts = *facts;
  d.good->setExport(facts);
  if (other) d.data->setText(facts ? fromUtf8(displayText(facts->data.native())) : QString{});
  if (other && !busy()) {
    d.compared = {};
    d.said = d.reportSaid = {};
    d.found->clear();
  }
  d.update();
}

bool ProveView::busy() const { return impl_->again.running() || impl_->report.running(); }
QString ProveView::found() const { return impl_->found->toPlainText(); }

void ProveView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  auto& d = *impl_;
  if (!std::exchange(d.helpAsked, true))
    d.help.start(programBeside(QStringLiteral("patchbay")), {QStringLiteral("report"), QStringLiteral("--help")});
  d.update();
}

void ProveView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->found) impl_->retranslate();
}

}  // namespace patchbay::studio
