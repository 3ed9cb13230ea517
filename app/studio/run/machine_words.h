// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QIcon>
#include <QStringList>

#include "app/studio/run/machine_book.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

/// What `patchbay machines test --json` answered, in lines for people.
QStringList machineLines(const Value& facts);
/// "just now", "3 min ago", "2 days ago".
QString sayAge(qint64 seconds);
/// "Ready, 2 jobs of ours", "Not reached; as of 3 min ago", ...; `now` in seconds since 1970.
QString sayMachine(const SeenMachine& machine, qint64 now);
/// "Slurm cluster at login", "GPU box at box".
QString sayKind(const SeenMachine& machine);
/// "running", "in the queue: Resources", ...
QString sayJobState(const Value& job);
/// "14:03" of today, else with the day; nothing for 0.
QString sayClock(qint64 secondsSince1970);
/// Jobs that are not over.
int goingJobs(const Value& jobs);

widgets::Tone toneOf(MachineState state);
/// A state told by its shape, and by its colour as well: disc ready, disc with a bar busy, ring not asked, triangle something to do,
/// cross not reached.
QIcon machineIcon(MachineState state, const QPalette& palette);
/// Of a job: triangle runs, ring waits, tick over.
QIcon jobIcon(const Value& job, const QPalette& palette);

/// The command between back quotes in a hint, ready to be typed; empty: none.
QString commandIn(const QString& hint);

}  // namespace patchbay::studio
