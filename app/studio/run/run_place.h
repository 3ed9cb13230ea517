// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "engine/base/value.h"

namespace patchbay::studio {

class MachineTool;
class Workspace;

/// Where this pipeline runs, and where those of its project do: two lists to choose from, and a sentence that says which place is in
/// force and why. A place that this computer has no machine for is said so, with a way to run here.
class RunPlace : public QWidget {
  Q_OBJECT

 public:
  RunPlace(Workspace& workspace, MachineTool& tool, QWidget* parent = nullptr);
  ~RunPlace() override;
  /// What `patchbay machines list --project --pipeline --json` answered.
  void setList(const Value& answer);
  /// The machine in force; empty: this one.
  QString inForce() const;
  void retranslate();

 Q_SIGNALS:
  /// Another place was chosen and written down.
  void chosen();
  void failed(const patchbay::Error& error);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
