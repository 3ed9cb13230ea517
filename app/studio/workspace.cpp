// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/workspace.h"

#include <QFile>
#include <QHBoxLayout>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "app/studio/data/dropped_files.h"
#include "app/studio/data/import_changes.h"
#include "app/studio/deploy/export_changes.h"
#include "app/studio/deploy/open_exported.h"
#include "app/studio/window/help_view.h"
#include "app/studio/window/view_keeper.h"
#include "widgets/base/say.h"
#include "widgets/canvas/breadcrumbs.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/view_core.h"
#include "widgets/inspector/inspector.h"
#include "widgets/jobs/log_view.h"
#include "widgets/jobs/queue_panel.h"
#include "widgets/palette/add_menu.h"
#include "widgets/palette/block_palette.h"
#include "widgets/plots/curve_panel.h"
#include "widgets/plots/load_strip.h"
#include "widgets/results/report_view.h"
#include "widgets/results/run_comparison.h"
#include "widgets/results/runs_table.h"

namespace patchbay::studio {

using widgets::fromUtf8;
using widgets::toUtf8;

namespace {

/// The export that an Export block wrote; empty: it is none, or has not.
QString writtenBy(Workspace& workspace, const NodeId& block) {
  const auto& file = workspace.file();
  const auto* node = file.document().node(block);
  if (!node || node->type != exportType || !workspace.runs().outputOf(block, "card")) return {};
  return fromUtf8(exportPlace(*node, file.place()).native());
}

}  // namespace

Workspace::Workspace(std::unique_ptr<Session> session, const std::shared_ptr<PipelineFile::Loaded>& loaded, Settings& settings, Hooks hooks,
                     QWidget* window)
    : settings_{settings},
      hooks_{std::move(hooks)},
      window_{window},
      session_{std::move(session)},
      file_{std::make_unique<PipelineFile>(loaded)} {
  connect(session_.get(), &Session::catalogueChanged, this, [this] { catalogueCame_ = true; });
}

void Workspace::build(std::function<void()> done) {
  static constexpr std::array steps{&Workspace::buildCanvas, &Workspace::buildPalette, &Workspace::buildCurves, &Workspace::buildReport,
                                    &Workspace::buildRuns,   &Workspace::buildRest,    &Workspace::wire};
  // A timer of 1 ms and not of 0: that would be a posted event, and all of those are handled in one turn.
  QTimer::singleShot(1, this, [this, done = std::move(done)]() mutable {
    if (built_ == steps.size()) return done();
    (this->*steps[built_++])();
    build(std::move(done));
  });
}

Workspace::~Workspace() {
  // Widgets hold on to editor and session: they go first.
  if (runs_) runs_->disconnect(this);
  for (auto& [name, panel] : panels_) delete panel;
  delete middle_;
  delete addMenu_;
}

QWidget* Workspace::panel(const QString& name) const {
  const auto found = panels_.find(name);
  return found == panels_.end() ? nullptr : found->second.data();
}

void Workspace::buildCanvas() {
  middle_ = new QWidget{window_};
  auto* column = new QVBoxLayout{middle_};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  canvas_ = new widgets::CanvasView{editor(), session_->catalogue(), middle_};
  canvas_->setObjectName(QStringLiteral("canvas"));
  column->addWidget(new widgets::Breadcrumbs{*canvas_, middle_});
  column->addWidget(canvas_, 1);
  minimap_ = new widgets::MiniMap{*canvas_, canvas_};
  minimap_->setObjectName(QStringLiteral("minimap"));
  view_ = new ViewKeeper{*canvas_, *minimap_};
}

void Workspace::buildPalette() {
  const auto& catalogue = session_->catalogue();
  addMenu_ = new widgets::AddMenu{catalogue, window_};
  panels_[QStringLiteral("blocks")] = blocks_ = new widgets::BlockPalette{catalogue};
  panels_[QStringLiteral("inspector")] = inspector_ = new widgets::Inspector{editor(), *session_};
  inspector_->setProjectFolder(fromUtf8(file_->place().base.native()));
}

void Workspace::buildCurves() {
  auto* curves = new QWidget;
  panels_[QStringLiteral("curves")] = curves;
  auto* curvesColumn = new QVBoxLayout{curves};
  curvesColumn->setContentsMargins(0, 0, 0, 0);
  curves_ = new widgets::CurvePanel{*session_, curves};
  strip_ = new widgets::LoadStrip{curves};
  curvesColumn->addWidget(curves_, 1);
  auto* loadRow = new QHBoxLayout;
  loadRow->setContentsMargins(8, 0, 8, 8);
  loadRow->addWidget(strip_);
  curvesColumn->addLayout(loadRow);
}

void Workspace::buildReport() { panels_[QStringLiteral("results")] = report_ = new widgets::ReportView{*session_}; }

void Workspace::buildRuns() {
  auto* runs = new QSplitter{Qt::Horizontal};
  panels_[QStringLiteral("runs")] = runs;
  table_ = new widgets::RunsTable{*session_, runs};
  comparison_ = new widgets::RunComparison{*session_, runs};
  runs->addWidget(table_);
  runs->addWidget(comparison_);
  comparison_->hide();
}

void Workspace::buildRest() {
  const auto& catalogue = session_->catalogue();
  panels_[QStringLiteral("problems")] = problemsView_ = new widgets::ProblemsView{catalogue};
  panels_[QStringLiteral("help")] = help_ = new HelpView;
}

/// What hears the engine, in one piece with what listens to that: nothing may be missed in between.
void Workspace::wire() {
  const auto& catalogue = session_->catalogue();
  runs_ = std::make_unique<RunController>(*session_, *file_, settings_);
  panels_[QStringLiteral("queue")] = queue_ = new widgets::QueuePanel{runs_->book(), catalogue};
  panels_[QStringLiteral("log")] = log_ = new widgets::LogView{runs_->book(), catalogue};
  wireCanvas();
  wirePanels();
  wireRuns();
  if (catalogueCame_) catalogueArrived();
}

void Workspace::catalogueArrived() {
  const auto& catalogue = session_->catalogue();
  canvas_->catalogueChanged();
  addMenu_->setCatalogue(catalogue);
  blocks_->setCatalogue(catalogue);
  inspector_->catalogueChanged();
  if (!std::exchange(fitted_, true)) view_->fit();
}

void Workspace::showSelection() {
  const auto selected = canvas_->selectedBlocks();
  inspector_->setSelection(selected);
  if (selected.size() == 1)
    if (const auto note = runs_->outputOf(selected.front(), "report"); note && panel(QStringLiteral("results"))->isVisible())
      showResults(selected.front());
  tellState();
}

void Workspace::wireCanvas() {
  connect(session_.get(), &Session::catalogueChanged, this, &Workspace::catalogueArrived);
  // While a rubber band grows over many blocks, what shows them follows a little later.
  selectionTimer_.setSingleShot(true);
  selectionTimer_.setInterval(60);
  connect(canvas_, &widgets::CanvasView::selectionChanged, this, [this] {
    if (canvas_->core().selection.size() <= 20) selectionTimer_.stop(), showSelection();
    else if (!selectionTimer_.isActive()) selectionTimer_.start();
  });
  connect(&selectionTimer_, &QTimer::timeout, this, &Workspace::showSelection);
  connect(canvas_, &widgets::CanvasView::addRequested, this,
          [this](QPoint global, QPointF scene, const std::optional<widgets::PortEnd>& from) {
            addAt_ = scene;
            addFrom_ = from;
            std::optional<widgets::PortFilter> filter;
            if (from) filter = widgets::portFilter(file_->document(), session_->catalogue(), from->port, !from->input);
            addMenu_->popup(global, filter);
          });
  connect(addMenu_, &widgets::AddMenu::chosen, this, [this](const QString& type) {
    canvas_->addBlock(toUtf8(type), addAt_, addFrom_);
    canvas_->setFocus();
  });
  connect(addMenu_, &widgets::AddMenu::dismissed, this, [this] { canvas_->setFocus(); });
  connect(canvas_, &widgets::CanvasView::runToRequested, this, [this](const NodeId& id) { runs_->runTo({id}); });
  connect(canvas_, &widgets::CanvasView::detailsRequested, this, [this](const NodeId& id) {
    const auto* run = runs_->shown();
    const auto steps = run ? run->stepsOf(id) : std::vector<const widgets::StepView*>{};
    log_->setStep(run ? fromUtf8(run->id) : QString{}, steps.empty() ? QString{} : fromUtf8(steps.front()->id));
    Q_EMIT panelWanted(QStringLiteral("log"));
  });
  connect(canvas_, &widgets::CanvasView::activated, this, &Workspace::showOutcome);
  connect(canvas_, &widgets::CanvasView::helpRequested, this, [this](const QString& type) { showHelp(type); });
  connect(canvas_, &widgets::CanvasView::filesDropped, this, &Workspace::drop);
  connect(canvas_, &widgets::CanvasView::statusMessage, this, &Workspace::statusMessage);
  canvas_->setPortTip([this](const widgets::PortEnd& end) { return runs_->portLine(end.port, end.input); });
  QTimer::singleShot(0, canvas_, [this] {
    if (session_->catalogue().blocks().empty()) return;
    fitted_ = true;
    view_->fit();
  });
}

void Workspace::showOutcome(const NodeId& id) {
  if (runs_->outputOf(id, "report")) return showResults(id);
  if (hooks_.lookAtData && hooks_.lookAtData(*this, id)) return;
  if (const auto wrote = writtenBy(*this, id); !wrote.isEmpty()) return deploy(wrote);
  Q_EMIT panelWanted(QStringLiteral("inspector"));
}

void Workspace::wirePanels() {
  connect(blocks_, &widgets::BlockPalette::addRequested, this, &Workspace::addBlock);
  connect(blocks_, &widgets::BlockPalette::helpRequested, this, [this](const QString& type) { showHelp(type); });
  connect(inspector_, &widgets::Inspector::helpRequested, this, &Workspace::showHelp);
  connect(inspector_, &widgets::Inspector::runToRequested, this, [this](const NodeId& id) { runs_->runTo({id}); });
  connect(inspector_, &widgets::Inspector::resultRequested, this, &Workspace::showOutcome);
  inspector_->setResults([this](const NodeId& id) {
    if (runs_->outputOf(id, "report")) return tr("Open the results");
    return !hooks_.openDeploy || writtenBy(*this, id).isEmpty() ? QString{} : tr("Measure, serve, prove…");
  });
  connect(inspector_, &widgets::Inspector::problemActivated, this, [this](const NodeId& id, const QString& param) { goTo(id, param); });
  connect(inspector_, &widgets::Inspector::nodeActivated, this, [this](const NodeId& id) { goTo(id); });
  connect(inspector_, &widgets::Inspector::statusMessage, this, &Workspace::statusMessage);
  connect(problemsView_, &widgets::ProblemsView::problemActivated, this,
          [this](const NodeId& id, const QString& param) { goTo(id, param); });
  connect(queue_, &widgets::QueuePanel::stopRequested, this, [this](const QString& run, bool keep) { runs_->stop(toUtf8(run), keep); });
  connect(queue_, &widgets::QueuePanel::blockActivated, this, [this](const NodeId& id) { goTo(id); });
  connect(queue_, &widgets::QueuePanel::logRequested, this, [this](const QString& run, const QString& step) {
    log_->setStep(run, step);
    Q_EMIT panelWanted(QStringLiteral("log"));
  });
  connect(report_, &widgets::ReportView::parametersWanted, this, [this](const std::string& node, const Value& params) {
    std::vector<edit::Change> changes;
    for (const auto& [key, value] : params.asMap()) changes.push_back(edit::SetParam{NodeId{node}, key, value});
    if (const auto done = editor().apply(TR("studio", "Set the threshold"), std::move(changes)); !done)
      Q_EMIT message(QStringLiteral("threshold"), widgets::Tone::Bad, [error = done.error()] { return widgets::say(error); });
  });
  connect(report_, &widgets::ReportView::statusMessage, this, &Workspace::statusMessage);
  connect(report_, &widgets::ReportView::showInDataWanted, this, [this](const std::vector<std::string>& ids) {
    const auto n = static_cast<std::int64_t>(ids.size());
    const auto title = [n] { return widgets::sayCount(TR("studio", "{n} picture(s) out of a report"), n); };
    // The gallery has them all beside each other, the labelling one after the other.
    showDataSet(ids, title);
    showLabelling(ids, title);
  });
  connect(report_, &widgets::ReportView::verdictGiven, this,
          [this](const std::string& kind, const std::vector<std::string>& ids, bool right) {
            Value::List list;
            for (const auto& id : ids) list.emplace_back(id);
            session_->ask("data", Value::Map{{"do", "verdict"}, {"kind", kind}, {"ids", std::move(list)}, {"right", right}}, this,
                          [this](const auto& told) {
                            if (!told)
                              Q_EMIT message(QStringLiteral("verdict"), widgets::Tone::Bad,
                                             [error = told.error()] { return widgets::say(error); });
                          });
          });
  connect(curves_, &widgets::CurvePanel::statusMessage, this, &Workspace::statusMessage);
  connect(table_, &widgets::RunsTable::statusMessage, this, &Workspace::statusMessage);
  connect(table_, &widgets::RunsTable::compareRequested, this, [this](const std::vector<std::string>& runs) {
    comparison_->setRuns(runs);
    comparison_->show();
  });
  connect(table_, &widgets::RunsTable::curvesRequested, this, [this](const std::vector<std::string>& runs) {
    QStringList ids;
    for (const auto& run : runs) ids.append(fromUtf8(run));
    curves_->setRuns(ids);
    Q_EMIT panelWanted(QStringLiteral("curves"));
  });
  connect(table_, &widgets::RunsTable::openRequested, this, [this](const std::string& run) {
    session_->ask("show", Value::Map{{"run", run}}, this, [this, run](const Result<Value>& shown) {
      if (!shown) return;
      curves_->setRuns({fromUtf8(run)});
      // The last report of the run is what it was made for.
      const auto& steps = (*shown)["steps"].asList();
      for (auto it = steps.rbegin(); it != steps.rend(); ++it)
        if ((*it)["type"].asText().find(".evaluate.") != std::string::npos) {
          report_->showStep(run, (*it)["step"].asText());
          Q_EMIT panelWanted(QStringLiteral("results"));
          return;
        }
      Q_EMIT panelWanted(QStringLiteral("curves"));
    });
  });
  const auto baselineKey = QStringLiteral("baseline/") + fromUtf8(digestOf(file_->place().project.native()).hex().substr(0, 16));
  table_->setBaseline(toUtf8(QSettings{}.value(baselineKey).toString()));
  connect(table_, &widgets::RunsTable::baselineChanged, this,
          [baselineKey](const std::string& run) { QSettings{}.setValue(baselineKey, fromUtf8(run)); });
  connect(&load_, &MachineLoad::sampled, strip_, &widgets::LoadStrip::append);
}

void Workspace::wireRuns() {
  // What the pipeline would do depends on the data set where it takes it; a person who labels does not wait for a plan each time.
  auto* dataChanged = new QTimer{this};
  dataChanged->setSingleShot(true);
  dataChanged->setInterval(800);
  connect(dataChanged, &QTimer::timeout, this, [this] {
    if (std::ranges::any_of(file_->document().nodes(), [](const Node& node) { return node.type == revisionType; })) runs_->look();
  });
  connect(session_.get(), &Session::eventArrived, this, [this, dataChanged](const Value& event) {
    const auto& what = event["event"].asText();
    if (what == "data") dataChanged->start();
    if (what == "metric") curves_->append(event);
    table_->handle(event);
    if (what != "state") return;
    table_->reload();
    for (const auto& run : event["runs"].asList()) {
      curves_->setRuns({fromUtf8(run["run"].asText())});
      curves_->reload(fromUtf8(run["run"].asText()));
    }
  });
  connect(runs_.get(), &RunController::statusChanged, this, [this](const NodeId& id, const widgets::BlockStatus& status) {
    canvas_->setStatus(id, status);
    inspector_->setStatus(id, status);
    // A model that is there now can be tried and exported.
    if (status.state == widgets::BlockState::Done) tellState();
  });
  connect(inspector_, &widgets::Inspector::selectionRequested, this, [this](const std::vector<NodeId>& ids) {
    std::vector<std::string> names;
    for (const auto& id : ids) names.push_back(id.text);
    canvas_->select(names);
  });
  connect(runs_.get(), &RunController::problemsChanged, this, &Workspace::showProblems);
  connect(runs_.get(), &RunController::bookChanged, this, [this] {
    queue_->refresh();
    log_->refresh();
    load_.setActive(runs_->liveRuns() > 0);
    // A reopened project shows the curves of its newest run.
    if (const auto* run = runs_->shown(); run && curves_->runs().isEmpty()) curves_->setRuns({fromUtf8(run->id)});
    tellState();
  });
  connect(runs_.get(), &RunController::runBegan, this, [this](const QString& run) {
    // The run before stays beside the new one, so that they can be compared while it runs.
    auto shown = curves_->runs();
    shown.removeAll(run);
    shown.prepend(run);
    while (shown.size() > 3) shown.removeLast();
    curves_->setRuns(shown);
    Q_EMIT panelWanted(QStringLiteral("queue"));
  });
  connect(runs_.get(), &RunController::runEnded, this, [this](const QString& run) { curves_->reload(run); });
  connect(runs_.get(), &RunController::reportMade, this, [this](const NodeId& id) { showResults(id); });
  connect(session_.get(), &Session::stateChanged, this, &Workspace::tellState);
}

/// However much happens in one turn of the event loop, who listens looks once.
void Workspace::tellState() {
  if (std::exchange(stateTold_, true)) return;
  QTimer::singleShot(0, this, [this] {
    stateTold_ = false;
    Q_EMIT stateChanged();
  });
}

void Workspace::showProblems() {
  inspector_->setProblems(runs_->problems());
  problemsView_->setProblems(runs_->problems(), runs_->names());
  tellState();
}

void Workspace::showMinimap(bool on) { view_->showMinimap(on); }

QImage Workspace::picture() const {
  const bool shown = minimap_->isVisible();
  minimap_->hide();
  auto image = canvas_->viewport()->grab().toImage();
  minimap_->setVisible(shown);
  return image.scaled(528, 264, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
}

void Workspace::addBlock(const QString& type) {
  const auto seen = canvas_->visibleScene();
  canvas_->addBlock(toUtf8(type), seen.center() - QPointF{90, 40});
  canvas_->setFocus();
}

void Workspace::showResults(const NodeId& id) {
  const auto [run, step] = runs_->resultOf(id);
  if (run.empty()) return;
  report_->showStep(run, step);
  Q_EMIT panelWanted(QStringLiteral("results"));
}

void Workspace::showHelp(const QString& type, const QString& param) {
  help_->show(session_->catalogue().find(toUtf8(type)), param);
  Q_EMIT panelWanted(QStringLiteral("help"));
}

void Workspace::goTo(const NodeId& id, const QString& param) {
  if (!id.empty()) {
    canvas_->select({id.text});
    // What is in sight already stays where it is.
    const auto rect = canvas_->rectOf(id.text);
    if (!rect || !canvas_->viewport()->rect().contains(*rect)) canvas_->centreOn(id.text);
  }
  Q_EMIT panelWanted(QStringLiteral("inspector"));
  if (!param.isEmpty()) inspector_->focusParam(param);
}

void Workspace::goToNextProblem() {
  const auto& problems = runs_->problems();
  if (problems.empty()) return;
  const auto& problem = problems[problemAt_++ % problems.size()];
  Q_EMIT panelWanted(QStringLiteral("problems"));
  goTo(problem.node, fromUtf8(problem.param));
}

std::optional<NodeId> Workspace::modelBlock() const {
  const auto made = [&](const NodeId& id) { return runs_->outputOf(id, "model").has_value(); };
  for (const auto& id : canvas_->selectedBlocks())
    if (made(id)) return id;
  const auto& nodes = file_->document().nodes();
  // Training blocks rather than the pretrained network they started from.
  for (const bool trained : {true, false})
    for (auto it = nodes.rbegin(); it != nodes.rend(); ++it)
      if (made(it->id) && (!trained || it->type.find(".train.") != std::string::npos)) return it->id;
  return std::nullopt;
}

void Workspace::drop(const QList<QUrl>& files, QPointF scene) {
  session_->inThread([files]() -> Result<std::any> { return std::any{classifyDropped(files)}; }, this,
                     [this, scene](const Result<std::any>& result) {
                       if (!result) return;
                       const auto dropped = std::any_cast<Dropped>(*result);
                       for (const auto& [path, what] : dropped.others) {
                         switch (what) {
                           case DroppedKind::Pipeline:
                             Q_EMIT openRequested(path);
                             return;
                           case DroppedKind::ExportedPipeline:
                             openExported(*this, QFile::encodeName(path).toStdString());
                             break;
                           case DroppedKind::ExportedModel:
                             addExported(*this, QFile::encodeName(path).toStdString(), scene);
                             break;
                           case DroppedKind::PictureFolder:
                           case DroppedKind::PictureTable:
                             importData(path, scene);
                             break;
                           case DroppedKind::Picture:
                             break;
                           case DroppedKind::Unknown:
                             Q_EMIT message(QStringLiteral("dropped"), widgets::Tone::Warning, [path = path] {
                               return tr("%1 is nothing that can be put on the canvas. Drop a folder of pictures, a table (CSV), an "
                                         "exported model, a pipeline file or a picture.")
                                   .arg(path);
                             });
                             break;
                         }
                       }
                       if (!dropped.pictures.isEmpty()) tryIt(dropped.pictures);
                     });
}

void Workspace::importData(const QString& path, QPointF scene, std::optional<NodeId> block) {
  if (hooks_.importData) return hooks_.importData(*this, path, scene, std::move(block));
  const auto table = path.endsWith(QLatin1String{".csv"}, Qt::CaseInsensitive);
  if (!block) block = canvas_->addBlock(table ? "patchbay.data.picture_table" : "patchbay.data.picture_folder", scene);
  if (block) setPath(*this, *block, path);
}

void Workspace::tryIt(const QList<QUrl>& pictures) {
  if (hooks_.tryIt) hooks_.tryIt(*this, pictures);
}

void Workspace::exportModel() {
  if (hooks_.exportModel) hooks_.exportModel(*this, modelBlock());
}

void Workspace::deploy(const QString& folder) {
  if (!hooks_.openDeploy) return;
  const auto selected = canvas_->selectedBlocks();
  hooks_.openDeploy(*this, folder.isEmpty() && selected.size() == 1 ? writtenBy(*this, selected.front()) : folder);
}

void Workspace::showDataSet(const std::vector<std::string>& ids, const std::function<QString()>& title) {
  if (!hooks_.openDataSet) return;
  hooks_.openDataSet(*this, ids, title);
  Q_EMIT panelWanted(QStringLiteral("dataset"));
}

void Workspace::showLabelling(const std::vector<std::string>& ids, const std::function<QString()>& title, const std::string& from) {
  if (!hooks_.openLabelling) return;
  hooks_.openLabelling(*this, ids, title, from);
  Q_EMIT panelWanted(QStringLiteral("label"));
}

void Workspace::labelFolder(const QString& folder) {
  showLabelling();
  if (hooks_.importToLabel) hooks_.importToLabel(*this, folder);
}

bool Workspace::idle() const { return runs_->idle() && canvas_->isIdle(); }

void Workspace::retranslate() {
  runs_->retranslate();
  showProblems();
  queue_->refresh();
}

}  // namespace patchbay::studio
