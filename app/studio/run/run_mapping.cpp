// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/run_mapping.h"

#include <QCoreApplication>
#include <algorithm>
#include <functional>

#include "engine/base/digest.h"
#include "widgets/base/say.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::studio {

using widgets::BlockState;
using widgets::BlockStatus;
using widgets::StepState;
using widgets::StepView;

namespace {

/// Gives the sentences of this file a context that lupdate finds.
struct Lights {
  Q_DECLARE_TR_FUNCTIONS(lights)
};

QString said(const Known& known, const Text& text) {
  return known.names && known.catalogue ? known.names->say(text, *known.catalogue) : widgets::say(text);
}

QString joined(const Known& known, const std::vector<Text>& reasons) {
  QStringList out;
  for (const auto& reason : reasons) out.append(said(known, reason));
  return out.join(QLatin1Char(' '));
}

const StepView* firstIn(const std::vector<const StepView*>& steps, StepState state) {
  const auto found = std::ranges::find(steps, state, &StepView::state);
  return found == steps.end() ? nullptr : *found;
}

int countIn(const std::vector<const StepView*>& steps, std::initializer_list<StepState> states) {
  return static_cast<int>(std::ranges::count_if(steps, [&](const auto* s) { return std::ranges::find(states, s->state) != states.end(); }));
}

void showFailure(const Known& known, BlockStatus& status, const StepView& step) {
  status.state = BlockState::Failed;
  if (!step.error) return;
  status.reason = said(known, step.error->cause);
  status.hint = said(known, step.error->hint);
}

/// A block of a for-each group is one block on the canvas and many steps: it counts its passes.
void showRunning(BlockStatus& status, const std::vector<const StepView*>& steps, const StepView& step) {
  status.state = BlockState::Running;
  status.phase = widgets::say(step.phase);
  status.done = static_cast<double>(step.done);
  status.total = static_cast<double>(step.total);
  status.unit = widgets::unitWord(widgets::fromUtf8(step.unit));
  status.etaSeconds = step.eta;
  if (steps.size() < 2) return;
  status.phase =
      Lights::tr("Pass %1 of %2").arg(countIn(steps, {StepState::Ran, StepState::Cached, StepState::Failed}) + 1).arg(steps.size());
  if (!step.phase.empty()) status.phase = Lights::tr("%1: %2").arg(status.phase, widgets::say(step.phase));
}

void showPlan(const Known& known, BlockStatus& status, const std::vector<Forecast>& forecasts) {
  const auto stale = std::ranges::find_if(forecasts, [](const auto& f) { return f.state == "runs"; });
  const auto waits = std::ranges::find_if(forecasts, [](const auto& f) { return f.state == "unknown"; });
  if (stale != forecasts.end()) {
    status.state = BlockState::Stale;
    status.reason = joined(known, stale->reasons);
  } else if (waits != forecasts.end()) {
    status.state = BlockState::Stale;
    status.reason = joined(known, waits->reasons);
    if (status.reason.isEmpty())
      status.reason = Lights::tr("A block before it runs first; only then it is known whether this one has to run again.");
  } else {
    status.state = BlockState::Done;
  }
}

}  // namespace

std::map<NodeId, std::vector<Forecast>> forecastsOf(const Value& answer) {
  std::map<std::string, NodeId> nodes;
  for (const auto& step : answer["plan"]["steps"].asList()) nodes[step["id"].asText()] = NodeId{step["node"].asText()};
  std::map<NodeId, std::vector<Forecast>> out;
  for (const auto& step : answer["steps"].asList()) {
    const auto node = nodes.find(step["id"].asText());
    if (node == nodes.end()) continue;
    Forecast forecast{step["state"].asText(), {}};
    for (const auto& reason : step["reasons"].asList()) forecast.reasons.push_back(textFromValue(reason));
    out[node->second].push_back(std::move(forecast));
  }
  return out;
}

BlockStatus statusOf(const Known& known, const NodeId& id) {
  BlockStatus status;
  const auto* node = known.document->node(id);
  if (!node) return status;
  const auto steps = known.run ? known.run->stepsOf(id) : std::vector<const StepView*>{};
  double seconds = 0;
  for (const auto* step : steps)
    if (step->state == StepState::Ran) seconds += step->seconds;
  if (seconds > 0) status.seconds = seconds;

  if (known.run && known.run->live() && !steps.empty()) {
    if (const auto* step = firstIn(steps, StepState::Running)) {
      showRunning(status, steps, *step);
      return status;
    }
    if (const auto* step = firstIn(steps, StepState::Failed)) {
      showFailure(known, status, *step);
      return status;
    }
    if (firstIn(steps, StepState::Waiting)) {
      const bool begun = countIn(steps, {StepState::Ran, StepState::Cached}) > 0;
      status.state = BlockState::Queued;
      status.reason = begun ? Lights::tr("Waits for its next pass.") : Lights::tr("Waits for the blocks before it.");
      if (!known.run->pausedCause.empty()) {
        // There is room for little: what is the matter is said in full where the block is pointed at, and in the queue.
        status.reason = Lights::tr("Paused: there is something to do first.");
        status.hint = widgets::say(known.run->pausedCause) + QLatin1Char(' ') + widgets::say(known.run->pausedHint);
      }
      return status;
    }
    if (const auto* step = firstIn(steps, StepState::Skipped)) {
      status.state = BlockState::Skipped;
      status.reason = joined(known, step->reasons);
      return status;
    }
    status.state = BlockState::Done;
    return status;
  }

  if (node->mode == NodeMode::Mute) {
    status.state = BlockState::Skipped;
    status.reason = Lights::tr("Muted: it and what needs it do not run. Ctrl+M turns it on again.");
    return status;
  }
  if (known.errors)
    if (const auto problem = known.errors->find(id); problem != known.errors->end()) {
      status.state = BlockState::NotConfigured;
      status.reason = said(known, problem->second.cause);
      status.hint = said(known, problem->second.hint);
      return status;
    }
  const bool edited = known.changed && known.changed->contains(id);
  if (!edited)
    if (const auto* step = firstIn(steps, StepState::Failed)) {
      showFailure(known, status, *step);
      return status;
    }
  if (known.plan)
    if (const auto found = known.plan->find(id); found != known.plan->end()) {
      showPlan(known, status, found->second);
      return status;
    }
  // Not planned (yet): what the last run said stands as long as nothing was edited.
  if (!edited && !steps.empty()) {
    if (countIn(steps, {StepState::Ran, StepState::Cached}) == static_cast<int>(steps.size())) {
      status.state = BlockState::Done;
    } else if (const auto* step = firstIn(steps, StepState::Skipped)) {
      status.state = BlockState::Skipped;
      status.reason = joined(known, step->reasons);
    }
  }
  return status;
}

std::map<NodeId, std::string> setups(const Document& document) {
  std::map<NodeId, std::vector<const Link*>> into;
  for (const auto& link : document.links()) into[link.to.node].push_back(&link);
  std::map<NodeId, std::string> out;
  std::set<NodeId> under;
  // By an explicit stack: a chain of thousands of blocks must not overflow the real one.
  for (const auto& start : document.nodes()) {
    std::vector<NodeId> stack{start.id};
    while (!stack.empty()) {
      const auto id = stack.back();
      const auto* node = document.node(id);
      if (out.contains(id) || !node) {
        stack.pop_back();
        continue;
      }
      if (under.insert(id).second) {
        for (const auto* link : into[id])
          if (!out.contains(link->from.node) && !under.contains(link->from.node)) stack.push_back(link->from.node);
        continue;
      }
      Value v{Value::Map{{"type", node->type}, {"params", node->params}, {"mode", toString(node->mode)}}};
      std::vector<std::string> inputs;
      for (const auto* link : into[id]) inputs.push_back(link->to.port + '<' + link->from.port + '<' + out[link->from.node]);
      for (auto& input : inputs) v["inputs"].push(std::move(input));
      out[id] = digestOf(toJson(v)).hex();
      stack.pop_back();
    }
  }
  return out;
}

}  // namespace patchbay::studio
