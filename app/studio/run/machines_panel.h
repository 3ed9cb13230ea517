// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <QWidget>
#include <functional>
#include <memory>

#include "engine/base/value.h"

namespace patchbay::studio {

class Workspace;

/// Other machines that the heavy part of the pipeline runs on: which one this project uses, what is there and what is wrong with
/// it, our jobs on it. Asks `patchbay machines ...`, so that nothing here waits for a network.
class MachinesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit MachinesPanel(Workspace& workspace, QWidget* parent = nullptr);
  ~MachinesPanel() override;
  /// Another program in the place of `patchbay`: for tests.
  void setProgram(const QString& program);
  /// Nothing is being asked.
  bool idle() const;

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What `patchbay machines test --json` answered, in lines for people.
QStringList machineLines(const Value& facts);

/// Opens the panel in its dock, making it the first time.
void openMachines(Workspace& workspace);

}  // namespace patchbay::studio
