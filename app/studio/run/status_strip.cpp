// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/run/status_strip.h"

#include <QToolButton>

#include "app/studio/run/sleep_inhibitor.h"
#include "app/studio/workspace.h"
#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/say_run.h"

namespace patchbay::studio {

namespace {

QToolButton* makeButton(QWidget* parent, const char* name) {
  auto* button = new QToolButton{parent};
  button->setObjectName(QLatin1String{name});
  button->setAutoRaise(true);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setIconSize({16, 16});
  button->hide();
  return button;
}

void say(QToolButton* button, const QString& text, const QString& tip) {
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(text);
  button->show();
}

}  // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QStatusBar{parent},
      running_{makeButton(this, "status.running")},
      problems_{makeButton(this, "status.problems")},
      engine_{makeButton(this, "status.engine")} {
  setObjectName(QStringLiteral("status"));
  addPermanentWidget(running_);
  addPermanentWidget(problems_);
  addPermanentWidget(engine_);
  connect(running_, &QToolButton::clicked, this, &StatusStrip::queueWanted);
  connect(problems_, &QToolButton::clicked, this, &StatusStrip::problemsWanted);
  connect(engine_, &QToolButton::clicked, this, &StatusStrip::reconnectWanted);
}

void StatusStrip::show(Workspace* workspace, const SleepInhibitor& awake) {
  if (!workspace) {
    for (auto* button : {running_, problems_, engine_}) button->hide();
    return;
  }
  auto& runs = workspace->runs();
  const widgets::RunView* live = runs.live();
  if (!live)
    for (const auto* run : runs.book().runs())
      if (run->live()) live = run;
  if (live) {
    const auto step = std::ranges::find(live->steps, widgets::StepState::Running, &widgets::StepView::state);
    const auto& catalogue = workspace->session().catalogue();
    const bool paused = !live->pausedCause.empty();
    const auto what = step == live->steps.end() || paused
                          ? widgets::sayState(*live, catalogue)
                          : tr("%1: %2").arg(widgets::sayStep(*live, step->name, catalogue), widgets::sayState(*live, *step, catalogue));
    running_->setIcon(widgets::icon(paused ? QStringLiteral("warning") : QStringLiteral("busy")));
    say(running_, fontMetrics().elidedText(what, Qt::ElideRight, 520), what + QLatin1Char('\n') + awake.describe());
  } else {
    running_->hide();
  }
  const int errors = runs.errors(), all = static_cast<int>(runs.problems().size());
  problems_->setIcon(widgets::icon(errors > 0 ? QStringLiteral("error") : all > 0 ? QStringLiteral("warning") : QStringLiteral("ok")));
  say(problems_, all == 0 ? tr("No problems") : tr("%n problem(s)", nullptr, all),
      all == 0 ? tr("The pipeline can run.") : tr("Shows what has to be set first (F8)"));
  const auto& session = workspace->session();
  switch (session.state()) {
    case Session::State::Ready:
      engine_->setIcon(widgets::icon(QStringLiteral("engine")));
      say(engine_, session.readOnly() ? tr("Read-only") : tr("Engine ready"),
          session.readOnly() ? tr("The project folder cannot be written: results can be seen, nothing can be run. Copy the project to a "
                                  "folder of your own.")
                             : tr("The engine of this project runs as process %1. It goes on without this window while something runs.")
                                   .arg(session.enginePid()));
      break;
    case Session::State::Connecting:
      engine_->setIcon(widgets::icon(QStringLiteral("busy")));
      say(engine_, tr("Engine starts…"), tr("Connecting to the engine of this project. Editing works meanwhile."));
      break;
    case Session::State::Failed:
      engine_->setIcon(widgets::icon(QStringLiteral("error")));
      say(engine_, tr("No engine: connect again"), widgets::say(session.error()));
      break;
  }
}

}  // namespace patchbay::studio
