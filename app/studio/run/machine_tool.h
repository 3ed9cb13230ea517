// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <functional>
#include <optional>

#include "app/studio/session/child_run.h"
#include "engine/base/value.h"

namespace patchbay::studio {

/// Asks `patchbay machines ... --json` in the background: what changes the list of machines, or connects to one for the first time.
class MachineTool : public QObject {
  Q_OBJECT

 public:
  /// `error`: what it refused; the answer may say more even then.
  using Answer = std::function<void(const Value& answer, const std::optional<Error>& error)>;

  explicit MachineTool(QObject* parent = nullptr);
  /// Another program in the place of the one beside this program: for tests.
  void setProgram(const QString& program) { program_ = program; }
  void ask(const QStringList& words, Answer then);
  /// How many answers are being waited for.
  int waiting() const { return waiting_; }
  /// Ends what was asked last, whose answer is then an error of the kind Cancelled.
  void stop();

 Q_SIGNALS:
  void waitingChanged();

 private:
  QString program_;
  int waiting_ = 0;
  QPointer<ChildRun> last_;
};

}  // namespace patchbay::studio
