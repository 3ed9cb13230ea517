// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <QWidget>
#include <memory>

#include "widgets/base/engine_access.h"

namespace patchbay::widgets {

/// The curves of one or several runs: loss, validation accuracy, learning rate, pictures a second and whatever else the blocks
/// tell. One chart a metric, one line a run and block. Metrics that were told once (index below 0) are figures, not curves, and are
/// left out.
class CurvePanel : public QWidget {
  Q_OBJECT
 public:
  explicit CurvePanel(EngineAccess& engine, QWidget* parent = nullptr);
  ~CurvePanel() override;

  /// Shows these runs and no others; what is already loaded stays. Colours follow the order.
  void setRuns(const QStringList& runs);
  QStringList runs() const;
  /// What a run is called in the legend; without it, its title and time as the engine knows them.
  void setRunTitle(const QString& run, const QString& title);
  /// A "metric" event of the engine (service/engine.h); events of runs that are not shown are ignored, as are those the panel has.
  void append(const Value& event);
  /// Asks the engine for the metrics of a run again, e.g. after it ended or the connection came back.
  void reload(const QString& run);

  /// Only metrics of this block ("fine_tune"); empty: of all.
  void setBlock(const QString& name);
  /// Share of the past in the moving average, 0 (off) to 0.99.
  double smoothing() const;
  void setSmoothing(double share);
  QStringList metrics() const;  ///< All that there are, in the order of their charts.
  QStringList visibleMetrics() const;
  void setMetricVisible(const QString& metric, bool visible);
  void setLogarithmic(bool on);  ///< The vertical axes; values that are not positive are then left out.
  bool logarithmic() const;
  void setByTime(bool on);  ///< Seconds of work along the bottom instead of steps and epochs.

  /// By the ending of the name: .png (at twice the size), .svg, .csv. Fails with cause and next action.
  Result<> exportTo(const QString& path) const;

 public Q_SLOTS:
  void resetZoom();

 Q_SIGNALS:
  void statusMessage(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::widgets
