// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/run_controller.h"

#include <QElapsedTimer>
#include <algorithm>

#include "widgets/base/say.h"

namespace patchbay::studio {

using widgets::BlockState;
using widgets::BlockStatus;
using widgets::StepState;

namespace {

constexpr int editPauseMs = 120;            // typing and dragging end before the engine is asked
constexpr int refreshMs = 60;               // lights change at most so often
constexpr int pieceMs = 10;                 // of telling the lights
constexpr int mostHistory = 6;              // runs looked through for results of blocks
constexpr int setupsMs = 20;                // edits of a large pipeline that follow each other are looked at together
constexpr std::size_t smallPipeline = 300;  // blocks that are looked at in no time

}  // namespace

RunController::RunController(Session& session, PipelineFile& file, const Settings& settings, QObject* parent)
    : QObject{parent}, session_{session}, file_{file}, settings_{settings} {
  listening_ = file_.editor().listen([this](const edit::Touched& touched) { edited(touched); });
  checkTimer_.setSingleShot(true);
  connect(&checkTimer_, &QTimer::timeout, this, &RunController::check);
  refreshTimer_.setSingleShot(true);
  refreshTimer_.setInterval(refreshMs);
  connect(&refreshTimer_, &QTimer::timeout, this, [this] {
    // Thousands of blocks are told in pieces: the window answers in between.
    QElapsedTimer clock;
    clock.start();
    while (!waitingRefresh_.empty() && clock.elapsed() < pieceMs) {
      const auto id = waitingRefresh_.extract(waitingRefresh_.begin());
      refresh(id.value());
    }
    if (!waitingRefresh_.empty()) refreshTimer_.start(0);
    else refreshTimer_.setInterval(refreshMs);
  });
  setupsTimer_.setSingleShot(true);
  setupsTimer_.setInterval(setupsMs);
  connect(&setupsTimer_, &QTimer::timeout, this, &RunController::lookAtSetups);
  connect(&session_, &Session::eventArrived, this, &RunController::took);
  connect(&session_, &Session::catalogueChanged, this, [this] { checkSoon(0); });
  connect(&session_, &Session::stateChanged, this, [this] {
    if (session_.state() == Session::State::Ready) {
      checkSoon(0);
      loadHistory();
    }
    Q_EMIT bookChanged();
  });
  setups_ = setups(file_.document());
  if (session_.state() != Session::State::Ready) return;
  checkSoon(0);
  // An engine that ran already, for another window, has told its state before this one could listen.
  loadHistory();
}

RunController::~RunController() = default;

int RunController::errors() const { return static_cast<int>(std::ranges::count(problems_, Severity::Error, &Problem::severity)); }

const widgets::RunView* RunController::live() const { return book_.liveRunOf(file_.document().id); }

const widgets::RunView* RunController::shown() const {
  if (const auto* run = live()) return run;
  for (const auto* run : book_.runs())
    if (run->pipeline == file_.document().id) return run;
  return nullptr;
}

int RunController::liveRuns() const {
  int count = 0;
  for (const auto* run : book_.runs()) count += run->live();
  return count;
}

bool RunController::idle() const {
  return !checking_ && !checkTimer_.isActive() && !refreshTimer_.isActive() && !setupsTimer_.isActive() && !lookingAtSetups_ &&
         !submitting_ && session_.idle();
}

QString RunController::whyNot(const std::vector<NodeId>& what) const {
  if (session_.state() == Session::State::Connecting) return tr("The engine is starting; this takes a moment.");
  if (session_.state() == Session::State::Failed) return widgets::say(session_.error());
  if (session_.readOnly()) return tr("The project folder is read-only. Save the pipeline in a folder of your own.");
  if (file_.document().nodes().empty()) return tr("The canvas is empty. Add a block with Space or a double-click.");
  if (live() || submitting_) return tr("This pipeline runs already.");
  if (!what.empty()) return {};
  const auto& catalogue = session_.catalogue();
  for (const auto& problem : problems_)
    if (problem.severity == Severity::Error)
      return problem.name.empty() ? tr("%1 %2").arg(names().say(problem.cause, catalogue), names().say(problem.hint, catalogue))
                                  : tr("%1: %2 %3")
                                        .arg(names().say(problem.name, catalogue), names().say(problem.cause, catalogue),
                                             names().say(problem.hint, catalogue));
  return {};
}

const widgets::BlockNames& RunController::names() const {
  if (!names_) names_ = widgets::BlockNames{file_.document()};
  return *names_;
}

const BlockStatus* RunController::status(const NodeId& id) const {
  const auto found = statuses_.find(id);
  return found == statuses_.end() ? nullptr : &found->second;
}

std::pair<std::string, std::string> RunController::resultOf(const NodeId& id) const {
  const auto found = notes_.find(id);
  return found == notes_.end() ? std::pair<std::string, std::string>{} : std::pair{found->second.run, found->second.step};
}

std::optional<PortNote> RunController::outputOf(const NodeId& id, const std::string& port) const {
  const auto found = notes_.find(id);
  if (found == notes_.end()) return std::nullopt;
  const auto one = found->second.note.ports.find(port);
  return one == found->second.note.ports.end() ? std::nullopt : std::optional{one->second};
}

QString RunController::portLine(const PortRef& port, bool input) const {
  if (input) {
    QStringList lines;
    for (const auto& link : file_.document().links())
      if (link.to == port)
        if (const auto line = portLine(link.from, false); !line.isEmpty()) lines.append(line);
    return lines.join(QLatin1Char('\n'));
  }
  const auto note = outputOf(port.node, port.port);
  return note ? note->line : QString{};
}

std::function<Value()> RunController::request(const std::string& to) const {
  return [document = std::make_shared<const Document>(file_.document()), device = widgets::toUtf8(settings_.device()),
          base = file_.place().base, to] {
    RunRequest request;
    request.document = document->toValue();
    request.device = device;
    request.baseFolder = base;
    auto args = toValue(request);
    if (!to.empty()) args["to"] = to;
    return args;
  };
}

void RunController::edited(const edit::Touched& touched) {
  if (touched.all || !touched.nodes.empty()) names_.reset();
  for (const auto& id : touched.nodes) waitingRefresh_.insert(id);
  if (!waitingRefresh_.empty() && !refreshTimer_.isActive()) refreshTimer_.start();
  // Moving blocks about changes nothing that runs.
  if (!touched.all && !touched.plan && touched.groups.empty()) return;
  groupsTouched_ = groupsTouched_ || touched.all || !touched.groups.empty();
  if (file_.document().nodes().size() <= smallPipeline && !lookingAtSetups_) lookAtSetups();
  else if (!setupsTimer_.isActive()) setupsTimer_.start();
}

/// Of a small pipeline at once, so that what follows follows in order; of a large one in a thread, and the window answers meanwhile.
void RunController::lookAtSetups() {
  if (lookingAtSetups_) return setupsTimer_.start();
  const auto& document = file_.document();
  if (document.nodes().size() <= smallPipeline) return tookSetups(setups(document));
  lookingAtSetups_ = true;
  session_.inThread([copy = std::make_shared<const Document>(
                         document)]() -> Result<std::any> { return std::any{std::make_shared<Setups>(setups(*copy))}; },
                    this,
                    [this](const Result<std::any>& made) {
                      lookingAtSetups_ = false;
                      if (made) tookSetups(std::move(*std::any_cast<std::shared_ptr<Setups>>(*made)));
                    });
}

void RunController::tookSetups(Setups now) {
  if (now == setups_ && !std::exchange(groupsTouched_, false)) return;
  groupsTouched_ = false;
  setups_ = std::move(now);
  planned_ = false;
  checkSoon(editPauseMs);
  refreshAll();
  Q_EMIT problemsChanged();
}

/// How the blocks of a run were set up, then `then`; what cannot be read has none.
void RunController::rememberSetups(const std::string& run, const Value& document, std::function<void()> then) {
  const auto keep = [this, run, then = std::move(then)](Setups all) {
    setupsOfRuns_[run] = std::move(all);
    if (then) then();
  };
  if (document["nodes"].asList().size() <= smallPipeline) {
    if (const auto read = Document::fromValue(document)) keep(setups(*read));
    return;
  }
  session_.inThread(
      [document = std::make_shared<const Value>(document)]() -> Result<std::any> {
        PB_TRY(const auto read, Document::fromValue(*document));
        return std::any{std::make_shared<Setups>(setups(read))};
      },
      this,
      [keep](const Result<std::any>& made) {
        if (made) keep(std::move(*std::any_cast<std::shared_ptr<Setups>>(*made)));
      });
}

void RunController::checkSoon(int ms) { checkTimer_.start(ms); }

/// Every problem first, then the plan if there is none: both in the engine, which has the stored results.
void RunController::check() {
  if (session_.state() != Session::State::Ready) return;
  if (checking_) {
    checkAgain_ = true;
    return;
  }
  checking_ = true;
  const auto state = file_.editor().state();
  const auto asked = request();
  const auto done = [this] {
    checking_ = false;
    if (std::exchange(checkAgain_, false)) checkSoon(0);
  };
  using Plan = std::map<NodeId, std::vector<Forecast>>;
  const auto problemsOf = [](const Value& answer) {
    std::vector<Problem> out;
    for (const auto& problem : answer["problems"].asList()) out.push_back(problemFromValue(problem));
    return std::any{std::move(out)};
  };
  session_.askInThread("check", asked, problemsOf, this, [this, asked, state, done](const Result<std::any>& answer) {
    if (!answer || state != file_.editor().state()) {
      if (answer) checkAgain_ = true;
      return done();
    }
    problems_ = std::any_cast<std::vector<Problem>>(*answer);
    errorOf_.clear();
    for (const auto& problem : problems_)
      if (problem.severity == Severity::Error) errorOf_.try_emplace(problem.node, problem);
    Q_EMIT problemsChanged();
    if (hasErrors(problems_) || file_.document().nodes().empty()) {
      plan_.clear();
      planned_ = false;
      refreshAll();
      return done();
    }
    // Handed on as a pointer: what std::any holds would be copied.
    const auto planOf = [](const Value& planned) { return std::any{std::make_shared<Plan>(forecastsOf(planned))}; };
    session_.askInThread("plan", asked, planOf, this, [this, state, done](const Result<std::any>& planned) {
      if (planned && state == file_.editor().state()) {
        plan_ = std::move(*std::any_cast<std::shared_ptr<Plan>>(*planned));
        planned_ = true;
        refreshAll();
      }
      done();
    });
  });
}

void RunController::took(const Value& event) {
  const auto& what = event["event"].asText();
  const auto change = book_.apply(event);
  if (what == "run" || what == "state") {
    const auto remember = [this](const Value& run) {
      if (run["document"].isMap()) rememberSetups(run["run"].asText(), run["document"], [this] { refreshAll(); });
    };
    if (what == "run") remember(event);
    for (const auto& run : event["runs"].asList()) remember(run);
  }
  if (what == "state") loadHistory();
  if (what == "preview") preview(event);
  const auto* run = book_.find(change.run);
  const bool ours = run && run->pipeline == file_.document().id;
  if (change.began) {
    if (ours) refreshAll();
    Q_EMIT runBegan(widgets::fromUtf8(change.run));
  }
  if (ours && !change.began) {
    for (const auto& id : change.nodes) {
      waitingRefresh_.insert(id);
      if (what == "step") note(id);
    }
    if (!refreshTimer_.isActive()) refreshTimer_.start();
  }
  if (change.ended) {
    if (ours) checkSoon(0);
    Q_EMIT runEnded(widgets::fromUtf8(change.run));
    next();
  }
  if (!change.run.empty() || change.list) Q_EMIT bookChanged();
}

void RunController::preview(const Value& event) {
  const auto* run = book_.find(event["run"].asText());
  if (!run || run != live()) return;
  const auto step = std::ranges::find(run->steps, event["step"].asText(), &widgets::StepView::id);
  if (step == run->steps.end()) return;
  const auto& png = event["png"].asBytes();
  auto image = QImage::fromData(png.data(), static_cast<int>(png.size()));
  if (image.isNull()) return;
  notes_[step->node].note.thumbnail = image.scaled(128, 128, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  refresh(step->node);
}

/// The newest runs of this pipeline, so that a project that is opened shows what it has.
void RunController::loadHistory() {
  if (historyAsked_) return;
  historyAsked_ = true;
  session_.ask("runs", Value::Map{{"limit", 40}}, this, [this](const Result<Value>& runs) {
    if (!runs) {
      historyAsked_ = false;
      return;
    }
    int wanted = 0, others = 0;
    for (const auto& one : runs->asList()) {
      const auto& id = one["run"].asText();
      if (const auto* known = book_.find(id); known && known->live()) continue;
      const bool ours = one["pipeline"].asText() == file_.document().id;
      // Those of other pipelines of the project must not push out the results of this one.
      if ((ours ? wanted : others)++ >= mostHistory) continue;
      session_.ask("show", Value::Map{{"run", id}}, this, [this, ours](const Result<Value>& shown) {
        if (!shown) return;
        const auto& run = (*shown)["run"].asText();
        if (const auto* known = book_.find(run); known && known->live()) return;
        book_.add(*shown);
        if (ours) rememberSetups(run, (*shown)["document"], [this] { refreshAll(); });
        Q_EMIT bookChanged();
      });
    }
  });
}

/// Finds the newest run in which the block ran as it is set up now, and reads what came out.
void RunController::note(const NodeId& id) {
  const auto now = setups_.find(id);
  if (now == setups_.end()) return;
  for (const auto* run : book_.runs()) {
    if (run->pipeline != file_.document().id) continue;
    const auto setup = setupsOfRuns_.find(run->id);
    if (setup == setupsOfRuns_.end()) continue;
    const auto then = setup->second.find(id);
    if (then == setup->second.end() || then->second != now->second) continue;
    const auto steps = run->stepsOf(id);
    const auto good =
        std::ranges::find_if(steps, [](const auto* s) { return s->state == StepState::Ran || s->state == StepState::Cached; });
    if (good == steps.end()) continue;
    auto& notes = notes_[id];
    if (notes.run == run->id && notes.step == (*good)->id) return;
    const bool fresh = (*good)->state == StepState::Ran && run->live();
    notes.run = run->id;
    notes.step = (*good)->id;
    describeOutputs(session_, notes.run, notes.step, this, [this, id, runId = run->id, fresh](const OutputNote& note) {
      auto& mine = notes_[id];
      if (mine.run != runId) return;
      mine.note = note;
      refresh(id);
      if (fresh && std::ranges::any_of(note.ports, [](const auto& p) { return p.second.type == "report"; })) Q_EMIT reportMade(id);
    });
    return;
  }
  notes_.erase(id);
}

void RunController::refresh(const NodeId& id) {
  if (!file_.document().node(id)) {
    statuses_.erase(id);
    return;
  }
  const auto* run = shown();
  std::set<NodeId> changed;
  if (run) {
    const auto then = setupsOfRuns_.find(run->id);
    const auto now = setups_.find(id);
    if (then == setupsOfRuns_.end() || now == setups_.end() || !then->second.contains(id) || then->second.at(id) != now->second)
      changed.insert(id);
  }
  auto status = statusOf({&file_.document(), &errorOf_, planned_ ? &plan_ : nullptr, run, &changed, &names(), &session_.catalogue()}, id);
  if (status.state == BlockState::Done) note(id);
  const auto noted = notes_.find(id);
  if (noted != notes_.end() && (status.state == BlockState::Done || status.state == BlockState::Running)) {
    status.thumbnail = noted->second.note.thumbnail;
    if (status.state == BlockState::Done) status.figure = noted->second.note.figure;
  }
  auto& known = statuses_[id];
  if (known == status) return;
  known = status;
  Q_EMIT statusChanged(id, status);
}

void RunController::refreshAll() {
  for (const auto& node : file_.document().nodes()) waitingRefresh_.insert(node.id);
  if (!refreshTimer_.isActive()) refreshTimer_.start();
}

void RunController::look() {
  if (!checking_ && !checkTimer_.isActive()) checkSoon(0);
}

void RunController::retranslate() {
  // What blocks show is made of words: said again, from the facts that are known.
  for (auto& [id, one] : notes_) one.note.retranslate();
  refreshAll();
}

void RunController::runAll() {
  queue_.clear();
  submit({});
}

void RunController::runTo(const std::vector<NodeId>& blocks) {
  queue_.clear();
  for (const auto& id : blocks)
    if (file_.document().node(id)) queue_.push_back(id.text);
  next();
}

/// The engine runs to one block; several selected blocks follow one another, and share what they both need.
void RunController::next() {
  if (queue_.empty() || live()) return;
  const auto to = queue_.front();
  queue_.erase(queue_.begin());
  submit(to);
}

void RunController::submit(const std::string& to) {
  if (submitting_) return;
  submitting_ = true;
  const auto nothing = [](const Value&) { return std::any{}; };
  session_.askInThread("submit", request(to), nothing, this, [this](const Result<std::any>& answer) {
    submitting_ = false;
    if (!answer) {
      queue_.clear();
      Q_EMIT failed(answer.error());
      checkSoon(0);
    }
    Q_EMIT bookChanged();
  });
  Q_EMIT bookChanged();
}

void RunController::stop(bool keep) {
  if (const auto* run = live()) stop(run->id, keep);
}

void RunController::stop(const std::string& run, bool keep) {
  if (!keep) queue_.clear();
  if (auto* view = book_.find(run)) view->stopping = true;
  session_.ask("stop", Value::Map{{"run", run}, {"how", keep ? "keep" : "cancel"}}, this, [this](const Result<Value>& answer) {
    // It had just ended by itself: nothing to say.
    if (!answer && answer.error().kind != ErrorKind::NotFound) Q_EMIT failed(answer.error());
  });
  Q_EMIT bookChanged();
}

void RunController::stopAll(bool keep) {
  std::vector<std::string> ids;
  for (const auto* run : book_.runs())
    if (run->live()) ids.push_back(run->id);
  for (const auto& id : ids) stop(id, keep);
}

}  // namespace patchbay::studio
