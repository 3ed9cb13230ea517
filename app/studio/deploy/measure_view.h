// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>
#include <vector>

#include "app/studio/deploy/export_facts.h"
#include "app/studio/deploy/measure_table.h"

namespace patchbay::studio {

/// How fast exports are on this machine beside how good they are: a table, a plot, and a limit that picks one. The measuring is done by
/// `patchbay-worker measure`, one export and number of threads after the other, so that what is there is seen and it can be stopped.
class MeasureView : public QWidget {
  Q_OBJECT

 public:
  explicit MeasureView(QWidget* parent = nullptr);
  ~MeasureView() override;
  /// Those that are measured and compared. What was measured of others is kept.
  void setExports(std::vector<ExportFacts> exports);
  void setSeconds(double each);
  bool busy() const;
  const MeasureTable& table() const;

 public Q_SLOTS:
  void measure();
  void stop();

 Q_SIGNALS:
  void ended();
  /// The export that the limit picks is to be served.
  void serveWanted(const QString& folder, const QString& precision);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
