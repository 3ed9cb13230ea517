// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/deploy/export_facts.h"

namespace patchbay::studio {

class Workspace;

/// A folder whose pictures are predicted as they come: which, what comes out, how many by now, and the unsure ones back into the data.
class WatchView : public QWidget {
  Q_OBJECT

 public:
  explicit WatchView(Workspace& workspace, QWidget* parent = nullptr);
  ~WatchView() override;
  void setExport(const ExportFacts* facts);
  /// Of this start.
  struct Counts {
    int predicted = 0, failed = 0, unsure = 0;
  };
  const Counts& counts() const;
  bool running() const;
  bool idle() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
