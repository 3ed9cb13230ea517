// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/say_run.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

/// Gives the sentences of this file a context that lupdate finds.
struct Jobs {
  Q_DECLARE_TR_FUNCTIONS(jobs)
};

}  // namespace

QString sayUnit(const QString& unit, double count) {
  const int n = static_cast<int>(std::min(count, 1e9));
  if (unit == QLatin1String{"picture"} || unit == QLatin1String{"pictures"}) return Jobs::tr("%Ln picture(s)", nullptr, n);
  if (unit == QLatin1String{"epoch"} || unit == QLatin1String{"epochs"}) return Jobs::tr("%Ln epoch(s)", nullptr, n);
  if (unit == QLatin1String{"step"} || unit == QLatin1String{"steps"}) return Jobs::tr("%Ln step(s)", nullptr, n);
  if (unit == QLatin1String{"file"} || unit == QLatin1String{"files"}) return Jobs::tr("%Ln file(s)", nullptr, n);
  if (unit == QLatin1String{"fit"} || unit == QLatin1String{"fits"}) return Jobs::tr("%Ln fit(s)", nullptr, n);
  const auto number = QLocale{}.toString(static_cast<qint64>(count));
  return unit.isEmpty() ? number : Jobs::tr("%1 %2").arg(number, unit);
}

QString unitWord(const QString& unit) {
  if (unit == QLatin1String{"picture"}) return Jobs::tr("pictures");
  if (unit == QLatin1String{"epoch"}) return Jobs::tr("epochs");
  if (unit == QLatin1String{"step"}) return Jobs::tr("steps");
  if (unit == QLatin1String{"file"}) return Jobs::tr("files");
  if (unit == QLatin1String{"fit"}) return Jobs::tr("fits");
  return unit;
}

QString sayProgress(const Text& phase, double done, double total, const QString& unit, std::optional<double> eta) {
  auto out = say(phase);
  if (total > 0 || done > 0) {
    const auto count =
        total > 0 ? Jobs::tr("%1 of %2").arg(QLocale{}.toString(static_cast<qint64>(done)), sayUnit(unit, total)) : sayUnit(unit, done);
    out = out.isEmpty() ? count : Jobs::tr("%1, %2").arg(out, count);
  }
  if (eta && *eta >= 1) out = Jobs::tr("%1, %2 left").arg(out, sayDuration(*eta));
  return out;
}

QString sayProgress(const StepView& step) {
  return sayProgress(step.phase, static_cast<double>(step.done), static_cast<double>(step.total), fromUtf8(step.unit), step.eta);
}

QString sayState(const StepView& step) {
  switch (step.state) {
    case StepState::Waiting:
      return Jobs::tr("Waits");
    case StepState::Running: {
      const auto progress = sayProgress(step);
      return progress.isEmpty() ? Jobs::tr("Runs") : progress;
    }
    case StepState::Ran:
      return Jobs::tr("Done");
    case StepState::Cached:
      return Jobs::tr("Done before, taken from the store");
    case StepState::Skipped:
      return step.reasons.empty() ? Jobs::tr("Left out") : say(step.reasons.front());
    case StepState::Failed:
      return step.error ? say(*step.error) : Jobs::tr("Failed");
  }
  return {};
}

QString sayState(const RunView& run) {
  if (run.live())
    return run.stopping ? Jobs::tr("Stopping: %1 of %2 blocks done").arg(run.finishedSteps()).arg(run.steps.size())
                        : Jobs::tr("%1 of %2 blocks done").arg(run.finishedSteps()).arg(run.steps.size());
  if (run.state == "done") return Jobs::tr("Done");
  if (run.state == "failed") return run.error ? say(*run.error) : Jobs::tr("Failed");
  if (run.state == "cancelled") return Jobs::tr("Stopped");
  return Jobs::tr("Interrupted");
}

Tone toneOf(StepState state) {
  switch (state) {
    case StepState::Waiting:
      return Tone::Waiting;
    case StepState::Running:
      return Tone::Busy;
    case StepState::Ran:
    case StepState::Cached:
      return Tone::Good;
    case StepState::Failed:
      return Tone::Bad;
    case StepState::Skipped:
      break;
  }
  return Tone::Neutral;
}

Tone toneOf(const RunView& run) {
  if (run.live()) return Tone::Busy;
  return run.state == "done" ? Tone::Good : run.state == "failed" ? Tone::Bad : Tone::Neutral;
}

QString sayWhen(double secondsSince1970) {
  const auto when = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(secondsSince1970));
  const auto time = QLocale{}.toString(when.time(), QLocale::ShortFormat);
  return when.date() == QDate::currentDate() ? time : Jobs::tr("%1 %2").arg(QLocale{}.toString(when.date(), QLocale::ShortFormat), time);
}

}  // namespace patchbay::widgets
