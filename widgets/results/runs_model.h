// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "widgets/base/block_names.h"

namespace patchbay::widgets {

/// One run as the table has it.
struct RunRow {
  std::string id;
  QString title, state;
  double started = 0;
  std::optional<double> seconds;
  bool pinned = false;
  bool asked = false;  ///< Its metrics are there or on their way.
  std::map<std::string, double> metrics;
};

/// The rows of RunsTable. Qt::UserRole sorts, UserRole + 1 filters by state.
class RunsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column : std::uint8_t { Pinned, Title, State, Started, Took, Metric, Difference, ColumnCount };
  static constexpr int sortRole = Qt::UserRole, stateRole = Qt::UserRole + 1;
  /// `catalogue` must outlive it.
  RunsModel(const Catalogue& catalogue, QObject* parent) : QAbstractTableModel{parent}, catalogue_{catalogue} {}

  /// The answer of Engine::runs; metrics that are known stay.
  void load(const Value& runs);
  /// A "run", "finished" or "state" event.
  void handle(const Value& event);
  void setMetrics(const std::string& run, const Value& finishedMetrics);
  void setPinned(const std::string& run, bool pinned);
  void setBaseline(const std::string& run);
  void setMetricShown(const std::string& name);
  void retranslate();
  /// The document of a run: what the blocks of its figures are called. The first that names a block counts.
  void addNames(const Value& document);
  /// "Accuracy (Evaluate)" for "evaluate.accuracy".
  QString sayFigure(const std::string& name) const;

  const std::string& baseline() const { return baseline_; }
  const std::string& metricShown() const { return metric_; }
  std::vector<std::string> metricNames() const;  ///< Of all runs, bounds of intervals left out.
  const std::vector<RunRow>& rows() const { return rows_; }
  RunRow* find(const std::string& run);
  /// The next finished run whose metrics were not asked for.
  std::optional<std::string> nextToAsk();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  QVariant display(const RunRow& row, int column) const;
  QVariant sortKey(const RunRow& row, int column) const;
  std::optional<double> metricOf(const RunRow& row) const;
  std::optional<double> differenceOf(const RunRow& row) const;
  void changed(const std::string& run);
  void changedAll();
  std::vector<RunRow> rows_;
  const Catalogue& catalogue_;
  BlockNames names_;
  std::string baseline_, metric_;
};

/// "done" -> "Done".
QString sayRunState(const QString& state);

}  // namespace patchbay::widgets
