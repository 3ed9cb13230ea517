// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <set>

#include "app/studio/pipeline_file.h"
#include "app/studio/run/output_notes.h"
#include "app/studio/run/run_mapping.h"
#include "app/studio/session/session.h"
#include "app/studio/window/settings.h"
#include "engine/service/engine.h"

namespace patchbay::studio {

/// Between the document, the engine's runs and what the window shows: checks and plans after every edit, starts and stops
/// runs, and tells each block's light.
class RunController : public QObject {
  Q_OBJECT

 public:
  RunController(Session& session, PipelineFile& file, const Settings& settings, QObject* parent = nullptr);
  ~RunController() override;

  const widgets::RunBook& book() const { return book_; }
  const std::vector<Problem>& problems() const { return problems_; }
  /// What the blocks of the document are called in sentences.
  const widgets::BlockNames& names() const;
  int errors() const;
  /// The run whose states the blocks show: the one in progress, otherwise the newest of this pipeline. May be null.
  const widgets::RunView* shown() const;
  /// The run of this pipeline in progress, or null.
  const widgets::RunView* live() const;
  /// Why nothing can be started now; empty: it can. `what` blocks; empty: all.
  QString whyNot(const std::vector<NodeId>& what = {}) const;
  const widgets::BlockStatus* status(const NodeId& id) const;
  /// What came out of a port, for its tooltip; an input's is that of the output it is linked to.
  QString portLine(const PortRef& port, bool input) const;
  /// Run and step whose outputs a block shows; empty: none.
  std::pair<std::string, std::string> resultOf(const NodeId& id) const;
  /// Digest of an output's manifest and its type, as of resultOf().
  std::optional<PortNote> outputOf(const NodeId& id, const std::string& port) const;

  void runAll();
  /// These blocks and what they need, one run.
  void runTo(const std::vector<NodeId>& blocks);
  void stop(bool keep);
  void stop(const std::string& run, bool keep);
  /// Ends runs when the window closes.
  void stopAll(bool keep);
  /// Runs of this project in progress, whatever their pipeline.
  int liveRuns() const;
  /// Nothing is being asked that would change what is shown.
  bool idle() const;
  void retranslate();
  /// Checks again: files may have come or gone outside.
  void look();

 Q_SIGNALS:
  void statusChanged(const patchbay::NodeId& id, const patchbay::widgets::BlockStatus& status);
  void problemsChanged();
  /// Something in the book changed: progress, log, state.
  void bookChanged();
  void runBegan(const QString& run);
  void runEnded(const QString& run);
  /// A run could not be started or stopped.
  void failed(const patchbay::Error& error);
  /// A report came out of a block in a run that was started here.
  void reportMade(const patchbay::NodeId& id);

 private:
  struct Notes {
    std::string run, step;
    OutputNote note;
  };
  using Setups = std::map<NodeId, std::string>;
  /// Makes the request for the document as it is now; to be called in any thread.
  std::function<Value()> request(const std::string& to = {}) const;
  void edited(const edit::Touched& touched);
  void lookAtSetups();
  void tookSetups(Setups now);
  void rememberSetups(const std::string& run, const Value& document, std::function<void()> then);
  void checkSoon(int ms);
  void check();
  void took(const Value& event);
  void preview(const Value& event);
  void refresh(const NodeId& id);
  void refreshAll();
  void note(const NodeId& id);
  void loadHistory();
  void submit(const std::string& to);
  void next();

  Session& session_;
  PipelineFile& file_;
  const Settings& settings_;
  widgets::RunBook book_;
  std::shared_ptr<void> listening_;
  QTimer checkTimer_, refreshTimer_, setupsTimer_;
  std::set<NodeId> waitingRefresh_;
  std::vector<Problem> problems_;
  std::map<NodeId, Problem> errorOf_;  ///< The first error of each block.
  std::map<NodeId, std::vector<Forecast>> plan_;
  bool lookingAtSetups_ = false, groupsTouched_ = false;
  bool planned_ = false, checking_ = false, checkAgain_ = false, historyAsked_ = false, submitting_ = false;
  std::uint64_t asked_ = 0;
  std::map<std::string, Setups> setupsOfRuns_;  ///< Run -> how its blocks were set up.
  Setups setups_;                               ///< Of the document now.
  std::map<NodeId, Notes> notes_;
  std::map<NodeId, widgets::BlockStatus> statuses_;
  mutable std::optional<widgets::BlockNames> names_;  ///< Of the document now; none: not made since it was edited.
  std::vector<std::string> queue_;                    ///< Targets still to be run one after another.
};

}  // namespace patchbay::studio
