// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"
#include "widgets/gallery/history_panel.h"

namespace patchbay::studio {

/// The last run of the project that trained on its data set, and what was done to the data since.
struct SinceTraining {
  widgets::RevisionInfo revision;    ///< What it trained on.
  double started = 0;                ///< Of the run, seconds since 1970.
  Value diff;                        ///< {"do": "diff"} from then to now; null when nothing was done.
  std::vector<std::string> changed;  ///< Items that came or changed and are still there, 2,000 at most.
};

/// Finds it by asking the engine: runs, their documents, the history, the difference. A newer question ends the older one.
class TrainingLook : public QObject {
  Q_OBJECT

 public:
  TrainingLook(widgets::EngineAccess& engine, QObject* parent);
  ~TrainingLook() override;
  /// `head`: id of the newest revision.
  void look(const std::string& head);
  const std::optional<SinceTraining>& found() const { return found_; }

 Q_SIGNALS:
  void changed();

 private:
  struct Question;
  void nextRun(const std::shared_ptr<Question>& question);
  void findRevision(const std::shared_ptr<Question>& question, const std::string& which, double started);
  void compare(const std::shared_ptr<Question>& question, SinceTraining found);
  void finish(std::optional<SinceTraining> found);
  widgets::EngineAccess& engine_;
  std::unique_ptr<QObject> asking_;
  std::optional<SinceTraining> found_;
};

/// The revision a document trains on: "newest", an id, or nothing when it has no such block or nothing that trains.
std::optional<std::string> trainedRevision(const Value& document);

}  // namespace patchbay::studio
