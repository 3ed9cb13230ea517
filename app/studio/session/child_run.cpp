// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/session/child_run.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QTimer>
#include <filesystem>
#include <utility>

#include "engine/base/resources.h"
#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {
constexpr qsizetype mostKept = qsizetype{16} << 20;

void keepNewest(QByteArray& all, const QByteArray& more) {
  all += more;
  if (all.size() > mostKept) all.remove(0, all.size() - mostKept);
}

/// The whole group: what it started ends as well.
void tell(qint64 pid, int signal) {
  // Where it has just begun there is no group yet.
  if (pid > 0 && ::kill(static_cast<pid_t>(-pid), signal) != 0) ::kill(static_cast<pid_t>(pid), signal);
}
}  // namespace

ChildRun::ChildRun(QObject* parent) : QObject{parent} {}

ChildRun::~ChildRun() {
  if (!process_) return;
  auto* process = process_.data();
  process->disconnect(this);
  tell(process->processId(), SIGINT);
  // It answers in its own time; with the application it is killed.
  process->setParent(QCoreApplication::instance());
  connect(process, &QProcess::finished, process, &QObject::deleteLater);
}

void ChildRun::start(const QString& program, const QStringList& words, const QString& folder) {
  if (process_) return;
  output_.clear();
  errors_.clear();
  half_[0].clear();
  half_[1].clear();
  stopping_ = false;
  process_ = new QProcess{this};
  if (!folder.isEmpty()) process_->setWorkingDirectory(folder);
  process_->setStandardInputFile(QProcess::nullDevice());
  process_->setChildProcessModifier([] {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  });
  connect(process_, &QProcess::readyReadStandardOutput, this, [this] { take(false); });
  connect(process_, &QProcess::readyReadStandardError, this, [this] { take(true); });
  connect(process_, &QProcess::finished, this,
          [this](int code, QProcess::ExitStatus status) { finish(status == QProcess::NormalExit ? code : -1); });
  connect(process_, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError what) {
    if (what != QProcess::FailedToStart) return;
    errors_ = tr("The program %1 could not be started. Install Patchbay again.").arg(program).toUtf8();
    finish(-1);
  });
  process_->start(program, words);
}

void ChildRun::take(bool error) {
  if (!process_) return;
  const auto bytes = error ? process_->readAllStandardError() : process_->readAllStandardOutput();
  keepNewest(error ? errors_ : output_, bytes);
  auto& half = half_[error ? 1 : 0];
  half += bytes;
  for (auto end = half.indexOf('\n'); end >= 0; end = half.indexOf('\n')) {
    const auto text = QString::fromUtf8(half.left(end));
    half.remove(0, end + 1);
    Q_EMIT line(text, error);
  }
}

void ChildRun::finish(int code) {
  if (!process_) return;
  take(false);
  take(true);
  auto* process = process_.data();
  process_.clear();
  process->deleteLater();
  Q_EMIT ended(code, std::exchange(stopping_, false));
}

void ChildRun::stop(int patienceMs) {
  if (!process_ || stopping_) return;
  stopping_ = true;
  const auto pid = process_->processId();
  tell(pid, SIGINT);
  QTimer::singleShot(patienceMs, process_, [pid] { tell(pid, SIGKILL); });
}

qint64 ChildRun::pid() const { return process_ ? process_->processId() : 0; }

QString programBeside(const QString& name) {
  const auto here = programFolder();
  std::error_code ec;
  for (const auto& folder : {here, here / ".." / "bin"})
    if (const auto program = folder / name.toStdString(); std::filesystem::exists(program, ec))
      return QString::fromStdString(program.lexically_normal().native());
  return QString::fromStdString((here / name.toStdString()).native());
}

QString problemIn(const QByteArray& errors) {
  QStringList out;
  for (const auto& line : QString::fromUtf8(errors).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    auto text = line.trimmed();
    if (text.startsWith(QLatin1String{"patchbay: "})) text = text.mid(10), out.clear();
    out << text;
  }
  return out.mid(std::max(qsizetype{0}, out.size() - 4)).join(QLatin1Char(' '));
}

}  // namespace patchbay::studio
