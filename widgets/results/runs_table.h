// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>
#include <string>
#include <vector>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// All runs of the project, newest first: title, state, begin, time it took, key figure and its difference to the baseline.
/// Filters by words and state; pinned runs are kept by the clean-up, one of them is the baseline.
class RunsTable : public QWidget {
  Q_OBJECT
 public:
  explicit RunsTable(EngineAccess& engine, QWidget* parent = nullptr);
  ~RunsTable() override;

  void reload();
  /// "run", "step" and "finished" events of the engine keep the table up to date without asking again.
  void handle(const Value& event);
  std::vector<std::string> selection() const;
  void select(const std::vector<std::string>& runs);
  std::string baseline() const;
  void setBaseline(const std::string& run);  ///< Empty: none. Kept by the caller (project settings).
  int rowCount() const;                      ///< Rows the filter lets through.

 Q_SIGNALS:
  void selectionChanged();
  void openRequested(const std::string& run);                   ///< Double click or Enter.
  void compareRequested(const std::vector<std::string>& runs);  ///< Two or more selected.
  void curvesRequested(const std::vector<std::string>& runs);
  void baselineChanged(const std::string& run);
  void statusMessage(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
