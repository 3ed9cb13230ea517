// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "widgets/base/theme.h"
#include "widgets/jobs/run_book.h"

namespace patchbay::widgets {

/// "Computing features, 320 of 2,624 pictures, 1 min 05 s left".
QString sayProgress(const Text& phase, double done, double total, const QString& unit, std::optional<double> eta);
QString sayProgress(const StepView& step);
/// "Linear probe, seed 1": the block and the pass of a step.
QString sayStep(const RunView& run, std::string_view stepName, const Catalogue& catalogue);
/// What the run's pipeline is called.
QString sayTitle(const RunView& run);
/// "Running", "Done", "Failed: cause", ... of a step.
QString sayState(const RunView& run, const StepView& step, const Catalogue& catalogue);
/// "3 of 8 blocks done, 1 failed", "Done", "Failed", ...
QString sayState(const RunView& run, const Catalogue& catalogue);
/// The unit of a count that stands elsewhere: "pictures" for the engine's "picture"; the unit itself when it has no name here.
QString unitWord(const QString& unit);
/// "3 pictures" for the engine's unit "picture"; the unit itself when it has no name here.
QString sayUnit(const QString& unit, double count);
Tone toneOf(StepState state);
Tone toneOf(const RunView& run);
/// "today 14:03" or "21 Nov 14:03".
QString sayWhen(double secondsSince1970);

}  // namespace patchbay::widgets
