// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/machine_tool.h"

#include <QCoreApplication>

namespace patchbay::studio {

namespace {

constexpr const char* stoppedMark = "stopped";

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

MachineTool::MachineTool(QObject* parent)
    : QObject{parent}, program_{QCoreApplication::applicationDirPath() + QStringLiteral("/patchbay")} {}

MachineTool::~MachineTool() {
  // Nobody is there to hear of their ends.
  for (auto* process : findChildren<QProcess*>()) process->disconnect(this);
}

void MachineTool::ask(const QStringList& words, Answer then) {
  auto* process = new QProcess{this};
  last_ = process;
  ++waiting_;
  Q_EMIT waitingChanged();
  const auto done = [this, process, then = std::move(then)](const Value& answer, const std::optional<Error>& error) {
    --waiting_;
    process->deleteLater();
    Q_EMIT waitingChanged();
    then(answer, error);
  };
  connect(process, &QProcess::finished, this, [process, done] {
    if (process->property(stoppedMark).toBool()) return done({}, stopped());
    // Its last line is the answer.
    const auto answer = parseJson(process->readAllStandardOutput().trimmed().split('\n').last().toStdString());
    if (!answer) return done({}, noAnswer());
    done(*answer, answer->contains("error") ? std::optional{errorFromValue((*answer)["error"])} : std::nullopt);
  });
  connect(process, &QProcess::errorOccurred, this, [done](QProcess::ProcessError what) {
    if (what == QProcess::FailedToStart) done({}, notThere());
  });
  process->setStandardInputFile(QProcess::nullDevice());
  process->start(program_, QStringList{QStringLiteral("machines")} + words + QStringList{QStringLiteral("--json")});
}

void MachineTool::stop() {
  if (!last_) return;
  last_->setProperty(stoppedMark, true);
  last_->terminate();
}

}  // namespace patchbay::studio
