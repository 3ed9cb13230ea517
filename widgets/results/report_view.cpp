// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/report_view.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QMetaMethod>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <any>

#include "widgets/base/ask_path.h"
#include "widgets/base/empty_state.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/gallery/picture_grid.h"
#include "widgets/results/calibration_page.h"
#include "widgets/results/class_table.h"
#include "widgets/results/confusion_page.h"
#include "widgets/results/embedding_map_view.h"
#include "widgets/results/figures_page.h"
#include "widgets/results/findings_page.h"
#include "widgets/results/map_page.h"
#include "widgets/results/mistakes_page.h"
#include "widgets/results/report_data.h"
#include "widgets/results/report_document.h"
#include "widgets/results/summary_page.h"
#include "widgets/results/threshold_page.h"

namespace patchbay::widgets {

struct ReportView::Impl {
  ReportView& self;
  EngineAccess& engine;
  ReportSource source;
  ReportDataPtr data;
  std::unique_ptr<QObject> request;  ///< Its end lets the answers under way go.
  std::optional<Error> error;
  bool loading = false;
  QLabel* title = nullptr;
  QPushButton* save = nullptr;
  QStackedWidget* pages = nullptr;
  EmptyState* empty = nullptr;
  QTabWidget* tabs = nullptr;
  FiguresPage* figures = nullptr;
  ConfusionPage* confusion = nullptr;
  ClassTable* classes = nullptr;
  ThresholdPage* threshold = nullptr;
  CalibrationPage* calibration = nullptr;
  MistakesPage* mistakes = nullptr;
  SummaryPage* summary = nullptr;
  MapPage* map = nullptr;
  FindingsPage* findings = nullptr;

  void build();
  void retranslate();
  void load();
  void fill();
  void askSaveAs();
  void saveAs(const QString& path);
  void offerActions();
  DocumentOptions options(bool pictures) const;
  QString heading() const;
  bool isDocument() const { return data->kind == QLatin1String{"evaluation"} || data->kind == QLatin1String{"labels"}; }
};

void ReportView::Impl::build() {
  title = new QLabel{&self};
  title->setWordWrap(true);
  title->setTextFormat(Qt::PlainText);
  auto font = title->font();
  font.setPointSizeF(font.pointSizeF() * 1.25);
  font.setWeight(QFont::DemiBold);
  title->setFont(font);
  save = new QPushButton{&self};
  save->setObjectName(QStringLiteral("reportSave"));
  save->setIcon(icon(QStringLiteral("export")));
  auto* head = new QHBoxLayout;
  head->setContentsMargins(16, 12, 16, 4);
  head->addWidget(title, 1);
  head->addWidget(save);
  empty = new EmptyState{&self};
  tabs = new QTabWidget{&self};
  tabs->setObjectName(QStringLiteral("reportTabs"));
  tabs->setDocumentMode(true);
  figures = new FiguresPage;
  confusion = new ConfusionPage{engine};
  classes = new ClassTable;
  threshold = new ThresholdPage;
  calibration = new CalibrationPage;
  mistakes = new MistakesPage{engine};
  for (auto* w : std::initializer_list<QWidget*>{figures, confusion, classes, threshold, calibration, mistakes}) tabs->addTab(w, QString{});
  summary = new SummaryPage{&self};
  map = new MapPage{engine, &self};
  findings = new FindingsPage{engine, &self};
  pages = new QStackedWidget{&self};
  for (auto* w : std::initializer_list<QWidget*>{empty, tabs, summary, map, findings}) pages->addWidget(w);
  auto* column = new QVBoxLayout{&self};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(pages, 1);

  connect(save, &QPushButton::clicked, &self, &ReportView::saveDocumentAs);
  connect(classes, &ClassTable::statusMessage, &self, &ReportView::statusMessage);
  connect(threshold, &ThresholdPage::parametersWanted, &self,
          [this](const Value& params) { Q_EMIT self.parametersWanted(source.node, params); });
  connect(threshold, &ThresholdPage::cellChosen, &self, [this](std::size_t t, std::size_t p, double at) {
    confusion->showCell(t, p, at);
    tabs->setCurrentWidget(confusion);
  });
  connect(confusion, &ConfusionPage::itemsSelected, &self, &ReportView::itemsSelected);
  connect(mistakes, &MistakesPage::itemsSelected, &self, &ReportView::itemsSelected);
  connect(map, &MapPage::itemsSelected, &self, &ReportView::itemsSelected);
  connect(mistakes, &MistakesPage::showWanted, &self, &ReportView::showInDataWanted);
  connect(map, &MapPage::showWanted, &self, &ReportView::showInDataWanted);
  connect(findings, &FindingsPage::showWanted, &self, &ReportView::showInDataWanted);
  connect(findings, &FindingsPage::verdictGiven, &self, &ReportView::verdictGiven);
}

void ReportView::Impl::retranslate() {
  self.setAccessibleName(tr("Report"));
  save->setText(tr("Save report…"));
  const bool can = data && isDocument();
  save->setEnabled(can);
  save->setToolTip(can ? tr("As one HTML file or PDF to hand on; your pictures go in only if you say so.")
                       : tr("Reports of an Evaluate block can be saved as document."));
  save->setStatusTip(save->toolTip());
  const QStringList names{tr("Figures"), tr("Confusion"), tr("Classes"), tr("Threshold"), tr("Calibration"), tr("Mistakes")};
  for (int i = 0; i < names.size(); ++i) tabs->setTabText(i, names[i]);
  if (loading) empty->setText(tr("Reading the report…"), QString{});
  else if (error) empty->setError(say(error->cause), say(error->hint));
  else if (!data) empty->setText(tr("No report yet"), tr("Run a pipeline with an Evaluate block, or choose a finished run."));
  title->setText(heading());
  title->setVisible(data != nullptr);
  save->setVisible(data != nullptr);
}

/// Which pipeline, and which of its blocks: there may be several that report.
QString ReportView::Impl::heading() const {
  if (!source.title.isEmpty()) return source.title;
  const auto block = source.stepName.empty() ? QString{} : source.names.say(source.stepName, engine.catalogue());
  const auto pipeline = sayWritten(source.pipeline);
  if (pipeline.isEmpty() || block.isEmpty()) return !pipeline.isEmpty() ? pipeline : !block.isEmpty() ? block : tr("Report");
  return tr("%1: %2", "pipeline and block").arg(pipeline, block);
}

void ReportView::Impl::load() {
  loading = true;
  error.reset();
  data.reset();
  pages->setCurrentIndex(0);
  retranslate();
  request = std::make_unique<QObject>();
  engine.readObjects(
      [source = source](ObjectReader& reader) -> Result<std::any> {
        PB_TRY(auto read, loadReportData(reader, source));
        return std::any{std::move(read)};
      },
      request.get(),
      [this](const Result<std::any>& answer) {
        loading = false;
        if (answer) data = std::any_cast<ReportDataPtr>(*answer);
        else error = answer.error();
        fill();
        Q_EMIT self.loaded(data != nullptr);
      });
}

void ReportView::Impl::fill() {
  retranslate();
  if (!data) return pages->setCurrentIndex(0);
  if (isDocument()) {
    const bool single = data->kind == QLatin1String{"evaluation"};
    figures->setReport(data);
    classes->setReport(data);
    mistakes->setReport(data);
    // With several labels a picture there is no one matrix, threshold or stated probability.
    for (auto* page : std::initializer_list<QWidget*>{confusion, threshold, calibration}) tabs->setTabVisible(tabs->indexOf(page), single);
    if (single) {
      confusion->setReport(data);
      threshold->setReport(data);
      calibration->setReport(data);
    }
    pages->setCurrentWidget(tabs);
  } else if (data->kind == QLatin1String{"embedding_map"}) {
    map->setReport(data);
    pages->setCurrentWidget(map);
  } else if (data->kind == QLatin1String{"label_quality"}) {
    findings->setReport(data);
    pages->setCurrentWidget(findings);
  } else {
    summary->setReport(data);
    pages->setCurrentWidget(summary);
  }
}

DocumentOptions ReportView::Impl::options(bool pictures) const {
  DocumentOptions out{heading(), fromUtf8(source.run), {}};
  if (!pictures) return out;
  const auto* grid = mistakes->grid();
  for (std::size_t i = 0; i < grid->count(); ++i)
    if (const auto image = grid->thumbnail(i); !image.isNull()) out.pictures[grid->item(i).id] = image;
  return out;
}

void ReportView::Impl::askSaveAs() {
  if (!data) return;
  askPath(&self,
          {.ask = Ask::Save,
           .title = tr("Save report"),
           .start = tr("report") + QStringLiteral(".html"),
           .filters = tr("Web page (*.html)") + QStringLiteral(";;") + tr("PDF document (*.pdf)")},
          [this](const QString& path) { saveAs(path); });
}

void ReportView::Impl::saveAs(const QString& path) {
  QMessageBox question{QMessageBox::Question, tr("Save report"), tr("May your own pictures go into the report?"),
                       QMessageBox::Yes | QMessageBox::No, &self};
  question.setInformativeText(
      tr("The worst mistakes would be shown as small pictures to everyone who gets the file. Without them the list names the files only."));
  question.button(QMessageBox::Yes)->setText(tr("With pictures"));
  question.button(QMessageBox::No)->setText(tr("Without pictures"));
  question.setDefaultButton(QMessageBox::No);
  const bool pictures = question.exec() == QMessageBox::Yes;
  const auto done = self.saveDocument(path, pictures);
  if (!done) QMessageBox::warning(&self, tr("Save report"), say(done.error()));
  else Q_EMIT self.statusMessage(tr("Saved %1").arg(path));
}

void ReportView::Impl::offerActions() {
  if (!findings) return;
  const bool shows = self.isSignalConnected(QMetaMethod::fromSignal(&ReportView::showInDataWanted));
  findings->setOffers(shows, self.isSignalConnected(QMetaMethod::fromSignal(&ReportView::verdictGiven)));
  mistakes->setOffers(shows);
  map->setOffers(shows);
}

ReportView::ReportView(EngineAccess& engine, QWidget* parent) : QWidget{parent}, impl_{new Impl{*this, engine}} {
  setObjectName(QStringLiteral("reportView"));
  impl_->build();
  impl_->retranslate();
}

ReportView::~ReportView() = default;

void ReportView::show(const ReportSource& source) {
  impl_->source = source;
  impl_->load();
}

void ReportView::showStep(const std::string& run, const std::string& step) {
  clear();
  impl_->loading = true;
  impl_->retranslate();
  impl_->request = std::make_unique<QObject>();
  findReport(impl_->engine, run, step, impl_->request.get(), [this](const Result<ReportSource>& found) {
    impl_->loading = false;
    if (found) return show(ReportSource{*found});
    impl_->error = found.error();
    impl_->fill();
    Q_EMIT loaded(false);
  });
}

void ReportView::clear() {
  impl_->request.reset();
  impl_->loading = false;
  impl_->error.reset();
  impl_->data.reset();
  impl_->source = {};
  impl_->fill();
}

const ReportSource& ReportView::source() const { return impl_->source; }

Result<> ReportView::saveDocument(const QString& path, bool pictures) const {
  if (!impl_->data)
    return fail(ErrorKind::NotFound, "report.none", TR("error", "There is no report to save."),
                TR("error", "Open the report of a run first."));
  const auto options = impl_->options(pictures);
  return path.endsWith(QLatin1String{".pdf"}, Qt::CaseInsensitive) ? writeReportPdf(*impl_->data, options, path)
                                                                   : writeReportHtml(*impl_->data, options, path);
}

void ReportView::connectNotify(const QMetaMethod& signal) {
  QWidget::connectNotify(signal);
  offerActionsSoon();
}

void ReportView::disconnectNotify(const QMetaMethod& signal) {
  QWidget::disconnectNotify(signal);
  offerActionsSoon();
}

/// Not at once: while Qt tells of connections it holds the lock that isSignalConnected() wants.
void ReportView::offerActionsSoon() {
  QMetaObject::invokeMethod(
      this, [this] { impl_->offerActions(); }, Qt::QueuedConnection);
}

void ReportView::saveDocumentAs() { impl_->askSaveAs(); }

void ReportView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange && impl_ && impl_->tabs) impl_->retranslate();
}

}  // namespace patchbay::widgets
