// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "widgets/base/block_names.h"

namespace patchbay::widgets {

enum class StepState : std::uint8_t { Waiting, Running, Ran, Cached, Skipped, Failed };

/// One step of a run as far as its events tell.
struct StepView {
  std::string id;
  std::string name;   ///< With the values of loops: "probe[seed=1]".
  std::string title;  ///< The block's own, when it has one.
  std::string type;
  NodeId node;  ///< Of the run's document; empty when it is not known.
  StepState state = StepState::Waiting;
  Text phase;
  std::int64_t done = 0, total = 0;
  std::string unit;
  std::optional<double> eta;  ///< Seconds left, when it was told.
  double seconds = 0;
  std::int64_t itemsComputed = 0, itemsCached = 0;
  std::vector<Text> reasons;
  std::optional<Error> error;
};

struct LogLine {
  std::string run, step, name;
  std::string level;  ///< debug, info, warning, error.
  std::string text;
  double time = 0;  ///< Seconds since 1970, when it came here.
};

/// One run.
struct RunView {
  std::string id, pipeline, title, state, device;
  double started = 0;  ///< Seconds since 1970.
  std::optional<double> seconds;
  std::vector<StepView> steps;
  std::map<std::string, double> metrics;  ///< "block.metric"; known when it has ended.
  std::vector<std::string> exports;
  std::optional<Error> error;
  BlockNames names;  ///< Of its document.

  bool live() const { return state == "running"; }
  bool stopping = false;  ///< Asked to stop here.
  /// A full disk: nothing starts until there is room. Empty while the run goes on.
  Text pausedCause, pausedHint;
  /// Steps whose result is there: computed now or taken from the store.
  int doneSteps() const;
  /// Steps that nothing more happens to: done, failed or left out.
  int endedSteps() const;
  int count(StepState which) const;
  /// Steps of one block; several inside a for-each group.
  std::vector<const StepView*> stepsOf(const NodeId& node) const;
};

/// The runs this window has heard of, kept up to date by the engine's events (service/engine.h). Pure data: no engine, no widget.
class RunBook {
 public:
  struct Change {
    std::string run;
    std::vector<NodeId> nodes;  ///< Blocks of the run whose state may have changed.
    bool began = false, ended = false;
    bool list = false;  ///< Runs came or went.
  };
  /// Takes an event; what is no run, step, progress, log or finished event changes nothing.
  Change apply(const Value& event);
  /// A run as showRun() gives it: for runs that ended before the window opened.
  void add(const Value& shown);

  const RunView* find(std::string_view run) const;
  RunView* find(std::string_view run);
  /// Newest first.
  std::vector<const RunView*> runs() const;
  /// The newest run of this pipeline in progress, or nullptr.
  const RunView* liveRunOf(std::string_view pipeline) const;
  bool anyLive() const;
  const std::deque<LogLine>& log() const { return log_; }

 private:
  RunView& from(const Value& shown);
  static void read(StepView& step, const Value& value);
  std::vector<RunView> runs_;  ///< Oldest first.
  std::deque<LogLine> log_;    ///< The newest 5,000 lines.
};

}  // namespace patchbay::widgets
