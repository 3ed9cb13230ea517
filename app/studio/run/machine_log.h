// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <memory>

#include "engine/base/value.h"

namespace patchbay::studio {

class MachineBook;
class Session;

/// What a job on another machine says, as it says it: follows the end, can be searched, copied and saved.
class MachineLog : public QWidget {
  Q_OBJECT

 public:
  MachineLog(MachineBook& book, Session& session, QWidget* parent = nullptr);
  ~MachineLog() override;
  /// `title`: what the job is called in sentences. The same job again changes nothing.
  void setJob(const QString& machine, const QString& attempt, const QString& title);
  QString attempt() const;
  /// Nothing is being asked or written.
  bool idle() const;
  /// The whole log, from its beginning, into a file.
  void saveTo(const QString& file);
  void retranslate();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace patchbay::studio
