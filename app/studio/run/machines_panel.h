// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/run/machine_words.h"

namespace patchbay::studio {

class Workspace;

/// Other machines that the heavy part of the pipeline runs on: which one this pipeline uses and why, how each of them is, what is wrong
/// with it, our jobs on it and what they say. Nothing here waits for a network: the list is `patchbay machines ...`, all else is asked
/// through the engine while the panel is looked at, and what cannot be reached is shown as it was last.
class MachinesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit MachinesPanel(Workspace& workspace, QWidget* parent = nullptr);
  ~MachinesPanel() override;
  /// Another program in the place of `patchbay`: for tests.
  void setProgram(const QString& program);
  /// The list is known and nothing that a person asked for is under way; machines are looked at all the time.
  bool idle() const;
  MachineBook& book();

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Opens the panel in its dock, making it the first time.
void openMachines(Workspace& workspace);

}  // namespace patchbay::studio
