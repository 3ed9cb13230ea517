// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/run_book.h"

#include <algorithm>
#include <chrono>

namespace patchbay::widgets {

namespace {

constexpr std::size_t mostLines = 5000;

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

StepState stepStateFrom(const std::string& name) {
  if (name == "running") return StepState::Running;
  if (name == "ran") return StepState::Ran;
  if (name == "cached") return StepState::Cached;
  if (name == "skipped") return StepState::Skipped;
  if (name == "failed") return StepState::Failed;
  return StepState::Waiting;
}

void readProgress(StepView& step, const Value& event) {
  step.phase = textFromValue(event["phase"]);
  step.done = event["done"].asInt();
  step.total = event["total"].asInt();
  step.unit = event["unit"].asText();
  step.eta.reset();
  if (event["eta"].isNumber()) step.eta = event["eta"].asDouble();
}

void readPause(RunView& run, const Value& pause) {
  run.pausedCause = textFromValue(pause["cause"]);
  run.pausedHint = textFromValue(pause["hint"]);
}

/// Names of blocks have no brackets, so the loop's values can be cut off.
std::string nodeNameOf(const std::string& step) { return step.substr(0, step.find('[')); }

}  // namespace

int RunView::count(StepState which) const { return static_cast<int>(std::ranges::count(steps, which, &StepView::state)); }

int RunView::doneSteps() const { return count(StepState::Ran) + count(StepState::Cached); }

int RunView::endedSteps() const { return static_cast<int>(steps.size()) - count(StepState::Waiting) - count(StepState::Running); }

std::vector<const StepView*> RunView::stepsOf(const NodeId& node) const {
  std::vector<const StepView*> out;
  for (const auto& step : steps)
    if (step.node == node) out.push_back(&step);
  return out;
}

void RunBook::read(StepView& step, const Value& value) {
  const auto before = step.state;
  step.state = stepStateFrom(value["state"].asText());
  if (step.state != before && step.state == StepState::Running) {
    step.phase = {};
    step.done = step.total = 0;
    step.eta.reset();
  }
  if (value.contains("seconds")) step.seconds = value["seconds"].asDouble();
  if (value.contains("items_computed")) step.itemsComputed = value["items_computed"].asInt();
  if (value.contains("items_cached")) step.itemsCached = value["items_cached"].asInt();
  step.reasons.clear();
  for (const auto& reason : value["reasons"].asList()) step.reasons.push_back(textFromValue(reason));
  step.error.reset();
  if (value.contains("error")) step.error = errorFromValue(value["error"]);
}

RunView& RunBook::from(const Value& shown) {
  const auto& id = shown["run"].asText();
  auto* run = find(id);
  if (!run) {
    // In order of beginning; ids rise with time.
    const auto place = std::ranges::find_if(runs_, [&](const auto& r) { return r.id > id; });
    run = &*runs_.insert(place, RunView{});
    run->id = id;
  }
  run->pipeline = shown["pipeline"].asText();
  run->title = shown["title"].asText();
  run->state = shown["state"].asText();
  run->device = shown["device"].asText();
  run->started = shown["started"].isNumber() ? shown["started"].asDouble() : run->started > 0 ? run->started : now();
  if (shown["seconds"].isNumber()) run->seconds = shown["seconds"].asDouble();
  std::map<std::string, const Value*, std::less<>> nodes;
  for (const auto& node : shown["document"]["nodes"].asList()) nodes[node["name"].asText()] = &node;
  if (shown.contains("document")) run->names = BlockNames::ofRun(shown["document"]);
  readPause(*run, shown["paused"]);
  run->steps.clear();
  for (const auto& value : shown["steps"].asList()) {
    StepView step;
    step.id = value["step"].asText();
    step.name = value["name"].asText();
    step.type = value["type"].asText();
    if (const auto found = nodes.find(nodeNameOf(step.name)); found != nodes.end()) {
      step.node = NodeId{(*found->second)["id"].asText()};
      step.title = (*found->second)["title"].asText();
    }
    read(step, value);
    if (const auto* progress = shown["progress"].find(step.id)) readProgress(step, *progress);
    run->steps.push_back(std::move(step));
  }
  return *run;
}

void RunBook::add(const Value& shown) {
  auto& run = from(shown);
  if (const auto* finished = shown.find("finished_event")) {
    for (const auto& [name, value] : (*finished)["metrics"].asMap()) run.metrics[name] = value.asDouble();
    for (const auto& path : (*finished)["exports"].asList())
      run.exports.push_back(displayText(path.isText() ? path.asText() : pathFromValue(path).native()));
    if (finished->contains("error")) run.error = errorFromValue((*finished)["error"]);
  }
}

RunBook::Change RunBook::apply(const Value& event) {
  Change change;
  const auto& what = event["event"].asText();
  const auto touchAll = [&](const RunView& run) {
    change.run = run.id;
    for (const auto& step : run.steps) change.nodes.push_back(step.node);
  };
  if (what == "state") {
    change.list = true;
    std::vector<std::string> live;
    for (const auto& shown : event["runs"].asList()) {
      touchAll(from(shown));
      live.push_back(shown["run"].asText());
    }
    for (auto& run : runs_)
      if (run.live() && std::ranges::find(live, run.id) == live.end()) run.state = "interrupted";
    return change;
  }
  if (what == "run") {
    touchAll(from(event));
    change.began = change.list = true;
    return change;
  }
  auto* run = find(event["run"].asText());
  if (!run) return change;
  change.run = run->id;
  if (what == "paused" || what == "resumed") {
    readPause(*run, event);
    touchAll(*run);
    return change;
  }
  if (what == "finished") {
    run->state = event["state"].asText();
    run->seconds = event["seconds"].asDouble();
    run->metrics.clear();
    for (const auto& [name, value] : event["metrics"].asMap()) run->metrics[name] = value.asDouble();
    run->exports.clear();
    for (const auto& path : event["exports"].asList())
      run->exports.push_back(displayText(path.isText() ? path.asText() : pathFromValue(path).native()));
    if (event.contains("error")) run->error = errorFromValue(event["error"]);
    touchAll(*run);
    change.ended = true;
    return change;
  }
  const auto step = std::ranges::find(run->steps, event["step"].asText(), &StepView::id);
  if (step == run->steps.end()) return change;
  if (what == "step") {
    read(*step, event);
  } else if (what == "progress") {
    readProgress(*step, event);
  } else if (what == "log") {
    log_.push_back({run->id, step->id, step->name, event["level"].asText(), event["text"].asText(), now()});
    if (log_.size() > mostLines) log_.pop_front();
    return change;
  } else {
    return change;
  }
  change.nodes.push_back(step->node);
  return change;
}

const RunView* RunBook::find(std::string_view run) const {
  const auto found = std::ranges::find(runs_, run, &RunView::id);
  return found == runs_.end() ? nullptr : &*found;
}
RunView* RunBook::find(std::string_view run) {
  const auto found = std::ranges::find(runs_, run, &RunView::id);
  return found == runs_.end() ? nullptr : &*found;
}

std::vector<const RunView*> RunBook::runs() const {
  std::vector<const RunView*> out;
  for (auto it = runs_.rbegin(); it != runs_.rend(); ++it) out.push_back(&*it);
  return out;
}

const RunView* RunBook::liveRunOf(std::string_view pipeline) const {
  for (const auto* run : runs())
    if (run->live() && run->pipeline == pipeline) return run;
  return nullptr;
}

bool RunBook::anyLive() const { return std::ranges::any_of(runs_, &RunView::live); }

}  // namespace patchbay::widgets
