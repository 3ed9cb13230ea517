// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/run/machine_book.h"

namespace patchbay::studio {

class MachineTool;

/// One machine: its state in words, what is wrong with the command that mends it, how busy it is, and what can be done with it: test,
/// send the worker, clean up.
class MachineOverview : public QWidget {
  Q_OBJECT

 public:
  MachineOverview(MachineBook& book, MachineTool& tool, QWidget* parent = nullptr);
  ~MachineOverview() override;
  void setMachine(const SeenMachine* machine);
  void test(const QString& name);
  bool idle() const;
  void retranslate();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
