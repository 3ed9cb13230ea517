// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/say_run.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>

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

QString sayStep(const RunView& run, std::string_view stepName, const Catalogue& catalogue) { return run.names.say(stepName, catalogue); }

QString sayTitle(const RunView& run) { return run.title.empty() ? Jobs::tr("Untitled pipeline") : sayWritten(run.title); }

QString sayState(const RunView& run, const StepView& step, const Catalogue& catalogue) {
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
      return step.reasons.empty() ? Jobs::tr("Left out") : run.names.say(step.reasons.front(), catalogue);
    case StepState::Failed:
      return step.error ? run.names.say(*step.error, catalogue) : Jobs::tr("Failed");
  }
  return {};
}

QString sayState(const RunView& run, const Catalogue& catalogue) {
  if (run.live()) {
    // Inside a for-each group one block is many steps.
    const bool passes = std::ranges::any_of(run.steps, [](const auto& s) { return s.name.ends_with(']'); });
    auto out = (passes ? Jobs::tr("%1 of %2 steps done") : Jobs::tr("%1 of %2 blocks done")).arg(run.doneSteps()).arg(run.steps.size());
    if (const int failed = run.count(StepState::Failed)) out = Jobs::tr("%1, %2").arg(out, Jobs::tr("%Ln failed", nullptr, failed));
    if (const int left = run.count(StepState::Skipped)) out = Jobs::tr("%1, %2").arg(out, Jobs::tr("%Ln left out", nullptr, left));
    if (run.stopping) return Jobs::tr("Stopping: %1").arg(out);
    if (!run.pausedCause.empty()) return Jobs::tr("Paused: %1").arg(say(run.pausedCause) + QLatin1Char(' ') + say(run.pausedHint));
    return out;
  }
  if (run.state == "done") return Jobs::tr("Done");
  if (run.state == "failed") return run.error ? run.names.say(*run.error, catalogue) : Jobs::tr("Failed");
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
  if (run.live()) return run.pausedCause.empty() ? Tone::Busy : Tone::Warning;
  return run.state == "done" ? Tone::Good : run.state == "failed" ? Tone::Bad : Tone::Neutral;
}

QString sayWhen(double secondsSince1970) {
  const auto when = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(secondsSince1970));
  const auto time = QLocale{}.toString(when.time(), QLocale::ShortFormat);
  return when.date() == QDate::currentDate() ? time : Jobs::tr("%1 %2").arg(QLocale{}.toString(when.date(), QLocale::ShortFormat), time);
}

}  // namespace patchbay::widgets
