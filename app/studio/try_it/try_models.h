// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/id.h"
#include "engine/base/value.h"

namespace patchbay::studio {

class Workspace;

/// A classifier that a run of this pipeline made, with what was found out about it in the same run.
struct TrainedModel {
  std::string run, step;  ///< `step` with the values of loops: "probe[seed=1]".
  NodeId node;
  double when = 0;     ///< Seconds since 1970.
  std::string digest;  ///< Of its value on the port.
  std::string task;
  std::vector<std::string> classes;
  std::string report;  ///< Digest of its evaluation; empty: it was not evaluated.
  std::string data;    ///< Digest of the data it was evaluated on, with its parts; may be empty.
  std::string unlike;  ///< Digest of an "Unlike your data" report of that run; may be empty.
};

/// The classifiers that the runs of the open pipeline made, the newest first; equal ones are listed once.
class ModelList : public QObject {
  Q_OBJECT

 public:
  explicit ModelList(Workspace& workspace, QObject* parent = nullptr);
  const std::vector<TrainedModel>& models() const { return models_; }
  /// False until the runs were looked through once.
  bool ready() const { return ready_; }
  bool busy() const { return busy_; }
  /// By digest; nullptr when there is none any more.
  const TrainedModel* find(const std::string& digest) const;
  /// "Linear probe, 22.11.2026 07:41"
  QString describe(const TrainedModel& model) const;
  void refresh();

 Q_SIGNALS:
  void changed();

 private:
  struct Gather;
  void readRun(const std::shared_ptr<Gather>& gather, const Value& shown);
  void finish(const std::shared_ptr<Gather>& gather);

  Workspace& workspace_;
  std::vector<TrainedModel> models_;
  bool ready_ = false, busy_ = false, again_ = false;
};

}  // namespace patchbay::studio
