// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// One parameter, block or link that differs between pipelines.
struct RunDifference {
  QString block;                ///< Title of the block; empty: of the whole run (seed, device).
  QString what;                 ///< Label of the parameter, "Block", "Links".
  std::vector<QString> values;  ///< One a run; empty: not there.
  bool operator==(const RunDifference&) const = default;
};
/// What differs between the runs' documents, seeds and devices. Parameters that are not written have their default, so writing a
/// default is no difference. `runs` as showRun() gives them.
std::vector<RunDifference> differencesOf(const Catalogue& catalogue, const std::vector<Value>& runs);

/// Two or more runs side by side: their metrics with differences to the first, and what differed in the pipelines.
class RunComparison : public QWidget {
  Q_OBJECT
 public:
  explicit RunComparison(EngineAccess& engine, QWidget* parent = nullptr);
  ~RunComparison() override;
  /// The first one is what the others are compared with.
  void setRuns(const std::vector<std::string>& runs);
  std::vector<std::string> runs() const;
  QString toCsv() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
