// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "app/studio/run/machine_book.h"

namespace patchbay::studio {

/// Our jobs on one machine: pipeline, step, state, since when, where; their log, and a way to end them.
class MachineJobs : public QWidget {
  Q_OBJECT

 public:
  explicit MachineJobs(MachineBook& book, QWidget* parent = nullptr);
  ~MachineJobs() override;
  /// Null: none is chosen.
  void setMachine(const SeenMachine* machine);
  /// The attempt of the row that has the focus; empty: none.
  QString current() const;
  bool idle() const;
  void retranslate();

 Q_SIGNALS:
  void logWanted(const QString& attempt, const QString& title);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What canceling a job means, in sentences for the question before it.
QString cancelMeans(const Value& job);

}  // namespace patchbay::studio
