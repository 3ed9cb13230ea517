// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_tool.h"

#include <QFileInfo>

namespace patchbay::studio {

namespace {

Error noAnswer() {
  return {ErrorKind::Internal,
          "machines.tool",
          TR("studio", "The program patchbay did not answer."),
          TR("studio", "Try again; if it stays so, install Patchbay again."),
          {}};
}
Error notThere() {
  return {ErrorKind::NotFound,
          "machines.tool",
          TR("studio", "The program patchbay is not beside the Studio."),
          TR("studio", "Install Patchbay again."),
          {}};
}
Error stopped() {
  return {ErrorKind::Cancelled,
          "machines.stopped",
          TR("studio", "It was stopped."),
          TR("studio", "What was sent already is not sent again the next time."),
          {}};
}

}  // namespace

MachineTool::MachineTool(QObject* parent) : QObject{parent}, program_{programBeside(QStringLiteral("patchbay"))} {}

void MachineTool::ask(const QStringList& words, Answer then) {
  auto* run = new ChildRun{this};
  last_ = run;
  ++waiting_;
  Q_EMIT waitingChanged();
  connect(run, &ChildRun::ended, this, [this, run, then = std::move(then)](int, bool wasStopped) {
    --waiting_;
    run->deleteLater();
    Q_EMIT waitingChanged();
    if (wasStopped) return then({}, stopped());
    if (!QFileInfo::exists(program_)) return then({}, notThere());
    // Its last line is the answer.
    const auto answer = parseJson(run->output().trimmed().split('\n').last().toStdString());
    if (!answer) return then({}, noAnswer());
    then(*answer, answer->contains("error") ? std::optional{errorFromValue((*answer)["error"])} : std::nullopt);
  });
  run->start(program_, QStringList{QStringLiteral("machines")} + words + QStringList{QStringLiteral("--json")});
}

void MachineTool::stop() {
  if (last_) last_->stop();
}

}  // namespace patchbay::studio
